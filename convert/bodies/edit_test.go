package bodies

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func county(t *testing.T) *List {
	t.Helper()
	l, err := New([]Entry{
		{Body: Body{Name: "云溪县人民政府", Level: LevelCounty}},
		{Body: Body{Name: "云溪县教育局", Aliases: []string{"县教育局", "教体局"}, Parent: "云溪县人民政府", Note: "含体育"}},
		{Body: Body{Name: "云溪县气象局", Parent: "云溪县人民政府", Excluded: true}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A table that was written is read as the same list.
func TestTableIsReadBack(t *testing.T) {
	l := county(t)
	var rows []Row
	for i, cells := range l.Table() {
		rows = append(rows, Row{Line: i + 1, Cells: cells})
	}
	entries, err := ReadRows(rows)
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(l.Bodies(), again.Bodies()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestEditing(t *testing.T) {
	l := county(t)
	education, _ := l.Find("云溪县教育局")
	renamed := Entry{Body: education}
	renamed.Name, renamed.Aliases = "云溪县教育和体育局", []string{"云溪县教育局"}
	entries, err := l.With(renamed)
	if err != nil {
		t.Fatal(err)
	}
	entries = append(entries, Entry{Body: Body{Name: "青石镇", Parent: "云溪县人民政府"}})
	after, err := New(entries, l)
	if err != nil {
		t.Fatal(err)
	}
	weather, _ := l.Find("云溪县气象局")
	if entries, err = after.Without(weather.ID); err != nil {
		t.Fatal(err)
	}
	if after, err = New(entries, l); err != nil {
		t.Fatal(err)
	}
	c := Compare(l, after)
	if len(c.Added) != 1 || c.Added[0].Name != "青石镇" || len(c.Removed) != 1 || c.Removed[0].Name != "云溪县气象局" ||
		len(c.Changed) != 1 || c.Changed[0].Before.Name != "云溪县教育局" || c.Changed[0].After.Name != "云溪县教育和体育局" || c.None() {
		t.Errorf("%+v", c)
	}
	if same := Compare(l, l); !same.None() {
		t.Errorf("the same list changes %+v", same)
	}
	government, _ := l.Find("云溪县人民政府")
	var mistakes Mistakes
	if _, err := l.Without(government.ID); !errors.As(err, &mistakes) || !strings.Contains(err.Error(), "2 个下级") {
		t.Errorf("without the parent: %v", err)
	}
	if _, err := l.Without("nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("without nobody: %v", err)
	}
	if _, err := l.With(Entry{Body: Body{ID: "nobody"}}); !errors.Is(err, ErrNotFound) {
		t.Errorf("with nobody: %v", err)
	}
}

func TestFromAgencies(t *testing.T) {
	var got []string
	for _, e := range FromAgencies([]string{"云溪县教育局", "青石镇人民政府", "江州市云溪县教育局", "云溪县人民政府", "", "云溪县 教育局", "坏\x00名", "云溪县财政局"}) {
		got = append(got, e.Name+" "+string(e.Kind))
	}
	want := []string{"云溪县人民政府 government", "江州市云溪县教育局 department", "云溪县财政局 department", "青石镇人民政府 township"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
