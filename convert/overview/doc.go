// Package overview is a year at a glance: every body of the list that must report
// (编制主体) against the reports that came in for the year, each with one state, and
// the counts of them.
//
// A year has a few thousand bodies at most, so all of them are looked at for each
// answer: the counts, the order and the filters are then plain code, the same on
// every database. The catalog gives the year's reports in a few columns; the whole
// summary is asked for only for those of the page.
//
// # Which report counts
//
// Of a body's reports of the year the one chosen by hand counts, else the newest
// (as Summary.InForce). Where none states the year, the newest of those counts that
// state none: a file that could not be converted, is being read, or whose year could
// not be read. Such a file is of the year that its name has or, without one, of the
// year before it came in.
//
// # Without a list
//
// Where there is no list of bodies each agency that the reports name stands for a
// body: all is shown the same way, but nothing can be missing.
package overview
