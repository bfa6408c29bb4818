package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ticks are round numbers from at most least to at least most, about count of them:
// steps of 1, 2 or 5 and a power of ten. Counts have no steps below 1.
func ticks(least, most float64, count int, whole bool) []float64 {
	if !(most > least) { // or not a number
		most = least + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((most-least)/float64(count))))
	for _, by := range []float64{1, 2, 5, 10} {
		if (most-least)/(step*by) <= float64(count) {
			step *= by
			break
		}
	}
	if whole {
		step = max(step, 1)
	}
	var out []float64
	from, to := math.Floor(least/step), math.Ceil(most/step)
	for i := from; i <= to; i++ {
		out = append(out, i*step)
	}
	return out
}

// number writes a tick or a sum: thousands apart, no more digits than there are.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if len(s) > 12 {
		s = strconv.FormatFloat(v, 'g', 4, 64)
	}
	return Thousands(s)
}

// Thousands sets the thousands of a decimal apart; what is no plain decimal stays.
func Thousands(s string) string {
	whole, rest, dot := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	const least = 5 // 1234 stays: it might be a year
	if len(whole) < least || strings.Trim(whole, "0123456789") != "" {
		return s
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if dot {
		rest = "." + rest
	}
	return sign + b.String() + rest
}

// textWidth is about how wide a text is: Chinese characters are square.
func textWidth(s string, size float64) float64 {
	const half = 0.6
	w := 0.0
	for _, r := range s {
		if r < utf8.RuneSelf {
			w += half
		} else {
			w++
		}
	}
	return w * size
}

// round keeps a tenth of a pixel.
func round(v float64) float64 { return math.Round(v*10) / 10 }

// apart moves places that are nearer than least to each other apart, and keeps them
// from lo to hi if there is room. Their order stays.
func apart(at []float64, least, lo, hi float64) []float64 {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case at[a] < at[b]:
			return -1
		case at[a] > at[b]:
			return 1
		}
		return 0
	})
	out := slices.Clone(at)
	next := lo
	for _, i := range order {
		out[i] = max(out[i], next)
		next = out[i] + least
	}
	next = hi
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		out[i] = min(out[i], next)
		next = out[i] - least
	}
	return out
}
