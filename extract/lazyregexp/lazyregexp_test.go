package lazyregexp

import (
	"sync"
	"testing"
)

// Every pattern of the program is compiled by the tests of its package: New does so
// in a test binary, and a mistake is a panic there.
func TestMistakesShowInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a wrong pattern waits for its first use")
		}
	}()
	New(`(`)
}

func TestFirstUseIsConcurrent(t *testing.T) {
	r := &Regexp{source: `^第(\d+)条`}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if m := r.FindStringSubmatch("第12条"); len(m) != 2 || m[1] != "12" {
				t.Errorf("found %q", m)
			}
		})
	}
	all.Wait()
	if r.String() != `^第(\d+)条` || r.MatchString("第条") {
		t.Error("not the pattern it was made with")
	}
}
