package page

import "testing"

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"中文 abc，。": "中文 abc，。", "⼀⼆": "一二", "⺠⻔⻩": "民门黄", "⼾⾭⿈": "户青黄", "豈更": "豈更", "﨎": "﨎", "丽𪘀": "丽𪘀", "㇐": "一",
		"︵一︶﹁": "（一）「", "︱︙": "—…", "ﬁﬀﬄﬆ": "fiffffl" + "st", "\t": " ", "a\x05b": "a b", "": "", "政府": "政府", "\uFFFD\uFEFF\x00\uFFFF": "", "a\u00a0b": "a\u00a0b",
		"﹏": "﹏", "\ue000": "\ue000", "ﺎﻻ": "الا", "ﹰ": "ً", "שׁ": "שׁ", "\ufdd0": "\ufdd0", "010\u00ad123": "010-123",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// No radical, compatibility ideograph or vertical form that Unicode has an
// ordinary character for is left; those that have none are known.
func TestNormalizeBlocks(t *testing.T) {
	const none = "⺀⺇⺑⺕⺵" + // radicals whose ideographs are outside of common fonts, or which have none
		"﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩" // ideographs in their own right
	keep := map[rune]bool{}
	for _, r := range none {
		keep[r] = true
	}
	for _, block := range [][2]rune{{0x2E80, 0x2E99}, {0x2E9B, 0x2EF3}, {0x2F00, 0x2FD5}, {0xF900, 0xFA6D}, {0xFA70, 0xFAD9}, {0x2F800, 0x2FA1D},
		{0xFE10, 0xFE19}, {0xFE30, 0xFE44}, {0xFE47, 0xFE48}, {0xFB00, 0xFB06}, {0xFB50, 0xFBB1}, {0xFE80, 0xFEFC}} {
		for r := block[0]; r <= block[1]; r++ {
			out := Normalize(string(r))
			if out == string(r) && !keep[r] {
				t.Errorf("%U %c stays", r, r)
			}
			for _, o := range out {
				if Variant(o) && o != r {
					t.Errorf("%U becomes %U", r, o)
				}
			}
			if Normalize(out) != out {
				t.Errorf("%U: %q changes again", r, out)
			}
		}
	}
}
