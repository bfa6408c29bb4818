package claims

import (
	"slices"
	"strings"

	"nianbao/extract/lazyregexp"
)

// receptions are the verbs of what comes in to be dealt with.
var receptions = []string{"收到", "受理", "接到", "接收", "新收", "登记", "承办", "接办", "共收", "接访", "立案", "转来", "交办", "转办", "接转", "梳理", "收集", "征集"}

// elsewhere takes back what is said of carrying and settling behind the reception of
// something else than the applications, or of a part of them: 收到涉及征地补偿的申请58件，上年结转2件，
// 当年办结55件. The subject of a clause holds for those behind it until one receives
// something again or names the applications. first is the sentence's first claim.
func (out *Reading) elsewhere(index, first int) {
	s := &out.Sentences[index]
	other, own := false, false
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 {
			continue
		}
		f := &s.Figures[c.Figure]
		switch c.Subject {
		case New:
			other, own = false, true
		case ByPerson, ByOrganisation, ByBusiness, ByResearch, ByWelfare, ByLegalService:
			if slices.Contains([]string{"名", "人", "位", "家", "户"}, f.Unit) {
				c.Subject = None // 提出申请的自然人31名: each may have asked for several
				continue
			}
			other = other || !own && f.Depth == 0 && !followsTotal(s, c.Figure) // 商业企业提出申请7件，上年结转1件
		case CarriedOver, CarriedForward, Handled, Answered, Processed:
			if other && !strings.Contains(f.Raw+f.Tail, "申请") {
				c.Subject, c.OfPart = None, c.Subject
			}
		case None:
			if out.sumsApplicants(s, c.Figure, first) {
				other, own = false, true
				continue
			}
			if f.kind == countUnit && !f.Change && f.Depth == 0 && containsAny(f.Raw, receptions...) && s.receivesElse(f) {
				other = !own || !strings.Contains(f.Raw, "申请") && otherKinds.in(f.Raw+f.Tail)
			}
		default:
		}
	}
}

// sumsApplicants reports whether a figure is the total behind the applicants by their kinds:
// 自然人申请96件、商业企业申请7件，合计103件.
func (out *Reading) sumsApplicants(s *Sentence, figure, first int) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b Breakdown) bool {
		return !b.Previous && b.Total == figure && b.Parts[0] < figure && slices.ContainsFunc(out.Claims[first:], func(c Claim) bool {
			return c.Figure == b.Parts[0] && strings.HasPrefix(string(c.Subject), "applicants.")
		})
	})
}

// ofThatOne takes back what is said of the one applicant that words point back to:
// 对该申请人的申请，予以公开3件、不予公开2件.
func (out *Reading) ofThatOne(index, first int) {
	s := &out.Sentences[index]
	for _, w := range []string{"该申请人", "该名申请人", "上述申请人", "这名申请人", "该当事人"} {
		if !s.Says(w) {
			continue
		}
		before, _, _ := strings.Cut(s.Text, w)
		from := runeLen(before)
		for k := first; k < len(out.Claims); k++ {
			c := &out.Claims[k]
			if c.Figure >= 0 && c.From > from && !containsAny(s.Span(from, c.From), "全年", "年度共", "；") {
				c.Subject = None
			}
		}
	}
}

// byOne says of the figures behind it that they are those that one of several dealt with.
var byOne = lazyregexp.New(`^其中[，：]?由[^，。；、\d]{2,16}(?:承办|办理|受理|答复|负责|处理)的[，：]`)

// ofOneHolder takes back what is said of the part that one of several dealt with: 其中，由局机关直接
// 承办的，新收120件，办结118件.
func (out *Reading) ofOneHolder(index, first int) {
	if s := &out.Sentences[index]; !strings.HasPrefix(s.Text, "其中") || !byOne.MatchString(s.Text) {
		return
	}
	for k := first; k < len(out.Claims); k++ {
		if c := &out.Claims[k]; c.Subject != None {
			c.Subject, c.OfPart = None, c.Subject
		}
	}
}

// followsTotal reports whether a figure stands before figure k that it may be a part of.
func followsTotal(s *Sentence, k int) bool {
	for i := range s.Figures[:k] {
		if f := &s.Figures[i]; f.kind == countUnit && !f.Change && f.Value.Cmp(s.Figures[k].Value) >= 0 {
			return true
		}
	}
	return false
}

// shareBase takes back what the words before a share say of the figure it is a share of:
// 商业企业申请占全部49件的17.5% tells of all, not of enterprises.
func (out *Reading) shareBase(index, first int) {
	s := &out.Sentences[index]
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 || s.Figures[c.Figure].kind == percentUnit {
			continue
		}
		if _, base, ok := strings.Cut(s.Figures[c.Figure].Raw, "占"); ok && containsAny(base, "全部", "总数", "总量", "总") {
			c.Subject = None
		}
	}
}

// receivesElse reports whether the words of a figure name something else than the
// applications, or make it a part of them.
func (s *Sentence) receivesElse(f *Figure) bool {
	words := strings.Trim(s.withoutYear(f.Raw+f.Tail), "，。；（")
	if containsAny(words, "信息公开", "公开申请", "申请公开", "依申请") {
		return restricts(words)
	}
	return neutralWords.Replace(pastBody(words)) != ""
}

// ofOtherThings reports whether the figure nearest to the offset that names what it counts,
// the last one before it or else the first behind, counts something else than applications:
// 受理咨询152件（无上年结转）, 收到留言124条，已回复124条，无上年结转.
func (s *Sentence) ofOtherThings(offset int) bool {
	k := len(s.Figures) - 1
	for k >= 0 && s.Figures[k].Start > offset {
		k--
	}
	for first := true; k >= 0; k-- {
		f := &s.Figures[k]
		if f.kind == percentUnit || f.Change {
			continue
		}
		if s.namesApplications(k) {
			return false
		}
		if words := strings.Trim(s.withoutYear(f.Raw+f.Tail), "，。；（"); neutralWords.Replace(pastBody(words)) != "" && (first || containsAny(f.Raw, receptions...)) {
			return true
		}
		first = false
	}
	for k = range s.Figures {
		f := &s.Figures[k]
		if f.Start < offset || f.kind == percentUnit || f.Change {
			continue
		}
		words := strings.Trim(s.withoutYear(f.Raw+f.Tail), "，。；（")
		return !containsAny(f.Raw+f.Tail, "信息公开", "公开申请", "申请公开", "依申请") && neutralWords.Replace(pastBody(words)) != ""
	}
	return false
}

// namesApplications reports whether the words between the figure before and figure k, or
// behind it, name the applications.
func (s *Sentence) namesApplications(k int) bool {
	return containsAny(s.wordsBefore(k)+s.Figures[k].Tail, "信息公开", "公开申请", "申请公开", "依申请")
}
