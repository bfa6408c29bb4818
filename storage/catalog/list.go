package catalog

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/intake"
)

const (
	defaultLimit = 50
	maxLimit     = 200
	// maxWords bounds the conditions a query becomes, maxText (bytes) the length
	// of a pattern, which SQLite refuses beyond 50,000.
	maxWords = 20
	maxText  = 2000
)

// conditions are the parts of a where clause, with ? for each of the arguments.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(sql string, args ...any) {
	c.parts = append(c.parts, sql)
	c.args = append(c.args, args...)
}

func (c *conditions) where() string {
	where, _ := join(*c)
	return where
}

// join makes a where clause of several conditions, and numbers the arguments.
func join(all ...conditions) (where string, args []any) {
	var parts []string
	for _, c := range all {
		parts = append(parts, c.parts...)
		args = append(args, c.args...)
	}
	if len(parts) == 0 {
		return "", args
	}
	return " where " + number(strings.Join(parts, " and "), 1), args
}

// number turns ? into $first, $first+1 and so on.
func number(sql string, first int) string {
	var b strings.Builder
	for i, part := range strings.Split(sql, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(first+i-1))
		}
		b.WriteString(part)
	}
	return b.String()
}

// contains is the pattern for like … escape '\' that finds s anywhere.
func contains(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(fold(s)) + "%"
}

// pageLimit is the size of a page that was asked for.
func pageLimit(limit int) (int, error) {
	if limit == 0 {
		return defaultLimit, nil
	}
	if limit < 1 || limit > maxLimit {
		return 0, fmt.Errorf("catalog: limit %d is not in 1–%d: %w", limit, maxLimit, intake.ErrBadFilter)
	}
	return limit, nil
}

// List implements intake.Lists.
func (c *Catalog) List(ctx context.Context, f intake.Filter) (page intake.Page, err error) {
	limit, err := pageLimit(f.Limit)
	if err != nil {
		return page, err
	}
	wide, err := c.wide(ctx, f.Scope)
	if err != nil {
		return page, err
	}
	asked, err := filterOf(f, wide)
	if err != nil {
		return page, err
	}
	var after conditions
	w, err := c.walkOf(ctx, asked)
	if err != nil {
		return page, err
	}
	if f.Cursor != "" {
		place, err := parsePlace(f.Cursor)
		if err != nil {
			return page, err
		}
		after.add(w.place()+` < ?`, place)
	}
	if page.Items = []intake.Summary{}; asked.nothing {
		return page, nil
	}
	if page.Total, page.TotalCapped, err = c.total(ctx, w); err != nil {
		return page, err
	}
	if page.Items, page.Next, err = c.page(ctx, w, after, limit); err != nil {
		return page, fmt.Errorf("catalog: listing: %w", err)
	}
	page.Total = max(page.Total, int64(len(page.Items)))
	return page, nil
}

// page reads the reports of one page.
func (c *Catalog) page(ctx context.Context, w walk, after conditions, limit int) (items []intake.Summary, next string, err error) {
	where, args := join(w.own, w.link(), w.rest, w.slow, after)
	// One more than asked for tells whether there is a next page.
	args = append(args, limit+1)
	rows, err := c.db.QueryContext(ctx, `select `+selected+`, r.place from `+w.from()+where+
		` order by `+w.place()+` desc limit $`+strconv.Itoa(len(args)), c.db.Planned(args)...)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	items = make([]intake.Summary, 0, limit)
	var last int64
	for rows.Next() {
		var place int64
		row, err := scan(rows, &place)
		if err != nil {
			return nil, "", err
		}
		if len(items) == limit {
			next = placeCursor(last)
			break
		}
		items, last = append(items, row.Summary), place
	}
	return items, next, rows.Err()
}
