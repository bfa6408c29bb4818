package intake_test

import (
	"context"
	"strings"
	"testing"

	"nianbao/convert/figures"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Figures are told of reports that have some, and once more after a correction.
func TestFigures(t *testing.T) {
	h := newYearlyHouse(t)
	a, b := h.take("临河市水务局", 2022, "2", "3", "无"), h.take("临河市水务局", 2023, "4", "若干", "无")
	get := func() map[string]figures.Set {
		got, err := h.Figures(t.Context(), []string{a, b, "nothing"})
		if err != nil || len(got) != 2 {
			t.Fatalf("%d sets: %v", len(got), err)
		}
		return got
	}
	for range 2 { // read, and kept
		got := get()
		x, y := got[a], got[b]
		if v := x.Get(figures.CarriedForward); v.Text() != "3" {
			t.Errorf("carried forward %s", v.Text())
		}
		if v := y.Get(figures.CarriedForward); v.State != figures.Unreadable {
			t.Errorf("no number is %s", v.Text())
		}
	}
	five := "5"
	st := report.Statement{Act: report.ActCorrect, Path: "/report/applications/carried_forward/total", Value: &five}
	if _, err := h.Remark(t.Context(), b, st, nil, intake.Scope{}); err != nil {
		t.Fatal(err)
	}
	y := get()[b]
	if v := y.Get(figures.CarriedForward); v.Text() != "5" {
		t.Errorf("corrected to 5, told is %s", v.Text())
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Figures(stopped, []string{a}); err == nil {
		t.Error("a request that has ended is answered")
	}
}

// Over holds each year against the one before, and years with a gap not at all.
func TestOver(t *testing.T) {
	h := newYearlyHouse(t)
	ids := []string{h.take("临河市水务局", 2020, "2", "3", "无"), h.take("临河市水务局", 2022, "4", "6", "无"), h.take("临河市水务局", 2023, "5", "6", "无")}
	got, err := h.Over(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	if len(got[ids[0]])+len(got[ids[1]]) != 0 {
		t.Error("years are compared that do not follow on each other")
	}
	found := ""
	for _, f := range got[ids[2]] {
		found += f.Rule + " "
	}
	if !strings.Contains(found, "history.carry_over") {
		t.Errorf("found %s", found)
	}
}

// Shared tells of sentences that another report has, too, of the scope only.
func TestShared(t *testing.T) {
	h := newYearlyHouse(t)
	const text = "水务局在河堤沿线竖立取水许可告知牌并由巡堤员逐块核对更换破损的牌面。夜间值守人员把水情通报誊写到公示栏里供船工查看。"
	h.take("临河市水务局", 2023, "0", "0", text)
	own := h.take("白石县财政局", 2023, "0", "0", text)
	got, err := h.Shared(t.Context(), own, intake.Scope{})
	if err != nil || len(got) != 1 || got[0].Agency != "临河市水务局" || got[0].Percent() < 90 {
		t.Fatalf("%+v, %v", got, err)
	}
	if p := got[0].Passages; len(p) != 1 || p[0].Text != text || p[0].OtherText != text {
		t.Errorf("passages %+v", p)
	}
	if got, err := h.Shared(t.Context(), own, intake.Scope{Restricted: true, Sender: "nobody"}); err != nil || len(got) != 0 {
		t.Errorf("outside of the scope: %+v, %v", got, err)
	}
}
