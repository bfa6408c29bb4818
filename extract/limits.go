package extract

// Limits are the caps a reader keeps inside one file. Going over a limit is an
// error that names it, never a silent truncation. The zero value is not usable;
// start from DefaultLimits.
type Limits struct {
	// DecompressedBytes caps the sum of all decompressed parts or streams of a
	// file: a 511 KB file can expand to 521 MiB in 0.14 s.
	DecompressedBytes int64 `json:"decompressed_bytes"`
	// Pages caps the pages of a PDF.
	Pages int `json:"pages"`
	// Depth caps nesting: XML elements, form XObjects, page tree, arrays.
	Depth int `json:"depth"`
	// Parts caps the entries of a package (zip).
	Parts int `json:"parts"`
	// TableCells caps the grid positions of one table.
	TableCells int `json:"table_cells"`
	// Operators caps the content operators interpreted for one page.
	Operators int `json:"operators"`
	// Glyphs caps the glyphs of one page.
	Glyphs int `json:"glyphs"`
}

// DefaultLimits are far above any report and low enough for a small machine.
func DefaultLimits() Limits {
	return Limits{
		DecompressedBytes: 256 << 20,
		Pages:             3000,
		Depth:             256,
		Parts:             10_000,
		TableCells:        1_000_000,
		Operators:         5_000_000,
		Glyphs:            500_000,
	}
}
