package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
	"nianbao/api/web"
)

// defaultTerm is how long a new token is good for where nobody chose, in days.
const defaultTerm = 365

// auditPage is the number of entries on a page of the audit.
const auditPage = 50

// registerAdmin puts the pages at their addresses that are about the service
// itself: tokens, audit, settings, versions.
func (s *Server) registerAdmin(e *gin.Engine, page func(func(http.ResponseWriter, *http.Request) error) gin.HandlerFunc) {
	e.GET("/tokens", page(func(w http.ResponseWriter, r *http.Request) error {
		return s.showTokens(w, r, http.StatusOK, &web.TokensView{Days: defaultTerm})
	}))
	e.POST("/tokens", page(s.createTokenForm))
	for method, h := range map[string]func(http.ResponseWriter, *http.Request, string) error{http.MethodGet: s.askRevoke, http.MethodPost: s.revokeForm} {
		e.Handle(method, "/tokens/:id/revoke", func(c *gin.Context) {
			page(func(w http.ResponseWriter, r *http.Request) error { return h(w, r, c.Param("id")) })(c)
		})
	}
	e.GET("/audit", page(s.auditPage))
	e.GET("/settings", page(s.pages.Settings))
	e.GET("/about", page(s.pages.About))
	e.GET("/about/licences", page(s.pages.Licences))
}

// showTokens completes the view by what there is.
func (s *Server) showTokens(w http.ResponseWriter, r *http.Request, status int, v *web.TokensView) error {
	var err error
	if v.Tokens, err = s.cfg.Auth.List(r.Context()); err != nil {
		return err
	}
	if s.cfg.Bodies != nil {
		list, err := s.cfg.Bodies.List(r.Context())
		if err != nil {
			return err
		}
		v.Bodies = list.Bodies()
	}
	v.Now = time.Now()
	return s.pages.Tokens(w, r, status, v)
}

// createTokenForm makes a token and shows it, once: there is no address at which
// it could be seen again.
func (s *Server) createTokenForm(w http.ResponseWriter, r *http.Request) error {
	if err := s.formOf(w, r, maxTokenBody); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	v := &web.TokensView{Draft: auth.Draft{Name: r.PostForm.Get("name"), Role: auth.Role(r.PostForm.Get("role")), Bodies: r.PostForm["body"]}}
	days, err := strconv.Atoi(r.PostForm.Get("days"))
	if err != nil || days < 0 || days > 3650 {
		v.Days, v.Mistake = defaultTerm, "请选择有效期。"
		return s.showTokens(w, r, http.StatusBadRequest, v)
	}
	if v.Days = days; days > 0 {
		v.Draft.Expires = time.Now().AddDate(0, 0, days)
	}
	secret, made, err := s.cfg.Auth.Create(r.Context(), v.Draft)
	if p := accessProblem(err); err != nil && p != nil && p.Status < http.StatusInternalServerError && !errors.Is(err, auth.ErrForbidden) {
		v.Mistake = p.Detail
		return s.showTokens(w, r, p.Status, v)
	}
	if err != nil {
		return err
	}
	return s.showTokens(w, r, http.StatusOK, &web.TokensView{Secret: secret, Made: made, Days: defaultTerm})
}

// askRevoke asks before a token is revoked.
func (s *Server) askRevoke(w http.ResponseWriter, r *http.Request, id string) error {
	all, err := s.cfg.Auth.List(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(t auth.Token) bool { return t.ID == id })
	if i < 0 {
		return noToken()
	}
	return s.pages.Revoke(w, r, &all[i])
}

func noToken() error {
	return problem(codeNotFound, "没有这个口令。请回到口令页从列表中选择。")
}

func (s *Server) revokeForm(w http.ResponseWriter, r *http.Request, id string) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	switch err := s.cfg.Auth.Revoke(r.Context(), id); {
	case errors.Is(err, auth.ErrNotFound):
		return noToken()
	case err != nil:
		return err
	}
	http.Redirect(w, r, "/tokens", http.StatusSeeOther)
	return nil
}

func (s *Server) auditPage(w http.ResponseWriter, r *http.Request) error {
	entries, next, err := s.cfg.Auth.Entries(r.Context(), r.URL.Query().Get("cursor"), auditPage)
	if err != nil {
		return err
	}
	return s.pages.Audit(w, r, entries, next)
}
