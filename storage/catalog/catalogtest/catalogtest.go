// Package catalogtest is the contract of a catalog as a test suite, for every
// database that can hold one.
package catalogtest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/storage/db"
)

// Stock is a catalog and the database it is in, where its jobs are, too.
type Stock struct {
	intake.Catalog
	DB *db.DB
}

// Run runs the suite. open makes a new empty catalog, with a real queue, for each
// test. After each the rows of the database are looked at: see consistent.
func Run(t *testing.T, open func(t *testing.T) Stock) {
	rows := map[string]func(*testing.T, intake.Catalog){
		"rows":       testRows,
		"not found":  testNotFound,
		"refresh":    testRefresh,
		"review":     testReview,
		"editions":   testEditions,
		"times":      testTimes,
		"filters":    testFilters,
		"pages":      testPages,
		"bad filter": testBadFilter,
		"no text":    testNoText,
		"search":     testSearch,
		"failed":     testSearchFailed,
		"long text":  testLongText,
		"places":     testPlaces,
		"concurrent": testConcurrent,
		"keys":       testKeys,
	}
	for name, test := range rows {
		t.Run(name, func(t *testing.T) {
			c := open(t)
			if err := c.Ping(t.Context()); err != nil {
				t.Fatalf("Ping: %v", err)
			}
			test(t, c.Catalog)
		})
	}
	for name, test := range workTests() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &desk{Stock: open(t), t: t}
			test(w)
			w.consistent()
		})
	}
}

func workTests() map[string]func(*desk) {
	return map[string]func(*desk){
		"admit":                      testAdmit,
		"admit, known":               testAdmitKnown,
		"admit, same bytes twice":    testAdmitTwice,
		"admit, again":               testAdmitAgain,
		"admit, all or nothing":      testAdmitAllOrNothing,
		"admit, many at once":        testAdmitAtOnce,
		"admit, deleted meanwhile":   testAdmitDeleted,
		"admit, single waits too":    testAdmitSingleWaitsToo,
		"start and settle":           testStartSettle,
		"stale":                      testStale,
		"put back":                   testPutBack,
		"valid":                      testValid,
		"delete":                     testDeleteAtWork,
		"workers":                    testWorkers,
		"at work, reissue":           testReissue,
		"unserved":                   testUnserved,
		"backlog":                    testBacklog,
		"batch":                      testBatch,
		"batch list":                 testBatchList,
		"batch files and events":     testBatchPages,
		"files follow their reports": testFollow,
		"close":                      testClose,
		"cancel":                     testCancel,
		"cancel, running too":        testCancelRunning,
		"cancel, shared":             testCancelShared,
		"cancel, many":               testCancelMany,
		"retry":                      testRetry,
		"retry, nothing to do":       testRetryNothing,
		"put batch":                  testPutBatch,
		"put batch, late":            testPutBatchLate,
		"race: put batch":            testRacePutBatch,
		"race: events":               testRaceEvents,
		"race: cancel":               testRaceCancel,
		"race: one job":              testRaceOneJob,
		"race: everything":           testRaceEverything,
	}
}

func ptr[T any](v T) *T { return &v }

var start = time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)

// row is the n-th of invented reports, each a second newer than the one before.
func row(n int) intake.Row {
	sum := sha256.Sum256(fmt.Appendf(nil, "report %d", n))
	digest := hex.EncodeToString(sum[:])
	return intake.Row{
		Summary: intake.Summary{
			ID:         intake.IDOf(digest),
			State:      intake.StateDone,
			Filename:   fmt.Sprintf("年报%d.pdf", n),
			MediaType:  "application/pdf",
			SHA256:     digest,
			SizeBytes:  int64(1000 + n),
			ReceivedAt: start.Add(time.Duration(n) * time.Second),
			Title:      ptr(fmt.Sprintf("云溪县第%d局2023年政府信息公开工作年度报告", n)),
			Agency:     ptr(fmt.Sprintf("云溪县第%d局", n)),
			Year:       ptr(2023),
			Form:       "2021",
			Status:     "warn",
			Errors:     0,
			Warnings:   2,
			Infos:      1,
			Review:     intake.Tally{State: report.Unreviewed, OpenWarnings: 2},
		},
		Versions: report.Versions{Program: "v1", Forms: "2021.1", Rules: "7"},
		Hits:     []intake.Hit{{Rule: "table.cell_blank", Severity: report.SeverityWarning, Count: 2}},
	}
}

func insert(t *testing.T, c intake.Catalog, rows ...intake.Row) {
	t.Helper()
	for _, r := range rows {
		if created, err := c.Insert(t.Context(), r); err != nil || !created {
			t.Fatalf("Insert(%s) = %v, %v", r.ID, created, err)
		}
	}
}

func wantRow(t *testing.T, c intake.Catalog, want intake.Row) {
	t.Helper()
	got, err := c.Get(t.Context(), want.ID)
	if err != nil {
		t.Fatalf("Get: %v", err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Get (-want +got):\n%s", d)
	}
}

func testRows(t *testing.T, c intake.Catalog) {
	r := row(1)
	insert(t, c, r)
	wantRow(t, c, r)

	other := row(1)
	other.Filename, other.Hits = "other.pdf", nil
	if created, err := c.Insert(t.Context(), other); err != nil || created {
		t.Errorf("Insert again = %v, %v; want false", created, err)
	}
	wantRow(t, c, r)

	r.State, r.Status, r.Errors = intake.StateFailed, "", 3
	r.Title, r.Agency, r.Year, r.Form = nil, nil, nil, ""
	r.Problem = &report.Problem{Code: "damaged", Title: "文件已损坏", Detail: `第 3 页 "xref"`, Limit: "pages=1"}
	r.Hits = []intake.Hit{
		{Rule: "applications.balance", Severity: report.SeverityError, Count: 1},
		{Rule: "table.cell_blank", Severity: report.SeverityInfo, Count: 4},
	}
	if err := c.Update(t.Context(), r); err != nil {
		t.Fatalf("Update: %v", err)
	}
	wantRow(t, c, r)

	if err := c.Delete(t.Context(), r.ID, r.ReceivedAt.Add(-time.Second)); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("Delete of what was received before: %v, want ErrNotFound", err)
	}
	wantRow(t, c, r)
	if err := c.Delete(t.Context(), r.ID, r.ReceivedAt); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if page, err := c.List(t.Context(), intake.Filter{Rule: "applications.balance"}); err != nil || page.Total != 0 {
		t.Errorf("after Delete the rule finds %d, %v", page.Total, err)
	}
	insert(t, c, row(1)) // deleted with all that belongs to it
	wantRow(t, c, row(1))
}

func testNotFound(t *testing.T, c intake.Catalog) {
	for name, err := range map[string]error{
		"Get":    func() error { _, err := c.Get(t.Context(), "nobody"); return err }(),
		"Update": c.Update(t.Context(), row(1)),
		"Delete": c.Delete(t.Context(), "' or 1=1 --", start),
	} {
		if !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

// testTimes: microseconds and UTC come back, in any zone they are given.
func testTimes(t *testing.T, c intake.Catalog) {
	r := row(1)
	r.ReceivedAt = r.ReceivedAt.In(time.FixedZone("CST", 8*3600))
	insert(t, c, r)
	got, err := c.Get(t.Context(), r.ID)
	if err != nil || !got.ReceivedAt.Equal(r.ReceivedAt) || got.ReceivedAt.Location() != time.UTC {
		t.Errorf("ReceivedAt = %v, %v", got.ReceivedAt, err)
	}
}

// filterRows are five reports that each filter tells apart.
func filterRows() []intake.Row {
	rows := make([]intake.Row, 5)
	for i := range rows {
		rows[i] = row(i)
	}
	rows[1].Agency, rows[1].Title, rows[1].Filename = ptr("青石镇人民政府"), ptr("青石镇２０２４年度报告 ABC"), "qs_100%.docx"
	rows[1].Year, rows[1].Form, rows[1].Status = ptr(2024), "2019", "fail"
	rows[1].Hits = []intake.Hit{{Rule: "applications.balance", Severity: report.SeverityError, Count: 1}}
	rows[2].State, rows[2].Status, rows[2].Agency, rows[2].Title = intake.StateFailed, "", nil, nil
	rows[2].Filename, rows[2].Year, rows[2].Form, rows[2].Hits = "坏文件.pdf", nil, "", nil
	rows[3].Status, rows[3].Form, rows[3].Hits = "pass", "narrative", nil
	return rows
}

func testFilters(t *testing.T, c intake.Catalog) {
	rows := filterRows()
	insert(t, c, rows...)
	for name, tt := range map[string]struct {
		f    intake.Filter
		want []int // newest first
	}{
		"all":                {intake.Filter{}, []int{4, 3, 2, 1, 0}},
		"agency":             {intake.Filter{Agency: "云溪县"}, []int{4, 3, 0}},
		"agency, inner part": {intake.Filter{Agency: "石镇人"}, []int{1}},
		"year":               {intake.Filter{Year: 2024}, []int{1}},
		"form":               {intake.Filter{Form: "narrative"}, []int{3}},
		"status":             {intake.Filter{Status: "fail"}, []int{1}},
		"status failed":      {intake.Filter{Status: "failed"}, []int{2}},
		"rule":               {intake.Filter{Rule: "table.cell_blank"}, []int{4, 0}},
		"no such rule":       {intake.Filter{Rule: "table"}, nil},
		"query in title":     {intake.Filter{Query: "第3局"}, []int{3}},
		"query in file name": {intake.Filter{Query: "坏文件"}, []int{2}},
		"query, two words":   {intake.Filter{Query: " 云溪县　第4局 "}, []int{4}},
		"query, other width": {intake.Filter{Query: "2024 ａｂｃ"}, []int{1}},
		"query, other case":  {intake.Filter{Query: "QS_100%.DOCX"}, []int{1}},
		"percent is no wild": {intake.Filter{Query: "100%d"}, nil},
		"line is no wild":    {intake.Filter{Agency: "云_县"}, nil},
		"backslash":          {intake.Filter{Query: `\`}, nil},
		"several":            {intake.Filter{Year: 2023, Rule: "table.cell_blank", Query: "第4局"}, []int{4}},
	} {
		page, err := c.List(t.Context(), tt.f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want []intake.Summary
		for _, i := range tt.want {
			want = append(want, rows[i].Summary)
		}
		if d := cmp.Diff(want, slices.Clip(append([]intake.Summary(nil), page.Items...))); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if page.Total != int64(len(want)) || page.Next != "" || page.Items == nil {
			t.Errorf("%s: total %d, next %q, items %v", name, page.Total, page.Next, page.Items)
		}
	}
}

// testPages walks a list in which many reports have the same time, while newer
// ones come in.
func testPages(t *testing.T, c intake.Catalog) {
	var want []string
	for i := range 57 {
		r := row(i)
		r.ReceivedAt = start.Add(time.Duration(i/10) * time.Microsecond)
		insert(t, c, r)
		want = append(want, fmt.Sprintf("%d %s", r.ReceivedAt.UnixMicro(), r.ID))
	}
	slices.Sort(want)
	slices.Reverse(want)
	for _, limit := range []int{1, 10, 57, 200} {
		var got []string
		f := intake.Filter{Limit: limit, Year: 2023}
		for pages := 0; ; pages++ {
			page, err := c.List(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range page.Items {
				got = append(got, fmt.Sprintf("%d %s", s.ReceivedAt.UnixMicro(), s.ID))
			}
			if f.Cursor = page.Next; f.Cursor == "" || pages > 100 {
				break
			}
			newer := row(1000*limit + pages)
			newer.ReceivedAt, newer.Year = start.Add(time.Hour), ptr(2023)
			insert(t, c, newer)
			defer func() { _ = c.Delete(t.Context(), newer.ID, newer.ReceivedAt) }()
		}
		// What came in later is not on the later pages; the first page of the
		// next round starts with it.
		got = slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) })
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, d)
		}
	}
	page, err := c.List(t.Context(), intake.Filter{})
	if err != nil || len(page.Items) != 50 || page.Next == "" {
		t.Errorf("without a limit: %d items, next %q, %v; want 50", len(page.Items), page.Next, err)
	}
}

func testBadFilter(t *testing.T, c intake.Catalog) {
	insert(t, c, row(0), row(1))
	page, err := c.List(t.Context(), intake.Filter{Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatalf("next %q, %v", page.Next, err)
	}
	for _, f := range []intake.Filter{
		{Limit: -1}, {Limit: 201},
		{Cursor: "x"}, {Cursor: page.Next + "AA"}, {Cursor: page.Next[1:]}, {Cursor: strings.Repeat("A", 5000)},
		{Query: strings.Repeat("字 ", 21)}, {Query: strings.Repeat("x", 2001)}, {Agency: strings.Repeat("x", 60_000)},
	} {
		if _, err := c.List(t.Context(), f); !errors.Is(err, intake.ErrBadFilter) {
			t.Errorf("%.80v: %v, want ErrBadFilter", f, err)
		}
	}
}

// testConcurrent: writers and readers at a time, without "database is locked".
func testConcurrent(t *testing.T, c intake.Catalog) {
	const writers, each = 6, 15
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				r := row(w*each + i)
				if _, err := c.Insert(t.Context(), r); err != nil {
					t.Errorf("Insert: %v", err)
				}
				r.State = intake.StateRunning
				if err := c.Update(t.Context(), r); err != nil {
					t.Errorf("Update: %v", err)
				}
				if _, err := c.List(t.Context(), intake.Filter{Limit: 10}); err != nil {
					t.Errorf("List: %v", err)
				}
			}
		})
	}
	created := make([]bool, 8)
	for i := range created { // one id, many at a time
		wg.Go(func() {
			var err error
			if created[i], err = c.Insert(t.Context(), row(9999)); err != nil {
				t.Errorf("Insert: %v", err)
			}
		})
	}
	wg.Wait()
	n := 0
	for _, ok := range created {
		if ok {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d inserts of one id say they created it", n)
	}
	page, err := c.List(t.Context(), intake.Filter{Limit: 1})
	if err != nil || page.Total != writers*each+1 {
		t.Errorf("total %d, %v", page.Total, err)
	}
}

// What PostgreSQL cannot have as text is nothing's name on SQLite either.
func testNoText(t *testing.T, c intake.Catalog) {
	ctx := t.Context()
	for _, s := range []string{"a\x00", "a\xff"} {
		_, get := c.Get(ctx, s)
		_, batch := c.Batch(ctx, s)
		_, cancel := c.CancelBatch(ctx, s, true)
		_, retry := c.RetryBatch(ctx, s)
		for i, err := range []error{get, batch, cancel, retry, c.Delete(ctx, s, start), c.CloseBatch(ctx, s)} {
			if !errors.Is(err, intake.ErrNotFound) {
				t.Errorf("%d of %q: %v", i, s, err)
			}
		}
		files, err := c.BatchFiles(ctx, s, 0, 1)
		events, also := c.BatchEvents(ctx, s, 0, 1)
		if len(files)+len(events) > 0 || err != nil || also != nil {
			t.Errorf("files of %q: %v, %v", s, err, also)
		}
		for _, f := range []intake.Filter{{Agency: s}, {Query: s}, {Rule: s}, {Form: s}, {Status: s}, {Body: s}} {
			if _, err := c.List(ctx, f); !errors.Is(err, intake.ErrBadFilter) {
				t.Errorf("%+v: %v", f, err)
			}
		}
	}
	r := row(1)
	r.Filename, r.Title = "年\x00报\xff.pdf", ptr("标\x00题")
	insert(t, c, r)
	r.Filename, r.Title = "年报\uFFFD.pdf", ptr("标题")
	wantRow(t, c, r)
}
