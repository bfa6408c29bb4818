package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// Some figures of the table are told in other ways than by the name of their row: by what is still
// under way, by what all of them turned out to be, of an area that is the table's.

// compareTold compares what a claim tells in such a way.
func (c *context) compareTold(x *claims.Claim, v *verdict) {
	if as, ok := c.settledSoFar(x); ok {
		c.compareClaim(&as, v)
	}
	if as, ok := c.turnedOutAs(x); ok {
		c.compareClaim(&as, v)
	}
	if c.ofAreaOfTable(x) {
		c.compareClaim(x, v)
	}
}

// settledSoFar takes the applications said to be settled, while the rest of those received is under
// way, for the row of all that was settled, where they are fewer: more may have been by the time of
// writing, but none is unsettled again. 收到45件，其中43件已办结，2件正在办理中.
func (c *context) settledSoFar(x *claims.Claim) (as claims.Claim, ok bool) {
	s := c.sentence(x)
	if x.Subject != claims.None || x.Figure < 0 || x.Figure+1 >= len(s.Figures) || !x.Comparable() || !s.Says("正在办理", "正在处理", "在办", "尚在办理") {
		return as, false
	}
	f, rest := &s.Figures[x.Figure], &s.Figures[x.Figure+1]
	received := c.saidIn(x.Sentence, claims.New)
	if received == nil || !c.plain(received) || received.Figure >= x.Figure || received.Unit != x.Unit || rest.Unit != x.Unit || !plainlySettled.MatchString(bare(f.Raw)+f.Tail) || !stillUnderWay.MatchString(bare(rest.Raw)+rest.Tail) || new(big.Rat).Add(x.Value, rest.Value).Cmp(received.Value) != 0 {
		return as, false
	}
	total, known := c.read(appl(totalColumn, "total"))
	carried, _ := c.read(appl(totalColumn, "carried_over"))
	if !known || total.blank != nil || carried.blank != nil || carried.sum.Sign() != 0 || x.Value.Cmp(total.sum) >= 0 {
		return as, false
	}
	as = *x
	as.Subject = claims.Handled
	return as, true
}

var (
	plainlySettled = lazyregexp.New(`^(?:目前|现)?(?:已|均已)?(?:经)?(?:按时|按期|及时|依法|全部)*(?:办结|答复|办理完毕)(?:完毕)?$`)
	stillUnderWay  = lazyregexp.New(`^(?:目前|仍|尚|还)?(?:正在|在)(?:办理|处理|办)(?:之?中)?。?$`)
)

// allTurnedOut says behind a figure of applications what all of them turned out to be.
var allTurnedOut = lazyregexp.New(`^(?:[，,][^，。；、\d]{2,12})?[，,](?:(?:答复|办理|处理)?结果|(均|全部|都))?(?:均|全部|都)?(?:为|是)“?(予以公开|部分公开|不予公开|无法提供|不予处理)”?(?:$|[，。；（])`)

var turnedOut = map[string]claims.Subject{"予以公开": claims.Granted, "部分公开": claims.Partially, "不予公开": claims.Denied, "无法提供": claims.Unable, "不予处理": claims.NotProcessed}

// turnedOutAs takes the result that the sentence says of all applications that were settled, none being
// left: 答复申请1件，为部分公开; 收到申请12件，均已办结，均为予以公开.
func (c *context) turnedOutAs(x *claims.Claim) (as claims.Claim, ok bool) {
	switch x.Subject {
	case claims.New, claims.Handled, claims.Answered, claims.Processed:
	default:
		return as, false
	}
	s := c.sentence(x)
	if x.Figure < 0 || !c.plain(x) || x.Value.Sign() <= 0 || !s.Says("为", "是") {
		return as, false
	}
	f := &s.Figures[x.Figure]
	behind := strings.TrimPrefix(s.Span(f.End, len(s.Runes)), f.Tail)
	m := allTurnedOut.FindStringSubmatch(behind)
	if m == nil || x.Subject == claims.New && (m[1] == "" || !allSettled.MatchString(s.Text)) {
		return as, false
	}
	total, known := c.read(appl(totalColumn, "total"))
	if !known || total.blank != nil || total.sum.Cmp(x.Value) != 0 {
		return as, false
	}
	as = *x
	as.Subject, as.Label = turnedOut[m[2]], m[2]
	return as, true
}

// ofAreaOfTable reports whether a claim on the area of an office, which need not be the table's, is told
// beside what was received in it, and that is as much as the table has.
func (c *context) ofAreaOfTable(x *claims.Claim) bool {
	if x.Subject == claims.None || x.Subject == claims.New || x.Scope.Area == "" || !strings.HasPrefix(string(x.Subject), "applications.") || !x.Comparable() || c.ownScope(x) || c.ofPart(x) {
		return false
	}
	const least = 5
	s := c.sentence(x)
	return slices.ContainsFunc(c.said.Claims[s.First:s.Last], func(y claims.Claim) bool {
		if y.Subject != claims.New || y.Scope.Area != x.Scope.Area || !y.Comparable() || y.Value.Cmp(big.NewRat(least, 1)) < 0 {
			return false
		}
		for _, rows := range [][]string{{"new"}, {"new", "carried_over"}} {
			if f, ok := c.read(appl(totalColumn, rows...)); ok && f.blank == nil && f.sum.Cmp(y.Value) == 0 {
				return true
			}
		}
		return false
	})
}

// besideCarried reports whether what was received is told beside what was carried over, and the sentence
// adds the two up: 收到9件，上年结转1件，其中网络申请5件，信函申请5件.
func (c *context) besideCarried(x *claims.Claim) bool {
	carried := c.saidIn(x.Sentence, claims.CarriedOver)
	if carried == nil || x.Figure < 0 || carried.Figure <= x.Figure || carried.Value.Sign() == 0 || c.includes(x, carried) {
		return false
	}
	s := c.sentence(x)
	both := new(big.Rat).Add(x.Value, carried.Value)
	for i := range s.Breakdowns {
		if b := &s.Breakdowns[i]; !b.Previous && b.Parts[0] > carried.Figure && b.Sum(s).Cmp(both) == 0 {
			return true
		}
	}
	return false
}
