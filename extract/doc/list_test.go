package doc

import "testing"

// lvl is a level of a list: start, format, flags, suffix, text with the numbers
// of levels as characters.
func lvl(start, nfc, flags, suffix int, text string, chpx ...byte) []byte {
	head := cat(le32(start), []byte{byte(nfc), byte(flags)}, make([]byte, 9), []byte{byte(suffix)}, make([]byte, 8), []byte{byte(len(chpx)), 0, 0, 0})
	return cat(head, chpx, counted(text, false))
}

// listOf is the definitions: the levels of list i are levels[i], one or nine.
func (m *made) lists(levels [][][]byte, styles map[int]int) *made {
	head := le16(len(levels))
	for i, l := range levels {
		lstf := cat(le32(1000+i), le32(0))
		for k := range 9 {
			istd := noStyle
			if s, ok := styles[k]; ok {
				istd = s
			}
			lstf = append(lstf, le16(istd)...)
		}
		simple := 0
		if len(l) == 1 {
			simple = 1
		}
		head = append(append(head, lstf...), byte(simple), 0)
		m.behindLists = append(m.behindLists, cat(l...)...)
	}
	return m.with(fcLists, head)
}

// lfo is a use of a list, with so many overrides.
func lfo(list, overrides int) []byte {
	return cat(le32(1000+list), make([]byte, 8), []byte{byte(overrides), 0, 0, 0})
}

// in makes a paragraph of a list.
func in(use, level int, text string) para {
	return para{text: text, props: cat(sp(sprmPIlvl, byte(level)), sp(sprmPIlfo, le16(use)...))}
}

func TestNumbering(t *testing.T) {
	nine := [][]byte{lvl(1, 37, 0, 2, "\x00、"), lvl(1, 37, 0, 2, "（\x01）"), lvl(1, 0, 0, 0, "\x00.\x02", 0)}
	nine[2] = lvl(1, 0, 4, 1, "\x00.\x02") // legal: all in digits
	for len(nine) < 9 {
		nine = append(nine, lvl(1, 0, 8, 0, "\x00"))
	}
	m := body(
		in(1, 0, "总体"), in(1, 1, "甲"), in(1, 1, "乙"), in(1, 0, "公开"), in(1, 1, "丙"), in(1, 2, "细"),
		in(2, 0, "另起"), in(2, 0, "再"), in(3, 0, "圈"), in(4, 0, "点"), in(5, 0, "隐"), in(9, 0, "无此表"), in(0, 0, "无"),
		in(6, 0, "换格式"),
	)
	m.lists([][][]byte{
		nine, {lvl(3, 18, 0, 2, "\x00")}, {lvl(1, 23, 0, 0, "\uf0b7", sp(sprmCRgFtc0, 1, 0)...)}, {lvl(1, 0, 0, 2, "\x00.", sp(sprmCFVanish, 1)...)},
	}, nil)
	uses := cat(le32(6), lfo(0, 0), lfo(0, 1), lfo(1, 0), lfo(2, 0), lfo(3, 0), lfo(0, 1),
		le32(0), le32(0), le32(7), le32(0|1<<4), le32(0), le32(0), le32(0), // the second starts at 7
		le32(0), le32(0), le32(0|1<<5), lvl(1, 99, 0, 2, "\x00)"))
	m.with(fcListOverrides, uses).with(fcFonts, cat(le16(2), le16(0), ffn("宋体"), ffn("Symbol")))
	e := m.expect(t, "p [一、]: 一、总体", "p [（一）]: （一）甲", "p [（二）]: （二）乙", "p [二、]: 二、公开", "p [（一）]: （一）丙", "p [2.1]: 2.1 细",
		"p [七、]: 七、另起", "p [八、]: 八、再", "p [③]: ③圈", "p: • 点", "p: 隐", "p: 无此表", "p: 无", "p [9)]: 9)换格式")
	if codes(e) != "number_format_unknown" {
		t.Error(codes(e))
	}
}

// Numbering of Word 6 is told, not read.
func TestOldNumbering(t *testing.T) {
	anld := cat(le16(sprmPAnld), []byte{2, 0, 0})
	e := body(in(oldList, 0, "甲"), para{text: "乙", props: anld}, in(0xf801, 0, "丙")).expect(t, "p: 甲", "p: 乙", "p: 丙")
	if codes(e) != "numbering_old" {
		t.Error(codes(e))
	}
}

// A style numbers its paragraphs; the level is the one that names the style.
func TestNumberingByStyle(t *testing.T) {
	var nine [][]byte
	for k := range 9 {
		nine = append(nine, lvl(1, 0, 0, 2, string(rune(k))+"."))
	}
	m := body(para{text: "甲", style: 1}, para{text: "乙", style: 2}, para{text: "丙", style: 2}, para{text: "", style: 1}, para{text: "丁", style: 1, props: sp(sprmPIlfo, 0, 0)},
		para{text: "格", style: 1, mark: "\x07", props: sp(sprmPFInTable, 1)}, row([]int{0, 9}, nil, "")[1])
	m.styles = [][]byte{
		std(0, styleParagraph, noStyle, "Normal", nil, nil),
		std(1, styleParagraph, 0, "heading 1", sp(sprmPIlfo, 1, 0), nil),
		std(2, styleParagraph, 1, "heading 2", cat(sp(sprmPIlfo, 1, 0), sp(sprmPIlvl, 0)), nil),
	}
	m.lists([][][]byte{nine}, map[int]int{0: 1, 1: 2}).with(fcListOverrides, cat(le32(1), lfo(0, 0), le32(0)))
	m.expect(t, "h1 [1.]: 1.甲", "h2 [1.]: 1.乙", "h2 [2.]: 2.丙", "p [2.]: 2.", "h1: 丁", "table 0", "  3.格")
}
