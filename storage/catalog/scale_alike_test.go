package catalog

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"nianbao/convert/intake"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// TestScaleAlike measures how long it takes to find the reports with the same
// sentences among many made ones, and prints the median and the 95th percentile.
// Times are read, not asserted. NIANBAO_SCALE is the number of reports, as for
// TestScale:
//
//	NIANBAO_SCALE=100000 go test ./storage/catalog -run TestScaleAlike -v -timeout 1h
func TestScaleAlike(t *testing.T) {
	reports := 2000
	if s := os.Getenv("NIANBAO_SCALE"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		reports = n
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := made{reports: reports, rnd: rand.New(rand.NewPCG(3, 4))}
		m.words()
		m.load(t, d)
		k := newMadeKeys(m.rnd)
		start := time.Now()
		k.load(t, d)
		t.Logf("%d sketches made in %v", reports, time.Since(start).Round(time.Second))
		k.measure(t, New(d, nil))
	})
}

// madeKeys makes the sketches: keys of templates, which are of any frequency, and of
// a report's own sentences, which hardly anybody else has.
type madeKeys struct {
	rnd  *rand.Rand
	zipf *rand.Zipf
}

const (
	keysEach      = 45
	keysTemplates = 15 // of them
	madeTemplates = 50_000
)

func newMadeKeys(rnd *rand.Rand) *madeKeys {
	return &madeKeys{rnd: rnd, zipf: rand.NewZipf(rnd, 1.05, 4, madeTemplates-1)}
}

// spreadKey makes a number look as keys do.
func spreadKey(n uint64) int64 { return int64(n * 0x9e3779b97f4a7c15) } //nolint:gosec // any 64 bits will do

func (k *madeKeys) sketch() []int64 {
	var out []int64
	for i := range keysEach {
		if i < keysTemplates {
			out = append(out, spreadKey(k.zipf.Uint64()+1))
		} else {
			out = append(out, k.rnd.Int64()-k.rnd.Int64())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (k *madeKeys) load(t *testing.T, d *db.DB) {
	t.Helper()
	ctx := t.Context()
	places, err := numbers(d.QueryContext(ctx, `select place from reports`))
	if err != nil {
		t.Fatal(err)
	}
	for piece := range slices.Chunk(places, 5000) {
		if d.Dialect == db.Postgres {
			err = k.copyIn(ctx, d, piece)
		} else {
			err = d.Change(ctx, func(tx *sql.Tx) error {
				for _, place := range piece {
					if err := writeSketch(ctx, tx, intake.Row{Sketch: k.sketch()}, place); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	statements := []string{`update reports set agency_key = agency`}
	if d.Dialect == db.Postgres {
		statements = append(statements, `vacuum analyze`)
	}
	for _, s := range statements {
		if _, err := d.ExecContext(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
}

func (k *madeKeys) copyIn(ctx context.Context, d *db.DB, places []int64) error {
	conn, err := d.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		var rows [][]any
		for _, place := range places {
			for _, key := range k.sketch() {
				rows = append(rows, []any{key, place})
			}
		}
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{"sketches"}, []string{"hash", "place"}, pgx.CopyFromRows(rows))
		return err
	})
}

func (k *madeKeys) measure(t *testing.T, c *Catalog) {
	ctx := t.Context()
	places, err := numbers(c.db.QueryContext(ctx, `select place from reports where state = 'done'`))
	if err != nil {
		t.Fatal(err)
	}
	some := func() int64 { return places[k.rnd.IntN(len(places))] }
	keysOf := func(place int64) []int64 {
		keys, err := numbers(c.db.QueryContext(ctx, `select hash from sketches where place = $1 order by hash`, place))
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	newcomer := intake.Row{Summary: intake.Summary{ID: strings.Repeat("z", 26), Agency: ptrTo("新设县新设局"), Year: ptrTo(2030)}}
	for _, q := range []struct {
		name   string
		sketch func() []int64
		found  bool
	}{
		{"alike, own words", k.sketch, false},
		{"alike, a copy", func() []int64 { return keysOf(some()) }, true},
		{"alike, half copies of four", func() []int64 {
			var keys []int64
			for range 4 {
				other := keysOf(some())
				keys = append(keys, other[:len(other)/3]...)
			}
			slices.Sort(keys)
			return slices.Compact(keys)
		}, true},
	} {
		const runs = 60
		times := make([]time.Duration, runs)
		for i := range times {
			sketch := q.sketch()
			start := time.Now()
			found, err := c.Alike(ctx, newcomer, sketch, intake.Scope{})
			if err != nil || q.found && len(found.Rows) == 0 {
				t.Fatalf("%s: %d found, %v", q.name, len(found.Rows), err)
			}
			times[i] = time.Since(start)
		}
		k.print(t, q.name, times)
	}
	var times []time.Duration
	for range 60 {
		row, err := scan(c.db.QueryRowContext(ctx, `select `+selected+` from reports r where r.place = $1`, some()))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := c.Before(ctx, row, intake.Scope{}); err != nil && !strings.Contains(err.Error(), "not found") {
			t.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	k.print(t, "the year before", times)
}

func (k *madeKeys) print(t *testing.T, name string, times []time.Duration) {
	slices.Sort(times)
	t.Logf("%-28s p50 %8.2f ms  p95 %8.2f ms", name, ms(times[len(times)/2]), ms(times[len(times)*95/100]))
}

func ptrTo[T any](v T) *T { return &v }
