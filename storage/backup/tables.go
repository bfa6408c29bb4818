package backup

// Tables are those that are saved, each after those it refers to.
func Tables() []string {
	return []string{"tokens", "sessions", "report_shares", "audit", "idempotency_keys"}
}

// Derived are the tables that follow from the archive, or are about processes at
// work. A name that ends in * stands for all that begin so. Every table of the
// database is in one of the two lists; a test sees to it.
func Derived() []string {
	return []string{"reports", "findings", "batches", "batch_files", "search*", "sketches", "installation",
		"bodies", "body_list", "body_choices", "workers", "river_*", "goose_*", "sqlite_*"}
}
