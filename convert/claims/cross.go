package claims

import (
	"slices"
	"strings"
)

// At is the subject of a cell: a row of the table of applications in the column of
// an applicant.
func At(row, column Subject) Subject {
	return row + "@" + Subject(strings.TrimPrefix(string(column), "applicants."))
}

// Cell parts a subject into its row and column; ok is false for those of a whole row.
func (s Subject) Cell() (row, column Subject, ok bool) {
	r, c, ok := strings.Cut(string(s), "@")
	return Subject(r), Subject("applicants." + c), ok
}

// cross moves results to the column of the applicants they are said of:
// 对企业提出的申请，予以公开5件，部分公开2件. first is the sentence's first claim.
func (out *Reading) cross(index, first int) {
	s := &out.Sentences[index]
	out.crossTrials(s, first)
	if !s.Says("自然人", "法人", "企业", "机构", "公益", "律", "个人") {
		return
	}
	var topic []Subject
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 {
			continue
		}
		named, where := s.applicantsAt(c.Figure)
		switch {
		case where == topicClause || where == ownClause && s.setsTopic(c.Figure):
			topic = named
		case !isOutcome(c.Subject) || strings.HasPrefix(string(c.Subject), "applicants."):
			topic = nil
		}
		if !isOutcome(c.Subject) || strings.HasPrefix(string(c.Subject), "applicants.") {
			continue
		}
		if len(named) == 0 {
			named = topic
		}
		if len(named) == 0 {
			named = out.totalApplicants(s, c.Figure, first)
		}
		switch len(named) {
		case 0:
		case 1:
			c.Subject = At(c.Subject, named[0])
		default:
			c.Subject = None
		}
	}
}

// place is where applicants are named for a figure.
type place int

const (
	nowhere place = iota
	ownClause
	topicClause
)

// applicantsAt are the applicants named between the figure before and this one, or
// behind it.
func (s *Sentence) applicantsAt(figure int) ([]Subject, place) {
	f := &s.Figures[figure]
	own, _ := find(columns, ofEnterprises.Replace(everybodyJoined.Replace(anybody.Replace(f.Raw+"※"+f.Tail))))
	if len(own) > 0 {
		return own, ownClause
	}
	words := strings.TrimSuffix(s.wordsBefore(figure), f.Raw)
	if at := strings.LastIndex(words, "；"); at >= 0 {
		words = words[at:]
	}
	named, _ := find(columns, ofEnterprises.Replace(everybodyJoined.Replace(anybody.Replace(words))))
	if len(named) > 0 {
		return named, topicClause
	}
	return nil, nowhere
}

// ofEnterprises takes out what is asked about companies, which does not say that one asked.
var ofEnterprises = replacer(`企业内部 涉及企业 关于企业 企业信息 企业登记 企业档案 企业名录 企业名单 企业数据 企业资料 企业改制 企业改革 国有企业`)

// someEnterprises puts a word that picks in the place of what is asked about companies.
var someEnterprises = strings.NewReplacer("企业改制", "某", "企业改革", "某", "企业内部", "某", "国有企业", "某", "国企", "某")

// setsTopic reports whether the clause of a figure is the topic of what follows:
// 就企业提出的31件申请而言，….
func (s *Sentence) setsTopic(figure int) bool {
	f := &s.Figures[figure]
	tail := strings.TrimRight(f.Tail, "，")
	return hasSuffix(tail, []string{"中", "里", "内", "而言", "来说", "来看"}) || startsWithAny(f.Raw, "就", "对", "针对", "在") && strings.Contains(tail, "申请")
}

// totalApplicants is the column of the total that the figure is a part of:
// 自然人申请45件，其中予以公开20件.
func (out *Reading) totalApplicants(s *Sentence, figure, first int) []Subject {
	for _, b := range s.Breakdowns {
		if b.Previous || !slices.Contains(b.Parts, figure) || b.Sum(s).Cmp(s.Figures[b.Total].Value) > 0 {
			continue // 申请人为自然人7件、企业2件，结果为予以公开4件
		}
		for k := first; k < len(out.Claims); k++ {
			if c := &out.Claims[k]; c.Figure == b.Total && strings.HasPrefix(string(c.Subject), "applicants.") {
				return []Subject{c.Subject}
			}
		}
	}
	return nil
}

// crossTrials moves results of 行政诉讼 to those begun directly or after 复议, where
// the words before say which.
func (out *Reading) crossTrials(s *Sentence, first int) {
	if !s.Says("未经复议", "直接起诉", "直接提起", "直接向", "复议后") {
		return
	}
	way, bare := None, None // bare: the figure before is all that came this way
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 {
			continue
		}
		words := s.wordsBefore(c.Figure) + s.Figures[c.Figure].Tail
		named := wayOf(words)
		if end := s.endAround(c.Figure); end != None && (c.Subject == LitigationDirect || c.Subject == LitigationAfter) {
			_, result, _ := strings.Cut(string(end), ".")
			c.Subject = named + "." + Subject(result) // 结果维持5件（直接起诉3件）
			continue
		}
		result, trial := strings.CutPrefix(string(c.Subject), "litigation.")
		switch {
		case named != None && bare != None && bare != named && !trial && !strings.Contains(words, "；"):
			way, bare = bothWays, None // 直接起诉12件、复议后起诉6件，纠正1件: of which, is not said
		case named != None:
			way, bare = named, named
		case containsAny(words, "行政复议", "行政诉讼"), strings.Contains(words, "；") && !strings.Contains(words, "；结果"): // 直接起诉的11件当中，一审终结7件…；结果为维持8件
			way = None
		}
		if named == None || trial {
			bare = None
		}
		if way != None && trial && strings.HasPrefix(strings.TrimLeft(s.Figures[c.Figure].Raw, "，"), "其余") && strings.Contains(words, "外，") {
			way = None // 除1件复议后起诉的尚未审结外，其余3件维持: of both ways
		}
		switch {
		case !trial || way == None || result == "total":
		case way == bothWays:
			c.Subject = None
		default:
			c.Subject = way + "." + Subject(result)
		}
	}
}

// endAround is how the lawsuits ended that the figure stands in brackets behind; None where there are none.
func (s *Sentence) endAround(k int) Subject {
	depth := s.Figures[k].Depth
	for i := k - 1; i >= 0 && depth > 0; i-- {
		if of := &s.Figures[i]; of.Depth < depth {
			for _, o := range challengeEnds {
				if containsAny(of.Raw, o.words...) {
					return o.ofTrials
				}
			}
			return None
		}
	}
	return None
}

// bothWays stands for the two ways together.
const bothWays Subject = "litigation_both"

// wayOf is the way a suit was begun that words name.
func wayOf(words string) Subject {
	switch {
	case containsAny(words, "未经复议", "直接起诉", "直接提起", "直接向"):
		return "litigation_direct"
	case strings.Contains(words, "复议后"):
		return "litigation_after_reconsideration"
	}
	return None
}
