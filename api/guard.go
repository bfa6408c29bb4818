package api

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
	"nianbao/extract"
)

// maxParameters caps the parameters of an address: far above what any of ours
// has.
const maxParameters = 100

// admit refuses requests for what their head is, before anything looks at them.
func (s *Server) admit(r *http.Request) error {
	switch {
	case !s.cfg.Hosts.Allow(r.Host):
		return problem(codeBadRequest, "请求的主机名不是本服务的。请用本服务自己的地址访问；经代理或域名访问时，请管理员用 --allowed-host 列出。")
	case encoded(r.Header):
		return problem(string(extract.CodeUnsupported), "请求体不得压缩。请去掉 Content-Encoding，按原样发送。")
	case strings.Count(r.URL.RawQuery, "&") >= maxParameters:
		p := problem(codeBadRequest, "地址中的参数过多。请按接口说明（/docs）修改请求后重试。")
		p.Limit = "max_parameters=100"
		return p
	case s.foreign.Check(r) != nil:
		return problem(codeForbidden, "")
	}
	return nil
}

// encoded tells whether the body is compressed: nothing is ever decompressed
// for a client.
func encoded(h http.Header) bool {
	for _, v := range h.Values("Content-Encoding") {
		for e := range strings.SplitSeq(v, ",") {
			if e = strings.TrimSpace(e); e != "" && !strings.EqualFold(e, "identity") {
				return true
			}
		}
	}
	return false
}

// patience gives a client's body StallTime to arrive in; uploads and JSON bodies
// move the deadline on. Without it a client that announces a body and sends none
// would hold the connection for ever, also after a refusal: the server reads on
// before it answers.
func (s *Server) patience(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.cfg.StallTime))
	}
}

// guard lets a request through to its handler when its sender may do what the
// address stands for. It is the only place where that is asked.
func (s *Server) guard(c *gin.Context) {
	r := c.Request
	if c.FullPath() == "" { // the router answers: there is nothing here
		if wantsPage(r) {
			if id, err := s.cfg.Auth.Identify(r); err == nil {
				c.Request = r.WithContext(auth.With(r.Context(), id)) // for the page's navigation
			}
		}
		return
	}
	ctx := auth.WithRequest(r.Context(), auth.Request{Remote: s.cfg.Auth.Proxies().Remote(r).String(), ID: infoOf(r.Context()).id})
	c.Request = r.WithContext(ctx)
	action := s.actions[r.Method+" "+c.FullPath()]
	if auth.IsPublic(action) {
		return
	}
	id, err := s.cfg.Auth.Identify(c.Request)
	if err == nil {
		infoOf(ctx).who = id.Name
		ctx = auth.With(ctx, id)
		c.Request = r.WithContext(ctx)
		if err = auth.Require(ctx, action); err != nil {
			s.cfg.Auth.Refuse(ctx, action, c.Param("id"))
		}
		if id.Session {
			c.Writer.Header().Set("Cache-Control", "no-store") // nothing is left in the browser after logout
		}
	}
	if err == nil {
		return
	}
	c.Abort()
	if errors.Is(err, auth.ErrUnauthenticated) && wantsPage(r) {
		http.Redirect(c.Writer, r, loginURL(r), http.StatusSeeOther)
		return
	}
	s.fail(c.Writer, c.Request, err)
}

// loginURL is the login page, which leads back to a page that was asked for.
func loginURL(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" && r.URL.RawQuery == "" {
		return auth.LoginPath
	}
	return auth.LoginPath + "?next=" + url.QueryEscape(auth.LocalPath(r.URL.RequestURI()))
}
