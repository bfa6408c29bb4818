package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"nianbao/api/web"
)

// maxFormFiles caps the files of one form: a district sends 150 reports.
const maxFormFiles = 200

// registerPages puts the web pages at their addresses.
func (s *Server) registerPages(e *gin.Engine) {
	page := func(h func(http.ResponseWriter, *http.Request) error) gin.HandlerFunc {
		return func(c *gin.Context) {
			if err := h(c.Writer, c.Request); err != nil {
				s.fail(c.Writer, c.Request, err)
			}
		}
	}
	of := func(h func(http.ResponseWriter, *http.Request, string) error) gin.HandlerFunc {
		return func(c *gin.Context) {
			if err := h(c.Writer, c.Request, c.Param("id")); err != nil {
				s.fail(c.Writer, c.Request, err)
			}
		}
	}
	e.GET("/", page(s.pages.Overview))
	e.GET("/rules", page(s.pages.Rules))
	e.GET("/reports", page(s.pages.Reports))
	e.GET("/reports/:id", of(s.pages.Report))
	s.registerReviewPages(e)
	s.registerComparisons(e, page)
	e.GET("/upload", page(s.pages.Upload))
	e.POST("/upload", page(s.uploadForm))
	s.registerAdmin(e, page)
	e.GET("/login", page(s.loginPage))
	e.POST("/login", page(s.login))
	e.POST("/logout", page(s.logout))
	e.GET("/batches", page(s.pages.BatchList))
	e.GET("/batches/:id", of(func(w http.ResponseWriter, r *http.Request, id string) error {
		return batchProblem(s.pages.Batch(w, r, id))
	}))
	e.POST("/batches/:id/cancel", of(s.cancelForm))
	e.POST("/batches/:id/retry", of(s.retryForm))
	if s.cfg.Overviews != nil {
		e.GET("/problems", page(s.pages.ProblemList))
		e.GET("/aggregate", page(s.pages.RollUp))
		e.GET("/aggregate/cell", page(s.pages.RollUpCell))
		e.GET("/problems.csv", page(s.pages.ProblemsCSV))
	}
	if s.cfg.Bodies != nil {
		e.GET("/bodies", page(s.pages.BodyTree))
		e.GET("/bodies.csv", page(s.bodiesCSV))
		e.GET("/bodies/propose", page(s.proposeBodies))
		e.GET("/bodies/edit", page(s.editBody))
		e.POST("/bodies", page(s.replaceBodiesForm))
		e.POST("/bodies/check", page(s.checkBodies))
		e.POST("/bodies/edit", page(s.saveBody))
		e.POST("/reports/:id/body", of(s.attachForm))
	}
	e.GET("/assets/*name", gin.WrapH(http.StripPrefix("/assets/", s.pages.Assets())))
}

// uploadForm takes the files of the page's form where the browser runs no
// script, and shows what became of each.
func (s *Server) uploadForm(w http.ResponseWriter, r *http.Request) error {
	files, err := newUploads(w, r, uploadSpec{stall: s.cfg.StallTime, maxFile: s.cfg.MaxUploadBytes, maxBody: maxFormFiles * (s.cfg.MaxUploadBytes + bodyOverhead)})
	if err == nil {
		err = files.opening(r.Context())
	}
	if err != nil {
		return err
	}
	var done []web.Outcome
	for {
		name, body, err := files.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(done) == maxFormFiles {
			err = problem(codeBadRequest, fmt.Sprintf("一次最多接收 %d 个文件，从“%s”起未处理：请分几次上传。", maxFormFiles, name))
		}
		if err != nil && len(done) == 0 {
			return err
		}
		if err != nil {
			done = append(done, s.outcome(r, web.Outcome{Filename: "（其余文件）"}, err))
			break
		}
		receipt, err := s.receive(r.Context(), files, name, body)
		out := s.outcome(r, web.Outcome{Filename: name, ID: receipt.ID, Known: !receipt.Created}, err)
		done = append(done, out)
		if files.err != nil || r.Context().Err() != nil {
			break
		}
	}
	return s.pages.Uploaded(w, r, done)
}

func (s *Server) outcome(r *http.Request, out web.Outcome, err error) web.Outcome {
	if err == nil {
		if sum, sumErr := s.cfg.Reports.Summary(r.Context(), out.ID); sumErr == nil {
			out.Summary = &sum
		}
		return out
	}
	f := problemOf(err).page()
	out.Failure = &f
	return out
}
