package local_test

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert"
	"nianbao/convert/form"
	"nianbao/convert/local"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/extract"
)

const example = `# 青柳市
rules:
  structure.section_missing: {severity: 警告}
  applications.balance:
    off: true
  identity.title_wording: {severity: error}
sections:
  - title: 创新性做法
    aliases: [工作创新情况]
labels:
  行政事业性收费: [收费与罚没]
  属于国家秘密: [国家秘密]
chapters:
  总体情况: [年度工作概况]
bodies: 主体.csv
`

func read(t *testing.T, text string) *local.Local {
	t.Helper()
	l, err := local.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestRead(t *testing.T) {
	l := read(t, example)
	list := l.Rules()
	severity := func(id string) report.Severity {
		return list[slices.IndexFunc(list, func(r rules.Rule) bool { return r.ID == id })].Severity
	}
	if severity("structure.section_missing") != report.SeverityWarning || severity("identity.title_wording") != report.SeverityError ||
		severity("table.missing") != report.SeverityError || len(list) != len(rules.Catalogue()) {
		t.Errorf("%+v", list)
	}
	if s := l.Sections(); len(s) != 1 || s[0].Title != "创新性做法" || !slices.Equal(s[0].Aliases, []string{"工作创新情况"}) {
		t.Errorf("sections %+v", s)
	}
	if l.Bodies() != "主体.csv" {
		t.Errorf("bodies %q", l.Bodies())
	}
}

// Rules that compare with other reports are adjusted alike, and change no version.
func TestHistory(t *testing.T) {
	l := read(t, "rules:\n  history.copied: {severity: info}\n  history.jump: {off: true}\nhistory: {jump_factor: 5}\n")
	all := l.Catalogue()
	at := func(id string) rules.Rule {
		return all[slices.IndexFunc(all, func(r rules.Rule) bool { return r.ID == id })]
	}
	if at("history.copied").Severity != report.SeverityInfo || at("history.jump").Stopped() == "" || at("history.carry_over").Severity != report.SeverityError {
		t.Errorf("%+v", all)
	}
	if s := l.History().Settings; s.JumpFactor != 5 || s.JumpAbove != 0 {
		t.Errorf("thresholds %+v", s)
	}
	var none *local.Local
	if v := l.Versions("p"); v != none.Versions("p") {
		t.Errorf("versions %+v", v)
	}
	if len(none.Catalogue()) != len(all) || len(none.Rules()) != len(l.Rules()) {
		t.Errorf("%d and %d rules", len(none.Catalogue()), len(all))
	}
	if _, err := local.Read(strings.NewReader("history: {jump_above: 0}")); err == nil || !strings.Contains(err.Error(), "jump_above") {
		t.Errorf("a threshold of 0: %v", err)
	}
}

func TestReadNothing(t *testing.T) {
	for _, text := range []string{"", "\n", "# 尚未填写\n", "rules:\n"} {
		if v := read(t, text).Versions("p"); v != (report.Versions{Program: "p", Forms: form.Version, Rules: rules.Version}) {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

func TestMistakes(t *testing.T) {
	for text, wants := range map[string][]string{
		"rules: [":                      {"第 1 行"},
		"labels:\n  处罚数: !x 罚":          {"不是有效的 YAML", "标签"},
		"rule: {}":                      {"第 1 行", "没有这一项", "rule"},
		"\n\nrules:\n  a.b: {of: true}": {"第 4 行", "of"},
		"rules:\n  a.b: {off: true}\n  table.missing: {severity: grave}\nlabels: {处罚数: [x]}\nchapters: {概况: [y]}\nsections: [{aliases: [z]}]": {
			`没有规则 "a.b"`, `table.missing 的 severity "grave"`, "没有“处罚数”", "没有“概况”", "sections 第 1 项没有 title"},
		strings.Repeat("#", local.MaxBytes+1): {"超过"},
	} {
		_, err := local.Read(strings.NewReader(text))
		if err == nil {
			t.Errorf("%.40q is taken", text)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%.40q: %v, want %s", text, err, want)
			}
		}
	}
}

// TestVersions: what changes a result changes its versions, and nothing else does.
func TestVersions(t *testing.T) {
	base := read(t, example).Versions("p")
	same := read(t, strings.ReplaceAll(strings.ReplaceAll(example, "# 青柳市", "# 另一处"), "bodies: 主体.csv", "")).Versions("p")
	if base != same || !strings.HasPrefix(base.Forms, form.Version+"+") || !strings.HasPrefix(base.Rules, rules.Version+"+") {
		t.Errorf("%+v and %+v", base, same)
	}
	if v := read(t, strings.Replace(example, "off: true", "severity: info", 1)).Versions("p"); v.Rules == base.Rules || v.Forms != base.Forms {
		t.Errorf("another rule: %+v", v)
	}
	if v := read(t, strings.Replace(example, "收费与罚没", "罚没", 1)).Versions("p"); v.Rules != base.Rules || v.Forms == base.Forms {
		t.Errorf("another wording: %+v", v)
	}
}

func document(paragraphs ...string) *extract.Document {
	d := &extract.Document{}
	for _, p := range paragraphs {
		d.Blocks = append(d.Blocks, extract.Block{Type: extract.Paragraph, Text: p})
	}
	return d
}

// TestConvert: the settings reach the result.
func TestConvert(t *testing.T) {
	l := read(t, example)
	doc := document("青柳市教育局2022年政府信息公开工作年度报告", "一、年度工作概况", "平稳有序。", "七、工作创新情况", "开设专栏。")
	with := func(doc *extract.Document, l *local.Local) *report.Result {
		return convert.Convert(&extract.Extraction{Format: extract.FormatDOCX, Document: doc}, report.Source{}, convert.Options{Program: "p", Local: l})
	}
	missing := func(r *report.Result) (said []string) {
		for _, f := range r.Validation.Findings {
			if f.Rule == "structure.section_missing" {
				said = append(said, f.Message)
				if f.Severity != report.SeverityWarning {
					t.Errorf("severity %s", f.Severity)
				}
			}
		}
		return said
	}
	res := with(doc, l)
	if said := strings.Join(missing(res), ""); strings.Contains(said, "总体情况") || strings.Contains(said, "创新") || !strings.Contains(said, "其他需要报告") {
		t.Errorf("missing: %s", said)
	}
	if res.Versions != l.Versions("p") {
		t.Errorf("versions %+v", res.Versions)
	}
	res = with(document("青柳市教育局2022年政府信息公开工作年度报告", "一、年度工作概况", "平稳有序。"), l)
	if said := strings.Join(missing(res), ""); !strings.Contains(said, "缺少本地要求的“创新性做法”部分") {
		t.Errorf("missing: %s", said)
	}
	for _, o := range res.Validation.Rules {
		if o.ID == "applications.balance" && (o.Outcome != report.NotApplicable || o.Reason == nil || *o.Reason != "按本地规则停用") {
			t.Errorf("switched off: %+v", o)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(example)
	f.Add("rules: {table.missing: {severity: 提示}}")
	f.Add("labels:\n  收费: !x 缴费\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := local.Read(strings.NewReader(text))
		if err == nil && len(l.Rules()) != len(rules.Catalogue()) {
			t.Error("rules are lost")
		}
	})
}
