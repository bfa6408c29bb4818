package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// results are what became of applications, told one after the other in one sentence: 予以公开16件，
// 部分公开3件，无法提供16件，撤回2件，结转下年度继续办理2件.
type results struct {
	figures []int
	claims  []*claims.Claim
	sum     *big.Rat
	// forward: what goes into the next year is among them, so that they are what became of all
	// there was.
	forward bool
}

// What a figure may be among the results of applications.
const (
	noResult = iota
	aResult
	leftForward
)

// resultWords are results that the form's rows are not called by.
var resultWords = []string{"撤回", "撤销", "不作为政府信息公开申请", "不属于本机关", "非本机关", "告知", "已主动公开", "同意公开", "已公开的", "信息不存在", "信访"}

// endsInResult reports whether the words behind a figure of applications, up to the next one, end in what
// became of them: 3件公开后可能危及安全，不予公开；2件本机关未制作，无法提供.
func endsInResult(s *claims.Sentence, k int) bool {
	to := len(s.Runes)
	if k+1 < len(s.Figures) {
		to = s.Figures[k+1].Clause
	}
	words := strings.TrimRight(s.Span(s.Figures[k].End, to), "，；。、")
	return strings.Contains(words, "，") && !strings.Contains(words, "；") && hasAnySuffix(words, []string{"，不予公开", "，无法提供", "，予以公开", "，部分公开", "，不予处理", "，不予提供"})
}

// otherResults call what the last row of the form has.
var otherResults = []string{"其他", "其它", "其他情形", "其他类", "其他原因", "其他情况"}

// labelOutside is the name of a figure, or of the one that a bracket stands between: 其他情况（…）7件.
func labelOutside(s *claims.Sentence, f *claims.Figure) string {
	if f.Sep != '）' || f.Raw != "" {
		return f.Label
	}
	from := clauseOutside(s.Runes, f.Clause)
	return strings.TrimLeft(strings.SplitN(s.Span(from, f.Start), "（", 2)[0], "，；、")
}

// resultKind is what a figure is among the results of applications.
func resultKind(x *claims.Claim, f *claims.Figure) int {
	switch {
	case x == nil || !x.Comparable() || !f.IsCount() || f.Unit != "" && !strings.Contains("件条份宗例", f.Unit):
		return noResult
	case x.Subject == claims.CarriedForward:
		return leftForward
	case x.Subject == claims.GrantedOrPart || x.Subject == claims.None && containsAny(f.Label+f.Tail, resultWords...):
		return aResult
	}
	for _, main := range mainOutcomes {
		if x.Subject == main || strings.HasPrefix(string(x.Subject), string(main)+".") {
			return aResult
		}
	}
	return noResult
}

// isDetail reports whether figure k, of claim x, is a part of one of the results.
func (r *results) isDetail(s *claims.Sentence, x *claims.Claim, k int) bool {
	for i := range s.Breakdowns {
		if b := &s.Breakdowns[i]; !b.Previous && slices.Contains(r.figures, b.Total) && slices.Contains(b.Parts, k) {
			return true
		}
	}
	return x != nil && slices.ContainsFunc(r.claims, func(of *claims.Claim) bool {
		return of.Subject != claims.None && strings.HasPrefix(string(x.Subject), string(of.Subject)+".")
	})
}

func (r *results) add(x *claims.Claim, k, kind int) {
	r.figures, r.claims = append(r.figures, k), append(r.claims, x)
	r.sum.Add(r.sum, x.Value)
	r.forward = kind == leftForward
}

// resultsIn reads the results of applications that a sentence tells; ok is false where it tells
// too few, or something between or behind them that may be one of them, too.
func (c *context) resultsIn(index int) (r results, ok bool) {
	s := &c.said.Sentences[index]
	r = results{sum: new(big.Rat)}
	ended := false
	for k := range s.Figures {
		f, x := &s.Figures[k], c.claimAt(s, k)
		kind := resultKind(x, f)
		if kind == noResult && x != nil && x.Subject == claims.None && x.Comparable() {
			last := len(r.figures) > 0 && f.Unit == s.Figures[r.figures[0]].Unit && slices.Contains(otherResults, labelOutside(s, f)) // the row 其他
			if last || f.Unit == "件" && f.Tail != "" && endsInResult(s, k) {
				kind = aResult
			}
		}
		switch {
		case len(r.figures) == 0 && kind != aResult:
		case len(r.figures) > 0 && startsWithAny(f.Raw, "以上", "上述", "两项", "二者"): // 以上不予公开共9件: a subtotal
		case len(r.figures) > 0 && (f.Depth > s.Figures[r.figures[0]].Depth || f.IsPercent() || r.isDetail(s, x, k)):
		case len(r.figures) > 0 && x != nil && x.Subject == claims.CarriedOver && f.Sep == '；':
			return r, true // what became of those is told next
		case len(r.figures) > 0 && f.Unit != s.Figures[r.figures[0]].Unit:
			ended = true
		case kind == noResult:
			if f.Sep != '；' && (x == nil || x.Subject == claims.None) {
				return r, false
			}
			ended = true
		case ended || len(r.figures) > 0 && strings.Contains(f.Raw, "其中") || strings.HasSuffix(f.Raw, "各"): // 国家秘密、过程性信息各1件
			return r, false
		default:
			r.add(x, k, kind)
			ended = r.forward
		}
	}
	if len(r.figures) == 0 || containsAny(s.Span(s.Figures[r.figures[0]].Start, len(s.Runes)), "其余", "另有", "另外", "此外", "还有", "余下", "剩下", "剩余") && !strings.Contains(s.Text, "其余内容") {
		return r, false
	}
	return r, true
}

// sayingResults is how the results are told, one after the other.
func (c *context) sayingResults(list []*claims.Claim) string {
	said := make([]string, len(list))
	for i, x := range list {
		said[i] = sayingFigure(&c.sentence(x).Figures[x.Figure])
	}
	return strings.Join(said, "、")
}

// judgeResults compares the results of applications that a sentence tells with what it or a
// sentence shortly before it says came in: that they are all of it, where they name what goes into
// the next year, or are many; else that they are not more. Few results and what is left, or what was
// carried over, make an account (narrative.balance), others are parts of a total (narrative.sum).
func (c *context) judgeResults(index int, asAccount bool, v *verdict) {
	r, ok := c.resultsIn(index)
	const few, many = 2, 4
	named := func(x *claims.Claim) bool { return x.Subject != claims.None && x.Subject != claims.CarriedForward }
	if !ok || !c.endsWith(index, &r) || len(r.figures) < few || !slices.ContainsFunc(r.claims, named) {
		return
	}
	if c.ofThoseSettled(index, &r, asAccount, v) || c.detailsOfSettled(index, &r) {
		return
	}
	base := c.baseOf(index, &r)
	shared, judged := c.asParts(index, &r)
	if x := c.settledFirst(index); base != nil && x != nil && x.Figure < r.figures[0] && r.forward && r.figures[len(r.figures)-1] >= len(c.said.Sentences[index].Figures) && strings.Contains(c.said.Sentences[index].Span(x.To, r.claims[0].From), "其中") {
		last := r.claims[len(r.claims)-1]
		if told := new(big.Rat).Add(x.Value, last.Value); told.Cmp(base.in.sum) == 0 { // the account holds: the results do not
			results := new(big.Rat).Sub(r.sum, last.Value)
			switch {
			case results.Cmp(x.Value) == 0:
				v.pass()
			case !asAccount:
				v.fail(c.unbalanced(flow{x, saying(x), x.Value}, flow{r.claims[len(r.claims)-2], c.sayingResults(r.claims[:len(r.claims)-1]), results}))
			}
			return
		}
	}
	if base == nil || judged || asAccount != (r.forward && (base.carried || shared || len(r.figures) < many)) {
		return
	}
	if c.toldSettled(index, &r, base) {
		return
	}
	order := r.sum.Cmp(base.in.sum)
	switch {
	case order == 0:
		v.pass()
	case order < 0 && c.leavesOutRows(&r, base.in.sum):
	case base.handled != nil && !r.forward && r.sum.Cmp(base.handled.Value) == 0, order > 0 && base.unknown:
		return
	case order > 0, r.forward, len(r.figures) >= many && base.all:
		v.fail(c.unbalanced(base.in, flow{r.claims[len(r.claims)-1], c.sayingResults(r.claims), r.sum}))
	}
}

// leavesOutRows reports whether every result told is what the table has, and the table's other rows make up what they
// lack: the list only leaves some out.
func (c *context) leavesOutRows(r *results, in *big.Rat) bool {
	for _, x := range r.claims {
		told := x.Subject != claims.None && slices.ContainsFunc(c.meanings(x), func(m sumOf) bool {
			f, ok := c.read(m)
			return ok && f.blank == nil && f.sum.Cmp(x.Value) == 0
		})
		if !told {
			return false
		}
	}
	all, ok := c.read(appl(totalColumn, "total", "carried_forward"))
	if !r.forward {
		all, ok = c.read(appl(totalColumn, "total"))
	}
	return ok && all.blank == nil && all.sum.Cmp(in) == 0
}

// settledFirst is how many applications a sentence begins with as settled or answered.
func (c *context) settledFirst(index int) *claims.Claim {
	for i := c.said.Sentences[index].First; i < c.said.Sentences[index].Last; i++ {
		x := &c.said.Claims[i]
		for _, sub := range []claims.Subject{x.Subject, x.OfPart} {
			if (sub == claims.Handled || sub == claims.Answered) && x.Figure == 0 && x.Comparable() {
				return x
			}
		}
	}
	return nil
}

// toldSettled reports whether a figure before the results says that as many were settled or answered,
// though not that these are all: 受理136件，按时办结130件，…. What came in is then compared with that.
func (c *context) toldSettled(index int, r *results, base *basis) bool {
	if r.forward {
		return false
	}
	for i := max(base.in.claim.Sentence, index-1); i <= index; i++ {
		s := &c.said.Sentences[i]
		for k := range s.Figures {
			if f := &s.Figures[k]; (i < index || k < r.figures[0]) && f.Value.Cmp(r.sum) == 0 && containsAny(f.Raw, "办结", "答复", "办理完毕") {
				return true
			}
		}
	}
	return false
}

// detailsOfSettled reports whether the one result of a sentence is told behind how many were settled, as
// one of several that they had: 共办结10件，予以公开4件。8件结转下年度.
func (c *context) detailsOfSettled(index int, r *results) bool {
	const alone = 2 // with what goes into the next year
	s := &c.said.Sentences[index]
	return r.forward && len(r.figures) == alone && r.figures[1] >= len(s.Figures) && slices.ContainsFunc(s.Figures[:r.figures[0]], func(f claims.Figure) bool {
		return f.Unit == r.claims[0].Unit && f.Value.Cmp(r.claims[0].Value) > 0 && containsAny(f.Raw+f.Tail, "办结", "答复", "办理完毕")
	})
}

// ofThoseSettled compares results, told with what goes into the next year behind how many were settled,
// with those: 已答复的91件中，予以公开22件，…，结转下年度办理5件. It reports whether they are told so.
func (c *context) ofThoseSettled(index int, r *results, asAccount bool, v *verdict) bool {
	handled := c.saidSettled(index)
	if !r.forward || handled == nil || handled.Figure > r.figures[0] || r.figures[len(r.figures)-1] >= len(c.said.Sentences[index].Figures) {
		return false
	}
	if _, judged := c.asParts(index, r); asAccount || judged {
		return true
	}
	n := len(r.claims) - 1
	if sum := new(big.Rat).Sub(r.sum, r.claims[n].Value); n > 0 && sum.Cmp(handled.Value) != 0 {
		v.fail(c.unbalanced(flow{handled, saying(handled), handled.Value}, flow{r.claims[n-1], c.sayingResults(r.claims[:n]), sum}))
	}
	return true
}

// endsWith takes what the sentence behind the results says goes into the next year for the last of
// them; false where it tells of other ones that are left.
func (c *context) endsWith(index int, r *results) bool {
	if index+1 >= len(c.said.Sentences) || c.said.Sentences[index+1].Section != c.said.Sentences[index].Section || r.forward {
		return true
	}
	next := &c.said.Sentences[index+1]
	if len(next.Figures) > 0 {
		if x := c.claimAt(next, 0); x != nil && x.Subject == claims.CarriedForward && x.Comparable() {
			r.add(x, len(c.said.Sentences[index].Figures), leftForward)
			return true
		}
	}
	return !startsWithAny(next.Text, "其余", "剩余", "另", "还有", "此外", "余", "其他", "尚有", "仍有")
}

// asParts reports whether some of the results are parts of a total, and whether narrative.sum judges
// them so, or the parts have others among them: it adds up all of them, or objects.
func (c *context) asParts(index int, r *results) (shared, judged bool) {
	s := &c.said.Sentences[index]
	for i := range s.Breakdowns {
		b, n := &s.Breakdowns[i], 0
		for _, k := range b.Parts {
			if slices.Contains(r.figures, k) {
				n++
			}
		}
		if n == 0 {
			continue
		}
		v := newVerdict()
		c.judgeBreakdown(index, b, v)
		shared, judged = true, judged || n == len(r.figures) || n < len(b.Parts) || len(v.faults) > 0
	}
	return shared, judged
}

// basis is what results are compared with.
type basis struct {
	in      flow
	handled *claims.Claim
	// carried: it is told what was carried over; unknown: more may have been; all: it is said that
	// all is settled.
	carried, unknown, all bool
}

// cameIn is how many applications a sentence says came in, be it without what they are for: its
// results say that.
func (c *context) cameIn(index int) *claims.Claim {
	if x := c.saidIn(index, claims.New); x != nil {
		return x
	}
	var out *claims.Claim
	for i := c.said.Sentences[index].First; i < c.said.Sentences[index].Last; i++ {
		if x := &c.said.Claims[i]; x.Likely == claims.New {
			if out != nil || !x.Comparable() {
				return nil
			}
			out = x
		}
	}
	return out
}

// baseOf finds what results are of.
func (c *context) baseOf(index int, r *results) *basis {
	const reach = 3 // sentences
	for i := index; i >= max(0, index-reach) && c.said.Sentences[i].Section == c.said.Sentences[index].Section; i-- {
		s := &c.said.Sentences[i]
		received, carried, forward := c.cameIn(i), c.saidIn(i, claims.CarriedOver), c.saidIn(i, claims.CarriedForward)
		handled := c.saidSettled(i)
		if i < index && received == nil {
			if _, ok := c.resultsIn(i); ok {
				return nil
			}
		}
		if received == nil || i == index && received.Figure > r.figures[0] {
			continue
		}
		if !c.plain(received) {
			return nil
		}
		b := basis{in: flow{received, saying(received), new(big.Rat).Set(received.Value)}, handled: handled, carried: carried != nil || c.noneCarried(s)}
		_, table := c.applicationsTotal("carried_over")
		switch {
		case carried != nil && i == index && carried.Figure > r.figures[len(r.figures)-1]: // with its own results behind it
		case carried != nil && c.includes(received, carried), c.noneCarried(s):
		case carried != nil:
			b.in.sum.Add(b.in.sum, carried.Value)
			b.in.words += "、" + saying(carried)
		case table != nil && table.known():
			b.in.sum.Add(b.in.sum, table.value)
		default:
			b.unknown = c.tellsCarried()
		}
		if b.in.sum.Cmp(received.Value) != 0 && r.sum.Cmp(received.Value) == 0 && !c.toldAsNew(received) {
			return nil // what was carried over may be among those received
		}
		if !r.forward && forward != nil {
			b.in.sum.Sub(b.in.sum, forward.Value)
			b.in.words += "，减去" + saying(forward)
		}
		b.all = handled != nil && handled.Value.Cmp(b.in.sum) == 0 || containsAny(received.Label, "收到和办理", "收到并办理", "收到和处理", "收到并处理", "受理并办结", "收到及办理")
		for k := i; k <= index; k++ {
			b.all = b.all || allSettled.MatchString(c.said.Sentences[k].Text)
			if x := c.saidSettled(k); x != nil && k > i {
				b.handled = x // told apart from what came in
			}
		}
		return &b
	}
	return nil
}
