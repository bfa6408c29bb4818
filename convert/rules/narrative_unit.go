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
	label := trimCount(x.Label)
	if x.Subject == claims.New {
		return strings.HasSuffix(label, "申请") || isReception(label) || startsWithAny(f.Tail, "政府信息公开申请", "信息公开申请", "申请")
	}
	switch tail := strings.TrimSuffix(trimCount(f.Tail), "的"); tail {
	case "":
	case "政府信息公开申请", "信息公开申请", "依申请公开申请", "申请公开", "依申请公开":
		label += tail
	default:
		return false
	}
	return isReception(label)
}

// trimCount takes words for the number of things off the end.
func trimCount(label string) string {
	for _, w := range []string{"数为", "总数", "数量", "件数", "总量", "数", "量", "共", "总计", "合计", "共计", "各", "均"} {
		label = strings.TrimSuffix(label, w)
	}
	return label
}

// requestNouns call an application, the longest first. The last two also mean
// what is disclosed on request, so a verb has to stand with them.
var requestNouns = []string{"政府信息公开申请", "信息公开申请", "依申请公开申请", "申请公开申请", "政府信息申请", "公开申请", "申请", "依申请公开", "申请公开"}

// requestVerbs are what is done with applications, and where they come from.
var (
	requestVerbs   = []string{"新收到", "新收", "收到", "接到", "接收", "受理", "办理", "办结", "答复", "处理", "登记", "收悉"}
	requestSources = []string{"自然人", "法人或其他组织", "法人和其他组织", "法人", "商业企业", "企业", "科研机构", "社会公益组织", "公益组织", "法律服务机构", "公民", "群众", "社会公众", "个人", "上年度结转", "上年结转", "上一年度结转", "上一年结转", "结转上年度", "结转上年", "结转下年度", "结转下年", "结转至下年度", "结转"}
	requestRest    = []string{"全年", "本年度", "本年", "年度", "今年", "本机关", "本单位", "我局", "我镇", "我街道", "我办", "我县", "我市", "我区", "全市", "全县", "全区", "其中", "共计", "共", "各类", "依法", "的", "了", "到", "和", "并", "按期", "按时", "已", "均", "全部", "网上", "线上", "网络", "书面", "信函", "当面", "邮寄", "，", "年", "度", "来自", "依申请公开", "提交", "提出", "有效", "：", "有", "政府信息", "来"}
)

// isReception reports whether the words say no more than that applications were
// received or handled, or who sent them.
func isReception(label string) bool {
	noun := ""
	for _, n := range requestNouns {
		if strings.HasSuffix(label, n) {
			noun = n
			break
		}
	}
	if noun == "" {
		return false
	}
	rest := strings.TrimLeft(withoutYear(strings.TrimSuffix(label, noun)), "0123456789")
	said := strings.HasSuffix(noun, "公开申请") && noun != "公开申请"
	for _, words := range [][]string{requestVerbs, requestSources} {
		for _, w := range words {
			if strings.Contains(rest, w) {
				said = true
				rest = strings.ReplaceAll(rest, w, "")
			}
		}
	}
	for _, w := range requestRest {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return said && rest == ""
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
		if f.Han {
			return false
		}
		return len(whole) > tooLong || len(whole) == tooLong && madeByHand(f) && !strings.Contains(f.Printed, ".")
	}
	if f.Multiplied || f.Value.IsInt() || !containsAny("件条篇份起宗次项人户家个名场期部例", f.Unit) {
		return false
	}
	return !containsAny(f.Raw, "平均", "均", "每", "比", "达") && f.Value.Cmp(big.NewRat(1, 1)) > 0 && !containsAny(s.Text, "平均", "人均")
}

// madeByHand reports whether what is counted was written by somebody: nobody
// publishes ten million pieces a year. Records and views may be as many.
func madeByHand(f *claims.Figure) bool {
	words := f.Raw + f.Tail
	return strings.ContainsAny(f.Unit, "条篇件份") && containsAny(words, "公开", "发布", "推送", "更新", "申请", "推文", "留言", "文件", "稿件") &&
		!containsAny(words, "数据", "记录", "证照", "归集", "共享", "交换", "汇聚", "浏览", "阅读", "点击", "访问", "接口", "短信", "办件", "快递", "件次")
}
