package authtest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nianbao/api/auth"
)

// Run is the suite; open gives a new empty store.
func Run(t *testing.T, open func(t testing.TB) auth.Store) {
	t.Run("tokens", func(t *testing.T) { testTokens(t, open(t)) })
	t.Run("names", func(t *testing.T) { testNames(t, open(t)) })
	t.Run("revoke", func(t *testing.T) { testRevoke(t, open(t)) })
	t.Run("sessions", func(t *testing.T) { testSessions(t, open(t)) })
	t.Run("trail", func(t *testing.T) { testTrail(t, open(t)) })
}

// at is a time of the suite: a day with microseconds, and n minutes.
func at(n int) time.Time {
	return time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC).Add(time.Duration(n) * time.Minute)
}

func token(id string, n int) auth.Token {
	t := auth.Token{ID: id, Name: "云溪县" + id, Role: auth.RoleUploader, Bodies: []string{"b1", "市水务局"}, Created: at(n), Expires: at(n + 100)}
	for i := range t.Hash {
		t.Hash[i] = byte(i * n)
	}
	return t
}

func want[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *testing.T, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("error %v, want %v", err, target)
	}
}

func testTokens(t *testing.T, s auth.Store) {
	ctx := t.Context()
	if any, err := s.AnyToken(ctx); any || err != nil {
		t.Errorf("empty store: AnyToken = %v, %v", any, err)
	}
	_, err := s.Token(ctx, "none")
	is(t, err, auth.ErrNotFound)
	first, second := token("a", 1), token("b", 2)
	second.Bodies, second.Expires, second.Role = nil, time.Time{}, auth.RoleAdmin
	must(t, s.AddToken(ctx, first))
	must(t, s.AddToken(ctx, second))
	for _, tok := range []auth.Token{first, second} {
		got, err := s.Token(ctx, tok.ID)
		must(t, err)
		want(t, "Token", got, tok)
	}
	all, err := s.AllTokens(ctx)
	must(t, err)
	want(t, "AllTokens", all, []auth.Token{second, first})
	if any, err := s.AnyToken(ctx); !any || err != nil {
		t.Errorf("AnyToken = %v, %v", any, err)
	}
	must(t, s.TokenUsed(ctx, "a", at(9)))
	must(t, s.TokenUsed(ctx, "a", at(7))) // never back
	got, err := s.Token(ctx, "a")
	must(t, err)
	first.LastUsed = at(9)
	want(t, "used", got, first)
}

func testNames(t *testing.T, s auth.Store) {
	ctx := t.Context()
	first, second := token("a", 1), token("b", 2)
	second.Name = first.Name
	must(t, s.AddToken(ctx, first))
	is(t, s.AddToken(ctx, second), auth.ErrNameTaken)
	must(t, s.RevokeToken(ctx, "a", at(3)))
	must(t, s.AddToken(ctx, second))
	third := token("a", 4)
	third.Name = "other"
	is(t, s.AddToken(ctx, third), auth.ErrNameTaken) // an id again: never in practice, never an overwrite
	got, err := s.Token(ctx, "a")
	must(t, err)
	if got.Name != first.Name {
		t.Error("a token was overwritten")
	}
}

func testRevoke(t *testing.T, s auth.Store) {
	ctx := t.Context()
	is(t, s.RevokeToken(ctx, "none", at(1)), auth.ErrNotFound)
	must(t, s.AddToken(ctx, token("a", 1)))
	must(t, s.AddToken(ctx, token("b", 1)))
	mine, other := auth.Hash{1}, auth.Hash{2}
	must(t, s.AddSession(ctx, auth.Session{Hash: mine, TokenID: "a", Created: at(2), Seen: at(2)}, at(0), at(0)))
	must(t, s.AddSession(ctx, auth.Session{Hash: other, TokenID: "b", Created: at(2), Seen: at(2)}, at(0), at(0)))
	must(t, s.RevokeToken(ctx, "a", at(3)))
	must(t, s.RevokeToken(ctx, "a", at(4)))
	got, err := s.Token(ctx, "a")
	must(t, err)
	if !got.Revoked.Equal(at(3)) {
		t.Errorf("revoked at %v, want the first time", got.Revoked)
	}
	_, err = s.Session(ctx, mine)
	is(t, err, auth.ErrNotFound)
	if _, err := s.Session(ctx, other); err != nil {
		t.Errorf("another token's session: %v", err)
	}
	if any, err := s.AnyToken(ctx); !any || err != nil {
		t.Errorf("AnyToken = %v, %v; a revoked token still counts", any, err)
	}
}

func testSessions(t *testing.T, s auth.Store) {
	ctx := t.Context()
	must(t, s.AddToken(ctx, token("a", 1)))
	old := auth.Session{Hash: auth.Hash{1}, TokenID: "a", Created: at(1), Seen: at(50)}
	idle := auth.Session{Hash: auth.Hash{2}, TokenID: "a", Created: at(40), Seen: at(41)}
	good := auth.Session{Hash: auth.Hash{3}, TokenID: "a", Created: at(40), Seen: at(50)}
	for _, x := range []auth.Session{old, idle, good} {
		must(t, s.AddSession(ctx, x, at(0), at(0)))
		got, err := s.Session(ctx, x.Hash)
		must(t, err)
		want(t, "Session", got, x)
	}
	must(t, s.AddSession(ctx, auth.Session{Hash: auth.Hash{4}, TokenID: "a", Created: at(60), Seen: at(60)}, at(30), at(45)))
	for _, x := range []auth.Session{old, idle} {
		_, err := s.Session(ctx, x.Hash)
		is(t, err, auth.ErrNotFound)
	}
	must(t, s.SessionSeen(ctx, good.Hash, at(61)))
	must(t, s.SessionSeen(ctx, good.Hash, at(51)))
	got, err := s.Session(ctx, good.Hash)
	must(t, err)
	good.Seen = at(61)
	want(t, "seen", got, good)
	must(t, s.EndSession(ctx, good.Hash))
	must(t, s.EndSession(ctx, good.Hash))
	_, err = s.Session(ctx, good.Hash)
	is(t, err, auth.ErrNotFound)
}

func testTrail(t *testing.T, s auth.Store) {
	ctx := t.Context()
	var all []auth.Entry
	for i := range 7 {
		e := auth.Entry{ID: fmt.Sprintf("%c", 'a'+i), At: at(i / 2), TokenID: "t", Name: "名", Action: auth.ReadOriginal,
			Subject: "r", Remote: "192.0.2.1", RequestID: "q", Outcome: auth.Refused}
		must(t, s.AddEntry(ctx, e))
		all = append(all, e)
	}
	slices.Reverse(all)
	var got []auth.Entry
	cursor, pages := "", 0
	for {
		page, next, err := s.Entries(ctx, cursor, 3)
		must(t, err)
		got = append(got, page...)
		if pages++; next == "" || pages > 5 {
			break
		}
		cursor = next
	}
	want(t, "entries", got, all)
	if pages != 3 {
		t.Errorf("%d pages", pages)
	}
	_, _, err := s.Entries(ctx, "wrong!", 3)
	is(t, err, auth.ErrBadCursor)
}
