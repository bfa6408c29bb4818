package mapping

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// TestUnchanged: words for no change stand for 0 in a column of 增减, and are
// words elsewhere.
func TestUnchanged(t *testing.T) {
	f, _ := form.Lookup("2019")
	figures := figuresFor(rand.New(rand.NewPCG(6, 6)), &f)
	changes, counts := 0, 0
	for _, c := range f.Cells() {
		words := []string{"持平", "无变化", "与上年持平。"}
		switch {
		case c.Kind == form.Change && changes < len(words):
			figures[c.Path] = words[changes]
			changes++
		case strings.HasSuffix(c.Path, "/administrative_penalties/previous_items"):
			figures[c.Path] = "持平"
			counts++
		}
	}
	if changes == 0 || counts == 0 {
		t.Fatal("no such columns")
	}
	got := Read(neutral(allTables(&f, figures)), form.All())
	for _, c := range f.Cells() {
		text := figures[c.Path]
		if !strings.Contains(text, "持平") && text != "无变化" {
			continue
		}
		want := report.StateText
		if c.Kind == form.Change {
			want = report.StatePlaceholder
		}
		if p := got.Provenance[c.Path]; p.State != want {
			t.Errorf("%s %q: %s, want %s", c.Path, text, p.State, want)
		}
	}
}
