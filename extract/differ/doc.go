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
// Looked at on pages of public collections, with two other programs beside:
//
//   - unknown_second: codes of embedded fonts without ToUnicode. Package pdf asks
//     the font program (cmap, post, charset, names) and what names and codes are
//     made of; PDFium gives the code itself, with an error.
//   - unknown_first: codes of a subset that were numbered in order of use. PDFium
//     takes them for ASCII, which they are not.
//   - only_first: values of form fields and free text without an appearance, which
//     viewers make up; letters drawn close over equal ones, which PDFium drops
//     with more than they cover; content behind damage; a second rune of a
//     ligature that PDFium does not know.
//   - only_second: optional content that is off; annotations that are not for
//     viewing and buttons that are off; forms that contain themselves, drawn again
//     at each level; ActualText, said again for each text object in it; fonts whose
//     object is damaged; control codes.
//   - moved: fonts and widths that are not in the file (extended graphics state,
//     standard fonts); damaged page boxes; which of many equal marks is which.
//   - other: Symbol and Mac encodings that PDFium takes for Latin-1, signs that
//     Unicode has twice (Ω, µ), variants of an ideograph.
package differ
