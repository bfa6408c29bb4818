package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"nianbao/extract"
)

// Signatures and lengths of the records, without their variable parts.
const (
	localSignature     = 0x04034b50 // 4.3.7
	directorySignature = 0x02014b50 // 4.3.12
	endSignature       = 0x06054b50 // 4.3.16
	end64Signature     = 0x06064b50 // 4.3.14
	locator64Signature = 0x07064b50 // 4.3.15

	localLen     = 30
	directoryLen = 46
	endLen       = 22
	end64Len     = 56
	locator64Len = 20

	maxCommentLen = math.MaxUint16
)

// Values that say "look in the zip64 record" (4.4.1.4).
const (
	no16 = math.MaxUint16
	no32 = math.MaxUint32
)

// Bits of the general purpose flags (4.4.4) and methods (4.4.5).
const (
	flagEncrypted       = 1 << 0
	flagStrongEncrypted = 1 << 6
	flagUTF8            = 1 << 11
	flagMaskedHeader    = 1 << 13

	methodStore   = 0
	methodDeflate = 8
	methodAES     = 99
)

// Tags of the extra fields that are read (4.5.3, 4.6.9).
const (
	extraZip64       = 0x0001
	extraUnicodePath = 0x7075
)

// end is the end of central directory record, with zip64's values where they
// count.
type end struct {
	records      uint64
	size, offset uint64 // of the directory, bytes
	at           int64  // where the record itself begins; the directory is before
}

// entry is one record of the central directory.
type entry struct {
	flags, method uint16
	host          byte // upper byte of "version made by", 4.4.2.2
	attributes    uint32
	crc           uint32
	compressed    uint64 // bytes
	size          uint64 // bytes, decompressed
	offset        uint64 // of the local header
	name          []byte
	extra         []byte
	broken        bool // zip64's values are missing
}

func damaged(format string, args ...any) *extract.Error {
	return extract.Damaged(format+"。请重新打包（zip）后上传。", args...)
}

// readAt fills b. Too few bytes are the archive's fault; all other errors are
// r's.
func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return damaged("压缩包不完整：第 %d 字节之后的内容缺失", off+int64(n))
	}
	return fmt.Errorf("unpack: read at %d: %w", off, err)
}

// findEnd looks for the end record from the back: behind it stands only its
// comment, or what a careless transfer added.
func findEnd(r io.ReaderAt, size int64) (end, error) {
	missing := damaged("压缩包不完整：末尾的目录缺失，可能是下载或上传中断")
	if size < endLen {
		return end{}, missing
	}
	tail := make([]byte, min(size, endLen+maxCommentLen))
	start := size - int64(len(tail))
	if err := readAt(r, tail, start); err != nil {
		return end{}, err
	}
	mark := binary.LittleEndian.AppendUint32(nil, endSignature)
	for search := tail; ; {
		i := bytes.LastIndex(search, mark)
		if i < 0 {
			return end{}, missing
		}
		search = search[:i]
		b := tail[i:]
		if len(b) < endLen || endLen+int(binary.LittleEndian.Uint16(b[20:])) > len(b) {
			continue
		}
		e, err := parseEnd(r, b, start+int64(i))
		if err != nil {
			return end{}, err
		}
		return e, nil
	}
}

// parseEnd reads the record b, which begins at the offset at of r.
func parseEnd(r io.ReaderAt, b []byte, at int64) (end, error) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	if disk, first := u16(b[4:]), u16(b[6:]); disk != 0 && disk != no16 || first != 0 && first != no16 {
		return end{}, &extract.Error{Code: extract.CodeUnsupported, Detail: "这是分卷压缩包的一卷。请合并成一个 zip 后上传。"}
	}
	e := end{records: uint64(u16(b[10:])), size: uint64(u32(b[12:])), offset: uint64(u32(b[16:])), at: at}
	if e.records == no16 || e.size == no32 || e.offset == no32 {
		if err := e.zip64(r); err != nil {
			return end{}, err
		}
	}
	// Each on its own first: the sum could wrap around.
	if e.offset > uint64(e.at) || e.size > uint64(e.at)-e.offset {
		return end{}, damaged("压缩包末尾的记录有误：目录的位置（第 %d 字节起 %d 字节）超出文件", e.offset, e.size)
	}
	if e.records > e.size/directoryLen {
		return end{}, damaged("压缩包末尾写明 %d 个条目，目录只有 %d 字节，放不下", e.records, e.size)
	}
	return e, nil
}

// zip64 takes the values from the zip64 record where the locator is present.
// Without it the values may be meant as they are. A value of the old record that
// could hold the number has to agree.
func (e *end) zip64(r io.ReaderAt) error {
	at := e.at - locator64Len
	if at < 0 {
		return nil
	}
	var loc [locator64Len]byte
	if err := readAt(r, loc[:], at); err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(loc[:]) != locator64Signature {
		return nil
	}
	lies := damaged("压缩包末尾的 zip64 记录有误")
	where := binary.LittleEndian.Uint64(loc[8:])
	if at < end64Len || where > uint64(at-end64Len) {
		return lies
	}
	var b [end64Len]byte
	if err := readAt(r, b[:], int64(where)); err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(b[:]) != end64Signature || binary.LittleEndian.Uint32(b[16:]) != 0 || binary.LittleEndian.Uint32(b[20:]) != 0 {
		return lies
	}
	old := *e
	e.records, e.size, e.offset = binary.LittleEndian.Uint64(b[32:]), binary.LittleEndian.Uint64(b[40:]), binary.LittleEndian.Uint64(b[48:])
	e.at = int64(where)
	if old.records != no16 && old.records != e.records || old.size != no32 && old.size != e.size || old.offset != no32 && old.offset != e.offset {
		return lies
	}
	return nil
}

// read reads the directory, after its size and number of entries were held
// against the limits.
func (e end) read(r io.ReaderAt, lim Limits) ([]entry, error) {
	if e.records > uint64(lim.Entries) {
		return nil, extract.OverLimit("zip_entries", int64(lim.Entries), fmt.Sprintf("压缩包里有 %d 个条目，超过上限 %d。请分成几个压缩包上传。", e.records, lim.Entries))
	}
	if e.size > uint64(lim.DirectoryBytes) {
		return nil, extract.OverLimit("zip_directory_bytes", lim.DirectoryBytes, fmt.Sprintf("压缩包的目录异常庞大（%d 字节）。请分成几个压缩包上传。", e.size))
	}
	b := make([]byte, e.size)
	if err := readAt(r, b, int64(e.offset)); err != nil {
		return nil, err
	}
	entries := make([]entry, 0, e.records)
	for i := range e.records {
		next, rest, ok := parseEntry(b)
		if !ok {
			return nil, damaged("压缩包的目录在第 %d 个条目处损坏（共 %d 个）", i+1, e.records)
		}
		entries, b = append(entries, next), rest
	}
	if len(b) >= 4 && binary.LittleEndian.Uint32(b) == directorySignature {
		return nil, damaged("压缩包末尾写明 %d 个条目，目录里却有更多", e.records)
	}
	return entries, nil
}

// parseEntry reads the record at the start of b and returns what follows it. The
// entry refers to b.
func parseEntry(b []byte) (e entry, rest []byte, ok bool) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	if len(b) < directoryLen || u32(b) != directorySignature {
		return entry{}, nil, false
	}
	name, extra, comment := int(u16(b[28:])), int(u16(b[30:])), int(u16(b[32:]))
	if len(b) < directoryLen+name+extra+comment {
		return entry{}, nil, false
	}
	e = entry{
		host: b[5], flags: u16(b[8:]), method: u16(b[10:]), crc: u32(b[16:]),
		compressed: uint64(u32(b[20:])), size: uint64(u32(b[24:])),
		attributes: u32(b[38:]), offset: uint64(u32(b[42:])),
	}
	b = b[directoryLen:]
	e.name, e.extra, rest = b[:name], b[name:name+extra], b[name+extra+comment:]
	e.zip64()
	return e, rest, true
}

// zip64 takes the values that do not fit from the extra field, which holds only
// those, in this order (4.5.3).
func (e *entry) zip64() {
	field := extraField(e.extra, extraZip64)
	for _, v := range []*uint64{&e.size, &e.compressed, &e.offset} {
		if *v != no32 {
			continue
		}
		if len(field) < 8 {
			e.broken = true
			return
		}
		*v, field = binary.LittleEndian.Uint64(field), field[8:]
	}
}

// extraField returns the first field with the tag, nil where there is none.
func extraField(extra []byte, tag uint16) []byte {
	for len(extra) >= 4 {
		t, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return nil
		}
		if t == tag {
			return extra[:n:n]
		}
		extra = extra[n:]
	}
	return nil
}
