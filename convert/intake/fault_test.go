package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

var errFault = errors.New("the disk is full")

// faults fails one of the writes that it counts.
type faults struct {
	writes, failAt int
}

func (f *faults) next() error {
	if f.writes++; f.writes == f.failAt {
		return errFault
	}
	return nil
}

type faultyArchive struct {
	intake.Archive
	*faults
}

func (a faultyArchive) Stage(ctx context.Context) (intake.Staged, error) {
	if err := a.next(); err != nil {
		return nil, err
	}
	st, err := a.Archive.Stage(ctx)
	return faultyStaged{st, a.faults}, err
}

type faultyStaged struct {
	intake.Staged
	*faults
}

func (s faultyStaged) Write(p []byte) (int, error) {
	if err := s.next(); err != nil {
		return 0, err
	}
	return s.Staged.Write(p)
}

func (s faultyStaged) Commit(ctx context.Context) (bool, error) {
	if err := s.next(); err != nil {
		return false, err
	}
	return s.Staged.Commit(ctx)
}

type faultyRecords struct {
	intake.Records
	*faults
}

func (r faultyRecords) Put(ctx context.Context, key string, content []byte) error {
	if err := r.next(); err != nil {
		return err
	}
	return r.Records.Put(ctx, key, content)
}

type faultyCatalog struct {
	intake.Catalog
	*faults
}

func (c faultyCatalog) Insert(ctx context.Context, row intake.Row) (bool, error) {
	if err := c.next(); err != nil {
		return false, err
	}
	return c.Catalog.Insert(ctx, row)
}

func (c faultyCatalog) Update(ctx context.Context, row intake.Row) error {
	if err := c.next(); err != nil {
		return err
	}
	return c.Catalog.Update(ctx, row)
}

// TestFaults fails each write of an upload in turn. No fault is answered with
// success, nothing is in the catalog that the archive does not have, and the
// next upload of the bytes puts all right.
func TestFaults(t *testing.T) {
	for _, content := range []string{"pdf 甲", "locked 甲"} {
		failAt := 1
		for faultAt(t, content, failAt) {
			failAt++
		}
		if failAt < 5 {
			t.Errorf("%s: only %d writes were seen", content, failAt-1)
		}
	}
}

// faultAt reports whether there was a write with that number.
func faultAt(t *testing.T, content string, failAt int) bool {
	t.Helper()
	h := newHouse(t)
	defer h.close()
	f := &faults{failAt: failAt}
	s, err := intake.New(intake.Config{
		Archive: faultyArchive{h.archive, f}, Records: faultyRecords{h.archive, f}, Catalog: faultyCatalog{h.catalog, f},
		Sniff: sniff, Extractor: h.reader, Convert: convert, Title: strings.ToUpper, Clock: h.clock.Now, Versions: report.Versions{Program: "v1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	want := intake.StateDone
	if strings.HasPrefix(content, "locked") {
		want = intake.StateFailed
	}
	_, err = s.Upload(t.Context(), "a.pdf", strings.NewReader(content))
	hit := f.writes >= failAt
	f.failAt = 0
	if hit && !errors.Is(err, errFault) {
		t.Errorf("%s: write %d fails: Upload: %v", content, failAt, err)
	}
	if rows := h.list(); len(rows) > 0 && (len(h.originals()) != 1 || len(h.events("")) == 0) {
		t.Errorf("%s: write %d fails: in the catalog, with %d originals and events %v",
			content, failAt, len(h.originals()), h.events(""))
	}
	r, _ := s.Upload(t.Context(), "a.pdf", strings.NewReader(content))
	if r.State != want {
		t.Errorf("%s: write %d failed, the next upload is %+v", content, failAt, r)
	}
	rows := h.list()
	if _, _, err := s.Rebuild(t.Context()); err != nil {
		t.Errorf("%s: write %d failed: Rebuild: %v", content, failAt, err)
	}
	if d := cmp.Diff(rows, h.list()); d != "" {
		t.Errorf("%s: write %d failed: rebuilt (-want +got):\n%s", content, failAt, d)
	}
	return hit
}
