// Package unpack reads zip archives of reports as users send them: folders
// inside folders, names in GBK or UTF-8, system files in between, and now and
// then an attack.
//
//	a, err := unpack.Open(f, size, unpack.DefaultLimits())
//	for file := range a.Files() {
//		if file.Skip != "" { continue }    // not a report, and no failure
//		content, err := file.Open()        // *extract.Error: this file only
//		io.Copy(dst, content)              // *extract.Error: this file only
//	}
//
// [Is] tells such an archive from Office documents, which are zip archives too.
//
// # What holds
//
// Nothing is ever written, so nothing can be written outside of a folder: a path
// is text that is shown. It is made clean all the same, see [File.Path].
//
// All that a file can cost is known when Open returns: the sizes in the central
// directory are claims, their sum is held against Limits, and a file that turns
// out longer than its claim ends in an error at the first byte too many. The
// places of all files are known as well and may not overlap, so that no byte of
// the archive is decompressed twice (the bombs of D. Fifield, "A better zip
// bomb", 2019, live on that).
//
// # Why not archive/zip
//
// It reads the whole directory before it says how long it is, takes the number
// of entries modulo 65,536, and keeps the place of a file's header to itself: the
// checks would need a second reading, and what two readings see can differ. This
// package reads the directory once, in bounded memory, and decompresses what it
// checked. Fields are named as in PKWARE's APPNOTE.TXT 6.3.10; the numbers in
// comments are its sections. Tests compare with archive/zip.
//
// # Errors
//
// All but those of the io.ReaderAt itself are *extract.Error: unsupported_format,
// encrypted, damaged, or limit_exceeded with the limit's name and value. An
// archive is refused as a whole only for its directory, its number of entries,
// its size as a whole, and overlaps; all else is one file's.
package unpack
