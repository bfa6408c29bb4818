// Package pdfium reads PDF files with PDFium compiled to WebAssembly: the second
// engine beside package pdf, slower to start, able to read what that one cannot
// (damaged cross-references and objects), and able to draw pages.
//
// An [Engine] holds the compiled module, a [Document] is one file in an instance
// of its own, whose memory goes with it. [Document.Page] gives what package pdf
// gives: glyphs, rulings and pictures in points from the top left of the page as
// shown, y downwards. [Document.RenderPNG] draws a page.
//
// # Isolation
//
// The module sees nothing of the host but the font directories of [Config],
// read-only and through [os.Root], so that neither "…" paths nor symbolic links
// lead out of them. Its memory is capped. A file may make it compute for ever:
// either the process is killed (package sandbox), or Config.Interruptible makes
// it obey the context of [Engine.OpenContext], at a third of the speed.
//
// # How it is called
//
// Reading characters one by one through go-pdfium's methods costs twenty times
// what PDFium itself needs. So the functions that the module exports are called
// directly, with one scratch buffer in its memory; the module is found by
// reflection, which a test guards.
//
// # What differs from package pdf
//
// Text order is PDFium's. Optional content that is switched off is read as if it
// were on, UserUnit is not applied, and vertical writing is told from where the
// glyphs stand. Type 3 fonts have neither name nor weight. NumPages is what the
// file says, true or not: package pdf counts the pages that are there. Drawn
// values of annotations and form fields are part of the page.
//
// An Engine is safe for concurrent use, a Document is not.
package pdfium
