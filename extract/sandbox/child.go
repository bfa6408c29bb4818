package sandbox

import (
	"context"
	"encoding/json"
	"errors"
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

// readFunc reads one file; reader.Read is the one that counts.
type readFunc func(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits, other reader.SecondEngine) (*extract.Extraction, error)

// Child is the main function of a child process: it holds itself to its limits,
// answers its parent until that is gone, and returns the exit status. Call it
// first thing in a process that was started by a Pool, and nothing else.
func Child() int { return serve(reader.Read) }

// worker answers requests.
type worker struct {
	read     readFunc
	settings settings
	engine   *engine
}

func newWorker(read readFunc, s settings) *worker {
	return &worker{read: read, settings: s, engine: &engine{settings: s.Engine}}
}

// answer does what is asked with a file and makes the frame that answers. A
// panic is not caught: the process is then in no state to read another file, and
// its parent knows what the death of a child means.
func (w *worker) answer(f *os.File, r request) ([]byte, error) {
	limit := w.settings.AnswerBytes
	frame, err := encodeFrame(w.do(f, r), limit)
	if errors.Is(err, errFrameTooLarge) {
		return encodeFrame(answer{Error: answerError(limit)}, limit)
	}
	var invalid *json.UnsupportedValueError
	if errors.As(err, &invalid) { // a NaN or an infinity among the coordinates
		return encodeFrame(answer{Error: extract.Damaged("文件中的坐标数值无效，无法还原版面。")}, limit)
	}
	return frame, err
}

func (w *worker) do(f *os.File, r request) (a answer) {
	info, err := f.Stat()
	if err != nil {
		return answer{Failure: err.Error()}
	}
	w.engine.lacking = false
	if r.Draw != nil {
		a.PNG, err = w.engine.draw(f, info.Size(), w.settings.Limits, *r.Draw)
	} else {
		a.Extraction, err = w.read(context.Background(), f, info.Size(), w.settings.Limits, w.engine)
	}
	if typed := extract.AsError(err); typed != nil {
		a = answer{Error: typed}
	} else if err != nil {
		a = answer{Failure: err.Error()}
	}
	a.Lacking = w.engine.lacking
	return a
}
