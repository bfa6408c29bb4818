package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	lib "github.com/ledongthuc/pdf"

	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/page/draw"
)

// Document is an opened PDF file. It is not safe for concurrent use; the reader
// given to Open must stay readable as long as the Document is used.
type Document struct {
	src    *framed
	size   int64 // of src, with what was added behind it
	lim    extract.Limits
	file   *objects
	key    []byte // decryption key; nil for plain files
	cipher cipherKind
	loose  []uint32 // objects that were in object streams, in order

	decompressed int64 // of lim.DecompressedBytes
	raw          int64 // bytes of streams read, before their filters
	pages        []pageNode
	repaired     bool // the cross-reference sections were of no use
	// lossy says what of the structure could not be read; it may concern any page.
	lossy  []string
	fonts  map[ref]*font
	desc   descriptor   // of the font read last
	hidden map[ref]bool // optional content groups that are off
	*room
	streams lib.Value // of content, as the library has them; see libraryFloor
}

// room is memory that a document uses again and again, and the next one after it:
// a process that reads many small files had half of its garbage from here.
type room struct {
	held     []byte // the file, see framed.hold
	inflater io.Reader
	inflated bytes.Buffer // one stream at a time
	// Marks of the page read last, see interpreter.finish.
	glyphs  []page.Glyph
	rulings []page.Ruling
	seen    page.Spots
}

var rooms = sync.Pool{New: func() any { return &room{} }}

// mostKept is the largest buffer that is kept for the next document, in bytes.
const mostKept = 1 << 20

// Close gives up what the document holds besides its reader; nothing of it may be
// used any more.
func (d *Document) Close() {
	if d.inflated.Cap() > mostKept {
		d.inflated = bytes.Buffer{}
	}
	if cap(d.held) > mostKept {
		d.held = nil
	}
	rooms.Put(d.room)
	d.room = nil
}

// pageNode is a leaf of the page tree with what it inherits (7.7.3.4).
type pageNode struct {
	dict      value
	resources value
	mediaBox  value
	cropBox   value
	rotate    value
	broken    *extract.Error // the page object cannot be read
}

// Open reads the structure of a PDF file of the given size. Errors are
// *extract.Error: CodeEncrypted where a password is needed, CodeLimit where
// Limits.Pages is exceeded, CodeDamaged for all that cannot be read.
func Open(r io.ReaderAt, size int64, lim extract.Limits) (d *Document, err error) {
	defer func() {
		if e := asError(recover(), "打开 PDF"); e != nil {
			d, err = nil, e
		}
	}()
	f, start, err := frame(r, size)
	if err != nil {
		return nil, err
	}
	d, structure := openAt(f, start, lim)
	if structure != nil && structure.Code == extract.CodeDamaged && !f.looped {
		f.tail = nil
		return repair(f, lim, structure)
	}
	if structure != nil {
		return nil, structure
	}
	return d, nil
}

// openAt reads the file through the cross-reference section at startxref.
func openAt(f *framed, startxref int64, lim extract.Limits) (d *Document, err *extract.Error) {
	defer func() {
		if e := asError(recover(), "打开 PDF"); e != nil {
			d, err = nil, e
		}
	}()
	d = &Document{src: f, lim: lim, fonts: map[ref]*font{}, room: f.room}
	file, err := f.open(startxref)
	if err != nil || sealed(file) {
		if file, err = d.openSealed(startxref, file, err); err != nil {
			return nil, err
		}
	}
	d.file, d.size = newObjects(f, file), f.total()
	if err := d.expand(); err != nil {
		return nil, extract.AsError(err)
	}
	if err := d.load(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Document) tooManyPages(n int64) *extract.Error {
	return extract.OverLimit("pages", int64(d.lim.Pages), fmt.Sprintf("PDF 至少有 %d 页，超过 %d 页的上限。", n, d.lim.Pages))
}

// asError turns a recovered panic value into an error; nil stays nil.
func asError(p any, doing string) *extract.Error {
	if p == nil {
		return nil
	}
	if err, ok := p.(error); ok {
		if e := extract.AsError(err); e != nil {
			return e
		}
	}
	return extract.Damaged("%s时出错，文件可能已损坏：%s", doing, cause(p))
}

// limitOf is the *extract.Error in err's chain, as an error or nil.
func limitOf(err error) error {
	if e := extract.AsError(err); e != nil {
		return e
	}
	return nil
}

// maxCause caps the characters of a cause in a message: the library's errors
// print whole objects, binary strings included.
const maxCause = 120

func cause(p any) string {
	out := make([]rune, 0, maxCause)
	for _, r := range fmt.Sprint(p) {
		if len(out) == maxCause {
			return string(out) + "…"
		}
		if r != utf8.RuneError && unicode.IsPrint(r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// open lets the library read the sections from startxref on.
func (f *framed) open(startxref int64) (*lib.Reader, *extract.Error) {
	if err := f.checkSections(startxref); err != nil {
		return nil, openError(err)
	}
	f.end(startxref)
	file, err := lib.NewReader(f, f.total())
	if err != nil {
		return nil, openError(err)
	}
	return file, nil
}

func openError(err error) *extract.Error {
	if e := extract.AsError(err); e != nil {
		return e
	}
	if errors.Is(err, lib.ErrInvalidPassword) {
		return &extract.Error{Code: extract.CodeEncrypted, Detail: "PDF 已加密，需要密码才能打开。请去除密码后重新上传。"}
	}
	if strings.Contains(err.Error(), "encryption") || strings.Contains(err.Error(), "RC4 key") {
		return &extract.Error{Code: extract.CodeEncrypted, Detail: fmt.Sprintf("PDF 的加密方式不受支持，请去除加密后重新上传（%s）。", cause(err))}
	}
	return extract.Damaged("无法读取 PDF 的文件结构：%s", cause(err))
}

// NumPages is the number of leaves of the page tree.
func (d *Document) NumPages() int { return len(d.pages) }

// treeWalk collects the leaves of a page tree.
type treeWalk struct {
	doc    *Document
	onPath map[ref]bool
	visits int // nodes seen, leaves or not
}

// collectPages walks the page tree, counting real leaves, refusing depths over
// Limits.Depth. A node that cannot be read, or that contains itself, becomes a
// page that cannot be read: it must not vanish.
func (d *Document) collectPages(root value) error {
	w := treeWalk{doc: d, onPath: map[ref]bool{}}
	if err := w.node(root, pageNode{}, 0); err != nil {
		return err
	}
	if len(d.pages) == 0 {
		return extract.Damaged("PDF 没有任何页面。")
	}
	return nil
}

func (w *treeWalk) node(v value, in pageNode, depth int) error {
	d := w.doc
	if depth > d.lim.Depth {
		return extract.OverLimit("depth", int64(d.lim.Depth), "PDF 的页面树嵌套过深。")
	}
	if w.visits++; w.visits > 4*d.lim.Pages+1000 {
		return extract.OverLimit("pages", int64(d.lim.Pages), "PDF 的页面树节点过多。")
	}
	in = in.inherit(v)
	kids := v.key("Kids")
	if kids.kind() != kindArray {
		if v.key("Type").name() == "Pages" {
			return nil
		}
		in.dict = v
		return w.leaf(in)
	}
	self := v.in
	if w.onPath[self] {
		return w.leaf(pageNode{broken: extract.Damaged("PDF 的页面树自我包含（对象 %d）。", self.id)})
	}
	w.onPath[self] = true
	defer delete(w.onPath, self)
	for i := range kids.len() {
		kid, err := kidOf(kids, i)
		if err == nil && kid.kind() != kindDict {
			err = extract.Damaged("页面树中的第 %d 项不是页面。", i+1)
		}
		if err != nil {
			if err := w.leaf(pageNode{broken: err}); err != nil {
				return err
			}
			continue
		}
		if err := w.node(kid, in, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *treeWalk) leaf(n pageNode) error {
	if len(w.doc.pages) >= w.doc.lim.Pages {
		return w.doc.tooManyPages(int64(len(w.doc.pages)) + 1)
	}
	w.doc.pages = append(w.doc.pages, n)
	return nil
}

// kidOf reads one entry of /Kids; the library panics where the object is damaged.
func kidOf(kids value, i int) (kid value, err *extract.Error) {
	defer func() {
		if e := asError(recover(), "读取页面对象"); e != nil {
			err = e
		}
	}()
	return kids.index(i), nil
}

// inherit takes over what v sets. Where an attribute cannot be read the pages
// below cannot be trusted either.
func (n pageNode) inherit(v value) (out pageNode) {
	out = n
	defer func() {
		if e := asError(recover(), "读取页面属性"); e != nil {
			out.broken = e
		}
	}()
	for _, f := range []struct {
		key string
		to  *value
	}{{"Resources", &out.resources}, {"MediaBox", &out.mediaBox}, {"CropBox", &out.cropBox}, {"Rotate", &out.rotate}} {
		if x := v.key(f.key); x.kind() != kindNull {
			*f.to = x
		}
	}
	return out
}

// Page reads page n, from 1; its glyphs and rulings are valid until the next call. A page that cannot be read at all gives an
// *extract.Error that names the page; what could not be read in part is in the
// page's Warnings.
func (d *Document) Page(n int) (pg *page.Page, err error) {
	if n < 1 || n > len(d.pages) {
		return nil, extract.Damaged("没有第 %d 页，PDF 共 %d 页。", n, len(d.pages))
	}
	defer func() {
		if e := asError(recover(), fmt.Sprintf("读取第 %d 页", n)); e != nil {
			pg, err = nil, e
		}
	}()
	node := d.pages[n-1]
	if node.broken != nil {
		return nil, extract.Damaged("第 %d 页无法读取：%s", n, node.broken.Detail)
	}
	base, w, h := node.frame()
	in := newInterpreter(d, n, page.Box{X1: w, Y1: h})
	if d.repaired && n == 1 {
		in.warn("structure_repaired", "PDF 的交叉引用表已损坏，对象是按标记找回的，内容可能不完整。")
	}
	if n == 1 {
		for _, why := range d.lossy {
			in.warn("structure_damaged", "PDF 的%s，任何一页的内容都可能不完整。", why)
		}
	}
	content := in.contents(node.dict)
	in.gs.ctm = base
	if err := in.run(content, newResources(node.resources), 0); err != nil {
		return nil, err
	}
	if err := in.annotations(node.dict.key("Annots"), base); err != nil {
		return nil, err
	}
	if in.canvas.Crowded {
		return nil, extract.OverLimit("rulings", draw.MaxRulings, fmt.Sprintf("第 %d 页的线条过多。", n))
	}
	return in.finish(), nil
}

// frame gives the matrix from default user space (14.11.2) to points from the
// top left of the page as shown, and the page's size. Without a usable box the
// page is A4.
func (n pageNode) frame() (base page.Matrix, w, h float64) {
	box, ok := boxOf(n.mediaBox)
	if !ok {
		box = page.Box{X1: 595.28, Y1: 841.89}
	}
	if crop, ok := boxOf(n.cropBox); ok {
		if c := box.Intersect(crop); c.X1-c.X0 > 1 && c.Y1-c.Y0 > 1 {
			box = c
		}
	}
	unit := n.dict.key("UserUnit").number()
	if !(unit > 0 && unit <= 1000) {
		unit = 1
	}
	turns := 0
	if r := n.rotate.number(); math.Mod(r, 90) == 0 {
		turns = int(math.Mod(r, 360)) / 90
	}
	return page.Shown(box, unit, turns)
}

// boxOf reads a rectangle (7.9.5) of sane size.
func boxOf(v value) (page.Box, bool) {
	n, ok := numbers(v, 4)
	if !ok {
		return page.Box{}, false
	}
	b := page.Box{X0: min(n[0], n[2]), Y0: min(n[1], n[3]), X1: max(n[0], n[2]), Y1: max(n[1], n[3])}
	return b, b.X1-b.X0 > 1 && b.Y1-b.Y0 > 1
}
