package catalog

import (
	"context"
	"encoding/base64"
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

// conditions collects the parts of a where clause and their arguments.
type conditions struct {
	parts []string
	args  []any
}

// add appends a condition in which each ? stands for the next argument.
func (c *conditions) add(sql string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		sql = strings.Replace(sql, "?", "$"+strconv.Itoa(len(c.args)), 1)
	}
	c.parts = append(c.parts, sql)
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " where " + strings.Join(c.parts, " and ")
}

// contains is the pattern for like … escape '\' that finds s anywhere.
func contains(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(fold(s)) + "%"
}

func filterOf(f intake.Filter) (conditions, error) {
	var c conditions
	if len(f.Agency) > maxText || len(f.Query) > maxText {
		return c, fmt.Errorf("catalog: agency or query is longer than %d bytes: %w", maxText, intake.ErrBadFilter)
	}
	if f.Agency != "" {
		c.add(`agency_folded like ? escape '\'`, contains(f.Agency))
	}
	if f.Year != 0 {
		c.add(`report_year = ?`, f.Year)
	}
	if f.Form != "" {
		c.add(`form = ?`, f.Form)
	}
	switch f.Status {
	case "":
	case string(intake.StateFailed):
		c.add(`state = ?`, f.Status)
	default:
		c.add(`status = ?`, f.Status)
	}
	if f.Rule != "" {
		c.add(`exists (select 1 from findings where report_id = reports.id and rule = ?)`, f.Rule)
	}
	words := strings.Fields(f.Query)
	if len(words) > maxWords {
		return c, fmt.Errorf("catalog: query has %d words, more than %d: %w", len(words), maxWords, intake.ErrBadFilter)
	}
	for _, w := range words {
		c.add(`text_folded like ? escape '\'`, contains(w))
	}
	c.scope(f.Scope)
	return c, nil
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
	cond, err := filterOf(f)
	if err != nil {
		return page, err
	}
	err = c.db.QueryRowContext(ctx, `select count(*) from reports`+cond.where(), cond.args...).Scan(&page.Total)
	if err != nil {
		return page, fmt.Errorf("catalog: counting: %w", err)
	}
	if f.Cursor != "" {
		us, id, err := parseCursor(f.Cursor)
		if err != nil {
			return page, err
		}
		cond.add(`(received_us, id) < (?, ?)`, us, id)
	}
	// One more than asked for tells whether there is a next page.
	args := append(cond.args, limit+1)
	rows, err := c.db.QueryContext(ctx, `select `+columns+` from reports`+cond.where()+
		` order by received_us desc, id desc limit $`+strconv.Itoa(len(args)), args...)
	if err != nil {
		return page, fmt.Errorf("catalog: listing: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	page.Items = make([]intake.Summary, 0, limit)
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return page, fmt.Errorf("catalog: listing: %w", err)
		}
		if len(page.Items) == limit {
			page.Next = cursorAfter(page.Items[limit-1])
			break
		}
		page.Items = append(page.Items, row.Summary)
	}
	if err := rows.Err(); err != nil {
		return page, fmt.Errorf("catalog: listing: %w", err)
	}
	return page, nil
}

// cursorVersion begins every cursor, so that old ones can be told when the
// order changes.
const cursorVersion = "1"

func cursorAfter(s intake.Summary) string { return cursor(s.ReceivedAt.UnixMicro(), s.ID) }

func cursor(us int64, id string) string {
	plain := cursorVersion + " " + strconv.FormatInt(us, 10) + " " + id
	return base64.RawURLEncoding.EncodeToString([]byte(plain))
}

// parseCursor accepts exactly what cursor makes.
func parseCursor(given string) (us int64, id string, err error) {
	if plain, err := base64.RawURLEncoding.DecodeString(given); err == nil {
		parts := strings.Split(string(plain), " ")
		if len(parts) == 3 && validID(parts[2]) {
			us, err := strconv.ParseInt(parts[1], 10, 64)
			if err == nil && cursor(us, parts[2]) == given {
				return us, parts[2], nil
			}
		}
	}
	return 0, "", fmt.Errorf("catalog: cursor %.64q is none of ours: %w", given, intake.ErrBadFilter)
}

// validID accepts what intake.IDOf makes: base32 in lower case.
func validID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") == ""
}
