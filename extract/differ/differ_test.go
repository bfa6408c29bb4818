package differ

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"nianbao/convert/fixture"
	"nianbao/extract/page"
	"nianbao/extract/pdfium"
)

func newEngine(t *testing.T) *pdfium.Engine {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	e, err := pdfium.New(t.Context(), pdfium.Config{BlankGlyphs: true, CacheDir: filepath.Join(dir, "nianbao-test", "pdfium")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// Both engines read every character of made reports, in one place.
func TestFixtures(t *testing.T) {
	engine := newEngine(t)
	style := fixture.DefaultStyle()
	for seed := range uint64(4) {
		if seed%2 == 1 {
			style.PageWidth, style.PageHeight = style.PageHeight, style.PageWidth
			style.TableSize, style.RunningHeader, style.RepeatHeaders = 7.5, "示例市青禾区人民政府", true
		}
		data := fixture.New(seed, "2021").PDF(style)
		r, err := File(context.Background(), engine, bytes.NewReader(data), int64(len(data)), 0)
		if err != nil {
			t.Fatal(err)
		}
		s := r.Sum()
		if !r.Compared() || len(r.Pages) != r.Counts[0] || r.Counts[0] != r.Counts[1] || s.First < 500 || s.Same != s.First || s.Same != s.Second {
			t.Errorf("report %d: %+v", seed, r)
		}
		if r, err = File(context.Background(), engine, bytes.NewReader(data), int64(len(data)), 1); err != nil || len(r.Pages) != 1 {
			t.Errorf("report %d, one page: %d pages, %v", seed, len(r.Pages), err)
		}
	}
}

// Damage is the file's, and named for each engine.
func TestUnreadable(t *testing.T) {
	data := []byte("%PDF-1.7\nnothing\n%%EOF\n")
	r, err := File(context.Background(), newEngine(t), bytes.NewReader(data), int64(len(data)), 0)
	if err != nil || r.Errors[0] == "" || r.Errors[1] == "" || r.Compared() {
		t.Errorf("%+v, %v", r, err)
	}
}

// line is a page with a text on one line; "?" is an unknown glyph.
func line(x float64, text string) *page.Page {
	p := &page.Page{Number: 1, Width: 600, Height: 800, Fonts: []page.Font{{}}}
	for _, r := range text {
		g := page.Glyph{Text: string(r), X: x, Y: 100, Size: 10, Box: page.Box{X0: x, Y0: 92, X1: x + 10, Y1: 102}}
		if r == '?' {
			g.Text, g.Unmapped = "", true
		}
		p.Glyphs = append(p.Glyphs, g)
		x += 10
	}
	return p
}

// Each kind of difference is found, counted and named.
func TestDifferences(t *testing.T) {
	ligature := line(50, "aﬁb")
	letters := line(50, "afib")
	for i, x := range []float64{50, 60, 60, 70} {
		letters.Glyphs[i].X = x
	}
	for _, c := range []struct {
		name          string
		first, second *page.Page
		want          string
	}{
		{"the same", line(50, "中文 a?b"), line(50.5, "中文 a?b"), "5 5 5 0 []"},
		{"spaces", line(50, "中 文"), line(50, "中\u00A0文"), "2 2 2 0 []"},
		{"a ligature and its letters", ligature, letters, "4 4 4 0 []"},
		{"a radical", line(50, "⼀"), line(50, "一"), "1 1 1 0 []"},
		{"another character", line(50, "中文"), line(50, "中艾"), `2 2 1 0 [{other 文 艾 1 60 100}]`},
		{"unknown to the first", line(50, "中?"), line(50, "中文"), `2 2 1 0 [{unknown_first ? 文 1 60 100}]`},
		{"unknown to the second", line(50, "中文"), line(50, "??"), `2 2 0 0 [{unknown_second 中 ? 1 50 100} {unknown_second 文 ? 1 60 100}]`},
		{"elsewhere", line(50, "中"), line(300, "中"), `1 1 0 1 [{moved 中 中 1 50 100}]`},
		{"one only", line(50, "中文文"), line(50, "中"), `3 1 1 0 [{only_first 文  2 60 100}]`},
		{"none", line(50, ""), line(50, "a"), `0 1 0 0 [{only_second  a 1 50 100}]`},
	} {
		p := Pages(c.first, c.second)
		if got := fmt.Sprint(p.First, p.Second, p.Same, p.Moved, p.Differences); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if want := float64(p.Same+p.Moved) / float64(max(p.First, p.Second)); p.Accuracy() != want {
			t.Errorf("%s: accuracy %g, want %g", c.name, p.Accuracy(), want)
		}
	}
	if a, b, c := Pages(line(50, "a"), line(50, "b")), Pages(line(50, "a"), line(50, "b")), Pages(line(50, "b"), line(50, "a")); a.Content != b.Content || a.Content == c.Content {
		t.Error("Content does not tell copies from other pages")
	}
}
