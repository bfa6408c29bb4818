package differ

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/pdf"
)

// file writes a PDF file of one page, 600 × 800 points. Objects count from 1;
// "#" in what is added stands for the number of the object added last.
type file struct{ objects []string }

func (f *file) add(s string) *file {
	f.objects = append(f.objects, strings.ReplaceAll(s, "#", fmt.Sprint(len(f.objects))))
	return f
}

func (f *file) stream(dict, data string) *file {
	return f.add(fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// bytes is the file with a page of the last object as its font F1, and more of
// the page's and of the catalog's dictionary.
func (f *file) bytes(ops, page, catalog string) []byte {
	font := len(f.objects)
	f.stream("", ops)
	f.add(fmt.Sprintf("<</Type /Page /Parent %d 0 R /Contents # 0 R /Resources <</Font <</F1 %d 0 R>> /Properties <</P 1 0 R>>>> %s>>", font+3, font, page))
	f.add("<</Type /Pages /Kids [# 0 R] /Count 1 /MediaBox [0 0 600 800]>>")
	f.add("<</Type /Catalog /Pages # 0 R " + catalog + ">>")
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var table strings.Builder
	for i, o := range f.objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.objects)+1, table.String(), len(f.objects)+1, len(f.objects), b.Len())
	return b.Bytes()
}

func latin() *file {
	return new(file).add("<</Type /OCG /Name (layer)>>").add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>")
}

// foreign is a font that is not embedded, with a predefined CMap.
func foreign(cmap, ordering string) *file {
	return new(file).add(fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /%s /DescendantFonts [<</Type /Font /Subtype /CIDFontType0 /BaseFont /Song "+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (%s) /Supplement 2>> /FontDescriptor <</Type /FontDescriptor /FontName /Song /Flags 4 "+
		"/FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /ItalicAngle 0 /StemV 80 /CapHeight 700>>>>]>>", cmap, ordering))
}

// mapped is a font of two-byte codes with a ToUnicode map.
func mapped(lines string) *file {
	return new(file).stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange "+lines).
		add("<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /ToUnicode # 0 R /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /Song " +
			"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor <</Type /FontDescriptor /FontName /Song /Flags 4 " +
			"/FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /ItalicAngle 0 /StemV 80 /CapHeight 700>>>>]>>")
}

func show(codes string) string { return "BT /F1 10 Tf 100 700 Td " + codes + " Tj ET" }

// Both engines read the same from a page of each kind; where they do not, the
// kinds of differences are known.
func TestItems(t *testing.T) {
	engine := newEngine(t)
	for _, c := range []struct {
		name       string
		make       *file
		ops        string
		page       string
		catalog    string
		want, kind string
	}{
		{name: "GBK", make: foreign("GBK-EUC-H", "GB1"), ops: show("<D6D0CEC441>"), want: "中文A"},
		{name: "GBK proportional", make: foreign("GBKp-EUC-H", "GB1"), ops: show("<D6D0CEC441>"), want: "中文A"},
		{name: "GB 18030", make: foreign("GBK2K-H", "GB1"), ops: show("<D6D0CEC441>"), want: "中文A"},
		{name: "GB 2312", make: foreign("GB-EUC-H", "GB1"), ops: show("<D6D0CEC441>"), want: "中文A"},
		{name: "UCS-2", make: foreign("UniGB-UCS2-H", "GB1"), ops: show("<4E2D65870041>"), want: "中文A"},
		{name: "UTF-16", make: foreign("UniGB-UTF16-H", "GB1"), ops: show("<4E2D65870041>"), want: "中文A"},
		{name: "Big5", make: foreign("ETen-B5-H", "CNS1"), ops: show("<A4A4A4E541>"), want: "中文A"},
		{name: "Shift JIS", make: foreign("90ms-RKSJ-H", "Japan1"), ops: show("<9286956141>"), want: "中病A"},
		{name: "Korean", make: foreign("KSCms-UHC-H", "Korea1"), ops: show("<B0A1B3AA41>"), want: "가나A"},
		{name: "CIDs of a collection", make: foreign("Identity-H", "GB1"), ops: show("<11CF0022>"), want: "中A"},
		{name: "vertical", make: foreign("GBK-EUC-V", "GB1"), ops: show("<D6D0CEC4A3A8>"), want: "中文（"},
		{name: "ToUnicode", make: mapped("2 beginbfchar <0001> <4E2D> <0002> <6587> endbfchar"), ops: show("<00010002>"), want: "中文"},
		{name: "ToUnicode in part", make: mapped("1 beginbfchar <0001> <4E2D> endbfchar"), ops: show("<00010002>"), want: "中?"},
		{name: "ligature", make: mapped("2 beginbfchar <0001> <FB01> <0002> <006600660069> endbfchar"), ops: show("<00010002>"), want: "fiffi"},
		{name: "radicals", make: mapped("2 beginbfchar <0001> <2F00> <0002> <2EA0> endbfchar"), ops: show("<00010002>"), want: "一民"},
		{name: "private", make: mapped("1 beginbfchar <0001> <E123> endbfchar"), ops: show("<0001>"), want: "?", kind: "only_first"},
		{name: "render mode 3", make: latin(), ops: "BT 3 Tr /F1 10 Tf 100 700 Td (ab) Tj ET", want: "ab"},
		{name: "twice", make: latin(), ops: show("(12)") + " BT /F1 10 Tf 100.4 700 Td (12) Tj ET", want: "12"},
		{name: "turned text", make: latin(), ops: "BT /F1 10 Tf 0 1 -1 0 300 300 Tm (ab) Tj ET BT 0.7 0.7 -0.7 0.7 100 100 Tm (cd) Tj ET", want: "abcd"},
		{name: "turned page, crop box", make: latin(), ops: show("(ab)"), page: "/Rotate 270 /CropBox [50 50 400 750]", want: "ab"},
		{name: "artifact", make: latin(), ops: "/Artifact BMC " + show("(ab)") + " EMC", want: "ab"},
		{name: "ActualText", make: latin(), ops: "/Span <</ActualText (XY)>> BDC " + show("(ab)") + " EMC", want: "XY"},
		{name: "optional content, on", make: latin(), ops: "/OC /P BDC " + show("(ab)") + " EMC", catalog: "/OCProperties <</OCGs [1 0 R] /D <</ON [1 0 R]>>>>", want: "ab"},
		{name: "optional content, off", make: latin(), ops: "/OC /P BDC " + show("(ab)") + " EMC", catalog: "/OCProperties <</OCGs [1 0 R] /D <</OFF [1 0 R]>>>>", kind: "only_second"},
		{name: "inline image", make: latin(), ops: "q 40 0 0 40 10 10 cm BI /W 2 /H 2 /BPC 8 /CS /G ID ab\x80\xff EI Q " + show("(ab)"), want: "ab"},
		{name: "field value", make: latin(), ops: "", page: "/Annots [<</Type /Annot /Subtype /Widget /FT /Tx /V (ab) /Rect [100 600 200 620]>>]", want: "ab", kind: "only_first"},
		{name: "codes of an unknown font", make: foreign("Identity-H", "Identity"), ops: show("<00110012>"), want: "??"},
		{name: "Type 3", make: new(file).stream("", "500 0 d0 0 0 400 400 re f").add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] " +
			"/FirstChar 1 /LastChar 2 /Widths [500 500] /CharProcs <</one # 0 R /two # 0 R>> /Encoding <</Type /Encoding /Differences [1 /one /two]>>>>"),
			ops: show("<0102>"), want: "12", kind: "unknown_second"},
	} {
		data := c.make.bytes(c.ops, c.page, c.catalog)
		r, err := File(t.Context(), engine, bytes.NewReader(data), int64(len(data)), 0)
		if err != nil || len(r.Pages) != 1 || r.Pages[0].Error != "" {
			t.Errorf("%s: %+v, %v", c.name, r, err)
			continue
		}
		for _, d := range r.Pages[0].Differences {
			if string(d.Kind) != c.kind {
				t.Errorf("%s: %+v", c.name, d)
			}
		}
		if differs := len(r.Pages[0].Differences) > 0; differs != (c.kind != "") {
			t.Errorf("%s: differs %v", c.name, differs)
		}
		if got := firstText(t, data); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// firstText is the text of page 1 by the first engine; "?" is an unknown glyph.
func firstText(t *testing.T, data []byte) string {
	t.Helper()
	d, err := pdf.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Page(1)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, c := range chars(p) {
		text.WriteString(name(c.r))
	}
	return text.String()
}
