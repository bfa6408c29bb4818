package claims

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/glance"
)

// within moves who applied and what became of it to the figure that they are told of a
// part of: 结转下年的4件中，3件为自然人申请. Where that is a row of the table, applicants get
// their cell in it; what is said of any other part has no subject. first is the sentence's
// first claim.
func (out *Reading) within(index, first int) {
	s := &out.Sentences[index]
	var of *Claim
	left := new(big.Rat)
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 {
			continue
		}
		f := &s.Figures[c.Figure]
		_, _, crossed := c.Subject.Cell()
		if of != nil && (isOutcome(c.Subject) && !crossed && c.Subject != CarriedForward || c.Subject == None || c.Subject == New) && f.kind == countUnit && c.Value.Cmp(left) <= 0 && s.inside(of.Figure, c.Figure) {
			left.Sub(left, c.Value)
			if c.Subject = s.partSubject(of, c.Subject); c.Subject == New && f.Depth > 0 && !containsAny(f.Raw, "收", "受理", "新", "接") {
				c.Subject = None // 收到依申请公开28件（其中依申请公开25件，重复申请3件）
			}
			continue
		}
		if f.Unit == "件" || f.Unit == "宗" || f.Unit == "份" {
			of, left = c, new(big.Rat).Set(c.Value)
		}
	}
}

// partSubject is the subject of a part of what a claim counts.
func (s *Sentence) partSubject(of *Claim, part Subject) Subject {
	applicant := strings.HasPrefix(string(part), "applicants.")
	switch {
	case of.Subject == CarriedOver || of.Subject == CarriedForward:
		if applicant {
			return At(of.Subject, part)
		}
		return None
	case of.Subject == None:
		f := &s.Figures[of.Figure]
		if named, _ := find(columns, f.Raw+f.Tail); (applicant || part == New) && len(named) == 0 && restricts(strings.Replace(f.Raw, "其中", "", 1)+"※"+f.Tail) {
			return None
		}
		if !applicant && isOutcome(part) && containsAny(f.Raw+f.Tail, "征求", "第三方", "会商", "听取", "函询") {
			return None // 征求意见23件，其中同意公开14件: what those asked said
		}
	case isOutcome(of.Subject) && part == New:
		return None
	case applicant && isOutcome(of.Subject) && !strings.HasPrefix(string(of.Subject), "applicants.") && !strings.Contains(string(of.Subject), "@"):
		return At(of.Subject, part)
	}
	return part
}

// inside reports whether figure i is told of a part of figure of: in brackets behind it, as
// one of its parts, or behind a topic that it ends.
func (s *Sentence) inside(of, i int) bool {
	t, f := &s.Figures[of], &s.Figures[i]
	if slices.ContainsFunc(s.Breakdowns, func(b Breakdown) bool {
		return !b.Previous && b.Total == of && slices.Contains(b.Parts, i)
	}) {
		return true
	}
	between := s.Span(t.End, f.Start)
	if strings.Contains(between, "；") {
		return false
	}
	topic := strings.TrimSuffix(strings.TrimRight(strings.TrimRight(t.Tail, "，"), "申请事项"), "的")
	switch {
	case hasSuffix(topic, []string{"中", "里", "内"}):
		return true
	case strings.HasSuffix(t.Raw, "的") && (topic == "" || t.Tail == "申请") && strings.HasPrefix(between, t.Tail+"，") && !t.Scope.OtherYear:
		return true
	}
	if f.Depth > t.Depth && !strings.Contains(between, "）") {
		return true // 4件申请（自然人3件，商业企业1件）
	}
	return strings.HasPrefix(between, "，其中") || strings.HasPrefix(between, "（其中")
}

// listJoint takes out what stands between the columns that a list names.
var listJoint = glance.NewReplacer("其他处理", "", "※等※", "※")

// severalApplicants reports whether the words around a figure name applicants of several
// columns, or what is left of one: 4件来自社会公益组织、法律服务机构等, 其他法人或组织13件.
func (s *Sentence) severalApplicants(i int) bool {
	f := &s.Figures[i]
	if f.Paired {
		return false
	}
	words := f.Raw + "※" + s.tailList(i)
	listed := f.Sep == '、' && f.Compound
	if listed {
		for _, item := range s.listBefore(i) {
			words = item + "※" + words
		}
	}
	named, rest := find(columns, everybodyJoined.Replace(anybody.Replace(words)))
	if len(named) == 0 {
		return false
	}
	rest = listJoint.Replace(rest)
	if containsAny(rest, "其他※", "其它※", "其余※", "其他各类※", "其余各类※", "※等", "另有※", "除※", "以外的※", "外的※", "其他类※") {
		return true
	}
	const longest = 8
	for _, item := range s.listBefore(i) {
		if listed && len([]rune(item)) <= longest && len(named) == 1 && hasSuffix(item, []string{"组织", "机构", "企业", "单位", "律所", "高校", "媒体"}) && !containsAny(f.Raw, item) {
			return true
		}
	}
	return len(named) > 1
}
