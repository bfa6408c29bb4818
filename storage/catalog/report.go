package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// columns of reports in the order of values and scan.
const columns = `id, state, filename, media_type, sha256, size_bytes, received_us,
	title, agency, report_year, form, status, errors, warnings, infos, problem, program, forms, rules`

// fold makes text comparable: full-width forms as half-width, lower case.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

func values(r intake.Row) ([]any, error) {
	var problem *string
	if r.Problem != nil {
		b, err := json.Marshal(r.Problem)
		if err != nil {
			return nil, fmt.Errorf("catalog: %w", err)
		}
		s := string(b)
		problem = &s
	}
	title, agency := text(r.Title), text(r.Agency)
	return []any{r.ID, string(r.State), r.Filename, r.MediaType, r.SHA256, r.SizeBytes, r.ReceivedAt.UnixMicro(),
		r.Title, r.Agency, r.Year, r.Form, r.Status, r.Errors, r.Warnings, r.Infos, problem,
		r.Versions.Program, r.Versions.Forms, r.Versions.Rules,
		fold(agency), fold(title + "\n" + agency + "\n" + r.Filename)}, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type scanner interface{ Scan(dest ...any) error }

// scan reads columns; Hits stay empty.
func scan(s scanner) (intake.Row, error) {
	var r intake.Row
	var received int64
	var problem *string
	err := s.Scan(&r.ID, &r.State, &r.Filename, &r.MediaType, &r.SHA256, &r.SizeBytes, &received,
		&r.Title, &r.Agency, &r.Year, &r.Form, &r.Status, &r.Errors, &r.Warnings, &r.Infos, &problem,
		&r.Versions.Program, &r.Versions.Forms, &r.Versions.Rules)
	if err != nil {
		return r, err
	}
	r.ReceivedAt = time.UnixMicro(received).UTC()
	if problem != nil {
		r.Problem = new(report.Problem)
		err = json.Unmarshal([]byte(*problem), r.Problem)
	}
	return r, err
}

// Insert implements intake.Rows.
func (c *Catalog) Insert(ctx context.Context, row intake.Row) (created bool, err error) {
	args, err := values(row)
	if err != nil {
		return false, err
	}
	err = c.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `insert into reports (`+columns+`, agency_folded, text_folded)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)
			on conflict (id) do nothing`, args...)
		if err != nil {
			return fmt.Errorf("catalog: inserting %s: %w", row.ID, err)
		}
		n, err := res.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
		created = true
		return writeHits(ctx, tx, row)
	})
	return created && err == nil, err
}

// Update implements intake.Rows.
func (c *Catalog) Update(ctx context.Context, row intake.Row) error {
	args, err := values(row)
	if err != nil {
		return err
	}
	return c.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `update reports set state = $2, filename = $3, media_type = $4, sha256 = $5,
			size_bytes = $6, received_us = $7, title = $8, agency = $9, report_year = $10, form = $11, status = $12,
			errors = $13, warnings = $14, infos = $15, problem = $16, program = $17, forms = $18, rules = $19,
			agency_folded = $20, text_folded = $21 where id = $1`, args...)
		if err := affected(res, err, row.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `delete from findings where report_id = $1`, row.ID); err != nil {
			return fmt.Errorf("catalog: findings of %s: %w", row.ID, err)
		}
		return writeHits(ctx, tx, row)
	})
}

func writeHits(ctx context.Context, tx *sql.Tx, row intake.Row) error {
	for _, h := range row.Hits {
		_, err := tx.ExecContext(ctx, `insert into findings (report_id, rule, severity, hits) values ($1, $2, $3, $4)`,
			row.ID, h.Rule, string(h.Severity), h.Count)
		if err != nil {
			return fmt.Errorf("catalog: findings of %s: %w", row.ID, err)
		}
	}
	return nil
}

// affected turns "no row" into ErrNotFound.
func affected(res sql.Result, err error, id string) error {
	if err != nil {
		return fmt.Errorf("catalog: report %s: %w", id, err)
	}
	switch n, err := res.RowsAffected(); {
	case err != nil:
		return fmt.Errorf("catalog: report %s: %w", id, err)
	case n == 0:
		return fmt.Errorf("catalog: report %s: %w", id, intake.ErrNotFound)
	}
	return nil
}

// Get implements intake.Rows.
func (c *Catalog) Get(ctx context.Context, id string) (intake.Row, error) {
	row, err := scan(c.db.QueryRowContext(ctx, `select `+columns+` from reports where id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return row, fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	if err != nil {
		return row, fmt.Errorf("catalog: report %q: %w", id, err)
	}
	row.Hits, err = c.hits(ctx, id)
	return row, err
}

func (c *Catalog) hits(ctx context.Context, id string) (hits []intake.Hit, err error) {
	rows, err := c.db.QueryContext(ctx, `select rule, severity, hits from findings where report_id = $1
		order by rule, severity`, id)
	if err != nil {
		return nil, fmt.Errorf("catalog: findings of %s: %w", id, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var h intake.Hit
		if err := rows.Scan(&h.Rule, &h.Severity, &h.Count); err != nil {
			return nil, fmt.Errorf("catalog: findings of %s: %w", id, err)
		}
		hits = append(hits, h)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("catalog: findings of %s: %w", id, err)
	}
	return hits, nil
}

// Delete implements intake.Rows; the findings go with the report.
func (c *Catalog) Delete(ctx context.Context, id string) error {
	res, err := c.db.ExecContext(ctx, `delete from reports where id = $1`, id)
	return affected(res, err, id)
}
