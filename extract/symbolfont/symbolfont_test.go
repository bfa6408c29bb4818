package symbolfont

import (
	"testing"
	"unicode/utf8"
)

func TestOf(t *testing.T) {
	for name, want := range map[string]Font{
		"Wingdings": Wingdings, "Wingdings 2": Wingdings2, "Wingdings2": Wingdings2, "Wingdings-Regular": Wingdings, "SymbolMT": Symbol, "SymbolMT-Identity-H": Symbol, "Wingdings-Regular-Identity-H": Wingdings,
		"symbol,Bold": Symbol, "Wingdings3,BoldItalic": Wingdings3, "Webdings": Webdings, "SimSun": None, "": None, "SymbolSet": None,
	} {
		if got := Of(name); got != want {
			t.Errorf("%q: %d, want %d", name, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		font     Font
		in, want string
	}{
		{Wingdings, "n\uf0fc\uf06e ", "■✔■ "}, {Wingdings2, "R", "☑"}, {Symbol, "a1\uf0b7\uf0ef", "α1•⎪"}, {None, "an\uf0b7中", "an•中"},
		{Wingdings, "\uf0ff中", "\uf0ff中"}, {Unset, "\ue000", "\ue000"},
	} {
		if got := Text(c.in, c.font); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.font, c.in, got, c.want)
		}
	}
}

// Tables are whole pairs with codes of one byte, each once.
func TestTables(t *testing.T) {
	for f := Symbol; f <= Webdings; f++ {
		seen := map[rune]bool{}
		rs := []rune(table(f))
		if len(rs) == 0 || len(rs)%2 != 0 || !utf8.ValidString(table(f)) {
			t.Errorf("font %d: %d characters", f, len(rs))
			continue
		}
		for i := 0; i < len(rs); i += 2 {
			if rs[i] > 0xFF || seen[rs[i]] {
				t.Errorf("font %d: code %U out of range or twice", f, rs[i])
			}
			if rs[i+1] < 0x80 || rs[i+1] >= 0xE000 && rs[i+1] <= 0xF8FF {
				t.Errorf("font %d: %q means %q", f, rs[i], rs[i+1])
			}
			seen[rs[i]] = true
		}
	}
}
