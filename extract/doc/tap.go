package doc

import "slices"

// rowShape is where the cells of a row begin and end and how they are merged, as
// the modifiers at its end say ([MS-DOC] 2.9.352).
type rowShape struct {
	edges []int // twips, one more than cells
	cells []cellShape
	gap   int // half the gap between cells, twips
	// header marks a row that is repeated on each page.
	header bool
}

// cellShape is the part of a cell in merges (TC80, [MS-DOC] 2.9.351).
type cellShape struct{ across, down int }

// The parts of a cell in a merge over rows.
const (
	downContinue = 1
	downStart    = 3
)

// maxCells bounds the cells of one row: their number is one byte.
const maxCells = 255

// shapeOf is the shape of the row whose mark has these properties; nil where
// they define none.
func shapeOf(p *paraProps) *rowShape {
	if r := newRowShape(p.table); r != nil {
		return r
	}
	return newRowShape([]view{p.tableProps})
}

// newRowShape reads the modifiers of a row; nil where they define none.
func newRowShape(modifiers []view) *rowShape {
	r := &rowShape{}
	for _, list := range modifiers {
		for s := (sprms{rest: list}); s.next(); {
			if s.kind() == kindTable {
				r.apply(&s)
			}
		}
	}
	if len(r.cells) == 0 {
		return nil
	}
	// Cells without a width are told apart by a hair.
	for i := 1; i < len(r.edges); i++ {
		r.edges[i] = max(r.edges[i], r.edges[i-1]+1)
	}
	return r
}

func (r *rowShape) apply(s *sprms) {
	first, limit := s.arg.u8(0), min(s.arg.u8(1), len(r.cells))
	switch s.op {
	case sprmTDefTable, sprmTDefTable10:
		r.define(s.arg)
	case sprmTDxaLeft:
		if len(r.edges) > 0 {
			r.shift(0, s.arg.i16(0)-r.edges[0]-r.gap)
		}
	case sprmTDxaGapHalf:
		r.gap = s.arg.i16(0)
	case sprmTDxaCol:
		for i := first; i < limit; i++ {
			r.shift(i+1, s.arg.i16(2)-(r.edges[i+1]-r.edges[i]))
		}
	case sprmTInsert:
		r.insert(first, s.arg.u8(1), s.arg.i16(2))
	case sprmTDelete:
		if first < limit {
			width := r.edges[limit] - r.edges[first]
			r.shift(limit, -width)
			r.edges = slices.Delete(r.edges, first+1, limit+1)
			r.cells = slices.Delete(r.cells, first, limit)
		}
	case sprmTMerge:
		for i := first; i < limit; i++ {
			r.cells[i].across = 1
			if i > first {
				r.cells[i].across = 2
			}
		}
	case sprmTSplit:
		for i := first; i < limit; i++ {
			r.cells[i].across = 0
		}
	case sprmTTableHeader:
		r.header = first != 0
	case sprmTVertMerge: // a length stands in front
		if i := s.arg.u8(0); i < len(r.cells) {
			r.cells[i].down = s.arg.u8(1) & 3
		}
	}
}

// define reads sprmTDefTable.
func (r *rowShape) define(arg view) {
	const tcLen = 20
	n := arg.u8(0)
	if n == 0 || n > maxCells || !arg.has(1, 2*(n+1)) {
		return
	}
	r.edges, r.cells = make([]int, n+1), make([]cellShape, n)
	for i := range r.edges {
		r.edges[i] = arg.i16(1 + 2*i)
	}
	tcs := arg.from(1 + 2*(n+1))
	for i := range r.cells {
		flags := tcs.u16(tcLen * i)
		r.cells[i] = cellShape{across: flags & 3, down: flags >> 5 & 3}
	}
}

// shift moves an edge and all behind it.
func (r *rowShape) shift(from, by int) {
	for i := from; i < len(r.edges); i++ {
		r.edges[i] += by
	}
}

// insert adds cells of a width in front of cell at, or behind the last.
func (r *rowShape) insert(at, count, width int) {
	if len(r.edges) == 0 {
		r.edges = []int{0}
	}
	for len(r.cells) < at && len(r.cells) < maxCells {
		r.cells = append(r.cells, cellShape{})
		r.edges = append(r.edges, r.edges[len(r.edges)-1]+width)
	}
	count = min(count, maxCells-len(r.cells))
	r.shift(at+1, count*width)
	for i := range count {
		r.cells = slices.Insert(r.cells, at+i, cellShape{})
		r.edges = slices.Insert(r.edges, at+i+1, r.edges[at+i]+width)
	}
}

// continuesAcross tells whether a cell goes on from the one before it. The two
// bits are "first" and "merged" in the words of one edition of the
// specification, "merged" and "first" in those of another: so the first of the
// cells with any bit tells what a first one looks like.
func (r *rowShape) continuesAcross(i int) bool {
	c := r.cells[i].across
	if c == 0 || i == 0 || r.cells[i-1].across == 0 {
		return false
	}
	first := i
	for first > 0 && r.cells[first-1].across != 0 {
		first--
	}
	return c != r.cells[first].across
}
