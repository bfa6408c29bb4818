package mapping

import (
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// readFigures reads the figures of grid row r, right of the label cell (nil:
// the row has no label), into the columns of the part.
func (s *scan) readFigures(r int, cells []*gridCell, label *gridCell, part *form.Part) readRow {
	from := 0
	if label != nil {
		from = label.Column + label.ColumnSpan
	}
	values := make([]*gridCell, 0, len(cells))
	for _, c := range cells {
		if c.Column >= from {
			values = append(values, c)
		}
	}
	if severalRows(label) {
		return s.ambiguous(r, values, label, part)
	}
	l := s.layouts[s.current]
	if l != nil && l.table == s.table.Index {
		if got, ok := byGrid(values, l, len(part.Columns)); ok {
			return s.fill(r, got, part, l)
		}
	}
	if got, ok := byCount(values, l, part); ok {
		return s.fill(r, got, part, l)
	}
	return s.ambiguous(r, values, label, part)
}

// severalRows tells the label of a row that is really several, whose parting
// lines were not seen: items of one kind under each other. Read as one, the
// figures would run together, or be those of another row.
func severalRows(label *gridCell) bool {
	if label == nil || !strings.Contains(label.Text, "\n") {
		return false
	}
	seen := map[ordinalStyle]bool{}
	for line := range strings.Lines(label.Text) {
		o, _ := splitOrdinal(strings.TrimSpace(line))
		if o.style != styleNone && seen[o.style] {
			return true
		}
		seen[o.style] = true
	}
	return false
}

// byGrid assigns cells to columns by the grid columns of the header. It fails
// where a column of the form has no cell of its own or a cell cannot be placed.
func byGrid(values []*gridCell, l *layout, columns int) ([]*gridCell, bool) {
	got := make([]*gridCell, columns)
	filled := make([]bool, columns)
	placed := make([]bool, len(values))
	var few [4]*gridCell // a column has one cell, mostly
	for i := range l.columns {
		p := &l.columns[i]
		own := few[:0]
		for k, c := range values {
			if overlap := min(p.to, c.Column+c.ColumnSpan) - max(p.from, c.Column); 2*overlap >= min(p.to-p.from, c.ColumnSpan) && overlap > 0 {
				own = append(own, c)
				placed[k] = true
			}
		}
		c, ok := onlyFilled(own)
		if p.column < 0 {
			continue
		}
		if !ok {
			return nil, false
		}
		got[p.column], filled[p.column] = c, true
	}
	for k, c := range values {
		if !placed[k] && !c.says.blank {
			return nil, false
		}
	}
	return got, slices.Contains(filled, true)
}

// onlyFilled is the one cell of a column, or the one that is filled where the
// column is split in the row.
func onlyFilled(cells []*gridCell) (*gridCell, bool) {
	if len(cells) == 1 {
		return cells[0], true
	}
	var found *gridCell
	for _, c := range cells {
		if c.says.blank {
			continue
		}
		if found != nil && compact(found.Text) != compact(c.Text) {
			return nil, false // the same text in each is one merged cell taken apart
		}
		if found == nil {
			found = c
		}
	}
	if found == nil && len(cells) > 0 {
		found = cells[0]
	}
	return found, found != nil
}

// byCount assigns cells in order where there are as many as printed columns (of
// the header seen last) or as columns of the form. Blank cells next to the label
// are label columns that were not merged.
func byCount(values []*gridCell, l *layout, part *form.Part) ([]*gridCell, bool) {
	n := len(part.Columns)
	var printed, official []int
	if l != nil {
		for _, p := range l.columns {
			printed = append(printed, p.column)
		}
	}
	for i := range n {
		official = append(official, i)
	}
	for _, want := range [][]int{printed, official} {
		cells := values
		for len(cells) > len(want) && len(want) > 0 && cells[0].says.blank {
			cells = cells[1:]
		}
		if len(want) == 0 || len(cells) != len(want) {
			continue
		}
		got := make([]*gridCell, n)
		for i, c := range want {
			if c >= 0 {
				got[c] = cells[i]
			}
		}
		return got, true
	}
	if n == 1 { // one column over several grid columns, not merged in this row
		if c, ok := onlyFilled(values); ok {
			return []*gridCell{c}, true
		}
	}
	return nil, false
}

// fill turns assigned cells into figures. A cell that stands for several columns
// or several rows of figures is ambiguous unless it is empty.
func (s *scan) fill(r int, got []*gridCell, part *form.Part, l *layout) readRow {
	rr := readRow{cells: make([]readCell, len(got)), present: make([]bool, len(got)), blank: true}
	for i, c := range got {
		if c == nil {
			continue
		}
		rr.present[i] = true
		cell := c.says.cell
		if part.Columns[i].Kind == form.Change && hasFraction(cell.Number) {
			cell = Cell{State: report.StateText} // 增减 is a whole number in the result's schema
		}
		if part.Columns[i].Kind == form.Change && cell.State == report.StateText && unchanged.MatchString(fold(c.Text)) {
			cell = Cell{State: report.StatePlaceholder}
		}
		shared := c.RowSpan > 1 || slices.Index(got, c) != i || slices.Contains(got[i+1:], c)
		if shared && cell.State != report.StateBlank && cell.State != report.StatePlaceholder && s.spansFigures(c, r, got, i) {
			cell = Cell{State: report.StateAmbiguous}
		}
		rr.cells[i] = readCell{from: c, state: cell.State, number: cell.Number, unit: s.unitOf(cell, i, l)}
		if cell.State != report.StateBlank {
			rr.blank = false
		}
	}
	return rr
}

// unchanged are words for no change in a column of 增减.
var unchanged = lazyregexp.New(`^(?:(?:与上年)?持平|(?:没有|无|未)(?:变化|变动|增减)|不变)[。.]?$`)

// hasFraction reports decimals other than zeroes.
func hasFraction(n report.Number) bool {
	_, decimals, _ := strings.Cut(string(n), ".")
	return strings.Trim(decimals, "0") != ""
}

// spansFigures reports whether the cell stands for more than one figure: over
// several columns, or over several rows that have labels of their own. A row
// whose label spans the same rows is one row: browsers print a thin extra line
// where a group beside it ends at a page break.
func (s *scan) spansFigures(c *gridCell, r int, got []*gridCell, i int) bool {
	if slices.Index(got, c) != i || slices.Contains(got[i+1:], c) {
		return true
	}
	own := s.labelOf(r, s.rows[r]).cell
	for y := c.Row; y < min(c.Row+c.RowSpan, len(s.rows)); y++ {
		if l := s.labelOf(y, s.rows[y]); y != r && l.target >= 0 && l.cell != own {
			return true
		}
	}
	return false
}

func (s *scan) unitOf(cell Cell, column int, l *layout) string {
	if cell.Unit != "" || l == nil {
		return cell.Unit
	}
	for _, p := range l.columns {
		if p.column == column {
			return p.unit
		}
	}
	return ""
}

// ambiguous is a row whose figures cannot be assigned.
func (s *scan) ambiguous(r int, values []*gridCell, label *gridCell, part *form.Part) readRow {
	texts := make([]string, 0, len(values))
	for _, c := range values {
		if t := strings.TrimSpace(c.Text); t != "" {
			texts = append(texts, t)
		}
	}
	at := label
	if at == nil && len(values) > 0 {
		at = values[0]
	}
	rr := readRow{ambiguous: true, blank: len(texts) == 0, present: make([]bool, len(part.Columns)), all: &report.Place{}}
	for i := range rr.present {
		rr.present[i] = true
	}
	if at != nil {
		*rr.all = at.place(report.StateAmbiguous)
	}
	row := r
	rr.all.State, rr.all.Row, rr.all.Column = report.StateAmbiguous, &row, nil
	rr.all.Text = strings.Join(texts, " ")
	return rr
}

// place is where a cell stands.
func (c *gridCell) place(state report.State) report.Place {
	at := [...]int{c.table, c.Row, c.Column}
	return report.Place{
		Text: c.Text, State: state, Table: &at[0], Row: &at[1], Column: &at[2], Page: c.Page, Part: c.Part,
		BBox: (*[4]float64)(c.BBox),
	}
}

// mergeRows joins the two halves of a cut row: in every column at most one of
// them is filled.
func mergeRows(upper, lower readRow) readRow {
	switch {
	case lower.blank || (lower.ambiguous && !upper.blank):
		return upper
	case upper.blank || upper.ambiguous:
		return lower
	case lower.ambiguous:
		return upper
	}
	for i := range upper.cells {
		if upper.present[i] && upper.cells[i].state == report.StateBlank && lower.present[i] {
			upper.cells[i] = lower.cells[i]
		}
	}
	return upper
}

// readUnlabelled reads row r into a part whose one row has no label, if a
// header above it tells the columns; a row of nothing but figures is kept for a
// table whose header is not printed. It reports whether the row was read.
func (s *scan) readUnlabelled(r int, cells []*gridCell) bool {
	if !figuresOnly(cells) {
		return false
	}
	for ti := range s.form.Tables {
		t := &s.form.Tables[ti]
		for p := range t.Parts {
			part := &t.Parts[p]
			if len(part.Rows) != 1 || part.Rows[0].Label != "" {
				continue
			}
			if s.readUnder(r, cells, t, p) {
				return true
			}
		}
	}
	s.loose = append(s.loose, looseRow{table: s.table, row: r, cells: cells})
	return false
}

// readUnder reads row r by the header rows above it.
func (s *scan) readUnder(r int, cells []*gridCell, t *form.Table, p int) bool {
	part := &t.Parts[p]
	l := s.headerLayout(s.grid, max(s.pending, r-headerWindow), r, part)
	if l == nil || l.matched < min(4, len(part.Columns)) {
		return false
	}
	blank := true
	for _, c := range cells {
		blank = blank && c.says.blank
	}
	if blank && r+1 < len(s.rows) && figuresOnly(s.rows[r+1]) {
		return false // a spacer above the row of figures
	}
	l.table = s.table.Index
	s.current = partKey{t.Key, p}
	s.layouts[s.current] = l
	d := s.draft(t.Key)
	d.tell(l.matched)
	rr := s.readFigures(r, withoutStub(cells, l), nil, part)
	rr.score = 1
	s.storeColumns(t.Key, rr)
	s.current = partKey{}
	return true
}

// readGroupRow reads a row that is named by a group of columns: some places turn
// the table of chapter 四 and print 行政复议, 未经复议直接起诉 and 复议后起诉 below each
// other. It reports whether the row was read.
func (s *scan) readGroupRow(r int, cells []*gridCell) bool {
	var name *cellText
	values := make([]*gridCell, 0, len(cells))
	for _, c := range cells {
		switch st := c.says.cell.State; {
		case st == report.StateText && len(values) == 0:
			name = c.says
		case st == report.StateText:
			return false
		case name != nil:
			values = append(values, c)
		}
	}
	if name == nil || len(values) < 3 || !anyFigure(values) {
		return false
	}
	label := s.label(name)
	if len(label.keys) == 0 {
		return false
	}
	for ti := range s.form.Tables {
		t := &s.form.Tables[ti]
		for p := range t.Parts {
			part := &t.Parts[p]
			if len(part.Rows) != 1 || part.Rows[0].Label != "" {
				continue
			}
			if columns := s.words.groupColumns(part, label.keys[0].key); len(columns) == len(values) {
				rr := s.fill(r, spread(values, columns, len(part.Columns)), part, nil)
				rr.score = 1
				s.draft(t.Key).tell(len(columns))
				s.storeColumns(t.Key, rr)
				return true
			}
		}
	}
	return false
}

func spread(values []*gridCell, columns []int, n int) []*gridCell {
	out := make([]*gridCell, n)
	for i, c := range columns {
		out[c] = values[i]
	}
	return out
}

// withoutStub leaves out the cells left of the figures (件数, 数量).
func withoutStub(cells []*gridCell, l *layout) []*gridCell {
	for len(cells) > 0 && len(l.columns) > 0 && cells[0].Column+cells[0].ColumnSpan <= l.columns[0].from {
		cells = cells[1:]
	}
	return cells
}

// storeColumns stores a row without label. Reports that stack the groups of
// columns under each other give several such rows: they fill one another.
func (s *scan) storeColumns(table string, rr readRow) {
	d := s.draft(table)
	tg := target{table: table}
	if len(d.instances) > 0 {
		in := d.instances[len(d.instances)-1]
		if old := in.rows[""]; old != nil && disjoint(old, &rr) {
			for i := range rr.cells {
				if rr.present[i] {
					old.cells[i], old.present[i] = rr.cells[i], true
				}
			}
			old.blank = old.blank && rr.blank
			return
		}
	}
	s.store(tg, rr)
}

func disjoint(a, b *readRow) bool {
	if a.ambiguous || b.ambiguous {
		return false
	}
	for i := range a.present {
		if a.present[i] && b.present[i] {
			return false
		}
	}
	return true
}

// figuresOnly reports whether a row holds figures and nothing else, but for a
// first cell that may name them (件数).
func figuresOnly(cells []*gridCell) bool {
	if len(cells) == 0 {
		return false
	}
	for i, c := range cells {
		if st := c.says.cell.State; st == report.StateText && (i > 0 || len(cells) < 3 || runesOf(compact(c.Text)) > 6) {
			return false
		}
	}
	return true
}

// placeLoose gives a row of nothing but figures to the one table without row
// labels that has as many columns and was not found by its header.
func (s *scan) placeLoose() {
	const least = 8 // fewer figures in a row prove nothing
	for ti := range s.form.Tables {
		t := &s.form.Tables[ti]
		if len(t.Parts) != 1 || len(t.Parts[0].Rows) != 1 || t.Parts[0].Rows[0].Label != "" || len(t.Parts[0].Columns) < least {
			continue
		}
		if d := s.drafts[t.Key]; d != nil && d.best(t) != nil {
			continue
		}
		part := &t.Parts[0]
		for _, l := range s.loose {
			cells := l.cells
			if len(cells) == len(part.Columns)+1 && cells[0].says.cell.State == report.StateText {
				cells = cells[1:]
			}
			if len(cells) != len(part.Columns) || !anyFigure(cells) {
				continue
			}
			s.gridTable, s.current = newGridTable(l.table, s.texts), partKey{t.Key, 0}
			delete(s.layouts, s.current)
			rr := s.readFigures(l.row, cells, nil, part)
			rr.score = 1
			s.draft(t.Key).tell(len(part.Columns))
			s.store(target{table: t.Key}, rr)
			break
		}
	}
}

func anyFigure(cells []*gridCell) bool {
	for _, c := range cells {
		if c.says.cell.State == report.StateNumber {
			return true
		}
	}
	return false
}
