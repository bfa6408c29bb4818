package rules

import (
	"math/big"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/report"
)

// wrongUnits are measure words that applications are counted in by mistake. 宗 is
// the southern word for 件.
var wrongUnits = map[string]bool{"条": true, "次": true, "个": true, "份": true, "项": true, "篇": true, "例": true, "起": true, "人次": true, "人": true, "笔": true, "封": true}

// narrativeUnit finds applications counted in anything but 件, and figures that
// no unit can make sense of.
func narrativeUnit(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Figure < 0 {
			continue
		}
		s := c.sentence(x)
		f := &s.Figures[x.Figure]
		reason := ""
		switch {
		case impossible(s, f):
			reason = "“" + f.Printed + f.Unit + "”不可能，疑为单位有误"
		case c.countsApplications(x, f) && wrongUnits[f.Unit]:
			reason = "“" + inner.Replace(clip(x.Label)) + "”以“" + f.Unit + "”计，申请应以“件”计"
		case x.Subject == claims.New || f.Multiplied:
			v.pass()
			continue
		default:
			continue
		}
		v.fail(fault{
			place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(f.Start), paths: c.claimPaths(x), quote: c.quoteOf(s, f.Start, f.End),
			message: c.inChapter(s.Section) + reason + "，请核对。", actual: f.Printed + f.Unit,
		})
	}
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有写明申请的件数"
	}
	return v
}

// countsApplications reports whether applications themselves are counted, not
// what was asked for.
func (c *context) countsApplications(x *claims.Claim, f *claims.Figure) bool {
	switch x.Subject {
	case claims.New:
	default:
		return false
	}
	label := x.Label
	for _, w := range []string{"总数", "数量", "件数", "总量", "数", "共", "总计", "合计"} {
		label = strings.TrimSuffix(label, w)
	}
	return strings.HasSuffix(label, "申请") || startsWithAny(f.Tail, "政府信息公开申请", "信息公开申请", "申请")
}

// impossible reports whether a figure cannot be: ten thousand times ten
// thousands of pieces, a fraction of a piece.
func impossible(s *claims.Sentence, f *claims.Figure) bool {
	if !f.IsCount() || f.Unit == "" || f.Loose {
		return false
	}
	digits, _, _ := strings.Cut(strings.ReplaceAll(f.Printed, ",", ""), ".")
	whole := strings.TrimRight(digits, "万亿千百")
	if f.Multiplied && strings.ContainsAny(f.Printed, "万亿") {
		const tooLong = 4 // digits before 万
		return len(whole) > tooLong && !f.Han
	}
	if f.Multiplied || f.Value.IsInt() || !containsAny("件条篇份起宗次项人户家个名场期部例", f.Unit) {
		return false
	}
	return !containsAny(f.Raw, "平均", "均", "每", "比", "达") && f.Value.Cmp(big.NewRat(1, 1)) > 0 && !containsAny(s.Text, "平均", "人均")
}
