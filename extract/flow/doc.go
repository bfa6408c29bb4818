// Package flow turns what flows — the paragraphs, tables and pictures of a Word
// file in any of its formats — into the neutral document. The readers of the
// formats know bytes and properties; here is what comes after and must be the
// same for all:
//
//	item.go       items in reading order, and the sinks that take them
//	paragraph.go  the text of a paragraph and what is anchored in it
//	table.go      tables as a file has them: rows of cells with widths and merges
//	grid.go       the same laid on a grid, ragged rows by their widths
//	join.go       tables that were split by accident, rejoined
//	field.go      what a field without a stored result prints
//	losses.go     the loss account, each entry once
//
// A reader fills a [Sink] and calls [Assemble].
package flow
