package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"nianbao/extract"
	"nianbao/extract/rtf"
)

// markupBytes is how much of the start is looked at for the first tag of a page:
// site programs leave comments and blank lines in front of it.
const markupBytes = 16 << 10

// sniffMarkup is sniffText on as much of the file as it needs. The error is one
// of r.
func sniffMarkup(r io.ReaderAt, size int64, head []byte) (extract.Format, error) {
	format := sniffText(head)
	bare := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	if format != "" || size <= int64(len(head)) || len(bare) > 0 && !bytes.HasPrefix(bare, []byte("<!")) && !bytes.HasPrefix(bare, []byte("<?")) {
		return format, nil
	}
	more := make([]byte, min(size, markupBytes))
	n, err := r.ReadAt(more, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the file's start: %w", err)
	}
	return sniffText(more[:n]), nil
}

// sniffText tells the formats that are text by what they begin with: RTF, web
// pages, and web pages in one file (MHTML). "" where it is none of them: a text
// about HTML is no page, and XML is none unless its root says so.
func sniffText(head []byte) extract.Format {
	bare := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	if bytes.HasPrefix(bare, []byte(rtf.Mark)) {
		return extract.FormatRTF
	}
	text, ok := asText(head)
	switch {
	case ok:
	case isWideMarkup(head):
		text = bytes.ToLower(bytes.ReplaceAll(head, []byte{0}, nil))
	case bytes.HasPrefix(bare, []byte("<")): // control characters are no reason to refuse a page
		text = bytes.ToLower(bare)
	default:
		return ""
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	switch {
	case isWebArchive(text):
		return extract.FormatMHT
	case isPage(text):
		return extract.FormatHTML
	}
	return ""
}

// isWideMarkup tells markup in UTF-16 without a byte order mark.
func isWideMarkup(head []byte) bool {
	return bytes.HasPrefix(head, []byte("<\x00")) || bytes.HasPrefix(head, []byte("\x00<"))
}

// isWebArchive tells the headers of RFC 2557 in lower-case text.
func isWebArchive(text []byte) bool {
	name, _, ok := bytes.Cut(text, []byte(":"))
	if !ok || len(name) == 0 || len(bytes.Trim(name, "abcdefghijklmnopqrstuvwxyz-")) > 0 {
		return false
	}
	if !bytes.HasPrefix(text, []byte("mime-version:")) && !bytes.Contains(text, []byte("\nmime-version:")) {
		return false
	}
	_, kind, ok := bytes.Cut(text, []byte("content-type:"))
	kind = bytes.TrimLeft(kind, " \t\r\n")
	return ok && (bytes.HasPrefix(kind, []byte("multipart/related")) || bytes.HasPrefix(kind, []byte("multipart/alternative")) ||
		bytes.HasPrefix(kind, []byte("text/html")))
}

// isPage tells lower-case text that begins as web pages do.
func isPage(text []byte) bool {
	isXML := bytes.HasPrefix(text, []byte("<?xml"))
	text = behindProlog(text)
	if begins(text, "!doctype html") || begins(text, "html") {
		return true
	}
	if isXML {
		return false
	}
	for _, name := range []string{
		"head", "body", "meta", "title", "base", "link", "style", "script", "table", "div", "p", "center", "font", "span",
		"h1", "h2", "h3", "br", "ol", "ul", "section", "article", "main",
	} {
		if begins(text, name) {
			return true
		}
	}
	return false
}

// begins tells text that begins with a tag of the name.
func begins(text []byte, name string) bool {
	rest, ok := bytes.CutPrefix(text, []byte("<"+name))
	return ok && len(rest) > 0 && bytes.IndexByte([]byte(" \t\r\n/>"), rest[0]) >= 0
}

// behindProlog passes over comments and processing instructions.
func behindProlog(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, " \t\r\n")
		var end string
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(text, []byte("<?")):
			end = ">"
		default:
			return text
		}
		_, rest, ok := bytes.Cut(text, []byte(end))
		if !ok {
			return nil
		}
		text = rest
	}
}
