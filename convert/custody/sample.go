package custody

import (
	"container/heap"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Sample says which originals are read; the zero value is all of them.
type Sample struct {
	Percent float64 // over 0, up to 100; of all originals
	Count   int     // that many, or all where there are fewer
}

// maxCount bounds the memory that choosing a number of originals takes.
const maxCount = 10_000_000

// ParseSample reads "all", a share ("5%", "0.1%") or a number ("200").
func ParseSample(s string) (Sample, error) {
	if s == "all" || s == "" {
		return Sample{}, nil
	}
	if share, ok := strings.CutSuffix(s, "%"); ok {
		p, err := strconv.ParseFloat(share, 64)
		if err != nil || !(p > 0 && p <= 100) {
			return Sample{}, fmt.Errorf("custody: %q is no share over 0%%, up to 100%%", s)
		}
		return Sample{Percent: p}, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxCount {
		return Sample{}, fmt.Errorf("custody: %q is neither all, a share like 5%% nor a number up to %d", s, maxCount)
	}
	return Sample{Count: n}, nil
}

// String is what ParseSample reads.
func (s Sample) String() string {
	switch {
	case s.Count > 0:
		return strconv.Itoa(s.Count)
	case s.Percent > 0 && s.Percent < 100:
		return strconv.FormatFloat(s.Percent, 'f', -1, 64) + "%"
	}
	return "all"
}

// chosen is a sample that was drawn: the digests whose score is at most the
// threshold.
type chosen struct {
	seed      uint64
	threshold uint64
}

func (c chosen) has(digest string) bool { return c.score(digest) <= c.threshold }

// score scatters digests: they are as good as random, but the seed has to give
// another sample (the mixing is that of splitmix64).
func (c chosen) score(digest string) uint64 {
	b, err := hex.DecodeString(digest[:16])
	if err != nil {
		return 0 // of no digest: always looked at
	}
	z := binary.BigEndian.Uint64(b) ^ c.seed*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// draw draws the sample. For a number of originals it lists them once.
func (s Sample) draw(ctx context.Context, a Archive, seed uint64) (chosen, error) {
	c := chosen{seed: seed, threshold: math.MaxUint64}
	if s.Percent > 0 && s.Percent < 100 {
		c.threshold = uint64(math.MaxUint64 * (s.Percent / 100))
	}
	if s.Count == 0 {
		return c, nil
	}
	var least scores // the Count least, the greatest of them on top
	for o, err := range a.Objects(ctx, originalsPrefix) {
		if err != nil {
			return c, err
		}
		if o.Digest == "" {
			continue
		}
		switch x := c.score(o.Digest); {
		case len(least) < s.Count:
			heap.Push(&least, x)
		case x < least[0]:
			least[0] = x
			heap.Fix(&least, 0)
		}
	}
	if len(least) == s.Count {
		c.threshold = least[0]
	}
	return c, nil
}

// scores is a heap with the greatest on top.
type scores []uint64

func (s scores) Len() int           { return len(s) }
func (s scores) Less(i, j int) bool { return s[i] > s[j] }
func (s scores) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

// Push implements heap.Interface.
func (s *scores) Push(x any) { *s = append(*s, x.(uint64)) }

// Pop implements heap.Interface.
func (s *scores) Pop() any {
	old := *s
	x := old[len(old)-1]
	*s = old[:len(old)-1]
	return x
}
