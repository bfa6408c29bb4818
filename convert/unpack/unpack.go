package unpack

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"nianbao/extract"
)

// Archive is an open zip archive. It holds the directory, not the content, and
// refers to the io.ReaderAt it was opened with. It is safe for concurrent use if
// that is.
type Archive struct {
	r     io.ReaderAt
	files []File
}

// File is one entry of the directory.
type File struct {
	// Path is relative, with '/' between clean elements, and unique in its
	// archive: text to be shown, never a path of a file system. No element is
	// empty, "." or ".."; there are no drive letters and no control, formatting or
	// writing direction characters. A second "a.pdf" is called "a~2.pdf".
	Path string
	// Size is the decompressed size in bytes, as the directory claims. Content
	// never exceeds it.
	Size int64
	// Skip says why the entry is left out; empty for files.
	Skip Reason

	archive *Archive
	entry   entry
	data    span           // where the compressed bytes are
	fault   *extract.Error // known without reading
}

// span is a range of the archive's bytes: from ≤ x < to.
type span struct{ from, to int64 }

// Open reads and checks the directory of an archive of size bytes. It reads the
// directory, and 30 bytes a file.
func Open(r io.ReaderAt, size int64, lim Limits) (*Archive, error) {
	e, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	entries, err := e.read(r, lim)
	if err != nil {
		return nil, err
	}
	a := &Archive{r: r, files: make([]File, len(entries))}
	unique := make(distinct, len(entries))
	var spans []span
	total := uint64(0)
	for i, name := range decodeNames(entries) {
		f := &a.files[i]
		clean := cleanPath(name)
		*f = File{Path: clean, Skip: skip(name, clean), archive: a, entry: entries[i]}
		f.entry.name, f.entry.extra = nil, nil // lets go of the directory's bytes
		if f.fault = f.judge(lim); f.fault == nil && f.Skip == "" {
			whole, err := f.locate(e)
			if err != nil {
				return nil, err
			}
			if f.fault == nil {
				spans = append(spans, whole)
			}
		}
		if f.Skip != SkipDirectory {
			f.Path = unique.path(clean)
		}
		if f.fault == nil && f.Skip == "" {
			if f.entry.size > uint64(lim.TotalBytes)-total {
				return nil, extract.OverLimit("zip_total_bytes", lim.TotalBytes, fmt.Sprintf("压缩包解压后超过 %d 字节的上限。请分成几个压缩包上传。", lim.TotalBytes))
			}
			f.Size = int64(f.entry.size)
			total += f.entry.size
		}
	}
	return a, apart(spans)
}

// apart refuses archives whose files share bytes.
func apart(spans []span) error {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return extract.OverLimit("zip_overlapping_files", 0, "压缩包里的文件互相重叠，像是压缩炸弹，未予解压。请用通常的压缩软件重新打包。")
		}
	}
	return nil
}

// Files gives all entries in the order of the directory, skipped ones as well.
func (a *Archive) Files() iter.Seq[*File] {
	return func(yield func(*File) bool) {
		for i := range a.files {
			if !yield(&a.files[i]) {
				return
			}
		}
	}
}

// Len is the number of entries that Files gives.
func (a *Archive) Len() int { return len(a.files) }

// Systems whose upper half of the attributes is a Unix mode (4.4.2.2), and its
// types of files.
const (
	hostUnix  = 3
	hostMacOS = 19

	modeType    = 0o170000
	modeRegular = 0o100000
	modeFolder  = 0o040000
)

// judge tells what is wrong with a file from its entry alone, and which entries
// are folders by their mode.
func (f *File) judge(lim Limits) *extract.Error {
	e := &f.entry
	mode := uint32(0)
	if e.host == hostUnix || e.host == hostMacOS {
		mode = e.attributes >> 16 & modeType
	}
	if mode == modeFolder && e.size == 0 && f.Skip == "" {
		f.Skip = SkipDirectory
	}
	switch {
	case f.Skip == SkipDirectory && e.size > 0:
		f.Skip = ""
		return damaged("压缩包里的“%s”以文件夹的名义带有内容", f.Path)
	case f.Skip != "":
		return nil
	case mode != 0 && mode != modeRegular:
		return unsupported("这是符号链接、设备或管道，不是文件。请把文件本身打包后上传。")
	case e.flags&(flagEncrypted|flagStrongEncrypted|flagMaskedHeader) != 0 || e.method == methodAES:
		return &extract.Error{Code: extract.CodeEncrypted, Detail: "压缩包设有密码。请解压后上传，或不设密码重新打包。"}
	case e.broken:
		return damaged("压缩包目录中此文件的大小缺失（zip64）")
	case e.method != methodStore && e.method != methodDeflate:
		return extract.Damaged("此文件用 %s 方法压缩，不能解压。请用通常的方法（Deflate）重新打包为 zip。", methodName(e.method))
	case e.method == methodStore && e.compressed != e.size:
		return damaged("压缩包目录中此文件的两个大小不一致")
	// An empty file is a report that is not there: left out in silence, nobody
	// would miss it.
	case e.size == 0:
		return unsupported("文件为空（0 字节）。请重新打包原来的文件。")
	case e.size > uint64(lim.FileBytes):
		return extract.OverLimit("zip_file_bytes", lim.FileBytes, fmt.Sprintf("文件解压后有 %d 字节，超过上限。请压缩文件中的图片或拆分后上传。", e.size))
	case e.size > uint64(lim.RatioFloor) && (e.size-1)/uint64(lim.Ratio) >= e.compressed:
		return extract.OverLimit("zip_ratio", lim.Ratio, fmt.Sprintf("文件解压后是压缩时的 %d 倍以上，像是压缩炸弹，未予解压。请直接上传这个文件。", lim.Ratio))
	}
	return nil
}

// locate finds a file's bytes by its local header. The span with header and data
// is empty, and the fault set, where there is no such header; an error is the
// reader's.
func (f *File) locate(e end) (span, error) {
	f.fault = damaged("压缩包里此文件的位置有误")
	from := f.entry.offset
	if from > e.offset || e.offset-from < localLen {
		return span{}, nil
	}
	var b [localLen]byte
	if err := readAt(f.archive.r, b[:], int64(from)); err != nil {
		return span{}, err
	}
	variable := uint64(binary.LittleEndian.Uint16(b[26:])) + uint64(binary.LittleEndian.Uint16(b[28:]))
	if binary.LittleEndian.Uint32(b[:]) != localSignature || e.offset-from-localLen < variable {
		return span{}, nil
	}
	start := from + localLen + variable
	if f.entry.compressed > e.offset-start {
		return span{}, nil
	}
	f.fault = nil
	f.data = span{int64(start), int64(start + f.entry.compressed)}
	return span{int64(from), f.data.to}, nil
}

func unsupported(detail string) *extract.Error {
	return &extract.Error{Code: extract.CodeUnsupported, Detail: detail}
}

// methodName names methods that other programs offer (4.4.5).
func methodName(m uint16) string {
	switch m {
	case 9:
		return "Deflate64"
	case 12:
		return "BZIP2"
	case 14:
		return "LZMA"
	case 93:
		return "Zstandard"
	case 95:
		return "XZ"
	case 98:
		return "PPMd"
	}
	return fmt.Sprintf("%d 号", m)
}

// Is tells whether a file of size bytes is a zip archive of files, by its
// content: not an Office document, OFD or another package that happens to be one
// (extract/reader.Sniff says unsupported_format for what Is accepts). It is true
// for archives that Open refuses for a limit, so that Open can name it, and false
// where the directory cannot be read.
func Is(r io.ReaderAt, size int64) bool {
	var head [4]byte
	if size < endLen || readAt(r, head[:], 0) != nil {
		return false
	}
	if s := binary.LittleEndian.Uint32(head[:]); s != localSignature && s != endSignature {
		return false
	}
	e, err := findEnd(r, size)
	if err != nil {
		return false
	}
	entries, err := e.read(r, DefaultLimits())
	if err != nil {
		return extract.AsError(err) != nil && extract.AsError(err).Code == extract.CodeLimit
	}
	return !isPackage(entries)
}

// isPackage tells by its parts what is one document: Open Packaging Conventions
// (ECMA-376-2), also with a broken description; OFD (GB/T 33190); OpenDocument.
func isPackage(entries []entry) bool {
	var mimetype, content bool
	for _, e := range entries {
		name := strings.ToLower(path.Clean("/" + strings.ReplaceAll(string(e.name), `\`, "/")))
		switch top, _, _ := strings.Cut(name[1:], "/"); {
		case name == "/[content_types].xml", name == "/_rels/.rels", name == "/ofd.xml":
			return true
		case (top == "word" || top == "xl" || top == "ppt") && (strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels")):
			return true
		case name == "/mimetype":
			mimetype = true
		case name == "/content.xml":
			content = true
		}
	}
	return mimetype && content
}
