package rtf

import (
	"bytes"
	"fmt"
	"io"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
)

// engine is Extraction.Engine of this reader.
const engine = "rtf"

// Mark begins an RTF file, behind white space or a byte order mark.
const Mark = `{\rtf`

// maxLead bounds what may stand before Mark.
const maxLead = 1024

// reading is the state of one file.
type reading struct {
	lex     *lexer
	lim     extract.Limits
	warn    *flow.Losses
	changes extract.Changes
	err     error // ends the reading

	groups []group // those around the current one
	g      group
	story  *story

	page        int // code page of the document
	defaultFont int
	fonts       map[int]font
	styles      map[int]style
	lists       map[int]*list
	overrides   map[int]*override
	// What is being read of them.
	font     font
	style    style
	list     *list
	override *override
	level    ordinal.Level
	text     []byte
	object   []byte

	pending     []byte // bytes of text that wait for decoding
	pendingPage int
	high        rune // the first half of a surrogate pair
	skip        int  // characters that stand in for a \u character
	labels      bool // the file has \listtext
	picture     bool // the last \shppict had no \nonshppict yet

	stories                   map[string]int
	headers, footers          []flow.Item
	margins                   map[string]bool
	hidden, comments, damaged int
	insertions, deletions     int
	private                   int // characters of the private use area
	cells                     int // of all tables
}

// Read reads an RTF file of size bytes. Errors are [*extract.Error], but for
// those of in; what was left out without an error stands in Extraction.Warnings.
func Read(in io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return ReadWith(in, size, extract.Options{Limits: lim})
}

// ReadWith is Read with more than limits to choose.
func ReadWith(in io.ReaderAt, size int64, opt extract.Options) (*extract.Extraction, error) {
	lim := opt.Limits
	if size > lim.DecompressedBytes {
		return nil, extract.OverLimit("decompressed_bytes", lim.DecompressedBytes, fmt.Sprintf("RTF 文件共 %d 字节，超过上限", size))
	}
	start, err := begin(in, size)
	if err != nil {
		return nil, err
	}
	r := newReading(newLexer(io.NewSectionReader(in, start, size-start)), opt)
	if err := r.read(); err != nil {
		return nil, err
	}
	items := append(append(r.story.sink.Items, r.headers...), r.footers...)
	doc, err := flow.Assemble(items, lim, r.warn)
	if err != nil {
		return nil, err
	}
	r.countLosses()
	return &extract.Extraction{Format: extract.FormatRTF, Engine: engine, Warnings: r.warn.Warnings(), Document: doc}, nil
}

// begin finds the start of the document.
func begin(in io.ReaderAt, size int64) (int64, error) {
	head := make([]byte, min(size, maxLead))
	n, err := in.ReadAt(head, 0)
	if n < len(head) && err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
		return 0, err
	}
	at := bytes.Index(head[:n], []byte(Mark))
	if at < 0 {
		return 0, extract.Damaged("文件开头没有 RTF 标记（{\\rtf），不是 RTF 文档")
	}
	return int64(at), nil
}

func newReading(lex *lexer, opt extract.Options) *reading {
	r := &reading{
		lex: lex, lim: opt.Limits, changes: opt.Changes, warn: &flow.Losses{}, page: pageANSI, font: newFont(),
		fonts: map[int]font{}, styles: map[int]style{}, lists: map[int]*list{}, overrides: map[int]*override{},
		stories: map[string]int{}, margins: map[string]bool{},
	}
	r.story = newStory("rtf", "", nil)
	r.g = group{skipped: toNowhere, unicode: 1, chars: plain(0)}
	return r
}

// read reads all tokens up to the end of the outermost group.
func (r *reading) read() error {
	for r.err == nil {
		t := r.lex.next()
		switch t.kind {
		case kindOpen:
			r.open()
		case kindClose:
			r.close()
			if len(r.groups) == 0 {
				return r.finishBody()
			}
		case kindWord:
			r.control(t)
		case kindSymbol:
			r.symbol(t.char)
		case kindHex:
			r.bytes([]byte{t.char})
		case kindText:
			r.bytes(t.text)
		case kindPassed:
			r.skip = max(r.skip-1, 0)
		case kindEnd:
			return r.cutOff()
		}
	}
	return r.err
}

// cutOff ends a file whose groups are not closed. Where text or a table is under
// way the end is missing, and the file must not pass as a shorter one.
func (r *reading) cutOff() error {
	if r.lex.err != nil {
		return r.lex.err
	}
	if len(r.groups) > 1 || len(r.pending) > 0 || r.story.p != nil && !r.story.p.Empty() || r.rowOpen() {
		return extract.Damaged("RTF 文件不完整：读到第 %d 字节即中断，其后的内容缺失，可能是下载或上传中断。请重新取得文件后再试。", r.lex.at())
	}
	r.warn.Add("structure_damaged", "RTF 文件末尾缺少结束标记，内容可能不完整，请对照原件核对")
	return r.finishBody()
}

// finishBody ends the body and closes what is open.
func (r *reading) finishBody() error {
	r.cut()
	r.finishStory(r.story)
	return r.err
}

func (r *reading) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reading) countLosses() {
	r.warn.AddN("hidden_text", "隐藏文字未读取", r.hidden)
	r.changeLosses()
	r.warn.AddN("private_characters", "文字中有自造字或专用字体的字符（私用区），照原样保留，换一台电脑可能显示不出", r.private)
	r.warn.AddN("text_damaged", "RTF 中有无法解码的字符，已用替代字符代替", r.damaged)
}
