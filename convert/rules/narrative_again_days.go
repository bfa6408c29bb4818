package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// What happened once, told with two days: 在线申请系统于3月18日上线. …在线申请系统5月18日上线以来. Meetings and trainings may
// well have been held again in the same words; what began, or was made public as a whole, was not.

// event is a day on which something began or came out.
type event struct {
	month, day string
	years      []string // that its words name, that of the day left out
	verb       string
	own        []rune // what its words name beside, without the verb
	claim      claims.Claim
	sentence   int
}

var (
	// onDay is a day of the year.
	onDay = lazyregexp.New(`(?:20\d\d年|当年|今年|本年)?(\d{1,2})月(\d{1,2})日`)
	// onceOnly are the verbs of what happens once.
	onceOnly = strings.Fields("上线 开通 启用 揭牌 挂牌 施行 公布 公开")
	// yearIn is a year that words name.
	yearIn = lazyregexp.New(`20\d\d`)
	// besideDay makes a day another one than that of the event: a term, or one of several.
	besideDay = strings.Fields("前 之前 止 起 底 至 截至 分别 先后 陆续 再次 第二 首批 第一 第 批 期 次 和 、 更新 修订 每 征求意见 初审 调整")
)

// compareDays compares the days of what happens once.
func (c *context) compareDays(v *verdict) {
	var list []event
	for i := range c.said.Sentences {
		if s := &c.said.Sentences[i]; strings.Contains(s.Text, "月") && strings.Contains(s.Text, "日") && containsAny(s.Text, onceOnly...) {
			list = append(list, c.eventsOf(i)...)
		}
	}
	const least = 5 // characters that both name
	for i := range list {
		for k := i + 1; k < len(list); k++ {
			a, b := &list[i], &list[k]
			d := differenceOf(a.own, b.own)
			if a.sentence == b.sentence || a.verb != b.verb || d.shared < least || len(d.more) > 0 && len(d.less) > 0 || len(a.years) > 0 && len(b.years) > 0 && !slices.Equal(a.years, b.years) {
				continue
			}
			switch sameMonth, sameDay := a.month == b.month, a.day == b.day; {
			case sameMonth && sameDay:
				v.pass()
			case sameMonth || sameDay: // mistyped; else there may have been two
				found := c.twice(&a.claim, &b.claim)
				found.expected, found.actual = a.claim.Printed, b.claim.Printed
				v.fail(found)
				return
			}
		}
	}
}

// eventsOf are the events of a sentence: one day in a clause, with the clause behind where its own says no more.
func (c *context) eventsOf(index int) (list []event) {
	const fewest = 3 // characters of a clause that says what happened
	s := &c.said.Sentences[index]
	for _, m := range onDay.FindAllStringSubmatchIndex(s.Text, -1) {
		from, to := len([]rune(s.Text[:m[0]])), len([]rune(s.Text[:m[1]]))
		start, end := clauseStart(s.Runes, from), endOfClause(s.Runes, to)
		words := s.Span(start, from) + s.Span(to, end)
		if c.lastYearIn(s.Span(start, to)) || strings.Count(s.Span(start, end), "日") > 1 {
			continue
		}
		if len([]rune(strings.Trim(words, "在于自从是"))) < fewest && end < len(s.Runes) {
			next := endOfClause(s.Runes, end+1)
			words += s.Span(end+1, next)
		}
		if containsAny(strings.ReplaceAll(words, "以来", ""), besideDay...) {
			continue
		}
		for _, verb := range onceOnly {
			if !strings.Contains(words, verb) {
				continue
			}
			own, _ := c.fold(strings.ReplaceAll(words, verb, ""), nil)
			list = append(list, event{
				month: s.Text[m[2]:m[3]], day: s.Text[m[4]:m[5]], verb: verb, own: []rune(strings.Trim(own, "自以来是")), sentence: index,
				years: yearIn.FindAllString(words, -1),
				claim: claims.Claim{Label: eventName(s.Span(start, from), words), Value: decimal(s.Text[m[2]:m[3]]), Printed: s.Text[m[0]:m[1]], Sentence: index, From: from, To: to, Figure: -1},
			})
			break
		}
	}
	return list
}

// eventName is what an event is called by: the words before its day, or all of them where there are none.
func eventName(before, words string) string {
	before = strings.TrimPrefix(strings.TrimPrefix(before, "其中"), "自")
	if name := strings.TrimRight(before, "在于是"); name != "" {
		return name
	}
	return strings.TrimPrefix(words, "在")
}
