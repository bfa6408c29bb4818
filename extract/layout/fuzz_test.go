package layout

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"nianbao/extract"
	"nianbao/extract/page"
)

// pagesOf draws pages from bytes: glyphs of all directions and sizes, rulings of
// all kinds, pictures. Coordinates are coarse, so that things meet.
func pagesOf(data []byte) []*page.Page {
	const alphabet = "一、（）公开12.9a b　，\u00a0\ue000⺠"
	runes := []rune(alphabet)
	p := &page.Page{Number: 1, Width: 600, Height: 840, Fonts: []page.Font{{}, {Bold: true}}}
	pages := []*page.Page{p}
	for ; len(data) >= 6; data = data[6:] {
		x, y := float64(data[1])*2.4, float64(data[2])*3.4
		w, h := float64(data[3]), float64(data[4])
		v := data[5]
		switch data[0] % 8 {
		case 0, 1, 2:
			size := []float64{12, 9, 6, 20}[v%4]
			for i := range 1 + int(data[3]%9) { // a run of glyphs
				gx := x + size*float64(i)
				p.Glyphs = append(p.Glyphs, page.Glyph{
					Text: string(runes[(int(data[4])+i)%len(runes)]), Box: page.Box{X0: gx, Y0: y - size, X1: gx + size, Y1: y},
					X: gx, Y: y, Size: size, Font: int(v) % 3, Angle: []float64{0, 0, 0, 90, 270, 30}[int(v)%6],
					Vertical: v%32 == 31, Invisible: v%64 == 63, Artifact: v%16 == 15,
				})
			}
		case 3, 4:
			p.Rulings = append(p.Rulings, page.Ruling{X0: x, Y0: y, X1: x + 2*w, Y1: y, Width: 0.5, Fill: v%8 == 0})
		case 5, 6:
			p.Rulings = append(p.Rulings, page.Ruling{X0: x, Y0: y, X1: x, Y1: y + 2*h, Width: 0.5, Fill: v%8 == 0})
		case 7:
			if v%4 == 0 {
				p = &page.Page{Number: len(pages) + 1, Width: 600, Height: 840, Fonts: p.Fonts}
				pages = append(pages, p)
			} else {
				p.Images = append(p.Images, page.Image{Box: page.Box{X0: x, Y0: y, X1: x + 2*w, Y1: y + 2*h}})
			}
		}
	}
	return pages
}

// checkGrid tells what is wrong with a table's cells.
func checkGrid(tb *extract.Table) error {
	taken := make([]bool, tb.Rows*tb.Columns)
	for _, c := range tb.Cells {
		if c.RowSpan < 1 || c.ColumnSpan < 1 || c.Row < 0 || c.Column < 0 || c.Row+c.RowSpan > tb.Rows || c.Column+c.ColumnSpan > tb.Columns {
			return fmt.Errorf("cell %+v outside %d×%d", c, tb.Rows, tb.Columns)
		}
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
				if taken[r*tb.Columns+k] {
					return fmt.Errorf("two cells at %d,%d", r, k)
				}
				taken[r*tb.Columns+k] = true
			}
		}
	}
	return nil
}

// countRunes counts a raised digit as the digit that it was.
func countRunes(into map[rune]int, s string, sign int) {
	for _, r := range strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9").Replace(s) {
		if !unicode.IsSpace(r) {
			into[r] += sign
		}
	}
}

// check builds the pages and tests what must hold for any input.
func check(t testing.TB, pages []*page.Page) {
	b := NewBuilder(extract.DefaultLimits())
	balance := map[rune]int{}
	for _, p := range pages {
		if err := b.Add(p); err != nil {
			t.Fatal(err)
		}
		spoil(b)
		if Verdict(p) != extract.TextGarbled {
			gs, _ := readGlyphs(p, frame{pageTurn(p.Glyphs), p.Width, p.Height}, &room{})
			for _, g := range gs {
				countRunes(balance, g.text, 1)
			}
		}
	}
	doc, _, err := b.Finish()
	if err != nil {
		t.Fatal(err)
	}
	dropped := 0
	for _, bl := range doc.Blocks {
		countRunes(balance, bl.Text, -1)
	}
	for i := range doc.Tables {
		tb := &doc.Tables[i]
		if err := checkGrid(tb); err != nil {
			t.Fatal(err)
		}
		for _, c := range tb.Cells {
			countRunes(balance, c.Text, -1)
		}
		for _, p := range tb.Joined {
			dropped += p.HeaderDropped
		}
	}
	for r, n := range balance {
		if n < 0 || n > 0 && dropped == 0 {
			t.Fatalf("%q: %d more in the pages than in the document", r, n)
		}
	}
}

func FuzzBuilder(f *testing.F) {
	f.Add([]byte("\x03\x10\x10\x40\x00\x01\x05\x10\x10\x00\x20\x01\x00\x12\x12\x03\x02\x00"))
	seed := []byte{}
	for i := range 40 { // a grid with text in it
		seed = append(seed, 3, 10, byte(20+4*i%40), 90, 0, 1, 5, byte(10+15*(i%6)), 20, 0, 80, 1, 0, byte(12+7*(i%12)), byte(23+4*(i%10)), 2, byte(i), 0)
	}
	f.Add(seed)
	f.Add(append(append([]byte{}, seed...), append([]byte{7, 0, 0, 0, 0, 0}, seed...)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		check(t, pagesOf(data))
	})
}
