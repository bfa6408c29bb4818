package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/extract"
	"nianbao/storage/db/dbtest"
)

const (
	over    = "/report/applications/carried_over/total"
	forward = "/report/applications/carried_forward/total"
)

// convertReviewed finds an error in a yearly report where less is carried forward
// than over, and a warning where the prose has none of 无.
func convertReviewed(ex *extract.Extraction, src report.Source) *report.Result {
	res := convertYearly(ex, src)
	res.Validation = judgeYearly(res)
	return res
}

func judgeReviewed(doc *extract.Document, corrections []report.Correction) report.Validation {
	res := convertYearly(&extract.Extraction{Document: doc}, report.Source{})
	review.Apply(corrections, &res.Report, res.Provenance)
	return judgeYearly(res)
}

func judgeYearly(res *report.Result) report.Validation {
	v := report.Validation{Status: "pass", Rules: []report.Outcome{{ID: "made.less"}, {ID: "made.prose"}}}
	a, b := res.Report.Applications.At("carried_over/total").Value, res.Report.Applications.At("carried_forward/total").Value
	if a != nil && b != nil && a.Float() > b.Float() {
		v.Errors, v.Status = 1, "fail"
		v.Findings = append(v.Findings, report.Finding{ID: "less", Rule: "made.less", Severity: report.SeverityError, Message: "结转减少",
			Paths: []string{over, forward}, Expected: *a, Actual: *b})
	}
	if !strings.Contains(res.Report.Sections[0].Text, "无") {
		v.Warnings = 1
		v.Findings = append(v.Findings, report.Finding{ID: "prose", Rule: "made.prose", Severity: report.SeverityWarning, Message: "没有写无", Paths: []string{"/report/sections/0/text"}})
	}
	return v
}

func reviewed(c *intake.Config) { c.Convert, c.Judge = convertReviewed, judgeReviewed }

// remark says something that must be taken.
func (h *house) remark(by, id string, st report.Statement) *report.Review {
	h.t.Helper()
	h.clock.add(time.Second)
	r, err := h.Remark(intake.WithSender(h.t.Context(), by), id, st, nil, intake.Scope{})
	if err != nil {
		h.t.Fatalf("%+v: %v", st, err)
	}
	return r
}

func (h *house) review(id string) *report.Review {
	h.t.Helper()
	r, err := h.Review(h.t.Context(), id, intake.Scope{})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// wantReview compares what lists say of a report's review.
func (h *house) wantTally(what, id string, state report.ReviewState, openErrors, openWarnings, corrected int) {
	h.t.Helper()
	got := h.summary(id).Review
	if got.State != state || got.OpenErrors != openErrors || got.OpenWarnings != openWarnings || got.Corrected != corrected ||
		(got.MarkedAt != nil) != (state != report.Unreviewed) {
		h.t.Errorf("%s: %+v", what, got)
	}
}

func value(s string) *string { return &s }

// TestReview: what people say is recorded, judged anew, told in lists, and is the
// same after a rebuild and of later versions of the program. The result stays.
func TestReview(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed)
	id := h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	h.wantTally("as it came", id, report.Unreviewed, 1, 1, 0)
	before, err := json.Marshal(h.result(id))
	if err != nil {
		t.Fatal(err)
	}

	r := h.remark("甲", id, report.Statement{Act: report.ActCorrect, Path: forward, Value: value("4"), Note: "看错了"})
	if len(r.Validation.Findings) != 2 || r.OpenErrors != 1 || r.Corrections[0].By != "甲" || *r.Corrections[0].Read != "3" || r.Judged.Program != "v0.1.0+dirty" {
		t.Errorf("corrected: %+v", r)
	}
	h.remark("乙", id, report.Statement{Act: report.ActDismiss, Finding: "less", Note: "原件如此"})
	h.wantTally("dismissed", id, report.Unreviewed, 0, 1, 1)
	h.remark("甲", id, report.Statement{Act: report.ActConfirm, Finding: "prose"})
	h.remark("乙", id, report.Statement{Act: report.ActReturn, Note: "请改"})
	h.wantTally("returned", id, report.Returned, 0, 1, 1)
	// Said again it is nothing new.
	if again := h.remark("乙", id, report.Statement{Act: report.ActReturn, Note: "请改"}); len(again.History) != 4 {
		t.Errorf("said again: %+v", again.History)
	}
	// Corrected otherwise, the finding speaks of other figures: it is open again.
	h.remark("甲", id, report.Statement{Act: report.ActCorrect, Path: over, Value: value("6")})
	h.wantTally("corrected otherwise", id, report.Returned, 1, 1, 2)
	r = h.remark("甲", id, report.Statement{Act: report.ActCorrect, Path: forward, Value: value("6")})
	h.wantTally("balanced", id, report.Returned, 0, 1, 2)
	if d := r.Decision("less"); d.Stale != report.StaleGone || d.Message != "结转减少" || r.Undecided != 0 || r.Mark.Later != 2 {
		t.Errorf("balanced: %+v", r)
	}
	h.remark("甲", id, report.Statement{Act: report.ActCorrect, Path: "/report/agency", Value: value("云溪县体育局")})
	if s := h.summary(id); *s.Agency != "云溪县体育局" || s.Errors != 1 || s.Status != "fail" {
		t.Errorf("another agency: %+v", s)
	}
	if got := h.count(intake.Filter{Agency: "体育局"}) + h.count(intake.Filter{Query: "如实"}); got != 2 {
		t.Errorf("found by its corrected agency and its text: %d", got)
	}

	after, err := json.Marshal(h.result(id))
	if err != nil || string(after) != string(before) {
		t.Errorf("the result has changed: %v\n%s\n%s", err, before, after)
	}
	h.wantEvents(digest(yearly("云溪县教育局", 2023, "5", "3", "如实填报")), "received", "converted",
		"reviewed", "reviewed", "reviewed", "reviewed", "reviewed", "reviewed", "reviewed")
	wantReview, want := h.review(id), h.list()
	h.loseCatalog(reviewed)
	if d := cmp.Diff(want, h.list()); d != "" {
		t.Errorf("rebuilt (-want +got):\n%s", d)
	}
	if d := cmp.Diff(wantReview, h.review(id)); d != "" {
		t.Errorf("rebuilt review (-want +got):\n%s", d)
	}

	// By later rules that find one thing more.
	h.close()
	h.open(reviewed, newer, func(c *intake.Config) {
		c.Judge = func(doc *extract.Document, corrections []report.Correction) report.Validation {
			v := judgeReviewed(doc, corrections)
			v.Findings = append(v.Findings, report.Finding{ID: "new", Rule: "made.newer", Severity: report.SeverityWarning})
			v.Warnings++
			return v
		}
	})
	if _, ok, err := h.Reconvert(t.Context(), id, true); !ok || err != nil {
		t.Fatal(ok, err)
	}
	h.wantTally("reconverted", id, report.Returned, 0, 2, 3)
	if s := h.summary(id); *s.Agency != "云溪县体育局" {
		t.Errorf("reconverted: %+v", s)
	}

	// Deleted and sent again it is new.
	if err := h.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	h.wantTally("sent again", id, report.Unreviewed, 1, 2, 0)
	if r := h.review(id); r.Version != 0 || len(r.History) != 0 {
		t.Errorf("sent again: %+v", r)
	}
}

func (h *house) result(id string) *report.Result {
	h.t.Helper()
	res, err := h.Result(h.t.Context(), id, false)
	if err != nil {
		h.t.Fatal(err)
	}
	return res
}

func (h *house) count(f intake.Filter) int {
	h.t.Helper()
	page, err := h.List(h.t.Context(), f)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(page.Items)
}

// TestReviewRefuses: what is wrong, unseen, or about nothing is not recorded.
func TestReviewRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed)
	id := h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	ctx := t.Context()
	say := func(st report.Statement, seen *int) error {
		_, err := h.Remark(ctx, id, st, seen, intake.Scope{})
		return err
	}
	for _, st := range []report.Statement{
		{Act: report.ActConfirm, Finding: "nothing"}, {Act: report.ActDismiss, Finding: "less"}, {Act: report.ActCorrect, Path: over, Value: value("多")},
		{Act: report.ActCorrect, Path: "/report/nothing", Value: value("1")},
	} {
		var wrong review.Mistakes
		if err := say(st, nil); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v", st, err)
		}
	}
	seen := 0
	r := h.remark("甲", id, report.Statement{Act: report.ActConfirm, Finding: "less"})
	var changed *intake.ChangedError
	if err := say(report.Statement{Act: report.ActDismiss, Finding: "less", Note: "误读"}, &seen); !errors.As(err, &changed) ||
		changed.Version != r.Version || len(changed.Since) != 1 || changed.Since[0].By != "甲" {
		t.Errorf("the same finding: %v", err)
	}
	if err := say(report.Statement{Act: report.ActCheck}, &seen); !errors.As(err, &changed) {
		t.Errorf("the mark: %v", err)
	}
	if err := say(report.Statement{Act: report.ActConfirm, Finding: "less"}, &seen); err != nil {
		t.Errorf("the same: %v", err)
	}
	if err := say(report.Statement{Act: report.ActConfirm, Finding: "prose"}, &seen); err != nil {
		t.Errorf("another finding: %v", err)
	}
	h.wantEvents(digest(yearly("云溪县教育局", 2023, "5", "3", "如实填报")), "received", "converted", "reviewed", "reviewed")
	if _, err := h.Remark(ctx, "nobody", report.Statement{Act: report.ActCheck}, nil, intake.Scope{}); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
	if _, err := h.upload("b.pdf", "locked 乙"); err == nil {
		t.Fatal("no failure")
	}
	locked := intake.IDOf(digest("locked 乙"))
	if _, err := h.Review(ctx, locked, intake.Scope{}); extract.AsError(err) == nil {
		t.Errorf("one that failed: %v", err)
	}
}

// reviewers lets two processes and several people at once speak of one report.
func reviewers(t *testing.T, h *house) {
	id := h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	other := h.neighbour("neighbour", reviewed)
	paths := []string{"business", "research", "social_welfare", "legal_service", "other", "natural_person"}
	var group sync.WaitGroup
	errs := make(chan error, 4*len(paths))
	for i, p := range paths {
		for k, service := range []*intake.Service{h.Service, other.Service} {
			group.Go(func() {
				ctx := intake.WithSender(t.Context(), fmt.Sprintf("%s %d", p, k))
				row := []string{"granted", "partially_granted"}[k]
				_, err := service.Remark(ctx, id, report.Statement{Act: report.ActCorrect, Path: "/report/applications/" + row + "/" + p, Value: value(fmt.Sprint(i + 1))}, nil, intake.Scope{})
				errs <- err
				_, err = service.Remark(ctx, id, report.Statement{Act: report.ActConfirm, Finding: "less", Note: fmt.Sprint(p, k)}, nil, intake.Scope{})
				errs <- err
			})
		}
	}
	group.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	r := h.review(id)
	said := map[string]bool{}
	for i, s := range r.History {
		said[string(s.Act)+s.Path+s.By] = true
		if i > 0 && s.N >= r.History[i-1].N {
			t.Errorf("out of order: %+v", r.History)
		}
	}
	if len(r.Corrections) != 2*len(paths) || len(r.Decisions) != 1 || len(said) != 4*len(paths) || len(r.History) != 4*len(paths) {
		t.Errorf("%d corrections, %d decisions, %d of %d statements", len(r.Corrections), len(r.Decisions), len(said), len(r.History))
	}
	if d := r.Decisions[0]; d.Note != r.History[slices.IndexFunc(r.History, func(s report.Statement) bool { return s.Act == report.ActConfirm })].Note {
		t.Errorf("the last word does not hold: %+v", d)
	}
	h.wantTally("after all", id, report.Unreviewed, 1, 1, 2*len(paths))
	if got := h.summary(id).Review.Version; got != r.Version {
		t.Errorf("the catalog has version %d of %d", got, r.Version)
	}
}

// TestReviewersAtOnce: nothing of what many say at the same time is lost.
func TestReviewersAtOnce(t *testing.T) {
	t.Parallel()
	reviewers(t, newHouse(t, reviewed))
}

func TestReviewersAtOnceOnPostgres(t *testing.T) {
	t.Parallel()
	reviewers(t, newHouseOnPostgres(t, dbtest.Postgres(t).Source, reviewed))
}

// forgetful is a catalog that is away when it is to be told something.
type forgetful struct {
	intake.Catalog
	away *bool
}

func (c forgetful) Refresh(ctx context.Context, was, row intake.Row) (bool, error) {
	if *c.away {
		return false, errors.New("the catalog is away")
	}
	return c.Catalog.Refresh(ctx, was, row)
}

// TestReviewOnRecordOnly: what was recorded and not entered in the catalog is
// entered when the review is asked for, or the catalog reconciled.
func TestReviewOnRecordOnly(t *testing.T) {
	t.Parallel()
	away := false
	h := newHouse(t, reviewed, func(c *intake.Config) { c.Catalog = forgetful{c.Catalog, &away} })
	for name, heal := range map[string]func(id string){
		"asked for":  func(id string) { h.review(id) },
		"reconciled": func(string) { h.must(h.Reconcile(t.Context(), time.Time{})) },
	} {
		id := h.take("云溪县"+strings.ReplaceAll(name, " ", ""), 2023, "5", "3", "如实填报")
		away = true
		if _, err := h.Remark(t.Context(), id, report.Statement{Act: report.ActCheck}, nil, intake.Scope{}); err == nil {
			t.Error("nobody was told that the catalog is away")
		}
		h.wantTally("away", id, report.Unreviewed, 1, 1, 0)
		away = false
		heal(id)
		h.wantTally(name, id, report.Checked, 1, 1, 0)
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// TestReviewMeanwhile: what is said while a report is converted anew counts.
func TestReviewMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed)
	id := h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	h.close()
	h.idle = true
	var once sync.Once
	h.open(reviewed, newer, func(c *intake.Config) {
		plain := c.Catalog
		c.Catalog = changedMeanwhile{c.Catalog, func() {
			once.Do(func() {
				n := h.neighbour("other", reviewed, func(o *intake.Config) { o.Catalog = plain })
				if _, err := n.Remark(t.Context(), id, report.Statement{Act: report.ActDismiss, Finding: "less", Note: "误读"}, nil, intake.Scope{}); err != nil {
					t.Error(err)
				}
			})
		}}
	})
	if r, ok, err := h.Reconvert(t.Context(), id, true); !ok || err != nil || r.After == nil {
		t.Errorf("%+v, %v, %v", r, ok, err)
	}
	h.wantTally("dismissed, with what is new", id, report.Unreviewed, 0, 2, 0)
}

// TestEditions: the versions of a report are told, each with its mark, and what
// differs; decisions are not carried over.
func TestEditions(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed)
	first := h.take("云溪县教育局", 2023, "5", "3", "如实填报")
	h.take("云溪县财政局", 2023, "5", "3", "如实填报")
	h.take("云溪县教育局", 2022, "5", "3", "如实填报")
	h.remark("甲", first, report.Statement{Act: report.ActDismiss, Finding: "less", Note: "原件如此"})
	h.remark("甲", first, report.Statement{Act: report.ActReturn, Note: "请改"})
	second := h.take("云溪县教育局", 2023, "5", "4", "如实上报")
	told := func() (out []string) {
		r := h.review(second)
		for _, e := range append([]report.Edition{*r.Previous}, r.Editions...) {
			out = append(out, fmt.Sprintf("%s %s %d", map[string]string{first: "first", second: "second"}[e.ID], e.State, e.OpenErrors))
		}
		if len(r.Decisions) != 0 {
			t.Errorf("carried over: %+v", r.Decisions)
		}
		return out
	}
	want := []string{"first returned 0", "second unreviewed 1", "first returned 0"}
	if got := told(); !slices.Equal(got, want) {
		t.Errorf("by name: %v", got)
	}
	h.setBodies("云溪县教育局", "云溪县财政局")
	for {
		n, err := h.catalog.Repropose(t.Context(), 100)
		h.must(err)
		if n == 0 {
			break
		}
	}
	if got := told(); !slices.Equal(got, want) {
		t.Errorf("of a body: %v", got)
	}
	if r := h.review(first); r.Previous != nil || len(r.Editions) != 2 {
		t.Errorf("the first: %+v", r)
	}
	if r, err := h.Review(t.Context(), second, intake.Scope{Restricted: true}); err != nil || len(r.Editions) != 0 {
		t.Errorf("outside of the scope: %+v, %v", r, err)
	}

	h.remark("甲", first, report.Statement{Act: report.ActCorrect, Path: over, Value: value("8")})
	c, err := h.Compare(t.Context(), first, second)
	h.must(err)
	b, err := json.Marshal(c.Chapters)
	h.must(err)
	if c.Before.ID != first || c.After.ID != second || len(c.Changes.Values) < 2 || !strings.Contains(fmt.Sprint(c.Changes.Values), over+"：8 → 5") ||
		string(b) != `[{"key":"overview","before":"总体情况","after":"总体情况","paragraphs":[{"op":"changed","pieces":[{"op":"same","text":"如实"},{"op":"gone","text":"填"},{"op":"new","text":"上"},{"op":"same","text":"报"}]}]}]` {
		t.Errorf("%+v\n%s", c, b)
	}
	if _, err := h.Compare(t.Context(), first, "nobody"); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("with nobody: %v", err)
	}
}

// TestReviewHistory: the body is part of the history, and findings beside other
// reports can be decided on.
func TestReviewHistory(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed)
	body := h.setBodies("云溪县教育局").Bodies()[0].ID
	h.take("云溪县教育局", 2022, "0", "3", "无")
	id := h.take("云溪县教育局", 2023, "5", "5", "皆无")
	ctx := intake.WithSender(t.Context(), "甲")
	h.must(h.Attach(ctx, id, body))
	c, err := h.Context(ctx, id, intake.Scope{})
	h.must(err)
	at := slices.IndexFunc(c.Findings, func(f report.Finding) bool { return f.Rule == carryOver })
	if at < 0 {
		t.Fatalf("nothing was carried over wrongly: %+v", c.Findings)
	}
	r := h.remark("乙", id, report.Statement{Act: report.ActDismiss, Finding: c.Findings[at].ID, Note: "上年报错"})
	if len(r.History) != 2 || r.History[0].Act != report.ActDismiss || r.History[1].Act != report.ActAttach || r.History[1].Body != body || r.History[1].By != "甲" ||
		r.Decisions[0].Stale != "" {
		t.Errorf("%+v", r)
	}
	// A corrected figure is compared as it is corrected.
	h.remark("乙", id, report.Statement{Act: report.ActCorrect, Path: "/report/applications/carried_over/total", Value: value("3")})
	for _, f := range []string{"natural_person", "business", "research", "social_welfare", "legal_service", "other"} {
		h.remark("乙", id, report.Statement{Act: report.ActCorrect, Path: "/report/applications/carried_over/" + f, Value: value("3")})
	}
	h.wantSays("corrected", id, carryOver, report.Passed)
	if d := h.review(id).Decisions[0]; d.Stale != report.StaleGone {
		t.Errorf("%+v", d)
	}
}
