package intake_test

import (
	"context"
	"errors"
	"testing"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// follow reads what is told of a batch until it ends: the last state of each file,
// and the number of the last event.
func (h *house) follow(ctx context.Context, id string, after int64) (states map[string]intake.State, last int64, err error) {
	h.t.Helper()
	states, last = map[string]intake.State{}, after
	for c, err := range h.FollowBatch(ctx, id, after) {
		if err != nil {
			return states, last, err
		}
		for _, f := range c.Files {
			if f.Event <= last && last != after {
				h.t.Errorf("event %d after %d", f.Event, last)
			}
			states[f.Path], last = f.State, f.Event
		}
	}
	return states, last, nil
}

func TestFollowBatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := h.blocked()
	id := h.send(some("a", 6)...)
	<-begun
	next := make(chan int64, 1)
	seen := map[string]intake.State{}
	for c, err := range h.FollowBatch(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Files {
			seen[f.Path] = f.State
			if len(next) == 0 && len(seen) == 3 {
				next <- f.Event
			}
		}
		break
	}
	if len(seen) != 6 {
		t.Errorf("at first: %v", seen)
	}
	release()
	for name, after := range map[string]int64{"from the first": 0, "from the middle": <-next, "from before a rebuild": 1 << 40} {
		states, _, err := h.follow(t.Context(), id, after)
		if err != nil || len(states) != 6 {
			t.Errorf("%s: %v, %v", name, states, err)
		}
		for path, s := range states {
			if s != intake.StateDone {
				t.Errorf("%s: in the end %s is %s", name, path, s)
			}
		}
	}
	last := h.batch(id).LastEvent
	if states, _, err := h.follow(t.Context(), id, last); len(states) != 0 || err != nil { // it has ended: told, and over
		t.Errorf("from the end: %v, %v", states, err)
	}
	if _, _, err := h.follow(t.Context(), "nobody", 0); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

// TestFollowBatchMany: more changes than are read at a time, among them one report
// that is many files.
func TestFollowBatchMany(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	files := some("a", 5)
	for i := range 250 {
		files = append(files, sent{files[0].name + string(rune('一'+i)), files[0].content})
	}
	id := h.send(files...)
	told := make(chan map[string]intake.State, 1)
	go func() {
		states, _, err := h.follow(t.Context(), id, 0)
		if err != nil {
			t.Errorf("following: %v", err)
		}
		told <- states
	}()
	h.start()
	states := <-told
	for _, f := range h.files(id) {
		if states[f.Path] != intake.StateDone {
			t.Errorf("%s: told %q", f.Path, states[f.Path])
		}
	}
}

// TestFollowBatchEnds: whoever follows is told when the service stops, and when he
// goes himself.
func TestFollowBatchEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		stop func(h *house, leave func())
		want error
	}{
		"leaves":  {func(_ *house, leave func()) { leave() }, context.Canceled},
		"drained": {func(h *house, _ func()) { h.Drain(); h.Drain() }, intake.ErrClosed},
		"closed":  {func(h *house, _ func()) { _ = h.Close(t.Context()) }, intake.ErrClosed},
	} {
		t.Run(name, func(t *testing.T) {
			h := &house{idle: true}
			h.build(t)
			id := h.send(some("a", 1)...)
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			var last error
			for _, err := range h.FollowBatch(ctx, id, 0) {
				if last = err; err == nil {
					tt.stop(h, leave)
				}
			}
			if !errors.Is(last, tt.want) {
				t.Errorf("%v, want %v", last, tt.want)
			}
		})
	}
}

func TestBatchResults(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reader.set(func(_ context.Context, content string) error {
		if content == "pdf 坏" {
			return extract.Damaged("第 3 页")
		}
		return nil
	})
	id := h.receive(sent{"县/甲.pdf", "pdf 甲"}, sent{"乙.gif", "gif"}, sent{"坏.pdf", "pdf 坏"}, sent{"别名.pdf", "pdf 甲"})
	results := make(chan map[string]string, 1)
	go func() {
		got := map[string]string{}
		for r, err := range h.Results(t.Context(), id, 0) {
			if err != nil {
				t.Errorf("Results: %v", err)
				break
			}
			switch {
			case got[r.File.Path] != "":
				t.Errorf("%s comes twice", r.File.Path)
			case r.Result != nil:
				got[r.File.Path] = r.Result.Source.Path + " " + r.Result.Source.Filename + " " + *r.Result.Report.Agency
			default:
				got[r.File.Path] = r.File.Problem.Code
			}
		}
		results <- got
	}()
	h.until("the files", func() bool { return h.batch(id).Counts.Done == 2 })
	if _, err := h.FinishBatch(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	got := <-results
	for path, want := range map[string]string{"县/甲.pdf": "县/甲.pdf 甲.pdf 甲", "别名.pdf": "别名.pdf 别名.pdf 甲", "乙.gif": "unsupported_format", "坏.pdf": "damaged"} {
		if got[path] != want {
			t.Errorf("%s: %q, want %q", path, got[path], want)
		}
	}
	// A result that the store lost is told of its file, and the others come.
	if err := h.Delete(t.Context(), intake.IDOf(digest("pdf 甲"))); err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, err := range h.Results(t.Context(), id, 0) {
		if n++; err != nil || r.Result != nil || r.File.Problem == nil {
			t.Errorf("%+v, %v", r, err)
		}
	}
	if n != 4 {
		t.Errorf("%d results", n)
	}
	for _, err := range h.Results(t.Context(), "nobody", 0) {
		if !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("of nobody: %v", err)
		}
	}
}
