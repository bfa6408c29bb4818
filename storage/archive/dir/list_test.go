package dir

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestNamesByWindows: a directory of any size is listed whole and in order,
// whatever the window.
func TestNamesByWindows(t *testing.T) {
	root := t.TempDir()
	var want []string
	for i := range 2500 {
		name := fmt.Sprintf("%04d", i*7919%10000) // in no order
		if err := os.Mkdir(filepath.Join(root, name), 0o700); err != nil {
			t.Fatal(err)
		}
		want = append(want, name+"/")
	}
	slices.Sort(want)
	for _, most := range []int{1000, 1250, 2499, 2500, 2501} {
		var got []string
		for after, all := "", false; !all; {
			entries, last, err := names(t.Context(), root, after, most)
			if err != nil || len(entries) > most || len(entries) == 0 {
				t.Fatalf("window %d: %d entries, %v", most, len(entries), err)
			}
			for _, e := range entries {
				got = append(got, e.name)
			}
			after, all = got[len(got)-1], last
		}
		if !slices.Equal(got, want) {
			t.Errorf("window %d: %d names, want %d in order", most, len(got), len(want))
		}
	}
}
