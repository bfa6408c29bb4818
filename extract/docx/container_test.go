package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"nianbao/extract"
)

// wantError reads b and expects an error of the code whose text names all words.
func wantError(t *testing.T, b []byte, lim extract.Limits, code extract.Code, words ...string) {
	t.Helper()
	_, err := readBytes(b, lim)
	e := extract.AsError(err)
	if e == nil || e.Code != code {
		t.Fatalf("error %v, want code %s", err, code)
	}
	for _, w := range words {
		if !strings.Contains(e.Error(), w) {
			t.Errorf("error %q does not name %q", e.Error(), w)
		}
	}
}

func TestDamagedPackages(t *testing.T) {
	lim := extract.DefaultLimits()
	whole := everything().file(t)
	with := func(name, content string) []byte {
		return fixture{extra: map[string]string{name: content}}.file(t)
	}
	open := `<w:document ` + docNamespaces + `><w:body>`
	for name, c := range map[string]struct {
		file  []byte
		code  extract.Code
		words []string
	}{
		"empty":                {nil, extract.CodeDamaged, []string{"zip"}},
		"not a zip":            {[]byte("PK\x03\x04 and nothing more"), extract.CodeDamaged, []string{"zip"}},
		"cut in the middle":    {whole[:len(whole)*2/3], extract.CodeDamaged, []string{"zip", "不完整"}},
		"empty zip":            {zipFile(t, nil, zip.Store), extract.CodeDamaged, nil},
		"no main part":         {fixture{without: []string{"word/document.xml"}}.file(t), extract.CodeDamaged, []string{"正文"}},
		"cut between elements": {with("word/document.xml", open+"<w:p/>"), extract.CodeDamaged, []string{"word/document.xml", "不完整"}},
		"cut in a tag":         {with("word/document.xml", open+"<w:p"), extract.CodeDamaged, []string{"word/document.xml", "字节", "不完整"}},
		"wrong nesting":        {with("word/document.xml", open+"<w:p></w:body></w:document>"), extract.CodeDamaged, []string{"word/document.xml", "字节"}},
		"empty part":           {with("word/document.xml", ""), extract.CodeDamaged, []string{"word/document.xml"}},
		"document type":        {with("word/document.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]>"+open+"</w:body></w:document>"), extract.CodeDamaged, []string{"DOCTYPE"}},
		"text after the root":  {with("word/document.xml", open+"</w:body></w:document>x"), extract.CodeDamaged, []string{"根元素"}},
		"another encoding":     {with("word/document.xml", `<?xml version="1.0" encoding="GB2312"?>`+open+"</w:body></w:document>"), extract.CodeDamaged, []string{"gb2312", "UTF-8"}},
		"another root":         {with("word/document.xml", `<x/>`), extract.CodeUnsupported, []string{"w:document"}},
		"a spreadsheet": {with("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`),
			extract.CodeUnsupported, []string{"表格"}},
	} {
		t.Run(name, func(t *testing.T) { wantError(t, c.file, lim, c.code, c.words...) })
	}
}

func TestEveryTruncation(t *testing.T) {
	whole := everything().file(t)
	for n := 0; n < len(whole); n += 7 {
		e, err := readBytes(whole[:n], extract.DefaultLimits())
		checkReading(t, e, err)
		if err == nil {
			t.Fatalf("the first %d of %d bytes are read without an error", n, len(whole))
		}
	}
}

// patch changes all local and central headers of a zip.
func patch(b []byte, change func(flags, crc []byte)) []byte {
	b = bytes.Clone(b)
	for i := 0; i+4 < len(b); i++ {
		switch {
		case bytes.HasPrefix(b[i:], []byte("PK\x03\x04")):
			change(b[i+6:i+8], b[i+14:i+18])
		case bytes.HasPrefix(b[i:], []byte("PK\x01\x02")):
			change(b[i+8:i+10], b[i+16:i+20])
		}
	}
	return b
}

func TestEncryptedEntries(t *testing.T) {
	b := patch(fixture{body: para("文")}.file(t), func(flags, _ []byte) { flags[0] |= 1 })
	wantError(t, b, extract.DefaultLimits(), extract.CodeEncrypted, "密码")
}

func TestChecksum(t *testing.T) {
	b := patch(fixture{body: para("文")}.file(t), func(_, crc []byte) { crc[0] ^= 1 })
	wantError(t, b, extract.DefaultLimits(), extract.CodeDamaged, "word/document.xml", "checksum")
}

func TestLimits(t *testing.T) {
	f := fixture{body: para(strings.Repeat("文", 1000)) + "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>"}
	parts := f.parts()
	total := int64(0)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml", "word/document.xml"} {
		total += int64(len(parts[name]))
	}
	b := f.file(t)
	for _, c := range []struct {
		name string
		set  func(l *extract.Limits, above int)
		want string
	}{
		{"decompressed_bytes", func(l *extract.Limits, above int) { l.DecompressedBytes = total - int64(above) }, fmt.Sprintf("decompressed_bytes=%d", total-1)},
		{"parts", func(l *extract.Limits, above int) { l.Parts = len(parts) - above }, fmt.Sprintf("parts=%d", len(parts)-1)},
		{"depth", func(l *extract.Limits, above int) { l.Depth = 5 - above }, "depth=4"},
	} {
		lim := extract.DefaultLimits()
		c.set(&lim, 0)
		if _, err := readBytes(b, lim); err != nil {
			t.Errorf("%s at the limit: %v", c.name, err)
		}
		c.set(&lim, 1)
		wantError(t, b, lim, extract.CodeLimit, c.want)
	}
}

func TestBomb(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 4 << 20
	b := fixture{body: para(strings.Repeat("a", 8<<20))}.file(t)
	if len(b) > 64<<10 {
		t.Fatalf("the fixture does not compress: %d bytes", len(b))
	}
	wantError(t, b, lim, extract.CodeLimit, "decompressed_bytes=4194304", "word/document.xml")
	// The header's claim about the size must not matter.
	lied := bytes.Clone(b)
	for i := bytes.Index(lied, []byte("PK\x01\x02")); i >= 0 && i+28 < len(lied); {
		binary.LittleEndian.PutUint32(lied[i+24:], 10)
		next := bytes.Index(lied[i+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		i += 4 + next
	}
	if _, err := readBytes(lied, lim); extract.AsError(err) == nil {
		t.Errorf("a lying header: %v", err)
	}
}

// A single piece of text has its own limit: the lexer holds it whole.
func TestTokenLimit(t *testing.T) {
	b := fixture{body: para(strings.Repeat("a", 2*maxToken+lexerBuffer))}.file(t)
	wantError(t, b, extract.DefaultLimits(), extract.CodeLimit, fmt.Sprintf("xml_token_bytes=%d", maxToken))
	b = fixture{body: para(strings.Repeat("a", 257<<20))}.file(t)
	wantError(t, b, extract.DefaultLimits(), extract.CodeLimit, "decompressed_bytes=268435456")
	// Many pieces that are long together are none of its business.
	b = fixture{body: strings.Repeat(para(strings.Repeat("a", 1<<20)), 40)}.file(t)
	if _, err := readBytes(b, extract.DefaultLimits()); err != nil {
		t.Error(err)
	}
}

// The listing of a package with very many entries stops at the limit.
func TestDirectoryBomb(t *testing.T) {
	parts := map[string]string{}
	for i := range 30_000 {
		parts[fmt.Sprintf("%05d", i)] = ""
	}
	lim := extract.DefaultLimits()
	lim.Parts = 100
	wantError(t, zipFile(t, parts, zip.Store), lim, extract.CodeLimit, "parts=100")
}

func TestMainPartFound(t *testing.T) {
	doc := fixture{body: para("文")}.parts()["word/document.xml"]
	decoy := fixture{body: para("错")}.parts()["word/document.xml"]
	types := func(part string) string {
		return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="` + part + `" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	}
	rel := func(target, kind string) string {
		return packageRels + `<Relationship Id="a" Type="` + kind + `" Target="` + target + `"/></Relationships>`
	}
	for name, parts := range map[string]map[string]string{
		"by relationship, not by name": {"_rels/.rels": rel("/content/main.xml", officeRels+"officeDocument"), "content/main.xml": doc, "word/document.xml": decoy},
		"strict relationship":          {"_rels/.rels": rel("content/main.xml", "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"), "content/main.xml": doc},
		"other case and slashes":       {"_rels/.rels": rel("Word/Document.xml", officeRels+"officeDocument"), `word\DOCUMENT.xml`: doc},
		"by content type":              {"[Content_Types].xml": types("/content/main.xml"), "content/main.xml": doc, "word/document.xml": decoy},
		"dangling relationship":        {"_rels/.rels": rel("gone.xml", officeRels+"officeDocument"), "[Content_Types].xml": types("/word/document.xml"), "word/document.xml": doc},
		"climbing target":              {"_rels/.rels": rel("../../../content/main.xml", officeRels+"officeDocument"), "content/main.xml": doc},
		"escaped target":               {"_rels/.rels": rel("content/a%20b.xml", officeRels+"officeDocument"), "content/a b.xml": doc},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := readBytes(zipFile(t, parts, zip.Deflate), extract.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(e); got != "p: 文\n" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestOptionalParts(t *testing.T) {
	styled := `<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>` + runOf("文") + `</w:p>`
	all := everything()
	all.body = styled
	for name, c := range map[string]struct {
		change func(f *fixture)
		want   string
		codes  string
	}{
		"all there":         {func(*fixture) {}, "h1 [一、]: 一、文", ""},
		"no styles":         {func(f *fixture) { f.without = []string{"word/styles.xml"} }, "p [一、]: 一、文", "part_missing"},
		"no numbering":      {func(f *fixture) { f.without = []string{"word/numbering.xml"} }, "h1: 文", "part_missing"},
		"no relationships":  {func(f *fixture) { f.without = []string{"word/_rels/document.xml.rels"} }, "p: 文", "part_missing"},
		"styles cut":        {func(f *fixture) { f.extra = map[string]string{"word/styles.xml": "<w:styles"} }, "p [一、]: 一、文", "part_damaged"},
		"relationships cut": {func(f *fixture) { f.extra = map[string]string{"word/_rels/document.xml.rels": packageRels} }, "p: 文", "part_damaged"},
		"content types cut": {func(f *fixture) { f.extra = map[string]string{"[Content_Types].xml": "<Types>"} }, "h1 [一、]: 一、文", "part_damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			f := all
			f.headers, f.footers = nil, nil
			c.change(&f)
			e := f.expect(t, c.want)
			if got := codes(e); got != c.codes {
				t.Errorf("warnings %q, want %q", got, c.codes)
			}
		})
	}
}

func TestStrictAndOtherPrefixes(t *testing.T) {
	strict := `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:jc x:val="end"/></x:pPr><x:r><x:t>文</x:t></x:r></x:p></x:body></x:document>`
	plain := `<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:q="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><pPr><jc q:val="right"/></pPr><r><t>文</t></r></p></body></document>`
	for _, doc := range []string{strict, plain} {
		e := fixture{extra: map[string]string{"word/document.xml": doc}}.expect(t, "p: 文")
		if e.Document.Blocks[0].Align != "right" {
			t.Errorf("alignment %q", e.Document.Blocks[0].Align)
		}
	}
}

func TestUTF16(t *testing.T) {
	doc := strings.Replace(fixture{body: para("文𠀀")}.parts()["word/document.xml"], "UTF-8", "UTF-16", 1)
	encode := func(order binary.AppendByteOrder, mark bool) string {
		var b []byte
		if mark {
			b = order.AppendUint16(b, 0xFEFF)
		}
		for _, u := range utf16.Encode([]rune(doc)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	for name, doc := range map[string]string{
		"little endian": encode(binary.LittleEndian, true), "big endian": encode(binary.BigEndian, true),
		"little endian without mark": encode(binary.LittleEndian, false), "big endian without mark": encode(binary.BigEndian, false),
		"UTF-8 with mark": "\ufeff" + doc,
	} {
		t.Run(name, func(t *testing.T) {
			fixture{extra: map[string]string{"word/document.xml": doc}}.expect(t, "p: 文𠀀")
		})
	}
}

// failingReaderAt fails where the package's own bytes begin.
type failingReaderAt struct{}

func (failingReaderAt) ReadAt([]byte, int64) (int, error) { return 0, errors.New("disk gone") }

func TestReadError(t *testing.T) {
	_, err := Read(failingReaderAt{}, 1000, extract.DefaultLimits())
	if extract.AsError(err) == nil {
		t.Errorf("error %v", err)
	}
}
