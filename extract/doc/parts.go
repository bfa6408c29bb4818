package doc

import (
	"slices"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// partTables are the structures that divide the parts of the text beside the
// body.
type partTables struct {
	footnoteRefs, footnotes plc
	endnoteRefs, endnotes   plc
	headers                 plc
	body, margins           shapeTable
}

// readPartTables reads them ([MS-DOC] 2.8).
func (d *reading) readPartTables(table view) partTables {
	get := func(pair, size int) plc { return newPLC(d.fib.structure(table, pair), size) }
	const refLen = 2
	t := partTables{
		footnoteRefs: get(fcFootnoteRef, refLen), footnotes: get(fcFootnoteText, 0),
		endnoteRefs: get(fcEndnoteRef, refLen), endnotes: get(fcEndnoteText, 0),
		headers: get(fcHeaders, 0),
		body:    shapeTable{anchors: get(fcShapes, spaLen)},
		margins: shapeTable{anchors: get(fcHeaderShapes, spaLen)},
	}
	t.margins.base, _ = d.fib.part(partHeaders)
	t.body.boxes = d.readBoxes(d.fib.structure(table, fcTextboxes), partTextboxes)
	t.margins.boxes = d.readBoxes(d.fib.structure(table, fcHeaderTextbox), partHeaderTextboxes)
	return t
}

// items reads the body, the notes and the headers and footers, in this order.
func (d *reading) items() []flow.Item {
	s := d.newStory(partName, "")
	s.shapes = d.parts.body
	_, end := d.fib.part(partMain)
	items := s.read(0, end)
	items = append(items, s.leftBoxes()...)
	items = d.notes(items, partFootnotes, "footnote", &d.parts.footnoteRefs, &d.parts.footnotes)
	items = d.notes(items, partEndnotes, "endnote", &d.parts.endnoteRefs, &d.parts.endnotes)
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

// notes reads foot- or endnotes in the order of their references; those whose
// reference is deleted are left out.
func (d *reading) notes(items []flow.Item, part int, name string, refs, texts *plc) []flow.Item {
	base, end := d.fib.part(part)
	for i := range min(refs.n, texts.n) {
		from, to := base+texts.at(i), min(base+texts.at(i+1), end)
		if from < base || from >= to || d.charAt(refs.at(i), newCharProps()).deleted {
			continue
		}
		s := d.newStory(partName+"/"+name+itoa(i), extract.RoleFootnote)
		items = append(items, flow.InRole(s.read(from, to), extract.RoleFootnote)...)
	}
	return items
}

// margins reads the headers of all sections and then the footers. Of a section's
// six stories — header and footer of even, odd and first pages — those are empty
// that go on from the section before ([MS-DOC] 2.8.18).
func (d *reading) margins(items []flow.Item) []flow.Item {
	const separators, perSection = 6, 6
	base, end := d.fib.part(partHeaders)
	t := &d.parts.headers
	for _, m := range []struct {
		role extract.Role
		kind [3]int
	}{{extract.RoleHeader, [3]int{0, 1, 4}}, {extract.RoleFooter, [3]int{2, 3, 5}}} {
		for section := separators; section < t.n; section += perSection {
			for _, kind := range m.kind {
				i := section + kind
				if i >= t.n {
					continue
				}
				from, to := base+t.at(i), min(base+t.at(i+1), end)
				if from < base || to-from < 2 { // nothing but the mark at the end
					continue
				}
				s := d.newStory(partName+"/header"+itoa(i-separators), m.role)
				s.shapes = d.parts.margins
				part := s.read(from, to)
				for k := range part { // text boxes and pictures stand there too
					part[k].Block.Role = m.role
				}
				items = append(items, part...)
			}
		}
	}
	return items
}
