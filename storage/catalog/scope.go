package catalog

import (
	"context"
	"fmt"
	"strings"

	"nianbao/convert/intake"
)

// Reports are limited to a scope: what a sender sent first, again or in a batch, and
// what is of certain bodies. Where these are few they are looked up, each part in
// an index of its own; where they are many each report is asked (see walkOf).

// scopePart is one of the reasons to see a report.
type scopePart struct {
	ids  string // selects the reports
	asks string // on reports r
	args []any
}

func scopeParts(s intake.Scope) (parts []scopePart) {
	if s.Sender != "" {
		args := []any{s.Sender}
		parts = append(parts,
			scopePart{`select id from reports where sender = ?`, `r.sender = ?`, args},
			scopePart{`select report_id from report_shares where sender = ?`,
				`exists (select 1 from report_shares h where h.report_id = r.id and h.sender = ?)`, args},
			scopePart{`select f.report_id from batch_files f join batches b on b.id = f.batch_id where b.sender = ?`,
				`exists (select 1 from batch_files f join batches b on b.id = f.batch_id where f.report_id = r.id and b.sender = ?)`, args})
	}
	if len(s.Bodies) > 0 {
		list := `(` + strings.Repeat("?, ", len(s.Bodies)-1) + `?)`
		p := scopePart{ids: `select id from reports where body_id in ` + list, asks: `r.body_id in ` + list}
		for _, b := range s.Bodies {
			p.args = append(p.args, b)
		}
		parts = append(parts, p)
	}
	return parts
}

// scopeOf is the condition on reports r; it looks up, or asks each report.
func scopeOf(s intake.Scope, ask bool) (c conditions) {
	if !s.Restricted {
		return c
	}
	var all []string
	var args []any
	for _, p := range scopeParts(s) {
		if ask {
			all = append(all, p.asks)
		} else {
			all = append(all, p.ids)
		}
		args = append(args, p.args...)
	}
	switch {
	case len(all) == 0:
		c.add(`1 = 0`)
	case ask:
		c.add(`(`+strings.Join(all, ` or `)+`)`, args...)
	default:
		c.add(`r.id in (`+strings.Join(all, ` union all `)+`)`, args...)
	}
	return c
}

// wide tells whether some part of the scope is more than ways.few reports.
func (c *Catalog) wide(ctx context.Context, s intake.Scope) (bool, error) {
	if !s.Restricted {
		return false, nil
	}
	for _, p := range scopeParts(s) {
		n, err := c.countTo(ctx, `(`+number(p.ids, 1)+fmt.Sprintf(` limit %d`, c.ways.few+1)+`) p`, c.ways.few, conditions{args: p.args})
		if err != nil || n > c.ways.few {
			return err == nil, err
		}
	}
	return false, nil
}

// Sees implements auth.Shares.
func (a *Auth) Sees(ctx context.Context, scope intake.Scope, reportID string) (found bool, err error) {
	if !sayable(reportID) {
		return false, nil
	}
	var one conditions
	one.add(`r.id = ?`, reportID)
	where, args := join(one, scopeOf(scope, true))
	err = a.db.QueryRowContext(ctx, `select exists (select 1 from reports r`+where+`)`, args...).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("catalog: scope of %.40q: %w", reportID, err)
	}
	return found, nil
}
