package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/bodies"
	"nianbao/convert/bodies/sheet"
)

func workbook(t *testing.T, rows [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &r); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := errors.Join(f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func names(entries []bodies.Entry) (out []string) {
	for _, e := range entries {
		out = append(out, e.Name)
	}
	return out
}

func TestParse(t *testing.T) {
	want := []string{"云溪县人民政府", "云溪县教育局"}
	for name, content := range map[string][]byte{
		"xlsx":          workbook(t, [][]any{{"名称", "上级"}, {}, {"云溪县人民政府"}, {"云溪县教育局", "云溪县人民政府"}}),
		"xlsx, plain":   workbook(t, [][]any{{"云溪县人民政府"}, {"云溪县教育局"}}),
		"text":          []byte("云溪县人民政府\n云溪县教育局"),
		"JSON":          []byte(`{"version":3,"bodies":[{"name":"云溪县人民政府"},{"name":"云溪县教育局","parent":"云溪县人民政府"}]}`),
		"JSON, a list":  []byte(`[{"name":"云溪县人民政府"},{"name":"云溪县教育局"}]`),
		"JSON and mark": []byte("\ufeff" + ` [{"name":"云溪县人民政府"},{"name":"云溪县教育局"}]`),
	} {
		got, err := sheet.Parse(content)
		if d := cmp.Diff(want, names(got)); err != nil || d != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, d)
		}
	}
	got, err := sheet.Parse(workbook(t, [][]any{{"名称"}, {}, {"云溪县教育局"}}))
	if err != nil || got[0].Line != 3 {
		t.Errorf("line %v, %v", got, err)
	}
}

// bomb is a spreadsheet that unpacks to more than is allowed.
func bomb(t *testing.T) []byte {
	t.Helper()
	content := workbook(t, [][]any{{"名称"}})
	good, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range good.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	x, err := w.Create("xl/media/zeros.bin")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 80 {
		if _, err := x.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParseMistakes(t *testing.T) {
	good := workbook(t, [][]any{{"名称"}, {"甲局"}})
	many := make([][]any, bodies.MaxBodies+3)
	for i := range many {
		many[i] = []any{"局"}
	}
	for name, content := range map[string][]byte{
		"bomb":           bomb(t),
		"cut off":        good[:len(good)/2],
		"other zip":      []byte("PK\x03\x04 and nothing else"),
		"old workbook":   []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"too many rows":  workbook(t, many),
		"unknown field":  []byte(`[{"name":"甲局","titel":"x"}]`),
		"more than JSON": []byte(`[] []`),
		"no JSON":        []byte(`{"bodies":`),
		"too large":      []byte(strings.Repeat(" ", bodies.MaxTableBytes+1)),
	} {
		_, err := sheet.Parse(content)
		var m bodies.Mistakes
		if !errors.As(err, &m) {
			t.Errorf("%s: %v, want mistakes", name, err)
		}
	}
}

// FuzzParse: a file of any bytes is a list or mistakes.
func FuzzParse(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(`[{"name":"甲局"}]`))
	f.Add([]byte("名称\n甲局"))
	f.Fuzz(func(t *testing.T, content []byte) {
		var m bodies.Mistakes
		if _, err := sheet.Parse(content); err != nil && !errors.As(err, &m) {
			t.Fatal(err)
		}
	})
}
