package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/export"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/spreadsheet"
)

func ptr[T any](v T) *T { return &v }

// made is the result of a made report, each cell read as it is printed.
func made(seed uint64, formID string) *report.Result {
	r := fixture.New(seed, formID)
	res := &report.Result{SchemaVersion: report.SchemaVersion, Report: r.Report, Provenance: map[string]report.Place{},
		Source: report.Source{Filename: "年报" + strconv.FormatUint(seed, 10) + ".docx", SHA256: strings.Repeat("0a", 32), SizeBytes: 12}}
	res.Validation.Status = "pass"
	for _, c := range r.Form.Cells() {
		if v, ok := (&export.Entry{Result: res}).Cell(c.Path).(report.Number); ok {
			res.Provenance[c.Path] = report.Place{Text: string(v), State: report.StateNumber, Page: ptr(1), Table: ptr(0), Row: ptr(2), Column: ptr(3)}
		}
	}
	return res
}

// put changes what is read in a cell.
func put(res *report.Result, path, text string, state report.State) {
	key, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	n := res.Report.Table(key).Ensure(rest)
	n.Value = nil
	if state == report.StateNumber {
		n.Value = ptr(report.Number(text))
	}
	res.Provenance[path] = report.Place{Text: text, State: state}
}

const (
	newTotal = "/report/applications/new/total"
	newOther = "/report/applications/new/other"
	carried  = "/report/applications/carried_over/total"
	granted  = "/report/applications/granted/total"
	secret   = "/report/applications/denied/state_secret/total"
)

// hostile has in its cells and texts what programs might take for more than text.
func hostile() *report.Result {
	res := made(1, "2021")
	put(res, newTotal, "=cmd()", report.StateText)
	put(res, newOther, "+1", report.StateText)
	put(res, carried, "12", report.StateAmbiguous)
	put(res, granted, "/", report.StatePlaceholder)
	put(res, secret, "", report.StateBlank)
	res.Report.Agency = ptr("@SUM(A1:A9)")
	res.Report.Title = ptr("-1+cmd|' /C calc'!A0")
	res.Report.SignedBy = ptr("'引号,\"与\r\n换行\r")
	res.Source.Filename = "\t=1.docx"
	res.Validation = report.Validation{Status: "fail", Errors: 1, Findings: []report.Finding{{ID: "f1", Rule: "applications.balance", Severity: report.SeverityError,
		Message: "=HYPERLINK(\"x\") 13812345678", Paths: []string{newTotal}, Expected: 12.0, Actual: 11.0, Quote: ptr("+86 13812345678")}}}
	res.Extraction.Warnings = []report.Warning{{Code: "text_box", Message: "=1", Page: ptr(2)}}
	return res
}

func set(results ...*report.Result) export.Set {
	return export.Set{Entries: entries(results...), Forms: form.All(), Title: func(rule string) string { return "规则 " + rule }}
}

func entries(results ...*report.Result) iter.Seq2[export.Entry, error] {
	return func(yield func(export.Entry, error) bool) {
		for i, r := range results {
			if !yield(export.Entry{Result: r, ID: "id" + strconv.Itoa(i)}, nil) {
				return
			}
		}
	}
}

func failure() export.Entry {
	return export.Entry{ID: "broken", ReceivedAt: time.Date(2026, 1, 20, 6, 30, 0, 0, time.UTC), Failure: &report.Failure{
		Source: report.Source{Filename: "坏.pdf", SHA256: "0b"}, Error: report.Problem{Code: "damaged", Title: "文件已损坏", Detail: "第 3 页不能读取。"}}}
}

// The names are the form's own, all of them, and tell every cell from every other.
func TestColumnsAreComplete(t *testing.T) {
	for id, want := range map[string]int{"2021": 200, "2019": 198} {
		f, _ := form.Lookup(id)
		columns := export.Columns(&f)
		refs := f.Cells()
		if len(refs) != want {
			t.Fatalf("%s: %d cells", id, len(refs))
		}
		names := map[string]bool{}
		for i, c := range columns {
			if names[c.Name] {
				t.Errorf("%s: two columns %q", id, c.Name)
			}
			names[c.Name] = true
			if i < want && (c.Path != refs[i].Path || !strings.Contains(c.Name, refs[i].RowLabel) || !strings.HasSuffix(c.Name, refs[i].ColumnLabel)) {
				t.Errorf("%s: column %d is %q of %s, want %s", id, i, c.Name, c.Path, refs[i].Path)
			}
		}
		var rest []string
		for _, c := range columns[want:] {
			rest = append(rest, c.Name)
		}
		if id == "2019" && !slices.Equal(rest, []string{"第二十条第（九）项·政府集中采购·采购总金额（单位）"}) {
			t.Errorf("2019 has besides %q", rest)
		}
		if id == "2021" && (len(rest) != 8 || rest[0] != "三、本年度办理结果（六）其他处理·自然人" || !strings.HasSuffix(rest[7], "（单位）")) {
			t.Errorf("2021 has besides %q", rest)
		}
	}
	for name, path := range map[string]string{
		"第二十条第（一）项·行政规范性文件·现行有效件数":              "/report/proactive_disclosure/normative_documents/in_force",
		"三、本年度办理结果（三）不予公开1.属于国家秘密·法人或其他组织·商业企业": "/report/applications/denied/state_secret/business",
		"行政诉讼·复议后起诉·总计":                         "/report/legal_challenges/litigation_after_reconsideration/total",
	} {
		f, _ := form.Lookup("2021")
		if i := slices.IndexFunc(export.Columns(&f), func(c export.Column) bool { return c.Name == name }); i < 0 || export.Columns(&f)[i].Path != path {
			t.Errorf("no column %q of %s", name, path)
		}
	}
}

func TestUnionKeepsFormsApart(t *testing.T) {
	columns := export.Union(form.All())
	names := map[string]bool{}
	count := map[string]int{}
	for _, c := range columns {
		if names[c.Name] {
			t.Errorf("two columns %q", c.Name)
		}
		names[c.Name] = true
		for _, f := range c.Forms {
			count[f]++
		}
	}
	if d := cmp.Diff(map[string]int{"2021": 208, "2019": 199}, count); d != "" {
		t.Errorf("columns by form (-want +got):\n%s", d)
	}
}

// readCSV undoes what CSV does, and gives rows by the names of their columns.
func readCSV(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(b), "\ufeff")
	if !ok {
		t.Error("no byte order mark")
	}
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CR LF")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, v := range row {
			named[rows[0][i]] = spreadsheet.Unguard(v)
		}
		out = append(out, named)
	}
	return out
}

func TestCSVRoundTrip(t *testing.T) {
	results := []*report.Result{made(1, "2021"), made(2, "2019"), hostile(), {Report: report.Report{Form: "narrative"}}}
	s := set(results...)
	s.Entries = func(yield func(export.Entry, error) bool) {
		for e := range entries(results...) {
			yield(e, nil)
		}
		yield(failure(), nil)
	}
	var b bytes.Buffer
	if err := export.CSV(&b, s); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, b.Bytes())
	if len(rows) != len(results)+1 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, res := range results[:2] {
		f, _ := form.Lookup(res.Report.Form)
		for _, c := range export.Columns(&f)[:len(f.Cells())] {
			want, _ := (&export.Entry{Result: res}).Cell(c.Path).(report.Number)
			if got := rows[i][c.Name]; got != string(want) {
				t.Errorf("%s %s: %q, want %q", f.ID, c.Name, got, want)
			}
		}
	}
	names := map[string]string{}
	for _, c := range export.Union(form.All()) {
		names[c.Path] = c.Name
	}
	for name, want := range map[string]string{
		names[newTotal]: "=cmd()", names[newOther]: "+1", names[carried]: "?12", names[granted]: "/", names[secret]: "",
		"机关": "@SUM(A1:A9)", "标题": "-1+cmd|' /C calc'!A0", "落款机关": "'引号,\"与\n换行\n", "文件": "\t=1.docx", "结论": "有错误",
	} {
		if got := rows[2][name]; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, bad := range []string{`,=`, `,+`, `,@`, `,"=`, "\n="} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("a cell begins with %q", bad[1:])
		}
	}
	if got := rows[4]; got["结论"] != "未能转换" || got["未能转换的原因"] != "文件已损坏：第 3 页不能读取。" || got["收到时间"] != "2026-01-20T06:30:00Z" {
		t.Errorf("failure: %v", got)
	}
}

// An error of the entries is the export's.
func TestErrorsOfEntries(t *testing.T) {
	wrong := errors.New("wrong")
	for _, f := range export.Formats() {
		s := set()
		s.Entries = func(yield func(export.Entry, error) bool) {
			if yield(export.Entry{Result: made(1, "2021")}, nil) {
				yield(export.Entry{}, wrong)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b, s); !errors.Is(err, wrong) {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Name == "xlsx" && b.Len() > 0 {
			t.Error("half a workbook")
		}
	}
}

type brokenWriter struct{ left int }

var errBroken = errors.New("broken pipe")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestErrorsOfTheWriter(t *testing.T) {
	for _, f := range export.Formats() {
		for _, left := range []int{0, 100, 2000} {
			if err := f.Many().Write(&brokenWriter{left}, set(made(1, "2021"), made(2, "2019"))); !errors.Is(err, errBroken) {
				t.Errorf("%s, %d bytes: %v", f.Name, left, err)
			}
		}
	}
}

func TestJSONL(t *testing.T) {
	s := set(made(1, "2021"), made(2, "2019"))
	all := s.Entries
	s.Entries = func(yield func(export.Entry, error) bool) {
		all(yield)
		yield(failure(), nil)
	}
	var b bytes.Buffer
	if err := export.JSONL(&b, s); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	var res report.Result
	if err := json.Unmarshal([]byte(lines[1]), &res); err != nil {
		t.Fatal(err)
	}
	if c := report.Compare(made(2, "2019"), &res); !c.Empty() {
		t.Errorf("changed: %v", c.Values)
	}
	if !strings.HasPrefix(lines[2], `{"source":{`) || !strings.Contains(lines[2], `"error":{"code":"damaged"`) {
		t.Errorf("failure: %s", lines[2])
	}
}

// What people corrected is what is exported, and the findings that then hold.
func TestCorrections(t *testing.T) {
	res := made(1, "2021")
	res.Review = &report.Review{Version: 1, State: report.Checked, Corrections: []report.Correction{{Path: newTotal, Value: ptr("777")}},
		Validation: &report.Validation{Status: "warn", Warnings: 3}}
	before := (&export.Entry{Result: res}).Cell(newTotal)
	var b bytes.Buffer
	s := set()
	s.Entries = export.One(export.Entry{Result: res, Review: report.Checked})
	if err := export.CSV(&b, s); err != nil {
		t.Fatal(err)
	}
	row := readCSV(t, b.Bytes())[0]
	if row["一、本年新收政府信息公开申请数量·总计"] != "777" || row["结论"] != "有警告" || row["警告"] != "3" || row["核对"] != "已核对" {
		t.Errorf("%v", row)
	}
	if (&export.Entry{Result: res}).Cell(newTotal) != before {
		t.Error("the stored result was changed")
	}
}

func TestMarkdown(t *testing.T) {
	res := hostile()
	res.Report.Sections = []report.Section{
		{Key: "overview", Number: ptr("一"), Title: "总体情况", Text: "# 不是标题\n<script>alert(1)</script> | 与\n1. 不是列表"},
		{Key: "applications", Number: ptr("三"), Title: "收到和处理政府信息公开申请情况"},
	}
	var b bytes.Buffer
	if err := export.Markdown(&b, set(res, made(2, "2019"))); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{
		`# \-1+cmd\|' /C calc'\!A0`, "\n## 一、总体情况\n\n\\# 不是标题\n\n\\<script\\>alert(1)\\</script\\> \\| 与\n\n1\\. 不是列表\n",
		"| 一、本年新收政府信息公开申请数量 |", "| \\=cmd() |", "1. **错误** \\=HYPERLINK", "\n---\n", "**第二十条第（一）项**",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(text, "13812345678") {
		t.Error("a personal number is not masked")
	}
	if strings.Contains(text, "<script") && !strings.Contains(text, `\<script`) {
		t.Error("HTML")
	}
	width := 0
	for line := range strings.SplitSeq(text, "\n") { // every row of a table is as wide as its header
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if strings.HasPrefix(line, "|") && width > 0 && n != width {
			t.Fatalf("%d cells, the header has %d: %s", n-1, width-1, line)
		}
		width = 0
		if strings.HasPrefix(line, "|") {
			width = n
		}
	}
}
