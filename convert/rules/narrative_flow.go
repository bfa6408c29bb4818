package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// role is the part a figure plays in an account of things received and settled.
type role int

const (
	noRole   role = iota
	intake        // 受理, 新收
	carried       // 上年结转
	settled       // 办结, 答复
	pending       // 正在办理, 剩余
	forward       // 结转下年
	ended         // 转其他部门处理, 不予受理: no more to be done by the body
	subtotal      // 应办, 合计: what came in and was carried over
)

// account is what a sentence says of one kind of things: whatever is received
// and carried over is settled, under way or carried forward.
type account struct {
	received, done   *claims.Figure
	carried          []*claims.Figure
	pending, forward *claims.Figure
	// ended were taken from it without being settled.
	ended []*claims.Figure
	// late was settled too, behind its term.
	late *claims.Figure
	// earlier was received too, or is the sum of what came in: 共收到52件，新收49件.
	earlier *claims.Figure
	// handled: that it was received is only told by the verb 办理.
	handled bool
	// accepted: earlier is what came in, and received what of it was accepted.
	accepted bool
	// included: what was carried over is part of what was received (含上年结转3件).
	included bool
	// eitherWay: a bracket tells it and does not say that it is.
	eitherWay bool
	// others are figures of the same unit that have no part in it, those before
	// the settled one added up in more.
	others int
	more   *big.Rat
	// rest: the pending figure is said to be all that is left (剩余, 其余).
	rest bool
	// none: the sentence says that nothing was carried over.
	none bool
	// whole: the received figure is what there was to do in all (应办).
	whole bool
	// elsewhen: a figure is of a part of the year, or of another year.
	elsewhen bool
	// unclear: two figures play one part, or one is not exact.
	unclear bool
}

var (
	carriedWords = []string{"结转", "转结", "遗留", "接转", "结存"}
	pendingWords = []string{"正在办理", "在办", "办理中", "未办结", "正在处理", "处理中", "待办", "尚在", "剩余", "剩下", "余下", "还剩", "仍剩", "只剩", "尚剩", "未到", "未答复", "未回复", "正在核查", "正在处置", "正在调处", "正在审理", "正在整改", "正在办", "正在", "整改中", "审理中", "处置中", "未处置", "未审结", "未结", "正在调查", "未处理", "未办理", "年底在审", "年末在审", "期末在审", "尚在审", "仍在审"}
	nextWords    = []string{"结转下", "结转至", "结转到", "结转次", "结转明", "转下年", "转入下", "转至下", "转结下", "转结至", "接转下", "下年", "次年", "结转入"}
	lastWords    = []string{"上年", "上一年", "去年", "往年", "上期", "年结转", "年度结转", "年转结", "年遗留", "以前年", "历年"}
)

// roleOf reads the part of a figure from the words around it. done says that a
// settled figure stands before it.
func (c *context) roleOf(f *claims.Figure, received *claims.Figure, done bool) role {
	// One look serves the three texts that are asked for some two hundred words.
	text := glance.At(f.Label + "\n" + strings.ReplaceAll(f.Raw+f.Tail, "正在办案", "")) // 因正在办案不予公开
	words := text.String()[len(f.Label)+1:]
	last := text.HasIn(words, lastWords...) || c.lastYearIn(words)
	switch {
	case bothIn(f):
		return intake
	case done && received != nil && received.Scope.OtherYear && intoYear.MatchString(words):
		return forward
	case !done && f != received && carriedIn(words, received), text.HasIn(f.Raw, "旧存", "积存"):
		return carried
	case last && !text.HasIn(words, nextWords...) && (text.HasIn(f.Raw, "其中", "含", "包括", "包含") && done || text.HasIn(words, "承接", "延续", "接续", "递延", "移交过来", "带来", "积压", "存量")) && !text.HasIn(words, "同期", "比上", "较上", "没有", "无"):
		return carried // 办结80件，其中5件为上年受理
	case (last || text.HasIn(words, "年初", "上一年")) && text.HasIn(words, "待", "未", "没") && !text.HasIn(words, "没有", "无", "比上", "较上", "同期", "未收", "未发生", "未受理", "期待", "接待", "对待", "等待"):
		return carried
	case strings.Contains(words, "跨年") && !done && !text.HasIn(words, "无", "没有", "未"):
		return carried
	case text.HasIn(words, "转来", "转入", "留存", "留下", "带入", "未办结", "未结", "未答复", "剩余", "结余", "在办") && (text.HasIn(words, "上年", "去年", "上一年", "年初", "历年", "往年") || c.lastYearIn(words)) && !text.HasIn(words, "没有", "无未"):
		return carried
	case c.nextYearIn(words) && text.HasIn(words, "转", "移", "留", "顺延", "接续", "带到", "带入", "延至"):
		return forward
	case text.HasIn(words, carriedWords...) || text.HasIn(words, nextWords...):
		switch {
		case text.HasIn(words, nextWords...) && !text.HasIn(words, lastWords...):
			return forward
		case text.HasIn(words, lastWords...) || !done:
			return carried
		}
		return forward
	case text.HasIn(f.Label, "合计", "共计") && text.HasIn(f.Label, "办结", "办理", "答复") && received != nil && f.Tail == "":
		return settled
	case text.HasIn(f.Label, "应办", "应答复", "合计", "总计") || f.Label == "" && text.HasIn(f.Raw, "合计", "共计", "总计"):
		return subtotal
	case received != nil && f != received && f.Tail == "" && (done || text.HasIn(f.Raw, "不予受理", "未受理", "撤销申请", "撤回申请")) && text.HasIn(f.Raw, "转", "移", "退", "撤", "不予", "未受理", "终止") && endsElsewhere.MatchString(f.Raw) && f.Depth == received.Depth:
		return ended
	case text.HasIn(words, pendingWords...), text.HasIn(words, "未", "没") && unsettled.MatchString(words), startsWithAny(f.Raw, "待答复", "待办", "待处理", "待回复", "待整改", "待解决", "待核实", "待核查", "待结案"), strings.Contains(f.Tail, "待") && waiting.MatchString(f.Tail):
		return pending
	case c.settles(f) || settlesThe(f, received) || settlesBy(f, received):
		return settled
	case f.Tail == "" && text.HasIn(f.Raw, "新", "发生", "提起", "提出", "申请", "被诉") && openingWords.MatchString(f.Raw) && !text.HasIn(f.Raw, "撤", "未", "逾期"):
		return intake
	case text.HasIn(f.Raw, "转办后", "转交后", "派单后"):
		return noRole
	case text.HasIn(f.Label, receivedWords...) || text.HasIn(f.Label, "新收", "收信", "新提出", "新提交", "新递交", "新接", "又来", "新来", "接了", "又接", "转来", "转交", "交来", "下派", "派发", "派来", "派单", "登记", "承接", "流转", "立案", "收案", "流入", "接单", "接听", "接诉", "征集", "收集", "受案") || strings.HasPrefix(f.Label, "收") || strings.Contains(f.Tail, "新收"):
		return intake
	}
	return noRole
}

// roleIn is the part of a figure of the sentence. The verb of a list stands before its first
// item: 受理咨询、求助、建议904条.
func (c *context) roleIn(s *claims.Sentence, f *claims.Figure, received *claims.Figure, done bool) role {
	if received == nil && f.Start > s.Figures[0].Start && startsWithAny(f.Raw, "转办", "转交", "转派", "移交") {
		return noRole // 办结53件，转办6件
	}
	if restOfRate(s, f) || strings.HasSuffix(f.Raw, "不予处理") && s.Says("予以公开", "部分公开") { // one of the results
		return noRole
	}
	r := c.roleOf(f, received, done)
	group := groupBefore(s, f)
	if r != noRole || !f.Compound && group == "" || done {
		return r
	}
	list := *f
	if list.Raw = group + f.Raw; f.Compound {
		list.Raw = trimCount(withList(s, f))
	}
	list.Label = list.Raw
	if c.roleOf(&list, received, done) == intake {
		return intake
	}
	return noRole
}

// restOfRate reports whether a figure is what a rate directly before it leaves, which is not one of what was
// settled: 答复8件，公开率为87.5%，余下1件不掌握.
func restOfRate(s *claims.Sentence, f *claims.Figure) bool {
	if !startsWithAny(strings.TrimLeft(f.Raw, "，"), "余下", "其余", "剩余") {
		return false
	}
	for k := 1; k < len(s.Figures); k++ {
		if p := &s.Figures[k-1]; s.Figures[k].Start == f.Start {
			from := 0
			if k > 1 {
				from = s.Figures[k-2].End
			}
			return p.IsPercent() && strings.Contains(s.Span(from, p.Start), "公开率")
		}
	}
	return false
}

// unsettled says that something received is not settled: 仍未化解.
var unsettled = lazyregexp.New(`[未没](?:有|能|得到)?(?:及时|完全|彻底)?(?:` + strings.Join(settleVerbs, "|") + `)`)

// endsElsewhere says of some of what was received that others deal with it, or nobody.
var endsElsewhere = lazyregexp.New(`^(?:其余|另有|另)?(?:依法|按规定|按程序|已)?(?:转(?:交|送|办|由|相关|有关|其他|至|给)?[^，。；、\d下]{0,12}|移[送交][^，。；、\d]{0,12}|退回[^，。；、\d]{0,8}|(?:申请人|当事人|主动)?撤[回销诉][^，。；、\d]{0,6}|不予受理|未受理|不予处理|终止[^，。；、\d]{0,6})$`)

// waiting says behind a figure that so many are not settled until something comes: 待县局回函后答复.
var waiting = lazyregexp.New(`^(?:仍|尚|还|需|须|正)?(?:在)?(?:等)?待[^，。；、]{0,14}(?:答复|办理|办结|处理|回复|办复|结案|反馈)$`)

// openingWords say of a figure that so many came up in the year, in words that mean it in
// an account only: 本年新增31件, 被提起行政复议24件.
var openingWords = lazyregexp.New(`^(?:其中|因(?:政府)?信息公开(?:工作|事项)?(?:引发|引起)?的?|[我全][局县市区镇]|全年|期间|今年|本(?:年度?|机关|单位|级)|20\d\d年度?|当年|年内|共)*(?:新增|新发|新提|新立|发生|被?提起|被?申请|被诉)[^，。；、]{0,12}$`)

// noCarried says that nothing was carried over: 上年没有结转, 此前无未结件.
var noCarried = lazyregexp.New(`(?:上年|上一年|去年|往年|年初|此前|以前年|历年|20\d\d年)(?:度|底|末)?(?:度)?[^，。；、\d]{0,6}?(?:均?无|没有|未|不存在|并无|零)[^，。；、\d]{0,6}?(?:结转|遗留|未结|未办|积案|积存|存量|转入|在办|积压|待办)|` +
	`(?:上年|上一年|去年|往年|历史|历年|以前年|此前|年初|20\d\d年)(?:度|底|末)?(?:度)?[^，。；、\d明变可增减同]{0,5}?(?:均?无|没有|未有|不存在|清零|为零)[^，。；、\d明变可增减同]{0,6}(?:[，。；、]|$)|(?:无|没有|不存在)(?:有)?(?:上年|去年|历史|往年|历年|以前年)[^，。；、\d明变可增减同]{0,6}(?:[，。；、]|$)|(?:无|没有|不存在|未有|未存在)(?:跨年|积案|旧案|存量)|(?:无|没有|不存在|未)(?:有|存在)?(?:上年|上一年|去年|往年|历年|以前年|年初)(?:度)?[^，。；、\d]{0,4}?(?:结转|遗留|未结|积案|存量|积压)|(?:(?:上年|上一年|去年|历史|往年)(?:度)?(?:的)?(?:结转|遗留|转入|积案|存量|旧案|欠账)|积案|历史遗留)(?:件|数|量|数量)?(?:为|是)?(?:0|零|无)(?:件|起|$|[，。；])|[，；（](?:无|没有)结转(?:件|事项|案件)?[，；）].*(?:办结|答复|回复|审结)`)

// allNew says of all that was received that the year brought it: 均为当年新收.
var allNew = lazyregexp.New(`(?:均|全部|都|皆|全)(?:为|是|系|属)(?:当年|本年度?|今年|年内)(?:度)?新?(?:收|受理|接收|接到|提出|提交|登记|增|发生)`)

// earlier are the words for the time before, or what is left of it, of noCarried; 年
// is that of 2021年.
var earlier = []string{"上年", "上一年", "去年", "往年", "年初", "此前", "以前年", "历年", "历史", "跨年", "积案", "旧案", "存量", "年"}

// leftOver is what noCarried has with 未.
var leftOver = strings.Fields("未有 未结 未办 在办 待办 结转 转入 遗留 积案 旧案 积压 存量 跨年")

// deniesEarlier reports whether a word of denial stands beside one for the time
// before, behind it in the same clause: wherever noCarried matches, but for 无结转.
func deniesEarlier(text string) bool {
	denials := []string{"无", "没", "不存在", "零"}
	if containsAny(text, leftOver...) {
		denials = append(denials, "未") // 2021年未收到申请 says nothing of it
	}
	denied := func(from, to int) bool {
		const before, after = 5 * len("年"), 14 * len("年") // characters in between, and some to spare
		behind := text[to:min(len(text), to+after)]
		if end := strings.IndexAny(behind, "，。；、"); end >= 0 {
			behind = behind[:end]
		}
		return containsAny(behind, denials...) || text[from:to] != "年" &&
			(hasZero(behind) || containsAny(text[max(0, from-before):from], denials...))
	}
	for _, w := range earlier {
		for at, end := 0, 0; ; end = at + len(w) {
			next := glance.Index(text[end:], w)
			if next < 0 {
				break
			}
			at = end + next
			if isYear := w != "年" || at > 0 && text[at-1] >= '0' && text[at-1] <= '9'; isYear && denied(at, at+len(w)) {
				return true
			}
		}
	}
	return false
}

// hasZero reports a 0 that no other digit stands before.
func hasZero(s string) bool {
	for i := range len(s) {
		if s[i] == '0' && (i == 0 || s[i-1] < '0' || s[i-1] > '9') {
			return true
		}
	}
	return false
}

// noneCarried reports whether a sentence says so, which several rules ask.
func (c *context) noneCarried(s *claims.Sentence) bool {
	none, ok := c.carriedNone[s]
	if !ok {
		none = saysNoneCarried(s)
		c.carriedNone[s] = none
	}
	return none
}

// saysNoneCarried looks first for the words without which a sentence does not say so: few hold
// them, and the pattern is slow.
func saysNoneCarried(s *claims.Sentence) bool {
	text := s.Text
	denies := s.Says("无", "没有", "未", "不存在", "零") ||
		strings.Contains(text, "0") && s.Says("结转", "遗留", "转入", "积案", "存量", "旧案", "欠账")
	return s.Says("为当年", "是当年", "系当年", "属当年", "为本年", "是本年", "系本年", "属本年", "为今年", "是今年", "系今年", "属今年", "为年内", "是年内", "系年内", "属年内") && allNew.MatchString(text) || denies && s.Says("上年", "上一年", "去年", "往年", "年初", "此前", "以前年", "历年", "历史", "跨年", "积案", "20", "无结转", "没有结转") &&
		(deniesEarlier(text) || s.Says("无结转", "没有结转")) && tellsNoneCarried(text)
}

// tellsNoneCarried reports whether noCarried matches, and not the words before a number: 上年未办结转入7件.
func tellsNoneCarried(text string) bool {
	return slices.ContainsFunc(noCarried.FindAllStringIndex(text, -1), func(m []int) bool {
		rest := text[m[1]:]
		return rest == "" || rest[0] < '1' || rest[0] > '9' || hasAnySuffix(text[m[0]:m[1]], []string{"办结", "答复", "回复", "审结"})
	})
}

// yearWords name the report's year in words about what was settled.
var yearWords = lazyregexp.New(`20\d\d年(?:度|内|全年)?`)

// withinTerm is the term within which something was settled: 在法定时限内(办结).
var withinTerm = lazyregexp.New(`(?:已|均)?(?:在|于)?(?:法定|规定|承诺)的?(?:办理|答复)?(?:期限|时限|时间|期)之?内`)

// settleVerbs say that something received is settled.
var settleVerbs = []string{"办结", "答复", "回复", "办复", "办理", "处理", "处置", "结案", "化解", "解决", "审结", "查结", "办毕", "反馈", "调处", "调解", "销号", "查处", "了结", "完结", "结办", "办完", "答结", "处结", "回信", "回函", "解答", "调成", "办妥", "落实", "整改", "消化"}

// settlesThe reports whether the figure is of the received things settled, by
// their name: 受理投诉举报74件，办结投诉举报80件; or 共办理58件.
func settlesThe(f *claims.Figure, received *claims.Figure) bool {
	if received == nil || f.Start == received.Start || f.Start < received.Start && asksToSettle.MatchString(f.Raw) {
		return false
	}
	if !containsAny(f.Raw+f.Tail, settleVerbs...) {
		return false
	}
	label := f.Label
	if f.Tail != "" {
		if label = strings.TrimPrefix(strings.TrimPrefix(label, "对"), "其中"); label != "" && label != received.Label {
			return false
		}
		label = strings.TrimPrefix(f.Tail, "的")
	}
	label = yearWords.ReplaceAllString(label, "")
	if strings.Contains(label, "内") {
		label = withinTerm.ReplaceAllString(label, "")
	}
	if f.Start > received.Start && strings.Contains(label, "的") {
		label = ofReceived.ReplaceAllString(label, "")
	}
	if f.Start > received.Start && strings.HasPrefix(label, "受理") {
		label = acceptedOf.ReplaceAllString(label, "")
	}
	for _, w := range []string{"街道已", "全镇", "全街道", "镇里", "有效", "来电", "来信", "审核", "审批", "核查", "回访", "采纳", "走访", "核实", "审查", "件", "总共", "最终", "先后", "而", "案件", "事项", "申请", "作出", "做出", "得到", "上述", "这些", "协办", "予以", "给予", "进行", "了", "书面", "我局", "我镇", "街道", "我街道", "本年", "当年", "年内", "累计", "成功", "依法", "总数", "总量", "数量", "数", "为", "全市", "本级", "当场", "现场", "顺利", "人民法院", "法院", "复议机关", "通过", "并", "妥善", "圆满", "高效", "最终", "跟踪", "督促", "协调", "调查", "逐一", "逐件", "规范", "稳妥", "完成", "全年", "如期", "延期", "超期", "逾期", "延时", "当即", "转办后", "转交后", "派单后", "现", "经"} {
		if !strings.Contains(received.Label, w) || w == "申请" || w == "案件" || w == "事项" {
			label = strings.ReplaceAll(label, w, "")
		}
	}
	for _, w := range []string{"实际", "已全部", "全部", "均", "都", "已", "按期", "按时", "及时", "其中", "共", "全年", "目前", "截至年底", "年底前"} {
		label = strings.TrimPrefix(label, w)
	}
	noun, said := label, false
	for _, verb := range settleVerbs {
		if strings.Contains(noun, verb) {
			said = true
			noun = strings.ReplaceAll(noun, verb, "")
		}
	}
	for _, w := range []string{"完毕", "完成", "到位"} {
		noun = strings.TrimSuffix(noun, w)
	}
	noun = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(noun, "已"), "均"), "已")
	return said && (noun == "" || within(noun, received.Label) || f.Start < received.Start && isReceipt(received.Label))
}

// settlesBy reports whether the figure is of what was settled in some way: 逐条回复121条,
// 承诺期内办结271件. Words for who did it make it a part of what was settled.
func settlesBy(f, received *claims.Figure) bool {
	if received == nil || f.Start < received.Start || f.Tail != "" && f.Tail != "。" {
		return false
	}
	const longest = 6
	label := strings.TrimPrefix(f.Label, "其中")
	for _, verb := range settledVerbs {
		way, ok := strings.CutSuffix(label, verb)
		if ok && way != "" && len([]rune(way)) <= longest && !strings.ContainsAny(way, "局委镇乡村县市区省我他未待需应拟可率的不再") && !strings.HasSuffix(way, "办") && !containsAny(way, "社区", "部门", "街道", "单位", "窗口", "年", "科室", "法院", "积案", "公开") && !containsAny(way, receivedWords...) {
			return true
		}
	}
	return false
}

// settledVerbs end the words before what is settled.
var settledVerbs = []string{"办结", "答复", "回复", "审结", "办复", "结案", "办理完毕", "处理完毕", "处置完毕", "解决", "化解", "处置", "整改"}

// ofReceived points back to what was received: 当年受理的投诉(已办结).
var ofReceived = lazyregexp.New(`(?:上述|当年|本年度?|今年|全年|年内)?新?(?:受理|收到|接到|接收|承办|登记|收|交办|转办|派发)(?:登记)?的`)

// isReceipt reports whether the words say that something was received, and not what.
func isReceipt(label string) bool {
	for _, w := range append([]string{"实际", "共", "全年", "仅", "只", "同期", "新收", "登记", "本年度", "本年", "当年", "年内", "今年", "的", "有", "才", "却", "则", "而", "为", "是"}, receivedWords...) {
		label = strings.ReplaceAll(label, w, "")
	}
	return label == ""
}

// mayBalance reports whether two figures are counts in one unit, without which a
// sentence has no account.
func mayBalance(s *claims.Sentence) bool {
	for i := range s.Figures {
		f := &s.Figures[i]
		if !f.IsCount() || f.Unit == "" || f.Change {
			continue
		}
		for k := range s.Figures[:i] {
			if g := &s.Figures[k]; g.Unit == f.Unit && g.IsCount() && !g.Change {
				return true
			}
		}
	}
	return false
}

// judgeFlow judges the accounts of a sentence. index is the sentence's.
func (c *context) judgeFlow(index int, v *verdict) {
	s := &c.said.Sentences[index]
	if !mayBalance(s) {
		return
	}
	c.eachAccount(s, func(a *account) {
		if len(a.carried) > 0 || a.none || !c.accountedBehind(index) {
			c.judgeAccount(s, a, v)
		}
	})
}

// accountedBehind reports whether the next sentence says why more was settled than received:
// 办结数高于受理数，是因为包含上年度转入的92件.
func (c *context) accountedBehind(index int) bool {
	if index+1 >= len(c.said.Sentences) {
		return false
	}
	s, next := &c.said.Sentences[index], &c.said.Sentences[index+1]
	return next.Section == s.Section && next.Says("含", "包括", "因为", "由于", "高于", "大于", "多于", "超过", "其中") && (next.Says("上年", "去年", "上一年", "往年", "跨年") || c.lastYearIn(next.Text)) &&
		next.Says("结转", "转入", "转来", "未到期", "未办结", "遗留", "积案", "受理", "收到")
}

// eachAccount reads the accounts of a sentence one after the other.
func (c *context) eachAccount(s *claims.Sentence, tell func(*account)) {
	none := c.noneCarried(s)
	a := account{none: none}
	first := c.firstIntake(s)
	for k := 0; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		if !mayMove(s, k) {
			continue
		}
		if end, carried := c.wholeOf(s, k); carried != nil && a.received == nil {
			a.received, a.included, a.carried = f, true, []*claims.Figure{carried}
			k = end
			continue
		}
		if a.received == nil && a.done == nil && (pointsBack(s, k) || k == 0 && c.tellsAll(s)) {
			first, a.received, a.included, a.whole = f, f, true, true
			continue
		}
		handled := first == nil && c.handledFirst(s, k)
		if handled || first == nil && (none || c.beginsAccount(s, k)) { // 排查隐患155处，整改162处，往年没有遗留
			first, a.handled = f, handled
			a.add(s, f, intake)
			continue
		}
		known := a.received
		if known == nil {
			known = first // 办结47件，全年受理44件
		}
		r := c.roleIn(s, f, known, a.done != nil)
		if r == settled && a.done == nil && f.Sep == '；' && startsWithAny(f.Raw, "全年", "共", "累计") && a.received != nil && len(a.carried) == 0 && !containsAny(a.received.Raw, "全年", "共", "累计", "年") {
			a.unclear = true // 收到同一人的申请6件；全年23件申请全部办结
		}
		if r == intake && a.done != nil && f.Sep != '；' && strings.HasPrefix(f.Label, "立案") {
			r = noRole // what was found of those received
		}
		if r == intake && (a.received != nil && (a.done != nil || f.Sep == '；') || a.done != nil && a.parted(s, f)) { // the next account
			tell(&a)
			a = account{none: none}
		}
		a.add(s, f, r)
	}
	tell(&a)
}

// handledFirst reports whether figure k is what there was to do, by the verb 办理 or one of
// finding alone: the next of its kind, or the one behind their sum, is what of it was settled:
// 办理建议18件、提案24件，共计42件，已办结40件; 排查纠纷217起，化解成功212起.
func (c *context) handledFirst(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	found := containsAny(f.Raw, "排查", "发现", "查出", "查摆", "梳理", "反映")
	if f.Tail != "" || !f.Exact() || !found && !containsAny(f.Raw, "办理", "处理", "接待") || containsAny(f.Raw, settledWords...) || containsAny(f.Raw, "未", "正在", "结转", "办理量", "办理结果", "应办") {
		return false
	}
	for i := k + 1; i < len(s.Figures); i++ {
		g := &s.Figures[i]
		switch {
		case g.Sep == '；' || g.Unit != f.Unit:
			return false
		case c.settles(g), (found || strings.Contains(f.Raw, "接待")) && g.Sep == '，' && settlesThe(g, f):
			return true
		case g.Sep != '、' && g.Depth == 0 && !slices.Contains(plainTotals, g.Raw):
			return false
		}
	}
	return false
}

// pointsBack reports whether figure k is all there was to do, as the sentence before told it:
// 上述15件申请中(已办结13件).
func pointsBack(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if k+1 == len(s.Figures) {
		return false
	}
	next := &s.Figures[k+1]
	words := strings.TrimPrefix(f.Tail+next.Raw, "依申请公开")
	if k == 0 && slices.Contains([]string{"", "这", "全年", "全部", "所有"}, f.Raw) { // 17件申请里办结15件
		inside, _, ok := strings.Cut(words, "里")
		return ok && next.Unit == f.Unit && len([]rune(inside)) <= 4 && containsAny(next.Raw, settledWords...)
	}
	if !hasAnySuffix(f.Raw, []string{"上述", "以上", "前述"}) {
		return false
	}
	return next.Unit == f.Unit && containsAny(next.Raw, settledWords...) && startsWithAny(words, "申请中", "信访件中", "投诉中", "案件中", "诉求中", "工单中", "事项中", "来信中", "留言中", "中，", "中")
}

// tellsAll reports whether the first figure of a sentence is of things that come in, and the two others what
// became of them: 全年17件申请，15件已办结，2件在办.
func (c *context) tellsAll(s *claims.Sentence) bool {
	const all = 3
	if len(s.Figures) != all {
		return false
	}
	f, done, left := &s.Figures[0], &s.Figures[1], &s.Figures[2]
	return f.Exact() && f.Unit == done.Unit && f.Unit == left.Unit && done.Sep == '，' && left.Sep == '，' && slices.Contains([]string{"", "全年", "本年", "本年度", "年内", "今年"}, f.Raw) &&
		slices.Contains([]string{"申请", "投诉", "举报", "来信", "来件", "信件", "留言", "工单", "诉求", "信访件", "咨询"}, f.Tail) &&
		done.Raw == "" && containsAny(done.Tail, settledWords...) && !containsAny(done.Tail, "未", "没", "待") && c.roleOf(left, f, true) == pending
}

// lastYearIn reports whether words name the year before the report's.
func (c *context) lastYearIn(words string) bool {
	return c.report.Year != nil && namesYear(words, *c.report.Year-1)
}

// nextYearIn reports whether words name the year after the report's.
func (c *context) nextYearIn(words string) bool {
	return c.report.Year != nil && namesYear(words, *c.report.Year+1)
}

// beginsAccount reports whether figure k, of which no word says that it was received, must
// have been: as many more were carried over, and some of both were settled.
func (c *context) beginsAccount(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if f.Tail != "" || k+2 >= len(s.Figures) || !s.Says("上年", "去年", "上一年", "往年", "年初", "结转", "跨年", "遗留") && !c.lastYearIn(s.Text) || c.roleOf(f, nil, false) != noRole {
		return false
	}
	carries, settles := false, false
	for i := k + 1; i < len(s.Figures); i++ {
		g := &s.Figures[i]
		if g.Unit != f.Unit || g.Change {
			continue
		}
		switch r := c.roleOf(g, f, settles); {
		case r == carried && !settles:
			carries = true
		case r == settled:
			settles = true
		}
	}
	return carries && settles
}

// mayMove reports whether figure k may have a part in an account.
func mayMove(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	return f.IsCount() && f.Unit != "" && !f.Change && !isGroup(s, k) && (!f.Han || f.Unit != "个")
}

// firstIntake is the first figure of a sentence that was received.
func (c *context) firstIntake(s *claims.Sentence) *claims.Figure {
	for k := range s.Figures {
		if f := &s.Figures[k]; mayMove(s, k) && c.roleIn(s, f, nil, false) == intake {
			return f
		}
	}
	return nil
}
