package docx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/orisano/gosax"

	"nianbao/extract"
)

// kind is what xmlReader.next has read.
type kind uint8

// The kinds of tokens. kindEnd is also what every call returns after an error
// or the end of input, so that nested readers unwind by themselves; the error
// is asked for once, by finish.
const (
	kindEnd kind = iota
	kindStart
	kindText
)

// element is an open element.
type element struct {
	raw  string // the name as it stands
	decl int    // where its namespace declarations begin on their stack
	// flat marks mc:AlternateContent and its chosen branch: their tags are
	// not shown to the caller.
	flat bool
	// taken is set on mc:AlternateContent once a branch was chosen.
	taken bool
	ns    ns
	local string
}

// xmlReader is a pull reader for XML 1.0 with namespaces over the gosax lexer,
// which checks nothing by itself: the reader adds nesting, attributes,
// references, the depth limit, and refuses DOCTYPE. Well-formedness is checked
// as far as it protects the reading; it is not a validating parser.
//
// The fields ns, local, attrs and text describe the token just read and are
// valid until the next one. At an end, left is the element that ended.
type xmlReader struct {
	ns    ns
	local string
	attrs []attr
	text  []byte
	left  element

	found
	// former asks for the properties before tracked changes of them.
	former bool
	// preserve says that white space counts without xml:space on each text.
	preserve bool

	sax      *gosax.Reader
	closer   io.Closer // of the part, may be nil
	part     string
	maxDepth int
	// offset is where the last token ends in the input, before where it begins.
	offset, before int64
	err            error
	started        bool // the root element has begun
	closed         bool // the root element has ended
	eof            bool // the input was read to its end
	selfEnd        bool // the last start tag closed itself

	prefix string // of the element just begun
	stack  []element
	decls  []declaration // in force, innermost last
	names  *lexicon
	buf    []byte

	// tokens are those read ahead, the first taken of them since asked for; written is
	// their text.
	tokens  []token
	taken   int
	written []byte
}

// found counts what was found in the part so far.
type found struct {
	paragraphs, tables int // w:p and w:tbl elements begun
	badText            int // characters and references that XML forbids
	// lostAlternatives are mc:AlternateContent elements without a branch that could
	// be read.
	lostAlternatives int
}

func newXMLReader(lex *lexer, in io.Reader, part string, maxDepth int) *xmlReader {
	lex.sax.Reset(in)
	lex.names.reset()
	return &xmlReader{sax: lex.sax, names: &lex.names, part: part, maxDepth: maxDepth}
}

// lexer is what the readers of a package's parts share, one at a time.
type lexer struct {
	sax    *gosax.Reader
	buffer []byte // of sax, until a long token wants a larger one
	names  lexicon
}

// lexers serve one package after the other.
var lexers = sync.Pool{New: func() any { return &lexer{buffer: make([]byte, 0, lexerBuffer)} }}

func newLexer() *lexer {
	l := lexers.Get().(*lexer)
	l.sax = gosax.NewReaderBuf(nil, l.buffer)
	return l
}

// release gives the lexer up; no reader may use it any more.
func (l *lexer) release() {
	l.sax = nil
	l.names.forgetLong()
	lexers.Put(l)
}

// next reads the next token, showing of mc:AlternateContent only the content of
// the first branch whose namespaces are understood (ECMA-376 part 3).
func (r *xmlReader) next() kind {
	for {
		k := r.raw()
		switch {
		case k == kindStart && r.ns == nsMC:
			if !r.alternative() {
				r.skip()
			}
		case k == kindEnd && r.left.flat:
			if r.local == "AlternateContent" && !r.left.taken {
				r.lostAlternatives++
			}
		default:
			return k
		}
	}
}

// alternative decides on a start tag of the markup compatibility namespace:
// false means that the element is to be left out.
func (r *xmlReader) alternative() bool {
	top := &r.stack[len(r.stack)-1]
	if r.local == "AlternateContent" {
		top.flat = true
		return true
	}
	if len(r.stack) < 2 {
		return false
	}
	parent := &r.stack[len(r.stack)-2]
	if !parent.flat || parent.taken {
		return false
	}
	switch r.local {
	case "Choice":
		for prefix := range bytes.FieldsSeq(r.attr(nsNone, "Requires")) {
			if !understood(r.names.space(prefix)) {
				return false
			}
		}
	case "Fallback":
	default:
		return false
	}
	parent.taken, top.flat, top.taken = true, true, true
	return true
}

// nextChild moves to the next child element, passing over text; false at the
// end of the parent. The caller must read the child to its end.
func (r *xmlReader) nextChild() bool {
	for {
		switch r.next() {
		case kindStart:
			return true
		case kindEnd:
			return false
		}
	}
}

// skip reads on to the end of the element whose start was just read.
func (r *xmlReader) skip() {
	for depth := 1; depth > 0 && r.err == nil; {
		switch r.raw() {
		case kindStart:
			depth++
		case kindEnd:
			depth--
		}
	}
}

// attr returns the value of an attribute, nil where there is none. For the
// namespaces of Office an attribute without prefix counts as well.
func (r *xmlReader) attr(space ns, local string) []byte {
	for i := range r.attrs {
		if a := &r.attrs[i]; string(a.local) == local && r.isIn(a, space) {
			return a.value
		}
	}
	return nil
}

// isIn tells whether an attribute of the element just begun is in the namespace or
// in none.
func (r *xmlReader) isIn(a *attr, space ns) bool {
	if a.prefix == nil {
		return true
	}
	is := r.ns
	if string(a.prefix) != r.prefix {
		is = r.names.space(a.prefix)
	}
	return is == space || is == nsNone
}

// finish reads to the end of the input, where truncation and checksum errors
// show, and returns the first error.
func (r *xmlReader) finish() *extract.Error {
	for r.err == nil && !r.eof {
		r.raw()
	}
	if r.closer != nil {
		_ = r.closer.Close() // nothing was written, so nothing can be lost
	}
	if r.err == nil {
		return nil
	}
	var limit *extract.Error
	if errors.As(r.err, &limit) {
		return limit
	}
	return extract.Damaged("部件 %s 第 %d 字节处：%v", r.part, r.offset, r.err)
}

func (r *xmlReader) fail(err error) kind {
	if r.err == nil {
		r.err = err
	}
	r.left = element{}
	return kindEnd
}

// raw reads the next token as it stands in the file.
func (r *xmlReader) raw() kind {
	if r.err != nil || r.eof {
		r.left = element{}
		return kindEnd
	}
	if r.selfEnd {
		r.selfEnd = false
		return r.pop()
	}
	for {
		ev, err := r.event()
		if err != nil {
			return r.fail(readError(err))
		}
		b := ev.Bytes
		r.before = r.offset
		r.offset += int64(len(b))
		switch ev.Type() {
		case gosax.EventStart:
			if err := r.startTag(b); err != nil {
				return r.fail(err)
			}
			return kindStart
		case gosax.EventEnd:
			return r.endTag(b)
		case gosax.EventText, gosax.EventCData:
			text, err := r.textEvent(b, ev.Type() == gosax.EventCData)
			if err != nil {
				return r.fail(err)
			}
			if text {
				return kindText
			}
		case gosax.EventComment:
			if len(b) < len("<!---->") {
				return r.fail(errors.New("注释不完整"))
			}
		case gosax.EventProcessingInstruction:
			if err := checkDeclaration(b); err != nil {
				return r.fail(err)
			}
		case gosax.EventDocType:
			return r.fail(errors.New("不允许有 DOCTYPE 声明"))
		case gosax.EventEOF:
			if !r.closed {
				return r.fail(errors.New("内容不完整，到此中断"))
			}
			r.eof = true
			r.left = element{}
			return kindEnd
		default:
			return r.fail(errors.New("无法识别的标记"))
		}
	}
}

// readError words an error of the lexer or of the stream below it.
func readError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("内容不完整，到此中断")
	}
	return err
}

// textEvent takes character data into r.text; false for what stands outside the
// root element, where only white space is allowed.
func (r *xmlReader) textEvent(b []byte, cdata bool) (bool, error) {
	if cdata {
		if len(b) < len("<![CDATA[]]>") || !bytes.HasPrefix(b, []byte("<![CDATA[")) {
			return false, errors.New("无法识别的标记")
		}
		b = b[len("<![CDATA[") : len(b)-len("]]>")]
	}
	if !r.started || r.closed {
		if !r.started {
			b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.Trim(b, " \t\r\n")) > 0 || cdata {
			return false, errors.New("根元素之外有文字")
		}
		return false, nil
	}
	r.text, r.buf = r.decode(b, r.buf[:0], !cdata)
	return true, nil
}

func (r *xmlReader) startTag(b []byte) error {
	if r.closed {
		return errors.New("有第二个根元素")
	}
	if len(r.stack) >= r.maxDepth {
		return extract.OverLimit("depth", int64(r.maxDepth), fmt.Sprintf("部件 %s 的 XML 嵌套过深", r.part))
	}
	r.started = true
	b = b[1 : len(b)-1]
	if n := len(b); n > 0 && b[n-1] == '/' {
		b, r.selfEnd = b[:n-1], true
	}
	end := 0
	for end < len(b) && classOf[b[end]]&classSpace == 0 {
		end++
	}
	name := b[:end]
	r.stack = append(r.stack, element{decl: len(r.decls)})
	err := r.attributes(b[end:]) // declarations hold for the whole tag
	q := r.names.element(name)
	if q == nil {
		return errors.New("元素名不合规")
	}
	if err != nil {
		return err
	}
	r.ns, r.local, r.prefix = q.ns, q.local, q.prefix
	top := &r.stack[len(r.stack)-1]
	top.raw, top.ns, top.local = q.raw, q.ns, q.local
	if r.ns == nsW {
		switch r.local {
		case "p":
			r.paragraphs++
		case "tbl":
			r.tables++
		}
	}
	return nil
}

func (r *xmlReader) endTag(b []byte) kind {
	name := trimEnd(b[2 : len(b)-1])
	if len(r.stack) == 0 || string(name) != r.stack[len(r.stack)-1].raw {
		return r.fail(errors.New("结束标记与开始标记不符"))
	}
	return r.pop()
}

// pop closes the innermost element and undoes its namespace declarations.
func (r *xmlReader) pop() kind {
	n := len(r.stack) - 1
	r.left = r.stack[n]
	r.ns, r.local = r.left.ns, r.left.local
	if r.left.decl < len(r.decls) {
		r.names.unbind(r.decls[r.left.decl:])
		r.decls = r.decls[:r.left.decl]
	}
	r.stack, r.attrs = r.stack[:n], r.attrs[:0]
	r.closed = n == 0
	return kindEnd
}
