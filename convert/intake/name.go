package intake

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the length of a file name in characters; longer ones are cut before
// the extension.
const maxName = 255

// noName stands for a file name that has nothing printable.
const noName = "未命名"

// cleanName makes a client's file name fit to be shown and sent back: the last
// element of a path of any system, without control characters and without the
// marks that turn the writing direction (which make an extension look like
// another).
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, name))
	if strings.Trim(name, ".") == "" {
		return noName
	}
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	runes, ext := []rune(name), []rune(path.Ext(name))
	if len(ext) > 16 { // no extension: a dot somewhere in a long sentence
		ext = nil
	}
	return strings.TrimSpace(string(runes[:maxName-len(ext)]) + string(ext))
}
