package bodies_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/bodies"
)

// county is a list as a district office has it, children before parents in part.
func county() []bodies.Entry {
	rows := [][]string{ // name, aliases, kind, parent
		{"云溪县教育局", "云溪县教体局", "", "云溪县人民政府"},
		{"江州市人民政府", "", "", ""},
		{"云溪县人民政府", "", "政府", "江州市人民政府"},
		{"云溪县人民政府办公室", "县府办", "", "云溪县人民政府"},
		{"云溪县人力资源和社会保障局", "云溪县人社局", "", "云溪县人民政府"},
		{"云溪县城市管理局（综合行政执法局）", "", "", "云溪县人民政府"},
		{"青石镇人民政府", "", "", "云溪县人民政府"},
		{"白石镇人民政府", "", "", "云溪县人民政府"},
		{"松陵街道办事处", "", "", "云溪县人民政府"},
		{"云溪县第12中学", "", "", "云溪县教育局"},
		{"江州市教育局", "", "", "江州市人民政府"},
		{"国家税务总局云溪县税务局", "云溪县税务局", "", "云溪县人民政府"},
	}
	var out []bodies.Entry
	for _, r := range rows {
		e := bodies.Entry{Body: bodies.Body{Name: r[0], Kind: bodies.Kind(r[2]), Parent: r[3]}}
		if r[1] != "" {
			e.Aliases = strings.Split(r[1], "、")
		}
		out = append(out, e)
	}
	out[len(out)-1].Excluded = true
	return out
}

func list(t *testing.T, entries []bodies.Entry) *bodies.List {
	t.Helper()
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestTreeOrder: every body stands behind its parent, siblings as given, with ids
// and kinds.
func TestTreeOrder(t *testing.T) {
	l := list(t, county())
	var got []string
	for _, b := range l.Bodies() {
		parent, _ := l.Get(b.Parent)
		got = append(got, fmt.Sprintf("%s < %s, %s", b.Name, parent.Name, b.Kind))
		if again, ok := l.Get(b.ID); !ok || again.Name != b.Name {
			t.Errorf("Get(%q) = %v, %v", b.ID, again, ok)
		}
	}
	want := []string{
		"江州市人民政府 < , government",
		"云溪县人民政府 < 江州市人民政府, government",
		"云溪县教育局 < 云溪县人民政府, department",
		"云溪县第12中学 < 云溪县教育局, enterprise",
		"云溪县人民政府办公室 < 云溪县人民政府, department",
		"云溪县人力资源和社会保障局 < 云溪县人民政府, department",
		"云溪县城市管理局（综合行政执法局） < 云溪县人民政府, department",
		"青石镇人民政府 < 云溪县人民政府, township",
		"白石镇人民政府 < 云溪县人民政府, township",
		"松陵街道办事处 < 云溪县人民政府, street",
		"国家税务总局云溪县税务局 < 云溪县人民政府, department",
		"江州市教育局 < 江州市人民政府, department",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if b, ok := l.Find(" 云溪县 城市管理局(综合行政执法局) "); !ok || b.Name != want[6][:strings.Index(want[6], " <")] {
		t.Errorf("Find = %v, %v", b, ok)
	}
}

// TestIDsStay: a body keeps its id when the list comes again without ids, in other
// order, with a new name beside the old one.
func TestIDsStay(t *testing.T) {
	before := list(t, county())
	school, _ := before.Find("云溪县教育局")
	entries := county()
	slices.Reverse(entries)
	for i := range entries {
		if entries[i].Name == "云溪县教育局" {
			entries[i].Name, entries[i].Aliases = "云溪县教育和体育局", []string{"云溪县教育局"}
		}
		if entries[i].Parent == "云溪县教育局" {
			entries[i].Parent = school.ID
		}
	}
	after, err := bodies.New(entries, before)
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := after.Get(school.ID); !ok || b.Name != "云溪县教育和体育局" {
		t.Errorf("the id is now %v, %v", b, ok)
	}
	for _, b := range before.Bodies() {
		if _, ok := after.Get(b.ID); !ok {
			t.Errorf("%s lost its id", b.Name)
		}
	}
	// A new body of an old name has an id of its own.
	entries = []bodies.Entry{{Body: bodies.Body{ID: school.ID, Name: "甲局"}}, {Body: bodies.Body{Name: "云溪县教育局"}}}
	l, err := bodies.New(entries, before)
	if err != nil || l.Bodies()[1].ID == school.ID || l.Bodies()[1].ID == "" {
		t.Errorf("%v, %v", l.Bodies(), err)
	}
}

// TestMistakes: all of them at once, each with its place.
func TestMistakes(t *testing.T) {
	_, err := bodies.New([]bodies.Entry{
		{Line: 2, Body: bodies.Body{Name: "云溪县教育局", Aliases: []string{"云溪县財政局", " "}}},
		{Line: 3, Body: bodies.Body{Name: "云溪县 教育局"}},
		{Line: 4, Body: bodies.Body{Name: "　", Kind: "官衙"}},
		{Line: 5, Body: bodies.Body{Name: "甲局", Parent: "乙局", Level: "很高"}},
		{Line: 6, Body: bodies.Body{Name: "丙局", Parent: "丙局"}},
		{Line: 7, Body: bodies.Body{Name: "丁\x07局", ID: "../x"}},
		{Line: 8, Body: bodies.Body{Name: "戊局", Aliases: []string{"云溪县財政局"}, Note: strings.Repeat("长", 501)}},
		{Line: 9, Body: bodies.Body{Name: strings.Repeat("长", 101), ID: "a"}},
		{Line: 10, Body: bodies.Body{Name: "己局", ID: "a"}},
	}, nil)
	var m bodies.Mistakes
	if !errors.As(err, &m) {
		t.Fatalf("%v", err)
	}
	var got []string
	for _, x := range m {
		got = append(got, fmt.Sprintf("%d %d %s", x.Index, x.Line, x.Field))
	}
	want := []string{"1 3 name", "2 4 name", "2 4 kind", "3 5 level", "5 7 name", "6 8 aliases", "6 8 note", "7 9 name", "5 7 id", "8 10 id", "3 5 parent", "4 6 parent"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s\n%v", d, err)
	}
	if !strings.Contains(err.Error(), "第 3 行") {
		t.Errorf("the message has no line: %v", err)
	}
}

// TestCircle: bodies above themselves are told, and the deepest tree that is
// allowed is not.
func TestCircle(t *testing.T) {
	circle := []bodies.Entry{
		{Body: bodies.Body{Name: "甲局", Parent: "丙局"}}, {Body: bodies.Body{Name: "乙局", Parent: "甲局"}},
		{Body: bodies.Body{Name: "丙局", Parent: "乙局"}}, {Body: bodies.Body{Name: "丁局"}},
	}
	var m bodies.Mistakes
	if _, err := bodies.New(circle, nil); !errors.As(err, &m) || len(m) != 3 {
		t.Errorf("circle: %v", err)
	}
	chain := func(n int) (out []bodies.Entry) {
		for i := range n {
			e := bodies.Entry{Body: bodies.Body{Name: fmt.Sprintf("第%d局", i)}}
			if i > 0 {
				e.Parent = out[i-1].Name
			}
			out = append(out, e)
		}
		return out
	}
	if _, err := bodies.New(chain(8), nil); err != nil {
		t.Errorf("eight levels: %v", err)
	}
	if _, err := bodies.New(chain(9), nil); !errors.As(err, &m) {
		t.Errorf("nine levels: %v", err)
	}
}

// TestLimits: the longest list is accepted in time, one more is not; many bodies
// of one own part do not make it slow.
func TestLimits(t *testing.T) {
	entries := make([]bodies.Entry, bodies.MaxBodies)
	for i := range entries {
		entries[i].Name = fmt.Sprintf("云溪县第%d局", i)
	}
	entries[0].Name = "云溪县人民政府"
	for i := range entries[1:] {
		entries[1+i].Parent = entries[0].Name
	}
	l := list(t, entries)
	if p := l.Propose(bodies.Clues{Agency: "第19999局"}); p.Body == "" {
		t.Errorf("%+v", p)
	}
	var m bodies.Mistakes
	if _, err := bodies.New(append(entries, bodies.Entry{Body: bodies.Body{Name: "多"}}), nil); !errors.As(err, &m) {
		t.Errorf("one too many: %v", err)
	}
}

func TestPropose(t *testing.T) {
	l := list(t, county())
	for name, tt := range map[string]struct {
		agency, file string
		want         string // empty: no proposal
		by           bodies.By
	}{
		"full name":                    {"云溪县教育局", "", "云溪县教育局", bodies.ByTitle},
		"spaces and width":             {"云 溪 县 教育局", "", "云溪县教育局", bodies.ByTitle},
		"brackets of the other width":  {"云溪县城市管理局(综合行政执法局)", "", "云溪县城市管理局（综合行政执法局）", bodies.ByTitle},
		"alias":                        {"云溪县人社局", "", "云溪县人力资源和社会保障局", bodies.ByAlias},
		"alias with the city":          {"江州市云溪县教体局", "", "云溪县教育局", bodies.ByTitle},
		"generic place":                {"县教育局", "", "云溪县教育局", bodies.ByTitle},
		"generic place, the city's":    {"市教育局", "", "江州市教育局", bodies.ByTitle},
		"two may be called so":         {"教育局", "", "", ""},
		"two, the file name picks":     {"教育局", "云溪县教育局2023年年报.docx", "云溪县教育局", bodies.ByFileName},
		"own part alone":               {"人力资源和社会保障局", "", "云溪县人力资源和社会保障局", bodies.ByTitle},
		"places before":                {"江州市云溪县教育局", "", "云溪县教育局", bodies.ByTitle},
		"another county":               {"青石县教育局", "", "", ""},
		"another county, same city":    {"江州市青石县教育局", "", "", ""},
		"city's place is not county's": {"江州市青石镇", "", "", ""},
		"town, short":                  {"青石镇", "", "青石镇人民政府", bodies.ByTitle},
		"town, with county":            {"云溪县青石镇人民政府", "", "青石镇人民政府", bodies.ByTitle},
		"town, by the government":      {"云溪县人民政府松陵街道办事处", "", "松陵街道办事处", bodies.ByTitle},
		"street, short":                {"松陵街道", "", "松陵街道办事处", bodies.ByTitle},
		"government, short":            {"云溪县", "", "云溪县人民政府", bodies.ByTitle},
		"government, generic":          {"县人民政府", "", "云溪县人民政府", bodies.ByTitle},
		"government, generic, short":   {"市政府", "", "江州市人民政府", bodies.ByTitle},
		"any town":                     {"镇人民政府", "", "", ""},
		"the office":                   {"县政府办公室", "", "云溪县人民政府办公室", bodies.ByTitle},
		"an office":                    {"办公室", "", "", ""},
		"an office of another":         {"教育局办公室", "", "", ""},
		"number in the name":           {"第12中学", "", "云溪县第12中学", bodies.ByTitle},
		"part of a name":               {"云溪县教育", "", "", ""},
		"more than a name":             {"云溪县教育局机关", "", "", ""},
		"direct rule":                  {"云溪县税务局", "", "国家税务总局云溪县税务局", bodies.ByAlias},
		"nothing":                      {"", "", "", ""},
		"file name":                    {"", "云溪县教育局2023年政府信息公开工作年度报告.docx", "云溪县教育局", bodies.ByFileName},
		"file name, number before":     {"", "12-青石镇-2023年报(定稿).pdf", "青石镇人民政府", bodies.ByFileName},
		"file name, year before":       {"", "2023年度松陵街道办事处信息公开年报.pdf", "松陵街道办事处", bodies.ByFileName},
		"file name, brackets":          {"", "2022年报【云溪县人社局】.pdf", "云溪县人力资源和社会保障局", bodies.ByFileName},
		"file name, number in it":      {"", "云溪县第12中学2023年报.pdf", "云溪县第12中学", bodies.ByFileName},
		"file name, brackets of name":  {"", "云溪县城市管理局（综合行政执法局）2023年度报告.pdf", "云溪县城市管理局（综合行政执法局）", bodies.ByFileName},
		"file name, two":               {"", "青石镇、白石镇2023年报.pdf", "", ""},
		"file name, none":              {"", "2023年报最终版.pdf", "", ""},
		"they disagree":                {"云溪县教育局", "云溪县人社局2023.pdf", "", ""},
		"agency unknown, file by name": {"青石县教育局", "云溪县教育局2023.pdf", "云溪县教育局", bodies.ByFileName},
		"agency unknown, file short":   {"青石县教育局", "人力资源和社会保障局2023.pdf", "", ""},
	} {
		p := l.Propose(bodies.Clues{Agency: tt.agency, FileName: tt.file})
		got, _ := l.Get(p.Body)
		if got.Name != tt.want || p.By != tt.by || p.Reason == "" {
			t.Errorf("%s: %q by %q (%s), want %q by %q", name, got.Name, p.By, p.Reason, tt.want, tt.by)
		}
	}
	if p := (*bodies.List)(nil).Propose(bodies.Clues{Agency: "甲"}); p.Body != "" || p.Reason == "" {
		t.Errorf("no list: %+v", p)
	}
}

// TestProposePlain: a list of names alone still knows the place they share.
func TestProposePlain(t *testing.T) {
	entries, err := bodies.ReadText([]byte("云溪县教育局\n云溪县财政局\n云溪县青石镇人民政府\n\n城市管理局\n"))
	if err != nil {
		t.Fatal(err)
	}
	l := list(t, entries)
	for agency, want := range map[string]string{
		"教育局": "云溪县教育局", "县财政局": "云溪县财政局", "青石镇": "云溪县青石镇人民政府", "云溪县城市管理局": "城市管理局", "青石县教育局": "",
	} {
		got, _ := l.Get(l.Propose(bodies.Clues{Agency: agency}).Body)
		if got.Name != want {
			t.Errorf("%s: %q, want %q", agency, got.Name, want)
		}
	}
}

// FuzzPropose: a proposal is a body of the list that the report's words name: its
// own part, but for what governments add, is in the agency or the file name.
func FuzzPropose(f *testing.F) {
	f.Add("云溪县教育局", "云溪县教育局2023年报.pdf")
	f.Add("", "a(b)c.docx")
	f.Add("县\xff政府", "....")
	l, err := bodies.New(county(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, agency, file string) {
		if len(agency)+len(file) > 4000 {
			return
		}
		p := l.Propose(bodies.Clues{Agency: agency, FileName: file})
		if (p.Body == "") != (p.By == "") || p.Reason == "" {
			t.Errorf("%+v", p)
		}
		if p.Body != "" {
			if _, ok := l.Get(p.Body); !ok {
				t.Errorf("%+v is not on the list", p)
			}
		}
	})
}
