package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// container is an open package (ECMA-376 part 2). Part names are data: they are
// compared without case and never used as paths of the file system.
type container struct {
	lim extract.Limits
	// left is what remains of Limits.DecompressedBytes for all parts together.
	left  int64
	files map[string]storedPart // by folded part name
	// types are the content types by folded part name and by ".extension".
	types map[string]string
	lex   *lexer
	warn  *flow.Losses
	flat  bool // the types came with the parts
}

// storedPart is a part as the package keeps it: an entry of a zip, or a piece of
// a flat package.
type storedPart interface {
	partName() string
	// body opens the content; an error is why it cannot be read.
	body() (io.ReadCloser, error)
	// scope are the namespace declarations that the content stands in.
	scope() map[string]ns
}

// zipPart is an entry of a zip.
type zipPart struct{ *zip.File }

func (p zipPart) partName() string { return p.Name }

func (p zipPart) scope() map[string]ns { return nil }

func (p zipPart) body() (io.ReadCloser, error) {
	if p.Flags&1 != 0 {
		return nil, &extract.Error{Code: extract.CodeEncrypted, Detail: fmt.Sprintf("部件 %s 已加密，请去掉密码后重新上传", p.Name)}
	}
	return p.Open()
}

// relationship is one entry of a .rels part; target is a part name.
type relationship struct {
	id, kind, target string
}

// Bounds of what is read while the directory of the package is listed.
const (
	directoryBytesPerPart = 512
	directoryBytesFixed   = 256 << 10
	lexerBuffer           = 64 << 10
)

// maxToken caps one tag or piece of text of a part: the lexer keeps it whole, in
// a buffer that doubles.
const maxToken = 32 << 20

// openContainer lists the parts. The bytes read for the listing are capped,
// since the number of entries stands in the file only as a claim.
func openContainer(in io.ReaderAt, size int64, lim extract.Limits, warn *flow.Losses) (*container, error) {
	capped := &cappedReaderAt{in: in, left: int64(lim.Parts)*directoryBytesPerPart + directoryBytesFixed}
	z, err := zip.NewReader(capped, size)
	tooMany := extract.OverLimit("parts", int64(lim.Parts), "文件包内的部件数超过上限")
	switch {
	case capped.exceeded:
		return nil, tooMany
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, extract.Damaged("文件包（zip）的目录读不出，文件可能不完整：%v", err)
	case len(z.File) > lim.Parts:
		return nil, tooMany
	}
	capped.unlimited = true
	c := newContainer(lim, warn)
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") {
			c.add(zipPart{f})
		}
	}
	if len(c.files) == 0 {
		return nil, extract.Damaged("文件包内没有任何部件")
	}
	return c, nil
}

func newContainer(lim extract.Limits, warn *flow.Losses) *container {
	return &container{
		lim: lim, left: lim.DecompressedBytes, warn: warn,
		files: map[string]storedPart{}, types: map[string]string{},
		lex: newLexer(),
	}
}

// add takes a part in. Of parts with one name the first counts, as for the
// programs that write such packages by mistake.
func (c *container) add(p storedPart) {
	key := fold(p.partName())
	if _, twice := c.files[key]; twice {
		c.warn.Add("part_duplicate", "文件包内有重名部件，只读第一个："+p.partName())
		return
	}
	c.files[key] = p
}

// cappedReaderAt refuses to read more than left bytes until it is released.
type cappedReaderAt struct {
	in                  io.ReaderAt
	left                int64
	exceeded, unlimited bool
}

func (c *cappedReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if !c.unlimited {
		if c.left -= int64(len(p)); c.left < 0 {
			c.exceeded = true
			return 0, io.ErrUnexpectedEOF
		}
	}
	return c.in.ReadAt(p, off)
}

// fold is the key of a part name: without case, one kind of slash, no leading
// slash.
func fold(name string) string {
	name = strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
	return strings.ToLower(name)
}

// close gives up what the next package uses again; nothing may be opened any more.
func (c *container) close() { c.lex.release() }

func (c *container) has(part string) bool { return c.files[fold(part)] != nil }

// open begins to read an XML part. The caller must call finish on the reader
// before the next part is opened: they share one lexer.
func (c *container) open(part string) (*xmlReader, error) {
	body, err := c.openBody(part)
	if err != nil {
		return nil, err
	}
	in, err := utf8Reader(body)
	if err != nil {
		_ = body.Close()
		if limit := extract.AsError(err); limit != nil {
			return nil, limit
		}
		return nil, extract.Damaged("部件 %s 读不出：%v", part, err)
	}
	x := newXMLReader(c.lex, in, part, c.lim.Depth)
	for prefix, space := range c.files[fold(part)].scope() {
		x.names.bound[prefix] = space
	}
	x.closer = body
	return x, nil
}

// openBody opens the bytes of a part, which count against the package's budget.
func (c *container) openBody(part string) (io.ReadCloser, error) {
	f := c.files[fold(part)]
	if f == nil {
		return nil, extract.Damaged("缺少部件 %s", part)
	}
	body, err := f.body()
	if err != nil {
		if typed := extract.AsError(err); typed != nil {
			return nil, typed
		}
		return nil, extract.Damaged("部件 %s 打不开：%v", part, err)
	}
	return &budgetReader{in: body, part: part, c: c}, nil
}

// budgetReader counts decompressed bytes against the package's budget, whatever
// sizes the headers claim.
type budgetReader struct {
	in   io.ReadCloser
	part string
	c    *container
}

func (b *budgetReader) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.c.left -= int64(n); b.c.left < 0 {
		return 0, extract.OverLimit("decompressed_bytes", b.c.lim.DecompressedBytes,
			fmt.Sprintf("解压到部件 %s 时超过上限，文件可能是压缩炸弹", b.part))
	}
	return n, err
}

// Close closes the part.
func (b *budgetReader) Close() error { return b.in.Close() }

// utf8Reader converts UTF-16, told by its first bytes (XML 1.0 appendix F).
func utf8Reader(in io.Reader) (io.Reader, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), in)
	order := unicode.BigEndian
	switch {
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		order = unicode.LittleEndian
	default:
		return &steadyReader{whole}, nil
	}
	return &steadyReader{unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(whole)}, nil
}

// steadyReader tries again where a reader gives nothing without an error: the
// lexer would take that for the end of the part. It keeps the lexer's buffer from
// growing beyond what maxToken needs.
type steadyReader struct{ in io.Reader }

func (b *steadyReader) Read(p []byte) (int, error) {
	// The lexer asks for what its buffer has room for. A power of two of
	// lexerBuffer, so beyond maxToken it has held a token of that size.
	if len(p) > maxToken {
		// A bomb is called one: the limit of all parts goes before.
		if _, err := io.Copy(io.Discard, b.in); extract.AsError(err) != nil {
			return 0, err
		}
		return 0, extract.OverLimit("xml_token_bytes", maxToken, "文件中有一个标签或一段文字过大，文件可能已损坏或是压缩炸弹。")
	}
	for range 64 {
		if n, err := b.in.Read(p); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

// relationships reads the relationships of a part ("" for the package itself).
// ok is false where the .rels part does not exist.
func (c *container) relationships(part string) (rels []relationship, ok bool, err error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !c.has(name) {
		return nil, false, nil
	}
	x, err := c.open(name)
	if err != nil {
		return nil, true, err
	}
	for x.nextChild() { // the root
		for x.nextChild() {
			if x.ns == nsRel && x.local == "Relationship" && string(x.attr(nsNone, "TargetMode")) != "External" {
				rels = append(rels, relationship{
					id:     string(x.attr(nsNone, "Id")),
					kind:   relationshipKind(string(x.attr(nsNone, "Type"))),
					target: resolveTarget(part, string(x.attr(nsNone, "Target"))),
				})
			}
			x.skip()
		}
	}
	if e := x.finish(); e != nil {
		return rels, true, e
	}
	return rels, true, nil
}

// relationshipKind is the last word of a relationship type of Office, in its
// transitional and strict spelling; the whole URI for others.
func relationshipKind(uri string) string {
	for _, base := range []string{
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
		"http://purl.oclc.org/ooxml/officeDocument/relationships/",
	} {
		if kind, ok := strings.CutPrefix(uri, base); ok {
			return kind
		}
	}
	return uri
}

// resolveTarget makes a part name of a target relative to its source part.
// Climbing above the root ends at the root.
func resolveTarget(source, target string) string {
	if t, err := url.PathUnescape(target); err == nil {
		target = t
	}
	target, _, _ = strings.Cut(strings.ReplaceAll(target, `\`, "/"), "#")
	if !strings.HasPrefix(target, "/") {
		target = "/" + path.Dir(source) + "/" + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// readTypes reads [Content_Types].xml; its absence is a loss, not an error.
func (c *container) readTypes() error {
	const name = "[Content_Types].xml"
	if c.flat {
		return nil
	}
	if !c.has(name) {
		c.warn.Add("part_missing", "缺少部件 "+name)
		return nil
	}
	x, err := c.open(name)
	if err != nil {
		return c.optional(name, err)
	}
	for x.nextChild() {
		for x.nextChild() {
			kind := strings.ToLower(string(x.attr(nsNone, "ContentType")))
			switch {
			case x.ns == nsCT && x.local == "Override":
				c.types[fold(string(x.attr(nsNone, "PartName")))] = kind
			case x.ns == nsCT && x.local == "Default":
				c.types["."+fold(string(x.attr(nsNone, "Extension")))] = kind
			}
			x.skip()
		}
	}
	if e := x.finish(); e != nil {
		return c.optional(name, e)
	}
	return nil
}

// typeOf is the content type of a part in lower case, "" where unknown.
func (c *container) typeOf(part string) string {
	if t := c.types[fold(part)]; t != "" {
		return t
	}
	return c.types[strings.ToLower(path.Ext(part))]
}

// partOfType finds the part whose content type ends in suffix. Of several the
// first by name is taken, so that a second reading gives the same.
func (c *container) partOfType(suffix string) string {
	found := ""
	for key, t := range c.types {
		if !strings.HasPrefix(key, ".") && strings.HasSuffix(t, suffix) && c.files[key] != nil {
			if name := c.files[key].partName(); found == "" || name < found {
				found = name
			}
		}
	}
	return found
}

// optional turns the failure of a part that can be done without into a loss;
// limits and encryption stay errors.
func (c *container) optional(part string, err error) error {
	e := extract.AsError(err)
	if e == nil || e.Code != extract.CodeDamaged {
		return err
	}
	c.warn.Add("part_damaged", "部件 "+part+" 读不全："+e.Detail)
	return nil
}
