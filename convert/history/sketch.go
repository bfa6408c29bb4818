package history

import (
	"math"
	"slices"

	"nianbao/convert/report"
)

// MaxSketch is how many keys a Sketch has at most. Each is a row in the catalog; most
// reports have fewer.
const MaxSketch = 48

// Sketch is what the archive finds the reports by that share sentences: the keys of
// a report's sentences of some weight, each once, in ascending order. Of more than
// MaxSketch it has the smallest, so that two reports keep the same ones. Reports
// without prose of their own have an empty one, never nil.
func Sketch(r *report.Report) []int64 { return readProse(r).sketch() }

func (p *prose) sketch() []int64 {
	keys := make([]int64, 0, len(p.sentences))
	for i := range p.sentences {
		keys = append(keys, p.sentences[i].key)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return keys[:min(len(keys), MaxSketch)]
}

// The seeds of the two hash functions, any odd numbers. Sketches are stored: they
// must not change without a rebuild of the catalog.
const seedA, seedB = 0x9e3779b97f4a7c15, 0xc2b2ae3d27d4eb4f

// keyOf is the key of a sentence with these runs: the smallest of their values by
// two hash functions, as one number.
func keyOf(runs []uint64) int64 {
	a, b := uint64(math.MaxUint64), uint64(math.MaxUint64)
	for _, r := range runs {
		a, b = min(a, mix(r^seedA)), min(b, mix(r^seedB))
	}
	return int64(mix(a ^ mix(b))) //nolint:gosec // any 64 bits will do
}

// hashOf is FNV-1a over the characters of a run.
func hashOf(run []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range run {
		h = (h ^ uint64(r)) * 1099511628211 //nolint:gosec // characters are not negative
	}
	return mix(h)
}

// mix spreads the bits of a number (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// alike is the share of runs that two sentences have in common, from 0 to 1.
func alike(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i++
		case a[i] > b[k]:
			k++
		default:
			common, i, k = common+1, i+1, k+1
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
