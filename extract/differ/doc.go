// Package differ compares the two PDF engines, package pdf and package pdfium:
// the same file has to give the same characters at the same places.
//
//	Pages  one page as both engines read it
//	File   a whole file
//
// Spaces do not count: engines make them up or leave them out. Characters are
// compared after [page.Normalize]; a glyph of several is as many. What is flagged
// Unmapped is no character but an "unknown glyph", which only another unknown one
// equals.
//
// "nianbao differ DIR" (or CORPUS_DIR) compares a folder, in processes that are
// replaced where a file does not end; the tests compare made files.
//
// # Differences that remain
//
// Looked at on pages of public collections, the engines differ in these ways, and
// package pdf is right or says honestly that it does not know:
//
//   - Codes of embedded fonts without ToUnicode: package pdf asks the font program
//     (cmap, post, charset, names), PDFium gives the code itself with an error
//     (unknown_second).
//   - Codes of a subset numbered in order of use: PDFium takes them for ASCII,
//     which they are not (unknown_first).
//   - Glyphs drawn over each other: PDFium drops the second of two equal letters
//     that stand close, and text objects that overlap (only_first).
//   - Values of form fields and free text without an appearance, which viewers
//     make up: only package pdf shows them (only_first).
//   - Annotations that are not for viewing, and the "off" appearance of buttons:
//     only PDFium shows them (only_second).
//   - Damaged files: another catalog or page tree is taken, or content after
//     damage is read by one engine only.
package differ
