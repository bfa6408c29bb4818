package review

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/report"
)

const (
	newTotal = "/report/applications/new/total"
	newOther = "/report/applications/new/other"
	fees     = "/report/proactive_disclosure/administrative_fees/amount_10k_yuan"
)

// sample is a result with a number, a placeholder, an unreadable cell, and one that
// the printed table does not have.
func sample() *report.Result {
	leaf := func(name, value string) *report.Node {
		n := &report.Node{Name: name}
		if value != "" {
			v := report.Number(value)
			n.Value = &v
		}
		return n
	}
	title, year := "云溪县教育局2023年政府信息公开工作年度报告", 2023
	return &report.Result{
		Report: report.Report{
			Title: &title, Year: &year, Form: "2021", SignedOn: &report.Date{Year: 2024, Month: 1, Day: 18},
			Applications: &report.Node{Name: "applications", Children: []*report.Node{
				{Name: "new", Children: []*report.Node{leaf("natural_person", "9"), leaf("business", ""), leaf("other", ""), leaf("total", "11")}},
			}},
			ProactiveDisclosure: &report.Node{Name: "proactive_disclosure", Children: []*report.Node{
				{Name: "administrative_fees", Children: []*report.Node{leaf("amount_10k_yuan", "")}},
			}},
		},
		Provenance: map[string]report.Place{
			"/report/applications/new/natural_person": {Text: "9", State: report.StateNumber},
			"/report/applications/new/business":       {Text: "/", State: report.StatePlaceholder},
			newOther:                                  {Text: "", State: report.StateBlank},
			newTotal:                                  {Text: "11件", State: report.StateNumber},
			fees:                                      {Text: "若干", State: report.StateText},
		},
		Validation: report.Validation{
			Status: "fail", Errors: 1, Warnings: 1, Infos: 1,
			Rules: []report.Outcome{{ID: "applications.row_total"}, {ID: "table.cell_blank"}, {ID: "identity.title_wording"}},
			Findings: []report.Finding{
				{ID: "e", Rule: "applications.row_total", Severity: report.SeverityError, Message: "总计不对", Paths: []string{newTotal}, Expected: 9, Actual: 11},
				{ID: "w", Rule: "table.cell_blank", Severity: report.SeverityWarning, Message: "有空白", Paths: []string{newOther}},
				{ID: "i", Rule: "identity.title_wording", Severity: report.SeverityInfo, Message: "写法", Paths: []string{"/report/title"}},
			},
		},
	}
}

func matter() *Matter {
	res, now := sample(), Fold(nil)
	return &Matter{Result: res, Findings: res.Validation.Findings, Now: &now}
}

// said completes a statement that is right.
func said(t testing.TB, m *Matter, s report.Statement) report.Statement {
	t.Helper()
	out, err := m.Complete(s)
	if err != nil {
		t.Fatalf("%+v: %v", s, err)
	}
	return out
}

// TestValues: a value is read as the program reads cells, held against the kind of
// its cell, and written in one form.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		path, value string
		want        string // "-" for nothing
		wrong       string // a part of what is wrong
	}{
		{newTotal, "12", "12", ""},
		{newTotal, "１２", "12", ""},
		{newTotal, " 1,234 件", "1234", ""},
		{newTotal, "", "-", ""},
		{newTotal, "/", "/", ""},
		{newTotal, "—", "—", ""},
		{newTotal, "十二", "12", ""},
		{newTotal, "若干", "", "不是数字"},
		{newTotal, "1.5", "", "整数"},
		{newTotal, "-3", "", "不小于0"},
		{newTotal, "11", "", "不需要更正"},
		{newTotal, strings.Repeat("9", 40), "", "不是数字"},
		{newOther, "", "", "不需要更正"},
		{newOther, "0", "0", ""},
		{fees, "160.5964", "160.5964", ""},
		{fees, "160万元", "160", ""},
		{fees, "160元", "", "万元"},
		{fees, "-1", "", "不小于0"},
		{"/report/proactive_disclosure/regulations/issued", "1", "", "没有这一项"},
		{"/report/applications/new", "1", "", "没有这一项"},
		{"/report/sections/0/text", "改写", "", "没有这一项"},
		{"applications/new/total", "1", "", "没有这一项"},
		{"", "1", "", "没有这一项"},
		{"/report/year", "2022", "2022", ""},
		{"/report/year", "2022年", "2022", ""},
		{"/report/year", "二十", "", "不是年度"},
		{"/report/year", "2023", "", "不需要更正"},
		{"/report/agency", " 云溪县\n教育局 ", "云溪县 教育局", ""},
		{"/report/agency", strings.Repeat("局", 201), "", "200个字"},
		{"/report/agency", "", "", "不需要更正"},
		{"/report/title", "", "-", ""},
		{"/report/signed_on", "2024年1月20日", "2024-01-20", ""},
		{"/report/signed_on", "2024/1/18", "", "不需要更正"},
		{"/report/signed_on", "2024-02-30", "", "不是日期"},
		{"/report/signed_by", "云溪县教育局", "云溪县教育局", ""},
	} {
		value := &c.value
		if c.value == "" {
			value = nil
		}
		got, err := matter().Complete(report.Statement{Act: report.ActCorrect, Path: c.path, Value: value})
		shown := "-"
		if got.Value != nil {
			shown = *got.Value
		}
		switch {
		case c.wrong == "" && (err != nil || shown != c.want):
			t.Errorf("%s %q: %q, %v; want %q", c.path, c.value, shown, err, c.want)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%s %q: %v; want %q", c.path, c.value, err, c.wrong)
		}
	}
}

// TestComplete: what is recorded has what was read, or what the finding said.
func TestComplete(t *testing.T) {
	m := matter()
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	value := "9"
	got := said(t, m, report.Statement{N: 7, Act: report.ActCorrect, Path: newTotal, Value: &value, Note: " 看\u202e错\x00了\r\n第二行 ", By: "甲", At: at})
	want := report.Statement{N: 7, Act: report.ActCorrect, Path: newTotal, Label: "一、本年新收政府信息公开申请数量·总计", Read: ref("11"), Value: &value,
		Note: "看错了\n第二行", By: "甲", At: at}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("correct (-want +got):\n%s", d)
	}
	got = said(t, m, report.Statement{Act: report.ActDismiss, Finding: "e", Note: "误读", Value: &value, Path: "x"})
	want = report.Statement{Act: report.ActDismiss, Finding: "e", Rule: "applications.row_total", Severity: report.SeverityError,
		Message: "总计不对", Fingerprint: Fingerprint(&m.Findings[0]), Note: "误读"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("dismiss (-want +got):\n%s", d)
	}
	for _, c := range []struct {
		s       report.Statement
		field   string
		unknown bool
	}{
		{report.Statement{Act: report.ActDismiss, Finding: "e"}, "note", false},
		{report.Statement{Act: report.ActDismiss, Finding: "e", Note: " 否 "}, "note", false},
		{report.Statement{Act: report.ActConfirm, Finding: "e", Note: strings.Repeat("字", 1001)}, "note", false},
		{report.Statement{Act: report.ActConfirm, Finding: "nobody"}, "finding", true},
		{report.Statement{Act: report.ActConfirm}, "finding", true},
		{report.Statement{Act: report.ActUndecide, Finding: "nobody"}, "finding", true},
		{report.Statement{Act: report.ActUncorrect, Path: "/report/nothing"}, "path", true},
		{report.Statement{Act: "praise"}, "act", false},
		{report.Statement{Act: report.ActAttach, Body: "b"}, "act", false},
	} {
		_, err := m.Complete(c.s)
		var wrong Mistakes
		if !errors.As(err, &wrong) || len(wrong) != 1 || wrong[0].Field != c.field || wrong[0].Unknown != c.unknown {
			t.Errorf("%+v: %v", c.s, err)
		}
	}
	// All mistakes at once.
	_, err := m.Complete(report.Statement{Act: report.ActCorrect, Path: newTotal, Value: ref("多"), Note: strings.Repeat("字", 1001)})
	var wrong Mistakes
	if !errors.As(err, &wrong) || len(wrong) != 2 {
		t.Errorf("two mistakes: %v", err)
	}
	said(t, m, report.Statement{Act: report.ActConfirm, Finding: "e", Note: strings.Repeat("字", MaxNote)})
}

// TestTakeBack: what is decided or corrected can be taken back, also when it has gone.
func TestTakeBack(t *testing.T) {
	m := matter()
	decided := said(t, m, report.Statement{N: 1, Act: report.ActConfirm, Finding: "e"})
	moved := said(t, m, report.Statement{N: 2, Act: report.ActCorrect, Path: newTotal, Value: ref("9")})
	now := Fold([]report.Statement{decided, moved})
	m.Now, m.Findings, m.Result = &now, nil, &report.Result{}
	undo := said(t, m, report.Statement{N: 3, Act: report.ActUndecide, Finding: "e"})
	back := said(t, m, report.Statement{N: 4, Act: report.ActUncorrect, Path: newTotal})
	if undo.Message != "总计不对" || back.Label == "" {
		t.Errorf("%+v, %+v", undo, back)
	}
	r := Fold([]report.Statement{decided, moved, undo, back})
	if len(r.Decisions)+len(r.Corrections) != 0 || r.Version != 4 {
		t.Errorf("%+v", r)
	}
}

// TestCount: what is dismissed is open no more, unless it comes to speak of something
// else.
func TestCount(t *testing.T) {
	m := matter()
	statements := []report.Statement{
		said(t, m, report.Statement{N: 1, Act: report.ActDismiss, Finding: "e", Note: "原件无误"}),
		said(t, m, report.Statement{N: 2, Act: report.ActConfirm, Finding: "w"}),
	}
	count := func(v report.Validation) [3]int {
		r := Fold(statements)
		Count(&r, &v, nil)
		return [3]int{r.OpenErrors, r.OpenWarnings, r.Undecided}
	}
	v := m.Result.Validation
	if got := count(v); got != [3]int{0, 1, 0} {
		t.Errorf("open %v", got)
	}
	// As it comes back from storage, and in other words.
	stored, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var again report.Validation
	if err := json.Unmarshal(stored, &again); err != nil {
		t.Fatal(err)
	}
	again.Findings[0].Message = "总计填的是11，各列相加为9"
	if got := count(again); got != [3]int{0, 1, 0} {
		t.Errorf("open after storage %v", got)
	}
	again.Findings[0].Actual = json.Number("12")
	if got := count(again); got != [3]int{1, 1, 1} {
		t.Errorf("open after a change %v", got)
	}
	r := Fold(statements)
	Count(&r, &again, nil)
	if d := r.Decision("e"); d.Stale != report.StaleChanged || d.Verdict != report.Dismissed {
		t.Errorf("%+v", d)
	}
	again.Findings = again.Findings[1:]
	Count(&r, &again, nil)
	if d := r.Decision("e"); d.Stale != report.StaleGone {
		t.Errorf("%+v", d)
	}
	// Of a rule beside other reports nothing can be said without these.
	r.Decisions[0].Rule = "history.jump"
	Count(&r, &again, nil)
	if r.Decisions[0].Stale != "" {
		t.Errorf("%+v", r.Decisions[0])
	}
	Count(&r, &again, &report.Context{})
	if r.Decisions[0].Stale != report.StaleGone {
		t.Errorf("%+v", r.Decisions[0])
	}
}

// TestApply: corrections are in the report and its places, and what was read stays
// beside them.
func TestApply(t *testing.T) {
	res := sample()
	Apply([]report.Correction{
		{Path: newTotal, Value: ref("9")}, {Path: newOther, Value: ref("/")}, {Path: fees}, {Path: "/report/applications/new/business", Value: ref("3")},
		{Path: "/report/agency", Value: ref("云溪县教育局")}, {Path: "/report/year", Value: ref("2022")}, {Path: "/report/signed_on"},
		{Path: "/report/applications/gone", Value: ref("1")}, {Path: "/report/sections/0", Value: ref("1")},
	}, &res.Report, res.Provenance)
	b, err := json.Marshal(res.Report.Applications)
	if err != nil || string(b) != `{"new":{"natural_person":9,"business":3,"other":null,"total":9}}` {
		t.Errorf("%s, %v", b, err)
	}
	want := map[string]report.Place{
		newTotal: {Text: "11件", State: report.StateNumber, Corrected: true}, newOther: {State: report.StatePlaceholder, Corrected: true},
		fees: {Text: "若干", State: report.StateBlank, Corrected: true}, "/report/applications/new/business": {Text: "/", State: report.StateNumber, Corrected: true},
		"/report/applications/new/natural_person": {Text: "9", State: report.StateNumber},
	}
	if d := cmp.Diff(want, res.Provenance); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	r := &res.Report
	if *r.Agency != "云溪县教育局" || *r.Year != 2022 || r.SignedOn != nil {
		t.Errorf("%v %v %v", *r.Agency, *r.Year, r.SignedOn)
	}
}

func TestStale(t *testing.T) {
	res := sample()
	list := []report.Correction{{Path: newTotal, Read: ref("11")}, {Path: "/report/agency"}, {Path: fees, Read: ref("若干")}}
	stale := func() (out []report.Staleness) {
		Stale(list, res)
		for _, c := range list {
			out = append(out, c.Stale)
		}
		return out
	}
	if got := stale(); !cmp.Equal(got, []report.Staleness{"", "", ""}) {
		t.Errorf("%v", got)
	}
	*res.Report.Applications.At("new/total").Value = "9"
	res.Report.ProactiveDisclosure = nil
	if got := stale(); !cmp.Equal(got, []report.Staleness{report.StaleChanged, "", report.StaleGone}) {
		t.Errorf("%v", got)
	}
}

// TestSince: what was said of the same thing matters, for a mark all of it.
func TestSince(t *testing.T) {
	all := []report.Statement{
		{N: 3, Act: report.ActConfirm, Finding: "e"}, {N: 5, Act: report.ActCorrect, Path: newTotal}, {N: 6, Act: report.ActUndecide, Finding: "e"},
	}
	for _, c := range []struct {
		s    report.Statement
		seen int
		want int
	}{
		{report.Statement{Act: report.ActDismiss, Finding: "e"}, 0, 2}, {report.Statement{Act: report.ActDismiss, Finding: "e"}, 3, 1},
		{report.Statement{Act: report.ActDismiss, Finding: "e"}, 6, 0}, {report.Statement{Act: report.ActDismiss, Finding: "w"}, 0, 0},
		{report.Statement{Act: report.ActUncorrect, Path: newTotal}, 4, 1}, {report.Statement{Act: report.ActCheck}, 3, 2},
	} {
		if got := Since(all, &c.s, c.seen); len(got) != c.want {
			t.Errorf("%+v after %d: %+v", c.s, c.seen, got)
		}
	}
}

// TestOrderOfIndependentStatements: statements about different things may be made in
// any order, and statements may be read in any order: the same holds.
func TestOrderOfIndependentStatements(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := matter()
	about := [][]report.Statement{}
	for _, f := range []string{"e", "w", "i"} {
		about = append(about, []report.Statement{{Act: report.ActConfirm, Finding: f}, {Act: report.ActDismiss, Finding: f, Note: "不成立"}, {Act: report.ActUndecide, Finding: f}})
	}
	for _, p := range []string{newTotal, newOther, fees} {
		about = append(about, []report.Statement{{Act: report.ActCorrect, Path: p, Value: ref("7")}, {Act: report.ActUncorrect, Path: p}, {Act: report.ActCorrect, Path: p, Value: ref("8")}})
	}
	about = append(about, []report.Statement{{Act: report.ActCheck}, {Act: report.ActReturn, Note: "请改"}, {Act: report.ActUnmark}})
	for range 500 {
		var queues [][]report.Statement
		total := 0
		for _, one := range about {
			q := one[:r.IntN(len(one)+1)]
			total += len(q)
			queues = append(queues, q)
		}
		first := interleave(t, r, m, queues, total)
		second := interleave(t, r, m, queues, total)
		a := Fold(first)
		r.Shuffle(len(second), func(i, j int) { second[i], second[j] = second[j], second[i] })
		b := Fold(second)
		for _, x := range []*report.Review{&a, &b} {
			if x.Mark != nil {
				x.Mark.Later = 0 // it is about the order
			}
			Count(x, &m.Result.Validation, nil)
		}
		if d := cmp.Diff(a, b); d != "" {
			t.Fatalf("of\n%+v\nand\n%+v:\n%s", first, second, d)
		}
	}
}

// interleave says what is in the queues, each in its order, in a random order.
func interleave(t *testing.T, r *rand.Rand, m *Matter, queues [][]report.Statement, total int) (out []report.Statement) {
	t.Helper()
	at := make([]int, len(queues))
	for len(out) < total {
		q := r.IntN(len(queues))
		if at[q] == len(queues[q]) {
			continue
		}
		s := said(t, m, queues[q][at[q]])
		s.N = len(out) + 1
		at[q]++
		out = append(out, s)
	}
	return out
}

// TestHolds: what is said holds until something else is said of the same.
func TestHolds(t *testing.T) {
	m := matter()
	var all []report.Statement
	for i, s := range []report.Statement{
		{Act: report.ActConfirm, Finding: "e"}, {Act: report.ActDismiss, Finding: "e", Note: "不成立"}, {Act: report.ActCorrect, Path: newTotal, Value: ref("9")},
		{Act: report.ActUncorrect, Path: newTotal}, {Act: report.ActUndecide, Finding: "e"}, {Act: report.ActCheck}, {Act: report.ActReturn, Note: "改"}, {Act: report.ActUnmark},
	} {
		now := Fold(all)
		m.Now = &now
		full := said(t, m, s)
		if Holds(&now, &full) {
			t.Errorf("%+v holds before it is said", full)
		}
		full.N = i + 1
		all = append(all, full)
		after := Fold(all)
		if !Holds(&after, &full) {
			t.Errorf("%+v does not hold", full)
		}
	}
	marked := Fold([]report.Statement{{N: 1, Act: report.ActCheck}, {N: 2, Act: report.ActConfirm, Finding: "e"}})
	if Holds(&marked, &report.Statement{Act: report.ActCheck}) || marked.Mark.Later != 1 {
		t.Error("checking again after something was said is nothing new")
	}
}

func TestCompare(t *testing.T) {
	before, after := sample(), sample()
	number := "一"
	before.Report.Sections = []report.Section{
		{Key: "overview", Number: &number, Title: "总体情况", Text: "全年收到申请11件。\n制度健全。"}, {Key: "applications", Title: "申请", Text: "无"},
		{Key: "other", Title: "附件", Text: "附表一"},
	}
	after.Report.Sections = []report.Section{
		{Key: "applications", Title: "申请", Text: "无"}, {Key: "overview", Title: "总体情况", Text: "全年收到申请9件。\n制度健全。"}, {Key: "other_matters", Title: "其他", Text: "无其他事项。"},
	}
	*after.Report.Applications.At("new/total").Value = "9"
	after.Validation.Findings = after.Validation.Findings[1:]
	c := Compare(before, after)
	b, err := json.Marshal(c.Chapters)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"key":"overview","before":"一、总体情况","after":"总体情况","paragraphs":[{"op":"changed","pieces":[{"op":"same","text":"全年收到申请"},{"op":"gone","text":"11"},{"op":"new","text":"9"},{"op":"same","text":"件。"}]},{"op":"same","text":"制度健全。"}]},` +
		`{"key":"other_matters","before":"","after":"其他","paragraphs":[{"op":"new","text":"无其他事项。"}]},` +
		`{"key":"other","before":"附件","after":"","paragraphs":[{"op":"gone","text":"附表一"}]}]`
	if string(b) != want || c.SameChapters != 1 {
		t.Errorf("%d the same, and\n%s\nwant\n%s", c.SameChapters, b, want)
	}
	if len(c.Changes.Gone) != 1 || len(c.Changes.New) != 0 || len(c.Changes.Values) == 0 || c.Changes.Values[0].String() != newTotal+"：11 → 9" {
		t.Errorf("%+v", c.Changes)
	}
}
