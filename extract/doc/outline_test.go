package doc

import (
	"fmt"
	"strings"

	"nianbao/extract"
)

// outline writes the document as lines: one a block, and under a table one a
// row, with < for a position the cell on the left covers, ^ for one the cell
// above covers and ~ for one that no cell covers.
func outline(e *extract.Extraction) string {
	var b strings.Builder
	for _, bl := range e.Document.Blocks {
		if bl.Table != nil {
			writeTable(&b, &e.Document.Tables[*bl.Table], bl.Role)
			continue
		}
		switch bl.Type {
		case extract.Heading:
			fmt.Fprintf(&b, "h%d", bl.Level)
		case extract.Image:
			b.WriteString("image")
		default:
			b.WriteString("p")
		}
		if bl.Role != "" {
			b.WriteString(" " + string(bl.Role))
		}
		if bl.Number != nil {
			b.WriteString(" [" + *bl.Number + "]")
		}
		b.WriteString(": " + strings.ReplaceAll(bl.Text, "\n", "⏎") + "\n")
	}
	return strings.ReplaceAll(b.String(), "\t", "→")
}

func writeTable(b *strings.Builder, t *extract.Table, role extract.Role) {
	fmt.Fprintf(b, "table %d", t.Index)
	if role != "" {
		b.WriteString(" " + string(role))
	}
	b.WriteString("\n")
	for r, cells := range t.Grid() {
		for c, cell := range cells {
			if c > 0 {
				b.WriteString("|")
			} else {
				b.WriteString("  ")
			}
			switch {
			case cell == nil:
				b.WriteString("~")
			case cell.Row == r && cell.Column == c:
				b.WriteString(strings.ReplaceAll(cell.Text, "\n", "⏎"))
			case cell.Row == r:
				b.WriteString("<")
			default:
				b.WriteString("^")
			}
		}
		b.WriteString("\n")
	}
}

func codes(e *extract.Extraction) string {
	var out []string
	for _, w := range e.Warnings {
		out = append(out, w.Code)
	}
	return strings.Join(out, " ")
}
