package pdfium

import (
	"fmt"

	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/page/draw"
)

// Caps inside one page that no real content reaches.
const (
	maxFormDepth = 28
	maxWarnings  = 50
	maxMarks     = 16 // marked content around one object
)

// reader turns one loaded page into a page.Page: first the objects, then the
// characters, which point back to the text objects they belong to.
type reader struct {
	m    *machine
	lim  extract.Limits
	page *page.Page
	view page.Box
	left int // objects and path segments that may still be read, of Limits.Operators

	texts map[uint32]*textObject
	order []uint32      // keys of texts, as drawn
	owner []*textObject // of each glyph
	fonts map[uint32]font
	marks map[uint32]bool // whether a mark says /Artifact
	index map[page.Font]int
	seen  map[glyphKey]int32
	warns map[string]bool

	canvas draw.Canvas
	drawn  draw.Path // the path at hand
}

func newReader(d *Document, n int, w, h float64) *reader {
	p := &page.Page{Number: n, Width: w, Height: h}
	r := &reader{
		m: d.m, lim: d.lim, left: d.lim.Operators,
		page: p, canvas: draw.Canvas{Page: p}, view: page.Box{X1: w, Y1: h},
		texts: map[uint32]*textObject{}, fonts: map[uint32]font{}, marks: map[uint32]bool{},
		index: map[page.Font]int{}, seen: map[glyphKey]int32{}, warns: map[string]bool{},
	}
	return r
}

// warn adds a warning once a page.
func (r *reader) warn(code, format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	if r.warns[msg] || len(r.warns) >= maxWarnings {
		return
	}
	r.warns[msg] = true
	n := r.page.Number
	r.page.Warnings = append(r.page.Warnings, extract.Warning{Code: code, Message: msg, Page: &n})
}

// spend takes n from what may be read of the page.
func (r *reader) spend(n int) error {
	if r.left -= n; r.left < 0 {
		return extract.OverLimit("operators", int64(r.lim.Operators), fmt.Sprintf("第 %d 页的绘图对象过多。", r.page.Number))
	}
	return nil
}

// Types of page objects.
const (
	objectText  = 1
	objectPath  = 2
	objectImage = 3
	objectForm  = 5
)

// source is a list of page objects: a page's or a form's.
type source struct {
	handle      uint32
	count, item export
}

// scope is what the surroundings of an object say of it.
type scope struct {
	base     page.Matrix // from the object's space to the page
	clip     page.Box
	depth    int
	artifact bool
}

// objects reads all objects of a list, in drawing order.
func (r *reader) objects(s source, in scope) error {
	n := r.m.count(s.count, s.handle)
	if err := r.spend(n); err != nil {
		return err
	}
	for i := range n {
		o := r.m.at(s.item, s.handle, uint64(i))
		if o == 0 {
			if r.m.err != nil {
				return r.m.failure(fmt.Sprintf("读取第 %d 页", r.page.Number))
			}
			continue
		}
		if err := r.object(o, in); err != nil {
			return err
		}
		if r.canvas.Crowded {
			return extract.OverLimit("rulings", draw.MaxRulings, fmt.Sprintf("第 %d 页的线条过多。", r.page.Number))
		}
	}
	return nil
}

func (r *reader) object(o uint32, in scope) error {
	kind := r.m.at(fnObjectType, o)
	if kind != objectText && kind != objectPath && kind != objectImage && kind != objectForm {
		return nil // shadings are background
	}
	own := r.matrix(o).Mul(in.base)
	if !own.Finite() {
		return nil
	}
	clip, err := r.clip(o, in)
	if err != nil {
		return err
	}
	switch kind {
	case objectText:
		r.textObject(o, own, clip, in)
	case objectPath:
		return r.path(o, own, clip)
	case objectImage:
		r.canvas.Image(own.Box(0, 0, 1, 1), clip)
	case objectForm:
		if in.depth >= min(maxFormDepth, r.lim.Depth) {
			r.warn("form_nested", "第 %d 页的图形对象嵌套过深，已略过。", r.page.Number)
			return nil
		}
		inner := scope{base: own, clip: clip, depth: in.depth + 1, artifact: in.artifact || r.artifact(o)}
		return r.objects(source{o, fnFormCount, fnFormObject}, inner)
	}
	return nil
}

// matrix is the matrix of an object, from its own space to the list's.
func (r *reader) matrix(o uint32) page.Matrix {
	if r.m.at(fnMatrix, o, uint64(r.m.scratch)) == 0 {
		return page.Matrix{1, 0, 0, 1, 0, 0}
	}
	var out page.Matrix
	for i := range out {
		out[i] = r.m.float(uint32(4 * i))
	}
	return out
}

// clip is the part of the page an object may draw on: the bounds of its clip
// paths.
func (r *reader) clip(o uint32, in scope) (page.Box, error) {
	m, out := r.m, in.clip
	c := m.at(fnClip, o)
	if c == 0 {
		return out, nil
	}
	for i := range m.count(fnClipPaths, c) {
		n := m.count(fnClipSegments, c, uint64(i))
		if err := r.spend(n); err != nil {
			return out, err
		}
		var b page.Box
		for k := range n {
			x, y := r.point(m.at(fnClipSegment, c, uint64(i), uint64(k)), in.base)
			if k == 0 {
				b = page.Box{X0: x, Y0: y, X1: x, Y1: y}
			}
			b = b.Include(x, y)
		}
		if n > 0 {
			out = out.Intersect(b)
		}
	}
	return out, nil
}

// point is the end of a path segment on the page.
func (r *reader) point(segment uint32, base page.Matrix) (x, y float64) {
	r.m.at(fnPoint, segment, r.m.out(0), r.m.out(1))
	return base.Apply(r.m.float(0), r.m.float(8))
}

// artifact tells whether an object is marked as no part of the text: headers,
// page numbers (ISO 32000-1, 14.8.2.2).
func (r *reader) artifact(o uint32) bool {
	for i := range min(r.m.count(fnMarks, o), maxMarks) {
		k := r.m.at(fnMark, o, uint64(i))
		is, known := r.marks[k]
		if !known {
			is = r.markName(k) == "Artifact"
			r.marks[k] = is
		}
		if is {
			return true
		}
	}
	return false
}

// markName is the tag of a mark, as far as it is ASCII.
func (r *reader) markName(mark uint32) string {
	const size = 64
	if mark == 0 || r.m.at(fnMarkName, mark, r.m.out(1), size, r.m.out(0)) == 0 {
		return ""
	}
	raw := r.m.view(uint32(r.m.out(1)), min(int64(r.m.int(0)), size))
	var name []byte
	for i := 0; i+1 < len(raw) && raw[i]|raw[i+1] != 0; i += 2 {
		name = append(name, raw[i])
	}
	return string(name)
}

// finish adds what can be said of the page as a whole.
func (r *reader) finish() *page.Page {
	switch scan, unread := r.canvas.Scan(); {
	case scan:
		r.warn("page_is_image", "第 %d 页是图片，没有文字层，需要文字识别。", r.page.Number)
	case unread:
		r.warn("image_not_read", "第 %d 页有较大的图片，图片中的文字没有读取。", r.page.Number)
	}
	return r.page
}
