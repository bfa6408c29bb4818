package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract"
)

// Version is the version of the rules. It changes whenever the same reading may
// be judged otherwise.
const Version = "8"

// Input is what is judged: a reading and the document it was read from. Either
// may be nil; what is missing is then not judged.
type Input struct {
	Reading  *mapping.Reading
	Document *extract.Document
	// Rules are judged; nil means Catalogue.
	Rules []Rule
	// Required are chapters that a place asks for beside those of the form.
	Required []Required
	// Said is what the text of the reading's chapters says in figures, see
	// [ReadClaims]; nil means that it is read here.
	Said *claims.Reading
	// Broken is told of each rule that panicked, so that developers get to know more than
	// the report says; it may be nil.
	Broken func(rule string, panicked any, stack []byte)
}

// Required is a chapter that a place asks for.
type Required struct {
	Title   string
	Aliases []string
}

// Rule is one rule of the catalogue.
type Rule struct {
	// ID never changes its meaning: "applications.balance".
	ID       string          `json:"id"`
	Severity report.Severity `json:"severity"`
	// Title names the rule in Chinese; Description says in Chinese when it
	// holds.
	Title       string `json:"title"`
	Description string `json:"description"`
	// Needs is what the rule looks at; where it cannot be read the rule is
	// undetermined.
	Needs []Need `json:"needs"`
	// Forms limits the rule to reports of these forms (form.ID); nil means all.
	Forms []string `json:"forms,omitempty"`

	judge func(*context) *verdict
	off   string // why it is not judged; empty: it is
}

// Off is the rule as one that is never judged, for the reason.
func (r Rule) Off(reason string) Rule {
	r.judge = func(*context) *verdict { return inapplicable(reason) }
	r.Forms, r.off = nil, reason
	return r
}

// Stopped is why the rule is not judged (Off); empty for a rule that is.
func (r Rule) Stopped() string { return r.off }

// Need is something that a rule looks at, in the words of documentation.
type Need string

// What rules look at.
const (
	NeedTables     Need = "法定表格"
	NeedText       Need = "正文"
	NeedIdentity   Need = "标题、机关和日期"
	NeedPages      Need = "页面"
	NeedYearBefore Need = "上一年度的报告"
	NeedOthers     Need = "其他机关的报告"
	NeedBelow      Need = "下级的报告"
)

// Grounds are the rule's needs as one text: "正文、法定表格".
func (r *Rule) Grounds() string {
	words := make([]string, len(r.Needs))
	for i, n := range r.Needs {
		words[i] = string(n)
	}
	return strings.Join(words, "、")
}

// Judge applies every rule of the input. The outcomes stand in the rules'
// order, the findings in that and then in document order; the same
// input always gives the same result.
func Judge(in Input) report.Validation {
	c := newContext(in)
	out := report.Validation{
		Status: "pass", Findings: []report.Finding{},
	}
	undetermined := false
	ids := map[string]bool{}
	list := in.Rules
	if list == nil {
		list = catalogue()
	}
	out.Rules = make([]report.Outcome, 0, len(list))
	for _, r := range list {
		v := r.apply(c)
		undetermined = undetermined || v.outcome == report.Undetermined
		out.Rules = append(out.Rules, v.summary(r.ID))
		for _, f := range v.faults {
			found := r.finding(f, ids)
			c.veilFinding(&found)
			out.Findings = append(out.Findings, found)
		}
		switch r.Severity {
		case report.SeverityError:
			out.Errors += len(v.faults)
		case report.SeverityWarning:
			out.Warnings += len(v.faults)
		case report.SeverityInfo:
			out.Infos += len(v.faults)
		}
	}
	switch {
	case out.Errors > 0:
		out.Status = "fail"
	case out.Warnings > 0 || undetermined:
		out.Status = "warn"
	}
	return out
}

func (r *Rule) apply(c *context) *verdict {
	if r.Forms != nil {
		known := false
		for _, id := range r.Forms {
			known = known || id == c.report.Form
		}
		if !known {
			return inapplicable("本规则不适用于这种报表")
		}
	}
	return r.guarded(c)
}

// Broken begins the reason of a rule that could not judge because of a mistake of its own.
const Broken = "程序出错"

// guarded is the rule's verdict. A panic of one rule must not cost a report its figures and
// the other rules.
func (r *Rule) guarded(c *context) (v *verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = newVerdict()
			v.undetermined(fmt.Sprintf("%s，没有判断（%v），请报告给开发者", Broken, p))
			if c.broken != nil {
				c.broken(r.ID, p, debug.Stack())
			}
		}
	}()
	return r.judge(c)
}

// finding completes a fault. ids holds the ids already given, so that two
// faults at one place still differ.
func (r *Rule) finding(f fault, ids map[string]bool) report.Finding {
	id := ""
	for n := 0; id == "" || ids[id]; n++ {
		sum := sha256.Sum256([]byte(r.ID + "\x00" + f.place + "\x00" + strconv.Itoa(n)))
		id = hex.EncodeToString(sum[:6])
	}
	ids[id] = true
	out := report.Finding{
		ID: id, Rule: r.ID, Severity: r.Severity,
		Message: mask(f.message), Paths: f.paths,
		Expected: f.expected, Actual: f.actual,
	}
	if out.Paths == nil {
		out.Paths = []string{}
	}
	if f.quote != "" {
		q := clip(mask(f.quote))
		out.Quote = &q
	}
	if s, ok := f.actual.(string); ok {
		out.Actual = clip(mask(s))
	}
	return out
}
