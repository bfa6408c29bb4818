package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"nianbao/convert/intake"
	"nianbao/convert/overview"
)

var _ overview.Store = (*Catalog)(nil)

// yearColumns are what is read of each report of a year: a few thousand rows a page.
const yearColumns = `r.id, coalesce(r.body_id, ''), r.place, r.state, r.open_errors, r.open_warnings, r.status = 'warn' and r.warnings = 0, r.review_state,
	coalesce(r.agency, ''), r.filename, r.received_us`

// YearReports implements overview.Store.
func (c *Catalog) YearReports(ctx context.Context, year, undated int, scope intake.Scope) ([]overview.Report, error) {
	chosen, err := c.chosen(ctx, year)
	if err != nil {
		return nil, err
	}
	stated, unstated := scopeOf(scope, true), scopeOf(scope, true)
	stated.add(`r.report_year = ?`, year)
	unstated.add(`r.report_year is null`)
	var out []overview.Report
	for _, part := range []struct {
		cond   conditions
		stated bool
		limit  string
	}{{stated, true, ""}, {unstated, false, fmt.Sprintf(" limit %d", undated)}} {
		where, args := join(part.cond)
		rows, err := c.db.QueryContext(ctx, `select `+yearColumns+` from reports r`+where+` order by r.place desc`+part.limit, c.db.Planned(args)...)
		err = each(rows, err, func(s scanner) error {
			r := overview.Report{Stated: part.stated}
			var received int64
			err := s.Scan(&r.ID, &r.Body, &r.Place, &r.State, &r.Errors, &r.Warnings, &r.Unjudged, &r.Review,
				&r.Agency, &r.Filename, &received)
			r.ReceivedAt = time.UnixMicro(received).UTC()
			r.Chosen = part.stated && r.Body != "" && chosen[r.Body] == r.ID
			out = append(out, r)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chosen are the versions chosen by hand for the year, by body.
func (c *Catalog) chosen(ctx context.Context, year int) (map[string]string, error) {
	out := map[string]string{}
	rows, err := c.db.QueryContext(ctx, `select body_id, report_id from body_choices where report_year = $1 and report_id is not null`, year)
	err = each(rows, err, func(s scanner) error {
		var body, report string
		err := s.Scan(&body, &report)
		out[body] = report
		return err
	})
	return out, err
}

// WithRule implements overview.Store. It walks the rule's index between the first and
// the last of the reports, and looks none of them up.
func (c *Catalog) WithRule(ctx context.Context, rule string, reports []overview.Report) (map[string]bool, error) {
	out := map[string]bool{}
	if len(reports) == 0 || !sayable(rule) {
		return out, nil
	}
	first, last := reports[0].Place, reports[0].Place
	byPlace := make(map[int64]string, len(reports))
	for i := range reports {
		first, last = min(first, reports[i].Place), max(last, reports[i].Place)
		byPlace[reports[i].Place] = reports[i].ID
	}
	args := []any{rule, first, last}
	rows, err := c.db.QueryContext(ctx, `select d.place from findings d where d.first and d.rule = $1 and d.place between $2 and $3`,
		c.db.Planned(args)...)
	err = each(rows, err, func(s scanner) error {
		var place int64
		err := s.Scan(&place)
		if id, ok := byPlace[place]; ok {
			out[id] = true
		}
		return err
	})
	return out, err
}

// Years implements overview.Store. Of all reports it leaps from year to year through
// the index; of a scope, which is small, it reads all.
func (c *Catalog) Years(ctx context.Context, scope intake.Scope) (years []int, err error) {
	query, args := `with recursive y (n) as (select max(report_year) from reports union all
		select (select max(report_year) from reports where report_year < y.n) from y where y.n is not null)
		select n from y where n is not null order by n desc`, []any(nil)
	if scope.Restricted {
		cond := scopeOf(scope, false)
		cond.add(`r.report_year is not null`)
		where, scoped := join(cond)
		query, args = `select distinct r.report_year from reports r`+where+` order by 1 desc`, scoped
	}
	rows, err := c.db.QueryContext(ctx, query, args...)
	err = each(rows, err, func(s scanner) error {
		var year int
		err := s.Scan(&year)
		years = append(years, year)
		return err
	})
	return years, err
}

// maxSummaries is how many summaries are asked for at a time.
const maxSummaries = 200

// Summaries implements overview.Store.
func (c *Catalog) Summaries(ctx context.Context, ids []string) (map[string]intake.Summary, error) {
	rows, err := c.Several(ctx, ids)
	out := make(map[string]intake.Summary, len(ids))
	for i := range rows {
		out[rows[i].ID] = rows[i].Summary
	}
	return out, err
}

// Several implements intake.Lists.
func (c *Catalog) Several(ctx context.Context, ids []string) (out []intake.Row, err error) {
	for len(ids) > 0 {
		n := min(len(ids), maxSummaries)
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		ids = ids[n:]
		var cond conditions
		cond.add(`r.id in (`+strings.TrimSuffix(strings.Repeat("?, ", n), ", ")+`)`, args...)
		rows, err := c.rows(ctx, cond, n)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}
