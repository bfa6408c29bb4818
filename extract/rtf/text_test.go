package rtf

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/traditionalchinese"

	"nianbao/extract"
)

func TestCharacters(t *testing.T) {
	for name, s := range map[string]sample{
		"GBK":                 {body: gbk(t, "年度报告"), want: "paragraph 年度报告\n"},
		"GBK raw":             {body: "\xc4\xea\xb6\xc8", want: "paragraph 年度\n"},
		"GB 18030":            {body: `\'95\'32\'82\'36`, want: "paragraph 𠀀\n"},
		"split over runs":     {body: `{\b\'c4}{\b0\'ea}\'b6\i\'c8`, want: "paragraph 年度\n"},
		"split by a line":     {body: "\\'c4\r\n\\'ea", want: "paragraph 年\n"},
		"split by a bookmark": {body: `\'c4{\*\bkmkstart x}\'ea`, want: "paragraph 年\n"},
		"Big5":                {body: `\f2 ` + hexes(t, "許功蓋", traditionalchinese.Big5), want: "paragraph 許功蓋\n"},
		"Big5 trail as sign":  {body: `\f2 \'b3\\\'a5\\\'bb\\`, want: "paragraph 許功蓋\n"},
		"Shift-JIS":           {body: `\f3 ` + hexes(t, "情報ソ公開", japanese.ShiftJIS), want: "paragraph 情報ソ公開\n"},
		"Shift-JIS plain":     {body: `\f3 \'83A`, want: "paragraph ア\n"},
		"font in a group":     {body: `{\f2 ` + hexes(t, "開", traditionalchinese.Big5) + `}` + gbk(t, "开"), want: "paragraph 開开\n"},
		"Western":             {body: `\f1 caf\'e9`, want: "paragraph café\n"},
		"Western label":       {body: `\f1 ` + gbk(t, "报告"), want: "paragraph 报告\n"},
		"Western label, rare": {body: `\f1 ` + gbk(t, "朱镕基"), want: "paragraph 朱镕基\n"},
		"Western in GBK":      {body: `\f1 na\'efve caf\'e9 \'93x\'94`, want: "paragraph naïve café “x”\n"},
		"Western label split": {body: `\f1\'b1{\b\'a8}`, want: "paragraph 报\n"},
		"cut character":       {body: `\'c4\par ` + gbk(t, "度"), want: "paragraph \ufffd\nparagraph 度\n", warnings: "text_damaged"},
		"unicode":             {body: `\u24180?\u-26351?x`, want: "paragraph 年餑x\n"},
		"unicode, two bytes":  {body: `\uc2\u24180\'c4\'ea\u24230\'b6\'c8`, want: "paragraph 年度\n"},
		"unicode, none":       {body: `\uc0\u24180 x`, want: "paragraph 年x\n"},
		"uc ends with group":  {body: `{\uc2\u24180 ab}\u24230 ab`, want: "paragraph 年度b\n"},
		"substitute word":     {body: `\u8220\ldblquote a`, want: "paragraph “a\n"},
		"no substitute":       {body: `\u24180\par x`, want: "paragraph 年\nparagraph x\n"},
		"group for it":        {body: `\u24180{x}`, want: "paragraph 年x\n"},
		"surrogates":          {body: `\u-10174?\u-9214?`, want: "paragraph 𠠂\n"},
		"lone surrogate":      {body: `\u-10174?x`, want: "paragraph \ufffdx\n", warnings: "text_damaged"},
		"whole code point":    {body: `\u131074 x`, want: "paragraph 𠀂\n"},
		"upr":                 {body: `{\upr{ab}{\*\ud{\u24180?}}}c`, want: "paragraph 年c\n"},
		"symbol font":         {body: `{\f4\'6c}x{\f4\u-3988?}`, want: "paragraph ●x●\n"},
		"private":             {body: `\u-6877?`, want: "paragraph \ue523\n", warnings: "private_characters"},
		"special":             {body: `a\emdash b\endash\ldblquote c\rdblquote\tab d\line e\~f\_g\-h\{\}\\`, want: "paragraph a—b–“c”\td⏎e\u00a0f-gh{}\\\n"},
		"backslash line":      {body: "a\\\nb", want: "paragraph a\nparagraph b\n"},
		"page":                {body: `a\page b`, want: "paragraph a⏎b\n"},
		"formula":             {body: `{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}{\mctrlPr x}}{\mnum{\mr 1}}{\mden{\mr 2}}}}}`, want: "paragraph 12\n"},
		"run kinds":           {body: `\hich\af1\dbch\af0\loch\f1 a{\dbch\af2 ` + hexes(t, "開", traditionalchinese.Big5) + `}`, want: "paragraph a開\n"},
	} {
		s.check(t, name)
	}
}

func TestVisibility(t *testing.T) {
	for name, s := range map[string]sample{
		"hidden":                  {body: `a{\v b}c`, want: "paragraph ac\n", warnings: "hidden_text"},
		"deleted":                 {body: `a{\deleted\revauthdel1 b}{\revised c}`, want: "paragraph ac\n", warnings: "tracked_changes tracked_changes"},
		"deleted note":            {body: `a{\deleted\chftn{\footnote x}}`, want: "paragraph a\n"},
		"deleted paragraph":       {body: `a{\deleted\par}b\par`, want: "paragraph ab\n"},
		"unknown":                 {body: `a{\*\unknown b{c}}{\unknown d}`, want: "paragraph ad\n"},
		"upr of what is left out": {body: `{\info{\upr{\title b}{\*\ud{\title \u24180?}}}}a{\*\x{\upr{b}{\*\ud{c}}}}`, want: "paragraph a\n"},
		"info":                    {body: `{\info{\title b}{\author c}}{\*\generator d;}a`, want: "paragraph a\n"},
		"index entries":           {body: `a{\xe{\v b}}{\tc c}`, want: "paragraph a\n"},
		"comment":                 {body: `a{\*\atnid b}{\*\annotation c}`, want: "paragraph a\n", warnings: "comments_skipped"},
		"object":                  {body: `{\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata 0102}{\result{\pict\picwgoal200\pichgoal100 00}}}`, want: "image \n", warnings: "embedded_object"},
	} {
		s.check(t, name)
	}
}

func TestFields(t *testing.T) {
	for name, s := range map[string]sample{
		"result":    {body: `a{\field{\*\fldinst{ PAGE }}{\fldrslt{3}}}`, want: "paragraph a3\n"},
		"nested":    {body: `{\field{\*\fldinst{ IF {\field{\*\fldinst x}{\fldrslt y}} }}{\fldrslt z}}`, want: "paragraph z\n"},
		"no result": {body: `{\field{\*\fldinst{ EQ \\o\\ac(\u9675?,1)}}}`, want: "paragraph [①] ①\n"},
		"empty":     {body: `{\field{\*\fldinst{ EQ \\o\\ac(\u9675?,2)}}{\fldrslt{}}}`, want: "paragraph [②] ②\n"},
		"check box": {body: `{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1\ffdefres0}}}{\fldrslt}}`, want: "paragraph ☑\n"},
		"default":   {body: `{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}}{\fldrslt}}`, want: "paragraph ☐\n"},
		"no state":  {body: `a{\field{\*\fldinst FORMCHECKBOX}{\fldrslt}}`, want: "paragraph a\n"},
		"drop-down": {body: `{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl a}{\*\ffl b}}}}{\fldrslt}}`, want: "paragraph b\n"},
		"contents": {
			body: `{\stylesheet{\s1\outlinelevel0 heading 1;}}{\field{\*\fldinst TOC}{\fldrslt\s1 a\par\s1 b\par}}\pard\s1 c\par`,
			want: "paragraph a\nparagraph b\nheading1 c\n",
		},
	} {
		s.check(t, name)
	}
}

func TestParagraphs(t *testing.T) {
	e, err := readBytes(file(`{\stylesheet{\ql Normal;}{\s1\sbasedon0\qc heading 2;}{\*\cs3 x;}{\s5\sbasedon1 derived;}{\s6 toc 1;}{\s7\fs40\b big;}{\s8\sbasedon7 x;}}`+
		`\pard\plain\s1\b\fs44 a\par\pard\plain\qr b{\b\fs20 ccc}\par\pard\plain\s5 d\par\pard\s6\outlinelevel0 e\par`+
		`\pard\outlinelevel9 f\par\pard\outlinelevel2\qj g\par\pard\plain\s8 h\par`), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Block{
		{Type: extract.Heading, Level: 2, Text: "a", Align: "center", Size: 22, Bold: true},
		{Type: extract.Paragraph, Text: "bccc", Align: "right", Size: 10, Bold: true},
		{Type: extract.Heading, Level: 2, Text: "d", Align: "center", Size: 12},
		{Type: extract.Paragraph, Text: "e", Align: "left", Size: 12},
		{Type: extract.Paragraph, Text: "f", Align: "left", Size: 12},
		{Type: extract.Heading, Level: 3, Text: "g", Align: "justify", Size: 12},
		{Type: extract.Paragraph, Text: "h", Align: "left", Size: 20, Bold: true},
	}
	if len(e.Document.Blocks) != len(want) {
		t.Fatalf("%d blocks, want %d", len(e.Document.Blocks), len(want))
	}
	for i, b := range e.Document.Blocks {
		part := b.Part
		b.Part = nil
		if b != want[i] {
			t.Errorf("block %d: %+v, want %+v", i, b, want[i])
		}
		if part == nil || *part != "rtf#p"+string(rune('0'+i)) {
			t.Errorf("block %d: part %v", i, part)
		}
	}
}

func TestChanges(t *testing.T) {
	const body = `a{\revised b}{\deleted c}d{\revised\par}e{\deleted\par}f{\*\annotation\pard\plain g}\par`
	for changes, want := range map[extract.Changes]string{
		extract.AcceptChanges: "paragraph abd\nparagraph ef\n",
		extract.RejectChanges: "paragraph acde\nparagraph f\n",
		extract.AllChanges:    "paragraph a{+b+}[-c-]d\nparagraph e\nparagraph f\nparagraph (comment) g\n",
	} {
		b := file(body)
		e, err := ReadWith(bytes.NewReader(b), int64(len(b)), extract.Options{Limits: extract.DefaultLimits(), Changes: changes})
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(e.Document); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", changes, got, want)
		}
	}
}
