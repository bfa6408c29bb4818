package sandbox

import (
	"bytes"
	"errors"
	"io"
	"os"

	"nianbao/extract"
	"nianbao/extract/wire"
)

// partWeight is how many blocks and cells of a document go into one frame: some
// report's worth, so that a long document never stands twice in either process.
const partWeight = 4096

// parts cuts the answer with a long document into answers that follow each other;
// all but the last have More.
func (a answer) parts() []answer {
	if a.Extraction == nil || a.Extraction.Document == nil {
		return []answer{a}
	}
	whole := a.Extraction.Document
	blocks, tables := whole.Blocks, whole.Tables
	var out []answer
	for first := true; first || len(blocks)+len(tables) > 0; first = false {
		nb, nt := portion(blocks, tables)
		part := answer{Extraction: &extract.Extraction{Document: &extract.Document{Blocks: blocks[:nb], Tables: tables[:nt]}}}
		if first {
			part = a
			head := *a.Extraction
			head.Document = &extract.Document{Blocks: blocks[:nb], Tables: tables[:nt], Pages: whole.Pages}
			part.Extraction = &head
		}
		blocks, tables = blocks[nb:], tables[nt:]
		part.More = len(blocks)+len(tables) > 0
		out = append(out, part)
	}
	return out
}

// portion is how many of the blocks, and how many of the tables after them, make
// one part.
func portion(blocks []extract.Block, tables []extract.Table) (nb, nt int) {
	nb = min(len(blocks), partWeight)
	for weight := nb; nb == len(blocks) && nt < len(tables) && weight < partWeight; nt++ {
		weight += 1 + len(tables[nt].Cells)
	}
	return nb, nt
}

// answer does what is asked with a file and writes the answer to out. A panic is
// not caught: the process is then in no state to read another file, and its
// parent knows what the death of a child means.
func (w *worker) answer(out io.Writer, f *os.File, r request) error {
	left, memory := w.settings.AnswerBytes, w.settings.AnswerMemory
	for _, part := range w.do(f, r).parts() {
		frame, err := part.frame(left, &memory)
		instead := unsendable(err, w.settings.AnswerBytes)
		if instead != nil {
			frame, err = answer{Error: instead, Lacking: part.Lacking}.frame(maxReportBytes, &memory)
		}
		if err != nil {
			return err
		}
		if _, err := out.Write(frame); err != nil || instead != nil {
			return err
		}
		left -= int64(len(frame))
	}
	return nil
}

// unsendable is what is said of a file whose answer cannot be sent for the
// reason err, nil where that is not the file's fault.
func unsendable(err error, limit int64) *extract.Error {
	switch {
	case errors.Is(err, errFrameTooLarge), errors.Is(err, wire.ErrTooLarge):
		return answerError(limit)
	case errors.Is(err, wire.ErrNotFinite): // a NaN or an infinity among the coordinates
		return extract.Damaged("文件中的坐标数值无效，无法还原版面。")
	}
	return nil
}

// wrongAnswerError is an answer that no child of ours gives.
type wrongAnswerError struct{ error }

func (e wrongAnswerError) Unwrap() error { return e.error }

// receiveAnswer takes the parts of an answer to r from next, which reads a frame
// of at most so many bytes, puts them together and checks them. The error is a
// wrongAnswerError, errFrameTooLarge, or one of next.
func (p *Pool) receiveAnswer(next func(limit int64) ([]byte, error), r request) (*answer, error) {
	var whole *answer
	left, memory := p.settings.AnswerBytes, p.settings.AnswerMemory
	for {
		body, err := next(left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(body)) + frameHeader
		part, err := readAnswer(body, &memory)
		if err != nil {
			return nil, wrongAnswerError{err}
		}
		if whole, err = whole.add(part); err != nil {
			return nil, wrongAnswerError{err}
		}
		if !part.More {
			break
		}
	}
	if err := whole.check(r, p.cfg.Limits); err != nil {
		return nil, wrongAnswerError{err}
	}
	return whole, nil
}

// add is the answer with its next part; a is nil before the first. An error takes
// the place of what came before it.
func (a *answer) add(part answer) (*answer, error) {
	if a == nil {
		a = &part
	} else if part.Extraction == nil {
		part.Lacking = part.Lacking || a.Lacking
		a = &part
	} else if d := part.Extraction.Document; d != nil {
		whole := a.Extraction.Document
		whole.Blocks = append(whole.Blocks, d.Blocks...)
		whole.Tables = append(whole.Tables, d.Tables...)
	}
	if part.More && (part.Extraction == nil || part.Extraction.Document == nil) {
		return nil, errors.New("an answer without a document goes on")
	}
	return a, nil
}

// check tells what is wrong with an answer to r.
func (a *answer) check(r request, lim extract.Limits) error {
	switch {
	case a.Failure != "":
		return nil
	case a.Error != nil:
		return verifyError(a.Error)
	case a.Extraction != nil && r.Draw == nil:
		return verify(a.Extraction, lim)
	case r.Draw != nil && bytes.HasPrefix(a.PNG, []byte("\x89PNG\r\n\x1a\n")):
		return nil
	}
	return errors.New("empty answer")
}
