package pdf

import "bytes"

// tokenKind is what a lexer found.
type tokenKind uint8

const (
	tokEOF tokenKind = iota
	tokNumber
	tokName   // str without the slash, #xx decoded
	tokString // str decoded; literal or hexadecimal
	tokArrayOpen
	tokArrayClose
	tokDictOpen
	tokDictClose
	tokOperator // any other word
)

// token is one lexical token (ISO 32000-1, 7.2 and 7.3). str points into the
// input or into the lexer's scratch memory: it is valid until reset is called.
type token struct {
	kind tokenKind
	num  float64
	str  []byte
}

// lexer cuts content streams, CMaps and xref sections into tokens. It never
// fails: what is no token is skipped, so it ends on any input after at most
// len(data) steps.
type lexer struct {
	data    []byte
	pos     int
	scratch []byte
	open    bool // a string reached the end of data without its closing bracket
}

// Character classes of 7.2.2.
const (
	classRegular = iota
	classSpace
	classDelimiter
)

// classes and hexValues are looked up for every byte of content; -1 is no digit.
var (
	classes   = byteTable(makeClass)
	hexValues = byteTable(makeHex)
)

func byteTable(of func(c byte) int8) (t [256]int8) {
	for c := range t {
		t[c] = of(byte(c))
	}
	return t
}

func classOf(c byte) int8 { return classes[c] }

func makeClass(c byte) int8 {
	switch c {
	case 0, '\t', '\n', '\f', '\r', ' ':
		return classSpace
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return classDelimiter
	}
	return classRegular
}

// reset frees the scratch memory that earlier tokens used.
func (l *lexer) reset() { l.scratch = l.scratch[:0] }

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if classOf(c) != classSpace {
			return
		}
		l.pos++
	}
}

// next is the next token; kind tokEOF at the end.
func (l *lexer) next() (t token) {
	l.read(&t)
	return t
}

// read is next with the token put where it is kept: copying each one of a content
// stream takes as long as finding it.
func (l *lexer) read(t *token) {
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			*t = token{}
			return
		}
		c := l.data[l.pos]
		switch c {
		case '[':
			l.pos++
			*t = token{kind: tokArrayOpen}
			return
		case ']':
			l.pos++
			*t = token{kind: tokArrayClose}
			return
		case '(':
			l.pos++
			*t = token{kind: tokString, str: l.literal()}
			return
		case '/':
			l.pos++
			*t = token{kind: tokName, str: l.name()}
			return
		case '<':
			l.pos++
			if l.peek() == '<' {
				l.pos++
				*t = token{kind: tokDictOpen}
			} else {
				*t = token{kind: tokString, str: l.hex()}
			}
			return
		case '>':
			l.pos++
			if l.peek() == '>' {
				l.pos++
				*t = token{kind: tokDictClose}
				return
			}
		case ')', '{', '}':
			l.pos++ // stray, or PostScript procedure marks in a CMap
		default:
			l.word(t)
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (l *lexer) peek() byte {
	if l.pos < len(l.data) {
		return l.data[l.pos]
	}
	return 0
}

func (l *lexer) word(t *token) {
	start := l.pos
	for l.pos < len(l.data) && classOf(l.data[l.pos]) == classRegular {
		l.pos++
	}
	w := l.data[start:l.pos]
	if c := w[0]; c <= '9' && (c >= '0' || c == '-' || c == '+' || c == '.') {
		if v, ok := parseNumber(w); ok {
			*t = token{kind: tokNumber, num: v}
			return
		}
	}
	*t = token{kind: tokOperator, str: w}
}

// fractions are what the digits behind a point count, 0.1, 0.01 and so on: a division
// for each digit of content takes long. Digits behind these change nothing that is
// drawn.
var fractions = func() (t [32]float64) {
	for k, f := 0, 0.1; k < len(t); k, f = k+1, f/10 {
		t[k] = f
	}
	return t
}()

// parseNumber reads an integer or real as readers in practice do: doubled signs
// and a minus inside ("--5", "0.-3") occur in producers' output and count as
// the number before or after.
func parseNumber(w []byte) (float64, bool) {
	i, neg := 0, false
	for i < len(w) && (w[i] == '-' || w[i] == '+') {
		neg = neg || w[i] == '-'
		i++
	}
	var v float64
	digits := false
	for ; i < len(w) && w[i] >= '0' && w[i] <= '9'; i++ {
		v = v*10 + float64(w[i]-'0')
		digits = true
	}
	if i < len(w) && w[i] == '.' {
		i++
		for k := 0; i < len(w) && w[i] >= '0' && w[i] <= '9'; i, k = i+1, k+1 {
			if k < len(fractions) {
				v += float64(w[i]-'0') * fractions[k]
			}
			digits = true
		}
	}
	if i < len(w) && w[i] != '-' {
		return 0, false
	}
	if !digits && len(w) > 1 && w[len(w)-1] != '.' {
		return 0, false
	}
	if neg {
		v = -v
	}
	return v, true
}

func (l *lexer) name() []byte {
	start := l.pos
	escaped := false
	for l.pos < len(l.data) && classOf(l.data[l.pos]) == classRegular {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return raw
	}
	from := len(l.scratch)
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && unhex(raw[i+1]) >= 0 && unhex(raw[i+2]) >= 0 {
			l.scratch = append(l.scratch, byte(unhex(raw[i+1])<<4|unhex(raw[i+2])))
			i += 2
			continue
		}
		l.scratch = append(l.scratch, raw[i])
	}
	return l.scratch[from:]
}

// literal reads up to the closing bracket; the opening one is consumed.
func (l *lexer) literal() []byte {
	// Most strings hold neither escapes nor brackets: those stay where they are.
	if i := bytes.IndexAny(l.data[l.pos:], "()\\\r"); i >= 0 && l.data[l.pos+i] == ')' {
		s := l.data[l.pos : l.pos+i]
		l.pos += i + 1
		return s
	}
	from, depth := len(l.scratch), 1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return l.scratch[from:]
			}
		case '\\':
			l.escape()
			continue
		case '\r':
			if l.peek() == '\n' {
				l.pos++
			}
			c = '\n'
		}
		l.scratch = append(l.scratch, c)
	}
	l.open = true
	return l.scratch[from:]
}

// escape reads what follows a backslash (7.3.4.2, table 3).
func (l *lexer) escape() {
	if l.pos >= len(l.data) {
		return
	}
	c := l.data[l.pos]
	l.pos++
	switch c {
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case '\r':
		if l.peek() == '\n' {
			l.pos++
		}
		return
	case '\n':
		return
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := int(c - '0')
		for i := 0; i < 2 && l.peek() >= '0' && l.peek() <= '7'; i++ {
			v = v<<3 | int(l.peek()-'0')
			l.pos++
		}
		c = byte(v)
	}
	l.scratch = append(l.scratch, c)
}

// hex reads a hexadecimal string; the opening bracket is consumed. An odd digit
// at the end counts as followed by 0.
func (l *lexer) hex() []byte {
	from, half, closed := len(l.scratch), -1, false
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			closed = true
			break
		}
		d := unhex(c)
		if d < 0 {
			continue
		}
		if half < 0 {
			half = d
			continue
		}
		l.scratch = append(l.scratch, byte(half<<4|d))
		half = -1
	}
	if half >= 0 {
		l.scratch = append(l.scratch, byte(half<<4))
	}
	l.open = l.open || !closed
	return l.scratch[from:]
}

func unhex(c byte) int { return int(hexValues[c]) }

func makeHex(c byte) int8 {
	switch {
	case c >= '0' && c <= '9':
		return int8(c - '0')
	case c >= 'a' && c <= 'f':
		return int8(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int8(c-'A') + 10
	}
	return -1
}
