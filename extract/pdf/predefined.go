package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// legacyCMap is a predefined CMap (9.7.5.2) whose codes are text in a known
// character set. The tables code → CID of Adobe's collections are not here, so
// only the CIDs of ASCII are known; they are the ones whose widths differ.
type legacyCMap struct {
	cut     func(s []byte) int
	decode  func(raw []byte) string
	asciiAt uint32 // CID of U+0020; 0 where unknown
}

// predefinedCMap is the CMap of that name; nil for Identity and unknown names.
func predefinedCMap(name string) *legacyCMap {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V")
	switch {
	case strings.HasPrefix(name, "Uni") && strings.Contains(name, "UTF16"),
		strings.HasPrefix(name, "Uni") && strings.Contains(name, "UCS2"):
		at := uint32(1)
		if strings.HasSuffix(name, "HW") {
			at = 231 // UniJIS-UCS2-HW: half-width forms of Adobe-Japan1
		}
		return &legacyCMap{cut: cutUTF16, decode: utf16BE, asciiAt: at}
	case strings.HasPrefix(name, "Uni") && strings.Contains(name, "UTF32"):
		return &legacyCMap{cut: func([]byte) int { return 4 }, decode: utf32BE, asciiAt: 1}
	case strings.HasPrefix(name, "Uni") && strings.Contains(name, "UTF8"):
		return &legacyCMap{cut: cutUTF8, decode: func(b []byte) string { return string(b) }, asciiAt: 1}
	}
	switch name {
	case "GBK-EUC":
		return charsetCMap(simplifiedchinese.GBK, cutDouble(0x81), 814)
	case "GB-EUC", "GBpc-EUC", "GBKp-EUC":
		at := uint32(1)
		if name == "GB-EUC" {
			at = 814
		}
		return charsetCMap(simplifiedchinese.GBK, cutDouble(0x81), at)
	case "GBK2K":
		return charsetCMap(simplifiedchinese.GB18030, cutGB18030, 1)
	case "B5pc", "HKscs-B5", "ETen-B5", "ETenms-B5":
		at := uint32(1)
		if name == "ETen-B5" {
			at = 13648
		}
		return charsetCMap(traditionalchinese.Big5, cutDouble(0x81), at)
	case "83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "Add-RKSJ", "Ext-RKSJ", "RKSJ":
		at := uint32(231)
		if name == "90msp-RKSJ" {
			at = 1
		}
		return charsetCMap(japanese.ShiftJIS, cutShiftJIS, at)
	case "EUC":
		return charsetCMap(japanese.EUCJP, cutDouble(0x8E), 231)
	case "KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "KSCpc-EUC":
		at := uint32(1)
		if name == "KSCms-UHC-HW" || name == "KSC-EUC" {
			at = 8094
		}
		return charsetCMap(korean.EUCKR, cutDouble(0x81), at)
	}
	return nil
}

func charsetCMap(e encoding.Encoding, cut func([]byte) int, asciiAt uint32) *legacyCMap {
	return &legacyCMap{cut: cut, asciiAt: asciiAt, decode: func(raw []byte) string {
		out, err := e.NewDecoder().Bytes(raw)
		if err != nil {
			return ""
		}
		return string(out)
	}}
}

func (l *legacyCMap) next(s []byte) (uint32, int) {
	n := max(1, min(l.cut(s), len(s)))
	return codeOf(s[:n]), n
}

func (l *legacyCMap) text(raw []byte) string { return l.decode(raw) }

// cid is the CID of an ASCII character.
func (l *legacyCMap) cid(text string) (uint32, bool) {
	if len(text) == 1 && text[0] >= ' ' && text[0] <= '~' && l.asciiAt > 0 {
		return uint32(text[0]-' ') + l.asciiAt, true
	}
	return 0, false
}

// halfWidth tells whether text is a character that CJK fonts set half as wide.
func halfWidth(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && (r >= ' ' && r <= '~' || r >= 0xFF61 && r <= 0xFF9F)
}

func cutUTF16(s []byte) int {
	if len(s) >= 4 && s[0]&0xFC == 0xD8 && s[2]&0xFC == 0xDC {
		return 4
	}
	return 2
}

func cutUTF8(s []byte) int {
	_, n := utf8.DecodeRune(s)
	return n
}

func utf32BE(raw []byte) string {
	if c := codeOf(raw); c <= utf8.MaxRune {
		return string(rune(c))
	}
	return ""
}

// cutDouble cuts two bytes where the first is at least lead.
func cutDouble(lead byte) func([]byte) int {
	return func(s []byte) int {
		if s[0] >= lead && s[0] < 0xFF {
			return 2
		}
		return 1
	}
}

func cutShiftJIS(s []byte) int {
	if c := s[0]; c >= 0x81 && c <= 0x9F || c >= 0xE0 && c <= 0xFC {
		return 2
	}
	return 1
}

func cutGB18030(s []byte) int {
	if s[0] < 0x81 || s[0] == 0xFF {
		return 1
	}
	if len(s) >= 4 && s[1] >= 0x30 && s[1] <= 0x39 {
		return 4
	}
	return 2
}

// decodeName reads a font name in UTF-8 or GBK; other bytes are dropped.
func decodeName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if out, err := simplifiedchinese.GBK.NewDecoder().String(name); err == nil {
		return out
	}
	return strings.ToValidUTF8(name, "")
}
