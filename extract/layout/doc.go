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
// header or footer. Slanted text (watermarks) comes there too, as text box.
//
// # Headings
//
// The centred title is level 1, so is 第一章; 一、 is level 2, （一） 3, 1. or 1、 4,
// (1) 5, ① 6. A bold or larger line without an ordinal is level 2.
//
// # Tables
//
// Tables come from their rulings; shaded areas stand in for lines where none are
// drawn. A table without any is made only of figures that keep to columns over
// several lines. Pieces on following pages are joined where column edges and
// position agree and nothing stands between (extract.Piece says why).
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
