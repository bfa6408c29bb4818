package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"

	"nianbao/extract/page"
	"nianbao/extract/pdf/cid"
)

// samples are what the fonts of a collection show in the tests: ideographs,
// punctuation that has another form in vertical writing, half-width characters.
var samples = map[string]string{
	"GB1":    "主动公开信息（一）、第3条：A1。《年报》——结转",
	"CNS1":   "主動公開資訊（一）、第3條：A1。《年報》結轉",
	"Japan1": "情報公開の年次（一）、第3条：A1。「カナ」結果",
	"Korea1": "정보공개（一）、제3조：A1。《보고》決定",
	"KR":     "정보공개（一）、제3조：A1。《보고》",
}

// table118 has the character set of each predefined CMap that is not Unicode.
var table118 = map[string]encoding.Encoding{
	"GB-EUC": simplifiedchinese.GBK, "GBpc-EUC": simplifiedchinese.GBK, "GBK-EUC": simplifiedchinese.GBK, "GBKp-EUC": simplifiedchinese.GBK,
	"GBK2K": simplifiedchinese.GB18030, "B5pc": traditionalchinese.Big5, "HKscs-B5": traditionalchinese.Big5, "ETen-B5": traditionalchinese.Big5,
	"ETenms-B5": traditionalchinese.Big5, "CNS-EUC": nil, "83pv-RKSJ": japanese.ShiftJIS, "90ms-RKSJ": japanese.ShiftJIS,
	"90msp-RKSJ": japanese.ShiftJIS, "90pv-RKSJ": japanese.ShiftJIS, "Add-RKSJ": japanese.ShiftJIS, "Ext-RKSJ": japanese.ShiftJIS,
	"EUC": japanese.EUCJP, "": nil, "KSC-EUC": korean.EUCKR, "KSCms-UHC": korean.EUCKR, "KSCms-UHC-HW": korean.EUCKR, "KSCpc-EUC": korean.EUCKR,
}

// encodeFor writes text in the codes of a CMap; characters that its set lacks
// are left out of both results.
func encodeFor(m *cid.CMap, text string) (codes []byte, shown string) {
	base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(m.Name(), "H"), "V"), "-")
	for _, r := range text {
		var raw []byte
		switch {
		case strings.Contains(base, "UTF8"):
			raw = []byte(string(r))
		case strings.Contains(base, "UTF32"):
			raw = []byte{0, byte(r >> 16), byte(r >> 8), byte(r)}
		case strings.HasPrefix(base, "Uni"):
			for _, u := range utf16.Encode([]rune{r}) {
				raw = append(raw, byte(u>>8), byte(u))
			}
		case table118[base] != nil:
			raw, _ = table118[base].NewEncoder().Bytes([]byte(string(r)))
		default:
			raw = searchCode(m, r)
		}
		if code, n := codeOf(raw), len(raw); n > 0 {
			if _, ok := m.CID(code, n); ok {
				codes, shown = append(codes, raw...), shown+string(r)
			}
		}
	}
	return codes, shown
}

// searchCode is the code of a character in a CMap without an encoder here.
func searchCode(m *cid.CMap, want rune) []byte {
	for code := range uint32(1 << 16) {
		raw := []byte{byte(code >> 8), byte(code)}
		if code < 0x80 {
			raw = raw[1:]
		}
		if c, n := m.Next(raw); n == len(raw) && page.Normalize(m.Text(c, n)) == string(want) {
			return raw
		}
	}
	return nil
}

// foreign is a font object that is neither embedded nor has a ToUnicode map.
func foreign(f *testFile, cmap, ordering, more string) int {
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /%s /DescendantFonts [<</Type /Font /Subtype /CIDFontType0 /BaseFont /Song "+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (%s) /Supplement 2>> %s /FontDescriptor <</Type /FontDescriptor /FontName /Song /Flags 4 "+
		"/FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /ItalicAngle 0 /StemV 80 /CapHeight 700>>>>]>>", cmap, ordering, more)
}

// Each predefined CMap shows the text that was written in its codes.
func TestPredefinedCMaps(t *testing.T) {
	maps := 0
	for ordering, text := range samples {
		for _, name := range cid.Names(ordering) {
			base, dir := strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V"), name[len(name)-1:]
			if _, standard := table118[base]; !standard && !strings.HasPrefix(name, "Uni") && len(name) > 1 {
				continue
			}
			codes, want := encodeFor(cid.Predefined(name), text)
			if strings.Contains(base, "-RKSJ") || base == "EUC" || name == "H" || name == "V" {
				want = strings.ReplaceAll(want, "—", "―")
			}
			p := withFont(t, fmt.Sprintf("<%x> Tj", codes), func(f *testFile) int { return foreign(f, name, ordering, "") })
			if got := unmapped(p); got != want || len([]rune(want)) < 10 {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
			if p.Glyphs[0].Vertical != (dir == "V") {
				t.Errorf("%s: vertical %v", name, p.Glyphs[0].Vertical)
			}
			maps++
		}
	}
	if maps < 60 {
		t.Errorf("only %d CMaps", maps)
	}
}

// Two other programs read the same from a page with a font of each CMap. Poppler
// takes the half-width CIDs 814–939 of GB1 for full-width letters and lacks two
// signs of KSCpc-EUC; MuPDF sets spaces of its own.
func TestPredefinedAgainstOthers(t *testing.T) {
	f := &testFile{}
	var fonts, ops strings.Builder
	var names []string
	for _, ordering := range []string{"GB1", "CNS1", "Japan1", "Korea1"} {
		for _, name := range cid.Names(ordering) {
			base, h := strings.CutSuffix(name, "-H")
			if _, standard := table118[base]; !h || !standard && !strings.HasPrefix(name, "Uni") || strings.Contains(name, "UTF8") ||
				strings.Contains(name, "UTF32") || strings.Contains(name, "2004") {
				continue
			}
			codes, _ := encodeFor(cid.Predefined(name), samples[ordering])
			n := len(names)
			fmt.Fprintf(&fonts, "/F%d %d 0 R ", n, foreign(f, name, ordering, ""))
			fmt.Fprintf(&ops, "BT /F%d 9 Tf 1 0 0 1 20 %d Tm <%x> Tj ET\n", n, 780-12*n, codes)
			names = append(names, name)
		}
	}
	lines := len(names)
	data := onePage(f, "/Font <<"+fonts.String()+">>", ops.String(), "")
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var ours strings.Builder
	last := -1.0
	for _, g := range readPage(t, data).Glyphs {
		if last >= 0 && g.Y > last+1 {
			ours.WriteByte('\n')
		}
		ours.WriteString(g.Text)
		last = g.Y
	}
	want := strings.Split(ours.String(), "\n")
	if len(want) != lines {
		t.Fatalf("%d lines of %d", len(want), lines)
	}
	for _, cmd := range [][]string{{"pdftotext", "-raw", path, "-"}, {"mutool", "draw", "-q", "-F", "text", path}} {
		tool, err := exec.LookPath(cmd[0])
		if err != nil {
			if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
				t.Fatalf("%s is missing", cmd[0])
			}
			t.Logf("%s is missing: nothing to compare with", cmd[0])
			continue
		}
		out, err := exec.Command(tool, cmd[1:]...).Output()
		if err != nil {
			t.Fatal(err)
		}
		theirs := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(theirs) != lines {
			t.Fatalf("%s: %d lines of %d: %q", cmd[0], len(theirs), lines, theirs)
		}
		for i, w := range want {
			got := norm.NFKC.String(strings.ReplaceAll(theirs[i], " ", ""))
			known := names[i] == "KSCpc-EUC-H" && cmd[0] == "pdftotext"
			if got != norm.NFKC.String(w) && !known {
				t.Errorf("%s: %q, here %q", cmd[0], theirs[i], w)
			}
		}
	}
}
