package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// setBodies puts a list in force, as a service of bodies would.
func (h *house) setBodies(names ...string) *bodies.List {
	h.t.Helper()
	var entries []bodies.Entry
	for _, n := range names {
		entries = append(entries, bodies.Entry{Body: bodies.Body{Name: n}})
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	l.Version = 1
	if err := h.catalog.ReplaceBodies(h.t.Context(), l, bodies.Edit{At: time.Unix(1, 0)}); err != nil {
		h.t.Fatal(err)
	}
	return l
}

// TestAttach: what people say of a report's body is recorded, and a catalog made
// anew knows it.
func TestAttach(t *testing.T) {
	h := newHouse(t)
	names := []string{"云溪县教育局", "云溪县财政局"}
	l := h.setBodies(names...)
	education, finance := l.Bodies()[0].ID, l.Bodies()[1].ID
	var ids []string
	for i, content := range []string{"pdf 甲", "pdf 乙", "pdf 丙", "pdf 丁"} {
		h.clock.add(time.Second)
		ids = append(ids, h.mustUpload([]string{"a", "b", "c", "d"}[i]+".pdf", content).ID)
	}
	ctx := intake.WithSender(t.Context(), "办公室")
	say := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		h.clock.add(time.Second)
	}
	for _, id := range ids[:3] {
		say(h.Attach(ctx, id, education))
	}
	say(h.Attach(ctx, ids[3], ""))
	say(h.Choose(ctx, ids[0], true))
	say(h.Attach(ctx, ids[2], finance))
	say(h.Release(ctx, ids[2]))
	h.wantEvents(digest("pdf 甲"), "received", "converted", "attached", "chosen")
	h.wantEvents(digest("pdf 丙"), "received", "converted", "attached", "attached", "released")

	if err := h.Attach(ctx, ids[0], "nobody"); !errors.Is(err, intake.ErrNoBody) {
		t.Errorf("no such body: %v", err)
	}
	if err := h.Attach(ctx, "nobody", education); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("no such report: %v", err)
	}
	if err := h.Choose(ctx, ids[3], true); !errors.Is(err, intake.ErrNoBody) {
		t.Errorf("of no body: %v", err)
	}

	of := func() (out []string) {
		for _, id := range ids {
			s := h.summary(id)
			out = append(out, map[string]string{education: "教育局", finance: "财政局", "": "-"}[s.BodyID]+" "+s.BodyBy+map[bool]string{true: " 有效"}[s.InForce])
		}
		return out
	}
	want := []string{"教育局 hand 有效", "教育局 hand", "- ", "- hand"}
	if d := cmp.Diff(want, of()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	h.mustUpload("again.pdf", "pdf 乙") // an older version sent again does not take over
	if d := cmp.Diff(want, of()); d != "" {
		t.Errorf("sent again (-want +got):\n%s", d)
	}
	h.close()
	for _, name := range []string{"catalog.db", "catalog.db-wal", "catalog.db-shm"} {
		if err := os.Remove(filepath.Join(h.root, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	h.open()
	h.setBodies(names...)
	h.recover()
	if d := cmp.Diff(want, of()); d != "" {
		t.Errorf("rebuilt (-want +got):\n%s", d)
	}
	if err := h.Choose(ctx, ids[0], false); err != nil {
		t.Fatal(err)
	}
	if s := h.summary(ids[1]); !s.InForce {
		t.Error("the choice taken back: the newest is not in force")
	}
	page, err := h.List(t.Context(), intake.Filter{Query: "公开"})
	if err != nil {
		t.Fatal(err)
	}
	if page.Total == 0 {
		t.Error("no report is found by its text")
	}
}

// TestAttachedWithoutResult: what was said of a report's body holds in a rebuilt
// catalog also where the result is lost, and made again.
func TestAttachedWithoutResult(t *testing.T) {
	h := newHouse(t)
	names := []string{"云溪县教育局", "云溪县财政局"}
	finance := h.setBodies(names...).Bodies()[1].ID
	id := h.mustUpload("a.pdf", "pdf 甲").ID
	h.clock.add(time.Second)
	if err := errors.Join(h.Attach(t.Context(), id, finance), h.Choose(t.Context(), id, true)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(h.root, "archive", "results")); err != nil {
		t.Fatal(err)
	}
	h.loseCatalog()
	h.setBodies(names...)
	h.untilState(id, intake.StateDone)
	if s := h.summary(id); s.BodyID != finance || s.BodyBy != "hand" || !s.InForce {
		t.Errorf("%+v", s)
	}
	var choices int
	if err := h.db.QueryRowContext(t.Context(), `select count(*) from body_choices`).Scan(&choices); err != nil || choices != 1 {
		t.Errorf("%d choices, %v", choices, err)
	}
}
