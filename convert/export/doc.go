// Package export takes results out of the program: as a spreadsheet (.xlsx), CSV,
// Markdown, lines of JSON and Word files, and the sums of many as a spreadsheet
// ([RollUpXLSX]). Lists of problems are made elsewhere; they take the names of cells
// ([Columns]) and what stands in them ([Entry.Cell]) from here.
//
// # What is written
//
// A [Set] is a sequence of entries: results, and files that could not be converted,
// which are told like the others and never left out. Every writer goes through the
// sequence once and keeps at most two entries in memory, whatever its length:
//
//	XLSX      a row a report, a sheet a form; sheets of the findings, of files and
//	          versions, of cells that hold no plainly read number, of losses, and of
//	          what each column means. A report that is alone has its tables as
//	          the notice prints them, too, and the place of every cell. The rows wait
//	          in temporary files until the last entry is known; then the file is
//	          written to the end without being held.
//	CSV       a row a report, all forms under one header (UTF-8 with its mark, RFC 4180)
//	Markdown  a report after the other, to be read
//	JSONL     a result a line as the interface gives it; failures as {source, error}
//	DOCX      one report in the official form of its year, see package wordform; of
//	          several, DOCXArchive makes a zip with a file each, and a text that says
//	          which files are not among them and why
//	Dataset   a directory: tidy tables of reports, cells, claims, findings and losses,
//	          a row an observation, with a dictionary for programs and for people
//
// # Cells
//
// A column is a cell of a form under its full official name: 200 in the 2021 form,
// 198 in the 2019 form. Behind them stand the columns of groups that a report may
// print as one row (（六）其他处理), and the printed units of amounts. Forms have a
// column in common only where path and official name are the same.
//
// A cell holds the number as it was read or corrected; an amount is in the unit that
// its unit column names. A blank or a row that is not there is an empty cell, never 0.
// What is printed and no number (/, 无, 若干) is text. Where the text looks like a number
// without being this cell's, it stands behind a question mark: "?12" was printed in a
// row that has not as many numbers as columns.
//
// # Formulas
//
// What a document holds is never a formula. In .xlsx every text is a string by its
// type, which no program evaluates. CSV has no types, so [spreadsheet.Guard] puts an
// apostrophe before each text that a spreadsheet would evaluate, and before one that
// begins with an apostrophe; numbers are left alone. [spreadsheet.Unguard] takes exactly
// that apostrophe away, so that what is read back is what was written; only line ends
// come back as \n.
package export
