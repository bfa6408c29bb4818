package reader

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"unicode/utf16"

	"nianbao/extract"
)

// oleSignature begins a compound file ([MS-CFB] 2.2).
const oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

const (
	// maxDirSectors bounds the walk over the directory; an encrypted document
	// has two or three sectors of it.
	maxDirSectors = 256
	// maxDIFATSectors bounds the walk over the list of allocation sectors: with
	// 4,096-byte sectors it covers 4 GB, with 512-byte ones 66 MB.
	maxDIFATSectors = 8 << 7
)

// sniffOLE tells what a compound file holds by the names of its streams. The
// directory is walked here and not by a library because this runs outside of
// the sandbox, and lists are allocated by what the file claims otherwise.
func sniffOLE(r io.ReaderAt, size int64) (extract.Format, error) {
	names, err := oleNames(r)
	if err != nil {
		return "", err
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	switch {
	case has("EncryptedPackage"):
		return "", &extract.Error{Code: extract.CodeEncrypted, Detail: "Word 文件设有打开密码，无法读取。请用 Word 打开，取消密码（文件—信息—保护文档）并保存后再上传。"}
	case has("WordDocument"):
		return "", unsupported("这是旧版 Word 文档（.doc 或 .wps），暂不支持。请用 Word 或 WPS 打开后另存为 .docx 再上传。")
	case has("Workbook"), has("Book"):
		return "", unsupported("这是旧版 Excel 工作簿（.xls），不是报告文档。%s", hint)
	case has("PowerPoint Document"):
		return "", unsupported("这是旧版 PowerPoint 演示文稿（.ppt），不是报告文档。%s", hint)
	case has("__properties_version1.0"):
		return "", unsupported("这是 Outlook 邮件（.msg），请上传邮件中的附件。%s", hint)
	case len(names) == 0:
		return "", unsupported("文件像是旧版 Office 文档，但已损坏（文件共 %d 字节，读不出目录）。%s", size, hint)
	}
	return "", unsupported("这是旧版 Office 的复合文档，但不是 Word 文档。%s", hint)
}

// compound is what is needed of a compound file's header to walk its chains.
type compound struct {
	r          io.ReaderAt
	sectorSize int64
	fat        []uint32 // sectors that hold the allocation table, in order
}

// oleNames lists the names in the directory, as far as it can be read. The error
// is one of r.
func oleNames(r io.ReaderAt) ([]string, error) {
	const headerLen, firstDirAt, entryLen = 512, 48, 128
	header := make([]byte, headerLen)
	if n, err := r.ReadAt(header, 0); n < headerLen {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, nil
	}
	c := compound{r: r, sectorSize: 512}
	if binary.LittleEndian.Uint16(header[30:]) == 12 {
		c.sectorSize = 4096
	}
	c.readDIFAT(header)
	var names []string
	sector := make([]byte, c.sectorSize)
	at := binary.LittleEndian.Uint32(header[firstDirAt:])
	for range maxDirSectors {
		if !c.read(sector, at) {
			break
		}
		for entry := range slices.Chunk(sector, entryLen) {
			if name := oleName(entry); name != "" {
				names = append(names, name)
			}
		}
		next, ok := c.next(at)
		if !ok {
			break
		}
		at = next
	}
	return names, nil
}

// readDIFAT lists the sectors of the allocation table: 109 from the header, the
// rest from a chain of sectors ([MS-CFB] 2.5).
func (c *compound) readDIFAT(header []byte) {
	for at := 76; at < len(header); at += 4 {
		c.fat = append(c.fat, binary.LittleEndian.Uint32(header[at:]))
	}
	sector := make([]byte, c.sectorSize)
	next := binary.LittleEndian.Uint32(header[68:])
	for range maxDIFATSectors {
		if !c.read(sector, next) {
			return
		}
		last := len(sector) - 4
		for at := 0; at < last; at += 4 {
			c.fat = append(c.fat, binary.LittleEndian.Uint32(sector[at:]))
		}
		next = binary.LittleEndian.Uint32(sector[last:])
	}
}

// read fills b from the sector; false where there is no such sector.
func (c *compound) read(b []byte, sector uint32) bool {
	const maxRegular = 0xfffffffa // above are marks: end of chain, free, …
	if sector > maxRegular {
		return false
	}
	n, _ := c.r.ReadAt(b, (int64(sector)+1)*c.sectorSize) // any error: no sector
	return n == len(b)
}

// next is the sector after this one in its chain.
func (c *compound) next(sector uint32) (uint32, bool) {
	perSector := uint32(c.sectorSize / 4)
	i := sector / perSector
	if int64(i) >= int64(len(c.fat)) || c.fat[i] > 0xfffffffa {
		return 0, false
	}
	var b [4]byte
	at := (int64(c.fat[i])+1)*c.sectorSize + int64(sector%perSector)*4
	if n, _ := c.r.ReadAt(b[:], at); n < len(b) {
		return 0, false
	}
	return binary.LittleEndian.Uint32(b[:]), true
}

// oleName is the name in a directory entry, in UTF-16LE with its length beside
// it ([MS-CFB] 2.6.1); empty for a free entry.
func oleName(entry []byte) string {
	const maxName, lengthAt = 64, 64
	n := int(binary.LittleEndian.Uint16(entry[lengthAt:])) - 2 // without the closing zero
	if n < 2 || n > maxName-2 {
		return ""
	}
	units := make([]uint16, n/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	return string(utf16.Decode(units))
}
