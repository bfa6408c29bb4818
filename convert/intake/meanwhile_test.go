package intake_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

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
	h := newHouse(t)
	begun, release := h.blocked()
	id := h.noWait("pdf 甲")
	<-begun
	cfg := h.config()
	cfg.Catalog = &interrupted{Catalog: cfg.Catalog, before: func() {
		close(release)
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
