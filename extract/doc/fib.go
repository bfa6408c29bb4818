package doc

import "nianbao/extract"

// fib is the file information block at the start of the stream WordDocument
// ([MS-DOC] 2.5.1): how long the parts of the text are and where in the table
// stream everything else stands.
type fib struct {
	version int
	flags   int
	// ccp are the lengths of the parts of the text in characters, in their
	// order.
	ccp   [partCount]int
	pairs view // places and lengths (FibRgFcLcb)
}

// The parts of a document's text, one behind the other ([MS-DOC] 2.4.1).
const (
	partMain = iota
	partFootnotes
	partHeaders
	partMacros // reserved
	partComments
	partEndnotes
	partTextboxes
	partHeaderTextboxes
	partCount
)

// Flags of the FIB.
const (
	flagEncrypted  = 1 << 8
	flagTable1     = 1 << 9 // the table stream is 1Table
	flagObfuscated = 1 << 15
)

// Places in FibRgFcLcb97, counted in pairs ([MS-DOC] 2.5.6).
const (
	fcStshf          = 1
	fcFootnoteRef    = 2
	fcFootnoteText   = 3
	fcCommentRef     = 4
	fcCommentText    = 5
	fcSections       = 6
	fcHeaders        = 11
	fcBteChpx        = 12
	fcBtePapx        = 13
	fcFonts          = 15
	fcDocProps       = 31
	fcClx            = 33
	fcShapes         = 40
	fcHeaderShapes   = 41
	fcEndnoteRef     = 46
	fcEndnoteText    = 47
	fcDrawings       = 50
	fcTextboxes      = 56
	fcHeaderTextbox  = 58
	fcLists          = 73
	fcListOverrides  = 74
	versionWord97    = 193
	identWord97      = 0xa5ec
	identWord6       = 0xa5dc
	fibBaseLen       = 32
	largestWordCount = 1 << 30
)

// readFIB reads the block and refuses what cannot be read.
func readFIB(main view) (*fib, error) {
	if len(main) < fibBaseLen+4 {
		return nil, extract.Damaged("WordDocument 流只有 %d 字节，文件可能不完整，请重新获取文件或用 Word 打开后另存", len(main))
	}
	f := &fib{version: main.u16(2), flags: main.u16(10)}
	ident := main.u16(0)
	switch {
	case ident != identWord97 && ident != identWord6 && f.version >= versionWord97:
		return nil, extract.Damaged("WordDocument 流的开头不是 Word 标识（0x%04x），文件已损坏，请重新获取文件或用 Word 打开后另存", ident)
	case f.flags&flagEncrypted != 0:
		return nil, encrypted(f.flags)
	case f.version < versionWord97:
		return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: oldVersion(f.version) + " 格式的文档，早于 Word 97，不能读取。请用 Word 或 WPS 打开后另存为 .docx 再上传。"}
	}
	// The counted arrays behind the base ([MS-DOC] 2.5.1).
	at := fibBaseLen
	at += 2 + 2*main.u16(at)
	longs := main.sub(at+2, 4*main.u16(at))
	at += 2 + 4*main.u16(at)
	f.pairs = main.sub(at+2, 8*main.u16(at))
	const ccpAt = 12
	for i := range f.ccp {
		n := longs.i32(ccpAt + 4*i)
		if n < 0 || n > largestWordCount {
			return nil, extract.Damaged("文件信息块中第 %d 部分文字的长度为 %d，文件已损坏，请重新获取文件或用 Word 打开后另存", i+1, n)
		}
		f.ccp[i] = n
	}
	return f, nil
}

func encrypted(flags int) *extract.Error {
	how := ""
	if flags&flagObfuscated != 0 {
		how = "（旧式异或加密）"
	}
	return &extract.Error{Code: extract.CodeEncrypted, Detail: "Word 文件设有打开密码" + how + "，无法读取。请用 Word 打开，取消密码（文件—信息—保护文档）并保存后再上传。"}
}

func oldVersion(version int) string {
	switch {
	case version >= 103:
		return "这是 Word 95"
	case version >= 100:
		return "这是 Word 6"
	}
	return "这是 Word 2 或更早"
}

// tableName is the name of the table stream.
func (f *fib) tableName() string {
	if f.flags&flagTable1 != 0 {
		return "1Table"
	}
	return "0Table"
}

// part is the range in the text of one of its parts.
func (f *fib) part(n int) (from, to int) {
	for _, length := range f.ccp[:n] {
		from += length
	}
	return from, from + f.ccp[n]
}

// place is where in the table stream something stands.
func (f *fib) place(pair int) (at, n int) { return f.pairs.u32(8 * pair), f.pairs.u32(8*pair + 4) }

// structure is one of the structures in the table stream; empty where there is
// none.
func (f *fib) structure(table view, pair int) view {
	at, n := f.place(pair)
	return table.sub(at, n)
}

// plc is an array of places with data between them ([MS-DOC] 2.2.2): n+1 places
// and n times size bytes.
type plc struct {
	view
	n, size int
}

func newPLC(v view, size int) plc {
	if len(v) < 4 {
		return plc{}
	}
	return plc{view: v, n: (len(v) - 4) / (4 + size), size: size}
}

// at is the i-th place, i up to n.
func (p plc) at(i int) int { return p.u32(4 * i) }

// sorted tells whether no place stands before the one in front of it.
func (p plc) sorted() bool {
	for i := 1; i < p.n; i++ {
		if p.at(i) < p.at(i-1) {
			return false
		}
	}
	return true
}

// data is what belongs to the range from place i to the next.
func (p plc) data(i int) view { return p.sub(4*(p.n+1)+i*p.size, p.size) }
