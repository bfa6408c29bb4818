package catalog

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// placeBits is the room below a microsecond for the reports that came in it.
const placeBits = 10

// placeOf is where a report stands in the order of all lists: by time, and below
// that by the first two characters of its id, ten bits. Where it is taken Insert
// takes the next. One number is a short key in every index and the row of the
// search index, which SQLite walks in its order without sorting.
func placeOf(received time.Time, id string) int64 {
	place := received.UnixMicro() << placeBits
	for i := range 2 {
		if i < len(id) {
			place |= int64(max(0, strings.IndexByte(idOrder, id[i]))) << (5 * (1 - i))
		}
	}
	return place
}

// idOrder is the alphabet of ids (base32) as its characters sort.
const idOrder = "234567abcdefghijklmnopqrstuvwxyz"

// agencyMark begins the pieces of the agency's name. Folding leaves no character
// of full width, so no text has it.
const agencyMark = "ａ"

// failedMark is a piece of the reports that failed, few among all: what is asked of
// them need not go through all that have the words. Others may have it, too.
const failedMark = "ｆ"

// index is the one thing in which the databases' SQL differs: how the sets of
// pieces are kept and asked.
func (c *Catalog) index(ctx context.Context, tx *sql.Tx, row intake.Row, place int64) error {
	var set gramSet
	set.add(agencyMark, text(row.Agency))
	if row.State == intake.StateFailed {
		set.put(failedMark)
	}
	for _, part := range []string{text(row.Title), text(row.Agency), row.Filename, row.Text} {
		set.add("", part)
	}
	insert, grams := `insert into search (rowid, grams) values ($1, $2)`, strings.Join(set.list(), " ")
	if c.db.Dialect == db.Postgres {
		// An array of its own words: the parser, which splits by locale, has no say.
		insert = `insert into search (place, grams) values ($1, array_to_tsvector(string_to_array($2, ' ')))`
	}
	if _, err := tx.ExecContext(ctx, insert, place, grams); err != nil {
		return fmt.Errorf("catalog: indexing %s: %w", row.ID, err)
	}
	return nil
}

func (c *Catalog) unindex(ctx context.Context, tx *sql.Tx, place int64) error {
	if _, err := tx.ExecContext(ctx, `delete from search where `+c.doc("search")+` = $1`, place); err != nil {
		return fmt.Errorf("catalog: search index: %w", err)
	}
	return nil
}

// doc is the column of the search index that holds the place.
func (c *Catalog) doc(table string) string {
	if c.db.Dialect == db.Postgres {
		return table + ".place"
	}
	return table + ".rowid"
}

// match is the condition that the index's row s has all the pieces, with its
// argument. Pieces have no quotes or other marks.
func (c *Catalog) match(grams []string) (cond, arg string) {
	if c.db.Dialect == db.Postgres {
		return `s.grams @@ cast(? as tsquery)`, `'` + strings.Join(grams, `' & '`) + `'`
	}
	return `s.search match ?`, `"` + strings.Join(grams, `" "`) + `"`
}

// indexed is what is indexed of a report.
type indexed struct {
	place, received int64
	texted          bool
	folded          string
}

const indexedColumns = `place, received_us, texted, text_folded`

// columns are where indexedColumns are read to.
func (i *indexed) columns() []any { return []any{&i.place, &i.received, &i.texted, &i.folded} }

// wasIndexed is what is indexed of a report, whose row it locks. Errors: ErrNotFound.
func (c *Catalog) wasIndexed(ctx context.Context, tx *sql.Tx, id string) (was indexed, err error) {
	err = tx.QueryRowContext(ctx, `select `+indexedColumns+` from reports where id = $1`+c.db.ForUpdate(), id).Scan(was.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		err = intake.ErrNotFound
	}
	if err != nil {
		return was, fmt.Errorf("catalog: report %s: %w", id, err)
	}
	return was, nil
}

// reindexing is a report whose pieces are to be indexed anew.
type reindexing struct {
	row     intake.Row
	place   int64
	was     int64 // the place before
	isKnown bool  // it was indexed before
}

// reindex tells what the search index has to be told of a row that is about to be
// written, nil for nothing, the row's place, and whether its text is indexed. What was
// indexed of a text stays until a new text comes, the report fails, or moves to another
// place.
func (c *Catalog) reindex(ctx context.Context, tx *sql.Tx, row intake.Row, was indexed) (todo []reindexing, place int64, texted bool, err error) {
	place = was.place
	moved := was.received != row.ReceivedAt.UnixMicro()
	if !moved && row.Text == "" && row.State != intake.StateFailed && (was.texted || was.folded == foldedText(row)) {
		return nil, place, was.texted, nil
	}
	if moved {
		if place, err = c.freePlace(ctx, tx, row); err != nil {
			return nil, 0, false, err
		}
		if err := moveSketch(ctx, tx, was.place, place); err != nil {
			return nil, 0, false, err
		}
	}
	return []reindexing{{row, place, was.place, true}}, place, row.Text != "", nil
}

// reindexAll brings the search index up to rows that were written, last of all in a
// transaction and in the order of places. SQLite writes what the index was told into a
// segment of its own, to be merged with others later, whenever a statement of several
// rows comes between or a row with a lower number than the last: so it does once for
// all of them, not for each, which was 2 ms of a report's processor time.
func (c *Catalog) reindexAll(ctx context.Context, tx *sql.Tx, todo []reindexing) error {
	slices.SortFunc(todo, func(a, b reindexing) int { return cmp.Compare(a.was, b.was) })
	for _, r := range todo {
		if !r.isKnown {
			continue
		}
		if err := c.unindex(ctx, tx, r.was); err != nil {
			return err
		}
	}
	slices.SortFunc(todo, func(a, b reindexing) int { return cmp.Compare(a.place, b.place) })
	for _, r := range todo {
		if err := c.index(ctx, tx, r.row, r.place); err != nil {
			return err
		}
	}
	return nil
}

// freePlace is the first free place for a report that moves. A report that comes
// in at the same moment may take it: then the update fails and is asked again.
func (c *Catalog) freePlace(ctx context.Context, tx *sql.Tx, row intake.Row) (int64, error) {
	place := placeOf(row.ReceivedAt, row.ID)
	for {
		var n int
		if err := tx.QueryRowContext(ctx, `select count(*) from reports where place = $1`, place).Scan(&n); err != nil {
			return 0, fmt.Errorf("catalog: report %s: %w", row.ID, err)
		}
		if n == 0 {
			return place, nil
		}
		place++
	}
}
