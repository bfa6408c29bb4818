package extract

import "slices"

// Unjoin undoes the joins of a table: it returns the pieces as they stand on
// their pages, repeated headers included, or the table itself where it was not
// joined. Columns stay those of the whole table. A cell that was cut by a page
// break stands in each piece with the text it has there.
func (t *Table) Unjoin() []Table {
	if len(t.Joined) == 0 {
		return []Table{*t}
	}
	out := make([]Table, 0, len(t.Joined))
	for i := range t.Joined {
		p := &t.Joined[i]
		end := t.Rows
		if i+1 < len(t.Joined) {
			end = t.Joined[i+1].FirstRow
			if t.Joined[i+1].RowCut {
				end++
			}
		}
		out = append(out, t.piece(p, end))
	}
	return out
}

// piece is the part of the table that stands on p's page and ends above row end.
func (t *Table) piece(p *Piece, end int) Table {
	out := Table{
		Index: t.Index, Rows: end - p.FirstRow + p.HeaderDropped, Columns: t.Columns, ColumnWidths: t.ColumnWidths,
		Pages: []int{p.Page}, Part: t.Part, BBox: p.BBox,
	}
	for _, c := range t.Cells {
		if c.Row+c.RowSpan <= p.HeaderDropped {
			h := c
			h.Page, h.BBox, h.Parts = &p.Page, nil, nil // the dropped row's own box is not kept
			out.Cells = append(out.Cells, h)
		}
		first, last := max(c.Row, p.FirstRow), min(c.Row+c.RowSpan, end)
		if first >= last {
			continue
		}
		part := Cell{
			Row: first - p.FirstRow + p.HeaderDropped, RowSpan: last - first,
			Column: c.Column, ColumnSpan: c.ColumnSpan, Page: &p.Page, Part: c.Part,
		}
		switch k := slices.IndexFunc(c.Parts, func(o CellPart) bool { return o.Page == p.Page }); {
		case k >= 0:
			part.Text, part.BBox = c.Parts[k].Text, c.Parts[k].BBox
		case c.Page == nil || *c.Page == p.Page:
			part.Text, part.BBox = c.Text, c.BBox
		}
		out.Cells = append(out.Cells, part)
	}
	slices.SortStableFunc(out.Cells, func(a, b Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Column - b.Column
	})
	return out
}
