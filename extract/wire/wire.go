// Package wire writes extractions as bytes and reads them back: the form in which
// the neutral document crosses from the process that read a file to the one that
// asked. It is no file format; both sides are the same program.
//
// JSON took a tenth of all processor time of a Word report. Here fields follow
// each other without names, in the order of package extract: integers as varints
// (zigzag), text as length and UTF-8, numbers as IEEE 754, lists as one more than
// their length and 0 for nil, pointers as a byte and what they point to. What one
// would read back from JSON is what is read back here: boxes in hundredths of a
// point, bytes that are no UTF-8 as U+FFFD, NaN and infinities not at all.
//
// The writer is not trusted. Every length is checked against the bytes that are
// there before anything is made for it, and the memory of what is made counts
// against what the caller allows, on both sides alike. What the values mean is not
// checked.
package wire

import (
	"errors"

	"nianbao/extract"
)

// Errors of Append and Decode.
var (
	// ErrNotFinite is a number that is none.
	ErrNotFinite = errors.New("wire: a number is not finite")
	// ErrTooLarge is an extraction that would take more memory than is allowed.
	ErrTooLarge = errors.New("wire: too large")
	// ErrMalformed is what Append did not write.
	ErrMalformed = errors.New("wire: malformed")
)

// Append appends an extraction to b. What it takes in memory, beside its text, is
// taken from memory, in bytes; it is ErrTooLarge where that is not enough.
func Append(b []byte, e *extract.Extraction, memory *int64) ([]byte, error) {
	c := codec{out: b, memory: *memory}
	c.extraction(e)
	*memory = c.memory
	return c.out, c.err
}

// Decode reads what Append wrote, and nothing may follow it. Memory is as with
// Append. The texts share the memory of one copy of b.
func Decode(b []byte, memory *int64) (*extract.Extraction, error) {
	c := codec{in: string(b), reading: true, memory: *memory}
	e := &extract.Extraction{}
	c.extraction(e)
	*memory = c.memory
	if c.err == nil && len(c.in) > 0 {
		c.err = ErrMalformed
	}
	if c.err != nil {
		return nil, c.err
	}
	return e, nil
}

func (c *codec) extraction(e *extract.Extraction) {
	text(c, &e.Format)
	text(c, &e.Engine)
	list(c, &e.Warnings, (*codec).warning)
	optional(c, &c.documents, &e.Document, (*codec).document)
}

func (c *codec) warning(w *extract.Warning) {
	text(c, &w.Code)
	text(c, &w.Message)
	optional(c, &c.integers, &w.Page, (*codec).integer)
}

func (c *codec) document(d *extract.Document) {
	list(c, &d.Blocks, (*codec).block)
	list(c, &d.Tables, (*codec).table)
	list(c, &d.Pages, (*codec).page)
}

func (c *codec) block(b *extract.Block) {
	text(c, &b.Type)
	c.integer(&b.Level)
	optional(c, &c.texts, &b.Number, text[string])
	text(c, &b.Text)
	optional(c, &c.integers, &b.Table, (*codec).integer)
	optional(c, &c.integers, &b.Page, (*codec).integer)
	optional(c, &c.texts, &b.Part, text[string])
	optional(c, &c.boxes, &b.BBox, (*codec).box)
	text(c, &b.Role)
	text(c, &b.Align)
	c.number(&b.Size)
	c.boolean(&b.Bold)
	c.number(&b.Width)
	c.number(&b.Height)
}

func (c *codec) table(t *extract.Table) {
	c.integer(&t.Index)
	c.integer(&t.Rows)
	c.integer(&t.Columns)
	list(c, &t.ColumnWidths, (*codec).number)
	c.integer(&t.HeaderRows)
	list(c, &t.Pages, (*codec).integer)
	list(c, &t.Cells, (*codec).cell)
	list(c, &t.Joined, (*codec).piece)
	optional(c, &c.texts, &t.Part, text[string])
	optional(c, &c.boxes, &t.BBox, (*codec).box)
}

func (c *codec) cell(l *extract.Cell) {
	c.integer(&l.Row)
	c.integer(&l.Column)
	c.integer(&l.RowSpan)
	c.integer(&l.ColumnSpan)
	text(c, &l.Text)
	optional(c, &c.integers, &l.Page, (*codec).integer)
	optional(c, &c.boxes, &l.BBox, (*codec).box)
	optional(c, &c.texts, &l.Part, text[string])
	list(c, &l.Parts, (*codec).cellPart)
}

func (c *codec) cellPart(p *extract.CellPart) {
	c.integer(&p.Page)
	optional(c, &c.boxes, &p.BBox, (*codec).box)
	text(c, &p.Text)
}

func (c *codec) piece(p *extract.Piece) {
	c.integer(&p.FirstRow)
	c.integer(&p.Page)
	optional(c, &c.boxes, &p.BBox, (*codec).box)
	text(c, &p.Evidence)
	c.boolean(&p.RowCut)
	c.integer(&p.HeaderDropped)
}

func (c *codec) page(p *extract.Page) {
	c.integer(&p.Number)
	c.number(&p.Width)
	c.number(&p.Height)
	text(c, &p.TextLayer)
}
