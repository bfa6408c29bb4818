package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func TestUpload(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	const content = "pdf 云溪县教育局 差额 差额"
	r := h.mustUpload(`C:\报告\教育局 2023.pdf`, content)
	if !r.Created || r.State != intake.StateDone || r.ID != intake.IDOf(digest(content)) || len(r.ID) != 26 {
		t.Errorf("receipt %+v", r)
	}
	agency, title, year := "云溪县教育局", "云溪县教育局2023年政府信息公开工作年度报告", 2023
	want := intake.Summary{ID: r.ID, State: intake.StateDone, Filename: "教育局 2023.pdf", MediaType: "application/pdf",
		SHA256: digest(content), SizeBytes: int64(len(content)), ReceivedAt: h.clock.Now(),
		Title: &title, Agency: &agency, Year: &year, Form: "2021", Status: "fail", Errors: 2,
		Review: intake.Tally{State: report.Unreviewed, OpenErrors: 2}}
	if d := cmp.Diff(want, h.summary(r.ID)); d != "" {
		t.Errorf("summary (-want +got):\n%s", d)
	}

	res, err := h.Result(ctx, r.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	if res.ID != r.ID || res.Source.Filename != "教育局 2023.pdf" || res.Versions.Program != "v0.1.0+dirty" || res.Document != nil ||
		res.Source.Pages == nil || *res.Source.Pages != 1 {
		t.Errorf("result %+v", res)
	}
	b, err := json.Marshal(res)
	if err != nil || !bytes.Contains(b, []byte(`"applications":{"new":12.50,"carried_over":null}`)) ||
		!bytes.Contains(b, []byte(`"expected":160.5960`)) {
		t.Errorf("figures do not come back as printed: %s, %v", b, err)
	}
	res, err = h.Result(ctx, r.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	doc, ok := res.Document.(*extract.Document)
	if !ok || len(doc.Blocks) != 4 || doc.Blocks[1].Text != "云溪县教育局" || *doc.Blocks[0].BBox != (extract.BBox{1.25, 2, 3, 4}) {
		t.Errorf("document %+v", res.Document)
	}

	o, err := h.Original(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Body.Close() }()
	if got, err := io.ReadAll(o.Body); err != nil || string(got) != content || o.Summary.ID != r.ID {
		t.Errorf("original %q of %+v, %v", got, o.Summary, err)
	}
	page, err := h.List(ctx, intake.Filter{Rule: "applications.balance"})
	if err != nil || page.Total != 1 {
		t.Errorf("by rule: %d, %v", page.Total, err)
	}
	if err := h.Ready(ctx); err != nil {
		t.Errorf("Ready: %v", err)
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.mustUpload("a.pdf", "pdf 甲")
	again := h.mustUpload("b.pdf", "pdf 甲")
	if again.Created || again.ID != first.ID || again.State != intake.StateDone {
		t.Errorf("again: %+v, first %+v", again, first)
	}
	if n := h.reader.count(); n != 1 {
		t.Errorf("read %d times", n)
	}
	if got := h.originals(); len(got) != 1 || got[0] != digest("pdf 甲") {
		t.Errorf("originals %v", got)
	}
	h.wantEvents(digest("pdf 甲"), "received", "converted")
	if s := h.summary(first.ID); s.Filename != "a.pdf" {
		t.Errorf("file name %q", s.Filename)
	}
}

func TestSameBytesAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	h.reader.set(func(context.Context, string) error { <-release; return nil })
	const n = 16
	var receipts [n]intake.Receipt
	var started, wg sync.WaitGroup
	started.Add(n)
	for i := range n {
		wg.Go(func() {
			var err error
			// The last byte says that this upload has come in.
			body := io.MultiReader(strings.NewReader("pdf 甲"), hook(started.Done))
			if receipts[i], err = h.Upload(t.Context(), intake.Incoming{Filename: fmt.Sprintf("%d.pdf", i), Body: body}); err != nil {
				t.Errorf("Upload: %v", err)
			}
		})
	}
	started.Wait()
	close(release)
	wg.Wait()
	created := 0
	for _, r := range receipts {
		if r.ID != intake.IDOf(digest("pdf 甲")) || r.State != intake.StateDone {
			t.Errorf("receipt %+v", r)
		}
		if r.Created {
			created++
		}
	}
	if created != 1 || h.reader.count() != 1 || len(h.originals()) != 1 {
		t.Errorf("created %d times, read %d times, %d originals; want 1 each", created, h.reader.count(), len(h.originals()))
	}
	h.wantEvents("", "received", "converted")
}

// hook is an empty reader that calls f when it is read.
type hook func()

func (f hook) Read([]byte) (int, error) { f(); return 0, io.EOF }

func TestSizeLimit(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.MaxUploadBytes = 10 })
	h.mustUpload("at.pdf", "pdf 345678")
	_, err := h.upload("above.pdf", "pdf 3456789")
	var large *intake.TooLargeError
	if !errors.As(err, &large) || large.Limit != 10 {
		t.Errorf("one byte above: %v", err)
	}
	// An endless sender is cut off at the limit.
	if _, err := h.Upload(t.Context(), intake.Incoming{Filename: "endless.pdf", Body: endless{}}); !errors.As(err, &large) {
		t.Errorf("endless: %v", err)
	}
	if got := h.originals(); len(got) != 1 {
		t.Errorf("originals %v", got)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestNotArchived(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cause := errors.New("connection reset")
	for name, tt := range map[string]struct {
		body io.Reader
		is   func(error) bool
	}{
		"sender breaks off": {io.MultiReader(strings.NewReader("pdf "), iotest.ErrReader(cause)), func(err error) bool {
			var r *intake.ReceiveError
			return errors.As(err, &r) && errors.Is(err, cause)
		}},
		"unsupported": {strings.NewReader("gif89a"), func(err error) bool {
			e := extract.AsError(err)
			return e != nil && e.Code == extract.CodeUnsupported
		}},
		"empty": {strings.NewReader(""), func(err error) bool {
			e := extract.AsError(err)
			return e != nil && e.Code == extract.CodeUnsupported
		}},
		"our disk": {strings.NewReader("io "), func(err error) bool {
			return err != nil && extract.AsError(err) == nil
		}},
	} {
		r, err := h.Upload(t.Context(), intake.Incoming{Filename: "x.pdf", Body: tt.body})
		if !tt.is(err) || r.ID != "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if len(h.originals()) != 0 || len(h.list()) != 0 || len(h.events("")) != 0 {
		t.Errorf("kept: %v, %v, %v", h.originals(), h.list(), h.events(""))
	}
}

// TestFailures: whatever goes wrong with a file, its original is kept, it is
// failed with the contract's code, and uploading it again tries again unless the
// fault is in the bytes.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		content string
		err     error // of the reader
		code    string
		again   bool
	}{
		"locked":   {"locked 1", nil, "encrypted", false},
		"broken":   {"broken 1", nil, "damaged", false},
		"damaged":  {"pdf 1", extract.Damaged("第 %d 页", 3), "damaged", false},
		"limit":    {"pdf 1", extract.OverLimit("pages", 3000, "页数过多"), "limit_exceeded", true},
		"timeout":  {"pdf 1", &extract.Error{Code: extract.CodeTimeout, Limit: "wall=60s"}, "conversion_timeout", true},
		"internal": {"pdf 1", errors.New("no child could be started"), "internal", true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.reader.set(func(context.Context, string) error { return tt.err })
			r, err := h.upload("x.pdf", tt.content)
			id := intake.IDOf(digest(tt.content))
			if e := extract.AsError(err); tt.code == "internal" && (err == nil || e != nil) ||
				tt.code != "internal" && (e == nil || string(e.Code) != tt.code || r.ID != id || !r.Created || r.State != intake.StateFailed) {
				t.Errorf("Upload: %+v, %v", r, err)
			}
			s := h.summary(id)
			if s.State != intake.StateFailed || s.Problem == nil || s.Problem.Code != tt.code || s.Problem.Title == "" {
				t.Errorf("summary %+v, problem %+v", s, s.Problem)
			}
			if got := h.originals(); len(got) != 1 {
				t.Errorf("originals %v", got)
			}
			_, rerr := h.Result(t.Context(), id, false)
			if e := extract.AsError(rerr); rerr == nil || errors.Is(rerr, intake.ErrNotFound) || tt.code != "internal" && (e == nil || string(e.Code) != tt.code) {
				t.Errorf("Result: %v", rerr)
			}

			calls := h.reader.count()
			h.reader.set(nil) // whatever it was, it is over
			r, err = h.upload("x.pdf", tt.content)
			if r.Created || r.ID != id {
				t.Errorf("again: %+v", r)
			}
			if tt.again && (err != nil || r.State != intake.StateDone || h.reader.count() != calls+1) {
				t.Errorf("again: %+v, %v, read %d times; want done", r, err, h.reader.count()-calls)
			}
			if e := extract.AsError(err); !tt.again && (e == nil || string(e.Code) != tt.code || h.reader.count() != calls) {
				t.Errorf("again: %v, read %d times; want the same answer unread", err, h.reader.count()-calls)
			}
			if s := h.summary(id); tt.again && s.Problem != nil {
				t.Errorf("done, and still %+v", s.Problem)
			}
			want := []string{"received", "failed"}
			if tt.again {
				want = append(want, "converted")
			}
			h.wantEvents("", want...)
		})
	}
}

// TestNewVersions: what failed is tried again by another version of the program.
func TestNewVersions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reader.set(func(context.Context, string) error { return extract.Damaged("字体") })
	if _, err := h.upload("x.pdf", "pdf 1"); extract.AsError(err) == nil {
		t.Fatalf("Upload: %v", err)
	}
	h.close()
	h.reader.set(nil)
	h.open(func(c *intake.Config) {
		c.Versions = report.Versions{Program: "v0.2.0", Forms: "2021,2019", Rules: "1"}
	})
	if r := h.mustUpload("x.pdf", "pdf 1"); r.State != intake.StateDone || r.Created {
		t.Errorf("receipt %+v", r)
	}
}

func TestPanic(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := h.upload("x.pdf", "pdf panic"); err == nil {
		t.Errorf("Upload: %v", err)
	}
	if s := h.summary(intake.IDOf(digest("pdf panic"))); s.State != intake.StateFailed || s.Problem.Code != "internal" {
		t.Errorf("summary %+v", s)
	}
	h.mustUpload("y.pdf", "pdf 乙") // lives on
}

// TestSenderLeaves: the conversion goes on, and its result is there afterwards.
func TestSenderLeaves(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	running, release := make(chan struct{}), make(chan struct{})
	h.reader.set(func(ctx context.Context, _ string) error {
		close(running)
		<-release
		return ctx.Err()
	})
	ctx, leave := context.WithCancel(t.Context())
	go func() { <-running; leave() }()
	if _, err := h.Upload(ctx, intake.Incoming{Filename: "x.pdf", Body: strings.NewReader("pdf 甲")}); !errors.Is(err, context.Canceled) {
		t.Errorf("Upload: %v", err)
	}
	id := intake.IDOf(digest("pdf 甲"))
	if s := h.summary(id); s.State != intake.StateRunning {
		t.Errorf("state %s, want running", s.State)
	}
	if _, err := h.Result(t.Context(), id, false); !errors.Is(err, intake.ErrNotReady) {
		t.Errorf("Result: %v, want ErrNotReady", err)
	}
	close(release)
	if r := h.mustUpload("x.pdf", "pdf 甲"); r.State != intake.StateDone || h.reader.count() != 1 {
		t.Errorf("receipt %+v, read %d times", r, h.reader.count())
	}
}

func TestConversionsAtATime(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs = 2 })
	arrived, release := make(chan struct{}, 9), make(chan struct{})
	h.reader.set(func(context.Context, string) error { arrived <- struct{}{}; <-release; return nil })
	var wg sync.WaitGroup
	for i := range 9 {
		wg.Go(func() { h.mustUpload("x.pdf", fmt.Sprintf("pdf %d", i)) })
	}
	<-arrived
	<-arrived
	states := func() (n map[intake.State]int) {
		n = map[intake.State]int{}
		for _, s := range h.list() {
			n[s.State]++
		}
		return n
	}
	h.until("the others to queue", func() bool { return states()[intake.StateQueued] == 7 })
	if n := states(); n[intake.StateRunning] != 2 {
		t.Errorf("states %v, want 2 running", n)
	}
	close(release)
	wg.Wait()
	if h.reader.most != 2 || states()[intake.StateDone] != 9 {
		t.Errorf("%d at a time, %v", h.reader.most, states())
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	long := strings.Repeat("年", 300)
	for i, tt := range []struct{ name, want string }{
		{"年报.pdf", "年报.pdf"},
		{"../../etc/passwd", "passwd"},
		{`..\..\boot.ini`, "boot.ini"},
		{"a/b\\c/d.docx", "d.docx"},
		{"x\r\nSet-Cookie: y.pdf", "xSet-Cookie: y.pdf"},
		{"年\x00报\u202Efdp.exe", "年报fdp.exe"},
		{"\xc4\xfe.pdf", "\uFFFD.pdf"},
		{"", "未命名"}, {"  ", "未命名"}, {"..", "未命名"}, {"a/", "未命名"},
		{long + ".docx", strings.Repeat("年", 250) + ".docx"},
		{long, strings.Repeat("年", 255)},
		{"a." + long, "a." + strings.Repeat("年", 253)},
	} {
		r := h.mustUpload(tt.name, fmt.Sprintf("pdf %d", i))
		if got := h.summary(r.ID).Filename; got != tt.want {
			t.Errorf("%.40q becomes %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, change := range map[string]func(*intake.Config){
		"no archive":     func(c *intake.Config) { c.Archive = nil },
		"no catalog":     func(c *intake.Config) { c.Catalog = nil },
		"no extractor":   func(c *intake.Config) { c.Extractor = nil },
		"negative limit": func(c *intake.Config) { c.MaxUploadBytes = -1 },
		"long version":   func(c *intake.Config) { c.Versions.Program = strings.Repeat("+", 80) },
	} {
		cfg := h.config()
		change(&cfg)
		if s, err := intake.New(cfg); err == nil {
			t.Errorf("%s: accepted: %v", name, s)
		}
	}
	if _, err := intake.New(h.config()); err != nil {
		t.Errorf("complete: %v", err)
	}
}

func TestIDOf(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "zz", strings.Repeat("0", 63), strings.Repeat("0", 66)} {
		if id := intake.IDOf(bad); id != "" {
			t.Errorf("IDOf(%q) = %q", bad, id)
		}
	}
	if id := intake.IDOf(strings.Repeat("0", 64)); id != strings.Repeat("a", 26) {
		t.Errorf("IDOf(0…) = %q", id)
	}
}
