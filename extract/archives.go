package extract

import "bytes"

// ArchiveHead is how much of a file's start ArchiveFormat wants to see.
const ArchiveHead = 512

// ArchiveFormat names the archive or compression format that a file begins
// with, as users call it; "" where it is none. Zip is not among them: Office
// documents are zip archives as well.
func ArchiveFormat(head []byte) string {
	for _, m := range [...]struct {
		offset     int
		mark, name string
	}{
		{0, "Rar!\x1a\x07", "RAR"},
		{0, "7z\xbc\xaf\x27\x1c", "7z"},
		{0, "\x1f\x8b", "gzip（.gz、.tar.gz）"},
		{257, "ustar", "tar"},
		{0, "\xfd7zXZ\x00", "xz"},
		{0, "\x28\xb5\x2f\xfd", "zstd"},
		{4, "1AY&SY", "bzip2"},
		{0, "MSCF\x00\x00\x00\x00", "CAB"},
		{2, "-lh", "LZH"},
	} {
		if m.offset <= len(head) && bytes.HasPrefix(head[m.offset:], []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}
