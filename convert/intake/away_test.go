package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"nianbao/convert/intake"
	"nianbao/storage/db/dbtest"
)

// weather is what an archive lives in: while it is bad, each call ends in its
// error.
type weather struct {
	mu      sync.Mutex
	err     error
	only    string // the one kind of call that it is bad for; empty: all
	refused int
}

func (w *weather) turn(err error, only string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.err, w.only, w.refused = err, only, 0
}

func (w *weather) on(call string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil || w.only != "" && w.only != call {
		return nil
	}
	w.refused++
	return fmt.Errorf("%s: %w", call, w.err)
}

func (w *weather) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.refused
}

// exposed is the archive of a house in the weather.
type exposed struct {
	intake.Archive
	intake.Records
	*weather
}

func (e exposed) Stage(ctx context.Context) (intake.Staged, error) {
	if err := e.on("stage"); err != nil {
		return nil, err
	}
	st, err := e.Archive.Stage(ctx)
	return exposedStaged{st, e.weather}, err
}

func (e exposed) Open(ctx context.Context, sha256 string) (intake.Object, error) {
	if err := e.on("open"); err != nil {
		return nil, err
	}
	o, err := e.Archive.Open(ctx, sha256)
	if err != nil {
		return nil, err
	}
	// No file of this machine: jobs need a copy, too.
	return struct{ intake.Object }{o}, nil
}

func (e exposed) Put(ctx context.Context, key string, content []byte) error {
	if err := e.on("put"); err != nil {
		return err
	}
	return e.Records.Put(ctx, key, content)
}

func (e exposed) Get(ctx context.Context, key string) ([]byte, error) {
	if err := e.on("get"); err != nil {
		return nil, err
	}
	return e.Records.Get(ctx, key)
}

type exposedStaged struct {
	intake.Staged
	*weather
}

func (s exposedStaged) Write(p []byte) (int, error) {
	if err := s.on("write"); err != nil {
		return 0, err
	}
	return s.Staged.Write(p)
}

func (s exposedStaged) Commit(ctx context.Context) (bool, error) {
	if err := s.on("commit"); err != nil {
		return false, err
	}
	return s.Staged.Commit(ctx)
}

func newExposedHouse(t *testing.T, change ...func(*intake.Config)) (*house, *weather) {
	t.Helper()
	w := &weather{}
	h := newHouse(t, append(change, func(c *intake.Config) {
		e := exposed{c.Archive, c.Records, w}
		c.Archive, c.Records = e, e
	})...)
	return h, w
}

func (h *house) wantUnavailable(what string, err error, part string, cause error) {
	h.t.Helper()
	var away *intake.UnavailableError
	if !errors.As(err, &away) || away.Part != part || cause != nil && !errors.Is(err, cause) {
		h.t.Errorf("%s: %v, want *UnavailableError of the %s", what, err, part)
	}
}

// TestArchiveAway: while the archive refuses everything, or is full, or one kind of
// call fails, uploads are told so and leave nothing behind, and the jobs of a batch
// wait, without using up their attempts, until it is back.
func TestArchiveAway(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err    error
		only   string
		upload bool // goes through
	}{
		"down":                  {errors.New("connection refused"), "", false},
		"errors when read":      {errors.New("500 internal error"), "open", true},
		"errors of records":     {errors.New("500 internal error"), "get", true},
		"full for originals":    {syscall.ENOSPC, "commit", false},
		"full for results":      {syscall.ENOSPC, "put", false},
		"disk of staging full":  {syscall.ENOSPC, "write", false},
		"staging cannot be had": {syscall.EROFS, "stage", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, w := newExposedHouse(t, func(c *intake.Config) { c.Jobs, c.Patience = 1, time.Millisecond })
			begun, release := h.blocked()
			id := h.send(some("a", 3)...)
			<-begun // the other two have the archive to meet
			before := len(h.originals())
			w.turn(tt.err, tt.only)
			if !tt.upload {
				r, err := h.Upload(t.Context(), intake.Incoming{Filename: "x.pdf", Body: strings.NewReader("pdf x"), NoWait: true})
				if h.wantUnavailable("Upload", err, "archive", tt.err); r.ID != "" {
					t.Errorf("%+v", r)
				}
				if _, err := h.Summary(t.Context(), intake.IDOf(digest("pdf x"))); !errors.Is(err, intake.ErrNotFound) {
					t.Errorf("in the catalog: %v", err)
				}
				batch := h.receive()
				rec, err := h.Receive(t.Context(), batch)
				if err != nil {
					t.Fatal(err)
				}
				err = rec.Add("x.pdf", strings.NewReader("pdf x"))
				_, cerr := rec.Close()
				h.wantUnavailable("batch", errors.Join(err, cerr), "archive", tt.err)
				h.wantFiles(batch, intake.BatchReceiving)
			}
			release()
			if tt.only != "commit" { // which jobs do not need
				h.until("refusals beyond all attempts", func() bool { return w.count() > 4*intake.DefaultAttempts })
				if c := h.batch(id).Counts; c.Failed > 0 || c.Done == 3 {
					t.Errorf("while it is away: %+v", c)
				}
			}
			w.turn(nil, "")
			h.untilEnded(id)
			h.wantFiles(id, intake.BatchDone, "a/0.pdf done", "a/1.pdf done", "a/2.pdf done")
			if n := len(h.originals()); n < before {
				t.Errorf("%d originals, were %d", n, before)
			}
			if r := h.mustUpload("x.pdf", "pdf x"); r.State != intake.StateDone {
				t.Errorf("afterwards: %+v", r)
			}
		})
	}
}

// slow is an archive whose Commit takes until it is told.
type slow struct {
	intake.Archive
	arrived chan struct{}
	release chan struct{}
}

func (s slow) Stage(ctx context.Context) (intake.Staged, error) {
	st, err := s.Archive.Stage(ctx)
	return slowStaged{st, s}, err
}

type slowStaged struct {
	intake.Staged
	s slow
}

func (s slowStaged) Commit(ctx context.Context) (bool, error) {
	s.s.arrived <- struct{}{}
	select {
	case <-s.s.release:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return s.Staged.Commit(ctx)
}

// TestArchiveSlow: an upload is not answered before its bytes are durable, however
// long that takes, and they are kept also when the sender has left meanwhile.
// Others are not held up.
func TestArchiveSlow(t *testing.T) {
	t.Parallel()
	s := slow{arrived: make(chan struct{}, 10), release: make(chan struct{})}
	h := newHouse(t, func(c *intake.Config) { s.Archive = c.Archive; c.Archive = s })
	ctx, leave := context.WithCancel(t.Context())
	stays, leaves := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := h.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader("pdf 甲")})
		stays <- err
	}()
	go func() {
		_, err := h.Upload(ctx, intake.Incoming{Filename: "b.pdf", Body: strings.NewReader("pdf 乙")})
		leaves <- err
	}()
	<-s.arrived
	<-s.arrived
	leave()
	if n := len(h.list()); n != 0 || len(stays)+len(leaves) != 0 {
		t.Errorf("%d reports, %d answers", n, len(stays)+len(leaves))
	}
	if err := h.Ready(t.Context()); err != nil {
		t.Errorf("Ready: %v", err)
	}
	close(s.release)
	if err := <-stays; err != nil {
		t.Errorf("Upload: %v", err)
	}
	if err := <-leaves; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Upload: %v", err)
	}
	h.untilState(intake.IDOf(digest("pdf 乙")), intake.StateDone)
}

// lying is an archive whose disk gives a wrong byte the first times.
type lying struct {
	intake.Archive
	root string
	mu   sync.Mutex
	lies int
}

func (l *lying) Open(ctx context.Context, sha256 string) (intake.Object, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lies == 0 {
		return l.Archive.Open(ctx, sha256)
	}
	l.lies--
	file := filepath.Join(l.root, "archive", "originals", sha256[:2], sha256[2:])
	truth, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lie := append([]byte(nil), truth...)
	lie[len(lie)/2] ^= 1
	if err := os.WriteFile(file, lie, 0o600); err != nil {
		return nil, err
	}
	o, err := l.Archive.Open(ctx, sha256)
	return &lie1{o, file, truth}, err
}

// lie1 tells the truth again when it is closed.
type lie1 struct {
	intake.Object
	file  string
	truth []byte
}

func (l *lie1) Close() error {
	return errors.Join(l.Object.Close(), os.WriteFile(l.file, l.truth, 0o600))
}

// TestArchiveCorrupts: a byte that is wrong on the way is never converted. It is
// read again; where it stays wrong the failure is ours, the original untouched, and
// the next upload or retry puts all right.
func TestArchiveCorrupts(t *testing.T) {
	t.Parallel()
	for name, lies := range map[string]int{"once": 1, "always": 1000} {
		t.Run(name, func(t *testing.T) {
			l := &lying{lies: lies}
			h := newHouse(t, func(c *intake.Config) { l.Archive = c.Archive; c.Archive = l })
			l.root = h.root
			id := h.send(sent{"a.pdf", "pdf 甲 错"})
			h.untilEnded(id)
			if lies == 1 {
				h.wantFiles(id, intake.BatchDone, "a.pdf done")
			} else {
				h.wantFiles(id, intake.BatchDone, "a.pdf failed internal")
				if n := h.reader.count(); n != 0 {
					t.Errorf("wrong bytes were read %d times", n)
				}
				l.mu.Lock()
				l.lies = 0
				l.mu.Unlock()
				if _, n, err := h.RetryBatch(t.Context(), id); n != 1 || err != nil {
					t.Errorf("RetryBatch: %d, %v", n, err)
				}
				h.untilEnded(id)
				h.wantFiles(id, intake.BatchDone, "a.pdf done")
			}
			h.originals() // each re-hashes
			h.wantWhole(id, 1)
		})
	}
}

// TestResultTooLarge: a result that cannot be stored for what it is fails its
// report; it is not tried for ever.
func TestResultTooLarge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := h.upload("a.pdf", "pdf 甲 乙 nan"); err == nil {
		t.Error("stored")
	}
	if s := h.summary(intake.IDOf(digest("pdf 甲 乙 nan"))); s.State != intake.StateFailed || s.Problem.Code != "internal" {
		t.Errorf("%+v", s)
	}
}

// TestClientGone: an upload whose sender goes in the middle leaves nothing.
func TestClientGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, leave := context.WithCancel(t.Context())
	for name, body := range map[string]io.Reader{
		"reset":    io.MultiReader(strings.NewReader("pdf 甲"), iotest.ErrReader(syscall.ECONNRESET)),
		"cut off":  io.MultiReader(strings.NewReader("pdf 甲"), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"gone":     io.MultiReader(strings.NewReader("pdf 甲"), hookErr(func() error { leave(); return ctx.Err() })),
		"at once":  iotest.ErrReader(syscall.ECONNRESET),
		"too slow": io.MultiReader(strings.NewReader("pdf 甲"), iotest.ErrReader(os.ErrDeadlineExceeded)),
	} {
		var broken *intake.ReceiveError
		if r, err := h.Upload(ctx, intake.Incoming{Filename: "a.pdf", Body: body}); !errors.As(err, &broken) || r.ID != "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		ctx, leave = context.WithCancel(t.Context())
	}
	leave()
	h.wantNothingStaged()
	if len(h.originals())+len(h.list())+len(h.events("")) != 0 {
		t.Errorf("kept: %v, %v, %v", h.originals(), h.list(), h.events(""))
	}
}

type hookErr func() error

func (f hookErr) Read([]byte) (int, error) { return 0, f() }

// TestDatabaseAway: the database server is killed under a running batch and comes
// back. Uploads meanwhile are told; every file of the batch is done in the end,
// with one original and one result.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	cluster := dbtest.NewCluster(t)
	h := newHouseOnPostgres(t, dbtest.NewDatabase(t, cluster.Source("postgres")), func(c *intake.Config) { c.Patience = 50 * time.Millisecond })
	begun, release := h.blocked()
	id := h.send(some("a", 20)...)
	<-begun
	<-begun
	cluster.Stop()
	r, err := h.Upload(t.Context(), intake.Incoming{Filename: "x.pdf", Body: strings.NewReader("pdf x"), NoWait: true})
	if h.wantUnavailable("Upload", err, "catalog", nil); r.ID != "" {
		t.Errorf("%+v", r)
	}
	if _, _, err := h.CreateBatch(t.Context(), intake.BatchSpec{}); err == nil {
		t.Error("CreateBatch: there is no database")
	}
	if err := h.Ready(t.Context()); err == nil {
		t.Error("ready without a database")
	}
	release() // two conversions end meanwhile, and cannot say so
	cluster.Start()
	h.until("the database", func() bool { return h.Ready(t.Context()) == nil })
	t.Cleanup(func() { h.tellQueue(id) })
	h.until("the batch to end", func() bool {
		h.elapsed.add(50 * time.Millisecond)
		h.clock.add(time.Millisecond)
		_ = errors.Join(h.Beat(t.Context()), h.Sweep(t.Context()))
		b, err := h.Batch(t.Context(), id)
		return err == nil && b.Ended()
	})
	if b := h.batch(id); b.Counts.Done != 20 || b.State != intake.BatchDone {
		t.Errorf("%+v", b)
	}
	if r := h.mustUpload("x.pdf", "pdf x"); r.State != intake.StateDone {
		t.Errorf("afterwards: %+v", r)
	}
	h.wantWhole(id, 21)
}

// tellQueue logs of a test that failed what catalog and queue hold of the batch.
func (h *house) tellQueue(batch string) {
	if !h.t.Failed() {
		return
	}
	ctx := context.Background() // the test's has ended
	rows, err := h.db.QueryContext(ctx, `select id, state || ', attempt ' || attempt || ', for ' || scheduled_at || coalesce(', tried ' || attempted_at, '') || coalesce(', ' || errors::text, '') from river_job`)
	if err != nil {
		h.t.Log(err)
		return
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var line string
		err := rows.Scan(&id, &line)
		h.t.Log("job", id, line, err)
	}
	files, err := h.BatchFiles(ctx, batch, -1, 100)
	h.t.Logf("%+v, %v, %v", files, err, rows.Err())
}
