// Package reader tells a file's format from its content and has the right reader
// read it. It is the one door from bytes to the neutral document:
//
//	Sniff  what is it; cheap and bounded, safe outside of a sandbox
//	Read   the document; may spin, exhaust stack or memory on a hostile file,
//	       so it is called in a child process of package sandbox
//
// File names play no part: a PDF named report.docx is a PDF. What is recognised
// but cannot be read is named in the error, so that the user knows what to
// convert.
package reader
