package webtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// errNone: there is no browser to start.
var errNone = errors.New("no chromium in PATH (apt-get install chromium)")

// chromium starts the one browser of the test binary; started tells M whether
// there is one to close.
var (
	chromium = sync.OnceValues(start)
	started  atomic.Bool
)

// start starts chromium. The kernel ends it with this process, should M not come
// to close it.
func start() (context.Context, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		return nil, errNone
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...) //nolint:govet // M closes the browser
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		return nil, err
	}
	started.Store(true)
	return ctx, nil
}

// M runs the tests of a binary and closes the browser behind them.
type M struct {
	M interface{ Run() int }
}

// Run runs the tests and returns the exit code.
func (m M) Run() int {
	code := m.M.Run()
	if started.Load() {
		if ctx, err := chromium(); err == nil {
			_ = chromedp.Cancel(ctx) // waits until it has gone and its directory with it
		}
	}
	return code
}

// required tells whether nothing may be skipped.
func required() bool { return os.Getenv("NIANBAO_TEST_REQUIRE") == "1" }

// lacks skips the test for want of something, or fails it where nothing may be
// skipped.
func lacks(t *testing.T, what string) {
	t.Helper()
	if required() {
		t.Fatalf("%s, and NIANBAO_TEST_REQUIRE=1 forbids skipping", what)
	}
	t.Skip("SKIPPED, NOT PASSED: " + what)
}
