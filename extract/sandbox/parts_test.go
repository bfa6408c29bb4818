package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
	"nianbao/extract/reader"
)

func answerPool(limit int64) *Pool {
	p := &Pool{cfg: Config{}.withDefaults(), settings: Config{}.withDefaults().settings()}
	p.settings.AnswerBytes = limit
	return p
}

// frames hands out bodies as a connection would.
func frames(bodies [][]byte) func(int64) ([]byte, error) {
	return func(limit int64) ([]byte, error) {
		if len(bodies) == 0 {
			return nil, io.EOF
		}
		body := bodies[0]
		if bodies = bodies[1:]; int64(len(body)) > limit {
			return nil, errFrameTooLarge
		}
		return body, nil
	}
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

func received(stream []byte, limit int64) (*answer, error) {
	r := bytes.NewReader(stream)
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
		stream := written(t, e, maxAnswerBytes)
		got, err := received(stream, maxAnswerBytes)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(e, got.Extraction); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		// The limit is one for all frames together, on both sides.
		whole := int64(len(stream))
		if _, err := received(stream, whole-frameHeader-1); !errors.Is(err, errFrameTooLarge) {
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

// TestWrongParts: a child that was taken over is not believed.
func TestWrongParts(t *testing.T) {
	for _, bodies := range []string{
		`{"more":true}`,
		`{"png":"AAAA","more":true}`,
		`{"extraction":{"format":"pdf","document":{}},"more":true}` + "\n" + `{"more":true}`,
		`{"extraction":{"format":"pdf","document":{}},"more":true}` + "\n" + `{}`,
		`{"extraction":{"format":"pdf","document":{}},"more":true}` + "\n" + `{"extraction":{"document":{"blocks":[{"type":"table","table":0}]}}}`,
	} {
		var wrong wrongAnswerError
		if a, err := answerPool(maxAnswerBytes).receiveAnswer(frames(bytes.Split([]byte(bodies), []byte("\n"))), request{}); !errors.As(err, &wrong) {
			t.Errorf("%s: %+v, %v", bodies, a, err)
		}
	}
	cut := `{"extraction":{"format":"pdf","document":{}},"more":true}`
	if _, err := answerPool(maxAnswerBytes).receiveAnswer(frames([][]byte{[]byte(cut)}), request{}); !errors.Is(err, io.EOF) {
		t.Errorf("a cut answer: %v", err)
	}
}

// What a child says must not take many times its size in the parent.
func TestEmptyValuesAreRefused(t *testing.T) {
	for name, filler := range map[string]string{"blocks": `{"blocks":[` + strings.Repeat("{},", 1<<20) + `{}]}`, "nulls": `{"blocks":[` + strings.Repeat("null,", 1<<20) + `null]}`} {
		body := []byte(`{"extraction":{"format":"pdf","document":` + filler + `}}`)
		p := &Pool{cfg: Config{}.withDefaults()}
		p.settings = p.cfg.settings()
		_, err := p.receiveAnswer(func(int64) ([]byte, error) { return body, nil }, request{})
		var wrong wrongAnswerError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long, err := json.Marshal(answer{Extraction: textDocument(strings.Repeat(`{[n"\`, 1<<16))})
	if err != nil || !dense(long) {
		t.Errorf("a text full of brackets is refused: %v", err)
	}
}
