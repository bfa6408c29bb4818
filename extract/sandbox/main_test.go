//go:build linux

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"nianbao/extract"
	"nianbao/extract/reader"
)

// First arguments that make the test binary something else than a test.
const (
	asObedientChild = "sandbox-test-child"  // obeys the words in its files
	asRealChild     = "sandbox-real-child"  // what the program's own child does
	asParent        = "sandbox-test-parent" // a parent that is going to be killed
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case asObedientChild:
			os.Exit(serve(obey))
		case asRealChild:
			os.Exit(Child())
		case asParent:
			os.Exit(runParent(os.Args[2], os.Args[3]))
		}
	}
	goleak.VerifyTestMain(m)
}

// obey is a reader that does what the file says, so that hostile behaviour needs
// no hostile file.
func obey(ctx context.Context, r io.ReaderAt, size int64, opt extract.Options, other reader.SecondEngine) (*extract.Extraction, error) {
	content := make([]byte, size)
	if _, err := r.ReadAt(content, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	word, arg, _ := strings.Cut(string(content), " ")
	if deed, ok := deeds()[word]; ok {
		return textDocument(deed(r, arg)), nil
	}
	switch word {
	case "second":
		return readSecond(ctx, r, size, opt.Limits, other)
	case "changes":
		return textDocument(string(opt.Changes)), nil
	case "damaged":
		return nil, extract.Damaged("%s", arg)
	case "failure":
		return nil, errors.New(arg)
	case "indices":
		e := textDocument("x")
		e.Document.Tables = []extract.Table{{Rows: 1, Columns: 1, Cells: []extract.Cell{{Row: -1, RowSpan: 1, ColumnSpan: 1}}}}
		return e, nil
	}
	return textDocument(string(content)), nil
}

// readSecond reads the first page of the PDF file behind the word with the second engine.
func readSecond(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits, other reader.SecondEngine) (*extract.Extraction, error) {
	d, err := other.Open(ctx, r, size, lim)
	if err != nil {
		return nil, err
	}
	defer func() { _ = d.Close() }()
	p, err := d.Page(1)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for _, g := range p.Glyphs {
		text.WriteString(g.Text)
	}
	return textDocument(text.String()), nil
}

// deeds are what a file may ask for; the text they return is the answer.
func deeds() map[string]func(r io.ReaderAt, arg string) string {
	return map[string]func(io.ReaderAt, string) string{
		"pid":      func(io.ReaderAt, string) string { return strconv.Itoa(os.Getpid()) },
		"env":      func(io.ReaderAt, string) string { return strings.Join(os.Environ(), ",") },
		"spin":     spin,
		"sleep":    func(io.ReaderAt, string) string { time.Sleep(time.Hour); return "" },
		"allocate": func(_ io.ReaderAt, arg string) string { return allocate(arg) },
		"recurse":  func(io.ReaderAt, string) string { return strconv.Itoa(recurse(1)) },
		"panic":    func(_ io.ReaderAt, arg string) string { panic(arg) },
		"deadlock": func(io.ReaderAt, string) string { return noisyPanic() },
		"exit": func(_ io.ReaderAt, arg string) string {
			code, _ := strconv.Atoi(arg)
			os.Exit(code)
			return ""
		},
		"garbage": func(io.ReaderAt, string) string { return raw("\x00\x00\x00\x04{[}]") },
		"empty":   func(io.ReaderAt, string) string { return raw("\x00\x00\x00\x02{}") },
		"cut": func(io.ReaderAt, string) string {
			_, _ = childConn{}.Write([]byte("\x00\x00\x00\x40{"))
			os.Exit(0)
			return ""
		},
		"huge": func(io.ReaderAt, string) string { return raw("\xff\xff\xff\xff") },
		"hangup": func(io.ReaderAt, string) string {
			_ = syscall.Shutdown(connFD, syscall.SHUT_RDWR)
			return spin(nil, "")
		},
		"large": func(_ io.ReaderAt, arg string) string {
			n, _ := strconv.Atoi(arg)
			return strings.Repeat("a", n)
		},
		"open": func(_ io.ReaderAt, arg string) string { _, err := os.Open(arg); return result(err) },
		"create": func(_ io.ReaderAt, arg string) string {
			_, err := os.Create(arg)
			return result(err)
		},
		"socket": func(io.ReaderAt, string) string {
			_, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
			return result(err)
		},
		"exec":  func(io.ReaderAt, string) string { return result(exec.Command("/bin/true").Run()) },
		"execv": func(io.ReaderAt, string) string { return result(unix.Exec("/bin/true", nil, nil)) },
		"kill": func(_ io.ReaderAt, arg string) string {
			pid, _ := strconv.Atoi(arg)
			return result(unix.Kill(pid, 0))
		},
		"prlimit": func(_ io.ReaderAt, arg string) string {
			pid, _ := strconv.Atoi(arg)
			return result(unix.Prlimit(pid, unix.RLIMIT_CORE, nil, &unix.Rlimit{}))
		},
		"write": func(r io.ReaderAt, _ string) string {
			_, err := r.(*os.File).WriteAt([]byte("x"), 0)
			return result(err)
		},
		"threads": func(io.ReaderAt, string) string { return threads() },
	}
}

func result(err error) string {
	if err == nil {
		return "allowed"
	}
	return "denied: " + err.Error()
}

func spin(io.ReaderAt, string) string {
	for n := 0; ; n++ {
		if n < 0 {
			return "never"
		}
	}
}

func allocate(mib string) string {
	n, _ := strconv.Atoi(mib)
	var keep [][]byte
	for range n {
		b := make([]byte, 1<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		keep = append(keep, b)
	}
	return strconv.Itoa(len(keep))
}

func recurse(n int) int {
	if n == 0 {
		return 0
	}
	return recurse(n+1) + 1
}

// noisyPanic fills stderr before it dies.
func noisyPanic() string {
	fmt.Fprintln(os.Stderr, "debug output of some library")
	var mu chan int
	close(mu)
	return ""
}

// threads makes many system threads, which the filter must go on to allow.
func threads() string {
	// With cgo the stack of a thread, 8 MiB, counts into the memory limit.
	const n = 12
	done := make(chan bool)
	release := make(chan bool)
	for range n {
		go func() {
			runtime.LockOSThread()
			done <- true
			<-release
		}()
	}
	for range n {
		<-done
	}
	close(release)
	return "allowed"
}

// raw writes to the parent past the protocol.
func raw(s string) string {
	_, err := childConn{}.Write([]byte(s))
	if err != nil {
		return err.Error()
	}
	return spin(nil, "")
}

// testConfig has limits that a test reaches quickly.
func testConfig(tb testing.TB) Config {
	tb.Helper()
	memory, cpu := int64(256<<20), time.Second
	if raceDetector { // which needs several times as much of both
		memory, cpu = 2<<30, 15*time.Second // where a page costs 10 µs, filling the memory takes 5 s
	}
	return Config{
		Workers: 1, Wall: time.Minute, CPU: cpu, MemoryBytes: memory,
		Logger:  slog.New(slog.DiscardHandler),
		Command: []string{"/proc/self/exe", asObedientChild},
	}
}

func newPool(tb testing.TB, cfg Config) *Pool {
	tb.Helper()
	p, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := p.Close(); err != nil {
			tb.Error(err)
		}
	})
	return p
}

// file makes an open file with the content.
func file(tb testing.TB, content string) *os.File {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "input")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { f.Close() })
	return f
}

// text has the pool read content and returns the text of the answer.
func text(tb testing.TB, p *Pool, content string) string {
	tb.Helper()
	e, err := p.Extract(context.Background(), file(tb, content))
	if err != nil {
		tb.Fatalf("%.40q: %v", content, err)
	}
	return e.Document.Blocks[0].Text
}

// runParent prints its child's process id, has it spin and waits to be killed.
func runParent(pidFile, spinFile string) int {
	p, err := New(Config{Workers: 1, Command: []string{"/proc/self/exe", asObedientChild}})
	if err != nil {
		return 1
	}
	defer p.Close()
	for i, path := range []string{pidFile, spinFile} {
		f, err := os.Open(path)
		if err != nil {
			return 1
		}
		e, err := p.Extract(context.Background(), f)
		f.Close()
		if i == 0 && err == nil {
			fmt.Println(e.Document.Blocks[0].Text)
		}
	}
	return 0
}

// awaitDeath waits until a process that is not our child has ended.
func awaitDeath(t *testing.T, pidfd int) {
	t.Helper()
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}, 10_000)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil || n != 1 {
			t.Fatalf("the process lives on (n=%d, err=%v)", n, err)
		}
		return
	}
}
