package convert_test

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
	"nianbao/extract"
)

// madeReports are made reports of both forms as Word files.
func madeReports(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for seed := range uint64(6) {
		b, err := fixture.New(seed, []string{"2021", "2019"}[seed%2]).DOCX()
		if err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("report%d.docx", seed)] = b
	}
	return files
}

var headerRows = regexp.MustCompile(`\d+ header rows`)

// The same report as .docx and, saved by LibreOffice, as .rtf reads the same:
// blocks, cells, and all that is made of them.
func TestRichTextSameAsDOCX(t *testing.T) {
	files := madeReports(t)
	for name, b := range office(t, "rtf", files) {
		rich, word := readFile(t, b), readFile(t, files[name])
		if rich.Format != extract.FormatRTF || len(rich.Warnings) > 0 {
			t.Errorf("%s: %s, warnings %v", name, rich.Format, rich.Warnings)
		}
		// LibreOffice does not write in RTF which rows are repeated as headers.
		if a, b := headerRows.ReplaceAllString(lines(rich.Document), ""), headerRows.ReplaceAllString(lines(word.Document), ""); a != b {
			t.Errorf("%s as .rtf:\n%s\nas .docx:\n%s", name, a, b)
		}
		got := convert.Convert(rich, source(name), convert.Options{}).Report
		want := convert.Convert(word, source(name), convert.Options{}).Report
		if a, b := jsonOf(t, got), jsonOf(t, want); !bytes.Equal(a, b) {
			t.Errorf("%s: the report as .rtf:\n%s\nas .docx:\n%s", name, a, b)
		}
	}
}

// As a web page a report loses what LibreOffice does not write, as Chinese
// automatic numbers, and gains columns where edges differ by a hair, but each
// figure, and what names the report, is the same.
func TestPageSameAsDOCX(t *testing.T) {
	files := madeReports(t)
	for name, b := range office(t, "html", files) {
		page, word := readFile(t, b), readFile(t, files[name])
		if page.Format != extract.FormatHTML {
			t.Errorf("%s: %s", name, page.Format)
		}
		got := convert.Convert(page, source(name), convert.Options{}).Report
		want := convert.Convert(word, source(name), convert.Options{}).Report
		if a, b := jsonOf(t, essence(&got)), jsonOf(t, essence(&want)); !bytes.Equal(a, b) {
			t.Errorf("%s: the report as .html:\n%s\nas .docx:\n%s", name, a, b)
		}
	}
}

// essence is what names a report and its figures.
func essence(r *report.Report) any {
	type tables struct{ Proactive, Applications, Challenges *report.Node }
	return struct {
		Title, Agency, SignedBy *string
		Year                    *int
		Form                    string
		SignedOn                *report.Date
		Tables                  tables
	}{r.Title, r.Agency, r.SignedBy, r.Year, r.Form, r.SignedOn, tables{r.ProactiveDisclosure, r.Applications, r.LegalChallenges}}
}

// What Word documents have besides text and plain tables survives being saved as
// .rtf.
func TestRichWordAsRichTextSameAsDOCX(t *testing.T) {
	word := richWord(t)
	rich := office(t, "rtf", map[string][]byte{"rich.docx": word})["rich.docx"]
	if a, b := lines(readFile(t, rich).Document), lines(readFile(t, word).Document); a != b {
		t.Errorf("as .rtf:\n%s\nas .docx:\n%s", a, b)
	}
}
