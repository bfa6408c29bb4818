package catalog

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"nianbao/convert/bodies"
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
		k := newMadeKeys(&m)
		start := time.Now()
		k.load(t, d)
		t.Logf("%d sketches made in %v", reports, time.Since(start).Round(time.Second))
		k.measure(t, New(d, nil))
	})
}

// madeKeys makes the sketches: keys of templates, which are of any frequency, and of
// a report's own sentences, which hardly anybody else has.
type madeKeys struct {
	made *made
	rnd  *rand.Rand
	zipf *rand.Zipf
}

const (
	keysEach      = 45
	keysTemplates = 15 // of them
	madeTemplates = 50_000
)

func newMadeKeys(m *made) *madeKeys {
	rnd := m.rnd
	return &madeKeys{made: m, rnd: rnd, zipf: rand.NewZipf(rnd, 1.05, 4, madeTemplates-1)}
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

// load puts in reports and sketches; none has anything to search or findings.
func (k *madeKeys) load(t *testing.T, d *db.DB) {
	t.Helper()
	const piece = 5000
	for from := 0; from < k.made.reports; from += piece {
		var reports []madeReport
		for i := from; i < min(from+piece, k.made.reports); i++ {
			r := k.made.report(i)
			r.year = 2018 + i*7/k.made.reports
			reports = append(reports, r)
		}
		put := k.insert
		if d.Dialect == db.Postgres {
			put = k.copyIn
		}
		if err := put(t.Context(), d, reports); err != nil {
			t.Fatal(err)
		}
	}
	if d.Dialect == db.Postgres {
		k.made.run(t, d, []string{`vacuum analyze`})
	}
}

var keyColumns = append(slices.Clone(madeColumns), "agency_key")

func (k *madeKeys) values(r madeReport) []any {
	return append(k.made.values(r), bodies.AgencyKey(k.made.names[r.agency]))
}

func (k *madeKeys) insert(ctx context.Context, d *db.DB, reports []madeReport) error {
	return d.Change(ctx, func(tx *sql.Tx) error {
		marks := number(strings.TrimSuffix(strings.Repeat("?,", len(keyColumns)), ","), 1)
		for _, r := range reports {
			if _, err := tx.ExecContext(ctx, `insert into reports (`+strings.Join(keyColumns, ",")+`) values (`+marks+`)`, k.values(r)...); err != nil {
				return err
			}
			if err := (&Catalog{db: d}).writeSketch(ctx, tx, intake.Row{Sketch: k.sketch()}, r.place); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *madeKeys) copyIn(ctx context.Context, d *db.DB, reports []madeReport) error {
	conn, err := d.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		var rows, keys [][]any
		for _, r := range reports {
			rows = append(rows, k.values(r))
			for _, key := range k.sketch() {
				keys = append(keys, []any{key, r.place})
			}
		}
		c := driver.(*stdlib.Conn).Conn()
		_, err := c.CopyFrom(ctx, pgx.Identifier{"reports"}, keyColumns, pgx.CopyFromRows(rows))
		if err == nil {
			_, err = c.CopyFrom(ctx, pgx.Identifier{"sketches"}, []string{"hash", "place"}, pgx.CopyFromRows(keys))
		}
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
	}{
		{"alike, own words", k.sketch},
		{"alike, a copy", func() []int64 { return keysOf(some()) }},
		{"alike, half copies of four", func() []int64 {
			var keys []int64
			for range 4 {
				other := keysOf(some())
				keys = append(keys, other[:len(other)/3]...)
			}
			slices.Sort(keys)
			return slices.Compact(keys)
		}},
	} {
		const runs = 60
		times, hits := make([]time.Duration, runs), 0 // versions that are not in force are none
		for i := range times {
			sketch := q.sketch()
			start := time.Now()
			found, err := c.Alike(ctx, newcomer, sketch, intake.Scope{})
			if err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			times[i] = time.Since(start)
			if len(found.Rows) > 0 {
				hits++
			}
		}
		k.print(t, q.name+", found "+strconv.Itoa(hits), times)
	}
	var times []time.Duration
	for range 60 {
		row, err := scan(c.db.QueryRowContext(ctx, `select `+selected+` from reports r where r.place = $1`, some()))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := c.Before(ctx, row, intake.Scope{}); err != nil && !errors.Is(err, intake.ErrNotFound) {
			t.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	k.print(t, "the year before", times)
}

func (k *madeKeys) print(t *testing.T, name string, times []time.Duration) {
	slices.Sort(times)
	t.Logf("%-36s p50 %8.2f ms  p95 %8.2f ms", name, ms(times[len(times)/2]), ms(times[len(times)*95/100]))
}

func ptrTo[T any](v T) *T { return &v }
