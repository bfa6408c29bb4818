package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// inForce tells of report r whether it is the version that counts: the one chosen
// by hand where it still is a report of that body and year, else the newest.
const inForce = `case when r.body_id is null or r.report_year is null or r.state <> 'done' then false
	else r.id = coalesce(
		(select v.id from body_choices c join reports v on v.id = c.report_id
			where c.body_id = r.body_id and c.report_year = r.report_year
			and v.body_id = r.body_id and v.report_year = r.report_year and v.state = 'done'),
		(select v.id from reports v where v.body_id = r.body_id and v.report_year = r.report_year and v.state = 'done'
			order by v.place desc limit 1)) end`

var (
	_ bodies.Store       = (*Catalog)(nil)
	_ intake.Attachments = (*Catalog)(nil)
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Bodies implements bodies.Store.
func (c *Catalog) Bodies(ctx context.Context) (*bodies.List, error) { return c.bodies(ctx, c.db) }

func (c *Catalog) bodies(ctx context.Context, q querier) (*bodies.List, error) {
	var version int64
	if err := q.QueryRowContext(ctx, `select version from body_list`).Scan(&version); err != nil {
		return nil, fmt.Errorf("catalog: bodies: %w", err)
	}
	if l := c.list.Load(); l != nil && l.Version == version {
		return l, nil
	}
	l, err := readBodies(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("catalog: bodies: %w", err)
	}
	c.list.Store(l)
	return l, nil
}

// readBodies reads version and list in one statement, so that they belong together.
func readBodies(ctx context.Context, q querier) (l *bodies.List, err error) {
	rows, err := q.QueryContext(ctx, `select l.version, b.id, b.name, b.aliases, b.kind, b.level, b.parent, b.excluded, b.note
		from body_list l left join bodies b on true order by b.seq`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var version int64
	var entries []bodies.Entry
	for rows.Next() {
		var id, name, aliases, kind, level, parent, note sql.NullString
		var excluded sql.NullBool
		if err := rows.Scan(&version, &id, &name, &aliases, &kind, &level, &parent, &excluded, &note); err != nil {
			return nil, err
		}
		if !id.Valid {
			continue // an empty list
		}
		e := bodies.Entry{Body: bodies.Body{ID: id.String, Name: name.String, Kind: bodies.Kind(kind.String),
			Level: bodies.Level(level.String), Parent: parent.String, Excluded: excluded.Bool, Note: note.String}}
		if err := json.Unmarshal([]byte(aliases.String), &e.Aliases); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if l, err = bodies.New(entries, nil); err != nil {
		return nil, err
	}
	l.Version = version
	return l, nil
}

// ReplaceBodies implements bodies.Store.
func (c *Catalog) ReplaceBodies(ctx context.Context, l *bodies.List, e bodies.Edit) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `update body_list set version = $1, set_us = $2, set_by = $3 where version < $1`,
			l.Version, e.At.UnixMicro(), e.By)
		if err != nil {
			return fmt.Errorf("catalog: bodies: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("catalog: bodies: there is a version %d or later: %w", l.Version, bodies.ErrChanged))
		}
		if _, err := tx.ExecContext(ctx, `delete from bodies`); err != nil {
			return fmt.Errorf("catalog: bodies: %w", err)
		}
		for i, b := range l.Bodies() {
			aliases, err := json.Marshal(b.Aliases)
			if err != nil {
				return fmt.Errorf("catalog: bodies: %w", err)
			}
			_, err = tx.ExecContext(ctx, `insert into bodies (id, seq, name, aliases, kind, level, parent, excluded, note)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
				b.ID, i, b.Name, string(aliases), string(b.Kind), string(b.Level), b.Parent, b.Excluded, b.Note)
			if err != nil {
				return fmt.Errorf("catalog: body %s: %w", b.ID, err)
			}
		}
		return nil
	})
}

// attachment is what a row says of the body.
type attachment struct {
	id   *string
	by   string
	list int64 // version of the list that said so
}

// bodyOf is the body of a row that is written: as the row says where that is by
// hand, else as the list proposes.
func (c *Catalog) bodyOf(ctx context.Context, tx *sql.Tx, row intake.Row) (attachment, error) {
	l, err := c.bodies(ctx, tx)
	if err != nil {
		return attachment{}, err
	}
	if row.BodyBy == string(bodies.ByHand) {
		return attachment{id: orNull(row.BodyID), by: row.BodyBy, list: l.Version}, nil
	}
	return proposed(l, text(row.Agency), row.Filename), nil
}

func proposed(l *bodies.List, agency, filename string) attachment {
	p := l.Propose(bodies.Clues{Agency: agency, FileName: filename})
	return attachment{id: orNull(p.Body), by: string(p.By), list: l.Version}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Repropose implements bodies.Store.
func (c *Catalog) Repropose(ctx context.Context, limit int) (n int, err error) {
	err = c.change(ctx, func(tx *sql.Tx) error {
		l, err := c.bodies(ctx, tx)
		if err != nil {
			return err
		}
		stale, err := staleReports(ctx, tx, l.Version, limit)
		if err != nil {
			return fmt.Errorf("catalog: proposals: %w", err)
		}
		n = len(stale)
		for _, r := range stale {
			if err := c.repropose(ctx, tx, l, r); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// outdated is a report whose proposal was made by an older list.
type outdated struct{ id, agency, filename string }

func staleReports(ctx context.Context, tx *sql.Tx, version int64, limit int) (out []outdated, err error) {
	rows, err := tx.QueryContext(ctx, `select id, coalesce(agency, ''), filename from reports where body_list < $1
		order by body_list, place limit $2`, version, limit)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r outdated
		if err := rows.Scan(&r.id, &r.agency, &r.filename); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (c *Catalog) repropose(ctx context.Context, tx *sql.Tx, l *bodies.List, r outdated) error {
	a := proposed(l, r.agency, r.filename)
	_, err := tx.ExecContext(ctx, `update reports set body_id = case when body_by = 'hand' then body_id else $2 end,
		body_by = case when body_by = 'hand' then body_by else $3 end, body_list = $4 where id = $1`, r.id, a.id, a.by, a.list)
	if err != nil {
		return fmt.Errorf("catalog: proposal for %s: %w", r.id, err)
	}
	return nil
}

// Attach implements intake.Attachments.
func (c *Catalog) Attach(ctx context.Context, id, body string) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		l, err := c.bodies(ctx, tx)
		if err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `update reports set body_id = $2, body_by = 'hand', body_list = $3 where id = $1`,
			id, orNull(body), l.Version)
		return affected(res, err, id)
	})
}

// HasBody implements intake.Attachments.
func (c *Catalog) HasBody(ctx context.Context, body string) (bool, error) {
	l, err := c.Bodies(ctx)
	if err != nil {
		return false, err
	}
	_, ok := l.Get(body)
	return ok, nil
}

// Release implements intake.Attachments.
func (c *Catalog) Release(ctx context.Context, id string) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		l, err := c.bodies(ctx, tx)
		if err != nil {
			return err
		}
		r := outdated{id: id}
		err = tx.QueryRowContext(ctx, `update reports set body_by = '' where id = $1 returning coalesce(agency, ''), filename`, id).
			Scan(&r.agency, &r.filename)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("catalog: report %s: %w", id, intake.ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("catalog: report %s: %w", id, err)
		}
		return c.repropose(ctx, tx, l, r)
	})
}

// Choose implements intake.Attachments.
func (c *Catalog) Choose(ctx context.Context, choice intake.Choice) error {
	_, err := c.db.ExecContext(ctx, `insert into body_choices (body_id, report_year, report_id, chosen_us) values ($1, $2, $3, $4)
		on conflict (body_id, report_year) do update set report_id = excluded.report_id, chosen_us = excluded.chosen_us
		where body_choices.chosen_us <= excluded.chosen_us`,
		choice.Body, choice.Year, orNull(choice.Report), choice.At.UnixMicro())
	if err != nil {
		return fmt.Errorf("catalog: choice for %s in %d: %w", choice.Body, choice.Year, err)
	}
	return nil
}
