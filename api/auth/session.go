package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// CookieName is the name of the session's cookie.
const CookieName = "nianbao_session"

// csrfOf derives what forms bring back from the cookie's value, so that nothing
// more has to be kept. It tells nothing about the value, nor about its hash.
func csrfOf(secret string) string {
	sum := sha256.Sum256([]byte("nianbao csrf\x00" + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// cookieOf returns the value of the session's cookie, "" where there is none
// that has the form.
func cookieOf(r *http.Request) string {
	c, err := r.Cookie(CookieName)
	if err != nil || len(c.Value) != base64.RawURLEncoding.EncodedLen(secretBytes) {
		return ""
	}
	return c.Value
}

// session identifies by the cookie. Looking a hash up in an index takes a time
// that depends on it, but nobody can choose what a secret hashes to.
func (a *Authority) session(r *http.Request) (Identity, error) {
	secret := cookieOf(r)
	if secret == "" {
		return Identity{}, ErrUnauthenticated
	}
	ctx, now, hash := r.Context(), a.now(), Hash(sha256.Sum256([]byte(secret)))
	s, err := a.cfg.Store.Session(ctx, hash)
	if errors.Is(err, ErrNotFound) {
		return Identity{}, fmt.Errorf("%w: unknown session", ErrUnauthenticated)
	}
	if err != nil {
		return Identity{}, fault("looking up a session", err)
	}
	if now.Sub(s.Seen) >= a.cfg.Idle || now.Sub(s.Created) >= a.cfg.Absolute {
		return Identity{}, fmt.Errorf("%w: the session has expired", ErrUnauthenticated)
	}
	t, err := a.cfg.Store.Token(ctx, s.TokenID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Identity{}, fault("looking up a token", err)
	}
	if err != nil || !t.Live(now) {
		return Identity{}, fmt.Errorf("%w: the session's token is revoked or expired", ErrUnauthenticated)
	}
	if now.Sub(s.Seen) >= min(usedEvery, a.cfg.Idle/2) {
		if err := a.cfg.Store.SessionSeen(ctx, hash, now); err != nil {
			a.cfg.Log.WarnContext(ctx, "use of a session is not noted", "token", t.ID, "error", err)
		}
		a.used(ctx, &t, now)
	}
	id := t.identity()
	id.Session, id.CSRF = true, csrfOf(secret)
	return id, nil
}

// Login begins a session for the token's text and returns its cookie. The value
// is always new, and a session that the browser had is ended: nobody can plant
// one. Errors: ErrUnauthenticated, *BusyError, ErrStore.
func (a *Authority) Login(r *http.Request, text string) (*http.Cookie, error) {
	ctx := r.Context()
	t, err := a.verify(ctx, strings.TrimSpace(text))
	if errors.Is(err, ErrUnauthenticated) {
		return nil, a.failed(r, Login, t, err)
	}
	if err != nil {
		return nil, err
	}
	if err := a.endSession(ctx, cookieOf(r)); err != nil {
		return nil, err
	}
	if err := a.record(ctx, t.identity(), Login, t.ID, Allowed); err != nil {
		return nil, err
	}
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	secret, now := base64.RawURLEncoding.EncodeToString(b[:]), a.now()
	s := Session{Hash: sha256.Sum256([]byte(secret)), TokenID: t.ID, Created: now, Seen: now}
	if err := a.cfg.Store.AddSession(ctx, s, now.Add(-a.cfg.Absolute), now.Add(-a.cfg.Idle)); err != nil {
		return nil, fault("beginning a session", err)
	}
	return a.cookie(r, secret, int(a.cfg.Absolute/time.Second)), nil
}

// Logout ends the request's session and returns the cookie that clears the
// browser's. Errors: ErrStore.
func (a *Authority) Logout(r *http.Request) (*http.Cookie, error) {
	secret := cookieOf(r)
	if err := a.endSession(r.Context(), secret); err != nil {
		return nil, err
	}
	if id, ok := Of(r.Context()); ok && id.Session {
		if err := a.Record(r.Context(), Logout, id.TokenID, Allowed); err != nil {
			a.cfg.Log.ErrorContext(r.Context(), "logout is not in the audit", "error", err) // the session has ended all the same
		}
	}
	return a.cookie(r, "", -1), nil
}

func (a *Authority) endSession(ctx context.Context, secret string) error {
	if secret == "" {
		return nil
	}
	return fault("ending a session", a.cfg.Store.EndSession(ctx, sha256.Sum256([]byte(secret))))
}

func (a *Authority) cookie(r *http.Request, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: CookieName, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: a.cfg.Proxies.Secure(r),
	}
}

// LoginPath is the address of the login page.
const LoginPath = "/login"

const maxNext = 2000 // bytes

// LocalPath makes the address to go to after login safe: a path of this service
// with its query, otherwise "/". Browsers read backslashes as slashes and drop
// control characters, and "//host" is another host.
func LocalPath(next string) string {
	bad := func(r rune) bool { return r == '\\' || unicode.IsControl(r) || unicode.IsSpace(r) }
	if len(next) > maxNext || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsFunc(next, bad) {
		return "/"
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Path == LoginPath {
		return "/"
	}
	// A dot segment could leave two slashes in front: "/..//host".
	clean := (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String()
	if len(clean) > maxNext || strings.HasPrefix(clean, "//") || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "..") || strings.ContainsFunc(u.Path, bad) {
		return "/"
	}
	return clean
}
