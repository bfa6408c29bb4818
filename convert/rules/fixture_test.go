package rules

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract"
)

// fixture is a made report: a reading and its document that agree with each
// other, with figures that add up.
type fixture struct {
	t       testing.TB
	form    form.Form
	reading *mapping.Reading
	doc     *extract.Document
}

func ptr[T any](v T) *T { return &v }

const testAgency = "青柳市云溪区教育局"

// noFee is what chapter six says of the fee.
const noFee = "本年度收取信息处理费0元。"

// newFixture makes a clean report of the form for its first year.
func newFixture(t testing.TB, id string, seed uint64) *fixture {
	t.Helper()
	f, ok := form.Lookup(id)
	if !ok {
		t.Fatalf("no form %s", id)
	}
	return newFixtureOf(t, f, seed)
}

func newFixtureOf(t testing.TB, f form.Form, seed uint64) *fixture {
	year := f.FirstYear
	x := &fixture{t: t, form: f, doc: &extract.Document{}}
	x.reading = &mapping.Reading{
		Form: &x.form, Provenance: map[string]report.Place{}, Tables: map[string][]int{},
		Report: report.Report{
			Title:  ptr(testAgency + strconv.Itoa(year) + "年政府信息公开工作年度报告"),
			Agency: ptr(testAgency), Year: &year, Form: f.ID, SignedBy: ptr(testAgency),
			SignedOn: &report.Date{Year: year + 1, Month: 1, Day: 18},
			Period:   &report.Period{Start: &report.Date{Year: year, Month: 1, Day: 1}, End: &report.Date{Year: year, Month: 12, Day: 31}},
		},
	}
	x.block(extract.Paragraph, *x.reading.Report.Title)
	x.chapters(year)
	x.block(extract.Paragraph, testAgency)
	x.block(extract.Paragraph, strconv.Itoa(year+1)+"年1月18日")
	x.figures(rand.New(rand.NewPCG(seed, 7)))
	return x
}

func (x *fixture) block(kind extract.BlockType, text string) int {
	x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: kind, Text: text})
	return len(x.doc.Blocks) - 1
}

// chapters writes the six chapters, with a table where the form has one.
func (x *fixture) chapters(year int) {
	y := strconv.Itoa(year)
	text := map[string][]string{
		"overview": {
			y + "年，我局认真贯彻落实《中华人民共和国政府信息公开条例》（国务院令第711号，2019年修订），持续做好政务公开各项工作。",
			"（一）主动公开。全年在网站发布信息86条，比" + strconv.Itoa(year-1) + "年增加12条。（二）依申请公开渠道畅通。（三）政府信息管理规范。（四）平台建设有序。（五）监督保障到位。",
			"本报告所列数据的统计期限为" + y + "年1月1日至" + y + "年12月31日。",
		},
		"problems_and_improvements": {"一是解读形式单一；二是更新不够及时。" + strconv.Itoa(year+1) + "年将继续改进。"},
		"other_matters":             {noFee + "无其他需要报告的事项。"},
	}
	for _, ch := range x.form.Chapters {
		at := mapping.Chapter{Heading: x.block(extract.Heading, ch.Number+"、"+ch.Title)}
		at.First = at.Heading + 1
		for _, p := range text[ch.Key] {
			x.block(extract.Paragraph, p)
		}
		for i := range x.form.Tables {
			if x.form.Tables[i].Chapter == ch.Key {
				n := len(x.doc.Tables)
				x.doc.Tables = append(x.doc.Tables, extract.Table{Index: n, Rows: 1, Columns: 1, Cells: []extract.Cell{{RowSpan: 1, ColumnSpan: 1, Text: "信息内容"}}})
				x.doc.Blocks[x.block(extract.TableRef, "")].Table = &n
				x.reading.Tables[x.form.Tables[i].Key] = []int{n}
			}
		}
		at.End = len(x.doc.Blocks)
		x.reading.Chapters = append(x.reading.Chapters, at)
		x.reading.Report.Sections = append(x.reading.Report.Sections, report.Section{
			Key: ch.Key, Number: ptr(ch.Number), Title: ch.Title, Text: strings.Join(text[ch.Key], "\n"),
		})
	}
}

// figures fills every table with random figures that keep all relations.
func (x *fixture) figures(rnd *rand.Rand) {
	for i := range x.form.Tables {
		t := &x.form.Tables[i]
		x.reading.Report.SetTable(t.Key, &report.Node{})
		for _, c := range t.Cells() {
			switch c.Kind {
			case form.Money:
				x.set(c.Path, strconv.Itoa(rnd.IntN(90))+".4696")
			case form.Change:
				x.set(c.Path, strconv.Itoa(rnd.IntN(9)-4))
			default:
				x.set(c.Path, strconv.Itoa(rnd.IntN(6)))
			}
		}
	}
	if x.reading.Report.ProactiveDisclosure.At("regulations/total_public") != nil {
		for _, row := range []string{"regulations", "normative_documents"} {
			x.set("/report/proactive_disclosure/"+row+"/total_public", "9")
		}
	}
	for _, k := range x.form.Tables[0].Cells() {
		if strings.Contains(k.Path, "/regulations/") {
			x.set(k.Path, "0")
		}
	}
	x.settle()
}

// settle sets totals and 一 so that every relation of the form holds: results
// stay, （七）, 一 and all 总计 follow.
func (x *fixture) settle() {
	for _, r := range x.form.Relations {
		if r.Over != form.ByColumn {
			continue
		}
		t := x.form.Table(r.Table)
		for k := range t.Parts[0].Columns {
			at := func(row string) string { return "/report/" + t.Key + "/" + row + "/" + t.Parts[0].Columns[k].Path }
			if r.Rule == "applications.outcome_total" {
				sum := 0
				for _, row := range r.Right {
					sum += x.int(at(row))
				}
				x.set(at("total"), strconv.Itoa(sum))
			}
		}
	}
	if x.reading.Report.Applications != nil {
		for _, c := range x.form.Table("applications").Parts[0].Columns {
			at := func(row string) string { return "/report/applications/" + row + "/" + c.Path }
			total := x.int(at("total"))
			x.set(at("carried_over"), "0")
			x.set(at("new"), strconv.Itoa(total+x.int(at("carried_forward"))))
		}
	}
	for _, r := range x.form.Relations {
		if r.Over != form.ByRow {
			continue
		}
		t := x.form.Table(r.Table)
		for i := range t.Parts[0].Rows {
			row := &t.Parts[0].Rows[i]
			sum := 0
			for _, col := range r.Right {
				sum += x.int(t.Pointer(row, &form.Column{Path: col}))
			}
			x.set(t.Pointer(row, &form.Column{Path: r.Left[0]}), strconv.Itoa(sum))
		}
	}
}

func split(pointer string) (table, path string) {
	table, path, _ = strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
	return table, path
}

// set prints a number in a cell.
func (x *fixture) set(pointer, value string) {
	table, path := split(pointer)
	x.reading.Report.Table(table).Ensure(path).Value = ptr(report.Number(value))
	x.reading.Provenance[pointer] = report.Place{Text: value, State: report.StateNumber}
}

func (x *fixture) int(pointer string) int {
	table, path := split(pointer)
	n, _ := x.reading.Report.Table(table).At(path).Value.Int()
	return int(n)
}

// state prints something other than a number in a cell.
func (x *fixture) state(pointer string, s report.State, text string) {
	table, path := split(pointer)
	x.reading.Report.Table(table).Ensure(path).Value = nil
	x.reading.Provenance[pointer] = report.Place{Text: text, State: s}
}

// drop takes a cell out of the printed table.
func (x *fixture) drop(pointer string) {
	x.state(pointer, report.StateBlank, "")
	delete(x.reading.Provenance, pointer)
}

// row applies f to every cell of a row of the applications table.
func (x *fixture) row(path string, f func(pointer string)) {
	for _, c := range x.form.Table("applications").Parts[0].Columns {
		f("/report/applications/" + path + "/" + c.Path)
	}
}

// column applies f to every cell of a column of the applications table.
func (x *fixture) column(path string, f func(pointer string)) {
	for _, r := range x.form.Table("applications").Parts[0].Rows {
		f("/report/applications/" + r.Path + "/" + path)
	}
}

func (x *fixture) section(key string) *report.Section {
	for i := range x.reading.Report.Sections {
		if x.reading.Report.Sections[i].Key == key {
			return &x.reading.Report.Sections[i]
		}
	}
	x.t.Fatalf("no section %s", key)
	return nil
}

// replace replaces a text in blocks and sections.
func (x *fixture) replace(old, with string) {
	for i := range x.doc.Blocks {
		x.doc.Blocks[i].Text = strings.ReplaceAll(x.doc.Blocks[i].Text, old, with)
	}
	for i := range x.reading.Report.Sections {
		s := &x.reading.Report.Sections[i]
		s.Text = strings.ReplaceAll(s.Text, old, with)
	}
}

// say adds a sentence to the first paragraph of 总体情况.
func (x *fixture) say(text string) {
	b := &x.doc.Blocks[x.reading.Chapters[0].First]
	b.Text += text
	x.reading.Report.Sections[0].Text += text
}

// remove takes the section with the index out of the reading.
func (x *fixture) remove(i int) {
	r := x.reading
	r.Report.Sections = append(r.Report.Sections[:i:i], r.Report.Sections[i+1:]...)
	r.Chapters = append(r.Chapters[:i:i], r.Chapters[i+1:]...)
}

func (x *fixture) judge() report.Validation {
	return Judge(Input{Reading: x.reading, Document: x.doc})
}

// outcome returns the outcome of a rule and its findings.
func outcome(t testing.TB, v report.Validation, rule string) (report.Outcome, []report.Finding) {
	t.Helper()
	var findings []report.Finding
	for _, f := range v.Findings {
		if f.Rule == rule {
			findings = append(findings, f)
		}
	}
	for _, o := range v.Rules {
		if o.ID == rule {
			return o, findings
		}
	}
	t.Fatalf("no outcome for %s", rule)
	return report.Outcome{}, nil
}

func dump(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(b)
}
