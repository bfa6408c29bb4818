// Package authtest is the suite that every auth.Store has to pass, and a store
// in memory for tests of what works on one.
package authtest

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// Memory is an auth.Store in memory.
type Memory struct {
	mu       sync.Mutex
	tokens   []auth.Token
	sessions map[auth.Hash]auth.Session
	shares   map[[2]string]bool
	entries  []auth.Entry
	fault    error // what every call returns, where it is set

	// Reports gives sender and body of a report, for Sees; nil: there is none.
	// Set it before use.
	Reports func(id string) (sender, bodyID string, ok bool)
}

var _ auth.Store = (*Memory)(nil)

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{sessions: map[auth.Hash]auth.Session{}, shares: map[[2]string]bool{}}
}

// Break makes every call return the error; nil mends it.
func (m *Memory) Break(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = err
}

// do runs f alone.
func (m *Memory) do(f func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault != nil {
		return m.fault
	}
	return f()
}

func (m *Memory) find(id string) (*auth.Token, error) {
	i := slices.IndexFunc(m.tokens, func(t auth.Token) bool { return t.ID == id })
	if i < 0 {
		return nil, auth.ErrNotFound
	}
	return &m.tokens[i], nil
}

// AddToken implements auth.Tokens.
func (m *Memory) AddToken(_ context.Context, t auth.Token) error {
	return m.do(func() error {
		if slices.ContainsFunc(m.tokens, func(o auth.Token) bool { return o.ID == t.ID || o.Name == t.Name && o.Revoked.IsZero() }) {
			return auth.ErrNameTaken
		}
		m.tokens = append(m.tokens, t)
		return nil
	})
}

// Token implements auth.Tokens.
func (m *Memory) Token(_ context.Context, id string) (t auth.Token, err error) {
	err = m.do(func() error {
		found, err := m.find(id)
		if err == nil {
			t = *found
		}
		return err
	})
	return t, err
}

// AllTokens implements auth.Tokens.
func (m *Memory) AllTokens(context.Context) (all []auth.Token, err error) {
	err = m.do(func() error { all = slices.Clone(m.tokens); return nil })
	slices.SortStableFunc(all, func(a, b auth.Token) int { return b.Created.Compare(a.Created) })
	return all, err
}

// AnyToken implements auth.Tokens.
func (m *Memory) AnyToken(context.Context) (found bool, err error) {
	err = m.do(func() error { found = len(m.tokens) > 0; return nil })
	return found, err
}

// RevokeToken implements auth.Tokens.
func (m *Memory) RevokeToken(_ context.Context, id string, at time.Time) error {
	return m.do(func() error {
		t, err := m.find(id)
		if err != nil {
			return err
		}
		if t.Revoked.IsZero() {
			t.Revoked = at
		}
		for h, s := range m.sessions {
			if s.TokenID == id {
				delete(m.sessions, h)
			}
		}
		return nil
	})
}

// TokenUsed implements auth.Tokens.
func (m *Memory) TokenUsed(_ context.Context, id string, at time.Time) error {
	return m.do(func() error {
		if t, err := m.find(id); err == nil && at.After(t.LastUsed) {
			t.LastUsed = at
		}
		return nil
	})
}

// AddSession implements auth.Sessions.
func (m *Memory) AddSession(_ context.Context, s auth.Session, created, seen time.Time) error {
	return m.do(func() error {
		for h, o := range m.sessions {
			if o.Created.Before(created) || o.Seen.Before(seen) {
				delete(m.sessions, h)
			}
		}
		m.sessions[s.Hash] = s
		return nil
	})
}

// Session implements auth.Sessions.
func (m *Memory) Session(_ context.Context, h auth.Hash) (s auth.Session, err error) {
	err = m.do(func() error {
		found, ok := m.sessions[h]
		if !ok {
			return auth.ErrNotFound
		}
		s = found
		return nil
	})
	return s, err
}

// SessionSeen implements auth.Sessions.
func (m *Memory) SessionSeen(_ context.Context, h auth.Hash, at time.Time) error {
	return m.do(func() error {
		if s, ok := m.sessions[h]; ok && at.After(s.Seen) {
			s.Seen = at
			m.sessions[h] = s
		}
		return nil
	})
}

// EndSession implements auth.Sessions.
func (m *Memory) EndSession(_ context.Context, h auth.Hash) error {
	return m.do(func() error { delete(m.sessions, h); return nil })
}

// Share implements auth.Shares.
func (m *Memory) Share(_ context.Context, reportID, sender string) error {
	return m.do(func() error { m.shares[[2]string{reportID, sender}] = true; return nil })
}

// Sees implements auth.Shares, with the senders and bodies that Reports gives.
func (m *Memory) Sees(_ context.Context, scope intake.Scope, reportID string) (found bool, err error) {
	err = m.do(func() error {
		if m.Reports == nil {
			return nil
		}
		sender, body, ok := m.Reports(reportID)
		found = ok && (scope.Sees(sender, body) || m.shares[[2]string{reportID, scope.Sender}])
		return nil
	})
	return found, err
}

// AddEntry implements auth.Trail.
func (m *Memory) AddEntry(_ context.Context, e auth.Entry) error {
	return m.do(func() error { m.entries = append(m.entries, e); return nil })
}

// Entries implements auth.Trail.
func (m *Memory) Entries(_ context.Context, cursor string, limit int) (page []auth.Entry, next string, err error) {
	err = m.do(func() error {
		all := slices.Clone(m.entries)
		slices.Reverse(all)
		slices.SortStableFunc(all, func(a, b auth.Entry) int { return b.At.Compare(a.At) })
		from := 0
		if cursor != "" {
			var err error
			if from, err = strconv.Atoi(cursor); err != nil || from < 0 || from > len(all) {
				return auth.ErrBadCursor
			}
		}
		to := min(from+limit, len(all))
		if page = all[from:to]; to < len(all) {
			next = strconv.Itoa(to)
		}
		return nil
	})
	return page, next, err
}
