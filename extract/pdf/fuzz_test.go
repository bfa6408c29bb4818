package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"nianbao/extract"
	"nianbao/extract/page"
)

// smallLimits end every fuzzed input soon.
func smallLimits() extract.Limits {
	return extract.Limits{DecompressedBytes: 4 << 20, Pages: 20, Depth: 32, Operators: 20_000, Glyphs: 5_000}
}

// checkPage fails where a page breaks what package page promises.
func checkPage(t *testing.T, p *page.Page, lim extract.Limits) {
	t.Helper()
	if !(p.Width > 0 && p.Height > 0 && page.Usable(p.Width)) {
		t.Fatalf("page of %v × %v", p.Width, p.Height)
	}
	if len(p.Glyphs) > lim.Glyphs || len(p.Warnings) > maxWarnings {
		t.Fatalf("%d glyphs, %d warnings", len(p.Glyphs), len(p.Warnings))
	}
	inOrder := func(b page.Box) bool { return b.X0 <= b.X1 && b.Y0 <= b.Y1 && page.Usable(b.X0) && page.Usable(b.Y1) }
	for _, g := range p.Glyphs {
		if !inOrder(g.Box) || !page.Usable(g.X) || !page.Usable(g.Y) || !page.Usable(g.Size) || g.Angle < 0 || g.Angle >= 360 ||
			g.Font < 0 || g.Font >= len(p.Fonts) || !utf8.ValidString(g.Text) || g.Text == "" && !g.Unmapped {
			t.Fatalf("glyph %+v", g)
		}
	}
	for _, r := range p.Rulings {
		if !inOrder(page.Box{X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1}) || r.X0 != r.X1 && r.Y0 != r.Y1 || !(r.Width >= 0) {
			t.Fatalf("ruling %+v", r)
		}
	}
	for _, i := range p.Images {
		if !inOrder(i.Box) {
			t.Fatalf("image %+v", i)
		}
	}
	for _, w := range p.Warnings {
		if w.Code == "" || w.Message == "" || w.Page == nil || *w.Page != p.Number {
			t.Fatalf("warning %+v", w)
		}
	}
}

// fuzzResources are what fuzzed content may name.
func fuzzResources(f *testFile) string {
	u := f.stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <00FF> <4E00> endbfrange")
	cid := f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-V /ToUnicode %d 0 R /DescendantFonts [<</Subtype /CIDFontType2 /W [1 [500]]>>]>>", u)
	form := f.reserve()
	body := "q 2 0 0 2 9 9 cm BT /F2 4 Tf <00010002> Tj ET /X Do Q BDC"
	f.set(form, "<</Subtype /Form /BBox [0 0 99 99] /Length %d>>\nstream\n%s\nendstream", len(body), body)
	names := ""
	for c := 'A'; c < 'Z'; c += 2 {
		names += fmt.Sprintf(" %d /a%d", c, c)
	}
	odd := f.add("<</Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /CharProcs <<>> /Encoding <</Differences [%s]>>>>", names)
	member := f.add("<</Type /OCMD /OCGs [%d 0 R] /P /AllOff /VE [/Or [/Not %d 0 R] %d 0 R]>>", odd, odd, cid)
	return fmt.Sprintf("/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> /F2 %d 0 R /F3 %d 0 R>> /XObject <</X %d 0 R>> "+
		"/ExtGState <</G <</LW 3 /ca 0 /Font [%d 0 R 7]>>>> /ColorSpace <</C [/Separation /A /B]>> /Properties <</P <</ActualText (ab)>> /M %d 0 R>>", cid, odd, form, cid, member)
}

func FuzzContent(f *testing.F) {
	for _, s := range []string{
		hello, "q 1 0 0 1 5 5 cm /X Do Q", "BT /F2 12 Tf 20 Tz 3 Tr (ab) ' [(a)-99(b)] TJ 1 2 (x) \" T* ET",
		"1 w 10 10 m 50 10 l 50 90 l s 5 5 90 .5 re f 0 0 9 9 re W* n 1 2 3 4 5 6 c 1 2 3 4 v 9 9 9 9 re B*",
		"/Span <</ActualText <FEFF4E2D>>> BDC BT /F1 9 Tf (abc) Tj ET EMC /P /P BDC EMC", "BI /W 1 ID x EI Q", "/G gs /C cs 0 scn f",
		"[[[<<(((\\053)<4>", "1e9 0 0 1e9 0 0 cm 99999999999 0 0 9 9 9 Tm", "/Artifact BMC BT /F1 1e30 Tf (a) Tj ET",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		file := &testFile{}
		res := fuzzResources(file)
		d, err := openLimited(onePage(file, res, string(content), ""), smallLimits())
		if err != nil {
			t.Fatal(err)
		}
		p, err := d.Page(1)
		if err != nil {
			if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit {
				t.Fatalf("content made the page unreadable: %v", err)
			}
			return
		}
		checkPage(t, p, smallLimits())
	})
}

func FuzzCMap(f *testing.F) {
	f.Add([]byte("1 begincodespacerange <00> <7F> endcodespacerange 1 begincidrange <20> <7E> 1 endcidrange"), []byte("abc"))
	f.Add([]byte("2 beginbfrange <0000> <FFFFFFFF> <D800> <30> <39> [<31> /A 5] endbfrange /Identity-V usecmap"), []byte{0xFF, 0, 1})
	f.Add([]byte("1 beginbfchar <41> <D840DC0B> endbfchar /WMode 1 def"), []byte("A"))
	f.Add([]byte("/GBK-EUC-V usecmap 1 begincidchar <8140> 7 endcidchar"), []byte("\x81\x40\xa3\xa8A"))
	f.Add([]byte("/Adobe-Japan1-UCS2 usecmap 1 begincodespacerange <00> <7F> endcodespacerange"), []byte("A\x0b\xa4"))
	f.Add([]byte("/UniGB-UTF16-V usecmap"), []byte("\xd8\x40\xdc\x87\xd8"))
	f.Fuzz(func(t *testing.T, src, text []byte) {
		m := parseCMap(src)
		if n := len(m.cids) + len(m.texts) + len(m.singles); n > len(src) {
			t.Fatalf("%d entries from %d bytes", n, len(src))
		}
		for len(text) > 0 {
			code, n := m.next(text)
			if n < 1 || n > min(4, len(text)) {
				t.Fatalf("a code of %d bytes", n)
			}
			m.cid(code, n)
			if s := m.text(code, n); !utf8.ValidString(s) {
				t.Fatalf("text %q", s)
			}
			text = text[n:]
		}
	})
}

func FuzzSfnt(f *testing.F) {
	f.Add(testFont(map[rune]uint16{'A': 1, '中': 2}))
	f.Add(testCFF())
	f.Add([]byte("%!PS\n/Encoding 256 array dup 65 /A put readonly def eexec"))
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := parseProgram(data)
		if p == nil {
			return
		}
		if len(p.byGID) > 4*maxGlyphs || len(p.names) > maxGlyphs || len(p.gidOfCID) > maxGlyphs {
			t.Fatalf("%d, %d, %d entries", len(p.byGID), len(p.names), len(p.gidOfCID))
		}
		for c := range 256 {
			if s := p.codeText(c, ""); strings.Contains(s, "\x00") {
				t.Fatalf("code %d: %q", c, s)
			}
			p.gidText(uint32(c), uint32(c), c%2 == 0)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(helloFile())
	f.Add(encrypted(2, ""))
	f.Add(encrypted(4, ""))
	f.Add(encrypted256(5, "", ""))
	f.Add(encrypted256(6, "", ""))
	f.Add(manyPages(3, 3))
	f.Add(packed("<</Type /ObjStm /N 3 /First %d /Filter /FlateDecode"))
	f.Add(hugeCMap())
	rich := &testFile{}
	onePage(rich, fuzzResources(rich), "/X Do BT /F1 9 Tf (a) Tj /F2 9 Tf (bc) Tj /OC /M BDC /F3 9 Tf (AC) Tj EMC ET", "/Rotate 90 /Annots [4 0 R]")
	rich.root = rich.add("<</Type /Catalog /Pages %d 0 R /OCProperties <</D <</OFF [4 0 R 1 0 R]>>>>>>", rich.root-2)
	f.Add(rich.bytes())
	lost := bytes.Replace(rich.bytes(), []byte("startxref\n"), []byte("startxref\n9"), 1)
	f.Add(bytes.Replace(lost, []byte("/Root "), []byte("/Root 1 0 R /Was "), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<18 || overTheLibrary(data) {
			return
		}
		lim := smallLimits()
		d, err := Open(bytes.NewReader(data), int64(len(data)), lim)
		if err != nil {
			if e := extract.AsError(err); e == nil || e.Detail == "" {
				t.Fatalf("error %v", err)
			}
			return
		}
		if n := d.NumPages(); n < 1 || n > lim.Pages {
			t.Fatalf("%d pages", n)
		}
		for n := range d.NumPages() {
			p, err := d.Page(n + 1)
			if err == nil {
				checkPage(t, p, lim)
			} else if e := extract.AsError(err); e == nil || e.Detail == "" {
				t.Fatalf("page %d: %v", n+1, err)
			}
		}
	})
}

// overTheLibrary tells inputs that may send the library into endless recursion,
// which nothing in this process can stop: those are the sandbox's.
func overTheLibrary(data []byte) bool {
	return bytes.Contains(data, []byte("ObjStm")) && bytes.Contains(data, []byte("Encrypt"))
}
