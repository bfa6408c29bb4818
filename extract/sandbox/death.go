package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"nianbao/extract"
)

// exitCPU is the status of a child that ran into its CPU limit.
const exitCPU = 90

// maxStderr is how much of a child's last words is kept; a stack trace is 16 KB.
const maxStderr = 64 << 10

// stderrHead keeps the first bytes that are written to it: the line that tells
// how a Go program died comes before its stack traces.
type stderrHead struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// reset forgets what was written, so that each file has the whole room.
func (h *stderrHead) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.buf.Reset()
}

// bytes is a copy of what was kept.
func (h *stderrHead) bytes() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return bytes.Clone(h.buf.Bytes())
}

// Write never fails and never blocks the child.
func (h *stderrHead) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if room := maxStderr - h.buf.Len(); room > 0 {
		h.buf.Write(b[:min(room, len(b))])
	}
	return len(b), nil
}

// death is how a child ended.
type death struct {
	state  *os.ProcessState // nil where the system could not tell
	self   bool             // it ended by itself: state is its own, not our kill
	stderr []byte
}

// cause is why a child died while it read a file.
type cause int

const (
	causeUnknown cause = iota
	causeMemory
	causeStack
	causeCPU
	causePanic
)

// causeFor is cause for a child that was seen to use peak bytes of limit. The
// runtime itself now and then faults on memory that it was refused, which looks
// like any crash; a crash beyond half of the limit is taken for that.
func (d death) causeFor(peak, limit int64) (cause, string) {
	c, line := d.cause()
	if c == causeUnknown && peak > limit/2 {
		c = causeMemory
	}
	return c, line
}

// cause tells the deaths of a Go program apart. All deaths by the runtime exit
// with status 2 and differ only in what they print. line is the telling line.
func (d death) cause() (c cause, line string) {
	if d.state != nil && d.self {
		if d.state.ExitCode() == exitCPU {
			return causeCPU, ""
		}
		if c := signalCause(d.state); c != causeUnknown {
			return c, d.state.String()
		}
	}
	for raw := range strings.Lines(string(d.stderr)) {
		line := clip(strings.TrimSpace(raw))
		switch {
		case strings.HasPrefix(line, "panic: "):
			return causePanic, line
		case !strings.HasPrefix(line, "fatal error: ") && !strings.HasPrefix(line, "runtime: "):
		case strings.Contains(line, "goroutine stack exceeds"), strings.Contains(line, "stack overflow"):
			return causeStack, line
		case strings.Contains(line, "out of memory"), strings.Contains(line, "cannot allocate memory"),
			strings.Contains(line, "cannot map pages"), strings.Contains(line, "failed to create new OS thread"):
			return causeMemory, line
		case strings.Contains(line, "unexpected signal"), strings.Contains(line, "fault"):
			return causeUnknown, line
		case strings.HasPrefix(line, "fatal error: "):
			return causePanic, line
		}
	}
	return causeUnknown, d.String()
}

// String is for the log: how the process ended and the first line it printed.
func (d death) String() string {
	first, _, _ := bytes.Cut(bytes.TrimSpace(d.stderr), []byte("\n"))
	s := "ended"
	if d.state != nil {
		s = d.state.String()
	}
	if len(first) > 0 {
		s += ": " + clip(string(first))
	}
	return s
}

// clip shortens a line for the log: a panic value may quote the file.
func clip(s string) string {
	const limit = 200
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return s
}

// fileError is what the user is told of a child that died for cause c.
func (c cause) fileError(s settings) *extract.Error {
	switch c {
	case causeMemory:
		return extract.OverLimit("memory_bytes", s.MemoryBytes, fmt.Sprintf(
			"读取该文件需要的内存超过上限（%d MiB），已停止读取。文件可能已损坏或内容异常，请用 Word 或 PDF 软件打开后重新另存再试。", s.MemoryBytes>>20))
	case causeStack:
		return extract.OverLimit("stack_bytes", s.StackBytes, fmt.Sprintf(
			"文件内部嵌套过深，读取所需的栈空间超过上限（%d MiB），已停止读取。请用 Word 或 PDF 软件打开后重新另存再试。", s.StackBytes>>20))
	case causeCPU:
		return extract.OverLimit("cpu_seconds", s.CPUSeconds, fmt.Sprintf(
			"读取该文件占用的处理器时间超过上限（%d 秒），已停止读取。文件可能已损坏或内容异常，请用 Word 或 PDF 软件打开后重新另存再试。", s.CPUSeconds))
	}
	return extract.Damaged("读取程序在处理该文件时异常中止，文件可能已损坏或结构异常。请用 Word 或 PDF 软件打开后重新另存再试。")
}

// wallError is what the user is told of a file that took too long.
func wallError(wall time.Duration) *extract.Error {
	seconds := strconv.FormatFloat(wall.Seconds(), 'f', -1, 64)
	return &extract.Error{
		Code:   extract.CodeTimeout,
		Limit:  "wall_seconds=" + seconds,
		Detail: "读取该文件用时超过上限（" + seconds + " 秒），已停止读取。可稍后重试；仍然超时的，请用 Word 或 PDF 软件打开后重新另存再试。",
	}
}

// answerError is what the user is told of a file whose document is too large.
func answerError(limit int64) *extract.Error {
	return extract.OverLimit("answer_bytes", limit, fmt.Sprintf(
		"从该文件读出的内容超过上限（%d MiB），无法处理。请拆分文件后再试。", limit>>20))
}
