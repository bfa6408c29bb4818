package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/overview"
	problemlist "nianbao/convert/problems"
	"nianbao/convert/report"
)

// Kinds of files of lists of problems.
const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeZIP  = "application/zip"
)

type problemListInput struct {
	Format string `query:"format" required:"true" enum:"xlsx,zip" doc:"xlsx: one spreadsheet; zip: a letter (docx) and a spreadsheet for each body, and one for the office"`
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"The year reported on; absent: the last one"`
	Kind   string `query:"kind" enum:"government,department,township,street,zone,enterprise,other" doc:"Kind of body"`
	Level  string `query:"level" enum:"state,province,city,county,township" doc:"Level of the body"`
	Status string `query:"status" enum:"missing,failed,errors,warnings,late" doc:"Where the body is"`
	Rule   string `query:"rule" maxLength:"100" doc:"Bodies whose report has a finding of this rule"`
	Review string `query:"review" enum:"unreviewed,checked,returned"`
	Query  string `query:"q" maxLength:"200" doc:"Part of the body's name or of an alias"`
}

type reportProblemsInput struct {
	ID     string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	Format string `query:"format" required:"true" enum:"docx,xlsx" doc:"docx: a letter; xlsx: a list to be filled in"`
}

func (s *Server) registerProblemLists(api huma.API) {
	responses := func(types []string, statuses ...int) map[string]*huma.Response {
		content := map[string]*huma.MediaType{}
		for _, t := range types {
			content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		r := problems(api, statuses...)
		r["200"] = &huma.Response{Description: "The file", Content: content}
		return r
	}
	if s.cfg.Overviews != nil {
		huma.Register(api, huma.Operation{
			OperationID: "export-problems", Method: http.MethodGet, Path: "/v1/problems", Tags: []string{"bodies"},
			Summary:     "一个年度的问题清单",
			Description: "需要改正或补报的主体；已判为“不成立”的问题不列入，个人号码遮盖。zip 中每个主体有一份发回函（docx）和一份可填写的清单（xlsx），另有一份汇总；未报送的主体是催报函。",
			Responses:   responses([]string{typeXLSX, typeZIP}, 400, 429),
		}, handle(s.exportProblems))
	}
	huma.Register(api, huma.Operation{
		OperationID: "export-report-problems", Method: http.MethodGet, Path: "/v1/reports/{id}/problems", Tags: []string{"reports"},
		Summary:   "一份报告的问题清单，发回报送单位",
		Responses: responses([]string{typeDOCX, typeXLSX}, 400, 404, 409, 429),
	}, handle(s.exportReportProblems))
}

// office is what lists go out with: the rules with their grounds, and today.
func (s *Server) office() *problemlist.Office {
	now := time.Now().In(s.location())
	return &problemlist.Office{
		Date: report.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()},
		Rule: func(id string) (title, basis string) {
			for i := range s.rules {
				if s.rules[i].ID == id {
					return s.rules[i].Title, s.rules[i].Basis
				}
			}
			return "", ""
		},
	}
}

func (s *Server) location() *time.Location {
	if s.cfg.Location == nil {
		return time.UTC
	}
	return s.cfg.Location
}

func (s *Server) exportProblems(ctx context.Context, in *problemListInput) (*streamOutput, error) {
	list, err := s.lists.Open(ctx, overview.Query{Year: in.Year, Kind: bodies.Kind(in.Kind), Level: bodies.Level(in.Level), State: overview.State(in.Status),
		Rule: in.Rule, Review: report.ReviewState(in.Review), Name: in.Query})
	if err != nil {
		return nil, err
	}
	name := strconv.Itoa(list.Year.Year) + "年度问题清单." + in.Format
	if in.Format == "zip" {
		return s.sending(typeZIP, name, func(ctx context.Context, w io.Writer) error { return list.Package(ctx, w, s.office(), s.location()) }), nil
	}
	return s.sending(typeXLSX, name, func(ctx context.Context, w io.Writer) error { return list.Workbook(ctx, w, s.office(), s.location()) }), nil
}

func (s *Server) exportReportProblems(ctx context.Context, in *reportProblemsInput) (*streamOutput, error) {
	sum, err := s.cfg.Reports.Summary(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page, body, err := s.lists.Of(ctx, &sum, auth.ScopeOf(ctx))
	if err != nil {
		return nil, err
	}
	name := body.Body.Name + "问题清单." + in.Format
	if in.Format == "xlsx" {
		return s.sending(typeXLSX, name, func(_ context.Context, w io.Writer) error { return page.BodyWorkbook(w, body, s.office()) }), nil
	}
	return s.sending(typeDOCX, name, func(_ context.Context, w io.Writer) error {
		letter, err := page.Letter(body, s.office())
		if err == nil {
			_, err = w.Write(letter)
		}
		return err
	}), nil
}
