package bagit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxName keeps a name well below the 255 bytes of file systems, in any of their
// encodings.
const maxName = 150

// reserved names of Windows, which a bag may be unpacked on.
const reserved = " CON PRN AUX NUL COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9 "

// SafeName makes one element of a path of any text: it can be written on every
// system, keeps its Chinese (NFC) and is never empty.
func SafeName(s string) string {
	// Composed last: what is dropped may have stood between a letter and its mark.
	s = norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s))
	s = strings.TrimLeft(s, " .~")
	for len(s) > maxName {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	s = strings.TrimRight(s, " .")
	stem, _, _ := strings.Cut(s, ".")
	if s == "" || strings.Contains(reserved, " "+strings.ToUpper(stem)+" ") {
		return "_" + s
	}
	return s
}
