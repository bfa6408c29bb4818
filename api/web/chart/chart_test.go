package chart

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func known(v float64) Value { return Value{V: v, Known: true, Text: number(v)} }

func gap(text string) Value { return Value{Text: text} }

// years is an input of five years with a gap, and a break before the third.
func years(series ...Series) Input {
	return Input{ID: "x", Title: "图", Desc: "说明", Unit: "件", Labels: []string{"2019", "2020", "2021", "2022", "2023"},
		Breaks: []Break{{Before: 2, Text: "2021年表式起"}}, Series: series}
}

// The layout of each kind of chart, to the tenth of a pixel.
func TestGolden(t *testing.T) {
	two := []Series{
		{Name: "予以公开", Values: []Value{known(12), known(0), known(31), gap("无报告"), known(7)}},
		{Name: "不予<公开>", Values: []Value{known(3), known(4), gap("空白"), gap("无报告"), known(1)}},
	}
	for name, c := range map[string]*Chart{"stacked": Stacked(years(two...)), "bars": Bars(years(two[0])), "lines": Lines(years(two...))} {
		got, err := json.MarshalIndent(c, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name+".json")
		if *update {
			if err := os.WriteFile(path, append(got, '\n'), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(got)+"\n" {
			t.Errorf("%s is laid out otherwise (go test -update, and look at it):\n%s", name, got)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, k := range []struct {
		lo, hi float64
		whole  bool
		want   []float64
	}{
		{0, 0, true, []float64{0, 1}}, {0, 3, true, []float64{0, 1, 2, 3}}, {0, 47, true, []float64{0, 20, 40, 60}},
		{0, 1620, true, []float64{0, 500, 1000, 1500, 2000}}, {-7, 12, true, []float64{-10, -5, 0, 5, 10, 15}},
		{0, 0.4, false, []float64{0, 0.1, 0.2, 0.3, 0.4}}, {0, math.NaN(), true, []float64{0, 1}},
	} {
		got := ticks(k.lo, k.hi, axisCount, k.whole)
		if !slices.EqualFunc(got, k.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("ticks from %g to %g: %v, want %v", k.lo, k.hi, got, k.want)
		}
	}
}

// collide fails where two texts of a line lie on each other.
func collide(t *testing.T, what string, size float64, all []Text) {
	t.Helper()
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Text) int { return int(math.Copysign(1, a.X-b.X)) })
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if room := b.X - textWidth(b.Text, size)/2 - a.X - textWidth(a.Text, size)/2; room < 0 && math.Abs(a.Y-b.Y) < size {
			t.Errorf("%s: %q and %q lie on each other by %.1f px", what, a.Text, b.Text, -room)
		}
	}
}

// Twenty years of large numbers, or thirty agencies with long names: no text lies on
// another one, and all are inside.
func TestTextsDoNotCollide(t *testing.T) {
	for _, n := range []int{1, 2, 5, 20, 30} {
		in := Input{ID: "x"}
		values := make([]Value, n)
		for i := range n {
			in.Labels = append(in.Labels, strconv.Itoa(2000+i))
			if n == 30 {
				in.Labels[i] = "云溪县第" + strconv.Itoa(i) + "局"
			}
			values[i] = known(float64(123456 + i*7919%1000))
			if i%4 == 3 {
				values[i] = gap("未转换")
			}
		}
		for _, series := range [][]Series{{{Name: "新收申请", Values: values}}, {{Name: "新收申请", Values: values}, {Name: "办理总计", Values: values}, {Name: "结转下年", Values: values}}} {
			in.Series = series
			for name, c := range map[string]*Chart{"stacked": Stacked(in), "bars": Bars(in), "lines": Lines(in)} {
				what := name + " " + strconv.Itoa(n) + "×" + strconv.Itoa(len(series))
				collide(t, what+" labels", fontSize, c.Labels)
				collide(t, what+" values", valueSize, append(slices.Clone(c.Values), c.Gaps...))
				for i := 1; i < len(c.Ends); i++ {
					if d := math.Abs(c.Ends[i].Y - c.Ends[i-1].Y); d < lineHeight-0.2 {
						t.Errorf("%s: names are %.1f px apart", what, d)
					}
				}
				for _, x := range append(slices.Clone(c.Labels), c.Values...) {
					if x.X-textWidth(x.Text, fontSize)/2 < 0 || x.X+textWidth(x.Text, fontSize)/2 > c.Width || x.Y < 0 || x.Y > c.Height {
						t.Errorf("%s: %q is outside of the chart", what, x.Text)
					}
				}
				for _, e := range c.Ends {
					if e.X+textWidth(e.Text.Text, fontSize) > c.Width+1 || e.Y > c.Height {
						t.Errorf("%s: the name %q is outside of the chart", what, e.Text.Text)
					}
				}
			}
		}
	}
}

// A gap is no bar and no point, and a line does not go over it nor over a break.
func TestGaps(t *testing.T) {
	c := Lines(years(Series{Name: "a", Values: []Value{known(1), known(2), known(3), gap("空白"), known(0)}}))
	if len(c.Dots) != 4 || len(c.Lines) != 1 || len(c.Gaps) != 1 || c.Gaps[0].Text != "空白" {
		t.Errorf("%d points, %d lines, gaps %v", len(c.Dots), len(c.Lines), c.Gaps)
	}
	b := Bars(years(Series{Name: "a", Values: []Value{known(1), gap("空白"), known(3), gap("读不清"), known(0)}}))
	if len(b.Gaps) != 2 || len(b.Values) != 3 {
		t.Errorf("gaps %v, values %v", b.Gaps, b.Values)
	}
	s := Stacked(years(
		Series{Name: "a", Values: []Value{known(1), gap("空白"), known(3), gap("无报告"), known(0)}},
		Series{Name: "b", Values: []Value{known(1), known(5), known(0), gap("无报告"), known(0)}}))
	if len(s.Values) != 3 || s.Values[0].Text != "2" || len(s.Gaps) != 2 {
		t.Errorf("sums %v, gaps %v", s.Values, s.Gaps)
	}
}

func TestCells(t *testing.T) {
	got := Segments([]float64{1, 0, 2, -4, 1})
	want := []Segment{{0, 25, 1}, {25, 50, 3}, {75, 25, 5}}
	if !slices.Equal(got, want) {
		t.Errorf("segments %v", got)
	}
	if got := Segments([]float64{0, 0}); len(got) != 0 {
		t.Errorf("segments of nothing: %v", got)
	}
	if Share(0, 10) != 0 || Share(1, 1e6) == 0 || Share(10, 10) != 100 || Share(3, 0) != 0 {
		t.Error("shares")
	}
	if b := NewBox(0, 5, 10, 15, 20); b != (Box{0, 25, 50, 75, 100, 50}) {
		t.Errorf("box %v", b)
	}
	for in, want := range map[string]string{"1234": "1234", "12345": "12,345", "1234567.5": "1,234,567.5", "-12345": "-12,345", "x": "x", "": ""} {
		if got := Thousands(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
