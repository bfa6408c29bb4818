package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// A sum may stand in a sentence of its own, behind the figures that it adds up: 在甲报发稿69篇、乙报
// 发稿25篇。…全年在上述媒体共发稿94篇; 政务微信、政务微博合计发布信息1204条. It points to them, by their
// number or by their names, and is wrong where it is what they come to with a slip of the hand.

// howMany is how many things a sum says that it adds up: 四类信息合计.
var howMany = lazyregexp.New(`([两二三四五六七八2-8])(?:类|项|种|者|级|个(?:平台|渠道|账号|公众号|网站|媒体|栏目))`)

var numerals = map[string]int{"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4, "五": 5, "5": 5, "六": 6, "6": 6, "七": 7, "7": 7, "八": 8, "8": 8}

// judgeAdded judges the figure of a sentence that adds up those of one before.
func (c *context) judgeAdded(index int, v *verdict) {
	s := &c.said.Sentences[index]
	if len(s.Breakdowns) > 0 || !s.Says("合计", "共", "总计") {
		return
	}
	var total *claims.Figure
	for k := range s.Figures {
		if f := &s.Figures[k]; !f.Han {
			if total != nil {
				return // tells more than the sum
			}
			total = f
		}
	}
	if total == nil || !usable(total) || total.Change || total.Scope.OtherYear || total.Multiplied {
		return
	}
	words := s.Span(0, total.Start)
	said := notTogether.Replace(words)
	if !containsAny(said, "合计", "共", "总计") || containsAny(said, "其中", "除", "不含") {
		return
	}
	judge := func(parts []*claims.Figure) bool {
		sum := new(big.Rat)
		for _, f := range parts {
			sum.Add(sum, f.Value)
		}
		switch how := slipOfDigits(sum.RatString(), total.Value.RatString()); {
		case sum.Cmp(total.Value) == 0:
			v.pass()
			return true
		case how == surely:
			v.fail(c.brokenAdding(s, total, parts, sum))
			return true
		}
		return false
	}
	const back = 8 // sentences
	for i := index - 1; i >= max(0, index-back); i-- {
		of := &c.said.Sentences[i]
		if of.Section != s.Section {
			break
		}
		if slices.ContainsFunc(of.Figures, func(f claims.Figure) bool { return f.Unit == total.Unit && f.Value.Cmp(total.Value) == 0 }) {
			return // told again
		}
		parts := addedParts(of, total, words)
		if len(parts) < 2 || !meansParts(total, parts, words) {
			continue
		}
		if judge(parts) {
			return
		}
	}
	if parts := c.addedAcross(index, total, words, back); len(parts) > 1 {
		judge(parts)
	}
}

// toDo are words of what there was to do in all.
var toDo = []string{"要办", "需办", "需要办", "应办", "要处理", "需处理", "需要处理", "待办", "要答复", "需答复", "需要答复", "应答复"}

// judgeToDo judges the sum of what was received and carried over, where it stands behind both: 上年转来2件，
// 今年新收4件，全年要办的共6件.
func (c *context) judgeToDo(s *claims.Sentence, v *verdict) {
	const two = 2
	outside := make([]int, 0, len(s.Figures)) // of brackets: 收到31件（含转来的6件），上年结转2件，共33件
	for k := range s.Figures {
		if s.Figures[k].Depth == 0 {
			outside = append(outside, k)
		}
	}
	for i := two; i < len(outside); i++ {
		k := outside[i]
		total, a, b := &s.Figures[k], &s.Figures[outside[i-2]], &s.Figures[outside[i-1]]
		raw := strings.TrimLeft(total.Raw, "，")
		if !usable(total) || !usable(a) || !usable(b) || total.Unit == "" || a.Unit != total.Unit || b.Unit != total.Unit || total.Tail != "" && !containsAny(total.Tail, toDo...) ||
			!slices.Contains(plainTotals, raw) && (!containsAny(raw+total.Tail, toDo...) || !containsAny(raw, "共", "总", "合计")) ||
			slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool { return b.Total == k }) {
			continue
		}
		x, y := c.roleOf(a, nil, false), c.roleOf(b, a, false)
		if x == carried {
			y = c.roleOf(b, nil, false)
		}
		if both := x == carried && y == intake || x == intake && y == carried; !both || strings.HasPrefix(b.Raw, "其中") || containsAny(b.Raw, "含", "包括") {
			continue
		}
		if sum := new(big.Rat).Add(a.Value, b.Value); sum.Cmp(total.Value) == 0 {
			v.pass()
		} else {
			v.fail(c.brokenAdding(s, total, []*claims.Figure{a, b}, sum))
		}
	}
}

// addedAcross are the figures that a sum adds up by the names it lists, each told in a sentence of its
// own before it, with no other of that name: 网站公开81条。…公众号公开108条。网站和公众号两个渠道合计189条.
func (c *context) addedAcross(index int, total *claims.Figure, words string, back int) (out []*claims.Figure) {
	names := addedNames(howMany.ReplaceAllString(words, ""))
	if m := howMany.FindStringSubmatch(words); m != nil && numerals[m[1]] != len(names) {
		return nil
	}
	for _, name := range names {
		var found *claims.Figure
		for i := index - 1; i >= max(0, index-back); i-- {
			of := &c.said.Sentences[i]
			if of.Section != c.said.Sentences[index].Section || len(of.Figures) > mostCompared {
				break
			}
			for k := range of.Figures {
				f := &of.Figures[k]
				if !usable(f) || f.Unit != total.Unit || f.Change || f.Depth > 0 || !strings.Contains(f.Raw, name) || inBreakdown(of, k) {
					continue
				}
				if found != nil || slices.ContainsFunc(names, func(n string) bool { return n != name && strings.Contains(f.Raw, n) }) || slices.Contains(out, f) {
					return nil
				}
				found = f
			}
		}
		if found == nil {
			return nil
		}
		out = append(out, found)
	}
	return out
}

// meansParts reports whether a sum is of the parts: it points back to them by their number, shares a
// noun with one of them, or names all of them.
func meansParts(total *claims.Figure, parts []*claims.Figure, words string) bool {
	shares := func(name string) func(f *claims.Figure) bool {
		return func(f *claims.Figure) bool { return sharesPair(name, f.Raw+f.Tail) }
	}
	if containsAny(words, "上述", "以上", "前述") && (howMany.MatchString(words) || containsAny(words, "渠道", "平台", "媒体", "途径", "各类", "各项", "栏目")) || slices.ContainsFunc(parts, shares(nameAdded.Replace(total.Raw))) {
		return true
	}
	named := shares(nameAdded.Replace(words))
	return !slices.ContainsFunc(parts, func(f *claims.Figure) bool { return !named(f) })
}

// nameAdded takes out of the words of a sum what says nothing of what it counts.
var nameAdded = strings.NewReplacer("合计", "", "共计", "", "总计", "", "全年", "", "信息", "", "公开", "", "发布", "", "共", "", "通过", "")

// addedParts are the figures of a sentence that the words of a sum point to: as many side by side as
// it says, all of them (上述, 各平台), or those called by the names that it lists.
func addedParts(of *claims.Sentence, total *claims.Figure, words string) (out []*claims.Figure) {
	if len(of.Figures) > mostCompared {
		return nil
	}
	alike := func(f *claims.Figure) bool { return usable(f) && f.Unit == total.Unit && !f.Change && f.Depth == 0 }
	if m := howMany.FindStringSubmatch(words); m != nil {
		for k := range of.Figures {
			if f := &of.Figures[k]; alike(f) {
				out = append(out, f)
			} else if len(out) > 0 {
				break
			}
			if len(out) == numerals[m[1]] {
				return out
			}
		}
		return nil
	}
	if containsAny(words, "上述", "以上", "前述", "各平台", "各渠道", "各媒体") {
		for k := range of.Figures {
			if f := &of.Figures[k]; alike(f) {
				out = append(out, f)
			}
		}
		return out
	}
	names := addedNames(words)
	for _, name := range names {
		var found *claims.Figure
		for k := range of.Figures {
			if f := &of.Figures[k]; alike(f) && strings.Contains(f.Raw, name) {
				if found != nil || slices.ContainsFunc(names, func(n string) bool { return n != name && strings.Contains(f.Raw, n) }) {
					return nil // of both
				}
				found = f
			}
		}
		if found == nil {
			return nil
		}
		out = append(out, found)
	}
	return out
}

// addedNames are the names that the words of a sum list: 全市政务微信、政务微博合计.
func addedNames(words string) (out []string) {
	r := []rune(words)
	clause := string(r[clauseStartBeforeList(r):])
	for _, w := range []string{"合计", "共计", "总计", "共"} {
		clause, _, _ = strings.Cut(clause, w)
	}
	for _, and := range []string{"和", "及", "与"} {
		clause = strings.ReplaceAll(clause, and, "、")
	}
	for name := range strings.SplitSeq(clause, "、") {
		for _, w := range []string{"全年", "全市", "全县", "全区", "全省", "全局", "全镇", "我局", "我市", "我县", "我区", "通过", "在"} {
			name = strings.TrimPrefix(name, w)
		}
		const least = 2
		if len([]rune(name)) < least {
			return nil
		}
		out = append(out, name)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// clauseStartBeforeList is where the last clause of the words begins, 、 being no break.
func clauseStartBeforeList(r []rune) int {
	from := len(r)
	for from > 0 && (r[from-1] == '、' || !isClauseBreak(r[from-1])) {
		from--
	}
	return from
}

// brokenAdding is the finding that a sum is not what the figures before it come to.
func (c *context) brokenAdding(s *claims.Sentence, total *claims.Figure, parts []*claims.Figure, sum *big.Rat) fault {
	where := "前文"
	switch {
	case parts[0].Start > total.Start && slices.Contains(pointers(s), parts[0]):
		where = "句中"
	case !slices.Contains(pointers(s), parts[0]) && behindSentence(c, s, parts[0]):
		where = "后文"
	}
	list := make([]string, len(parts))
	for i, f := range parts {
		list[i] = f.Printed
	}
	return fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(total.Start), paths: c.textPaths(s.Section),
		quote:    c.quoteOf(s, total.Clause, total.End),
		message:  c.inChapter(s.Section) + "写“" + inner.Replace(clip(total.Label)) + "”" + total.Printed + total.Unit + "，" + where + "分项之和" + strings.Join(list, "＋") + "＝" + number(sum) + "，请核对。",
		expected: json.Number(number(total.Value)), actual: json.Number(number(sum)),
	}
}

// behindSentence reports whether a figure stands in a sentence behind the other.
func behindSentence(c *context, s *claims.Sentence, f *claims.Figure) bool {
	behind := false
	for i := range c.said.Sentences {
		x := &c.said.Sentences[i]
		if x == s {
			behind = true
		} else if behind && slices.Contains(pointers(x), f) {
			return true
		}
	}
	return false
}

// judgeShared adds up a list of which each part has its share, where the shares make up a hundred and some
// of them are those of a total told shortly before: 公开信息44条。…网站2条，占比4.5%，现场42条，占比95.5%.
func (c *context) judgeShared(index int, v *verdict) {
	const back = 3 // sentences
	parts, shares := c.sharedList(index)
	if len(parts) < 2 || !makesWhole(shares) {
		return
	}
	sum := new(big.Rat)
	for _, p := range parts {
		sum.Add(sum, p.Value)
	}
	var of *claims.Sentence
	var total *claims.Figure
	for i := index; i >= max(0, index-back) && c.said.Sentences[i].Section == c.said.Sentences[index].Section; i-- {
		s := &c.said.Sentences[i]
		for k := range s.Figures {
			f := &s.Figures[k]
			if i == index && f.Start >= parts[0].Start {
				break
			}
			if !operand(f) || f.Unit != parts[0].Unit || f.Change || f.Scope.OtherYear {
				continue
			}
			if f.Value.Cmp(sum) == 0 {
				v.pass()
				return
			}
			if total == nil && sharesFit(parts, shares, f) && !inBreakdown(s, k) {
				of, total = s, f
			}
		}
	}
	if total != nil {
		v.fail(c.brokenAdding(of, total, parts, sum))
	}
}

// sharedList are the parts of a list from a sentence on, and the share that each has behind it, up to where
// the shares make up a hundred.
func (c *context) sharedList(index int) (parts, shares []*claims.Figure) {
	const ahead = 2 // sentences
	first := &c.said.Sentences[index]
	if !first.Says("占") || index > 0 && c.sharesIn(index-1) > 0 && c.said.Sentences[index-1].Section == first.Section {
		return nil, nil
	}
	for i := index; i < min(len(c.said.Sentences), index+ahead+1) && c.said.Sentences[i].Section == first.Section && !makesWhole(shares); i++ {
		s := &c.said.Sentences[i]
		if len(s.Figures) > mostCompared {
			return nil, nil
		}
		for k := range s.Figures {
			if !s.Figures[k].IsPercent() || c.sharedPart(i, k) == nil {
				continue
			}
			at := k - 1 // past what a bracket tells of the part
			for at > 0 && s.Figures[at].Depth > s.Figures[k].Depth {
				at--
			}
			if part := &s.Figures[at]; operand(part) && part.Depth == s.Figures[k].Depth && (len(parts) == 0 || part.Unit == parts[0].Unit) {
				parts, shares = append(parts, part), append(shares, &s.Figures[k])
			}
		}
	}
	return parts, shares
}

// sharesFit reports whether some of the shares, and as many as do not, are those of their parts in a total.
func sharesFit(parts, shares []*claims.Figure, total *claims.Figure) bool {
	fitting := 0
	for n, p := range parts {
		if gives(shares[n], p.Value, total.Value) {
			fitting++
		}
	}
	return fitting > 0 && 2*fitting >= len(parts)
}

// sharesIn is how many figures of a sentence have a share directly behind them.
func (c *context) sharesIn(index int) (n int) {
	s := &c.said.Sentences[index]
	for k := range s.Figures {
		if k > 0 && s.Figures[k].IsPercent() && c.sharedPart(index, k) == &s.Figures[k-1] {
			n++
		}
	}
	return n
}

// judgeApplicants adds up natural persons and legal persons or other organisations, who are all that may
// apply, where a sentence tells them side by side behind how many applications there were, and does not
// say that they are parts: 收到申请4件，…；申请人为自然人的3件，法人或者其他组织的2件.
func (c *context) judgeApplicants(index int, v *verdict) {
	s := &c.said.Sentences[index]
	if !s.Says("自然人", "公民") || !s.Says("法人") {
		return
	}
	bySort := s.Says("申请主体", "申请人类型", "申请人类别", "申请人身份")
	for k := range max(0, len(s.Figures)-1) {
		a, b := &s.Figures[k], &s.Figures[k+1]
		if !usable(a) || !b.Exact() || !b.IsCount() || a.Unit != b.Unit || a.Depth != b.Depth || a.Change || b.Change || !reaches(s, k, k+1) || inBreakdown(s, k) || inBreakdown(s, k+1) ||
			(!isPerson(a) || !isOrganisation(b, bySort)) && (!isPerson(b) || !isOrganisation(a, bySort)) {
			continue
		}
		sum := new(big.Rat).Add(a.Value, b.Value)
		var total *claims.Figure
		told := new(big.Rat)
		for i := range s.Figures[:k] {
			f := &s.Figures[i]
			if !usable(f) || f.Unit != a.Unit || f.Change || f.Depth > a.Depth {
				continue
			}
			x := c.claimAt(s, i)
			if told.Add(told, f.Value); (f.Value.Cmp(sum) == 0 || told.Cmp(sum) == 0) && (!bySort || x != nil && claims.IsIntake(x.Subject)) {
				v.pass()
				return
			}
			if total == nil && x != nil && (x.Subject == claims.New || x.Subject == claims.Processed) && c.plain(x) {
				total = f
			}
		}
		from := s
		if before := c.before(index); total == nil && before != nil && before.Section == s.Section && startsWithAny(s.Text, "从", "按") {
			if x := c.cameIn(index - 1); x != nil && c.plain(x) && x.Figure >= 0 && x.Unit == a.Unit {
				from, total = before, &before.Figures[x.Figure]
			}
		}
		switch {
		case total == nil, s.Says("结转", "撤回", "撤销", "重复"), from.Says("结转", "撤回", "撤销"):
		case total.Value.Cmp(sum) == 0:
			v.pass()
		default:
			v.fail(c.brokenAdding(from, total, []*claims.Figure{a, b}, sum))
		}
		return
	}
}

func isPerson(f *claims.Figure) bool {
	words := f.Raw + f.Tail
	return containsAny(words, "自然人", "公民") && !strings.Contains(words, "法人") && !containsAny(f.Raw, "予以", "不予", "答复", "办结")
}

// isOrganisation reports whether a figure is that of the organisations that applied, all of them: legal
// persons alone are, where applications are told by who made them.
func isOrganisation(f *claims.Figure, bySort bool) bool {
	words := f.Raw + f.Tail
	return strings.Contains(words, "法人") && (bySort || containsAny(words, "其他组织", "其它组织")) && !containsAny(words, "自然人", "公民") && !containsAny(f.Raw, "予以", "不予", "答复", "办结")
}

// inBreakdown reports whether a figure is a part that is added up already.
func inBreakdown(s *claims.Sentence, k int) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool { return slices.Contains(b.Parts, k) })
}
