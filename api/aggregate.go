package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/bodies"
	"nianbao/convert/export"
)

// RollFilter selects the bodies of a roll-up.
type RollFilter struct {
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"The year reported on; absent: the last one"`
	Parent string `query:"parent" maxLength:"100" doc:"Body whose bodies below are summed; absent: the one government at the top of the list"`
	Kind   string `query:"kind" enum:"government,department,township,street,zone,enterprise,other" doc:"Only bodies of this kind"`
	Level  string `query:"level" enum:"state,province,city,county,township" doc:"Only bodies of this level"`
}

type rollInput struct {
	RollFilter
}

type rollCellInput struct {
	RollFilter
	Form string `query:"form" required:"true" maxLength:"20" doc:"The form whose cell it is"`
	Path string `query:"path" required:"true" maxLength:"200" doc:"JSON Pointer of the cell"`
}

type rollExportInput struct {
	RollFilter
	Format string `query:"format" required:"true" enum:"xlsx,docx" doc:"Kind of file"`
}

type rollOutput struct {
	Body *aggregate.Sum
}

type rollCellOutput struct {
	Body *collect.Detail
}

// rollUps sums up what the caller may see. The sums of a large place take seconds, so they
// share the places of exports.
type rollUps struct {
	collector *collect.Collector
	places    chan struct{}
}

// Select implements web.RollUps.
func (r *rollUps) Select(ctx context.Context, q collect.Query) (*collect.Selection, error) {
	q.Scope = auth.ScopeOf(ctx)
	return r.collector.Select(ctx, q)
}

// Sum implements web.RollUps.
func (r *rollUps) Sum(ctx context.Context, s *collect.Selection) (*aggregate.Sum, error) {
	leave, err := r.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.Sum(ctx, nil)
}

// Cell implements web.RollUps.
func (r *rollUps) Cell(ctx context.Context, s *collect.Selection, form, path string) (*collect.Detail, error) {
	leave, err := r.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.Cell(ctx, form, path)
}

func (r *rollUps) enter() (leave func(), err error) {
	select {
	case r.places <- struct{}{}:
		return func() { <-r.places }, nil
	default:
		return nil, busyExports()
	}
}

// rollUpProblem is the part of the table about roll-ups; nil for other errors.
func rollUpProblem(err error) *Problem {
	switch {
	case errors.Is(err, collect.ErrNoBody):
		return caused(codeBadRequest, "名单上没有 parent 所指的主体：它可能已从名单中删除。编号见 GET /v1/bodies。", err)
	case errors.Is(err, collect.ErrNoCell):
		return caused(codeBadRequest, "这种表式没有这一格：form 应为 GET /v1/forms 中的表式，path 为其中一格的路径。", err)
	}
	return nil
}

func busyExports() *Problem {
	return problem(codeBusy, "同时进行的导出和汇总已达上限（"+strconv.Itoa(maxExports)+"）。请稍后重试。")
}

// newRollUps is nil where there is no overview.
func (s *Server) newRollUps() *rollUps {
	if s.cfg.Overviews == nil {
		return nil
	}
	c := &collect.Collector{Years: s.cfg.Overviews, Results: s.cfg.Reports, Forms: s.cfg.Forms}
	if s.cfg.Reviews != nil {
		c.Reviews = s.cfg.Reviews
	}
	return &rollUps{collector: c, places: s.exports}
}

func (s *Server) registerAggregate(api huma.API) {
	if s.rolls == nil {
		return
	}
	const which = "汇总某主体名单上的直接下级，每个单位计一次；名单注明不计入的（不编报、垂直管理）除外。两种表式分开汇总。"
	huma.Register(api, huma.Operation{
		OperationID: "aggregate", Method: http.MethodGet, Path: "/v1/aggregate", Tags: []string{"bodies"},
		Summary:     "逐格汇总一个年度的报告",
		Description: which + "没有一份报告有数字的格 sum 为 null，不写 0；每格列出空白、读不成数字、缺行、表内不符和更正过的单位。own 是上级自己的报告与汇总数的对照（rollup.* 规则）。",
		Responses:   problems(api, 400, 429),
	}, handle(s.aggregate))
	huma.Register(api, huma.Operation{
		OperationID: "aggregate-cell", Method: http.MethodGet, Path: "/v1/aggregate/cell", Tags: []string{"bodies"},
		Summary:   "汇总表的一格：各单位填写的数字",
		Responses: problems(api, 400, 429),
	}, handle(s.aggregateCell))
	responses := problems(api, 400, 429)
	responses["200"] = &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{
		typeXLSX: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}, typeDOCX: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	huma.Register(api, huma.Operation{
		OperationID: "export-aggregate", Method: http.MethodGet, Path: "/v1/aggregate/export", Tags: []string{"bodies"},
		Summary:     "把汇总导出成文件",
		Description: which + "xlsx：说明、未计入的单位、按原样排列的汇总表、存疑的格、逐格合计、各单位的数字。docx：法定表格样式的汇总表，可以直接用进上级的报告。",
		Responses:   responses,
	}, handle(s.exportAggregate))
}

func (f *RollFilter) query() collect.Query {
	return collect.Query{Year: f.Year, Parent: f.Parent, Kind: bodies.Kind(f.Kind), Level: bodies.Level(f.Level)}
}

func (s *Server) aggregate(ctx context.Context, in *rollInput) (*rollOutput, error) {
	sel, err := s.rolls.Select(ctx, in.query())
	if err != nil {
		return nil, err
	}
	sum, err := s.rolls.Sum(ctx, sel)
	if err != nil {
		return nil, err
	}
	return &rollOutput{Body: sum}, nil
}

func (s *Server) aggregateCell(ctx context.Context, in *rollCellInput) (*rollCellOutput, error) {
	sel, err := s.rolls.Select(ctx, in.query())
	if err != nil {
		return nil, err
	}
	cell, err := s.rolls.Cell(ctx, sel, in.Form, in.Path)
	if err != nil {
		return nil, err
	}
	return &rollCellOutput{Body: cell}, nil
}

func (s *Server) exportAggregate(ctx context.Context, in *rollExportInput) (*streamOutput, error) {
	media, writeRollUp := typeXLSX, export.RollUpXLSX
	if in.Format == "docx" {
		media, writeRollUp = typeDOCX, export.RollUpDOCX
	}
	sel, err := s.rolls.Select(ctx, in.query())
	if err != nil {
		return nil, err
	}
	name := strconv.Itoa(sel.Year) + "年度汇总." + in.Format
	return s.sending(media, name, func(ctx context.Context, w io.Writer) error {
		return writeRollUp(w, export.RollUp{Forms: s.cfg.Forms, Run: func(each func(*collect.Contribution) error) (*aggregate.Sum, error) {
			return sel.Sum(ctx, each)
		}})
	}), nil
}
