package catalog

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"nianbao/api/auth"
	"nianbao/storage/db"
)

// Auth keeps tokens, sessions and the audit. It is safe for concurrent use.
type Auth struct {
	db *db.DB
}

var _ auth.Store = (*Auth)(nil)

// NewAuth gives the tokens, sessions and audit in d, which the caller closes in
// the end.
func NewAuth(d *db.DB) *Auth { return &Auth{db: d} }

// micros is a time in the database; zero is null.
func micros(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	us := t.UnixMicro()
	return &us
}

func timeOf(us *int64) time.Time {
	if us == nil {
		return time.Time{}
	}
	return time.UnixMicro(*us).UTC()
}

// AddToken implements auth.Tokens.
func (a *Auth) AddToken(ctx context.Context, t auth.Token) error {
	bodies, err := json.Marshal(append([]string{}, t.Bodies...))
	if err != nil {
		return fmt.Errorf("catalog: token %s: %w", t.ID, err)
	}
	n, err := a.exec(ctx, `insert into tokens (`+accessColumns+`)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
		t.ID, hex.EncodeToString(t.Hash[:]), t.Name, string(t.Role), string(bodies),
		t.Created.UnixMicro(), micros(t.Expires), micros(t.Revoked), micros(t.LastUsed))
	if err == nil && n == 0 {
		err = auth.ErrNameTaken
	}
	if err != nil {
		return fmt.Errorf("catalog: adding token %s: %w", t.ID, err)
	}
	return nil
}

// exec returns how many rows changed.
func (a *Auth) exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := a.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// accessColumns are those of tokens in the order of scanToken.
const accessColumns = `id, hash, name, role, bodies, created_us, expires_us, revoked_us, last_used_us`

func scanToken(s scanner) (t auth.Token, err error) {
	var hash, bodies string
	var created int64
	var expires, revoked, used *int64
	if err := s.Scan(&t.ID, &hash, &t.Name, &t.Role, &bodies, &created, &expires, &revoked, &used); err != nil {
		return t, err
	}
	t.Created, t.Expires, t.Revoked, t.LastUsed = timeOf(&created), timeOf(expires), timeOf(revoked), timeOf(used)
	if t.Hash, err = hashOf(hash); err != nil {
		return t, err
	}
	err = json.Unmarshal([]byte(bodies), &t.Bodies)
	return t, err
}

// hashOf refuses what has not the length: half a digest would be padded with
// zeros.
func hashOf(text string) (h auth.Hash, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(h) {
		return h, errors.New("stored digest is damaged")
	}
	return auth.Hash(b), nil
}

// Token implements auth.Tokens.
func (a *Auth) Token(ctx context.Context, id string) (auth.Token, error) {
	t, err := scanToken(a.db.QueryRowContext(ctx, `select `+accessColumns+` from tokens where id = $1`, id))
	if err != nil {
		return auth.Token{}, fmt.Errorf("catalog: token %.40q: %w", id, absent(err))
	}
	return t, nil
}

// absent turns "no row" into auth.ErrNotFound.
func absent(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return auth.ErrNotFound
	}
	return err
}

// AllTokens implements auth.Tokens.
func (a *Auth) AllTokens(ctx context.Context) (all []auth.Token, err error) {
	rows, err := a.db.QueryContext(ctx, `select `+accessColumns+` from tokens order by created_us desc, id desc`)
	if err != nil {
		return nil, fmt.Errorf("catalog: tokens: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		t, err := scanToken(rows)
		if err != nil {
			return nil, fmt.Errorf("catalog: tokens: %w", err)
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("catalog: tokens: %w", err)
	}
	return all, nil
}

// AnyToken implements auth.Tokens.
func (a *Auth) AnyToken(ctx context.Context) (bool, error) {
	var found bool
	if err := a.db.QueryRowContext(ctx, `select exists (select 1 from tokens)`).Scan(&found); err != nil {
		return false, fmt.Errorf("catalog: tokens: %w", err)
	}
	return found, nil
}

// RevokeToken implements auth.Tokens.
func (a *Auth) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return a.db.Change(ctx, func(tx *sql.Tx) error {
		var found string
		err := tx.QueryRowContext(ctx, `update tokens set revoked_us = coalesce(revoked_us, $2) where id = $1 returning id`,
			id, at.UnixMicro()).Scan(&found)
		if err == nil {
			_, err = tx.ExecContext(ctx, `delete from sessions where token_id = $1`, id)
		}
		if err != nil {
			return fmt.Errorf("catalog: revoking token %.40q: %w", id, absent(err))
		}
		return nil
	})
}

// TokenUsed implements auth.Tokens.
func (a *Auth) TokenUsed(ctx context.Context, id string, at time.Time) error {
	_, err := a.exec(ctx, `update tokens set last_used_us = $2 where id = $1 and coalesce(last_used_us, 0) < $2`, id, at.UnixMicro())
	if err != nil {
		return fmt.Errorf("catalog: token %s: %w", id, err)
	}
	return nil
}

// AddSession implements auth.Sessions.
func (a *Auth) AddSession(ctx context.Context, s auth.Session, created, seen time.Time) error {
	return a.db.Change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from sessions where created_us < $1 or seen_us < $2`, created.UnixMicro(), seen.UnixMicro())
		if err == nil {
			_, err = tx.ExecContext(ctx, `insert into sessions (hash, token_id, created_us, seen_us) values ($1, $2, $3, $4)`,
				hex.EncodeToString(s.Hash[:]), s.TokenID, s.Created.UnixMicro(), s.Seen.UnixMicro())
		}
		if err != nil {
			return fmt.Errorf("catalog: adding a session: %w", err)
		}
		return nil
	})
}

// Session implements auth.Sessions.
func (a *Auth) Session(ctx context.Context, h auth.Hash) (auth.Session, error) {
	s := auth.Session{Hash: h}
	var created, seen int64
	err := a.db.QueryRowContext(ctx, `select token_id, created_us, seen_us from sessions where hash = $1`, hex.EncodeToString(h[:])).
		Scan(&s.TokenID, &created, &seen)
	if err != nil {
		return auth.Session{}, fmt.Errorf("catalog: session: %w", absent(err))
	}
	s.Created, s.Seen = timeOf(&created), timeOf(&seen)
	return s, nil
}

// SessionSeen implements auth.Sessions.
func (a *Auth) SessionSeen(ctx context.Context, h auth.Hash, at time.Time) error {
	_, err := a.exec(ctx, `update sessions set seen_us = $2 where hash = $1 and seen_us < $2`, hex.EncodeToString(h[:]), at.UnixMicro())
	if err != nil {
		return fmt.Errorf("catalog: session: %w", err)
	}
	return nil
}

// EndSession implements auth.Sessions.
func (a *Auth) EndSession(ctx context.Context, h auth.Hash) error {
	if _, err := a.exec(ctx, `delete from sessions where hash = $1`, hex.EncodeToString(h[:])); err != nil {
		return fmt.Errorf("catalog: session: %w", err)
	}
	return nil
}

// Share implements auth.Shares.
func (a *Auth) Share(ctx context.Context, reportID, sender string) error {
	_, err := a.exec(ctx, `insert into report_shares (report_id, sender) values ($1, $2) on conflict do nothing`, reportID, sender)
	if err != nil {
		return fmt.Errorf("catalog: sharing %s: %w", reportID, err)
	}
	return nil
}
