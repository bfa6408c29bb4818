package rules

import (
	"math/big"
	"strings"

	"nianbao/convert/claims"
)

// sameFact reports whether two figures count the same thing: their names are
// equal, or what one has more stands before the other.
func (c *context) sameFact(a, b *saidFact) bool {
	if a.unit != b.unit || a.claim.Sentence == b.claim.Sentence || differ(a.name, b.name) {
		return false
	}
	more, less := leftOver(a.name, b.name)
	if a.whole && len(more)+len(less) > 0 {
		return false
	}
	const long = 7 // a name of so many characters is said of one thing only
	slip := looksMistyped(a, b)
	if !slip && !a.marked && !b.marked && (len(a.name) < long || len(more)+len(less) > 0) {
		return false
	}
	if len(less) > 0 {
		a, b, more = b, a, less
	}
	const least, few, many = 3, 6, 10 // characters of the shorter name, and those it may lack
	most, shortest := few, least
	if a.unit == "分" {
		shortest = len([]rune("得分"))
	}
	if slip {
		most = many
	}
	if a.other || b.other {
		if !nameOneBody(a.before, b.before) {
			return false
		}
		if a.marked && b.marked {
			most = many // the name of the body
		}
	}
	if len(more) > 0 && (len(b.name) < shortest || len(more) > most || !holdsAll(b.before, more)) {
		return false
	}
	if t := titleIn(a.claim.Label); t != "" && t == titleIn(b.claim.Label) && len(more) == 0 {
		return true // of one document
	}
	return (a.other || b.other || c.topicsBefore(a) == c.topicsBefore(b)) && c.holdsTopic(b, a) && c.holdsTopic(a, b)
}

// holdsTopic reports whether the words before the one figure hold what tells what the
// other is about; of a thing with a name of its own, those of its paragraph will do.
func (c *context) holdsTopic(in, of *saidFact) bool {
	topic := []rune(withoutIdle.Replace(asHeading.Replace(of.narrow)))
	const specific, surely = 6, 7
	if len(topic) == 0 || holdsAll(in.before, topic) || headed.MatchString(of.narrow) && sumsAll(in) && sumsAll(of) {
		return true
	}
	if (in.narrow == "" || tellsAim(in.narrow) && tellsAim(of.narrow) && !disjoint(in.narrow, of.narrow)) && len(in.name) >= surely && len(in.name) == len(of.name) && (in.marked || of.marked) && mistyped(in.claim, of.claim) {
		return true // one of the two is told with its field, and the other looks like a slip of it
	}
	return len(in.name) == len(of.name) && len(in.name) >= specific && !in.whole && holdsAll(c.paragraphOf(in.claim.Sentence)+"领域", topic)
}

// tellsAim reports whether what narrows a figure is only what was aimed at with it: 围绕群众
// 关心的问题.
func tellsAim(narrow string) bool {
	return startsWithAny(narrow, "围绕", "聚焦", "结合", "针对")
}

// looksMistyped reports whether two figures with names of some length look like one with a
// slip of the hand; what is told of two occasions is not.
func looksMistyped(a, b *saidFact) bool {
	const least = 5
	if len(a.name) < least || len(b.name) < least || !mistyped(a.claim, b.claim) {
		return false
	}
	x, y := []rune(a.occasion()), []rune(b.occasion())
	return len(x) == 0 || len(y) == 0 || holdsAll(b.before, x) || holdsAll(a.before, y)
}

// occasion is the clause before that of the figure.
func (f *saidFact) occasion() string {
	clauses := strings.Split(f.before, "，")
	if len(clauses) < 2 {
		return ""
	}
	return withoutIdle.Replace(withoutYear(clauses[len(clauses)-2]))
}

// mistyped reports whether one number looks like the other with a slip of the hand: two
// neighbouring digits changed places.
func mistyped(a, b *claims.Claim) bool {
	x, y := a.Value.RatString(), b.Value.RatString()
	const least = 2
	if len(x) != len(y) || len(x) < least {
		return false
	}
	for i := range len(x) - 1 {
		if x[i] != y[i] {
			return x[i] == y[i+1] && x[i+1] == y[i] && x[i+2:] == y[i+2:]
		}
	}
	return false
}

// differ reports whether each of two sorted names has characters that the other has
// not, as most pairs do.
func differ(a, b []rune) bool {
	i, k, more, less := 0, 0, false, false
	for (i < len(a) || k < len(b)) && (!more || !less) {
		switch {
		case k == len(b) || i < len(a) && a[i] < b[k]:
			more = true
			i++
		case i == len(a) || a[i] > b[k]:
			less = true
			k++
		default:
			i++
			k++
		}
	}
	return more && less
}

// leftOver are the characters that one of two sorted names has and the other has
// not.
func leftOver(a, b []rune) (more, less []rune) {
	i, k := 0, 0
	for i < len(a) || k < len(b) {
		switch {
		case k == len(b) || i < len(a) && a[i] < b[k]:
			more = append(more, a[i])
			i++
		case i == len(a) || a[i] > b[k]:
			less = append(less, b[k])
			k++
		default:
			i++
			k++
		}
	}
	return more, less
}

// holdsAll reports whether a text holds all the characters, digits left out.
func holdsAll(text string, runes []rune) bool {
	for _, r := range runes {
		if !strings.ContainsRune("在中上对的、，“”服务工作方面关于围绕针对聚焦结合利用依托通过借助就公开", r) && (r < '0' || r > '9') && !strings.ContainsRune(text, r) {
			return false
		}
	}
	return true
}

// farApart reports whether two values are so different that one may be of a part
// that the text does not name.
func farApart(a, b *saidFact) bool {
	const specific = 6
	if a.marked && b.marked || len(a.name) >= specific && len(a.name) == len(b.name) {
		return false
	}
	low, high := a.claim.Value, b.claim.Value
	if low.Cmp(high) > 0 {
		low, high = high, low
	}
	return new(big.Rat).Add(low, low).Cmp(high) < 0
}
