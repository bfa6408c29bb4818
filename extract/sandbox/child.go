package sandbox

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"

	"nianbao/extract"
	"nianbao/extract/reader"
)

// Exit statuses of Child beside exitCPU.
const (
	exitDone    = 0
	exitMisused = 2 // not started by a Pool
	exitBroken  = 3 // the connection failed
)

// readFunc reads one file; reader.ReadWith is the one that counts.
type readFunc func(ctx context.Context, r io.ReaderAt, size int64, opt extract.Options, other reader.SecondEngine) (*extract.Extraction, error)

// Child is the main function of a child process: it holds itself to its limits,
// answers its parent until that is gone, and returns the exit status. Call it
// first thing in a process that was started by a Pool, and nothing else.
func Child() int { return serve(fromMemory(reader.ReadWith)) }

// wholeBytes is how large a file may be to be taken into memory at once: the Word reader
// asks for its few kilobytes in fifty pieces, each of them a system call.
const wholeBytes = 1 << 20

// fromMemory has small files read from memory, one file at a time. What cannot be taken
// at once is left to who reads the file.
func fromMemory(read readFunc) readFunc {
	var content []byte // of the last small file
	return func(ctx context.Context, r io.ReaderAt, size int64, opt extract.Options, other reader.SecondEngine) (*extract.Extraction, error) {
		if size <= wholeBytes {
			content = slices.Grow(content[:0], int(size))[:size]
			if n, _ := r.ReadAt(content, 0); int64(n) == size {
				r = bytes.NewReader(content)
			}
		}
		return read(ctx, r, size, opt, other)
	}
}

// worker answers requests.
type worker struct {
	read     readFunc
	settings settings
	engine   *engine
}

func newWorker(read readFunc, s settings) *worker {
	return &worker{read: read, settings: s, engine: &engine{settings: s.Engine}}
}

// do does what is asked with a file.
func (w *worker) do(f *os.File, r request) (a answer) {
	info, err := f.Stat()
	if err != nil {
		return answer{Failure: err.Error()}
	}
	w.engine.lacking = false
	if r.Draw != nil {
		a.PNG, err = w.engine.draw(f, info.Size(), w.settings.Options.Limits, *r.Draw)
	} else {
		a.Extraction, err = w.read(context.Background(), f, info.Size(), w.settings.Options, w.engine)
	}
	if typed := extract.AsError(err); typed != nil {
		a = answer{Error: typed}
	} else if err != nil {
		a = answer{Failure: err.Error()}
	}
	a.Lacking = w.engine.lacking
	return a
}
