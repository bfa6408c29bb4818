package export

import (
	"fmt"
	"io"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/form"
	"nianbao/convert/wordform"
	"nianbao/convert/wordml"
)

// RollUpDOCX writes a roll-up as a Word file: what was summed, and each form's tables as
// the notice prints them, to be taken over into the report of the body above. A cell
// without a sum has a dash. Below the tables stand the cells that are in doubt.
func RollUpDOCX(w io.Writer, r RollUp) error {
	sum, err := r.Run(nil)
	if err != nil {
		return err
	}
	d := wordml.New()
	d.Paragraph(wordml.Title, fmt.Sprintf("%d年政府信息公开工作年度报告\n汇总表", sum.Year))
	d.Paragraph(wordml.Body, summed(sum))
	for i := range sum.Warnings {
		d.Paragraph(wordml.Body, told(sum, &sum.Warnings[i]))
	}
	for i := range sum.Forms {
		fs := &sum.Forms[i]
		for k := range r.Forms {
			if r.Forms[k].ID == fs.Form {
				rollTables(d, sum, fs, &r.Forms[k])
			}
		}
	}
	file, err := d.Bytes()
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// summed says of what the sums are.
func summed(sum *aggregate.Sum) string {
	of := "名单上的单位"
	if sum.Above != nil {
		of = sum.Above.Name + "的下级单位"
	}
	return fmt.Sprintf("本表是%s%d年度报告逐格之和：应汇总%d个单位，已计入%d个。空白和读不成数字的不当作0；没有一个单位有数的格写“—”。",
		of, sum.Year, len(sum.Bodies), sum.Counts[aggregate.Counted])
}

// mostNames is how many bodies a warning names in a Word file; the spreadsheet has all.
const mostNames = 30

func told(sum *aggregate.Sum, w *aggregate.Warning) string {
	if len(w.Bodies) == 0 {
		return w.Message + "。"
	}
	names := make([]string, 0, mostNames)
	for _, at := range w.Bodies[:min(len(w.Bodies), mostNames)] {
		names = append(names, sum.Bodies[at].Name)
	}
	more := ""
	if n := len(w.Bodies); n > mostNames {
		more = fmt.Sprintf("等%d个", n)
	}
	return w.Message + "：" + strings.Join(names, "、") + more + "。"
}

// rollTables writes the tables of a form, and what is to be said of their cells.
func rollTables(d *wordml.Document, sum *aggregate.Sum, fs *aggregate.FormSum, f *form.Form) {
	cells := map[string]*aggregate.Cell{}
	for i := range fs.Cells {
		cells[fs.Cells[i].Path] = &fs.Cells[i]
	}
	for k := range f.Tables {
		t := &f.Tables[k]
		heading := chapterNumber(f, t) + "、" + t.Title
		if len(sum.Forms) > 1 {
			heading += "（" + f.ID + "年表式）"
		}
		d.Paragraph(wordml.Heading, heading)
		d.Table(wordform.Paper(t, func(path string) string {
			c := cells[path]
			switch {
			case c == nil || c.Sum == nil:
				return "—"
			case c.Unit != "" && c.Unit != unitOf(f, path):
				return string(*c.Sum) + c.Unit
			}
			return string(*c.Sum)
		}))
	}
	rollDoubts(d, sum, fs)
}

// unitOf is the unit that the form itself prints for a cell.
func unitOf(f *form.Form, path string) string {
	for _, c := range f.Cells() {
		if c.Path == path {
			return c.Unit
		}
	}
	return ""
}

// mostDoubts is how many cells in doubt a Word file names; the spreadsheet has all.
const mostDoubts = 40

func rollDoubts(d *wordml.Document, sum *aggregate.Sum, fs *aggregate.FormSum) {
	n := 0
	for i := range fs.Cells {
		c := &fs.Cells[i]
		if !c.Doubtful() && (!c.Merged || c.Sum == nil) {
			continue
		}
		if n++; n > mostDoubts {
			continue
		}
		if n == 1 {
			d.Paragraph(wordml.Note, "存疑的格：")
		}
		d.Paragraph(wordml.Note, c.Name+"："+doubts(sum, c))
	}
	if n > mostDoubts {
		d.Paragraph(wordml.Note, fmt.Sprintf("另有%d格，见Excel汇总。", n-mostDoubts))
	}
}

// doubts says what is to be said of a cell: 空白2个（某局、某镇）.
func doubts(sum *aggregate.Sum, c *aggregate.Cell) string {
	var parts []string
	if c.Merged && c.Sum != nil {
		parts = append(parts, fmt.Sprintf("并行填写的%d个单位共%s，未计入分行的数", c.Contributors, *c.Sum))
	}
	const most = 6
	for _, m := range aggregate.AllMarks() {
		list := c.Of(m)
		if len(list) == 0 || m == aggregate.Corrected {
			continue
		}
		var names []string
		for _, at := range list[:min(len(list), most)] {
			names = append(names, sum.Bodies[at].Name)
		}
		more := ""
		if len(list) > most {
			more = "等"
		}
		parts = append(parts, fmt.Sprintf("%s%d个（%s%s）", m.Word(), len(list), strings.Join(names, "、"), more))
	}
	return strings.Join(parts, "；")
}
