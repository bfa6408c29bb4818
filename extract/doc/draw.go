package doc

import (
	"math"
	"strings"
	"unicode/utf16"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// drawn is what a drawing says of one shape ([MS-ODRAW] 2.2.14).
type drawn struct {
	id, top int // top is the outermost group the shape is in, or itself
	grouped bool
	picture bool
	alt     string
	art     string // the text of word art
}

// drawings are the shapes of a document in their order.
type drawings struct {
	shapes []drawn
	byTop  map[int][]int // indices of shapes
}

// Types of records ([MS-ODRAW] 2.2).
const (
	recDggContainer  = 0xf000
	recDgContainer   = 0xf002
	recGroup         = 0xf003
	recShape         = 0xf004
	recFSP           = 0xf00a
	recOptions       = 0xf00b
	recOptionsSecond = 0xf121
	recOptionsThird  = 0xf122
	recHeaderLen     = 8
	maxRecordDepth   = 32
)

// record takes the first record of v apart; rest is what follows it.
func record(v view) (kind, instance int, body, rest view, ok bool) {
	if len(v) < recHeaderLen {
		return 0, 0, nil, nil, false
	}
	n := v.u32(4)
	body = v.sub(recHeaderLen, n)
	return v.u16(2), v.u16(0) >> 4, body, v.from(recHeaderLen + len(body)), true
}

// read reads the drawings of the document ([MS-DOC] 2.9.172).
func (g *drawings) read(v view) {
	g.byTop = map[int][]int{}
	kind, _, _, rest, ok := record(v)
	if !ok || kind != recDggContainer {
		return
	}
	for len(rest) > 1 {
		rest = rest.from(1) // of the body or of headers
		kind, _, body, next, ok := record(rest)
		if !ok {
			break
		}
		if kind == recDgContainer {
			g.container(body, 0, 0)
		}
		rest = next
	}
	for i := range g.shapes {
		top := g.shapes[i].top
		g.byTop[top] = append(g.byTop[top], i)
	}
}

// container reads shapes and groups. The first shape of a group is the group
// itself; the outermost group is the drawing.
func (g *drawings) container(v view, top, depth int) {
	if depth > maxRecordDepth {
		return
	}
	first := true
	for {
		kind, _, body, rest, ok := record(v)
		if !ok {
			return
		}
		switch kind {
		case recGroup:
			g.container(body, top, depth+1)
		case recShape:
			sh := readShape(body)
			if first && depth > 1 && top == 0 {
				top = sh.id
			}
			sh.top, sh.grouped = top, top != 0
			if top == 0 {
				sh.top = sh.id
			}
			g.shapes = append(g.shapes, sh)
			first = false
		}
		v = rest
	}
}

// readShape reads one shape container.
func readShape(v view) drawn {
	var sh drawn
	for {
		kind, instance, body, rest, ok := record(v)
		if !ok {
			return sh
		}
		switch kind {
		case recFSP:
			sh.id = body.u32(0)
		case recOptions, recOptionsSecond, recOptionsThird:
			sh.options(body, instance)
		}
		v = rest
	}
}

// options reads the properties of a shape ([MS-ODRAW] 2.2.9): fixed entries, and
// behind them the data of the complex ones in the same order.
func (sh *drawn) options(v view, count int) {
	const entryLen, complexFlag = 6, 1 << 15
	const propPicture, propDescription, propArt = 0x104, 0x381, 0x0c0
	data := v.from(entryLen * count)
	for i := range count {
		id, value := v.u16(entryLen*i), v.u32(entryLen*i+2)
		var own view
		if id&complexFlag != 0 {
			own = data.sub(0, value)
			data = data.from(len(own))
		}
		switch id & 0x3fff {
		case propPicture:
			sh.picture = sh.picture || value != 0
		case propDescription:
			sh.alt = wideString(own)
		case propArt:
			sh.art = wideString(own)
		}
	}
}

// wideString is text in UTF-16 up to its closing zero.
func wideString(v view) string {
	text, _, _ := strings.Cut(string(utf16.Decode(v.units())), "\x00")
	return strings.TrimSpace(text)
}

// shapeTable is where the shapes of a part of the text are anchored and where the
// texts of their boxes stand.
type shapeTable struct {
	anchors plc // [MS-DOC] 2.8.37
	base    int // the first character of the part
	boxes   map[int][]box
}

// box is the text of one text box.
type box struct{ index, from, to int }

const (
	spaLen    = 26
	ftxbxsLen = 22
)

// readBoxes lists text boxes by the outermost shape they belong to ([MS-DOC]
// 2.8.32).
func (d *reading) readBoxes(v view, part int) map[int][]box {
	out := map[int][]box{}
	top := map[int]int{}
	for i := range d.drawings.shapes {
		top[d.drawings.shapes[i].id] = d.drawings.shapes[i].top
	}
	base, end := d.fib.part(part)
	table := newPLC(v, ftxbxsLen)
	for i := range table.n {
		data := table.data(i)
		if data.u16(8) != 0 { // free for another box
			continue
		}
		id := data.u32(14)
		if t, ok := top[id]; ok {
			id = t
		}
		b := box{index: i, from: base + table.at(i), to: min(base+table.at(i+1), end)}
		if b.from < b.to && b.from >= base {
			out[id] = append(out[id], b)
		}
	}
	return out
}

// shape puts what is anchored at a character into the paragraph: the texts of
// boxes, word art and pictures.
func (s *story) shape(p *flow.Paragraph, cp int) {
	t := &s.shapes
	i, ok := t.anchors.find(cp - t.base)
	if !ok {
		return
	}
	spa := t.anchors.data(i)
	id := spa.u32(0)
	var items []flow.Item
	for _, k := range s.drawings.byTop[id] {
		sh := &s.drawings.shapes[k]
		if sh.picture {
			b := extract.Block{Type: extract.Image, Text: sh.alt, Part: p.Part, Role: s.imageRole()}
			if !sh.grouped {
				b.Width, b.Height = twipsToPoints(spa.i32(12)-spa.i32(4)), twipsToPoints(spa.i32(16)-spa.i32(8))
			}
			items = append(items, flow.Item{Block: b})
		}
		if sh.art != "" {
			items = append(items, flow.Item{Block: artBlock(sh.art, p)})
		}
	}
	for _, b := range t.boxes[id] {
		items = append(items, s.textBox(b)...)
	}
	delete(t.boxes, id)
	p.Anchor(items...)
}

// artBlock is the text of word art.
func artBlock(text string, p *flow.Paragraph) extract.Block {
	return extract.Block{Type: extract.Paragraph, Role: extract.RoleTextbox, Text: text, Part: p.Part}
}

// imageRole is the role of a picture: that of the story, none in the body.
func (s *story) imageRole() extract.Role { return s.out.Role }

// textBox reads the text of a box as blocks of its own.
func (s *story) textBox(b box) []flow.Item {
	if !s.spend(b.to - b.from) {
		return nil
	}
	in := s.newStory(s.name+"/textbox"+itoa(b.index), extract.RoleTextbox)
	return flow.InRole(in.read(b.from, b.to), extract.RoleTextbox)
}

// find is the index of a place or of the first behind it.
func (p plc) find(place int) (at int, exact bool) {
	low, high := 0, p.n
	for low < high {
		mid := (low + high) / 2
		if p.at(mid) < place {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, low < p.n && p.at(low) == place
}

// twipsToPoints is a length in points; 0 for impossible ones.
func twipsToPoints(n int) float64 {
	const perPoint, most = 20, 1 << 20
	if n <= 0 || n > most {
		return 0
	}
	return math.Round(float64(n)/perPoint*100) / 100
}
