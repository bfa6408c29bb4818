package rtf

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"nianbao/extract/symbolfont"
)

// maxName bounds names, labels, instructions and values: what is longer is none.
const maxName = 4096

// pageDoubtful is the code page of text in charset 0 of a document whose own
// code page has double bytes: which one it is, its bytes tell.
const pageDoubtful = -2

// bytes takes bytes of text in the code page of the current font. A character
// may be cut by groups and control words, so a first byte waits for the second.
func (r *reading) bytes(b []byte) {
	if r.skip > 0 {
		n := min(r.skip, len(b))
		r.skip -= n
		if b = b[n:]; len(b) == 0 {
			return
		}
	}
	if r.g.to == toNowhere || r.g.to == toPicture {
		return
	}
	page := r.fontPage()
	if r.high != 0 || len(r.pending) > 0 && page != r.pendingPage {
		r.cut()
	}
	if len(r.pending) == 0 && page != pageSymbol && isASCII(b) {
		r.write(string(b))
		return
	}
	r.pending, r.pendingPage = append(r.pending, b...), page
}

// flush decodes the bytes that wait, but for a cut character at their end.
func (r *reading) flush() {
	if len(r.pending) == 0 {
		return
	}
	whole := len(r.pending)
	switch {
	case r.pendingPage == pageDoubtful:
		whole = complete(r.pending, r.page)
	case isMultibyte(r.pendingPage):
		whole = complete(r.pending, r.pendingPage)
	}
	if whole > 0 {
		r.write(r.decoded(r.pending[:whole]))
		r.pending = append(r.pending[:0], r.pending[whole:]...)
	}
}

// cut decodes all bytes that wait: what comes next is no byte of theirs.
func (r *reading) cut() {
	r.flush()
	if len(r.pending) > 0 {
		text := "\ufffd"
		if r.pendingPage == pageDoubtful {
			text = decode(r.pending, pageANSI)
		}
		r.pending = r.pending[:0]
		r.write(text)
	}
	if r.high != 0 {
		r.high = 0
		r.write("\ufffd")
	}
}

// decoded decodes whole characters.
func (r *reading) decoded(b []byte) string {
	switch r.pendingPage {
	case pageSymbol:
		var s strings.Builder
		for _, c := range b {
			if c < ' ' {
				continue
			}
			s.WriteRune(0xf000 + rune(c)) // the private area, as Word keeps them
		}
		return r.symbols(s.String())
	case pageDoubtful:
		if isDoubleByte(b, r.page) {
			return decode(b, r.page)
		}
		return decode(b, pageANSI)
	}
	text := decode(b, r.pendingPage)
	if r.g.to == toLevel && strings.Contains(text, "\ufffd") { // a character of a symbol font, which is named later
		return decode(b, pageANSI)
	}
	return text
}

// unicode takes a \u character: a UTF-16 unit, often signed; some writers give
// whole code points.
func (r *reading) unicode(value int) {
	if len(r.pending) > 0 || r.high != 0 && !utf16.IsSurrogate(rune(value&0xffff)) {
		r.cut()
	}
	r.skip = r.g.unicode
	if value < 0 {
		value += 1 << 16
	}
	ch := rune(utf8.RuneError)
	if value >= 0 && value <= utf8.MaxRune {
		ch = rune(value)
	}
	switch {
	case r.high != 0:
		ch, r.high = utf16.DecodeRune(r.high, ch), 0
	case ch >= 0xd800 && ch < 0xdc00:
		r.high = ch
		return
	case utf16.IsSurrogate(ch):
		ch = utf8.RuneError
	}
	text := string(ch)
	if ch < ' ' {
		text = controlText(ch)
	}
	if ch >= 0xf020 && ch <= 0xf0ff || r.fontPage() == pageSymbol {
		text = r.symbols(text)
	}
	r.write(text)
}

// symbols converts characters of the current font where that is one of symbols.
// A level of a list names its font behind its text.
func (r *reading) symbols(text string) string {
	if r.g.to == toLevel {
		return text
	}
	return symbolfont.Text(text, r.symbolFont())
}

// controlText is what a control character prints: they are breaks in Word's own
// text, or nothing.
func controlText(ch rune) string {
	switch ch {
	case '\t':
		return "\t"
	case '\n', '\v', '\f':
		return "\n"
	}
	return ""
}

// char writes a character that has no bytes.
func (r *reading) char(text string) {
	r.cut()
	r.write(text)
}

// write sends text to where the group's text goes.
func (r *reading) write(text string) {
	if (r.g.to == toStory || r.g.to == toLabel) && strings.Contains(text, "\ufffd") {
		r.damaged++
	}
	switch r.g.to {
	case toStory:
		r.writeStory(text)
	case toFont:
		r.font.name = appendName(r.font.name, text)
		if strings.HasSuffix(text, ";") {
			r.endFont()
		}
	case toStyle:
		r.style.name = appendName(r.style.name, text)
	case toLevel, toListEntry:
		r.text = appendName(r.text, text)
	case toLabel:
		if !r.g.chars.hidden {
			r.story.label = appendName(r.story.label, text)
		}
	case toInstructions:
		if f := r.g.field; f != nil {
			f.code = appendName(f.code, text)
		}
	case toObjectClass:
		r.object = appendName(r.object, text)
	case toPropertyName:
		r.g.shape.name = appendName(r.g.shape.name, text)
	case toPropertyValue:
		r.g.shape.value = appendName(r.g.shape.value, text)
	case toNowhere, toPicture:
	}
}

// writeStory writes text that is printed.
func (r *reading) writeStory(text string) {
	c := &r.g.chars
	change := c.change()
	if c.hidden {
		if len(bytes.TrimSpace([]byte(text))) > 0 {
			r.hidden++
		}
		return
	}
	r.mark(r.story, change)
	if !r.reads(change) {
		return
	}
	if f := r.g.field; f != nil {
		f.wrote = true
	}
	for _, ch := range text {
		if ch >= 0xe000 && ch <= 0xf8ff {
			r.private++
		}
	}
	p := r.story.paragraph()
	i := c.which()
	p.Write(text, c.size[i], c.bold[i])
	p.Contents = p.Contents || r.g.contents
}

func appendName(b []byte, text string) []byte {
	if len(b)+len(text) > maxName {
		return b
	}
	return append(b, text...)
}
