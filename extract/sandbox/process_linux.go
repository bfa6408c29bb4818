package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// process is one child, as its parent sees it. It belongs to one goroutine at a
// time; only kill may be called while send or receive is under way.
type process struct {
	cmd    *exec.Cmd
	conn   *net.UnixConn
	in     *bufio.Reader // of conn: most answers take one read
	stderr stderrHead
	statm  *os.File // nil where /proc does not show the child
	second bool     // it has the second engine
	files  int      // files sent so far
	peak   int64    // most memory seen, in bytes
}

// answerBuffer is more than the answer to an ordinary report.
const answerBuffer = 64 << 10

// setTimerSlack sets how late sleeps of this thread may end, and of the processes
// that it starts; 0 for the system's default. Where it fails they only sleep worse.
func setTimerSlack(d time.Duration) {
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(d.Nanoseconds()), 0, 0, 0)
}

// selfPath is how the program starts itself; it stays right when the file is
// replaced by a newer version meanwhile.
func selfPath() (string, error) { return "/proc/self/exe", nil }

// startProcess starts a child and waits until it has put its holds on; start is
// exec.Cmd.Start on the right thread.
func startProcess(start func(*exec.Cmd) error, command []string, s settings) (*process, Report, error) {
	p, err := launch(start, command)
	if err != nil {
		return nil, Report{}, err
	}
	p.second = s.Engine != nil
	report, err := p.greet(s)
	if err != nil {
		return nil, Report{}, fmt.Errorf("%w (child %s)", err, p.end())
	}
	if p.statm == nil {
		report.note("rss_watch", errors.New("/proc does not show the child"))
	} else {
		report.note("rss_watch", nil)
	}
	return p, report, nil
}

// launch starts a process that waits for its settings.
func launch(start func(*exec.Cmd) error, command []string) (*process, error) {
	parentEnd, childEnd, err := socketpair()
	if err != nil {
		return nil, err
	}
	defer func() { _ = childEnd.Close() }() // once more, on an error
	p := &process{conn: parentEnd, in: bufio.NewReaderSize(parentEnd, answerBuffer)}
	p.cmd = exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // the operator's own command; a child outlives a request
	p.cmd.ExtraFiles = []*os.File{childEnd}
	// Not the parent's environment. What starting makes is kept: its collection would cost
	// a sixth of the start, and the child says by itself when to collect.
	p.cmd.Env = []string{"GOGC=off"}
	p.cmd.Stderr = &p.stderr
	p.cmd.WaitDelay = time.Second
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := start(p.cmd); err != nil {
		return nil, errors.Join(err, parentEnd.Close())
	}
	_ = childEnd.Close() // or the child's death would not be seen as the end of the stream
	p.statm, _ = os.Open("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/statm")
	return p, nil
}

// prepareEngine has a child of its own compile the second engine, without any
// input, and waits for it; stop ends it before its time.
func prepareEngine(start func(*exec.Cmd) error, command []string, s settings, stop <-chan struct{}) error {
	p, err := launch(start, command)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	var killer sync.WaitGroup
	killer.Go(func() {
		select {
		case <-stop:
			p.kill()
		case <-done:
		}
	})
	s.Prepare = true
	report, err := p.greet(s)
	close(done)
	killer.Wait()
	end := p.end()
	if err != nil {
		return fmt.Errorf("%w (child %s)", err, end)
	}
	for _, gap := range report.Missing {
		if gap.Name == "second_engine" {
			return errors.New(gap.Reason)
		}
	}
	return nil
}

// socketpair makes the connection: a net.Conn for the parent, a blocking file
// for the child.
func socketpair() (*net.UnixConn, *os.File, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("socketpair: %w", err)
	}
	childEnd := os.NewFile(uintptr(fds[1]), "child end")
	file := os.NewFile(uintptr(fds[0]), "parent end")
	defer func() { _ = file.Close() }() // FileConn has its own
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, nil, errors.Join(err, childEnd.Close())
	}
	return conn.(*net.UnixConn), childEnd, nil
}

// greet sends the settings and reads the report.
func (p *process) greet(s settings) (Report, error) {
	var report Report
	frame, err := encodeFrame(s, maxAnswerBytes)
	if err != nil {
		return report, err
	}
	timeout := startTimeout
	if s.Prepare {
		timeout = prepareTimeout
	}
	if err := p.conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return report, err
	}
	if _, err := p.conn.Write(frame); err != nil {
		return report, err
	}
	body, err := readFrame(p.in, maxReportBytes)
	if err != nil {
		return report, fmt.Errorf("no greeting: %w", err)
	}
	if err := json.Unmarshal(body, &report); err != nil {
		return report, fmt.Errorf("greeting: %w", err)
	}
	return report, p.conn.SetDeadline(time.Time{})
}

// send hands a request with its file to the child.
func (p *process) send(f *os.File, r request) error {
	p.stderr.reset()
	frame, err := encodeFrame(r, maxRequestBytes)
	if err != nil {
		return err
	}
	_, _, err = p.conn.WriteMsgUnix(append([]byte{requestByte}, frame...), unix.UnixRights(int(f.Fd())), nil)
	runtime.KeepAlive(f)
	if errors.Is(err, unix.EPIPE) || errors.Is(err, unix.ECONNRESET) {
		return io.EOF
	}
	return err
}

// receive waits for the answer of at most limit bytes; io.EOF or
// io.ErrUnexpectedEOF means that the child has died.
func (p *process) receive(limit int64) ([]byte, error) {
	body, err := readFrame(p.in, limit)
	if errors.Is(err, unix.ECONNRESET) {
		err = io.EOF
	}
	return body, err
}

// responsive tells a living idle child from one that has died meanwhile or
// speaks unasked.
func (p *process) responsive() bool {
	raw, err := p.conn.SyscallConn()
	if err != nil {
		return false
	}
	quiet := false
	err = raw.Control(func(fd uintptr) {
		n, perr := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
		for errors.Is(perr, unix.EINTR) { // the runtime's own signals end it, though it does not wait
			n, perr = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
		}
		quiet = perr == nil && n == 0
	})
	return err == nil && quiet && p.in.Buffered() == 0
}

// reusable tells that a child reads more than one file.
func (p *process) reusable() bool { return true }

// memory is the child's resident private memory in bytes, 0 where unknown.
// Mapped program text (statm's "shared") is not counted: all children share it.
func (p *process) memory() int64 {
	if p.statm == nil {
		return 0
	}
	var buf [128]byte
	n, err := p.statm.ReadAt(buf[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	fields := bytes.Fields(buf[:n])
	if len(fields) < 3 {
		return 0
	}
	resident, err1 := strconv.ParseInt(string(fields[1]), 10, 64)
	shared, err2 := strconv.ParseInt(string(fields[2]), 10, 64)
	if err1 != nil || err2 != nil {
		return 0
	}
	return (resident - shared) * int64(os.Getpagesize())
}

// kill ends the child's process group at once and makes receive return. It must
// not be called after end, when the number may be another's.
func (p *process) kill() {
	// An error means that the group is gone already.
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	_ = p.conn.SetDeadline(time.Now())
}

// end kills the child if it lives, reaps it and frees what belongs to it.
func (p *process) end() death {
	// A child that died by itself has closed its connection; the moment between
	// that and its exit status is waited for, so that the status is its own.
	self := !p.responsive() && p.awaitExit()
	p.kill()
	_ = p.cmd.Wait() // the status is in ProcessState
	_ = p.conn.Close()
	if p.statm != nil {
		_ = p.statm.Close()
	}
	return death{p.cmd.ProcessState, self, p.stderr.bytes()}
}

// awaitExit waits a tenth of a second for the process to exit, without reaping
// it, and tells whether it did.
func (p *process) awaitExit() bool {
	const step, steps = time.Millisecond, 100
	for range steps {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, &info, unix.WEXITED|unix.WNOWAIT|unix.WNOHANG, nil)
		if err != nil || info.Signo != 0 {
			return err == nil
		}
		time.Sleep(step)
	}
	return false
}

// reopen opens f's file once more, for reading only: a passed descriptor shares
// its offset, and its right to write, with the sender's.
func reopen(f *os.File) (*os.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", info.Mode().Type())
	}
	raw, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	var private *os.File
	// By descriptor, not by name: the name may be gone or be another's by now.
	if cerr := raw.Control(func(fd uintptr) {
		private, err = os.Open("/proc/self/fd/" + strconv.Itoa(int(fd)))
	}); cerr != nil {
		return nil, cerr
	}
	return private, err
}
