package queue

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

const (
	// The priorities; 1 goes first.
	returned = 1 // by a worker, to be done later
	single   = 2
	batch    = 3

	// rankStep is how much later a job counts as enqueued for each one before it
	// in its batch; rankCap bounds that to what a day of waiting makes up for.
	rankStep = time.Second
	rankCap  = 24 * time.Hour
	// head puts all jobs into the past: one that lies ahead, for its rank or for a
	// clock that was set back, would not be given out.
	head = 2 * rankCap
)

// args is a job as River keeps it.
type args struct {
	intake.Job
}

// Kind implements river.JobArgs.
func (args) Kind() string { return "convert" }

// Queue puts jobs into the queue of a database. It is safe for concurrent use.
type Queue struct {
	db     *db.DB
	client *river.Client[*sql.Tx]
}

// Open prepares the queue in d: its tables are brought up to date.
func Open(ctx context.Context, d *db.DB) (*Queue, error) {
	driver := driverOf(d)
	err := d.Exclusively(ctx, "nianbao queue", func() error {
		m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			return err
		}
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	client, err := river.NewClient(driver, &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	return &Queue{db: d, client: client}, nil
}

func driverOf(d *db.DB) riverdriver.Driver[*sql.Tx] {
	if d.Dialect == db.Postgres {
		return riverdatabasesql.New(d.Writer)
	}
	return riversqlite.New(d.Writer)
}

// Enqueue puts jobs into the queue within tx and returns their numbers, in the
// order of jobs.
func (q *Queue) Enqueue(ctx context.Context, tx *sql.Tx, jobs []intake.Job) ([]int64, error) {
	if len(jobs) == 0 {
		return nil, nil
	}
	params := make([]river.InsertManyParams, len(jobs))
	for i, j := range jobs {
		priority := batch
		if j.Rank < 0 {
			priority = single
		}
		opts := &river.InsertOpts{Priority: priority}
		if j.After > 0 {
			opts.ScheduledAt = time.Now().Add(j.After)
		}
		params[i] = river.InsertManyParams{Args: args{j}, InsertOpts: opts}
	}
	made, err := q.client.InsertManyTx(ctx, tx, params)
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	ids := make([]int64, len(made))
	for i, m := range made {
		ids[i] = m.Job.ID
		if jobs[i].After > 0 {
			continue
		}
		at := m.Job.CreatedAt.Add(-head + min(rankCap, time.Duration(max(0, jobs[i].Rank))*rankStep))
		// River takes a time of its own choosing for one to wait for; only its
		// table lets a job count as older than it is.
		_, err := tx.ExecContext(ctx, `update river_job set scheduled_at = $2 where id = $1`, ids[i], q.time(at))
		if err != nil {
			return nil, fmt.Errorf("queue: %w", err)
		}
	}
	return ids, nil
}

// time is a time as River writes it to the database.
func (q *Queue) time(t time.Time) any {
	if q.db.Dialect == db.SQLite {
		return t.UTC().Format("2006-01-02 15:04:05.000")
	}
	return t
}
