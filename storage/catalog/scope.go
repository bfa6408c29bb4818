package catalog

import (
	"context"
	"fmt"
	"strings"

	"nianbao/convert/intake"
)

// scope limits reports to a scope: what a sender sent first, again or in a
// batch, and what is of certain bodies. Each part has an index of its own, which
// conditions joined by "or" could not use.
func (c *conditions) scope(s intake.Scope) {
	if !s.Restricted {
		return
	}
	var parts []string
	var args []any
	if s.Sender != "" {
		parts = append(parts, `select id from reports where sender = ?`, `select report_id from report_shares where sender = ?`,
			`select f.report_id from batch_files f join batches b on b.id = f.batch_id where b.sender = ?`)
		args = append(args, s.Sender, s.Sender, s.Sender)
	}
	if len(s.Bodies) > 0 {
		parts = append(parts, `select id from reports where body_id in (`+strings.Repeat("?, ", len(s.Bodies)-1)+`?)`)
		for _, b := range s.Bodies {
			args = append(args, b)
		}
	}
	if len(parts) == 0 {
		c.add(`1 = 0`)
		return
	}
	c.add(`id in (`+strings.Join(parts, ` union all `)+`)`, args...)
}

// Sees implements auth.Shares.
func (a *Auth) Sees(ctx context.Context, scope intake.Scope, reportID string) (found bool, err error) {
	var cond conditions
	cond.add(`id = ?`, reportID)
	cond.scope(scope)
	err = a.db.QueryRowContext(ctx, `select exists (select 1 from reports`+cond.where()+`)`, cond.args...).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("catalog: scope of %.40q: %w", reportID, err)
	}
	return found, nil
}
