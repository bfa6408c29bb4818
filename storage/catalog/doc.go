// Package catalog is the index of reports in an SQL database: what lists show,
// filter and sort by. Everything in it can be rebuilt from the archive's records
// (intake.Service.Rebuild), so it holds no truth of its own.
//
// The SQL is one text for SQLite and PostgreSQL: $1 parameters, text ids made in
// Go, times as microseconds, JSON opaque. Package catalogtest is the suite a
// database has to pass.
package catalog
