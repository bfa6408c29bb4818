package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/web"
	"nianbao/convert/form"
	"nianbao/convert/history"
	"nianbao/convert/rules"
)

type rulesOutput struct {
	Body struct {
		Version string     `json:"version"`
		Rules   []web.Rule `json:"rules"`
	}
}

type formsOutput struct {
	Body struct {
		Version string     `json:"version"`
		Forms   []formView `json:"forms"`
	}
}

// formView is a statutory form as the interface shows it.
type formView struct {
	ID        string        `json:"id"`
	Notice    string        `json:"notice"`
	FirstYear int           `json:"first_year"`
	LastYear  int           `json:"last_year,omitempty" doc:"Absent: until further notice"`
	Chapters  []chapterView `json:"chapters"`
	Tables    []tableView   `json:"tables"`
}

type chapterView struct {
	Key    string `json:"key"`
	Number string `json:"number"`
	Title  string `json:"title"`
}

type tableView struct {
	Key     string     `json:"key"`
	Chapter string     `json:"chapter"`
	Title   string     `json:"title"`
	Cells   []cellView `json:"cells"`
}

type cellView struct {
	Path   string `json:"path" doc:"JSON Pointer of the value from the result's root"`
	Row    string `json:"row"`
	Column string `json:"column"`
	Unit   string `json:"unit,omitempty"`
}

func (s *Server) registerCatalogue(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-rules", Method: http.MethodGet, Path: "/v1/rules", Tags: []string{"catalogue"},
		Summary: "检查规则", Responses: problems(api),
	}, handle(s.listRules))
	huma.Register(api, huma.Operation{
		OperationID: "list-forms", Method: http.MethodGet, Path: "/v1/forms", Tags: []string{"catalogue"},
		Summary: "法定表式", Responses: problems(api),
	}, handle(s.listForms))
}

func (s *Server) listRules(context.Context, *struct{}) (*rulesOutput, error) {
	out := &rulesOutput{}
	out.Body.Version = s.cfg.Versions.Rules
	out.Body.Rules = s.rules
	return out, nil
}

func (s *Server) listForms(context.Context, *struct{}) (*formsOutput, error) {
	out := &formsOutput{}
	out.Body.Version = s.cfg.Versions.Forms
	out.Body.Forms = []formView{}
	for i := range s.cfg.Forms {
		out.Body.Forms = append(out.Body.Forms, viewForm(&s.cfg.Forms[i]))
	}
	return out, nil
}

func viewForm(f *form.Form) formView {
	v := formView{ID: f.ID, Notice: f.Notice, FirstYear: f.FirstYear, LastYear: f.LastYear, Chapters: []chapterView{}, Tables: []tableView{}}
	for _, c := range f.Chapters {
		v.Chapters = append(v.Chapters, chapterView{Key: c.Key, Number: c.Number, Title: c.Title})
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		tv := tableView{Key: t.Key, Chapter: t.Chapter, Title: t.Title, Cells: []cellView{}}
		for _, c := range t.Cells() {
			tv.Cells = append(tv.Cells, cellView{Path: c.Path, Row: c.RowLabel, Column: c.ColumnLabel, Unit: c.Unit})
		}
		v.Tables = append(v.Tables, tv)
	}
	return v
}

// viewRules is the catalogue as pages and interface show it.
func viewRules(catalogue []rules.Rule) []web.Rule {
	out := make([]web.Rule, len(catalogue))
	for i, r := range catalogue {
		out[i] = web.Rule{ID: r.ID, Severity: r.Severity, Title: r.Title, Description: r.Description, Needs: r.Needs, Basis: r.Basis(), Forms: append([]string{}, r.Forms...), Off: r.Stopped()}
		for _, exampleOf := range []func(string) (rules.Example, bool){rules.ExampleOf, history.ExampleOf} {
			if e, ok := exampleOf(r.ID); ok {
				out[i].Example = &e
			}
		}
	}
	return out
}
