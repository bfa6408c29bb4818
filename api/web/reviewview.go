package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/convert/report"
)

// reviewView is what people said of the report, and what they may say.
type reviewView struct {
	*report.Review
	// Form is what every form of the review carries; nil where the reader may only
	// read.
	Form *reviewForm
	// Gone are the decisions whose finding is not there any more; Settled are the
	// findings that went with the corrections.
	Gone    []report.Decision
	Settled []report.Finding
	Mark    *markForm
	// Correct is the value that is being corrected; nil for none.
	Correct *correctForm
	History []historyLine
	// Others are the other versions of the report.
	Others []editionView
}

// reviewForm is the address and the hidden fields of a form.
type reviewForm struct {
	Action, CSRF string
	Version      int
}

// markForm marks the report; Note and Mistake are of an attempt that was not taken.
type markForm struct {
	Form          *reviewForm
	Note, Mistake string
	Mark          *report.Mark
}

// decideForm decides on a finding.
type decideForm struct {
	Form          *reviewForm
	ID, Back      string
	Now           *report.Decision // what was decided, nil for nothing
	Stale         bool             // it was decided of something else
	Note, Mistake string
}

// correctForm corrects a value.
type correctForm struct {
	Form              *reviewForm
	Path, Label, Back string
	Read              *string // what the program read
	Value             string
	Note              string
	Mistakes          []string
}

// historyLine is one statement as the page tells it.
type historyLine struct {
	report.Statement
	What string // what it is about
}

// editionView is another version of the report.
type editionView struct {
	report.Edition
	Compare, Order string // address of the comparison, and which came first in words
}

// viewReview lays the review out. It is nil where the service has none.
func (p *Pages) viewReview(r *http.Request, v *reportView, rev *report.Review, m *ReviewMistake) *reviewView {
	if rev == nil {
		return nil
	}
	out := &reviewView{Review: rev}
	if auth.Require(r.Context(), auth.ReviewReport) == nil {
		who, _ := auth.Of(r.Context())
		out.Form = &reviewForm{Action: v.Base + "/review", CSRF: who.CSRF, Version: rev.Version}
	}
	out.Mark = &markForm{Form: out.Form, Mark: rev.Mark}
	if m != nil {
		switch m.Statement.Act {
		case report.ActCheck, report.ActReturn, report.ActUnmark:
			out.Mark.Note, out.Mark.Mistake = m.Statement.Note, mistakeText(m)
		}
	}
	for _, d := range rev.Decisions {
		if d.Stale == report.StaleGone {
			out.Gone = append(out.Gone, d)
		}
	}
	out.Settled = settled(v.Result, rev)
	for i := range rev.History {
		s := rev.History[i]
		out.History = append(out.History, historyLine{s, historyText(&s)})
	}
	for _, e := range rev.Editions {
		if e.ID == v.Summary.ID {
			continue
		}
		other := editionView{Edition: e, Compare: v.Base + "/compare/" + url.PathEscape(e.ID), Order: "较新的一版"}
		if e.ReceivedAt.Before(v.Summary.ReceivedAt) {
			other.Order = "较早的一版"
		}
		out.Others = append(out.Others, other)
	}
	return out
}

// settled are the findings of the result that the report judged anew does not have.
func settled(res *report.Result, rev *report.Review) []report.Finding {
	if rev.Validation == nil {
		return nil
	}
	left := map[string]bool{}
	for i := range rev.Validation.Findings {
		left[rev.Validation.Findings[i].ID] = true
	}
	var out []report.Finding
	for _, f := range res.Validation.Findings {
		if !left[f.ID] {
			out = append(out, f)
		}
	}
	return out
}

// mistakeText is all that is wrong with a statement in one line.
func mistakeText(m *ReviewMistake) string {
	parts := make([]string, 0, len(m.Fields))
	for _, field := range []string{"note", "value", "finding", "path", "act", "version"} {
		if t := m.Fields[field]; t != "" {
			parts = append(parts, t)
		}
	}
	if len(parts) == 0 {
		parts = append(parts, m.Detail)
	}
	return strings.Join(append(parts, m.Since...), " ")
}

// decide makes the form on a finding; nil where there is neither right nor
// decision.
func (v *reviewView) decide(id, back string, m *ReviewMistake) *decideForm {
	if v == nil {
		return nil
	}
	d := &decideForm{Form: v.Form, ID: id, Back: back, Now: v.Decision(id)}
	if d.Now != nil {
		d.Stale = d.Now.Stale != ""
	}
	if m != nil && m.Statement.Finding == id && id != "" {
		d.Note, d.Mistake = m.Statement.Note, mistakeText(m)
	}
	if d.Form == nil && d.Now == nil {
		return nil
	}
	return d
}

// correct makes the form on a value that the address or a mistake names.
func (v *reviewView) correct(r *http.Request, names map[string]string, res *report.Result, m *ReviewMistake) {
	if v == nil || v.Form == nil {
		return
	}
	path := r.URL.Query().Get("correct")
	wrong := m != nil && (m.Statement.Act == report.ActCorrect || m.Statement.Act == report.ActUncorrect)
	if wrong {
		path = m.Statement.Path
	}
	label := names[path]
	if label == "" {
		label = identityLabel(path)
	}
	if label == "" {
		return
	}
	f := &correctForm{Form: v.Form, Path: path, Label: label, Back: anchor(path), Read: readValue(res, path)}
	if c := v.Correction(path); c != nil {
		f.Value, f.Note = str(c.Value), c.Note
	}
	if wrong {
		f.Value, f.Note = str(m.Statement.Value), m.Statement.Note
		f.Mistakes = []string{mistakeText(m)}
	}
	v.Correct = f
}

// identityLabel names the values beside figures that can be corrected.
func identityLabel(path string) string {
	if path == "/report/form" || path == "/report/period" {
		return ""
	}
	for _, f := range append(factPaths(), [2]string{"/report/title", "标题"}) {
		if f[0] == path {
			return f[1]
		}
	}
	return ""
}

// readValue is what the program read at a path, as people write it; nil for nothing.
func readValue(res *report.Result, path string) *string {
	r := &res.Report
	var out string
	switch path {
	case "/report/title":
		return r.Title
	case "/report/agency":
		return r.Agency
	case "/report/signed_by":
		return r.SignedBy
	case "/report/year":
		if r.Year == nil {
			return nil
		}
		out = strconv.Itoa(*r.Year)
	case "/report/signed_on":
		if r.SignedOn == nil {
			return nil
		}
		out = r.SignedOn.String()
	default:
		if n := figureAt(r, path); n != nil {
			out = string(*n)
		} else if out = strings.TrimSpace(res.Provenance[path].Text); out == "" {
			return nil
		}
	}
	return &out
}

// historyText says what a statement is about.
func historyText(s *report.Statement) string {
	value := func(v *string) string {
		if v == nil {
			return "空白"
		}
		return *v
	}
	switch {
	case s.Act == report.ActCorrect:
		return s.Label + "：" + value(s.Read) + " → " + value(s.Value)
	case s.Path != "":
		return s.Label
	case s.Message != "":
		return s.Message
	case s.Year != 0:
		return strconv.Itoa(s.Year) + "年度"
	}
	return ""
}
