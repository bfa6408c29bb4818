// Package pdf reads PDF files (ISO 32000-1) into positioned pages.
//
// Cross-reference sections and trailer come from github.com/ledongthuc/pdf.
// Everything else is read here: objects, encryption, streams and their filters, page
// tree, content streams (graphics and text state, paths, form XObjects, marked
// content), fonts with their widths, encodings and CMaps. The text calls of that
// library are not used.
//
// A [Document] turns page numbers into [page.Page] values: glyphs with Unicode
// text and boxes, ruling lines, pictures; in points, origin at the top left of
// the page as shown, y downwards. It knows nothing of lines, paragraphs or
// tables: that is package layout.
//
// # What codes mean
//
// The text of a code comes from the first of these that says something: the
// ToUnicode map (9.10.3), the code itself where it is Unicode, glyph names, the
// embedded font program (cmap, post, CFF charset, built-in encoding) and the
// character collection of the CID (package cid). Control, replacement and private
// characters say nothing; a ToUnicode map that gives every code itself is asked
// last. Codes without text, or with a private character only, come as Unmapped,
// with a warning font_without_map.
//
// # Hostile files
//
// No panic leaves this package: [Open] and [Document.Page] turn the ones of the
// library underneath into [*extract.Error]. Decompressed bytes, pages, content
// operators, glyphs and nesting are counted against [extract.Limits]. Loops of
// /Prev and sizes out of proportion are refused before the library sees them,
// and objects in object streams are written out as plain ones, so that nothing
// follows a stream into itself. What is left to package sandbox, which can kill
// a process that spins or exhausts its stack: an encryption dictionary inside
// an object stream.
//
// A whole file whose cross-reference sections are of no use is read by searching
// for its objects; its first page then carries a warning structure_repaired. A
// file without its end is incomplete and refused; where only the last mark or
// only startxref is missing, nothing else can be. A page tree that contains
// itself has a page that cannot be read in that place.
//
// Damage inside a page never makes it shorter without a word: wrong checksums
// and cut streams give stream_unreadable, unknown operators, missing operands and
// open strings content_damaged, lost object streams structure_damaged.
//
// # What is not read
//
// Files that need a password, or that another handler than the standard one
// encrypted; pictures.
//
// A Document is not safe for concurrent use.
package pdf
