package html

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

func TestRefused(t *testing.T) {
	lim := extract.DefaultLimits()
	small := lim
	small.TableCells, small.DecompressedBytes = 1000, 10_000_000
	for name, tt := range map[string]struct {
		page string
		lim  extract.Limits
		says string
	}{
		"too large":     {strings.Repeat("a", 10_000_001), small, "html_bytes=10000000"},
		"too many tags": {strings.Repeat("<p>a", maxTags+1), lim, "html_tags=524288"},
		"many elements": {strings.Repeat("<b>", 500_000), lim, "depth=512"},
		"deep":          {strings.Repeat("<div>", 1000), lim, "depth=512"},
		"deep tables":   {strings.Repeat("<table><tr><td>", 1000), lim, "depth=512"},
		"wide table":    {"<table><tr>" + strings.Repeat("<td>", 1001), small, "table_cells=1000"},
		"long spans":    {"<table>" + strings.Repeat("<tr><td rowspan=65535 colspan=1000>", 100), small, "table_cells=1000"},
		"many tables":   {strings.Repeat("<table><tr><td></table>", 1001), small, "table_cells=1000"},
		"grid":          {"<table><tr><td>" + strings.Repeat("<td colspan=1000>a", 40) + strings.Repeat("<tr><td>a", 40), small, "table_cells=1000"},
	} {
		_, err := readBytes([]byte(tt.page), tt.lim)
		e := extract.AsError(err)
		if e == nil || e.Code != extract.CodeLimit || !strings.Contains(e.Error(), tt.says) {
			t.Errorf("%s: %v, want %s", name, err, tt.says)
		}
	}
}

// Spans are followed by the rows there are, not by what they claim.
func TestTableBombs(t *testing.T) {
	for name, page := range map[string]string{
		"one cell":   "<table><tr><td rowspan=65535 colspan=65535>a<td>b</table>",
		"many spans": "<table><tr>" + strings.Repeat("<td rowspan=65535 colspan=1000>a", 500) + "</table>",
		"columns":    "<table>" + strings.Repeat("<col span=1000>", 1000) + "<tr><td>a</table>",
		"classes":    "<style>" + strings.Repeat(".a{color:red}", 20_000) + "</style>" + strings.Repeat("<p class='"+strings.Repeat("a ", 100)+"'>x", 2000),
		"skipped":    "<table><tr>" + strings.Repeat("<td colspan=1000 style='mso-cell-special:placeholder'>", 10_000) + "<td>a</table>",
	} {
		e, err := readBytes([]byte(page), extract.DefaultLimits())
		checkReading(t, name, e, err)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("broken disk")
	if _, err := Read(failing{broken}, 100, extract.DefaultLimits()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := ReadMHT(failing{broken}, 100, extract.DefaultLimits()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

// checkReading checks what holds for every reading: an error is typed and comes
// alone, a document is whole.
func checkReading(t *testing.T, name string, e *extract.Extraction, err error) {
	t.Helper()
	if err != nil {
		if extract.AsError(err) == nil || e != nil {
			t.Fatalf("%s: error %v with %v", name, err, e)
		}
		return
	}
	for i := range e.Document.Tables {
		tab := &e.Document.Tables[i]
		covered := map[[2]int]bool{}
		for _, c := range tab.Cells {
			if c.Row < 0 || c.Column < 0 || c.RowSpan < 1 || c.ColumnSpan < 1 || c.Row+c.RowSpan > tab.Rows || c.Column+c.ColumnSpan > tab.Columns {
				t.Fatalf("%s: cell out of the table: %+v in %d×%d", name, c, tab.Rows, tab.Columns)
			}
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
					if covered[[2]int{r, k}] {
						t.Fatalf("%s: position %d,%d covered twice", name, r, k)
					}
					covered[[2]int{r, k}] = true
				}
			}
		}
	}
	for _, b := range e.Document.Blocks {
		if b.Part == nil {
			t.Fatalf("%s: block without a part: %+v", name, b)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"<style>p{text-align:center}.a,b{display:none}</style><p class=a>x<h1>y<table><col width=5><tr><td rowspan=2>a<td colspan=3>b<tr><td>c</table>",
		"<ol start=5 type=i><li>a<ul><li value=3>b</ol><pre>a\n b</pre><p style='mso-list:Ignore'>1.</p><img width=5%>",
		"<table><tr><td rowspan=3>a<td>b<tr><td colspan=9>c<tr><td style='mso-cell-special:placeholder'><td><table><tr><td>x</table></table>",
		"<div style='mso-element:footnote'>a<table><tr><td>b</table></div><span style='mso-ignore:vglayout'><table><tr><td>t</table></span>",
		"\xff\xfe<\x00p\x00>\x00", "<meta charset=gbk>\xc4\xea", "<svg><title>x</title></svg><select><option>a</select><q>b</q><br><br>c",
	} {
		f.Add([]byte(s))
	}
	lim := extract.DefaultLimits()
	lim.TableCells, lim.DecompressedBytes = 5000, 1<<20
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := readBytes(b, lim)
		checkReading(t, "fuzz", e, err)
		again, errAgain := readBytes(b, lim)
		if d := cmp.Diff(e, again); d != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("a second reading differs: %v, %v\n%s", err, errAgain, d)
		}
	})
}

func FuzzMHT(f *testing.F) {
	f.Add(archive("multipart/related", "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E5=B9=B4"))
	f.Add(archive("multipart/related; start=\"<a>\"", "Content-Type: text/html\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+YQ=="))
	f.Add("Content-Type: text/html; charset=x\r\n\r\n<p>")
	lim := extract.DefaultLimits()
	lim.TableCells, lim.DecompressedBytes = 5000, 1<<20
	f.Fuzz(func(t *testing.T, s string) {
		e, err := readMHT(s, lim)
		checkReading(t, "fuzz", e, err)
	})
}

// typical is a report of the usual size as Word writes it: six chapters, three
// tables of 14 rows and 10 columns.
func typical() []byte {
	const span = `<span lang=EN-US style='font-size:16.0pt;font-family:仿宋;mso-bidi-font-family:仿宋'>`
	para := `<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'>` + span + strings.Repeat("本机关按照要求做好信息公开工作，", 12) + "<o:p></o:p></span></p>\n"
	cell := `<td width=60 valign=top style='width:45.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'><p class=MsoNormal align=center style='text-align:center'>` +
		span + "指标12</span></p></td>\n"
	var b strings.Builder
	b.WriteString("<html><head><meta charset=utf-8><style>p.MsoNormal{margin:0cm;text-align:justify;font-size:10.5pt}</style></head><body>")
	for chapter := range 6 {
		b.WriteString("<h1>本章题目</h1>" + strings.Repeat(para, 5))
		if chapter%2 == 0 {
			b.WriteString("<table>" + strings.Repeat("<tr>"+strings.Repeat(cell, 10)+"</tr>", 14) + "</table>")
		}
	}
	return []byte(b.String() + "</body></html>")
}

func BenchmarkRead(b *testing.B) {
	page := typical()
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		e, err := readBytes(page, extract.DefaultLimits())
		if err != nil || len(e.Document.Tables) != 3 {
			b.Fatal(err)
		}
	}
}

// The cost of reading grows with the input, not with its square.
func TestLinearAllocations(t *testing.T) {
	count := func(page string) float64 {
		return testing.AllocsPerRun(2, func() {
			if _, err := readBytes([]byte(page), extract.DefaultLimits()); err != nil {
				t.Fatal(err)
			}
		})
	}
	for name, piece := range map[string]string{
		"paragraphs": "<p>a", "tables": "<table><tr><td>a<td>1</table>", "lists": "<ol><li>a</ol>", "breaks": "a<br><br>", "hidden": "<p hidden>a",
	} {
		small, large := count(strings.Repeat(piece, 300)), count(strings.Repeat(piece, 3000))
		if large > small*30 {
			t.Errorf("%s: %g allocations for 300, %g for 3000", name, small, large)
		}
	}
}
