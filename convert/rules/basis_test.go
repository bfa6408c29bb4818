package rules

import (
	"strings"
	"testing"
)

// Every rule but that of unreadable pages has grounds.
func TestBasis(t *testing.T) {
	for _, r := range Catalogue() {
		if want := !strings.HasPrefix(r.ID, "document."); (r.Basis() != "") != want {
			t.Errorf("%s: %q", r.ID, r.Basis())
		}
	}
}
