// Package catalog is the index of reports in an SQL database: what lists show,
// filter and sort by. Everything in it can be rebuilt from the archive's records
// (intake.Service.Rebuild), so it holds no truth of its own.
//
// Lists have one order, reports.place, newest first (see placeOf); every index that
// answers a filter ends with it, so that pages are walked and never sorted. Words
// are found by sets of short pieces of text (grams.go), the only thing in which the
// databases' SQL differs (search.go). How a filter is answered is chosen by counts
// (walk.go); TestScale measures it over a million reports.
//
// Reports with the same sentences are found by keys of theirs (neighbours.go).
//
// The SQL is one text for SQLite and PostgreSQL: $1 parameters, text ids made in
// Go, times as microseconds, JSON opaque. Package catalogtest is the suite a
// database has to pass.
package catalog
