package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
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
	subtotal      // 应办, 合计: what came in and was carried over
)

// account is what a sentence says of one kind of things: whatever is received
// and carried over is settled, under way or carried forward.
type account struct {
	received, done   *claims.Figure
	carried          []*claims.Figure
	pending, forward *claims.Figure
	// earlier was received too, or is the sum of what came in: 共收到52件，新收49件.
	earlier *claims.Figure
	// included: what was carried over is part of what was received (含上年结转3件).
	included bool
	// others are figures of the same unit that have no part in it, those before
	// the settled one added up in more.
	others int
	more   *big.Rat
	// rest: the pending figure is said to be all that is left (剩余, 其余).
	rest bool
	// unclear: two figures play one part, or one is not exact.
	unclear bool
}

var (
	carriedWords = []string{"结转", "转结", "遗留", "接转", "结存"}
	pendingWords = []string{"正在办理", "在办", "办理中", "未办结", "正在处理", "处理中", "待办", "尚在", "剩余", "未到", "未答复", "未回复", "正在核查", "正在调查", "未处理", "未办理"}
	nextWords    = []string{"结转下", "结转至", "结转到", "结转次", "结转明", "转下年", "转入下", "转至下", "转结下", "转结至", "接转下", "下年", "次年", "结转入"}
	lastWords    = []string{"上年", "上一年", "去年", "往年", "上期", "年结转", "年度结转", "年转结", "年遗留", "以前年", "历年"}
)

// roleOf reads the part of a figure from the words around it. done says that a
// settled figure stands before it.
func (c *context) roleOf(f *claims.Figure, received *claims.Figure, done bool) role {
	words := f.Raw + f.Tail
	switch {
	case containsAny(words, carriedWords...) || containsAny(words, nextWords...):
		switch {
		case containsAny(words, nextWords...) && !containsAny(words, lastWords...):
			return forward
		case containsAny(words, lastWords...) || !done:
			return carried
		}
		return forward
	case containsAny(f.Label, "应办", "应答复", "合计", "总计") || f.Label == "" && containsAny(f.Raw, "合计", "共计", "总计"):
		return subtotal
	case containsAny(words, pendingWords...):
		return pending
	case c.settles(f) || settlesThe(f, received):
		return settled
	case containsAny(f.Label, receivedWords...) || containsAny(f.Label, "新收", "新接", "转来", "转交", "交来", "下派", "派发", "派来", "派单", "登记") || strings.HasPrefix(f.Label, "收") || strings.Contains(f.Tail, "新收"):
		return intake
	}
	return noRole
}

// settlesThe reports whether the figure is of the received things settled, by
// their name: 受理投诉举报74件，办结投诉举报80件; or 共办理58件.
func settlesThe(f *claims.Figure, received *claims.Figure) bool {
	if received == nil || f.Tail != "" {
		return false
	}
	label := f.Label
	for _, w := range []string{"实际", "全部", "均", "已", "按期", "按时", "及时", "其中", "共", "全年", "目前", "截至年底", "年底前"} {
		label = strings.TrimPrefix(label, w)
	}
	noun, said := label, false
	for _, verb := range []string{"办结", "答复", "回复", "办复", "办理", "处理", "处置", "结案", "化解", "解决", "审结", "查结", "办毕", "反馈"} {
		if strings.Contains(noun, verb) {
			said = true
			noun = strings.ReplaceAll(noun, verb, "")
		}
	}
	for _, w := range []string{"完毕", "完成", "到位"} {
		noun = strings.TrimSuffix(noun, w)
	}
	return said && (noun == "" || strings.Contains(received.Label, noun))
}

// judgeFlow judges the accounts of a sentence. index is the sentence's.
func (c *context) judgeFlow(index int, v *verdict) {
	s := &c.said.Sentences[index]
	var a account
	for k := range s.Figures {
		f := &s.Figures[k]
		if !f.IsCount() || f.Unit == "" || f.Change {
			continue
		}
		r := c.roleOf(f, a.received, a.done != nil)
		if r == intake && a.received != nil && (a.done != nil || f.Sep == '；') { // the next account
			c.judgeAccount(s, &a, v)
			a = account{}
		}
		a.add(s, f, r)
	}
	c.judgeAccount(s, &a, v)
}

func (a *account) add(s *claims.Sentence, f *claims.Figure, r role) {
	set := func(to **claims.Figure) {
		if *to != nil && (*to).Value.Cmp(f.Value) != 0 {
			a.unclear = true
		}
		*to = f
	}
	switch {
	case a.received != nil && f.Unit != a.received.Unit:
		return
	case r != noRole && r != subtotal && !f.Exact(), (r == intake || r == settled) && !f.Scope.Plain():
		a.unclear = true
	}
	switch r {
	case intake:
		if a.received != nil && a.received.Value.Cmp(f.Value) != 0 {
			a.earlier = a.received
			a.others++
		}
		a.received = f
	case settled:
		set(&a.done)
	case pending:
		a.rest = a.rest || containsAny(f.Raw, "剩余", "其余", "余")
		set(&a.pending)
	case forward:
		set(&a.forward)
	case carried:
		within := f.Depth > 0 || strings.Contains(f.Raw, "其中") || strings.HasPrefix(f.Raw, "含")
		a.included = a.included || within && a.received != nil && a.done == nil && strings.Contains(string(s.Runes[a.received.End:f.Start]), "含") ||
			within && a.received != nil && a.done == nil && f.Start-a.received.End <= len([]rune(f.Raw))+1
		a.carried = append(a.carried, f)
	case subtotal:
	case noRole:
		a.others++
		if a.more == nil {
			a.more = new(big.Rat)
		}
		if a.done == nil && a.received != nil {
			a.more.Add(a.more, f.Value)
		}
	}
}

// judgeAccount compares the two sides of an account.
func (c *context) judgeAccount(s *claims.Sentence, a *account, v *verdict) {
	if a.unclear || a.received == nil || a.done == nil || a.done.Unit != a.received.Unit {
		return
	}
	in, out := new(big.Rat).Set(a.received.Value), new(big.Rat).Set(a.done.Value)
	words, said := sayingFigure(a.received), sayingFigure(a.done)
	for _, f := range a.carried {
		if !a.included && f.Unit == a.received.Unit {
			in.Add(in, f.Value)
			words += "、" + sayingFigure(f)
		}
	}
	for _, f := range []*claims.Figure{a.pending, a.forward} {
		if f == nil || f.Unit != a.received.Unit || f == a.forward && a.pending != nil && f.Value.Cmp(a.pending.Value) == 0 {
			continue
		}
		out.Add(out, f.Value)
		said += "、" + sayingFigure(f)
	}
	most := new(big.Rat).Set(in)
	if a.more != nil {
		most.Add(most, a.more)
	}
	if a.earlier != nil && a.earlier.Value.Cmp(in) != 0 {
		most.Add(most, a.earlier.Value)
	}
	short := out.Cmp(in) < 0 && a.others == 0 && (a.pending != nil && a.rest || a.forward != nil && len(a.carried) > 0) && !containsAny(s.Text, "撤", "不予受理", "转办", "转其他", "不属", "移交", "退", "另")
	switch {
	case out.Cmp(most) <= 0 && !short:
		v.pass()
		return
	case !short && (len(a.carried) == 0 && c.mayHaveCarried(s, a, out, in)):
		return
	}
	x, y := c.claimAt(s, slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.received.Start })),
		c.claimAt(s, slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.done.Start }))
	if x != nil && y != nil {
		v.fail(c.unbalanced(flow{x, words, in}, flow{y, said, out}))
	}
}

// mayHaveCarried reports whether things of earlier years, which the sentence
// gives no number of, may have been settled too.
func (c *context) mayHaveCarried(s *claims.Sentence, a *account, out, in *big.Rat) bool {
	text := s.Text
	for _, w := range nextWords {
		text = strings.ReplaceAll(text, w, "")
	}
	if containsAny(text, "结转", "转结", "历年", "积案", "往年", "遗留", "上年", "跨年") {
		return true
	}
	if !isReception(trimCount(a.received.Label)) {
		return false
	}
	_, x := c.applicationsTotal("carried_over")
	if x == nil || !x.known() {
		return true
	}
	return out.Cmp(new(big.Rat).Add(in, x.value)) <= 0
}

func sayingFigure(f *claims.Figure) string {
	label := f.Label
	if label == "" {
		label = f.Tail
	}
	return "“" + inner.Replace(clip(label)) + "”" + f.Printed + f.Unit
}
