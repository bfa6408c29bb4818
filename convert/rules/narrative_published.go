package rules

import (
	"strconv"
	"strings"

	"nianbao/convert/claims"
)

// What a body made public in the year is told again more often than anything else, by words that
// name nothing: 全年主动公开政府信息33条. Of such a total any other number is one too many, where
// nothing tells of a part, a channel or a field; the nearer the words come to one of those, the
// more the number has to look like the other with a slip of the hand.

// publishedBy are the verbs of a total: what was made open is not all that was sent out.
var publishedBy = []string{"公开", "发布", "推送", "录入"}

// severalWays are the ways taken together, and those that everything goes.
var severalWays = strings.Fields("不同 多种 多 渠道 途径 方式 形式 政公专栏 政公平台")

// publication is the verb of the total that a figure is, empty where it is of something else or
// of a part.
func (c *context) publication(t *telling) string {
	if t.acts != publish {
		return ""
	}
	if !t.hasPublished {
		t.published, t.hasPublished = c.publicationOf(t), true
	}
	return t.published
}

func (c *context) publicationOf(t *telling) string {
	if t.part || t.each || t.planned || t.apart != 0 || t.when != "" || t.figure.Depth > 0 || t.claim.Scope.OtherYear || len(t.names) > 0 || t.claim.Scope.Cumulative && containsAny(t.before+t.figure.Raw, "历年", "以来", "至今", "开通") {
		return ""
	}
	where, ok := strings.CutSuffix(strings.TrimSuffix(string(t.own), "约"), "信息")
	for _, w := range severalWays {
		where = strings.ReplaceAll(where, w, "")
	}
	several := strings.Contains(t.figure.Raw, "等") || strings.ContainsAny(t.s.Span(t.from(), t.figure.Start), "、和")
	if !ok || len(c.weighty([]string{where})) > 0 && where != "" && (channelsIn(where) == 0 || !several) {
		return ""
	}
	for _, verb := range publishedBy {
		if strings.Contains(withoutDisclosure.Replace(t.figure.Raw), verb) {
			return verb
		}
	}
	return ""
}

// samePublication reports whether two figures with different numbers are the total of what was
// made public in the year.
func (c *context) samePublication(a, b *telling) bool {
	verb := c.publication(a)
	if verb == "" || !c.sameMoment(a, b) || verb != c.publication(b) || !c.sameHolder(&a.retold, &b.retold) && !c.ofOwnArea(a, b) || tellsToo(a, b) || tellsToo(b, a) || c.disjoint(aimOf(a), aimOf(b)) {
		return false
	}
	if (isRough(a) || isRough(b)) && !farApart(a, b) {
		return false
	}
	slip := slipOfDigits(a.digits, b.digits)
	if slip == surely {
		return a.whole || b.whole
	}
	if a.claim.Scope.Cumulative != b.claim.Scope.Cumulative {
		return false
	}
	if c.ofChannel(a) || c.ofChannel(b) {
		return false
	}
	return slip == near && (a.whole || b.whole) || slip == unlikely && a.whole && b.whole && slipBetween(a, b) == near || a.whole && b.whole && c.bare(a) && c.bare(b)
}

// ofChannel reports whether what was told before the figure in its paragraph names a channel.
func (c *context) ofChannel(t *telling) bool {
	told := c.toldBefore(t) + string(t.own)
	for _, w := range severalWays {
		told = strings.ReplaceAll(told, w, "")
	}
	return channelsIn(told) != 0 || strings.ReplaceAll(t.narrow, "专栏", "") != "" || containsAny(told, "平台", "新媒体", "专栏", "重点领域")
}

// bare reports whether nothing but the time and the body stands before the clause of a figure in
// its sentence.
func (c *context) bare(t *telling) bool {
	words, _ := c.fold(t.s.Span(0, t.figure.Clause), nil)
	return t.claim.Figure == 0 && len(c.weighty([]string{words})) == 0 || words == ""
}

// farApart reports whether two numbers, of which one is only near, differ by much more than what
// was rounded off.
func farApart(a, b *telling) bool {
	const much = 5
	return max(a.number, b.number)-min(a.number, b.number) > much*max(roundedTo(a.claim), roundedTo(b.claim))
}

// roundedTo is what one of the last significant digit of a claim is worth: 10 of 280余.
func roundedTo(x *claims.Claim) float64 {
	number, _ := x.Value.Float64()
	digits := strings.TrimRight(strings.ReplaceAll(significant(x), ".", ""), "0")
	if n, err := strconv.ParseFloat(digits, 64); err == nil && n > 0 {
		return number / n
	}
	return number
}
