package mapping

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
)

// readRegistration finds the 政府信息公开工作机构登记表, by its title above the
// table or in its first row, and reads it as label and value pairs in order.
func readRegistration(doc *extract.Document) []report.Registration {
	near := false
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch b.Type {
		case extract.Heading, extract.Paragraph:
			text := compact(b.Text)
			switch {
			case strings.Contains(text, "登记表") && runesOf(text) <= 40:
				near = true
			case runesOf(text) > 60:
				near = false
			}
		case extract.TableRef:
			t := tableOf(doc, b)
			if t == nil || t.Rows <= 0 || t.Columns <= 0 || t.Rows > 200 || t.Columns > 40 {
				continue
			}
			if near || titledRegistration(t) {
				if out := labelPairs(t); len(out) > 0 {
					return out
				}
			}
			near = false
		}
	}
	return nil
}

func titledRegistration(t *extract.Table) bool {
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Row == 0 {
			return c.Column == 0 && c.ColumnSpan >= t.Columns && strings.Contains(compact(c.Text), "登记表")
		}
	}
	return false
}

// labelPairs reads the cells of each row in twos. Rows of one cell are titles or
// notes; a cell that comes down from the row above belongs to that row.
func labelPairs(t *extract.Table) []report.Registration {
	var out []report.Registration
	for r, row := range t.Grid() {
		var own []*extract.Cell
		for _, c := range distinct(row) {
			if c.Row == r {
				own = append(own, c)
			}
		}
		if len(own) < 2 {
			continue
		}
		for i := 0; i < len(own); i += 2 {
			label := compact(own[i].Text)
			if label == "" {
				continue
			}
			value := ""
			if i+1 < len(own) {
				value = strings.TrimSpace(own[i+1].Text)
			}
			out = append(out, report.Registration{Label: strings.TrimRight(label, "：:"), Value: value})
		}
	}
	return out
}
