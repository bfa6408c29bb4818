package claims

import "strings"

// pair gives each of several figures behind one list its item:
// 行政复议、行政诉讼分别为4件、3件. Where the numbers of items and figures differ, the
// figures have no words of their own.
func (s *Sentence) pair() {
	if !s.Says("分别", "依次") {
		return
	}
	for i := range s.Figures {
		f := &s.Figures[i]
		before, behind, ok := strings.Cut(f.Raw, "分别")
		if !ok {
			before, behind, ok = strings.Cut(f.Raw, "依次")
		}
		verb := strip(behind)
		if !ok || neutralActs.Replace(neutralChallenges.Replace(neutralWords.Replace(verb))) != "" {
			continue
		}
		n := 1
		for i+n < len(s.Figures) && s.joins(i+n) {
			n++
		}
		items := s.itemsBefore(f, before)
		if n < 2 || len(items) < 2 {
			continue
		}
		if len(items) != n {
			items, verb = make([]string, n), "" // whose is whose, nobody can tell
		}
		for k := range n {
			g := &s.Figures[i+k]
			g.Label, g.Compound, g.Paired = strip(items[k]+verb), false, true
			if k+1 < n {
				g.Tail = ""
			}
		}
	}
}

// joins reports whether only a joint stands between the figure before and k.
func (s *Sentence) joins(k int) bool {
	switch s.wordsBefore(k) {
	case "、", "，", "和", "与", "及":
		return true
	}
	return false
}

// itemsBefore are the items of the list before 分别, in the clause of the figure or
// the one before it.
func (s *Sentence) itemsBefore(f *Figure, own string) []string {
	end := f.Clause + len([]rune(own))
	if strip(own) == "" && f.Clause > 0 {
		end = f.Clause - 1
	}
	from := end
	for from > 0 && (s.Runes[from-1] == '、' || !isBreak(s.Runes[from-1]) && !isDigit(s.Runes[from-1])) {
		from--
	}
	list := s.Span(from, end)
	for _, w := range []string{"以及", "和", "与", "及"} {
		if !strings.Contains(list, "法人"+w+"其他") {
			list = strings.ReplaceAll(list, w, "、")
		}
	}
	return strings.FieldsFunc(list, func(r rune) bool { return r == '、' })
}
