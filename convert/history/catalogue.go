package history

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// Archived is a report and its result.
type Archived struct {
	ID     string
	Result *report.Result
}

// Input is what is compared.
type Input struct {
	Own Archived
	// Previous is the report in force of the same agency for the year before; nil
	// where there is none.
	Previous *Archived
	// PreviousLost: there is one, but its result cannot be read.
	PreviousLost bool
	// Others are reports of other agencies that have keys of Own's Sketch, the one
	// with most in common first; none is for a later year.
	Others []Archived
	// Spread is how many other agencies have each key of Own's Sketch; keys that
	// nobody has may be left out.
	Spread map[int64]int
	// Alone: no other report at all is there to compare prose with.
	Alone bool
	// Rollup is what the list of bodies has below the report's body; nil where there is
	// nothing below it, or the asker may not see all of it.
	Rollup *Rollup
	// Place is what the place has adjusted.
	Place Place
}

// Place is what a place adjusts of the rules; the zero Place adjusts nothing.
type Place struct {
	// Rules is the catalogue with other severities, or rules that are off; nil means
	// Catalogue.
	Rules []rules.Rule
	// Settings are the thresholds; those that are 0 are as DefaultSettings has them.
	Settings Settings
}

// Settings are the thresholds of the rules.
type Settings struct {
	// JumpAbove and JumpFactor: a figure above JumpAbove that changed more than
	// JumpFactor times is a jump.
	JumpAbove, JumpFactor int64
	// Repeated is how many figures that count something of the year (above 2) make
	// it remarkable that none of them changed.
	Repeated int
	// CopiedChapter and CopiedShare: a chapter is copied from the year before when
	// that many characters of its own wording, and that share of it, in percent, are
	// the same. CopiedReport and CopiedReportShare are the same for the whole report.
	CopiedChapter, CopiedShare      int
	CopiedReport, CopiedReportShare int
	// CopiedPassage: a passage of that many characters of own wording that another
	// agency's report has, too, is copied.
	CopiedPassage int
}

// DefaultSettings are the thresholds where nothing else is said. A jump is what the
// rule catalogue says; the rest is set by what reports that nobody copied have in
// common.
func DefaultSettings() Settings {
	return Settings{
		JumpAbove: 20, JumpFactor: 10, Repeated: 4,
		CopiedChapter: 60, CopiedShare: 80, CopiedReport: 150, CopiedReportShare: 50,
		CopiedPassage: 120,
	}
}

// complete puts the defaults where nothing is said.
func (s Settings) complete() Settings {
	d := DefaultSettings()
	return Settings{
		JumpAbove: cmp.Or(s.JumpAbove, d.JumpAbove), JumpFactor: cmp.Or(s.JumpFactor, d.JumpFactor), Repeated: cmp.Or(s.Repeated, d.Repeated),
		CopiedChapter: cmp.Or(s.CopiedChapter, d.CopiedChapter), CopiedShare: cmp.Or(s.CopiedShare, d.CopiedShare),
		CopiedReport: cmp.Or(s.CopiedReport, d.CopiedReport), CopiedReportShare: cmp.Or(s.CopiedReportShare, d.CopiedReportShare),
		CopiedPassage: cmp.Or(s.CopiedPassage, d.CopiedPassage),
	}
}

// rule is one rule and how it is judged.
type rule struct {
	rules.Rule
	judge func(*comparison) *verdict
}

// Catalogue lists the rules in the order in which they are judged and reported. The
// slice is the caller's.
func Catalogue() []rules.Rule {
	var out []rules.Rule
	for _, r := range catalogue() {
		out = append(out, r.Rule)
	}
	return out
}

func catalogue() []rule {
	return []rule{
		{rules.Rule{ID: "history.carry_over", Severity: report.SeverityError, Title: "结转数与上年不符", Needs: []rules.Need{rules.NeedYearBefore},
			Description: "每一列：“二、上年结转”等于同一机关上一年度报告的“四、结转下年度继续办理”（该报告已归档时）。"}, carryOver},
		{rules.Rule{ID: "history.in_force", Severity: report.SeverityWarning, Title: "现行有效件数与上年不衔接", Needs: []rules.Need{rules.NeedYearBefore}, Forms: []string{"2021"},
			Description: "2021年表格：现行有效件数＝上一年度报告的现行有效件数＋本年制发件数－本年废止件数（上一年度也用2021年表格时）。"}, inForce},
		{rules.Rule{ID: "history.previous_items", Severity: report.SeverityWarning, Title: "上一年项目数量与上年不符", Needs: []rules.Need{rules.NeedYearBefore}, Forms: []string{"2019"},
			Description: "2019年表格：上一年项目数量＝上一年度报告的上一年项目数量＋本年增/减（上一年度也用2019年表格时）。"}, previousItems},
		{rules.Rule{ID: "history.copied", Severity: report.SeverityWarning, Title: "文字照搬", Needs: []rules.Need{rules.NeedYearBefore, rules.NeedOthers},
			Description: "文字不照搬本机关上一年度或其他机关的报告；法定用语、套话、多家共用的模板和更新过数字的句子不计。"}, copied},
		{rules.Rule{ID: "history.jump", Severity: report.SeverityInfo, Title: "数字与上年相差悬殊或完全相同", Needs: []rules.Need{rules.NeedYearBefore},
			Description: "与本机关上一年度相比，没有大于20的数字变化超过十倍，也不是各项数字都与上年相同。"}, jump},
		{rules.Rule{ID: "history.growth", Severity: report.SeverityWarning, Title: "比上年的增减不符", Needs: []rules.Need{rules.NeedText, rules.NeedYearBefore},
			Description: "正文写明的申请数量比上年的增减（同比增长、较上年减少），与按本报告和上一年度报告的数字计算的结果相符（新收、连同上年结转、办理总数中有一种相符即可），相差不超过末位的半个单位。"}, growth},
		{rules.Rule{ID: "rollup.mismatch", Severity: report.SeverityError, Title: "汇总数与下级不符", Needs: []rules.Need{rules.NeedBelow},
			Description: "汇总下级的报告，每一格等于本级与名单上各下级之和（各下级当年的报告都已归档时；金额不计）。不知道本级的数字时，只看是否小于下级之和。"}, mismatch},
		{rules.Rule{ID: "rollup.child_missing", Severity: report.SeverityWarning, Title: "缺少下级的报告", Needs: []rules.Need{rules.NeedBelow},
			Description: "编制主体名单上本机关的每个下级（不编报的除外）都有当年的报告。"}, childMissing},
	}
}

// adjusted is the catalogue as the place has it.
func (p *Place) adjusted() []rule {
	list := catalogue()
	for i := range list {
		r := &list[i]
		at := slices.IndexFunc(p.Rules, func(x rules.Rule) bool { return x.ID == r.ID })
		if at < 0 {
			continue
		}
		r.Severity = p.Rules[at].Severity
		if why := p.Rules[at].Stopped(); why != "" {
			r.Forms, r.judge = nil, func(*comparison) *verdict { return inapplicable(why) }
		}
	}
	return list
}

// Judge compares a report with others. The same input always gives the same result.
func Judge(in Input) report.Context {
	c := &comparison{Input: in, Settings: in.Place.Settings.complete()}
	out := report.Context{Status: "pass", Rules: []report.Outcome{}, Findings: []report.Finding{}}
	undetermined := false
	for _, r := range in.Place.adjusted() {
		v := r.apply(c)
		undetermined = undetermined || v.outcome == report.Undetermined
		out.Rules = append(out.Rules, v.summary(r.ID))
		for _, f := range v.faults {
			out.Findings = append(out.Findings, r.finding(f))
		}
		switch r.Severity {
		case report.SeverityError:
			out.Errors += len(v.faults)
		case report.SeverityWarning:
			out.Warnings += len(v.faults)
		case report.SeverityInfo:
			out.Infos += len(v.faults)
		}
	}
	switch {
	case out.Errors > 0:
		out.Status = "fail"
	case out.Warnings > 0 || undetermined:
		out.Status = "warn"
	}
	return out
}

func (r *rule) apply(c *comparison) *verdict {
	if r.Forms != nil && !contains(r.Forms, c.Own.Result.Report.Form) {
		return inapplicable("本规则不适用于这种报表")
	}
	return r.judge(c)
}

func (r *rule) finding(f fault) report.Finding {
	sum := sha256.Sum256([]byte(r.ID + "\x00" + f.place))
	out := report.Finding{
		ID: hex.EncodeToString(sum[:6]), Rule: r.ID, Severity: r.Severity, Message: rules.Mask(f.message),
		Paths: f.paths, Expected: f.expected, Actual: f.actual, Compared: f.compared,
	}
	for i := range out.Compared {
		x := &out.Compared[i]
		x.Text, x.OtherText = rules.Mask(x.Text), rules.Mask(x.OtherText)
	}
	if f.quote != "" {
		q := rules.Mask(f.quote)
		out.Quote = &q
	}
	return out
}
