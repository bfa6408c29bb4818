package unpack

// Limits are the caps on one archive. Going over one is an error that names it,
// never a truncation. The zero value is not usable; start from DefaultLimits.
type Limits struct {
	// Entries caps the entries of the directory, folders and system files
	// included: it bounds memory (about 300 bytes each) and the rows of a batch.
	// Its name in errors is "zip_entries".
	Entries int
	// DirectoryBytes caps the central directory, which is read into memory as a
	// whole. "zip_directory_bytes".
	DirectoryBytes int64
	// TotalBytes caps what all files that are not skipped have together,
	// decompressed: it bounds the space in the archive of originals.
	// "zip_total_bytes".
	TotalBytes int64
	// FileBytes caps one file, decompressed; one over it fails alone. It should be
	// the limit on a single upload. "zip_file_bytes".
	FileBytes int64
	// Ratio caps how many times its compressed size a file of more than
	// RatioFloor bytes may have; one over it fails alone. Documents are compressed
	// already (1 to 20 times); a bomb has 1,000. It bounds the work that a small
	// upload can cause. "zip_ratio".
	Ratio int64
	// RatioFloor is the size in bytes up to which any ratio is accepted.
	RatioFloor int64
}

// DefaultLimits are far above the reports of a province in one archive.
func DefaultLimits() Limits {
	return Limits{
		Entries:        20_000,
		DirectoryBytes: 8 << 20,
		TotalBytes:     8 << 30,
		FileBytes:      64 << 20,
		Ratio:          200,
		RatioFloor:     4 << 20,
	}
}
