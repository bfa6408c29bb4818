package export

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/spreadsheet"
)

// The order of the sheets.
const (
	rankForms = iota
	rankOthers
	rankPaper
	rankFindings
	rankSources
	rankCells
	rankLosses
	rankColumns
)

// XLSX writes a workbook; see the package's guide for its sheets. Nothing is written
// before the last entry has come, so an error of the entries leaves w untouched.
func XLSX(w io.Writer, s Set) (err error) {
	b, err := spreadsheet.New(s.TempDir, s.Location)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	b.Rows = cmp.Or(s.rows, spreadsheet.MaxRows)
	x := newWorkbook(b, &s)
	for e, err := range s.corrected() {
		if err != nil {
			return err
		}
		if err := x.next(&e); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := x.end(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := b.Write(w); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// workbook is the lists of a workbook.
type workbook struct {
	book    *spreadsheet.Book
	set     *Set
	head    []fact
	forms   map[string]*formSheet // by form
	others  *spreadsheet.List
	found   *spreadsheet.List
	sources *spreadsheet.List
	cells   *spreadsheet.List
	losses  *spreadsheet.List
	columns *spreadsheet.List
	n       int   // entries that came
	first   Entry // waits for a second
	alone   bool  // there is none
}

// formSheet is the rows of one form.
type formSheet struct {
	*spreadsheet.List
	form    *form.Form
	columns []Column
	names   map[string]string // of cells, by their paths
	row     []any
}

// whose are the columns by which rows of the other sheets name their report.
func whose() []string { return []string{"报告编号", "机关", "年度", "文件"} }

func newWorkbook(b *spreadsheet.Book, s *Set) *workbook {
	x := &workbook{book: b, set: s, head: facts(), forms: map[string]*formSheet{}}
	head := make([]string, len(x.head))
	for i, f := range x.head {
		head[i] = f.name
	}
	wide := []float64{16, 24, 8, 8, 40, 24, 12, 10, 8, 8, 10, 30, 17, 30, 18}
	for i := range s.Forms {
		f := &formSheet{form: &s.Forms[i], columns: Columns(&s.Forms[i])}
		f.names = namesOf(x.head, f.columns)
		header := slices.Clone(head)
		for _, c := range f.columns {
			header = append(header, c.Name)
		}
		f.List = b.List(spreadsheet.List{Name: f.form.ID + "年表式", Rank: rankForms, Header: header, Widths: wide, Frozen: 3})
		x.forms[f.form.ID] = f
	}
	of := func(name string, rank int, widths []float64, header ...string) *spreadsheet.List {
		return b.List(spreadsheet.List{Name: name, Rank: rank, Header: append(whose(), header...), Widths: append([]float64{16, 24, 8, 30}, widths...)})
	}
	x.others = b.List(spreadsheet.List{Name: "其他文件", Rank: rankOthers, Header: head, Widths: wide, Frozen: 3})
	x.found = of("问题", rankFindings, []float64{6, 8, 50, 40, 12, 12, 40, 10, 30, 24, 20},
		"序号", "级别", "问题", "位置", "填写", "应为", "原文", "认定", "规则", "规则编号", "问题编号")
	x.sources = of("来源", rankSources, []float64{68, 30, 12, 8, 16, 16, 10, 10},
		"SHA-256", "媒体类型", "字节", "页数", "读取方式", "程序版本", "表式版本", "规则版本")
	x.cells = of("出处", rankCells, []float64{60, 14, 14, 20, 8, 8, 8, 8, 8, 30, 8, 50},
		"单元格", "值", "状态", "原文", "计量单位", "页", "表序号", "行序号", "列序号", "文件部分", "更正", "路径")
	x.losses = of("读取损失", rankLosses, []float64{24, 70, 8}, "代码", "说明", "页")
	x.columns = b.List(spreadsheet.List{Name: "列说明", Rank: rankColumns, Header: []string{"工作表", "列", "名称", "表格", "计量单位", "路径"},
		Widths: []float64{14, 8, 70, 34, 10, 60}})
	return x
}

// next takes the next entry. The first waits, for more is written of a report that is
// alone.
func (x *workbook) next(e *Entry) error {
	switch x.n++; x.n {
	case 1:
		x.first = *e
		return nil
	case 2:
		if err := x.entry(&x.first); err != nil {
			return err
		}
		x.first = Entry{}
	}
	return x.entry(e)
}

// entry writes what the sheets have of one report.
func (x *workbook) entry(e *Entry) error {
	own := x.forms[""]
	if f := x.set.form(e); f != nil {
		own = x.forms[f.ID]
	}
	if err := x.reportRow(e, own); err != nil {
		return err
	}
	src := e.source()
	var engine, program, forms, rules any
	if e.Result != nil {
		v := &e.Result.Versions
		engine, program, forms, rules = e.Result.Extraction.Engine, v.Program, v.Forms, v.Rules
	}
	if err := x.sources.Put(x.row(e, src.SHA256, src.MediaType, int(src.SizeBytes), pointed(src.Pages), engine, program, forms, rules)...); err != nil {
		return err
	}
	if e.Result == nil {
		return nil
	}
	var names map[string]string
	if own != nil {
		names = own.names
		if err := x.cellRows(e, own); err != nil {
			return err
		}
		if x.alone {
			if err := x.paper(e, own.form); err != nil {
				return err
			}
		}
	}
	return errors.Join(x.findingRows(e, names), x.lossRows(e))
}

// row is a row of another sheet: whose it is, and values.
func (x *workbook) row(e *Entry, values ...any) []any {
	head := make([]any, 0, len(values)+4)
	for _, path := range []string{"/id", "/report/agency", "/report/year", "/source/filename"} {
		head = append(head, x.head[slices.IndexFunc(x.head, func(f fact) bool { return f.path == path })].value(e))
	}
	return append(head, values...)
}

func (x *workbook) reportRow(e *Entry, own *formSheet) error {
	l, row := x.others, make([]any, 0, len(x.head))
	if own != nil {
		l, row = own.List, own.row[:0]
	}
	for _, f := range x.head {
		row = append(row, f.value(e))
	}
	if own != nil {
		for i := range own.columns {
			row = append(row, own.columns[i].value(e))
		}
		own.row = row
	}
	return l.Put(row...)
}

// cellRows tell where cells were read: all of one report, of more only those that do
// not hold a number that was plainly read.
func (x *workbook) cellRows(e *Entry, own *formSheet) error {
	for i := range own.columns {
		c := &own.columns[i]
		p, read := e.Result.Provenance[c.Path]
		if c.Path == "" || !read || !x.alone && p.State == report.StateNumber && !p.Corrected {
			continue
		}
		corrected := any(nil)
		if p.Corrected {
			corrected = "已更正"
		}
		err := x.cells.Put(x.row(e, c.Name, e.Cell(c.Path), stateWord(p.State), p.Text, pointed(p.Unit), pointed(p.Page),
			ordinal(p.Table), ordinal(p.Row), ordinal(p.Column), pointed(p.Part), corrected, c.Path)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// ordinal counts from 1, as people do.
func ordinal(i *int) any {
	if i == nil {
		return nil
	}
	return *i + 1
}

func (x *workbook) findingRows(e *Entry, names map[string]string) error {
	list := e.findings(names)
	for i := range list {
		f := &list[i]
		if err := x.found.Put(x.row(e, i+1, f.Severity.Word(), f.Message, f.Where, spreadsheet.Figure(f.Actual), spreadsheet.Figure(f.Expected), f.Quote, f.Decision,
			x.set.title(f.Rule), f.Rule, f.ID)...); err != nil {
			return err
		}
	}
	return nil
}

func (x *workbook) lossRows(e *Entry) error {
	for _, l := range e.Result.Extraction.Warnings {
		if err := x.losses.Put(x.row(e, l.Code, l.Message, pointed(l.Page))...); err != nil {
			return err
		}
	}
	return nil
}

// end writes the report that is alone, a sheet where there would be none, and what each
// column of the sheets of forms means.
func (x *workbook) end() error {
	var err error
	switch x.n {
	case 0:
		err = x.others.Open()
	case 1:
		x.alone = true
		err = x.entry(&x.first)
	}
	if err != nil {
		return err
	}
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(x.forms))) {
		f := x.forms[id]
		if f.Sheets() == 0 {
			continue
		}
		for i := range f.columns {
			c := &f.columns[i]
			at, err := excelize.ColumnNumberToName(len(x.head) + i + 1)
			if err != nil {
				return err
			}
			if err := x.columns.Put(f.Name, at, c.Name, c.Table, c.Unit, c.Path); err != nil {
				return err
			}
		}
	}
	return nil
}
