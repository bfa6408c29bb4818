package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
	"nianbao/extract/cfb"
	"nianbao/extract/docx"
)

// headBytes is how much of the start is looked at. PDF readers accept the
// "%PDF-" mark anywhere within the first 1,024 bytes (ISO 32000-1, annex H,
// implementation note 13).
const headBytes = 1024

// hint ends each message on an unsupported file.
const hint = "请上传 Word（.docx、.doc、.rtf）、网页（.html、.mht）或 PDF 文件。"

// Sniff tells the format of a file of size bytes from its content. It reads a
// bounded part of it, in bounded memory.
//
// Errors are *extract.Error: CodeUnsupported naming what the file seems to be,
// CodeEncrypted for a Word file with an open password, CodeDamaged for what was
// a Word file once, CodeLimit for a package with an absurd directory. An error
// of r itself is returned as it is.
func Sniff(r io.ReaderAt, size int64) (extract.Format, error) {
	if size <= 0 {
		return "", unsupported("文件为空（0 字节）。%s", hint)
	}
	head := make([]byte, min(size, headBytes))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the file's start: %w", err)
		}
		head = head[:n]
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(r, size)
	case bytes.HasPrefix(head, []byte(cfb.Signature)):
		return sniffOLE(r, size)
	case bytes.Contains(head, []byte("%PDF-")):
		return extract.FormatPDF, nil
	case docx.IsFlat(head):
		return extract.FormatWordXML, nil
	}
	switch format, err := sniffMarkup(r, size, head); {
	case err != nil:
		return "", err
	case format != "":
		return format, nil
	}
	return "", unsupported("%s。%s", describe(head), hint)
}

func unsupported(format string, args ...any) *extract.Error {
	return &extract.Error{Code: extract.CodeUnsupported, Detail: fmt.Sprintf(format, args...)}
}

// magic is a format that is told by fixed bytes at a fixed place.
type magic struct {
	offset int
	bytes  string
	what   string // a Chinese sentence without its full stop
}

// magics is the binary files that people upload by mistake, most telling first.
func magics() []magic {
	const picture = "这是图片（%s），不是文档；扫描件请先转成 PDF"
	image := func(offset int, mark, name string) magic {
		return magic{offset, mark, fmt.Sprintf(picture, name)}
	}
	return []magic{
		image(0, "\x89PNG\r\n\x1a\n", "PNG"),
		image(0, "\xff\xd8\xff", "JPEG"),
		image(0, "GIF8", "GIF"),
		image(0, "II*\x00", "TIFF"),
		image(0, "MM\x00*", "TIFF"),
		image(8, "WEBP", "WebP"),
		image(4, "ftypheic", "HEIC"),
		image(4, "ftypmif1", "HEIF"),
		image(0, "BM", "BMP"),
		{0, "MZ", "这是 Windows 程序，不是文档"},
		{0, "\x7fELF", "这是 Linux 程序，不是文档"},
		{4, "ftyp", "这是音视频文件，不是文档"},
		{0, "ID3", "这是音频文件，不是文档"},
	}
}

// describe says what the file seems to be.
func describe(head []byte) string {
	if text, ok := asText(head); ok { // first: "BM" may also begin a sentence
		return describeText(text)
	}
	if name := extract.ArchiveFormat(head); name != "" {
		return "这是 " + name + " 压缩包，请解压后上传其中的报告，或改用 zip 打包后批量上传"
	}
	for _, m := range magics() {
		if m.offset <= len(head) && bytes.HasPrefix(head[m.offset:], []byte(m.bytes)) {
			return m.what
		}
	}
	if len(bytes.Trim(head, "\x00")) == 0 {
		return "文件开头全是零字节，不是文档，可能是下载或复制未完成"
	}
	return "无法识别的文件格式"
}

// asText returns the head in lower-case UTF-8 where it is text in UTF-8, UTF-16
// with a mark, or GB 18030.
func asText(head []byte) ([]byte, bool) {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		// Marks of markup are ASCII: dropping the zero bytes is enough to see them.
		return bytes.ToLower(bytes.ReplaceAll(head[2:], []byte{0}, nil)), true
	}
	if bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v'
	}) {
		return nil, false
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if utf8.Valid(trimRune(head)) {
		return bytes.ToLower(head), true
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head)
	if err != nil || bytes.Count(decoded, []byte("\ufffd")) > 1 { // one may be a cut character
		return nil, false
	}
	return bytes.ToLower(decoded), true
}

// trimRune drops a character that the end of the head cuts.
func trimRune(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// describeText tells kinds of text apart.
func describeText(text []byte) string {
	text = bytes.TrimSpace(text)
	has := func(s string) bool { return bytes.Contains(text, []byte(s)) }
	switch {
	case bytes.HasPrefix(text, []byte("%!ps")):
		return "这是 PostScript 文件，请先转成 PDF"
	case bytes.HasPrefix(text, []byte("mime-version:")), has("\nmime-version:"):
		return "这是电子邮件，请上传邮件中的附件"
	case bytes.HasPrefix(text, []byte("<?xml")):
		return "这是 XML 文件，不是 Word、网页或 PDF"
	case len(text) == 0:
		return "文件里只有空白"
	}
	return "这是纯文本文件，不是 Word、网页或 PDF"
}
