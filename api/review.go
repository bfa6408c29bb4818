package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
)

// scopedReviews are reviews as the context's identity may see them: see scoped.
type scopedReviews struct {
	reviews intake.Reviewing
	reports *scoped
}

var _ intake.Reviewing = (*scopedReviews)(nil)

// Review implements intake.Reviewing.
func (s *scopedReviews) Review(ctx context.Context, id string, _ intake.Scope) (*report.Review, error) {
	if err := s.reports.see(ctx, auth.ReadReport, id); err != nil {
		return nil, err
	}
	return s.reviews.Review(ctx, id, auth.ScopeOf(ctx))
}

// Remark implements intake.Reviewing: the audit has it before it is recorded.
func (s *scopedReviews) Remark(ctx context.Context, id string, st report.Statement, seen *int, _ intake.Scope) (*report.Review, error) {
	if err := s.reports.see(ctx, auth.ReviewReport, id); err != nil {
		return nil, err
	}
	if _, err := s.reports.Summary(ctx, id); err != nil {
		return nil, err
	}
	if err := s.reports.who.Record(ctx, auth.ReviewReport, id, auth.Allowed); err != nil {
		return nil, err
	}
	return s.reviews.Remark(ctx, id, st, seen, auth.ScopeOf(ctx))
}

// Compare implements intake.Reviewing.
func (s *scopedReviews) Compare(ctx context.Context, before, after string) (*review.Comparison, error) {
	for _, id := range []string{before, after} {
		if err := s.reports.see(ctx, auth.ReadReport, id); err != nil {
			return nil, err
		}
	}
	return s.reviews.Compare(ctx, before, after)
}

type compareInput struct {
	ID    string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	Other string `path:"other" maxLength:"128" doc:"Identifier of the version that it is compared with, which came before it"`
}

type compareOutput struct {
	Body *review.Comparison
}

type reviewOutput struct {
	ETag string `header:"ETag"`
	Body *report.Review
}

// SeenReview is a report and the version of the review that was looked at.
type SeenReview struct {
	ID      string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	IfMatch string `header:"If-Match" doc:"ETag of the review that was looked at; without it the statement holds whatever others said meanwhile"`
}

// seen is nil where no version is named.
func (in *SeenReview) seen() (*int, error) {
	if in.IfMatch == "" || in.IfMatch == "*" {
		return nil, nil
	}
	n, err := strconv.Atoi(strings.Trim(in.IfMatch, `"`))
	if err != nil || n < 0 || etag(int64(n)) != in.IfMatch {
		return nil, problem(codeBadRequest, "If-Match 应取自读取审核情况时的 ETag，如 \"3\"。请改正后重试。")
	}
	return &n, nil
}

type decideInput struct {
	SeenReview
	Finding string `path:"finding" maxLength:"64" doc:"Id of the finding"`
	Body    struct {
		Decision report.Verdict `json:"decision" enum:"confirmed,dismissed" doc:"confirmed 属实, dismissed 不成立"`
		Note     string         `json:"note,omitempty" maxLength:"4000" doc:"Why; of a dismissal at least two characters, at most 1,000"`
	}
}

type undecideInput struct {
	SeenReview
	Finding string `path:"finding" maxLength:"64" doc:"Id of the finding"`
}

type correctInput struct {
	SeenReview
	Body struct {
		Path  string  `json:"path" maxLength:"300" doc:"JSON Pointer of a figure, or of title, agency, year, signed_by, signed_on: /report/applications/new/total"`
		Value *string `json:"value" maxLength:"1000" doc:"The value as it is in the original; null: nothing stands there"`
		Note  string  `json:"note,omitempty" maxLength:"4000" doc:"At most 1,000 characters"`
	}
}

type uncorrectInput struct {
	SeenReview
	Path string `query:"path" required:"true" maxLength:"300" doc:"JSON Pointer of the value"`
}

type markInput struct {
	SeenReview
	Body struct {
		Mark report.ReviewState `json:"mark" enum:"checked,returned" doc:"checked 核对完毕, returned 退回"`
		Note string             `json:"note,omitempty" maxLength:"4000" doc:"At most 1,000 characters"`
	}
}

func (s *Server) registerReviews(api huma.API) {
	if s.cfg.Reviews == nil {
		return
	}
	s.registerCompare(api)
	operation := func(method, path, id, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/v1/reports/{id}/review" + path, Tags: []string{"review"},
			Summary: summary, DefaultStatus: http.StatusOK, Responses: problems(api, 400, 404, 412, 422)}
	}
	huma.Register(api, huma.Operation{
		OperationID: "get-review", Method: http.MethodGet, Path: "/v1/reports/{id}/review", Tags: []string{"review"},
		Summary:     "一份报告的审核情况：认定、更正、核对结论和经过",
		Description: "有更正时 validation 是更正后重新检查的结果；报告本身的结果不变。ETag 是审核的版本，提交时可在 If-Match 中给出。",
		Responses:   problems(api, 400, 404, 422),
	}, handle(func(ctx context.Context, in *idInput) (*reviewOutput, error) {
		return viewReview(s.cfg.Reviews.Review(ctx, in.ID, intake.Scope{})) // narrowed to the caller's
	}))
	huma.Register(api, operation(http.MethodPut, "/findings/{finding}", "decide-finding", "认定一个问题属实或者不成立"),
		handle(func(ctx context.Context, in *decideInput) (*reviewOutput, error) {
			act := report.ActConfirm
			if in.Body.Decision == report.Dismissed {
				act = report.ActDismiss
			}
			return s.remark(ctx, &in.SeenReview, report.Statement{Act: act, Finding: in.Finding, Note: in.Body.Note})
		}))
	huma.Register(api, operation(http.MethodDelete, "/findings/{finding}", "undecide-finding", "撤销对一个问题的认定"),
		handle(func(ctx context.Context, in *undecideInput) (*reviewOutput, error) {
			return s.remark(ctx, &in.SeenReview, report.Statement{Act: report.ActUndecide, Finding: in.Finding})
		}))
	huma.Register(api, operation(http.MethodPut, "/values", "correct-value", "更正一个读错的数字，或者标题、机关、年度、落款"),
		handle(func(ctx context.Context, in *correctInput) (*reviewOutput, error) {
			return s.remark(ctx, &in.SeenReview, report.Statement{Act: report.ActCorrect, Path: in.Body.Path, Value: in.Body.Value, Note: in.Body.Note})
		}))
	huma.Register(api, operation(http.MethodDelete, "/values", "uncorrect-value", "撤销更正"),
		handle(func(ctx context.Context, in *uncorrectInput) (*reviewOutput, error) {
			return s.remark(ctx, &in.SeenReview, report.Statement{Act: report.ActUncorrect, Path: in.Path})
		}))
	huma.Register(api, operation(http.MethodPut, "/mark", "mark-report", "把报告标为核对完毕或者退回"),
		handle(func(ctx context.Context, in *markInput) (*reviewOutput, error) {
			act := report.ActCheck
			if in.Body.Mark == report.Returned {
				act = report.ActReturn
			}
			return s.remark(ctx, &in.SeenReview, report.Statement{Act: act, Note: in.Body.Note})
		}))
	huma.Register(api, operation(http.MethodDelete, "/mark", "unmark-report", "撤销核对结论"),
		handle(func(ctx context.Context, in *SeenReview) (*reviewOutput, error) {
			return s.remark(ctx, in, report.Statement{Act: report.ActUnmark})
		}))
}

// registerCompare is a part of registerReviews.
func (s *Server) registerCompare(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "compare-reports", Method: http.MethodGet, Path: "/v1/reports/{id}/compare/{other}", Tags: []string{"review"},
		Summary:     "一份报告与它的另一版相比：数字、问题、文字的变化",
		Description: "other 是原先的一版（before），id 是后来的一版（after）；读错后更正过的数值按更正后的比较。",
		Responses:   problems(api, 400, 404, 422),
	}, handle(func(ctx context.Context, in *compareInput) (*compareOutput, error) {
		c, err := s.cfg.Reviews.Compare(ctx, in.Other, in.ID)
		return &compareOutput{Body: c}, err
	}))
}

func (s *Server) remark(ctx context.Context, in *SeenReview, st report.Statement) (*reviewOutput, error) {
	seen, err := in.seen()
	if err != nil {
		return nil, err
	}
	return viewReview(s.cfg.Reviews.Remark(ctx, in.ID, st, seen, intake.Scope{})) // narrowed to the caller's
}

func viewReview(r *report.Review, err error) (*reviewOutput, error) {
	if err != nil {
		return nil, err
	}
	return &reviewOutput{ETag: etag(int64(r.Version)), Body: r}, nil
}

// reviewProblem is the part of the error table about reviews; nil for other errors.
func reviewProblem(err error) *Problem {
	var mistakes review.Mistakes
	var changed *intake.ChangedError
	var p *Problem
	switch {
	case errors.As(err, &changed):
		p = problem(codeChanged, "您打开页面之后，他人对同一处已有新的意见，您的意见没有保存。请刷新后查看，再决定是否提交。")
		p.Title = "审核情况已有变化"
		p.headers = http.Header{"Etag": {etag(int64(changed.Version))}}
		for i := range changed.Since {
			st := &changed.Since[i]
			p.Errors = append(p.Errors, FieldProblem{Location: review.Concern(st), Message: saidText(st)})
		}
	case errors.As(err, &mistakes):
		p = problem(codeBadRequest, "没有保存。请改正以下各项后重新提交。")
		if len(mistakes) == 1 && mistakes[0].Unknown {
			p = problem(codeNotFound, mistakes[0].Message)
		}
		for _, m := range mistakes {
			p.Errors = append(p.Errors, FieldProblem{Location: "body." + m.Field, Message: m.Message})
		}
	default:
		return nil
	}
	p.cause = err
	return p
}

// saidText tells of a statement in one line.
func saidText(st *report.Statement) string {
	text := st.Act.Word()
	if st.By != "" {
		text = st.By + "：" + text
	}
	if st.Label != "" {
		text += "“" + st.Label + "”"
	}
	if st.Act == report.ActCorrect {
		value := "空白"
		if st.Value != nil {
			value = *st.Value
		}
		text += "为“" + value + "”"
	}
	if st.Note != "" {
		text += fmt.Sprintf("（%s）", st.Note)
	}
	return text
}
