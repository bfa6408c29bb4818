package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Defaults of Config.
const (
	DefaultIdle     = 2 * time.Hour
	DefaultAbsolute = 12 * time.Hour // a working day
)

// usedEvery bounds how often the use of a token or session is written.
const usedEvery = time.Minute

// Config is what an Authority is made of.
type Config struct {
	Store Store // required
	// Open lets everybody in as long as there never was a token.
	Open bool
	// Proxies are the reverse proxies that are believed.
	Proxies Proxies
	// Idle and Absolute end a session after its last use and after its
	// beginning; 0 means the defaults.
	Idle, Absolute time.Duration
	// Clock gives the time; nil means time.Now.
	Clock func() time.Time
	// Log takes what goes wrong beside the request; nil: nothing is logged.
	Log *slog.Logger
}

// Authority tells who asks. It is safe for concurrent use.
type Authority struct {
	cfg   Config
	fails *limiter
	// closed: there is a token, which stays true.
	closed atomic.Bool
}

// New makes an Authority.
func New(cfg Config) (*Authority, error) {
	if cfg.Store == nil {
		return nil, errors.New("auth: Config.Store is missing")
	}
	if cfg.Idle < 0 || cfg.Absolute < 0 {
		return nil, errors.New("auth: negative time in Config")
	}
	if cfg.Idle == 0 {
		cfg.Idle = DefaultIdle
	}
	if cfg.Absolute == 0 {
		cfg.Absolute = DefaultAbsolute
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Authority{cfg: cfg, fails: newLimiter()}, nil
}

// now is the time as stores keep it.
func (a *Authority) now() time.Time { return a.cfg.Clock().UTC().Truncate(time.Microsecond) }

// Proxies are the configured ones.
func (a *Authority) Proxies() Proxies { return a.cfg.Proxies }

// HasTokens tells whether there is, or ever was, a token. Errors: ErrStore.
func (a *Authority) HasTokens(ctx context.Context) (bool, error) {
	if a.closed.Load() {
		return true, nil
	}
	found, err := a.cfg.Store.AnyToken(ctx)
	if found {
		a.closed.Store(true)
	}
	return found, fault("looking for tokens", err)
}

// fault marks an error of the store that is none of its kinds.
func fault(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrNameTaken), errors.Is(err, ErrBadCursor):
		return fmt.Errorf("auth: %s: %w", doing, err)
	}
	return fmt.Errorf("auth: %s: %w: %w", doing, ErrStore, err)
}

// Identify tells who sends the request: by the bearer token where there is an
// Authorization header, else by the session's cookie. It reads nothing of the
// body. Errors: ErrUnauthenticated, *BusyError, ErrStore.
func (a *Authority) Identify(r *http.Request) (Identity, error) {
	ctx := r.Context()
	asks, err := a.HasTokens(ctx)
	switch {
	case err != nil:
		return Identity{}, err
	case !asks && a.cfg.Open:
		return Identity{Open: true}, nil
	}
	if header := r.Header.Get("Authorization"); header != "" {
		return a.bearer(r, header)
	}
	return a.session(r)
}

// bearer judges an Authorization header. A header that is no bearer's counts as
// a failed attempt as well.
func (a *Authority) bearer(r *http.Request, header string) (Identity, error) {
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		secret = ""
	}
	t, err := a.verify(r.Context(), strings.TrimSpace(secret))
	if errors.Is(err, ErrUnauthenticated) {
		return Identity{}, a.failed(r, Authenticate, t, err)
	}
	return t.identity(), err
}

// failed counts a failed attempt and puts it into the audit, but no more of them
// than the limiter lets through: nobody fills the database from outside.
func (a *Authority) failed(r *http.Request, action Action, t Token, err error) error {
	if busy := a.fails.fail(a.cfg.Proxies.Remote(r), a.now()); busy != nil {
		return busy
	}
	a.refused(r.Context(), t.identity(), action, "")
	return err
}

// verify returns the token of the text. Errors: ErrUnauthenticated, with the
// token where it is a dead one; ErrStore.
func (a *Authority) verify(ctx context.Context, text string) (Token, error) {
	id, ok := parseSecret(text)
	if !ok {
		return Token{}, fmt.Errorf("%w: not the form of a token", ErrUnauthenticated)
	}
	t, err := a.cfg.Store.Token(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Token{}, fault("looking up a token", err)
	}
	if !t.matches(text) || err != nil {
		return Token{}, fmt.Errorf("%w: unknown token", ErrUnauthenticated)
	}
	now := a.now()
	if !t.Live(now) {
		return t, fmt.Errorf("%w: token %s is revoked or expired", ErrUnauthenticated, t.ID)
	}
	a.used(ctx, &t, now)
	return t, nil
}

// used notes the use of a token. Letting in does not depend on it.
func (a *Authority) used(ctx context.Context, t *Token, now time.Time) {
	if now.Sub(t.LastUsed) < usedEvery {
		return
	}
	if err := a.cfg.Store.TokenUsed(ctx, t.ID, now); err != nil {
		a.cfg.Log.WarnContext(ctx, "use of a token is not noted", "token", t.ID, "error", err)
	}
}

// Create makes a token and returns its text, which can never be had again. The
// context's identity is recorded as its maker. Errors: *DraftError,
// ErrNameTaken, ErrStore.
func (a *Authority) Create(ctx context.Context, d Draft) (secret string, t Token, err error) {
	now := a.now()
	d.Expires = d.Expires.UTC().Truncate(time.Microsecond)
	if err := d.check(now); err != nil {
		return "", Token{}, err
	}
	secret, id, hash := newSecret()
	t = Token{ID: id, Hash: hash, Name: d.Name, Role: d.Role, Bodies: d.Bodies, Created: now, Expires: d.Expires}
	if err := a.Record(ctx, CreateToken, id, Allowed); err != nil {
		return "", Token{}, err
	}
	if err := a.cfg.Store.AddToken(ctx, t); err != nil {
		return "", Token{}, fault("creating a token", err)
	}
	a.closed.Store(true)
	return secret, t, nil
}

// List returns all tokens, also dead ones, the newest first. Errors: ErrStore.
func (a *Authority) List(ctx context.Context) ([]Token, error) {
	all, err := a.cfg.Store.AllTokens(ctx)
	return all, fault("listing tokens", err)
}

// Revoke makes a token useless from now on and ends its sessions. Errors:
// ErrNotFound, ErrStore.
func (a *Authority) Revoke(ctx context.Context, id string) error {
	if _, err := a.cfg.Store.Token(ctx, id); err != nil {
		return fault("revoking a token", err)
	}
	if err := a.Record(ctx, RevokeToken, id, Allowed); err != nil {
		return err
	}
	return fault("revoking a token", a.cfg.Store.RevokeToken(ctx, id, a.now()))
}

// Share notes that the context's identity sent the bytes of a report that was
// there already; see Shares. Errors: ErrStore.
func (a *Authority) Share(ctx context.Context, reportID string) error {
	id, _ := Of(ctx)
	return fault("sharing a report", a.cfg.Store.Share(ctx, reportID, id.Name))
}

// Sees tells whether the context's identity may see the report. A report that
// does not exist is seen by those who see all. Errors: ErrStore.
func (a *Authority) Sees(ctx context.Context, reportID string) (bool, error) {
	scope := ScopeOf(ctx)
	if !scope.Restricted {
		return true, nil
	}
	ok, err := a.cfg.Store.Sees(ctx, scope, reportID)
	return ok, fault("looking for a report", err)
}
