package claims

import "strings"

// columnOf reads who applied. ok is false where nobody is named.
func columnOf(z *zone, own string) (Subject, bool) {
	text := anybody.Replace(everybodyJoined.Replace(own))
	named, rest := find(columns, text)
	if len(named) == 0 {
		return columnAsSubject(z, own)
	}
	if startsWithAny(z.before, "通过", "经由", "使用", "利用") || containsAny(own, accounts...) {
		return None, true
	}
	const most = 4
	if len(named) > 1 || restricts(rest) || len([]rune(neutralWords.Replace(rest))) > most || restrictsTopic(z.topic, false) || containsAny(own, "答复", "办结", "予以") {
		return None, true
	}
	return named[0], true
}

// citizens reports whether 公民 are the persons who applied, and not everybody: another kind
// of applicants is told beside them.
func (s *Sentence) citizens(i int, own string) bool {
	if !strings.Contains(own, "公民") {
		return false
	}
	if rest := strings.Replace(own, "公民", "", 1); neutralWords.Replace(rest) != "" || containsAny(rest, "公民", "法人", "企业", "结转") || containsAny(own, finishing...) || containsAny(own, answering...) {
		return false
	}
	f := &s.Figures[i]
	beside := func(step int) int { // past shares and what brackets hold
		k := i + step
		for k >= 0 && k < len(s.Figures) && (s.Figures[k].Depth > f.Depth || s.Figures[k].kind == percentUnit) {
			k += step
		}
		return k
	}
	for _, k := range []int{beside(-1), beside(1)} {
		if k < 0 || k >= len(s.Figures) || s.Figures[k].Unit != f.Unit || strings.Contains(s.Span(min(f.End, s.Figures[k].End), max(f.Start, s.Figures[k].Start)), "；") {
			continue
		}
		words := s.Figures[k].Raw
		if named, _ := find(columns, words); len(named) == 1 && named[0] != ByPerson && !strings.Contains(words, "公民") {
			return true
		}
	}
	return false
}

// columnAsSubject reads who applied where the clause before says of one kind of applicants
// what part they had: 自然人仍是主要申请群体，共提交258件.
func columnAsSubject(z *zone, own string) (Subject, bool) {
	clause := lastClause(z.topic)
	if !containsAny(own, "提交", "提出", "递交", "提起", "报送") || !containsAny(clause, "群体", "主体", "主力") || containsAny(clause, "为主", "居多") || neutralWords.Replace(own) != "" {
		return None, false
	}
	named, rest := find(columns, everybodyJoined.Replace(clause))
	if len(named) != 1 || !strings.HasPrefix(rest, "※") {
		return None, false
	}
	return named[0], true
}
