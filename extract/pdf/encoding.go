package pdf

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// winAnsi is WinAnsiEncoding (annex D.2): Windows-1252, and a bullet for the
// codes that it leaves free.
func winAnsi() [256]rune {
	t := charmapTable(charmap.Windows1252)
	for c := 0x7F; c < 0x100; c++ {
		if t[c] == 0 || t[c] == 0xFFFD || t[c] < 0xA0 {
			t[c] = '•'
		}
	}
	t[0xA0], t[0xAD] = ' ', '-'
	return t
}

func macRoman() [256]rune {
	t := charmapTable(charmap.Macintosh)
	t[0xCA] = ' '
	t[0xDB] = '¤'
	return t
}

func charmapTable(m *charmap.Charmap) [256]rune {
	var t [256]rune
	for c := 0x20; c < 0x100; c++ {
		if r := m.DecodeByte(byte(c)); r != 0xFFFD && r != 0x7F {
			t[c] = r
		}
	}
	return t
}

// standardUpper are the codes 0xA1–0xFB of StandardEncoding; a space is a free
// code.
const standardUpper = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ" + // A1–AF
	" –†‡· ¶•‚„”»…‰ ¿" + // B0–BF
	" `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ" + // C0–CF
	"—               " + // D0–DF
	" Æ ª    ŁØŒº    " + // E0–EF
	" æ   ı  łøœß" // F0–FB

// standard is StandardEncoding (annex D.2).
func standard() [256]rune {
	var t [256]rune
	for c := rune(0x20); c < 0x7F; c++ {
		t[c] = c
	}
	t['\''], t['`'] = '’', '‘'
	c := 0xA1
	for _, r := range standardUpper {
		if r != ' ' {
			t[c] = r
		}
		c++
	}
	return t
}

func isSymbolFont(name string) bool { return strings.HasPrefix(baseName(name), "Symbol") }
func isDingbats(name string) bool   { return strings.HasPrefix(baseName(name), "ZapfDingbats") }

// baseName is a font name without the prefix of a subset.
func baseName(name string) string {
	if len(name) > 7 && name[6] == '+' {
		return name[7:]
	}
	return name
}

// symbolLower are the codes 0x20–0x7E of the Symbol font (annex D.5).
const symbolLower = " !∀#∃%&∋()∗+,−./0123456789:;<=>?" +
	"≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_" +
	"‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"

// symbolUpper are the codes 0xA1–0xFE.
const symbolUpper = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓" +
	"°±″≥×∝∂•÷≠≡≈…⏐⎯↵" +
	"ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉" +
	"∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓" +
	"◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪" +
	" 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"

func symbolEncoding() [256]rune {
	var t [256]rune
	fillFrom(&t, 0x20, symbolLower)
	fillFrom(&t, 0xA1, symbolUpper)
	return t
}

func fillFrom(t *[256]rune, c int, s string) {
	for _, r := range s {
		if c < 256 && (r != ' ' || c == ' ') {
			t[c] = r
		}
		c++
	}
}

// dingbatsEncoding is ZapfDingbats (annex D.6): its codes follow the Unicode
// block made from it, but for the marks that Unicode already had.
func dingbatsEncoding() [256]rune {
	var t [256]rune
	t[' '] = ' '
	for c := 0x21; c < 0x7F; c++ {
		t[c] = rune(0x2701 + c - 0x21)
	}
	for c, r := range map[int]rune{
		0x25: '☎', 0x2A: '☛', 0x2B: '☞', 0x48: '★', 0x6C: '●', 0x6E: '■', 0x73: '▲', 0x74: '▼', 0x75: '◆', 0x77: '◗',
		0xA8: '♣', 0xA9: '♦', 0xAA: '♥', 0xAB: '♠', 0xD5: '→', 0xD6: '↔', 0xD7: '↕',
	} {
		t[c] = r
	}
	for i := range 10 {
		t[0xAC+i] = rune('①' + i)
		t[0xB6+i] = rune('❶' + i)
		t[0xC0+i] = rune('➀' + i)
		t[0xCA+i] = rune('➊' + i)
	}
	for c := 0x80; c < 0x8E; c++ {
		t[c] = rune(0x2768 + c - 0x80) // brackets
	}
	for c := 0xA1; c < 0xA8; c++ {
		t[c] = rune(0x2761 + c - 0xA1)
	}
	for c := 0xD8; c < 0xFF; c++ {
		if t[c] = rune(0x2798 + c - 0xD8); c == 0xF0 {
			t[c] = 0
		}
	}
	return t
}

// privateEncoding has the characters U+F020–F0FF, by which symbol fonts that
// have no names for their glyphs number these.
func privateEncoding() [256]rune {
	var t [256]rune
	for c := 0x20; c < 0x100; c++ {
		t[c] = rune(0xF000 + c)
	}
	return t
}
