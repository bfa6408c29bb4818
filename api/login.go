package api

import (
	"errors"
	"net/http"
	"time"

	"nianbao/api/auth"
)

const (
	maxForm = 8 << 10 // bytes of a form without files
	// fieldCSRF is the hidden field of forms, see auth.CheckForm.
	fieldCSRF = "csrf"
)

// loginPage shows the login form; where nobody has to log in it leads on.
func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	next := auth.LocalPath(r.URL.Query().Get("next"))
	_, err := s.cfg.Auth.Identify(r)
	if err == nil {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return nil
	}
	if !errors.Is(err, auth.ErrUnauthenticated) {
		return err
	}
	return s.pages.Login(w, r, http.StatusOK, next, "")
}

// login begins a session and leads to the page that was asked for. The answer is
// a redirect: the token is not sent again when the page is reloaded.
func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	next := auth.LocalPath(r.PostForm.Get("next"))
	cookie, err := s.cfg.Auth.Login(r, r.PostForm.Get("token"))
	if errors.Is(err, auth.ErrUnauthenticated) {
		infoOf(r.Context()).err = err
		return s.pages.Login(w, r, http.StatusUnauthorized, next, "口令不对，或者已经过期、被吊销。请核对后重新输入，或联系管理员。")
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	cookie, err := s.cfg.Auth.Logout(r)
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, auth.LoginPath, http.StatusSeeOther)
	return nil
}

// form reads a small form. Parameters of the address are no part of it: they
// would stand in logs.
func (s *Server) form(w http.ResponseWriter, r *http.Request) error { return s.formOf(w, r, maxForm) }

// formOf reads a form of at most so many bytes.
func (s *Server) formOf(w http.ResponseWriter, r *http.Request, most int64) error {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if err := r.ParseForm(); err != nil {
		p := problem(codeBadRequest, brokenOff)
		p.cause = err
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			p = problem(codeTooLarge, "提交的内容过大。请只填写页面上的各项。")
		}
		return p
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // the body is complete
	return nil
}
