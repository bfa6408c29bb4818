package catalog

import (
	"context"
	"database/sql"
	"fmt"
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
	"nianbao/convert/overview"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// TestScale measures lists, searches and history lookups over many made reports
// and prints the median and the 95th percentile of each kind of query. It fails
// only where a query does; times are read, not asserted. NIANBAO_SCALE is the
// number of reports:
//
//	NIANBAO_SCALE=1000000 go test ./storage/catalog -run TestScale -v -timeout 3h
//
// NIANBAO_SCALE_SQLITE (a file) and NIANBAO_SCALE_POSTGRES (a data source name)
// are databases to do so in that stay, and are filled only where they are empty.
func TestScale(t *testing.T) {
	reports := 20_000
	if s := os.Getenv("NIANBAO_SCALE"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		reports = n
	}
	if testing.Short() {
		reports = 5_000 // enough for twenty times 200 proposals
	}
	measure := func(t *testing.T, d *db.DB) {
		c := New(d, nil)
		m := made{reports: reports, rnd: rand.New(rand.NewPCG(1, 2))}
		m.words()
		start := time.Now()
		if page, err := c.List(t.Context(), intake.Filter{}); err != nil || page.Total == 0 {
			m.load(t, d)
		}
		t.Logf("%d reports made in %v", reports, time.Since(start).Round(time.Second))
		m.measure(t, c)
	}
	kept := false
	for variable, open := range map[string]func(context.Context, string) (*db.DB, error){
		"NIANBAO_SCALE_SQLITE": db.OpenSQLite, "NIANBAO_SCALE_POSTGRES": db.OpenPostgres,
	} {
		if source := os.Getenv(variable); source != "" {
			kept = true
			t.Run(variable, func(t *testing.T) {
				d, err := open(t.Context(), source)
				if err != nil {
					t.Fatal(err)
				}
				defer d.Close()
				measure(t, d)
			})
		}
	}
	if !kept {
		dbtest.Each(t, measure)
	}
}

// made is the reports: a few thousand agencies, each with a report a year and some
// again, with rules and words of any frequency.
type made struct {
	reports int
	rnd     *rand.Rand
	phrases []string
	grams   [][]string // of each phrase
	zipf    *rand.Zipf
	names   []string   // of agencies
	marks   [][]string // of each agency's name
}

const (
	madeAgencies = 4000
	madePhrases  = 20_000
	madeRules    = 60
	phrasesEach  = 10
)

func (m *made) words() {
	m.zipf = rand.NewZipf(m.rnd, 1.07, 2, madePhrases-1)
	common := []string{"政府信息公开", "主动公开政府信息", "信息公开申请", "政府信息公开行政复议", "行政规范性文件", "依申请公开", "政务公开工作"}
	for i := range madePhrases {
		var b strings.Builder
		for range 3 + m.rnd.IntN(6) {
			b.WriteRune(rune(0x4E00 + m.rnd.IntN(1500)))
		}
		phrase := b.String()
		switch {
		case i < len(common):
			phrase = common[i]
		case i == 300:
			phrase = "珍稀疫苗接种"
		case i == 9000:
			phrase = "石墨烯材料"
		}
		var set gramSet
		set.add("", phrase)
		m.phrases, m.grams = append(m.phrases, phrase), append(m.grams, set.list())
	}
	for i := range madeAgencies {
		name := fmt.Sprintf("%s县第%d局", []string{"云溪", "青石", "白石", "松陵", "临河"}[i%5], i)
		var set gramSet
		set.add(agencyMark, name)
		set.add("", name+"年度报告")
		m.names, m.marks = append(m.names, name), append(m.marks, set.list())
	}
}

// The first report came at madeStart, the next madeStep later.
var madeStart = time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)

const madeStep = 220 * time.Second

// somewhere is a place among the reports.
func (m *made) somewhere() int64 {
	return placeOf(madeStart.Add(time.Duration(m.rnd.IntN(m.reports))*madeStep), "")
}

// madeReport is one of them, as the tables have it.
type madeReport struct {
	id       string
	place    int64
	us       int64
	agency   int
	year     int
	form     string
	status   string
	state    string
	rules    []int
	gramText string
}

func (m *made) report(i int) madeReport {
	us := madeStart.UnixMicro() + int64(i)*madeStep.Microseconds()
	r := madeReport{us: us, agency: m.rnd.IntN(madeAgencies), state: "done"}
	id := make([]byte, 26)
	for k := range id {
		id[k] = idOrder[m.rnd.IntN(32)]
	}
	r.id = string(id)
	r.place = placeOf(time.UnixMicro(us), r.id)
	r.year = 2018 + i*7/m.reports - m.rnd.IntN(5)/4
	r.form = "2021"
	if r.year < 2021 {
		r.form = "2019"
	}
	r.status = []string{"pass", "warn", "warn", "warn", "fail"}[m.rnd.IntN(5)]
	if m.rnd.IntN(500) == 0 {
		r.state, r.status, r.form = "failed", "", ""
	}
	for rule := range madeRules {
		if m.rnd.IntN(2+rule*rule) == 0 && r.state != "failed" {
			r.rules = append(r.rules, rule)
		}
	}
	grams := slices.Clone(m.marks[r.agency])
	for range phrasesEach {
		grams = append(grams, m.grams[m.zipf.Uint64()]...)
	}
	if r.state == "failed" { // found by its names only
		grams = append(slices.Clone(m.marks[r.agency]), failedMark)
	}
	slices.Sort(grams)
	r.gramText = strings.Join(slices.Compact(grams), " ")
	return r
}

var madeColumns = []string{"id", "state", "filename", "media_type", "sha256", "size_bytes", "received_us", "title", "agency",
	"report_year", "form", "status", "errors", "warnings", "infos", "program", "forms", "rules", "agency_folded", "text_folded",
	"place", "texted", "body_id", "body_by", "body_list"}

func (m *made) values(r madeReport) []any {
	name := m.names[r.agency]
	title := name + "年度报告"
	return []any{r.id, r.state, "年报.pdf", "application/pdf", r.id, 100_000, r.us, title, name, r.year, r.form, r.status,
		0, 2, 1, "v1", "1", "1", fold(name), fold(title + "\n" + name + "\n年报.pdf"), r.place, true,
		bodyID(r.agency), "title", 1}
}

func bodyID(agency int) string { return fmt.Sprintf("b%d", agency) }

// load puts the reports into the tables, in large pieces.
func (m *made) load(t *testing.T, d *db.DB) {
	t.Helper()
	const piece = 10_000
	var before, after []string // an index is quicker made at once
	if d.Dialect == db.Postgres {
		before = []string{`drop index search_grams`}
		after = []string{`create index search_grams on search using gin (grams)`}
	}
	m.run(t, d, before)
	for from := 0; from < m.reports; from += piece {
		rows := make([]madeReport, 0, piece)
		for i := from; i < min(from+piece, m.reports); i++ {
			rows = append(rows, m.report(i))
		}
		var err error
		if d.Dialect == db.Postgres {
			err = m.copyRows(t.Context(), d, rows)
		} else {
			err = m.insertRows(t.Context(), d, rows)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	m.run(t, d, after)
	if d.Dialect == db.Postgres {
		m.run(t, d, []string{`vacuum analyze`})
	}
}

func (m *made) run(t *testing.T, d *db.DB, statements []string) {
	t.Helper()
	for _, s := range statements {
		if _, err := d.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func (m *made) insertRows(ctx context.Context, d *db.DB, rows []madeReport) error {
	return d.Change(ctx, func(tx *sql.Tx) error {
		marks := number(strings.TrimSuffix(strings.Repeat("?,", len(madeColumns)), ","), 1)
		report, err := tx.PrepareContext(ctx, `insert into reports (`+strings.Join(madeColumns, ",")+`) values (`+marks+`)`)
		if err != nil {
			return err
		}
		defer func() { _ = report.Close() }()
		finding, err := tx.PrepareContext(ctx, `insert into findings (report_id, rule, severity, hits, place) values ($1, $2, 'warning', 1, $3)`)
		if err != nil {
			return err
		}
		defer func() { _ = finding.Close() }()
		grams, err := tx.PrepareContext(ctx, `insert into search (rowid, grams) values ($1, $2)`)
		if err != nil {
			return err
		}
		defer func() { _ = grams.Close() }()
		for _, r := range rows {
			if _, err := report.ExecContext(ctx, m.values(r)...); err != nil {
				return err
			}
			if _, err := grams.ExecContext(ctx, r.place, r.gramText); err != nil {
				return err
			}
			for _, rule := range r.rules {
				if _, err := finding.ExecContext(ctx, r.id, ruleName(rule), r.place); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func ruleName(rule int) string { return fmt.Sprintf("made.rule_%d", rule) }

func (m *made) copyRows(ctx context.Context, d *db.DB, rows []madeReport) error {
	conn, err := d.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		var reports, findings, grams [][]any
		for _, r := range rows {
			reports = append(reports, m.values(r))
			grams = append(grams, []any{r.place, r.gramText})
			for _, rule := range r.rules {
				findings = append(findings, []any{r.id, ruleName(rule), "warning", 1, r.place})
			}
		}
		if _, err := c.Exec(ctx, `create temp table if not exists made_grams (place bigint, grams text); truncate made_grams`); err != nil {
			return err
		}
		for _, table := range []struct {
			name    string
			columns []string
			rows    [][]any
		}{
			{"reports", madeColumns, reports}, {"findings", []string{"report_id", "rule", "severity", "hits", "place"}, findings},
			{"made_grams", []string{"place", "grams"}, grams},
		} {
			if _, err := c.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows)); err != nil {
				return err
			}
		}
		_, err := c.Exec(ctx, `insert into search (place, grams) select place, array_to_tsvector(string_to_array(grams, ' ')) from made_grams`)
		return err
	})
}

// measure asks each kind of query many times, with other values each time.
func (m *made) measure(t *testing.T, c *Catalog) {
	agency := func() string { return m.names[m.rnd.IntN(madeAgencies)] }
	year := func() int { return 2018 + m.rnd.IntN(7) }
	status := func() string { return []string{"pass", "warn", "fail", "failed"}[m.rnd.IntN(4)] }
	phrase := func() string { return m.phrases[m.rnd.IntN(madePhrases)] }
	const page = 30
	for _, q := range []struct {
		name   string
		filter func() intake.Filter
	}{
		{"list", func() intake.Filter { return intake.Filter{} }},
		{"list, deep page", func() intake.Filter {
			return intake.Filter{Cursor: placeCursor(m.somewhere())}
		}},
		{"year", func() intake.Filter { return intake.Filter{Year: year()} }},
		{"year, no report", func() intake.Filter { return intake.Filter{Year: 1999} }},
		{"status", func() intake.Filter { return intake.Filter{Status: status()} }},
		{"year status", func() intake.Filter { return intake.Filter{Year: year(), Status: status()} }},
		{"agency", func() intake.Filter { return intake.Filter{Agency: agency()} }},
		{"agency, many", func() intake.Filter { return intake.Filter{Agency: "云溪县"} }},
		{"agency, part", func() intake.Filter { return intake.Filter{Agency: "第77"} }},
		{"agency, none", func() intake.Filter { return intake.Filter{Agency: "无此机关"} }},
		{"agency year", func() intake.Filter { return intake.Filter{Agency: agency(), Year: year()} }},
		{"agency many, year", func() intake.Filter { return intake.Filter{Agency: "云溪县", Year: year()} }},
		{"agency status", func() intake.Filter { return intake.Filter{Agency: agency(), Status: status()} }},
		{"agency many, status", func() intake.Filter { return intake.Filter{Agency: "县", Status: status()} }},
		{"agency year status", func() intake.Filter { return intake.Filter{Agency: agency(), Year: year(), Status: status()} }},
		{"agency many, year status", func() intake.Filter { return intake.Filter{Agency: "白石县", Year: year(), Status: status()} }},
		{"form", func() intake.Filter { return intake.Filter{Form: "2019"} }},
		{"form year status", func() intake.Filter { return intake.Filter{Form: "2021", Year: year(), Status: status()} }},
		{"rule, frequent", func() intake.Filter { return intake.Filter{Rule: ruleName(1)} }},
		{"rule, rare", func() intake.Filter { return intake.Filter{Rule: ruleName(55)} }},
		{"rule year", func() intake.Filter { return intake.Filter{Rule: ruleName(m.rnd.IntN(madeRules)), Year: year()} }},
		{"rule status", func() intake.Filter { return intake.Filter{Rule: ruleName(m.rnd.IntN(madeRules)), Status: status()} }},
		{"q, in most", func() intake.Filter { return intake.Filter{Query: "政府信息公开"} }},
		{"q, frequent", func() intake.Filter { return intake.Filter{Query: "行政规范性文件"} }},
		{"q, long", func() intake.Filter { return intake.Filter{Query: "政府信息公开行政复议"} }},
		{"q, one character", func() intake.Filter { return intake.Filter{Query: "信"} }},
		{"q, seldom", func() intake.Filter { return intake.Filter{Query: "珍稀疫苗接种"} }},
		{"q, any phrase", func() intake.Filter { return intake.Filter{Query: phrase()} }},
		{"q, none", func() intake.Filter { return intake.Filter{Query: "不存在的词语"} }},
		{"q, two words", func() intake.Filter { return intake.Filter{Query: "公开 疫苗"} }},
		{"q, two frequent words", func() intake.Filter { return intake.Filter{Query: "行政复议 文件"} }},
		{"q, deep page", func() intake.Filter {
			return intake.Filter{Query: "信息公开", Cursor: placeCursor(m.somewhere())}
		}},
		{"q year", func() intake.Filter { return intake.Filter{Query: "信息公开", Year: year()} }},
		{"q seldom, year", func() intake.Filter { return intake.Filter{Query: "疫苗", Year: year()} }},
		{"q status", func() intake.Filter { return intake.Filter{Query: "行政复议", Status: status()} }},
		{"q agency", func() intake.Filter { return intake.Filter{Query: "公开", Agency: agency()} }},
		{"q agency year status", func() intake.Filter {
			return intake.Filter{Query: "信息公开", Agency: "云溪县", Year: year(), Status: status()}
		}},
		{"history of a body", func() intake.Filter { return intake.Filter{Body: bodyID(m.rnd.IntN(madeAgencies))} }},
		{"history of a body, a year", func() intake.Filter {
			return intake.Filter{Body: bodyID(m.rnd.IntN(madeAgencies)), Year: year()}
		}},
	} {
		const runs = 40
		times := make([]time.Duration, runs)
		var last intake.Page
		for i := range times {
			f := q.filter()
			f.Limit = page
			start := time.Now()
			var err error
			if last, err = c.List(t.Context(), f); err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			times[i] = time.Since(start)
		}
		slices.Sort(times)
		t.Logf("%-28s p50 %8.2f ms  p95 %8.2f ms  (%d of %d%s)", q.name, ms(times[runs/2]), ms(times[runs*95/100]),
			len(last.Items), last.Total, map[bool]string{true: "+"}[last.TotalCapped])
	}
	m.measureOthers(t, c)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// measureOthers measures what is not a list.
func (m *made) measureOthers(t *testing.T, c *Catalog) {
	m.measureYear(t, c)
	var times []time.Duration
	for range 100 {
		var id string
		err := c.db.QueryRowContext(t.Context(), `select id from reports where place >= $1 order by place limit 1`, m.somewhere()).Scan(&id)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := c.Get(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	t.Logf("%-28s p50 %8.2f ms  p95 %8.2f ms", "one report", ms(times[len(times)/2]), ms(times[len(times)*95/100]))
	l, err := bodies.New([]bodies.Entry{{Body: bodies.Body{ID: bodyID(7), Name: m.names[7]}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := c.Bodies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.Version = max(1, before.Version) + 1
	if err := c.ReplaceBodies(t.Context(), l, bodies.Edit{At: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	times = times[:0]
	for range 20 {
		start := time.Now()
		if n, err := c.Repropose(t.Context(), 200); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	t.Logf("%-28s p50 %8.2f ms  p95 %8.2f ms", "200 proposals", ms(times[10]), ms(times[19]))
}

// measureYear measures the overview of a year against a list of all agencies.
func (m *made) measureYear(t *testing.T, c *Catalog) {
	entries := make([]bodies.Entry, len(m.names))
	for i, name := range m.names {
		entries[i].Body = bodies.Body{ID: bodyID(i), Name: name}
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := c.Bodies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.Version = before.Version + 1
	if err := c.ReplaceBodies(t.Context(), l, bodies.Edit{At: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	s, err := overview.New(overview.Config{Store: c})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct {
		name  string
		query overview.Query
	}{
		{"year at a glance", overview.Query{Year: 2021}},
		{"year, by name", overview.Query{Year: 2021, Sort: overview.ByName}},
		{"year, one rule", overview.Query{Year: 2021, Rule: ruleName(1), Sort: overview.ByErrors}},
		{"year, nothing received", overview.Query{Year: 1999}},
	} {
		var times []time.Duration
		var y *overview.Year
		for range 20 {
			start := time.Now()
			if y, err = s.Overview(t.Context(), q.query); err != nil {
				t.Fatal(err)
			}
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		t.Logf("%-28s p50 %8.2f ms  p95 %8.2f ms  (%d bodies, %d received, %d selected)", q.name, ms(times[10]), ms(times[19]), y.Counts.Total, y.Counts.Received(), y.Total)
	}
}
