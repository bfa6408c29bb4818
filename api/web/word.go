package web

import (
	"fmt"
	"strconv"
	"strings"

	"nianbao/extract"
)

// viewBlock is one block of a Word document.
func viewBlock(doc *extract.Document, i int, t *targets) blockView {
	b := &doc.Blocks[i]
	v := blockView{ID: "b" + strconv.Itoa(i), Text: b.Text, Class: blockClass(b)}
	if at := t.at[v.ID]; at != nil {
		v.Href, v.Class = at.href, strings.TrimSpace(v.Class+" "+at.class())
	}
	switch {
	case b.Type == extract.Image:
		v.Text = imageText(b)
	case b.Type == extract.TableRef && b.Table != nil && *b.Table >= 0 && *b.Table < len(doc.Tables):
		table := &doc.Tables[*b.Table]
		v.Columns = table.Columns
		v.Rows = originalRows(table, t)
	}
	return v
}

// blockClass says what a block looks like.
func blockClass(b *extract.Block) string {
	c := []string{string(b.Type)}
	if b.Type == extract.Heading {
		c = append(c, "level-"+strconv.Itoa(min(max(b.Level, 1), 6)))
	}
	if b.Type == extract.Paragraph && b.Number != nil {
		c = append(c, "item")
	}
	if b.Role != "" && b.Role != extract.RoleBody {
		c = append(c, "in-"+string(b.Role))
	}
	switch b.Align {
	case "center", "right":
		c = append(c, b.Align)
	}
	if b.Bold {
		c = append(c, "bold")
	}
	return strings.Join(c, " ")
}

func imageText(b *extract.Block) string {
	text := "图片"
	if b.Width > 0 && b.Height > 0 {
		const perCentimetre = 72 / 2.54
		text += fmt.Sprintf("，%.1f × %.1f 厘米", b.Width/perCentimetre, b.Height/perCentimetre)
	}
	if s := strings.TrimSpace(b.Text); s != "" {
		text += "：" + s
	}
	return text
}

// originalRows are a table's rows as they stand; positions that no cell covers get
// an empty one, so that columns stay columns.
func originalRows(table *extract.Table, t *targets) [][]originalCell {
	rows := make([][]originalCell, table.Rows)
	for r, row := range table.Grid() {
		for k, c := range row {
			switch {
			case c == nil:
				rows[r] = append(rows[r], originalCell{Class: "none", RowSpan: 1, ColSpan: 1})
			case c.Row == r && c.Column == k:
				v := originalCell{ID: fmt.Sprintf("cell-%d-%d-%d", table.Index, r, k), Text: c.Text, RowSpan: c.RowSpan, ColSpan: c.ColumnSpan}
				if at := t.at[v.ID]; at != nil {
					v.Href, v.Class = at.href, strings.TrimSpace("linked "+at.class())
				}
				rows[r] = append(rows[r], v)
			}
		}
	}
	return rows
}
