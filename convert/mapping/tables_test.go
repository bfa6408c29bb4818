package mapping

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// valueAt follows the JSON Pointer of a figure.
func valueAt(r *report.Report, path string) (string, bool) {
	table, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	n := r.Table(table).At(rest)
	if n == nil {
		return "", false
	}
	if n.Value == nil {
		return "null", true
	}
	return string(*n.Value), true
}

// wantFigures compares all figures of the form with those read.
func wantFigures(t *testing.T, got *Reading, f *form.Form, figures map[string]string) {
	t.Helper()
	if got.Report.Form != f.ID {
		t.Fatalf("form %q, want %q", got.Report.Form, f.ID)
	}
	wrong := 0
	for _, c := range f.Cells() {
		v, ok := valueAt(&got.Report, c.Path)
		if !ok || v != figures[c.Path] {
			if wrong++; wrong <= 5 {
				t.Errorf("%s = %q, want %q (place %+v)", c.Path, v, figures[c.Path], got.Provenance[c.Path])
			}
		}
	}
	if wrong > 5 {
		t.Errorf("… %d figures wrong", wrong)
	}
}

func allTables(f *form.Form, figures map[string]string) []*printed {
	var out []*printed
	for i := range f.Tables {
		out = append(out, paperTable(&f.Tables[i], figures))
	}
	return out
}

func neutral(tables []*printed) *extract.Document {
	var out []extract.Table
	for _, p := range tables {
		out = append(out, p.table(0, 0, len(p.rows)))
	}
	return document(out...)
}

func TestReadGivesBackTheFigures(t *testing.T) {
	for _, f := range form.All() {
		for _, pt := range perturbations {
			t.Run(f.ID+"/"+pt.name, func(t *testing.T) {
				for seed := range uint64(8) {
					rng := rand.New(rand.NewPCG(seed, 7))
					figures := figuresFor(rng, &f)
					tables := allTables(&f, figures)
					pt.apply(rng, tables)
					wantFigures(t, Read(neutral(tables), form.All()), &f, figures)
				}
			})
		}
	}
}

func TestPerturbationsTogether(t *testing.T) {
	for _, f := range form.All() {
		for seed := range uint64(40) {
			rng := rand.New(rand.NewPCG(seed, 11))
			figures := figuresFor(rng, &f)
			tables := allTables(&f, figures)
			for _, pt := range perturbations {
				if pt.name != "typos" && rng.IntN(2) == 0 { // a typo may hit an ordinal that another one joined
					pt.apply(rng, tables)
				}
			}
			wantFigures(t, Read(neutral(tables), form.All()), &f, figures)
			if t.Failed() {
				t.Fatalf("form %s, seed %d", f.ID, seed)
			}
		}
	}
}

func TestSplitTables(t *testing.T) {
	for _, f := range form.All() {
		for seed := range uint64(30) {
			rng := rand.New(rand.NewPCG(seed, 3))
			figures := figuresFor(rng, &f)
			var pieces []extract.Table
			for _, p := range allTables(&f, figures) {
				cut := len(p.rows)
				if p.cols < 15 {
					cut = 4 + rng.IntN(len(p.rows)-4)
				}
				pieces = append(pieces, p.table(0, 0, cut))
				if cut < len(p.rows) {
					pieces = append(pieces, p.table(0, cut, len(p.rows)))
				}
			}
			got := Read(document(pieces...), form.All())
			wantFigures(t, got, &f, figures)
			if n := len(got.Tables["applications"]); n != 2 {
				t.Errorf("applications read from %d tables, want 2", n)
			}
			if t.Failed() {
				t.Fatalf("form %s, seed %d", f.ID, seed)
			}
		}
	}
}

// together stacks tables of different widths into one, with a title row each.
func together(tables []*printed, titles []string) extract.Table {
	const width = 30 // common multiple of 10 and 15; 4 columns get uneven shares
	out := extract.Table{Columns: width}
	for i, p := range tables {
		out.Cells = append(out.Cells, extract.Cell{Row: out.Rows, RowSpan: 1, ColumnSpan: width, Text: titles[i]})
		out.Rows++
		t := p.table(0, 0, len(p.rows))
		for _, c := range t.Cells {
			from, to := c.Column*width/p.cols, (c.Column+c.ColumnSpan)*width/p.cols
			c.Row, c.Column, c.ColumnSpan = c.Row+out.Rows, from, to-from
			out.Cells = append(out.Cells, c)
		}
		out.Rows += t.Rows
	}
	return out
}

func TestAllTablesInOne(t *testing.T) {
	for _, f := range form.All() {
		figures := figuresFor(rand.New(rand.NewPCG(1, 1)), &f)
		doc := document(together(allTables(&f, figures), []string{"二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"}))
		got := Read(doc, form.All())
		wantFigures(t, got, &f, figures)
		var keys []string
		for _, s := range got.Report.Sections {
			keys = append(keys, s.Key)
		}
		if strings.Join(keys, " ") != "proactive_disclosure applications legal_challenges" {
			t.Errorf("chapters told by title rows: %v", keys)
		}
	}
}

func TestOneRowForOtherOutcome(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(2, 2)), &f)
	tables := allTables(&f, figures)
	one := f.Table("applications").Printed(func(string) bool { return true })
	for _, c := range one.Cells() {
		if strings.HasPrefix(c.Path, "/report/applications/other_outcome/") {
			figures[c.Path] = "6"
		}
	}
	for _, label := range []string{"（六）其他处理", "（六）其他", "(六)其它处理"} {
		tables[1] = paperTable(&one, figures)
		tables[1].each(form.CellLabel, func(c *printedCell) {
			if c.text == "（六）其他处理" {
				c.text = label
			}
		})
		wantOneRow(t, Read(neutral(tables), form.All()), &one, figures)
	}
}

func wantOneRow(t *testing.T, got *Reading, one *form.Table, figures map[string]string) {
	t.Helper()
	if got.Report.Form != "2021" || got.FormOf("applications").ID != "2021" {
		t.Fatalf("form %s, applications by %s", got.Report.Form, got.FormOf("applications").ID)
	}
	for _, c := range one.Cells() {
		if v, _ := valueAt(&got.Report, c.Path); v != figures[c.Path] {
			t.Errorf("%s = %s, want %s", c.Path, v, figures[c.Path])
		}
	}
}

func TestMixedForms(t *testing.T) {
	old, _ := form.Lookup("2019")
	now, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(3, 3)), &old)
	newer := figuresFor(rand.New(rand.NewPCG(4, 4)), &now)
	tables := []*printed{allTables(&old, figures)[0], allTables(&now, newer)[1], allTables(&now, newer)[2]}
	got := Read(neutral(tables), form.All())
	if got.Report.Form != "2019" || got.FormOf("applications").ID != "2021" {
		t.Fatalf("form %s, applications by %s", got.Report.Form, got.FormOf("applications").ID)
	}
	for _, c := range now.Table("applications").Cells() {
		if v, _ := valueAt(&got.Report, c.Path); v != newer[c.Path] {
			t.Errorf("%s = %s, want %s", c.Path, v, newer[c.Path])
		}
	}
}

func TestLegalTableWithoutHeader(t *testing.T) {
	f, _ := form.Lookup("2019")
	figures := figuresFor(rand.New(rand.NewPCG(5, 5)), &f)
	tables := allTables(&f, figures)
	tables[2].rows = tables[2].rows[3:]
	wantFigures(t, Read(neutral(tables), form.All()), &f, figures)
}

func TestStates(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(6, 6)), &f)
	const row = "/report/applications/new/"
	figures[row+"natural_person"] = " "
	figures[row+"business"] = "—"
	figures[row+"research"] = "约10"
	figures[row+"social_welfare"] = "12件"
	doc := neutral(allTables(&f, figures))
	got := Read(doc, form.All())
	for path, want := range map[string]report.State{
		"natural_person": report.StateBlank, "business": report.StatePlaceholder, "research": report.StateText,
		"social_welfare": report.StateNumber, "total": report.StateNumber,
	} {
		p, ok := got.Provenance[row+path]
		if !ok || p.State != want || p.Text != figures[row+path] || *p.Table != 1 || *p.Row != 3 {
			t.Errorf("%s: %+v, want state %s, text %q, table 1, row 3", path, p, want, figures[row+path])
		}
		if v, _ := valueAt(&got.Report, row+path); (v == "null") != (want != report.StateNumber) {
			t.Errorf("%s = %s with state %s", path, v, want)
		}
	}
	if p := got.Provenance[row+"social_welfare"]; p.Unit == nil || *p.Unit != "件" || *p.Column != 6 {
		t.Errorf("unit and column of 12件: %+v", p)
	}
	if p := got.Provenance["/report/proactive_disclosure/administrative_fees/amount_10k_yuan"]; p.Unit == nil || *p.Unit != "万元" {
		t.Errorf("unit of the fees, printed in the header: %+v", p)
	}
}

func TestChangeIsAWholeNumber(t *testing.T) {
	f, _ := form.Lookup("2019")
	figures := figuresFor(rand.New(rand.NewPCG(18, 18)), &f)
	const path = "/report/proactive_disclosure/administrative_licensing/change"
	for text, want := range map[string]report.State{"减4": report.StateNumber, "1.5": report.StateText, "2.0": report.StateNumber} {
		figures[path] = text
		if p := Read(neutral(allTables(&f, figures)), form.All()).Provenance[path]; p.State != want {
			t.Errorf("%s: state %s, want %s", text, p.State, want)
		}
	}
}

// dropCell removes the cell of the table at a grid position.
func dropCell(t *extract.Table, row, column int) {
	for i, c := range t.Cells {
		if c.Row == row && c.Column == column {
			t.Cells = append(t.Cells[:i:i], t.Cells[i+1:]...)
			return
		}
	}
}

func TestRaggedRowIsAmbiguous(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(7, 7)), &f)
	doc := neutral(allTables(&f, figures))
	dropCell(&doc.Tables[1], 3, 9)
	got := Read(doc, form.All())
	for _, c := range f.Table("applications").Cells() {
		v, _ := valueAt(&got.Report, c.Path)
		ragged := strings.HasPrefix(c.Path, "/report/applications/new/")
		if p := got.Provenance[c.Path]; (p.State == report.StateAmbiguous) != ragged || (v == "null") != ragged {
			t.Errorf("%s = %s, state %s", c.Path, v, p.State)
		}
	}
}

func TestMergedFiguresAreAmbiguous(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(8, 8)), &f)
	doc := neutral(allTables(&f, figures))
	tab := &doc.Tables[1]
	dropCell(tab, 4, 5)
	for i := range tab.Cells {
		if c := &tab.Cells[i]; c.Row == 4 && c.Column == 4 {
			c.ColumnSpan, c.Text = 2, "9"
		}
	}
	got := Read(doc, form.All())
	for _, col := range []string{"business", "research"} {
		if p := got.Provenance["/report/applications/carried_over/"+col]; p.State != report.StateAmbiguous {
			t.Errorf("%s under a merged cell: state %s", col, p.State)
		}
	}
	if v, _ := valueAt(&got.Report, "/report/applications/carried_over/total"); v != figures["/report/applications/carried_over/total"] {
		t.Errorf("total beside a merged cell = %s", v)
	}
}

func TestMissingRowIsNullWithoutPlace(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(9, 9)), &f)
	tables := allTables(&f, figures)
	last := len(tables[1].rows) - 1
	tables[1].rows = tables[1].rows[:last]
	got := Read(neutral(tables), form.All())
	const path = "/report/applications/carried_forward/total"
	if v, ok := valueAt(&got.Report, path); !ok || v != "null" {
		t.Errorf("%s = %q, %v", path, v, ok)
	}
	if p, ok := got.Provenance[path]; ok {
		t.Errorf("place of a row that is not printed: %+v", p)
	}
}

func TestCutRow(t *testing.T) {
	f, _ := form.Lookup("2021")
	for _, figuresBelow := range []bool{false, true} {
		figures := figuresFor(rand.New(rand.NewPCG(10, 10)), &f)
		tables := allTables(&f, figures)
		p := tables[1]
		for r := range p.rows {
			for i, c := range p.rows[r] {
				if c.text != "5.要求行政机关确认或重新出具已获取信息" {
					continue
				}
				upper, lower := []printedCell{}, []printedCell{}
				for j, c := range p.rows[r][i:] {
					u, l := c, c
					switch {
					case j == 0:
						u.text, l.text = "5.要求行政机关确认", "或重新出具已获取信息"
					case figuresBelow:
						u.text = ""
					default:
						l.text = ""
					}
					upper, lower = append(upper, u), append(lower, l)
				}
				p.rows[r] = upper
				for y := range p.rows[:r] {
					for x := range p.rows[y] {
						if g := &p.rows[y][x]; y+g.RowSpan > r {
							g.RowSpan++
						}
					}
				}
				p.rows = append(p.rows[:r+1], append([][]printedCell{lower}, p.rows[r+1:]...)...)
				break
			}
		}
		wantFigures(t, Read(neutral(tables), form.All()), &f, figures)
	}
}

func TestSecondPrintingDoesNotMix(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(12, 12)), &f)
	other := figuresFor(rand.New(rand.NewPCG(13, 13)), &f)
	tables := append(allTables(&f, figures), allTables(&f, other)...)
	wantFigures(t, Read(neutral(tables), form.All()), &f, figures)
}

func TestNotStatutory(t *testing.T) {
	grid := func(rows ...string) extract.Table {
		out := extract.Table{Rows: len(rows)}
		for r, row := range rows {
			for c, text := range strings.Split(row, "|") {
				out.Cells = append(out.Cells, extract.Cell{Row: r, Column: c, RowSpan: 1, ColumnSpan: 1, Text: text})
				out.Columns = max(out.Columns, c+1)
			}
		}
		return out
	}
	for want, tab := range map[string]extract.Table{
		"narrative": grid("姓名|职务|电话", "甲|主任|1", "乙|科长|2"),
		"pre2019": grid("指标名称|单位|2016年", "一、主动公开情况||", "（一）主动公开政府信息数|条|120", "其中：主动公开规范性文件数|条|3",
			"制发规范性文件总数|件|3", "（二）通过政府网站公开政府信息数|条|98", "三、依申请公开情况||", "（一）收到申请数|件|2", "（二）申请办结数|件|2", "行政复议数量|件|0"),
	} {
		got := Read(document(tab), form.All())
		if got.Report.Form != want || got.Form != nil || got.Report.Applications != nil || got.Report.ProactiveDisclosure != nil || got.Report.LegalChallenges != nil {
			t.Errorf("form %q, want %q without statutory tables", got.Report.Form, want)
		}
	}
}

// A form of a later year is data only: reading, paper and sums work with it.
func TestInventedThirdForm(t *testing.T) {
	third, _ := form.Lookup("2021")
	third.ID, third.FirstYear = "2031", 2031
	apps := &third.Tables[1].Parts[0]
	apps.Rows[0].Label = "一、本年度接收政府信息公开申请总数"
	apps.Rows[0].Aliases = nil
	apps.Rows = append(apps.Rows, form.Row{Path: "withdrawn", Label: "五、本年度申请人主动撤回数量"})
	apps.Columns = append(apps.Columns[:6:6], form.Column{Path: "foreign", Label: "境外申请人", Groups: []string{"申请人情况"}}, apps.Columns[6])
	open := &third.Tables[0].Parts[0]
	open.Columns[0] = form.Column{Path: "drafted", Label: "本年起草文件数量"}
	open.Rows = append(open.Rows, form.Row{Path: "plans", Label: "发展规划纲要"})
	third.Relations[2].Right = append(third.Relations[2].Right, "foreign")
	forms := append(form.All(), third)

	figures := figuresFor(rand.New(rand.NewPCG(14, 14)), &third)
	got := Read(neutral(allTables(&third, figures)), forms)
	wantFigures(t, got, &third, figures)
	for _, f := range form.All() {
		figures := figuresFor(rand.New(rand.NewPCG(15, 15)), &f)
		wantFigures(t, Read(neutral(allTables(&f, figures)), forms), &f, figures)
	}
}

func TestMembersKeepTheOrderOfTheForm(t *testing.T) {
	f, _ := form.Lookup("2021")
	got := Read(neutral(allTables(&f, figuresFor(rand.New(rand.NewPCG(16, 16)), &f))), form.All())
	var names []string
	for _, n := range got.Report.Applications.Children {
		names = append(names, n.Name)
	}
	want := "new carried_over granted partially_granted denied unable not_processed other_outcome total carried_forward"
	if strings.Join(names, " ") != want {
		t.Errorf("members %v", names)
	}
}

func TestLegalTableTurned(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(17, 17)), &f)
	doc := neutral(allTables(&f, figures)[:2])
	turned := extract.Table{Rows: 4, Columns: 6, Index: 2}
	put := func(r, c int, text string) {
		turned.Cells = append(turned.Cells, extract.Cell{Row: r, Column: c, RowSpan: 1, ColumnSpan: 1, Text: text})
	}
	cells := f.Table("legal_challenges").Cells()
	for c, label := range []string{"", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"} {
		put(0, c, label)
	}
	for r, label := range []string{"行政复议", "未经复议直接起诉", "复议后起诉"} {
		put(r+1, 0, label)
		for c := range 5 {
			put(r+1, c+1, figures[cells[5*r+c].Path])
		}
	}
	doc.Tables = append(doc.Tables, turned)
	wantFigures(t, Read(doc, form.All()), &f, figures)
}

// A table that is far larger than a statutory one is not read, and the most that
// is read takes no time to speak of.
func TestLargeTables(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(19, 19)), &f)
	doc := neutral(allTables(&f, figures))
	for _, rows := range []int{maxTableRows, maxTableRows + 1} {
		long := doc.Tables[1]
		long.Rows = rows
		doc.Tables[1] = long
		if got := Read(doc, form.All()).Report.Applications; (got != nil) != (rows <= maxTableRows) {
			t.Errorf("%d rows: read %v", rows, got != nil)
		}
	}
	list := extract.Table{Rows: maxTableRows, Columns: maxTableColumns}
	for r := range list.Rows {
		for c := range 4 {
			list.Cells = append(list.Cells, extract.Cell{Row: r, Column: c, RowSpan: 1, ColumnSpan: 1, Text: "属于" + itoa(r*7+c) + "行政查询事项"})
		}
	}
	if got := Read(document(list, list, list, list, list), form.All()).Report; got.Applications != nil {
		t.Errorf("a list was read as a statutory table")
	}
}

// Two rows whose parting line was not seen are not read as one: 1 and 0 are no 10.
func TestRowsRunTogetherAreAmbiguous(t *testing.T) {
	f, _ := form.Lookup("2021")
	figures := figuresFor(rand.New(rand.NewPCG(9, 9)), &f)
	for _, together := range []bool{true, false} {
		doc := neutral(allTables(&f, figures))
		tab := &doc.Tables[1]
		row := -1
		for i := range tab.Cells {
			if c := &tab.Cells[i]; strings.HasPrefix(c.Text, "1.本机关不掌握") {
				row = c.Row
				if together {
					c.Text += "\n3.补正后申请内容仍不明确"
				}
			}
		}
		for i := range tab.Cells {
			if c := &tab.Cells[i]; c.Row == row && c.Column >= 3 {
				c.Text = "1\n0" // alone a number that a narrow column broke
			}
		}
		got := Read(doc, form.All())
		const path = "/report/applications/unable/not_held/total"
		v, _ := valueAt(&got.Report, path)
		if p := got.Provenance[path]; (p.State == report.StateAmbiguous) != together || (v == "null") != together {
			t.Errorf("together %v: %s, state %s", together, v, p.State)
		}
	}
}

// A group above columns whose labels cannot be read is none of them.
func TestGroupIsNoColumn(t *testing.T) {
	f, _ := form.Lookup("2021")
	r := NewReader([]form.Form{f})
	texts := r.texts()
	w := &memory{r.indices[0], texts}
	part := &r.forms[0].Table("applications").Parts[0]
	leaves := []leaf{{from: 1, to: 2, text: texts.known("自然人")}, {from: 2, to: 5, text: texts.known("法人或其他组织")}, {from: 5, to: 6, text: texts.known("总计")}}
	if l := w.alignLeaves(leaves, part); l == nil || l.matched != 2 {
		t.Errorf("layout %+v", l)
	}
}
