package catalog_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// TestHoldings: rows come by pages in the order of their digests' bytes, whatever
// the order of the database's language.
func TestHoldings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := catalog.New(d, nil)
		var want []custody.Row
		for i := range 40 {
			digest := archive.Digest(fmt.Appendf(nil, "report %d", i))
			row := intake.Row{Summary: intake.Summary{ID: intake.IDOf(digest), SHA256: digest, SizeBytes: int64(i), State: intake.StateDone}}
			if _, err := c.Insert(t.Context(), row); err != nil {
				t.Fatal(err)
			}
			want = append(want, custody.Row{ID: row.ID, SHA256: digest, Size: int64(i), State: intake.StateDone})
		}
		slices.SortFunc(want, func(a, b custody.Row) int { return strings.Compare(a.SHA256, b.SHA256) })
		var got []custody.Row
		for after, full := "", true; full; {
			page, err := c.Holdings(t.Context(), after, 13)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page...)
			after, full = got[len(got)-1].SHA256, len(page) == 13
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if one, err := c.Holding(t.Context(), want[7].ID); err != nil || one != want[7] {
			t.Errorf("Holding = %+v, %v", one, err)
		}
		if _, err := c.Holding(t.Context(), "none"); !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("Holding of none: %v", err)
		}
	})
}
