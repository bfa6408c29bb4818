package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// periodStart is the day that a part of the year begins with, at which something was left
// of before: 季初在办, 8月底未结, 一季度末结转.
var periodStart = lazyregexp.New(`(?:^|[^至到截])(?:季初|期初|月初|年初|年中|上季度?末?|上月末?|上期末?|上半年末?|\d{1,2}月(?:底|末|份)|[一二三四]季度(?:末|转|结转|遗留|留|剩))`)

// otherPeriod are words for another part of the year, or for all of it.
var otherPeriod = lazyregexp.New(`\d月|[一二三四]季度|半年|全年|年底|年末|目前|20\d\d年|截至`)

// termWords name the part of the year that a sentence is about again.
var termWords = lazyregexp.New(`^(?:当季度?|当月|当期|本季度?|本月|本期|期内|期间|该季度|该月|同期|[两三四五六七八九十]个月)(?:内|共|累计)?`)

// intoYear says that something was left for the year after the one told of.
var intoYear = lazyregexp.New(`(?:转入|结转|转至|接转|顺延至|留待)(?:至|到|入)?20\d\d年`)

// hanZero are the ways to write a zero in words, as one.
var hanZero = glance.NewReplacer("零", "〇", "○", "〇", "Ｏ", "〇")

// hanDigits are the digits in words.
var hanDigits = glance.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")

// namesYear reports whether the words name a year, in digits or in words.
func namesYear(words string, year int) bool {
	name := itoa(year)
	return strings.Contains(words, name+"年") || strings.Contains(words, "二") && strings.Contains(hanZero.Replace(words), hanDigits.Replace(name)+"年")
}

// namesOwnYear reports whether words name the year of the report.
func (c *context) namesOwnYear(words string) bool {
	return c.report.Year != nil && namesYear(words, *c.report.Year)
}

// carriedIn reports whether words before a settled figure tell what a part of the year began
// with.
func carriedIn(words string, received *claims.Figure) bool {
	return received != nil && received.Scope.Partial && periodStart.MatchString(words) && (containsAny(words, pendingWords...) || containsAny(words, carriedWords...) || containsAny(words, "转入", "转来", "移入", "带入", "留下", "跨入"))
}

// onePeriod reports whether an account that is not one of the whole year is one of a single
// period: both sides name the same, what was carried into it is told, and nothing between
// names another.
func (a *account) onePeriod(s *claims.Sentence) bool {
	x, y := &a.received.Scope, &a.done.Scope
	if x.Partial != y.Partial || x.OtherYear != y.OtherYear || x.Year != y.Year || x.Cumulative || y.Cumulative && !a.sinceStart(a.done) || len(a.carried) == 0 && !a.none || a.done.Start < a.received.Start {
		return false
	}
	from := a.received.End
	between := ""
	for _, f := range a.carried {
		if slices.Contains(s.Runes[min(f.Start, from):a.done.Start], '；') {
			return false
		}
	}
	for _, f := range a.carried {
		if f.Start > from && f.Start < a.done.Start {
			between += s.Span(from, max(from, f.Clause))
			from = f.End
		}
	}
	return !otherPeriod.MatchString(between + s.Span(from, a.done.Start))
}

// sinceStart reports whether 累计 before what was settled sums up no more than the months
// that what was received is told of: 截至11月底收到44件，连同上年结转3件，累计办结47件.
func (a *account) sinceStart(f *claims.Figure) bool {
	return a.received != nil && a.received.Scope.Partial && !a.received.Scope.Cumulative && len(a.carried) > 0 && strings.HasPrefix(f.Raw, "累计")
}
