package page

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Normalize replaces the look-alikes of ideographs — Kangxi and CJK radicals,
// compatibility ideographs — that producers write for ordinary ones, and drops
// what is no text; control characters become spaces. Glyphs of radicals and ideographs are often one in a font,
// and a producer that goes from glyph to character takes the first it finds.
func Normalize(s string) string {
	for _, r := range s {
		if r < ' ' || lookalike(r) || r == 0xFFFD || r == 0xFEFF {
			return strings.Map(ordinary, s)
		}
	}
	return s
}

func lookalike(r rune) bool {
	return r >= 0x2E80 && r <= 0x2FDF || r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}

// ordinary is the ideograph that r stands for, r itself where it is none, or -1
// to drop it.
func ordinary(r rune) rune {
	if r == 0 || r == 0xFFFD || r == 0xFEFF {
		return -1
	}
	if r < ' ' {
		return ' '
	}
	if !lookalike(r) {
		return r
	}
	if o, ok := radicals()[r]; ok {
		return o
	}
	for _, n := range norm.NFKC.String(string(r)) {
		return n
	}
	return r
}

// radicalForms pairs radicals with the ideographs they equal where NFKC has no
// answer (the block CJK Radicals Supplement; after the Unicode property
// Equivalent_Unified_Ideograph), or has the traditional form of a character
// whose simplified form shares the radical's glyph in fonts for mainland China.
const radicalForms = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺" +
	"⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤" +
	"⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼" +
	"⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟" +
	"⼾户⾭青⿈黄"

var radicals = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	var from rune
	for _, r := range radicalForms {
		if from == 0 {
			from = r
			continue
		}
		m[from], from = r, 0
	}
	return m
})
