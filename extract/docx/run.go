package docx

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"nianbao/extract/flow"
	"nianbao/extract/symbolfont"
)

// inline reads paragraph content to the end of the element that holds it.
func (s *story) inline(p *paragraph) {
	for s.x.nextChild() {
		s.inlineElement(p)
	}
}

// inlineElement reads one child of a paragraph. Wrappers without a meaning of
// their own (ins, moveTo, hyperlink, smartTag, customXml, dir, bdo) are passed
// through.
func (s *story) inlineElement(p *paragraph) {
	if s.x.ns == nsM {
		s.math(p)
		return
	}
	if s.x.ns != nsW {
		s.x.skip()
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
	case "del", "moveFrom", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "subDoc":
		s.x.skip()
	case "t", "tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict", "object", "fldChar", "instrText":
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
			props = s.styles.effective(p.style, readRunProps(s.x))
		case s.x.ns == nsM:
			s.math(p)
		case s.x.ns != nsW:
			s.x.skip()
		default:
			s.runElement(p, props)
		}
	}
}

func (s *story) runElement(p *paragraph, props runProps) {
	switch s.x.local {
	case "t":
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
	case "instrText":
		s.instruction()
		return
	case "ruby":
		s.ruby(p)
		return
	case "drawing", "pict", "object":
		if props.hidden != on && s.visible() {
			s.graphic(p)
			return
		}
	case "footnoteReference":
		s.footnotes.add(string(s.x.attr(nsW, "id")))
	case "endnoteReference":
		s.endnotes.add(string(s.x.attr(nsW, "id")))
	}
	s.x.skip()
}

// put writes text where it is visible.
func (s *story) put(p *paragraph, props runProps, text string) {
	if s.visible() && props.hidden != on {
		p.write([]byte(text), props)
	}
}

// text reads w:t. White space at its ends counts only where xml:space says so.
func (s *story) text(p *paragraph, props runProps) {
	preserve := string(s.x.attr(nsXML, "space")) == "preserve"
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
		return []byte(symbolfont.Text(string(t), font))
	}
	return t
}

// symbol reads w:sym (ECMA-376 §17.3.3.30).
func (s *story) symbol(p *paragraph, props runProps) {
	code, err := strconv.ParseUint(string(s.x.attr(nsW, "char")), 16, 32)
	if err != nil || code > utf8.MaxRune {
		code = utf8.RuneError
	}
	ch, ok := symbolfont.Rune(rune(code), symbolfont.Of(string(s.x.attr(nsW, "font"))))
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

// field is an open complex field (ECMA-376 §17.16.18).
type field struct {
	code   []byte
	result bool // behind the separator
	// contents is set when the result is a table of contents.
	contents bool
	// value is the result of a form field that has no text of its own.
	value string
	// separated is set when there was a result part.
	separated bool
}

// fieldCodeLimit bounds the instruction text kept of one field.
const fieldCodeLimit = 4096

// visible is false within the instructions of a field.
func (s *story) visible() bool {
	return len(s.fields) == 0 || s.fields[len(s.fields)-1].result
}

// instruction reads w:instrText.
func (s *story) instruction() {
	for {
		switch s.x.next() {
		case kindEnd:
			return
		case kindStart:
			s.x.skip()
		case kindText:
			if n := len(s.fields); n > 0 && !s.fields[n-1].result && len(s.fields[n-1].code) < fieldCodeLimit {
				s.fields[n-1].code = append(s.fields[n-1].code, s.x.text...)
			}
		}
	}
}

// fieldChar reads w:fldChar.
func (s *story) fieldChar(p *paragraph, props runProps) {
	kind := string(s.x.attr(nsW, "fldCharType"))
	n := len(s.fields)
	switch {
	case kind == "begin" && n < s.lim.Depth:
		// A field in the instructions of another one shows nothing.
		s.fields = append(s.fields, field{value: s.formValue()})
		return
	case kind == "separate" && n > 0:
		f := &s.fields[n-1]
		f.separated = true
		f.result = n == 1 || s.fields[n-2].result
		if flow.IsContents(string(f.code)) && !f.contents {
			f.contents = true
			s.contents++
			p.contents = true
		}
	case kind == "end" && n > 0:
		s.endField(p, props)
	}
	s.x.skip()
}

// endField closes the innermost field. Fields without a result part print what
// their instructions say, where that is known.
func (s *story) endField(p *paragraph, props runProps) {
	n := len(s.fields)
	f := s.fields[n-1]
	s.fields = s.fields[:n-1]
	if f.contents {
		s.contents--
	}
	if f.separated {
		return
	}
	if f.value == "" {
		f.value = flow.FieldResult(string(f.code))
	}
	s.put(p, props, f.value)
}

// closeFields drops fields whose instructions are still open at the end of a
// paragraph: otherwise one missing mark would swallow the rest of the document.
func (s *story) closeFields() {
	for i, f := range s.fields {
		if !f.result {
			s.warn.Add("field_unclosed", "部件 "+s.part+" 中有域没有结束标记，其后的文字照常读取")
			for _, g := range s.fields[i:] {
				if g.contents {
					s.contents--
				}
			}
			s.fields = s.fields[:i]
			return
		}
	}
}

// simpleField reads w:fldSimple, whose content is its result.
func (s *story) simpleField(p *paragraph) {
	contents := flow.IsContents(string(s.x.attr(nsW, "instr")))
	if contents {
		s.contents++
	}
	s.inline(p)
	if contents {
		p.contents = true
		s.contents--
	}
}

// formValue reads the children of w:fldChar: the state of a check box or list
// of a form (ECMA-376 §17.16.17).
func (s *story) formValue() string {
	value := ""
	for s.x.nextChild() {
		if s.x.ns != nsW || s.x.local != "ffData" {
			s.x.skip()
			continue
		}
		for s.x.nextChild() {
			switch s.x.local {
			case "checkBox":
				value = s.checkBox()
			case "ddList":
				value = s.dropDown()
			default:
				s.x.skip()
			}
		}
	}
	return value
}

func (s *story) checkBox() string {
	checked, standard := unset, unset
	for s.x.nextChild() {
		switch s.x.local {
		case "checked":
			checked = toggleOf(s.x)
		case "default":
			standard = toggleOf(s.x)
		}
		s.x.skip()
	}
	if checked.or(standard) == on {
		return "☑"
	}
	return "☐"
}

func (s *story) dropDown() string {
	chosen := 0
	var entries []string
	for s.x.nextChild() {
		val := s.x.attr(nsW, "val")
		switch s.x.local {
		case "result":
			chosen = boundedInt(val, 0, 1<<16, 0)
		case "default":
			if chosen == 0 {
				chosen = boundedInt(val, 0, 1<<16, 0)
			}
		case "listEntry":
			entries = append(entries, string(val))
		}
		s.x.skip()
	}
	if chosen < len(entries) {
		return entries[chosen]
	}
	return ""
}
