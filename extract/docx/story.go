package docx

import (
	"strconv"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// reading is the state shared by all parts of one document.
type reading struct {
	pkg     *container
	styles  *styleSheet
	numbers *numbering
	lim     extract.Limits
	warn    *flow.Losses
	changes extract.Changes
	// within is put before the names of parts: the part that holds the package,
	// with "!"; nested counts how many such packages there are around.
	within string
	nested int
	// related are the relationships of parts by id; noted the notes and comments
	// by the name of their element and id.
	related map[string]map[string]relationship
	noted   map[string]map[string][]flow.Item

	// hidden counts pieces of hidden text left out; unknownSymbols characters
	// of symbol fonts.
	hidden, unknownSymbols int
	// private counts characters of the private use area.
	private int
	// insertions and deletions count tracked changes, unknownNumbers numbered
	// paragraphs of Word 2003's XML without a number.
	insertions, deletions, unknownNumbers int
	// marginItems are headers and footers that stand within the body.
	marginItems []flow.Item

	// What properties say, by their text.
	runs       repeats[runProps]
	paragraphs repeats[laidProps]
	cells      repeats[flow.Cell]

	// notes, comments and sections gather what the body refers to.
	footnotes, endnotes, comments idSet
	headers, footers              margin
	// evenPages is set where even pages have headers and footers of their own.
	evenPages bool
}

// idSet keeps ids in the order of their first mention.
type idSet struct {
	order []string
	known map[string]bool
}

// add takes an id in; false for one that is known, or none.
func (s *idSet) add(id string) bool {
	if id == "" || s.known[id] {
		return false
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	s.known[id] = true
	s.order = append(s.order, id)
	return true
}

// story reads the block content of one part (ECMA-376 §17.2, §17.4).
type story struct {
	*reading
	x    *xmlReader
	part string
	// fields are the complex fields open at this point.
	fields []field
	// contents counts the enclosing tables of contents.
	contents int
	// carry is a paragraph whose mark is a tracked deletion: its text goes on
	// in the next paragraph.
	carry *paragraph
	// unstyled is a paragraph without properties of its own, made once;
	// spare are finished ones.
	unstyled *paragraph
	spare    []*paragraph
	// rowCells are the cells of the rows being read, the innermost last.
	rowCells []flow.Cell
}

func (d *reading) newStory(x *xmlReader, part string) *story {
	x.former = d.changes == extract.RejectChanges
	return &story{reading: d, x: x, part: part}
}

// position names the n-th element of a kind in the part.
func (s *story) position(kind string, n int) *string {
	p := s.within + s.part + "#" + kind + strconv.Itoa(n)
	return &p
}

// blocks reads block content to the end of the element that holds it.
func (s *story) blocks(to *flow.Sink) {
	for s.x.nextChild() {
		s.block(to)
	}
}

// container reads the content of a story or cell: deleted paragraph marks at
// its end have nothing to go on in.
func (s *story) container(to *flow.Sink) {
	outer, fields := s.carry, s.fields
	s.carry, s.fields = nil, nil
	s.blocks(to)
	s.flush(to)
	for _, f := range s.fields {
		if f.contents {
			s.contents--
		}
	}
	s.carry, s.fields = outer, fields
}

func (s *story) flush(to *flow.Sink) {
	if p := s.carry; p != nil {
		s.carry = nil
		s.finish(p, to)
	}
}

// block reads one child of a block container. Wrappers without a meaning of
// their own (customXml, smartTag, sdtContent) are passed through.
func (s *story) block(to *flow.Sink) {
	if s.x.ns == nsM {
		s.looseInline(to)
		return
	}
	if s.x.ns != nsW {
		s.foreign(func() { s.blocks(to) })
		return
	}
	switch s.x.local {
	case "p":
		s.paragraph(to)
	case "tbl":
		s.flush(to)
		s.table(to)
	case "sdt":
		s.control(func() { s.blocks(to) })
	case "sectPr":
		s.section()
	case "tcPr":
		if to.Cell != nil {
			s.cellProperties(to.Cell)
		} else {
			s.x.skip()
		}
	case "altChunk":
		s.flush(to)
		to.Put(s.embedded(embedChunk, string(s.x.attr(nsR, "id")), nil))
		s.x.skip()
	case "subDoc":
		s.warn.Add("part_skipped", "文档中引用了另一份文件（subDoc），其内容未读取")
		s.x.skip()
	case "ins", "del", "moveTo", "moveFrom":
		s.change(func() { s.blocks(to) })
	case "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr":
		s.x.skip()
	case "r", "hyperlink", "fldSimple":
		s.looseInline(to)
	default:
		s.blocks(to)
	}
}

// looseInline reads inline content that stands without a paragraph, which no
// program writes but many read.
func (s *story) looseInline(to *flow.Sink) {
	p := s.newParagraph(max(s.x.paragraphs-1, 0))
	s.inlineElement(p)
	s.finish(p, to)
}

// control reads a content control; content reads what is in it.
func (s *story) control(content func()) {
	contents := false
	for s.x.nextChild() {
		switch {
		case s.x.ns == nsW && s.x.local == "sdtPr":
			contents = s.isContentsControl()
		case s.x.ns == nsW && s.x.local == "sdtContent":
			if contents {
				s.contents++
			}
			content()
			if contents {
				s.contents--
			}
		default:
			s.x.skip()
		}
	}
}

// isContentsControl reads w:sdtPr and tells the gallery of tables of contents.
func (s *story) isContentsControl() bool {
	found := false
	for s.x.nextChild() {
		if s.x.ns == nsW && s.x.local == "docPartObj" {
			for s.x.nextChild() {
				if s.x.local == "docPartGallery" {
					found = found || strings.EqualFold(string(s.x.attr(nsW, "val")), "Table of Contents")
				}
				s.x.skip()
			}
			continue
		}
		s.x.skip()
	}
	return found
}
