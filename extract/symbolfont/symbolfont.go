// Package symbolfont says what the characters of symbol fonts are — Symbol,
// Wingdings, Wingdings 2 and 3, Webdings — whose codes are letters or private
// characters: marks, boxes, bullets, arrows and circled digits as documents use
// them.
package symbolfont

import (
	"strings"
	"unicode/utf8"
)

// Font is a font whose characters are not what their codes say.
type Font uint8

// The fonts known here. Unset is for callers to whom a font may be unknown yet;
// None is any ordinary font.
const (
	Unset Font = iota
	None
	Symbol
	Wingdings
	Wingdings2
	Wingdings3
	Webdings
)

// joined takes out what parts the words of a name.
var joined = strings.NewReplacer(" ", "", "-", "")

// Of is the font of a name, as "Wingdings 2", "Wingdings-Regular", "SymbolMT" or
// "SymbolMT-Identity-H";
// None for all others.
func Of[T string | []byte](name T) Font {
	// Each run of a Word file names a font. Those of text end here.
	first := 0
	for first < len(name) && (name[first] == ' ' || name[first] == '-') {
		first++
	}
	if first == len(name) || strings.IndexByte("sSwW", name[first]) < 0 {
		return None
	}
	return of(string(name))
}

func of(name string) Font {
	name, _, _ = strings.Cut(strings.ToLower(name), ",")
	name = joined.Replace(name)
	for _, style := range []string{"identityh", "identityv", "italic", "bold", "regular", "mt"} {
		name = strings.TrimSuffix(name, style)
	}
	switch name {
	case "symbol":
		return Symbol
	case "wingdings":
		return Wingdings
	case "wingdings2":
		return Wingdings2
	case "wingdings3":
		return Wingdings3
	case "webdings":
		return Webdings
	}
	return None
}

// Rune gives the best Unicode character for a code of a symbol font; the
// codes stand at 0x20 to 0xFF or in the private area U+F020 to U+F0FF (ECMA-376
// §17.3.3.30). ok is false where none is known.
func Rune(code rune, font Font) (ch rune, ok bool) {
	low := code
	if code >= 0xF000 && code <= 0xF0FF {
		low = code - 0xF000
	}
	if low > 0xFF || low < 0x20 {
		return code, code >= 0x20 && (code < 0xE000 || code > 0xF8FF)
	}
	if font <= None {
		return low, code == low
	}
	for pairs := table(font); pairs != ""; {
		// A table is a run of pairs: the code as a character, its meaning.
		from, n := utf8.DecodeRuneInString(pairs)
		to, m := utf8.DecodeRuneInString(pairs[n:])
		if from == low {
			return to, true
		}
		pairs = pairs[n+m:]
	}
	if font == Symbol && strings.ContainsRune(sameInSymbol, low) {
		return low, true
	}
	if low == ' ' || low == 0xA0 {
		return ' ', true
	}
	return 0xFFFD, false
}

// sameInSymbol are the codes that mean themselves in the font Symbol.
const sameInSymbol = "!#%&()+,./0123456789:;<=>?[]_{|}"

// table holds, as pairs, the characters of a symbol font that documents
// use: marks, boxes, bullets, arrows, circled digits, Greek and mathematics.
func table(font Font) string {
	switch font {
	case Wingdings:
		return "\u00fc✔\u00fb✘\u00fe☑\u00fd☒\u00a8◻o□n■q❑r❒u◆v❖w⬥x⌧l●m❍\u009f•\u00a7▪\u00a1○\u00a2◯\u00a4◉\u00d8➢" +
			"\u00e0→\u00df←\u00e1↑\u00e2↓\u00e8➔\u00e9⬅\u00f0⇨\u00ef⇦\u00ab★\u0080⓪\u0081①\u0082②\u0083③\u0084④\u0085⑤\u0086⑥\u0087⑦\u0088⑧\u0089⑨\u008a⑩" +
			"\u008b⓿\u008c❶\u008d❷\u008e❸\u008f❹\u0090❺\u0091❻\u0092❼\u0093❽\u0094❾\u0095❿" +
			"J☺K😐L☹(☎)✆*✉F☞E☜G☝H☟!✏\"✂#✁$👓6⌛8🖰A✌B👌C👍D👎N☠P🏱Q✈R☼s⬧p◻t⧫z⌘"
	case Wingdings2:
		return "P✓O✗R☑S☒T☒Q☒V🛇U☒\u00a3□\u00a2■\u0097●\u0098•\u0099⦁\u009a⭘\u00a1◻\u00a0▪\u009e⊙\u009f◎\u009b○" +
			"i⓪j①k②l③m④n⑤o⑥p⑦q⑧r⑨s⑩t⓿u❶v❷w❸x❹y❺z❻{❼|❽}❾~❿\u00ae◆\u00af◇\u00ea★"
	case Wingdings3:
		return "f←g→h↑i↓\u0080▲\u007f△p▲q▼t◀u▶}▶~◀\u0084⯅r△s▽v◁w▷x◣y◢"
	case Webdings:
		return "a✔r✗c□g■n●=◦@🖉i🛈4▶3◀5▲6▼<🖫\u00c9📎"
	case Symbol:
		return "\"∀$∃'∋*∗-−@≅AΑBΒCΧDΔEΕFΦGΓHΗIΙJϑKΚLΛMΜNΝOΟPΠQΘRΡSΣTΤUΥVςWΩXΞYΨZΖ\\∴^⊥aαbβcχdδeεfφgγhηiιjϕkκlλmμnνoοpπqθrρsσtτuυvϖwωxξyψzζ~∼" +
			"\u00a0€\u00a1ϒ\u00a2′\u00a3≤\u00a4⁄\u00a5∞\u00a6ƒ\u00a7♣\u00a8♦\u00a9♥\u00aa♠\u00ab↔\u00ac←\u00ad↑\u00ae→\u00af↓" +
			"\u00b0°\u00b1±\u00b2″\u00b3≥\u00b4×\u00b5∝\u00b6∂\u00b7•\u00b8÷\u00b9≠\u00ba≡\u00bb≈\u00bc…" +
			"\u00c4⊗\u00c5⊕\u00c6∅\u00c7∩\u00c8∪\u00c9⊃\u00ca⊇\u00cc⊂\u00cd⊆\u00ce∈\u00cf∉\u00d0∠\u00d1∇\u00d2®\u00d3©\u00d4™\u00d5∏\u00d6√\u00d7⋅\u00d8¬\u00d9∧\u00da∨" +
			"\u00db⇔\u00dc⇐\u00dd⇑\u00de⇒\u00df⇓\u00e0◊\u00e5∑\u00f2∫\u00bd⏐\u00be⎯\u00bf↵\u00c0ℵ\u00c1ℑ\u00c2ℜ\u00c3℘\u00cb⊄\u00e1〈\u00e2®\u00e3©\u00e4™" +
			"\u00e6⎛\u00e7⎜\u00e8⎝\u00e9⎡\u00ea⎢\u00eb⎣\u00ec⎧\u00ed⎨\u00ee⎩\u00ef⎪\u00f1〉\u00f3⌠\u00f4⎮\u00f5⌡\u00f6⎞\u00f7⎟\u00f8⎠\u00f9⎤\u00fa⎥\u00fb⎦\u00fc⎫\u00fd⎬\u00fe⎭"
	}
	return ""
}

// Text converts the characters of a text set in a symbol font; characters
// without a known meaning stay as they are. In other fonts private characters
// are taken for Symbol's: its bullets are by far the most frequent.
func Text(text string, font Font) string {
	return strings.Map(func(ch rune) rune {
		if ch <= 0xFF && font <= None || ch > 0xFF && (ch < 0xF000 || ch > 0xF0FF) {
			return ch
		}
		f := font
		if f <= None {
			f = Symbol
		}
		if s, ok := Rune(ch, f); ok {
			return s
		}
		return ch
	}, text)
}
