package custody

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Schedule verifies from time to time, within a service, and keeps each report.
// When the last one was is read from the archive: so a service that is started
// again does not begin anew, and of several services on one archive each goes on
// from the last of any. Two of them may verify at the same time; that costs
// reading and does no harm.
type Schedule struct {
	// Every is the time from the end of a verification to the next.
	Every   time.Duration
	Options Options
	Records Records
	// Report is told each outcome, for instance for metrics; may be nil.
	Report func(*Report)
	// Log takes findings and failures; nil is none.
	Log *slog.Logger
	// After is time.After, but for tests.
	After func(time.Duration) <-chan time.Time
}

const (
	// firstDelay leaves a starting service to its start.
	firstDelay = time.Minute
	// retryDelay is how long a failed verification waits, where Every is longer.
	retryDelay = time.Hour
	// loggedFindings bounds what goes to the log; the record has them all.
	loggedFindings = 20
)

// Run verifies until ctx ends, and then returns nil.
func (s Schedule) Run(ctx context.Context) error {
	if s.Every <= 0 || s.Records == nil {
		return fmt.Errorf("custody: Schedule needs Every (is %v) and Records", s.Every)
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.After == nil {
		s.After = time.After
	}
	if s.Options.Clock == nil {
		s.Options.Clock = time.Now
	}
	delay := firstDelay
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.After(delay):
		}
		delay = s.turn(ctx)
	}
}

// turn verifies where it is time, and returns how long to wait then.
func (s Schedule) turn(ctx context.Context) time.Duration {
	due, err := s.due(ctx)
	if err == nil && due > 0 {
		return due
	}
	if err == nil {
		err = s.verify(ctx)
	}
	if err != nil {
		if ctx.Err() == nil {
			s.Log.Error("verification failed", "error", err)
		}
		return min(s.Every, retryDelay)
	}
	return s.Every
}

// due is how long it is to the next verification; not positive where it is time.
func (s Schedule) due(ctx context.Context) (time.Duration, error) {
	keys, err := verifications(ctx, s.Records)
	if err != nil || len(keys) == 0 {
		return 0, err
	}
	last, _ := endOf(keys[len(keys)-1])
	wait := last.Add(s.Every).Sub(s.Options.Clock())
	return min(wait, s.Every), nil // whatever the clocks say
}

func (s Schedule) verify(ctx context.Context) error {
	r, err := Verify(ctx, s.Options)
	if err != nil {
		return err
	}
	key, err := Keep(ctx, s.Records, r)
	for i, f := range r.Findings {
		if i == loggedFindings {
			break
		}
		s.Log.Error("verification found", "kind", f.Kind, "report", f.ReportID, "key", f.Key, "detail", f.Detail)
	}
	s.Log.Info("verified", "originals", r.Originals, "hashed", r.Hashed, "bytes", r.Bytes,
		"findings", r.Total(), "seed", r.Seed, "record", key, "took", r.FinishedAt.Sub(r.StartedAt))
	if s.Report != nil {
		s.Report(r)
	}
	return err
}
