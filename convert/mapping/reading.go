// Package mapping reads a neutral document into the report model by the
// statutory forms: it tells the form from the labels, reads rows by their own
// label, parses numbers and finds title, agency, year, period, signature,
// metadata and chapters. It judges nothing; package rules does.
package mapping

import (
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Reading is a report read from one document.
type Reading struct {
	Report report.Report
	// Provenance maps JSON Pointers from the result's root
	// ("/report/applications/new/total") to where the value was read. Every
	// leaf of a statutory table that the report has is in it, but for rows that
	// the printed table does not have.
	Provenance map[string]report.Place
	// Form is the form the tables were told to be; nil for "narrative" and
	// "pre2019".
	Form *form.Form
	// TableForms has, for each statutory table found, the form by which it was
	// read: that of Form, but where a report mixes the tables of two forms. Sums
	// and names of a table's cells are those of its own form.
	TableForms map[string]*form.Form
	// Chapters has, for each of Report.Sections, where it stands in the document.
	Chapters []Chapter
	// Tables has, for each statutory table found, the indices of the document's
	// tables it was read from.
	Tables map[string][]int
}

// Chapter is the place of one section in the document.
type Chapter struct {
	// Heading is the index of the heading block.
	Heading int
	// First and End delimit the blocks of the chapter, End exclusive.
	First, End int
}
