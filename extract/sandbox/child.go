package sandbox

import (
	"context"
	"io"
	"os"

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
func Child() int { return serve(reader.ReadWith) }

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
