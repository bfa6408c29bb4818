package history

import (
	"slices"
	"strings"
)

// Shared is what a report has in common with another one, word for word or nearly so.
type Shared struct {
	// Report, Agency and Year are the other report's; Agency is empty, Year 0, where
	// it names none.
	Report string
	Agency string
	Year   int
	// Before: it is the one of the same agency for the year before.
	Before bool
	// Characters is how many characters are the same, of Of that the report says in its
	// own words: set phrases, and what many agencies share, count in neither.
	Characters, Of int
	// Passages are in the order of the report's text. Those that weigh least are left
	// out where there are more than MaxShared; More is how many.
	Passages []Passage
	More     int
}

// Percent is the share of the report's own wording, from 0 to 100.
func (s *Shared) Percent() int {
	if s.Of == 0 {
		return 0
	}
	return min(100, 100*s.Characters/s.Of)
}

// Passage is a stretch of text in both reports.
type Passage struct {
	// Section and OtherSection are indices of chapters.
	Section, OtherSection int
	Text, OtherText       string
	// Characters counts as Shared.Characters does.
	Characters int
}

// MaxShared bounds the passages that are told of one other report.
const MaxShared = 40

// Passages are what Own has in common with Previous and with each of Others, that
// with most in common first. Unlike the rule history.copied it judges nothing: little
// things are told, too. Personal numbers are in them as in the reports.
func Passages(in Input) []Shared {
	c := &comparison{Input: in, Settings: in.Place.Settings.complete()}
	var out []Shared
	if in.Previous != nil {
		if s := c.shared(in.Previous); len(s.Passages) > 0 {
			s.Before = true
			out = append(out, s)
		}
	}
	for i := range in.Others {
		if s := c.shared(&in.Others[i]); len(s.Passages) > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Shared) int { return b.Characters - a.Characters })
	return out
}

func (c *comparison) shared(other *Archived) Shared {
	s := Shared{Report: other.ID, Agency: other.agency()}
	if y := other.Result.Report.Year; y != nil {
		s.Year = *y
	}
	for _, w := range c.weights(c.prose()) {
		s.Of += w
	}
	own, others := c.Own.Result.Report.Sections, other.Result.Report.Sections
	for _, p := range c.align(c.prose(), readProse(&other.Result.Report)) {
		s.Characters += p.weight
		s.Passages = append(s.Passages, Passage{Section: p.section, OtherSection: p.otherSection, Characters: p.weight,
			Text: strings.TrimSpace(own[p.section].Text[p.start:p.end]), OtherText: strings.TrimSpace(others[p.otherSection].Text[p.otherStart:p.otherEnd])})
	}
	if s.More = len(s.Passages) - MaxShared; s.More > 0 {
		s.lighten()
	}
	s.More = max(0, s.More)
	return s
}

// lighten leaves the passages out that weigh least.
func (s *Shared) lighten() {
	weights := make([]int, len(s.Passages))
	for i := range s.Passages {
		weights[i] = s.Passages[i].Characters
	}
	slices.Sort(weights)
	least := weights[s.More]
	equal := MaxShared // how many of those that weigh least of the kept ones are kept
	for _, w := range weights {
		if w > least {
			equal--
		}
	}
	s.Passages = slices.DeleteFunc(s.Passages, func(p Passage) bool {
		if p.Characters == least {
			equal--
			return equal < 0
		}
		return p.Characters < least
	})
}
