package main

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
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// savedBy has LibreOffice save Word files in another format and returns the
// folder of the copies, named as the files are. Without LibreOffice the test is
// skipped, or fails where NIANBAO_TEST_REQUIRE is 1.
func savedBy(t *testing.T, format string, files map[string][]byte) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
			t.Fatal("LibreOffice (soffice) is not installed, and NIANBAO_TEST_REQUIRE=1 forbids skipping")
		}
		t.Skip("LibreOffice (soffice) is not installed")
	}
	in, out := t.TempDir(), t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", format, "--outdir", out}
	for name, content := range files {
		path := filepath.Join(in, name+".docx")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if msg, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, msg)
	}
	return out
}

// madeReports are reports of both forms as Word files, by name.
func madeReports(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, f := range form.All() {
		for seed := range uint64(4) {
			b, err := fixture.New(seed, f.ID).DOCX()
			if err != nil {
				t.Fatal(err)
			}
			files[fmt.Sprintf("%s-%d", f.ID, seed)] = b
		}
	}
	return files
}

func extracted(t *testing.T, content []byte) *extract.Extraction {
	t.Helper()
	e, err := reader.Read(t.Context(), bytes.NewReader(content), int64(len(content)), extract.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// contentLines writes tables and text of a document in lines.
func contentLines(d *extract.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		if b.Table == nil {
			out = append(out, fmt.Sprintf("%s%d %s %s", b.Type, b.Level, b.Role, b.Text))
			continue
		}
		t := &d.Tables[*b.Table]
		out = append(out, fmt.Sprintf("table %d×%d", t.Rows, t.Columns))
		for _, c := range t.Cells {
			out = append(out, fmt.Sprintf("%d,%d+%d×%d %s", c.Row, c.Column, c.RowSpan, c.ColumnSpan, c.Text))
		}
	}
	return out
}

// TestSavedAsRTF: a report that LibreOffice saves as RTF is read as its Word file
// is, every block and cell.
func TestSavedAsRTF(t *testing.T) {
	files := madeReports(t)
	copies := savedBy(t, "rtf", files)
	for name, content := range files {
		saved, err := os.ReadFile(filepath.Join(copies, name+".rtf"))
		if err != nil {
			t.Fatal(err)
		}
		want, got := extracted(t, content), extracted(t, saved)
		if got.Format != extract.FormatRTF || len(got.Warnings) > 0 {
			t.Errorf("%s: format %s, warnings %v", name, got.Format, got.Warnings)
		}
		a, b := contentLines(want.Document), contentLines(got.Document)
		for i := range max(len(a), len(b)) {
			if i >= len(a) || i >= len(b) || a[i] != b[i] {
				t.Errorf("%s: line %d of %d, %d:\nWord %q\nRTF  %q", name, i, len(a), len(b), lineAt(a, i), lineAt(b, i))
				break
			}
		}
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "—"
}

// TestSavedAsPage: as a web page a report loses what LibreOffice does not write
// (headers, Chinese automatic numbers, columns where edges differ by a hair), but
// no figure and no name.
func TestSavedAsPage(t *testing.T) {
	files := madeReports(t)
	copies := savedBy(t, "html", files)
	for name, content := range files {
		saved, err := os.ReadFile(filepath.Join(copies, name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		want := convert.Convert(extracted(t, content), report.Source{}, convert.Options{}).Report
		got := convert.Convert(extracted(t, saved), report.Source{}, convert.Options{}).Report
		if a, b := identityOf(&want), identityOf(&got); a != b {
			t.Errorf("%s: Word %s, page %s", name, a, b)
		}
		f, ok := form.Lookup(want.Form)
		if !ok {
			t.Fatalf("%s: form %q", name, want.Form)
		}
		for i := range f.Tables {
			table := &f.Tables[i]
			for _, c := range table.Cells() {
				path := strings.TrimPrefix(c.Path, "/report/"+table.Key+"/")
				if a, b := figureAt(want.Table(table.Key), path), figureAt(got.Table(table.Key), path); a != b {
					t.Errorf("%s: %s: Word %s, page %s", name, c.Path, a, b)
				}
			}
		}
	}
}

func figureAt(n *report.Node, path string) string {
	if n == nil || n.At(path) == nil || n.At(path).Value == nil {
		return "—"
	}
	return string(*n.At(path).Value)
}

// identityOf is what names a report.
func identityOf(r *report.Report) string {
	text := func(s *string) string {
		if s == nil {
			return "—"
		}
		return *s
	}
	return fmt.Sprint(text(r.Title), text(r.Agency), r.Form, r.Year != nil, text(r.SignedBy), r.SignedOn != nil && r.SignedOn.Year > 0)
}
