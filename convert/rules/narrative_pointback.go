package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// compareBack compares a figure that points back with the one told before that it means: 开展开放日活动3场。
// 4场开放日共收集意见51条; 废止规范性文件4件。对废止的14件文件…; 办结7件。办结的8件中…; 发布信息1648条。在上述1846条信息中….
func (c *context) compareBack(v *verdict) {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		for k := range s.Figures {
			c.judgeBack(i, k, v)
		}
	}
}

// how a figure points back.
type backward int

const (
	toNothing backward = iota
	toNamed            // 上述1846条信息
	toDone             // 废止的14件文件, 办结的8件中
	toTopic            // 4场开放日共收集: nothing before it in its clause
)

// backOf is how a figure points back, and the verb that did what it counts.
func backOf(s *claims.Sentence, k int) (how backward, verb string) {
	f := &s.Figures[k]
	if !f.Exact() || !f.IsCount() || f.Change || f.Unit == "" || f.Depth > 0 || f.Scope.OtherYear || f.Scope.Cumulative {
		return toNothing, ""
	}
	raw := strings.TrimLeft(f.Raw, "，：")
	if f.Sep == '、' || strings.HasPrefix(raw, "其中") {
		return toNothing, ""
	}
	for _, w := range []string{"今后", "将继续", "继续", "针对", "围绕", "按照", "对于", "对", "在", "将", "把", "就"} {
		raw = strings.TrimPrefix(raw, w)
	}
	switch {
	case slices.Contains([]string{"上述", "以上", "前述", "上述的", "以上的"}, raw), strings.Contains("名位", f.Unit) && hasAnySuffix(raw, []string{"全部", "全体"}): // 邀请全部15名监督员参加
		return toNamed, ""
	case raw == "" && f.Clause == f.Start && !f.Han:
		if f.Sep == '；' && slices.ContainsFunc(s.Figures, func(g claims.Figure) bool {
			return g.Start != f.Start && g.Unit == f.Unit && g.Tail != "" && (g.Raw == "" || startsWithAny(g.Raw, "其余", "另"))
		}) {
			return toNothing, "" // 2件予以公开；1件不由本镇制作；其余2件属信访事项
		}
		return toTopic, ""
	}
	if v, ok := strings.CutSuffix(raw, "的"); ok && (slices.Contains(pointedActs, v) || hasAnySuffix(v, madeActs)) {
		return toDone, v
	}
	return toNothing, ""
}

// pointedActs are what was done with what is counted, in words that point back to all of it.
var pointedActs = strings.Fields("办结 已办结 废止 修改 新增 制发 印发 出台 收到 采纳 未采纳 被纠正 纠正 维持 审结 已审结 受理")

// madeActs end the words for what was made, of which a noun behind the figure tells that it is all of it: 形成的36项
// 事项目录.
var madeActs = strings.Fields("确定 梳理 编制 建立 公布 形成 编发 制作 编制 举办 召开 建成 设立 聘请 新收 开设")

// judgeBack judges figure k of a sentence, where it points back.
func (c *context) judgeBack(index, k int, v *verdict) {
	s := &c.said.Sentences[index]
	how, verb := backOf(s, k)
	if how == toNothing {
		return
	}
	f := &s.Figures[k]
	var meant *claims.Figure
	var in *claims.Sentence
	const near = 4 // sentences
	for i := index; i >= max(0, index-near) && c.said.Sentences[i].Section == s.Section; i-- {
		before := &c.said.Sentences[i]
		for n := len(before.Figures) - 1; n >= 0; n-- {
			g := &before.Figures[n]
			if i == index && g.Start >= f.Start || g.Unit != f.Unit || !g.IsCount() || g.Change {
				continue
			}
			if how != toDone && g.Value.Cmp(f.Value) == 0 {
				return // told so
			}
			if meant == nil && how == toTopic && startsWithAny(behindFigure(s, f), "申请中", "申请里") && c.isIntake(before, g) && f.Value.Cmp(g.Value) > 0 && !c.mayCarry() {
				meant, in = g, before
			}
			if meant == nil && g.Exact() && g.Depth == 0 && !g.Scope.OtherYear && !g.Scope.Cumulative && meansFigure(how, verb, s, k, g) {
				meant, in = g, before
			}
		}
	}
	asked := meant != nil && how == toTopic && c.isIntake(in, meant)
	if meant == nil || meant.Value.Cmp(f.Value) == 0 || !asked && !pointsSurely(how, s, k, meant) || how != toDone && c.sumsBefore(index, k) {
		return
	}
	x, y := c.claimOf(in, meant), c.claimOf(s, f)
	if x == nil || y == nil || c.ofOtherTotal(x, y) || c.explained(x, y) || partedBehind(s, k, meant) || s.Says("取消", "延期", "改期") {
		return
	}
	if found := c.twice(x, y); !slices.ContainsFunc(v.faults, func(told fault) bool { return told.place == found.place }) {
		v.fail(found)
	}
}

// sumsAllDone reports whether a claim points back to all that was done by a verb, told in several figures.
func (c *context) sumsAllDone(x *claims.Claim) bool {
	if x.Figure < 0 {
		return false
	}
	how, verb := backOf(c.sentence(x), x.Figure)
	return how == toDone && c.sumsDone(x.Sentence, x.Figure, verb)
}

// sumsDone reports whether the number is the sum of all that stands before it by the verb: 诉讼判决纠正1件。
// 复议维持1件、纠正1件。纠正的2件….
func (c *context) sumsDone(index, k int, verb string) bool {
	const near = 12 // sentences
	sum := new(big.Rat)
	verb = strings.TrimPrefix(strings.TrimPrefix(verb, "已"), "被")
	for i := index; i >= max(0, index-near) && c.said.Sentences[i].Section == c.said.Sentences[index].Section; i-- {
		s := &c.said.Sentences[i]
		for n := range s.Figures {
			g := &s.Figures[n]
			behind := []rune(behindFigure(s, g)) // 1件判决确认违法（结果纠正）
			if n+1 < len(s.Figures) {
				behind = behind[:max(0, min(len(behind), s.Figures[n+1].Clause-g.End))]
			}
			words := g.Raw + string(behind)
			if (i < index || n < k) && g.IsCount() && !g.Change && strings.Contains(words, verb) {
				sum.Add(sum, g.Value)
			}
		}
	}
	return sum.Cmp(c.said.Sentences[index].Figures[k].Value) == 0
}

// partedBehind reports whether the figure is one of several that make up the one before:
// 1236条由单位发布，90条由部门发布.
func partedBehind(s *claims.Sentence, k int, whole *claims.Figure) bool {
	sum := new(big.Rat)
	for i := k; i < len(s.Figures); i++ {
		if g := &s.Figures[i]; g.Unit == whole.Unit && g.IsCount() && !g.Change {
			sum.Add(sum, g.Value)
		}
	}
	return sum.Cmp(whole.Value) == 0
}

// isIntake reports whether a figure is the number of all applications received.
func (c *context) isIntake(s *claims.Sentence, f *claims.Figure) bool {
	x := c.claimOf(s, f)
	return x != nil && x.Subject == claims.New && c.plain(x)
}

// mayCarry reports whether more may have been dealt with than came in.
func (c *context) mayCarry() bool {
	_, x := c.applicationsTotal("carried_over")
	return c.tellsCarried() && !c.deniesCarried() || x != nil && (!x.known() || x.value.Sign() != 0)
}

// meansFigure reports whether a figure told before is the one that figure k points back to, by the name
// or the verb that both have.
func meansFigure(how backward, verb string, s *claims.Sentence, k int, g *claims.Figure) bool {
	f := &s.Figures[k]
	words := trimCount(strings.TrimPrefix(g.Raw, "其中"))
	if how == toDone {
		bare := strings.TrimPrefix(strings.TrimPrefix(verb, "已"), "被")
		of := sinceYear.ReplaceAllString(words, "")
		of = strings.TrimPrefix(of, "已")
		if hasAnySuffix(bare, madeActs) {
			noun := []rune(backNoun(s, k))
			_, at, shared := longestRun([]rune(of+g.Tail), noun)
			return hasSuffixVerb(of, bare) && (!strings.Contains(of, "新") || strings.Contains(bare, "新")) && shared > 1 && at+shared == len(noun) && (f.Value.Cmp(g.Value) > 0 || mistyped(f, g) || allOfThem(s, f) || wholeNoun(verb, noun, shared))
		}
		return of == bare || strings.HasPrefix(of, bare) && namesPapers.MatchString(strings.TrimPrefix(of, bare)) && namesPapers.MatchString(backNoun(s, k))
	}
	noun := []rune(backNoun(s, k))
	const least = 2
	if len(noun) < least {
		return false
	}
	_, at, shared := longestRun([]rune(words+g.Tail), noun)
	return shared >= least && at+shared == len(noun) && !strings.HasPrefix(g.Raw, "其中") && (f.Scope.Area == g.Scope.Area && !slices.Contains(loosely, string(noun)) || mistyped(f, g))
}

// wholeNoun reports whether what is counted is called by all of a long name, and as what there already is: 已开设的8个重点领域
// 信息公开专栏.
func wholeNoun(verb string, noun []rune, shared int) bool {
	const long = 6
	return strings.HasPrefix(verb, "已") && len(noun) >= long && shared == len(noun)
}

// allOfThem reports whether the words behind a figure say that all of what it counts is done: 确定的16项任务已全部完成.
func allOfThem(s *claims.Sentence, f *claims.Figure) bool {
	return allIsDone.MatchString(behindFigure(s, f))
}

var allIsDone = lazyregexp.New(`^[^，。；\d]{2,8}?(?:已|均已|都已|现已)?全部(?:完成|办结|落实|到位|建成|公开|发布|上线)`)

// settings are the verbs by which a plan sets tasks.
var settings = strings.Fields("确定 细化 明确 分解 列出 部署")

// hasSuffixVerb reports whether words tell of the act that ends other words.
func hasSuffixVerb(words, bare string) bool {
	if hasAnySuffix(bare, settings) && containsAny(words, settings...) {
		return true
	}
	return slices.ContainsFunc(madeActs, func(v string) bool { return strings.HasSuffix(bare, v) && strings.Contains(words, v) })
}

// sinceYear are words before a verb that say no more than that it was done in the year.
var sinceYear = lazyregexp.New(`^(?:20\d\d年度?|本年度?|全年|今年|年内|当年|截至年底|期末|局机关|厅机关|我[局委办镇乡]|本机关|共|累计|依法|按期|按时)+`)

// namesPapers are words for what is written, which one may leave out.
var namesPapers = lazyregexp.New(`^(?:行政)?(?:规范性)?文件$|^$`)

// namesAll are names of what is counted that leave nothing out.
var namesAll = lazyregexp.New(`^(?:行政)?(?:规范性)?文件$|^(?:政府)?(?:信息)?(?:公开)?申请$|^案件$|^意见$|^建议$|^$`)

// loosely are names under which several things are counted.
var loosely = strings.Fields("信息 单位 部门 企业 事项 内容 申请 案件 文件 人员 群众 项目 问题 工作 意见 建议 活动 会议 培训 村 社区 学校 街道 乡镇 栏目 平台 账号 渠道 数据 服务")

// mistyped reports whether a number of three digits and more is the other with a slip of the hand.
func mistyped(f, g *claims.Figure) bool {
	const few = 2
	x, y := f.Value.RatString(), g.Value.RatString()
	return len(x) > few && slipOfDigits(x, y) == surely
}

// backNoun is the name of what is counted behind figure k.
func backNoun(s *claims.Sentence, k int) string {
	words := behindFigure(s, &s.Figures[k])
	if at := strings.IndexAny(words, "“（"); at >= 0 {
		words = words[:at]
	}
	if at := behindNoun.FindStringIndex(words); at != nil {
		words = words[:at[0]]
	}
	return words
}

// behindNoun is what goes on behind the name of what is counted.
var behindNoun = lazyregexp.New(`的|进行|参加|出席|到会|呈现|集中|主要|中|里|内|共|均|都|已|全部|合计|累计|无一|同时|同步|分别|直播|收集|由|被|经|在|为|是`)

// pointsSurely reports whether the other number cannot be that of some of them.
func pointsSurely(how backward, s *claims.Sentence, k int, meant *claims.Figure) bool {
	f := &s.Figures[k]
	switch how {
	case toNamed:
		return true
	case toDone:
		if noun := []rune(backNoun(s, k)); allOfThem(s, f) || wholeNoun(f.Raw[max(0, strings.Index(f.Raw, "已")):], noun, len(noun)) {
			return true
		}
		if f.Value.Cmp(meant.Value) < 0 && !namesAll.MatchString(backNoun(s, k)) {
			return false // 对废止的4件涉企文件: some of them
		}
		return f.Value.Cmp(meant.Value) > 0 || containsAny(behindFigure(s, f), "中", "里", "集中在", "主要是") || startsWithAny(strings.TrimLeft(f.Raw, "，："), "对", "将", "把") || mistyped(f, meant)
	}
	const few = 2 // times
	switch {
	case mistyped(f, meant):
		return true // 1236 for 1326
	case !strings.Contains("场期次篇部份", f.Unit) || f.Value.Cmp(meant.Value) <= 0:
		return false
	}
	x, _ := f.Value.Float64()
	y, _ := meant.Value.Float64()
	return x < few*y && startsWithAny(strings.TrimPrefix(behindFigure(s, &s.Figures[k]), backNoun(s, k)), "共", "均", "都", "同时", "同步", "的", "合计", "累计", "全部", "直播", "收集", "已")
}

// sumsBefore reports whether the number is the sum of some that stand before it.
func (c *context) sumsBefore(index, k int) bool {
	s := &c.said.Sentences[index]
	f := &s.Figures[k]
	var before []*claims.Figure
	const near, most = 2, 12
	for i := index; i >= max(0, index-near) && c.said.Sentences[i].Section == s.Section; i-- {
		from := &c.said.Sentences[i]
		for n := range from.Figures {
			if g := &from.Figures[n]; (i < index || g.Start < f.Start) && g.Unit == f.Unit && g.IsCount() && !g.Change && g.Value.Sign() > 0 {
				before = append(before, g)
			}
		}
	}
	if len(before) > most {
		return true // perhaps
	}
	target, _ := f.Value.Float64()
	var sums func(n int, rest float64, taken int) bool
	sums = func(n int, rest float64, taken int) bool {
		if rest == 0 && taken > 1 {
			return true
		}
		if n == len(before) || rest < 0 {
			return false
		}
		value, _ := before[n].Value.Float64()
		return sums(n+1, rest-value, taken+1) || sums(n+1, rest, taken)
	}
	return sums(0, target, 0)
}
