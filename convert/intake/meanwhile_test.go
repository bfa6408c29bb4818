package intake_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/convert/intake"
)

// interrupted is a catalog to which something happens before a report is admitted.
type interrupted struct {
	intake.Catalog
	once   sync.Once
	before func()
}

func (c *interrupted) Admit(ctx context.Context, batch string, files []intake.Admission) ([]intake.Row, error) {
	c.once.Do(c.before)
	return c.Catalog.Admit(ctx, batch, files)
}

// TestDeletedMeanwhile: a report is deleted while its bytes come in again. What is
// in the catalog then is on record, so a rebuild has it, too.
func TestDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	for _, inBatch := range []bool{false, true} {
		h := newHouse(t)
		r := h.mustUpload("a.pdf", "pdf 甲 错")
		cfg := h.config()
		cfg.Catalog = &interrupted{Catalog: cfg.Catalog, before: func() {
			if err := h.Delete(t.Context(), r.ID); err != nil {
				t.Error(err)
			}
		}}
		s, err := intake.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if inBatch {
			rec, err := s.Receive(t.Context(), h.receive())
			if err != nil {
				t.Fatal(err)
			}
			if err := rec.Add("b.pdf", strings.NewReader("pdf 甲 错")); err != nil {
				t.Error(err)
			}
			if _, err := rec.Close(); err != nil {
				t.Error(err)
			}
		} else if again, err := s.Upload(t.Context(), intake.Incoming{Filename: "b.pdf", Body: strings.NewReader("pdf 甲 错"), NoWait: true}); err != nil || !again.Created {
			t.Errorf("%+v, %v", again, err)
		}
		h.untilState(r.ID, intake.StateDone)
		if got := h.events(""); !slices.Equal(slices.DeleteFunc(got, func(k string) bool { return k == "converted" }), []string{"received", "deleted", "received"}) {
			t.Errorf("events %v", got)
		}
		want := h.summary(r.ID)
		if want.Filename != "b.pdf" {
			t.Errorf("%+v", want)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		h.loseCatalog()
		if got := h.summary(r.ID); got.Filename != "b.pdf" || !got.ReceivedAt.Equal(want.ReceivedAt) {
			t.Errorf("rebuilt %+v, was %+v", got, want)
		}
	}
}

// TestDoneMeanwhile: a report that is at work when its bytes come in again, and
// done before they are recorded, stays done.
func TestDoneMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := h.blocked()
	id := h.noWait("pdf 甲")
	<-begun
	cfg := h.config()
	cfg.Catalog = &interrupted{Catalog: cfg.Catalog, before: func() {
		release()
		h.untilState(id, intake.StateDone)
	}}
	s, err := intake.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Upload(t.Context(), intake.Incoming{Filename: "b.pdf", Body: strings.NewReader("pdf 甲"), NoWait: true})
	if err != nil || r.State != intake.StateDone {
		t.Errorf("%+v, %v; want done", r, err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// lateDelete is a catalog to which something happens before a row is deleted.
type lateDelete struct {
	intake.Catalog
	before func()
}

func (c lateDelete) Delete(ctx context.Context, id string, received time.Time) error {
	c.before()
	return c.Catalog.Delete(ctx, id, received)
}

// lateRecords is an archive to which something happens before the next record.
type lateRecords struct {
	intake.Records
	once   *sync.Once
	before func()
}

func (r lateRecords) Put(ctx context.Context, key string, content []byte) error {
	r.once.Do(r.before)
	return r.Records.Put(ctx, key, content)
}

// TestSentAgainMeanwhile: a report is deleted twice, and sent again after the first
// deletion. Whoever sent it was answered: the second does not take it away, nor is
// it on record as the last word.
func TestSentAgainMeanwhile(t *testing.T) {
	for name, change := range map[string]func(c *intake.Config, meanwhile func()){
		"before the record": func(c *intake.Config, meanwhile func()) {
			c.Records = lateRecords{c.Records, new(sync.Once), meanwhile}
		},
		"before the row": func(c *intake.Config, meanwhile func()) { c.Catalog = lateDelete{c.Catalog, meanwhile} },
	} {
		h := newHouse(t)
		r := h.mustUpload("a.pdf", "pdf 甲")
		cfg := h.config()
		change(&cfg, func() {
			h.clock.add(time.Second)
			if err := h.Delete(t.Context(), r.ID); err != nil {
				t.Error(err)
			}
			h.mustUpload("b.pdf", "pdf 甲")
		})
		s, err := intake.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		// Once it is recorded it is done, by whomever.
		if err := s.Delete(t.Context(), r.ID); errors.Is(err, intake.ErrNotFound) != (name == "before the record") {
			t.Errorf("%s: Delete: %v", name, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		h.recover()
		if got := h.summary(r.ID); got.Filename != "b.pdf" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// pagedRecords lists events as S3 does: a page of keys is asked for at once, and
// the world goes on while it is worked off.
type pagedRecords struct {
	intake.Records
	between func()
}

func (r pagedRecords) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	all := r.Records.List(ctx, prefix)
	if prefix != "events/" {
		return all
	}
	return func(yield func(string, error) bool) {
		var page []string
		for key, err := range all {
			if err != nil {
				yield("", err)
				return
			}
			page = append(page, key)
		}
		r.between()
		for _, key := range page {
			if !yield(key, nil) {
				return
			}
		}
	}
}

// TestSentAgainWhileReconciled: a deleted report is sent again after its events
// were listed; it stays.
func TestSentAgainWhileReconciled(t *testing.T) {
	h := newHouse(t)
	r := h.mustUpload("a.pdf", "pdf 甲")
	if err := h.Delete(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	cfg := h.config()
	cfg.Records = pagedRecords{cfg.Records, func() { h.mustUpload("b.pdf", "pdf 甲") }}
	s, err := intake.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.add(time.Second)
	if err := errors.Join(s.Reconcile(t.Context(), h.clock.Now()), s.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	if got := h.summary(r.ID); got.Filename != "b.pdf" {
		t.Errorf("%+v", got)
	}
}
