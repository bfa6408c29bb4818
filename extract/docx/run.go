package docx

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"nianbao/extract/symbolfont"
)

// inline reads paragraph content to the end of the element that holds it.
func (s *story) inline(p *paragraph) {
	for s.x.nextChild() {
		s.inlineElement(p)
	}
}

// inlineElement reads one child of a paragraph. Wrappers without a meaning of
// their own (hyperlink, smartTag, customXml, dir, bdo) are passed
// through.
func (s *story) inlineElement(p *paragraph) {
	if s.x.ns == nsM {
		s.math(p)
		return
	}
	if s.x.ns != nsW {
		s.foreign(func() { s.inline(p) })
		return
	}
	switch s.x.local {
	case "r":
		s.run(p)
	case "pPr":
		s.properties(p)
	case "fldSimple":
		s.simpleField(p)
	case "sdt":
		s.control(func() { s.inline(p) })
	case "ins", "del", "moveTo", "moveFrom":
		s.changedText(p)
	case "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "subDoc":
		s.x.skip()
	case "t", "delText", "tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict", "object", "fldChar", "instrText", "footnote", "endnote":
		s.runElement(p, p.base) // not allowed outside a run, but not to be lost
	default:
		s.inline(p)
	}
	p.contents = p.contents || s.contents > 0
}

// run reads w:r (ECMA-376 §17.3.2.25).
func (s *story) run(p *paragraph) {
	props := p.base
	for s.x.nextChild() {
		switch {
		case s.x.ns == nsW && s.x.local == "rPr":
			direct := s.runs.read(s.x, func() (runProps, bool) { return readRunProps(s.x), true })
			props = s.styles.effective(p.style, direct)
		case s.x.ns == nsM:
			s.math(p)
		case s.x.ns != nsW:
			s.foreign(func() { s.inline(p) })
		default:
			s.runElement(p, props)
		}
	}
}

func (s *story) runElement(p *paragraph, props runProps) {
	switch s.x.local {
	case "t", "delText": // the latter only where deletions are read
		s.text(p, props)
		return
	case "tab", "ptab":
		s.put(p, props, "\t")
	case "br", "cr":
		s.put(p, props, "\n")
	case "noBreakHyphen":
		s.put(p, props, "-")
	case "sym":
		s.symbol(p, props)
	case "fldChar":
		s.fieldChar(p, props)
		return
	case "instrText", "delInstrText":
		s.instruction()
		return
	case "ruby":
		s.ruby(p)
		return
	case "footnote", "endnote":
		s.inlineNote(p)
		return
	case "drawing", "pict", "object":
		if props.hidden != on && s.visible() {
			s.graphic(p)
			return
		}
	case "footnoteReference":
		s.noteMark(p, "footnote", &s.footnotes)
	case "endnoteReference":
		s.noteMark(p, "endnote", &s.endnotes)
	case "commentReference":
		s.noteMark(p, "comment", &s.comments)
	}
	s.x.skip()
}

// noteMark takes the mark of a note or comment. The mark itself is not text: behind
// a figure it would read as a digit. What it stands for follows the paragraph.
func (s *story) noteMark(p *paragraph, element string, ids *idSet) {
	if id := string(s.x.attr(nsW, "id")); ids.add(id) {
		p.follow(s.embedded(embedNote, id, &element))
	}
}

// put writes text where it is visible.
func (s *story) put(p *paragraph, props runProps, text string) {
	if s.visible() && props.hidden != on {
		p.write([]byte(text), props)
	}
}

// text reads w:t. White space at its ends counts only where xml:space says so.
func (s *story) text(p *paragraph, props runProps) {
	preserve := s.x.preserve || string(s.x.attr(nsXML, "space")) == "preserve"
	hidden, shown := props.hidden == on, s.visible()
	counted := false
	first, start := true, len(p.text)
	for {
		k := s.x.next()
		if k == kindEnd {
			break
		}
		if k == kindStart {
			s.x.skip()
			continue
		}
		t := s.x.text
		if !shown {
			continue
		}
		if hidden {
			if !counted && len(bytes.TrimSpace(t)) > 0 {
				counted = true
				s.hidden++
			}
			continue
		}
		if first && !preserve {
			t = bytes.TrimLeft(t, " \t\n")
		}
		first = first && len(t) == 0
		p.write(s.readable(t, props.font), props)
	}
	if !preserve && len(p.text) > start {
		p.text = append(p.text[:start], bytes.TrimRight(p.text[start:], " \t\n")...)
	}
}

// readable converts line ends, which print as spaces, and symbol fonts.
func (s *story) readable(t []byte, font symbolfont.Font) []byte {
	if i := bytes.IndexByte(t, '\n'); i >= 0 {
		t = bytes.ReplaceAll(t, []byte("\n"), []byte(" "))
	}
	if font > symbolfont.None {
		t = []byte(symbolfont.Text(string(t), font))
	}
	if n := privateCharacters(t); n > 0 {
		s.private += n
	}
	return t
}

// privateCharacters counts characters of the private use area (U+E000 to U+F8FF):
// what they look like only a font knows that may not be there.
func privateCharacters(t []byte) int {
	n := 0
	for i, c := range t {
		// In UTF-8 they begin with EE, or with EF and up to A3.
		if c == 0xEE || c == 0xEF && i+1 < len(t) && t[i+1] <= 0xA3 {
			n++
		}
	}
	return n
}

// symbol reads w:sym (ECMA-376 §17.3.3.30).
func (s *story) symbol(p *paragraph, props runProps) {
	code, err := strconv.ParseUint(string(s.x.attr(nsW, "char")), 16, 32)
	if err != nil || code > utf8.MaxRune {
		code = utf8.RuneError
	}
	ch, ok := symbolfont.Rune(rune(code), symbolfont.Of(s.x.attr(nsW, "font")))
	if !ok && s.visible() && props.hidden != on {
		s.unknownSymbols++
		ch = utf8.RuneError
	}
	s.put(p, props, string(ch))
}

// ruby reads the base text and leaves the reading above it out.
func (s *story) ruby(p *paragraph) {
	for s.x.nextChild() {
		if s.x.ns == nsW && s.x.local == "rubyBase" {
			s.inline(p)
		} else {
			s.x.skip()
		}
	}
}
