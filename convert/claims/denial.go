package claims

import (
	"slices"
	"strings"
)

// denials are the words that say there was none, longer ones first.
var denials = newLookup([]string{"没有收到", "没有接到", "没有受理", "没有发生", "没有产生", "没有出现", "没有制定", "没有作出", "没有实施",
	"未收到过", "未收到", "未接到", "未接收", "未受理", "未发生过", "未发生", "未产生", "未出现", "未有", "未制定", "未制发", "未出台", "未印发", "未作出", "未做出", "未实施", "未开展", "未办理", "未收取", "未被", "未因", "未涉及", "不涉及", "没有", "均无", "暂无", "并无", "无", "零"})

// denial is one denial in a sentence: [start, end) are its word and object.
type denial struct {
	word       string
	start, end int
	object     string
	// list are the things denied, where the object is a list.
	list []string
	// ofOthers: the words before it name something else than applications, or a part of
	// them (信访渠道无上年结转).
	ofOthers bool
}

// denialsIn finds the denials of a sentence. Words of which 无 is a part (无法,
// 无正当理由, 无障碍) are none.
func (s *Sentence) denialsIn() []denial {
	if !s.Says("未", "无", "没有", "不涉及", "零") {
		return nil
	}
	var out []denial
	r := s.Runes
	for i := 0; i < len(r); i++ {
		if r[i] != '无' && r[i] != '未' && r[i] != '没' && r[i] != '均' && r[i] != '暂' && r[i] != '并' && r[i] != '不' && r[i] != '零' {
			continue
		}
		var word string
		if !denials.match(r[i], s.Span(i, min(i+5, len(r))), &word) {
			continue
		}
		end := i + runeLen(word)
		if word == "无" && startsWithAny(s.Span(end, min(end+3, len(r))), "法", "正当", "障碍", "缝", "事不", "需", "偿", "纸", "效", "故", "关", "论", "线", "人", "一例", "条件", "差", "违", "党派") || at(r, i-1) == '有' || at(r, i-1) == '尚' && word == "未有" {
			continue
		}
		d := denial{word: word, start: i}
		d.end = s.objectEnd(end)
		d.object = s.Span(end, d.end)
		if d.object == "" || trimEndings(d.object) == "" { // 行政复议，无
			d.object, d.start = s.objectBefore(i)
		}
		d.list = splitList(d.object)
		from := i
		for from > 0 && !isBreak(r[from-1]) {
			from--
		}
		if lead := s.Span(from, i); from < d.start && !strings.Contains(lead, "申请") {
			d.ofOthers = restricts(lead)
		}
		if lead := lastClause(strings.TrimRight(s.Span(0, from), "，：")); hasSuffix(lead, []string{"方面", "渠道", "热线", "信箱", "工单", "平台"}) {
			d.ofOthers = d.ofOthers || !strings.Contains(lead, "申请") && restricts(lead)
		}
		if from > 0 && r[from-1] == '）' && strings.Contains(lastBracket(s.Span(0, from)), "不含") {
			continue // 办公室自身（不含代表区政府）未收到
		}
		if startsWithAny(d.object, "其他", "其它", "另外", "别的", "额外") || s.Says("除") && excepted(s.Span(0, from), s.Span(from, i)) {
			continue // 除上述2件外没有收到申请
		}
		if startsWithAny(d.object, "结转", "转结") && s.lastYear(s.Span(from, i)) {
			d.object, d.ofOthers = "上年"+d.object, false // 上年无结转
		}
		if containsAny(d.object, "结转", "转结") {
			d.ofOthers = d.ofOthers || s.ofOtherThings(d.start)
		}
		out = append(out, d)
		i = max(i, d.end-1)
	}
	return out
}

// lastBracket are the words from the last opening bracket on.
func lastBracket(words string) string { return words[max(0, strings.LastIndex(words, "（")):] }

// lastYear reports whether the words are one for the year before, and no more.
func (s *Sentence) lastYear(words string) bool {
	words = strings.TrimRight(words, "度末底则也并均")
	return slices.Contains([]string{"上年", "上一年", "去年", "往年", strings.TrimSuffix(s.yearText(-1), "年"), s.yearText(-1)}, words)
}

// excepted reports whether the clause before a denial, or the one that it stands in, excepts
// what was told before: 除此以外, 除上述2件外.
func excepted(before, lead string) bool {
	for _, clause := range []string{lastClause(strings.TrimRight(before, "，")), lead} {
		at := strings.LastIndex(clause, "除")
		if at < 0 {
			continue
		}
		what, _, ok := strings.Cut(clause[at:], "外")
		if ok && (containsAny(what, "此", "上述", "以上", "前述", "该", "这") || strings.ContainsAny(what, "0123456789")) {
			return true
		}
	}
	return false
}

// objectEnd is where the object of a denial ends: 、 joins, other punctuation
// ends it. Brackets belong to it.
func (s *Sentence) objectEnd(i int) int {
	for i < len(s.Runes) {
		switch r := s.Runes[i]; {
		case r == '、':
		case isBreak(r):
			return i
		}
		i++
	}
	return i
}

// objectBefore is the clause before a bare 无.
func (s *Sentence) objectBefore(i int) (string, int) {
	end := i
	for end > 0 && (isBreak(s.Runes[end-1]) || strings.ContainsRune("均都为：", s.Runes[end-1])) {
		end--
	}
	from := end
	for from > 0 && (s.Runes[from-1] == '、' || !isBreak(s.Runes[from-1])) {
		from--
	}
	return s.Span(from, end), from
}

// splitList splits a list at 、 and at words that join.
func splitList(s string) []string {
	for _, w := range []string{"以及", "和", "及", "与", "或者", "或"} {
		s = strings.ReplaceAll(s, w, "、")
	}
	var out []string
	for p := range strings.SplitSeq(s, "、") {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// subjects are what the denial says there was none of.
func (d *denial) subjects(ctx topic) []Subject {
	if s := d.ofResults(ctx); s != None {
		return []Subject{s}
	}
	if s := d.ofApplications(ctx); s != None {
		return []Subject{s}
	}
	var out []Subject
	last := None
	for _, item := range d.list {
		if last = d.of(item, ctx); last != None {
			out = append(out, last)
		}
	}
	if n := len(d.list); n > 1 && last == None && namesDecision(d.list[n-1]) {
		return nil // 无行政许可、行政处罚权限
	}
	return out
}

// ofResults: 未作出过不予公开的答复, 无部分公开情形. What else the object says may make it
// a part, or a failing.
func (d *denial) ofResults(ctx topic) Subject {
	if !ctx.applications || len(d.list) > 1 || containsAny(d.word, "收", "接", "受理", "涉及", "被", "因") {
		return None
	}
	object, made := strings.TrimPrefix(d.object, "过"), false
	for _, e := range []string{"答复", "决定", "情形", "情况", "申请", "件", "处理结果", "的"} {
		made = made || strings.HasSuffix(object, e)
	}
	sub, rest, n := row(object)
	if n != 1 || !made || neutralWords.Replace(rest) != "" {
		return None
	}
	return sub
}

// deniedNouns are the nouns of chapter 二 as they stand in denials, and the fee of chapter 六.
var deniedNouns = []struct {
	noun    string
	subject Subject
}{
	{"行政处罚", Penalties}, {"行政强制", Compulsion}, {"行政许可", Licensing},
	{"行政事业性收费", Fees}, {"行政事业收费", Fees}, {"行政规范性文件", NormativeIssued}, {"规范性文件", NormativeIssued}, {"规章", RegulationsIssued},
	{"信息处理费", InformationFee}, {"信息公开处理费", InformationFee}, {"政府信息处理费", InformationFee}, {"政府信息公开处理费", InformationFee}, {"政府信息公开信息处理费", InformationFee},
}

// namesDecision reports whether one of these nouns is in the words.
func namesDecision(item string) bool {
	for _, n := range deniedNouns {
		if strings.Contains(item, n.noun) {
			return true
		}
	}
	return false
}

func (d *denial) of(item string, ctx topic) Subject {
	if containsAny(item, "复议", "诉讼", "起诉") {
		return d.ofChallenges(item, ctx)
	}
	bare := trimEndings(item)
	for _, w := range []string{"作出", "做出", "实施", "制定", "制发", "出台", "印发", "发生", "任何", "相关", "有关", "各类", "收取", "开展", "办理", "发布"} {
		bare = strings.TrimPrefix(bare, w)
	}
	for _, n := range deniedNouns {
		if bare != n.noun && item != n.noun && bare+"文件" != n.noun {
			continue
		}
		// 未受理行政许可, 没有规章: what is denied is something else, or the stock.
		made := containsAny(d.word, "制定", "制发", "出台", "印发") || containsAny(item, "制定", "制发", "出台", "印发", "发布")
		switch n.subject {
		case NormativeIssued, RegulationsIssued:
			if made {
				return n.subject
			}
			return None
		default:
			if containsAny(d.word, "受理", "收到", "接", "涉及") || made {
				return None
			}
			return n.subject
		}
	}
	return None
}

func (d *denial) ofChallenges(item string, ctx topic) Subject {
	if !ctx.challenges || containsAny(d.object, "败诉", "纠错", "纠正", "撤销", "维持", "尚未", "不当", "不实", "违法", "失误", "错误", "应诉", "审结", "责任", "超期", "逾期", "投诉举报", "结转", "遗留") {
		return None
	}
	if containsAny(d.word, "制", "印发", "出台", "涉及") || !countsChallenges(item) && containsAny(item, "原告", "被告", "变更", "出庭", "开庭") {
		return None
	}
	recon, lit := strings.Contains(item, "复议"), containsAny(item, "诉讼", "起诉")
	way := wayOf(item)
	switch {
	case way != None:
		return way + ".total"
	case recon && lit:
		return ReconOrLitigation
	case recon:
		return Reconsideration
	}
	return Litigation
}

// ofApplications: 未收到政府信息公开申请, 无上年结转.
func (d *denial) ofApplications(ctx topic) Subject {
	o := d.object
	switch {
	case containsAny(o, "复议", "诉讼", "申诉", "投诉", "举报", "收费", "费用", "撤回", "引发", "引起", "导致", "补正", "延期", "逾期", "超期", "不予", "争议", "纠纷", "许可", "申请人", "网上", "网络", "当面", "信函", "邮寄", "传真", "邮件", "通过", "提交", "无法", "超时", "未办", "未答", "积压", "需要", "类", "败诉", "异议", "电话", "平台"):
		return None
	case containsAny(o, "结转", "转结"):
		if d.ofOthers {
			return None
		}
		return ofCarrying(o, ctx.year)
	case !containsAny(d.word, "收", "接", "受理", "无", "零", "没有", "有", "发生", "办理", "产生", "出现"):
		return None
	case !containsAny(o, "信息公开申请", "公开申请", "依申请公开", "申请公开", "申请政府信息公开", "信息公开的申请", "信息公开事项的申请", "公开政府信息的申请", "申请信息公开", "信息公开的书面申请"):
		if ctx.applications && containsAny(d.word, "收", "接", "受理") && trimEndings(o) == "申请" {
			return New
		}
		return None
	}
	for _, e := range []string{"申请", "申请件", "申请事项", "事项", "情况", "案件", "公开", "要求", "信息", "的", "申请书", "申请表", "工作事项", "申请情况", "发生"} {
		if strings.HasSuffix(o, e) {
			return New
		}
	}
	return None
}
