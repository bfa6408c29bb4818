package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

const (
	// cooldown bounds how often a worker asks for jobs: it gives out
	// workers/cooldown jobs a second at most.
	cooldown = 10 * time.Millisecond
	// polling is how long a job waits at most where nothing wakes the workers.
	polling = 50 * time.Millisecond
	// retention is how long finished jobs are kept: the catalog knows all of them
	// that matters.
	retention = time.Hour
	// rescueAfter only tidies up: what dead workers had gets new jobs from
	// intake.Service.Sweep, and theirs find their tickets gone.
	rescueAfter = time.Hour
	// poolConns serve the listener and River's own upkeep.
	poolConns = 8
)

// WorkerConfig is what a Worker is made of.
type WorkerConfig struct {
	ID     string         // unique among the running workers
	Jobs   int            // at a time, at least 1
	Handle intake.Handler // does a job
	Log    *slog.Logger   // default: nothing is logged
}

// Worker takes jobs and does them.
type Worker struct {
	start    func(context.Context) error
	stop     func(context.Context) error
	halt     func(context.Context) error
	close    func()
	election *election
	started  bool
}

// NewWorker makes a worker on the queue. Start begins, Stop ends it.
func (q *Queue) NewWorker(ctx context.Context, cfg WorkerConfig) (*Worker, error) {
	if cfg.Jobs < 1 || cfg.Handle == nil || cfg.ID == "" {
		return nil, errors.New("queue: WorkerConfig needs ID, Jobs and Handle")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := newElection()
	rc := config(cfg, &handler{handle: cfg.Handle, db: q.db, log: cfg.Log}, e)
	if q.db.Dialect == db.SQLite {
		client, err := river.NewClient(driverOf(q.db), rc)
		if err != nil {
			return nil, fmt.Errorf("queue: %w", err)
		}
		return workerOf(client, e, func() {}), nil
	}
	// River listens only through pgx itself.
	pc, err := pgxpool.ParseConfig(q.db.Source)
	if err != nil {
		return nil, errors.New("queue: 数据库地址有误")
	}
	pc.MaxConns = poolConns
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	client, err := river.NewClient(riverpgxv5.New(pool), rc)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("queue: %w", err)
	}
	return workerOf(client, e, pool.Close), nil
}

func config(cfg WorkerConfig, h *handler, e *election) *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, h)
	return &river.Config{
		ID:                          cfg.ID,
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: cfg.Jobs}},
		FetchCooldown:               cooldown,
		FetchPollInterval:           polling,
		ReindexerSchedule:           river.NeverSchedule(), // some of its indexes are not there on SQLite
		JobTimeout:                  -1,                    // the handler bounds its work itself
		RescueStuckJobsAfter:        rescueAfter,
		CompletedJobRetentionPeriod: retention,
		CancelledJobRetentionPeriod: retention,
		DiscardedJobRetentionPeriod: retention,
		Logger:                      slog.New(listener{cfg.Log.Handler(), e}),
	}
}

func workerOf[T any](c *river.Client[T], e *election, release func()) *Worker {
	return &Worker{start: c.Start, stop: c.Stop, halt: c.StopAndCancel, close: release, election: e}
}

// Start begins to take jobs. They end with Stop, not with ctx.
func (w *Worker) Start(ctx context.Context) error {
	if err := w.start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	w.started = true
	return nil
}

// Stop takes no more jobs and waits for those at work. When ctx ends first their
// contexts are cancelled and they are given back to the queue.
func (w *Worker) Stop(ctx context.Context) error {
	defer w.close()
	if w.started {
		w.election.calm(calmTime)
	}
	err := w.stop(ctx)
	if err == nil {
		return nil
	}
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if err := w.halt(settle); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}

const (
	// settleTime is what jobs whose contexts are cancelled get to end.
	settleTime = 10 * time.Second
	// calmTime bounds the wait for an election under way.
	calmTime = 2 * time.Second
)

// handler is the worker as River calls it.
type handler struct {
	river.WorkerDefaults[args]
	handle intake.Handler
	db     *db.DB
	log    *slog.Logger
}

const (
	// panicPause is how long a job waits whose handler panicked.
	panicPause = time.Second
	// preferTimeout bounds how long the database is asked to prefer a job.
	preferTimeout = 2 * time.Second
)

// Work implements river.Worker.
func (h *handler) Work(ctx context.Context, job *river.Job[args]) error {
	v := h.careful(ctx, job.Args.Job)
	switch {
	case !v.Again:
		return nil
	case v.After <= 0: // it counts as old as it was, or older
		return river.JobSnooze(-head)
	}
	h.prefer(ctx, job.ID)
	return river.JobSnooze(v.After)
}

// careful makes a panic of the handler one more attempt.
func (h *handler) careful(ctx context.Context, job intake.Job) (v intake.Verdict) {
	defer func() {
		if p := recover(); p != nil {
			h.log.ErrorContext(ctx, "queue: a job's handler panicked", "id", job.Report, "panic", p, "stack", string(debug.Stack()))
			v = intake.Verdict{Again: true, After: panicPause}
		}
	}()
	return h.handle(ctx, job)
}

// prefer makes a job that has to wait go first afterwards: by its time it is the
// youngest, and would starve behind whatever comes in meanwhile.
func (h *handler) prefer(ctx context.Context, id int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), preferTimeout)
	defer cancel()
	if _, err := h.db.ExecContext(ctx, `update river_job set priority = $2 where id = $1`, id, returned); err != nil {
		h.log.WarnContext(ctx, "queue: job is not preferred", "error", err)
	}
}
