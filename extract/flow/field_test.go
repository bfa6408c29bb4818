package flow

import (
	"strings"
	"testing"
)

func TestFieldResult(t *testing.T) {
	for code, want := range map[string]string{
		`eq \o\ac(○,3)`:      "③",
		`EQ \o\ac(○,21)`:     "21",
		`EQ \o\ac(□,检)`:      "检",
		`eq \o \ac ( ○ , 7)`: "⑦",
		`EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(zhèng),政)`: "政",
		`EQ \* jc0 \* hps8 \o(\s\up 7(fǔ),府)门`:                    "府门",
		`EQ \f(1,2)`:                 "1/2",
		`EQ \r(3,x)`:                 "√(x)",
		`EQ x\s\up(2)`:               "x^2",
		`EQ x\s\do5(1)`:              "x_1",
		`EQ \b\bc\{(\l(1,2))`:        "(1,2)",
		`EQ \i\su(1,n,x)`:            "∫1 n x",
		`EQ a\,b\(c\)`:               "a,b(c)",
		`EQ \x(框)`:                   "框",
		`EQ \o(`:                     "",
		`EQ \`:                       "",
		`EQ`:                         "",
		`SYMBOL 252 \f "Wingdings"`:  "✔",
		`MACROBUTTON NoMacro [点击填写]`: "[点击填写]",
		`PAGE`:                       "",
		``:                           "",
	} {
		if got := FieldResult(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := FieldResult("EQ " + strings.Repeat(`\f(1,`, 5000)); len(got) > 25_000 {
		t.Errorf("%d bytes of a field that nests deep", len(got))
	}
}

// FuzzFieldResult reads any instructions without a panic, and of a length in
// proportion.
func FuzzFieldResult(f *testing.F) {
	f.Add(`EQ \* jc2 \* "Font:宋体" \o\ad(\s\up 9(zhèng),政)\f(1,\r(2,x))`)
	f.Add(`SYMBOL 0xF0FC \f "Wingdings"`)
	f.Fuzz(func(t *testing.T, code string) {
		if got := FieldResult(code); len(got) > 8*len(code)+16 {
			t.Errorf("%d bytes of %d", len(got), len(code))
		}
	})
}
