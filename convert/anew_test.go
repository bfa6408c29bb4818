package convert_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// read extracts a made report with two mistakes: a total of new applications that
// is too high, and one of complaints.
func read(tb testing.TB, long int) *extract.Extraction {
	tb.Helper()
	r := fixture.New(1, "2021")
	for _, path := range []string{"new/total", "granted/other"} {
		n := r.Applications.At(path)
		v := report.Number("999")
		n.Value = &v
	}
	r.Sections[0].Text += strings.Repeat("\n全年按时完成各项工作，结果已经向社会公布。", long)
	data := r.PDF(fixture.DefaultStyle())
	ex, err := reader.Read(context.Background(), bytes.NewReader(data), int64(len(data)), extract.DefaultLimits(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return ex
}

// stored is a document as the archive gives it back.
func stored(tb testing.TB, doc *extract.Document) *extract.Document {
	tb.Helper()
	b, err := json.Marshal(doc)
	if err != nil {
		tb.Fatal(err)
	}
	out := new(extract.Document)
	if err := json.Unmarshal(b, out); err != nil {
		tb.Fatal(err)
	}
	return out
}

func byID(v *report.Validation) map[string]report.Finding {
	out := map[string]report.Finding{}
	for _, f := range v.Findings {
		out[f.ID] = f
	}
	return out
}

// TestJudgeAnew: a stored document without corrections is judged as it was when it
// was read. A correction changes what it is about; all other findings are the same,
// ids and all.
func TestJudgeAnew(t *testing.T) {
	ex := read(t, 0)
	res := convert.Convert(ex, source("a.pdf"), convert.Options{})
	doc := stored(t, ex.Document)
	plain := convert.JudgeAnew(doc, nil, convert.Options{})
	if d := cmp.Diff(string(jsonOf(t, res.Validation)), string(jsonOf(t, plain))); d != "" {
		t.Fatalf("without corrections (-read +anew):\n%s", d)
	}
	before := byID(&res.Validation)
	if len(before) != len(res.Validation.Findings) || len(before) < 4 {
		t.Fatalf("%d findings, %d ids", len(res.Validation.Findings), len(before))
	}
	truth := fixture.New(1, "2021").Applications
	right := func(path string) report.Correction {
		v := string(*truth.At(path).Value)
		return report.Correction{Path: "/report/applications/" + path, Value: &v}
	}
	one := convert.JudgeAnew(doc, []report.Correction{right("new/total")}, convert.Options{})
	for id, f := range byID(&one) {
		if was, ok := before[id]; !ok || review.Fingerprint(&was) != review.Fingerprint(&f) {
			t.Errorf("new, or another one: %+v", f)
		}
	}
	gone := 0
	for id, f := range before {
		if _, ok := byID(&one)[id]; !ok {
			gone++
			if !slices.Contains(f.Paths, "/report/applications/new/total") {
				t.Errorf("gone, though it is about something else: %+v", f)
			}
		}
	}
	if gone == 0 {
		t.Error("the correction changed nothing")
	}
	// In whichever order.
	all := []report.Correction{right("granted/other"), right("new/total")}
	a := convert.JudgeAnew(doc, all, convert.Options{})
	slices.Reverse(all)
	b := convert.JudgeAnew(doc, all, convert.Options{})
	if a.Errors != 0 || !cmp.Equal(slices.Sorted(maps.Keys(byID(&a))), slices.Sorted(maps.Keys(byID(&b)))) {
		t.Errorf("all corrected: %+v", a.Findings)
	}
	if again := convert.JudgeAnew(doc, nil, convert.Options{}); !bytes.Equal(jsonOf(t, again), jsonOf(t, plain)) {
		t.Error("the document was changed")
	}
}

// TestReviewKeepsToTheSchema: a result with a review is one that the schema knows.
func TestReviewKeepsToTheSchema(t *testing.T) {
	ex := read(t, 0)
	res := convert.Convert(ex, source("a.pdf"), convert.Options{})
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	value, finding := "12", res.Validation.Findings[0].ID
	r := review.Fold([]report.Statement{
		{N: 3, Act: report.ActCorrect, Path: "/report/applications/new/total", Label: "总计", Value: &value, By: "甲", At: at},
		{N: 4, Act: report.ActDismiss, Finding: finding, Note: "误读", At: at, Severity: report.SeverityError}, {N: 5, Act: report.ActCheck, At: at},
	})
	v := convert.JudgeAnew(ex.Document, r.Corrections, convert.Options{})
	r.Validation, r.Judged = &v, &res.Versions
	review.Count(&r, &v, nil)
	r.Editions = []report.Edition{{ID: "a", ReceivedAt: at, State: report.Checked, MarkedAt: &at}}
	r.Previous = &r.Editions[0]
	review.Apply(r.Corrections, &res.Report, res.Provenance)
	res.Review = &r
	validate(t, schema(t), "with a review", jsonOf(t, res))
	res.Review.State = "praised"
	if check(t, schema(t), jsonOf(t, res)) == nil {
		t.Error("the schema takes any review")
	}
}

// BenchmarkJudgeAnew judges a stored report anew with a correction, without reading
// it from the archive: of the usual length, and of about 60 pages.
func BenchmarkJudgeAnew(b *testing.B) {
	for name, long := range map[string]int{"usual": 0, "long": 2000} {
		doc := stored(b, read(b, long).Document)
		value := "12"
		corrections := []report.Correction{{Path: "/report/applications/new/total", Value: &value}}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				convert.JudgeAnew(doc, corrections, convert.Options{})
			}
		})
	}
}
