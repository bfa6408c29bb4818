package rules

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/glance"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// firstYear is the first year reported on in the six chapters with the three
// statutory tables (国办公开办函〔2019〕60号).
const firstYear = 2019

// older reports whether the report is of a year before the statutory tables.
func (c *context) older() bool {
	return c.report.Year != nil && *c.report.Year < firstYear
}

// missingTables finds statutory tables the report does not have.
func missingTables(c *context) *verdict {
	if c.older() {
		return inapplicable("2019年以前的报告尚未使用这三张表")
	}
	v := newVerdict()
	official := c.official()
	for i := range official.Tables {
		t := &official.Tables[i]
		if c.report.Table(t.Key) != nil {
			v.pass()
			continue
		}
		f := fault{place: t.Key, paths: []string{"/report/" + t.Key}}
		name := tableName(official.Chapters, t)
		section := c.sectionByKey(t.Chapter)
		switch {
		case section >= 0 && hasPicture(c.blocksOf(section)):
			f.message = "没有" + name + "：" + sectionName(&c.report.Sections[section]) + "里是一张图片，请改为可编辑的表格。"
		case len(c.unreadable) > 0:
			v.undetermined("没有读到"+name+"，第"+joinInts(c.unreadable)+"页没有可读的文字", f.paths...)
			continue
		case c.printedAsText(t.Key, section):
			v.undetermined(name+"的文字在报告里，但没有识别成表格（可能没有边框）", f.paths...)
			continue
		default:
			f.message = "没有" + name + "，请按规定格式补上。"
		}
		v.fail(f)
	}
	return v
}

// figureLine is a line of five figures or more and nothing else; or of eight
// digits or more with white among them, which narrow columns ran together.
var figureLine = lazyregexp.New(`(?m)^\s*(?:[0-9０-９]+|[/—-])(?:[ \t　]+(?:[0-9０-９]+|[/—-])){4,}\s*$|` +
	`^(?:[0-9０-９/—-]件?){3,}[ \t　](?:[ \t　]?[0-9０-９/—-]件?){5,}$|^(?:[0-9０-９/—-]件?[ \t　]?){5,}[ \t　](?:[0-9０-９/—-]件?){3,}$`)

// figureCell is a figure that stands alone in a cell.
var figureCell = lazyregexp.New(`^\s*(?:[0-9０-９]+件?|[/—-])\s*$`)

// printedAsText reports whether the words of a table stand in the text of its
// chapter, or anywhere where the chapter was not found: then the table is there,
// only without rulings that show it. Words that prose uses as well (行政许可) do
// not count.
func (c *context) printedAsText(key string, section int) bool {
	const manyCells = 8 // figures of a table in the chapter that is none of the form's
	var text strings.Builder
	cells := 0
	for i := range c.passages {
		p := &c.passages[i]
		if section >= 0 && p.section == section {
			if p.table >= 0 && figureCell.MatchString(p.text) {
				cells++
			}
			if cells >= manyCells || p.table < 0 && containsAny(p.text, " ", "\t", "　") && figureLine.MatchString(p.text) {
				return true
			}
		}
		if section < 0 || p.section == section {
			text.WriteString(p.line)
		}
	}
	all := text.String()
	for _, labels := range tableLabels()[key] {
		found := 0
		for _, l := range labels {
			if glance.Contains(all, l) {
				found++
			}
		}
		if found*2 > len(labels) {
			return true
		}
	}
	return false
}

// tableLabels are the labels of the forms' tables by the tables' keys, without
// spaces; those of rows that are words of prose are left out.
var tableLabels = sync.OnceValue(func() map[string][][]string {
	const longLabel = 6 // runes
	out := map[string][][]string{}
	forms := statutory()
	for i := range forms {
		for k := range forms[i].Tables {
			t := &forms[i].Tables[k]
			labels := map[string]bool{}
			for p := range t.Parts {
				for _, c := range t.Parts[p].Columns {
					labels[squeeze(c.Label)] = true
				}
				for _, r := range t.Parts[p].Rows {
					if utf8.RuneCountInString(r.Label) >= longLabel {
						labels[squeeze(r.Label)] = true
					}
				}
			}
			out[t.Key] = append(out[t.Key], slices.Sorted(maps.Keys(labels)))
		}
	}
	return out
})

// sectionByKey is the index of the first placed section with the key, or -1.
func (c *context) sectionByKey(key string) int {
	for i, s := range c.sections() {
		if s.Key == key {
			return i
		}
	}
	return -1
}

// hasPicture reports whether a picture large enough for a table stands among
// the blocks; seals and emblems are smaller.
func hasPicture(blocks []extract.Block) bool {
	const minWidth, minHeight = 200, 40 // points
	for i := range blocks {
		b := &blocks[i]
		if b.Type == extract.Image && (b.Width == 0 || b.Width >= minWidth) && (b.Height == 0 || b.Height >= minHeight) {
			return true
		}
	}
	return false
}

// blankCells makes one finding a table that lists its blank cells and its
// placeholders.
func blankCells(c *context) *verdict {
	v := newVerdict()
	for i := range c.tables {
		t := &c.tables[i]
		blank := t.list(report.StateBlank)
		placeholder := t.list(report.StatePlaceholder)
		v.pass()
		if blank.count+placeholder.count == 0 {
			continue
		}
		var said []string
		if blank.count > 0 {
			said = append(said, "有"+itoa(blank.count)+"格空白："+blank.text)
		}
		if placeholder.count > 0 {
			said = append(said, "有"+itoa(placeholder.count)+"格填的是“"+clip(placeholder.sample)+"”一类符号："+placeholder.text)
		}
		v.fail(fault{
			place:   t.form.Key,
			message: t.name + strings.Join(said, "；") + "。没有的请填0。",
			paths:   append(blank.paths, placeholder.paths...),
		})
	}
	return v
}

// cellList is the cells of one state in a table, worded row by row.
type cellList struct {
	count  int
	text   string
	sample string
	paths  []string
}

func (t *tableView) list(state report.State) cellList {
	const most = 6
	var out cellList
	var said []string
	for p := range t.parts {
		part := &t.parts[p]
		whole := part.wholeColumns(state)
		for k, w := range whole {
			if w {
				said = append(said, "“"+t.columnName(&part.part.Columns[k])+"”整列")
			}
		}
		for r := range part.cells {
			var columns []string
			for k := range part.cells[r] {
				c := &part.cells[r][k]
				if c.state != state {
					continue
				}
				if out.count == 0 {
					out.sample = c.text
				}
				out.count++
				out.paths = append(out.paths, c.pointer())
				if !whole[k] {
					columns = append(columns, t.columnName(c.column))
				}
			}
			if len(columns) > 0 {
				said = append(said, rowOf(rowName(&part.part.Rows[r]), columns, len(part.cells[r])))
			}
		}
	}
	out.text = strings.Join(said[:min(len(said), most)], "；")
	if len(said) > most {
		out.text += "；等" + itoa(len(said)) + "处"
	}
	return out
}

// wholeColumns tells the columns of many rows whose every printed cell has the
// state.
func (p *partView) wholeColumns(state report.State) []bool {
	const many = 3
	out := make([]bool, len(p.part.Columns))
	for k := range out {
		n := 0
		out[k] = true
		for r := range p.cells {
			switch p.cells[r][k].state {
			case state:
				n++
			case missing:
			default:
				out[k] = false
			}
		}
		out[k] = out[k] && n >= many
	}
	return out
}

func rowOf(name string, columns []string, width int) string {
	if len(columns) == width && width > 1 {
		if name == "" {
			return "整行"
		}
		return "“" + name + "”整行"
	}
	const most = 5
	what := "“" + strings.Join(columns[:min(len(columns), most)], "”“") + "”"
	if len(columns) > most {
		what += "等" + itoa(len(columns))
	}
	what += "列"
	if name == "" {
		return what
	}
	return "“" + name + "”行" + what
}

// textCells finds filled cells that are no number.
func textCells(c *context) *verdict {
	v := newVerdict()
	c.each(func(t *tableView, at *cell) {
		switch at.state {
		case report.StateText:
			v.fail(fault{
				place:   at.pointer(),
				message: t.place(at) + "填写的“" + clip(mask(squeeze(at.text))) + "”不是数字。",
				paths:   []string{at.pointer()}, actual: at.text,
			})
		case report.StateAmbiguous:
			v.undetermined(t.place(at)+"所在行的数字与列数不符", at.pointer())
		case missing:
		default:
			v.pass()
		}
	})
	return v
}

// negativeCells finds figures below 0 where the form has none.
func negativeCells(c *context) *verdict {
	return figures(c, func(t *tableView, at *cell) *fault {
		if at.value.Sign() >= 0 || at.column.Kind == form.Change {
			return nil
		}
		return &fault{message: t.place(at) + "填写了负数 " + at.printed + "，此处不应小于0。"}
	})
}

// fractionCells finds decimals where the form counts.
func fractionCells(c *context) *verdict {
	return figures(c, func(t *tableView, at *cell) *fault {
		if at.value.IsInt() || at.column.Kind == form.Money {
			return nil
		}
		return &fault{message: t.place(at) + "填写了小数 " + at.printed + "，件数应为整数。"}
	})
}

// figures judges every number by itself. Cells that could not be read make the
// verdict undetermined; blanks and placeholders say nothing.
func figures(c *context, judge func(*tableView, *cell) *fault) *verdict {
	v := newVerdict()
	c.each(func(t *tableView, at *cell) {
		switch at.state {
		case report.StateNumber:
			f := judge(t, at)
			if f == nil {
				v.pass()
				return
			}
			f.place, f.paths, f.actual = at.pointer(), []string{at.pointer()}, json.Number(at.printed)
			v.fail(*f)
		case report.StateText:
			v.undetermined(t.place(at)+"填写的“"+clip(at.text)+"”不是数字", at.pointer())
		case report.StateAmbiguous:
			v.undetermined(t.place(at)+"所在行的数字与列数不符", at.pointer())
		}
	})
	return v
}

// ambiguousRows finds rows whose numbers are not as many as their columns.
func ambiguousRows(c *context) *verdict {
	v := newVerdict()
	for i := range c.tables {
		t := &c.tables[i]
		for p := range t.parts {
			for r := range t.parts[p].cells {
				row := t.parts[p].cells[r]
				var paths []string
				text := ""
				for k := range row {
					if row[k].state == report.StateAmbiguous {
						paths = append(paths, row[k].pointer())
						text = row[k].text
					}
				}
				if len(paths) == 0 {
					v.pass()
					continue
				}
				where := t.name
				if n := rowName(row[0].row); n != "" {
					where += "“" + n + "”行"
				}
				f := fault{place: paths[0], paths: paths, message: where + "的数字与" + itoa(len(row)) + "列不能一一对应，这一行没有取数。"}
				if text != "" {
					f.actual = strings.Join(strings.Fields(text), " ")
				}
				v.fail(f)
			}
		}
	}
	return v
}

// outdatedForm compares the form of the tables with the year reported on.
func outdatedForm(c *context) *verdict {
	year := c.report.Year
	switch {
	case c.reading.Form == nil && c.report.Form != "pre2019":
		return inapplicable("报告没有法定表格")
	case year == nil:
		v := newVerdict()
		v.undetermined("没有读到报告的年度", "/report/year")
		return v
	case c.reading.Form == nil:
		return oldStatistics(*year)
	}
	v := newVerdict()
	f := c.reading.Form
	if inForce(f, *year) {
		v.pass()
		return v
	}
	for _, other := range c.years.stated() {
		if inForce(f, other) {
			v.undetermined("报告对年度的说法前后不一，无法判断应当使用哪种表格", "/report/year")
			return v
		}
	}
	message := itoa(*year) + "年度报告使用的是" + f.Notice + "规定的表格"
	if notice := noticeFor(*year); notice != "" {
		message += "，应当使用" + notice + "规定的表格。"
	} else {
		message += "，与年度不符。"
	}
	v.fail(fault{place: "/report/form", message: message, paths: []string{"/report/form", "/report/year"}, actual: f.ID})
	return v
}

func oldStatistics(year int) *verdict {
	v := newVerdict()
	if year < firstYear {
		v.pass()
		return v
	}
	message := itoa(year) + "年度报告使用的是2019年以前的统计表"
	if notice := noticeFor(year); notice != "" {
		message += "，应当使用" + notice + "规定的表格"
	}
	v.fail(fault{place: "/report/form", message: message + "。", paths: []string{"/report/form", "/report/year"}, actual: "pre2019"})
	return v
}

func inForce(f *form.Form, year int) bool {
	return year >= f.FirstYear && (f.LastYear == 0 || year <= f.LastYear)
}

func noticeFor(year int) string {
	if f := formFor(year); f != nil {
		return f.Notice
	}
	return ""
}
