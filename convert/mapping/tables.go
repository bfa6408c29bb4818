package mapping

import (
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// draft is one statutory table as read by one form.
type draft struct {
	key       string
	instances []*instance // the fullest so far and the last
	headers   int         // most columns told by one header
	told      int         // columns told by all headers
}

// instance is one printing of a table: a report may print it twice.
type instance struct {
	rows   map[string]*readRow // by row path
	tables []int               // document tables, in order
	last   int                 // order of the row read last
	exact  int                 // rows whose label left no doubt
	score  float64
}

// readRow is one row of figures.
type readRow struct {
	cells   []readCell // by column of the part; empty where ambiguous
	present []bool     // columns that the printed table has
	// ambiguous is true where the figures could not be assigned to columns; all
	// then holds the figures as printed.
	ambiguous bool
	all       *report.Place
	blank     bool // all cells blank
	collapsed bool // the row of a group that the form prints as several
	score     float64
}

// readCell is one figure and where it was read. What the report says of it is made
// for the form that it is read by in the end.
type readCell struct {
	from   *gridCell
	state  report.State
	number report.Number // of StateNumber
	unit   string
}

// value is the figure, nil where there is none.
func (c *readCell) value() *report.Number {
	if c.state != report.StateNumber {
		return nil
	}
	n := c.number
	return &n
}

// place is where the figure was read.
func (c *readCell) place() report.Place {
	at := c.from.place(c.state)
	if c.unit != "" {
		unit := c.unit
		at.Unit = &unit
	}
	return at
}

// scan reads all tables of a document by one form.
type scan struct {
	*memory
	drafts  map[string]*draft
	layouts map[partKey]*layout
	loose   []looseRow // rows of figures without a label, for a table without header

	// the table at hand
	*gridTable
	pending int // first of the rows since the last row of figures
	current partKey
}

type partKey struct {
	table string
	part  int
}

// looseRow is a row that holds nothing but figures.
type looseRow struct {
	table *extract.Table
	row   int
	cells []*gridCell
}

// newScan begins a reading by the form of the memory. What it finds is
// only what labels prove; whether that makes a statutory table is for the caller.
func newScan(m *memory) *scan {
	return &scan{memory: m, drafts: map[string]*draft{}, layouts: map[partKey]*layout{}}
}

// Statutory tables have at most 28 rows and 15 columns; what is many times larger
// is a list, and reading it would only take time.
const (
	maxTableRows    = 600
	maxTableColumns = 100
	// headerWindow is how many rows above a row of figures may be its header.
	headerWindow = 8
)

func (s *scan) readTable(t *gridTable) {
	s.gridTable, s.pending = t, 0
	for r := 0; r < len(t.rows); r++ {
		cells := t.rows[r]
		if s.readGroupRow(r, cells) {
			continue
		}
		if s.headerHits(cells) >= 2 {
			s.current = partKey{} // a new header: the columns so far end here
			continue
		}
		if used := s.readLabelled(r, cells); used > 0 {
			r += used - 1
			s.pending = r + 1
			continue
		}
		if s.readUnlabelled(r, cells) {
			s.pending = r + 1
		}
	}
}

// rowLabel is the label a row was told by.
type rowLabel struct {
	match
	cell *gridCell
	text *cellText // of the cell nearest to the figures, matched or not
}

// labelOf finds the label of a row: the text nearest to the figures. A group
// cell further left never names the row, but for a group that is printed as one
// row and has nothing to its right.
func (s *scan) labelOf(r int, cells []*gridCell) rowLabel {
	limit := s.valueStart()
	out := rowLabel{match: none}
	right := false // a text that is no figure stands to the right
	for i := len(cells) - 1; i >= 0; i-- {
		c := cells[i]
		if c.Column >= limit || c.says.blank {
			continue
		}
		if st := c.says.cell.State; i > 0 && (st == report.StateNumber || st == report.StatePlaceholder) {
			continue
		}
		m := s.find(c.says)
		if !right && out.text == nil && c.Row == r {
			out.text, out.cell = c.says, c
		}
		if m.target >= 0 {
			if right && (s.labels.targets[m.target].group != "" || c.Row < r) {
				return out
			}
			return rowLabel{match: m, cell: c, text: c.says}
		}
		if m.group {
			return out
		}
		right = true
	}
	return out
}

// valueStart is the first grid column of figures as the header of this table
// told it, or the table's width.
func (s *scan) valueStart() int {
	l := s.layouts[s.current]
	if l == nil || l.table != s.table.Index || len(l.columns) == 0 {
		return s.table.Columns
	}
	return l.columns[0].from
}

// readLabelled reads row r if its label names a row of the form. It returns the
// grid rows it used: 0, 1, or 2 where a page break cut the row.
func (s *scan) readLabelled(r int, cells []*gridCell) int {
	label := s.labelOf(r, cells)
	used := 1
	var lower []*gridCell
	if next, m, ok := s.cutRow(r, cells, label); ok {
		label.match, lower, used = m, next, 2
	}
	if label.target < 0 || cells[len(cells)-1].Column <= label.cell.Column {
		return 0 // no label, or nothing beside it
	}
	tg := s.labels.targets[label.target]
	tab := s.form.Table(tg.table)
	part := &tab.Parts[tg.part]
	s.current = partKey{tg.table, tg.part}
	s.updateLayout(r, part)
	rr := s.readFigures(r, cells, label.cell, part)
	if lower != nil {
		rr = mergeRows(rr, s.readFigures(r+1, lower, lowerLabel(lower, label.cell), part))
	}
	rr.score, rr.collapsed = label.score, tg.group != ""
	s.store(tg, rr)
	return used
}

// updateLayout reads the header rows since the last row of figures. A header
// that tells fewer columns than one seen before is no header.
func (s *scan) updateLayout(r int, part *form.Part) {
	if s.pending >= r {
		return
	}
	l := s.headerLayout(s.grid, max(s.pending, r-headerWindow), r, part)
	if l == nil || (len(part.Columns) > 2 && l.matched < 2) {
		return
	}
	l.table = s.table.Index
	s.layouts[s.current] = l
	d := s.draft(s.current.table)
	d.tell(l.matched)
}

func (s *scan) draft(table string) *draft {
	d := s.drafts[table]
	if d == nil {
		d = &draft{key: table}
		s.drafts[table] = d
	}
	return d
}

func (d *draft) tell(columns int) {
	d.headers = max(d.headers, columns)
	d.told += columns
}

// cutRow reports whether row r+1 holds the rest of row r's label, cut by a page
// break, and returns the cells of r+1 and what both texts together name.
func (s *scan) cutRow(r int, cells []*gridCell, label rowLabel) ([]*gridCell, match, bool) {
	if label.text == nil || label.cell == nil || r+1 >= len(s.grid) || label.cell.RowSpan > 1 {
		return nil, none, false
	}
	next := s.rows[r+1]
	rest := lowerLabel(next, label.cell)
	if rest == nil || rest.Row != r+1 || rest.says.blank || rest.says.cell.State != report.StateText {
		return nil, none, false
	}
	if label.target >= 0 && label.score >= 0.999 || s.find(rest.says).score > 0.9 {
		return nil, none, false
	}
	m := s.find(s.known(label.text.text + rest.says.text))
	if m.target < 0 || m.score < 0.85 || (label.target >= 0 && (m.target != label.target || m.score < label.score)) {
		return nil, none, false
	}
	if bothFilled(cells, next, label.cell) {
		return nil, none, false
	}
	return next, m, true
}

// lowerLabel is the cell of the row that stands under the label cell.
func lowerLabel(cells []*gridCell, label *gridCell) *gridCell {
	for _, c := range cells {
		if c.Column == label.Column {
			return c
		}
	}
	return nil
}

// bothFilled reports whether two rows have figures in the same column.
func bothFilled(a, b []*gridCell, label *gridCell) bool {
	filled := map[int]bool{}
	for _, c := range a {
		if c.Column > label.Column && !c.says.blank {
			filled[c.Column] = true
		}
	}
	for _, c := range b {
		if c.Column > label.Column && !c.says.blank && filled[c.Column] {
			return true
		}
	}
	return false
}

// store puts a row into the instance of the table it belongs to. A row that is
// there already begins a second printing of the table where it goes back in the
// table; otherwise it is a row that was broken in two, and its figures stand in
// the half that is not blank.
func (s *scan) store(tg target, rr readRow) {
	d := s.draft(tg.table)
	if len(d.instances) == 0 {
		d.instances = append(d.instances, &instance{rows: map[string]*readRow{}})
	}
	in := d.instances[len(d.instances)-1]
	if old := in.rows[tg.path]; old != nil {
		switch {
		case s.restarts(in, tg) && !rr.blank:
			in = &instance{rows: map[string]*readRow{}}
			d.instances = []*instance{d.fullest(), in} // of the others nothing will be asked
		case rr.blank || (!old.blank && rr.score <= old.score+0.005):
			return
		}
	}
	in.rows[tg.path] = &rr
	in.last = tg.order
	in.score += rr.score
	if rr.score >= 0.95 {
		in.exact++
	}
	if n := len(in.tables); n == 0 || in.tables[n-1] != s.table.Index {
		in.tables = append(in.tables, s.table.Index)
	}
}

// restarts reports whether the row goes back in the table by more than the
// disorder of a cut row.
func (s *scan) restarts(in *instance, tg target) bool { return tg.order < in.last-1 }

// fullest is the printing with the most rows, the first of equals.
func (d *draft) fullest() *instance {
	var out *instance
	for _, in := range d.instances {
		if out == nil || len(in.rows) > len(out.rows) {
			out = in
		}
	}
	return out
}

// best is the most complete printing of the table, the first of equals; nil
// where the labels do not prove that the table is there.
func (d *draft) best(t *form.Table) *instance {
	best := d.fullest()
	if best == nil {
		return nil
	}
	total := 0
	for i := range t.Parts {
		total += len(t.Parts[i].Rows)
	}
	need := min(max(3, total*3/10), total)
	if best.exact >= need || (d.headers >= 2 && len(best.rows) >= min(2, total)) {
		return best
	}
	return nil
}
