package docx

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// A flat package ("Word XML document", Flat OPC) is one XML file in which each
// part is a pkg:part: XML parts stand as they are in pkg:xmlData, others in
// base64 in pkg:binaryData. It is read twice: once for where the parts lie, and
// then each part where it lies, so that memory does not grow with the file.

// flatHead is how much of a file's start IsFlat wants to see.
const flatHead = 4096

// IsFlat tells from the first bytes of a file whether it is XML that [Read] may
// know: a flat package or Word 2003's XML.
func IsFlat(head []byte) bool {
	text := head
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		text = bytes.ReplaceAll(head[2:], []byte{0}, nil) // the marks are ASCII
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(text, []byte("<")) {
		return false
	}
	for _, mark := range []string{`progid="Word.Document"`, "schemas.microsoft.com/office/2006/xmlPackage", "schemas.microsoft.com/office/word/2003/wordml"} {
		if bytes.Contains(bytes.ToLower(text), bytes.ToLower([]byte(mark))) {
			return true
		}
	}
	return false
}

// flatPart is a part of a flat package: the bytes from start to end.
type flatPart struct {
	name       string
	in         io.ReaderAt
	start, end int64
	binary     bool
	spaces     map[string]ns
}

func (p flatPart) partName() string { return p.name }

func (p flatPart) scope() map[string]ns { return p.spaces }

func (p flatPart) body() (io.ReadCloser, error) {
	var r io.Reader = io.NewSectionReader(p.in, p.start, p.end-p.start)
	if p.binary {
		r = base64.NewDecoder(base64.StdEncoding, &unspaced{r})
	}
	return io.NopCloser(r), nil
}

// unspaced drops white space.
type unspaced struct{ in io.Reader }

func (u *unspaced) Read(p []byte) (int, error) {
	for {
		n, err := u.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if !isSpace(c) {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}

// openFlat lists the parts of a flat package, or takes Word 2003's XML as a
// package of one part.
func openFlat(in io.ReaderAt, size int64, lim extract.Limits, warn *flow.Losses) (*container, error) {
	c := newContainer(lim, warn)
	c.flat = true
	in, size, err := c.flatText(in, size)
	if err != nil {
		return nil, err
	}
	lex := newLexer()
	defer lex.release()
	x := newXMLReader(lex, &steadyReader{io.NewSectionReader(in, 0, size)}, "XML", lim.Depth)
	if x.nextChild() {
		switch {
		case x.ns == nsPkg && x.local == "package":
			c.listFlat(x, in)
		case x.ns == nsW && x.local == "wordDocument":
			c.add(flatPart{name: word2003Part, in: in, end: size})
			x.skip()
		default:
			return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: fmt.Sprintf("这是 XML 文件，但根元素 %s 不是 Word 文档；请上传 Word（docx）或 PDF", x.local)}
		}
	}
	if e := x.finish(); e != nil {
		return nil, e
	}
	switch {
	case len(c.files) > lim.Parts:
		return nil, extract.OverLimit("parts", int64(lim.Parts), "文件包内的部件数超过上限")
	case len(c.files) == 0:
		return nil, extract.Damaged("文件包内没有任何部件")
	}
	return c, nil
}

// flatText is the file in UTF-8. Only UTF-16 has to be converted, as a whole.
func (c *container) flatText(in io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	if size > c.lim.DecompressedBytes {
		return nil, 0, extract.OverLimit("decompressed_bytes", c.lim.DecompressedBytes, "文件过大")
	}
	head := make([]byte, min(size, 4))
	if n, err := in.ReadAt(head, 0); n < len(head) {
		return nil, 0, extract.Damaged("文件开头读不出：%v", err)
	}
	if !bytes.ContainsRune(head, 0) && !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return in, size, nil
	}
	text, err := utf8Reader(&budgetReader{in: io.NopCloser(io.NewSectionReader(in, 0, size)), part: "XML", c: c})
	if err != nil {
		return nil, 0, err
	}
	all, err := io.ReadAll(text)
	if err != nil {
		return nil, 0, extract.Damaged("文件内容读不出：%v", err)
	}
	return bytes.NewReader(all), int64(len(all)), nil
}

// listFlat notes where the parts lie, and their types.
func (c *container) listFlat(x *xmlReader, in io.ReaderAt) {
	for x.nextChild() {
		if x.ns != nsPkg || x.local != "part" {
			x.skip()
			continue
		}
		name, kind := string(x.attr(nsPkg, "name")), string(x.attr(nsPkg, "contentType"))
		for x.nextChild() {
			if x.ns == nsPkg && (x.local == "xmlData" || x.local == "binaryData") && len(c.files) <= c.lim.Parts {
				p := flatPart{name: name, in: in, binary: x.local == "binaryData", start: x.offset, spaces: x.scope()}
				x.skip()
				p.end = max(p.start, x.before)
				c.types[fold(name)] = strings.ToLower(kind)
				c.add(p)
				continue
			}
			x.skip()
		}
	}
}

// scope are the namespace declarations in force.
func (r *xmlReader) scope() map[string]ns { return maps.Clone(r.names.bound) }

// format is the format of the file that holds the package.
func (c *container) format() extract.Format {
	if c.flat {
		return extract.FormatWordXML
	}
	return extract.FormatDOCX
}

var (
	_ storedPart = zipPart{}
	_ storedPart = flatPart{}
)
