// Package html reads web pages into the neutral document of package extract: what
// Word, WPS and web sites save under .html, .mht and, often, .doc.
//
// The way through the package:
//
//	charset.go  bytes → text: marks, declarations, and what the bytes themselves say
//	mht.go      the page inside an MHTML file (RFC 2557)
//	style.go    the few CSS properties that matter; sheet.go the style sheets
//	walk.go     elements → blocks; inline.go white space, breaks and text
//	list.go     the numbers of lists: a browser's, and those Word wrote as text
//	table.go    rows and cells; model.go the table model of the HTML standard
//	word.go     what Word marks with its own properties: notes, comments, numbers
//
// What a browser would print is what is read: scripts, styles and hidden elements
// are left out (hidden text is counted), white space is collapsed, automatic
// numbers of lists stand in the text. Nothing outside the file is ever fetched:
// pictures become image blocks with their alternative text.
//
// Positions. Block.Part is "html#pN" with N the number of the paragraph among all
// that have text, from 0, those in tables included; tables are "html#tblN", cells
// "html#tblN/rR/cC" with R the tr and C the cell in it.
//
// The parser of golang.org/x/net/html refuses nesting deeper than 512 elements, so
// the recursive descent is bounded; the number of elements is, too.
package html
