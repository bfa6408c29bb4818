package doc

import (
	"bytes"
	"strings"
	"testing"

	"nianbao/extract"
)

func TestNotes(t *testing.T) {
	special := sp(sprmCFSpec, 1)
	ref := func(before string, more ...chunk) para {
		return para{text: before, more: append([]chunk{{"\x02", special}}, more...)}
	}
	m := body(ref("甲", chunk{"12", nil}), ref("乙"), para{text: "丙", more: []chunk{{"\x02", cat(special, sp(sprmCFRMarkDel, 1))}}}, ref("丁"))
	note := func(text string) para { return para{text: "\x02", chars: special, more: []chunk{{" " + text, nil}}} }
	m.parts[partFootnotes] = []para{note("脚一"), note("脚二"), note("已删"), p("")}
	m.parts[partEndnotes] = []para{note("尾一"), p("")}
	refs := m.places(charNoteRef)
	body := refs[:4]
	frd := make([]byte, 2)
	m.with(fcFootnoteRef, plcOf([]int{body[0], body[1], body[2], 99}, frd, frd, frd)).with(fcFootnoteText, plcOf(m.ends(partFootnotes)))
	m.with(fcEndnoteRef, plcOf([]int{body[3], 99}, frd)).with(fcEndnoteText, plcOf(m.ends(partEndnotes)))
	e := m.expect(t, "p: 甲12", "p footnote: 脚一", "p: 乙", "p footnote: 脚二", "p: 丙", "p: 丁", "p footnote: 尾一")
	if got := *e.Document.Blocks[3].Part; got != "WordDocument/footnote1#p0" {
		t.Error(got)
	}
	// Notes that claim each other's text are read as far as there is text.
	ends := m.ends(partFootnotes)
	all := ends[len(ends)-1]
	m.with(fcFootnoteText, plcOf([]int{0, all, 0, all, 0})).expect(t, "p: 甲12", "p footnote: 脚一", "p footnote: 脚二", "p footnote: 已删", "p: 乙", "p: 丙", "p: 丁", "p footnote: 尾一")
	m.with(fcFootnoteRef, plcOf([]int{body[1], body[0], body[2], 99}, frd, frd, frd))
	if e := m.expect(t, "p: 甲12", "p: 乙", "p: 丙", "p: 丁", "p footnote: 尾一"); codes(e) != "notes_damaged tracked_changes" {
		t.Error(codes(e))
	}
}

// Tracked changes are accepted, rejected or both read.
func TestChanges(t *testing.T) {
	added, gone := sp(sprmCFRMark, 1), sp(sprmCFRMarkDel, 1)
	m := body(para{text: "共", more: []chunk{{"3", gone}, {"5", added}, {"", nil}, {"又", cat(added, gone)}, {"件\x05", nil}}, markChars: added}, p("续"))
	m.parts[partComments] = []para{{text: "\x05", chars: sp(sprmCFSpec, 1), more: []chunk{{"请核对", nil}}}, p("")}
	m.with(fcCommentRef, plcOf([]int{m.places(0x05)[0], 99}, make([]byte, 30))).with(fcCommentText, plcOf(m.ends(partComments)))
	for changes, want := range map[extract.Changes]string{
		"":                    "p: 共5件\np: 续\n",
		extract.AcceptChanges: "p: 共5件\np: 续\n",
		extract.RejectChanges: "p: 共3件续\n",
		extract.AllChanges:    "p: 共[-3-]{+5+}[-又-]件\np comment: 请核对\np: 续\n",
	} {
		file := m.file()
		e, err := ReadWith(bytes.NewReader(file), int64(len(file)), extract.Options{Limits: extract.DefaultLimits(), Changes: changes})
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(e); got != want || !strings.HasPrefix(codes(e), "tracked_changes tracked_changes") {
			t.Errorf("%s: %s%s", changes, got, codes(e))
		}
	}
}

const charNoteRef = 0x02

func TestMargins(t *testing.T) {
	m := body(p("正文"))
	stories := [][]para{
		{p("分隔")}, nil, nil, nil, nil, nil, // separators
		{p("偶眉")}, {p("奇眉"), p("第二行")}, {p("偶脚")}, {p("- \x13PAGE\x141\x15 -")}, {p("首眉")}, nil,
		nil, {p("二节眉")}, nil, nil, nil, nil,
	}
	places := []int{0}
	for _, s := range stories {
		if s != nil {
			s = append(s, p("")) // the mark at the end of each
		}
		m.parts[partHeaders] = append(m.parts[partHeaders], s...)
		ends := m.ends(partHeaders)
		places = append(places, ends[len(ends)-1])
	}
	m.with(fcHeaders, plcOf(append(places, places[len(places)-1]+1)))
	// Those of even pages and title pages are not printed unless asked for.
	e := m.expect(t, "p: 正文", "p header: 奇眉", "p header: 第二行", "p header: 二节眉", "p footer: - 1 -")
	if codes(e) != "margin_unprinted" {
		t.Error(codes(e))
	}
	m.sepx = sp(sprmSFTitlePage, 1)
	sed := func(at int) []byte { return cat(le16(0), le32(at), make([]byte, 6)) }
	m.with(fcDocProps, []byte{1}).with(fcSections, plcOf([]int{0, 2, 3}, sed(-1), sed(sepxAt))) // the second has that of the first
	e = m.expect(t, "p: 正文", "p header: 偶眉", "p header: 奇眉", "p header: 第二行", "p header: 首眉", "p header: 二节眉", "p footer: 偶脚", "p footer: - 1 -")
	if codes(e) != "" {
		t.Error(codes(e))
	}
}

// record makes a record of a drawing.
func rec(instance, kind int, parts ...[]byte) []byte {
	b := cat(parts...)
	return cat(le16(instance<<4|0xf), le16(kind), le32(len(b)), b)
}

// shapeRec is a shape with options: pairs of property and value, and complex
// ones as text.
func shapeRec(id int, texts map[int]string, numbers ...int) []byte {
	var fixed, data []byte
	n := 0
	for i := 0; i+1 < len(numbers); i += 2 {
		fixed = append(fixed, cat(le16(numbers[i]), le32(numbers[i+1]))...)
		n++
	}
	for _, prop := range []int{0x0c0, 0x381} {
		if text, ok := texts[prop]; ok {
			b := append(utf16le(text), 0, 0)
			fixed = append(fixed, cat(le16(prop|1<<15), le32(len(b)))...)
			data = append(data, b...)
			n++
		}
	}
	return rec(0, recShape, rec(1, recFSP, le32(id), le32(0)), rec(n, recOptions, fixed, data))
}

func TestShapes(t *testing.T) {
	special := sp(sprmCFSpec, 1)
	m := body(
		para{text: "\x08", chars: special, more: []chunk{{"正文", nil}, {"\x08", special}}},
		para{text: "\x08", chars: special}, p("完"))
	m.parts[partTextboxes] = []para{p("题"), p("组内"), p("无锚"), p("")}
	box := func(shape int) []byte { return cat(make([]byte, 14), le32(shape), le32(0)) }
	ends := m.ends(partTextboxes)
	m.with(fcTextboxes, plcOf(ends, box(11), box(21), box(77), append(append(make([]byte, 8), 1, 0), make([]byte, 12)...)))
	spa := func(id int) []byte {
		return cat(le32(id), le32(0), le32(0), le32(2000), le32(1000), make([]byte, 6))
	}
	at := m.places(charShape)
	m.with(fcShapes, plcOf(append(at, 99), spa(11), spa(20), spa(30)))
	group := rec(0, recGroup, shapeRec(20, nil), shapeRec(21, nil), shapeRec(22, map[int]string{0x381: "组图"}, 0x104, 1))
	m.with(fcDrawings, cat(rec(0, recDggContainer), []byte{0},
		rec(0, recDgContainer, rec(0, recGroup, shapeRec(1, nil), shapeRec(11, nil), group, shapeRec(30, map[int]string{0x381: "公章", 0x0c0: "艺术字"}, 0x104, 2)))))
	e := m.expect(t, "p textbox: 题", "p: 正文", "image: 组图", "p textbox: 组内", "image: 公章", "p textbox: 艺术字", "p: 完", "p textbox: 无锚")
	b := e.Document.Blocks
	if b[2].Width != 0 || b[4].Width != 100 || b[4].Height != 50 {
		t.Errorf("extents: %g, %g × %g", b[2].Width, b[4].Width, b[4].Height)
	}
}

func TestPictures(t *testing.T) {
	picf := func(extra []byte) []byte {
		b := make([]byte, 68)
		copy(b[4:], le16(68))
		copy(b[6:], le16(0x64))
		copy(b[28:], cat(le16(2000), le16(1000), le16(500), le16(1000)))
		return cat(b, extra)
	}
	picture := func(at int) []byte { return cat(sp(sprmCFSpec, 1), sp(sprmCPicLocation, le32(at)...)) }
	m := body(
		para{text: "甲", more: []chunk{{"\x01", picture(0)}}},
		para{text: "\x13 SHAPE \x14", more: []chunk{{"\x01", picture(0)}, {"\x15", nil}}},
		para{text: "\x01", chars: cat(picture(0), sp(sprmCFVanish, 1))},
		para{text: "\x01", chars: picture(1 << 20)},
		para{text: "\x01"},
	)
	m.data = picf(shapeRec(5, map[int]string{0x381: "图一"}))
	art := len(m.data)
	m.data = append(m.data, picf(shapeRec(6, map[int]string{0x0c0: "某某局文件"}))...)
	m.parts[partMain] = append(m.parts[partMain], para{text: "\x01", chars: picture(art)})
	e := m.expect(t, "p: 甲", "image: 图一", "p textbox: 某某局文件")
	if b := e.Document.Blocks[1]; b.Width != 50 || b.Height != 50 || b.Type != extract.Image || codes(e) != "picture_damaged" {
		t.Errorf("%+v %s", b, codes(e))
	}
}
