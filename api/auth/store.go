package auth

import (
	"context"
	"errors"
	"time"

	"nianbao/convert/intake"
)

// Errors of stores; test for them with errors.Is.
var (
	// ErrNotFound: no such token or session.
	ErrNotFound = errors.New("auth: not found")
	// ErrNameTaken: a token that was not revoked has the name.
	ErrNameTaken = errors.New("auth: name is taken")
	// ErrBadCursor: the cursor is none of ours.
	ErrBadCursor = errors.New("auth: bad cursor")
	// ErrStore marks faults of the store itself in what an Authority returns:
	// nobody can be told apart, so nobody is let in.
	ErrStore = errors.New("auth: the store does not answer")
)

// Tokens keeps tokens. A token is never removed, only revoked.
type Tokens interface {
	// AddToken adds a token. Errors: ErrNameTaken.
	AddToken(ctx context.Context, t Token) error
	// Token returns a token, also a revoked or expired one. Errors: ErrNotFound.
	Token(ctx context.Context, id string) (Token, error)
	// AllTokens returns all, the newest first.
	AllTokens(ctx context.Context) ([]Token, error)
	// AnyToken tells whether there is, or ever was, a token.
	AnyToken(ctx context.Context) (bool, error)
	// RevokeToken revokes and ends the token's sessions; the first time counts.
	// Errors: ErrNotFound.
	RevokeToken(ctx context.Context, id string, at time.Time) error
	// TokenUsed moves LastUsed on, never back.
	TokenUsed(ctx context.Context, id string, at time.Time) error
}

// Session is what is kept of a browser's session. Times are UTC with
// microseconds.
type Session struct {
	Hash          Hash // of the cookie's value
	TokenID       string
	Created, Seen time.Time
}

// Sessions keeps sessions.
type Sessions interface {
	// AddSession adds a session and removes those created before the one time or
	// seen last before the other.
	AddSession(ctx context.Context, s Session, created, seen time.Time) error
	// Session returns a session. Errors: ErrNotFound.
	Session(ctx context.Context, h Hash) (Session, error)
	// SessionSeen moves Seen on, never back.
	SessionSeen(ctx context.Context, h Hash, at time.Time) error
	// EndSession removes a session; one that is not there is no error.
	EndSession(ctx context.Context, h Hash) error
}

// Shares tells who may see which report. A report has one sender; whoever sends
// the same bytes later has them as well, so he may see it, too.
type Shares interface {
	// Share notes that sender sent the report's bytes; again is no error.
	Share(ctx context.Context, reportID, sender string) error
	// Sees tells whether the report exists and is in the scope: by its sender,
	// those of Share and of batches, or its body.
	Sees(ctx context.Context, scope intake.Scope, reportID string) (bool, error)
}

// Trail keeps the audit.
type Trail interface {
	// AddEntry adds durably.
	AddEntry(ctx context.Context, e Entry) error
	// Entries returns a page, the newest first: at most limit entries after the
	// cursor ("" for the first page), and the cursor of the next page, empty on
	// the last. Errors: ErrBadCursor.
	Entries(ctx context.Context, cursor string, limit int) (page []Entry, next string, err error)
}

// Store is what an Authority keeps. It is safe for concurrent use, also by
// several processes.
type Store interface {
	Tokens
	Sessions
	Shares
	Trail
}
