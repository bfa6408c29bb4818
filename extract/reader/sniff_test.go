package reader

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
	"nianbao/extract/cfb"
)

// entry is one entry of a made package.
type entry struct{ name, content string }

// makeZip packs the entries.
func makeZip(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, e.content); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// officePackage is a package with one main part of the media type.
func officePackage(tb testing.TB, part, mediaType string) []byte {
	tb.Helper()
	return packageWith(tb, part, mediaType, "<x/>"+strings.Repeat("内容", 500))
}

// packageWith is officePackage with the content of the main part.
func packageWith(tb testing.TB, part, mediaType, content string) []byte {
	tb.Helper()
	return makeZip(tb,
		entry{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
			`<Override PartName="/` + part + `" ContentType="` + mediaType + `"/></Types>`},
		entry{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>` +
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="` + part + `"/></Relationships>`},
		entry{part, content},
	)
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

// makeOLE is a compound file with the named streams in its directory; before is
// the number of other sectors in front of each directory sector.
func makeOLE(names []string, before int) []byte {
	const sector, free, end, fatMark = 512, 0xffffffff, 0xfffffffe, 0xfffffffd
	u32 := binary.LittleEndian.PutUint32
	perSector := sector / 128
	dirs := (len(names) + perSector - 1) / perSector
	total := 1 + dirs*(before+1) // the allocation table first
	file := make([]byte, (1+total)*sector)
	copy(file, cfb.Signature)
	binary.LittleEndian.PutUint16(file[26:], 3)
	binary.LittleEndian.PutUint16(file[28:], 0xfffe)
	binary.LittleEndian.PutUint16(file[30:], 9)
	u32(file[44:], 1)
	u32(file[68:], end)
	for i := range 109 {
		u32(file[76+4*i:], free)
	}
	u32(file[76:], 0)
	fat := file[sector : 2*sector]
	for i := range sector / 4 {
		u32(fat[4*i:], free)
	}
	u32(fat, fatMark)
	where := func(d int) int { return 1 + d*(before+1) + before }
	u32(file[48:], uint32(where(0)))
	for d := range dirs {
		next := uint32(end)
		if d+1 < dirs {
			next = uint32(where(d + 1))
		}
		u32(fat[4*where(d):], next)
	}
	for i, name := range names {
		at := (1+where(i/perSector))*sector + i%perSector*128
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(file[at+2*j:], u)
		}
		binary.LittleEndian.PutUint16(file[at+64:], uint16(2*len(units)+2))
		file[at+66] = 2
	}
	return file
}

func gb(tb testing.TB, s string) string {
	tb.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestSniffReadable(t *testing.T) {
	for name, tt := range map[string]struct {
		content []byte
		want    extract.Format
	}{
		"docx":                 {officePackage(t, "word/document.xml", wordType), extract.FormatDOCX},
		"docx, other place":    {officePackage(t, "main/text.xml", wordType), extract.FormatDOCX},
		"docx, upper case":     {officePackage(t, "Word/Document.XML", wordType), extract.FormatDOCX},
		"docx with macros":     {officePackage(t, "word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), extract.FormatDOCX},
		"template":             {officePackage(t, "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), extract.FormatDOCX},
		"template with macros": {officePackage(t, "word/document.xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), extract.FormatDOCX},
		"docx without types":   {makeZip(t, entry{"_rels/.rels", "<broken"}, entry{"word/document.xml", "<x/>"}), extract.FormatDOCX},
		"docx, backslashes":    {makeZip(t, entry{`word\document.xml`, "<x/>"}), extract.FormatDOCX},
		"word xml":             {[]byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:x/>`), extract.FormatWordXML},
		"flat package":         {[]byte("\ufeff<?xml version=\"1.0\"?>\r\n<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"/>"), extract.FormatWordXML},
		"docx with a sheet":    {withEmbedded(t), extract.FormatDOCX},
		"pdf":                  {[]byte("%PDF-1.7\nrest"), extract.FormatPDF},
		"pdf after junk":       {[]byte(strings.Repeat("x", headBytes-5) + "%PDF-"), extract.FormatPDF},
		"pdf of 5 bytes":       {[]byte("%PDF-"), extract.FormatPDF},
		"docx after cut tail":  {append(officePackage(t, "word/document.xml", wordType), "\r\n\r\n"...), extract.FormatDOCX},
		"doc":                  {makeOLE([]string{"Root Entry", "1Table", "WordDocument"}, 1), extract.FormatDOC},
		"rtf":                  {[]byte(`{\rtf1\ansi x}`), extract.FormatRTF},
		"rtf behind a mark":    {[]byte("\ufeff\r\n{\\rtf1 " + gb(t, "某某局") + "}"), extract.FormatRTF},
		"html":                 {[]byte("\ufeff<!DOCTYPE html><html>"), extract.FormatHTML},
		"html gbk":             {[]byte(gb(t, "<HTML><title>某某局年度报告</title>")), extract.FormatHTML},
		"html utf-16":          {[]byte("\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"), extract.FormatHTML},
		"html utf-16 no mark":  {[]byte("<\x00h\x00t\x00m\x00l\x00>\x00"), extract.FormatHTML},
		"html, comment first":  {[]byte("<!-- saved -->\n<?xml version='1.0'?><!-- x --> <html lang=zh>"), extract.FormatHTML},
		"html, late":           {[]byte("<!-- " + strings.Repeat("说明 ", 1000) + "-->" + strings.Repeat("\r\n", 1000) + "<html>"), extract.FormatHTML},
		"html, blank lines":    {[]byte(strings.Repeat("\r\n", 2000) + "<html>"), extract.FormatHTML},
		"html, control":        {[]byte("<html><body>\x04\x01"), extract.FormatHTML},
		"html, a table":        {[]byte("<table border=1><tr><td>x"), extract.FormatHTML},
		"mhtml":                {[]byte("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"), extract.FormatMHT},
		"mhtml of a browser":   {[]byte("From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\""), extract.FormatMHT},
		"mhtml of one part":    {[]byte("MIME-Version: 1.0\nContent-Type: text/html\n\n<html>"), extract.FormatMHT},
	} {
		got, err := Sniff(bytes.NewReader(tt.content), int64(len(tt.content)))
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// withEmbedded is a Word document in which an Excel workbook comes first.
func withEmbedded(tb testing.TB) []byte {
	tb.Helper()
	return makeZip(tb,
		entry{"xl/workbook.xml", "<x/>"},
		entry{"[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + wordType + `"/></Types>`},
		entry{"_rels/.rels", `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document.xml"/></Relationships>`},
		entry{"word/document.xml", "<x/>"})
}

func TestSniffRefused(t *testing.T) {
	docx := officePackage(t, "word/document.xml", wordType)
	pad := []string{"Root Entry", "a", "b", "c", "d", "e", "f", "g", "h"}
	for name, tt := range map[string]struct {
		content []byte
		code    extract.Code
		says    string
	}{
		"empty":          {nil, extract.CodeUnsupported, "文件为空"},
		"xlsx":           {officePackage(t, "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), extract.CodeUnsupported, "Excel"},
		"pptx":           {officePackage(t, "ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), extract.CodeUnsupported, "PowerPoint"},
		"xlsx by place":  {makeZip(t, entry{"xl/workbook.xml", "x"}), extract.CodeUnsupported, "Excel"},
		"visio":          {officePackage(t, "visio/document.xml", "application/vnd.ms-visio.drawing.main+xml"), extract.CodeUnsupported, "不是 Word"},
		"ofd":            {makeZip(t, entry{"OFD.xml", "x"}), extract.CodeUnsupported, "OFD"},
		"odt":            {makeZip(t, entry{"mimetype", "application/vnd.oasis.opendocument.text"}, entry{"content.xml", "x"}), extract.CodeUnsupported, "OpenDocument"},
		"zip":            {makeZip(t, entry{"报告.docx", "x"}, entry{"b", "x"}), extract.CodeUnsupported, "zip 压缩包（2 个条目）"},
		"empty zip":      {makeZip(t), extract.CodeUnsupported, "zip"},
		"encrypted":      {makeOLE([]string{"Root Entry", "EncryptionInfo", "EncryptedPackage"}, 0), extract.CodeEncrypted, "密码"},
		"encrypted, far": {makeOLE(append(pad, "EncryptedPackage"), 7), extract.CodeEncrypted, "密码"},
		"xls":            {makeOLE([]string{"Root Entry", "Workbook"}, 0), extract.CodeUnsupported, "Excel"},
		"ppt":            {makeOLE([]string{"Root Entry", "PowerPoint Document"}, 0), extract.CodeUnsupported, "PowerPoint"},
		"msg":            {makeOLE([]string{"Root Entry", "__properties_version1.0"}, 0), extract.CodeUnsupported, "Outlook"},
		"other ole":      {makeOLE([]string{"Root Entry"}, 0), extract.CodeUnsupported, "复合文档"},
		"cut ole":        {makeOLE([]string{"Root Entry", "WordDocument"}, 0)[:700], extract.CodeUnsupported, "损坏"},
		"ole header":     {[]byte(cfb.Signature), extract.CodeUnsupported, "损坏"},
		"text on html":   {[]byte("怎样写网页：用 <html> 和 <table> 标签"), extract.CodeUnsupported, "纯文本"},
		"text on rtf":    {[]byte(`怎样写 RTF：用 {\rtf1 开头`), extract.CodeUnsupported, "纯文本"},
		"xml as html":    {[]byte(`<?xml version="1.0"?><table><row/></table>`), extract.CodeUnsupported, "XML 文件"},
		"xml headers":    {[]byte(`<headers/>`), extract.CodeUnsupported, "纯文本"},
		"mail":           {[]byte("From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"), extract.CodeUnsupported, "电子邮件"},
		"mail of words":  {[]byte("某某: x\nMIME-Version: 1.0\nContent-Type: text/html\n"), extract.CodeUnsupported, "电子邮件"},
		"xml":            {[]byte(`<?xml version="1.0"?><x/>`), extract.CodeUnsupported, "XML 文件"},
		"png":            {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), extract.CodeUnsupported, "图片（PNG）"},
		"jpeg":           {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), extract.CodeUnsupported, "图片（JPEG）"},
		"bmp":            {[]byte("BM\x36\x00\x0c\x00\x00\x00\x00\x00"), extract.CodeUnsupported, "图片（BMP）"},
		"webp":           {[]byte("RIFF\x10\x00\x00\x00WEBPVP8 "), extract.CodeUnsupported, "图片（WebP）"},
		"text":           {[]byte("BM 是一段话，不是图片"), extract.CodeUnsupported, "纯文本"},
		"text gbk":       {[]byte(gb(t, strings.Repeat("某某局年度报告，", 200))), extract.CodeUnsupported, "纯文本"},
		"text cut rune":  {[]byte("x" + strings.Repeat("年", 1000)), extract.CodeUnsupported, "纯文本"},
		"blank":          {[]byte(" \r\n\t"), extract.CodeUnsupported, "空白"},
		"zeros":          {make([]byte, 5000), extract.CodeUnsupported, "零字节"},
		"word folder":    {makeZip(t, entry{"Word/报告.docx", "x"}, entry{"PPT/图.png", "x"}), extract.CodeUnsupported, "作为批次上传"},
		"rar":            {[]byte("Rar!\x1a\x07\x01\x00"), extract.CodeUnsupported, "RAR"},
		"7z":             {[]byte("7z\xbc\xaf\x27\x1c\x00\x04"), extract.CodeUnsupported, "7z 压缩包，请解压"},
		"tar.gz":         {[]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00"), extract.CodeUnsupported, "gzip（.gz、.tar.gz）"},
		"tar":            {append(make([]byte, 257), "ustar\x00\x30\x30"...), extract.CodeUnsupported, "tar 压缩包"},
		"program":        {[]byte("MZ\x90\x00\x03\x00"), extract.CodeUnsupported, "程序"},
		"noise":          {[]byte{1, 2, 3, 4, 0xfe, 0, 0xff}, extract.CodeUnsupported, "无法识别"},
		"pdf too late":   {[]byte(strings.Repeat("\x01", headBytes-4) + "%PDF-"), extract.CodeUnsupported, "无法识别"},
		"cut docx":       {docx[:len(docx)*2/3], extract.CodeDamaged, "不完整"},
		"cut early":      {docx[:60], extract.CodeDamaged, "不完整"},
		"cut xlsx":       {makeZip(t, entry{"xl/workbook.xml", "x"})[:60], extract.CodeUnsupported, "Excel"},
		"cut zip":        {makeZip(t, entry{"a.txt", "x"})[:36], extract.CodeUnsupported, "损坏的 zip"},
		"pk only":        {[]byte("PK\x03\x04"), extract.CodeUnsupported, "损坏的 zip"},
	} {
		_, err := Sniff(bytes.NewReader(tt.content), int64(len(tt.content)))
		e := extract.AsError(err)
		if e == nil || e.Code != tt.code || !strings.Contains(e.Detail, tt.says) {
			t.Errorf("%s: got %v, want %s … %s", name, err, tt.code, tt.says)
		}
	}
}

// TestSniffCutDocx: wherever a document was cut, it is no other format.
func TestSniffCutDocx(t *testing.T) {
	whole := officePackage(t, "word/document.xml", wordType)
	const firstName = 30 + len("[Content_Types].xml")
	for n := firstName; n < len(whole); n += 7 {
		_, err := Sniff(bytes.NewReader(whole[:n]), int64(n))
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeDamaged {
			t.Errorf("cut at %d of %d: %v", n, len(whole), err)
		}
	}
}

// counting counts the bytes that are read, and fails from a place on.
type counting struct {
	r      io.ReaderAt
	n      int64
	failAt int64
}

var errDisk = errors.New("disk on fire")

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	if c.failAt > 0 && off >= c.failAt {
		return 0, errDisk
	}
	n, err := c.r.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// TestSniffIsBounded: neither a huge directory, nor a bomb in the parts that
// Sniff unpacks, nor chains that lead in a circle make it read much.
func TestSniffIsBounded(t *testing.T) {
	circle := makeOLE([]string{"Root Entry"}, 0)
	binary.LittleEndian.PutUint32(circle[512+4:], 1)     // the directory follows itself
	binary.LittleEndian.PutUint32(circle[68:], 0)        // so does the list of allocation sectors
	binary.LittleEndian.PutUint32(circle[512+508:], 0)   // …
	binary.LittleEndian.PutUint32(circle[44:], 0xffffff) // and it claims to be long
	for name, tt := range map[string]struct {
		content []byte
		limit   string
	}{
		"directory": {hugeDirectory(), "directory_bytes=4194304"},
		"bomb":      {bomb(t), ""},
		"circle":    {circle, ""},
	} {
		r := &counting{r: bytes.NewReader(tt.content)}
		_, err := Sniff(r, int64(len(tt.content)))
		e := extract.AsError(err)
		if e == nil || e.Limit != tt.limit {
			t.Errorf("%s: %v", name, err)
		}
		if r.n > maxDirectoryBytes+4*maxMetaBytes {
			t.Errorf("%s: %d bytes were read", name, r.n)
		}
	}
}

// hugeDirectory is a zip archive with 200,000 entries that hold nothing.
func hugeDirectory() []byte {
	const entries, headerLen = 200_000, 46
	var out bytes.Buffer
	out.WriteString("PK\x03\x04" + strings.Repeat("\x00", 26))
	start := out.Len()
	header := make([]byte, headerLen+1)
	copy(header, "PK\x01\x02")
	header[28], header[headerLen] = 1, 'a'
	for range entries {
		out.Write(header)
	}
	size := out.Len() - start
	tail := make([]byte, 22)
	copy(tail, "PK\x05\x06")
	count := uint16(entries & 0xffff)
	binary.LittleEndian.PutUint16(tail[8:], count)
	binary.LittleEndian.PutUint16(tail[10:], count)
	binary.LittleEndian.PutUint32(tail[12:], uint32(size))
	binary.LittleEndian.PutUint32(tail[16:], uint32(start))
	out.Write(tail)
	return out.Bytes()
}

// bomb is a package whose content types unpack to 1 GB.
func bomb(tb testing.TB) []byte {
	tb.Helper()
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		tb.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range 64 {
		if _, err := f.Write(block); err != nil {
			tb.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "[Content_Types].xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(nil),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: 1 << 30})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(packed.Bytes()); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// TestSniffDiskError: an error of the disk is not taken for one of the file.
func TestSniffDiskError(t *testing.T) {
	docx := officePackage(t, "word/document.xml", wordType)
	for name, r := range map[string]*counting{
		"start": {r: failing{}, failAt: 0},
		"tail":  {r: bytes.NewReader(docx), failAt: 100},
	} {
		if _, err := Sniff(r, int64(len(docx))); !errors.Is(err, errDisk) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// failing is a disk that gives nothing.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func FuzzSniff(f *testing.F) {
	docx := officePackage(f, "word/document.xml", wordType)
	f.Add(docx)
	f.Add(docx[:len(docx)/2])
	f.Add(makeOLE([]string{"Root Entry", "a", "b", "c", "EncryptedPackage"}, 1))
	f.Add([]byte("%PDF-1.4"))
	f.Add([]byte("{\\rtf1"))
	f.Add([]byte("\xff\xfe<\x00h\x00"))
	f.Add([]byte("<!-- x --><?x?><html>"))
	f.Add([]byte("From: x\nMIME-Version: 1.0\nContent-Type: multipart/related"))
	f.Add([]byte(gb(f, "某某局")))
	f.Fuzz(func(t *testing.T, content []byte) {
		format, err := Sniff(bytes.NewReader(content), int64(len(content)))
		if e := extract.AsError(err); err != nil && (e == nil || e.Detail == "") {
			t.Fatalf("an error without a code or a word: %v", err)
		}
		if (err == nil) != (format.MediaType() != extract.Format("").MediaType()) {
			t.Fatalf("format %q with error %v", format, err)
		}
	})
}
