package sandbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
	"nianbao/extract/reader"
	"nianbao/extract/wire"
)

func answerPool(limit int64) *Pool {
	p := &Pool{cfg: Config{}.withDefaults(), settings: Config{}.withDefaults().settings()}
	p.settings.AnswerBytes = limit
	return p
}

// longDocument has more blocks and more cells than fit into one part.
func longDocument() *extract.Extraction {
	e := textDocument("first")
	for i := range partWeight + 10 {
		e.Document.Blocks = append(e.Document.Blocks, extract.Block{Type: extract.Paragraph, Text: strings.Repeat("字", i%7)})
	}
	for i := range 40 {
		t := extract.Table{Index: i, Rows: 20, Columns: 20, Cells: []extract.Cell{}}
		for n := range 20*20 - i {
			t.Cells = append(t.Cells, extract.Cell{Row: n / 20, Column: n % 20, RowSpan: 1, ColumnSpan: 1, Text: "1"})
		}
		e.Document.Tables = append(e.Document.Tables, t)
		e.Document.Blocks = append(e.Document.Blocks, extract.Block{Type: extract.TableRef, Table: &i})
	}
	e.Document.Pages = []extract.Page{{Number: 1, Width: 595, Height: 842, TextLayer: extract.TextGood}}
	e.Warnings = append(e.Warnings, extract.Warning{Code: "x", Message: "某"})
	return e
}

// written is what a child with the limit writes of the extraction.
func written(t *testing.T, e *extract.Extraction, limit int64) []byte {
	t.Helper()
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	read := func(context.Context, io.ReaderAt, int64, extract.Options, reader.SecondEngine) (*extract.Extraction, error) {
		return e, nil
	}
	s := Config{}.withDefaults().settings()
	s.AnswerBytes = limit
	var out bytes.Buffer
	if err := newWorker(read, s).answer(&out, f, request{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func received(sent []byte, limit int64) (*answer, error) {
	r := bytes.NewReader(sent)
	a, err := answerPool(limit).receiveAnswer(func(limit int64) ([]byte, error) { return readFrame(r, limit) }, request{})
	if err == nil && r.Len() > 0 {
		err = errors.New("something is left over")
	}
	return a, err
}

// TestParts: a long document arrives whole, however many frames it takes.
func TestParts(t *testing.T) {
	for name, e := range map[string]*extract.Extraction{
		"short": textDocument("x"), "long": longDocument(),
		"empty": {Format: extract.FormatPDF, Warnings: []extract.Warning{}, Document: &extract.Document{Blocks: []extract.Block{}, Tables: []extract.Table{}, Pages: []extract.Page{}}},
	} {
		n := len(answer{Extraction: e}.parts())
		if (n > 1) != (name == "long") {
			t.Errorf("%s: %d parts", name, n)
		}
		sent := written(t, e, maxAnswerBytes)
		got, err := received(sent, maxAnswerBytes)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(e, got.Extraction); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		// The limit is one for all frames together, on both sides.
		whole := int64(len(sent))
		if _, err := received(sent, whole-frameHeader-1); !errors.Is(err, errFrameTooLarge) {
			t.Errorf("%s: above the parent's limit: %v", name, err)
		}
		if a, err := received(written(t, e, whole), whole); err != nil || a.Extraction == nil {
			t.Errorf("%s: at the limit: %v", name, err)
		}
		if a, err := received(written(t, e, whole-frameHeader-1), maxAnswerBytes); err != nil || a.Error == nil || a.Error.Code != extract.CodeLimit {
			t.Errorf("%s: above the child's limit: %+v, %v", name, a, err)
		}
	}
}

// TestPartsEndInAnError: what cannot be said in a later part is an error as a
// whole.
func TestPartsEndInAnError(t *testing.T) {
	e := longDocument()
	e.Document.Tables[39].BBox = &extract.BBox{}
	e.Document.Blocks[len(e.Document.Blocks)-1].Size = math.NaN()
	a, err := received(written(t, e, maxAnswerBytes), maxAnswerBytes)
	if err != nil || a.Error == nil || a.Error.Code != extract.CodeDamaged {
		t.Errorf("got %+v, %v", a, err)
	}
}

// stream is what a child writes that gives these answers.
func stream(tb testing.TB, answers ...answer) []byte {
	tb.Helper()
	var out []byte
	memory := int64(math.MaxInt64)
	for _, a := range answers {
		frame, err := a.frame(maxAnswerBytes, &memory)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, frame...)
	}
	return out
}

// TestWrongParts: a child that was taken over is not believed.
func TestWrongParts(t *testing.T) {
	document := func(d extract.Document) *extract.Extraction {
		return &extract.Extraction{Format: extract.FormatPDF, Document: &d}
	}
	begun := answer{Extraction: document(extract.Document{}), More: true}
	for name, answers := range map[string][]answer{
		"nothing":           {{}},
		"no document":       {{Extraction: &extract.Extraction{Format: extract.FormatPDF}}},
		"nothing goes on":   {{More: true}},
		"a picture goes on": {{PNG: []byte("AAAA"), More: true}},
		"then nothing":      {begun, {More: true}},
		"then nothing more": {begun, {}},
		"no such table":     {begun, {Extraction: document(extract.Document{Blocks: []extract.Block{{Type: extract.TableRef, Table: new(int)}}})}},
	} {
		var wrong wrongAnswerError
		if a, err := received(stream(t, answers...), maxAnswerBytes); !errors.As(err, &wrong) {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	if _, err := received(stream(t, begun), maxAnswerBytes); !errors.Is(err, io.EOF) {
		t.Errorf("a cut answer: %v", err)
	}
	for _, body := range []string{"", "x", "?\x00", "e\x00{", "x\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "x\x00\x03pdf\x00\x01\x01\x80\x80\x80\x80\x08"} {
		memory := int64(maxAnswerMemory)
		if a, err := readAnswer([]byte(body), &memory); err == nil {
			t.Errorf("%q: %+v", body, a)
		}
	}
}

// What a child says must not take many times its size in the parent.
func TestEmptyValuesAreRefused(t *testing.T) {
	const memory = 1 << 20
	p := answerPool(maxAnswerBytes)
	p.settings.AnswerMemory = memory
	for name, d := range map[string]extract.Document{
		"blocks": {Blocks: make([]extract.Block, memory/100)},
		"cells":  {Tables: []extract.Table{{Cells: make([]extract.Cell, memory/90)}}},
		"pages":  {Tables: []extract.Table{{Pages: make([]int, memory/7)}}},
	} {
		sent := bytes.NewReader(stream(t, answer{Extraction: &extract.Extraction{Format: extract.FormatPDF, Document: &d}}))
		var wrong wrongAnswerError
		if _, err := p.receiveAnswer(func(limit int64) ([]byte, error) { return readFrame(sent, limit) }, request{}); !errors.As(err, &wrong) || !errors.Is(err, wire.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if e := unsendable(wire.ErrTooLarge, maxAnswerBytes); e == nil || e.Code != extract.CodeLimit {
		t.Errorf("an honest child says %v", e)
	}
}
