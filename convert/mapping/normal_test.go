package mapping

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestNFKC: what is known without the tables is what the tables say, for every
// character and for characters beside each other.
func TestNFKC(t *testing.T) {
	var shortcut []rune
	for r := rune(1); r < 0x20000; r++ {
		if s := string(r); nfkc(s) != norm.NFKC.String(s) {
			t.Errorf("%q: %q, want %q", s, nfkc(s), norm.NFKC.String(s))
		}
		if isStable(r) || isWide(r) {
			shortcut = append(shortcut, r)
			if !norm.NFKC.PropertiesString(norm.NFKC.String(string(r))).BoundaryBefore() {
				t.Errorf("%q joins what stands before it", r)
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		runes := make([]rune, 1+rng.IntN(8))
		for i := range runes {
			runes[i] = shortcut[rng.IntN(len(shortcut))]
		}
		if s := string(runes); nfkc(s) != norm.NFKC.String(s) {
			t.Errorf("%q: %q, want %q", s, nfkc(s), norm.NFKC.String(s))
		}
	}
}

// TestSimilarity: the comparisons that are ruled out beforehand would have found
// nothing.
func TestSimilarity(t *testing.T) {
	alphabet := []rune("一二三四五六七八九十申请公开政府信息")
	rng := rand.New(rand.NewPCG(2, 2))
	word := func() text {
		runes := make([]rune, 1+rng.IntN(14))
		for i := range runes {
			runes[i] = alphabet[rng.IntN(len(alphabet))]
		}
		return newText(string(runes))
	}
	similar := 0
	for range 20_000 {
		a, b := word(), word()
		if rng.IntN(2) == 0 { // the same with a character changed, or cut
			runes := append([]rune{}, a.runes...)
			runes[rng.IntN(len(runes))] = alphabet[rng.IntN(len(alphabet))]
			b = newText(string(runes[rng.IntN(len(runes)):]))
			if b.key == "" {
				continue
			}
		}
		fast := similarity(&a, &b, 0)
		for _, least := range []float64{0.6, 0.7, 0.74, 0.8, 1} {
			if s := similarity(&a, &b, least); s != fast && (fast >= least || s >= least) {
				t.Errorf("%s, %s: %v where at least %v is asked, want %v", a.key, b.key, s, least, fast)
			}
		}
		open := a
		open.set, b.set = ^uint64(0), ^uint64(0) // nothing ruled out
		if slow := similarity(&open, &b, 0); fast != slow && mayAgree(charSet(a.key), charSet(b.key)) {
			t.Errorf("%s, %s: %v, want %v", a.key, b.key, fast, slow)
		}
		if fast > 0 {
			similar++
		}
	}
	if similar < 1000 {
		t.Errorf("only %d similar pairs", similar)
	}
}
