package catalogtest

import (
	"testing"
	"time"

	"nianbao/convert/intake"
)

// testRefresh: a settled report is replaced where it is still as it was read.
func testRefresh(t *testing.T, c intake.Catalog) {
	was := row(0)
	insert(t, c, was)
	next := was
	next.Title, next.Versions.Rules, next.Hits, next.Text = ptr("另一标题"), "later", nil, "疫苗"
	refresh := func(name string, was, row intake.Row, want bool) {
		t.Helper()
		if done, err := c.Refresh(t.Context(), was, row); done != want || err != nil {
			t.Errorf("%s: %v, %v", name, done, err)
		}
	}
	refresh("as it was", was, next, true)
	want := next
	want.Text = ""
	wantRow(t, c, want)
	if got := found(t, c, intake.Filter{Query: "疫苗"}, []intake.Row{was}); len(got) != 1 {
		t.Errorf("found %v", got)
	}
	refresh("by other versions since", was, next, false)
	other := next
	other.ReceivedAt = other.ReceivedAt.Add(time.Second)
	refresh("sent again since", other, next, false)
	running := next
	running.State = intake.StateRunning
	if err := c.Update(t.Context(), running); err != nil {
		t.Fatal(err)
	}
	refresh("at work since", next, next, false)
	refresh("at work", running, next, false)
	refresh("not there", row(1), row(1), false)
}
