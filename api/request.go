package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"nianbao/api/telemetry"
)

// requestInfo follows one request through handlers and logs.
type requestInfo struct {
	id    string
	who   string // name of the token that identified the sender
	head  bool   // asked by HEAD, which the handlers see as GET
	route string // pattern of the address, "" where there is none
	err   error  // cause of an error answer, for the log
}

type infoKey struct{}

// infoOf returns the request's info; a fresh one outside a request.
func infoOf(ctx context.Context) *requestInfo {
	if i, ok := ctx.Value(infoKey{}).(*requestInfo); ok {
		return i
	}
	return &requestInfo{}
}

// requestID takes the caller's X-Request-Id where it is harmless in logs and
// headers, and makes one otherwise.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); id != "" && len(id) <= 64 && strings.Trim(id, idChars) == "" {
		return id
	}
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	return hex.EncodeToString(b)
}

const idChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// recorder notes the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Flush and Unwrap keep streaming and deadlines working through the recorder.
func (w *recorder) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Unwrap serves http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// pageCSP allows our own style sheet, script and forms and nothing else.
const pageCSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", pageCSP)
	h.Set("Cache-Control", "private, no-cache") // answers with content that never changes say so themselves
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// wrap puts around the router what every request needs: an id, the security
// headers, refusal of what is not meant for us (admit), recovery and a log line.
func (s *Server) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info, rec, start := &requestInfo{id: requestID(r)}, &recorder{ResponseWriter: w}, time.Now()
		method := r.Method
		ctx, done := s.cfg.Observer.Request(r)
		defer func() { done(info.route, rec.status) }()
		ctx = telemetry.WithRequest(ctx, info.id)
		r = r.WithContext(context.WithValue(ctx, infoKey{}, info))
		if method == http.MethodHead {
			info.head = true
			r.Method = http.MethodGet // net/http drops the body of the answer
		}
		rec.Header().Set("X-Request-Id", info.id)
		securityHeaders(rec.Header())
		defer s.finish(rec, r, method, start)
		s.patience(rec, r)
		if err := s.admit(r); err != nil {
			s.fail(rec, r, err)
			return
		}
		next.ServeHTTP(rec, r)
	})
}

// finish answers a panic and writes the access log.
func (s *Server) finish(w *recorder, r *http.Request, method string, start time.Time) {
	info := infoOf(r.Context())
	if v := recover(); v != nil {
		if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(v) // net/http's own way to break a connection off
		}
		s.log.ErrorContext(r.Context(), "panic", "value", v, "stack", string(debug.Stack()))
		if w.status == 0 {
			s.fail(w, r, problem(codeInternal, ""))
		}
	}
	level := slog.LevelInfo
	attrs := []any{"method", method, "path", r.URL.Path, "status", w.status, "bytes", w.bytes,
		"ms", time.Since(start).Milliseconds(), "remote", r.RemoteAddr, "who", info.who}
	if info.err != nil {
		attrs = append(attrs, "error", info.err.Error())
	}
	if w.status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.log.Log(r.Context(), level, "request", attrs...)
}

// wantsPage tells whether an error is shown as a page: a browser asked for one
// outside of the JSON interface.
func wantsPage(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/v1/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// fail answers an error outside of huma, as page or as problem+json.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := *problemOf(err)
	info := infoOf(r.Context())
	p.RequestID = info.id
	if info.err == nil {
		info.err = p.cause
	}
	for k, v := range p.headers {
		w.Header()[k] = v
	}
	if wantsPage(r) {
		s.pages.Failure(w, r, p.page())
		return
	}
	writeProblem(w, &p)
}
