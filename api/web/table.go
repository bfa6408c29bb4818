package web

import (
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/places"
	"nianbao/convert/report"
)

// tableView is one statutory table as on paper. Rows is nil where the report
// has none.
type tableView struct {
	ID, Title string
	Columns   int
	Head      [][]cellView
	Rows      [][]cellView
	Missing   bool
}

// cellView is one cell. Value cells have a State; Shown is what stands in them.
type cellView struct {
	Header           bool // th
	Scope            string
	Class            string
	RowSpan, ColSpan int
	ID               string
	Shown            string
	State            string // for the class and the legend; empty for labels
	Hint             string // where it was read, in one line
	Read             *readView
	Sum              *sumView // of a total that is not the sum
	At               []string // ids of its places in the original
	On               bool     // of the finding that is shown
	Href             string   // of a sum: what it is made of
	Note             string   // of a sum: what the report above says
	valueReview
	Marks       []mark
	DescribedBy string
}

// readView is the note that opens on a figure.
type readView struct {
	ID, Name, Text, State, Place, Part, Unit string
	Blank                                    bool
}

// viewTables lays the statutory tables of the form out, missing ones too.
func viewTables(f *form.Form, view *reportView, marks map[string][]mark, t *targets) []tableView {
	var out []tableView
	res := view.Result
	cells := &cellViews{view: view, res: res, marks: marks, targets: t, sums: view.sums(), current: view.Current}
	for i := range f.Tables {
		t := &f.Tables[i]
		v := tableView{ID: anchor("/report/" + t.Key), Title: t.Title}
		if res.Report.Table(t.Key) == nil {
			v.Missing = true
		} else {
			v.fill(printed(t, &res.Report), func(c *cellView, p *form.PaperCell, name string) { c.value(p, name, cells) })
		}
		out = append(out, v)
	}
	return out
}

// cellViews is what cells of figures are made of.
type cellViews struct {
	view    *reportView
	res     *report.Result
	marks   map[string][]mark
	targets *targets // nil where the original is not shown
	sums    map[string]*sumView
	current *findingView // nil for none
}

// sums are the broken sums by the path of their total.
func (v *reportView) sums() map[string]*sumView {
	out := map[string]*sumView{}
	for _, g := range v.Groups {
		for _, f := range g.Items {
			if p := v.totalOf(f.of); p != "" && f.Sum != nil && out[p] == nil {
				out[p] = f.Sum
			}
		}
	}
	return out
}

// fill lays a table out as on paper; value fills in the cells of figures.
func (v *tableView) fill(t *form.Table, value func(c *cellView, p *form.PaperCell, name string)) {
	v.Columns = t.Width()
	names := map[string]string{}
	for _, c := range t.Cells() {
		names[c.Path] = strings.TrimPrefix(c.RowLabel+"·"+c.ColumnLabel, "·")
	}
	head := true
	for _, row := range t.Paper() {
		cells := make([]cellView, len(row))
		last := lastLabel(row)
		for i := range row {
			c := &row[i]
			cells[i] = cellView{RowSpan: c.RowSpan, ColSpan: c.ColSpan, Class: string(c.Kind), Shown: c.Text}
			switch c.Kind {
			case form.CellValue:
				head = false
				value(&cells[i], c, names[c.Path])
			case form.CellHeader, form.CellCorner:
				cells[i].Header = c.Kind == form.CellHeader
				cells[i].Scope = scope(c.ColSpan, "col")
			case form.CellLabel:
				cells[i].Header = true
				cells[i].Scope = scope(c.RowSpan, "row")
				if i == last {
					cells[i].Class = "label own"
				}
			}
		}
		if head && len(t.Parts) == 1 {
			v.Head = append(v.Head, cells)
		} else {
			v.Rows = append(v.Rows, cells)
		}
	}
}

func scope(span int, what string) string {
	if span > 1 {
		return what + "group"
	}
	return what
}

// lastLabel is the index of the row's own label, -1 where it has none.
func lastLabel(row []form.PaperCell) int {
	last := -1
	for i := range row {
		if row[i].Kind == form.CellLabel {
			last = i
		}
	}
	return last
}

// value fills in a cell of figures. The states stay apart: a printed number, a
// blank, a placeholder, something unreadable, and no such row in the report.
func (c *cellView) value(p *form.PaperCell, name string, v *cellViews) {
	marks := v.marks[p.Path]
	c.ID, c.Marks, c.Scope, c.Sum = anchor(p.Path), marks, "", v.sums[p.Path]
	c.valueReview = v.view.corrected(p.Path)
	place, read := v.res.Provenance[p.Path]
	number := figureAt(&v.res.Report, p.Path)
	switch {
	case !read && number == nil:
		c.State, c.Shown, c.Hint = "absent", "无此行", "报告的表格里没有这一行"
	case !read:
		c.State, c.Shown = string(report.StateNumber), string(*number)
	default:
		c.State = string(place.State)
		c.Shown = shown(place, number)
		c.read(place, name, v.targets)
	}
	c.On = v.current != nil && slices.Contains(v.current.of.Paths, p.Path)
	ids := make([]string, len(marks))
	for i, m := range marks {
		ids[i] = "finding-" + strconv.Itoa(m.N)
	}
	c.DescribedBy = strings.Join(ids, " ")
	c.Class = "value is-" + c.State
	if len(marks) > 0 {
		c.Class += " has-" + string(marks[0].Severity) // gravest first
		if marks[0].Quiet {
			c.Class += " quiet"
		}
	}
	if c.On {
		c.Class += " on"
	}
	if c.Correction != nil {
		c.Class += " corrected"
	}
}

// read is the note of a figure that was read.
func (c *cellView) read(place report.Place, name string, t *targets) {
	where := placeText(&place)
	if t != nil {
		if s, ok := t.index.Cell(place); ok {
			c.At = pieces(t.index, []places.Spot{s})
			if pages := pagesOf(t.index, []places.Spot{s}); len(pages) > 1 {
				where = strings.Replace(where, pagesText(pages[:1]), pagesText(pages), 1)
			}
		}
	}
	c.Read = &readView{
		ID: "read-" + c.ID, Name: name, Text: place.Text, Blank: strings.TrimSpace(place.Text) == "",
		State: stateText(place.State), Place: where, Part: str(place.Part), Unit: str(place.Unit),
	}
	c.Hint = name + "：" + c.Read.State + "；" + where
}

// shown is what stands in a cell that was read.
func shown(place report.Place, number *report.Number) string {
	switch {
	case place.State == report.StateBlank:
		return "空"
	case number != nil:
		return string(*number)
	case strings.TrimSpace(place.Text) == "":
		return "?"
	}
	return clip(strings.Join(strings.Fields(place.Text), " "), 24)
}

func figureAt(r *report.Report, path string) *report.Number {
	key, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	if n := r.Table(key).At(rest); n != nil {
		return n.Value
	}
	return nil
}
