package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Unfinished is the answer for a report that has no result: state says whether
// it is on its way or has failed, and error why.
type Unfinished struct {
	intake.Summary
	Source report.Source `json:"source"`
}

// reportURL is the address of a report in the interface.
func reportURL(id string) string { return "/v1/reports/" + url.PathEscape(id) }

// uploadInput carries the raw request: a struct without Body or RawBody leaves
// the body unread, so that the handler can stream it.
type uploadInput struct {
	w http.ResponseWriter
	r *http.Request
}

// Resolve implements huma.Resolver.
func (u *uploadInput) Resolve(ctx huma.Context) []error {
	g := humagin.Unwrap(ctx)
	u.w, u.r = g.Writer, g.Request
	return nil
}

type reportOutput struct {
	Status   int
	Location string `header:"Location"`
	Applied  string `header:"Preference-Applied"`
	Body     any
}

type anyReportOutput struct {
	Body any
}

type idInput struct {
	ID string `path:"id" maxLength:"128" doc:"Identifier of the report"`
}

type getInput struct {
	ID      string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	Include string `query:"include" enum:"document" doc:"document adds the neutral document"`
}

// ListFilter selects reports; every list of them has it. It is exported for huma,
// which sees no other fields.
type ListFilter struct {
	Agency string `query:"agency" maxLength:"200" doc:"Part of the agency's name"`
	Year   int    `query:"year" minimum:"1" maximum:"9999" doc:"The year reported on"`
	Form   string `query:"form" maxLength:"32" doc:"2021, 2019, pre2019 or narrative"`
	Status string `query:"status" enum:"pass,warn,fail,failed" doc:"Outcome; failed: the file could not be converted"`
	Rule   string `query:"rule" maxLength:"100" doc:"Reports with a finding of this rule"`
	Review string `query:"review" enum:"unreviewed,checked,returned" doc:"How far the review of the report is"`
	Kind   string `query:"kind" enum:"government,department,township,street,zone,enterprise,other" doc:"Kind of the body it is of"`
	BodyID string `query:"body" maxLength:"64" doc:"Id of the body it is of"`
	Query  string `query:"q" maxLength:"200" doc:"Words in title, agency, file name or text"`
}

func (in *ListFilter) filter() intake.Filter {
	return intake.Filter{
		Agency: in.Agency, Year: in.Year, Form: in.Form, Status: in.Status, Rule: in.Rule,
		Review: report.ReviewState(in.Review), Kind: in.Kind, Body: in.BodyID, Query: in.Query,
	}
}

type listInput struct {
	ListFilter
	Cursor string `query:"cursor" maxLength:"500" doc:"As next of the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type listOutput struct {
	Body intake.Page
}

func (s *Server) registerReports(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "upload-report", Method: http.MethodPost, Path: "/v1/reports", Tags: []string{"reports"},
		Summary: "上传一份报告，转换并检查", DefaultStatus: http.StatusCreated,
		Description: "同样的内容再次上传：200，编号不变，不重复保存。",
		Responses:   problems(api, 400, 403, 413, 415, 422, 504),
	}, handle(s.upload))
	post := api.OpenAPI().Paths["/v1/reports"].Post
	post.RequestBody = uploadBody() // described afterwards: with it huma would read the body into memory
	post.Responses["202"] = &huma.Response{Description: "With Prefer: respond-async: the original is kept and the job queued; Location tells how far it is",
		Content: map[string]*huma.MediaType{"application/json": {Schema: anyReport(api)}}}
	post.Responses["201"].Content = map[string]*huma.MediaType{"application/json": {Schema: api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[report.Result](), true, "Result")}}
	post.Responses["200"] = &huma.Response{Description: "The same bytes were known already", Content: post.Responses["201"].Content, Headers: post.Responses["201"].Headers}
	huma.Register(api, huma.Operation{
		OperationID: "list-reports", Method: http.MethodGet, Path: "/v1/reports", Tags: []string{"reports"},
		Summary: "报告列表，新的在前", Responses: problems(api, 400),
	}, handle(s.list))
	responses := problems(api, 400, 404)
	responses["200"] = &huma.Response{Description: "The result, or the state of a report without one",
		Content: map[string]*huma.MediaType{"application/json": {Schema: anyReport(api)}}}
	huma.Register(api, huma.Operation{
		OperationID: "get-report", Method: http.MethodGet, Path: "/v1/reports/{id}", Tags: []string{"reports"},
		Summary: "一份报告的结果", Responses: responses,
	}, handle(s.get))
	huma.Register(api, huma.Operation{
		OperationID: "delete-report", Method: http.MethodDelete, Path: "/v1/reports/{id}", Tags: []string{"reports"},
		Summary: "从目录中删除报告", Responses: problems(api, 400, 403, 404),
	}, handle(s.remove))
}

func uploadBody() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {
		Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{fieldFile}, Properties: map[string]*huma.Schema{
			fieldFile: {Type: huma.TypeString, Format: "binary", ContentEncoding: "", Description: "Word (.docx, .doc, .rtf), a web page (.html, .mht) or PDF"},
		}},
		Encoding: map[string]*huma.Encoding{fieldFile: {ContentType: "application/octet-stream"}},
	}}}
}

func anyReport(api huma.API) *huma.Schema {
	registry := api.OpenAPI().Components.Schemas
	return &huma.Schema{AnyOf: []*huma.Schema{
		registry.Schema(reflect.TypeFor[report.Result](), true, "Result"),
		registry.Schema(reflect.TypeFor[Unfinished](), true, "Unfinished"),
	}}
}

// handle puts the error table behind a handler.
func handle[I, O any](h func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, problemOf(err)
		}
		return out, nil
	}
}

func (s *Server) upload(ctx context.Context, in *uploadInput) (*reportOutput, error) {
	files, err := newUploads(in.w, in.r, uploadSpec{
		stall: s.cfg.StallTime, maxFile: s.cfg.MaxUploadBytes, maxBody: s.cfg.MaxUploadBytes + bodyOverhead, one: true,
	})
	if err != nil {
		return nil, err
	}
	files.request = in.r
	name, body, err := files.next()
	if err != nil {
		return nil, err
	}
	receipt, err := s.receive(ctx, files, name, body)
	if err != nil {
		return nil, err
	}
	if prefersAsync(in.r) {
		return s.accepted(ctx, receipt)
	}
	result, err := s.result(ctx, receipt.ID, false)
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if receipt.Created {
		status = http.StatusCreated
	}
	return &reportOutput{Status: status, Location: reportURL(receipt.ID), Body: result}, nil
}

// accepted answers an upload that is not waited for: its state, and where to ask.
func (s *Server) accepted(ctx context.Context, receipt intake.Receipt) (*reportOutput, error) {
	summary, err := s.cfg.Reports.Summary(ctx, receipt.ID)
	if err != nil {
		return nil, err
	}
	return &reportOutput{Status: http.StatusAccepted, Location: reportURL(receipt.ID), Applied: "respond-async", Body: unfinished(&summary)}, nil
}

func unfinished(summary *intake.Summary) *Unfinished {
	return &Unfinished{Summary: *summary, Source: report.Source{
		Filename: summary.Filename, MediaType: summary.MediaType, SHA256: summary.SHA256, SizeBytes: summary.SizeBytes,
	}}
}

// prefersAsync tells whether the sender does not want to wait (RFC 7240).
func prefersAsync(r *http.Request) bool {
	for _, v := range r.Header.Values("Prefer") {
		for p := range strings.FieldsFuncSeq(v, func(c rune) bool { return c == ',' || c == ';' || c == ' ' }) {
			if strings.EqualFold(p, "respond-async") {
				return true
			}
		}
	}
	return false
}

// maxKey is the length of an Idempotency-Key that is taken.
const maxKey = 200

// idempotencyKey is the sender's key, cut to what is kept of it.
func idempotencyKey(r *http.Request) string {
	key := printable(r.Header.Get("Idempotency-Key"))
	return key[:min(len(key), maxKey)]
}

// receive hands one file to the use case and turns every way in which there is
// no result into an error.
func (s *Server) receive(ctx context.Context, files *uploads, name string, body io.Reader) (intake.Receipt, error) {
	in := intake.Incoming{Filename: name, Body: body}
	if files.request != nil {
		in.Key = idempotencyKey(files.request)
		in.NoWait = prefersAsync(files.request)
	}
	receipt, err := s.cfg.Reports.Upload(ctx, in)
	if files.err != nil {
		return receipt, files.err
	}
	if err == nil && receipt.State == intake.StateFailed {
		// The same bytes as before, and they failed before.
		summary, sumErr := s.cfg.Reports.Summary(ctx, receipt.ID)
		if sumErr != nil {
			return receipt, sumErr
		}
		err = storedProblem(summary.Problem)
	}
	if err == nil {
		return receipt, nil
	}
	if files.one {
		files.drain()
	}
	p := *problemOf(err)
	if receipt.ID != "" {
		p.ReportID = receipt.ID
		p.headers = http.Header{"Location": {reportURL(receipt.ID)}}
	}
	return receipt, &p
}

func (s *Server) list(ctx context.Context, in *listInput) (*listOutput, error) {
	f := in.filter()
	f.Cursor, f.Limit = in.Cursor, in.Limit
	page, err := s.cfg.Reports.List(ctx, f)
	if err != nil {
		return nil, err
	}
	if page.Items == nil {
		page.Items = []intake.Summary{}
	}
	return &listOutput{Body: page}, nil
}

func (s *Server) get(ctx context.Context, in *getInput) (*anyReportOutput, error) {
	summary, err := s.cfg.Reports.Summary(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if summary.State != intake.StateDone {
		return &anyReportOutput{Body: unfinished(&summary)}, nil
	}
	result, err := s.result(ctx, in.ID, in.Include == "document")
	if err != nil {
		return nil, err
	}
	return &anyReportOutput{Body: result}, nil
}

// result is a report's result with what its validation says beside other reports.
func (s *Server) result(ctx context.Context, id string, withDocument bool) (*report.Result, error) {
	stored, err := s.cfg.Reports.Result(ctx, id, withDocument)
	if err != nil {
		return nil, err
	}
	out := *stored                                                               // others may hold what is stored
	out.Validation.Context, err = s.cfg.Reports.Context(ctx, id, intake.Scope{}) // narrowed to the caller's
	if err != nil || s.cfg.Reviews == nil {
		return &out, err
	}
	out.Review, err = s.cfg.Reviews.Review(ctx, id, intake.Scope{}) // likewise
	if err != nil {
		return nil, err
	}
	out.Review.History = nil
	return &out, nil
}

func (s *Server) remove(ctx context.Context, in *idInput) (*struct{}, error) {
	return nil, s.cfg.Reports.Delete(ctx, in.ID)
}
