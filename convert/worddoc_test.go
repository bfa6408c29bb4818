package convert_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/extract"
	"nianbao/extract/grid"
	"nianbao/extract/reader"
)

// officeTime is how long LibreOffice may take for all files together.
const officeTime = 3 * time.Minute

// office has LibreOffice save files in another format; the test is skipped where
// it is absent.
func office(t *testing.T, format string, files map[string][]byte) map[string][]byte {
	t.Helper()
	tool, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
			t.Fatal("soffice is missing, and NIANBAO_TEST_REQUIRE=1 forbids skipping")
		}
		t.Skip("SKIPPED, NOT PASSED: soffice is missing, nothing can be saved as ." + format)
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", filepath.Join(dir, "out")}
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	ctx, cancel := context.WithTimeout(t.Context(), officeTime)
	defer cancel()
	if out, err := exec.CommandContext(ctx, tool, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	saved := map[string][]byte{}
	for name := range files {
		b, err := os.ReadFile(filepath.Join(dir, "out", strings.TrimSuffix(name, filepath.Ext(name))+"."+format))
		if err != nil {
			t.Fatal(err)
		}
		saved[name] = b
	}
	return saved
}

func readFile(t *testing.T, b []byte) *extract.Extraction {
	t.Helper()
	ex, err := reader.Read(context.Background(), bytes.NewReader(b), int64(len(b)), extract.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return ex
}

// The same report as .docx and, saved by LibreOffice, as .doc reads the same:
// blocks, cells, and all that is made of them.
func TestWordBinarySameAsDOCX(t *testing.T) {
	files := map[string][]byte{}
	for seed := range uint64(6) {
		r := fixture.New(seed, []string{"2021", "2019"}[seed%2])
		b, err := r.DOCX()
		if err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("report%d.docx", seed)] = b
	}
	for name, b := range office(t, "doc", files) {
		binary, word := readFile(t, b), readFile(t, files[name])
		if binary.Format != extract.FormatDOC || len(binary.Warnings) > 0 {
			t.Errorf("%s: %s, warnings %v", name, binary.Format, binary.Warnings)
		}
		if a, b := lines(binary.Document), lines(word.Document); a != b {
			t.Errorf("%s as .doc:\n%s\nas .docx:\n%s", name, a, b)
		}
		got := convert.Convert(binary, source(name), convert.Options{}).Report
		want := convert.Convert(word, source(name), convert.Options{}).Report
		if a, b := jsonOf(t, got), jsonOf(t, want); !bytes.Equal(a, b) {
			t.Errorf("%s: the report as .doc:\n%s\nas .docx:\n%s", name, a, b)
		}
	}
}

// lines is a document as it is seen: without places, which differ between formats as
// programs round the edges of cells when they save, and without page numbers, which are
// those a program has last worked out.
func lines(d *extract.Document) string {
	var b strings.Builder
	d = grid.Seen(d)
	for i := range d.Blocks {
		bl := &d.Blocks[i]
		if bl.Role == "footer" && strings.Trim(bl.Text, "— 0123456789") == "" {
			continue
		}
		number := ""
		if bl.Number != nil {
			number = *bl.Number
		}
		fmt.Fprintf(&b, "%s %d %s %q %s %g %t: %q\n", bl.Type, bl.Level, bl.Role, number, bl.Align, bl.Size, bl.Bold, bl.Text)
		if bl.Table == nil {
			continue
		}
		fmt.Fprintf(&b, "  %d header rows\n", d.Tables[*bl.Table].HeaderRows)
		for _, c := range d.Tables[*bl.Table].Cells {
			fmt.Fprintf(&b, "  %d+%d %d+%d: %q\n", c.Row, c.RowSpan, c.Column, c.ColumnSpan, c.Text)
		}
	}
	return b.String()
}
