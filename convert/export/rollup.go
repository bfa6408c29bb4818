package export

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/spreadsheet"
)

// RollUp is a roll-up to be taken out. A Word file of it has the same seam: the sums of
// a form by the paths of their cells, laid out by form.Table.Paper.
type RollUp struct {
	// Run reads the reports once, tells each of every body in its order, and gives the
	// sum (collect.Selection.Sum).
	Run func(each func(*collect.Contribution) error) (*aggregate.Sum, error)
	// Forms are the statutory forms, the newest first.
	Forms []form.Form
	// TempDir is where rows wait; empty for the system's.
	TempDir string
}

// The order of the sheets of a roll-up.
const (
	rankTold      = iota
	rankUncounted // before rankPaper, by which sheets print on a page
	_
	rankDoubt
	rankSums
	rankBodies
)

// RollUpXLSX writes a workbook of a roll-up: what has to be known of it; each table with
// the sums as on paper; the cells and bodies that are in doubt, a row each; a row a cell
// with its sum, its contributors and what the report above says; and a row a body with
// its figures. Nothing is written before the last report was read.
func RollUpXLSX(w io.Writer, r RollUp) (err error) {
	b, err := spreadsheet.New(r.TempDir, nil)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	b.Rows = spreadsheet.MaxRows
	x := newRollBook(b, &r)
	told, err := b.Sheet("说明", rankTold, spreadsheet.PageWide)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	sum, err := r.Run(x.body)
	if err != nil {
		return err
	}
	if err := errors.Join(x.tell(told, sum), x.sheets(sum), b.Write(w)); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// rollBook is the lists of a roll-up's workbook.
type rollBook struct {
	book   *spreadsheet.Book
	set    *RollUp
	forms  map[string]*formSheet
	others *spreadsheet.List
	sums   *spreadsheet.List
	doubt  *spreadsheet.List
}

func rollHead() []string {
	return []string{"单位", "类别", "情况", "报告编号", "版本数", "核对"}
}

func newRollBook(b *spreadsheet.Book, r *RollUp) *rollBook {
	x := &rollBook{book: b, set: r, forms: map[string]*formSheet{}}
	wide := []float64{26, 12, 12, 16, 8, 10, 18}
	for i := range r.Forms {
		f := &formSheet{form: &r.Forms[i], columns: Columns(&r.Forms[i])}
		f.names = namesOf(nil, f.columns)
		header := rollHead()
		for _, c := range f.columns {
			header = append(header, c.Name)
		}
		f.List = b.List(spreadsheet.List{Name: f.form.ID + "年表式各单位", Rank: rankBodies, Header: header, Widths: wide, Frozen: 1})
		x.forms[f.form.ID] = f
	}
	x.others = b.List(spreadsheet.List{Name: "未计入的单位", Rank: rankUncounted, Header: rollHead(), Widths: wide, Frozen: 1, Printed: true})
	x.doubt = b.List(spreadsheet.List{Name: "存疑", Rank: rankDoubt, Header: []string{"单位", "情况", "表式", "单元格", "填写", "报告编号"}, Widths: []float64{30, 14, 8, 60, 20, 28}, Frozen: 1, Printed: true})
	x.sums = b.List(spreadsheet.List{Name: "合计", Rank: rankSums, Frozen: 2, Printed: true, Widths: []float64{8, 60, 12, 8, 9},
		Header: []string{"表式", "单元格", "合计", "单位", "有数的", "其中以符号代替", "空白", "读不成数字", "没有这一行", "并行填写", "没有计量单位", "表内不符", "更正过", "未计入的单位", "上级填写", "对照", "路径"}})
	return x
}

// body writes the row of one body.
func (x *rollBook) body(c *collect.Contribution) error {
	b := c.Body
	row := []any{b.Name, bodies.Kind(b.Kind).Word(), b.State.Word(), b.ReportID, nil, nil}
	if b.ReportID != "" {
		row[4] = b.Versions
	}
	if b.Review != "" {
		row[5] = b.Review.Word()
	}
	if b.State != aggregate.Counted {
		return x.others.Put(row...)
	}
	f := x.forms[b.Form]
	e := Entry{Result: c.Result}
	for i := range f.columns {
		v := f.columns[i].value(&e)
		if p := c.Result.Provenance[f.columns[i].Path]; p.Corrected {
			cell, styled := x.book.Value(v).(excelize.Cell)
			if !styled {
				cell = excelize.Cell{Value: x.book.Value(v)}
			}
			cell.StyleID = x.book.Mended
			v = cell
		}
		row = append(row, v)
	}
	if err := f.Put(row...); err != nil {
		return err
	}
	return x.doubts(c, f, &e)
}

// doubts are the rows of the cells of one report that are in doubt or were corrected.
func (x *rollBook) doubts(c *collect.Contribution, f *formSheet, e *Entry) error {
	for _, n := range c.Notes {
		if err := x.doubt.Put(c.Body.Name, n.Mark.Word(), f.form.ID, f.names[n.Path], e.Cell(n.Path), c.Body.ReportID); err != nil {
			return err
		}
	}
	return nil
}

// tell writes what has to be known of the sums.
func (x *rollBook) tell(s *spreadsheet.Sheet, sum *aggregate.Sum) error {
	const left, right = 44, 90
	if err := errors.Join(s.SetColWidth(1, 1, left), s.SetColWidth(2, 2, right)); err != nil {
		return err
	}
	rows := [][2]any{{strconv.Itoa(sum.Year) + "年度汇总", sum.Whose()}, {"应汇总的单位", len(sum.Bodies)}, {"已计入", sum.Counts[aggregate.Counted]}}
	for i := range sum.Warnings {
		w := &sum.Warnings[i]
		names := make([]string, len(w.Bodies))
		for k, at := range w.Bodies {
			names[k] = sum.Bodies[at].Name
		}
		rows = append(rows, [2]any{w.Message, strings.Join(names, "、")})
	}
	if len(sum.Excluded) > 0 {
		rows = append(rows, [2]any{"名单注明不计入（不编报、垂直管理）", strings.Join(sum.Excluded, "、")})
	}
	if sum.Above != nil && sum.Above.Reason != "" {
		rows = append(rows, [2]any{"没有与上级的报告对照", sum.Above.Reason})
	}
	rows = append(rows, [2]any{"空白、读不成数字的不当作 0", "没有一个单位有数的格没有合计，写“—”；黄底的格有存疑，见“存疑”。"}, [2]any{"金额", "统一折算为表上规定的单位（万元）；表上没有规定的折算为元，没有写明单位的不计入。"})
	for i, r := range rows {
		style, told := x.book.Note, spreadsheet.Fit(fmt.Sprint(r[1]))
		if i == 0 {
			style = x.book.Head
		}
		if _, number := r[1].(int); !number {
			r[1] = told
		}
		high := max(spreadsheet.Lines(fmt.Sprint(r[0]), left), spreadsheet.Lines(told, right))
		if err := s.Put([]any{excelize.Cell{StyleID: style, Value: r[0]}, excelize.Cell{StyleID: x.book.Note, Value: r[1]}}, spreadsheet.Height(high)); err != nil {
			return err
		}
	}
	return nil
}

// sheets writes the sums: as on paper, and a row a cell.
func (x *rollBook) sheets(sum *aggregate.Sum) error {
	for i := range sum.Forms {
		fs := &sum.Forms[i]
		f := x.forms[fs.Form].form
		cells := map[string]*aggregate.Cell{}
		for k := range fs.Cells {
			c := &fs.Cells[k]
			cells[c.Path] = c
			if err := x.sums.Put(sumRow(fs, c)...); err != nil {
				return err
			}
		}
		for k := range f.Tables {
			if err := x.paper(sum, fs, &f.Tables[k], cells); err != nil {
				return err
			}
		}
	}
	return nil
}

// paper is one table of a form with the sums.
func (x *rollBook) paper(sum *aggregate.Sum, fs *aggregate.FormSum, t *form.Table, cells map[string]*aggregate.Cell) error {
	f := x.forms[fs.Form].form
	s, err := x.book.Sheet(f.ID+"年·"+chapterNumber(f, t)+"、表", rankPaper, spreadsheet.OnePage)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("%s（%d年度，%d个单位之和", t.Title, sum.Year, fs.Bodies)
	if fs.Missing > 0 {
		title += fmt.Sprintf("，%d个单位未计入", fs.Missing)
	}
	return paperSheet(x.book, s, t, title+"）", func(path string) any {
		c := cells[path]
		switch {
		case c == nil || c.Sum == nil:
			return excelize.Cell{StyleID: x.book.Doubt, Value: "—"}
		case c.Doubtful():
			v := x.book.Value(*c.Sum)
			if text, ok := v.(excelize.Cell); ok {
				v = text.Value
			}
			return excelize.Cell{StyleID: x.book.Doubt, Value: v}
		}
		return paperFigure(x.book, *c.Sum)
	})
}

func sumRow(fs *aggregate.FormSum, c *aggregate.Cell) []any {
	row := []any{fs.Form, c.Name, nil, text(c.Unit), c.Contributors, c.Placeholders, len(c.Blank), len(c.Unreadable), len(c.Absent),
		len(c.Grouped), len(c.NoUnit), len(c.Conflicting), len(c.Corrected), fs.Missing, nil, nil, c.Path}
	if c.Merged {
		row[1] = c.Name + "（并行填写）"
	}
	if c.Sum != nil {
		row[2] = *c.Sum
	}
	if c.Own != nil {
		if c.Own.Value != nil {
			row[14] = *c.Own.Value
		}
		row[15] = c.Own.Verdict.Word()
	}
	return row
}
