package glyphname

import (
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for name, want := range map[string]string{
		"A": "A", "space": " ", "hyphen": "-", "Euro": "€", "afii10017": "А", "nahiragana": "な", "Aacutesmall": "Á",
		"uni4E2D": "中", "uni4E2D6587": "中文", "u20000": "𠀀", "u4E2D": "中", "f_i": "fi", "A.alt": "A", "f_f_i.liga": "ffi",
		"oneoldstyle": "1", "parenlefttp": "⎛", "registersans": "®", "bracerightbt": "⎭", "trademarkserif": "™", "dalethatafpatah": "דֲ",
		"fi": "ﬁ", "H22073": "□", "a": "a", "one": "1", "onesuperior": "¹", "oneinferior": "₁", "radicalex": "‾",
		"": "", ".notdef": "", "g12": "", "G0A": "", "uniD800": "", "uni0000": "", "u0000": "", "uni4E2": "", "u110000": "", "a20": "", "A_": "", "parenleftbigg": "(", "summationdisplay": "∑", "integraltext": "∫", "nothingbig": "", "big": "", "a.sc": "a", "uniXYZW": "", "minus": "−", "_": "", "cid1234": "",
	} {
		if got := Text(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"a20": "✔", "a1": "✁", "space": " ", "a120": "①", "nothing": ""} {
		if got := Dingbat(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// Every name of the lists is there; no text is private or broken.
func TestLists(t *testing.T) {
	l := lists()
	if len(l[0]) != 4281 || len(l[1]) != 202 {
		t.Errorf("%d and %d names", len(l[0]), len(l[1]))
	}
	empty := 0
	for name := range l[0] {
		text := Text(name)
		if text == "" {
			empty++
		}
		for _, r := range text {
			if r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
	if empty > 70 {
		t.Errorf("%d names have no text", empty)
	}
}
