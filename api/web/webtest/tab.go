package webtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience bounds one step: far more than any takes, on a busy machine too.
const patience = 40 * time.Second

// The widths that pages are made for, in CSS pixels.
const (
	Wide  = 1440
	Phone = 360
)

// Tab is one tab of the browser. Its methods fail the test at once where a step
// is not possible. It is for the goroutine of its test.
type Tab struct {
	t     *testing.T
	ctx   context.Context
	base  string
	watch *watcher
}

// Open opens a tab for the service at base ("http://127.0.0.1:1234"), at [Wide],
// in light colours. At the end of the test it fails it for what the pages must
// not do, see the package's documentation.
func Open(t *testing.T, base string) *Tab {
	t.Helper()
	parent, err := chromium()
	if errors.Is(err, errNone) {
		lacks(t, err.Error())
	}
	if err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("no tab: %v", err)
	}
	b := &Tab{t: t, ctx: ctx, base: base, watch: watch(ctx, t, base)}
	t.Cleanup(func() { b.watch.check(t) })
	b.Size(Wide, 900)
	b.Dark(false)
	return b
}

// Allow lets entries of the log pass that contain one of the parts: what the
// test provokes, as in "status of 404".
func (b *Tab) Allow(parts ...string) {
	b.watch.mu.Lock()
	defer b.watch.mu.Unlock()
	b.watch.allowed = append(b.watch.allowed, parts...)
}

// Do runs steps of chromedp that have no method here.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, step := range steps {
		Read(b, step)
	}
}

// Read runs an action of chromedp and returns what it gives. Where the page was
// replaced beneath it before anything was done, it is begun again.
func Read[T any](b *Tab, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		v, err := chromedp.Run(ctx, a)
		if err == nil {
			return v
		}
		if !replaced(err) || ctx.Err() != nil {
			b.t.Fatalf("browser: %v", err)
		}
	}
}

// replaced reports whether an action failed for want of what it was to act on: the
// browser looks that up first.
func replaced(err error) bool {
	return strings.Contains(err.Error(), "No node with given id") || strings.Contains(err.Error(), "Could not find node with given id") ||
		strings.Contains(err.Error(), "Cannot find context with specified id")
}

// Eval evaluates JavaScript in the page; promises are waited for. It works where
// the page itself may run none.
func Eval[T any](b *Tab, js string) T {
	b.t.Helper()
	return Read(b, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

// Go opens a path of the service and waits for the page.
func (b *Tab) Go(path string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(b.base+path), chromedp.WaitReady(chromedp.CSS("main")))
}

// Reload loads the page again.
func (b *Tab) Reload() {
	b.t.Helper()
	b.Do(chromedp.Reload(), chromedp.WaitReady(chromedp.CSS("main")))
}

// Path is the address of the page behind the host: "/reports/x?finding=1#b2".
func (b *Tab) Path() string {
	b.t.Helper()
	return strings.TrimPrefix(Read(b, chromedp.Location()), b.base)
}

// Size makes the window so large; narrower than 500 px it is a telephone.
func (b *Tab) Size(width, height int64) {
	b.t.Helper()
	if width < 500 {
		b.Do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile))
		return
	}
	b.Do(chromedp.EmulateViewport(width, height))
}

// Dark chooses between dark and light colours.
func (b *Tab) Dark(on bool) {
	b.t.Helper()
	scheme := "light"
	if on {
		scheme = "dark"
	}
	b.media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// Print shows the pages as they are printed, until Dark is called.
func (b *Tab) Print() {
	b.t.Helper()
	b.media(emulation.SetEmulatedMediaParams{Media: "print"})
}

func (b *Tab) media(p emulation.SetEmulatedMediaParams) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.t.Fatal(err)
	}
}

// Scripts lets the pages that are opened from now on run scripts, or none.
func (b *Tab) Scripts(on bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		b.t.Fatal(err)
	}
}

// Wait waits until the element is to be seen.
func (b *Tab) Wait(css string) {
	b.t.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(css)))
}

// Gone waits until there is no such element.
func (b *Tab) Gone(css string) {
	b.t.Helper()
	b.Do(chromedp.WaitNotPresent(chromedp.CSS(css)))
}

// WaitFor waits until the JavaScript expression is true.
func (b *Tab) WaitFor(js string) {
	b.t.Helper()
	Read(b, chromedp.Poll[bool]("Boolean("+js+")"))
}

// Has tells whether there is such an element now.
func (b *Tab) Has(css string) bool {
	b.t.Helper()
	return b.Count(css) > 0
}

// Count is how many such elements there are now.
func (b *Tab) Count(css string) int {
	b.t.Helper()
	return Eval[int](b, "document.querySelectorAll("+quote(css)+").length")
}

// Click clicks on the element when it is to be seen.
func (b *Tab) Click(css string) {
	b.t.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(css)), chromedp.Click(chromedp.CSS(css)))
}

// Type writes into a field, behind what it has.
func (b *Tab) Type(css, text string) {
	b.t.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(css)), chromedp.SendKeys(chromedp.CSS(css), text))
}

// Fill writes into a field, in the place of what it has.
func (b *Tab) Fill(css, text string) {
	b.t.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(css)), chromedp.Clear(chromedp.CSS(css)), chromedp.SendKeys(chromedp.CSS(css), text))
}

// Files chooses files in a file field; their paths are on this machine.
func (b *Tab) Files(css string, paths ...string) {
	b.t.Helper()
	b.Do(chromedp.SetUploadFiles(chromedp.CSS(css), paths))
}

// Text is what the element shows.
func (b *Tab) Text(css string) string {
	b.t.Helper()
	return Read(b, chromedp.Text(chromedp.CSS(css)))
}

// Says fails the test where the element does not come to show all of the texts: a
// page that a click asked for may still be on its way.
func (b *Tab) Says(css string, texts ...string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		got := b.Text(css)
		lacks := slices.IndexFunc(texts, func(text string) bool { return !strings.Contains(got, text) })
		if lacks < 0 {
			return
		}
		if ctx.Err() != nil {
			b.t.Errorf("%s lacks %q: %.600s", css, texts[lacks], got)
			return
		}
	}
}

// Keys presses keys, one after the other: kb.Tab, kb.Enter, "n".
func (b *Tab) Keys(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.Do(chromedp.KeyEvent(k))
	}
}

// TabTo presses the tabulator until the element has the focus, as somebody
// without a mouse does. It fails where it is not reached in 200 steps.
func (b *Tab) TabTo(css string) {
	b.t.Helper()
	for range 200 {
		b.Keys(kb.Tab)
		if Eval[bool](b, "Boolean(document.activeElement && document.activeElement.matches("+quote(css)+"))") {
			return
		}
	}
	b.t.Fatalf("%s is not reached by the keyboard", css)
}

// Settle waits until the pictures that are in the window are there.
func (b *Tab) Settle() {
	b.t.Helper()
	b.WaitFor(`[...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)`)
}

// Screenshot is the whole page as PNG.
func (b *Tab) Screenshot() []byte {
	b.t.Helper()
	b.Settle()
	return Read(b, chromedp.FullScreenshot(100))
}

// Save keeps a picture of the whole page as dir/name.png.
func (b *Tab) Save(dir, name string) {
	b.t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), b.Screenshot(), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Window is what is seen of the page in the window, as PNG.
func (b *Tab) Window() []byte {
	b.t.Helper()
	b.Settle()
	got, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{})
	if err != nil {
		b.t.Fatal(err)
	}
	return got.Data
}
