package auth_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nianbao/api/auth"
	"nianbao/api/auth/authtest"
)

func TestMemoryIsAStore(t *testing.T) {
	authtest.Run(t, func(testing.TB) auth.Store { return authtest.NewMemory() })
}

// house is an Authority with a clock that tests move.
type house struct {
	*auth.Authority
	store *authtest.Memory
	now   time.Time
}

func newHouse(t *testing.T, open bool) *house {
	t.Helper()
	h := &house{store: authtest.NewMemory(), now: time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)}
	var err error
	h.Authority, err = auth.New(auth.Config{Store: h.store, Open: open, Clock: func() time.Time { return h.now }})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) create(t *testing.T, d auth.Draft) (string, auth.Token) {
	t.Helper()
	secret, tok, err := h.Create(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return secret, tok
}

func asked(t *testing.T, header ...string) *http.Request {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/reports", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func bearer(t *testing.T, secret string) *http.Request {
	return asked(t, "Authorization", "Bearer "+secret)
}

func withCookie(t *testing.T, c *http.Cookie) *http.Request {
	r := asked(t)
	r.AddCookie(c)
	return r
}

func wantIs(t *testing.T, what string, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("%s: error %v, want %v", what, err, target)
	}
}

func TestBearer(t *testing.T) {
	h := newHouse(t, false)
	secret, tok := h.create(t, auth.Draft{Name: "云溪县", Role: auth.RoleUploader, Bodies: []string{"b1"}, Expires: h.now.Add(time.Hour)})
	if !strings.HasPrefix(secret, "nb_") || len(secret) != 46 || len(tok.ID) != 16 || strings.Contains(secret, tok.ID) {
		t.Errorf("token %q of id %q", secret, tok.ID)
	}
	id, err := h.Identify(bearer(t, secret))
	if err != nil || id.Name != "云溪县" || id.Role != auth.RoleUploader || id.TokenID != tok.ID || id.Session || id.Open {
		t.Errorf("identity %+v, %v", id, err)
	}
	if got, _ := h.store.Token(t.Context(), tok.ID); !got.LastUsed.Equal(h.now) {
		t.Errorf("last used %v", got.LastUsed)
	}
	// The same id with another secret: found, and refused.
	end := "AAAA"
	if strings.HasSuffix(secret, end) {
		end = "BBBA"
	}
	for what, r := range map[string]*http.Request{
		"nothing":      asked(t),
		"wrong secret": bearer(t, secret[:len(secret)-4]+end),
		"unknown":      bearer(t, "nb_"+strings.Repeat("A", 43)),
		"no token":     bearer(t, "x"),
		"empty":        bearer(t, ""),
		"line break":   bearer(t, secret[:10]+"\n"+secret[10:]),
		"basic":        asked(t, "Authorization", "Basic "+secret),
		"its hash":     bearer(t, string(tok.Hash[:])),
	} {
		_, err := h.Identify(r)
		wantIs(t, what, err, auth.ErrUnauthenticated)
	}
	h.now = h.now.Add(time.Hour)
	_, err = h.Identify(bearer(t, secret))
	wantIs(t, "expired", err, auth.ErrUnauthenticated)
}

func TestRevoked(t *testing.T) {
	h := newHouse(t, false)
	secret, tok := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	cookie, err := h.Login(asked(t), secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Revoke(t.Context(), tok.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(bearer(t, secret))
	wantIs(t, "bearer", err, auth.ErrUnauthenticated)
	_, err = h.Identify(withCookie(t, cookie))
	wantIs(t, "session", err, auth.ErrUnauthenticated)
	wantIs(t, "unknown id", h.Revoke(t.Context(), "none"), auth.ErrNotFound)
}

// The use is written once a minute, however often a token is used.
func TestUseIsNotedOnceAMinute(t *testing.T) {
	h := newHouse(t, false)
	secret, tok := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	first := h.now
	for _, c := range []struct {
		after time.Duration
		want  time.Duration
	}{{0, 0}, {59 * time.Second, 0}, {60 * time.Second, 60 * time.Second}} {
		h.now = first.Add(c.after)
		if _, err := h.Identify(bearer(t, secret)); err != nil {
			t.Fatal(err)
		}
		if got, _ := h.store.Token(t.Context(), tok.ID); !got.LastUsed.Equal(first.Add(c.want)) {
			t.Errorf("after %v: last used %v", c.after, got.LastUsed)
		}
	}
}

func TestOpen(t *testing.T) {
	closed := newHouse(t, false)
	_, err := closed.Identify(asked(t))
	wantIs(t, "not allowed to be open", err, auth.ErrUnauthenticated)

	h := newHouse(t, true)
	id, err := h.Identify(asked(t))
	if err != nil || !id.Open {
		t.Fatalf("%+v, %v", id, err)
	}
	secret, tok := h.create(t, auth.Draft{Name: "a", Role: auth.RoleAdmin})
	_, err = h.Identify(asked(t))
	wantIs(t, "with a token", err, auth.ErrUnauthenticated)
	if _, err := h.Identify(bearer(t, secret)); err != nil {
		t.Error(err)
	}
	if err := h.Revoke(t.Context(), tok.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(asked(t))
	wantIs(t, "after the last token was revoked", err, auth.ErrUnauthenticated)
}

// Another process makes the first token: this one asks for it at once.
func TestOpenEndsFromOutside(t *testing.T) {
	h := newHouse(t, true)
	if _, err := h.Identify(asked(t)); err != nil {
		t.Fatal(err)
	}
	other, err := auth.New(auth.Config{Store: h.store})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := other.Create(t.Context(), auth.Draft{Name: "a", Role: auth.RoleAdmin}); err != nil {
		t.Fatal(err)
	}
	_, err = h.Identify(asked(t))
	wantIs(t, "open", err, auth.ErrUnauthenticated)
}

func TestSession(t *testing.T) {
	h := newHouse(t, false)
	secret, _ := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	cookie, err := h.Login(asked(t), " "+secret+"\n") // as pasted
	if err != nil {
		t.Fatal(err)
	}
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Secure || cookie.Domain != "" {
		t.Errorf("cookie %+v", cookie)
	}
	id, err := h.Identify(withCookie(t, cookie))
	if err != nil || !id.Session || id.Name != "a" || id.CSRF == "" || strings.Contains(id.CSRF, cookie.Value) {
		t.Fatalf("%+v, %v", id, err)
	}
	ctx := auth.With(t.Context(), id)
	if err := auth.CheckForm(ctx, id.CSRF); err != nil {
		t.Error(err)
	}
	wantIs(t, "no form token", auth.CheckForm(ctx, ""), auth.ErrCSRF)
	wantIs(t, "wrong form token", auth.CheckForm(ctx, id.CSRF[1:]+"A"), auth.ErrCSRF)
	if err := auth.CheckForm(auth.With(t.Context(), auth.Identity{Name: "program"}), ""); err != nil {
		t.Errorf("a program without session: %v", err)
	}
	// Used every hour it lasts to its absolute end, and no longer.
	begin := h.now
	for h.now = begin; h.now.Before(begin.Add(auth.DefaultAbsolute)); h.now = h.now.Add(time.Hour) {
		if _, err := h.Identify(withCookie(t, cookie)); err != nil {
			t.Fatalf("after %v: %v", h.now.Sub(begin), err)
		}
	}
	_, err = h.Identify(withCookie(t, cookie))
	wantIs(t, "absolute end", err, auth.ErrUnauthenticated)
}

func TestSessionIdle(t *testing.T) {
	h := newHouse(t, false)
	secret, _ := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	cookie, err := h.Login(asked(t), secret)
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(auth.DefaultIdle)
	_, err = h.Identify(withCookie(t, cookie))
	wantIs(t, "idle", err, auth.ErrUnauthenticated)
}

// Login gives a new value and ends the old one: neither can one be planted, nor
// does one outlive the next.
func TestSessionFixation(t *testing.T) {
	h := newHouse(t, false)
	secret, _ := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	planted := &http.Cookie{Name: auth.CookieName, Value: strings.Repeat("A", 43)}
	cookie, err := h.Login(withCookie(t, planted), secret)
	if err != nil || cookie.Value == planted.Value {
		t.Fatalf("%v, %v", cookie, err)
	}
	_, err = h.Identify(withCookie(t, planted))
	wantIs(t, "planted", err, auth.ErrUnauthenticated)
	next, err := h.Login(withCookie(t, cookie), secret)
	if err != nil || next.Value == cookie.Value {
		t.Fatalf("%v, %v", next, err)
	}
	_, err = h.Identify(withCookie(t, cookie))
	wantIs(t, "the session before", err, auth.ErrUnauthenticated)
	out, err := h.Logout(withCookie(t, next))
	if err != nil || out.MaxAge >= 0 || out.Value != "" {
		t.Errorf("logout cookie %v, %v", out, err)
	}
	_, err = h.Identify(withCookie(t, next))
	wantIs(t, "after logout", err, auth.ErrUnauthenticated)
}

func TestFailuresAreSlowed(t *testing.T) {
	h := newHouse(t, false)
	secret, _ := h.create(t, auth.Draft{Name: "a", Role: auth.RoleReader})
	from := func(addr, secret string) *http.Request {
		r := bearer(t, secret)
		r.RemoteAddr = addr
		return r
	}
	var busy *auth.BusyError
	for i := range 30 {
		_, err := h.Identify(from("192.0.2.7:1000", "nb_wrong"))
		if got := errors.As(err, &busy); got != (i >= 10) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	if busy.RetryAfter <= 0 || busy.RetryAfter > time.Minute {
		t.Errorf("RetryAfter %v", busy.RetryAfter)
	}
	if _, err := h.Login(from("192.0.2.7:1001", ""), "nb_wrong"); !errors.As(err, &busy) {
		t.Errorf("login from there: %v", err)
	}
	_, err := h.Identify(from("192.0.2.8:1000", "nb_wrong"))
	wantIs(t, "another address", err, auth.ErrUnauthenticated)
	if _, err := h.Identify(from("192.0.2.7:1000", secret)); err != nil {
		t.Errorf("a good token from there: %v", err)
	}
	page, _, err := h.Entries(t.Context(), "", 200)
	if err != nil || len(page) != 1+10+1 {
		t.Errorf("%d audit entries, %v; want the token, ten refusals and one", len(page), err)
	}
	h.now = h.now.Add(busy.RetryAfter)
	_, err = h.Identify(from("192.0.2.7:1000", "nb_wrong"))
	wantIs(t, "after RetryAfter", err, auth.ErrUnauthenticated)
}

// Without its store nobody is let in, and what has to be recorded does not
// happen.
func TestStoreFaults(t *testing.T) {
	h := newHouse(t, true)
	secret, tok := h.create(t, auth.Draft{Name: "a", Role: auth.RoleAdmin})
	cookie, err := h.Login(asked(t), secret)
	if err != nil {
		t.Fatal(err)
	}
	h.store.Break(errors.New("disk full"))
	_, err = h.Identify(bearer(t, secret))
	wantIs(t, "bearer", err, auth.ErrStore)
	_, err = h.Identify(withCookie(t, cookie))
	wantIs(t, "session", err, auth.ErrStore)
	_, err = h.Login(asked(t), secret)
	wantIs(t, "login", err, auth.ErrStore)
	_, _, err = h.Create(t.Context(), auth.Draft{Name: "b", Role: auth.RoleAdmin})
	wantIs(t, "create", err, auth.ErrStore)
	wantIs(t, "revoke", h.Revoke(t.Context(), tok.ID), auth.ErrStore)
	wantIs(t, "record", h.Record(t.Context(), auth.ReadOriginal, "r", auth.Allowed), auth.ErrStore)

	open := newHouse(t, true)
	open.store.Break(errors.New("disk full"))
	_, err = open.Identify(asked(t))
	wantIs(t, "open, and nobody knows whether it is", err, auth.ErrStore)
}

func TestAudit(t *testing.T) {
	h := newHouse(t, false)
	_, tok := h.create(t, auth.Draft{Name: "a", Role: auth.RoleAdmin})
	ctx := auth.WithRequest(auth.With(t.Context(), auth.Identity{TokenID: tok.ID, Name: "a"}), auth.Request{Remote: "192.0.2.1", ID: "q1"})
	h.now = h.now.Add(time.Second)
	if err := h.Record(ctx, auth.ReadOriginal, "r1", auth.Allowed); err != nil {
		t.Fatal(err)
	}
	page, _, err := h.Entries(t.Context(), "", 0)
	if err != nil || len(page) != 2 {
		t.Fatalf("%v, %v", page, err)
	}
	e := page[0]
	if e.Name != "a" || e.TokenID != tok.ID || e.Subject != "r1" || e.Remote != "192.0.2.1" || e.RequestID != "q1" || e.Outcome != auth.Allowed || !e.At.Equal(h.now) || e.ID == "" {
		t.Errorf("%+v", e)
	}
}

func TestDrafts(t *testing.T) {
	h := newHouse(t, false)
	for what, d := range map[string]auth.Draft{
		"no name":         {Role: auth.RoleReader},
		"long name":       {Name: strings.Repeat("名", 65), Role: auth.RoleReader},
		"line break":      {Name: "a\nb", Role: auth.RoleReader},
		"direction":       {Name: "a\u202eb", Role: auth.RoleReader},
		"spaces":          {Name: " a", Role: auth.RoleReader},
		"no UTF-8":        {Name: "a\xff", Role: auth.RoleReader},
		"no role":         {Name: "a"},
		"unknown role":    {Name: "a", Role: "root"},
		"bounded admin":   {Name: "a", Role: auth.RoleAdmin, Bodies: []string{"b"}},
		"expired":         {Name: "a", Role: auth.RoleReader, Expires: h.now},
		"empty body":      {Name: "a", Role: auth.RoleReader, Bodies: []string{""}},
		"body with space": {Name: "a", Role: auth.RoleReader, Bodies: []string{"a b"}},
		"many bodies":     {Name: "a", Role: auth.RoleReader, Bodies: strings.Split(strings.Repeat("b,", 1000)+"b", ",")},
	} {
		var bad *auth.DraftError
		if _, _, err := h.Create(t.Context(), d); !errors.As(err, &bad) {
			t.Errorf("%s: %v", what, err)
		}
	}
	h.create(t, auth.Draft{Name: strings.Repeat("名", 64), Role: auth.RoleReader, Bodies: strings.Split(strings.Repeat("b,", 999)+"b", ",")})
	_, _, err := h.Create(t.Context(), auth.Draft{Name: strings.Repeat("名", 64), Role: auth.RoleReader})
	wantIs(t, "name twice", err, auth.ErrNameTaken)
}

func TestParseExpiry(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "1d": 24 * time.Hour, "12h": 12 * time.Hour, "36500d": 36500 * 24 * time.Hour} {
		if got, err := auth.ParseExpiry(s, now); err != nil || !got.Equal(now.Add(want)) {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	if got, err := auth.ParseExpiry("", now); err != nil || !got.IsZero() {
		t.Errorf("never: %v, %v", got, err)
	}
	for _, s := range []string{"0d", "-1d", "d", "1.5d", "x", "90", "36501d", "0s", "-1h", "1dd", "99999999999999999999d", "1 d"} {
		if got, err := auth.ParseExpiry(s, now); err == nil {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestRequire(t *testing.T) {
	as := func(id auth.Identity) context.Context { return auth.With(context.Background(), id) }
	open := as(auth.Identity{Open: true})
	who := map[string]context.Context{
		"reader": as(auth.Identity{Role: auth.RoleReader}), "uploader": as(auth.Identity{Role: auth.RoleUploader}),
		"admin": as(auth.Identity{Role: auth.RoleAdmin}), "open": open, "": as(auth.Identity{}),
	}
	for action, may := range map[auth.Action]string{
		auth.Visit: "reader uploader admin open", auth.ReadReport: "reader uploader admin open", auth.ReadOriginal: "reader uploader admin open",
		auth.ReadBodies: "reader uploader admin open", auth.ReadMetrics: "reader uploader admin open",
		auth.Upload: "uploader admin open", auth.DeleteReport: "admin open", auth.WriteBodies: "admin open",
		auth.ReadTokens: "admin", auth.CreateToken: "admin", auth.RevokeToken: "admin", auth.ReadAudit: "admin",
		"unheard.of": "", "": "",
	} {
		for name, ctx := range who {
			want := name != "" && strings.Contains(" "+may+" ", " "+name+" ")
			err := auth.Require(ctx, action)
			if (err == nil) != want || err != nil && !errors.Is(err, auth.ErrForbidden) {
				t.Errorf("%s, %s: %v", action, name, err)
			}
		}
		err := auth.Require(context.Background(), action)
		if err == nil || may != "" && !errors.Is(err, auth.ErrUnauthenticated) {
			t.Errorf("%s, nobody: %v", action, err)
		}
	}
	if err := auth.Require(context.Background(), auth.Public); err != nil {
		t.Errorf("public: %v", err)
	}
}

func TestScopeOf(t *testing.T) {
	for _, c := range []struct {
		id   auth.Identity
		sees string // of: mine (sent by n), body (of b1), other
	}{
		{auth.Identity{Open: true}, "mine body other"},
		{auth.Identity{Name: "n", Role: auth.RoleAdmin}, "mine body other"},
		{auth.Identity{Name: "n", Role: auth.RoleReader}, "mine body other"},
		{auth.Identity{Name: "n", Role: auth.RoleReader, Bodies: []string{"b1"}}, "body"},
		{auth.Identity{Name: "n", Role: auth.RoleUploader}, "mine"},
		{auth.Identity{Name: "n", Role: auth.RoleUploader, Bodies: []string{"b1"}}, "mine body"},
		{auth.Identity{}, ""},
		{auth.Identity{Role: auth.RoleUploader}, ""}, // no name: not what was sent by nobody
	} {
		s := auth.ScopeOf(auth.With(t.Context(), c.id))
		for what, r := range map[string][2]string{"mine": {"n", ""}, "body": {"x", "b1"}, "other": {"x", "b2"}, "nobody's": {"", ""}} {
			want := strings.Contains(c.sees, what) || what == "nobody's" && !s.Restricted
			if s.Sees(r[0], r[1]) != want {
				t.Errorf("%+v sees %s: %v", c.id, what, !want)
			}
		}
	}
	if s := auth.ScopeOf(t.Context()); s.Sees("", "") {
		t.Error("nobody sees something")
	}
}
