package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
)

// rateStems are the verbs of rates, each with words for the whole that it is a
// rate of; empty where any word for things received will do.
var rateStems = map[string][]string{
	"办结": nil, "答复": nil, "回复": nil, "办复": nil, "处理": nil, "解决": nil, "结案": nil, "满意": nil, "处置": nil, "化解": nil, "整改": nil, "反馈": nil, "采纳": nil, "签收": nil, "接通": nil, "转办": nil, "属实": nil, "立案": nil, "受理": nil, "按期": nil, "审结": nil, "调解": nil,
	"合格": {"抽检", "参训", "参加", "参考", "考试", "检测", "检查", "抽查", "测评", "考核", "培训"}, "通过": {"参训", "参加", "参考", "考试", "测评", "考核"}, "达标": {"抽检", "检测", "检查", "抽查", "测评", "考核", "应"},
	"公开": {"应", "梳理", "事项", "清单", "目录", "编制"}, "回收": {"发放", "发出", "印发", "投放", "发"}, "有效": {"回收", "收回", "发放", "发出"},
	"完成": {"任务", "计划", "应", "部署", "确定"}, "覆盖": {"应", "共有", "全"}, "解读": {"制发", "应", "出台", "印发", "制定"}, "更新": {"应", "栏目"}, "维持": {"复议", "诉讼", "案件"}, "纠错": {"复议", "诉讼"}, "参与": {"应", "全局", "全镇", "干部", "职工", "共有", "人员"}, "到会": {"应", "共有"}, "参训": {"应", "全局", "全镇", "干部", "职工", "共有", "人员"}, "出席": {"应", "共有"}, "参加": {"应", "全局", "干部", "职工", "共有"},
}

// stemWords are other words for a stem's deed.
var stemWords = map[string]string{"回收": "收回", "公开": "发布", "答复": "回复", "回复": "答复", "办复": "答复", "参训": "参加", "参与": "参加", "到会": "实到", "反馈": "回复", "网办": "网上办理"}

// ratePairs: 受理5020件，办结4189件，办结率83.45%. The part is the figure whose
// words end with the rate's verb, the whole what was received.
func ratePairs(s *claims.Sentence, k int) (out []pair, sure bool) {
	p := &s.Figures[k]
	verb, _, _ := strings.Cut(p.Label, "率")
	verb = strings.TrimSuffix(strings.TrimSuffix(verb, "度"), "的")
	runes := []rune(verb)
	const length = 2
	if len(runes) < length {
		return nil, false
	}
	stem := string(runes[len(runes)-length:])
	words, known := rateStems[stem]
	if !known {
		return nil, false
	}
	part := ratePart(s, k, stem)
	if part < 0 {
		return nil, false
	}
	a := &s.Figures[part]
	all := new(big.Rat)
	for i := part - 1; i >= 0; i-- {
		w := &s.Figures[i]
		if !usable(w) || w.Change || w.Unit != a.Unit || w.Depth != a.Depth {
			continue
		}
		out = append(out, newPair(a, w))
		all.Add(all, w.Value)
		if len(out) == 1 {
			sure = words == nil && (containsAny(w.Label, receivedWords...) || containsAny(w.Label, "新收", "调查", "发放", "检查", "抽检", "抽查", "收", "转来", "派", "交", "登记", "接", "征集", "收集", "发出", "发函")) ||
				containsAny(w.Label+behind(s, i), words...) || strings.Contains(w.Label, "应"+stem)
		}
	}
	if len(out) > 1 { // 新收 and 上年结转 together
		w := out[0].whole
		carried := slices.ContainsFunc(out, func(q pair) bool {
			return containsAny(q.whole.Raw, carriedWords...) && containsAny(q.whole.Raw, lastWords...)
		})
		both := pair{part: a, whole: w, value: hundredth(a.Value, all), words: a.Printed + a.Unit + "和" + number(all) + a.Unit}
		const two = 2
		if carried && len(out) == two && all.Cmp(a.Value) >= 0 && words == nil && slices.ContainsFunc(out, func(q pair) bool {
			return containsAny(q.whole.Label, receivedWords...) || containsAny(q.whole.Label, "新收")
		}) {
			out, sure = append([]pair{both}, out...), true
		}
		out = append(out, both)
	}
	later := false // a further figure of what was settled may be the part
	for i := part + 1; i < k; i++ {
		later = later || usable(&s.Figures[i]) && s.Figures[i].Unit == a.Unit
	}
	if saysCarried(s) && len(out) == 1 || later && stem != "办结" {
		sure = false
	}
	for _, w := range modifiers {
		if strings.Contains(p.Raw, w) && !containsAny(a.Raw+a.Label, sameAs(w)...) {
			sure = false
		}
	}
	return out, sure
}

// saysCarried reports whether a sentence says that something is carried from year to year.
func saysCarried(s *claims.Sentence) bool {
	return s.Says("结转") && strings.Contains(noneTaken.Replace(s.Text), "结转")
}

// noneTaken takes out that nothing is.
var noneTaken = glance.NewReplacer("无结转", "", "没有结转", "", "未结转", "", "无需结转", "", "无上年结转", "", "无上年度结转", "", "无上一年结转", "", "不存在结转", "")

// behind are the words between a figure and the next one, to the end of the clause.
func behind(s *claims.Sentence, i int) string {
	from := s.Figures[i].End
	to := from
	for to < len(s.Runes) && !isClauseBreak(s.Runes[to]) && (i+1 >= len(s.Figures) || to < s.Figures[i+1].Start) {
		to++
	}
	return s.Span(from, to)
}

// ratePart is the index of the figure of what was done, -1 where none is.
func ratePart(s *claims.Sentence, k int, stem string) int {
	for i := k - 1; i >= 0; i-- {
		f := &s.Figures[i]
		if !usable(f) || strings.Contains(f.Label, "应"+stem) {
			continue
		}
		if endsWithVerb(f, stem) || stemWords[stem] != "" && endsWithVerb(f, stemWords[stem]) {
			return i
		}
	}
	return -1
}

func endsWithVerb(f *claims.Figure, stem string) bool {
	label := f.Label
	for _, w := range []string{"总数", "数量", "件数", "人数", "数", "总量", "量", "案件", "申请", "工单", "诉求", "完毕", "问卷"} {
		label = strings.TrimSuffix(label, w)
	}
	for _, w := range []string{"已", "实际", "其中", "共"} {
		label = strings.TrimPrefix(label, w)
	}
	return strings.HasSuffix(label, stem) && holds(label, stem) || strings.HasPrefix(label, stem)
}

// statedWhole is the whole that a share names itself: 占总数312件的59.9%, 比例为全区6830户的20%.
// nil where it names none.
func statedWhole(s *claims.Sentence, k int) *claims.Figure {
	first := firstShare(s, k)
	if first == 0 || !strings.HasSuffix(strings.TrimRight(s.Figures[first].Raw, "比重例为"), "的") && !startsWithAny(s.Figures[first].Raw, "的") && s.Figures[first].Raw != "" {
		return nil
	}
	w := &s.Figures[first-1]
	if containsAny(w.Raw, "占", "比例为", "比重为", "比例达", "率为", "率达", "相当于") && s.Figures[first].Clause == w.End && operand(w) {
		return w
	}
	return nil
}

// firstShare is the index of the first of the percentages side by side that
// figure k is one of: 50%、30%和20%.
func firstShare(s *claims.Sentence, k int) int {
	for k > 0 && s.Figures[k-1].IsPercent() && (s.Figures[k].Sep == '、' && s.Figures[k].Raw == "" || s.Figures[k].Sep == 0 && slices.Contains([]string{"和", "及", "与", "以及"}, s.Figures[k].Raw)) {
		k--
	}
	return k
}

// sharesList is the number of percentages side by side that figure k is one of,
// where the words say that each is of another part (分别占); 0 where they do not.
func sharesList(s *claims.Sentence, k int) int {
	first := firstShare(s, k)
	last := k
	for last+1 < len(s.Figures) && s.Figures[last+1].IsPercent() && firstShare(s, last+1) == first {
		last++
	}
	raw := s.Figures[first].Raw
	if statedWhole(s, first) != nil {
		raw += s.Figures[first-1].Raw
	}
	if last == first || !containsAny(raw, "分别", "依次") || !containsAny(raw, "占", "比例", "比重") {
		return 0
	}
	return last - first + 1
}

// listedShares: A件、B件，分别占总数N件的P%和Q%; A件，占总数N件的P%.
func listedShares(s, before *claims.Sentence, k int) (out []pair, sure bool) {
	first, whole, n := firstShare(s, k), statedWhole(s, k), sharesList(s, k)
	end := first // the figures before it are the parts
	if whole != nil {
		end--
	}
	switch {
	case n == 0 && (whole == nil || first != k):
		return nil, false
	case n == 0:
		n = 1
	}
	part := end - n + (k - first)
	if end-n < 0 {
		return nil, false
	}
	a := &s.Figures[part]
	for i := end - n; i < end; i++ {
		if f := &s.Figures[i]; !operand(f) || f.Unit != a.Unit || f.Change || i > end-n && f.Sep != '、' && f.Sep != '，' && f.Sep != 0 {
			return nil, false
		}
	}
	if whole != nil {
		if whole.Unit != a.Unit && whole.Unit != "" || n == 1 && !reaches(s, part, end) {
			return nil, false
		}
		return []pair{newPair(a, whole)}, reaches(s, end-1, end)
	}
	wholes, known := wholesOf(s, before, part)
	for _, w := range wholes {
		if usable(w) && w.Unit == a.Unit && w.Value.Cmp(a.Value) >= 0 && !w.Scope.OtherYear {
			out = append(out, newPair(a, w))
		}
	}
	if !known && n > 1 {
		all, sure := sharesOfAll(s, first, end, n, k)
		return append(all, out...), sure
	}
	return out, known && s.Figures[first].Clause-s.Figures[end-1].End <= 1
}

// sharesOfAll: A件、B件，分别占P%和Q% with no whole: of both together, as the
// other shares tell.
func sharesOfAll(s *claims.Sentence, first, end, n, k int) (out []pair, sure bool) {
	all := new(big.Rat)
	for i := end - n; i < end; i++ {
		all.Add(all, s.Figures[i].Value)
	}
	for i := range n {
		if p := &s.Figures[first+i]; first+i != k && fits(p, hundredth(s.Figures[end-n+i].Value, all)) {
			sure = true
		}
	}
	a := &s.Figures[end-n+k-first]
	return []pair{{part: a, whole: a, value: hundredth(a.Value, all), words: a.Printed + a.Unit + "和合计" + number(all) + a.Unit}}, sure
}

// summedShare: 办结48件，其中A件、B件，合计占P%: of the parts before together, as many of them
// as may be meant; sure where all figures before are one whole and two parts.
func summedShare(s *claims.Sentence, k int) (out []pair, sure bool) {
	if k < 2 {
		return nil, false
	}
	last := &s.Figures[k-1]
	sum := new(big.Rat)
	alike := 0
	for i := k - 1; i >= 0; i-- {
		f := &s.Figures[i]
		if !usable(f) || f.Unit != last.Unit {
			break
		}
		alike++
		sum.Add(sum, f.Value)
		if i == k-1 {
			continue
		}
		for n := range i {
			if w := &s.Figures[n]; usable(w) && w.Unit == last.Unit && w.Value.Cmp(sum) >= 0 {
				out = append(out, pair{part: last, whole: w, value: hundredth(sum, w.Value), words: "合计" + number(sum) + last.Unit + "和" + w.Printed + w.Unit})
			}
		}
	}
	const whole, parts = 1, 2
	return out, alike == whole+parts && len(out) == 1
}

// wholeName are the words of a share for its whole, without those that any whole
// may be called by: 占复议总数的 gives 复议.
func wholeName(p *claims.Figure) string {
	_, name, ok := strings.Cut(p.Raw, "占")
	if !ok {
		return ""
	}
	name = strings.TrimPrefix(name, "到")
	for _, w := range []string{"总体", "整体", "总数", "总量", "总件数", "总", "全部", "比例", "比重", "比", "所有", "数量", "件数", "的", "为", "约", "了", "达到", "达", "到", "数", "量", "全年", "本年度", "本年", "其中", "，", "全体", "均", "超过", "近"} {
		name = strings.ReplaceAll(name, w, "")
	}
	return name
}

// callsWhole reports whether the share calls its whole by a word of the figure.
func callsWhole(p, whole *claims.Figure) bool { return saysName(p, whole.Label+whole.Tail) }

// saysName reports whether the words hold a word that the share calls its whole by.
func saysName(p *claims.Figure, words string) bool {
	name := []rune(wholeName(p))
	if string(name) == "公开信息" {
		return strings.Contains(words, "公开") && strings.Contains(words, "信息")
	}
	for i := 0; i+1 < len(name); i++ {
		if pair := string(name[i : i+2]); strings.Contains(words, pair) && (len(name) == 2 || pair != "公开" && pair != "信息") {
			return true
		}
	}
	return false
}

// chained reports whether another share of the sentence is of the same whole and
// right: 答复309件，予以公开112件，占36.2%；部分公开48件，占….
func chained(s *claims.Sentence, k int, pairs []pair) bool {
	for i := 1; i < len(s.Figures); i++ {
		p := &s.Figures[i]
		part := &s.Figures[i-1]
		if i == k || !p.IsPercent() || !strings.Contains(p.Raw, "占") || !usable(part) || p.Clause-part.End > 1 || part.Value.Cmp(big.NewRat(1, 1)) == 0 {
			continue
		}
		whole := pairs[len(pairs)-1].whole
		if part != whole && part.Unit == whole.Unit && fits(p, hundredth(part.Value, whole.Value)) {
			return true
		}
	}
	return false
}

// impliedWhole is the whole that the other shares of a sentence agree on where it
// names none: 予以公开6件，占40%；无法提供5件，占33.3% are of 15.
func impliedWhole(s *claims.Sentence, k int) (whole *big.Rat, ok bool) {
	var low, high *big.Rat
	shares := 0
	for i := 1; i < len(s.Figures); i++ {
		p, part := &s.Figures[i], &s.Figures[i-1]
		if i == k || !p.IsPercent() || !strings.HasPrefix(strings.TrimLeft(p.Raw, "，"), "占") || wholeName(p) != "" || !usable(part) || p.Clause-part.End > 1 || part.Unit != s.Figures[k-1].Unit || !p.Exact() {
			continue
		}
		half := new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
		top := new(big.Rat).Sub(p.Value, half)
		if top.Sign() <= 0 {
			return nil, false
		}
		least, most := hundredth(part.Value, new(big.Rat).Add(p.Value, half)), hundredth(part.Value, top)
		if low == nil || least.Cmp(low) > 0 {
			low = least
		}
		if high == nil || most.Cmp(high) < 0 {
			high = most
		}
		shares++
	}
	const enough = 2
	if shares < enough {
		return nil, false
	}
	first := new(big.Rat).SetInt(new(big.Int).Quo(low.Num(), low.Denom()))
	if first.Cmp(low) < 0 {
		first.Add(first, big.NewRat(1, 1))
	}
	if next := new(big.Rat).Add(first, big.NewRat(1, 1)); first.Cmp(high) > 0 || next.Cmp(high) <= 0 {
		return nil, false // no number, or several
	}
	return first, true
}

// bracketedWhole is the pair of a figure and of the whole that a bracket behind it tells with its
// rate: 公开发文143件（全年发文145件，公开率98.6%）.
func bracketedWhole(s *claims.Sentence, k int) (q pair, ok bool) {
	if k < 2 || s.Figures[k].Depth == 0 || !strings.Contains(s.Figures[k].Raw, "率") {
		return q, false
	}
	part, whole := &s.Figures[k-2], &s.Figures[k-1]
	if whole.Depth != s.Figures[k].Depth || part.Depth >= whole.Depth || whole.Clause != part.End+1 || !operand(part) || !operand(whole) || part.Unit != whole.Unit || part.Value.Cmp(whole.Value) > 0 {
		return q, false
	}
	return newPair(part, whole), true
}

// ofTask is how much of what was to be done a figure directly before it is: 公开信息156条，完成下达任务数120条的
// 130%.
func ofTask(s *claims.Sentence, k int) (q pair, ok bool) {
	const two = 2
	if k < two || s.Figures[k].Raw != "的" {
		return q, false
	}
	part, whole := &s.Figures[k-two], &s.Figures[k-1]
	if !strings.Contains(whole.Raw, "完成") || !strings.Contains(whole.Raw, "任务") || whole.End != s.Figures[k].Clause && whole.Tail != "" || !operand(part) || !operand(whole) || part.Unit != whole.Unit || part.Change || !reaches(s, k-two, k-1) {
		return q, false
	}
	q = newPair(part, whole)
	q.plain = true
	return q, true
}

// shareOfBoth is the share whose whole stands before it and whose part in a bracket behind: 占总数620条的
// 83.9%（520条）.
func shareOfBoth(s *claims.Sentence, k int) (q pair, ok bool) {
	if k == 0 || k+1 >= len(s.Figures) || s.Figures[k].Raw != "的" || !strings.Contains(s.Figures[k-1].Raw, "占") {
		return q, false
	}
	whole, part := &s.Figures[k-1], &s.Figures[k+1]
	if part.Sep != '（' || part.Raw != "" || part.Clause > s.Figures[k].End+1 || !operand(whole) || !operand(part) || part.Unit != whole.Unit || part.Value.Cmp(whole.Value) > 0 {
		return q, false
	}
	q = newPair(part, whole)
	q.plain = true
	return q, true
}

// saidShare is the share that one clause tells with its whole, whatever each is counted in:
// 行政处罚决定930件，占公开信息2425条的38.4%.
func saidShare(s *claims.Sentence, k int) (q pair, ok bool) {
	if k < 2 || s.Figures[k].Raw != "的" {
		return q, false
	}
	part, whole := &s.Figures[k-2], &s.Figures[k-1]
	called, ok := strings.CutPrefix(s.Span(part.End, whole.Start), "，占") // it may be of two verbs: 占制作、获取信息284条的48.2%
	if !ok || strings.ContainsAny(called, "，；：（") || !operand(part) || !operand(whole) || part.Change || containsAny(called, "上年", "去年", "全国", "全省", "全市") || part.Value.Cmp(whole.Value) > 0 {
		return q, false
	}
	return newPair(part, whole), true
}
