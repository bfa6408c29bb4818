package rtf

import (
	"bytes"
	"io"
)

// kind is what a token is.
type kind uint8

const (
	kindEnd    kind = iota
	kindOpen        // {
	kindClose       // }
	kindWord        // \word or \wordN
	kindSymbol      // \ and one character that is no letter
	kindHex         // \'hh
	kindText        // bytes that stand for themselves
	kindPassed      // data of \bin, passed over
)

// token is one lexical element (RTF 1.9.1, "RTF Syntax"). It is valid until the
// next one is read.
type token struct {
	kind     kind
	word     []byte // of a control word, without the backslash
	param    int
	hasParam bool
	char     byte   // of a symbol or hex byte
	text     []byte // of text; never empty
}

const (
	readSize = 64 << 10
	// maxWord bounds a control word (RTF 1.9.1: 32 letters).
	maxWord = 32
	// maxParam bounds a parameter: RTF has 16 bits, Word reads 32.
	maxParam = 1 << 31
)

// lexer cuts a stream into tokens.
type lexer struct {
	r        io.Reader
	buf      []byte
	pos, end int
	offset   int64 // of buf[0] in the file
	err      error // of r, but for io.EOF
	word     [maxWord]byte
}

func newLexer(r io.Reader) *lexer { return &lexer{r: r, buf: make([]byte, readSize)} }

// fill reads on; false at the end.
func (l *lexer) fill() bool {
	if l.err != nil {
		return false
	}
	l.offset += int64(l.end)
	l.pos, l.end = 0, 0
	for range 100 { // a reader that gives nothing many times gives nothing
		n, err := l.r.Read(l.buf)
		l.end = n
		if err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
			l.err = err
			return n > 0
		}
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	l.err = io.ErrNoProgress
	return false
}

// peek is the next byte; ok is false at the end.
func (l *lexer) peek() (b byte, ok bool) {
	if l.pos == l.end && !l.fill() {
		return 0, false
	}
	return l.buf[l.pos], true
}

// at is the place in the file of the next byte.
func (l *lexer) at() int64 { return l.offset + int64(l.pos) }

// next reads one token. Line ends in text mean nothing and are left out.
func (l *lexer) next() token {
	for {
		b, ok := l.peek()
		if !ok {
			return token{}
		}
		switch b {
		case '{':
			l.pos++
			return token{kind: kindOpen}
		case '}':
			l.pos++
			return token{kind: kindClose}
		case '\\':
			l.pos++
			return l.control()
		case '\r', '\n', 0:
			l.pos++
		default:
			return token{kind: kindText, text: l.run()}
		}
	}
}

// run takes the bytes up to the next one that has a meaning of its own.
func (l *lexer) run() []byte {
	rest := l.buf[l.pos:l.end]
	n := bytes.IndexAny(rest, "\\{}\r\n\x00")
	if n < 0 {
		n = len(rest)
	}
	l.pos += n
	return rest[:n]
}

// control reads what follows a backslash.
func (l *lexer) control() token {
	b, ok := l.peek()
	if !ok {
		return token{}
	}
	if isLetter(b) {
		return l.controlWord()
	}
	l.pos++
	if b == '\'' {
		return l.hex()
	}
	return token{kind: kindSymbol, char: b}
}

// controlWord reads a control word with its parameter, and the data behind \bin.
func (l *lexer) controlWord() token {
	n := 0
	for {
		b, ok := l.peek()
		if !ok || !isLetter(b) || n == maxWord {
			break
		}
		l.word[n] = b
		n++
		l.pos++
	}
	t := token{kind: kindWord, word: l.word[:n]}
	negative := false
	if b, ok := l.peek(); ok && b == '-' {
		negative = true
		l.pos++
	}
	for {
		b, ok := l.peek()
		if !ok || b < '0' || b > '9' {
			break
		}
		t.hasParam = true
		t.param = min(t.param*10+int(b-'0'), maxParam)
		l.pos++
	}
	if negative {
		t.param = -t.param
	}
	if b, ok := l.peek(); ok && b == ' ' {
		l.pos++
	}
	if string(t.word) == "bin" && t.param > 0 {
		l.pass(int64(t.param))
		t.kind = kindPassed
	}
	return t
}

// pass passes over n bytes.
func (l *lexer) pass(n int64) {
	for n > 0 {
		if l.pos == l.end && !l.fill() {
			return
		}
		step := min(n, int64(l.end-l.pos))
		l.pos += int(step)
		n -= step
	}
}

// hex reads the two digits of a byte; fewer give none.
func (l *lexer) hex() token {
	value := byte(0)
	for range 2 {
		b, ok := l.peek()
		if !ok {
			return token{}
		}
		d := hexDigit(b)
		if d < 0 {
			return token{kind: kindSymbol, char: '\''}
		}
		value = value<<4 | byte(d)
		l.pos++
	}
	return token{kind: kindHex, char: value}
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func hexDigit(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	}
	return -1
}
