package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/api/auth"
	"nianbao/convert/export"
	"nianbao/convert/intake"
)

func TestExportOfAReport(t *testing.T) {
	srv, _ := newServer(t, newFake())
	place := post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location")
	for _, f := range export.Formats() {
		a := get(t, srv.URL+place+"/export?format="+f.Name)
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != f.MediaType || len(a.body) == 0 {
			t.Errorf("%s: %d, %s, %d bytes", f.Name, a.StatusCode, a.Header.Get("Content-Type"), len(a.body))
		}
		name, _ := url.QueryUnescape(a.Header.Get("Content-Disposition"))
		if !strings.HasPrefix(name, "attachment; ") || !strings.HasSuffix(name, "年度报告."+f.Name) {
			t.Errorf("%s: %s", f.Name, name)
		}
		head := do(t, request(t, http.MethodHead, srv.URL+place+"/export?format="+f.Name, nil))
		if head.StatusCode != 200 || head.Header.Get("Content-Type") != f.MediaType || len(head.body) > 0 {
			t.Errorf("HEAD %s: %d %s", f.Name, head.StatusCode, head.Header.Get("Content-Type"))
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(get(t, srv.URL+place+"/export?format=xlsx").body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if sheets := strings.Join(book.GetSheetList(), " "); !strings.HasPrefix(sheets, "2021年表式 二、表") || !strings.Contains(sheets, "出处") {
		t.Errorf("sheets %s", sheets)
	}
	wantProblem(t, get(t, srv.URL+place+"/export"), 400, "bad_request")
	wantProblem(t, get(t, srv.URL+place+"/export?format=exe"), 400, "bad_request")
	wantProblem(t, get(t, srv.URL+"/v1/reports/none/export?format=csv"), 404, "not_found")
}

func TestExportOfAList(t *testing.T) {
	srv, _ := newServer(t, newFake())
	const n = 3
	for i := range n {
		post(t, srv.URL, "年报.pdf", "%PDF"+strings.Repeat(" ", i))
	}
	post(t, srv.URL, "坏.pdf", "locked")
	a := get(t, srv.URL+"/v1/export?format=csv")
	rows, err := csv.NewReader(bytes.NewReader(a.body)).ReadAll()
	if err != nil || len(rows) != n+2 || !strings.Contains(strings.Join(rows[1], " "), "未能转换") {
		t.Errorf("%d rows, %v: %.300s", len(rows), err, a.body)
	}
	if lines := bytes.Count(get(t, srv.URL+"/v1/export?format=jsonl").body, []byte("\n")); lines != n+1 {
		t.Errorf("%d lines", lines)
	}
	if a := get(t, srv.URL+"/v1/export?format=csv&year=1999"); !strings.HasPrefix(string(a.body), "\ufeff报告编号") || bytes.Count(a.body, []byte("\n")) != 1 {
		t.Errorf("of no report: %s", a.body)
	}
	wantProblem(t, get(t, srv.URL+"/v1/export?format=csv&year=x"), 400, "bad_request")
	wantProblem(t, get(t, srv.URL+"/v1/export"), 400, "bad_request")
}

// A list as Word files is a zip; a report that the office's template has no place for is
// named in it, and refused by itself.
func TestExportAsWordFiles(t *testing.T) {
	srv, _ := newServer(t, newFake())
	place := post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location")
	post(t, srv.URL, "坏.pdf", "locked")
	a := get(t, srv.URL+"/v1/export?format=docx")
	if name, _ := url.QueryUnescape(a.Header.Get("Content-Disposition")); a.Header.Get("Content-Type") != "application/zip" || !strings.HasSuffix(name, "年度报告.zip") {
		t.Errorf("%s, %s", a.Header.Get("Content-Type"), name)
	}
	z, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
	if err != nil || len(z.File) != 2 || !strings.HasSuffix(z.File[0].Name, ".docx") || z.File[1].Name != "没有导出的报告.txt" {
		t.Errorf("%v: %v", z, err)
	}
	if a := get(t, srv.URL+strings.TrimPrefix(place, "/v1"), "Accept", "text/html"); a.StatusCode == 200 && !bytes.Contains(a.body, []byte("/export?format=docx")) {
		t.Error("no button")
	}
}

// What is outside of somebody's scope is in no export.
func TestExportIsScoped(t *testing.T) {
	g := newGuarded(t, nil)
	other := g.token(t, auth.Draft{Name: "别县", Role: auth.RoleUploader, Bodies: []string{"b2"}})
	mine := g.upload(t, g.uploader, "mine.pdf", "%PDF 1").Header.Get("Location")
	g.upload(t, other, "theirs.pdf", "%PDF 2")
	a := g.as(t, g.uploader, http.MethodGet, "/v1/export?format=csv", nil)
	if a.StatusCode != 200 || !bytes.Contains(a.body, []byte("mine.pdf")) || bytes.Contains(a.body, []byte("theirs.pdf")) {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	wantProblem(t, g.as(t, other, http.MethodGet, mine+"/export?format=csv", nil), 404, "not_found")
	wantProblem(t, g.as(t, "", http.MethodGet, "/v1/export?format=csv", nil), 401, "unauthenticated")
}

// breaking fails at the second page of a list, or at once.
type breaking struct {
	*fakeReports
	atOnce bool
}

func (b breaking) List(ctx context.Context, f intake.Filter) (intake.Page, error) {
	if f.Cursor != "" || b.atOnce && f.Limit > 1 {
		return intake.Page{}, errors.New("catalog: gone at /secret/place")
	}
	p, err := b.fakeReports.List(ctx, f)
	p.Next = "2"
	return p, err
}

// An export that breaks off is an error while nothing is sent, and a broken connection
// afterwards: never a whole file with fewer reports.
func TestExportThatBreaksOff(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, breaking{fakeReports: f})
	post(t, srv.URL, "年报.pdf", "%PDF")
	wantProblem(t, get(t, srv.URL+"/v1/export?format=xlsx"), 500, "internal")
	f.mu.Lock()
	title := strings.Repeat("很长的标题", 60_000) // more than is sent at a time
	for _, r := range f.results {
		r.Report.Title = &title
	}
	f.mu.Unlock()
	for _, format := range []string{"csv", "md", "jsonl"} {
		resp, err := http.DefaultClient.Do(request(t, http.MethodGet, srv.URL+"/v1/export?format="+format, nil))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = io.ReadAll(resp.Body); err == nil {
			t.Errorf("%s: a broken answer looks whole", format)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	once, _ := newServer(t, breaking{fakeReports: newFake(), atOnce: true})
	wantProblem(t, get(t, once.URL+"/v1/export?format=csv"), 500, "internal")
}

func TestExportButtons(t *testing.T) {
	srv, _ := newServer(t, newFake())
	place := post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location")
	for page, want := range map[string][]string{
		strings.TrimPrefix(place, "/v1"):    {`href="` + place + `/export?format=xlsx"`, `href="` + place + `/export?format=csv"`},
		"/reports?year=2023&status=fail":    {`href="/v1/export?format=xlsx&amp;status=fail&amp;year=2023"`},
		"/reports?year=zwei&status=fail":    {`href="/v1/export?format=xlsx&amp;status=fail"`},
		"/reports?status=fail&cursor=other": {`href="/v1/export?format=md&amp;status=fail"`},
	} {
		a := get(t, srv.URL+page, "Accept", "text/html")
		for _, w := range want {
			if !bytes.Contains(a.body, []byte(w)) && a.StatusCode == 200 {
				t.Errorf("%s lacks %s", page, w)
			}
		}
	}
}
