package catalog

import (
	"context"
	"errors"
	"fmt"

	"nianbao/api/auth"
)

// AddEntry implements auth.Trail.
func (a *Auth) AddEntry(ctx context.Context, e auth.Entry) error {
	_, err := a.exec(ctx, `insert into audit (id, at_us, token_id, name, action, subject, remote, request_id, outcome)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.ID, e.At.UnixMicro(), e.TokenID, e.Name, string(e.Action), e.Subject, e.Remote, e.RequestID, string(e.Outcome))
	if err != nil {
		return fmt.Errorf("catalog: audit: %w", err)
	}
	return nil
}

// Entries implements auth.Trail.
func (a *Auth) Entries(ctx context.Context, after string, limit int) (page []auth.Entry, next string, err error) {
	var cond conditions
	if after != "" {
		us, id, err := parseCursor(after)
		if err != nil {
			return nil, "", fmt.Errorf("catalog: audit: %w", auth.ErrBadCursor)
		}
		cond.add(`(at_us, id) < (?, ?)`, us, id)
	}
	rows, err := a.db.QueryContext(ctx, `select id, at_us, token_id, name, action, subject, remote, request_id, outcome from audit`+
		cond.where()+fmt.Sprintf(` order by at_us desc, id desc limit $%d`, len(cond.args)+1), append(cond.args, limit+1)...)
	if err != nil {
		return nil, "", fmt.Errorf("catalog: audit: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	page = make([]auth.Entry, 0, limit)
	for rows.Next() {
		var e auth.Entry
		var us int64
		if err := rows.Scan(&e.ID, &us, &e.TokenID, &e.Name, &e.Action, &e.Subject, &e.Remote, &e.RequestID, &e.Outcome); err != nil {
			return nil, "", fmt.Errorf("catalog: audit: %w", err)
		}
		if len(page) == limit { // one more than asked for: there is a next page
			last := &page[limit-1]
			next = cursor(last.At.UnixMicro(), last.ID)
			break
		}
		e.At = timeOf(&us)
		page = append(page, e)
	}
	if err := rows.Err(); err != nil {
		return nil, "", fmt.Errorf("catalog: audit: %w", err)
	}
	return page, next, nil
}
