package catalog

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// columns of reports in the order of values and scan.
const columns = `id, state, filename, media_type, sha256, size_bytes, received_us,
	title, agency, report_year, form, status, errors, warnings, infos, problem, program, forms, rules, sender`

// selected are the columns that are read: those of reports r, and what follows from
// them.
const selected = `r.id, r.state, r.filename, r.media_type, r.sha256, r.size_bytes, r.received_us,
	r.title, r.agency, r.report_year, r.form, r.status, r.errors, r.warnings, r.infos, r.problem, r.program, r.forms, r.rules,
	r.sender, coalesce(r.body_id, ''), r.body_by, ` + reviewColumns + `, ` + inForce

// fold makes text comparable: full-width forms as half-width, lower case.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// sayable tells whether the databases can have such a text: PostgreSQL takes no NUL
// and no invalid UTF-8, and SQLite finds nothing by them.
func sayable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// clean makes a text sayable.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

func cleanText(s *string) *string {
	if s == nil {
		return nil
	}
	plain := clean(*s)
	return &plain
}

func values(r intake.Row) ([]any, error) {
	r.Filename, r.MediaType, r.Title, r.Agency = clean(r.Filename), clean(r.MediaType), cleanText(r.Title), cleanText(r.Agency)
	problem, err := packProblem(r.Problem)
	if err != nil {
		return nil, err
	}
	return []any{r.ID, string(r.State), r.Filename, r.MediaType, r.SHA256, r.SizeBytes, r.ReceivedAt.UnixMicro(),
		r.Title, r.Agency, r.Year, r.Form, r.Status, r.Errors, r.Warnings, r.Infos, problem,
		r.Versions.Program, r.Versions.Forms, r.Versions.Rules, r.Sender,
		fold(text(r.Agency)), foldedText(r), bodies.AgencyKey(text(r.Agency))}, nil
}

// foldedText is what the index of a report without text is made of.
func foldedText(r intake.Row) string {
	return fold(text(r.Title) + "\n" + text(r.Agency) + "\n" + r.Filename)
}

// packProblem is a problem as its column has it.
func packProblem(p *report.Problem) (*string, error) {
	if p == nil {
		return nil, nil
	}
	b, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	s := string(b)
	return &s, nil
}

func unpackProblem(s *string) (*report.Problem, error) {
	if s == nil {
		return nil, nil
	}
	p := new(report.Problem)
	if err := json.Unmarshal([]byte(*s), p); err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	return p, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// reviewColumns are those of the review, in the order of reviewValues.
const reviewColumns = `r.review_state, r.marked_us, r.open_errors, r.open_warnings, r.corrections, r.review_version`

func reviewValues(t intake.Tally) []any {
	var marked *int64
	if t.MarkedAt != nil {
		us := t.MarkedAt.UnixMicro()
		marked = &us
	}
	return []any{string(cmp.Or(t.State, report.Unreviewed)), marked, t.OpenErrors, t.OpenWarnings, t.Corrected, t.Version}
}

type scanner interface{ Scan(dest ...any) error }

// scan reads selected, and more columns behind them; Hits stay empty.
func scan(s scanner, more ...any) (intake.Row, error) {
	var r intake.Row
	var received int64
	var marked sql.NullInt64
	var problem *string
	err := s.Scan(append([]any{&r.ID, &r.State, &r.Filename, &r.MediaType, &r.SHA256, &r.SizeBytes, &received,
		&r.Title, &r.Agency, &r.Year, &r.Form, &r.Status, &r.Errors, &r.Warnings, &r.Infos, &problem,
		&r.Versions.Program, &r.Versions.Forms, &r.Versions.Rules, &r.Sender,
		&r.BodyID, &r.BodyBy, &r.Review.State, &marked, &r.Review.OpenErrors, &r.Review.OpenWarnings, &r.Review.Corrected,
		&r.Review.Version, &r.InForce}, more...)...)
	if err != nil {
		return r, err
	}
	if marked.Valid {
		at := time.UnixMicro(marked.Int64).UTC()
		r.Review.MarkedAt = &at
	}
	r.ReceivedAt = time.UnixMicro(received).UTC()
	r.Problem, err = unpackProblem(problem)
	return r, err
}

// insertReport and updateReport take what values gives, then place, texted, the body
// and what reviewValues gives. An update leaves a later review as it is. The conflict may be met on the id, the digest, which says the same, or the
// place: on PostgreSQL each can be first.
const (
	insertReport = `insert into reports (` + columns + `, agency_folded, text_folded, agency_key, place, texted, body_id, body_by, body_list,
			review_state, marked_us, open_errors, open_warnings, corrections, review_version)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34)
		on conflict do nothing`
	updateReport = `update reports set state = $2, filename = $3, media_type = $4, sha256 = $5,
		size_bytes = $6, received_us = $7, title = $8, agency = $9, report_year = $10, form = $11, status = $12,
		errors = $13, warnings = $14, infos = $15, problem = $16, program = $17, forms = $18, rules = $19,
		sender = $20, agency_folded = $21, text_folded = $22, agency_key = $23, place = $24, texted = $25,
		body_id = case when body_by = 'hand' then body_id else $26 end,
		body_by = case when body_by = 'hand' then body_by else $27 end, body_list = $28,
		review_state = case when review_version > $34 then review_state else $29 end,
		marked_us = case when review_version > $34 then marked_us else $30 end,
		open_errors = case when review_version > $34 then open_errors else $31 end,
		open_warnings = case when review_version > $34 then open_warnings else $32 end,
		corrections = case when review_version > $34 then corrections else $33 end,
		review_version = case when review_version > $34 then review_version else $34 end`
	whereID = ` where id = $1`
	// settleReport also ends the report's job.
	settleReport = updateReport + `, ` + release + whereID
)

// Insert implements intake.Rows.
func (c *Catalog) Insert(ctx context.Context, row intake.Row) (created bool, err error) {
	err = c.change(ctx, func(tx *sql.Tx) error {
		todo, err := c.insertRow(ctx, tx, row)
		created = len(todo) > 0
		return errors.Join(err, c.reindexAll(ctx, tx, todo))
	})
	return created && err == nil, err
}

// insertRow inserts a row that is not known. What it returns is left to reindexAll;
// nothing where the report is there already.
func (c *Catalog) insertRow(ctx context.Context, tx *sql.Tx, row intake.Row) ([]reindexing, error) {
	args, err := values(row)
	if err != nil {
		return nil, err
	}
	body, err := c.bodyOf(ctx, tx, row)
	if err != nil {
		return nil, err
	}
	for place := placeOf(row.ReceivedAt, row.ID); ; place++ {
		all := append(args[:len(args):len(args)], place, row.Text != "", body.id, body.by, body.list)
		all = append(all, reviewValues(row.Review)...)
		res, err := tx.ExecContext(ctx, insertReport, all...)
		if err != nil {
			return nil, fmt.Errorf("catalog: inserting %s: %w", row.ID, err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return nil, fmt.Errorf("catalog: inserting %s: %w", row.ID, err)
		}
		if n > 0 {
			return []reindexing{{row: row, place: place}}, errors.Join(writeHits(ctx, tx, row, place), c.writeSketch(ctx, tx, row, place))
		}
		if known, err := exists(ctx, tx, row); err != nil || known {
			return nil, err
		}
	}
}

// exists tells whether the report is there, rather than another one in its place.
func exists(ctx context.Context, tx *sql.Tx, row intake.Row) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `select count(*) from reports where id = $1 or sha256 = $2`, row.ID, row.SHA256).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("catalog: inserting %s: %w", row.ID, err)
	}
	return n > 0, nil
}

// Update implements intake.Rows.
func (c *Catalog) Update(ctx context.Context, row intake.Row) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		was, err := c.wasIndexed(ctx, tx, row.ID)
		if err != nil {
			return err
		}
		update := settleReport
		if isOpen(row.State) {
			update = updateReport + whereID
		}
		todo, err := c.replace(ctx, tx, row, was, update)
		return errors.Join(err, c.reindexAll(ctx, tx, todo))
	})
}

// Refresh implements intake.Rows.
func (c *Catalog) Refresh(ctx context.Context, was, row intake.Row) (done bool, err error) {
	err = c.change(ctx, func(tx *sql.Tx) error {
		now, err := c.locked(ctx, tx, row.ID)
		if errors.Is(err, intake.ErrNotFound) {
			done = false
			return nil
		}
		if err != nil {
			return err
		}
		done = now.State == was.State && now.Versions == was.Versions && now.ReceivedAt.Equal(was.ReceivedAt) && !isOpen(now.State) &&
			now.Review.Version <= row.Review.Version
		if !done {
			return nil
		}
		indexed, err := c.wasIndexed(ctx, tx, row.ID)
		if err != nil {
			return err
		}
		todo, err := c.replace(ctx, tx, row, indexed, updateReport+whereID)
		return errors.Join(err, c.reindexAll(ctx, tx, todo))
	})
	return done && err == nil, err
}

// replace writes all of a report anew by update (updateReport) but what its job is
// about, and what was said of its body by hand. The row is locked; was is what is
// indexed of it. What it returns is left to reindexAll.
func (c *Catalog) replace(ctx context.Context, tx *sql.Tx, row intake.Row, was indexed, update string) ([]reindexing, error) {
	args, err := values(row)
	if err != nil {
		return nil, err
	}
	todo, place, texted, err := c.reindex(ctx, tx, row, was)
	if err != nil {
		return nil, err
	}
	row.BodyBy = "" // of the row as it was read: somebody may have spoken since
	body, err := c.bodyOf(ctx, tx, row)
	if err != nil {
		return nil, err
	}
	args = append(args, place, texted, body.id, body.by, body.list)
	res, err := tx.ExecContext(ctx, update, append(args, reviewValues(row.Review)...)...)
	if err := affected(res, err, row.ID); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `delete from findings where report_id = $1`, row.ID); err != nil {
		return nil, fmt.Errorf("catalog: findings of %s: %w", row.ID, err)
	}
	return todo, errors.Join(writeHits(ctx, tx, row, place), c.writeSketch(ctx, tx, row, place))
}

func writeHits(ctx context.Context, tx *sql.Tx, row intake.Row, place int64) error {
	for i, h := range row.Hits {
		first := !slices.ContainsFunc(row.Hits[:i], func(e intake.Hit) bool { return e.Rule == h.Rule })
		_, err := tx.ExecContext(ctx, `insert into findings (report_id, rule, severity, hits, place, first) values ($1, $2, $3, $4, $5, $6)`,
			row.ID, h.Rule, string(h.Severity), h.Count, place, first)
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
	if !sayable(id) {
		return intake.Row{}, fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	row, err := scan(c.db.QueryRowContext(ctx, `select `+selected+` from reports r where r.id = $1`, id))
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

// Delete implements intake.Rows; the findings go with the report, and files of
// batches that wait for it are cancelled.
func (c *Catalog) Delete(ctx context.Context, id string, received time.Time) error {
	if !sayable(id) {
		return fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	return c.change(ctx, func(tx *sql.Tx) error {
		var place int64
		err := tx.QueryRowContext(ctx, `delete from reports where id = $1 and received_us = $2 returning place`,
			id, received.UnixMicro()).Scan(&place)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("catalog: report %s: %w", id, intake.ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("catalog: report %s: %w", id, err)
		}
		if err := errors.Join(c.unindex(ctx, tx, place), unsketch(ctx, tx, place)); err != nil {
			return err
		}
		return follow(ctx, tx, movement{id, intake.StateCancelled, nil})
	})
}
