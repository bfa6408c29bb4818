package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"nianbao/convert/intake"
)

// multipartOf makes a multipart body of name, content pairs in field "file".
func multipartOf(t testing.TB, files ...string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := m.CreateFormFile("file", files[i])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, files[i+1])
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, m.FormDataContentType()
}

func post(t testing.TB, url string, files ...string) answer {
	t.Helper()
	body, ct := multipartOf(t, files...)
	return do(t, request(t, http.MethodPost, url+"/v1/reports", body, "Content-Type", ct))
}

type problemJSON struct {
	Title, Detail, Code, Limit string
	Status                     int
	RequestID                  string `json:"request_id"`
	ReportID                   string `json:"report_id"`
	Errors                     []struct{ Location, Message string }
}

// wantProblem checks that an answer is a complete problem of that status and
// code.
func wantProblem(t testing.TB, a answer, status int, code string) problemJSON {
	t.Helper()
	var p problemJSON
	if ct := a.Header.Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("Content-Type %q", ct)
	}
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	if a.StatusCode != status || p.Status != status || p.Code != code {
		t.Errorf("status %d, problem %d %s; want %d %s: %s", a.StatusCode, p.Status, p.Code, status, code, a.body)
	}
	if p.Title == "" || p.Detail == "" || p.RequestID == "" || p.RequestID != a.Header.Get("X-Request-Id") {
		t.Errorf("incomplete problem: %s (X-Request-Id %s)", a.body, a.Header.Get("X-Request-Id"))
	}
	if !strings.ContainsFunc(p.Detail, func(r rune) bool { return r > 0x4e00 && r < 0x9fff }) {
		t.Errorf("detail is not Chinese: %s", p.Detail)
	}
	return p
}

func TestUpload(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	first := post(t, srv.URL, "年报.pdf", "%PDF one")
	if first.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", first.StatusCode, first.body)
	}
	place := first.Header.Get("Location")
	var result struct{ ID string }
	if err := json.Unmarshal(first.body, &result); err != nil || place != "/v1/reports/"+result.ID {
		t.Errorf("Location %q for id %q: %v", place, result.ID, err)
	}
	again := post(t, srv.URL, "别的名字.pdf", "%PDF one")
	if again.StatusCode != http.StatusOK || again.Header.Get("Location") != place || len(f.rows) != 1 {
		t.Errorf("again: %d, %s, %d rows", again.StatusCode, again.Header.Get("Location"), len(f.rows))
	}
	if f.rows[0].Filename != "年报.pdf" {
		t.Errorf("file name %q", f.rows[0].Filename)
	}
	stored := get(t, srv.URL+place)
	if stored.StatusCode != http.StatusOK || !bytes.Equal(stored.body, first.body) {
		t.Errorf("GET differs from POST: %d", stored.StatusCode)
	}
}

func TestUploadFailures(t *testing.T) {
	srv, logs := newServer(t, newFake())
	for _, c := range []struct {
		content, code, limit string
		status               int
		kept                 bool
	}{
		{"just text", "unsupported_format", "", 415, false},
		{"", "unsupported_format", "", 415, false},
		{"locked", "encrypted", "", 422, true},
		{"bomb", "limit_exceeded", "decompressed_bytes=268435456", 422, true},
		{"slow", "conversion_timeout", "conversion_seconds=60", 504, true},
		{"crash", "internal", "", 500, false},
		{"panic", "internal", "", 500, false},
	} {
		t.Run(c.code+" "+c.content, func(t *testing.T) {
			for _, when := range []string{"first", "again"} {
				a := post(t, srv.URL, "a.pdf", c.content)
				p := wantProblem(t, a, c.status, c.code)
				if p.Limit != c.limit {
					t.Errorf("%s: limit %q, want %q", when, p.Limit, c.limit)
				}
				if kept := p.ReportID != ""; kept != c.kept || kept != (a.Header.Get("Location") != "") {
					t.Errorf("%s: report_id %q, Location %q", when, p.ReportID, a.Header.Get("Location"))
				}
				if bytes.Contains(a.body, []byte("secret")) {
					t.Errorf("%s: the answer gives away the cause: %s", when, a.body)
				}
				if c.kept {
					wantUnfinished(t, get(t, srv.URL+a.Header.Get("Location")), c.code)
				}
			}
		})
	}
	srv.Close()
	if !strings.Contains(logs.String(), "disk full at /secret/place") || !strings.Contains(logs.String(), "secret detail") {
		t.Error("the log lacks the causes")
	}
}

func wantUnfinished(t *testing.T, a answer, code string) {
	t.Helper()
	var u struct {
		State string
		Error struct{ Code string }
	}
	if err := json.Unmarshal(a.body, &u); err != nil || a.StatusCode != 200 || u.State != "failed" || u.Error.Code != code {
		t.Errorf("%v: %d %s", err, a.StatusCode, a.body)
	}
}

func TestUploadBadRequests(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	send := func(ct, body string) answer {
		return do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", strings.NewReader(body), "Content-Type", ct))
	}
	const multi = "multipart/form-data; boundary=XX"
	part := func(disposition, content string) string {
		return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n"
	}
	file := part(`name="file"; filename="a.pdf"`, "%PDF one")
	for name, c := range map[string]struct {
		ct, body, code string
		status         int
	}{
		"json":           {"application/json", `{}`, "bad_request", 400},
		"no type":        {"", file + "--XX--", "bad_request", 400},
		"no boundary":    {"multipart/form-data", file + "--XX--", "bad_request", 400},
		"no file":        {multi, "--XX--\r\n", "bad_request", 400},
		"empty body":     {multi, "", "bad_request", 400},
		"other field":    {multi, part(`name="datei"; filename="a.pdf"`, "%PDF") + "--XX--", "bad_request", 400},
		"not a file":     {multi, part(`name="file"`, "%PDF") + "--XX--", "bad_request", 400},
		"nothing chosen": {multi, part(`name="file"; filename=""`, "") + "--XX--", "bad_request", 400},
		"two files":      {multi, file + file + "--XX--", "bad_request", 400},
		"field after":    {multi, file + part(`name="x"`, "1") + "--XX--", "bad_request", 400},
		"cut off":        {multi, file[:len(file)-5], "bad_request", 400},
		"no end":         {multi, file, "bad_request", 400},
		"10,000 fields":  {multi, strings.Repeat(part(`name="a"`, "x"), 10_000) + "--XX--", "bad_request", 400},
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, send(c.ct, c.body), c.status, c.code) })
	}
	if len(f.rows) != 0 {
		t.Errorf("%d reports kept from bad requests", len(f.rows))
	}
	if a := send(multi, file+"--XX--\r\n"); a.StatusCode != 201 {
		t.Errorf("the good request among these: %d %s", a.StatusCode, a.body)
	}
}

func TestUploadLimit(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	at := "%PDF" + strings.Repeat("x", testLimit-4)
	if a := post(t, srv.URL, "at.pdf", at); a.StatusCode != 201 {
		t.Fatalf("a file at the limit: %d %s", a.StatusCode, a.body)
	}
	above := func(size int) {
		a := post(t, srv.URL, "above.pdf", at+strings.Repeat("x", size))
		p := wantProblem(t, a, 413, "too_large")
		if p.Limit != fmt.Sprintf("max_upload_bytes=%d", testLimit) || !strings.Contains(p.Detail, "1 MB") {
			t.Errorf("limit %q, detail %q", p.Limit, p.Detail)
		}
	}
	above(1)
	for range 5 {
		above(40 << 20) // Content-Length tells
	}
	for range 5 { // chunked: no length to go by
		body, ct := multipartOf(t, "a.pdf", at+strings.Repeat("x", 8<<20))
		a := do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", struct{ io.Reader }{body}, "Content-Type", ct))
		wantProblem(t, a, 413, "too_large")
	}
	if len(f.rows) != 1 {
		t.Errorf("%d reports kept", len(f.rows))
	}
}

// The client's name is data: it is shown, and never becomes a path or a header
// line.
func TestUploadNames(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	for i, c := range []struct{ header, want string }{
		{`filename="../../etc/年报.pdf"`, "年报.pdf"},
		{`filename="C:\\用户\\年报.pdf"`, "年报.pdf"},
		{`filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1.pdf`, "aSet-Cookie: x=1.pdf"},
		{`filename*=UTF-8''%E2%80%AEfdp.exe`, "fdp.exe"},
		{`filename="<img src=x onerror=alert(1)>.pdf"`, "<img src=x onerror=alert(1)>.pdf"},
		{`filename="` + strings.Repeat("长", 300) + `.pdf"`, strings.Repeat("长", 190) + "…" + strings.Repeat("长", 5) + ".pdf"},
		{"filename=\"\xff\xfe.pdf\"", ".pdf"},
	} {
		body := "--XX\r\nContent-Disposition: form-data; name=\"file\"; " + c.header + fmt.Sprintf("\r\n\r\n%%PDF %d\r\n--XX--\r\n", i)
		a := do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", strings.NewReader(body), "Content-Type", "multipart/form-data; boundary=XX"))
		if a.StatusCode != 201 {
			t.Fatalf("%s: %d %s", c.header, a.StatusCode, a.body)
		}
		if got := f.rows[0].Filename; got != c.want {
			t.Errorf("%s: kept as %q, want %q", c.header, got, c.want)
		}
		o := get(t, srv.URL+a.Header.Get("Location")+"/original")
		kind, params, err := mime.ParseMediaType(o.Header.Get("Content-Disposition"))
		if err != nil || kind != "attachment" || params["filename"] != c.want {
			t.Errorf("Content-Disposition %q: %v %q", o.Header.Get("Content-Disposition"), err, params["filename"])
		}
		if o.Header.Get("Set-Cookie") != "" {
			t.Error("a name became a header")
		}
		page := get(t, srv.URL+"/reports/"+f.rows[0].ID)
		if bytes.Contains(page.body, []byte("<img src=x")) {
			t.Error("a name became markup")
		}
	}
}

func TestOriginal(t *testing.T) {
	f := newFake()
	srv, logs := newServer(t, f)
	content := "%PDF " + strings.Repeat("0123456789", 100)
	url := srv.URL + post(t, srv.URL, "年报 2023.pdf", content).Header.Get("Location") + "/original"
	a := get(t, url)
	sum := sha256.Sum256([]byte(content))
	b64 := base64.StdEncoding.EncodeToString(sum[:])
	if string(a.body) != content {
		t.Error("other bytes than uploaded")
	}
	for name, want := range map[string]string{
		"Repr-Digest": "sha-256=:" + b64 + ":", "Digest": "sha-256=" + b64, "X-Content-Type-Options": "nosniff",
		"Content-Type": "application/pdf", "Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "bytes",
		"Content-Disposition": `attachment; filename="__ 2023.pdf"; filename*=UTF-8''%E5%B9%B4%E6%8A%A5%202023.pdf`,
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if r := get(t, url, "Range", "bytes=5-14"); r.StatusCode != 206 || string(r.body) != "0123456789" {
		t.Errorf("range: %d %q", r.StatusCode, r.body)
	}
	if r := get(t, url, "If-None-Match", a.Header.Get("ETag")); r.StatusCode != 304 {
		t.Errorf("If-None-Match: %d", r.StatusCode)
	}
	if r := do(t, request(t, http.MethodHead, url, nil)); r.StatusCode != 200 || len(r.body) != 0 || r.ContentLength != int64(len(content)) {
		t.Errorf("HEAD: %d, %d bytes, length %d", r.StatusCode, len(r.body), r.ContentLength)
	}
	wantProblem(t, get(t, srv.URL+"/v1/reports/none/original"), 404, "not_found")

	f.corrupt = true
	resp, err := http.DefaultClient.Do(request(t, http.MethodGet, url, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a corrupt original ends in %v", err)
	}
	srv.Close()
	if !strings.Contains(logs.String(), "corrupt") {
		t.Error("the log says nothing of a corrupt original")
	}
}

func TestListAndDelete(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	list := func(query string) intake.Page {
		t.Helper()
		a := get(t, srv.URL+"/v1/reports"+query)
		var p intake.Page
		if err := json.Unmarshal(a.body, &p); err != nil || a.StatusCode != 200 {
			t.Fatalf("%v: %d %s", err, a.StatusCode, a.body)
		}
		return p
	}
	if a := get(t, srv.URL+"/v1/reports"); !strings.HasPrefix(string(a.body), `{"items":[],`) {
		t.Errorf("an empty list is %s", a.body)
	}
	for i := range 5 {
		post(t, srv.URL, "a.pdf", fmt.Sprintf("%%PDF %d", i))
	}
	post(t, srv.URL, "b.pdf", "locked")
	if p := list("?limit=4"); len(p.Items) != 4 || p.Total != 6 || p.Next == "" {
		t.Errorf("%+v", p)
	} else if rest := list("?limit=4&cursor=" + p.Next); len(rest.Items) != 2 || rest.Next != "" {
		t.Errorf("%+v", rest)
	}
	if p := list("?status=failed"); p.Total != 1 {
		t.Errorf("%+v", p)
	}
	if p := list("?agency=水务&year=2023&form=2021&status=fail"); p.Total != 5 {
		t.Errorf("%+v", p)
	}
	p := wantProblem(t, get(t, srv.URL+"/v1/reports?limit=500&year=x&status=odd"), 400, "bad_request")
	if len(p.Errors) != 3 {
		t.Errorf("not all mistakes at once: %+v", p.Errors)
	}
	wantProblem(t, get(t, srv.URL+"/v1/reports?cursor=odd"), 400, "bad_request")

	url := srv.URL + "/v1/reports/" + f.rows[1].ID
	if a := do(t, request(t, http.MethodDelete, url, nil)); a.StatusCode != 204 {
		t.Errorf("DELETE: %d %s", a.StatusCode, a.body)
	}
	wantProblem(t, get(t, url), 404, "not_found")
	wantProblem(t, do(t, request(t, http.MethodDelete, url, nil)), 404, "not_found")
}

func TestDocumentOnRequest(t *testing.T) {
	srv, _ := newServer(t, newFake())
	url := srv.URL + post(t, srv.URL, "a.pdf", "%PDF").Header.Get("Location")
	if a := get(t, url); bytes.Contains(a.body, []byte(`"document"`)) {
		t.Error("document without being asked for")
	}
	if a := get(t, url+"?include=document"); !bytes.Contains(a.body, []byte(`"blocks"`)) {
		t.Errorf("no document: %s", a.body)
	}
	wantProblem(t, get(t, url+"?include=all"), 400, "bad_request")
}
