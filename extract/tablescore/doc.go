// Package tablescore measures how well tables were read: it compares the tables
// of a document with a truth. It serves those who work on the readers.
//
// # Relations
//
// The measure of the ICDAR 2013 table competition (Göbel, Hassan, Oro, Orsi:
// "A methodology for evaluating algorithms for table understanding in PDF
// documents", 2012): each cell with text is related to the nearest cell with
// text to its right and below it, blank cells passed over. A relation is right
// where the truth has one of the same two texts in the same direction on the
// same page. A table that is missing costs recall, a false one precision. What
// stands over a page break has no relations across it: joins are undone first.
//
// # Cells
//
// A cell is right where the truth has one of the same text on the same page;
// Spans asks for the same row and column span as well. Both are counted with
// rows and columns in which no text starts left out, so that empty grid lines
// neither help nor harm.
//
// # Texts
//
// Texts are compared in NFKC, without white space, in lower case, every rune
// that is neither letter nor digit as an underscore: the truths were typed by
// tools that spell dashes, quotes and bullets in different ways.
package tablescore
