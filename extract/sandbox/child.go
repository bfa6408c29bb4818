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

// readFunc reads one file; reader.Read is the one that counts.
type readFunc func(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error)

// Exit statuses of Child beside exitCPU.
const (
	exitDone    = 0
	exitMisused = 2 // not started by a Pool
	exitBroken  = 3 // the connection failed
)

// Child is the main function of a child process: it holds itself to its limits,
// answers its parent until that is gone, and returns the exit status. Call it
// first thing in a process that was started by a Pool, and nothing else.
func Child() int { return serve(reader.Read) }

// readOne reads a file and makes the frame that answers. A panic is not caught:
// the process is then in no state to read another file, and its parent knows
// what the death of a child means.
func readOne(read readFunc, f *os.File, s settings) ([]byte, error) {
	frame, err := encodeFrame(readAnswer(read, f, s.Limits), s.AnswerBytes)
	if errors.Is(err, errFrameTooLarge) {
		return encodeFrame(answer{Error: answerError(s.AnswerBytes)}, s.AnswerBytes)
	}
	var invalid *json.UnsupportedValueError
	if errors.As(err, &invalid) { // a NaN or an infinity among the coordinates
		return encodeFrame(answer{Error: extract.Damaged("文件中的坐标数值无效，无法还原版面。")}, s.AnswerBytes)
	}
	return frame, err
}

func readAnswer(read readFunc, f *os.File, lim extract.Limits) answer {
	info, err := f.Stat()
	if err != nil {
		return answer{Failure: err.Error()}
	}
	e, err := read(context.Background(), f, info.Size(), lim)
	if typed := extract.AsError(err); typed != nil {
		return answer{Error: typed}
	}
	if err != nil {
		return answer{Failure: err.Error()}
	}
	return answer{Extraction: e}
}
