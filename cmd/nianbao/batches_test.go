package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/fixture"
	"nianbao/convert/intake"
)

// part is a file of a form.
type part struct {
	name string
	path string // in a folder; empty for none
	body []byte
}

// send posts files as multipart to path.
func send(t *testing.T, url string, header http.Header, parts ...part) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, p := range parts {
		h := map[string][]string{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, p.name)}}
		if p.path != "" {
			h["X-Path"] = []string{escapePath(p.path)}
		}
		w, err := form.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	for k, v := range header {
		req.Header[k] = v
	}
	return do(t, req)
}

func escapePath(path string) string { return url.PathEscape(path) }

func request(t *testing.T, method, url string, header http.Header) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header[k] = v
	}
	return do(t, req)
}

// batchBody is a batch of an answer.
func batchBody(t *testing.T, r reply, status int) (b struct {
	ID string `json:"id"`
	batchReply
}) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %.300s", r.status, status, r.body)
	}
	if err := json.Unmarshal(r.body, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

func madeDOCX(t *testing.T, seed uint64) []byte {
	t.Helper()
	b, err := fixture.New(seed, "2021").DOCX()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// event is one server-sent event.
type event struct{ id, kind, data string }

// follow reads a batch's events to their end.
func follow(t *testing.T, base, id, last string) (events []event) {
	t.Helper()
	h := http.Header{}
	if last != "" {
		h.Set("Last-Event-ID", last)
	}
	r := request(t, http.MethodGet, base+"/v1/batches/"+id+"/events", h)
	if r.status != http.StatusOK || r.header.Get("Content-Type") != "text/event-stream" || r.header.Get("X-Accel-Buffering") != "no" {
		t.Fatalf("events: %d, %v", r.status, r.header)
	}
	var e event
	lines := bufio.NewScanner(bytes.NewReader(r.body))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ": ")
		switch key {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			events = append(events, e)
			e = event{}
		}
	}
	return events
}

// lastOfEach are the last events of the files.
func lastOfEach(t *testing.T, events []event) map[int64]event {
	t.Helper()
	last := map[int64]event{}
	for _, e := range events {
		if e.kind != "file" {
			continue
		}
		var f struct {
			Seq   int64
			State intake.State
		}
		if err := json.Unmarshal([]byte(e.data), &f); err != nil {
			t.Fatal(err)
		}
		if f.State == intake.StateDone || f.State == intake.StateFailed {
			e.data, _, _ = strings.Cut(e.data, `,"counts"`)
			last[f.Seq] = e
		}
	}
	return last
}

// TestBatchOfFiles: many files in one request, refused, damaged and doubled ones
// among them; each has its own outcome.
func TestBatchOfFiles(t *testing.T) {
	base, _ := startService(t, nil)
	good, other := madeDOCX(t, 1), madeDOCX(t, 2)
	r := send(t, base+"/v1/batches?name="+url.QueryEscape("春季"), nil,
		part{"one.docx", "甲局/一.docx", good}, part{"二.pdf", "", fixture.New(3, "2021").PDF(fixture.DefaultStyle())},
		part{"same.docx", "", good}, part{"bad.docx", "", other[:len(other)/2]}, part{"notes.txt", "", []byte("hello")})
	b := batchBody(t, r, http.StatusAccepted)
	if r.header.Get("Location") != "/v1/batches/"+b.ID || b.Counts.Total != 5 {
		t.Errorf("Location %q, %+v", r.header.Get("Location"), b.Counts)
	}
	events := follow(t, base, b.ID, "")
	if n := len(events); n < 2 || events[n-1].kind != "end" || !strings.Contains(events[n-1].data, `"state":"done"`) {
		t.Fatalf("events %+v", events)
	}
	b = batchBody(t, get(t, base+"/v1/batches/"+b.ID), http.StatusOK)
	want := []struct {
		path  string
		state intake.State
		code  string
		known bool
	}{{"甲局/一.docx", "done", "", false}, {"二.pdf", "done", "", false}, {"same.docx", "done", "", true},
		{"bad.docx", "failed", "damaged", false}, {"notes.txt", "failed", "unsupported_format", false}}
	for i, w := range want {
		f := b.Files[i]
		code := ""
		if f.Problem != nil {
			code = f.Problem.Code
		}
		if f.Path != w.path || f.State != w.state || code != w.code || f.Known != w.known {
			t.Errorf("file %d is %+v, code %q; want %+v", i, f, code, w)
		}
	}
	if b.Files[0].ReportID != b.Files[2].ReportID || b.Files[3].ReportID == "" || b.Files[4].ReportID != "" {
		t.Errorf("reports %+v", b.Files)
	}
	// From any event on nothing is lost: each file's last state comes, if it came
	// later.
	for i := range events {
		later := follow(t, base, b.ID, events[i].id)
		for _, e := range lastOfEach(t, events[i+1:]) {
			if !slices.ContainsFunc(later, func(l event) bool { return l.id == e.id && strings.HasPrefix(l.data, e.data) }) {
				t.Errorf("after %s: %+v is not in %+v", events[i].id, e, later)
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(string(get(t, base+"/v1/batches/"+b.ID+"/results").body)), "\n")
	results, failures := 0, 0
	for _, l := range lines {
		var line struct {
			Source struct{ Path string }
			Report *json.RawMessage
			Error  *struct{ Code string }
		}
		if err := json.Unmarshal([]byte(l), &line); err != nil || line.Source.Path == "" {
			t.Fatalf("line %.200s: %v", l, err)
		}
		if line.Report != nil {
			results++
		}
		if line.Error != nil {
			failures++
		}
	}
	if results != 3 || failures != 2 {
		t.Errorf("%d results and %d failures in %d lines", results, failures, len(lines))
	}
	var retried struct{ Queued int }
	if r := request(t, http.MethodPost, base+"/v1/batches/"+b.ID+"/retry", nil); json.Unmarshal(r.body, &retried) != nil || retried.Queued != 1 {
		t.Errorf("retry: %d %s", r.status, r.body)
	}
	follow(t, base, b.ID, "")
	if b = batchBody(t, get(t, base+"/v1/batches/"+b.ID), http.StatusOK); b.State != intake.BatchDone || b.Counts.Failed != 2 {
		t.Errorf("after the retry: %+v", b)
	}
	for _, path := range []string{"/v1/batches/none", "/v1/batches/none/events", "/v1/batches/none/results"} {
		if code, _ := get(t, base+path).problem(t); code != "not_found" {
			t.Errorf("%s: %s", path, code)
		}
	}
}

// TestBatchOfZip: a zip with folders and names in GBK.
func TestBatchOfZip(t *testing.T) {
	base, _ := startService(t, nil)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("年报/教育局 报告.docx")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct {
		name string
		raw  bool
		body []byte
	}{{gbk, true, madeDOCX(t, 1)}, {"../../etc/passwd.docx", false, madeDOCX(t, 2)}, {"__MACOSX/._x", false, []byte("x")},
		{"nested.zip", false, []byte("PK\x05\x06" + strings.Repeat("\x00", 18))}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, NonUTF8: f.raw, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	made := batchBody(t, send(t, base+"/v1/batches", nil, part{"all.zip", "", b.Bytes()}), http.StatusAccepted)
	follow(t, base, made.ID, "")
	got := batchBody(t, get(t, base+"/v1/batches/"+made.ID), http.StatusOK)
	if len(got.Files) != 3 || got.Files[0].Path != "年报/教育局 报告.docx" || got.Files[0].State != intake.StateDone ||
		strings.Contains(got.Files[1].Path, "..") || got.Files[1].State != intake.StateDone || got.Files[2].State != intake.StateFailed {
		t.Errorf("files %+v", got.Files)
	}
}

// TestBatchInPieces: an open batch takes files in several requests; what is sent
// again is there once; after the end nothing more comes in.
func TestBatchInPieces(t *testing.T) {
	base, _ := startService(t, nil)
	key := http.Header{"Idempotency-Key": {"k1"}}
	b := batchBody(t, request(t, http.MethodPost, base+"/v1/batches?open=true&name=x", key), http.StatusAccepted)
	again := batchBody(t, request(t, http.MethodPost, base+"/v1/batches?open=true&name=x", key), http.StatusOK)
	if again.ID != b.ID || b.State != intake.BatchReceiving {
		t.Errorf("%+v and %+v", b, again)
	}
	one, two := part{"1.docx", "", madeDOCX(t, 1)}, part{"2.docx", "", madeDOCX(t, 2)}
	files := base + "/v1/batches/" + b.ID + "/files"
	batchBody(t, send(t, files, nil, one), http.StatusAccepted)
	batchBody(t, send(t, files, nil, one, two), http.StatusAccepted)
	closed := batchBody(t, request(t, http.MethodPost, base+"/v1/batches/"+b.ID+"/close", nil), http.StatusOK)
	if closed.Counts.Total != 2 {
		t.Errorf("counts %+v", closed.Counts)
	}
	for address, want := range map[string]string{files: "已结束接收", base + "/v1/batches/nobody/files": "没有这个批次"} {
		r := send(t, address, nil, part{"3.docx", "", madeDOCX(t, 3)})
		if code, _ := r.problem(t); code != "not_found" || !bytes.Contains(r.body, []byte(want)) {
			t.Errorf("after the end: %s %s, want %s", code, r.body, want)
		}
	}
	follow(t, base, b.ID, "")
	var list struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(get(t, base+"/v1/batches").body, &list); err != nil || len(list.Items) != 1 {
		t.Errorf("%d batches, %v", len(list.Items), err)
	}
}

// TestBatchOfNothing: a request without a file is refused and leaves no batch.
func TestBatchOfNothing(t *testing.T) {
	base, _ := startService(t, nil)
	for name, body := range map[string]string{
		"nothing":          "--x--\r\n",
		"another field":    "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"1.docx\"\r\n\r\nPK\r\n--x--\r\n",
		"no file chosen":   "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n",
		"no multipart end": "",
	} {
		for _, open := range []string{"", "?open=true"} {
			if name == "no multipart end" && open != "" {
				continue // an open batch may begin empty
			}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/v1/batches"+open, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
			r := do(t, req)
			if code, detail := r.problem(t); r.status != http.StatusBadRequest || code != "bad_request" {
				t.Errorf("%s%s: %d %s %s", name, open, r.status, code, detail)
			}
		}
	}
	var list struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(get(t, base+"/v1/batches").body, &list); err != nil || len(list.Items) != 0 {
		t.Errorf("%d batches, %v", len(list.Items), err)
	}
}

// TestAsync: who does not want to wait is told where to ask; the same key with
// other content is a conflict.
func TestAsync(t *testing.T) {
	base, _ := startService(t, nil)
	h := http.Header{"Prefer": {"respond-async"}, "Idempotency-Key": {"a"}}
	r := send(t, base+"/v1/reports", h, part{"1.docx", "", madeDOCX(t, 1)})
	if r.status != http.StatusAccepted || r.header.Get("Preference-Applied") != "respond-async" || !strings.Contains(string(r.body), `"state"`) {
		t.Fatalf("%d, %v: %.300s", r.status, r.header, r.body)
	}
	if r := send(t, base+"/v1/reports", http.Header{"Idempotency-Key": {"a"}}, part{"1.docx", "", madeDOCX(t, 1)}); r.status != http.StatusOK {
		t.Errorf("the same again: %d", r.status)
	}
	r2 := send(t, base+"/v1/reports", http.Header{"Idempotency-Key": {"a"}}, part{"2.docx", "", madeDOCX(t, 2)})
	if code, _ := r2.problem(t); r2.status != http.StatusConflict || code != "conflict" {
		t.Errorf("other content: %d %s", r2.status, code)
	}
	if got := get(t, base+r.header.Get("Location")); got.status != http.StatusOK || !strings.Contains(string(got.body), `"report":{`) {
		t.Errorf("%d: %.200s", got.status, got.body)
	}
}

// TestCancelBatch: what has not begun is cancelled, its originals are kept, and a
// retry brings it back.
func TestCancelBatch(t *testing.T) {
	base, _ := startService(t, func(c *serveConfig) { c.Engine.Reading.Jobs = 1 })
	var parts []part
	for i := range 60 {
		parts = append(parts, part{fmt.Sprintf("%d.docx", i), "", madeDOCX(t, uint64(i))})
	}
	b := batchBody(t, send(t, base+"/v1/batches", nil, parts...), http.StatusAccepted)
	got := batchBody(t, request(t, http.MethodDelete, base+"/v1/batches/"+b.ID, nil), http.StatusOK)
	if got.State != intake.BatchCancelled && got.State != intake.BatchDone || got.Counts.Queued != 0 {
		t.Errorf("cancelled: %+v", got)
	}
	events := follow(t, base, b.ID, "")
	if e := events[len(events)-1]; e.kind != "end" {
		t.Errorf("last event %+v", e)
	}
	request(t, http.MethodPost, base+"/v1/batches/"+b.ID+"/retry", nil)
	follow(t, base, b.ID, "")
	if got := batchBody(t, get(t, base+"/v1/batches/"+b.ID), http.StatusOK); got.Counts.Done != 60 || got.State != intake.BatchDone {
		t.Errorf("after the retry: %+v", got.Counts)
	}
}
