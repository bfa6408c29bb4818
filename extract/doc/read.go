package doc

import (
	"errors"
	"io"

	"nianbao/extract"
	"nianbao/extract/cfb"
	"nianbao/extract/flow"
	"nianbao/extract/symbolfont"
)

// engine is Extraction.Engine of this reader, partName the part of the text in
// Block.Part.
const (
	engine   = "doc"
	partName = "WordDocument"
)

// reading is the state shared by all parts of one document.
type reading struct {
	lim      extract.Limits
	warn     *flow.Losses
	fib      *fib
	text     *text
	data     *cfb.Stream // nil where there is none
	chpx     *fkp
	papx     *fkp
	styles   *styleSheet
	lists    *lists
	fonts    []symbolfont.Font
	drawings drawings
	parts    partTables
	sections map[int]bool // the places behind marks of sections; nil unknown

	// titlePages tells the sections with headers of their own for the first
	// page; facingPages that even pages have headers of their own.
	titlePages  []bool
	facingPages bool

	inHuge bool
	// besides is how many characters outside of the body may still be read.
	besides int
	changes extract.Changes
	// hidden counts pieces of hidden text left out; unknownSymbols characters
	// of symbol fonts; insertions and deletions tracked changes.
	hidden, unknownSymbols, insertions, deletions, skippedComments int
	// private counts characters of the private use area.
	private int
}

// Read reads a Word 97–2003 file of size bytes. Errors are [*extract.Error] and
// name the place, or one of r; what was left out without an error stands in
// Extraction.Warnings.
func Read(r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return ReadWith(r, size, extract.Options{Limits: lim})
}

// ReadWith is Read with more than limits to choose.
func ReadWith(r io.ReaderAt, size int64, opt extract.Options) (*extract.Extraction, error) {
	file, err := cfb.Open(r, size)
	if errors.Is(err, cfb.ErrFormat) {
		return nil, extract.Damaged("文件的容器（复合文档）读不出，文件可能不完整，请重新获取文件")
	} else if err != nil {
		return nil, err
	}
	d := &reading{lim: opt.Limits, changes: opt.Changes, warn: &flow.Losses{}}
	if err := d.open(file); err != nil {
		return nil, err
	}
	doc, err := flow.Assemble(d.items(), opt.Limits, d.warn)
	if err != nil {
		return nil, err
	}
	d.countLosses()
	return &extract.Extraction{Format: extract.FormatDOC, Engine: engine, Warnings: d.warn.Warnings(), Document: doc}, nil
}

// open reads everything but the text.
func (d *reading) open(file *cfb.File) error {
	left := d.lim.DecompressedBytes
	main, err := d.stream(file, partName, &left)
	if err != nil {
		return err
	}
	if d.fib, err = readFIB(main); err != nil {
		return err
	}
	table, err := d.stream(file, d.fib.tableName(), &left)
	if err != nil {
		return err
	}
	d.data = file.Stream("Data")
	if d.text, err = readText(main, d.fib.structure(table, fcClx)); err != nil {
		return err
	}
	d.chpx = newFKP(main, d.fib.structure(table, fcBteChpx), 1)
	d.papx = newFKP(main, d.fib.structure(table, fcBtePapx), 13)
	d.fonts = readFonts(d.fib.structure(table, fcFonts))
	d.styles = &styleSheet{d: d}
	d.styles.read(d.fib.structure(table, fcStshf))
	d.lists = &lists{d: d}
	d.lists.read(d.fib, table)
	d.drawings.read(d.fib.structure(table, fcDrawings))
	d.readSections(d.fib.structure(table, fcSections))
	d.facingPages = d.fib.structure(table, fcDocProps).u8(0)&1 != 0
	d.parts = d.readPartTables(table)
	return nil
}

// stream reads a stream whole.
func (d *reading) stream(file *cfb.File, name string, left *int64) (view, error) {
	s := file.Stream(name)
	if s == nil {
		return nil, extract.Damaged("复合文档内缺少 %s 流，文件已损坏，请重新获取文件或用 Word 打开后另存", name)
	}
	if *left -= s.Size(); *left < 0 {
		return nil, extract.OverLimit("decompressed_bytes", d.lim.DecompressedBytes, name+" 流超过上限")
	}
	if s.Short() {
		d.warn.Add("file_truncated", "文件不完整，"+name+" 流的末尾缺失，内容可能不全")
	}
	b := make([]byte, s.Size())
	if n, err := s.ReadAt(b, 0); n < len(b) {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		b = b[:n]
	}
	return b, nil
}

// dataAt reads up to n bytes of the Data stream, or as many as there are.
func (d *reading) dataAt(at, n int) view {
	if d.data == nil || at < 0 || int64(at) >= d.data.Size() {
		return nil
	}
	b := make([]byte, min(int64(n), d.data.Size()-int64(at)))
	got, _ := d.data.ReadAt(b, int64(at)) // what could be read
	return b[:got]
}

// hugePapx is a list of modifiers kept in the Data stream ([MS-DOC] 2.9.211).
func (d *reading) hugePapx(at int) view {
	n := d.dataAt(at, 2).u16(0)
	return d.dataAt(at, 2+n).from(2)
}

// paraAt is the properties of the paragraph whose mark a character is ([MS-DOC]
// 2.4.6.1).
func (d *reading) paraAt(cp int) paraProps {
	piece := d.text.pieceAt(cp)
	if piece == nil {
		return d.styles.para(0)
	}
	papx, _ := d.papx.at(piece.place(cp))
	p := d.styles.para(papx.u16(0))
	d.applyPara(&p, papx.from(2))
	d.applyPara(&p, piece.prm)
	return p
}

// runAt is the properties of a character over those of its paragraph's style,
// and the first character behind it that may have others ([MS-DOC] 2.4.6.2).
func (d *reading) runAt(cp int, base charProps) (p charProps, end int) {
	piece := d.text.pieceAt(cp)
	if piece == nil {
		return base, cp + 1
	}
	chpx, to := d.chpx.at(piece.place(cp))
	p = base
	d.applyChar(&p, chpx, &base)
	d.applyChar(&p, piece.prm, &base)
	return p, min(piece.to, piece.cpOf(to))
}

// charAt is the properties of one character.
func (d *reading) charAt(cp int, base charProps) charProps {
	p, _ := d.runAt(cp, base)
	return p
}

func (d *reading) countLosses() {
	d.warn.AddN("hidden_text", "隐藏文字未读取", d.hidden)
	d.changeLosses()
	d.warn.AddN("symbol_unmapped", "符号字体中有无法对应的字符，以 U+FFFD 代替", d.unknownSymbols)
	d.warn.AddN("private_characters", "文字中有自造字或专用字体的字符（私用区），照原样保留，换一台电脑可能显示不出", d.private)
	d.warn.AddN("text_lost", "正文有一段文字在文件中缺失，未读取", d.text.lost)
	d.warn.AddN("properties_damaged", "段落或文字格式的一部分读不出，其表格、编号可能不完整", d.papx.damaged+d.chpx.damaged)
}
