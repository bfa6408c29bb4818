package docx

import (
	"strings"
	"unicode"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
	"nianbao/extract/symbolfont"
)

// Word 2003's XML ("WordML", a w:wordDocument) came before WordprocessingML and
// has most of its names and meanings; offices know it as what systems fill in as
// templates and call .doc. What differs is here: all stands in one part, notes,
// headers and footers in their places, tracked changes and comments as
// annotations, and Word wrote the number as printed beside each list paragraph;
// other programs leave that out.

// word2003Part names the one part there is.
const word2003Part = "document.xml"

// readWord2003 reads styles and body; it has the form of readParts.
func (d *reading) readWord2003(part string, _ []relationship) ([]flow.Item, error) {
	x, err := d.pkg.open(part)
	if err != nil {
		return nil, err
	}
	to := &flow.Sink{}
	if x.nextChild() {
		x.preserve = string(x.attr(nsXML, "space")) == "preserve"
		for x.nextChild() {
			switch {
			case x.ns == nsW && x.local == "lists":
				d.numbers.readAll(x)
			case x.ns == nsW && x.local == "styles":
				d.styles.readAll(x)
			case x.ns == nsW && x.local == "body":
				d.newStory(x, part).container(to)
			default:
				x.skip()
			}
		}
	}
	d.xmlLosses(x)
	if e := x.finish(); e != nil {
		return nil, e
	}
	return append(to.Items, d.marginItems...), nil
}

// foreign reads an element that is not WordprocessingML: groups of Word 2003's
// XML (wx:sect, wx:sub-section, wx:pBdrGroup) and annotations are passed through,
// all others left out. content reads what is in it.
func (s *story) foreign(content func()) {
	switch s.x.ns {
	case nsWX:
		content()
	case nsAML:
		s.annotation(content)
	default:
		s.x.skip()
	}
}

// annotation reads aml:annotation.
func (s *story) annotation(content func()) {
	kind := string(s.x.attr(nsW, "type"))
	switch kind {
	case "Word.Insertion", "Word.Deletion":
		s.count(kind == "Word.Insertion")
		if !s.reads(kind == "Word.Insertion") {
			s.x.skip()
			return
		}
	case "Word.Comment":
		s.comments.add(string(s.x.attr(nsAML, "id")))
		s.x.skip()
		return
	case "Word.Formatting": // the former properties
		s.x.skip()
		return
	}
	for s.x.nextChild() { // aml:content
		content()
	}
}

// annotated notes a tracked change of a paragraph mark.
func (p *runProps) annotated(x *xmlReader) {
	switch string(x.attr(nsW, "type")) {
	case "Word.Insertion":
		p.added = true
	case "Word.Deletion":
		p.gone = true
	}
}

// inlineNote reads a note that stands where its mark does.
func (s *story) inlineNote(p *paragraph) {
	note := &flow.Sink{Role: extract.RoleFootnote}
	fields, contents := s.fields, s.contents
	s.contents = 0
	s.container(note)
	s.fields, s.contents = fields, contents
	p.follow(flow.InRole(note.Items, note.Role)...)
}

// inlineMargin reads a header or footer that stands in its section's properties.
func (s *story) inlineMargin() {
	to := &flow.Sink{Role: extract.RoleHeader}
	if s.x.local == "ftr" {
		to.Role = extract.RoleFooter
	}
	s.container(to)
	for i := range to.Items {
		to.Items[i].Block.Role = to.Role
	}
	s.marginItems = append(s.marginItems, to.Items...)
}

// readHint reads wx:t and wx:font of w:listPr: the number as printed.
func (p *paraProps) readHint(x *xmlReader) {
	switch x.local {
	case "t":
		p.hint = string(x.attr(nsWX, "val"))
	case "font":
		if f := symbolfont.Of(x.attr(nsWX, "val")); f > symbolfont.None {
			p.hint = symbolfont.Text(p.hint, f)
		}
	}
}

// hintedLabel gives a paragraph the number that stands beside it, or else the one
// that its list counts.
func (s *story) hintedLabel(p *paragraph, hint string) {
	lb, ok := s.numbers.next(p.props)
	switch {
	case strings.TrimSpace(hint) != "":
		counted := strings.ContainsFunc(hint, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
		p.label, p.hasLabel = ordinal.Label{Text: hint, Suffix: "tab", Bullet: !counted}, true
		if lb.Suffix != "" {
			p.label.Suffix = lb.Suffix
		}
	case ok:
		p.label, p.hasLabel = lb, true
	case p.props.numID > 0 && s.numbers.instances[p.props.numID] == nil:
		s.unknownNumbers++
	}
}
