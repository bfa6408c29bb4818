package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// judgeChapters judges the account of applications that a chapter tells over several sentences,
// where no table does: what is new and carried over, answered and carried forward, once each.
func (c *context) judgeChapters(v *verdict) {
	if _, x := c.applicationsTotal("new"); x != nil || len(v.faults) > 0 {
		return
	}
	type account struct{ received, carried, handled, forward *claims.Claim }
	chapters := make([]account, len(c.report.Sections)+1)
	bad := make([]bool, len(chapters))
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		section := c.sentence(x).Section
		if section < 0 || section >= len(chapters) {
			continue
		}
		y := &chapters[section]
		var at **claims.Claim
		switch subject := c.leftAtEnd(x); subject {
		case claims.New:
			at = &y.received
		case claims.CarriedOver:
			at = &y.carried
		case claims.Handled, claims.Answered, claims.Processed:
			if containsAny(x.Label, "应办", "应答复") {
				continue // 应办理的申请8件: all there was to do
			}
			at = &y.handled
		case claims.CarriedForward:
			at = &y.forward
		default:
			continue
		}
		if !x.Comparable() || c.otherBody(x) || *at != nil && (*at).Value.Cmp(x.Value) != 0 {
			bad[section] = true
		}
		if *at == nil {
			*at = x
		}
	}
	for section := range chapters {
		y := &chapters[section]
		if bad[section] || y.received == nil || y.carried == nil || y.handled == nil || y.forward == nil || y.forward.Sentence == y.received.Sentence {
			continue
		}
		in, out := new(big.Rat).Add(y.received.Value, y.carried.Value), new(big.Rat).Add(y.handled.Value, y.forward.Value)
		if in.Cmp(out) == 0 || out.Cmp(y.received.Value) == 0 && !c.toldAsNew(y.received) || containsAny(c.textOf(section), otherEnds[:6]...) {
			continue
		}
		v.fail(c.unbalanced(flow{y.received, saying(y.received) + "、" + saying(y.carried), in}, flow{y.forward, saying(y.handled) + "、" + saying(y.forward), out}))
	}
}

// toldAsNew reports whether applications are said to be new in the year, without those before it.
func (c *context) toldAsNew(x *claims.Claim) bool {
	return strings.Contains(x.Label, "新收") || x.Figure >= 0 && strings.Contains(c.sentence(x).Figures[x.Figure].Raw, "新收")
}

// leftAtEnd is what a claim is about, where the sentence says of applications that so many are
// carried into the next year behind them too: 尚有12件申请正在办理，结转2022年.
func (c *context) leftAtEnd(x *claims.Claim) claims.Subject {
	if x.Subject != claims.None || x.Figure < 0 || x.Unit != "件" {
		return x.Subject
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	behind := s.Span(f.End, len(s.Runes))
	if hasAnySuffix(f.Raw, []string{"尚有", "仍有", "还有", "剩余", "其余"}) && startsWithAny(f.Tail, "申请", "信息公开申请", "政府信息公开申请") && (c.nextYearIn(behind) || containsAny(behind, nextWords...)) && strings.Contains(behind, "转") {
		return claims.CarriedForward
	}
	return x.Subject
}

// judgeBesideTable judges the account of applications of a chapter by the table: where that balances
// and all figures of the text but one are its, the text cannot balance: 受理44件，2件顺延到下一年度。…
// 答复45件, of which the table has 42.
func (c *context) judgeBesideTable(v *verdict) {
	if len(v.faults) > 0 || !c.tableBalances() {
		return
	}
	for section := range c.report.Sections {
		var received, handled, forward, carried, wrong *claims.Claim
		mistakes := 0
		for i := range c.said.Claims {
			x := &c.said.Claims[i]
			subject := c.leftAtEnd(x)
			if c.sentence(x).Section != section || !slices.Contains(accountSubjects, subject) {
				continue
			}
			if !c.plain(x) || c.partOfOther(x) || c.partOfSettled(x) || c.ofPart(x) {
				mistakes = len(accountSubjects) // not all of them are told plainly
				break
			}
			at := map[claims.Subject]**claims.Claim{claims.New: &received, claims.CarriedOver: &carried, claims.CarriedForward: &forward}[subject]
			if at == nil {
				at = &handled
			}
			told := *x
			if told.Subject = subject; !c.inTable(&told) {
				if wrong == nil || wrong.Subject != x.Subject || wrong.Value.Cmp(x.Value) != 0 {
					mistakes++
				}
				wrong, *at = x, x
			} else if *at == nil {
				*at = x
			}
		}
		if handled == nil && received != nil && forward != nil {
			if handled = c.settledBetween(received, forward); handled != nil && !c.inTable(&claims.Claim{Subject: claims.Answered, Value: handled.Value, Label: handled.Label, Sentence: handled.Sentence, Figure: handled.Figure}) {
				mistakes++
			}
		}
		if mistakes != 1 || received == nil || handled == nil || forward == nil {
			continue
		}
		in, out := new(big.Rat).Set(received.Value), new(big.Rat).Add(handled.Value, forward.Value)
		words := saying(received)
		if carried != nil && !c.includes(received, carried) {
			in.Add(in, carried.Value)
			words += "、" + saying(carried)
		} else if _, x := c.applicationsTotal("carried_over"); carried == nil {
			in.Add(in, x.value)
		}
		if in.Cmp(out) != 0 && !c.addedUp(received, out) {
			v.fail(c.unbalanced(flow{received, words, in}, flow{forward, saying(handled) + "、" + saying(forward), out}))
		}
	}
}

// settledBetween is the one figure between two claims of a paragraph that says of how many they were
// settled, in words that name no applications: 按时办结1件, 在办结的5件申请中; nil where none or
// several do.
func (c *context) settledBetween(received, forward *claims.Claim) (out *claims.Claim) {
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		s := c.sentence(x)
		if x.Figure < 0 || x.Unit != received.Unit || x.Sentence < received.Sentence || x.Sentence > forward.Sentence || s.Line != c.sentence(received).Line ||
			x.Sentence == received.Sentence && x.Figure <= received.Figure || x.Sentence == forward.Sentence && x.Figure >= forward.Figure || x.Subject != claims.None {
			continue
		}
		f := &s.Figures[x.Figure]
		switch {
		case !containsAny(x.Label+f.Tail, settleVerbs...):
		case out != nil, !f.Exact(), f.Change, !c.plain(x), !settledLabel.MatchString(x.Label):
			return nil // 按期答复16件，延期答复2件
		default:
			out = x
		}
	}
	return out
}

// settledLabel are the words before such a figure.
var settledLabel = lazyregexp.New(`^(?:在|已|全年|共|本年度?)*(?:按时|按期|及时|依法)?(?:办结|答复|办理完毕)(?:的|了|共)?(?:[^，。；的]{0,10}(?:申请|信件|公开件|事项))?$`)

// addedUp reports whether the sentence of the claim adds up all there was to do to the sum, so that
// only its parts are wrong: 新收225件，上年结转10件，共计262件.
func (c *context) addedUp(x *claims.Claim, sum *big.Rat) bool {
	return slices.ContainsFunc(c.sentence(x).Figures, func(f claims.Figure) bool {
		return slices.Contains(plainTotals, f.Raw) && f.Value.Cmp(sum) == 0
	})
}

// accountSubjects are what an account of applications is made of.
var accountSubjects = []claims.Subject{claims.New, claims.CarriedOver, claims.Handled, claims.Processed, claims.Answered, claims.CarriedForward}

// tableBalances reports whether the table of applications gives all figures of its account, and
// they agree.
func (c *context) tableBalances() bool {
	sum := map[string]*big.Rat{}
	for _, row := range []string{"new", "carried_over", "total", "carried_forward"} {
		_, x := c.applicationsTotal(row)
		if x == nil || !x.known() {
			return false
		}
		sum[row] = x.value
	}
	return new(big.Rat).Add(sum["new"], sum["carried_over"]).Cmp(new(big.Rat).Add(sum["total"], sum["carried_forward"])) == 0
}

// inTable reports whether the table has the figure of the claim, in any of the meanings it may have.
func (c *context) inTable(x *claims.Claim) bool {
	for _, m := range c.meanings(x) {
		if f, ok := c.read(m); ok && (f.blank != nil || agrees(x, f.sum)) {
			return true
		}
	}
	return false
}
