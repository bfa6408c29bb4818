package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/api/client"
	"nianbao/api/client/clienttest"
	"nianbao/convert/intake"
)

// batchHouse is a folder of files, a service that takes batches, and the command.
type batchHouse struct {
	t      *testing.T
	server *clienttest.Server
	folder string
	opt    batchOptions
	stdout bytes.Buffer
	stderr bytes.Buffer
}

func newBatchHouse(t *testing.T, files map[string]string) *batchHouse {
	t.Helper()
	h := &batchHouse{t: t, server: &clienttest.Server{ID: intake.IDOf}, folder: filepath.Join(t.TempDir(), "云溪县2025")}
	for name, content := range files {
		path := filepath.Join(h.folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	service := httptest.NewServer(h.server)
	transport := &http.Transport{}
	t.Cleanup(func() { transport.CloseIdleConnections(); service.Close() })
	h.opt = batchOptions{server: service.URL + "/", jobs: 2, wait: true, cache: t.TempDir(), client: client.Config{
		Attempts: 3, Pause: (&clienttest.NoPause{}).Pause, HTTP: &http.Client{Transport: transport},
	}}
	return h
}

// run runs the command and returns its exit status.
func (h *batchHouse) run(ctx context.Context) int {
	h.t.Helper()
	h.stdout.Reset()
	h.stderr.Reset()
	err := runBatch(ctx, &h.stdout, &h.stderr, h.folder, h.opt)
	var status exitStatus
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	}
	fmt.Fprintln(&h.stderr, err)
	return exitUsage
}

// arrived are the paths in the only batch.
func (h *batchHouse) arrived() []string {
	h.t.Helper()
	batches := h.server.Batches()
	if len(batches) > 1 {
		h.t.Errorf("%d batches", len(batches))
	}
	var out []string
	for _, files := range batches {
		for _, f := range files {
			out = append(out, f.Path)
		}
	}
	slices.Sort(out)
	return out
}

func (h *batchHouse) says(out *bytes.Buffer, parts ...string) {
	h.t.Helper()
	for _, want := range parts {
		if !strings.Contains(out.String(), want) {
			h.t.Errorf("%q is not in:\n%s", want, out)
		}
	}
}

// remembered counts the unfinished uploads.
func (h *batchHouse) remembered() int {
	h.t.Helper()
	entries, err := os.ReadDir(h.opt.cache)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(entries)
}

const madePDF = "%PDF-1.4 made "

func zipText(t *testing.T, files map[string]string) string {
	parts := map[string]io.Reader{}
	for name, content := range files {
		parts[name] = strings.NewReader(content)
	}
	return string(zipOf(t, parts))
}

func TestBatchSendsWhatIsAReport(t *testing.T) {
	h := newBatchHouse(t, map[string]string{
		"民政局/报告.pdf":   madePDF + "1",
		"财政局/报告.bin":   madePDF + "2",
		"note.txt":     "只是文字",
		"~$lock.docx":  "x",
		"乡镇.zip":       zipText(t, map[string]string{"甲镇/报告.pdf": madePDF + "3", "乙镇/报告.pdf": madePDF + "4", "__MACOSX/._x": "x", "空.pdf": ""}),
		"archives.rar": "Rar!\x1a\x07\x01\x00",
	})
	h.opt.ndjson = filepath.Join(t.TempDir(), "out", "results.ndjson")
	if status := h.run(t.Context()); status != 1 {
		t.Errorf("status %d, want 1 for the empty file", status)
	}
	if d := cmp.Diff([]string{"乡镇.zip/乙镇/报告.pdf", "乡镇.zip/甲镇/报告.pdf", "民政局/报告.pdf", "财政局/报告.bin"}, h.arrived()); d != "" {
		t.Error(d)
	}
	h.says(&h.stderr, "另有 4 个文件不是 Word、网页、PDF 或 zip")
	h.says(&h.stdout, "完成：4", "未上传：1", "未上传：不支持的文件格式（unsupported_format）1 个", "乡镇.zip/空.pdf：文件为空")
	if b, err := os.ReadFile(h.opt.ndjson); err != nil || bytes.Count(b, []byte("\n")) != 4 {
		t.Errorf("results: %s %v", b, err)
	}
	if h.remembered() != 0 {
		t.Error("a finished upload is remembered")
	}
}

func TestBatchOfOneZip(t *testing.T) {
	h := newBatchHouse(t, map[string]string{"a.zip": zipText(t, map[string]string{"甲.pdf": madePDF})})
	h.folder = filepath.Join(h.folder, "a.zip")
	if status := h.run(t.Context()); status != 0 {
		t.Errorf("status %d: %s", status, &h.stderr)
	}
	if d := cmp.Diff([]string{"a.zip/甲.pdf"}, h.arrived()); d != "" {
		t.Error(d)
	}
}

func TestBatchFailures(t *testing.T) {
	h := newBatchHouse(t, map[string]string{"好.pdf": madePDF, "锁.zip": "PK\x03\x04", "坏.pdf": "bad %PDF-1.4", "字.pdf": "text %PDF-1.4"})
	if status := h.run(t.Context()); status != 1 {
		t.Errorf("status %d", status)
	}
	h.says(&h.stdout, "完成：1", "失败：2", "失败：文件已损坏（damaged）1 个\n  坏.pdf", "失败：不支持的文件格式（unsupported_format）1 个\n  字.pdf")
}

func TestBatchGoesOnWhereItBroke(t *testing.T) {
	files := map[string]string{}
	for i := range 150 {
		files[fmt.Sprintf("%03d.pdf", i)] = madePDF + fmt.Sprint(i)
	}
	inZip := map[string]string{"a.pdf": madePDF + "a", "b.pdf": madePDF + "b"}
	files["x.zip"] = zipText(t, inZip)
	h := newBatchHouse(t, files)
	h.opt.jobs = 1
	want := 152
	// The service goes away after 70 files, for good.
	h.server.Fail("files", nil, h.server.DropAfter(6))
	h.server.Fail("get", nil, clienttest.Busy, clienttest.Busy, clienttest.Busy)
	if status := h.run(t.Context()); status != 1 || h.remembered() != 1 {
		t.Fatalf("status %d, %d remembered", status, h.remembered())
	}
	h.says(&h.stderr, "稍后重试（7s 后）", "接着进行")
	if n := len(h.arrived()); n != 70 {
		t.Fatalf("%d arrived", n)
	}
	// The program is interrupted while it waits for the end.
	ctx, cancel := context.WithCancel(t.Context())
	h.server.Fail("events", func(w http.ResponseWriter, r *http.Request) { cancel(); clienttest.Silent(w, r) })
	if status := h.run(ctx); status != 1 || h.remembered() != 1 {
		t.Fatalf("status %d, %d remembered", status, h.remembered())
	}
	h.says(&h.stderr, "接着上次的批次", "已中断")
	if n := len(h.arrived()); n != want {
		t.Fatalf("%d arrived", n)
	}
	// The last run only waits.
	before := len(h.server.Requests())
	if status := h.run(t.Context()); status != 0 || h.remembered() != 0 {
		t.Fatalf("status %d, %d remembered: %s", status, h.remembered(), &h.stderr)
	}
	if slices.Contains(h.server.Requests()[before:], "files") {
		t.Error("files were sent again")
	}
	h.says(&h.stdout, fmt.Sprintf("完成：%d", want))
}

// A batch that the service does not know any more is begun anew.
func TestBatchForgottenByTheService(t *testing.T) {
	h := newBatchHouse(t, map[string]string{"a.pdf": madePDF})
	h.server.Fail("close", clienttest.Busy, clienttest.Busy, clienttest.Busy)
	if status := h.run(t.Context()); status != 1 {
		t.Fatalf("status %d", status)
	}
	h.server.Fail("get", func(w http.ResponseWriter, _ *http.Request) { clienttest.Problem(w, http.StatusNotFound, "not_found") })
	if status := h.run(t.Context()); status != 0 || len(h.server.Batches()) != 2 {
		t.Errorf("status %d, %d batches: %s", status, len(h.server.Batches()), &h.stderr)
	}
}

func TestBatchWithoutWaiting(t *testing.T) {
	h := newBatchHouse(t, map[string]string{"a.pdf": madePDF})
	h.opt.noWait = true
	if status := h.run(t.Context()); status != 0 || h.remembered() != 0 {
		t.Errorf("status %d: %s", status, &h.stderr)
	}
	h.says(&h.stdout, "已上传 1 个文件")
	if slices.Contains(h.server.Requests(), "events") {
		t.Error("it waited")
	}
}

func TestBatchWrongUsage(t *testing.T) {
	for name, change := range map[string]func(*batchHouse){
		"server": func(h *batchHouse) { h.opt.server = "host:80" },
		"jobs":   func(h *batchHouse) { h.opt.jobs = 0 },
		"ndjson": func(h *batchHouse) { h.opt.noWait, h.opt.ndjson = true, "x" },
		"folder": func(h *batchHouse) { h.folder += "/none" },
	} {
		h := newBatchHouse(t, map[string]string{"a.pdf": madePDF})
		change(h)
		if status := h.run(t.Context()); status != exitUsage {
			t.Errorf("%s: status %d", name, status)
		}
	}
	h := newBatchHouse(t, map[string]string{"note.txt": "文字"})
	if status := h.run(t.Context()); status != 0 || len(h.server.Requests()) != 0 {
		t.Errorf("a folder without reports: status %d, requests %v", status, h.server.Requests())
	}
	h = newBatchHouse(t, map[string]string{"a.pdf": madePDF})
	h.server.Token = "secret"
	if status := h.run(t.Context()); status != 1 {
		t.Errorf("without the token: status %d", status)
	}
	h.says(&h.stderr, "unauthenticated")
}
