package intake_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/storage/archive/archivetest"
	"nianbao/storage/archive/dir"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is a Service with a real archive and a real catalog behind it, and
// readers that are played.
type house struct {
	t       testing.TB
	root    string
	archive archivetest.Store
	db      *db.DB
	catalog *catalog.Catalog
	reader  *reader
	clock   *clock
	elapsed *clock // what no setting of the clock changes
	source  string // of a PostgreSQL database; empty: SQLite in root
	name    string // of the worker
	jobs    *queue.Queue
	worker  *queue.Worker
	resign  func()
	idle    bool // open does not begin to work
	// untended houses do no upkeep but what the test asks for.
	untended bool
	*intake.Service
}

// newHouse builds a house in a new directory. change may replace parts of the
// configuration.
func newHouse(t testing.TB, change ...func(*intake.Config)) *house {
	t.Helper()
	root := t.TempDir()
	a, err := dir.Open(filepath.Join(root, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	return newHouseOn(t, root, a, change...)
}

// newHouseOn builds a house on an archive whose uploads are staged in
// root/archive/staging.
func newHouseOn(t testing.TB, root string, a archivetest.Store, change ...func(*intake.Config)) *house {
	t.Helper()
	h := &house{root: root, archive: a}
	h.furnish(t, change...)
	return h
}

// newHouseOnPostgres builds a house whose catalog is in the database of a source.
func newHouseOnPostgres(t testing.TB, source string, change ...func(*intake.Config)) *house {
	t.Helper()
	h := &house{source: source}
	h.build(t, change...)
	return h
}

// build is newHouse for a house with some things in it already.
func (h *house) build(t testing.TB, change ...func(*intake.Config)) {
	t.Helper()
	h.root = t.TempDir()
	a, err := dir.Open(filepath.Join(h.root, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	h.archive = a
	h.furnish(t, change...)
}

// loseCatalog makes a new database take the place of the old one, which nobody has
// any more, and rebuilds it.
func (h *house) loseCatalog(change ...func(*intake.Config)) {
	h.t.Helper()
	h.close()
	for _, name := range []string{"catalog.db", "catalog.db-wal", "catalog.db-shm"} {
		if err := os.Remove(filepath.Join(h.root, name)); err != nil && !os.IsNotExist(err) {
			h.t.Fatal(err)
		}
	}
	h.open(change...)
	if _, damaged, err := h.Rebuild(h.t.Context()); err != nil || damaged != 0 {
		h.t.Fatalf("Rebuild: %d damaged, %v", damaged, err)
	}
}

func (h *house) furnish(t testing.TB, change ...func(*intake.Config)) {
	t.Helper()
	h.t, h.reader, h.clock = t, &reader{}, &clock{now: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	h.elapsed, h.name = &clock{}, "house"
	h.open(change...)
	t.Cleanup(h.close)
}

// neighbour opens another house on the same archive and database, as another
// process would be.
func (h *house) neighbour(name string, change ...func(*intake.Config)) *house {
	h.t.Helper()
	n := &house{t: h.t, root: h.root, archive: h.archive, source: h.source, idle: h.idle,
		reader: &reader{}, clock: h.clock, elapsed: &clock{}, name: name}
	n.open(change...)
	h.t.Cleanup(n.leave) // others may still stage what they write
	return n
}

// newWorker starts a further worker.
func (h *house) newWorker(id string, handle intake.Handler) *queue.Worker {
	h.t.Helper()
	w, err := h.jobs.NewWorker(h.t.Context(), queue.WorkerConfig{ID: id, Jobs: 2, Handle: handle})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := w.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	return w
}

// open starts a service on what is in the house, as a new process would.
func (h *house) open(change ...func(*intake.Config)) {
	h.t.Helper()
	var err error
	if h.source != "" {
		h.db, err = db.OpenPostgres(h.t.Context(), h.source)
	} else {
		h.db, err = db.OpenSQLite(h.t.Context(), h.dbFile())
	}
	if err != nil {
		h.t.Fatal(err)
	}
	jobs, err := queue.Open(h.t.Context(), h.db)
	if err != nil {
		h.t.Fatal(err)
	}
	h.catalog = catalog.New(h.db, jobs).WithClock(h.clock.Now)
	cfg := h.config()
	for _, f := range change {
		f(&cfg)
	}
	if h.Service, err = intake.New(cfg); err != nil {
		h.t.Fatal(err)
	}
	h.jobs = jobs
	if h.worker, err = jobs.NewWorker(h.t.Context(), queue.WorkerConfig{ID: cfg.Worker, Jobs: cfg.Jobs, Handle: h.Work}); err != nil {
		h.t.Fatal(err)
	}
	h.resign = func() {}
	if !h.idle {
		h.start()
	}
}

// start begins to work.
func (h *house) start() {
	h.t.Helper()
	if err := errors.Join(h.Beat(h.t.Context()), h.worker.Start(h.t.Context())); err != nil {
		h.t.Fatal(err)
	}
	if h.untended {
		return
	}
	ctx, resign := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { h.Tend(ctx); close(ended) }()
	h.resign = func() { resign(); <-ended }
}

func (h *house) config() intake.Config {
	return intake.Config{
		Archive:   h.archive,
		Records:   h.archive,
		Catalog:   h.catalog,
		Sniff:     sniff,
		Extractor: h.reader,
		Convert:   convert,
		Judge:     judge,
		Title:     strings.ToUpper,
		Versions:  report.Versions{Program: "v0.1.0+dirty", Forms: "2021,2019", Rules: "1"},
		Worker:    h.name,
		Host:      "localhost",
		Jobs:      2,
		Backoff:   time.Millisecond,
		Patience:  10 * time.Millisecond,
		Clock:     h.clock.Now,
		Elapsed:   func() time.Duration { return h.elapsed.Now().Sub(time.Time{}) },
	}
}

func (h *house) dbFile() string { return filepath.Join(h.root, "catalog.db") }

func (h *house) close() {
	h.t.Helper()
	if h.Service == nil {
		return
	}
	h.leave()
	h.wantNothingStaged()
}

// leave ends the service.
func (h *house) leave() {
	h.t.Helper()
	if h.Service == nil {
		return
	}
	err := h.worker.Stop(context.Background())
	h.resign()
	if err := errors.Join(err, h.Close(context.Background()), h.db.Close()); err != nil {
		h.t.Errorf("closing: %v", err)
	}
	h.Service = nil
}

func (h *house) wantNothingStaged() {
	h.t.Helper()
	left, err := os.ReadDir(filepath.Join(h.root, "archive", "staging"))
	if err != nil || len(left) > 0 {
		h.t.Errorf("left in staging: %v, %v", left, err)
	}
}

func (h *house) upload(name, content string) (intake.Receipt, error) {
	h.t.Helper()
	return h.Upload(h.t.Context(), intake.Incoming{Filename: name, Body: strings.NewReader(content)})
}

func (h *house) mustUpload(name, content string) intake.Receipt {
	h.t.Helper()
	r, err := h.upload(name, content)
	if err != nil {
		h.t.Fatalf("Upload(%s): %v", name, err)
	}
	return r
}

func (h *house) summary(id string) intake.Summary {
	h.t.Helper()
	s, err := h.Summary(h.t.Context(), id)
	if err != nil {
		h.t.Fatalf("Summary(%s): %v", id, err)
	}
	return s
}

func (h *house) list() []intake.Summary {
	h.t.Helper()
	page, err := h.List(h.t.Context(), intake.Filter{Limit: 200})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Items
}

// originals are the digests in the archive, each of which must re-hash.
func (h *house) originals() []string {
	h.t.Helper()
	var all []string
	for d, err := range h.archive.Digests(h.t.Context()) {
		if err != nil {
			h.t.Fatal(err)
		}
		o, err := h.archive.Open(h.t.Context(), d)
		if err != nil {
			h.t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, o); err != nil {
			h.t.Errorf("original %s: %v", d, err)
		}
		_ = o.Close()
		all = append(all, d)
	}
	return all
}

// events are the kinds of a report's events in order, those of all reports
// where sha256 is empty.
func (h *house) events(sha256 string) (kinds []string) {
	h.t.Helper()
	prefix := "events/"
	if sha256 != "" {
		prefix += sha256 + "/"
	}
	for key, err := range h.archive.List(h.t.Context(), prefix) {
		if err != nil {
			h.t.Fatal(err)
		}
		b, err := h.archive.Get(h.t.Context(), key)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, kind := range []string{"received", "converted", "failed", "deleted", "attached", "released", "chosen", "reviewed"} {
			if bytes.Contains(b, []byte(`"event":"`+kind+`"`)) {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}

func (h *house) wantEvents(sha256 string, want ...string) {
	h.t.Helper()
	if got := h.events(sha256); !slices.Equal(got, want) {
		h.t.Errorf("events %v, want %v", got, want)
	}
}

// until waits for what other goroutines do.
func (h *house) until(what string, ok func() bool) {
	h.t.Helper()
	deadline := time.After(2 * time.Minute)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			h.t.Fatalf("waited too long for: %s", what)
		case <-tick.C:
		}
	}
}
