// Package places tells where in the original something of a result stands: the
// cells of a figure, the paragraphs of a chapter, the sentence that a finding
// quotes. It goes by the result and the neutral document that the result was read
// from, and finds what it can: no place is better than a wrong one.
//
// A [Spot] names a block or a cell of the document. Of a PDF it also has pages and
// boxes; Word has neither, and its spots are found in the document itself. A cell
// that a page break cut has one [Box] for each piece.
package places

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/report"
	"nianbao/extract"
)

// Spot is a block or a cell of the neutral document.
type Spot struct {
	// Block is the index of the block, the table's own where Cell is set.
	Block int
	Cell  *extract.Cell // nil for a paragraph or heading
	Table int           // index of the table, where Cell is set
}

// ID names the spot: "b12" the block, "cell-2-5-3" the cell in row 5 and column 3
// of table 2, all from 0.
func (s Spot) ID() string {
	if s.Cell == nil {
		return "b" + strconv.Itoa(s.Block)
	}
	return fmt.Sprintf("cell-%d-%d-%d", s.Table, s.Cell.Row, s.Cell.Column)
}

// Box is a box on a page, in points from the page's top left.
type Box struct {
	Page int // from 1
	extract.BBox
}

// Index finds spots. It is safe for concurrent use.
type Index struct {
	res    *report.Result
	doc    *extract.Document
	lines  []line
	blocks map[int]int         // table → its block
	grids  [][][]*extract.Cell // by table
	pages  map[int]bool        // by number
	text   [][]int             // by section: for each line of its text the line of the document, -1
	heads  []int               // by section: the line of its heading, -1
	claims []report.NarrativeClaim
}

// New makes an index. doc is the document that res was read from.
func New(res *report.Result, doc *extract.Document) *Index {
	x := &Index{res: res, doc: doc, lines: linesOf(doc), blocks: map[int]int{}, pages: map[int]bool{}, grids: make([][][]*extract.Cell, len(doc.Tables)), claims: res.Report.NarrativeClaims}
	for i := range doc.Blocks {
		if t := doc.Blocks[i].Table; t != nil && doc.Blocks[i].Type == extract.TableRef {
			x.blocks[*t] = i
		}
	}
	for i := range doc.Pages {
		x.pages[doc.Pages[i].Number] = true
	}
	for i := range doc.Tables {
		x.grids[i] = doc.Tables[i].Grid()
	}
	x.findSections()
	return x
}

// Paged tells whether the document has fixed pages, and so spots have boxes.
func (x *Index) Paged() bool { return len(x.doc.Pages) > 0 }

// Boxes are where a spot stands on the pages of the document, in order; none in
// Word.
func (x *Index) Boxes(s Spot) []Box {
	if s.Cell == nil {
		return x.boxes(x.doc.Blocks[s.Block].Page, x.doc.Blocks[s.Block].BBox)
	}
	if len(s.Cell.Parts) == 0 {
		return x.boxes(s.Cell.Page, s.Cell.BBox)
	}
	var out []Box
	for i := range s.Cell.Parts {
		p := &s.Cell.Parts[i]
		out = append(out, x.boxes(&p.Page, p.BBox)...)
	}
	return out
}

func (x *Index) boxes(page *int, b *extract.BBox) []Box {
	if page == nil || b == nil || !x.pages[*page] {
		return nil
	}
	return []Box{{*page, *b}}
}

// Cell is the cell that a value was read from.
func (x *Index) Cell(p report.Place) (Spot, bool) {
	if p.Table == nil || p.Row == nil || p.Column == nil {
		return Spot{}, false
	}
	c := x.at(*p.Table, *p.Row, *p.Column)
	if c == nil {
		return Spot{}, false
	}
	return x.cell(*p.Table, c), true
}

func (x *Index) cell(table int, c *extract.Cell) Spot {
	return Spot{Block: x.blocks[table], Table: table, Cell: c}
}

func (x *Index) at(table, row, column int) *extract.Cell {
	if table < 0 || table >= len(x.grids) || row < 0 || row >= len(x.grids[table]) || column < 0 || column >= len(x.grids[table][row]) {
		return nil
	}
	return x.grids[table][row][column]
}

// Of are the spots of a JSON Pointer from the result's root; none where it stands
// nowhere, or nobody can tell.
func (x *Index) Of(pointer string) []Spot {
	if p, ok := x.res.Provenance[pointer]; ok {
		return x.ofFigure(p)
	}
	path, ok := strings.CutPrefix(pointer, "/report/")
	if !ok {
		return nil
	}
	name, rest, _ := strings.Cut(path, "/")
	switch name {
	case "sections":
		return x.ofSection(rest)
	case "narrative_claims":
		return x.ofClaim(rest)
	case "title", "agency", "year", "form":
		return x.ofTitle()
	case "signed_by":
		return x.spots(x.signature())
	case "signed_on":
		return x.ofDate(x.res.Report.SignedOn, max(x.signature(), 0))
	case "period":
		if p := x.res.Report.Period; p != nil {
			return x.ofDate(p.End, 0)
		}
	case "metadata":
		return x.ofMetadata(rest)
	case "registration":
		return x.ofRegistration(rest)
	}
	return nil
}

// ofFigure is the cell of a figure or, where the row's figures cannot be told
// apart, all that the row has.
func (x *Index) ofFigure(p report.Place) []Spot {
	if s, ok := x.Cell(p); ok {
		return []Spot{s}
	}
	if p.Table == nil || p.Row == nil || *p.Table < 0 || *p.Table >= len(x.grids) || *p.Row < 0 || *p.Row >= len(x.grids[*p.Table]) {
		return nil
	}
	var out []Spot
	for _, c := range x.grids[*p.Table][*p.Row] {
		if c != nil && c.Row == *p.Row && (len(out) == 0 || out[len(out)-1].Cell != c) {
			out = append(out, x.cell(*p.Table, c))
		}
	}
	return out
}

// ofSection reads N, N/title and N/text.
func (x *Index) ofSection(path string) []Spot {
	num, _, _ := strings.Cut(path, "/")
	i, err := strconv.Atoi(num)
	if err != nil || i < 0 || i >= len(x.heads) {
		return nil
	}
	if x.heads[i] >= 0 {
		return x.spots(x.heads[i])
	}
	for _, l := range x.text[i] {
		if l >= 0 {
			return x.spots(l)
		}
	}
	return nil
}

// Paragraph is the spot of line n of the text of section i, both from 0.
func (x *Index) Paragraph(i, n int) (Spot, bool) {
	if i < 0 || i >= len(x.text) || n < 0 || n >= len(x.text[i]) || x.text[i][n] < 0 {
		return Spot{}, false
	}
	return x.lines[x.text[i][n]].spot, true
}

// ofClaim is the paragraph of a figure of the text.
func (x *Index) ofClaim(path string) []Spot {
	n, err := strconv.Atoi(path)
	if err != nil || n < 0 || n >= len(x.claims) {
		return nil
	}
	c := &x.claims[n]
	i, ok := sectionOf(c.Place)
	if !ok || i >= len(x.text) {
		return nil
	}
	return x.within(i, c.Start, c.End)
}

func sectionOf(pointer string) (int, bool) {
	rest, ok := strings.CutPrefix(pointer, "/report/sections/")
	if !ok {
		return 0, false
	}
	num, _, _ := strings.Cut(rest, "/")
	i, err := strconv.Atoi(num)
	return i, err == nil && i >= 0
}

// within are the paragraphs of a piece of a section's text, in characters.
func (x *Index) within(section, from, to int) []Spot {
	var out []Spot
	at := 0
	for n, l := range strings.Split(x.res.Report.Sections[section].Text, "\n") {
		end := at + utf8.RuneCountInString(l)
		if from <= end && at < max(to, from+1) && n < len(x.text[section]) {
			out = append(out, x.spots(x.text[section][n])...)
		}
		at = end + 1
	}
	return distinct(out)
}

func (x *Index) spots(line int) []Spot {
	if line < 0 || line >= len(x.lines) {
		return nil
	}
	return []Spot{x.lines[line].spot}
}

func distinct(spots []Spot) []Spot {
	var out []Spot
	seen := map[string]bool{}
	for _, s := range spots {
		if id := s.ID(); !seen[id] {
			seen[id] = true
			out = append(out, s)
		}
	}
	return out
}
