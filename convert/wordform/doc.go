// Package wordform writes a report as a Word file in the official form of its year:
// a template with placeholders, filled by nguyenthenguyen/docx.
//
// # Templates
//
// [Write] makes its template for the report, laid out as the notice prints the form:
// the chapters under the headings the report gives them and in its order, local ones
// among them, each table in its chapter, groups that the report prints as one row as
// one row, agency and date at the end, and the registration form behind them. A table
// the report does not have is not made up.
//
// An office may use its own template: an ordinary .docx with its letterhead and these
// placeholders. [Notice] makes one to begin with.
//
//	{{title}} {{agency}} {{year}} {{signed_by}} {{signed_on}}   in a line of text
//	{{heading/overview}} …                the heading of a chapter: 一、总体情况
//	{{/report/applications/new/total}} …  a figure, named by its JSON Pointer
//
// and, alone in a paragraph, which it takes the place of:
//
//	{{metadata}}             the lines that web pages print above a report
//	{{preface}}              the period of the figures, where no chapter tells it
//	{{chapter/overview}} …   the text of a chapter, a paragraph a line, set as the
//	                         placeholder is
//	{{table/applications}} … the table as the notice prints it
//	{{other_chapters}}       the chapters that the form has not, or has once
//	{{chapters}}             all chapters with their headings and tables
//	{{registration}}         the registration form (政府信息公开工作机构登记表)
//
// Spaces inside the braces do not count. Word cuts a placeholder into several runs as
// it pleases; it is found all the same, and takes the type of its first letter.
// [Parse] tells every mistake of a template at once: names it does not know, what is
// not closed, what must stand alone and does not, and what a report would lose (a
// table's cells that have no place, chapters without {{other_chapters}}).
//
// # Values
//
// Values are text: no markup, field or placeholder in them comes alive, for all places
// are filled in one pass. A figure that is blank leaves its cell blank.
package wordform
