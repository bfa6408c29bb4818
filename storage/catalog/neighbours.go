package catalog

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// Reports are compared with those of the same body, or agency, for the year before,
// and with those that share keys of their sketches. A key that very many reports have
// is of a template: it finds nobody, and is not even counted to its end.

const (
	// commonKey is the number of reports from which on a key finds nobody.
	commonKey = 32
	// maxShared bounds the candidates whose rows are read.
	maxShared = 20
	// maxNamesakes bounds the reports of one agency key and year that are read.
	maxNamesakes = 50
)

var _ intake.Neighbours = (*Catalog)(nil)

// Before implements intake.Neighbours.
func (c *Catalog) Before(ctx context.Context, row intake.Row, scope intake.Scope) (intake.Row, error) {
	none := fmt.Errorf("catalog: report before %s: %w", row.ID, intake.ErrNotFound)
	key := bodies.AgencyKey(text(row.Agency))
	if row.Year == nil || row.BodyID == "" && key == "" {
		return intake.Row{}, none
	}
	cond := scopeOf(scope, true)
	cond.add(`r.state = 'done'`)
	cond.add(`r.report_year = ?`, *row.Year-1)
	if row.BodyID != "" {
		cond.add(`r.body_id = ?`, row.BodyID)
		cond.add(inForce)
	} else {
		cond.add(`r.agency_key = ?`, key)
		cond.add(`r.body_id is null`)
	}
	found, err := c.rows(ctx, cond, maxNamesakes)
	if err != nil {
		return intake.Row{}, err
	}
	if row.BodyID == "" {
		found = namesakes(text(row.Agency), found)
	}
	if len(found) == 0 {
		return intake.Row{}, none
	}
	return found[0], nil
}

// Editions implements intake.Neighbours.
func (c *Catalog) Editions(ctx context.Context, row intake.Row, scope intake.Scope) ([]intake.Row, error) {
	key := bodies.AgencyKey(text(row.Agency))
	if row.Year == nil || row.BodyID == "" && key == "" {
		return nil, nil
	}
	cond := scopeOf(scope, true)
	cond.add(`r.state = 'done'`)
	cond.add(`r.report_year = ?`, *row.Year)
	if row.BodyID != "" {
		cond.add(`r.body_id = ?`, row.BodyID)
		return c.rows(ctx, cond, intake.MaxEditions)
	}
	cond.add(`r.agency_key = ?`, key)
	cond.add(`r.body_id is null`)
	found, err := c.rows(ctx, cond, intake.MaxEditions)
	return slices.DeleteFunc(found, func(r intake.Row) bool { return !bodies.SameAgency(text(row.Agency), text(r.Agency)) }), err
}

// namesakes are those of the reports that are of this agency; none where they are of
// agencies that differ from each other.
func namesakes(agency string, rows []intake.Row) []intake.Row {
	rows = slices.DeleteFunc(rows, func(r intake.Row) bool { return !bodies.SameAgency(agency, text(r.Agency)) })
	for i := range rows {
		if !bodies.SameAgency(text(rows[0].Agency), text(rows[i].Agency)) {
			return nil
		}
	}
	return rows
}

// rows reads the reports r that the conditions select, newest first; without hits.
func (c *Catalog) rows(ctx context.Context, cond conditions, limit int) (out []intake.Row, err error) {
	where, args := join(cond)
	rows, err := c.db.QueryContext(ctx, `select `+selected+` from reports r`+where+
		fmt.Sprintf(` order by r.place desc limit %d`, limit), args...)
	err = each(rows, err, func(s scanner) error {
		row, err := scan(s)
		out = append(out, row)
		return err
	})
	return out, err
}

// shared is one report that has a key.
type shared struct {
	key    int64
	report string
	body   string
	agency string // agency key
	year   sql.NullInt64
	place  int64
}

// Alike implements intake.Neighbours.
func (c *Catalog) Alike(ctx context.Context, row intake.Row, sketch []int64, scope intake.Scope) (intake.Alike, error) {
	out := intake.Alike{Spread: map[int64]int{}}
	var err error
	if out.Alone, err = c.alone(ctx, row.ID, scope); err != nil {
		return out, err
	}
	key := bodies.AgencyKey(text(row.Agency))
	if len(sketch) == 0 || key == "" && row.BodyID == "" {
		return out, nil
	}
	rare, err := c.rareKeys(ctx, sketch, out.Spread)
	if err != nil || len(rare) == 0 {
		return out, err
	}
	all, err := c.sharing(ctx, rare)
	if err != nil {
		return out, err
	}
	others := slices.DeleteFunc(all, func(s shared) bool {
		return s.report == row.ID || s.of(row.BodyID, key) || s.body == "" && s.agency == ""
	})
	spread(others, out.Spread)
	out.Rows, err = c.candidates(ctx, scope, rank(row, others, out.Spread))
	return out, err
}

// of tells whether the report is, or may be, of this body or agency: what a name
// leaves open is not held against anybody.
func (s *shared) of(body, key string) bool {
	if body != "" && s.body != "" {
		return body == s.body
	}
	return s.agency == key || s.agency != "" && key != "" && (strings.HasSuffix(s.agency, key) || strings.HasSuffix(key, s.agency))
}

// who is the agency as it is counted.
func (s *shared) who() string { return cmp.Or(s.body, s.agency) }

// alone tells whether the scope has no other report that is done.
func (c *Catalog) alone(ctx context.Context, id string, scope intake.Scope) (bool, error) {
	cond := scopeOf(scope, true)
	cond.add(`r.state = 'done'`)
	cond.add(`r.id <> ?`, id)
	where, args := join(cond)
	var some bool
	if err := c.db.QueryRowContext(ctx, `select exists (select 1 from reports r`+where+`)`, args...).Scan(&some); err != nil {
		return false, fmt.Errorf("catalog: neighbours of %s: %w", id, err)
	}
	return !some, nil
}

// rareKeys are the keys that less than commonKey reports have; the others are noted
// as spread that far.
func (c *Catalog) rareKeys(ctx context.Context, sketch []int64, spread map[int64]int) (rare []int64, err error) {
	args := make([]any, len(sketch))
	for i, k := range sketch {
		args[i] = k
	}
	keys := number(strings.TrimSuffix(strings.Repeat(`(cast(? as bigint)), `, len(sketch)), ", "), 1)
	rows, err := c.db.QueryContext(ctx, `with k (hash) as (values `+keys+`) select k.hash,
		(select count(*) from (select 1 from sketches s where s.hash = k.hash limit `+fmt.Sprint(commonKey)+`) n) from k`, args...)
	err = each(rows, err, func(s scanner) error {
		var key int64
		var n int
		if err := s.Scan(&key, &n); err != nil {
			return err
		}
		switch {
		case n >= commonKey:
			spread[key] = n
		case n > 0:
			rare = append(rare, key)
		}
		return nil
	})
	return rare, err
}

// sharing are the reports that have any of the keys. The cross join keeps SQLite from
// going through all reports first.
func (c *Catalog) sharing(ctx context.Context, keys []int64) (out []shared, err error) {
	args := make([]any, len(keys))
	for i, k := range keys {
		args[i] = k
	}
	marks := number(strings.TrimSuffix(strings.Repeat(`?, `, len(keys)), ", "), 1)
	rows, err := c.db.QueryContext(ctx, `select s.hash, r.id, coalesce(r.body_id, ''), r.agency_key, r.report_year, r.place
		from sketches s cross join reports r where r.place = s.place and s.hash in (`+marks+`) and r.state = 'done'`, args...)
	err = each(rows, err, func(s scanner) error {
		var x shared
		err := s.Scan(&x.key, &x.report, &x.body, &x.agency, &x.year, &x.place)
		out = append(out, x)
		return err
	})
	return out, err
}

// spread counts the agencies that have each key.
func spread(all []shared, into map[int64]int) {
	type one struct {
		key int64
		who string
	}
	seen := map[one]bool{}
	for i := range all {
		o := one{all[i].key, all[i].who()}
		if !seen[o] {
			seen[o] = true
			into[o.key]++
		}
	}
}

// candidate is a report that may have been copied from.
type candidate struct {
	shared
	weight float64 // a key counts the more the fewer agencies have it
}

// rank are the reports that share most with row, of those that it can be a copy of:
// what is for a later year may be the copy itself. Those that share no more than
// templates are left out.
func rank(row intake.Row, all []shared, spread map[int64]int) []*candidate {
	const least = 1 // a sentence that one agency has
	byID := map[string]*candidate{}
	for _, s := range all {
		if row.Year != nil && s.year.Valid && s.year.Int64 > int64(*row.Year) {
			continue
		}
		if byID[s.report] == nil {
			byID[s.report] = &candidate{shared: s}
		}
		byID[s.report].weight += 1 / float64(spread[s.key])
	}
	ranked := make([]*candidate, 0, len(byID))
	for _, x := range byID {
		if x.weight >= least {
			ranked = append(ranked, x)
		}
	}
	slices.SortFunc(ranked, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.place, a.place))
	})
	return ranked[:min(len(ranked), maxShared)]
}

// candidates are the rows of ranked reports, of each agency the first that is in the
// scope and in force.
func (c *Catalog) candidates(ctx context.Context, scope intake.Scope, ranked []*candidate) ([]intake.Row, error) {
	if len(ranked) == 0 {
		return nil, nil
	}
	cond := scopeOf(scope, true)
	ids := make([]any, len(ranked))
	for i, x := range ranked {
		ids[i] = x.report
	}
	cond.add(`r.id in (`+strings.TrimSuffix(strings.Repeat(`?, `, len(ids)), ", ")+`)`, ids...)
	found, err := c.rows(ctx, cond, maxShared)
	if err != nil {
		return nil, err
	}
	var out []intake.Row
	taken := map[string]bool{}
	for _, x := range ranked {
		at := slices.IndexFunc(found, func(r intake.Row) bool { return r.ID == x.report })
		if at < 0 || taken[x.who()] || found[at].BodyID != "" && found[at].Year != nil && !found[at].InForce {
			continue
		}
		taken[x.who()] = true
		if out = append(out, found[at]); len(out) == intake.MaxAlike {
			break
		}
	}
	return out, nil
}
