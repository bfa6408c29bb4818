package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/api/auth"
	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
)

func TestAggregateAPI(t *testing.T) {
	_, base := county(t)
	d := openAPI(t, base)
	a := get(t, base+"/v1/aggregate?year=2023")
	d.check("GET", "/v1/aggregate", a)
	var s aggregate.Sum
	if err := json.Unmarshal(a.body, &s); err != nil {
		t.Fatal(err)
	}
	if s.Above == nil || s.Above.Name != "云溪县人民政府" || len(s.Bodies) != 3 || len(s.Excluded) != 1 || s.Strays != 1 ||
		s.Counts[aggregate.Counted] != 1 || s.Counts[aggregate.Failed] != 1 || s.Counts[aggregate.Missing] != 1 || len(s.Forms) != 1 {
		t.Fatalf("%.600s", a.body)
	}
	for i := range s.Forms[0].Cells {
		if c := &s.Forms[0].Cells[i]; (c.Sum == nil) != (c.Contributors == 0) {
			t.Errorf("%s: %v of %d", c.Path, c.Sum, c.Contributors)
		}
	}
	if !bytes.Contains(a.body, []byte(`"sum":null`)) {
		t.Error("no cell without a contributor")
	}
	const cell = "/v1/aggregate/cell?year=2023&form=2021&path=/report/applications/new/total"
	a = get(t, base+cell)
	d.check("GET", "/v1/aggregate/cell", a)
	var one collect.Detail
	if err := json.Unmarshal(a.body, &one); err != nil {
		t.Fatal(err)
	}
	if len(one.Bodies) != 3 || one.Cell.Contributors != 1 || one.Bodies[0].Value == nil || *one.Bodies[0].Value != *one.Cell.Sum {
		t.Errorf("%s", a.body)
	}
	for _, wrong := range []string{"?year=0", "?kind=x", "?level=x", "?parent=nobody", "/cell?form=2021&path=/report/nothing", "/cell?form=1999&path=/report/applications/new/total",
		"/cell", "/export", "/export?format=csv"} {
		wantProblem(t, get(t, base+"/v1/aggregate"+wrong), 400, "bad_request")
	}
}

func TestAggregateExport(t *testing.T) {
	_, base := county(t)
	if word := get(t, base+"/v1/aggregate/export?year=2023&format=docx"); word.StatusCode != 200 || !bytes.HasPrefix(word.body, []byte("PK")) {
		t.Errorf("docx: %d %.100s", word.StatusCode, word.body)
	}
	a := get(t, base+"/v1/aggregate/export?year=2023&format=xlsx")
	name, _ := url.QueryUnescape(a.Header.Get("Content-Disposition"))
	if a.StatusCode != 200 || !strings.HasSuffix(name, "2023年度汇总.xlsx") {
		t.Fatalf("%d %s", a.StatusCode, name)
	}
	f, err := excelize.OpenReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if sheets := strings.Join(f.GetSheetList(), " "); !strings.HasPrefix(sheets, "说明 未计入的单位 2021年·二、表") {
		t.Errorf("sheets %s", sheets)
	}
}

// The page says first who is not in the sums, and each sum leads to what it is made of.
func TestAggregatePages(t *testing.T) {
	_, base := county(t)
	p := page(t, base+"/aggregate?year=2023")
	p.wholesome(t)
	if lead := p.all("p", "lead")[0].text(); !strings.Contains(lead, "云溪县人民政府的下级：应汇总 3 个，已计入 1 个，未计入 2 个") {
		t.Errorf("lead %q", lead)
	}
	doubts := p.id(t, "doubts").text()
	for _, w := range []string{"1 个单位没有报告，未计入", "青石镇", "1 个单位的文件未能转换", "云溪县<b>教育局", "没有归到名单上的单位", "云溪县气象局"} {
		if !strings.Contains(doubts, w) {
			t.Errorf("doubts lack %q: %s", w, doubts)
		}
	}
	links := p.id(t, "form-2021").all("a", "figure")
	if len(links) != 200 {
		t.Fatalf("%d sums", len(links))
	}
	c := page(t, base+links[0].attr("href"))
	c.wholesome(t)
	if text := c.id(t, "main").text(); !strings.Contains(text, "临河市青石区水务局") || !strings.Contains(text, "未报送") {
		t.Errorf("cell %s", text)
	}
	page(t, base+"/aggregate?year=1999").wholesome(t)
	if odd := page(t, base+"/aggregate?year=zwei&kind=x"); len(odd.all("p", "warning")) == 0 {
		t.Error("an address that is not understood is not told")
	}
	if home := page(t, base+"/?year=2023"); !strings.Contains(home.id(t, "main").text(), "汇总") {
		t.Error("the overview does not lead there")
	}
}

// Whoever sees some bodies only gets their sum, and is told so.
func TestAggregateIsScoped(t *testing.T) {
	g := newGuarded(t, nil)
	other := g.token(t, auth.Draft{Name: "别县", Role: auth.RoleUploader, Bodies: []string{"b2"}})
	g.upload(t, g.uploader, "mine.pdf", "%PDF 1")
	a := g.as(t, other, http.MethodGet, "/v1/aggregate?year=2023", nil)
	if a.StatusCode == http.StatusNotFound {
		t.Skip("the guarded server has no overview")
	}
	var s aggregate.Sum
	if err := json.Unmarshal(a.body, &s); err != nil || !s.Partial || s.Counts[aggregate.Counted] != 0 {
		t.Errorf("%d %.300s %v", a.StatusCode, a.body, err)
	}
	wantProblem(t, g.as(t, "", http.MethodGet, "/v1/aggregate", nil), 401, "unauthenticated")
}
