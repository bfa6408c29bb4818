package rtf

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Code pages by their Windows numbers.
const (
	pageANSI   = 1252
	pageSymbol = -1 // bytes are characters of a symbol font
	pageGBK    = 936
	pageBig5   = 950
	pageJapan  = 932
	pageKorea  = 949
	pageGB     = 54936
	pageUTF8   = 65001
)

// pageOfCharset is the code page of \fcharset (RTF 1.9.1, "Font Table"); 0 for
// the one of the document.
func pageOfCharset(charset int) int {
	switch charset {
	case 0:
		return pageANSI
	case 2:
		return pageSymbol
	case 77:
		return 10000
	case 78, 128:
		return pageJapan
	case 79, 129, 130:
		return pageKorea
	case 80, 134:
		return pageGBK
	case 81, 136:
		return pageBig5
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177:
		return 1255
	case 178, 179, 180:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	case 254:
		return 437
	case 255:
		return 850
	}
	return 0
}

// decoderOf is the encoding of a code page, Windows-1252 for unknown ones.
// GB 18030 is GBK with more to it.
func decoderOf(page int) encoding.Encoding {
	switch page {
	case pageGBK, pageGB:
		return simplifiedchinese.GB18030
	case pageBig5:
		return traditionalchinese.Big5
	case pageJapan:
		return japanese.ShiftJIS
	case pageKorea, 1361:
		return korean.EUCKR
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	}
	return charmap.Windows1252
}

// isMultibyte tells code pages in which a character may take several bytes.
func isMultibyte(page int) bool {
	switch page {
	case pageGBK, pageBig5, pageJapan, pageKorea, pageGB, pageUTF8:
		return true
	}
	return false
}

// complete is the length of b without a character that its end cuts.
func complete(b []byte, page int) int {
	if page == pageUTF8 {
		for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
			if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRune(tail) {
					return len(b) - i
				}
				break
			}
		}
		return len(b)
	}
	for i := 0; i < len(b); {
		n := characterLen(b[i:], page)
		if i+n > len(b) {
			return i
		}
		i += n
	}
	return len(b)
}

// characterLen is how many bytes the character takes that b begins with.
func characterLen(b []byte, page int) int {
	if !isLead(b[0], page) {
		return 1
	}
	if (page == pageGBK || page == pageGB) && len(b) > 1 && b[1] >= '0' && b[1] <= '9' {
		return 4
	}
	return 2
}

// isLead tells the first byte of a double-byte character.
func isLead(b byte, page int) bool {
	if page == pageJapan {
		return b >= 0x81 && b <= 0x9f || b >= 0xe0 && b <= 0xfc
	}
	return b >= 0x81 && b <= 0xfe
}

// decode decodes whole characters; what cannot be decoded becomes U+FFFD.
func decode(b []byte, page int) string {
	if isASCII(b) || page == pageUTF8 {
		return string(bytes.ToValidUTF8(b, []byte("\ufffd")))
	}
	out, err := decoderOf(page).NewDecoder().Bytes(b)
	if err != nil {
		return "\ufffd"
	}
	return string(out)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isDoubleByte tells whether text labelled as Western is in a double-byte code
// page: it can be decoded, and of its double bytes most have two high ones, as
// those of common characters have. Accents of Western text stand alone.
func isDoubleByte(b []byte, page int) bool {
	high, low := 0, 0
	for i := 0; i < len(b); {
		n := characterLen(b[i:], page)
		if i+n > len(b) {
			return false
		}
		switch {
		case n == 1 && b[i] >= utf8.RuneSelf:
			return false
		case n > 1 && b[i] >= 0xa1 && b[i+1] >= 0xa1:
			high++
		case n > 1:
			low++
		}
		i += n
	}
	return high > low && !strings.Contains(decode(b, page), "\ufffd")
}
