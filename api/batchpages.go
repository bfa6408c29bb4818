package api

import (
	"net/http"
	"net/url"

	"nianbao/api/auth"
)

// batchForm does what a button of a batch's page says, and shows the page again.
func (s *Server) batchForm(w http.ResponseWriter, r *http.Request, id, told string, do func() error) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	if err := do(); err != nil {
		return batchProblem(err)
	}
	http.Redirect(w, r, "/batches/"+url.PathEscape(id)+"?told="+told, http.StatusSeeOther)
	return nil
}

func (s *Server) cancelForm(w http.ResponseWriter, r *http.Request, id string) error {
	return s.batchForm(w, r, id, "cancelled", func() error {
		_, err := s.cfg.Batches.CancelBatch(r.Context(), id, false)
		return err
	})
}

func (s *Server) retryForm(w http.ResponseWriter, r *http.Request, id string) error {
	return s.batchForm(w, r, id, "retried", func() error {
		_, _, err := s.cfg.Batches.RetryBatch(r.Context(), id)
		return err
	})
}
