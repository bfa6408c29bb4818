package pdf

import (
	"strings"
	"testing"
)

func TestCMapLookups(t *testing.T) {
	m := parseCMap([]byte(`/CMapName /T def /WMode 1 def
		2 begincodespacerange <00> <7F> <8100> <FEFF> endcodespacerange
		2 begincidrange <20> <7E> 1 <8140> <817E> 633 endcidrange
		1 begincidchar <8180> 900 endcidchar
		3 beginbfchar <21> <4E2D> <22> <D840DC0B> <23> /Euro endbfchar
		2 beginbfrange <30> <39> <0030> <8140> <8142> [<4E00> <4E8C> <00660069>] endbfrange
		1 beginbfrange <8150> <8160> <00410042> endbfrange`))
	if !m.vertical {
		t.Error("WMode is lost")
	}
	for s, want := range map[string]uint32{"\x20": 1, "\x7e": 95, "\x81\x40": 633, "\x81\x7e": 695, "\x81\x80": 900} {
		code, n := m.next([]byte(s + "\x20"))
		if cid, ok := m.cid(code, n); n != len(s) || !ok || cid != want {
			t.Errorf("% x: %d bytes, CID %d %v", s, n, cid, ok)
		}
	}
	for s, want := range map[string]string{
		"!": "中", "\"": "𠀋", "#": "€", "5": "5", "\x81\x41": "二", "\x81\x42": "fi", "\x81\x52": "AD", "\x81\x61": "",
	} {
		code, n := m.next([]byte(s))
		if got := m.text(code, n); got != want {
			t.Errorf("% x: %q, want %q", s, got, want)
		}
	}
	if _, n := m.next([]byte{0xFF, 0xFF}); n != 1 {
		t.Errorf("a code outside of all spaces took %d bytes", n)
	}
}

func TestUseCMap(t *testing.T) {
	m := parseCMap([]byte("/Identity-V usecmap 1 begincidchar <0005> 77 endcidchar"))
	for code, want := range map[uint32]uint32{5: 77, 6: 6} {
		if cid, ok := m.cid(code, 2); !ok || cid != want {
			t.Errorf("%d: %d %v", code, cid, ok)
		}
	}
	if _, n := m.next([]byte{0, 5}); n != 2 {
		t.Errorf("%d bytes", n)
	}
}

func TestCMapOddities(t *testing.T) {
	for name, c := range map[string]struct {
		src, want string
	}{
		"no code spaces":     {"1 beginbfchar <41> <4E2D> endbfchar", "中"},
		"wider codes":        {"1 beginbfchar <0041> <4E2D> endbfchar", "中"},
		"one byte of text":   {"1 beginbfchar <41> <61> endbfchar", "a"},
		"count is wrong":     {"100 beginbfchar <41> <4E2D> endbfchar", "中"},
		"newline inside hex": {"1 beginbfchar <4\n1> <4E\n2D> endbfchar", "中"},
		"missing end":        {"1 beginbfchar <41> <4E2D>", "中"},
		"reversed range":     {"1 beginbfrange <42> <41> <4E2D> endbfrange", ""},
		"numbers for text":   {"1 beginbfchar <41> 20013 endbfchar", ""},
		"huge range":         {"1 beginbfrange <00> <FFFFFFFF> <4E00> endbfrange", ""},
		"in a comment":       {"% 1 beginbfchar <41> <4E2D> endbfchar", ""},
		"empty":              {"", ""},
	} {
		m := parseCMap([]byte(c.src))
		if got := m.text(0x41, 1); got != c.want && !strings.HasPrefix(name, "huge") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
