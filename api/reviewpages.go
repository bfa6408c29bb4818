package api

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
	"nianbao/api/web"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
)

// maxReviewForm holds a note of review.MaxNote characters, of which a form makes
// nine bytes each.
const maxReviewForm = 32 << 10

// registerReviewPages puts the form of a review at its address. Its fields are act
// (report.Act), finding, path, value, note, version (of the review that the page
// shows; may be empty), back (the anchor of the page to come back to) and csrf.
// blank=1 says that nothing stands at the value's place in the original; so does an
// empty value.
func (s *Server) registerReviewPages(e *gin.Engine) {
	if s.cfg.Reviews == nil {
		return
	}
	e.POST("/reports/:id/review", func(c *gin.Context) {
		if err := s.reviewForm(c.Writer, c.Request, c.Param("id")); err != nil {
			s.fail(c.Writer, c.Request, err)
		}
	})
}

// reviewForm records what the form says and leads back to the page, or shows the
// page with what is wrong and what was filled in.
func (s *Server) reviewForm(w http.ResponseWriter, r *http.Request, id string) error {
	if err := s.formOf(w, r, maxReviewForm); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	st, seen, err := statementOf(r.PostForm)
	if err == nil {
		_, err = s.cfg.Reviews.Remark(r.Context(), id, st, seen, intake.Scope{}) // narrowed to the sender's
	}
	p := reviewProblem(err)
	if p == nil {
		if err != nil {
			return err
		}
		to := "/reports/" + url.PathEscape(id) + anchorOf(r.PostForm.Get("back"))
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a page of this service: the anchor has letters and digits only
		return nil
	}
	infoOf(r.Context()).err = err
	return s.pages.ReportWith(w, r, id, mistakeOf(st, p, err))
}

// statementOf reads the fields of the form.
func statementOf(f url.Values) (st report.Statement, seen *int, err error) {
	st = report.Statement{Act: report.Act(f.Get("act")), Finding: f.Get("finding"), Path: f.Get("path"), Note: f.Get("note")}
	if value := f.Get("value"); value != "" && f.Get("blank") == "" {
		st.Value = &value
	}
	if v := f.Get("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return st, nil, review.Mistakes{{Field: "version", Message: "页面已经过期。请刷新页面后重新提交。"}}
		}
		seen = &n
	}
	return st, seen, nil
}

// mistakeOf is what the page shows of a statement that was not taken.
func mistakeOf(st report.Statement, p *Problem, err error) *web.ReviewMistake {
	m := &web.ReviewMistake{Status: p.Status, Statement: st, Detail: p.Detail}
	var mistakes review.Mistakes
	if errors.As(err, &mistakes) {
		m.Fields = map[string]string{}
		for _, x := range mistakes {
			m.Fields[x.Field] += x.Message
		}
		return m
	}
	for _, f := range p.Errors {
		m.Since = append(m.Since, f.Message)
	}
	return m
}

// anchorOf is a fragment that can only lead within the page; empty where the form
// has none.
func anchorOf(back string) string {
	const most = 200
	harmless := strings.Trim(back, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
	if back == "" || len(back) > most || !harmless {
		return ""
	}
	return "#" + back
}
