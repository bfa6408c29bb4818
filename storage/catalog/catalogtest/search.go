package catalogtest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// found lists the n of row(n) that the filter finds, in the order of the list.
func found(t *testing.T, c intake.Catalog, f intake.Filter, rows []intake.Row) (out []int) {
	t.Helper()
	page, err := c.List(t.Context(), f)
	if err != nil {
		t.Errorf("%+v: %v", f, err)
	}
	for _, s := range page.Items {
		out = append(out, slices.IndexFunc(rows, func(r intake.Row) bool { return r.ID == s.ID }))
	}
	if page.Total != int64(len(out)) || page.TotalCapped {
		t.Errorf("%+v: total %d (capped %v), %d items", f, page.Total, page.TotalCapped, len(out))
	}
	return out
}

// testSearch: words are found in the text, in any part of the report, and what was
// indexed stays through updates that have no text.
func testSearch(t *testing.T, c intake.Catalog) {
	rows := make([]intake.Row, 4)
	for i := range rows {
		rows[i] = row(i)
	}
	rows[0].Text = "一、总体情况\n本局主动公开政府信息１２条，ABC-12 项目，收到行政复议 0 件。"
	rows[1].Text = "收到信息公开申请；组织珍稀疫苗接种。Ｈ７N9 与 'quotes\" (brackets) \\ & | ! : * %"
	rows[2].Text = "政务公开。政府采购信息。𠮷野家 𬶍"
	insert(t, c, rows...)
	for query, want := range map[string][]int{
		"疫苗":          {1},
		"珍稀疫苗接种":      {1},
		"政府信息":        {3, 2, 1, 0}, // in titles
		"主动公开":        {0},
		"疫":           {1},
		"苗":           {1},
		"苗疫":          nil,
		"公开 采购":       {2},
		"采购信息":        {2},
		"第2局 采购":      {2}, // title and text
		"第1局 采购":      nil,
		"12条":         {0},
		"abc":         {0},
		"ab":          nil, // words whole
		"ABC-12":      {0},
		"h7n9":        {1},
		"'quotes\"":   {1},
		"quotes & |":  {1},
		"(brackets)":  {1},
		"*":           nil,
		"\" OR \"信":   nil,
		"信* OR 接种":    nil,
		"𠮷野":          {2},
		"𬶍":           {2},
		"０件":          {0},
		"年报3.pdf":     {3},
		"接种。Ｈ７N9":     {1},
		"云溪县第0局 年报0":  {0},
		"信息公开申请；组织珍稀": {1},
	} {
		if d := cmp.Diff(want, found(t, c, intake.Filter{Query: query}, rows)); d != "" {
			t.Errorf("%q (-want +got):\n%s", query, d)
		}
	}
	// What is written is no part of what is read.
	want := rows[1]
	want.Text = ""
	wantRow(t, c, want)

	update := func(r intake.Row) {
		t.Helper()
		if err := c.Update(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	check := func(query string, want ...int) {
		t.Helper()
		if d := cmp.Diff(want, found(t, c, intake.Filter{Query: query}, rows)); d != "" {
			t.Errorf("%q (-want +got):\n%s", query, d)
		}
	}
	again := rows[1]
	again.Text, again.State = "", intake.StateRunning
	update(again) // keeps the text
	check("疫苗", 1)
	again.Text = "另有图书借阅。"
	update(again)
	check("疫苗")
	check("图书", 1)
	plain := rows[3] // never had a text: its title follows the row
	plain.Title = ptr("白石镇报告")
	update(plain)
	check("白石镇", 3)
	check("第3局", 3) // the agency's name
	moved := rows[0]
	moved.ReceivedAt = start.Add(time.Hour)
	update(moved)
	check("主动公开", 0)
	check("政府信息公开工作", 0, 2, 1) // newest first, at its new place
	if err := c.Delete(t.Context(), rows[2].ID, rows[2].ReceivedAt); err != nil {
		t.Fatal(err)
	}
	check("采购")
}

// testSearchFailed: those that failed are found by their names, whatever they were
// before, and are not when they are converted after all.
func testSearchFailed(t *testing.T, c intake.Catalog) {
	rows := []intake.Row{row(0), row(1), row(2)}
	rows[0].Text = "本局组织疫苗接种。"
	rows[1].State, rows[1].Status, rows[1].Form, rows[1].Title, rows[1].Agency, rows[1].Hits = intake.StateFailed, "", "", nil, nil, nil
	rows[1].Filename, rows[1].Problem = "云溪县疫苗年报.pdf", &report.Problem{Code: "damaged"}
	rows[2].Text = "疫苗。"
	insert(t, c, rows...)
	check := func(f intake.Filter, want ...int) {
		t.Helper()
		f.Status = "failed"
		if d := cmp.Diff(want, found(t, c, f, rows)); d != "" {
			t.Errorf("%+v (-want +got):\n%s", f, d)
		}
	}
	check(intake.Filter{Query: "疫苗"}, 1)
	check(intake.Filter{Query: "接种"})
	check(intake.Filter{Query: "疫苗", Form: "2021"})
	check(intake.Filter{Rule: rows[0].Hits[0].Rule})
	fails := rows[0]
	fails.State, fails.Text, fails.Status, fails.Hits, fails.Problem = intake.StateFailed, "", "", nil, rows[1].Problem
	if err := c.Update(t.Context(), fails); err != nil {
		t.Fatal(err)
	}
	check(intake.Filter{Agency: *rows[0].Agency}, 0)
	check(intake.Filter{Query: "年报0"}, 0)
	check(intake.Filter{Query: "接种"})
	check(intake.Filter{Form: rows[0].Form}, 0)
	if err := c.Update(t.Context(), rows[0]); err != nil {
		t.Fatal(err)
	}
	check(intake.Filter{Query: "年报0"})
	if got := found(t, c, intake.Filter{Query: "接种"}, rows); !slices.Equal(got, []int{0}) {
		t.Errorf("converted after all: %v", got)
	}
}

// testLongText: the longest text there may be is found by its last words, and one
// that has too many different pieces is stored all the same.
func testLongText(t *testing.T, c intake.Catalog) {
	long := row(1)
	sentence := "政府信息公开工作年度报告主动公开，"
	long.Text = strings.Repeat(sentence, (intake.MaxText-100)/len(sentence)) + "石墨烯材料"
	wild := row(2)
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < intake.MaxText-4 {
		b.WriteRune(rune(0x4E00 + r.IntN(20_000)))
	}
	wild.Text = b.String()
	insert(t, c, long, wild)
	rows := []intake.Row{0: {}, 1: long, 2: wild}
	if got := found(t, c, intake.Filter{Query: "石墨烯材料"}, rows); !slices.Equal(got, []int{1}) {
		t.Errorf("end of the text: %v", got)
	}
	begin := string([]rune(wild.Text)[:12])
	if got := found(t, c, intake.Filter{Query: begin}, rows); !slices.Equal(got, []int{2}) {
		t.Errorf("begin of the wild text: %v", got)
	}
	if _, err := c.List(t.Context(), intake.Filter{Query: string([]rune(wild.Text)[:660])}); err != nil {
		t.Errorf("longest query: %v", err)
	}
}

// testPlaces: more reports of one microsecond than have different places are all
// listed, once each.
func testPlaces(t *testing.T, c intake.Catalog) {
	const n = 60
	want := map[string]bool{}
	for i := range n {
		r := row(i)
		r.ID = "aa" + r.ID[2:] // one place for all
		r.ReceivedAt = start
		want[r.ID] = true
		insert(t, c, r)
	}
	f := intake.Filter{Limit: 7, Query: "年报"}
	for pages := 0; pages < n; pages++ {
		page, err := c.List(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Items {
			if !want[s.ID] {
				t.Errorf("%s is listed twice", s.ID)
			}
			delete(want, s.ID)
		}
		if f.Cursor = page.Next; f.Cursor == "" {
			break
		}
	}
	if len(want) > 0 {
		t.Errorf("%d are not listed", len(want))
	}
}

// RunWays checks that a list has the same reports whichever way it is made: every
// combination of filters over reports that have something of each, against the
// reports themselves. The catalog takes its other ways above a few dozen reports.
func RunWays(t *testing.T, c intake.Catalog) {
	rows := make([]intake.Row, 150)
	for i := range rows {
		r := row(i)
		r.Agency = ptr([]string{"云溪县教育局", "青石镇人民政府", "云溪县财政局"}[i%3])
		r.Title = ptr(*r.Agency + "报告")
		r.Year = ptr(2020 + i%4)
		r.Form = []string{"2021", "2019"}[i%2]
		r.Status = []string{"pass", "warn", "fail", "pass", "pass"}[i%5]
		r.Hits = nil
		if i%2 == 0 {
			r.Hits = []intake.Hit{{Rule: "table.cell_blank", Severity: "warning", Count: 1}, {Rule: "table.cell_blank", Severity: "info", Count: 1}}
		}
		if i%67 == 5 {
			r.Hits = append(r.Hits, intake.Hit{Rule: "rare.rule", Severity: "error", Count: 1})
		}
		r.Text = "主动公开政府信息"
		if i%71 == 3 {
			r.Text += "，珍稀疫苗"
		}
		rows[i] = r
	}
	insert(t, c, rows...)
	pick := func(f intake.Filter) (want []string) {
		for _, r := range slices.Backward(rows) {
			ok := (f.Agency == "" || strings.Contains(*r.Agency, f.Agency)) && (f.Year == 0 || *r.Year == f.Year) &&
				(f.Form == "" || r.Form == f.Form) && (f.Status == "" || r.Status == f.Status) &&
				(f.Rule == "" || slices.ContainsFunc(r.Hits, func(h intake.Hit) bool { return h.Rule == f.Rule })) &&
				strings.Contains(r.Text, f.Query)
			if ok {
				want = append(want, r.ID)
			}
		}
		return want
	}
	for n := range 3 * 2 * 2 * 2 * 3 * 3 {
		k := n
		next := func(of int) int { v := k % of; k /= of; return v }
		f := intake.Filter{
			Agency: []string{"", "教育局", "云溪县"}[next(3)], Year: []int{0, 2022}[next(2)], Form: []string{"", "2021"}[next(2)],
			Status: []string{"", "fail"}[next(2)], Rule: []string{"", "table.cell_blank", "rare.rule"}[next(3)],
			Query: []string{"", "公开", "疫苗"}[next(3)], Limit: 3,
		}
		want := pick(f)
		for pages := range 3 {
			page, err := c.List(t.Context(), f)
			if err != nil {
				t.Fatalf("%+v: %v", f, err)
			}
			var got []string
			for _, s := range page.Items {
				got = append(got, s.ID)
			}
			shown := want[min(3*pages, len(want)):min(3*pages+3, len(want))]
			if !slices.Equal(got, shown) {
				t.Fatalf("%+v, page %d: %v, want %v", f, pages, got, shown)
			}
			if exact := page.Total == int64(len(want)); !exact && !page.TotalCapped || page.Total > int64(len(want)) {
				t.Errorf("%+v: total %d (capped %v), there are %d", f, page.Total, page.TotalCapped, len(want))
			}
			if (page.Next != "") != (len(want) > 3*pages+3) {
				t.Errorf("%+v, page %d: next %q with %d", f, pages, page.Next, len(want))
			}
			if f.Cursor = page.Next; f.Cursor == "" {
				break
			}
		}
	}
}
