package pdfium

import "fmt"

// embedded is a resource with a TrueType font made here as /F1: glyph 1 is a
// square that fills the em and stands for U+4E00.
func embedded(f *testFile, encoding string) string {
	file := f.flate("", string(squareFont()))
	u := f.flate("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <4E00> endbfchar")
	return fmt.Sprintf("/Font <</F1 <</Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Square /Encoding /%s /ToUnicode %d 0 R /DescendantFonts [<</Type /Font"+
		" /Subtype /CIDFontType2 /BaseFont /AAAAAA+Square /CIDToGIDMap /Identity /DW 1000 /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /FontDescriptor <</Type /FontDescriptor /FontName /AAAAAA+Square /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /StemV 80 /ItalicAngle 0 /FontFile2 %d 0 R>>>>]>>>>",
		encoding, u, file)
}

// squareFont is the smallest TrueType file (OpenType 1.9, "glyf") of two glyphs:
// an empty one and a square.
func squareFont() []byte {
	glyph := words(1, 0, -120, 1000, 880, 3, 0) // one contour, bounds, its last point, no instructions
	glyph = append(glyph, 1, 1, 1, 1)           // four points on the curve, 16-bit deltas
	glyph = append(glyph, words(0, 1000, 0, -1000, -120, 0, 1000, 0)...)
	return trueType([]fontTable{
		{"cmap", words(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 0x4E00, 0xFFFF, 0, 0x4E00, 0xFFFF, 1-0x4E00, 1, 0, 0)},
		{"glyf", glyph},
		{"head", words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 0, 0)},
		{"hhea", words(1, 0, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 2)},
		{"hmtx", words(1000, 0, 1000, 0)},
		{"loca", words(0, 0, len(glyph)/2)},
		{"maxp", words(1, 0, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)},
	})
}
