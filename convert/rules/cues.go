package rules

import (
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

// cueIndex finds cues by their rarest character.
type cueIndex struct {
	anchors [1 << 10]uint64 // bits by the anchor, ideographs and all else below U+10000
	cues    map[rune][]cue
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

func (x *cueIndex) add(text string, group int) {
	at, rarest := 0, -1
	for i, r := range text {
		if n := rarity(r); n > rarest {
			at, rarest = i, n
		}
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	if r < 1<<16 {
		x.anchors[r>>6] |= 1 << (r & 63)
	}
	x.cues[r] = append(x.cues[r], cue{text, at, group})
}

// find is the set of groups one of whose cues stands in the line.
func (x *cueIndex) find(line string) cueSet {
	var out cueSet
	for i, r := range line {
		if r >= 1<<16 || x.anchors[r>>6]&(1<<(r&63)) == 0 {
			continue
		}
		for _, c := range x.cues[r] {
			if from := i - c.before; from >= 0 && strings.HasPrefix(line[from:], c.text) {
				out.add(c.group)
			}
		}
	}
	return out
}

// cues is the index of all cues. It is made once and never changed.
var cues = sync.OnceValue(func() *cueIndex {
	x := &cueIndex{cues: map[rune][]cue{}}
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
	return x
})
