package wire

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

const plenty = int64(1) << 30

func roundTrip(t *testing.T, e *extract.Extraction) *extract.Extraction {
	t.Helper()
	memory := plenty
	b, err := Append(nil, e, &memory)
	if err != nil {
		t.Fatal(err)
	}
	again := plenty
	got, err := Decode(b, &again)
	if err != nil {
		t.Fatal(err)
	}
	if again != memory {
		t.Errorf("written %d bytes of memory, read %d", plenty-memory, plenty-again)
	}
	return got
}

// fill sets every field that there is, and those of the values within, to
// something of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.String:
		v.SetString(string(rune('一' + *n)))
	case reflect.Int:
		v.SetInt(int64(*n - 40))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.25)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a kind of field that package wire does not know: " + v.Kind().String())
	}
}

// TestEveryFieldArrives fails where a field is added to the document and not here.
func TestEveryFieldArrives(t *testing.T) {
	e, n := &extract.Extraction{}, 0
	fill(reflect.ValueOf(e).Elem(), &n)
	if diff := cmp.Diff(e, roundTrip(t, e)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(&extract.Extraction{}, roundTrip(t, &extract.Extraction{Document: nil, Warnings: nil, Format: "", Engine: ""})); diff != "" {
		t.Error(diff)
	}
}

// TestAsJSON: what is read is what JSON would have given.
func TestAsJSON(t *testing.T) {
	e := &extract.Extraction{Format: extract.FormatPDF, Warnings: []extract.Warning{}, Document: &extract.Document{
		Blocks: []extract.Block{
			{Text: "a\xff\xfe一\xe4\xb8", BBox: &extract.BBox{1.005, -0.001, 72.12499, 1e6 / 3}, Size: 10.5},
			{Text: "\x00\n<&>\u2028", Size: math.SmallestNonzeroFloat64},
		},
		Tables: []extract.Table{{ColumnWidths: []float64{1.0 / 3, 1e300}, Cells: []extract.Cell{}}},
	}}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	want := &extract.Extraction{}
	if err := json.Unmarshal(text, want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, roundTrip(t, e)); diff != "" {
		t.Error(diff)
	}
}

func TestErrors(t *testing.T) {
	for _, wrong := range []float64{math.NaN(), math.Inf(-1)} {
		e := &extract.Extraction{Document: &extract.Document{Pages: []extract.Page{{Width: wrong}}}}
		memory := plenty
		if _, err := Append(nil, e, &memory); !errors.Is(err, ErrNotFinite) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	e, n := &extract.Extraction{}, 0
	fill(reflect.ValueOf(e).Elem(), &n)
	memory := plenty
	b, err := Append(nil, e, &memory)
	if err != nil {
		t.Fatal(err)
	}
	need := plenty - memory
	for _, memory := range []int64{need, need - 1} {
		write, read := memory, memory
		_, err := Append(nil, e, &write)
		_, err2 := Decode(b, &read)
		if want := memory < need; errors.Is(err, ErrTooLarge) != want || errors.Is(err2, ErrTooLarge) != want {
			t.Errorf("%d of %d bytes: written %v, read %v", memory, need, err, err2)
		}
	}
	for end := range b {
		memory := plenty
		if _, err := Decode(b[:end], &memory); err == nil {
			t.Errorf("cut at %d of %d and read", end, len(b))
		}
	}
	memory = plenty
	if _, err := Decode(append(b, 0), &memory); !errors.Is(err, ErrMalformed) {
		t.Errorf("with a byte behind: %v", err)
	}
}

// FuzzDecode: whatever comes is refused, or is an extraction that can be written
// and read again.
func FuzzDecode(f *testing.F) {
	e, n := &extract.Extraction{}, 0
	fill(reflect.ValueOf(e).Elem(), &n)
	memory := plenty
	b, err := Append(nil, e, &memory)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{0, 0, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F})
	f.Fuzz(func(t *testing.T, b []byte) {
		memory := int64(1 << 20)
		e, err := Decode(b, &memory)
		if memory > 1<<20 || err == nil && memory < 0 {
			t.Errorf("memory %d", memory)
		}
		if err != nil {
			return
		}
		roundTrip(t, e) // boxes beyond 2⁵³ hundredths do not stay what they are
	})
}

func report() *extract.Extraction {
	part := "word/document.xml#tbl1/r2/c3"
	d := &extract.Document{Pages: []extract.Page{}}
	for range 60 {
		d.Blocks = append(d.Blocks, extract.Block{Type: extract.Paragraph, Text: "本机关按照要求做好信息公开工作，主动公开政府信息一百二十条。", Part: &part, Align: "justify", Size: 16})
	}
	for i := range 3 {
		t := extract.Table{Index: i, Rows: 20, Columns: 10, Part: &part}
		for n := range 200 {
			t.Cells = append(t.Cells, extract.Cell{Row: n / 10, Column: n % 10, RowSpan: 1, ColumnSpan: 1, Text: "0", Part: &part})
		}
		d.Tables = append(d.Tables, t)
	}
	return &extract.Extraction{Format: extract.FormatDOCX, Engine: "docx", Document: d}
}

func BenchmarkWire(b *testing.B) {
	e := report()
	b.ReportAllocs()
	var out []byte
	for b.Loop() {
		memory := plenty
		out, _ = Append(out[:0], e, &memory)
		if _, err := Decode(out, &memory); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(out)), "wire-B")
}

// BenchmarkJSON is what it took before.
func BenchmarkJSON(b *testing.B) {
	e := report()
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		out, err := json.Marshal(e)
		if err != nil {
			b.Fatal(err)
		}
		if err := json.Unmarshal(out, new(extract.Extraction)); err != nil {
			b.Fatal(err)
		}
		size = len(out)
	}
	b.ReportMetric(float64(size), "wire-B")
}
