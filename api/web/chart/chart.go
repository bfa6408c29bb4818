package chart

import (
	"strconv"
	"strings"
)

// Value is one number, or a gap: then Text says why, in a word.
type Value struct {
	V     float64
	Known bool
	Text  string // what the report has, as people read it
}

// Series is a row of values, one for each label.
type Series struct {
	Name   string
	Values []Value
}

// Break stands before a label: what follows is not the same as what came before.
type Break struct {
	Before int // index of the label
	Text   string
}

// Input is what a chart is made of. Every series has as many values as there are
// labels.
type Input struct {
	ID          string // unique in the page
	Title, Desc string // for those who do not see it
	Unit        string // over the axis
	Labels      []string
	Series      []Series
	Breaks      []Break
}

// Chart is a chart as it is laid out.
type Chart struct {
	ID, Title, Desc string
	Unit            string
	Width, Height   float64
	Grid            []Rule // lines across with their numbers
	Base            Rule   // of 0
	Bars            []Bar
	Lines           []Line
	Dots            []Dot
	Labels          []Text // below
	Values          []Text // at bars and points
	Gaps            []Text // in the place of what there is not
	Ends            []End  // names at the ends of lines
	Breaks          []Rule
	Legend          []Entry // where names do not stand at the lines
}

// Rule is a straight line with a text.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Text           string
	TextX, TextY   float64
}

// Bar is a bar or a piece of one. Series counts from 1.
type Bar struct {
	X, Y, W, H float64
	Series     int
	Title      string // shown by the pointer
}

// Line is a stretch of a line without gaps; Points is the attribute of a polyline.
type Line struct {
	Series int
	Points string
}

// Dot is a point of a line. Path is its shape.
type Dot struct {
	Series int
	Path   string
	Title  string
}

// Text is a text in the middle of X.
type Text struct {
	X, Y float64
	Text string
}

// End is the name at a line's end, with a thin line to it from the last point.
type End struct {
	Text
	Series         int
	X1, Y1, X2, Y2 float64
}

// Entry is a line of the legend.
type Entry struct {
	Series int
	Name   string
}

// The measures of charts.
const (
	plotHeight = 190.0
	top        = 30.0 // values stand over the highest bar
	bottom     = 28.0
	fontSize   = 13.0
	valueSize  = 12.0
	leastStep  = 46.0
	mostStep   = 84.0
	leastWidth = 500.0 // unless there are few labels
	lineHeight = 16.0
	axisCount  = 4
)

// plot is the field between the axes.
type plot struct {
	in          *Input
	out         *Chart
	left, right float64 // margins
	step        float64
	lo, hi      float64
}

// newPlot makes the field for values up to most; right is the margin on that side,
// need the least room for a label.
func newPlot(in *Input, least, most, right, need float64) *plot {
	whole := true
	widest := 0.0
	for _, s := range in.Series {
		for _, v := range s.Values {
			whole = whole && v.V == float64(int64(v.V))
			widest = max(widest, textWidth(v.Text, valueSize))
		}
	}
	for _, l := range in.Labels {
		widest = max(widest, textWidth(l, fontSize))
	}
	p := &plot{in: in, out: &Chart{ID: in.ID, Title: in.Title, Desc: in.Desc, Unit: in.Unit}, right: right}
	all := ticks(min(0, least), max(0, most), axisCount, whole)
	p.lo, p.hi = all[0], all[len(all)-1]
	for _, v := range all {
		p.left = max(p.left, textWidth(number(v), valueSize)+8)
	}
	n := float64(max(1, len(in.Labels)))
	p.step = max(need, min(mostStep, max(leastStep, widest+10, (leastWidth-p.left-right)/n)))
	p.out.Width = round(p.left + p.step*n + right)
	p.out.Height = top + plotHeight + bottom
	for _, v := range all {
		r := Rule{X1: round(p.left), X2: round(p.out.Width - right), Y1: p.y(v), Y2: p.y(v), Text: number(v), TextX: round(p.left - 6), TextY: p.y(v) + 4}
		if v == 0 {
			p.out.Base = r
		} else {
			p.out.Grid = append(p.out.Grid, r)
		}
	}
	for i, l := range in.Labels {
		p.out.Labels = append(p.out.Labels, Text{X: p.x(i), Y: top + plotHeight + 19, Text: l})
	}
	for _, b := range in.Breaks {
		x := round(p.left + p.step*float64(b.Before))
		p.out.Breaks = append(p.out.Breaks, Rule{X1: x, X2: x, Y1: 14, Y2: top + plotHeight, Text: b.Text, TextX: x, TextY: 10})
	}
	return p
}

// x is the middle of a label's field.
func (p *plot) x(i int) float64 { return round(p.left + p.step*(float64(i)+0.5)) }

func (p *plot) y(v float64) float64 { return round(top + plotHeight*(1-(v-p.lo)/(p.hi-p.lo))) }

func (p *plot) gap(x float64, text string) {
	p.out.Gaps = append(p.out.Gaps, Text{X: x, Y: p.y(0) - 6, Text: text})
}

// title is what the pointer shows.
func (p *plot) title(i int, s *Series) string {
	return p.in.Labels[i] + " " + s.Name + "：" + s.Values[i].Text
}

// Stacked is a bar for each label, made of the values of the series. Where one of
// them is not known the sum is not known either: what is known is drawn, and the word
// stands over it.
func Stacked(in Input) *Chart {
	most := 0.0
	for i := range in.Labels {
		sum := 0.0
		for _, s := range in.Series {
			sum += positive(s.Values[i])
		}
		most = max(most, sum)
	}
	p := newPlot(&in, 0, most, 8, 0)
	wide := round(min(46, p.step*0.62))
	for i := range in.Labels {
		sum, gap := 0.0, ""
		for k := range in.Series {
			v := in.Series[k].Values[i]
			if !v.Known {
				gap = v.Text
				continue
			}
			if v.V <= 0 {
				continue
			}
			y := p.y(sum + v.V)
			p.out.Bars = append(p.out.Bars, Bar{X: round(p.x(i) - wide/2), Y: y, W: wide, H: round(p.y(sum) - y), Series: k + 1, Title: p.title(i, &in.Series[k])})
			sum += v.V
		}
		switch {
		case gap != "" && sum == 0:
			p.gap(p.x(i), gap)
		case gap != "":
			p.out.Gaps = append(p.out.Gaps, Text{X: p.x(i), Y: p.y(sum) - 6, Text: gap})
		default:
			p.out.Values = append(p.out.Values, Text{X: p.x(i), Y: p.y(sum) - 6, Text: number(sum)})
		}
	}
	p.legend()
	return p.out
}

func positive(v Value) float64 {
	if !v.Known {
		return 0
	}
	return max(0, v.V)
}

func (p *plot) legend() {
	if len(p.in.Series) > 1 {
		for k, s := range p.in.Series {
			p.out.Legend = append(p.out.Legend, Entry{k + 1, s.Name})
		}
	}
}

// Bars is a group of bars for each label, one a series.
func Bars(in Input) *Chart {
	least, most := 0.0, 0.0
	widest := 0.0
	for _, s := range in.Series {
		for _, v := range s.Values {
			if v.Known {
				least, most = min(least, v.V), max(most, v.V)
			}
			widest = max(widest, textWidth(v.Text, valueSize))
		}
	}
	n := float64(max(1, len(in.Series)))
	column := widest + 6 // values stand side by side
	p := newPlot(&in, least, most, 8, n*column+8)
	column = max(column, min(46, p.step*0.72/n))
	wide := round(min(46, column-4))
	for i := range in.Labels {
		for k := range in.Series {
			v := &in.Series[k].Values[i]
			x := round(p.x(i) + (float64(k)-(n-1)/2)*column)
			if !v.Known {
				p.gap(x, v.Text)
				continue
			}
			y, base := p.y(max(v.V, 0)), p.y(min(v.V, 0))
			p.out.Bars = append(p.out.Bars, Bar{X: round(x - wide/2), Y: y, W: wide, H: round(base - y), Series: k + 1, Title: p.title(i, &in.Series[k])})
			p.out.Values = append(p.out.Values, Text{X: x, Y: y - 6, Text: v.Text})
		}
	}
	p.legend()
	return p.out
}

// Lines is a line for each series, broken where a value is not known and at breaks.
func Lines(in Input) *Chart {
	least, most, names := 0.0, 0.0, 0.0
	for _, s := range in.Series {
		names = max(names, textWidth(s.Name, fontSize))
		for _, v := range s.Values {
			if v.Known {
				least, most = min(least, v.V), max(most, v.V)
			}
		}
	}
	p := newPlot(&in, least, most, names+26, 0)
	p.strokes()
	p.words()
	return p.out
}

// strokes draws the lines and their points.
func (p *plot) strokes() {
	broken := map[int]bool{}
	for _, b := range p.in.Breaks {
		broken[b.Before] = true
	}
	for k := range p.in.Series {
		s := &p.in.Series[k]
		var run []string
		flush := func() {
			if len(run) > 1 {
				p.out.Lines = append(p.out.Lines, Line{k + 1, strings.Join(run, " ")})
			}
			run = nil
		}
		for i, v := range s.Values {
			if broken[i] || !v.Known {
				flush()
			}
			if v.Known {
				x, y := p.x(i), p.y(v.V)
				run = append(run, coordinate(x)+","+coordinate(y))
				p.out.Dots = append(p.out.Dots, Dot{k + 1, shape(k, x, y), p.title(i, s)})
			}
		}
		flush()
	}
}

// words writes the names at the lines' ends, and one word at each label without any
// value.
func (p *plot) words() {
	var at []float64
	var ends []End
	for k := range p.in.Series {
		s := &p.in.Series[k]
		for i := len(s.Values) - 1; i >= 0; i-- {
			if v := s.Values[i]; v.Known {
				at = append(at, p.y(v.V))
				ends = append(ends, End{Series: k + 1, Text: Text{Text: s.Name}, X1: p.x(i) + 7, Y1: p.y(v.V)})
				break
			}
		}
	}
	for i, y := range apart(at, lineHeight, top, top+plotHeight-4) {
		e := &ends[i]
		e.X2, e.Y2 = round(p.out.Width-p.right-6), round(y)
		e.X, e.Y = round(p.out.Width-p.right-2), round(y+4)
	}
	p.out.Ends = ends
	for i := range p.in.Labels {
		text := ""
		for _, s := range p.in.Series {
			if s.Values[i].Known {
				text = ""
				break
			}
			text = s.Values[i].Text
		}
		if text != "" {
			p.gap(p.x(i), text)
		}
	}
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// shape is the path of a series' point: a disc, a square, a triangle, a diamond.
func shape(series int, x, y float64) string {
	at := func(dx, dy float64) string { return coordinate(round(x+dx)) + " " + coordinate(round(y+dy)) }
	switch series % 4 {
	case 1:
		return "M" + at(-4, -4) + "h8v8h-8z"
	case 2:
		return "M" + at(0, -5) + "L" + at(5, 4) + "L" + at(-5, 4) + "z"
	case 3:
		return "M" + at(0, -5.5) + "L" + at(5.5, 0) + "L" + at(0, 5.5) + "L" + at(-5.5, 0) + "z"
	}
	return "M" + at(-4.5, 0) + "a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z"
}
