package docx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// attributes reads the attributes of a start tag: declarations are bound first,
// since they hold for the whole tag.
func (r *xmlReader) attributes(b []byte) error {
	r.attrs, r.buf = r.attrs[:0], r.buf[:0]
	var err error
	raw := r.attrNames[:0]
	for {
		b = trimStart(b)
		if len(b) == 0 {
			break
		}
		var key, value []byte
		if key, value, b, err = cutAttribute(b); err != nil {
			return err
		}
		value, r.buf = r.decode(value, r.buf, true)
		if prefix, ok := declaredPrefix(key); ok {
			r.bind(prefix, string(value))
			continue
		}
		raw = append(raw, key)
		r.attrs = append(r.attrs, attr{value: value})
	}
	for i, key := range raw {
		r.attrs[i].ns, r.attrs[i].local = r.resolve(key, false)
	}
	r.attrNames = raw
	return nil
}

// cutAttribute splits name="value" off b.
func cutAttribute(b []byte) (key, value, rest []byte, err error) {
	i := bytes.IndexByte(b, '=')
	if i < 0 {
		return nil, nil, nil, errors.New("属性没有值")
	}
	key = trimEnd(b[:i])
	if !validName(key) {
		return nil, nil, nil, errors.New("属性名不合规")
	}
	b = trimStart(b[i+1:])
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, nil, errors.New("属性值没有引号")
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return nil, nil, nil, errors.New("属性值没有结束引号")
	}
	value = b[1 : 1+end]
	if bytes.IndexByte(value, '<') >= 0 {
		return nil, nil, nil, errors.New("属性值中有“<”")
	}
	return key, value, b[end+2:], nil
}

// declaredPrefix tells namespace declarations: "" for the default namespace.
func declaredPrefix(key []byte) (string, bool) {
	if string(key) == "xmlns" {
		return "", true
	}
	if p, ok := bytes.CutPrefix(key, []byte("xmlns:")); ok && len(p) > 0 {
		return string(p), true
	}
	return "", false
}

func (r *xmlReader) bind(prefix, uri string) {
	space := spaceOf(uri)
	if space == nsOther {
		if r.others == nil {
			r.others = map[string]ns{}
		}
		var ok bool
		if space, ok = r.others[uri]; !ok {
			space = nsOther + 1 + ns(len(r.others))
			r.others[uri] = space
		}
	}
	r.bound[prefix] = append(r.bound[prefix], space)
	r.decls = append(r.decls, prefix)
}

// resolve splits a qualified name and looks its prefix up. An undeclared prefix
// gives nsOther. Attributes without a prefix are in no namespace.
func (r *xmlReader) resolve(name []byte, isElement bool) (ns, string) {
	i := bytes.IndexByte(name, ':')
	if i <= 0 || i == len(name)-1 {
		if b := r.bound[""]; isElement && len(b) > 0 {
			return b[len(b)-1], r.shared(name)
		}
		return nsNone, r.shared(name)
	}
	if b := r.bound[string(name[:i])]; len(b) > 0 {
		return b[len(b)-1], r.shared(name[i+1:])
	}
	return nsOther, r.shared(name[i+1:])
}

// shared returns the name as a string without allocating it again and again.
func (r *xmlReader) shared(name []byte) string {
	if s, ok := r.intern[string(name)]; ok {
		return s
	}
	s := string(name)
	if len(r.intern) < internLimit {
		r.intern[s] = s
	}
	return s
}

func cutName(b []byte) (name, rest []byte) {
	for i, c := range b {
		if isSpace(c) {
			return b[:i], b[i:]
		}
	}
	return b, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

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
		if c == ':' {
			colons++
		}
		if c <= ' ' || c == '<' || c == '>' || c == '&' || c == '=' || c == '"' || c == '\'' || c == '/' {
			return false
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
	for _, c := range b {
		if c == '&' || c < ' ' && c != '\t' && c != '\n' {
			return false
		}
	}
	return utf8.Valid(b)
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
