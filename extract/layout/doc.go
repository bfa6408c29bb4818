// Package layout turns positioned pages (package page) into the neutral
// document: lines, paragraphs, headings, tables with spans, joins over pages,
// running headers and footers. It is pure geometry and knows no PDF types, so
// that other sources of positioned glyphs (OFD, OCR) can use it.
//
//	b := layout.NewBuilder(limits)
//	for each page { err := b.Add(p) }
//	doc, warnings, err := b.Finish()
//
// # Frame
//
// All lengths are points, the origin is the top left corner of the page as
// shown and y grows downwards. A page whose text is mostly turned by 90, 180 or
// 270 degrees is analysed in its reading frame; the boxes in the document are
// always those of the page as shown.
//
// # Order and roles
//
// Blocks stand in reading order. What repeats in the margins (running headers
// and footers, page numbers) comes after the body of its page with the role
// header or footer. Slanted text (watermarks) comes there too, as text box, and so
// does text in a frame that other text runs along.
//
// Text in columns is read column by column: a white corridor beside lines that
// fill their column on both sides tells them from lists and forms, which are read
// row by row. What crosses the corridor (a title, a table) comes between what
// stands above and below it.
//
// Footnotes, small text with a mark below a short line, come after the body of the
// page they start on, with the role footnote; a note over two pages is one block.
//
// # Headings
//
// The centred title is level 1, so is 第一章; 一、 and 第一节 are level 2, （一） 3, 1. or
// 1、 4, (1) 5, ① 6. A bold or larger line without an ordinal is level 2. Below （一）
// the ordinal alone does not make a heading, for lists have it too: the line is
// bold or larger, or text follows it that is no further item. What ends a
// sentence or takes more than 60 characters is a paragraph with a Number.
//
// # Tables
//
// Ruled tables come from their rulings: whole, dashed, doubled, in pieces, open
// at the sides; shaded areas stand in for lines where none are drawn. Where only
// some lines are drawn the text tells the rest: columns that are ruled in other
// rows only, rows in which figures stand under each other, columns within ruled
// groups. A chart of crossing lines is no table.
//
// Tables without a grid are found in two ways. Figures centred in their columns,
// as word processors set them, also tell by their place what a merged cell spans.
// All others are found by the white that runs through their lines, with the help
// of the rules above and below the header: they need figures in most places, or
// such rules. Running text in columns, lists and tables of contents are none.
// Captions and units stay blocks right before their table.
//
// A table within a cell of another is a table of its own, after the outer one;
// the outer cell keeps the text that stands around it.
//
// Pieces on following pages are joined where column edges (without lines: the
// white between columns) and position agree and nothing stands between.
// extract.Piece says why, extract.Cell.Parts keeps what a cut cell has on each
// page, and extract.Table.Unjoin gives the pieces back.
//
// # What is left out
//
// Every visible glyph stands exactly once in a block or a cell, but for: glyphs
// drawn twice at the same place, glyphs outside the page, header rows repeated
// on a following page (counted in extract.Piece.HeaderDropped), and the text of
// pages whose characters cannot be trusted (warning page_garbled).
//
// # Cost
//
// O(n log n) in glyphs and rulings; grids are bounded by Limits.TableCells
// before they are allocated.
package layout
