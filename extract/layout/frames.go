package layout

import "nianbao/extract"

// inCell marks a line that went from the body into a cell.
const inCell extract.Role = "cell"

// promoteFrames makes tables of frames that are the only row of a table on
// their page: at the end of the body where the next page starts with a table of
// the same width, or at its start where the page before ends with one.
func promoteFrames(sheets []*sheet, roles [][]extract.Role) {
	for i := 0; i+1 < len(sheets); i++ {
		above, below := sheets[i], sheets[i+1]
		_, tail, _ := ends(above, above.flow(roles[i]))
		head, _, _ := ends(below, below.flow(roles[i+1]))
		switch {
		case tail == nil && head != nil:
			if f := above.edgeFrame(roles[i], head, false); f != nil {
				above.promote(f, roles[i])
			}
		case tail != nil && head == nil:
			if f := below.edgeFrame(roles[i+1], tail, true); f != nil {
				below.promote(f, roles[i+1])
			}
		}
	}
}

// edgeFrame is the frame at the top or bottom of the body, with text and as
// wide as the table p.
func (s *sheet) edgeFrame(roles []extract.Role, p *piece, top bool) *piece {
	for _, f := range s.frames {
		if abs(f.box.width()-p.box.width()) > sameEdge+1 {
			continue
		}
		outermost, text := true, false
		for k := range s.lines {
			if roles[k] != "" {
				continue
			}
			l := &s.lines[k]
			y := (l.box.y0 + l.box.y1) / 2
			if f.box.contains((l.box.x0+l.box.x1)/2, y) {
				text = true
			} else if top && y < f.box.y1 || !top && y > f.box.y0 {
				outermost = false
			}
		}
		if outermost && text && !s.tableBeyond(f.box, top) {
			return f
		}
	}
	return nil
}

// promote makes a table of a frame and of the lines in it.
func (s *sheet) promote(f *piece, roles []extract.Role) {
	for k := range s.lines {
		l := &s.lines[k]
		if roles[k] == "" && f.box.contains((l.box.x0+l.box.x1)/2, (l.box.y0+l.box.y1)/2) {
			f.cells[0].glyphs = append(f.cells[0].glyphs, l.glyphs...)
			roles[k] = inCell
		}
	}
	f.setText()
	s.tables = append(s.tables, f)
}
