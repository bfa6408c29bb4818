package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"nianbao/extract"
)

// Caps of the cross-reference sections, kept before the library reads them: it
// follows /Prev for ever and allocates whatever /Size or a subsection names.
const (
	maxSections   = 4096    // sections of a /Prev chain
	maxEntries    = 1 << 20 // objects of a small file; more for larger files
	maxFieldWidth = 8       // bytes of a field of an xref stream
	tailWindow    = 4096    // bytes from the end searched for startxref
	maxTableBytes = 64 << 20
)

// IncompleteError is Open's error for a file without its end: what is there may
// be readable, but must not pass as the whole.
type IncompleteError struct{ damage *extract.Error }

func (e *IncompleteError) Error() string { return e.damage.Error() }

// Unwrap gives the *extract.Error.
func (e *IncompleteError) Unwrap() error { return e.damage }

// framed is a PDF file with a header and an end that the library accepts.
// Offsets count from the header's percent sign, as producers count them.
type framed struct {
	src  io.ReaderAt
	room *room
	all  []byte // what src holds from the header on; nil for a large file
	skip int64  // bytes before the header
	size int64  // from the header to the end of src
	head []byte
	tail []byte // stands after the file
	// looped is true where the sections refer to each other in a circle: no
	// accident, so nothing to repair.
	looped bool
}

// heldBytes is how large a file may be that is read into memory once: the library
// reads every object by itself, a system call and a copy each. Of reports, 1 in 40
// of the time went there.
const heldBytes = 8 << 20

// hold reads a small file into memory. What cannot be read shows when it is needed.
func (f *framed) hold() {
	if f.size > heldBytes {
		return
	}
	f.room.held = slices.Grow(f.room.held[:0], int(f.size))[:f.size]
	if readFull(f.src, f.room.held, f.skip) == nil {
		f.all = f.room.held
	}
}

// view is the part of the file from off on that is n bytes long, in memory where
// that is possible: then it is not the caller's to change.
func (f *framed) view(off, n int64) (data []byte, shared bool, err error) {
	if off >= int64(len(f.head)) && n >= 0 && off <= int64(len(f.all))-n {
		return f.all[off : off+n : off+n], true, nil
	}
	data = make([]byte, n)
	return data, false, readFull(f, data, off)
}

// window is the file from off on, n bytes or what there is; more where that costs
// nothing. It is not the caller's to change.
func (f *framed) window(off, n int64) ([]byte, error) {
	if at := off - f.size; at >= 0 && at < int64(len(f.tail)) {
		return f.tail[at:], nil
	}
	if n == firstWindow && off >= int64(len(f.head)) && off < int64(len(f.all)) {
		return f.all[off:], nil
	}
	data := make([]byte, max(0, min(n, f.total()-off)))
	return data, readFull(f, data, off)
}

// ReadAt implements io.ReaderAt.
func (f *framed) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	if off < f.size {
		part := p[:min(int64(len(p)), f.size-off)]
		var err error
		if f.all != nil {
			n = copy(part, f.all[off:])
		} else {
			n, err = f.src.ReadAt(part, f.skip+off)
		}
		if off < int64(len(f.head)) {
			copy(p[:n], f.head[off:])
		}
		if int64(n) < min(int64(len(p)), f.size-off) {
			return n, err
		}
	}
	if at := off + int64(n) - f.size; n < len(p) && at < int64(len(f.tail)) {
		n += copy(p[n:], f.tail[at:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *framed) total() int64 { return f.size + int64(len(f.tail)) }

// frame looks at both ends of the file: the header within the first 1024 bytes
// (annex H of the implementation notes, 7.5.2) and startxref with %%EOF near
// the end. A file without its end is incomplete and refused: it must not pass
// as a shorter one.
func frame(r io.ReaderAt, size int64) (f *framed, startxref int64, err error) {
	if size <= 0 {
		return nil, 0, extract.Damaged("文件是空的。")
	}
	head := make([]byte, min(1024, size))
	if err := readFull(r, head, 0); err != nil {
		return nil, 0, extract.Damaged("无法读取文件开头：%v", err)
	}
	at := bytes.Index(head, []byte("%PDF-"))
	if at < 0 {
		return nil, 0, extract.Damaged("文件开头没有 PDF 标记，不是 PDF 文件或已损坏。")
	}
	f = &framed{src: r, room: rooms.Get().(*room), skip: int64(at), size: size - int64(at), head: headerOf(head[at:])}
	f.hold()
	tail := make([]byte, min(tailWindow, f.size))
	if err := readFull(f, tail, f.size-int64(len(tail))); err != nil {
		return nil, 0, extract.Damaged("无法读取文件末尾：%v", err)
	}
	i, end := bytes.LastIndex(tail, []byte("startxref")), bytes.LastIndex(tail, []byte("%%EOF"))
	switch {
	case i >= 0 && end > i:
	case i < 0 && end >= 0 && bytes.Contains(tail[:end], []byte("trailer")):
		return f, -1, nil // whole, but for the place of the sections
	case i >= 0 && ended(tail[i+len("startxref"):]):
		// Only the last mark is missing.
	default:
		return nil, 0, &IncompleteError{extract.Damaged("PDF 文件不完整：末尾（第 %d 字节处）没有结束标记，可能在传输中被截断。", size)}
	}
	l := lexer{data: tail[i+len("startxref"):]}
	t := l.next()
	if t.kind != tokNumber || t.num < 0 || t.num >= float64(f.size) {
		return f, -1, nil
	}
	return f, int64(t.num), nil
}

// ended tells whether a whole number with a line end, and nothing else, follows
// startxref: of a file that was cut the end would be somewhere else.
func ended(rest []byte) bool {
	number := bytes.TrimLeft(rest, "\r\n\t ")
	digits := bytes.TrimLeft(number, "0123456789")
	return len(digits) < len(number) && len(digits) > 0 && len(bytes.Trim(digits, "\r\n\t %")) == 0
}

// headerOf is the header the library wants, in place of "%PDF-2.0" or of one
// with blanks behind; nil where the header will do or is too short to replace.
func headerOf(head []byte) []byte {
	if len(head) < 9 || head[6] != '.' || head[8] == '0' {
		return nil
	}
	return []byte("%PDF-1.7\n")
}

func readFull(r io.ReaderAt, p []byte, off int64) error {
	if n, err := r.ReadAt(p, off); n < len(p) {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	return nil
}

// end sets the tail that leads the library to the section at startxref.
func (f *framed) end(startxref int64) {
	f.tail = fmt.Appendf(nil, "\nstartxref\n%d\n%%%%EOF\n", startxref)
}

// checkSections walks the chain of cross-reference sections (7.5.4, 7.5.8)
// without storing anything, and refuses loops and sizes out of proportion.
func (f *framed) checkSections(at int64) error {
	seen := map[int64]bool{}
	for len(seen) < maxSections {
		if at < 0 || at >= f.size {
			return fmt.Errorf("交叉引用表的位置 %d 在文件之外", at)
		}
		if seen[at] {
			f.looped = true
			return extract.Damaged("PDF 的交叉引用表自我引用（第 %d 字节处）。", at)
		}
		seen[at] = true
		dict, err := f.checkSection(at)
		if err != nil {
			return err
		}
		if dict.size < 0 || dict.size > f.entryLimit() {
			return extract.OverLimit("pdf_objects", f.entryLimit(), fmt.Sprintf("PDF 声称有 %d 个对象，与文件大小不符（第 %d 字节处）。", dict.size, at))
		}
		if !dict.hasPrev {
			return nil
		}
		at = dict.prev
	}
	f.looped = true
	return extract.Damaged("PDF 的交叉引用表超过 %d 段。", maxSections)
}

// entryLimit is the number of objects a file of this size may declare.
func (f *framed) entryLimit() int64 { return maxEntries + f.size/8 }

// sectionDict is what matters of a trailer or xref stream dictionary.
type sectionDict struct {
	size    int64
	prev    int64
	hasPrev bool
}

func (f *framed) checkSection(at int64) (sectionDict, error) {
	window := make([]byte, min(f.size-at, 1<<14))
	if err := readFull(f, window, at); err != nil {
		return sectionDict{}, err
	}
	l := lexer{data: window}
	first := l.next()
	switch {
	case first.kind == tokOperator && string(first.str) == "xref":
		return f.checkTable(at)
	case first.kind == tokNumber:
		// "12 0 obj << … >>"
		if l.next(); string(l.next().str) != "obj" || l.next().kind != tokDictOpen {
			break
		}
		return f.checkDict(&l, at)
	}
	return sectionDict{}, fmt.Errorf("第 %d 字节处没有交叉引用表", at)
}

// checkTable checks the subsections of a classic table and its trailer.
func (f *framed) checkTable(at int64) (sectionDict, error) {
	size := int64(1 << 14)
	var window []byte
	for i := -1; i < 0; size *= 4 {
		if size > maxTableBytes || int64(len(window)) == f.size-at {
			return sectionDict{}, fmt.Errorf("交叉引用表（第 %d 字节处）后没有 trailer", at)
		}
		window = make([]byte, min(f.size-at, size))
		if err := readFull(f, window, at); err != nil {
			return sectionDict{}, err
		}
		// The dictionary behind the word has to be in the window as well.
		if i = bytes.Index(window, []byte("trailer")); i >= 0 && len(window)-i < 1<<13 && int64(len(window)) < f.size-at {
			i = -1
		}
	}
	l := lexer{data: window}
	l.next() // xref
	for t := l.next(); ; t = l.next() {
		if t.kind == tokOperator && string(t.str) == "trailer" {
			break
		}
		n := l.next()
		if t.kind != tokNumber || n.kind != tokNumber {
			return sectionDict{}, fmt.Errorf("交叉引用表（第 %d 字节处）无法读取", at)
		}
		if t.num < 0 || n.num < 0 || t.num+n.num > float64(f.entryLimit()) {
			return sectionDict{}, extract.OverLimit("pdf_objects", f.entryLimit(), fmt.Sprintf("PDF 的交叉引用表（第 %d 字节处）声称的对象数与文件大小不符。", at))
		}
		for range int64(n.num) * 3 {
			if l.next().kind == tokEOF {
				return sectionDict{}, fmt.Errorf("交叉引用表（第 %d 字节处）不完整", at)
			}
		}
	}
	if l.next().kind != tokDictOpen {
		return sectionDict{}, fmt.Errorf("交叉引用表（第 %d 字节处）后没有 trailer 字典", at)
	}
	return f.checkDict(&l, at)
}

// checkDict reads the entries of an opened dictionary up to its end, nested
// ones skipped. The numbers of W and Index must be in proportion.
func (f *framed) checkDict(l *lexer, at int64) (sectionDict, error) {
	var d sectionDict
	depth, key := 1, ""
	for depth > 0 {
		t := l.next()
		switch t.kind {
		case tokEOF:
			return d, fmt.Errorf("第 %d 字节处的字典不完整", at)
		case tokDictOpen:
			depth++
		case tokDictClose:
			depth--
		case tokName:
			if depth == 1 {
				key = string(t.str)
			}
		case tokNumber:
			if depth > 1 {
				continue
			}
			switch key {
			case "Size":
				d.size = int64(t.num)
			case "Prev":
				d.prev, d.hasPrev = int64(t.num), true
				key = ""
			case "W":
				if t.num < 0 || t.num > maxFieldWidth {
					return d, fmt.Errorf("第 %d 字节处交叉引用流的 /W 无效", at)
				}
			case "Index":
				if t.num < 0 || t.num > float64(f.entryLimit()) {
					return d, extract.OverLimit("pdf_objects", f.entryLimit(), fmt.Sprintf("PDF 的交叉引用流（第 %d 字节处）声称的对象数与文件大小不符。", at))
				}
			}
		}
	}
	return d, nil
}
