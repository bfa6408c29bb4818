package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

// fakeEngine is a second engine that reads words, a page each.
type fakeEngine struct {
	pages []string
	err   error // of Open
	fail  error // of each page
	opens *int
}

func (f fakeEngine) Open(_ context.Context, _ io.ReaderAt, _ int64, _ extract.Limits) (SecondFile, error) {
	if f.opens != nil {
		*f.opens++
	}
	if f.err != nil {
		return nil, f.err
	}
	return fakeFile(f), nil
}

type fakeFile fakeEngine

func (f fakeFile) NumPages() int { return len(f.pages) }
func (f fakeFile) Close() error  { return nil }
func (f fakeFile) Page(n int) (*page.Page, error) {
	if f.fail != nil {
		return nil, f.fail
	}
	p := &page.Page{Number: n, Width: 600, Height: 800, Fonts: []page.Font{{Name: "X"}}}
	for i, r := range []rune(f.pages[n-1]) {
		x := 50 + 12*float64(i)
		p.Glyphs = append(p.Glyphs, page.Glyph{Text: string(r), Box: page.Box{X0: x, Y0: 90, X1: x + 12, Y1: 102}, X: x, Y: 100, Size: 12})
	}
	return p, nil
}

// made is a PDF file with a page for each content stream.
func made(contents ...string) []byte {
	var kids []string
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	for _, c := range contents {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", n+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

func text(s string) string { return "BT /F 12 Tf 50 700 Td (" + s + ") Tj ET" }

// damaged is a page with a word and an error behind it.
func damaged(s string) string { return text(s) + " BT (" + s }

func TestSecondEngine(t *testing.T) {
	const word = "somewhat longer than a word"
	for name, c := range map[string]struct {
		file   []byte
		engine fakeEngine
		want   string // of Extraction.Engine
		texts  string
		codes  []string // of the warnings
		opens  int
	}{
		"not needed":       {made(text("one"), text("two")), fakeEngine{pages: []string{word, word}}, "pdf", "one two", nil, 0},
		"reads more":       {made(text("one"), damaged("two")), fakeEngine{pages: []string{word, word}}, "pdf+pdfium", "one " + word, []string{"second_engine"}, 1},
		"all pages":        {made(damaged("one"), damaged("two")), fakeEngine{pages: []string{word, word}}, "pdfium", word + " " + word, []string{"second_engine", "second_engine"}, 1},
		"reads the same":   {made(text("one"), damaged("two")), fakeEngine{pages: []string{"x", "two"}}, "pdf", "one two", []string{"content_damaged"}, 1},
		"a bit more":       {made(text("one"), damaged("two")), fakeEngine{pages: []string{"x", "twoo"}}, "pdf", "one two", []string{"content_damaged"}, 1},
		"reads less":       {made(damaged(word)), fakeEngine{pages: []string{""}}, "pdf", word, []string{"content_damaged"}, 1},
		"cannot open":      {made(damaged("one")), fakeEngine{err: extract.Damaged("x")}, "pdf", "one", []string{"content_damaged"}, 1},
		"cannot read":      {made(damaged("one")), fakeEngine{pages: []string{word}, fail: extract.Damaged("x")}, "pdf", "one", []string{"content_damaged"}, 1},
		"is broken":        {made(damaged("one")), fakeEngine{err: errors.New("x")}, "pdf", "one", []string{"content_damaged"}, 1},
		"counts otherwise": {made(damaged("one")), fakeEngine{pages: []string{word, word}}, "pdf", "one", []string{"content_damaged"}, 1},
	} {
		opens := 0
		c.engine.opens = &opens
		e, err := Read(context.Background(), bytes.NewReader(c.file), int64(len(c.file)), extract.DefaultLimits(), c.engine)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var texts, codes []string
		for _, b := range e.Document.Blocks {
			texts = append(texts, b.Text)
		}
		for _, w := range e.Warnings {
			codes = append(codes, w.Code)
		}
		if e.Engine != c.want || strings.Join(texts, " ") != c.texts || !slices.Equal(codes, c.codes) || opens != c.opens {
			t.Errorf("%s: engine %s, %q, warnings %v, opened %d times", name, e.Engine, texts, codes, opens)
		}
	}
}

// A second engine that knows no better is asked no more after some pages.
func TestSecondEnginePatience(t *testing.T) {
	var contents, words []string
	for range 3 * secondPatience {
		contents, words = append(contents, damaged("one")), append(words, "one")
	}
	asked := 0
	s := &second{engine: tallying{fakeEngine{pages: words}, &asked}, ctx: context.Background(), lim: extract.DefaultLimits()}
	file := made(contents...)
	s.in, s.size = bytes.NewReader(file), int64(len(file))
	e, err := readPDF(s)
	if err != nil || e.Engine != "pdf" || len(e.Document.Pages) != len(words) {
		t.Fatalf("%v %v", e, err)
	}
	if asked != secondPatience {
		t.Errorf("asked for %d pages", asked)
	}
}

// tallying counts the pages that are asked for.
type tallying struct {
	fakeEngine
	asked *int
}

func (c tallying) Open(context.Context, io.ReaderAt, int64, extract.Limits) (SecondFile, error) {
	return tallyingFile{fakeFile(c.fakeEngine), c.asked}, nil
}

type tallyingFile struct {
	fakeFile
	asked *int
}

func (c tallyingFile) Page(n int) (*page.Page, error) {
	*c.asked++
	return c.fakeFile.Page(n)
}

// What the first engine does not open.
func TestTakeOver(t *testing.T) {
	good := made(text("one"))
	broken := bytes.ReplaceAll(good, []byte("/Kids"), []byte("/Kidz"))
	for name, c := range map[string]struct {
		file   []byte
		engine fakeEngine
		code   extract.Code // empty: read
	}{
		"damaged":            {broken, fakeEngine{pages: []string{"words"}}, ""},
		"nothing found":      {broken, fakeEngine{pages: []string{""}}, extract.CodeDamaged},
		"no better":          {broken, fakeEngine{err: extract.Damaged("x")}, extract.CodeDamaged},
		"broken":             {broken, fakeEngine{err: errors.New("x")}, extract.CodeDamaged},
		"wants a password":   {broken, fakeEngine{err: &extract.Error{Code: extract.CodeEncrypted, Detail: "x"}}, extract.CodeEncrypted},
		"without its end":    {good[:len(good)*2/3], fakeEngine{pages: []string{"words"}}, extract.CodeDamaged},
		"all pages are lost": {broken, fakeEngine{pages: []string{"a", "b"}, fail: extract.Damaged("x")}, extract.CodeDamaged},
	} {
		e, err := Read(context.Background(), bytes.NewReader(c.file), int64(len(c.file)), extract.DefaultLimits(), c.engine)
		if c.code == "" {
			if err != nil || e.Engine != "pdfium" || e.Document.Blocks[0].Text != "words" || e.Warnings[0].Code != "structure_repaired" {
				t.Errorf("%s: %+v %v", name, e, err)
			}
			continue
		}
		if x := extract.AsError(err); x == nil || x.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// What concerns the whole file is said although the page it stood on is the
// second engine's.
func TestSecondEngineKeepsFileWarnings(t *testing.T) {
	file := bytes.Replace(made(damaged("one"), text("two")), []byte("xref\n"), []byte("xxxx\n"), 1)
	e, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), extract.DefaultLimits(), fakeEngine{pages: []string{"much more than one word", "two"}})
	if err != nil || e.Engine != "pdf+pdfium" {
		t.Fatalf("%+v %v", e, err)
	}
	codes := map[string]bool{}
	for _, w := range e.Warnings {
		codes[w.Code] = true
	}
	if !codes["structure_repaired"] || !codes["second_engine"] {
		t.Errorf("warnings %+v", e.Warnings)
	}
}
