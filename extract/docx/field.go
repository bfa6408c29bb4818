package docx

import "nianbao/extract/flow"

// field is an open complex field (ECMA-376 §17.16.18).
type field struct {
	code   []byte
	result bool // behind the separator
	// contents is set when the result is a table of contents.
	contents bool
	// value is the result of a form field that has no text of its own.
	value string
	// separated is set when there was a result part, shown to the length of the
	// paragraph's text where it began.
	separated bool
	shown     int
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
		f.separated, f.shown = true, len(p.text)
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
	switch {
	case f.separated && len(p.text) > f.shown:
		return
	case f.separated: // a form's value needs no text of its own
	case f.value == "":
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
