// Package docx reads WordprocessingML packages (ECMA-376, transitional and
// strict) into the neutral document of package extract.
//
// The way through the package:
//
//	container.go  the zip package: parts, relationships, content types, limits
//	xml.go        a namespace-aware pull reader over a fast lexer
//	styles.go     paragraph and character styles, inheritance resolved
//	numbering.go  automatic numbering, counted by package ordinal
//	story.go      body, cells, text boxes, headers, notes: blocks in order
//	paragraph.go  paragraphs; run.go runs, fields and breaks
//	graphic.go    pictures and text boxes (DrawingML and VML); math.go OMML
//	table.go      tables as read; package flow lays them on grids
//
// What is printed is what is read: insertions are kept and deletions left out,
// fields count by their result, text that is hidden is left out and counted in
// one warning, automatic numbers stand in the text.
//
// Positions. Block.Part is "PART#pN" with N the number of the w:p element among
// all w:p elements of the part, from 0; tables are "PART#tblN" alike, cells
// "PART#tblN/rR/cC" with R the number of the w:tr in its table and C the number
// of the w:tc in its row.
//
// All parsing is bounded by [extract.Limits]; nesting by Limits.Depth, so that
// the recursive descent cannot exhaust the stack. A reading keeps no state
// outside the call and may run in any number of goroutines.
package docx
