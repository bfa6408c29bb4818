package sandbox

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"nianbao/extract"
)

// textDocument is a good answer.
func textDocument(text string) *extract.Extraction {
	return &extract.Extraction{
		Format: extract.FormatPDF, Engine: "test", Warnings: []extract.Warning{},
		Document: &extract.Document{
			Blocks: []extract.Block{{Type: extract.Paragraph, Text: text}},
			Tables: []extract.Table{}, Pages: []extract.Page{},
		},
	}
}

func TestFrames(t *testing.T) {
	frame, err := encodeFrame(refusal{Failure: "x"}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	body := len(frame) - frameHeader
	if got, err := readFrame(bytes.NewReader(frame), int64(body)); err != nil || string(got) != `{"failure":"x"}` {
		t.Errorf("at the limit: %q, %v", got, err)
	}
	if _, err := readFrame(bytes.NewReader(frame), int64(body-1)); !errors.Is(err, errFrameTooLarge) {
		t.Errorf("above the limit: %v", err)
	}
	if _, err := encodeFrame(refusal{Failure: "x"}, int64(body-1)); !errors.Is(err, errFrameTooLarge) {
		t.Errorf("encode above the limit: %v", err)
	}
	if _, err := readFrame(bytes.NewReader(frame[:len(frame)-1]), 1000); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut: %v", err)
	}
	if _, err := readFrame(bytes.NewReader(nil), 1000); !errors.Is(err, io.EOF) {
		t.Errorf("ended: %v", err)
	}
}

func TestVerify(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.TableCells = 100
	number := func(n int) *int { return &n }
	with := func(change func(*extract.Extraction)) *extract.Extraction {
		e := textDocument("x")
		e.Document.Tables = []extract.Table{{Rows: 10, Columns: 10, Cells: []extract.Cell{
			{RowSpan: 10, ColumnSpan: 9}, {Column: 9, RowSpan: 10, ColumnSpan: 1}}}}
		e.Document.Blocks[0].Table = number(0)
		change(e)
		return e
	}
	if err := verify(with(func(*extract.Extraction) {}), lim); err != nil {
		t.Errorf("a good one: %v", err)
	}
	for name, change := range map[string]func(*extract.Extraction){
		"format":       func(e *extract.Extraction) { e.Format = "exe" },
		"no document":  func(e *extract.Extraction) { e.Document = nil },
		"warnings":     func(e *extract.Extraction) { e.Warnings = make([]extract.Warning, maxWarnings+1) },
		"table index":  func(e *extract.Extraction) { e.Document.Blocks[0].Table = number(1) },
		"table index-": func(e *extract.Extraction) { e.Document.Blocks[0].Table = number(-1) },
		"grid":         func(e *extract.Extraction) { e.Document.Tables[0].Rows = 11 },
		"grid-":        func(e *extract.Extraction) { e.Document.Tables[0].Rows = -10 },
		"overflow":     func(e *extract.Extraction) { e.Document.Tables[0].Rows = 1 << 62; e.Document.Tables[0].Columns = 4 },
		"row-":         func(e *extract.Extraction) { e.Document.Tables[0].Cells[0].Row = -1 },
		"row span":     func(e *extract.Extraction) { e.Document.Tables[0].Cells[1].RowSpan = 11 },
		"span 0":       func(e *extract.Extraction) { e.Document.Tables[0].Cells[1].RowSpan = 0 },
		"column":       func(e *extract.Extraction) { e.Document.Tables[0].Cells[1].Column = 10 },
		"overlap":      func(e *extract.Extraction) { e.Document.Tables[0].Cells[0].ColumnSpan = 10 },
	} {
		if err := verify(with(change), lim); err == nil {
			t.Errorf("%s passed", name)
		}
	}
	if verifyError(&extract.Error{Code: "kaputt"}) == nil {
		t.Error("an unknown code passed")
	}
	if verifyError(extract.Damaged("%s", strings.Repeat("a", maxDetailBytes+1))) == nil {
		t.Error("a long detail passed")
	}
}

func TestCause(t *testing.T) {
	for stderr, want := range map[string]cause{
		"runtime: goroutine stack exceeds 67108864-byte limit\nfatal error: stack overflow":          causeStack,
		"fatal error: runtime: out of memory\n":                                                      causeMemory,
		"runtime: failed to create new OS thread (have 5 already; errno=12)\nfatal error: newosproc": causeMemory,
		"fatal error: runtime: cannot allocate memory":                                               causeMemory,
		"noise\npanic: runtime error: index out of range [5]":                                        causePanic,
		"panic: out of memory, says the file":                                                        causePanic,
		"fatal error: all goroutines are asleep - deadlock!":                                         causePanic,
		"fatal error: unexpected signal during runtime execution":                                    causeUnknown,
		"something about out of memory":                                                              causeUnknown,
		"":                                                                                           causeUnknown,
	} {
		if got, _ := (death{stderr: []byte(stderr)}).cause(); got != want {
			t.Errorf("%q: %v, want %v", stderr, got, want)
		}
	}
	crash := death{stderr: []byte("SIGSEGV: segmentation violation\nPC=0x1 m=0 sigcode=1\n")}
	if got, _ := crash.causeFor(60, 100); got != causeMemory {
		t.Errorf("a crash with much memory: %v", got)
	}
	if got, _ := crash.causeFor(40, 100); got != causeUnknown {
		t.Errorf("a crash with little memory: %v", got)
	}
	if got, _ := (death{stderr: []byte("panic: x")}).causeFor(60, 100); got != causePanic {
		t.Errorf("a panic with much memory: %v", got)
	}
	long := death{stderr: []byte("panic: " + strings.Repeat("私", 500))}
	if _, line := long.cause(); len(line) > 210 {
		t.Errorf("a line of %d bytes for the log", len(line))
	}
}

// FuzzAnswer: whatever a child says, the parent can use it or refuses it.
func FuzzAnswer(f *testing.F) {
	document := textDocument("x")
	document.Document.Tables = []extract.Table{{Rows: 2, Columns: 2, Cells: []extract.Cell{{Row: 1, RowSpan: 1, ColumnSpan: 2}}}}
	beyond := textDocument("x")
	beyond.Document.Blocks[0].Table = new(int)
	f.Add(stream(f, answer{Extraction: document}))
	f.Add(stream(f, answer{Extraction: document, More: true}, answer{Extraction: beyond}))
	f.Add(stream(f, answer{Error: extract.Damaged("x"), Lacking: true}))
	f.Add(stream(f, answer{Failure: "x"}))
	f.Add(stream(f, answer{PNG: []byte("\x89PNG\r\n\x1a\n")}))
	p := answerPool(maxAnswerBytes)
	receive := func(sent []byte, r request) (*answer, error) {
		in := bytes.NewReader(sent)
		return p.receiveAnswer(func(limit int64) ([]byte, error) { return readFrame(in, limit) }, r)
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		if a, err := receive(sent, request{Draw: &drawing{}}); err == nil && len(a.PNG) == 0 && a.Error == nil && a.Failure == "" {
			t.Error("a drawing without a picture")
		}
		a, err := receive(sent, request{})
		if err != nil {
			return
		}
		e, err := a.result()
		if err != nil {
			return
		}
		for i := range e.Extraction.Document.Tables {
			e.Extraction.Document.Tables[i].Grid()
		}
	})
}
