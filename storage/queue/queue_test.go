package queue_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
	"nianbao/storage/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestQueue is what the queue promises, on both databases.
func TestQueue(t *testing.T) {
	tests := map[string]func(*line){
		"rolled back":        testRolledBack,
		"job as given":       testJobAsGiven,
		"singles first":      testSinglesFirst,
		"small batch":        testSmallBatch,
		"large batch":        testLargeBatch,
		"again at once":      func(l *line) { testAgain(l, 0) },
		"again later":        func(l *line) { testAgain(l, 20*time.Millisecond) },
		"stop hands back":    testStopHandsBack,
		"stop waits":         testStopWaits,
		"workers share":      testWorkersShare,
		"another process":    testAnotherProcess,
		"panic":              testPanic,
		"clock was set":      testClockWasSet,
		"opened twice":       testOpenedTwice,
		"incomplete workers": testIncompleteWorkers,
	}
	dbtest.EachSource(t, func(t *testing.T, open func(testing.TB) *db.DB) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(newLine(t, open(t)))
			})
		}
	})
}

// line is a queue, and what its workers did.
type line struct {
	t  *testing.T
	db *db.DB
	*queue.Queue
	mu   sync.Mutex
	done []intake.Job // in the order in which they were given out
}

func newLine(t *testing.T, d *db.DB) *line {
	t.Helper()
	q, err := queue.Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return &line{t: t, db: d, Queue: q}
}

// put enqueues n jobs of a batch, named name0, name1 and on.
func (l *line) put(name string, n int) {
	l.t.Helper()
	l.enqueue(batch(name, n)...)
}

// batch is n jobs, ranked as they come.
func batch(name string, n int) []intake.Job {
	jobs := make([]intake.Job, n)
	for i := range jobs {
		jobs[i] = intake.Job{Report: fmt.Sprintf("%s%d", name, i), Ticket: "t", Rank: i}
	}
	return jobs
}

func (l *line) enqueue(jobs ...intake.Job) []int64 {
	l.t.Helper()
	var ids []int64
	err := l.db.Change(l.t.Context(), func(tx *sql.Tx) (err error) {
		ids, err = l.Enqueue(l.t.Context(), tx, jobs)
		return err
	})
	if err != nil || len(ids) != len(jobs) {
		l.t.Fatalf("Enqueue: %v, %v", ids, err)
	}
	return ids
}

// hire starts a worker that writes down what it gets and then does handle, which
// may be nil. It is stopped at the end of the test.
func (l *line) hire(id string, atATime int, handle intake.Handler) *queue.Worker {
	l.t.Helper()
	w, err := l.NewWorker(l.t.Context(), queue.WorkerConfig{ID: id, Jobs: atATime, Handle: func(ctx context.Context, j intake.Job) intake.Verdict {
		l.mu.Lock()
		l.done = append(l.done, j)
		l.mu.Unlock()
		if handle == nil {
			return intake.Verdict{}
		}
		return handle(ctx, j)
	}})
	if err != nil {
		l.t.Fatal(err)
	}
	if err := w.Start(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() {
		if err := w.Stop(context.Background()); err != nil {
			l.t.Errorf("Stop: %v", err)
		}
	})
	return w
}

func (l *line) given() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for _, j := range l.done {
		all = append(all, j.Report)
	}
	return all
}

// eventually waits for what others do; false where it waited too long.
func eventually(ok func() bool) bool {
	deadline := time.After(time.Minute)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			return false
		case <-tick.C:
		}
	}
	return true
}

func (l *line) until(what string, ok func() bool) {
	l.t.Helper()
	if !eventually(ok) {
		l.t.Fatalf("waited too long for: %s; given out: %v", what, l.given())
	}
}

func (l *line) untilGiven(n int) []string {
	l.t.Helper()
	l.until(fmt.Sprintf("%d jobs", n), func() bool { return len(l.given()) >= n })
	return l.given()
}

func (l *line) state(id int64) (state string) {
	l.t.Helper()
	if err := l.db.QueryRowContext(l.t.Context(), `select state from river_job where id = $1`, id).Scan(&state); err != nil {
		l.t.Error(err)
	}
	return state
}

// shift moves the times of all jobs, as if the clock had been another.
func (l *line) shift(d time.Duration) {
	l.t.Helper()
	query, arg := `update river_job set scheduled_at = scheduled_at + $1 * interval '1 second'`, any(d.Seconds())
	if l.db.Dialect == db.SQLite {
		query, arg = `update river_job set scheduled_at = strftime('%Y-%m-%d %H:%M:%f', scheduled_at, $1)`, fmt.Sprintf("%+f seconds", d.Seconds())
	}
	if _, err := l.db.ExecContext(l.t.Context(), query, arg); err != nil {
		l.t.Fatal(err)
	}
}

// testRolledBack: where the transaction comes to nothing there is no job.
func testRolledBack(l *line) {
	cause := errors.New("changed my mind")
	err := l.db.Change(l.t.Context(), func(tx *sql.Tx) error {
		if _, err := l.Enqueue(l.t.Context(), tx, []intake.Job{{Report: "no", Rank: -1}, {Report: "nor this"}}); err != nil {
			return err
		}
		return cause
	})
	if !errors.Is(err, cause) {
		l.t.Fatal(err)
	}
	l.put("yes", 1)
	l.hire("w", 1, nil)
	if got := l.untilGiven(1); !slices.Equal(got, []string{"yes0"}) {
		l.t.Errorf("given out: %v", got)
	}
	var n int
	if err := l.db.QueryRowContext(l.t.Context(), `select count(*) from river_job`).Scan(&n); err != nil || n != 1 {
		l.t.Errorf("%d jobs, %v", n, err)
	}
	if ids, err := l.Enqueue(l.t.Context(), nil, nil); len(ids) != 0 || err != nil {
		l.t.Errorf("nothing: %v, %v", ids, err)
	}
}

func testJobAsGiven(l *line) {
	want := intake.Job{Report: "r", Ticket: "t", Rank: 7, Trace: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
	ids := l.enqueue(want, intake.Job{Report: "s", Rank: -1})
	if ids[0] == ids[1] || ids[0] <= 0 || ids[1] <= 0 {
		l.t.Errorf("numbers %v", ids)
	}
	l.hire("w", 1, nil)
	l.untilGiven(2)
	if d := cmp.Diff([]intake.Job{{Report: "s", Rank: -1}, want}, l.done); d != "" {
		l.t.Errorf("(-want +got):\n%s", d)
	}
	l.until("the jobs to be done", func() bool { return l.state(ids[0]) == "completed" && l.state(ids[1]) == "completed" })
}

func testSinglesFirst(l *line) {
	l.put("a", 5)
	l.enqueue(intake.Job{Report: "single", Rank: -1})
	l.hire("w", 1, nil)
	if got := l.untilGiven(6); got[0] != "single" || !slices.IsSorted(got[1:]) {
		l.t.Errorf("order %v", got)
	}
}

// testSmallBatch: a batch of 10 that comes behind one of 300 is not held up by it.
// They come together: each second between them is a place more for the first.
func testSmallBatch(l *line) {
	l.enqueue(append(batch("a", 300), batch("b", 10)...)...)
	l.hire("w", 1, nil)
	got := l.untilGiven(310)
	last := 0
	for i, name := range got {
		if strings.HasPrefix(name, "b") {
			last = i
		}
	}
	if last > 40 {
		l.t.Errorf("the last of the small batch came as number %d", last)
	}
	slices.Sort(got)
	if n := len(slices.Compact(got)); n != 310 {
		l.t.Errorf("%d jobs were given out", n)
	}
}

// testLargeBatch: a large batch is not held up by all the small ones that come
// after it.
func testLargeBatch(l *line) {
	l.put("a", 100)
	l.shift(-time.Hour)
	for i := range 10 {
		l.put(fmt.Sprintf("b%d-", i), 5)
	}
	l.hire("w", 1, nil)
	got := l.untilGiven(150)
	for i, name := range got[:100] {
		if !strings.HasPrefix(name, "a") {
			l.t.Errorf("number %d is %s", i, name)
			break
		}
	}
}

// testAgain: what a worker gives back is given out again before what waits, as soon
// as its time has come.
func testAgain(l *line, after time.Duration) {
	const rounds = 3
	ids := l.enqueue(intake.Job{Report: "again", Rank: 0}, intake.Job{Report: "second", Rank: 1},
		intake.Job{Report: "third", Rank: 2}, intake.Job{Report: "fourth", Rank: 3})
	begun := 0 // by one worker, so one at a time
	l.hire("w", 1, func(_ context.Context, j intake.Job) intake.Verdict {
		if j.Report == "again" {
			begun++
			return intake.Verdict{Again: begun < rounds, After: after}
		}
		if begun < rounds && !eventually(func() bool { return l.due(ids[0]) }) {
			l.t.Error("the job did not come back")
		}
		return intake.Verdict{}
	})
	got, seen := l.untilGiven(rounds+3), 0
	for i, name := range got {
		switch {
		case name == "again":
			seen++
		case seen < rounds && got[i+1] != "again":
			l.t.Errorf("after %s, which had waited for it, it was not given out: %v", name, got)
		}
	}
	l.until("the job to be done", func() bool { return l.state(ids[0]) == "completed" })
}

// due tells that the job is ready and its time has come.
func (l *line) due(id int64) bool {
	now := any(time.Now())
	if l.db.Dialect == db.SQLite {
		now = time.Now().UTC().Format("2006-01-02 15:04:05.000")
	}
	var n int
	err := l.db.QueryRowContext(l.t.Context(), `select count(*) from river_job where id = $1 and state = 'available' and scheduled_at < $2`, id, now).Scan(&n)
	return err == nil && n == 1
}

// testStopHandsBack: a worker that has no time left gives its jobs to another.
func testStopHandsBack(l *line) {
	ids := l.enqueue(intake.Job{Report: "a", Rank: -1})
	begun := make(chan struct{})
	w := l.hire("first", 1, func(ctx context.Context, _ intake.Job) intake.Verdict {
		close(begun)
		<-ctx.Done()
		return intake.Verdict{Again: true}
	})
	<-begun
	ctx, cancel := context.WithCancel(l.t.Context())
	cancel()
	if err := w.Stop(ctx); err != nil {
		l.t.Errorf("Stop: %v", err)
	}
	if s := l.state(ids[0]); s != "available" {
		l.t.Errorf("after Stop the job is %s", s)
	}
	l.hire("second", 1, nil)
	l.untilGiven(2)
	l.until("the job to be done", func() bool { return l.state(ids[0]) == "completed" })
}

// testStopWaits: a worker that has time ends what it has, and takes no more.
func testStopWaits(l *line) {
	ids := l.enqueue(intake.Job{Report: "a"}, intake.Job{Report: "b", Rank: 1})
	begun, stopping := make(chan struct{}), make(chan struct{})
	ended := false
	w := l.hire("first", 1, func(ctx context.Context, _ intake.Job) intake.Verdict {
		close(begun)
		<-stopping
		l.state(ids[0]) // takes a while
		ended = ctx.Err() == nil
		return intake.Verdict{}
	})
	<-begun
	close(stopping)
	if err := w.Stop(l.t.Context()); err != nil {
		l.t.Errorf("Stop: %v", err)
	}
	if !ended || len(l.given()) > 2 {
		l.t.Errorf("ended: %v; given out: %v", ended, l.given())
	}
	if s := l.state(ids[0]); s != "completed" {
		l.t.Errorf("after Stop the job is %s", s)
	}
}

// testWorkersShare: two workers have jobs at the same time, and none has what the
// other has.
func testWorkersShare(l *line) {
	var both sync.WaitGroup
	both.Add(2)
	l.put("a", 40)
	for _, id := range []string{"one", "two"} {
		var once sync.Once
		l.hire(id, 1, func(context.Context, intake.Job) intake.Verdict {
			once.Do(func() { both.Done(); both.Wait() })
			return intake.Verdict{}
		})
	}
	got := l.untilGiven(40)
	slices.Sort(got)
	if n := len(slices.Compact(got)); n != 40 {
		l.t.Errorf("%d jobs given out, %d of them different", len(l.given()), n)
	}
}

// testAnotherProcess: jobs that another process puts into the database are found.
func testAnotherProcess(l *line) {
	l.hire("w", 2, nil)
	var d *db.DB
	var err error
	if l.db.Dialect == db.SQLite {
		d, err = db.OpenSQLite(l.t.Context(), l.db.Source)
	} else {
		d, err = db.OpenPostgres(l.t.Context(), l.db.Source)
	}
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	other := newLine(l.t, d)
	for i := range 5 {
		other.put(fmt.Sprintf("%d-", i), 2)
		l.untilGiven(2 * (i + 1))
	}
}

// testPanic: a handler that panics is an attempt that failed; the worker lives on.
func testPanic(l *line) {
	ids := l.enqueue(intake.Job{Report: "a"}, intake.Job{Report: "b", Rank: 1})
	panicked := false
	l.hire("w", 1, func(_ context.Context, j intake.Job) intake.Verdict {
		if j.Report == "a" && !panicked {
			panicked = true
			panic("a bug")
		}
		return intake.Verdict{}
	})
	if got := l.untilGiven(3); !slices.Equal(got, []string{"a", "b", "a"}) {
		l.t.Errorf("order %v", got)
	}
	l.until("the job to be done", func() bool { return l.state(ids[0]) == "completed" })
}

// testClockWasSet: jobs are given out though the clock was a day ahead, or behind,
// when they were enqueued.
func testClockWasSet(l *line) {
	far := intake.Job{Report: "far", Rank: 1_000_000}
	l.put("a", 2)
	l.enqueue(far)
	l.shift(24*time.Hour - time.Second)
	l.put("b", 2)
	l.shift(-24 * time.Hour)
	l.shift(24 * time.Hour)
	l.put("c", 2)
	l.hire("w", 1, nil)
	l.untilGiven(7)
}

// testOpenedTwice: the second process finds the tables as the first made them.
func testOpenedTwice(l *line) {
	l.put("a", 1)
	newLine(l.t, l.db).put("b", 1)
	l.hire("w", 1, nil)
	l.untilGiven(2)
}

func testIncompleteWorkers(l *line) {
	handle := func(context.Context, intake.Job) intake.Verdict { return intake.Verdict{} }
	for name, cfg := range map[string]queue.WorkerConfig{
		"no id":     {Jobs: 1, Handle: handle},
		"no jobs":   {ID: "w", Handle: handle},
		"no handle": {ID: "w", Jobs: 1},
	} {
		if w, err := l.NewWorker(l.t.Context(), cfg); err == nil {
			l.t.Errorf("%s: %v", name, w)
		}
	}
}

// TestDatabaseAway: the server is killed while jobs are at work, and comes back.
// No job is lost; those at work may be done twice.
func TestDatabaseAway(t *testing.T) {
	cluster := dbtest.NewCluster(t)
	d, err := db.OpenPostgres(t.Context(), dbtest.NewDatabase(t, cluster.Source("postgres")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	l := newLine(t, d)
	l.put("a", 40)
	begun, back := make(chan struct{}, 100), make(chan struct{})
	w, err := l.NewWorker(t.Context(), queue.WorkerConfig{ID: "w", Jobs: 4, Handle: func(_ context.Context, j intake.Job) intake.Verdict {
		begun <- struct{}{}
		if j.Rank >= 20 {
			<-back
		}
		l.mu.Lock()
		l.done = append(l.done, j)
		l.mu.Unlock()
		return intake.Verdict{}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 24 {
		<-begun
	}
	cluster.Stop()
	if err := d.PingContext(t.Context()); err == nil {
		t.Error("the database still answers")
	}
	close(back) // these end while it is away
	cluster.Start()
	l.until("all jobs", func() bool {
		got := l.given()
		slices.Sort(got)
		return len(slices.Compact(got)) == 40
	})
	if err := w.Stop(t.Context()); err != nil {
		t.Errorf("Stop: %v", err)
	}
}
