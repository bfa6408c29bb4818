// Package docx reads WordprocessingML packages (ECMA-376, transitional and
// strict; as zip or as one flat XML file) and Word 2003's XML into the neutral
// document of package extract.
//
// The way through the package:
//
//	container.go  the package: parts, relationships, content types, limits
//	flat.go       packages in one XML file; word2003.go what came before them
//	xml.go        a namespace-aware pull reader over a fast lexer
//	styles.go     paragraph and character styles, inheritance resolved
//	repeat.go     properties written as others before, read once
//	numbering.go  automatic numbering, counted by package ordinal
//	story.go      body, cells, text boxes, headers, notes: blocks in order
//	paragraph.go  paragraphs; run.go runs and breaks; field.go fields
//	changes.go    tracked changes; margin.go headers and footers
//	graphic.go    pictures and text boxes (DrawingML and VML); math.go OMML
//	embed.go      notes, charts, diagrams, documents of other parts, in their
//	              places; drawn.go the text of charts and diagrams
//	table.go      tables as read; package flow lays them on grids
//
// What is printed is what is read: fields count by their result, text that is
// hidden is left out and counted in one warning, automatic numbers stand in the
// text. Notes follow the paragraph or table with their mark; the mark itself is
// left out, since behind a figure it would read as a digit. Insertions are kept and
// deletions and comments left out, and counted; [extract.Changes] says otherwise:
// where all changes are read, insertions stand as {+text+}, deletions as [-text-],
// and comments, with [extract.RoleComment], follow their mark as notes do.
//
// Charts and diagrams (SmartArt) are an image block and, behind it, a block of
// [extract.RoleChart] or [extract.RoleDiagram] with a line for each title, series
// ("name：category value；…") or shape. Embedded objects are image blocks with the
// alternative text of their picture. Nothing outside of the file is ever fetched.
//
// Positions. Block.Part is "PART#pN" with N the number of the w:p element among
// all w:p elements of the part, from 0; tables are "PART#tblN" alike, cells
// "PART#tblN/rR/cC" with R the number of the w:tr in its table and C the number
// of the w:tc in its row. The parts of an embedded document have the name of the
// part that holds it and "!" before theirs.
//
// All parsing is bounded by [extract.Limits]; nesting by Limits.Depth, so that
// the recursive descent cannot exhaust the stack. A reading keeps no state
// outside the call and may run in any number of goroutines.
package docx
