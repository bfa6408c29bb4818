package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// objectReader reads objects (7.3) as strictly as the library does: what is no
// object makes it panic with an error, as a lenient reader would find other objects
// in a damaged file.
type objectReader struct {
	data  []byte // of the file, from base on
	base  int64
	pos   int
	short bool // data ended within an object

	t       objectToken // read last
	again   bool        // it has to be read again
	items   []any       // of the arrays being read
	depth   int
	in      ref // the indirect object being read
	scratch []byte
	names   map[string]any // each once, as most occur many times
	last    any            // of the names
}

const (
	maxNesting = 1000 // of objects
	maxNames   = 4096 // kept
)

// objectToken is a token of the file's structure. Its text is valid until the next
// token is read.
type objectToken struct {
	kind objectTokenKind
	int  int64
	real float64
	text []byte
}

type objectTokenKind uint8

const (
	tokenKeyword objectTokenKind = iota // and brackets
	tokenName
	tokenString
	tokenInteger
	tokenReal
	tokenBool // int is 1 or 0
)

// keyword is a token of that kind in an error.
type keyword string

// errShort is the panic of a reader whose data ended.
var errShort = errors.New("object goes on")

// whole is the object that data begins with, which stands in the file at base; nil,
// and short set, where there is not enough data.
func (r *objectReader) whole(data []byte, base int64) (x any) {
	*r = objectReader{data: data, base: base, names: r.names, items: r.items[:0], scratch: r.scratch}
	defer func() {
		if p := recover(); p == errShort { //nolint:errorlint // never wrapped
			x, r.short = nil, true
		} else if p != nil {
			panic(p)
		}
	}()
	r.next()
	return r.object()
}

func (r *objectReader) byte() byte {
	if r.pos >= len(r.data) {
		panic(errShort)
	}
	c := r.data[r.pos]
	r.pos++
	return c
}

// is tells whether the token read last is that word.
func (r *objectReader) is(word string) bool {
	return r.t.kind == tokenKeyword && string(r.t.text) == word
}

// object is the object that begins with the token read last.
func (r *objectReader) object() (x any) {
	if r.depth++; r.depth > maxNesting {
		panic(fmt.Errorf("object nesting exceeds maximum depth %d", maxNesting))
	}
	switch r.t.kind {
	case tokenInteger:
		x = r.number()
	case tokenKeyword:
		switch string(r.t.text) {
		case "<<":
			x = r.dict()
		case "[":
			x = r.array()
		case "null", ">>", "]":
		default:
			panic(fmt.Errorf("unexpected keyword %q parsing object", r.t.text))
		}
	default:
		x = r.plain()
	}
	r.depth--
	return x
}

// number is an integer, or a reference or an indirect object where two more tokens
// say so.
func (r *objectReader) number() any {
	n := r.t.int
	if c := r.peek(); n < 0 || n > math.MaxUint32 || c > '9' || c == '/' || c == '<' {
		return n
	}
	start := r.pos
	r.next()
	gen := r.t.int
	if r.t.kind != tokenInteger || gen < 0 || gen > math.MaxUint16 {
		r.again = true
		return n
	}
	if c := r.peek(); c <= '9' && c >= '+' || c == ']' { // numbers in an array
		r.again = true
		return n
	}
	at := ref{uint32(n), uint16(gen)}
	r.next()
	switch {
	case r.is("R"):
		return at
	case r.is("obj"):
		return r.definition(at)
	}
	r.pos = start
	return n
}

// peek is the next byte that is not white space.
func (r *objectReader) peek() byte {
	c := r.byte()
	for classOf(c) == classSpace {
		c = r.byte()
	}
	r.pos--
	return c
}

func (r *objectReader) definition(at ref) any {
	outer := r.in
	r.in = at
	r.next()
	x := r.object()
	if _, ok := x.(stream); !ok {
		if r.next(); !r.is("endobj") {
			panic(errors.New("missing endobj after indirect object definition"))
		}
	}
	r.in = outer
	return definition{at, x}
}

// plain is an object of one token.
func (r *objectReader) plain() any {
	switch t := &r.t; t.kind {
	case tokenName:
		return r.name()
	case tokenString:
		return string(t.text)
	case tokenInteger:
		return t.int
	case tokenReal:
		return t.real
	case tokenBool:
		return t.int != 0
	}
	return keyword(r.t.text)
}

func (r *objectReader) name() any {
	text := r.t.text
	if last, ok := r.last.(name); ok && string(last) == string(text) { // of codes that a font does not use
		return r.last
	}
	if n, ok := r.names[string(text)]; ok {
		r.last = n
		return n
	}
	if r.names == nil || len(r.names) >= maxNames {
		r.names = map[string]any{}
	}
	n := name(text)
	r.names[string(n)] = n
	return n
}

func (r *objectReader) array() any {
	from := len(r.items)
	for r.next(); !r.is("]"); r.next() {
		x := r.object()
		r.items = append(r.items, x)
	}
	x := append(array(nil), r.items[from:]...)
	r.items = r.items[:from]
	return x
}

// dict is a dictionary, or the stream that it is of.
func (r *objectReader) dict() any {
	x := dict{}
	for r.next(); !r.is(">>"); r.next() {
		if r.t.kind != tokenName {
			p := r.plain()
			panic(fmt.Errorf("unexpected non-name key %T(%v) parsing dictionary", p, p))
		}
		key := string(r.name().(name))
		r.next()
		x[key] = r.object()
	}
	if r.next(); !r.is("stream") {
		r.again = true
		return x
	}
	switch r.byte() {
	case '\n':
	case '\r':
		if r.byte() != '\n' {
			r.pos--
		}
	default:
		panic(errors.New("stream keyword not followed by newline"))
	}
	return stream{x, r.in, r.base + int64(r.pos)}
}

// next reads the next token.
func (r *objectReader) next() {
	if r.again {
		r.again = false
		return
	}
	c := r.byte()
	for c == '%' || classOf(c) == classSpace {
		if c == '%' {
			for c != '\r' && c != '\n' {
				c = r.byte()
			}
		}
		c = r.byte()
	}
	start := r.pos - 1
	switch c {
	case '[', ']', '{', '}':
		r.t = objectToken{text: r.data[start:r.pos]}
	case '/':
		r.t = objectToken{kind: tokenName, text: r.nameText()}
	case '(':
		r.t = objectToken{kind: tokenString, text: r.literal()}
	case '<', '>':
		if r.byte() == c {
			r.t = objectToken{text: r.data[start:r.pos]}
			return
		}
		r.pos--
		if c == '>' {
			panic(fmt.Errorf("unexpected delimiter %#q", rune(c)))
		}
		r.t = objectToken{kind: tokenString, text: r.hex()}
	case ')':
		panic(fmt.Errorf("unexpected delimiter %#q", rune(c)))
	default:
		r.t = wordToken(r.regular(start))
	}
}

// regular reads up to the end of a word or name.
func (r *objectReader) regular(start int) []byte {
	for classOf(r.byte()) == classRegular {
	}
	r.pos--
	return r.data[start:r.pos]
}

func (r *objectReader) nameText() []byte {
	text := r.regular(r.pos)
	if bytes.IndexByte(text, '#') < 0 {
		return text
	}
	out := r.scratch[:0]
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '#' {
			if i+2 >= len(text) || unhex(text[i+1]) < 0 || unhex(text[i+2]) < 0 {
				panic(errors.New("malformed name"))
			}
			c = byte(unhex(text[i+1])<<4 | unhex(text[i+2]))
			i += 2
		}
		out = append(out, c)
	}
	r.scratch = out
	return out
}

// wordToken tells numbers from other words.
func wordToken(text []byte) objectToken {
	switch string(text) {
	case "true":
		return objectToken{kind: tokenBool, int: 1}
	case "false":
		return objectToken{kind: tokenBool}
	}
	digits := text
	if text[0] == '+' || text[0] == '-' {
		digits = text[1:]
	}
	n, dots := int64(0), 0
	for _, c := range digits {
		switch {
		case c == '.':
			dots++
		case c < '0' || c > '9':
			return objectToken{text: text}
		default:
			n = n*10 + int64(c-'0')
		}
	}
	switch {
	case dots > 1 || len(digits) == 0:
		return objectToken{text: text}
	case dots == 1:
		v, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			panic(fmt.Errorf("invalid real %s", text))
		}
		return objectToken{kind: tokenReal, real: v}
	}
	const safe = 18 // digits that are no more than an int64 holds
	if len(digits) > safe {
		if _, err := strconv.ParseInt(string(text), 10, 64); err != nil {
			panic(fmt.Errorf("invalid integer %s", text))
		}
	}
	if text[0] == '-' {
		n = -n
	}
	return objectToken{kind: tokenInteger, int: n}
}

// hex reads a hexadecimal string up to its end.
func (r *objectReader) hex() []byte {
	out := r.scratch[:0]
	for {
		high := r.inHex()
		if high == '>' {
			break
		}
		low := r.inHex()
		if unhex(high) < 0 || unhex(low) < 0 {
			panic(fmt.Errorf("malformed hex string %c %c %s", high, low, r.data[r.pos:min(len(r.data), r.pos+firstWindow)]))
		}
		out = append(out, byte(unhex(high)<<4|unhex(low)))
	}
	r.scratch = out
	return out
}

// inHex is the next character in a hexadecimal string.
func (r *objectReader) inHex() byte {
	for {
		if c := r.byte(); classOf(c) != classSpace {
			return c
		}
	}
}

// literal reads a string in brackets up to its end.
func (r *objectReader) literal() []byte {
	out := r.scratch[:0]
	for depth := 1; ; {
		c := r.byte()
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				r.scratch = out
				return out
			}
		case '\\':
			out = r.escape(out)
			continue
		}
		out = append(out, c)
	}
}

// escape appends what follows a backslash (table 3).
func (r *objectReader) escape(out []byte) []byte {
	c := r.byte()
	switch c {
	case '(', ')', '\\':
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 'b':
		c = '\b'
	case 't':
		c = '\t'
	case 'f':
		c = '\f'
	case '\r':
		if r.byte() != '\n' {
			r.pos--
		}
		return out
	case '\n':
		return out
	case '0', '1', '2', '3', '4', '5', '6', '7':
		x := int(c - '0')
		for range 2 {
			if c = r.byte(); c < '0' || c > '7' {
				r.pos--
				break
			}
			x = x*8 + int(c-'0')
		}
		if x > math.MaxUint8 {
			panic(fmt.Errorf("invalid octal escape \\%03o", x))
		}
		c = byte(x)
	default:
		panic(fmt.Errorf("invalid escape sequence \\%c", c))
	}
	return append(out, c)
}
