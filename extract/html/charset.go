package html

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// declarationBytes is how much of the start may declare the encoding. The
// standard says 1,024; pages with long comments in front need more.
const declarationBytes = 8 << 10

// text decodes a page to UTF-8. label is the charset that came with it, "" where
// none did. guessed is true where declaration and bytes disagree and the bytes
// won.
func text(b []byte, label string) (out []byte, guessed bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return bytes.ToValidUTF8(b[3:], []byte("\ufffd")), false
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("<\x00")):
		return decoded(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), false
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\x00<")):
		return decoded(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), false
	}
	declared := declaration(b, label)
	isUTF8 := utf8.Valid(b)
	switch {
	case isUTF8 && (declared == nil || declared == encoding.Nop || declared == unicode.UTF8):
		return b, false
	case isUTF8: // no other encoding gives valid UTF-8 by chance, but for ASCII
		return b, !isASCII(b)
	case declared != nil && declared != unicode.UTF8 && declared != encoding.Nop:
		return decoded(b, declared), false
	}
	// Neither UTF-8 nor declared to be anything else: Chinese, if it can be.
	chinese := decoded(b, simplifiedchinese.GB18030)
	if bad := bytes.Count(chinese, []byte("\ufffd")); bad*100 < len(b) {
		return chinese, true
	}
	return bytes.ToValidUTF8(b, []byte("\ufffd")), declared == nil
}

// declaration is the encoding that the page or its label declares, nil for none.
// GB 2312 and GBK are read as GB 18030, which holds them.
func declaration(b []byte, label string) encoding.Encoding {
	head := b[:min(len(b), declarationBytes)]
	if label == "" {
		if m := xmlDeclaration().FindSubmatch(head); m != nil {
			label = string(m[1])
		} else if m := metaCharset().FindSubmatch(head); m != nil {
			label = string(m[1])
		}
	}
	e, name := charset.Lookup(label)
	switch name {
	case "utf-8", "utf-16le", "utf-16be": // what is UTF-16 was seen by its zero bytes
		return unicode.UTF8
	case "gbk":
		return simplifiedchinese.GB18030
	}
	return e
}

func xmlDeclaration() *regexp.Regexp {
	return regexp.MustCompile(`^\s*<\?xml[^>]*encoding=["']([\w-]+)["']`)
}

func metaCharset() *regexp.Regexp {
	return regexp.MustCompile(`(?i)<meta[^>]*charset\s*=\s*["']?\s*([\w:.-]+)`)
}

func decoded(b []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return out
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
