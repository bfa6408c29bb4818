package docx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// attr is one attribute. It is valid until the next token.
type attr struct {
	prefix, local []byte // prefix is nil where there is none
	value         []byte
}

// classes tell what a byte may mean in a tag or text.
const (
	classSpace   uint8 = 1 << iota
	classNoName        // ends a name
	classDecode        // in a value or text: something may have to be done
	classHigh          // of a character beyond ASCII
	classNoValue       // not allowed in the value of an attribute
)

// classOf has the classes of each byte: a tag is gone through once.
var classOf = func() (class [256]uint8) {
	for c := range class {
		switch {
		case c == ' ', c == '\t', c == '\n':
			class[c] = classSpace | classNoName
		case c == '\r':
			class[c] = classSpace | classNoName | classDecode
		case c < ' ':
			class[c] = classNoName | classDecode
		case c >= utf8.RuneSelf:
			class[c] = classHigh
		}
	}
	for _, c := range `>="'/` {
		class[c] = classNoName
	}
	class['<'] = classNoName | classNoValue
	class['&'] = classNoName | classDecode
	return class
}()

// attributes reads the attributes of a start tag, whose names are looked up when
// they are asked for: most never are.
func (r *xmlReader) attributes(b []byte) error {
	r.attrs, r.buf = r.attrs[:0], r.buf[:0]
	for {
		b = trimStart(b)
		if len(b) == 0 {
			return nil
		}
		var a attr
		var err error
		if a, b, err = r.attribute(b); err != nil {
			return err
		}
		if prefix, ok := a.declares(); ok {
			r.decls = append(r.decls, r.names.bind(prefix, a.value))
			continue
		}
		r.attrs = append(r.attrs, a)
	}
}

// attribute splits name="value" off b.
func (r *xmlReader) attribute(b []byte) (a attr, rest []byte, err error) {
	end, colon, colons := 0, 0, 0
	for end < len(b) && classOf[b[end]]&classNoName == 0 {
		if b[end] == ':' {
			colon, colons = end, colons+1
		}
		end++
	}
	rest = trimStart(b[end:])
	if end == 0 || colons > 1 || len(rest) == 0 || rest[0] != '=' {
		if bytes.IndexByte(rest, '=') < 0 {
			return a, nil, errors.New("属性没有值")
		}
		return a, nil, errors.New("属性名不合规")
	}
	a.local = b[:end]
	if colon > 0 && colon < end-1 {
		a.prefix, a.local = b[:colon], b[colon+1:end]
	}
	rest = trimStart(rest[1:])
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return a, nil, errors.New("属性值没有引号")
	}
	quote := rest[0]
	rest = rest[1:]
	seen := uint8(0)
	for end = 0; end < len(rest) && rest[end] != quote; end++ {
		seen |= classOf[rest[end]]
	}
	switch {
	case end == len(rest):
		return a, nil, errors.New("属性值没有结束引号")
	case seen&classNoValue != 0:
		return a, nil, errors.New("属性值中有“<”")
	}
	a.value = rest[:end]
	if seen&(classDecode|classHigh) != 0 {
		a.value, r.buf = r.decode(a.value, r.buf, true)
	}
	return a, rest[end+1:], nil
}

// declares tells namespace declarations: nil for the default namespace.
func (a *attr) declares() (prefix []byte, ok bool) {
	if a.prefix == nil {
		return nil, string(a.local) == "xmlns"
	}
	return a.local, string(a.prefix) == "xmlns"
}

func isSpace(c byte) bool { return classOf[c]&classSpace != 0 }

func trimStart(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

func trimEnd(b []byte) []byte {
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// validName refuses what would confuse tags and names; it does not check the
// character classes of XML names.
func validName(b []byte) bool {
	colons := 0
	for _, c := range b {
		if classOf[c]&classNoName != 0 {
			return false
		}
		if c == ':' {
			colons++
		}
	}
	return len(b) > 0 && colons <= 1
}

// decode resolves references and line ends (XML 1.0 §2.11, §4.1) and replaces
// what XML forbids by U+FFFD. Where nothing is to be done it returns raw
// itself, otherwise a piece appended to buf.
func (r *xmlReader) decode(raw, buf []byte, references bool) (text, grown []byte) {
	if isPlain(raw) {
		return raw, buf
	}
	start := len(buf)
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '&' && references:
			ch, n := reference(raw[i:])
			if n == 0 { // not a reference: keep what stands there
				r.badText++
				ch, n = '&', 1
			} else if ch < ' ' && ch != '\t' && ch != '\n' && ch != '\r' {
				r.badText++
				ch = utf8.RuneError
			}
			buf = utf8.AppendRune(buf, ch)
			i += n
		case c == '\r':
			buf = append(buf, '\n')
			i++
			if i < len(raw) && raw[i] == '\n' {
				i++
			}
		case c < ' ' && c != '\t' && c != '\n':
			r.badText++
			buf = append(buf, "\uFFFD"...)
			i++
		case c < utf8.RuneSelf:
			buf = append(buf, c)
			i++
		default:
			ch, n := utf8.DecodeRune(raw[i:])
			if ch == utf8.RuneError && n == 1 {
				r.badText++
			}
			buf = utf8.AppendRune(buf, ch)
			i += n
		}
	}
	return buf[start:len(buf):len(buf)], buf
}

func isPlain(b []byte) bool {
	seen := uint8(0)
	for _, c := range b {
		seen |= classOf[c]
	}
	return seen&classDecode == 0 && (seen&classHigh == 0 || utf8.Valid(b))
}

// reference decodes the character or predefined entity reference at the start
// of b; n is its length, 0 where there is none.
func reference(b []byte) (ch rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := b[1:end]; string(name) {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "apos":
		return '\'', end + 1
	case "quot":
		return '"', end + 1
	default:
		if name[0] != '#' || len(name) < 2 {
			return 0, 0
		}
		if ch = characterNumber(name[1:]); ch < 0 {
			return 0, 0
		}
		return ch, end + 1
	}
}

// characterNumber reads the number of a character reference, -1 where it is
// none or beyond Unicode.
func characterNumber(digits []byte) rune {
	base := rune(10)
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	if len(digits) == 0 {
		return -1
	}
	var ch rune
	for _, d := range digits {
		v := hexDigit(d)
		if v < 0 || v >= base {
			return -1
		}
		if ch = ch*base + v; ch > utf8.MaxRune {
			return -1
		}
	}
	return ch
}

func hexDigit(d byte) rune {
	switch {
	case d >= '0' && d <= '9':
		return rune(d - '0')
	case d >= 'a' && d <= 'f':
		return rune(d-'a') + 10
	case d >= 'A' && d <= 'F':
		return rune(d-'A') + 10
	}
	return -1
}

// checkDeclaration refuses an XML declaration that names an encoding the
// package format does not know (ECMA-376 part 2 allows UTF-8 and UTF-16; the
// latter was converted before).
func checkDeclaration(b []byte) error {
	if len(b) < len("<?x?>") {
		return errors.New("处理指令不完整")
	}
	if !bytes.HasPrefix(b, []byte("<?xml ")) {
		return nil
	}
	_, after, ok := bytes.Cut(b, []byte("encoding"))
	if !ok {
		return nil
	}
	after = bytes.TrimLeft(after, " \t\r\n=")
	if len(after) < 2 {
		return nil
	}
	end := bytes.IndexByte(after[1:], after[0])
	if end < 0 {
		return nil
	}
	switch name := strings.ToLower(string(after[1 : 1+end])); name {
	case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
		return nil
	default:
		return fmt.Errorf("不支持的字符编码 %q，只能是 UTF-8 或 UTF-16", name)
	}
}
