package ordinal

import "strconv"

// OfCode is the number format, as Format takes it, of a code of the binary and
// RTF formats ([MS-OSHARED] 2.2.1.3 MSONFC; RTF 1.9.1 \levelnfc). Codes without a
// counterpart give a name that Format does not know.
func OfCode(nfc int) string {
	const none = 255
	names := [...]string{
		"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
		"hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth",
		"japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth",
		"irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
		"decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
		"ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
		"taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand", "chnDbNum4",
		"koreanDigital", "koreanCounting", "koreanLegal", "koreanDigital2", "hebrew1", "arabicAlpha", "hebrew2",
		"arabicAbjad", "hindiVowels", "hindiConsonants", "hindiNumbers", "hindiCounting", "thaiLetters", "thaiNumbers",
		"thaiCounting", "vietnameseCounting", "numberInDash", "russianLower", "russianUpper",
	}
	switch {
	case nfc == none:
		return "none"
	case nfc >= 0 && nfc < len(names):
		return names[nfc]
	}
	return "nfc" + strconv.Itoa(nfc)
}
