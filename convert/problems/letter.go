package problems

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"nianbao/convert/overview"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/convert/wordml"
)

// Office is what a list needs to go out beside what is on it.
type Office struct {
	// Rule gives the title of a rule and the law or notice that asks for it; both may
	// be "".
	Rule func(id string) (title, basis string)
	// Date stands under a letter.
	Date report.Date
}

// NewOffice is an office that goes by these rules, on a day.
func NewOffice(catalogue []rules.Rule, today time.Time) *Office {
	return &Office{
		Date: report.Date{Year: today.Year(), Month: int(today.Month()), Day: today.Day()},
		Rule: func(id string) (title, basis string) {
			for i := range catalogue {
				if catalogue[i].ID == id {
					return catalogue[i].Title, catalogue[i].Basis()
				}
			}
			return "", ""
		},
	}
}

// ground is why something is a problem, in one line.
func (o *Office) ground(rule string) string {
	title, basis := o.Rule(rule)
	switch {
	case basis == "":
		return title
	case title == "":
		return basis
	}
	return title + "；" + basis
}

// Letter is the list of one body as a Word document (.docx): addressed to it, with its
// problems in a table, what has to be mended first. A body without a report is asked
// for it.
func (p *Page) Letter(b *Body, o *Office) ([]byte, error) {
	year := p.yearWord()
	d := wordml.New()
	if b.State == overview.Missing {
		d.Paragraph(wordml.Title, "关于报送"+year+"政府信息公开工作年度报告的函")
		d.Paragraph(wordml.Addressee, addressee(b))
		d.Paragraph(wordml.Body, fmt.Sprintf("截至%s，尚未收到你单位%s政府信息公开工作年度报告。根据%s的规定，请抓紧编制并报送。已经报送的，请告知报送的时间和方式，以便查找。",
			chineseDate(o.Date), year, "《政府信息公开条例》第四十九条"))
		d.Paragraph(wordml.Signature, chineseDate(o.Date))
		return d.Bytes()
	}
	d.Paragraph(wordml.Title, year+"政府信息公开工作年度报告\n问题清单")
	d.Paragraph(wordml.Addressee, addressee(b))
	d.Paragraph(wordml.Body, p.opening(b))
	if b.Note != "" {
		d.Paragraph(wordml.Body, "退回时的说明："+b.Note)
	}
	if len(b.Problems) > 0 && b.State != overview.Failed {
		d.Table(problemTable(b, o))
	}
	d.Paragraph(wordml.Signature, chineseDate(o.Date))
	return d.Bytes()
}

// yearWord is the year with its word; empty where it is not known.
func (p *Page) yearWord() string {
	if p.Year.Year == 0 {
		return ""
	}
	return strconv.Itoa(p.Year.Year) + "年"
}

// opening says what came, what is the matter with it, and what is asked for.
func (p *Page) opening(b *Body) string {
	came := "你单位报送的" + p.yearWord() + "政府信息公开工作年度报告"
	if b.Report != nil && b.Report.Filename != "" {
		came += "（文件：" + b.Report.Filename + "）"
	}
	if b.State == overview.Failed {
		return came + "未能读取：" + b.Problems[0].Message
	}
	errs, doubts := b.count()
	var parts []string
	if errs > 0 {
		parts = append(parts, fmt.Sprintf("%d处需要更正", errs))
	}
	if doubts > 0 {
		parts = append(parts, fmt.Sprintf("%d处需要核实", doubts))
	}
	switch {
	case b.State == overview.Clean:
		return came + "收悉。经核对，没有发现问题。"
	case len(parts) == 0:
		return came + "收悉。其中有数字读不清或者没有填写，请核对报告后重新报送。"
	}
	ask := "请逐条核对，更正后重新报送；经核实无误的，请说明情况。"
	if errs == 0 {
		ask = "请逐条核实，确有错误的，更正后重新报送；无误的，请说明情况。"
	}
	return came + "收悉。经核对，有" + strings.Join(parts, "、") + "，列表如下。" + ask
}

// addressee is whom the letter is to.
func addressee(b *Body) string {
	if b.Body.Name == "" {
		return "报送单位："
	}
	return b.Body.Name + "："
}

// count is how many errors and warnings there are.
func (b *Body) count() (errs, warnings int) {
	for i := range b.Problems {
		if b.Problems[i].Severity == report.SeverityError {
			errs++
		} else {
			warnings++
		}
	}
	return errs, warnings
}

func problemTable(b *Body, o *Office) *wordml.Table {
	t := &wordml.Table{Widths: []int{4, 17, 8, 8, 33}}
	head := wordml.Row{Header: true}
	for _, s := range []string{"序号", "位置", "填写", "应为", "问题和依据"} {
		head.Cells = append(head.Cells, wordml.Cell{Text: s, Bold: true})
	}
	t.Rows = append(t.Rows, head)
	var last report.Severity
	for i := range b.Problems {
		x := &b.Problems[i]
		if x.Severity != last {
			last = x.Severity
			t.Rows = append(t.Rows, wordml.Row{WithNext: true, Cells: []wordml.Cell{{Text: demand(last), ColSpan: len(t.Widths), Left: true, Bold: true}}})
		}
		text := x.Message
		if x.Quote != "" {
			text += "\n原文：“" + x.Quote + "”"
		}
		if g := o.ground(x.Rule); g != "" {
			text += "\n依据：" + g
		}
		t.Rows = append(t.Rows, wordml.Row{Cells: []wordml.Cell{{Text: strconv.Itoa(x.N)}, {Text: x.Spot(), Left: true},
			{Text: x.Printed}, {Text: x.Expected}, {Text: text, Left: true}}})
	}
	return t
}

// demand is what is asked of the problems of a severity.
func demand(s report.Severity) string {
	if s == report.SeverityError {
		return "需要更正"
	}
	return "需要核实"
}

// Spot is where the problem is.
func (p *Problem) Spot() string {
	switch where := p.Where(); {
	case where != "":
		return where
	case p.Chapter != "":
		return "正文 · " + p.Chapter
	}
	return "全文"
}

func chineseDate(d report.Date) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}
