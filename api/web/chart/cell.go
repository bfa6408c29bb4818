package chart

// Segment is a piece of a strip, in percent of its width. Series counts from 1.
type Segment struct {
	X, W   float64
	Series int
}

// Segments are the shares of the values in their sum; values that are not above 0 have
// none.
func Segments(values []float64) []Segment {
	sum := 0.0
	for _, v := range values {
		sum += max(0, v)
	}
	var out []Segment
	x := 0.0
	for i, v := range values {
		if v <= 0 {
			continue
		}
		w := 100 * v / sum
		out = append(out, Segment{X: round(x), W: round(x+w) - round(x), Series: i + 1})
		x += w
	}
	for i := range out {
		out[i].W = round(out[i].W)
	}
	return out
}

// Share is a value's length, in percent of that of most; a value above 0 is never
// without any.
func Share(v, most float64) float64 {
	const least = 0.8
	if v <= 0 || most <= 0 {
		return 0
	}
	return round(max(least, min(100, 100*v/most)))
}

// Box is how figures are spread, in percent of the largest.
type Box struct {
	Min, Q1, Median, Q3, Max float64
	W                        float64 // of the box, Q3−Q1
}

// NewBox makes a box from the five numbers.
func NewBox(least, q1, median, q3, most float64) Box {
	at := func(v float64) float64 {
		if most <= 0 {
			return 0
		}
		return round(min(100, max(0, 100*v/most)))
	}
	b := Box{Min: at(least), Q1: at(q1), Median: at(median), Q3: at(q3), Max: at(most)}
	b.W = round(max(1, b.Q3-b.Q1))
	return b
}
