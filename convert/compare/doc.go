// Package compare puts reports beside one another: those of an agency over the years
// ([Service.Agency]), and those of many agencies for a year ([Service.Year]).
//
// Both are worked out for each answer, from the reports in force and their figures
// (package figures). What is behind the interfaces has the asker's scope already: here
// nobody sees more than there.
package compare
