package reader

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"nianbao/extract"
	"nianbao/extract/docx"
)

const (
	// maxDirectoryBytes bounds what is read to get a package's list of entries:
	// enough for extract.Limits.Parts entries with long names.
	maxDirectoryBytes = 4 << 20
	// maxMetaBytes bounds each of the two small parts that tell a package's kind.
	maxMetaBytes = 1 << 20
	// maxScanBytes bounds the search for entries in a package without directory.
	maxScanBytes = 1 << 20
)

// kind is what a package turns out to be.
type kind int

const (
	kindUnknown kind = iota
	kindWord
	kindExcel
	kindPowerPoint
	kindOFD
	kindODF
	kindOther // an Office package without a known main part
)

// sniffZip tells what a file that begins like a zip archive is.
func sniffZip(r io.ReaderAt, size int64) (extract.Format, error) {
	directory := &budget{r: r, left: maxDirectoryBytes}
	z, err := zip.NewReader(directory, size)
	switch {
	case directory.over:
		return "", extract.OverLimit("directory_bytes", maxDirectoryBytes, "压缩包的目录异常庞大，已停止读取。"+hint)
	case directory.err != nil:
		return "", directory.err
	case err != nil:
		return sniffBrokenZip(r, size)
	}
	directory.left = 4 * maxMetaBytes // for the two parts, compressed
	switch packageKind(z) {
	case kindWord:
		return extract.FormatDOCX, nil
	case kindExcel:
		return "", unsupported("这是 Excel 工作簿（.xlsx），不是报告文档。%s", hint)
	case kindPowerPoint:
		return "", unsupported("这是 PowerPoint 演示文稿（.pptx），不是报告文档。%s", hint)
	case kindOFD:
		return "", unsupported("这是 OFD 版式文件，暂不支持，请导出为 PDF 后上传。%s", hint)
	case kindODF:
		return "", unsupported("这是 OpenDocument 文档（.odt 等），暂不支持，请另存为 .docx 后上传。%s", hint)
	case kindOther:
		return "", unsupported("这是 Office 文件，但不是 Word 文档。%s", hint)
	}
	return "", unsupported("这是 zip 压缩包（%d 个条目），请解压后上传其中的报告，或作为批次上传。%s", len(z.File), hint)
}

// packageKind asks, in this order, the type of the main part, the main part's
// place, and the names of the entries. A package whose own description is broken
// but that holds word/ goes to the Word reader, which can say what is wrong.
func packageKind(z *zip.Reader) kind {
	names := make([]string, len(z.File))
	for i, f := range z.File {
		names[i] = partName(f.Name)
	}
	meta := func(part string) []byte { return readStart(z.File, slices.Index(names, part)) }
	main := mainPart(meta("/_rels/.rels"))
	types := meta("/[content_types].xml")
	if k := typeKind(contentType(types, main)); k != kindUnknown {
		return k
	}
	if k := placeKind(main); k != kindUnknown {
		return k
	}
	return namesKind(names)
}

// partName makes an entry's name comparable: package part names begin with a
// slash and are compared without case (ECMA-376-2, 6.2.2.3).
func partName(name string) string {
	return strings.ToLower(path.Clean("/" + strings.ReplaceAll(name, `\`, "/")))
}

// readStart returns the start of the small part at i, empty where i is -1 or it cannot be
// read.
func readStart(files []*zip.File, i int) []byte {
	if i < 0 {
		return nil
	}
	part, err := files[i].Open()
	if err != nil {
		return nil
	}
	defer func() { _ = part.Close() }() // only read
	// What was read before an error is still evidence.
	content, _ := io.ReadAll(io.LimitReader(part, maxMetaBytes))
	return content
}

// mainPart is the target of the package's officeDocument relationship, as a part
// name; empty where there is none. Transitional and strict documents differ in
// the namespace only.
func mainPart(rels []byte) string {
	var target string
	docx.EachTag(rels, func(local string, attr func(string) []byte) {
		if target == "" && local == "Relationship" && bytes.HasSuffix(attr("Type"), []byte("/officeDocument")) {
			target = partName(string(attr("Target")))
		}
	})
	return target
}

// contentType is the type of the part; where the part has none of its own, the
// first main type of the package.
func contentType(types []byte, part string) string {
	var own, first string
	docx.EachTag(types, func(local string, attr func(string) []byte) {
		if local != "Override" {
			return
		}
		t := bytes.ToLower(attr("ContentType"))
		if first == "" && bytes.Contains(t, []byte("main+xml")) {
			first = string(t)
		}
		if part != "" && partName(string(attr("PartName"))) == part {
			own = string(t)
		}
	})
	if own != "" {
		return own
	}
	return first
}

// typeKind tells by the media type of the main part.
func typeKind(t string) kind {
	switch {
	case strings.Contains(t, "wordprocessingml"), strings.Contains(t, "ms-word"):
		return kindWord
	case strings.Contains(t, "spreadsheetml"), strings.Contains(t, "ms-excel"):
		return kindExcel
	case strings.Contains(t, "presentationml"), strings.Contains(t, "ms-powerpoint"):
		return kindPowerPoint
	}
	return kindUnknown
}

// placeKind tells by the folder that Office gives the main part.
func placeKind(part string) kind {
	switch {
	case strings.HasPrefix(part, "/word/"):
		return kindWord
	case strings.HasPrefix(part, "/xl/"):
		return kindExcel
	case strings.HasPrefix(part, "/ppt/"):
		return kindPowerPoint
	}
	return kindUnknown
}

// namesKind tells by the names of the entries.
func namesKind(names []string) kind {
	if slices.Contains(names, "/ofd.xml") {
		return kindOFD
	}
	for _, n := range names {
		// Only a part: people call a folder of reports "word" as well.
		if !strings.HasSuffix(n, ".xml") && !strings.HasSuffix(n, ".rels") {
			continue
		}
		if k := placeKind(n); k != kindUnknown {
			return k
		}
	}
	switch {
	case slices.Contains(names, "/[content_types].xml"):
		return kindOther
	case slices.Contains(names, "/mimetype") && slices.Contains(names, "/content.xml"):
		return kindODF
	}
	return kindUnknown
}

// sniffBrokenZip tells by the headers in front of each entry what a package
// without a readable directory was.
func sniffBrokenZip(r io.ReaderAt, size int64) (extract.Format, error) {
	start := make([]byte, min(size, maxScanBytes))
	n, err := r.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch k := namesKind(localNames(start[:n])); k {
	case kindWord, kindOther:
		return "", extract.Damaged("Word 文件不完整：压缩包末尾的目录缺失或损坏（文件共 %d 字节），可能是下载或上传中断。请重新取得文件后再试。", size)
	case kindUnknown, kindODF, kindOFD:
		return "", unsupported("文件像是损坏的 zip 压缩包，看不出是 Word 文档。%s", hint)
	default:
		return "", unsupported("文件像是损坏的 Excel 或 PowerPoint 文件。%s", hint)
	}
}

// localNames lists the names in the local file headers that stand in b (APPNOTE
// 4.3.7), in the form of partName. An entry that Office writes first counts as
// the package's description.
func localNames(b []byte) []string {
	const headerLen, lengthAt = 30, 26
	var names []string
	for {
		i := bytes.Index(b, []byte("PK\x03\x04"))
		if i < 0 || len(b)-i < headerLen {
			return names
		}
		b = b[i:]
		n := int(binary.LittleEndian.Uint16(b[lengthAt:]))
		name := partName(string(b[headerLen:min(headerLen+n, len(b))]))
		if strings.HasPrefix(name, "/_rels/") || strings.HasPrefix(name, "/docprops/") {
			name = "/[content_types].xml"
		}
		names = append(names, name)
		b = b[4:]
	}
}

// budget is an io.ReaderAt that gives out a bounded number of bytes.
type budget struct {
	r    io.ReaderAt
	left int64
	over bool  // more was asked for
	err  error // of r, but for io.EOF
}

// errBudget ends a read that would go over.
var errBudget = errors.New("reader: over the budget of bytes")

// ReadAt implements io.ReaderAt.
func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if int64(len(p)) > b.left {
		b.over = true
		return 0, errBudget
	}
	n, err := b.r.ReadAt(p, off)
	b.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}
