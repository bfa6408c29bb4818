package history

import (
	"strings"
	"testing"

	"nianbao/convert/report"
)

func TestCopiedFromTheYearBefore(t *testing.T) {
	const rule = "history.copied"
	before := made(t, "before", agency, 2022, ofYearText(bridges, 2022), problems)
	for name, tt := range map[string]struct {
		overview, problems string
		want               report.Judgement
		says               []string
	}{
		"all of it":            {bridges, problems, report.Failed, []string{"正文与本机关2022年度报告基本相同"}},
		"one chapter":          {schools, problems, report.Failed, []string{"“五、存在的主要问题及改进情况”部分与本机关2022年度报告基本相同"}},
		"nothing":              {schools, schoolProblems, report.Passed, nil},
		"one sentence":         {schools + strings.Split(bridges, "\n")[1], schoolProblems, report.Passed, nil},
		"boilerplate only":     {boilerplate, boilerplateProblems, report.NotApplicable, nil},
		"figures brought up":   {bridges, strings.NewReplacer("一是养护", "一是41处养护", "二是桥梁", "二是17块桥梁", "每月核对一次", "每月核对2次").Replace(problems), report.Failed, []string{"正文"}},
		"renumbered, unspaced": {schools, "(1)" + strings.ReplaceAll(strings.TrimPrefix(problems, "一是"), "\n", ""), report.Failed, []string{"五、"}},
	} {
		t.Run(name, func(t *testing.T) {
			own := made(t, "own", agency, 2023, tt.overview, tt.problems)
			want(t, Input{Own: own, Previous: &before}, rule, tt.want, tt.says...)
		})
	}
	own := made(t, "own", agency, 2023, boilerplate, boilerplateProblems)
	same := made(t, "before", agency, 2022, ofYearText(boilerplate, 2022), boilerplateProblems)
	want(t, Input{Own: own, Previous: &same}, rule, report.NotApplicable)
	own = made(t, "own", agency, 2023, bridges, problems)
	want(t, Input{Own: own, Alone: true}, rule, report.NotApplicable)
	want(t, Input{Own: own, PreviousLost: true}, rule, report.Undetermined)
	want(t, Input{Own: own}, rule, report.Passed)
	sister := made(t, "sister", "白石县交通运输局", 2023, bridges, problems)
	want(t, Input{Own: own, PreviousLost: true, Others: []Archived{sister}}, rule, report.Failed)
}

// The longest texts take no longer than others: what is beyond the bounds is not
// compared.
func TestLongProse(t *testing.T) {
	long := strings.Repeat(strings.ReplaceAll(bridges, "。", "，"), 200) + strings.Repeat(bridges, 300)
	a := made(t, "x", agency, 2023, long)
	runs := 0
	p := readProse(&a.Result.Report)
	for i := range p.sentences {
		runs += len(p.sentences[i].runs)
	}
	if len(p.sentences) > maxSentences || runs > maxRuns {
		t.Errorf("%d sentences, %d runs", len(p.sentences), runs)
	}
	want(t, Input{Own: a, Others: []Archived{made(t, "sister", "白石县交通运输局", 2023, long)}}, "history.copied", report.Failed)
}

// Sentences whose figures were brought up to date are not copied.
func TestUpdatedFiguresAreNotCopied(t *testing.T) {
	text := func(a, b, c string) string {
		return "全年在栏目里登出桥梁检测结论" + a + "份，回应骑手反映的照明盲区" + b + "处。清理失效的限行标志说明" + c + "份，渡口停航消息由调度员录入" + a + "次。" +
			"村口喇叭播报绕行路线" + b + "回，货车司机来电核实限载数据" + c + "通。道班台账挂网" + a + "本，监理单位当日签字" + b + "次。"
	}
	own := made(t, "own", agency, 2023, text("34", "12", "41"))
	before := made(t, "before", agency, 2022, text("29", "15", "38"))
	want(t, Input{Own: own, Previous: &before}, "history.copied", report.Passed)
	before = made(t, "before", agency, 2022, text("34", "12", "41"))
	want(t, Input{Own: own, Previous: &before}, "history.copied", report.Failed)
}

func TestCopiedFromAnotherAgency(t *testing.T) {
	const rule = "history.copied"
	const sister = "白石县交通运输局"
	others := func(texts ...string) []Archived { return []Archived{made(t, "sister", sister, 2023, texts...)} }
	half := strings.Join(strings.SplitAfter(bridges, "\n")[:3], "")
	for name, tt := range map[string]struct {
		own, other []string
		want       report.Judgement
		says       []string
	}{
		"full copy":        {[]string{bridges, problems}, []string{bridges, problems}, report.Failed, []string{"白石县交通运输局", "2023年度"}},
		"half copy":        {[]string{half + schools, schoolProblems}, []string{bridges, problems}, report.Failed, nil},
		"name replaced":    {[]string{strings.ReplaceAll(half, "我局", "云溪县交通运输局") + schools, schoolProblems}, []string{strings.ReplaceAll(bridges, "我局", "白石县交通运输局"), problems}, report.Failed, nil},
		"boilerplate only": {[]string{boilerplate + bridges, boilerplateProblems}, []string{boilerplate + schools, boilerplateProblems}, report.Passed, nil},
		"template":         {[]string{boilerplate + bridges + "渡口停航和桥梁封闭的消息按县里统一的格式在当日登出。", problems}, []string{boilerplate + schools + "渡口停航和桥梁封闭的消息按县里统一的格式在当日登出。", schoolProblems}, report.Passed, nil},
		"their own":        {[]string{bridges, problems}, []string{schools, schoolProblems}, report.Passed, nil},
	} {
		t.Run(name, func(t *testing.T) {
			own := made(t, "own", agency, 2023, tt.own...)
			in := Input{Own: own, Others: others(tt.other...)}
			want(t, in, rule, tt.want, tt.says...)
			if tt.want != report.Failed {
				return
			}
			_, found := judged(t, in, rule)
			if len(found[0].Compared) == 0 || found[0].Compared[0].Report != "sister" || found[0].Compared[0].Text == "" || found[0].Quote == nil {
				t.Errorf("the passages are not shown: %+v", found[0])
			}
		})
	}
}

// A short report that is copied as it stands, figures and all, is one; the same words
// with figures of one's own are a template.
func TestShortCopies(t *testing.T) {
	text := func(n, m string) string {
		return "全年通过各类平台发出桥梁检测结论" + n + "份，其中渡口停航消息" + m + "条。健全值班录入制度，受理司机来电" + m + "通，办结率九成。依托县政府网站和养护屏两个渠道发布，设置公示栏供村民查阅。"
	}
	own := made(t, "own", agency, 2023, text("58", "12"))
	for other, outcome := range map[string]report.Judgement{text("58", "12"): report.Failed, text("61", "9"): report.Passed} {
		want(t, Input{Own: own, Others: []Archived{made(t, "sister", "白石县交通运输局", 2023, other)}}, "history.copied", outcome)
	}
}

// What is said of contact is the same each year.
func TestContactIsNotProse(t *testing.T) {
	a := made(t, "x", agency, 2023, "如对本报告有疑问，请与云溪县交通运输局办公室联系，联系电话0555-1234567，联系地址云溪县渡口路88号。本报告所列数据的统计期限为2023年1月1日至12月31日。")
	if p := readProse(&a.Result.Report); len(p.sentences) != 0 {
		t.Errorf("%+v", p.sentences)
	}
}

// What many agencies have is a template.
func TestTemplatesAreNotCopied(t *testing.T) {
	own := made(t, "own", agency, 2023, bridges, problems)
	sister := made(t, "sister", "白石县交通运输局", 2023, bridges, problems)
	spread := map[int64]int{}
	for _, k := range Sketch(&own.Result.Report) {
		spread[k] = template
	}
	want(t, Input{Own: own, Others: []Archived{sister}, Spread: spread}, "history.copied", report.Passed)
	for k := range spread {
		spread[k] = 1
	}
	want(t, Input{Own: own, Others: []Archived{sister}, Spread: spread}, "history.copied", report.Failed)
}

func TestSketch(t *testing.T) {
	keys := func(agency string, year int, texts ...string) map[int64]bool {
		out := map[int64]bool{}
		a := made(t, "x", agency, year, texts...)
		for _, k := range Sketch(&a.Result.Report) {
			out[k] = true
		}
		return out
	}
	common := func(a, b map[int64]bool) (n int) {
		for k := range a {
			if b[k] {
				n++
			}
		}
		return n
	}
	a := keys(agency, 2023, bridges, problems)
	if len(a) < 5 {
		t.Errorf("%d keys", len(a))
	}
	if b := keys("白石县交通运输局", 2022, ofYearText(bridges, 2022), problems); common(a, b) != len(a) {
		t.Errorf("another agency and year: %d of %d keys", common(a, b), len(a))
	}
	if b := keys(agency, 2023, schools, schoolProblems); common(a, b) != 0 {
		t.Errorf("other prose: %d keys", common(a, b))
	}
	if b := keys(agency, 2023, strings.NewReplacer("三十四座", "四十座", "直接录入", "随手录入").Replace(bridges), problems); common(a, b) < len(a)/2 {
		t.Errorf("touched up: %d of %d keys", common(a, b), len(a))
	}
	if b := keys(agency, 2023, boilerplate, boilerplateProblems); len(b) > 2 {
		t.Errorf("boilerplate: %d keys", len(b))
	}
	var long strings.Builder
	for i := range 500 {
		long.WriteString("第" + strings.Repeat(string(rune('一'+i)), 3) + "座桥梁由" + strings.Repeat(string(rune('三'+i)), 4) + "工班负责照看。")
	}
	if b := keys(agency, 2023, long.String()); len(b) != MaxSketch {
		t.Errorf("a long report: %d keys", len(b))
	}
	if Sketch(&report.Report{}) == nil {
		t.Error("no report: nil")
	}
}

// Two reports of one made-up agency keep what they say when names differ in kind.
func TestNamesAreLeftOut(t *testing.T) {
	for _, tt := range [][3]string{
		{"江州市云溪县青石镇人民政府", "青石镇把渡口的停航消息登在云溪县的栏目里。", "〇把渡口的停航消息登在〇的栏目里"},
		{"云溪区松陵街道办事处", "松陵街道办事处在松陵广场设点，全街道通报。", "〇在〇广场设点〇通报"},
		{"云溪县教育局", "县教育局与云溪县教育局同在一楼。", "县〇与〇同在一楼"},
	} {
		year := 2023
		n := newNormal(&report.Report{Agency: &tt[0], Year: &year})
		if got := string(n.form(tt[1])); got != tt[2] {
			t.Errorf("%s: %s, want %s", tt[0], got, tt[2])
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add(bridges+problems, "云溪县青石镇人民政府", 2023)
	f.Add("（一）。；\n2023年", "", 0)
	f.Add("\xff\x00一是", "局", -1)
	f.Fuzz(func(t *testing.T, text, agency string, year int) {
		r := &report.Report{Agency: &agency, Year: &year, Sections: []report.Section{{Text: text}}}
		p := readProse(r)
		for _, s := range p.sentences {
			if s.start < 0 || s.end > len(text) || s.start >= s.end || s.weight < minWeight || len(s.runs) == 0 {
				t.Errorf("sentence %+v of %q", s, text)
			}
		}
		own := Archived{ID: "a", Result: &report.Result{Report: *r}}
		again := Judge(Input{Own: own, Previous: &own, Others: []Archived{own}})
		if p.weight >= DefaultSettings().CopiedReport && again.Warnings == 0 {
			t.Errorf("a copy of itself is not found: %q", text)
		}
	})
}

// BenchmarkJudge is one report with a year before and five candidates.
func BenchmarkJudge(b *testing.B) {
	own := made(b, "own", agency, 2023, strings.Repeat(bridges, 5), strings.Repeat(problems, 3))
	before := made(b, "before", agency, 2022, strings.Repeat(ofYearText(bridges, 2022), 5), strings.Repeat(problems, 3))
	in := Input{Own: own, Previous: &before}
	for range 5 {
		in.Others = append(in.Others, made(b, "other", "白石县教育局", 2023, strings.Repeat(schools, 5), strings.Repeat(schoolProblems, 3)))
	}
	b.ReportAllocs()
	for b.Loop() {
		Judge(in)
	}
}

// BenchmarkSketch is what a report costs when it is taken in.
func BenchmarkSketch(b *testing.B) {
	own := made(b, "own", agency, 2023, strings.Repeat(bridges, 5), strings.Repeat(problems, 3))
	b.ReportAllocs()
	for b.Loop() {
		Sketch(&own.Result.Report)
	}
}
