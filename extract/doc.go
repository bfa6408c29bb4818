// Package extract defines the neutral document that every reader produces, the
// errors readers may return, the limits they keep and the formats they know.
//
// A reader turns untrusted bytes into an [Extraction] or a [*Error]; it never
// returns half a document without saying so in Extraction.Warnings. The readers
// live in the packages below:
//
//	docx     WordprocessingML (ECMA-376) → Document
//	doc      Word 97–2003 binary files ([MS-DOC]) → Document
//	rtf      Rich Text Format → Document
//	html     web pages, and those in one file (MHTML) → Document
//	flow     paragraphs, tables and pictures of Word formats → Document
//	grid     lines of table grids, those nobody sees apart among them
//	ordinal  numbers of headings and lists
//	page     a positioned page: glyphs, rulings, images
//	pdf      PDF (ISO 32000) → page
//	layout   page → Document, pure geometry
//	reader   format by content → the right reader
//	wire     an Extraction as bytes between two processes
//	sandbox  runs reader in child processes that can be killed
//
// Lengths are points (1/72 inch), the origin is the page's top left corner and
// y grows downwards, everywhere outside the PDF reader itself.
package extract
