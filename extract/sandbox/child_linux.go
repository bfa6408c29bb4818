package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"golang.org/x/sys/unix"

	"nianbao/extract/pdfium"
)

// maxProcs is enough for one file on one goroutine with the collector beside it.
// On a machine of many processors the runtime would make as many threads, and
// in a build with cgo the stack of each, 8 MiB, counts into the memory limit.
const maxProcs = 2

// connFD is the child's end of the connection: the first of ExtraFiles.
const connFD = 3

// childConn is the blocking connection of a child. No net package: its poller
// would want system calls that are not needed otherwise.
type childConn struct{}

// Read is io.Reader on the connection.
func (childConn) Read(b []byte) (int, error) {
	for {
		n, err := unix.Read(connFD, b)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return 0, err
		case n == 0 && len(b) > 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// Write is io.Writer on the connection.
func (childConn) Write(b []byte) (int, error) {
	done := 0
	for done < len(b) {
		n, err := unix.Write(connFD, b[done:])
		if err != nil && !errors.Is(err, unix.EINTR) {
			return done, err
		}
		done += max(n, 0)
	}
	return done, nil
}

// next receives the next request and its file; io.EOF when the parent has gone.
func (c childConn) next() (*os.File, request, error) {
	var r request
	f, err := c.file()
	if err != nil {
		return nil, r, err
	}
	body, err := readFrame(c, maxRequestBytes)
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	if err != nil {
		return nil, r, errors.Join(fmt.Errorf("request: %w", err), f.Close())
	}
	return f, r, nil
}

// file receives the descriptor that a request begins with.
func (childConn) file() (*os.File, error) {
	var b [1]byte
	oob := make([]byte, unix.CmsgSpace(4))
	for {
		n, oobn, _, _, err := unix.Recvmsg(connFD, b[:], oob, unix.MSG_CMSG_CLOEXEC)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return nil, err
		case n == 0:
			return nil, io.EOF
		}
		messages, err := unix.ParseSocketControlMessage(oob[:oobn])
		if err != nil || len(messages) != 1 {
			return nil, errors.Join(errors.New("request without a file"), err)
		}
		fds, err := unix.ParseUnixRights(&messages[0])
		if err != nil || len(fds) != 1 || b[0] != requestByte {
			return nil, errors.Join(fmt.Errorf("request with %d files", len(fds)), err)
		}
		return os.NewFile(uintptr(fds[0]), "input"), nil
	}
}

// serve is Child with the reader to use.
func serve(read readFunc) int {
	if kind, err := unix.GetsockoptInt(connFD, unix.SOL_SOCKET, unix.SO_TYPE); err != nil || kind != unix.SOCK_STREAM {
		fmt.Fprintln(os.Stderr, "this command is started by nianbao itself")
		return exitMisused
	}
	runtime.GOMAXPROCS(maxProcs)
	var conn childConn
	s, err := begin(conn)
	if err == nil && s.Prepare {
		return exitDone
	}
	w := newWorker(read, s)
	for err == nil {
		err = w.answerNext(conn)
	}
	if errors.Is(err, io.EOF) {
		return exitDone
	}
	fmt.Fprintln(os.Stderr, "sandbox child:", err)
	return exitBroken
}

// begin reads the settings, puts the holds on and greets the parent.
func begin(conn childConn) (settings, error) {
	var s settings
	body, err := readFrame(conn, maxAnswerBytes)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(body, &s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	hold := confine
	if s.Prepare {
		hold = prepare
	}
	frame, err := encodeFrame(hold(s), maxReportBytes)
	if err != nil {
		return s, err
	}
	_, err = conn.Write(frame)
	return s, err
}

// prepare compiles the second engine into the cache, where the children that
// read files find it; these may not write there.
func prepare(s settings) Report {
	var r Report
	r.note("second_engine", pdfium.Prime(s.Engine.config()))
	return r
}

// answerNext takes one request and answers.
func (w *worker) answerNext(conn childConn) error {
	f, r, err := conn.next()
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	if err := grantCPU(w.settings.CPUSeconds); err != nil {
		return fmt.Errorf("cpu limit: %w", err)
	}
	return w.answer(conn, f, r)
}
