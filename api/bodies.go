package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/bodies/sheet"
	"nianbao/convert/intake"
)

// Bodies is the list of bodies behind the interface; *bodies.Service implements
// it.
type Bodies interface {
	// List is the list in force; empty, with Version 0, before there is one.
	List(ctx context.Context) (*bodies.List, error)
	// Replace puts the entries in force in the place of that version. Errors:
	// bodies.Mistakes, bodies.ErrChanged.
	Replace(ctx context.Context, entries []bodies.Entry, version int64, by string) (*bodies.List, error)
}

// Attaching is what people say of a report's body; *intake.Service implements it.
// Errors: intake.ErrNotFound, ErrNoBody, ErrNotReady.
type Attaching interface {
	Attach(ctx context.Context, id, body string) error
	Release(ctx context.Context, id string) error
	Choose(ctx context.Context, id string, chosen bool) error
}

// BodyList is the list of bodies as the interface shows it.
type BodyList struct {
	Version int64         `json:"version" doc:"Counts the lists that were in force; also the ETag"`
	Bodies  []bodies.Body `json:"bodies" doc:"Every body behind its parent"`
}

type bodyListOutput struct {
	ETag string `header:"ETag"`
	Body BodyList
}

// bodyListInput reads the body itself: a list comes as JSON, text or spreadsheet.
type bodyListInput struct {
	IfMatch string `header:"If-Match" doc:"ETag of the list that was edited; none where there is no list yet"`
	w       http.ResponseWriter
	r       *http.Request
}

// Resolve implements huma.Resolver.
func (in *bodyListInput) Resolve(ctx huma.Context) []error {
	g := humagin.Unwrap(ctx)
	in.w, in.r = g.Writer, g.Request
	return nil
}

type bodyReportsInput struct {
	ID     string `path:"id" maxLength:"64" doc:"Id of the body"`
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"The year reported on"`
	Cursor string `query:"cursor" maxLength:"500" doc:"As next of the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type attachInput struct {
	ID   string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	Body struct {
		BodyID string `json:"body_id" maxLength:"64" doc:"Id of the body; empty: of none"`
	}
}

type summaryOutput struct {
	Body intake.Summary
}

func (s *Server) registerBodies(api huma.API) {
	if s.cfg.Bodies == nil {
		return
	}
	tags := []string{"bodies"}
	huma.Register(api, huma.Operation{
		OperationID: "list-bodies", Method: http.MethodGet, Path: "/v1/bodies", Tags: tags,
		Summary: "编制主体名单，上级在前", Responses: problems(api),
	}, handle(s.listBodies))
	huma.Register(api, huma.Operation{
		OperationID: "replace-bodies", Method: http.MethodPut, Path: "/v1/bodies", Tags: tags,
		Summary:     "整体替换编制主体名单",
		Description: "JSON，或每行一个名称的文本，或有表头（名称、别名、类别、层级、上级、不编报）的 CSV、TSV、xlsx。全部错误一次列出；有错误时名单不变。",
		Responses:   problems(api, 400, 412, 413, 428),
	}, handle(s.replaceBodies))
	api.OpenAPI().Paths["/v1/bodies"].Put.RequestBody = bodyListBody(api)
	huma.Register(api, huma.Operation{
		OperationID: "list-body-reports", Method: http.MethodGet, Path: "/v1/bodies/{id}/reports", Tags: tags,
		Summary: "一个主体的报告及其各版本，新的在前", Responses: problems(api, 400, 404),
	}, handle(s.listBodyReports))
	huma.Register(api, huma.Operation{
		OperationID: "attach-report", Method: http.MethodPut, Path: "/v1/reports/{id}/body", Tags: tags,
		Summary: "人工指定报告属于哪个主体", Responses: problems(api, 400, 404),
	}, handle(s.attach))
	huma.Register(api, huma.Operation{
		OperationID: "release-report", Method: http.MethodDelete, Path: "/v1/reports/{id}/body", Tags: tags,
		Summary: "撤销人工指定，恢复自动判断", DefaultStatus: http.StatusOK, Responses: problems(api, 404),
	}, handle(s.release))
	for method, op := range map[string]struct {
		id, summary string
		chosen      bool
	}{
		http.MethodPut:    {"choose-report", "指定这一版为该主体该年度的有效报告", true},
		http.MethodDelete: {"unchoose-report", "撤销指定：最后收到的一版有效", false},
	} {
		huma.Register(api, huma.Operation{
			OperationID: op.id, Method: method, Path: "/v1/reports/{id}/in-force", Tags: tags,
			Summary: op.summary, DefaultStatus: http.StatusOK, Responses: problems(api, 404),
		}, handle(func(ctx context.Context, in *idInput) (*summaryOutput, error) {
			return s.said(ctx, in.ID, func() error { return s.cfg.Attaching.Choose(ctx, in.ID, op.chosen) })
		}))
	}
}

func bodyListBody(api huma.API) *huma.RequestBody {
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	plain := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	list := api.OpenAPI().Paths["/v1/bodies"].Get.Responses["200"].Content["application/json"].Schema
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: list}, "text/csv": plain, "text/plain": plain,
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": binary,
	}}
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

func viewBodies(l *bodies.List) *bodyListOutput {
	out := &bodyListOutput{ETag: etag(l.Version), Body: BodyList{Version: l.Version, Bodies: []bodies.Body{}}}
	out.Body.Bodies = append(out.Body.Bodies, l.Bodies()...)
	return out
}

func (s *Server) listBodies(ctx context.Context, _ *struct{}) (*bodyListOutput, error) {
	l, err := s.cfg.Bodies.List(ctx)
	if err != nil {
		return nil, err
	}
	return viewBodies(l), nil
}

// replaceBodies wants to know of which list an edit was made, so that two editors
// do not lose each other's work.
func (s *Server) replaceBodies(ctx context.Context, in *bodyListInput) (*bodyListOutput, error) {
	version, err := s.edited(ctx, in.IfMatch)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(http.MaxBytesReader(in.w, in.r.Body, bodies.MaxTableBytes))
	if err != nil {
		var large *http.MaxBytesError
		if !errors.As(err, &large) {
			return nil, problem(codeBadRequest, brokenOff)
		}
		p := problem(codeTooLarge, fmt.Sprintf("名单超过上限 %s。请检查是不是选错了文件。", byteSize(large.Limit)))
		p.Limit = fmt.Sprintf("max_list_bytes=%d", large.Limit)
		return nil, p
	}
	entries, err := sheet.Parse(content)
	if err != nil {
		return nil, err
	}
	if err := s.cfg.Auth.Record(ctx, auth.WriteBodies, "bodies", auth.Allowed); err != nil {
		return nil, err
	}
	who, _ := auth.Of(ctx)
	l, err := s.cfg.Bodies.Replace(ctx, entries, version, who.Name)
	if err != nil {
		return nil, err
	}
	return viewBodies(l), nil
}

// edited is the version of the list that If-Match names.
func (s *Server) edited(ctx context.Context, ifMatch string) (int64, error) {
	if ifMatch != "" {
		version, err := strconv.ParseInt(strings.Trim(ifMatch, `"`), 10, 64)
		if err != nil || etag(version) != ifMatch {
			return 0, fmt.Errorf("api: If-Match %.40q: %w", ifMatch, bodies.ErrChanged)
		}
		return version, nil
	}
	l, err := s.cfg.Bodies.List(ctx)
	if err != nil {
		return 0, err
	}
	if l.Version > 0 {
		return 0, problem(codeNeedsMatch, "")
	}
	return 0, nil
}

func (s *Server) listBodyReports(ctx context.Context, in *bodyReportsInput) (*listOutput, error) {
	l, err := s.cfg.Bodies.List(ctx)
	if err != nil {
		return nil, err
	}
	if _, ok := l.Get(in.ID); !ok {
		return nil, fmt.Errorf("api: body %.80q: %w", in.ID, bodies.ErrNotFound)
	}
	page, err := s.cfg.Reports.List(ctx, intake.Filter{Body: in.ID, Year: in.Year, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	if page.Items == nil {
		page.Items = []intake.Summary{}
	}
	return &listOutput{Body: page}, nil
}

func (s *Server) attach(ctx context.Context, in *attachInput) (*summaryOutput, error) {
	return s.said(ctx, in.ID, func() error { return s.cfg.Attaching.Attach(ctx, in.ID, in.Body.BodyID) })
}

func (s *Server) release(ctx context.Context, in *idInput) (*summaryOutput, error) {
	return s.said(ctx, in.ID, func() error { return s.cfg.Attaching.Release(ctx, in.ID) })
}

// said puts into the audit that somebody speaks of a report's body, lets it
// happen, and answers the report as it is then.
func (s *Server) said(ctx context.Context, id string, do func() error) (*summaryOutput, error) {
	if _, err := s.cfg.Reports.Summary(ctx, id); err != nil {
		return nil, err
	}
	if err := s.cfg.Auth.Record(ctx, auth.WriteBodies, id, auth.Allowed); err != nil {
		return nil, err
	}
	if err := do(); err != nil {
		return nil, err
	}
	summary, err := s.cfg.Reports.Summary(ctx, id)
	return &summaryOutput{Body: summary}, err
}

// bodiesProblem is the part of the error table about bodies; nil for other errors.
func bodiesProblem(err error) (p *Problem) {
	var mistakes bodies.Mistakes
	switch {
	case errors.As(err, &mistakes):
		p = mistakesProblem(mistakes)
	case errors.Is(err, bodies.ErrChanged):
		p = problem(codeChanged, "")
	case errors.Is(err, bodies.ErrNotFound), errors.Is(err, intake.ErrNoBody):
		p = problem(codeNotFound, "名单中没有这个主体，或者报告还没有归到主体。请核对主体编号。")
	default:
		return nil
	}
	p.cause = err
	return p
}

// mistakesProblem lists the mistakes of a list of bodies.
func mistakesProblem(m bodies.Mistakes) *Problem {
	p := problem(codeBadRequest, "名单有误，没有改动。请改正以下各项后重试。")
	for _, x := range m {
		at := "body"
		switch {
		case x.Line > 0:
			at = fmt.Sprintf("body.line[%d]", x.Line)
		case x.Index >= 0:
			at = fmt.Sprintf("body.bodies[%d]", x.Index)
		}
		if x.Field != "" {
			at += "." + x.Field
		}
		p.Errors = append(p.Errors, FieldProblem{Location: at, Message: x.Message})
	}
	return p
}
