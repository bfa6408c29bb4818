package auth

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"time"
)

// Outcome is what was decided. What came of it (a client that went away, a
// damaged original) stands in the service's log under the request id.
type Outcome string

// The outcomes.
const (
	Allowed Outcome = "allowed"
	Refused Outcome = "refused"
)

// Entry is one line of the audit.
type Entry struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"` // UTC, microseconds
	TokenID   string    `json:"token_id"`
	Name      string    `json:"name"`
	Action    Action    `json:"action"`
	Subject   string    `json:"subject" doc:"Id of the report or the token that was acted on"`
	Remote    string    `json:"remote" doc:"Address of the client"`
	RequestID string    `json:"request_id"`
	Outcome   Outcome   `json:"outcome" enum:"allowed,refused"`
}

// Request is what the audit keeps of the request that asks.
type Request struct {
	Remote, ID string
}

type requestKey struct{}

// WithRequest returns a context whose audit entries name the request.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

func requestOf(ctx context.Context) Request {
	r, _ := ctx.Value(requestKey{}).(Request)
	return r
}

// Record writes an entry about the context's identity and request. What must
// not happen unrecorded is to happen after Record returned nil. Errors:
// ErrStore.
func (a *Authority) Record(ctx context.Context, action Action, subject string, outcome Outcome) error {
	id, _ := Of(ctx)
	return a.record(ctx, id, action, subject, outcome)
}

func (a *Authority) record(ctx context.Context, id Identity, action Action, subject string, outcome Outcome) error {
	var salt [10]byte
	_, _ = rand.Read(salt[:]) // never fails, see crypto/rand
	r := requestOf(ctx)
	err := a.cfg.Store.AddEntry(ctx, Entry{
		ID: strings.ToLower(base32.StdEncoding.EncodeToString(salt[:])),
		At: a.now(), TokenID: id.TokenID, Name: id.Name, Action: action, Subject: subject,
		Remote: r.Remote, RequestID: r.ID, Outcome: outcome,
	})
	if err != nil {
		return fmt.Errorf("auth: audit of %s: %w: %w", action, ErrStore, err)
	}
	return nil
}

// refused records a refusal. It stands without the record: that is only logged.
func (a *Authority) refused(ctx context.Context, id Identity, action Action, subject string) {
	if err := a.record(ctx, id, action, subject, Refused); err != nil {
		a.cfg.Log.ErrorContext(ctx, "refusal is not in the audit", "action", string(action), "error", err)
	}
}

// Refuse records that the context's identity was refused an action.
func (a *Authority) Refuse(ctx context.Context, action Action, subject string) {
	id, _ := Of(ctx)
	a.refused(ctx, id, action, subject)
}

const (
	defaultEntries = 50
	maxEntries     = 200
)

// Entries returns a page of the audit, the newest first; limit is 1–200, 0 means
// 50. Errors: ErrBadCursor, ErrStore.
func (a *Authority) Entries(ctx context.Context, cursor string, limit int) (page []Entry, next string, err error) {
	if limit <= 0 {
		limit = defaultEntries
	}
	page, next, err = a.cfg.Store.Entries(ctx, cursor, min(limit, maxEntries))
	return page, next, fault("audit", err)
}
