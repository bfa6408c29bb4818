package queue

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"nianbao/convert/intake"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// TestElectionIsHeard: what River logs of its elections is what election listens
// to; another version may word it otherwise.
func TestElectionIsHeard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q, err := Open(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		w, err := q.NewWorker(t.Context(), WorkerConfig{ID: "w", Jobs: 1,
			Handle: func(context.Context, intake.Job) intake.Verdict { return intake.Verdict{} }})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := w.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		limit := time.After(time.Minute)
		for {
			w.election.mu.Lock()
			read, bidding, gained, learnt, changed := w.election.read, w.election.bidding, w.election.gained, w.election.learnt, w.election.changed
			w.election.mu.Unlock()
			if read && !bidding && gained > 0 && learnt == gained { // the only client becomes the leader
				return
			}
			select {
			case <-changed:
			case <-limit:
				t.Fatalf("heard: read %v, bidding %v, gained %d, learnt %d", read, bidding, gained, learnt)
			}
		}
	})
}

// TestElectionCalm: a client may be stopped when it has read of every election, and
// no bid is under way; none begins then.
func TestElectionCalm(t *testing.T) {
	say := func(e *election, message string, attrs ...slog.Attr) {
		r := slog.NewRecord(time.Now(), slog.LevelDebug, message, 0)
		r.AddAttrs(attrs...)
		e.heard(t.Context(), r)
	}
	e := newElection()
	calm := make(chan struct{})
	go func() { e.calm(time.Hour); close(calm) }()
	wait := func(what string) {
		t.Helper()
		select {
		case <-calm:
			t.Errorf("calm with %s", what)
		default:
		}
	}
	e.mu.Lock()
	e.bidding = true
	e.mu.Unlock()
	wait("a bid under way")
	say(e, "Client: Election change received", slog.Bool("is_leader", false))
	wait("a bid under way")
	say(e, "Elector: Gained leadership")
	wait("an election unread")
	say(e, "Client: Election change received", slog.Bool("is_leader", true))
	<-calm

	ctx, cancel := context.WithCancel(t.Context())
	bid := make(chan struct{})
	go func() {
		e.heard(ctx, slog.NewRecord(time.Now(), slog.LevelDebug, "Elector"+saidBid, 0))
		close(bid)
	}()
	cancel()
	<-bid
	if e.bidding {
		t.Error("bids though it is to stop")
	}
	// A river that says nothing is not waited for without end.
	newElection().calm(time.Millisecond)
}

// distracted is River's log of a client that does not read on when it has read for
// the first time, until it is to stop.
type distracted struct{ listener }

func (d distracted) Handle(ctx context.Context, r slog.Record) error {
	err := d.listener.Handle(ctx, r)
	if !strings.HasSuffix(r.Message, saidChanged) {
		return err
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		d.election.mu.Lock()
		stopping := d.election.stopping
		d.election.mu.Unlock()
		if stopping {
			break
		}
		<-tick.C
	}
	return err
}

// TestStopWhenElected stops a worker that has become the leader and has not read so.
func TestStopWhenElected(t *testing.T) {
	d := dbtest.SQLite(t)
	q, err := Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 { // without care every second one hangs
		e := newElection()
		h := &handler{handle: func(context.Context, intake.Job) intake.Verdict { return intake.Verdict{} }, db: q.db, log: slog.New(slog.DiscardHandler)}
		rc := config(WorkerConfig{ID: "w", Jobs: 1, Log: h.log}, h, e)
		rc.Logger = slog.New(distracted{listener{h.log.Handler(), e}})
		client, err := river.NewClient(driverOf(d), rc)
		if err != nil {
			t.Fatal(err)
		}
		w := workerOf(client, e, func() {})
		if err := w.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		for gained := false; !gained; {
			e.mu.Lock()
			changed := e.changed
			gained = e.gained > 0 && e.read
			e.mu.Unlock()
			if !gained {
				<-changed
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if err := w.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
	}
}
