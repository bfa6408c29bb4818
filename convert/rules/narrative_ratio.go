package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// ratio is a percentage with the words that say of what it is one.
type ratio struct {
	s, before *claims.Sentence
	k         int
	// name are the words for the part: 主动公开 of 主动公开率; empty where the share
	// is that of the figure before.
	name string
	// rate: 率 is said, not 占.
	rate bool
}

// looseOperands finds part and whole of a percentage wherever they stand in the
// sentence: the part is the figure that is called by the name of the rate, or
// that the share stands behind, the whole any other in the same measure word
// that is not less. sure is true where nothing says that the whole is another
// one: what none of them explains is then wrong.
func looseOperands(s, before *claims.Sentence, k int) (out []pair, sure bool) {
	r, ok := readRatio(s, before, k)
	if !ok {
		return nil, false
	}
	parts := r.parts()
	for _, a := range parts {
		wholes := r.wholesFor(a)
		for _, w := range wholes {
			out = append(out, newPair(&s.Figures[a], w))
		}
		out = append(out, ofTwo(&s.Figures[a], wholes)...)
	}
	out = append(out, r.together(parts)...)
	for _, a := range parts {
		for i := range s.Figures {
			if b := &s.Figures[i]; i != a && operand(b) && claims.SameUnit(b, &s.Figures[a]) && (claims.Opposite(b, &s.Figures[a]) || denies(b.Raw, s.Figures[a].Raw) || i > k && startsWithAny(b.Raw, "其余", "剩余", "余下")) { // 合格34个，不合格6个
				out = append(out, ofTwo(&s.Figures[a], []*claims.Figure{b, &s.Figures[a]})...)
			}
		}
	}
	return out, len(out) > 0 && r.plainBase(parts)
}

// denies reports whether the words say that what the others end in was not done: 公开栏达标160个、
// 未达标20个.
func denies(words, others string) bool {
	const least = 2
	for _, no := range []string{"尚未", "未", "不", "没有"} {
		if rest, ok := strings.CutPrefix(words, no); ok {
			return len([]rune(rest)) >= least && strings.HasSuffix(others, rest)
		}
	}
	return false
}

// together are the shares of parts with one name that stand side by side: 满意率 of 满意
// and 基本满意.
func (r *ratio) together(parts []int) (out []pair) {
	if r.name == "" {
		return nil
	}
	for n, k := range parts {
		first := &r.s.Figures[k]
		sum := new(big.Rat).Set(first.Value)
		for _, k := range parts[n+1:] {
			f := &r.s.Figures[k]
			if !claims.SameUnit(f, first) {
				break
			}
			sum.Add(sum, f.Value)
			for i := range r.s.Figures {
				if w := &r.s.Figures[i]; i != r.k && operand(w) && claims.SameUnit(w, first) && w.Value.Cmp(sum) >= 0 {
					out = append(out, pair{part: first, whole: w, value: hundredth(sum, w.Value), words: number(sum) + first.Unit + "和" + w.Printed + w.Unit})
				}
			}
		}
	}
	return out
}

// readRatio reads the words of a percentage, those before its bracket where it
// stands in one: 占总数的四成（43.0%）.
func readRatio(s, before *claims.Sentence, k int) (r ratio, ok bool) {
	p := &s.Figures[k]
	words := p.Raw
	if words == "" && p.Sep == '（' {
		words = clauseEndingAt(s, p.Clause-1)
	}
	if p.Sep == '）' { // 惠民类信息（村级、民生）占比67%
		open := p.Clause - 1
		for open > 0 && s.Runes[open] != '（' {
			open--
		}
		words = clauseEndingAt(s, open) + words
	}
	r = ratio{s: s, before: before, k: k}
	if containsAny(words, "分别", "依次") {
		return r, false
	}
	words = strings.TrimRight(dropIntro(words), "：为是达到约仅有")
	words = strings.ReplaceAll(words, "进度", "率") // 拨付进度
	if name, _, rate := strings.Cut(words, "率"); rate || strings.HasSuffix(words, "满意度") {
		r.name, r.rate = strings.TrimSuffix(strings.TrimSuffix(name, "度"), "的"), true
		const least = 2
		return r, len([]rune(r.name)) >= least
	}
	for _, w := range []string{"所占", "占到", "占了", "占", "比例", "比重"} {
		if name, rest, found := strings.Cut(words, w); found {
			r.name = kindNamed(strings.TrimSuffix(shareSubject(name), "的"))
			return r, !elsewhere(rest)
		}
	}
	if words == "" && p.Sep == '（' && k > 0 && s.Figures[k-1].End == p.Clause-1 {
		return r, true // 予以公开20件（41.67%）
	}
	return r, words == "" && strings.HasPrefix(p.Tail, "的")
}

// clauseEndingAt are the words of the clause that ends at the offset.
func clauseEndingAt(s *claims.Sentence, end int) string {
	from := clauseStart(s.Runes, end)
	for i := range s.Figures {
		if f := &s.Figures[i]; f.End > from && f.End <= end {
			from = f.End
		}
	}
	return s.Span(from, end)
}

// dropIntro takes off what only leads to a percentage.
func dropIntro(words string) string {
	for _, w := range []string{"其中", "实现", "使", "均", "全年", "本年度"} {
		words = strings.TrimPrefix(words, w)
	}
	return words
}

// shareSubject is what the share says it is of: empty for words that stand for
// the figure before.
func shareSubject(name string) string {
	for _, w := range []string{"约", "二者", "两者", "三者", "分别", "其", "各", "均", "合计", "共", "数量", "该类", "这", "所", "件数", "，"} {
		name = strings.ReplaceAll(name, w, "")
	}
	return name
}

// kindNamed is the name of a kind without the word for one: 许可 of 许可类.
func kindNamed(name string) string {
	const least = 2
	if kind := strings.TrimSuffix(name, "类"); len([]rune(kind)) >= least {
		return kind
	}
	return name
}

// elsewhere reports whether the words for the whole name one that the sentence
// has no figure of: another year, an area, a plan.
func elsewhere(words string) bool {
	return containsAny(words, "全区", "全市", "全县", "全省", "全国", "同类", "面积", "上年", "去年", "任务", "计划", "人口", "年初", "系统")
}

// parts are the figures that the ratio may be of.
func (r *ratio) parts() []int {
	s, p := r.s, &r.s.Figures[r.k]
	if r.name != "" {
		if out := r.named(); len(out) > 0 {
			return out
		}
		if r.rate {
			return r.unnamed()
		}
		if i := r.behindShare(); i >= 0 {
			return []int{i}
		}
		return nil
	}
	if p.Raw == "" && strings.HasPrefix(p.Tail, "的") { // 25%的问题（34个中的11个）
		if r.k+2 < len(s.Figures) && r.of(r.k+2) {
			return []int{r.k + 2}
		}
		return nil
	}
	behind := r.k // what the part stands before: the share, or its whole
	for a := r.k - 1; a >= 0; a-- {
		f := &s.Figures[a]
		if f.Depth > p.Depth && a > 0 {
			continue // in brackets behind the part
		}
		if a > 0 && p.Raw != "" && operand(f) && strings.HasPrefix(f.Raw, "占") {
			behind = a
			continue // the whole: 187件，占312件的六成，即59.9%
		}
		if operand(f) && !f.Change && reaches(s, a, behind) {
			return []int{a}
		}
		break
	}
	return nil
}

// unnamed is the figure that a rate is of though nothing calls it so: who came of those
// who should (应到320人，实到304人，参训率…), and those by the way that the rate tells
// (查询8420次，其中网上查询5894次，网办率…).
func (r *ratio) unnamed() []int {
	s, i := r.s, r.k-1
	if i < 1 || !operand(&s.Figures[i]) || !reaches(s, i, r.k) || !sameThings(&s.Figures[i], &s.Figures[i-1]) {
		return nil
	}
	if strings.HasSuffix(r.name, "覆盖") && r.of(i) {
		return []int{i} // 14家中有13家开设专栏，覆盖率…
	}
	part, whole := strings.TrimPrefix(s.Figures[i].Raw, "其中"), s.Figures[i-1].Raw
	if startsWithAny(part, "实到", "实际", "实有", "实训", "实参") && strings.Contains(whole, "应") || sameDeed(whole, part) {
		return []int{i}
	}
	if part == s.Figures[i].Raw {
		return nil
	}
	for _, way := range []string{"网上", "网", "线上", "掌上", "窗口", "自助"} {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(r.name, "全程"), way); ok && strings.HasPrefix(part, way) && slices.Contains([]string{"办", "办理", "办件", "申办", "申请", "查询", "受理", "提交"}, rest) && !strings.Contains(whole, way) {
			return []int{i}
		}
	}
	return nil
}

// sameDeed reports whether the part was done of what was to be done: 应立56处，已立51处.
func sameDeed(whole, part string) bool {
	done, ok := strings.CutPrefix(part, "已")
	_, due, asked := strings.Cut(whole, "应")
	return ok && asked && done != "" && strings.HasPrefix(due, done)
}

// behindShare is the figure that tells how many the share is: 占四成（47.5%），为342条;
// 占36.7%（316条）. -1 where there is none.
func (r *ratio) behindShare() int {
	i := r.k + 1
	if i >= len(r.s.Figures) || !operand(&r.s.Figures[i]) || bare(r.s.Figures[i].Raw) != "" {
		return -1
	}
	between := strings.Trim(r.s.Span(r.s.Figures[r.k].End, r.s.Figures[i].Clause), "，（）")
	if between != "" || r.s.Figures[i].Sep == 0 {
		return -1
	}
	return i
}

// bare are the words before a figure without those that only lead to it.
func bare(raw string) string {
	return strings.Trim(raw, "其中共计有为达是约即：，的")
}

// reaches reports whether figure k stands in the clause behind that of figure a.
func reaches(s *claims.Sentence, a, k int) bool {
	breaks, depth := 0, 0
	for i := s.Figures[a].End; i < s.Figures[k].Start; i++ {
		switch c := s.Runes[i]; {
		case c == '（':
			depth++
		case c == '）':
			depth--
		case depth == 0 && isClauseBreak(c):
			breaks++
		}
	}
	return breaks <= 1
}

// of reports whether figure i is counted out of the one before: 415条中的409条.
func (r *ratio) of(i int) bool {
	if i == 0 {
		return false
	}
	between := r.s.Span(r.s.Figures[i-1].End, r.s.Figures[i].Start)
	return !strings.Contains(between, "，") && (containsAny(between, "中的", "中有", "里有", "当中") || strings.HasSuffix(between, "中") || strings.HasPrefix(between, "中"))
}

// named are the figures called by the name of the ratio: by its last two
// characters, and by another word for the same deed.
func (r *ratio) named() []int {
	runes := []rune(r.name)
	const length = 2
	if len(runes) < length {
		return nil
	}
	if len(runes) > length {
		if out := r.namedBy(r.name); len(out) == 1 { // 全程接种 of those who are 目标接种
			return out
		}
	}
	return r.namedBy(string(runes[len(runes)-length:]))
}

// namedBy are the figures whose words hold the stem.
func (r *ratio) namedBy(stem string) (out []int) {
	for i := range r.s.Figures {
		f := &r.s.Figures[i]
		words := r.wordsOf(i)
		if i == r.k || !operand(f) || f.Change || f.Scope.OtherYear || r.apart(i) || i > r.k && f.Depth < r.s.Figures[r.k].Depth || r.rate && i > r.k && (r.someOf(f.Raw, stem) || startsWithAny(f.Raw, "其余", "剩余", "余下", "另外")) {
			continue // some of those, or the others: 回复率100%，其中当日回复190条
		}
		if holds(words, stem) || stemWords[stem] != "" && holds(words, stemWords[stem]) {
			out = append(out, i)
		}
	}
	return out
}

// someOf reports whether the words behind a rate lead to some of what it is of.
func (r *ratio) someOf(words, stem string) bool {
	rest, some := strings.CutPrefix(words, "其中")
	return some && strings.HasSuffix(rest, stem) && startsWithAny(rest, "当日", "当天", "当场", "当月", "即时", "现场", "首次", "提前")
}

// wordsOf are the words on both sides of a figure that may name it.
func (r *ratio) wordsOf(i int) string {
	words := r.s.Figures[i].Raw
	if r.of(i) {
		words = r.s.Figures[i-1].Raw + words + "，" + r.s.Figures[i].Tail
	} else if bare(words) == "" {
		words = r.s.Figures[i].Tail
	} else if r.s.Figures[i].Tail != "" {
		words += "，" + r.s.Figures[i].Tail
	}
	if words == "" {
		words = r.s.Figures[i].Label
	}
	return words
}

// holds reports whether the words hold the stem and do not deny it (不满意) nor
// only ask for it (应公开).
func holds(words, stem string) bool {
	at := strings.LastIndex(words, stem)
	if at < 0 {
		return false
	}
	before := words[:at]
	for _, w := range inTime {
		before = strings.TrimSuffix(before, w) // 未按期答复
	}
	behind := words[at+len(stem):]
	if startsWithAny(behind, "度问卷", "度调查", "度测评", "度评价", "度回访") || stem == "公开" && strings.HasPrefix(behind, "申请") {
		return false // 信息公开申请 are not disclosed
	}
	for _, no := range []string{"不", "未", "应", "未予", "不予", "待", "需", "非", "尚未", "拟", "可以", "目标", "计划"} {
		if strings.HasSuffix(before, no) {
			return false
		}
	}
	return true
}

// apart reports whether a semicolon stands between figure i and the percentage.
func (r *ratio) apart(i int) bool {
	from, to := r.s.Figures[i].End, r.s.Figures[r.k].Start
	if i > r.k {
		from, to = r.s.Figures[r.k].End, r.s.Figures[i].Start
	}
	return from < to && slices.Contains(r.s.Runes[from:to], '；')
}

// wholesFor are the figures that figure a may be a part of.
func (r *ratio) wholesFor(a int) (out []*claims.Figure) {
	part := &r.s.Figures[a]
	fits := func(w *claims.Figure) bool {
		return operand(w) && sameThings(w, part) && w.Value.Cmp(part.Value) >= 0 && !w.Change && !w.Scope.OtherYear && !claims.Opposite(w, part) && !r.otherPart(w, part)
	}
	for i := a - 1; i >= 0; i-- {
		if w := &r.s.Figures[i]; i != r.k && fits(w) && !r.another(i, a) && !detailOfShared(r.s, i) {
			out = append(out, w)
		}
	}
	for i := a + 1; i < len(r.s.Figures); i++ {
		if w := &r.s.Figures[i]; i != r.k && fits(w) && w.Value.Cmp(part.Value) > 0 && !r.apart(i) && !r.another(i, a) && !detailOfShared(r.s, i) {
			out = append(out, w)
		}
	}
	if len(out) == 0 && strings.HasPrefix(r.s.Text, "其中") {
		for _, w := range pointers(r.before) {
			if fits(w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// otherPart reports whether two figures are the parts of a third before them: of 140个, 56个 and
// 84个.
func (r *ratio) otherPart(w, part *claims.Figure) bool {
	if len(r.s.Figures) > mostCompared {
		return false
	}
	sum := new(big.Rat).Add(w.Value, part.Value)
	return slices.ContainsFunc(r.s.Figures, func(all claims.Figure) bool {
		return all.Start < min(w.Start, part.Start) && operand(&all) && sameThings(&all, part) && all.Value.Cmp(sum) == 0
	})
}

// sameThings reports whether two figures count alike; people are in 人, 名 and 位.
func sameThings(a, b *claims.Figure) bool {
	if a.Unit == "个" && b.Unit != "个" {
		a, b = b, a
	}
	const noun = 6 // 15个村民小组, 11组
	if tail := []rune(b.Tail); b.Unit == "个" && a.Unit != "" && strings.Contains(string(tail[:min(noun, len(tail))]), a.Unit) {
		return true
	}
	return claims.SameUnit(a, b) || strings.Contains("人名位", a.Unit) && strings.Contains("人名位", b.Unit) && a.Unit != "" && b.Unit != ""
}

// ofItsOwn reports whether the rate stands in brackets behind figure a, an item of a list of what
// was published, and figure i, another item or the total, is none that came in: 更新1583条，其中公告158条、
// 咨询答复152条（答复率100%）.
func (r *ratio) ofItsOwn(i, a int) bool {
	p, w := &r.s.Figures[r.k], &r.s.Figures[i]
	return r.rate && p.Depth > r.s.Figures[a].Depth && !containsAny(w.Label, receivedWords...) && !strings.Contains(w.Label, "应"+r.name) &&
		slices.ContainsFunc(r.s.Breakdowns, func(b claims.Breakdown) bool {
			return (slices.Contains(b.Parts, i) || !b.Previous && b.Total == i) && slices.Contains(b.Parts, a)
		})
}

// another reports whether figure i is a part like figure a and no whole: it has a
// share of its own, or is called by the name of the rate too.
func (r *ratio) another(i, a int) bool {
	if r.ofItsOwn(i, a) {
		return true
	}
	if slices.ContainsFunc(r.s.Breakdowns, func(b claims.Breakdown) bool { return !b.Previous && b.Total == i && slices.Contains(b.Parts, a) }) {
		return false
	}
	if n := rateBehind(r.s, i); n > 0 && n != r.k && reaches(r.s, i, n) {
		return true
	}
	if r.name == "" || !slices.Contains(r.named(), i) {
		return false
	}
	if i+1 == a && r.of(a) {
		return false
	}
	return true
}

// detailOfShared reports whether figure i is a part of one that has a share of its own, or told again behind
// it: 新媒体403条、占比62%，其中微信403条.
func detailOfShared(s *claims.Sentence, i int) bool {
	w := &s.Figures[i]
	for n := range i {
		if f := &s.Figures[n]; claims.SameUnit(f, w) && f.Value.Cmp(w.Value) == 0 && rateBehind(s, n) > 0 && rateBehind(s, n) < i {
			return true
		}
	}
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		return !b.Previous && slices.Contains(b.Parts, i) && rateBehind(s, b.Total) > 0 && rateBehind(s, b.Total) < i
	})
}

// rateBehind is the percentage that stands next behind figure i, figures in brackets between them
// (信息3357条（机关633条、直属2724条），占15.52%); 0 where none does.
func rateBehind(s *claims.Sentence, i int) int {
	for n := i + 1; n < len(s.Figures); n++ {
		switch f := &s.Figures[n]; {
		case f.IsPercent():
			return n
		case f.Depth <= s.Figures[i].Depth:
			return 0
		}
	}
	return 0
}

// ofTwo are the shares of two wholes together.
func ofTwo(part *claims.Figure, wholes []*claims.Figure) (out []pair) {
	for i := range wholes {
		for _, w := range wholes[i+1:] {
			all := new(big.Rat).Add(wholes[i].Value, w.Value)
			out = append(out, pair{part: part, whole: w, value: hundredth(part.Value, all), words: part.Printed + part.Unit + "和" + number(all) + part.Unit})
		}
	}
	return out
}

// modifiers of a rate say that it is of some of what was done: they must stand
// with the part too.
var modifiers = []string{"按时", "按期", "及时", "网上", "平均", "各", "限时", "主动", "一次", "提前", "首次", "全程", "现场", "当日", "初次", "线上", "综合", "累计", "同比", "总体", "规范", "公开", "书面", "即时", "直接", "总", "复查", "回访", "再次", "二次"}

// inTime are words for what is done within its term.
var inTime = []string{"按时", "按期", "及时", "限时", "如期", "期限内", "时限内", "规定时间内"}

// sameAs are the words that mean the same as the modifier.
func sameAs(modifier string) []string {
	if slices.Contains(inTime, modifier) {
		return inTime
	}
	return []string{modifier}
}

// plainBase reports whether the figures that the ratio follows from are surely
// in the sentence.
func (r *ratio) plainBase(parts []int) bool {
	p := &r.s.Figures[r.k]
	if r.rate {
		for _, w := range modifiers {
			if (w == "综合" || w == "总体") && (len(parts) == 1 || r.isAllTold(parts)) || slices.Contains(inTime, w) && slices.ContainsFunc(indexes(r.s), func(i int) bool { return containsAny(r.s.Figures[i].Raw, "到期应", "应办结", "应答复") }) {
				continue
			}
			if strings.Contains(r.name, w) && !slices.ContainsFunc(parts, func(i int) bool {
				words := r.wordsOf(i) + behind(r.s, i)
				return containsAny(words, sameAs(w)...) || slices.Contains(inTime, w) && toldInTime(words)
			}) {
				return false
			}
		}
	}
	if carries := func(i int) bool { return strings.Contains(r.s.Figures[i].Raw, "结转") }; saysCarried(r.s) && !slices.ContainsFunc(indexes(r.s), carries) {
		return false
	}
	if _, whole, ok := strings.Cut(p.Raw, "占"); ok && !r.rate && wholeName(p) != "" && !r.callsAWhole(parts) {
		return whole == "" // 占办结总数的: no figure is called so
	}
	full := p.Value.Cmp(big.NewRat(100, 1)) == 0
	if full && (saysCarried(r.s) || containsAny(r.s.Text, "正在", "在办", "其余", "未到期", "剩余", "延期", "尚未", "另有", "重复", "除")) {
		return false
	}
	for _, a := range parts {
		if full && containsAny(behind(r.s, a), "全部", "均", "全都", "悉数", "一律") {
			return false // 行政处罚17件全部公示，公示率100%
		}
		wholes := r.wholesFor(a)
		if slices.ContainsFunc(wholes, func(w *claims.Figure) bool { return r.sibling(a, w) }) {
			return false
		}
		if len(wholes) > 0 && !slices.ContainsFunc(wholes, func(w *claims.Figure) bool { return r.sameMatter(a, w) }) {
			return false
		}
	}
	return true
}

// isAllTold reports whether the parts and one more figure, those denied, are a whole that the
// sentence tells: 126人，其中满意108人、基本满意15人、不满意3人.
func (r *ratio) isAllTold(parts []int) bool {
	if len(r.s.Figures) > mostCompared {
		return false
	}
	sum := new(big.Rat)
	for _, i := range parts {
		sum.Add(sum, r.s.Figures[i].Value)
	}
	for i := range r.s.Figures {
		no := &r.s.Figures[i]
		if !operand(no) || !startsWithAny(bare(no.Raw), "不", "未", "没") {
			continue
		}
		all := new(big.Rat).Add(sum, no.Value)
		if slices.ContainsFunc(r.s.Figures, func(f claims.Figure) bool { return operand(&f) && f.Value.Cmp(all) == 0 && sameThings(&f, no) }) {
			return true
		}
	}
	return false
}

// sameMatter reports whether the whole is not of another matter than figure a: none of those
// before a semicolon is, but what came in.
func (r *ratio) sameMatter(a int, w *claims.Figure) bool {
	from, to := w.End, r.s.Figures[a].Start
	return from >= to || !slices.Contains(r.s.Runes[from:to], '；') || containsAny(w.Label, receivedWords...) || containsAny(w.Label, "收", "接", "征集", "抽", "检查", "调查", "发放", "发出", "派", "交", "登记", "应")
}

// callsAWhole reports whether one of the wholes has the name that the share says.
func (r *ratio) callsAWhole(parts []int) bool {
	p := &r.s.Figures[r.k]
	return slices.ContainsFunc(parts, func(a int) bool {
		return slices.ContainsFunc(r.wholesFor(a), func(w *claims.Figure) bool {
			return callsWhole(p, w) || slices.ContainsFunc(indexes(r.s), func(i int) bool {
				return &r.s.Figures[i] == w && saysName(p, behind(r.s, i))
			})
		})
	})
}

// indexes are the indexes of the figures.
func indexes(s *claims.Sentence) []int {
	out := make([]int, len(s.Figures))
	for i := range out {
		out[i] = i
	}
	return out
}

// sibling reports whether both are parts of one total.
func (r *ratio) sibling(a int, w *claims.Figure) bool {
	for i := range r.s.Breakdowns {
		b := &r.s.Breakdowns[i]
		if slices.Contains(b.Parts, a) && slices.ContainsFunc(b.Parts, func(k int) bool { return &r.s.Figures[k] == w }) {
			return b.Previous
		}
	}
	return false
}
