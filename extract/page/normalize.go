package page

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Normalize gives a glyph's text as a person would type it. The look-alikes of
// ideographs that producers write for ordinary ones — Kangxi and CJK radicals,
// strokes, compatibility ideographs — become these: they often share a glyph in
// a font, and a producer that goes from glyph to character takes the first it
// finds. Punctuation in its form for vertical writing (︵) becomes the ordinary
// one, a ligature (ﬁ) and a shape of a joining script (ﺎ) their letters, a
// hyphen that is drawn but called soft an ordinary one, a control character a
// space; what is no text is dropped.
func Normalize(s string) string {
	for _, r := range s {
		if Variant(r) {
			return normalized(s)
		}
	}
	return s
}

// Private tells private use characters, which mean nothing outside their font.
func Private(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// Variant tells the characters that Normalize replaces or drops. A few of them
// stay for want of an ordinary one.
func Variant(r rune) bool {
	return r < ' ' || r == softHyphen || r >= 0x2E80 &&
		(lookalike(r) || verticalForm(r) || ligature(r) || r == 0xFFFD || r == 0xFEFF || r&0xFFFE == 0xFFFE)
}

func lookalike(r rune) bool {
	return r >= 0x2E80 && r <= 0x2FDF || r >= 0x31C0 && r <= 0x31EF || r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}

func verticalForm(r rune) bool { return r >= 0xFE10 && r <= 0xFE19 || r >= 0xFE30 && r <= 0xFE48 }

// softHyphen is for places where a line may break; in a PDF file one is drawn.
const softHyphen = 0xAD

// ligature tells the Latin, Armenian, Hebrew and Arabic presentation forms.
func ligature(r rune) bool {
	return r >= 0xFB00 && r <= 0xFDFC && (r < 0xFDD0 || r > 0xFDEF) || r >= 0xFE70 && r <= 0xFEFC
}

func normalized(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case ligature(r):
			b.WriteString(strings.TrimPrefix(norm.NFKC.String(string(r)), " ")) // which carries a mark
		default:
			if r = ordinary(r); r >= 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// ordinary is the character that r stands for, r itself where it is none, or -1
// to drop it.
func ordinary(r rune) rune {
	if r == 0 || r == 0xFFFD || r == 0xFEFF || r&0xFFFE == 0xFFFE {
		return -1
	}
	if r < ' ' {
		return ' '
	}
	if r == softHyphen {
		return '-'
	}
	if o, ok := forms()[r]; ok {
		return o
	}
	if !lookalike(r) {
		return r
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

// strokeForms pairs strokes with the ideographs of one stroke that they equal.
const strokeForms = "㇏乀㇐一㇑丨㇒丿㇓丿㇔丶㇖乛㇚亅㇟乚㇠乙"

// verticalForms pairs punctuation for vertical writing with the ordinary one, in
// full width where Unicode only has the narrow one as a decomposition.
const verticalForms = "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰‥︱—︲–︳＿︴﹏︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"

var forms = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	var from rune
	for _, r := range radicalForms + strokeForms + verticalForms {
		if from == 0 {
			from = r
			continue
		}
		m[from], from = r, 0
	}
	return m
})
