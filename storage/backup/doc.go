// Package backup saves what the archive cannot give back: who may use the
// service, what was decided and who did what. Reports, findings, batches and jobs
// follow from the archive and are made anew from it; they are not in a backup.
//
// A backup is a zip file:
//
//	tables/<name>.ndjson  a table, one row a line as a JSON object
//	manifest.json         when and by what it was made; of each table the number
//	                      of rows and the SHA-256 of its file
//
// Write reads all tables in one transaction, so that they belong together, while
// the service goes on. Restore puts them back in one transaction, into SQLite or
// PostgreSQL whichever they came from, and only if every checksum is right.
//
// A backup holds no tokens in the clear, but their hashes, and who did what: keep
// it as the database is kept.
package backup
