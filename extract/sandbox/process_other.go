//go:build !linux

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// These carry settings and request to a child: there is no connection before
// its one file.
const (
	settingsVar = "NIANBAO_SANDBOX_SETTINGS"
	requestVar  = "NIANBAO_SANDBOX_REQUEST"
)

// process is one child for one file, which it reads from its standard input.
// The process itself starts with the file.
type process struct {
	start    func(*exec.Cmd) error
	command  []string
	settings settings
	second   bool // it has the second engine
	out      io.ReadCloser
	stderr   stderrHead
	files    int   // files sent so far
	peak     int64 // most memory seen, in bytes

	mu     sync.Mutex // guards what send and kill share
	cmd    *exec.Cmd  // nil until the process runs
	killed bool
}

// setTimerSlack is for Linux.
func setTimerSlack(time.Duration) {}

// selfPath is this very program.
func selfPath() (string, error) { return os.Executable() }

// startProcess prepares a child.
func startProcess(start func(*exec.Cmd) error, command []string, s settings) (*process, Report, error) {
	var r Report
	for _, hold := range []string{"rlimit_data", "rlimit_cpu", "landlock", "seccomp", "rss_watch"} {
		r.note(hold, errors.New("not available on "+runtime.GOOS))
	}
	return &process{start: start, command: command, settings: s, second: s.Engine != nil}, r, nil
}

// prepareEngine has nothing to do: a child here may write its cache itself.
func prepareEngine(func(*exec.Cmd) error, []string, settings, <-chan struct{}) error { return nil }

// send starts the process on f.
func (p *process) send(f *os.File, r request) error {
	text, err := json.Marshal(p.settings)
	if err != nil {
		return err
	}
	what, err := json.Marshal(r)
	if err != nil {
		return err
	}
	p.stderr.reset()
	cmd := exec.Command(p.command[0], p.command[1:]...) //nolint:gosec,noctx // the operator's own command; a child outlives a request
	cmd.Env = []string{settingsVar + "=" + string(text), requestVar + "=" + string(what)}
	for _, kv := range os.Environ() {
		if strings.HasPrefix(strings.ToUpper(kv), "SYSTEMROOT=") { // Windows starts nothing without it
			cmd.Env = append(cmd.Env, kv)
		}
	}
	cmd.Stdin, cmd.Stderr, cmd.WaitDelay = f, &p.stderr, time.Second
	if p.out, err = cmd.StdoutPipe(); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.killed {
		return io.EOF
	}
	if err := p.start(cmd); err != nil {
		return fmt.Errorf("sandbox: start child: %w", err)
	}
	p.cmd = cmd
	return nil
}

// receive waits for the answer; io.EOF means that the child has died.
func (p *process) receive(limit int64) ([]byte, error) { return readFrame(p.out, limit) }

// responsive tells that the child can be used: it has not begun.
func (p *process) responsive() bool { return p.cmd == nil }

// reusable tells that a child reads more than one file.
func (p *process) reusable() bool { return false }

// memory is not known here.
func (p *process) memory() int64 { return 0 }

// kill ends the process at once.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.killed = true
	if p.cmd != nil {
		_ = p.cmd.Process.Kill() // an error means that it has ended
	}
}

// end kills the child if it lives and reaps it.
func (p *process) end() death {
	if p.cmd == nil {
		return death{}
	}
	// A child whose answer ended early is dying by itself; its status tells why.
	early := time.AfterFunc(exitGrace, p.kill)
	_ = p.cmd.Wait() // the status is in ProcessState
	self := early.Stop()
	return death{p.cmd.ProcessState, self, p.stderr.bytes()}
}

// exitGrace is how long a process may take to exit after its answer.
const exitGrace = 100 * time.Millisecond

// reopen opens f's file once more: a passed descriptor shares its offset.
func reopen(f *os.File) (*os.File, error) {
	mine, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !mine.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", mine.Mode().Type())
	}
	private, err := os.Open(f.Name())
	if err != nil {
		return nil, err
	}
	theirs, err := private.Stat()
	if err == nil && !os.SameFile(mine, theirs) {
		err = errors.New("the file was replaced meanwhile")
	}
	if err != nil {
		return nil, errors.Join(err, private.Close())
	}
	return private, nil
}
