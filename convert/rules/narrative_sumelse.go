package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// Parts that do not add up to their total may be those of something else, or hold parts of their own. Where
// the figures then come out even, that is what was meant: chance seldom does.

// addsElsewhere reports whether the parts come out even in another way than with the total.
func (c *context) addsElsewhere(index int, b *claims.Breakdown, total *claims.Figure, sum *big.Rat) bool {
	s := &c.said.Sentences[index]
	return nests(s, b, total) || everyOther(s, b, total) || dividedTwice(s, b, total) || inStep(s, b, total) || firstOfParts(s, b, total, sum) ||
		b.Previous && c.addedUpBefore(index-2, s.Section, s.Figures[b.Parts[0]].Unit, sum) ||
		!b.Previous && b.Total+1 == b.Parts[0] && c.addedUpBefore(index-1, s.Section, total.Unit, new(big.Rat).Add(sum, total.Value))
}

// dividedTwice reports whether the parts are two divisions of the total, one behind the other: 诉讼51件，其中直接
// 起诉38件、复议后起诉13件，维持39件，纠正3件，其他9件.
func dividedTwice(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	sum := b.Sum(s)
	if sum.Cmp(new(big.Rat).Add(total.Value, total.Value)) != 0 {
		return false
	}
	first := new(big.Rat)
	return slices.ContainsFunc(b.Parts[:len(b.Parts)-1], func(k int) bool { return first.Add(first, s.Figures[k].Value).Cmp(total.Value) == 0 })
}

// inStep reports whether the total is the last of a list as long as that of the parts, each of which goes with one of
// it: 三年分别为14件、18件、22件，占比…（总数依次为20件、24件、25件）.
func inStep(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	if b.Previous || total.Raw != "" || !containsAny(s.Figures[b.Parts[0]].Raw, "分别", "依次") {
		return false
	}
	long, k := 1, b.Total
	for ; k > 0 && s.Figures[k].Raw == "" && s.Figures[k].Unit == total.Unit; k-- {
		long++
	}
	return long == len(b.Parts) && containsAny(s.Figures[k].Raw, "分别", "依次")
}

// nests reports whether one of the parts is the sum of those directly behind it, and the others are the total,
// or it is the first and there are no others: 66件中：予以公开44件；不予公开22件，包括国家秘密4件、执法案卷18件;
// 废止的5件中，因修改废止3件、因到期废止2件.
func nests(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	const fewest = 2
	all := b.Sum(s)
	for i, k := range b.Parts {
		if i+1 == len(b.Parts) || !opensInner(&s.Figures[k], &s.Figures[b.Parts[i+1]]) {
			continue
		}
		group, inner := &s.Figures[k], new(big.Rat)
		for n, j := range b.Parts[i+1:] {
			inner.Add(inner, s.Figures[j].Value)
			if n+1 < fewest || inner.Cmp(group.Value) != 0 {
				continue
			}
			if i == 0 && i+1+n+1 == len(b.Parts) || new(big.Rat).Sub(all, inner).Cmp(total.Value) == 0 {
				return true
			}
		}
	}
	return false
}

// opensInner reports whether the words between two figures say that the second is a part of the first.
func opensInner(group, first *claims.Figure) bool {
	words := strings.TrimLeft(group.Tail+first.Raw, "，（：")
	head, _, in := strings.Cut(words, "中")
	const longest = 4 // 案件
	return startsWithAny(words, "包括", "包含", "含", "其中", "分别为", "即", "具体为", "结果", "法院维持", "法院判决", "判决") || in && len([]rune(head)) <= longest
}

// everyOther reports whether the figures tell two things of each part, one of which adds up to the total:
// 一季度收3件办4件，二季度收5件办5件.
func everyOther(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	const fewest, two = 4, 2
	if len(b.Parts) < fewest || len(b.Parts)%two != 0 {
		return false
	}
	for i := 1; i < len(b.Parts); i += two {
		if s.Figures[b.Parts[i]].Clause != s.Figures[b.Parts[i-1]].End {
			return false
		}
	}
	for first := range two {
		sum := new(big.Rat)
		for i := first; i < len(b.Parts); i += two {
			sum.Add(sum, s.Figures[b.Parts[i]].Value)
		}
		if sum.Cmp(total.Value) == 0 {
			return true
		}
	}
	return false
}

// firstOfParts reports whether what was taken for the total is a part as well, of a total that stands
// directly behind all of them or before: 甲项目41件，乙项目33件，其他16件，总数90件.
func firstOfParts(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure, sum *big.Rat) bool {
	if b.Previous {
		return false
	}
	all := new(big.Rat).Add(sum, total.Value)
	of := func(k int) bool {
		f := &s.Figures[k]
		return f != total && f.Unit == total.Unit && f.IsCount() && !f.Change && f.Value.Cmp(all) == 0 && !slices.Contains(b.Parts, k)
	}
	last := b.Parts[len(b.Parts)-1]
	if last+1 < len(s.Figures) && of(last+1) {
		return true
	}
	return b.Total > 0 && b.Total < b.Parts[0] && (of(b.Total-1) || b.Total > 1 && of(b.Total-2)) && !strings.Contains(s.Span(total.End, s.Figures[b.Parts[0]].Start), "其中")
}

// addedUpBefore reports whether the parts, or they and what was taken for their total, are those of a figure told in
// sentence from or shortly before it: 新收345件。结转下年12件。其中，当面申请45件、网上申请300件; 新收69件。…按区域分，老城37件，
// 新城20件，其余12件.
func (c *context) addedUpBefore(from int, section int, unit string, sum *big.Rat) bool {
	const near = 7 // sentences
	for i := from; i >= max(0, from-near+1) && c.said.Sentences[i].Section == section; i-- {
		of := &c.said.Sentences[i]
		for k := range of.Figures {
			if f := &of.Figures[k]; f.Unit == unit && f.IsCount() && !f.Change && f.Value.Cmp(sum) == 0 {
				return true
			}
		}
	}
	return false
}
