package webtest

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watcher notes what a page must not do: log errors, ask other hosts.
type watcher struct {
	mu      sync.Mutex
	host    string
	allowed []string // parts of log entries that the test provokes
	bad     []string
	asks    int
}

// watch begins to watch the tab of the context.
func watch(ctx context.Context, t *testing.T, base string) *watcher {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{host: u.Host}
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
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
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

// check fails the test for what was seen and not allowed.
func (w *watcher) check(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asks == 0 {
		t.Error("the watcher saw no request: it would see no wrong one either")
	}
	for _, b := range w.bad {
		if !slices.ContainsFunc(w.allowed, func(a string) bool { return strings.Contains(b, a) }) {
			t.Error(b)
		}
	}
}
