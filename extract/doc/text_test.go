package doc

import (
	"testing"

	"nianbao/extract"
)

func TestText(t *testing.T) {
	body(p("一、总体情况"), p(""), p("甲\t乙\x0b丙\x1e丁\x1f戊\u00a0己"), p("页\x0c下一页"), p("𠮷")).
		with(fcSections, plcOf([]int{0, 99}, make([]byte, 12))).
		expect(t, "p [一、]: 一、总体情况", "p: 甲→乙⏎丙-丁戊\u00a0己", "p: 页⏎下一页", "p: 𠮷")
	// Without the table of sections a page break ends a paragraph.
	body(p("页\x0c下一页")).expect(t, "p: 页", "p: 下一页")

	narrow := body(p("A\u0080\u0085\u0093\u0094\u0096\u00a7\u00e9\u0081"))
	narrow.narrow = true
	narrow.expect(t, "p: A€…“”–§é\u0081")
}

// The text as edited: pieces stand anywhere, a paragraph may run over several.
func TestPieces(t *testing.T) {
	bold := sp(sprmCFBold, 1)
	m := body(para{text: "第一段很长", chars: bold}, p("第二段"), para{text: "第三段", props: sp(sprmPJc, 1)})
	m.cuts = []int{2, 7, 8, 12}
	e := m.expect(t, "p: 第一段很长", "p: 第二段", "p: 第三段")
	if b := e.Document.Blocks; !b[0].Bold || b[1].Bold || b[2].Align != "center" {
		t.Errorf("properties: %+v", b)
	}
	m.prm = sprmSmallVanish // every piece is hidden, as after a fast save
	if e := m.expect(t, ""); codes(e) != "hidden_text" {
		t.Errorf("warnings: %s", codes(e))
	}
	m.prm, m.prcs = 1<<1|1, [][]byte{sp(sprmCFBold, 0), cat(sp(sprmPJc80, 2), sp(sprmCHps, 60, 0))}
	if b := m.expect(t, "p: 第一段很长", "p: 第二段", "p: 第三段").Document.Blocks[1]; b.Align != "right" || b.Size != 30 {
		t.Errorf("modifiers of pieces: %+v", b)
	}
}

// sprmSmallVanish is a Prm0: sprmCFVanish with the operand 1.
const sprmSmallVanish = 0x5c<<1 | 1<<8

func TestMissingText(t *testing.T) {
	m := body(p("一二三四五六"), p("七八九十"))
	main, table := m.streams()
	e, err := readStreams(main[:textAt+10], table)
	if err != nil {
		t.Fatal(err)
	}
	if got := outline(e); got != "p: 一二三四五\n" || codes(e) != "text_lost properties_damaged" {
		t.Errorf("%s%s", got, codes(e))
	}
}

func TestRuns(t *testing.T) {
	hidden, deleted := sp(sprmCFVanish, 1), sp(sprmCFRMarkDel, 1)
	e := body(
		para{text: "共", more: []chunk{{"旧", deleted}, {"密", hidden}, {"新", nil}, {"12", sp(sprmCFBold, 1)}, {"件", nil}}},
		para{text: "前半", markChars: deleted}, p("后半"),
		para{text: "末", markChars: deleted},
		para{text: "大字", chars: sp(sprmCHps, 88, 0), more: []chunk{{"小", sp(sprmCHps, 21, 0)}}},
	).expect(t, "p: 共新12件", "p: 前半后半", "p: 末大字小")
	if b := e.Document.Blocks[2]; b.Size != 44 || codes(e) != "hidden_text tracked_changes" {
		t.Errorf("%+v %s", b, codes(e))
	}
	symbol := func(font, ch int) []byte { return cat(sp(sprmCSymbol, cat(le16(font), le16(ch))...)) }
	fonts := cat(le16(2), le16(0), ffn("宋体"), ffn("Wingdings"))
	body(para{text: "选", more: []chunk{{"(", symbol(1, 0xf0fe)}, {"(无)", nil}, {"\uf0fc", sp(sprmCRgFtc0, 1, 0)}}}).
		with(fcFonts, fonts).expect(t, "p: 选☑(无)✔")
	if e := body(para{text: "(", chars: symbol(1, 0xf003)}).with(fcFonts, fonts).expect(t, "p: \ufffd"); codes(e) != "symbol_unmapped" {
		t.Error(codes(e))
	}
}

// ffn is one font of the font table.
func ffn(name string) []byte {
	b := append(make([]byte, 39), cat(utf16le(name), []byte{0, 0})...)
	return append([]byte{byte(len(b))}, b...)
}

func TestPrivateCharacters(t *testing.T) {
	if e := body(p("某\ue123\uf8ff，。")).expect(t, "p: 某\ue123\uf8ff，。"); codes(e) != "private_characters" {
		t.Error(codes(e))
	}
}

func TestStyles(t *testing.T) {
	const none = noStyle
	m := body(
		para{text: "正文"}, para{text: "一级", style: 1}, para{text: "二级", style: 2}, para{text: "自定", style: 3},
		para{text: "隐", style: 4, more: []chunk{{"显", sp(sprmCFVanish, 0x81)}, {"同", sp(sprmCFVanish, 0x80)}}},
		para{text: "强调", style: 1, chars: sp(sprmCIstd, 5, 0), more: []chunk{{"调", nil}}},
		para{text: "平", style: 1, chars: cat(sp(sprmCIstd, 5, 0), sp(sprmCFBold, 0x81))},
		para{text: "目录行", style: 6}, para{text: "环", style: 7}, para{text: "无此样式", style: 99},
		para{text: "直接", props: sp(sprmPOutLvl, 2)}, para{text: "改回", style: 1, props: sp(sprmPOutLvl, 9)},
	)
	m.styles = [][]byte{
		std(0, styleParagraph, none, "Normal", sp(sprmPJc80, 3), sp(sprmCHps, 32, 0)),
		std(1, styleParagraph, 0, "heading 1", sp(sprmPJc80, 1), sp(sprmCFBold, 1)),
		std(0xffe, styleParagraph, 1, "我的二级", sp(sprmPOutLvl, 1), nil),
		std(0xffe, styleParagraph, 2, "我的二级（小）", nil, sp(sprmCHps, 20, 0)),
		std(0xffe, styleParagraph, 0, "隐藏", nil, sp(sprmCFVanish, 1)),
		std(0xffe, styleCharacter, none, "强", nil, sp(sprmCFBold, 1)),
		std(19, styleParagraph, 1, "toc 1", nil, nil),
		std(0xffe, styleParagraph, 7, "环", nil, sp(sprmCFBold, 1)),
	}
	e := m.expect(t, "p: 正文", "h1: 一级", "h2: 二级", "h2: 自定", "p: 显", "h1: 强调调", "h1: 平", "p: 目录行", "p: 环", "p: 无此样式", "h3: 直接", "p: 改回")
	b := e.Document.Blocks
	if b[0].Align != "justify" || b[0].Size != 16 || b[1].Align != "center" || !b[1].Bold || b[1].Size != 16 || b[3].Size != 10 || !b[3].Bold {
		t.Errorf("inheritance: %+v", b[:4])
	}
	if b[5].Bold || !b[6].Bold || !b[8].Bold { // two bold styles cancel each other out
		t.Errorf("toggles: %v %v %v", b[5].Bold, b[6].Bold, b[8].Bold)
	}
}

func TestFields(t *testing.T) {
	const begin, middle, end = "\x13", "\x14", "\x15"
	field := func(code, result string) string { return begin + code + middle + result + end }
	e := body(
		p("共"+field(" PAGE ", "12")+"页"),
		p(field(" HYPERLINK "+field("X", "Y"), "链接"+field(" REF a ", "甲"))),
		p(begin+` EQ \o\ac(○,3) `+end+begin+" MACROBUTTON 名 点这里 "+end),
		p(begin+" 没有结束"), p("照常"),
		p(begin+` TOC \o "1-3" `+middle+"一、总体情况\t1"), p("二、其他\t2"), p(end),
		para{text: field(" EMBED Excel.Sheet.8 ", "")},
		p(end+middle+"多余"),
	).expect(t, "p: 共12页", "p: 链接甲", "p [③]: ③点这里", "p: 照常", "p [一、]: 一、总体情况→1", "p [二、]: 二、其他→2", "p: 多余")
	if codes(e) != "field_unclosed embedded_object" {
		t.Error(codes(e))
	}
}

func TestFormFields(t *testing.T) {
	head := func(kind, result int) []byte {
		return cat(le32(-1), le16(kind|result<<2), le16(0), le16(0), counted("名", true))
	}
	empty := counted("", true)
	data := func(b []byte) []byte { return cat(le32(68+len(b)), le16(68), make([]byte, 62), b) }
	checked, standard := data(head(1, 1)), data(cat(head(1, 25), le16(0)))
	list := data(cat(head(2, 1), le16(0), empty, empty, empty, empty, empty, le16(0xffff), le16(2), le16(0), counted("甲", false), counted("乙", false)))
	at := func(n int) []byte { return cat(sp(sprmCFSpec, 1), sp(sprmCPicLocation, le32(n)...), sp(sprmCFData, 1)) }
	form := func(code string, place int) para {
		return para{text: "\x13 " + code + " ", more: []chunk{{"\x01", at(place)}, {"\x15", nil}}}
	}
	m := body(form("FORMCHECKBOX", 0), form("FORMCHECKBOX", len(checked)), form("FORMDROPDOWN", len(checked)+len(standard)), form("FORMCHECKBOX", 1<<20))
	m.data = cat(checked, standard, list)
	m.parts[partMain] = append(m.parts[partMain], para{text: "\x13 FORMCHECKBOX ", more: []chunk{{"\x01", at(0)}, {"\x14\x15", nil}}}, form("HYPERLINK", 0), p("完"))
	m.expect(t, "p: ☑", "p: ☐", "p: 乙", "p: ☑", "p: 完")
}

func TestRefused(t *testing.T) {
	plain := body(p("文"))
	with := func(change func(m *made)) []byte {
		m := *plain
		change(&m)
		return m.file()
	}
	main, table := plain.streams()
	for name, tt := range map[string]struct {
		file []byte
		code extract.Code
	}{
		"password":   {with(func(m *made) { m.flags = flagEncrypted }), extract.CodeEncrypted},
		"obfuscated": {with(func(m *made) { m.flags = flagEncrypted | flagObfuscated }), extract.CodeEncrypted},
		"word 6":     {with(func(m *made) { m.version = 101 }), extract.CodeUnsupported},
		"word 95":    {with(func(m *made) { m.version = 104 }), extract.CodeUnsupported},
		"no pieces":  {with(func(m *made) { m.table = map[int][]byte{fcClx: {2, 0, 0, 0, 0}} }), extract.CodeDamaged},
		"no table":   {with(func(m *made) { m.table = map[int][]byte{fcClx: {}} }), extract.CodeDamaged},
		"circle": {with(func(m *made) {
			m.table = map[int][]byte{fcClx: cat([]byte{2}, le32(20), plcOf([]int{3, 1}, make([]byte, 8)))}
		}), extract.CodeDamaged},
		"same text":  {with(func(m *made) { m.table = map[int][]byte{fcClx: again(2000)} }), extract.CodeLimit},
		"no streams": {cfbOf(nil, nil), extract.CodeDamaged},
		"cut":        {cfbOf(main[:20], table), extract.CodeDamaged},
		"nothing":    {[]byte("x"), extract.CodeDamaged},
	} {
		_, err := readBytes(tt.file, extract.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != tt.code || e.Detail == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = int64(len(main)+len(table)) - 1
	_, err := readBytes(plain.file(), lim)
	if e := extract.AsError(err); e == nil || e.Limit == "" {
		t.Errorf("a byte over the limit: %v", err)
	}
	lim.DecompressedBytes++
	if _, err := readBytes(plain.file(), lim); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

// again is a piece table with n pieces that are all the same thousand bytes.
func again(n int) []byte {
	var places []int
	var pcds []byte
	for i := range n {
		places = append(places, 1000*i)
		pcds = append(pcds, cat(le16(0), le32(1<<30), le16(0))...)
	}
	plc := plcOf(append(places, 1000*n), pcds)
	return cat([]byte{2}, le32(len(plc)), plc)
}
