package rules

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Most sentences hold nothing that the lists of wordings look for. So every
// pattern has cues, pieces of text one of which all its matches hold, and one
// pass over a line tells which patterns are worth trying.

// cueSet is a set of groups of cues: a word for the anchors and other readers, one for the
// slips, two for the remnants.
type cueSet [4]uint64

func (s *cueSet) add(group int)      { s[group/64] |= 1 << (group % 64) }
func (s *cueSet) has(group int) bool { return s[group/64]&(1<<(group%64)) != 0 }

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

// everyday are the characters that reports hold most; no cue is looked for by one
// of them if it has another.
const everyday = "公开政府信息工作的不为是人民条年个以中一二三上社会街道局和及在对有理行办各区县市镇单位主动，。、：；（）《》“”0123456789"

func (x *cueIndex) add(text string, group int) {
	at := -1
	for i, r := range text {
		if at < 0 || !strings.ContainsRune(everyday, r) {
			at = i
			if !strings.ContainsRune(everyday, r) {
				break
			}
		}
	}
	if at < 0 {
		return
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
	for i := range graves {
		for _, w := range strings.Fields(graves[i].cue) {
			x.add(w, slipCues+i)
		}
	}
	for i := range remnants {
		for _, w := range remnants[i].cues {
			x.add(w, remnantCues+i)
		}
	}
	return x
})
