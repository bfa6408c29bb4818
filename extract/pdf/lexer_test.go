package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func lexAll(src string) string {
	l := lexer{data: []byte(src)}
	var out []string
	for t := l.next(); t.kind != tokEOF; t = l.next() {
		switch t.kind {
		case tokNumber:
			out = append(out, fmt.Sprintf("%g", t.num))
		case tokName:
			out = append(out, "/"+string(t.str))
		case tokString:
			out = append(out, fmt.Sprintf("(%s)", t.str))
		case tokOperator:
			out = append(out, string(t.str))
		default:
			out = append(out, []string{"[", "]", "<<", ">>"}[t.kind-tokArrayOpen])
		}
	}
	return strings.Join(out, " ")
}

func TestLexer(t *testing.T) {
	for src, want := range map[string]string{
		"1 -2 +3 .5 -.25 4. 0012":   "1 -2 3 0.5 -0.25 4 12",
		"--5 0.-3 - .":              "-5 0 -0 0",
		"1e5 12ab T* 'x'":           "1e5 12ab T* 'x'",
		"/Name/A#20B/#zz /":         "/Name /A B /#zz /",
		"(a(b)c)(\\)\\(\\\\)":       "(a(b)c) ()(\\)",
		"(\\n\\t\\101\\7z\\1234)":   "(\n\tA\az\x534)",
		"(a\\\nb\\\r\nc\r\nd)":      "(abc\nd)",
		"(\\b\\f\\r\\q":             "(\b\f\rq)",
		"<48 65\n6C6c6F><4>":        "(Hello) (@)",
		"<4g1":                      "(A)",
		"[1[2]]<</A<</B 1>>>>":      "[ 1 [ 2 ] ] << /A << /B 1 >> >>",
		"q% comment ) ( \rQ\x00BT":  "q Q BT",
		") } { > q":                 "q",
		"(never closed (and deeper": "(never closed (and deeper)",
		"\\ 1":                      "\\ 1",
		"(plain)Tj[(a)-3(b)]TJ":     "(plain) Tj [ (a) -3 (b) ] TJ",
		"123456789012 Td":           "1.23456789012e+11 Td",
	} {
		if got := lexAll(src); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestCFFParts(t *testing.T) {
	d := cffDict([]byte{139, 17, 28, 0xFF, 0xFE, 15, 29, 0, 1, 0, 0, 16, 247, 0, 18, 251, 0, 19, 30, 0x12, 0x3F, 20, 12, 30, 28})
	for op, want := range map[int]int{17: 0, 15: -2, 16: 65536, 18: 108, 19: -108, 20: 0, opROS: 0} {
		if got, ok := d[op]; !ok || got != want {
			t.Errorf("operator %d: %d %v, want %d", op, got, ok, want)
		}
	}
	for name, c := range map[string]struct {
		data []byte
		at   int
		want []uint16
	}{
		"ISOAdobe": {nil, 0, []uint16{0, 1, 2, 3, 4}},
		"expert":   {nil, 1, []uint16{0, 0, 0, 0, 0}},
		"format 0": {[]byte{9, 9, 9, 0, 0, 7, 1, 0, 0, 9, 0, 8}, 3, []uint16{0, 7, 256, 9, 8}},
		"format 1": {[]byte{9, 9, 9, 1, 0, 7, 2, 1, 0, 9}, 3, []uint16{0, 7, 8, 9, 256}},
		"format 2": {[]byte{9, 9, 9, 2, 0, 7, 0, 200}, 3, []uint16{0, 7, 8, 9, 10}},
		"cut":      {[]byte{9, 9, 9, 0, 0, 7, 1}, 3, []uint16{0, 7, 0, 0, 0}},
		"outside":  {[]byte{9}, 30, []uint16{0, 0, 0, 0, 0}},
	} {
		if got := cffCharset(c.data, c.at, 5); !slices.Equal(got, c.want) {
			t.Errorf("charset %s: %v, want %v", name, got, c.want)
		}
	}
	p := &fontProgram{names: []string{".notdef", "uni0041", "b", "c"}}
	cffEncoding([]byte{0, 0, 1, 2, 70, 1, 90, 0}, 2, p)
	cffEncoding(nil, 0, p)
	for code, want := range map[int]string{70: "uni0041", 71: "b", 90: "c", 65: "uni0041", 66: ""} {
		if p.codeNames[code] != want {
			t.Errorf("code %d: %q, want %q", code, p.codeNames[code], want)
		}
	}
}
