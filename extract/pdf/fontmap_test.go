package pdf

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// embeddedCID is a CIDFontType2 font with the given program, ToUnicode body and
// more of the descendant's dictionary.
func embeddedCID(f *testFile, program []byte, toUnicode, more string) int {
	unicode := ""
	if strings.HasPrefix(toUnicode, "/") {
		unicode = "/ToUnicode " + toUnicode
	} else if toUnicode != "" {
		unicode = fmt.Sprintf("/ToUnicode %d 0 R", f.flate("", "1 begincodespacerange <0000> <FFFF> endcodespacerange "+toUnicode))
	}
	file := ""
	if program != nil {
		file = fmt.Sprintf("/FontDescriptor <</FontFile2 %d 0 R>>", f.flate("", string(program)))
	}
	if !strings.Contains(more, "CIDSystemInfo") {
		more += cidInfo
	}
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H %s /DescendantFonts [<</Subtype /CIDFontType2 %s %s>>]>>", unicode, more, file)
}

const gb1Info = "/CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 2>>"

// Where ToUnicode says nothing, or nothing believable, the font program and the
// collection are asked; "?" are glyphs that no one knows.
func TestBrokenToUnicode(t *testing.T) {
	font := testFont(map[rune]uint16{'中': 1, 'A': 2, '文': 3, 0xE001: 4})
	for _, c := range []struct {
		name, show, want, toUnicode, more string
		program                           []byte
	}{
		{"replacement characters", "<000100020003> Tj", "中A文", "1 beginbfrange <0000> <FFFF> <FFFD> endbfrange", "", font},
		{"zeros", "<00010002> Tj", "中A", "2 beginbfchar <0001> <0000> <0002> <0000> endbfchar", "", font},
		{"control characters", "<00010002> Tj", "中A", "2 beginbfchar <0001> <0007> <0002> <0008> endbfchar", "", font},
		{"private characters", "<00010002> Tj", "中A", "2 beginbfchar <0001> <E123> <0002> <F8AB> endbfchar", "", font},
		{"private in both", "<00010004> Tj", "中?", "2 beginbfchar <0001> <4E2D> <0004> <E001> endbfchar", "", font},
		{"some codes only", "<00010002> Tj", "丁A", "1 beginbfchar <0001> <4E01> endbfchar", "", font},
		{"each code itself", "<000100020003> Tj", "中A文", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", "", font},
		{"each code itself, one by one", "<00010002> Tj", "中A", "2 beginbfchar <0001> <0001> <0002> <0002> endbfchar", "", font},
		{"a name", "<00010002> Tj", "中A", "/Identity-H", "", font},
		{"cidrange for bfrange", "<00010002> Tj", "??", "1 begincidrange <0001> <0002> 19969 endcidrange", "", nil},
		{"cidrange against the font", "<00010002> Tj", "中A", "1 begincidrange <0001> <0002> 19969 endcidrange", "", font},
		{"digits only", "<0011000100120002> Tj", "2?0?", "2 beginbfchar <0011> <0032> <0012> <0030> endbfchar", "", nil},
		{"digits only, against the font", "<0011000100120002> Tj", "2中0A", "2 beginbfchar <0011> <0032> <0012> <0030> endbfchar", "", font},
		{"nothing known", "<00010002> Tj", "??", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", "", nil},
		{"codes that are text", "<4E2D0041> Tj", "中A", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", "", nil},
		{"codes that are text, by name", "<4E2D0041> Tj", "??", "/Identity-H", "", nil},
		{"no entries for text", "<00410042> Tj", "??", "1 begincidrange <0000> <FFFF> 0 endcidrange", "", font},
		{"collection", "<11CF0022> Tj", "中A", "1 beginbfrange <0000> <FFFF> <FFFD> endbfrange", gb1Info, nil},
		{"collection against each code itself", "<11CF0022> Tj", "中A", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", gb1Info, nil},
		{"collection by name", "<11CF0022> Tj", "中A", "/Adobe-GB1-UCS2", "", nil},
		{"collection by usecmap", "<11CF0022> Tj", "中B", " /Adobe-GB1-UCS2 usecmap 1 beginbfchar <0022> <0042> endbfchar", "", nil},
		{"glyphs under the name of a collection", "<00010002> Tj", "中A", "", gb1Info, font},
		{"no ToUnicode, half-width letters of a collection", "<034E034F> Tj", "AB", "", gb1Info, nil},
	} {
		p := withFont(t, c.show, func(f *testFile) int { return embeddedCID(f, c.program, c.toUnicode, c.more) })
		if got := unmapped(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A ToUnicode map by name, which gives each code itself, holds where a
// CIDToGIDMap leads from characters to glyphs.
func TestCodesAreCharacters(t *testing.T) {
	p := withFont(t, "<4E2D0041> Tj", func(f *testFile) int {
		return embeddedCID(f, nil, "/Identity-H", fmt.Sprintf("/CIDToGIDMap %d 0 R", f.stream("", "\x00\x00")))
	})
	if got := unmapped(p); got != "中A" {
		t.Errorf("%q", got)
	}
}

// A CID-keyed CFF names its collection itself.
func TestCollectionOfCFF(t *testing.T) {
	index := func(items ...string) []byte {
		b := []byte{0, byte(len(items)), 1, 1}
		at := 1
		for _, s := range items {
			at += len(s)
			b = append(b, byte(at))
		}
		return append(b, strings.Join(items, "")...)
	}
	num := func(n int) string { return string([]byte{28, byte(n >> 8), byte(n)}) }
	build := func(charset, chars int) []byte {
		b := append([]byte{1, 0, 4, 1}, index("X")...)
		b = append(b, index(num(391)+num(392)+num(5)+"\x0c\x1e"+num(charset)+"\x0f"+num(chars)+"\x11")...)
		b = append(b, index("Adobe", "Japan1")...)
		return append(b, 0, 0)
	}
	at := len(build(0, 0))
	b := build(at, at+5)
	b = binary.BigEndian.AppendUint16(append(b, 0), 2980) // charset format 0
	b = binary.BigEndian.AppendUint16(b, 34)
	b = append(b, index("\x0e", "\x0e", "\x0e")...)
	p := withFont(t, "<0BA40022> Tj", func(f *testFile) int {
		ff := f.stream("/Subtype /CIDFontType0C", string(b))
		return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Subtype /CIDFontType0 %s /FontDescriptor <</FontFile3 %d 0 R>>>>]>>", cidInfo, ff)
	})
	if got := unmapped(p); got != "中A" {
		t.Errorf("%q", got)
	}
}

// Widths are by CID, which the code of a predefined CMap only leads to.
func TestWidthsOfPredefinedCMaps(t *testing.T) {
	for _, c := range []struct{ cmap, ordering, more, show, text, widths string }{
		{"GBK-EUC-H", "GB1", "/DW 1000 /W [814 939 500]", "<D6D0413120A3B1> Tj", "中A1 １", "1000 500 500 1000 1000"},
		{"GBK-EUC-H", "GB1", "/DW 1000 /W [814 939 500 7716 [500]]", "<412031> Tj", "A 1", "500 500 500"},
		{"GBKp-EUC-H", "GB1", "/W [1 [250 333] 34 [722]]", "<412021> Tj", "A !", "722 250 333"},
		{"UniGB-UCS2-H", "GB1", "/W [4559 [900] 34 [600]]", "<4E2D00414E00> Tj", "中A一", "900 600 1000"},
		{"UniGB-UTF16-H", "GB1", "/DW 800 /W [22048 22048 950]", "<D840DC874E2D> Tj", "𠂇中", "950 800"},
		{"90ms-RKSJ-H", "Japan1", "/W [231 632 500]", "<4196BCB1> Tj", "A名ｱ", "500 1000 500"},
		{"KSCms-UHC-HW-H", "Korea1", "/W [8094 8190 500]", "<41B0A1> Tj", "A가", "500 1000"},
		{"ETen-B5-H", "CNS1", "/W [13648 13742 500]", "<41A4A4> Tj", "A中", "500 1000"},
		{"Identity-H", "GB1", "/W [0 30000 700 814 939 500]", "<034E11CF> Tj", "A中", "500 700"},
		{"Identity-H", "GB1", "/W [0 30000 700 " + strings.Repeat("50 [500] ", 300) + "]", "<00320034> Tj", "QS", "500 700"},
	} {
		p := withFont(t, c.show, func(f *testFile) int { return foreign(f, c.cmap, c.ordering, c.more) })
		if unmapped(p) != c.text || advances(p) != c.widths {
			t.Errorf("%s: %q widths %s, want %q %s", c.cmap, unmapped(p), advances(p), c.text, c.widths)
		}
	}
}

// An embedded CMap may build on a predefined one.
func TestUsePredefinedCMap(t *testing.T) {
	p := withFont(t, "<D6D04142> Tj", func(f *testFile) int {
		cm := f.stream("/Type /CMap /CMapName /Own /UseCMap /GBK-EUC-H", "/GBK-EUC-H usecmap 1 begincidchar <42> 4559 endcidchar")
		return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding %d 0 R /DescendantFonts [<</Subtype /CIDFontType0 %s /W [4559 [900]]>>]>>", cm, gb1Info)
	})
	if unmapped(p) != "中A中" || advances(p) != "900 1000 900" {
		t.Errorf("%q widths %s", unmapped(p), advances(p))
	}
}

// In vertical writing W2 is by the CID of the vertical form, and the form's text
// is ordinary punctuation.
func TestVerticalForms(t *testing.T) {
	p := withFont(t, "<A3A8D6D0A1A2A1AA> Tj", func(f *testFile) int {
		return foreign(f, "GBK-EUC-V", "GB1", "/DW2 [880 -900] /W2 [580 [-400 500 800] 574 575 -300 250 700]")
	})
	if unmapped(p) != "（中、—" {
		t.Errorf("%q", unmapped(p))
	}
	for i, want := range []float64{4, 9, 3} {
		if d := p.Glyphs[i+1].Y - p.Glyphs[i].Y; !near(d, want) {
			t.Errorf("glyph %d moves by %.2f, want %.2f", i, d, want)
		}
	}
	p = withFont(t, "<000100020003> Tj", func(f *testFile) int {
		return embeddedCID(f, nil, "3 beginbfchar <0001> <FE35> <0002> <2F00> <0003> <FB01> endbfchar", "")
	})
	raw := p.Glyphs[0].Raw + p.Glyphs[1].Raw + p.Glyphs[2].Raw
	if unmapped(p) != "（一fi" || raw != "︵⼀ﬁ" {
		t.Errorf("%q from %q", unmapped(p), raw)
	}
}

func TestSymbolFonts(t *testing.T) {
	for _, c := range []struct{ name, show, want, font string }{
		{"Wingdings by code", "(n\\374\\250) Tj", "■✔◻", "/TrueType /BaseFont /Wingdings /Encoding /WinAnsiEncoding"},
		{"Wingdings 2 of a subset", "(R) Tj", "☑", "/TrueType /BaseFont /ABCDEF+Wingdings2"},
		{"Wingdings by ToUnicode", "(n\\377) Tj", "■?", "/TrueType /BaseFont /Wingdings-Regular /ToUnicode %d 0 R"},
		{"Symbol by ToUnicode", "(n\\377) Tj", "ν?", "/TrueType /BaseFont /SymbolMT /ToUnicode %d 0 R"},
		{"other font by ToUnicode", "(n) Tj", "?", "/TrueType /BaseFont /Fancy /ToUnicode %d 0 R"},
		{"Dingbats by name", "(\\001\\002) Tj", "✔①", "/Type1 /BaseFont /ZapfDingbats /Encoding <</Differences [1 /a20 /a120]>>"},
		{"names of Symbol", "(\\001\\002) Tj", "⎛®", "/Type1 /BaseFont /Symbol /Encoding <</Differences [1 /parenlefttp /registersans]>>"},
		{"names of the whole list", "(\\001\\002\\003\\004) Tj", "АなĀ1", "/Type1 /BaseFont /X /Encoding <</Differences [1 /afii10017 /nahiragana /Amacron /oneoldstyle]>>"},
	} {
		p := withFont(t, c.show, func(f *testFile) int {
			u := f.stream("", "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <F000> endbfrange")
			return f.add("<</Type /Font /Subtype %s>>", strings.Replace(c.font, "%d", fmt.Sprint(u), 1))
		})
		if got := unmapped(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Glyphs of a TrueType font without a Unicode cmap are known by their names in
// the post table: standard ones, and own ones.
func TestPostNames(t *testing.T) {
	post := make([]byte, 32)
	copy(post, []byte{0, 2, 0, 0})
	post = binary.BigEndian.AppendUint16(post, 4)
	for _, n := range []uint16{0, 36, 258, 225} { // .notdef, A, the own name, caron
		post = binary.BigEndian.AppendUint16(post, n)
	}
	post = append(post, "\x07uni4E2D"...)
	if got := strings.Join(postNames(post), " "); got != " uni0041 uni4E2D uni02C7" {
		t.Errorf("%q", got)
	}
	names := macGlyphNames()
	if len(names) != macGlyphs || names[3] != "uni0020" || names[97] != "uni007E" || names[98] != "uni00C4" || names[226] != "uni0141" || names[257] != "uni0111" {
		t.Errorf("%d names: %q", len(names), names)
	}
	if len(postNames([]byte{0, 1, 0, 0})) != macGlyphs || postNames([]byte{0, 3, 0, 0}) != nil {
		t.Error("formats 1 and 3")
	}
}

func TestType1Encodings(t *testing.T) {
	for src, want := range map[string]string{
		"/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for dup 1 /uni4E2D put dup 8#102 /a put dup 16#43 /b put readonly def eexec": "中ab",
		"/Encoding [/.notdef /uni4E2D /x] def eexec":                     "中",
		"/Encoding StandardEncoding def currentfile eexec dup 1 /b put":  "BC",
		"/Encoding 256 array dup 1/one put\ndup 66/two put\ndef\n eexec": "12",
	} {
		p := &fontProgram{}
		parseType1([]byte("%!PS-AdobeFont-1.0\n"+src), p)
		got := p.codeText(1, "") + p.codeText(66, "") + p.codeText(67, "")
		if got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// Fonts with a name in GBK that are not embedded show text in GBK, whatever
// their encoding says.
func TestGBKInSimpleFonts(t *testing.T) {
	for _, c := range []struct{ font, text, widths string }{
		{"/BaseFont /#CB#CE#CC#E5 /Encoding /WinAnsiEncoding", "中A文 ?", "1000 500 1000 500 500"},
		{"/BaseFont /#BF#AC#CC#E5_GB2312 /Encoding /WinAnsiEncoding /FirstChar 32 /Widths [250 %s]", "中A文 ?", "1000 500 1000 250 500"},
		{"/BaseFont /#E5#AE#8B#E4#BD#93 /Encoding /WinAnsiEncoding", "ÖÐAÎÄ ÿ", "778 556 667 278 667 278 500"},
		{"/BaseFont /SimSun /Encoding /WinAnsiEncoding", "ÖÐAÎÄ ÿ", "778 556 667 278 667 278 500"},
	} {
		p := withFont(t, "<D6D041CEC420FF> Tj", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /TrueType %s>>", strings.Replace(c.font, "%s", strings.Repeat("500 ", 223), 1))
		})
		if unmapped(p) != c.text || advances(p) != c.widths {
			t.Errorf("%s: %q widths %s, want %q %s", c.font, unmapped(p), advances(p), c.text, c.widths)
		}
	}
}

// Glyph names that are made of the code give a guess; those of other numbers
// nothing.
func TestNumberedNames(t *testing.T) {
	p := withFont(t, "(ABCDE) Tj", func(f *testFile) int {
		return f.add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /Widths [1 1 1 1 1] /CharProcs <<>> " +
			"/Encoding <</Differences [65 /a65 /G42 /C43 /a7 /x]>>>>")
	})
	got := ""
	for _, g := range p.Glyphs {
		if !g.Unmapped && g.Text != "x" {
			t.Errorf("%q is taken for sure", g.Text)
		}
		got += g.Text + ";"
	}
	if got != "A;B;C;;x;" {
		t.Errorf("%q", got)
	}
}

// Codes without a map are ASCII where they were taken over from text, not where
// they were given out in order, and not where that cannot be told.
func TestNaturalCodes(t *testing.T) {
	text := "Report of the year 2021: 35 applications (3 withdrawn)."
	type3 := func(f *testFile, codes string) int {
		names := ""
		for c := range 256 {
			if strings.ContainsRune(codes, rune(c)) {
				names += fmt.Sprintf(" %d /a%d", c, c)
			}
		}
		return f.add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 0 /Widths [%s] /CharProcs <<>> /Encoding <</Differences [%s 14 /a14]>>>>", strings.Repeat("1 ", 256), names)
	}
	trueType := func(f *testFile, codes string) int {
		gids := map[byte]byte{}
		for _, c := range []byte(codes) {
			if gids[c] == 0 {
				gids[c] = byte(len(gids) + 1)
			}
		}
		table := make([]byte, 256)
		for c, g := range gids {
			table[c] = g
		}
		cmap := append([]byte{0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 12, 0, 0, 1, 6, 0, 0}, table...)
		head := binary.BigEndian.AppendUint32(append([]byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, "cmap\x00\x00\x00\x00\x00\x00\x00\x1c"...), uint32(len(cmap)))
		ff := f.flate("", string(append(head, cmap...)))
		return f.add("<</Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor <</Flags 4 /FontFile2 %d 0 R>>>>", ff)
	}
	inOrder := ""
	for c := byte('!'); c < 'V'; c++ {
		inOrder += string(c)
	}
	for _, c := range []struct {
		name, codes, show, want string
		make                    func(f *testFile, codes string) int
	}{
		{"names", text, text, text, type3},
		{"names in order", inOrder, "*+,", "???", type3},
		{"names of digits only", "0123456789", "2021", "????", type3},
		{"a built-in encoding", text, text, text, trueType},
		{"a built-in encoding in order", inOrder, "*+,", "???", trueType},
		{"a built-in encoding of digits only", "0123456789", "2021", "????", trueType},
		{"a font cut by high bytes", "\x80\x85\x88\x91\x97\xa0\xb3\xc4\xd0\xe5ABCEFHKLNPQ", "ABC", "???", trueType},
	} {
		quoted := strings.NewReplacer("(", "\\(", ")", "\\)").Replace(c.show)
		p := withFont(t, "("+quoted+") Tj", func(f *testFile) int { return c.make(f, c.codes) })
		want := c.want
		if c.want == text {
			want = strings.ReplaceAll(text, " ", "")
		}
		if got := strings.ReplaceAll(unmapped(p), " ", ""); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}
