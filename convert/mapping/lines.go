package mapping

import (
	"strings"

	"nianbao/extract"
)

// line is one printed line of running text: a paragraph, a heading or the part
// of one between forced line breaks; or a title row of a table.
type line struct {
	block int    // index of the block
	text  string // as printed, trimmed
	tight string // without any white space
	src   *extract.Block
	// table is true for a row of a table that one cell takes whole.
	table bool
	// tables is how many tables stand before it.
	tables int
}

// bodyLines lists the lines of the document in reading order, without running
// headers, footers, footnotes, charts and comments, and without blank lines.
func bodyLines(doc *extract.Document) []line {
	var out []line
	tables := 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch b.Role {
		case extract.RoleHeader, extract.RoleFooter, extract.RoleFootnote, extract.RoleChart, extract.RoleComment:
			continue
		}
		switch b.Type {
		case extract.Heading, extract.Paragraph:
			for _, t := range strings.Split(b.Text, "\n") {
				if tight := compact(t); tight != "" {
					out = append(out, line{block: i, text: strings.TrimSpace(t), tight: tight, src: b, tables: tables})
				}
			}
		case extract.TableRef:
			tables++
			if t := tableOf(doc, b); t != nil {
				for _, l := range titleRows(i, b, t) {
					l.tables = tables
					out = append(out, l)
				}
			}
		}
	}
	return out
}

func tableOf(doc *extract.Document, b *extract.Block) *extract.Table {
	if b.Table == nil || *b.Table < 0 || *b.Table >= len(doc.Tables) {
		return nil
	}
	return &doc.Tables[*b.Table]
}

// boxedText is how many characters a cell over the whole width of a table must
// have to be running text in a frame: web pages pasted into Word come so.
const boxedText = 150

// titleRows are the rows of a table that hold one cell over all columns.
func titleRows(block int, b *extract.Block, t *extract.Table) []line {
	var out []line
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Column != 0 || c.ColumnSpan < t.Columns {
			continue
		}
		for _, text := range strings.Split(c.Text, "\n") {
			if tight := compact(text); tight != "" {
				out = append(out, line{block: block, text: strings.TrimSpace(text), tight: tight, src: b, table: runesOf(c.Text) < boxedText})
			}
		}
	}
	return out
}
