// Package doc reads the binary files of Word 97 to 2003 ([MS-DOC]) into the
// neutral document of package extract; also those of WPS, which are the same
// inside (.wps).
//
// The way through the package:
//
//	read.go      the streams of the compound file, parts of the text in order
//	fib.go       the block at the start: versions, lengths, places of all else
//	piece.go     the piece table: the text as edited, out of pieces of the file
//	fkp.go       pages that hold the properties of places
//	sprm.go      property modifiers; props.go what they modify
//	style.go     the style sheet, inheritance resolved; fonts
//	list.go      automatic numbering, counted by package ordinal
//	story.go     paragraphs, runs and special characters; field.go fields
//	table.go     rows and cells; tap.go where cells stand and how they merge
//	parts.go     notes and comments at their marks; margin.go headers, footers
//	draw.go      shapes and text boxes ([MS-ODRAW]); picture.go pictures, forms
//
// package flow does the rest: grids, joins, blocks. The conventions are those of
// package docx: what is printed is what is read, tracked changes are accepted,
// fields count by their result, hidden text is left out and counted.
//
// A paragraph has no frame in the file: its mark is a character, and whether it
// stands in a table, ends a cell or ends a row is said by the properties of that
// mark. So damaged properties cost tables, not text.
//
// Positions. Block.Part is "WordDocument#pN" with N the number of the paragraph
// mark in the part, from 0, marks of cells and rows among them; tables are
// "WordDocument#tblN", cells "WordDocument#tblN/rR/cC". Other parts are
// "WordDocument/footnote0", "…/endnote0", "…/header0", "…/textbox0".
//
// All places and lengths in a file are claims: reads beyond the end give nothing
// (view), loops are bounded by the bytes there are, and nesting by
// Limits.Depth. A reading keeps no state outside the call.
package doc
