package rules

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
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

// cue is one piece of text, looked for where its anchor stands.
type cue struct {
	text   string
	before int // bytes of text before the anchor
	group  int
}

// cueList are cues by their rarest character.
type cueList map[rune][]cue

// cueIndex finds the cues of a list. It is never changed.
type cueIndex struct {
	anchors runeSet
	// cues are those of each anchor in the order of their codes; before counts the anchors
	// before those in each word of the set.
	cues   [][]cue
	before [1 << 10]uint16
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

func (x cueList) add(text string, group int) {
	at, rarest := 0, -1
	for i, r := range text {
		if n := rarity(r); n > rarest {
			at, rarest = i, n
		}
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	x[r] = append(x[r], cue{text, at, group})
}

func (x cueList) index() *cueIndex {
	var out cueIndex
	for _, r := range slices.Sorted(maps.Keys(x)) {
		out.anchors.add(r)
		out.cues = append(out.cues, x[r])
	}
	n := 0
	for i, word := range out.anchors {
		out.before[i] = uint16(n)
		n += bits.OnesCount64(word)
	}
	return &out
}

// at are the cues of an anchor.
func (x *cueIndex) at(r rune) []cue {
	less := x.anchors[r>>6] & (1<<(r&63) - 1)
	return x.cues[int(x.before[r>>6])+bits.OnesCount64(less)]
}

// find is the set of groups one of whose cues stands in the line.
func (x *cueIndex) find(line string) cueSet {
	var out cueSet
	for i, r := range line {
		if !x.anchors.has(r) {
			continue
		}
		for _, c := range x.at(r) {
			if from := i - c.before; from >= 0 && strings.HasPrefix(line[from:], c.text) {
				out.add(c.group)
			}
		}
	}
	return out
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
