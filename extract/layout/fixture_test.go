package layout

import (
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

// a4 is the page the fixtures draw on; its margins are 60 points, so that 40
// characters of 12 points fill a line less five points.
const (
	a4Width, a4Height = 595.0, 842.0
	leftMargin        = 60.0
	rightMargin       = 535.0
)

// sketch draws a page the way a word processor does.
type sketch struct{ page.Page }

func newSketch(number int) *sketch {
	return &sketch{page.Page{
		Number: number, Width: a4Width, Height: a4Height,
		Fonts: []page.Font{{Name: "Song"}, {Name: "Hei", Bold: true}},
	}}
}

// advance is the width of a character: an em for wide ones, half an em else.
func advance(r rune, size float64) float64 {
	if wide(r) || r == '\u3000' {
		return size
	}
	return size / 2
}

func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += advance(r, size)
	}
	return w
}

// text sets s at x on the baseline and returns the end.
func (s *sketch) text(x, base, size float64, str string) float64 {
	return s.styled(x, base, size, str, 0)
}

func (s *sketch) bold(x, base, size float64, str string) float64 {
	return s.styled(x, base, size, str, 1)
}

func (s *sketch) styled(x, base, size float64, str string, font int) float64 {
	for _, r := range str {
		w := advance(r, size)
		s.Glyphs = append(s.Glyphs, page.Glyph{
			Text: string(r), Box: page.Box{X0: x, Y0: base - 0.88*size, X1: x + w, Y1: base + 0.12*size},
			X: x, Y: base, Size: size, Font: font,
		})
		x += w
	}
	return x
}

func (s *sketch) centre(base, size float64, str string) {
	s.text((a4Width-textWidth(str, size))/2, base, size, str)
}

func (s *sketch) right(base, size float64, str string) {
	s.text(rightMargin-textWidth(str, size), base, size, str)
}

// paragraph sets text in 12 points with a pitch of 20 and returns the baseline
// after it. indent is in characters.
func (s *sketch) paragraph(base float64, indent float64, str string) float64 {
	x := leftMargin + 12*indent
	line := ""
	for _, r := range str {
		if x+textWidth(line, 12)+advance(r, 12) > rightMargin && !closing(r) {
			s.text(x, base, 12, line)
			base, x, line = base+20, leftMargin, ""
		}
		line += string(r)
	}
	s.text(x, base, 12, line)
	return base + 20
}

func (s *sketch) h(x0, x1, y float64) {
	s.Rulings = append(s.Rulings, page.Ruling{X0: x0, Y0: y, X1: x1, Y1: y, Width: 0.5})
}

func (s *sketch) v(x, y0, y1 float64) {
	s.Rulings = append(s.Rulings, page.Ruling{X0: x, Y0: y0, X1: x, Y1: y1, Width: 0.5})
}

// cellAt is a cell of a drawn table: its text is set centred, each line of
// "\n" on a line of its own.
type cellAt struct {
	row, col, rowSpan, colSpan int
	text                       string
}

// table draws a table cell by cell, every cell with its four sides.
func (s *sketch) table(xs, ys []float64, cells ...cellAt) {
	for _, c := range cells {
		x0, x1, y0, y1 := xs[c.col], xs[c.col+max(1, c.colSpan)], ys[c.row], ys[c.row+max(1, c.rowSpan)]
		s.h(x0, x1, y0)
		s.h(x0, x1, y1)
		s.v(x0, y0, y1)
		s.v(x1, y0, y1)
		s.fill(x0, y0, x1, y1, c.text)
	}
}

// fill sets text of 9 points into the middle of a box.
func (s *sketch) fill(x0, y0, x1, y1 float64, text string) {
	lines := strings.Split(text, "\n")
	base := (y0+y1)/2 - 11*float64(len(lines))/2 + 9
	for _, l := range lines {
		s.text((x0+x1)/2-textWidth(l, 9)/2, base, 9, l)
		base += 11
	}
}

// plain draws a table of rows without spans; an empty row list is one row.
func (s *sketch) plain(xs []float64, y, height float64, rows ...[]string) (bottom float64) {
	ys := []float64{y}
	for range rows {
		y += height
		ys = append(ys, y)
	}
	for r, row := range rows {
		for c, text := range row {
			s.table(xs, ys, cellAt{r, c, 1, 1, text})
		}
	}
	return y
}

// spoil overwrites what is used again for the next page: nothing of a page may be read
// from there.
func spoil(b *Builder) {
	for i := range b.room.glyphs {
		b.room.glyphs[i] = glyph{text: "旧", first: '旧', last: '旧', box: box{9, 9, 99, 99}, size: 90, bold: true}
	}
}

// build runs the pages through a builder.
func build(t testing.TB, pages ...*sketch) (*extract.Document, []extract.Warning) {
	t.Helper()
	b := NewBuilder(extract.DefaultLimits())
	for _, p := range pages {
		if err := b.Add(&p.Page); err != nil {
			t.Fatal(err)
		}
		spoil(b)
	}
	doc, warnings, err := b.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return doc, warnings
}

// texts lists the body blocks that are not tables or images.
func texts(doc *extract.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		if b.Role == extract.RoleBody && (b.Type == extract.Heading || b.Type == extract.Paragraph) {
			out = append(out, b.Text)
		}
	}
	return out
}

func roleTexts(doc *extract.Document, role extract.Role) []string {
	var out []string
	for _, b := range doc.Blocks {
		if b.Role == role {
			out = append(out, b.Text)
		}
	}
	return out
}

// show renders a table one row a line: cells as text, spans in brackets.
func show(tb extract.Table) string {
	var out strings.Builder
	row, first := -1, true
	for _, c := range tb.Cells {
		for row < c.Row {
			if row >= 0 {
				out.WriteByte('\n')
			}
			row++
			first = true
		}
		if c.Column > 0 && !first {
			out.WriteByte('|')
		}
		first = false
		out.WriteString(strings.ReplaceAll(c.Text, "\n", "⏎"))
		if c.RowSpan > 1 || c.ColumnSpan > 1 {
			out.WriteString("[" + string(rune('0'+c.RowSpan)) + string(rune('0'+c.ColumnSpan)) + "]")
		}
	}
	return out.String()
}

// wantTable compares one table with its rendering by show.
func wantTable(t *testing.T, doc *extract.Document, n int, rows ...string) {
	t.Helper()
	if len(doc.Tables) <= n {
		t.Fatalf("%d tables, want number %d", len(doc.Tables), n)
	}
	if got, want := show(doc.Tables[n]), strings.Join(rows, "\n"); got != want {
		t.Errorf("table %d:\n%s\nwant\n%s", n, got, want)
	}
}

func wantTexts(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n¶") != strings.Join(want, "\n¶") {
		t.Errorf("got\n¶%s\nwant\n¶%s", strings.Join(got, "\n¶"), strings.Join(want, "\n¶"))
	}
}
