package rules

import (
	"strings"
	"sync"
)

// Most sentences hold nothing that the lists of wordings look for. So every
// pattern has cues, texts one of which all its matches hold, and one pass over a
// line tells which patterns are worth trying. Those of the slips and the remnants
// follow from their patterns; they are written down in cuelist.go, by
//
//	go test ./convert/rules -run TestCues -update
//
// because the analysis takes longer than to judge a report.

// cueSet is a set of groups of cues: a word for the anchors and other readers, one for the
// slips, two for the remnants.
type cueSet [4]uint64

func (s *cueSet) add(group int)      { s[group/64] |= 1 << (group % 64) }
func (s *cueSet) has(group int) bool { return s[group/64]&(1<<(group%64)) != 0 }

// hasSlip tells whether a cue of any slip is there.
func (s *cueSet) hasSlip() bool { return s[slipCues/64] != 0 }

// The groups of cues: one a slip, one a remnant, and those of other readers.
const (
	applicantCues = iota
	selfCues
	anchorCues        // the first anchor
	slipCues    = 64  // the first slip
	remnantCues = 128 // the first remnant
)

// twoRunes are two characters side by side; a single one stands behind none.
type twoRunes struct{ before, r rune }

// slots are what the cues are spread over, by their pairs.
const (
	slotBits = 14
	slots    = 1 << slotBits
)

func (p twoRunes) slot() uint32 {
	const spread = 2654435761 // Knuth, multiplicative hashing
	return (uint32(p.before)*31 + uint32(p.r)) * spread >> (32 - slotBits)
}

// cue is one piece of text, looked for where its anchor stands: the pair of its characters
// that reports hold most seldom.
type cue struct {
	text   string
	anchor twoRunes
	before uint16 // bytes of text before the second character of the anchor
	group  uint16
}

// cueList are cues to make an index of.
type cueList []cue

// cueIndex finds the cues of a list. It is never changed.
type cueIndex struct {
	// seconds are the second characters of the anchors, singles those that stand behind none.
	seconds, singles runeSet
	// taken has a bit for each slot with cues: few have any.
	taken [slots / 64]uint64
	// cues are in the order of their slots; first is where those of each slot begin.
	cues  []cue
	first [slots + 1]uint16
}

// everyday are the characters that reports hold most, the most frequent first.
const everyday = "、，公政开。：；（）《》“”0123456789信息的工作人行一事和年为不是民办区县市镇街道社会局府理服务法情进件处建及实制网全时况关上动要条大发对" +
	"依应予主申请部机化在三二中有强众等改目复定规保提结群第领导重合数成报内分总展收本加责共点完下性确决落审个位单与监督参当个以"

// rarity tells of two characters which one reports hold more seldom: it is the larger.
func rarity(r rune) int {
	if at := strings.IndexRune(everyday, r); at >= 0 {
		return at
	}
	return len(everyday)
}

func (x *cueList) add(text string, group int) {
	c := cue{text: text, group: uint16(group)}
	last, before, rarest := rune(0), 0, -1
	for i, r := range text {
		n := rarity(r)
		if i == 0 || before+n > rarest {
			c.anchor, c.before = twoRunes{last, r}, uint16(i)
		}
		if i > 0 {
			rarest = max(rarest, before+n)
		}
		last, before = r, n
	}
	*x = append(*x, c)
}

func (x cueList) index() *cueIndex {
	out := cueIndex{cues: make([]cue, len(x))}
	for i := range x {
		anchor := x[i].anchor
		slot := anchor.slot()
		out.first[slot+1]++
		out.taken[slot/64] |= 1 << (slot % 64)
		if anchor.before == 0 {
			out.singles.add(anchor.r)
		} else {
			out.seconds.add(anchor.r)
		}
	}
	for i := range slots {
		out.first[i+1] += out.first[i]
	}
	next := out.first
	for _, c := range x {
		at := &next[c.anchor.slot()]
		out.cues[*at] = c
		*at++
	}
	return &out
}

// find is the set of groups one of whose cues stands in the line.
func (x *cueIndex) find(line string) cueSet {
	var out cueSet
	last := rune(0)
	for i, r := range line {
		if x.seconds.has(r) {
			x.findAt(twoRunes{last, r}, line, i, &out)
		}
		if x.singles.has(r) {
			x.findAt(twoRunes{0, r}, line, i, &out)
		}
		last = r
	}
	return out
}

// findAt adds the groups of the cues whose anchor is p, which ends with the character at i.
func (x *cueIndex) findAt(p twoRunes, line string, i int, to *cueSet) {
	slot := p.slot()
	if x.taken[slot/64]&(1<<(slot%64)) == 0 {
		return
	}
	for k := x.first[slot]; k < x.first[slot+1]; k++ {
		c := &x.cues[k]
		if from := i - int(c.before); c.anchor == p && from >= 0 && strings.HasPrefix(line[from:], c.text) {
			to.add(int(c.group))
		}
	}
}

// cues is the index of all cues. It is made once and never changed.
var cues = sync.OnceValue(func() *cueIndex {
	x := cueList{}
	for _, w := range tells {
		x.add(w, applicantCues)
	}
	for i := range anchors {
		for _, w := range anchors[i].words {
			x.add(w, anchorCues+i)
		}
	}
	for i := range selfWords {
		for _, w := range selfWords[i].words {
			x.add(w, selfCues)
		}
	}
	for i := range placeWords {
		x.add(placeWords[i].word, selfCues)
	}
	for i := range slipTexts {
		for _, w := range slipTexts[i] {
			x.add(w, slipCues+i)
		}
	}
	for i := range remnantTexts {
		for _, w := range remnantTexts[i] {
			x.add(w, remnantCues+i)
		}
	}
	return x.index()
})
