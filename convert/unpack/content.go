package unpack

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"strings"

	"nianbao/extract"
)

// Open gives the content from its start; it may be called again. Errors, here
// and from the reader, are *extract.Error where the file is at fault, all others
// are those of the archive's io.ReaderAt. Damage shows at the end at the latest
// (length and CRC-32): what was read before an error that is not io.EOF is not to
// be used. A skipped entry has no content.
func (f *File) Open() (io.Reader, error) {
	switch {
	case f.fault != nil:
		return nil, f.fault
	case f.Skip != "":
		return nil, unsupported("这个条目不是报告，没有读取。")
	}
	src := &source{r: io.NewSectionReader(f.archive.r, f.data.from, f.data.to-f.data.from)}
	c := &content{src: src, r: src, crc: crc32.NewIEEE(), want: f.entry.crc, left: f.Size}
	if f.entry.method == methodDeflate {
		c.r = flate.NewReader(src)
	}
	b := bufio.NewReaderSize(c, extract.ArchiveHead)
	head, _ := b.Peek(extract.ArchiveHead) // its error comes again when the rest is read
	if err := nested(f.Path, head); err != nil {
		return nil, err
	}
	return b, nil
}

// nested refuses archives inside of the archive. A zip is refused here only where
// name and first entry agree that it is one: documents are zips as well, and
// whoever reads the content tells them apart.
func nested(name string, head []byte) error {
	kind := extract.ArchiveFormat(head)
	if kind == "" && strings.EqualFold(path.Ext(name), ".zip") && bytes.HasPrefix(head, []byte("PK\x03\x04")) && !beginsPackage(head) {
		kind = "zip"
	}
	if kind == "" {
		return nil
	}
	return unsupported(fmt.Sprintf("压缩包里还有 %s 压缩包。请把里面的也解压，再一起打包或逐个上传。", kind))
}

// beginsPackage tells by the name in the first local header what Office programs
// write first.
func beginsPackage(head []byte) bool {
	if len(head) < localLen {
		return false
	}
	n := int(binary.LittleEndian.Uint16(head[26:]))
	name := strings.ToLower(string(head[localLen:min(localLen+n, len(head))]))
	for _, first := range []string{"[content_types].xml", "_rels/", "docprops/", "customxml/", "word/", "xl/", "ppt/", "mimetype", "ofd.xml", "doc_0/"} {
		if strings.HasPrefix(name, first) {
			return true
		}
	}
	return false
}

// source keeps an error of the archive's reader, to tell it from damage.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = fmt.Errorf("unpack: %w", err)
	}
	return n, err
}

// content holds the decompressed bytes against what the directory claims.
type content struct {
	src  *source
	r    io.Reader
	crc  hash.Hash32
	want uint32
	left int64
	err  error
}

func (c *content) Read(p []byte) (int, error) {
	if c.err != nil || len(p) == 0 {
		return 0, c.err
	}
	if int64(len(p)) > c.left {
		p = p[:max(c.left, 1)] // behind the last byte, one more is asked for
	}
	n, err := c.r.Read(p)
	if int64(n) > c.left {
		c.err = damaged("文件解压后比压缩包目录中写明的大")
		return 0, c.err
	}
	_, _ = c.crc.Write(p[:n]) // never fails
	c.left -= int64(n)
	c.err = c.verdict(err)
	return n, c.err
}

func (c *content) verdict(err error) error {
	switch {
	case err == nil:
		return nil
	case c.src.err != nil:
		return c.src.err
	case !errors.Is(err, io.EOF):
		return damaged("文件在压缩包中已损坏，不能解压（%v）", err)
	case c.left > 0:
		return damaged("文件解压后比压缩包目录中写明的少 %d 字节", c.left)
	case c.crc.Sum32() != c.want:
		return damaged("文件在压缩包中已损坏（校验和不符）")
	}
	return io.EOF
}
