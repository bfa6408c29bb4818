package rules

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Some pairs of figures are of one fact by little that they share, since what they are called is so
// plain: the same verb and noun, a column of the site and an item of the list of what was published,
// what went out by one channel.

// plainlySame reports whether two figures are of one fact by how plainly they are called.
func (c *context) plainlySame(a, b *telling, slip int) bool {
	if a.s == b.s {
		return false
	}
	place := slip >= surely && (sameColumn(a, b) || sameColumn(b, a) || sameOutlet(a, b))
	if !place && !slices.Equal(a.own, b.own) {
		return false
	}
	if a.planned != b.planned || a.each != b.each || a.when != b.when || isRough(a) || isRough(b) || growsTo(a) && !c.namesOwnYear(a.before) || growsTo(b) && !c.namesOwnYear(b.before) || a.figure.IsPercent() || !sameTime(&a.retold, &b.retold) || !c.sameHolder(&a.retold, &b.retold) {
		return false
	}
	return place || saidAlike(a, b) && (a.whole && b.number > a.number || b.whole && a.number > b.number)
}

// sameColumn reports whether the first figure is an item of a list of what was published, the other
// that of the column of the site which has its name: 工作动态42条, 全年工作动态栏目发布信息24条.
func sameColumn(a, b *telling) bool {
	const least = 4
	item, column := strings.Trim(a.raw, "，、：；"), withoutYear(b.raw)
	return a.part && b.whole && a.tail == "" && utf8.RuneCountInString(item) >= least && containsAny(column, item+"栏目", item+"专栏")
}

// sameOutlet reports whether both figures are what went out by one channel, called by nothing else:
// 微博391条, 全年微博发布信息319条.
func sameOutlet(a, b *telling) bool {
	x, y := withoutGeneral(a.own), withoutGeneral(b.own)
	return x == y && slices.Contains(channels, x) && a.acts&^publish == 0 && b.acts&^publish == 0 && a.acts|b.acts != 0 && (a.whole || b.whole)
}

// saidAlike reports whether two figures are called by the same verb and noun and nothing beside, and
// these are no vague ones: 开展意见征集22期, 全年开展意见征集19期.
func saidAlike(a, b *telling) bool {
	const least, long = 4, 6
	x, y := plainWords.Replace(withoutYear(a.raw)), plainWords.Replace(withoutYear(b.raw))
	return x == y && a.tail == b.tail && utf8.RuneCountInString(x) >= least && !a.part && !b.part && !a.follows && !b.follows && a.channels == b.channels &&
		(bits.OnesCount32(uint32(a.acts)) > 1 || !isVague(a.own) && (len(a.own) >= least || utf8.RuneCountInString(x) >= long))
}

var plainWords = strings.NewReplacer("全年", "", "本年度", "", "年度", "", "累计", "", "共计", "", "合计", "", "共", "", "，", "", "了", "", "总计", "")

// roughlyApart reports whether two figures of one name are told so roughly that the last digit of each
// is not known, and are further apart than that: 180余条, 280余条.
func roughlyApart(a, b *telling, d *difference) bool {
	const shared = 4
	if a.s != b.s && d.shared >= shared && len(d.more)+len(d.less) == 0 && !a.part && !b.part && (beyondRough(a, b) || beyondRough(b, a)) {
		return true
	}
	if !isRough(a) || !isRough(b) || a.figure.Approx || b.figure.Approx || len(d.more)+len(d.less) > 0 || d.shared < shared || len(a.digits) != len(b.digits) || orderOfSize(a) != orderOfSize(b) {
		return false
	}
	low, high := min(a.number, b.number), max(a.number, b.number)
	const most = 1.2
	return low > 0 && high > most*low
}

// beyondRough reports whether the first figure is exact and outside what the second, of as many digits, may
// stand for: 8640条, 九千三百余条.
func beyondRough(exact, rough *telling) bool {
	if isRough(exact) || !rough.figure.Loose || rough.figure.Approx || rough.figure.Floor || orderOfSize(exact) != orderOfSize(rough) || len(strings.TrimRight(rough.digits, "0")) < 2 {
		return false
	}
	least, most, ok := rangeOf(rough.figure)
	return ok && (exact.claim.Value.Cmp(least) < 0 || exact.claim.Value.Cmp(most) > 0)
}
