package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// convertBytes reads and converts in this process.
func convertBytes(tb testing.TB, b []byte) *report.Result {
	tb.Helper()
	ex, err := reader.Read(tb.Context(), bytes.NewReader(b), int64(len(b)), extract.DefaultLimits(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return convert.Convert(ex, report.Source{Filename: "x", SizeBytes: int64(len(b))}, convert.Options{Program: "test"})
}

// wrongFigures names the figures of the made report that the result has not.
func wrongFigures(made *fixture.Report, got *report.Result) []string {
	var wrong []string
	for _, c := range made.Form.Cells() {
		table, path, _ := strings.Cut(strings.TrimPrefix(c.Path, "/report/"), "/")
		if w, g := value(made.Table(table), path), value(got.Report.Table(table), path); w != g {
			wrong = append(wrong, fmt.Sprintf("%s: want %s, got %s", c.Path, w, g))
		}
	}
	return wrong
}

// Page breaks fall at every place of the tables when sizes and margins change:
// every figure has to come out right wherever a table is cut.
func TestFiguresSurviveEveryLayout(t *testing.T) {
	sizes := [][2]float64{{595.28, 841.89}, {841.89, 595.28}, {612, 792}}
	for n := range 120 {
		style := fixture.DefaultStyle()
		style.PageWidth, style.PageHeight = sizes[n%3][0], sizes[n%3][1]
		style.TableSize = []float64{7.5, 8, 9, 10.5, 12}[n%5]
		style.TextSize = float64(12 + n%7)
		style.Margin = []float64{40, 56, 72, 90}[n%4]
		style.RepeatHeaders = n%2 == 0
		style.PageNumbers = n%11 > 2
		if n%8 > 3 {
			style.RunningHeader = "青禾区政务公开　年度报告"
		}
		form := []string{"2021", "2019"}[n/2%2]
		t.Run(fmt.Sprintf("%d-%s-%gx%g-%gpt", n, form, style.PageWidth, style.PageHeight, style.TableSize), func(t *testing.T) {
			made := fixture.New(uint64(n), form)
			got := convertBytes(t, made.PDF(style))
			if wrong := wrongFigures(made, got); len(wrong) > 0 {
				t.Errorf("%d figures wrong, the first: %s", len(wrong), wrong[0])
			}
			if got.Report.Title == nil || *got.Report.Title != *made.Title || got.Report.SignedOn == nil || *got.Report.SignedOn != *made.SignedOn {
				t.Errorf("title %v, signed on %v", got.Report.Title, got.Report.SignedOn)
			}
			if got.Validation.Errors > 0 {
				t.Errorf("a right report has errors: %s", got.Validation.Findings[0].Message)
			}
		})
	}
}
