package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// Overviews is a year at a glance; *overview.Service implements it.
type Overviews interface {
	// Overview answers a query. Errors: intake.ErrBadFilter.
	Overview(ctx context.Context, q overview.Query) (*overview.Year, error)
}

// scopedOverviews is the overview as the context's identity may see it.
type scopedOverviews struct {
	overviews Overviews
}

// Overview implements Overviews.
func (s *scopedOverviews) Overview(ctx context.Context, q overview.Query) (*overview.Year, error) {
	q.Scope = auth.ScopeOf(ctx)
	return s.overviews.Overview(ctx, q)
}

type overviewInput struct {
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"The year reported on; absent: the last one"`
	Kind   string `query:"kind" enum:"government,department,township,street,zone,enterprise,other" doc:"Kind of body"`
	Level  string `query:"level" enum:"state,province,city,county,township" doc:"Level of the body"`
	Status string `query:"status" enum:"missing,failed,errors,warnings,busy,clean,exempt,late" doc:"Where the body is; late: beside the others"`
	Rule   string `query:"rule" maxLength:"100" doc:"Bodies whose report has a finding of this rule"`
	Review string `query:"review" enum:"unreviewed,checked,returned"`
	Query  string `query:"q" maxLength:"200" doc:"Part of the body's name or of an alias"`
	Sort   string `query:"sort" enum:"list,state,name,received,errors" default:"list"`
	Cursor string `query:"cursor" maxLength:"200" doc:"As next of the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type overviewOutput struct {
	Body *overview.Year
}

func (s *Server) registerOverview(api huma.API) {
	if s.cfg.Overviews == nil {
		return
	}
	huma.Register(api, huma.Operation{
		OperationID: "get-overview", Method: http.MethodGet, Path: "/v1/overview", Tags: []string{"bodies"},
		Summary:     "一个年度的概览：编制主体与收到的报告对照",
		Description: "每个主体一行：未报送、未能转换、有错误、有警告、通过、不编报，是否逾期。counts、by_kind、by_level 是全部主体的计数，不受筛选影响。没有名单时以报告中的机关代替主体。",
		Responses:   problems(api, 400),
	}, handle(s.overview))
}

func (s *Server) overview(ctx context.Context, in *overviewInput) (*overviewOutput, error) {
	y, err := s.cfg.Overviews.Overview(ctx, overview.Query{
		Year: in.Year, Kind: bodies.Kind(in.Kind), Level: bodies.Level(in.Level), State: overview.State(in.Status), Rule: in.Rule,
		Review: report.ReviewState(in.Review), Name: in.Query, Sort: overview.Sort(in.Sort), Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return &overviewOutput{Body: y}, nil
}
