package ordinal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/extract/symbolfont"
)

// Levels is the number of levels of a list (ECMA-376 §17.9.6).
const Levels = 9

// Level is one level of a list definition.
type Level struct {
	Defined bool
	Start   int
	// Format and Custom are the number format and the pattern of the format
	// "custom", as Format takes them.
	Format, Custom string
	Text           string // with the placeholders %1 to %9
	Suffix         string // "tab", "space" or "nothing"
	Style          string // the paragraph style linked to the level
	Legal          bool   // all numbers of the label in digits
	Hidden         bool
	Font           symbolfont.Font
	// Restart is the number (from 1) of the level whose use restarts this
	// one; 0 never, -1 any higher level.
	Restart int
}

// List is an abstract definition with its running counters: instances of the
// same definition count on together.
type List struct {
	Levels [Levels]Level
	counts [Levels]int
	used   [Levels]bool
}

// Instance is a use of a list, with overrides.
type Instance struct {
	Levels   map[int]Level
	Starts   map[int]int  // where a level starts instead
	restarts map[int]bool // levels whose override was applied
}

// Label is a printed list label.
type Label struct {
	Text   string
	Suffix string // "tab", "space" or "nothing"
	Bullet bool
}

// Next counts a paragraph of level at and returns its label; ok is false where
// none is printed. unknown is called with number formats that are not
// supported.
func (in *Instance) Next(l *List, at int, unknown func(format string)) (lb Label, ok bool) {
	lv := in.Level(l, at)
	if !lv.Defined {
		return Label{}, false
	}
	in.count(l, at)
	if lv.Hidden {
		return Label{}, false
	}
	if lv.Format == "bullet" {
		return Label{Text: symbolfont.Text(lv.Text, lv.Font), Suffix: lv.Suffix, Bullet: true}, lv.Text != ""
	}
	text := in.labelText(l, lv, unknown)
	return Label{Text: text, Suffix: lv.Suffix}, strings.TrimSpace(text) != ""
}

// Level is a level of the list as the instance has it.
func (in *Instance) Level(l *List, i int) Level {
	if lv, ok := in.Levels[i]; ok {
		return lv
	}
	return l.Levels[i]
}

// Styled is the level of a paragraph numbered by its style: the one that names
// the style, else the one given.
func (in *Instance) Styled(l *List, style string, given int) int {
	for i := range Levels {
		if in.Level(l, i).Style == style {
			return i
		}
	}
	return given
}

// count moves the counters of the list on for a paragraph of level at.
func (in *Instance) count(l *List, at int) {
	start, override := in.Starts[at]
	switch {
	case override && !in.restarts[at]:
		if in.restarts == nil {
			in.restarts = map[int]bool{}
		}
		in.restarts[at] = true
		l.counts[at] = start
	case l.used[at]:
		l.counts[at]++
	case override:
		l.counts[at] = start
	default:
		l.counts[at] = in.Level(l, at).Start
	}
	l.used[at] = true
	for i := at + 1; i < Levels; i++ {
		if r := in.Level(l, i).Restart; r < 0 || at < r {
			l.used[i] = false
		}
	}
}

// labelText fills the placeholders %1 to %9 of a label. A level not used so far
// counts as its start.
func (in *Instance) labelText(l *List, lv Level, unknown func(format string)) string {
	var b strings.Builder
	for rest := lv.Text; rest != ""; {
		i := strings.IndexByte(rest, '%')
		if i < 0 || i+1 >= len(rest) || rest[i+1] < '1' || rest[i+1] > '9' {
			end := len(rest)
			if i >= 0 {
				end = i + 1
			}
			b.WriteString(rest[:end])
			rest = rest[end:]
			continue
		}
		b.WriteString(rest[:i])
		at := int(rest[i+1] - '1')
		rest = rest[i+2:]
		of := in.Level(l, at)
		value := l.counts[at]
		if !l.used[at] {
			value = of.Start
			if s, ok := in.Starts[at]; ok {
				value = s
			}
		}
		format := of.Format
		if lv.Legal && format != "none" {
			format = "decimal"
		}
		text, known := Format(value, format, of.Custom)
		if !known {
			unknown(format)
		}
		b.WriteString(text)
	}
	return b.String()
}

// Before puts the label in front of a text. A tab is printed as a gap: it needs
// no character after punctuation, and a space where label and text would read as
// one word or number.
func (lb Label) Before(text string) string {
	if text == "" {
		return strings.TrimSpace(lb.Text)
	}
	if lb.Suffix == "nothing" {
		return lb.Text + text
	}
	last, _ := utf8.DecodeLastRuneInString(lb.Text)
	first, _ := utf8.DecodeRuneInString(text)
	closed := unicode.IsPunct(last) || unicode.IsSpace(last)
	ascii := first < utf8.RuneSelf && (unicode.IsLetter(first) || unicode.IsDigit(first))
	if lb.Suffix == "tab" && !lb.Bullet && closed && (!ascii || last >= utf8.RuneSelf) {
		return lb.Text + text
	}
	return lb.Text + " " + text
}
