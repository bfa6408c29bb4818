package html

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// engine is Extraction.Engine of this reader.
const engine = "html"

// Bounds of a page: the parser keeps it whole, at some 300 bytes an element.
const (
	maxBytes = 64 << 20
	maxTags  = 1 << 19
	maxTail  = 4096 // of a page, in which its end mark stands
)

// Read reads a web page of size bytes. Errors are [*extract.Error], but for those
// of in; what was left out without an error stands in Extraction.Warnings.
func Read(in io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return ReadWith(in, size, extract.Options{Limits: lim})
}

// ReadWith is Read with more than limits to choose.
func ReadWith(in io.ReaderAt, size int64, opt extract.Options) (*extract.Extraction, error) {
	lim := opt.Limits
	if most := min(lim.DecompressedBytes, maxBytes); size > most {
		return nil, extract.OverLimit("html_bytes", most, fmt.Sprintf("网页文件共 %d 字节，超过上限", size))
	}
	b := make([]byte, size)
	if n, err := in.ReadAt(b, 0); int64(n) < size {
		if err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
			return nil, err
		}
		b = b[:n]
	}
	return read(b, "", extract.FormatHTML, opt)
}

// read reads a page whose charset is label, "" where it is unknown.
func read(b []byte, label string, format extract.Format, opt extract.Options) (*extract.Extraction, error) {
	page, guessed := text(b, label)
	if bytes.Count(page, []byte{'<'}) > maxTags {
		return nil, extract.OverLimit("html_tags", maxTags, "网页的标签数超过上限")
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		if strings.Contains(err.Error(), "exceeds") {
			return nil, extract.OverLimit("depth", 512, "网页的元素嵌套过深，已停止读取")
		}
		return nil, extract.Damaged("网页无法解析：%v", err)
	}
	w := newWalker(opt)
	if guessed {
		w.warn.Add("encoding_guessed", "网页没有说明编码，或所说与内容不符，按内容判断；如有乱码请对照原件")
	}
	w.warn.AddN("text_damaged", "网页中有无法解码的字符，已用替代字符代替", bytes.Count(page, []byte("\ufffd")))
	if lower := bytes.ToLower(page[max(0, len(page)-maxTail):]); wrapsAtBlanks(root) && !bytes.Contains(lower, []byte("</html")) {
		w.warn.Add("structure_damaged", "网页末尾缺少结束标记（</html>），内容可能不完整，请对照原件核对")
	}
	items, err := w.walk(root)
	if err != nil {
		return nil, err
	}
	doc, err := flow.Assemble(items, opt.Limits, w.warn)
	if err != nil {
		return nil, err
	}
	w.countLosses()
	return &extract.Extraction{Format: format, Engine: engine, Warnings: w.warn.Warnings(), Document: doc}, nil
}
