package doc

import (
	"sort"

	"nianbao/extract"
)

// piece is a range of the text that stands in one place of the stream
// WordDocument ([MS-DOC] 2.8.35): the text as edited is its pieces in order.
type piece struct {
	from, to int // characters
	fc       int // byte in the stream
	wide     bool
	prm      view // properties of all of it, set when it was saved fast
}

// place is the byte of a character of the piece.
func (p *piece) place(cp int) int {
	if p.wide {
		return p.fc + 2*(cp-p.from)
	}
	return p.fc + cp - p.from
}

// cpOf is the character at or behind a byte.
func (p *piece) cpOf(fc int) int {
	n := fc - p.fc
	if p.wide {
		n = (n + 1) / 2
	}
	return p.from + n
}

// text is the whole text of a document.
type text struct {
	main   view
	pieces []piece
	// lost counts pieces that reach beyond the end of the stream.
	lost int
}

// overlap is how many times over pieces may use the text that is there: Word
// shares what was copied within a document, but not often.
const overlap = 4

// readText reads the piece table ([MS-DOC] 2.9.38).
func readText(main, clx view) (*text, error) {
	t := &text{main: main}
	var prcs []view
	at := 0
	for clx.u8(at) == 1 && clx.has(at, 3) { // Prc: properties that pieces refer to
		n := clx.i16(at + 1)
		prcs = append(prcs, clx.sub(at+3, n))
		at += 3 + max(n, 0)
	}
	if clx.u8(at) != 2 {
		return nil, extract.Damaged("正文的分段表（Clx）读不出，文件已损坏，请重新获取文件或用 Word 打开后另存")
	}
	const pcdLen = 8
	table := newPLC(clx.sub(at+5, clx.u32(at+1)), pcdLen)
	end, total := 0, 0
	for i := range table.n {
		pcd := table.data(i)
		fc := pcd.u32(2)
		p := piece{from: table.at(i), to: table.at(i + 1), fc: fc & (1<<30 - 1), wide: fc&(1<<30) == 0, prm: prmOf(pcd.u16(6), prcs)}
		if p.from != end || p.to <= p.from {
			if p.to == p.from {
				continue
			}
			return nil, extract.Damaged("正文的分段表（Clx）第 %d 段的位置不对，文件已损坏，请重新获取文件或用 Word 打开后另存", i+1)
		}
		end = p.to
		width := 2
		if !p.wide {
			p.fc /= 2
			width = 1
		}
		room := max(len(main)-p.fc, 0) / width
		if p.to-p.from > room {
			// What is missing is kept as a gap, so that places do not shift.
			t.lost++
		}
		if total += min(p.to-p.from, room); total > overlap*len(main) {
			return nil, extract.OverLimit("text_overlap", overlap, "正文的分段反复引用同一处文字，文件可能已损坏或是压缩炸弹")
		}
		t.pieces = append(t.pieces, p)
	}
	if len(t.pieces) == 0 {
		return nil, extract.Damaged("正文的分段表（Clx）是空的，文件已损坏，请重新获取文件或用 Word 打开后另存")
	}
	return t, nil
}

// prmOf is the properties of a piece: one small one written out as a sprm, or
// an index of those in front of the table ([MS-DOC] 2.9.214).
func prmOf(prm int, prcs []view) view {
	if prm&1 != 0 {
		if i := prm >> 1; i < len(prcs) {
			return prcs[i]
		}
		return nil
	}
	if op := smallSprm(prm >> 1 & 0x7f); op != 0 {
		return view{byte(op & 0xff), byte(op >> 8), byte(prm >> 8)}
	}
	return nil
}

// smallSprm is the sprm of an isprm that matters here ([MS-DOC] 2.9.215).
func smallSprm(isprm int) int {
	switch isprm {
	case 0x05:
		return sprmPJc80
	case 0x0c:
		return sprmPIlvl
	case 0x18:
		return sprmPFInTable
	case 0x19:
		return sprmPFTtp
	case 0x41:
		return sprmCFRMarkDel
	case 0x42:
		return sprmCFRMark
	case 0x53:
		return sprmCPlain
	case 0x55:
		return sprmCFBold
	case 0x5c:
		return sprmCFVanish
	case 0x78:
		return sprmPOutLvl
	}
	return 0
}

// pieceAt finds the piece of a character; nil behind the last.
func (t *text) pieceAt(cp int) *piece {
	i := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].to > cp })
	if i == len(t.pieces) || cp < t.pieces[i].from {
		return nil
	}
	return &t.pieces[i]
}

// append adds characters of one piece to units, as many as the stream has.
func (t *text) append(units []uint16, p *piece, from, to int) []uint16 {
	at := p.place(from)
	if p.wide {
		b := t.main.sub(at, 2*(to-from))
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])|uint16(b[i+1])<<8)
		}
		return units
	}
	for _, b := range t.main.sub(at, to-from) {
		units = append(units, compressed(b))
	}
	return units
}

// compressed is the character of one byte ([MS-DOC] 2.9.73): that of code page
// 1252. The specification leaves out 0x80, 0x8e and 0x9e, which Word never
// compresses; other programs do and mean the code page.
func compressed(b byte) uint16 {
	if b < 0x80 || b >= 0xa0 {
		return uint16(b)
	}
	const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	i := b - 0x80
	for _, ch := range high {
		if i == 0 {
			return uint16(ch)
		}
		i--
	}
	return uint16(b)
}
