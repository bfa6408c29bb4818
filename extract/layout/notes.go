package layout

import (
	"strconv"
	"strings"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// Footnotes stand below a short line at the left margin, in smaller type than the
// text, and count up.
const (
	shortestRule = 30.0 // points
	longestRule  = 0.5  // share of the width of the page
	highestRule  = 0.3  // share of the height of the page above which no notes start
	noteSize     = 0.95 // size of the largest note by that of the text
	mostRules    = 16   // lines of a page that are looked at
)

// noteMark is the mark of a footnote at its start.
var noteMark = lazyregexp.New(`^[\[〔（(【]?\s?([0-9]{1,3}|[①-⑳]|[*＊†‡§]{1,3})[\]〕）)】]?`)

// findRules keeps the lines that may stand above footnotes: short, horizontal, in
// no table, with no text sitting on them.
func (s *sheet) findRules(h []stroke) {
	for _, r := range h {
		if w := r.b - r.a; w < shortestRule || w > longestRule*s.w || r.pos < highestRule*s.h || len(s.rules) >= mostRules {
			continue
		}
		if !s.inTable(r) && !s.underlines(r) {
			s.rules = append(s.rules, r)
		}
	}
}

func (s *sheet) inTable(r stroke) bool {
	for _, p := range append(s.tables[:len(s.tables):len(s.tables)], s.frames...) {
		if r.pos > p.box.y0-touching && r.pos < p.box.y1+touching && r.b > p.box.x0 && r.a < p.box.x1 {
			return true
		}
	}
	return false
}

// underlines tells a line close below the baseline of text.
func (s *sheet) underlines(r stroke) bool {
	for i := range s.lines {
		l := &s.lines[i]
		if d := r.pos - l.base; !l.turned && d > -0.3*l.size && d < 0.35*l.size && r.b > l.box.x0 && r.a < l.box.x1 {
			return true
		}
	}
	return false
}

// markNotes gives the lines of footnotes their role and makes paragraphs of them,
// by the page they start on: notes may go on on the next page.
func markNotes(sheets []*sheet, roles [][]extract.Role) [][]paragraph {
	out := make([][]paragraph, len(sheets))
	var last *paragraph // the note that may go on
	number := 0         // of the note before
	for i, s := range sheets {
		lines := s.noteLines(roles[i], last != nil)
		for n, k := range lines {
			roles[i][k] = extract.RoleFootnote
			l := flowLine{line: &s.lines[k], sheet: s, follows: n > 0}
			mark, value := markOf(l.text)
			starts := mark && (value == 0 || number == 0 || value == number+1 || value == 1 && n == 0)
			if starts || last == nil {
				out[i] = append(out[i], paragraph{})
				last = &out[i][len(out[i])-1]
			}
			if starts && value > 0 {
				number = value
			}
			last.lines = append(last.lines, l)
		}
		if len(lines) == 0 {
			last = nil
		}
	}
	for i := range out {
		setNoteMargins(out[i])
	}
	return out
}

// setNoteMargins gives the notes that start on a page the width they take.
func setNoteMargins(notes []paragraph) {
	var all []*flowLine
	for i := range notes {
		for k := range notes[i].lines {
			all = append(all, &notes[i].lines[k])
		}
	}
	if len(all) == 0 {
		return
	}
	m := margins{all[0].box.x0, all[0].box.x1}
	for _, l := range all {
		m.left, m.right = min(m.left, l.box.x0), max(m.right, l.box.x1)
	}
	for _, l := range all {
		l.m = m
	}
}

// markOf reads the mark of a note; value is 0 for signs that do not count.
func markOf(text string) (ok bool, value int) {
	m := noteMark.FindStringSubmatch(text)
	if m == nil {
		return false, 0
	}
	if r := firstRune(m[1]); r >= '①' && r <= '⑳' {
		return true, int(r-'①') + 1
	}
	if n, err := strconv.Atoi(m[1]); err == nil {
		rest := text[len(m[0]):]
		return n > 0 && rest != "" && !strings.ContainsAny(rest[:1], "0123456789.,-/%"), n
	}
	return true, 0
}

// noteLines are the lines below the rule of the footnotes, from top to bottom.
// goesOn tells that the page before ends with a note.
func (s *sheet) noteLines(roles []extract.Role, goesOn bool) []int {
	for _, r := range s.rules {
		var above, below []*line
		var index []int
		for k := range s.lines {
			l := &s.lines[k]
			switch {
			case l.turned || roles[k] != "":
			case l.base < r.pos || s.besideRule(l, r):
				above = append(above, l)
			default:
				below, index = append(below, l), append(index, k)
			}
		}
		if len(below) == 0 || len(above) == 0 || below[0].box.x0-r.a > 4*below[0].size || r.a-below[0].box.x0 > below[0].size {
			continue
		}
		small := noteSize * bodySize(above)
		fits := true
		for _, l := range below {
			fits = fits && l.size <= small && !s.tableBeyond(l.box, false)
		}
		if mark, _ := markOf(below[0].text); fits && (mark || goesOn) {
			return index
		}
	}
	return nil
}

// besideRule tells a line of another column than the rule's.
func (s *sheet) besideRule(l *line, r stroke) bool {
	if l.region >= len(s.regions) || !s.regions[l.region].column {
		return false
	}
	b := s.regions[l.region].box
	return r.a > b.x1 || r.b < b.x0
}
