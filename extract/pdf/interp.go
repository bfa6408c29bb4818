package pdf

import (
	"fmt"

	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/page/draw"
)

// Caps inside one page that no real content reaches.
const (
	maxOperands  = 1 << 16 // operands of one operator, arrays flattened
	maxStates    = 1 << 12 // nesting of q
	maxFormDepth = 28      // nesting of form XObjects
	maxMarks     = 1 << 12 // nesting of marked content
	maxWarnings  = 50      // warnings of one page
	maxParts     = 10_000  // content streams, annotations of one page
	lookupCost   = 50      // operators that one with an object to look up counts for
)

// interpreter runs the content of one page (ISO 32000-1, 8 and 9). Its device
// space is the page as shown: points from the top left, y downwards.
type interpreter struct {
	doc  *Document
	page *page.Page
	view page.Box // the page
	lex  *lexer

	gs    gstate
	saved []gstate
	args  []token
	ops   int // operators so far, of Limits.Operators
	// compat counts the BX … EX around the operator.
	compat int

	canvas draw.Canvas
	path   draw.Path
	clipW  bool // W or W* seen: the next painting operator clips

	text      textState
	marks     []mark
	markBase  int // marks of the streams around this one
	hidden    int // enclosing marked content that is optional and off
	artifacts int // enclosing /Artifact marks

	res     *resources
	running map[ref]bool // form XObjects being drawn
	fontIdx map[page.Font]int
	// fontLast is the index asked for last, mostly that of the next run too.
	fontLast int
	seen     *page.Spots // for glyphs drawn twice
	warned   map[string]bool
}

// gstate is the graphics state as far as it shows in text and rulings (8.4).
type gstate struct {
	ctm          page.Matrix
	clip         page.Box
	lineWidth    float64
	fill, stroke paint

	font       *font
	size       float64
	charSpace  float64
	wordSpace  float64
	hScale     float64 // 1 is 100 %
	leading    float64
	rise       float64
	renderMode int
}

// paint is a colour as far as it matters: whether a mark in it can be seen.
type paint struct {
	space       colorSpace
	white       bool
	transparent bool // alpha 0
}

func (p paint) invisible() bool { return p.white || p.transparent }

// resources is a resource dictionary with what was looked up in it.
type resources struct {
	dict     value
	fontList value // of dict, once fonts is not nil
	fonts    map[string]*font
	spaces   map[string]colorSpace
}

func newResources(v value) *resources {
	return &resources{dict: v}
}

func newInterpreter(d *Document, number int, view page.Box) *interpreter {
	if d.glyphs == nil {
		d.glyphs = make([]page.Glyph, 0, firstRoom)
	}
	p := &page.Page{Number: number, Width: view.X1, Height: view.Y1, Glyphs: d.glyphs[:0], Rulings: d.rulings[:0]}
	d.seen.Clear()
	return &interpreter{
		doc: d, page: p, canvas: draw.Canvas{Page: p}, view: view,
		gs: gstate{
			ctm: page.Identity(), clip: view, lineWidth: 1, hScale: 1,
		},
		text:    textState{page.Identity(), page.Identity()},
		running: map[ref]bool{},
		fontIdx: map[page.Font]int{},
		seen:    &d.seen,
		warned:  map[string]bool{},
	}
}

// warn adds a warning once a page.
func (in *interpreter) warn(code, format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	if in.warned[msg] || len(in.warned) >= maxWarnings {
		return
	}
	in.warned[msg] = true
	n := in.page.Number
	in.page.Warnings = append(in.page.Warnings, extract.Warning{Code: code, Message: msg, Page: &n})
}

// contents joins the content streams of a page (7.8.2). A part that is missing
// or cannot be read gives a warning, the others are still run.
func (in *interpreter) contents(dict value) []byte {
	v := dict.key("Contents")
	if v.kind() != kindArray {
		if _, named := dict.entries()["Contents"]; !named && v.kind() == kindNull {
			return nil // an empty page
		}
		return in.streamOrWarn(v)
	}
	var all []byte
	if v.len() > maxParts {
		in.warn("content_damaged", "第 %d 页的内容流超过 %d 段，其余已略过。", in.page.Number, maxParts)
	}
	for i := range min(v.len(), maxParts) {
		all = append(all, in.streamOrWarn(v.index(i))...)
		all = append(all, '\n')
	}
	return all
}

// streamOrWarn reads a content stream; a limit is fatal, damage is a warning.
func (in *interpreter) streamOrWarn(v value) []byte {
	data, err := in.doc.readStream(v)
	if e := extract.AsError(err); e != nil {
		panic(e)
	}
	if err != nil {
		in.warn("stream_unreadable", "第 %d 页有内容流不能完整读取（%s），文字可能缺失。", in.page.Number, cause(err))
	}
	return data
}

// try runs f; damage that makes the library panic costs what f draws, and gives
// a warning. Limits stay fatal.
func (in *interpreter) try(what string, f func() error) (err error) {
	defer func() {
		p := recover()
		if e, ok := p.(*extract.Error); ok {
			err = e
		} else if p != nil {
			in.warn("object_unreadable", "第 %d 页的%s无法读取（%s），内容可能缺失。", in.page.Number, what, cause(p))
		}
	}()
	return f()
}

// run interprets one content stream with its resources.
func (in *interpreter) run(content []byte, res *resources, depth int) error {
	outerLex, outerRes, outerArgs := in.lex, in.res, in.args
	in.lex, in.res, in.args = &lexer{data: content}, res, nil
	base, outerMarks := len(in.saved), in.markBase
	outerCompat := in.compat
	in.markBase, in.compat = len(in.marks), 0
	defer func() {
		in.compat = outerCompat
		// An unbalanced q or BDC must not outlive its stream.
		if len(in.saved) > base {
			in.gs, in.saved = in.saved[base], in.saved[:base]
		}
		for len(in.marks) > in.markBase {
			in.endMark()
		}
		in.lex, in.res, in.args, in.markBase = outerLex, outerRes, outerArgs, outerMarks
	}()
	var t token
	for {
		switch in.lex.read(&t); t.kind {
		case tokEOF:
			if in.lex.open {
				in.damaged("文字串没有结束")
			} else if len(in.args) > 0 {
				in.damaged("在指令之中中断")
			}
			return nil
		case tokOperator:
			if literalWord(t.str) {
				continue
			}
			if in.ops++; in.ops > in.doc.lim.Operators {
				return extract.OverLimit("operators", int64(in.doc.lim.Operators),
					fmt.Sprintf("第 %d 页的绘图指令过多。", in.page.Number))
			}
			in.checkOperands(t.str)
			if err := in.operator(t.str, base, depth); err != nil {
				return err
			}
			in.args = in.args[:0]
			in.lex.reset()
		default:
			if len(in.args) >= maxOperands {
				in.damaged("参数过多")
				in.args = in.args[:0]
				in.lex.reset()
			}
			in.args = append(in.args, t)
		}
	}
}

// num is the i'th of the last n operands as a number, 0 where it is none.
func (in *interpreter) num(i, n int) float64 {
	k := len(in.args) - n + i
	if k < 0 || k >= len(in.args) || in.args[k].kind != tokNumber {
		return 0
	}
	return in.args[k].num
}

// has tells whether there are at least n operands and the last n are numbers.
func (in *interpreter) has(n int) bool {
	if len(in.args) < n {
		return false
	}
	for i := len(in.args) - n; i < len(in.args); i++ {
		if in.args[i].kind != tokNumber {
			return false
		}
	}
	return true
}

// lastString is the last operand if it is of the kind.
func (in *interpreter) last(kind tokenKind) []byte {
	if n := len(in.args); n > 0 && in.args[n-1].kind == kind {
		return in.args[n-1].str
	}
	return nil
}

// operator runs one operator; the groups are those of table 51.
func (in *interpreter) operator(op []byte, base, depth int) error {
	switch string(op) {
	case "q":
		if len(in.saved)-base < maxStates {
			in.saved = append(in.saved, in.gs)
		}
	case "Q":
		if n := len(in.saved); n > base {
			in.gs = in.saved[n-1]
			in.saved = in.saved[:n-1]
		}
	case "cm":
		if in.has(6) {
			m := page.Matrix{in.num(0, 6), in.num(1, 6), in.num(2, 6), in.num(3, 6), in.num(4, 6), in.num(5, 6)}
			if m = m.Mul(in.gs.ctm); m.Finite() {
				in.gs.ctm = m
			}
		}
	case "w":
		if in.has(1) {
			in.gs.lineWidth = in.num(0, 1)
		}
	case "gs":
		in.ops += lookupCost
		name := string(in.last(tokName))
		return in.try("图形状态", func() error { in.extGState(in.res.dict.key("ExtGState").key(name)); return nil })
	case "Do":
		in.ops += lookupCost
		name := string(in.last(tokName))
		return in.try("图形对象", func() error { return in.xobject(name, depth) })
	case "BI":
		in.inlineImage()
	case "BMC", "BDC":
		if op[1] == 'D' {
			in.ops += lookupCost
		}
		in.beginMark(op[1] == 'D')
	case "EMC":
		in.endMark()
	default:
		if in.pathOperator(op) || in.colorOperator(op) {
			return nil
		}
		return in.textOperator(op)
	}
	return nil
}

// extGState applies a graphics state parameter dictionary (8.4.5).
func (in *interpreter) extGState(v value) {
	if v.kind() != kindDict {
		return
	}
	if w := v.key("LW"); w.kind() == kindInteger || w.kind() == kindReal {
		in.gs.lineWidth = w.number()
	}
	if a := v.key("CA"); a.kind() != kindNull {
		in.gs.stroke.transparent = a.number() < 0.01
	}
	if a := v.key("ca"); a.kind() != kindNull {
		in.gs.fill.transparent = a.number() < 0.01
	}
	if f := v.key("Font"); f.len() == 2 {
		v := f.index(0)
		in.gs.font = in.doc.font(refOf(f, v), func() value { return v })
		in.gs.size = f.index(1).number()
	}
}

// xobject draws an external object (8.8).
func (in *interpreter) xobject(name string, depth int) error {
	v := in.res.dict.key("XObject").key(name)
	if v.kind() != kindStream {
		in.warn("object_unreadable", "第 %d 页的图形对象 %s 缺失，内容可能不完整。", in.page.Number, cause(name))
		return nil
	}
	if in.doc.isHidden(in.res.dict, v.key("OC")) {
		return nil
	}
	switch v.key("Subtype").name() {
	case "Image":
		in.image()
	case "Form":
		return in.form(v, depth)
	}
	return nil
}

// form draws a form XObject (8.10.1) in the graphics state as it is.
func (in *interpreter) form(v value, depth int) error {
	self := v.in
	if in.running[self] || depth >= min(maxFormDepth, in.doc.lim.Depth) {
		in.warn("form_nested", "第 %d 页的图形对象（对象 %d）嵌套过深或自我包含，已略过。", in.page.Number, self.id)
		return nil
	}
	in.running[self] = true
	defer delete(in.running, self)
	outer, outerText := in.gs, in.text
	defer func() { in.gs, in.text = outer, outerText }()
	in.gs.ctm = matrixOf(v.key("Matrix")).Mul(in.gs.ctm)
	if !in.gs.ctm.Finite() {
		return nil
	}
	if b, ok := numbers(v.key("BBox"), 4); ok {
		in.gs.clip = in.gs.clip.Intersect(in.gs.ctm.Box(b[0], b[1], b[2], b[3]))
	}
	res := in.res
	if r := v.key("Resources"); r.kind() == kindDict {
		res = newResources(r)
	}
	return in.run(in.streamOrWarn(v), res, depth+1)
}

// Room for the marks of a page: for glyphs at first, and the most of either kind that
// is used again for the next page.
const (
	firstRoom = 1024
	mostRoom  = 4096
)

// finish adds what can be said of the page as a whole: pictures are not read.
func (in *interpreter) finish() *page.Page {
	if all := in.page.Glyphs; cap(all) <= mostRoom {
		in.doc.glyphs = all
	}
	if all := in.page.Rulings; cap(all) <= mostRoom {
		in.doc.rulings = all
	}
	switch scan, unread := in.canvas.Scan(); {
	case scan:
		in.warn("page_is_image", "第 %d 页是图片，没有文字层，需要文字识别。", in.page.Number)
	case unread:
		in.warn("image_not_read", "第 %d 页有较大的图片，图片中的文字没有读取。", in.page.Number)
	}
	return in.page
}
