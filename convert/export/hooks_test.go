package export

// Rows is the set with so many rows a sheet.
func (s Set) Rows(n int) Set {
	s.rows = n
	return s
}
