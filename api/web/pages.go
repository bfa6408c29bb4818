package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"nianbao/api/auth"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/problems"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/extract"
)

//go:embed templates
var templateFiles embed.FS

// Config configures Pages. Every field is required but Reviews, those that may be
// false, and those that say otherwise.
type Config struct {
	Reports        intake.Reports
	Reviews        Reviews // nil: reports are not reviewed
	Pictures       bool    // pages of PDF originals can be had as pictures
	NoChineseFonts bool    // and lack Chinese text whose fonts are not embedded
	Batches        Batches
	// Overviews and Problems: nil where there is no overview. Bodies: nil where there
	// is no list of bodies.
	Overviews Overviews
	Problems  *problems.Collector
	RollUps   RollUps // nil where Overviews is
	Bodies    Bodies
	// Comparisons and Sharing: nil where nothing is compared.
	Comparisons    Comparisons
	Sharing        Sharing
	Rules          []Rule
	Forms          []form.Form
	Versions       report.Versions
	MaxUploadBytes int64
	MaxZipBytes    int64
	// Action says what the page at a path is about; false where the service has
	// no such page.
	Action func(path string) (auth.Action, bool)
	// About is what the pages 设置 and 关于 show; its fields may be empty.
	About
	Location *time.Location
}

// About is what the program says of itself.
type About struct {
	// Settings are those in force, without secrets.
	Settings []Setting
	// Place says where originals and catalog are kept; administrators see it.
	Place string
	// Components are what the program is made with, and Licences their texts.
	Components []Component
	Licences   string
}

// Rule is one rule as pages and interface show it.
type Rule struct {
	ID          string          `json:"id"`
	Severity    report.Severity `json:"severity" enum:"error,warning,info"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Needs       []rules.Need    `json:"needs" doc:"What the rule looks at"`
	Basis       string          `json:"basis,omitempty" doc:"Law or notice that asks for it"`
	Forms       []string        `json:"forms" doc:"Forms the rule is limited to; empty: all"`
	// Off is why the place does not judge the rule.
	Off     string         `json:"off,omitempty" doc:"Why the rule is not judged here"`
	Example *rules.Example `json:"example,omitempty" doc:"A place of an invented report that breaks the rule, and as it should be"`
}

// Failure is an error as a page shows it.
type Failure struct {
	Status                          int
	Title, Detail, Limit, RequestID string
}

// Outcome is what became of one file of the upload form: Failure says why there
// is no result; otherwise ID, and Summary where it could be had.
type Outcome struct {
	Filename, ID string
	Known        bool // the same bytes were there before
	Summary      *intake.Summary
	Failure      *Failure
}

// Pages renders the pages. It is safe for concurrent use.
type Pages struct {
	cfg       Config
	templates map[string]*template.Template
	assets    map[string]asset
	rules     map[string]Rule
}

// New parses the templates. It fails only on a mistake in them.
func New(cfg Config) (*Pages, error) {
	p := &Pages{cfg: cfg, templates: map[string]*template.Template{}, rules: map[string]Rule{}}
	for _, r := range cfg.Rules {
		p.rules[r.ID] = r
	}
	var err error
	if p.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	for _, path := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "templates/"), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := template.New("layout.html").Funcs(p.funcs()).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", path)
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		p.templates[name] = t
	}
	return p, nil
}

func (p *Pages) funcs() template.FuncMap {
	return template.FuncMap{
		"asset":    func(name string) string { return "/assets/" + name + "?v=" + p.assets[name].hash },
		"when":     p.when,
		"size":     byteSize,
		"status":   statusText,
		"form":     formText,
		"short":    func(sha string) string { return sha[:min(12, len(sha))] },
		"role":     roleText,
		"severity": report.Severity.Word,
		"str":      str,
		"join":     func(ids []string) string { return strings.Join(ids, " ") },
		"version":  func() report.Versions { return p.cfg.Versions },
		"add":      func(a, b int) int { return a + b },
	}
}

// layout is what every page has.
type layout struct {
	Status   int // of the answer; 0 means 200
	Title    string
	Nav      string // the current entry of the navigation, see nav.go
	Menu     navigation
	Versions report.Versions
	Who      auth.Identity // zero where nobody is logged in
	Body     any
}

// render sends a page; the status goes out only after the page is complete.
func (p *Pages) render(w http.ResponseWriter, r *http.Request, name string, l layout) error {
	l.Versions = p.cfg.Versions
	l.Who, _ = auth.Of(r.Context())
	if l.Nav != "login" {
		l.Menu = p.navigation(r.Context(), l.Nav)
	}
	if l.Status == 0 {
		l.Status = http.StatusOK
	}
	var b bytes.Buffer
	if err := p.templates[name].Execute(&b, l); err != nil {
		return fmt.Errorf("web: page %s: %w", name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(l.Status)
	_, _ = w.Write(b.Bytes()) // the client may have gone
	return nil
}

// failureView is the page of an error: what happened, and where to go on.
type failureView struct {
	Failure
	Again string // the same address, where asking once more may help
	Login bool   // somebody else's token may be allowed
}

// Failure shows an error as a page. Where even that fails it answers in plain
// text.
func (p *Pages) Failure(w http.ResponseWriter, r *http.Request, f Failure) {
	v := failureView{Failure: f}
	if r.Method == http.MethodGet && (f.Status == http.StatusTooManyRequests || f.Status >= http.StatusInternalServerError) {
		v.Again = r.URL.RequestURI()
	}
	if who, ok := auth.Of(r.Context()); ok && f.Status == http.StatusForbidden {
		v.Login = who.Session
	}
	if err := p.render(w, r, "error", layout{Status: f.Status, Title: f.Title, Body: v}); err != nil {
		http.Error(w, f.Title, f.Status)
	}
}

// Login shows the form for a token. next is the address it leads to, which the
// caller has checked; mistake says what was wrong with the attempt before.
func (p *Pages) Login(w http.ResponseWriter, r *http.Request, status int, next, mistake string) error {
	return p.render(w, r, "login", layout{Status: status, Title: "登录", Nav: "login", Body: loginView{Next: next, Mistake: mistake}})
}

type loginView struct {
	Next, Mistake string
}

// Report shows one report, or how far it is.
func (p *Pages) Report(w http.ResponseWriter, r *http.Request, id string) error {
	return p.ReportWith(w, r, id, nil)
}

// ReportWith shows a report with what is wrong with a form of its review; nil:
// nothing.
func (p *Pages) ReportWith(w http.ResponseWriter, r *http.Request, id string, mistake *ReviewMistake) error {
	summary, err := p.cfg.Reports.Summary(r.Context(), id)
	if err != nil {
		return err
	}
	var result *report.Result
	if summary.State == intake.StateDone {
		result, err = p.cfg.Reports.Result(r.Context(), id, true)
		if err != nil && !errors.Is(err, intake.ErrNotReady) {
			return err
		}
	}
	if result == nil {
		return p.render(w, r, "failed", layout{Title: summary.Filename, Nav: "reports", Body: &summary})
	}
	beside, err := p.cfg.Reports.Context(r.Context(), id, intake.Scope{}) // narrowed to the reader's
	if err != nil {
		return err
	}
	review, err := p.review(r, id)
	if err != nil {
		return err
	}
	view := p.viewReport(&reportAsk{request: r, summary: &summary, result: result, review: review, mistake: mistake})
	view.Beside = p.viewBeside(beside, view)
	view.Related = p.related(&summary)
	if view.Belonging, err = p.belonging(r, &summary, view.Review != nil && len(view.Review.Others) > 0); err != nil {
		return err
	}
	status := http.StatusOK
	if mistake != nil {
		status = mistake.Status
	}
	return p.render(w, r, "report", layout{Status: status, Title: view.Title, Nav: "reports", Body: view})
}

// reportAsk is what the page of a report is made of.
type reportAsk struct {
	request *http.Request
	summary *intake.Summary
	result  *report.Result
	review  *report.Review // nil where the service has none
	mistake *ReviewMistake // nil: nothing was wrong
}

// document is the document that the page shows beside the tables; nil where the
// reader may not see originals.
func (a *reportAsk) document() *extract.Document {
	doc, _ := a.result.Document.(*extract.Document)
	if auth.Require(a.request.Context(), auth.ReadOriginal) != nil {
		return nil
	}
	return doc
}

// validation is that of the report as it was corrected.
func (a *reportAsk) validation() *report.Validation {
	if a.review != nil && a.review.Validation != nil {
		return a.review.Validation
	}
	return &a.result.Validation
}

// shown is the number of the finding that the address asks for; 0 for none.
func (a *reportAsk) shown() int {
	n, err := strconv.Atoi(a.request.URL.Query().Get("finding"))
	if err != nil {
		return 0
	}
	return n
}
