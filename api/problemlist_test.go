package api_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A report's list of problems goes out as a letter and as a list to be filled in.
func TestProblemsOfAReport(t *testing.T) {
	srv, _ := newServer(t, newFake())
	place := post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location")
	a := get(t, srv.URL+place+"/problems?format=docx")
	if z, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body))); err != nil || a.StatusCode != 200 || len(z.File) == 0 {
		t.Errorf("%d, %v", a.StatusCode, err)
	}
	if name, _ := url.QueryUnescape(a.Header.Get("Content-Disposition")); !strings.HasPrefix(name, "attachment; ") || !strings.HasSuffix(name, "问题清单.docx") {
		t.Error(name)
	}
	a = get(t, srv.URL+place+"/problems?format=xlsx")
	book, err := excelize.OpenReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	_ = book.Close()
	if head := do(t, request(t, http.MethodHead, srv.URL+place+"/problems?format=docx", nil)); head.StatusCode != 200 || len(head.body) > 0 {
		t.Errorf("HEAD: %d, %d bytes", head.StatusCode, len(head.body))
	}
	wantProblem(t, get(t, srv.URL+place+"/problems?format=exe"), 400, "bad_request")
	wantProblem(t, get(t, srv.URL+"/v1/reports/none/problems?format=docx"), 404, "not_found")
	// What could not be converted is asked for again.
	broken := post(t, srv.URL, "坏.pdf", "locked").Header.Get("Location")
	if a := get(t, srv.URL+broken+"/problems?format=docx"); broken != "" && a.StatusCode != 200 {
		t.Errorf("of a broken file: %d %s", a.StatusCode, a.body)
	}
}
