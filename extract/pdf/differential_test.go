package pdf

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAgainstPdftotext compares text and boxes with those of poppler, one word
// a line in different fonts and states.
func TestAgainstPdftotext(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
			t.Fatal("pdftotext is missing")
		}
		t.Skip("pdftotext is missing: nothing to compare with")
	}
	f := &testFile{}
	u := f.flate("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <4FFF> <4E00> endbfrange")
	cid := f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /S %s "+
		"/W [20 [500 700 900] 40 50 250] /FontDescriptor <</Type /FontDescriptor /FontName /S /Flags 4 /Ascent 900 /Descent -200 /FontBBox [0 -200 1000 900]>>>>]>>", u, cidInfo)
	simple := f.add("<</Type /Font /Subtype /TrueType /BaseFont /Other /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [600 300 900 450] " +
		"/FontDescriptor <</Type /FontDescriptor /FontName /Other /Flags 32 /Ascent 905 /Descent -212 /FontBBox [0 -212 1000 905]>>>>")
	lines := []string{
		"/F1 10 Tf 100 Tz (Helvetica) Tj", "/F2 12 Tf <0014001500160017> Tj", "/F2 9 Tf <0028002900140015> Tj", "/F3 14 Tf (ABCD) Tj",
		"/F1 10 Tf 80 Tz (narrow) Tj", "100 Tz 1.5 Tc (spaced) Tj", "0 Tc [(k) 120 (er) -80 (ned)] TJ", "/F2 8 Tf 4 Ts <00200021> Tj 0 Ts", "/F1 30 Tf (big) Tj",
	}
	var ops strings.Builder
	for i, l := range lines {
		fmt.Fprintf(&ops, "BT 1 0 0 1 %d %d Tm %s ET\n", 50+7*i, 700-50*i, l)
	}
	data := onePage(f, fmt.Sprintf("/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> /F2 %d 0 R /F3 %d 0 R>>", cid, simple), ops.String(), "")
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-bbox", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs struct {
		Words []struct {
			X0   float64 `xml:"xMin,attr"`
			Y0   float64 `xml:"yMin,attr"`
			X1   float64 `xml:"xMax,attr"`
			Y1   float64 `xml:"yMax,attr"`
			Text string  `xml:",chardata"`
		} `xml:"body>doc>page>word"`
	}
	if err := xml.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	if len(theirs.Words) != len(lines) {
		t.Fatalf("%d words of %d lines", len(theirs.Words), len(lines))
	}
	glyphs := readPage(t, data).Glyphs
	for _, w := range theirs.Words {
		n := len([]rune(w.Text))
		if n > len(glyphs) {
			t.Fatalf("%q: %d glyphs left", w.Text, len(glyphs))
		}
		text, box := "", glyphs[0].Box
		for _, g := range glyphs[:n] {
			text += g.Text
			box = box.Union(g.Box)
		}
		glyphs = glyphs[n:]
		off := max(box.X0-w.X0, w.X0-box.X0, box.X1-w.X1, w.X1-box.X1)
		if text != w.Text || off > 0.01 {
			t.Errorf("%q is %q there; x %.3f–%.3f, there %.3f–%.3f", text, w.Text, box.X0, box.X1, w.X0, w.X1)
		}
		if high := max(box.Y0-w.Y0, w.Y0-box.Y0, box.Y1-w.Y1, w.Y1-box.Y1); high > 0.5 {
			t.Errorf("%q: y %.2f–%.2f, there %.2f–%.2f", text, box.Y0, box.Y1, w.Y0, w.Y1)
		}
	}
}
