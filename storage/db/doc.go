// Package db opens the service's database, SQLite or PostgreSQL, and keeps its
// tables up to date.
//
// One text of SQL serves both: $1 parameters, text ids made in Go, times as
// microseconds since 1970 UTC in a bigint, JSON opaque, lists expanded to $1,$2,….
// The migrations of both are one tree: common/, and sqlite/ or postgres/ laid over
// it where they differ. Package dbtest gives tests an empty database on each.
//
// SQLite is for one service on one machine, which takes the file's Lock; other
// commands may open it at the same time. PostgreSQL is for any number of
// services and workers.
package db
