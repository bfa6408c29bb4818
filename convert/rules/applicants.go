package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/report"
)

// applicant is one named applicant with all places.
type applicant struct {
	name, place, quote string
	where              []string
	paths              []string
}

// readApplicants finds the applicants and complainants named in the document in
// the order of the text.
func (c *context) readApplicants() []applicant {
	var out []applicant
	index := map[string]int{}
	add := func(n named, p *passage, quote string) {
		i, ok := index[n.name]
		if !ok {
			i = len(out)
			index[n.name] = i
			out = append(out, applicant{name: n.name, place: p.place() + "@" + itoa(n.start), quote: quote})
		}
		a := &out[i]
		if w := c.where(p); !contains(a.where, w) {
			a.where = append(a.where, w)
		}
		for _, path := range c.path(p) {
			if !contains(a.paths, path) {
				a.paths = append(a.paths, path)
			}
		}
	}
	for i := range c.passages {
		p := &c.passages[i]
		procedure := p.section >= 0 && contains(procedureChapters, c.report.Sections[p.section].Key)
		if !p.cues.has(applicantCues) && !procedure || c.statutory(p) {
			continue
		}
		for _, n := range applicantsIn(p.line, procedure) {
			add(n, p, sentenceAt([]rune(p.line), utf8.RuneCountInString(p.line[:n.start])))
		}
	}
	for i := range c.passages {
		if p := &c.passages[i]; p.table < 0 && i+1 < len(c.passages) {
			if name, ok := addressee(p.line, c.passages[i+1].line); ok {
				add(named{name: name}, p, "")
			}
		}
	}
	for _, at := range c.listedApplicants() {
		p := &c.passages[at]
		add(named{name: p.line}, p, "")
	}
	return out
}

// addressee is the applicant that an answer is addressed to, pasted whole: a name and a colon
// in a line, the next line speaking to its bearer of what was applied for.
func addressee(line, next string) (string, bool) {
	name, ok := strings.CutSuffix(line, "：")
	if !ok {
		name, ok = strings.CutSuffix(line, ":")
	}
	const longest = 36 // bytes
	if !ok || len(line) > longest || !startsWithAny(next, "你", "您", "经审查", "本机关于", "本机关收到", "我局于", "我局收到") || !containsAny(next, "申请", "答复", "告知") {
		return "", false
	}
	for _, w := range []string{"先生", "女士", "同志"} {
		name = strings.TrimSuffix(name, w)
	}
	const shortest = 2
	return name, isWholeName(name) && utf8.RuneCountInString(name) >= shortest && !hasAnySuffix(name, officials)
}

// statutory reports whether the passage is a cell of a statutory table, whose
// labels speak of applicants and name none.
func (c *context) statutory(p *passage) bool {
	return p.table >= 0 && p.table < len(c.ofForm) && c.ofForm[p.table]
}

// formTables tells of each table of the document whether a statutory table was read
// from it.
func (c *context) formTables() []bool {
	out := make([]bool, len(c.document.Tables))
	for _, tables := range c.reading.Tables {
		for _, t := range tables {
			if t >= 0 && t < len(out) {
				out[t] = true
			}
		}
	}
	return out
}

// applicantName judges whether applicants and complainants stay unnamed.
func applicantName(c *context) *verdict {
	v := newVerdict()
	if len(c.passages) > 0 {
		v.pass()
	}
	for _, a := range c.applicants {
		v.fail(fault{
			place: a.place, paths: slices.Clone(a.paths), quote: a.quote,
			message: listed(a.where) + "写出了申请人或者当事人的姓名（" + maskName(a.name) + "），公开前请隐去，可以写作“" + string(leadingRune(a.name)) + "某”或者“申请人”。",
		})
	}
	return c.hidden(v)
}

// listed joins places for a message, the first few by name.
func listed(where []string) string {
	const most = 3
	out := strings.Join(where[:min(len(where), most)], "、")
	if len(where) > most {
		out += "等" + itoa(len(where)) + "处"
	}
	return out
}

// veil hides the names of applicants in a text.
func (c *context) veil(s string) string {
	for _, a := range c.applicants {
		s = strings.ReplaceAll(s, a.name, maskName(a.name))
	}
	return s
}

// veilFinding hides the names of applicants in a finding of any rule.
func (c *context) veilFinding(f *report.Finding) {
	if len(c.applicants) == 0 {
		return
	}
	f.Message = c.veil(f.Message)
	if f.Quote != nil {
		q := c.veil(*f.Quote)
		f.Quote = &q
	}
	if s, ok := f.Actual.(string); ok {
		f.Actual = c.veil(s)
	}
	if s, ok := f.Expected.(string); ok {
		f.Expected = c.veil(s)
	}
}
