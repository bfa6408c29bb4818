package flow

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/extract/symbolfont"
)

// IsContents tells the instructions of a table of contents.
func IsContents(code string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(code), " ")
	return strings.EqualFold(name, "TOC")
}

// FieldResult computes what a field without stored result prints: EQ, SYMBOL and
// buttons.
func FieldResult(code string) string {
	words := strings.Fields(code)
	if len(words) == 0 {
		return ""
	}
	switch strings.ToUpper(words[0]) {
	case "EQ":
		return equation(code)
	case "SYMBOL":
		return symbolField(code)
	case "MACROBUTTON", "GOTOBUTTON": // what they do, then what they show
		if len(words) > 2 {
			return strings.Join(words[2:], " ")
		}
	}
	return ""
}

// symbolField reads SYMBOL code \f font.
func symbolField(field string) string {
	words := strings.Fields(field)
	if len(words) < 2 {
		return ""
	}
	code, err := strconv.ParseUint(words[1], 0, 21)
	if err != nil || code > utf8.MaxRune {
		return ""
	}
	font := symbolfont.None
	if _, rest, ok := strings.Cut(field, `\f`); ok {
		rest = strings.TrimSpace(rest)
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			rest, _, _ = strings.Cut(quoted, `"`)
		} else {
			rest, _, _ = strings.Cut(rest, " ")
		}
		font = symbolfont.Of(rest)
	}
	ch, _ := symbolfont.Rune(rune(code), font)
	return string(ch)
}
