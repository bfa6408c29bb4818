package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

// testServeConfig is a service on a free port.
func testServeConfig(data string) serveConfig {
	return serveConfig{Listen: "127.0.0.1:0", BatchMiB: 64, Engine: testEngine(data)}
}

// startService runs the whole service on a free port with temporary data.
func startService(t *testing.T, change func(*serveConfig)) (base, data string) {
	t.Helper()
	data = t.TempDir()
	cfg := testServeConfig(data)
	if change != nil {
		change(&cfg)
	}
	if err := cfg.validate(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	a, err := newApp(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, func() {}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the service ended with %v", err)
		}
	})
	return "http://" + a.Addr().String(), data
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) problem(t *testing.T) (code, limit string) {
	t.Helper()
	var p struct{ Code, Detail, Limit string }
	if err := json.Unmarshal(r.body, &p); err != nil {
		t.Fatalf("no problem document: %v: %.200s", err, r.body)
	}
	if p.Detail == "" {
		t.Errorf("problem %s has no detail", p.Code)
	}
	return p.Code, p.Limit
}

func upload(t *testing.T, base, name string, content io.Reader) reply {
	t.Helper()
	pr, pw := io.Pipe()
	form := multipart.NewWriter(pw)
	go func() {
		part, err := form.CreateFormFile("file", name)
		if err == nil {
			_, err = io.Copy(part, content)
		}
		if err == nil {
			err = form.Close()
		}
		_ = pw.CloseWithError(err)
	}()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/v1/reports", pr)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	return do(t, req)
}

func get(t *testing.T, url string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) reply {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, b}
}

func result(t *testing.T, r reply) report.Result {
	t.Helper()
	var res report.Result
	if err := json.Unmarshal(r.body, &res); err != nil {
		t.Fatalf("%v: %.200s", err, r.body)
	}
	return res
}

func TestUploadIsConvertedCheckedAndArchivedOnce(t *testing.T) {
	base, data := startService(t, nil)
	made := fixture.New(11, "2021")
	word, err := made.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"报告.docx": word, "报告.pdf": made.PDF(fixture.DefaultStyle())}
	for name, content := range files {
		first := upload(t, base, name, bytes.NewReader(content))
		if first.status != http.StatusCreated {
			t.Fatalf("%s: %d %s", name, first.status, first.body)
		}
		res := result(t, first)
		for _, c := range made.Form.Cells() {
			table, path, _ := strings.Cut(strings.TrimPrefix(c.Path, "/report/"), "/")
			if want, got := value(made.Table(table), path), value(res.Report.Table(table), path); want != got {
				t.Errorf("%s: %s: want %s, got %s", name, c.Path, want, got)
			}
		}
		if res.Validation.Errors != 0 || *res.Report.Title != *made.Title || res.Source.Filename != name {
			t.Errorf("%s: %+v %+v", name, res.Validation.Findings, res.Source)
		}
		again := upload(t, base, "other-"+name, bytes.NewReader(content))
		if again.status != http.StatusOK || result(t, again).ID != res.ID {
			t.Errorf("%s: the same bytes again: %d, id %s and %s", name, again.status, res.ID, result(t, again).ID)
		}
		if loc := first.header.Get("Location"); loc != again.header.Get("Location") || get(t, base+loc).status != http.StatusOK {
			t.Errorf("%s: Location %q", name, loc)
		}
		original := get(t, base+"/v1/reports/"+res.ID+"/original")
		if !bytes.Equal(original.body, content) || original.header.Get("Repr-Digest") == "" {
			t.Errorf("%s: the original came back otherwise: %v", name, original.header)
		}
	}
	if n := checkArchive(t, data); n != len(files) {
		t.Errorf("%d originals archived, want %d", n, len(files))
	}
}

// checkArchive re-hashes every archived original and counts them.
func checkArchive(t *testing.T, data string) int {
	t.Helper()
	n := 0
	root := filepath.Join(data, "archive", "originals")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		sum := sha256.Sum256(b)
		if name := strings.ReplaceAll(filepath.ToSlash(rel), "/", ""); name != hex.EncodeToString(sum[:]) {
			t.Errorf("object %s holds bytes of digest %x", rel, sum)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// zeros is n zero bytes without the memory.
type zeros struct{ n int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.n == 0 {
		return 0, io.EOF
	}
	k := min(int64(len(p)), z.n)
	clear(p[:k])
	z.n -= k
	return int(k), nil
}

func zipOf(t *testing.T, parts map[string]io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bomb(t *testing.T) []byte {
	return zipOf(t, map[string]io.Reader{
		"[Content_Types].xml": strings.NewReader(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`),
		"_rels/.rels":         strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`),
		"word/document.xml":   io.MultiReader(strings.NewReader(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`), &zeros{300 << 20}),
	})
}

func manyPages(n int) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(s string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := make([]string, n)
	for i := range kids {
		kids[i] = fmt.Sprintf("%d 0 R", 3+i)
	}
	object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, strings.Join(kids, " ")))
	for range n {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func TestBadInputGetsTheContractsError(t *testing.T) {
	base, data := startService(t, nil)
	made := fixture.New(5, "2021")
	word, err := made.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	pdf := made.PDF(fixture.DefaultStyle())
	archived := 0
	for _, c := range []struct {
		name   string
		body   io.Reader
		status int
		code   string
		limit  string // prefix of the limit's name
		kept   bool
	}{
		{"empty.pdf", strings.NewReader(""), 415, "unsupported_format", "", false},
		{"text.docx", strings.NewReader("不是文档"), 415, "unsupported_format", "", false},
		{"picture.pdf", strings.NewReader("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 100)), 415, "unsupported_format", "", false},
		{"sheet.docx", bytes.NewReader(zipOf(t, map[string]io.Reader{"[Content_Types].xml": strings.NewReader(`<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`), "xl/workbook.xml": strings.NewReader("<workbook/>")})), 415, "unsupported_format", "", false},
		{"cut.docx", bytes.NewReader(word[:len(word)/2]), 422, "damaged", "", true},
		{"cut.pdf", bytes.NewReader(pdf[:len(pdf)/3]), 422, "damaged", "", true},
		{"bomb.docx", bytes.NewReader(bomb(t)), 422, "limit_exceeded", "decompressed_bytes=", true},
		{"pages.pdf", bytes.NewReader(manyPages(10_000)), 422, "limit_exceeded", "pages=", true},
		{"large.pdf", io.MultiReader(strings.NewReader("%PDF-1.4\n"), &zeros{100 << 20}), 413, "too_large", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := upload(t, base, c.name, c.body)
			code, limit := r.problem(t)
			if r.status != c.status || code != c.code || !strings.HasPrefix(limit, c.limit) {
				t.Errorf("got %d %s %s, want %d %s %s…: %s", r.status, code, limit, c.status, c.code, c.limit, r.body)
			}
			if ct := r.header.Get("Content-Type"); !strings.HasPrefix(ct, "application/problem+json") {
				t.Errorf("content type %q", ct)
			}
		})
		if c.kept {
			archived++
		}
	}
	if n := checkArchive(t, data); n != archived {
		t.Errorf("%d originals archived, want the %d that are documents", n, archived)
	}
	// A wrong extension is no mistake: the content tells.
	if r := upload(t, base, "actually-word.pdf", bytes.NewReader(word)); r.status != http.StatusCreated {
		t.Errorf("Word under a PDF name: %d %s", r.status, r.body)
	}
}

// mutate damages a file in one of four ways.
func mutate(rng *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	switch at := rng.IntN(len(b)); rng.IntN(4) {
	case 0:
		for range 1 + rng.IntN(20) {
			b[rng.IntN(len(b))] = byte(rng.Uint32())
		}
	case 1:
		b = b[:at]
	case 2:
		n := min(at+1+rng.IntN(200), len(b))
		b = append(b[:at:at], b[n:]...)
	case 3:
		n := min(at+1+rng.IntN(200), len(b))
		b = append(b[:n:n], b[at:]...)
	}
	return b
}

// Mutated files end each in a result or the contract's error, and the service
// lives on. NIANBAO_MUTATIONS sets how many.
func TestServiceSurvivesMutatedFiles(t *testing.T) {
	n := 120
	if s := os.Getenv("NIANBAO_MUTATIONS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	if testing.Short() {
		n = 20
	}
	base, _ := startService(t, nil)
	made := fixture.New(6, "2019")
	word, err := made.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	sources := [][]byte{word, made.PDF(fixture.DefaultStyle())}
	rng := rand.New(rand.NewPCG(1, 2))
	outcomes := map[string]int{}
	for i := range n {
		b := mutate(rng, sources[i%len(sources)])
		r := upload(t, base, fmt.Sprintf("m%d", i), bytes.NewReader(b))
		switch r.status {
		case 200, 201:
			outcomes["converted"]++
		case 415, 422, 504:
			code, _ := r.problem(t)
			outcomes[code]++
		default:
			t.Errorf("mutation %d: %d %s", i, r.status, r.body)
		}
	}
	t.Log(outcomes)
	if r := upload(t, base, "well.docx", bytes.NewReader(word)); r.status != 200 && r.status != 201 {
		t.Errorf("afterwards a good file: %d %s", r.status, r.body)
	}
}

func TestConfigurationIsJudgedAsAWhole(t *testing.T) {
	cfg := serveConfig{Listen: "8080", Access: accessConfig{Proxies: []string{"x"}}}
	err := cfg.validate()
	for _, want := range []string{"--listen", "--trusted-proxy", "--max-upload-mib", "--data", "--jobs", "--memory-mib"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not named in: %v", want, err)
		}
	}
}

// testEngine keeps everything in data, with limits that a test can reach.
func testEngine(data string) engineConfig {
	return engineConfig{
		Watch:  watchConfig{LogFormat: "text", LogLevel: "info"},
		Stores: storeConfig{Data: data},
		Reading: readingConfig{Jobs: 2, Timeout: 20 * time.Second, CPU: 10 * time.Second,
			MemoryMiB: 512, Pages: 3000, ExpandMiB: 64},
		UploadMiB: 16, ZipMiB: 64, FlightMiB: 64, PageMiB: 32, Receptions: 32, QueueBound: 10_000, Attempts: 3, Deaths: 10,
	}
}
