package doc

import (
	"strings"
	"unicode/utf16"

	"nianbao/extract/flow"
)

// field is an open field: instructions, and behind the middle mark its result
// ([MS-DOC] 2.8.25).
type field struct {
	code   []uint16
	result bool
	// contents is set when the result is a table of contents.
	contents bool
	// value is what a form field without a result prints.
	value string
	// separated is set when there was a middle mark, shown to the length of
	// the paragraph's text then.
	separated bool
	shown     int
	// shape is set when the result is a shape in the line: the picture behind
	// it only keeps its room.
	shape bool
}

// fieldCodeLimit bounds the instructions kept of one field.
const fieldCodeLimit = 4096

// visible is false within the instructions of a field.
func (s *story) visible() bool {
	return len(s.fields) == 0 || s.fields[len(s.fields)-1].result
}

// instruction keeps text that belongs to the instructions of a field.
func (s *story) instruction(units []uint16) bool {
	n := len(s.fields)
	if n == 0 || s.fields[n-1].result {
		return false
	}
	f := &s.fields[n-1]
	f.code = append(f.code, units[:min(len(units), fieldCodeLimit-len(f.code))]...)
	return true
}

func (s *story) fieldBegin() {
	if len(s.fields) < s.lim.Depth {
		s.fields = append(s.fields, field{})
	} else {
		s.fieldsLost++
	}
}

func (s *story) fieldMiddle(p *flow.Paragraph) {
	n := len(s.fields)
	if n == 0 || s.fieldsLost > 0 {
		return
	}
	f := &s.fields[n-1]
	f.separated, f.shown = true, p.Len()
	// A field in the instructions of another one shows nothing.
	f.result = n == 1 || s.fields[n-2].result
	code := string(utf16.Decode(f.code))
	if flow.IsContents(code) && !f.contents {
		f.contents = true
		s.contents++
		p.Contents = true
	}
	f.shape = strings.EqualFold(firstWord(code), "SHAPE")
	s.embedded(code)
}

// fieldEnd closes the innermost field. Fields without a result print what their
// instructions say, where that is known.
func (s *story) fieldEnd(p *flow.Paragraph, props *charProps) {
	n := len(s.fields)
	if s.fieldsLost > 0 {
		s.fieldsLost--
		return
	}
	if n == 0 {
		return
	}
	f := s.fields[n-1]
	s.fields = s.fields[:n-1]
	if f.contents {
		s.contents--
	}
	switch {
	case f.separated && p.Len() > f.shown:
		return
	case f.separated: // a form's value needs no text of its own
	case f.value == "":
		f.value = flow.FieldResult(string(utf16.Decode(f.code)))
	}
	s.put(p, props, f.value)
}

// closeFields drops fields whose instructions are still open at the end of a
// paragraph: otherwise one missing mark would swallow the rest of the document.
func (s *story) closeFields() {
	for i := range s.fields {
		if s.fields[i].result {
			continue
		}
		s.warn.Add("field_unclosed", "部件 "+s.name+" 中有域没有结束标记，其后的文字照常读取")
		for _, g := range s.fields[i:] {
			if g.contents {
				s.contents--
			}
		}
		s.fields, s.fieldsLost = s.fields[:i], 0
		return
	}
}

// isForm tells fields whose data say what they show; links have data as well.
func (f *field) isForm() bool {
	name := strings.ToUpper(firstWord(string(utf16.Decode(f.code))))
	return name == "FORMCHECKBOX" || name == "FORMDROPDOWN"
}

// firstWord is the name of a field.
func firstWord(code string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(code), " ")
	return name
}
