package api_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// browser starts chromium, or skips. Where the environment says that nothing
// may be skipped, a missing browser fails.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
			t.Fatal("no chromium, and NIANBAO_TEST_REQUIRE=1 forbids skipping")
		}
		t.Skip("SKIPPED, NOT PASSED: no chromium in PATH (apt-get install chromium)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true))
	ctx, cancelAlloc := chromedp.NewExecAllocator(context.Background(), opts...) // outlives t.Context, to be closed in order
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until chromium has gone, so that its directory can be removed
		cancel()
		cancelAlloc()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return ctx
}

// watcher notes what a page must not do: log errors, ask other hosts.
type watcher struct {
	mu      sync.Mutex
	host    string
	allowed []string // parts of log entries that the test provokes
	bad     []string
	asks    int
}

func watch(ctx context.Context, t *testing.T, base string, allowed ...string) *watcher {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{host: u.Host, allowed: allowed}
	if err := chromedp.Listen(ctx, w.see); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *watcher) see(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		w.asks++
		if r, err := url.Parse(e.Request.URL); err != nil || r.Host != w.host && r.Scheme != "data" && r.Scheme != "blob" {
			w.bad = append(w.bad, "request to another host: "+e.Request.URL)
		}
	case *log.EventEntryAdded:
		provoked := slices.ContainsFunc(w.allowed, func(a string) bool { return strings.Contains(e.Entry.Text, a) })
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && !provoked {
			w.bad = append(w.bad, "browser log: "+e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			w.bad = append(w.bad, fmt.Sprintf("console: %v", e.Args[0].Value))
		}
	case *runtime.EventExceptionThrown:
		w.bad = append(w.bad, "exception: "+e.ExceptionDetails.Text)
	}
}

func (w *watcher) check(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asks == 0 {
		t.Error("the watcher saw no request: it would see no wrong one either")
	}
	for _, b := range w.bad {
		t.Error(b)
	}
}

func limited(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 40*time.Second)
}

func run(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := limited(ctx)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("browser: %v", err)
	}
}

func read[T any](ctx context.Context, t *testing.T, a chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := limited(ctx)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	return v
}

func text(ctx context.Context, t *testing.T, css string) string {
	t.Helper()
	return read(ctx, t, chromedp.Text(chromedp.CSS(css)))
}

func at(width, height int64) chromedp.Action[chromedp.Void] {
	if width < 500 {
		return chromedp.EmulateViewport(width, height, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(width, height)
}

// screenshot keeps a picture for people to look at; the folder is not in git.
func screenshot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	png := read(ctx, t, chromedp.FullScreenshot(100))
	dir := filepath.Join("web", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// noOverflow fails where the page is wider than the window: wide tables scroll
// in a box of their own.
func noOverflow(ctx context.Context, t *testing.T, where string) {
	t.Helper()
	wide := read(ctx, t, chromedp.Evaluate[[]string](`(() => {
		const w = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= w) return [];
		return ["page " + document.documentElement.scrollWidth + " > " + w].concat([...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > w + 1 && !e.closest(".scroll")).slice(0, 5)
			.map(e => e.tagName + "." + e.className));
	})()`))
	if len(wide) > 0 {
		t.Errorf("%s: wider than the window: %v", where, wide)
	}
}

func TestBrowserUpload(t *testing.T) {
	ctx := browser(t)
	srv, _ := newServer(t, newFake())
	w := watch(ctx, t, srv.URL, "status of 415", "status of 422")
	dir := t.TempDir()
	var paths []string
	for name, content := range map[string]string{"水务局年报.pdf": "%PDF one", "旧文件.doc": "not a document", "带密码.pdf": "locked"} {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	run(ctx, t, at(1440, 900), chromedp.Navigate(srv.URL+"/"))
	if empty := text(ctx, t, "#reports .empty"); !strings.Contains(empty, "还没有报告") {
		t.Errorf("empty list says %q", empty)
	}
	screenshot(ctx, t, "empty-1440")
	run(ctx, t, chromedp.SetUploadFiles(chromedp.CSS("#files"), paths),
		chromedp.WaitVisible(chromedp.CSS("#results li:nth-child(3)")), chromedp.WaitNotPresent(chromedp.CSS("#results progress")),
		chromedp.WaitVisible(chromedp.CSS("#reports table.list")))
	lines, list := text(ctx, t, "#results"), text(ctx, t, "#reports")
	for _, want := range []string{"2 错误", "临河市青石区水务局2023年政府信息公开工作年度报告", "这不是 Word", "请去掉密码后重新上传"} {
		if !strings.Contains(lines, want) {
			t.Errorf("upload lines lack %q: %s", want, lines)
		}
	}
	if !strings.Contains(list, "临河市青石区水务局") || !strings.Contains(list, "未能转换") {
		t.Errorf("list was not refreshed: %s", list)
	}
	noOverflow(ctx, t, "home 1440")
	screenshot(ctx, t, "home-1440")
	run(ctx, t, at(360, 740), chromedp.Reload(), chromedp.WaitReady(chromedp.CSS("#reports table")))
	noOverflow(ctx, t, "home 360")
	screenshot(ctx, t, "home-360")
	w.check(t)
}

func TestBrowserReport(t *testing.T) {
	ctx := browser(t)
	f := newFake()
	srv, _ := newServer(t, f)
	if _, err := f.Upload(t.Context(), intake.Incoming{Filename: "水务局年报.pdf", Body: strings.NewReader("%PDF one")}); err != nil {
		t.Fatal(err)
	}
	_, _ = f.Upload(t.Context(), intake.Incoming{Filename: "带密码.pdf", Body: strings.NewReader("locked")})
	page := srv.URL + "/reports/" + f.rows[1].ID
	w := watch(ctx, t, srv.URL)
	for _, width := range []int64{1440, 768, 360} {
		for _, p := range []struct{ name, url string }{
			{"report", page}, {"failed", srv.URL + "/reports/" + f.rows[0].ID}, {"rules", srv.URL + "/rules"},
		} {
			name := fmt.Sprintf("%s-%d", p.name, width)
			run(ctx, t, at(width, 800), chromedp.Navigate(p.url), chromedp.WaitReady(chromedp.CSS("main")))
			noOverflow(ctx, t, name)
			screenshot(ctx, t, name)
		}
	}
	run(ctx, t, at(1440, 900), chromedp.Navigate(page), chromedp.Click(chromedp.CSS("#at-applications-new-total button")),
		chromedp.WaitVisible(chromedp.CSS("#read-at-applications-new-total")))
	note := text(ctx, t, "#read-at-applications-new-total")
	if figure := text(ctx, t, "#at-applications-new-total button"); figure != "11" || !strings.Contains(note, "第 3 页") || !strings.Contains(note, "总计填 11") {
		t.Errorf("figure %q, note %q", figure, note)
	}
	png := read(ctx, t, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join("web", "screenshots", "note-1440.png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
	color := func(cell string) string {
		return read(ctx, t, chromedp.Evaluate[string](`getComputedStyle(document.querySelector("#at-applications-`+cell+`")).backgroundColor`))
	}
	if color("new-total") == color("granted-total") {
		t.Error("a cell with an error looks like any other")
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}); err != nil {
		t.Fatal(err)
	}
	run(ctx, t, chromedp.Navigate(page), chromedp.WaitReady(chromedp.CSS("main")))
	screenshot(ctx, t, "report-dark")
	w.check(t)
}

// Without script the form, the list and the tables are all there.
func TestBrowserWithoutScript(t *testing.T) {
	ctx := browser(t)
	srv, _ := newServer(t, newFake())
	w := watch(ctx, t, srv.URL)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var paths []string
	for _, name := range []string{"一.pdf", "二.pdf"} {
		paths = append(paths, filepath.Join(dir, name))
		if err := os.WriteFile(paths[len(paths)-1], []byte("%PDF "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(ctx, t, at(1440, 900), chromedp.Navigate(srv.URL+"/"), chromedp.SetUploadFiles(chromedp.CSS("#files"), paths))
	screenshot(ctx, t, "no-script-1440")
	run(ctx, t, chromedp.Click(chromedp.CSS("#upload button")), chromedp.WaitVisible(chromedp.CSS(".results li:nth-child(2) a")))
	screenshot(ctx, t, "uploaded-1440")
	run(ctx, t, chromedp.Click(chromedp.CSS(".results li:nth-child(2) a")), chromedp.WaitVisible(chromedp.CSS("#at-applications-new-total")))
	w.check(t)
}

func TestBrowserDocs(t *testing.T) {
	ctx := browser(t)
	srv, _ := newServer(t, newFake())
	w := watch(ctx, t, srv.URL)
	run(ctx, t, at(1440, 900), chromedp.Navigate(srv.URL+"/docs"),
		chromedp.WaitVisible(chromedp.CSS("#operations-reports-upload-report")))
	screenshot(ctx, t, "docs-1440")
	w.check(t)
}

// Login, the header and logout, in a window and on a phone.
func TestBrowserLogin(t *testing.T) {
	ctx := browser(t)
	g := newGuarded(t, nil)
	long := g.token(t, auth.Draft{Name: "云溪县人民政府办公室政务公开科（报送专用）", Role: auth.RoleUploader})
	w := watch(ctx, t, g.URL, "status of 401")
	for _, width := range []int64{1440, 360} {
		run(ctx, t, at(width, 740), chromedp.Navigate(g.URL+"/rules"), chromedp.WaitVisible(chromedp.CSS("#token")))
		screenshot(ctx, t, fmt.Sprintf("login-%d", width))
		noOverflow(ctx, t, "login")
		run(ctx, t, chromedp.SendKeys(chromedp.CSS("#token"), "nb_wrong"), chromedp.Click(chromedp.CSS(".login button")), chromedp.WaitVisible(chromedp.CSS("#mistake")))
		screenshot(ctx, t, fmt.Sprintf("login-wrong-%d", width))
		noOverflow(ctx, t, "login with a mistake")
		run(ctx, t, chromedp.SendKeys(chromedp.CSS("#token"), long), chromedp.Click(chromedp.CSS(".login button")), chromedp.WaitVisible(chromedp.CSS(".list.rules")))
		if who := text(ctx, t, ".who-am-i"); !strings.Contains(who, "云溪县") || !strings.Contains(who, "报送") || !strings.Contains(who, "退出") {
			t.Errorf("the header says %q", who)
		}
		noOverflow(ctx, t, "rules")
		run(ctx, t, chromedp.Navigate(g.URL+"/"), chromedp.WaitVisible(chromedp.CSS("#upload")))
		noOverflow(ctx, t, "home")
		screenshot(ctx, t, fmt.Sprintf("home-login-%d", width))
		file := filepath.Join(t.TempDir(), "年报.pdf")
		if err := os.WriteFile(file, fmt.Appendf(nil, "%%PDF %d", width), 0o600); err != nil {
			t.Fatal(err)
		}
		run(ctx, t, chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{file}), chromedp.WaitVisible(chromedp.CSS("#results li a")))
		run(ctx, t, chromedp.Click(chromedp.CSS(".who-am-i button")), chromedp.WaitVisible(chromedp.CSS("#token")),
			chromedp.Navigate(g.URL+"/"), chromedp.WaitVisible(chromedp.CSS("#token")))
	}
	w.check(t)
}

// Without script the form brings its session's token.
func TestBrowserFormOfASession(t *testing.T) {
	ctx := browser(t)
	g := newGuarded(t, nil)
	w := watch(ctx, t, g.URL)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "年报.pdf")
	if err := os.WriteFile(file, []byte("%PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(ctx, t, at(1440, 900), chromedp.Navigate(g.URL+"/"), chromedp.SendKeys(chromedp.CSS("#token"), g.uploader),
		chromedp.Click(chromedp.CSS(".login button")), chromedp.WaitVisible(chromedp.CSS("#upload")),
		chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{file}),
		chromedp.Click(chromedp.CSS("#upload button")), chromedp.WaitVisible(chromedp.CSS(".results li a")))
	w.check(t)
}
