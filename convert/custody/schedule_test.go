package custody_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"nianbao/convert/custody"
)

// play is a clock that goes on only when somebody waits for it.
type play struct {
	mu     sync.Mutex
	now    time.Time
	waited chan time.Duration
	goes   chan time.Time
}

func newPlay() *play {
	return &play{now: received, waited: make(chan time.Duration), goes: make(chan time.Time)}
}

func (p *play) Now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *play) After(d time.Duration) <-chan time.Time {
	p.waited <- d
	return p.goes
}

// pass lets the time pass that is waited for, and returns it.
func (p *play) pass() time.Duration {
	d := <-p.waited
	p.mu.Lock()
	p.now = p.now.Add(d)
	p.mu.Unlock()
	p.goes <- p.Now()
	return d
}

func TestSchedule(t *testing.T) {
	v := newVault(t, 20)
	v.remove(originalKey(v.digests[3]))
	clock := newPlay()
	reports := make(chan *custody.Report, 10)
	s := custody.Schedule{Every: 24 * time.Hour, Options: v.options(), Records: v.archive, After: clock.After,
		Report: func(r *custody.Report) { reports <- r }}
	s.Options.Clock, s.Options.By = clock.Now, "schedule"
	start := func() (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		return func() {
			<-clock.waited
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("Run: %v", err)
			}
		}
	}
	stop := start()
	if d := clock.pass(); d != time.Minute {
		t.Errorf("begins after %v, want a minute", d)
	}
	if r := <-reports; r.Counts[custody.Missing] != 1 || r.By != "schedule" {
		t.Errorf("the first reports %+v", r)
	}
	for range 2 {
		if d := clock.pass(); d != s.Every {
			t.Errorf("goes on after %v, want %v", d, s.Every)
		}
		<-reports
	}
	stop()
	// The next process goes on where this one ended.
	stop = start()
	clock.pass()
	if d := clock.pass(); d != s.Every-time.Minute {
		t.Errorf("started again it waits %v, want %v", d, s.Every-time.Minute)
	}
	<-reports
	stop()
	last, _, err := custody.Last(t.Context(), v.archive)
	if err != nil || !last.FinishedAt.Equal(clock.Now()) || len(last.Findings) != 1 {
		t.Errorf("Last = %+v, %v", last, err)
	}
	if err := (custody.Schedule{}).Run(t.Context()); err == nil {
		t.Error("a schedule without time runs")
	}
}

// TestScheduleRetries: a store that is away is asked again within the hour.
func TestScheduleRetries(t *testing.T) {
	v := newVault(t, 3)
	store := &faulty{Archive: v.archive, away: true}
	clock := newPlay()
	s := custody.Schedule{Every: 24 * time.Hour, Options: v.options(), Records: v.archive, After: clock.After}
	s.Options.Archive = store
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	clock.pass()
	if d := <-clock.waited; d != time.Hour {
		t.Errorf("tries again after %v, want an hour", d)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestKeep(t *testing.T) {
	v := newVault(t, 2)
	ctx := t.Context()
	if r, _, err := custody.Last(ctx, v.archive); !errors.Is(err, custody.ErrNone) {
		t.Errorf("Last of none = %+v, %v", r, err)
	}
	var keys []string
	for i := range 3 {
		key, err := custody.Keep(ctx, v.archive, &custody.Report{FinishedAt: received.Add(time.Duration(i) * time.Hour), Seed: uint64(i)})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	r, key, err := custody.Last(ctx, v.archive)
	if err != nil || r.Seed != 2 || key != keys[2] {
		t.Errorf("Last = %+v, %s, %v", r, key, err)
	}
	v.write(keys[2], []byte("{")) // the store damaged it
	if r, key, err = custody.Last(ctx, v.archive); err != nil || r.Seed != 1 || key != keys[1] {
		t.Errorf("Last past a damaged one = %+v, %s, %v", r, key, err)
	}
	v.remove(keys[2])
	b, err := json.Marshal(v.verify())
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if f, ok := m["findings"].([]any); !ok || len(f) != 0 {
		t.Errorf("no findings are %v, want an empty list", m["findings"])
	}
}
