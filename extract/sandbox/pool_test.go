//go:build linux

package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"nianbao/extract"
)

// TestHostileFiles has one child after the other die or lie; each file gets its
// typed error and the next one on the same pool is read.
func TestHostileFiles(t *testing.T) {
	cfg := testConfig(t)
	memory := fmt.Sprintf("memory_bytes=%d", cfg.MemoryBytes)
	tests := []struct {
		content string
		code    extract.Code
		limit   string
	}{
		{"spin", extract.CodeLimit, fmt.Sprintf("cpu_seconds=%d", int(cfg.CPU.Seconds()))},
		{"allocate 100000", extract.CodeLimit, memory},
		{"recurse", extract.CodeLimit, "stack_bytes=67108864"},
		{"panic at the disco", extract.CodeDamaged, ""},
		{"deadlock", extract.CodeDamaged, ""},
		{"exit 0", extract.CodeDamaged, ""},
		{"exit 7", extract.CodeDamaged, ""},
		{"garbage", extract.CodeDamaged, ""},
		{"empty", extract.CodeDamaged, ""},
		{"cut", extract.CodeDamaged, ""},
		{"hangup", extract.CodeDamaged, ""},
		{"indices", extract.CodeDamaged, ""},
		{"huge", extract.CodeLimit, "answer_bytes=67108864"},
		{"large 80000000", extract.CodeLimit, "answer_bytes=67108864"},
		{"damaged 第三页", extract.CodeDamaged, ""},
	}
	p := newPool(t, cfg)
	for _, tt := range tests {
		t.Run(tt.content, func(t *testing.T) {
			pool := p
			// A stack grows by copies, which on a busy machine may meet the memory limit first.
			if strings.HasPrefix(tt.content, "large") || tt.content == "recurse" {
				big := cfg
				big.MemoryBytes *= 4
				big.CPU = time.Minute
				pool = newPool(t, big)
			}
			_, err := pool.Extract(context.Background(), file(t, tt.content))
			e := extract.AsError(err)
			if e == nil || e.Code != tt.code || e.Limit != tt.limit || e.Detail == "" {
				t.Fatalf("got %#v, want code %s, limit %q", err, tt.code, tt.limit)
			}
			if got := text(t, pool, "and the next"); got != "and the next" {
				t.Errorf("the next file reads %q", got)
			}
		})
	}
}

func TestWallClock(t *testing.T) {
	cfg := testConfig(t)
	cfg.Wall, cfg.CPU = 700*time.Millisecond, 20*time.Second
	p := newPool(t, cfg)
	for _, content := range []string{"sleep", "spin"} {
		_, err := p.Extract(context.Background(), file(t, content)) // of itself: an hour, 20 s of processor time
		e := extract.AsError(err)
		if e == nil || e.Code != extract.CodeTimeout || e.Limit != "wall_seconds=0.7" {
			t.Errorf("%s: got %v", content, err)
		}
	}
	text(t, p, "next")
}

// TestWatchdog takes the hard limit away, so that only the parent's watch on
// resident memory is left.
func TestWatchdog(t *testing.T) {
	p := newPool(t, testConfig(t))
	p.settings.MemoryBytes = 8 << 30 // what the child is told
	_, err := p.Extract(context.Background(), file(t, "allocate 3000"))
	if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit || !strings.HasPrefix(e.Limit, "memory_bytes=") {
		t.Errorf("got %v", err)
	}
	text(t, p, "next")
}

func TestHolds(t *testing.T) {
	p := newPool(t, testConfig(t))
	if _, ok := p.Report(); ok {
		t.Error("a report before the first child")
	}
	text(t, p, "first")
	report, ok := p.Report()
	if !ok || report.Has("rlimit_data") == raceDetector || !report.Has("rlimit_cpu") {
		t.Fatalf("report %+v", report)
	}
	pid := strconv.Itoa(os.Getpid())
	target := filepath.Join(t.TempDir(), "planted")
	for _, tt := range []struct{ hold, content string }{
		{"landlock", "open /etc/passwd"},
		{"landlock", "open /proc/self/status"},
		{"landlock", "create " + target},
		{"seccomp", "socket"},
		{"seccomp", "exec"},
		{"seccomp", "execv"},
		{"seccomp", "kill " + pid},
		{"seccomp", "prlimit " + pid},
		{"rlimit_fsize", "write"},
	} {
		if !report.Has(tt.hold) {
			t.Logf("%s: this system has no %s: %+v", tt.content, tt.hold, report.Missing)
			continue
		}
		if got := text(t, p, tt.content); !strings.HasPrefix(got, "denied") {
			t.Errorf("%s: %s", tt.content, got)
		}
	}
	if got := text(t, p, "threads"); got != "allowed" {
		t.Errorf("threads: %s", got)
	}
	if got := text(t, p, "env"); got != "GOGC=off" {
		t.Errorf("environment %q", got)
	}
}

// TestSignalsLeaveIdleChildrenAlone: the Go runtime sends its own threads signals; one that comes
// while an idle child is looked at says nothing of the child.
func TestSignalsLeaveIdleChildrenAlone(t *testing.T) {
	p := newPool(t, testConfig(t))
	proc, err := p.acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer p.release(proc)
	stop := make(chan struct{})
	var signals sync.WaitGroup
	signals.Go(func() {
		for {
			tasks, err := os.ReadDir("/proc/self/task")
			if err != nil {
				t.Error(err)
				return
			}
			for _, task := range tasks {
				select {
				case <-stop:
					return
				default:
				}
				if tid, err := strconv.Atoi(task.Name()); err == nil {
					_ = unix.Tgkill(os.Getpid(), tid, unix.SIGURG) // a thread may have ended
				}
			}
		}
	})
	for i := range 50_000 {
		if !proc.responsive() {
			t.Errorf("look %d: a living child was taken for dead", i)
			break
		}
	}
	close(stop)
	signals.Wait()
}

// TestMissingHoldsAreLoggedOnce stands for an old kernel.
func TestMissingHoldsAreLoggedOnce(t *testing.T) {
	var out bytes.Buffer
	cfg := testConfig(t)
	cfg.Logger = slog.New(slog.NewTextHandler(&out, nil))
	p := newPool(t, cfg)
	var r Report
	r.note("landlock", errors.New("not in this kernel"))
	r.note("seccomp", nil)
	p.noteReport(context.Background(), r)
	p.noteReport(context.Background(), r)
	if got := strings.Count(out.String(), "hold=landlock"); got != 1 {
		t.Errorf("logged %d times: %s", got, &out)
	}
	if strings.Contains(out.String(), "hold=seccomp") {
		t.Errorf("a hold in force is logged: %s", &out)
	}
}

// TestPanicIsLogged: the operator sees the first line, the user does not.
func TestPanicIsLogged(t *testing.T) {
	var out bytes.Buffer
	cfg := testConfig(t)
	cfg.Logger = slog.New(slog.NewTextHandler(&out, nil))
	p := newPool(t, cfg)
	_, err := p.Extract(context.Background(), file(t, "panic secret"))
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
	if !strings.Contains(out.String(), "panic: secret") || strings.Contains(out.String(), "goroutine 1") {
		t.Errorf("log %s", &out)
	}
}

func TestConcurrency(t *testing.T) {
	cfg := testConfig(t)
	cfg.Workers = 3
	cfg.CPU = 10 * time.Second
	p := newPool(t, cfg)
	var wg sync.WaitGroup
	for i := range 60 {
		f := file(t, fmt.Sprintf("file %d", i))
		if i%20 == 7 {
			f = file(t, "panic")
		}
		wg.Go(func() {
			e, err := p.Extract(context.Background(), f)
			if i%20 == 7 {
				if extract.AsError(err) == nil {
					t.Errorf("file %d: %v", i, err)
				}
				return
			}
			if err != nil {
				t.Errorf("file %d: %v", i, err)
				return
			}
			if got := e.Document.Blocks[0].Text; got != fmt.Sprintf("file %d", i) {
				t.Errorf("file %d got the answer %q", i, got)
			}
		})
	}
	wg.Wait()
	if len(p.idle) > cfg.Workers {
		t.Errorf("%d children for %d workers", len(p.idle), cfg.Workers)
	}
}

func TestCancel(t *testing.T) {
	p := newPool(t, testConfig(t))
	text(t, p, "warm")
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	_, err := p.Extract(ctx, file(t, "sleep")) // for an hour, were it not left
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	text(t, p, "next")
}

// TestCancelWhileWaiting: a caller that waits for a free child can leave.
func TestCancelWhileWaiting(t *testing.T) {
	p := newPool(t, testConfig(t))
	p.slots <- struct{}{} // the only child is busy
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.Extract(ctx, file(t, "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-p.slots
	text(t, p, "next")
}

func TestCloseEndsRunningFiles(t *testing.T) {
	cfg := testConfig(t)
	cfg.CPU = 20 * time.Second
	p := newPool(t, cfg)
	pid, err := strconv.Atoi(text(t, p, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	f := file(t, "sleep")
	running := make(chan error, 1)
	go func() {
		_, err := p.Extract(context.Background(), f)
		running <- err
	}()
	for len(p.slots) == 0 { // until Extract has begun
		time.Sleep(time.Millisecond)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-running; !errors.Is(err, ErrClosed) {
		t.Errorf("running file: %v", err)
	}
	if _, err := p.Extract(context.Background(), f); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if err := unix.Kill(pid, 0); !errors.Is(err, unix.ESRCH) {
		t.Errorf("the child is still there: %v", err)
	}
}

// TestOrphan: when the parent is killed outright, its spinning child dies too.
func TestOrphan(t *testing.T) {
	parent := exec.Command("/proc/self/exe", asParent, file(t, "pid").Name(), file(t, "sleep").Name())
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	pidfd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(pidfd)
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	awaitDeath(t, pidfd)
}

func TestReuseAndRecycling(t *testing.T) {
	cfg := testConfig(t)
	cfg.MaxFiles = 3
	p := newPool(t, cfg)
	var pids []string
	for range 7 {
		pids = append(pids, text(t, p, "pid"))
	}
	for i, pid := range pids {
		if same := i%3 != 0 && pid == pids[i-1]; i > 0 && same != (i%3 != 0) {
			t.Errorf("file %d: children %v, want a new one after every third", i, pids)
		}
	}
	// A child that has grown is not kept.
	before := text(t, p, "pid")
	part := int64(3) // more than the quarter that it may keep
	if raceDetector {
		part = 8 // and the shadow memory comes on top
	}
	text(t, p, fmt.Sprint("allocate ", cfg.MemoryBytes/part>>20))
	if after := text(t, p, "pid"); after == before {
		t.Error("a child that has grown was kept")
	}
}

// TestIdleChildDies: a child killed from outside costs no file.
func TestIdleChildDies(t *testing.T) {
	p := newPool(t, testConfig(t))
	pid, err := strconv.Atoi(text(t, p, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	pidfd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(pidfd)
	if err := unix.Kill(pid, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	awaitDeath(t, pidfd)
	if now := text(t, p, "pid"); now == strconv.Itoa(pid) {
		t.Error("the dead child answered")
	}
}

func TestDescriptorIsPrivate(t *testing.T) {
	p := newPool(t, testConfig(t))
	f := file(t, "some content")
	if _, err := f.Seek(5, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(f.Name()); err != nil { // the name is not needed
		t.Fatal(err)
	}
	if _, err := p.Extract(context.Background(), f); err != nil {
		t.Fatal(err)
	}
	if at, err := f.Seek(0, io.SeekCurrent); err != nil || at != 5 {
		t.Errorf("offset %d, %v", at, err)
	}
}

func TestErrorsThatAreNotTheFiles(t *testing.T) {
	p := newPool(t, testConfig(t))
	dir, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	closed := file(t, "x")
	closed.Close()
	for name, f := range map[string]*os.File{"directory": dir, "closed": closed, "failure": file(t, "failure disk on fire")} {
		if _, err := p.Extract(context.Background(), f); err == nil || extract.AsError(err) != nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, command := range [][]string{{"/nowhere/at/all"}, {"/bin/true"}, {"/proc/self/exe", "-test.run=^$"}} {
		cfg := testConfig(t)
		cfg.Command = command
		_, err := newPool(t, cfg).Extract(context.Background(), file(t, "x"))
		if err == nil || extract.AsError(err) != nil {
			t.Errorf("command %v: got %v", command, err)
		}
	}
}

func TestConfig(t *testing.T) {
	_, err := New(Config{Workers: -1, Wall: -1, CPU: -1, MemoryBytes: 1, MaxFiles: -1,
		Limits: extract.Limits{Pages: 1}, Changes: "some", Command: []string{""}})
	for _, want := range []string{"Workers", "Wall", "CPU", "MemoryBytes", "MaxFiles", "Limits.Depth", "changes", "Command"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s in %v", want, err)
		}
	}
	cfg := Config{}.withDefaults()
	if err := cfg.validate(); err != nil {
		t.Errorf("defaults: %v", err)
	}
	if s := (Config{CPU: 1500 * time.Millisecond, MemoryBytes: minMemoryBytes}).settings(); s.CPUSeconds != 2 || s.StackBytes != minMemoryBytes/4 {
		t.Errorf("settings %+v", s)
	}
}

// What tracked changes count as reaches the readers.
func TestChangesReachTheChild(t *testing.T) {
	cfg := testConfig(t)
	cfg.Changes = extract.RejectChanges
	e, err := newPool(t, cfg).Extract(context.Background(), file(t, "changes"))
	if err != nil || e.Document.Blocks[0].Text != string(extract.RejectChanges) {
		t.Errorf("read %+v, %v", e, err)
	}
}

// BenchmarkRoundTrip is what a file costs beyond being read.
func BenchmarkRoundTrip(b *testing.B) {
	p := newPool(b, testConfig(b))
	f := file(b, "hello")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Extract(context.Background(), f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart is the first file of a new child.
func BenchmarkStart(b *testing.B) {
	cfg := testConfig(b)
	cfg.MaxFiles = 1
	p := newPool(b, cfg)
	f := file(b, "hello")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Extract(context.Background(), f); err != nil {
			b.Fatal(err)
		}
	}
}
