// Package rtf reads Rich Text Format (RTF 1.9.1) into the neutral document of
// package extract. Offices send it under .rtf, and under .doc more often than
// they know.
//
// The way through the package:
//
//	lexer.go        bytes → groups, control words, hex bytes, text; bounded memory
//	group.go        the state of a group and the stack of groups
//	destination.go  what a group holds: text, a table of fonts, nothing we read
//	control.go      control words that change text or properties
//	codepage.go     code pages of fonts; text.go decodes bytes and \u characters
//	header.go       fonts, styles and lists of the file's header
//	story.go        body, headers, notes, text boxes: paragraphs into a flow.Sink
//	table.go        rows by the edges of their cells, nested tables
//	changes.go      tracked changes and comments
//	picture.go      pictures, shapes and their alternative text; field.go fields
//
// What is printed is what is read, as in package docx: tracked changes count as
// [extract.Changes] says, notes follow the paragraph of their mark, fields count by their result, hidden text is left out and
// counted, automatic numbers stand in the text, taken from \listtext where the
// writer put them, else counted from the list tables.
//
// Positions. Block.Part is "rtf#pN" with N the number of the paragraph in the
// body, from 0; tables are "rtf#tblN", cells "rtf#tblN/rR/cC" with R the row and
// C the cell as the file counts. Headers, footers, notes and text boxes count for
// themselves, as "rtf/header1#p0".
//
// The file is read once from front to back, groups on a stack of their own that
// [extract.Limits].Depth bounds, so that nothing in it can exhaust the stack of
// the program. Pictures are passed over byte by byte and never held.
package rtf
