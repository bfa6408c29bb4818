package doc

import (
	"slices"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// partTables are the structures that divide the parts of the text beside the
// body.
type partTables struct {
	notes         [3]noteTable
	headers       plc
	body, margins shapeTable
}

// readPartTables reads them ([MS-DOC] 2.8).
func (d *reading) readPartTables(table view) partTables {
	get := func(pair, size int) plc { return newPLC(d.fib.structure(table, pair), size) }
	const refLen, commentLen = 2, 30
	t := partTables{
		notes: [3]noteTable{
			{refs: get(fcFootnoteRef, refLen), texts: get(fcFootnoteText, 0), part: partFootnotes, name: "footnote", role: extract.RoleFootnote},
			{refs: get(fcEndnoteRef, refLen), texts: get(fcEndnoteText, 0), part: partEndnotes, name: "endnote", role: extract.RoleFootnote},
			{refs: get(fcCommentRef, commentLen), texts: get(fcCommentText, 0), part: partComments, name: "comment", role: extract.RoleComment},
		},
		headers: get(fcHeaders, 0),
		body:    shapeTable{anchors: get(fcShapes, spaLen)},
		margins: shapeTable{anchors: get(fcHeaderShapes, spaLen)},
	}
	for i := range t.notes {
		if n := &t.notes[i]; !n.refs.sorted() {
			n.refs = plc{}
			d.warn.Add("notes_damaged", "注释标记的位置表已损坏，脚注、尾注或批注未读取")
		}
	}
	for _, n := range d.fib.ccp[partMain+1:] {
		d.besides += n
	}
	t.margins.base, _ = d.fib.part(partHeaders)
	t.body.boxes = d.readBoxes(d.fib.structure(table, fcTextboxes), partTextboxes)
	t.margins.boxes = d.readBoxes(d.fib.structure(table, fcHeaderTextbox), partHeaderTextboxes)
	return t
}

// items reads the body, and then the headers and footers.
func (d *reading) items() []flow.Item {
	s := d.newStory(partName, "")
	s.shapes = d.parts.body
	_, end := d.fib.part(partMain)
	items := s.read(0, end)
	items = append(items, s.leftBoxes()...)
	return d.margins(items)
}

// leftBoxes reads text boxes of the body that no anchor was met for: better at
// the end than lost.
func (s *story) leftBoxes() []flow.Item {
	var left []box
	for _, boxes := range s.shapes.boxes {
		left = append(left, boxes...)
	}
	slices.SortFunc(left, func(a, b box) int { return a.index - b.index })
	var items []flow.Item
	for _, b := range left {
		items = append(items, s.textBox(b)...)
	}
	return items
}

// spend accounts for characters besides the body. No part of the text is read
// twice, whatever the tables say: one text for many notes would be a bomb.
func (d *reading) spend(n int) bool {
	if n > d.besides {
		d.warn.Add("text_overlap", "有脚注、页眉或文本框反复引用同一处文字，只读一次")
		return false
	}
	d.besides -= n
	return true
}

// noteTable is the footnotes, endnotes or comments: where their marks stand and
// where their texts ([MS-DOC] 2.8.17, 2.8.15, 2.8.7).
type noteTable struct {
	refs, texts plc
	part        int
	name        string
	role        extract.Role
}

// notes puts the notes whose marks stand in the body's paragraph behind it, in
// the order of the marks. Those whose mark is hidden or not read are left out.
func (s *story) notes(p *flow.Paragraph, base *charProps, last int) {
	if s.name != partName {
		return
	}
	type found struct {
		at, index int
		table     *noteTable
	}
	var here []found
	for k := range s.parts.notes {
		t := &s.parts.notes[k]
		for i, _ := t.refs.find(s.from); i < t.refs.n && t.refs.at(i) <= last; i++ {
			here = append(here, found{t.refs.at(i), i, t})
		}
	}
	slices.SortStableFunc(here, func(a, b found) int { return a.at - b.at })
	for _, f := range here {
		props := s.charAt(f.at, *base)
		switch {
		case props.hidden || !s.reads(&props):
		case f.table.role == extract.RoleComment && s.changes != extract.AllChanges:
			s.skippedComments++
		default:
			p.Follow(s.note(f.table, f.index)...)
		}
	}
}

// note reads the text of a note.
func (d *reading) note(t *noteTable, i int) []flow.Item {
	base, end := d.fib.part(t.part)
	from, to := base+t.texts.at(i), min(base+t.texts.at(i+1), end)
	if i >= t.texts.n || from < base || from >= to || !d.spend(to-from) {
		return nil
	}
	s := d.newStory(partName+"/"+t.name+itoa(i), t.role)
	items := flow.InRole(s.read(from, to), t.role)
	for k := range items {
		items[k].Aside = true
	}
	return items
}
