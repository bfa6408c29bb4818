package html

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
	"nianbao/extract/symbolfont"
)

// paragraph is the paragraph being read and the white space in front of what
// comes next.
type paragraph struct {
	props paraProps
	flow  *flow.Paragraph // nil before its first character
	label *ordinal.Label  // of the next paragraph that has text
	// space is white space that waits, newline that there is a line end in it.
	space, newline bool
	breaks         int  // br elements that wait
	last           rune // written, 0 at the start of a line
	written        bool // it has text
}

// paraProps are the properties of a paragraph, from its innermost block.
type paraProps struct {
	align   string
	outline int
	size    int
	bold    bool
	textbox bool
}

// text is the paragraph's text, begun where it is not.
func (p *paragraph) text() *flow.Paragraph {
	if p.flow == nil {
		p.flow = &flow.Paragraph{}
	}
	return p.flow
}

// text writes text as a browser prints it (CSS Text 3, 4.1): runs of white space
// are one space, none at the ends of lines, none between two East Asian characters
// that only a line of the file parts.
func (w *walker) text(s string, st style) {
	s = printable(s)
	if st.pre {
		w.preformatted(s, st)
		return
	}
	for s != "" {
		i := strings.IndexFunc(s, isBlank)
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			w.write(s[:i], st)
			s = s[i:]
			continue
		}
		end := strings.IndexFunc(s, func(r rune) bool { return !isBlank(r) })
		if end < 0 {
			end = len(s)
		}
		w.para.space = true
		w.para.newline = w.para.newline || !w.blanks && strings.ContainsAny(s[:end], "\r\n")
		s = s[end:]
	}
}

// isBlank tells the white space that collapses: not no-break or full-width spaces.
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// printable drops control characters, which browsers print as nothing.
func printable(s string) string {
	control := func(r rune) bool { return r < ' ' && !isBlank(r) || r >= 0x7f && r < 0xa0 }
	if strings.IndexFunc(s, control) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, s)
}

// write writes characters that are no white space.
func (w *walker) write(s string, st style) {
	first, _ := utf8.DecodeRuneInString(s)
	w.breakLines(s)
	p := &w.para
	lead := ""
	joined := p.newline && isWide(p.last) && isWide(first)
	if p.space && p.last != 0 && !joined {
		lead = " "
	}
	p.space, p.newline = false, false
	if st.font > symbolfont.None {
		s = symbolfont.Text(s, st.font)
	}
	for _, ch := range s {
		if ch >= 0xe000 && ch <= 0xf8ff {
			w.private++
		}
	}
	p.text().Write(lead+s, st.size, st.bold)
	p.written = true
	p.last, _ = utf8.DecodeLastRuneInString(s)
}

// breakLines writes the breaks that wait before text s. Web pages make paragraphs
// of them: by two in a row, or by an indent behind one.
func (w *walker) breakLines(s string) {
	p := &w.para
	if p.breaks == 0 {
		return
	}
	paragraph := p.breaks > 1 || isIndent(s)
	p.breaks, p.space, p.newline = 0, false, false
	switch {
	case p.flow == nil || p.flow.Empty():
	case paragraph:
		w.flush()
	default:
		p.text().Write("\n", p.props.size, p.props.bold)
	}
	p.last = 0
}

// isIndent tells text that begins with the two blanks of a Chinese paragraph.
func isIndent(s string) bool {
	return strings.HasPrefix(s, "\u3000") || strings.HasPrefix(s, "\u00a0\u00a0\u00a0\u00a0") || strings.HasPrefix(s, "\u2003\u2003")
}

// preformatted writes text whose white space counts.
func (w *walker) preformatted(s string, st style) {
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			w.para.breaks++
		}
		if line != "" {
			w.write(line, st)
		}
	}
}

// isWide tells characters between which a line end of the file prints nothing:
// those of East Asian width, but for Hangul (CSS Text 3, 4.1.3).
func isWide(r rune) bool {
	return r >= 0x2e80 && r <= 0xa4cf || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0xff00 && r <= 0xffef ||
		r >= 0x20000 && r <= 0x3ffff
}

// flush ends the paragraph.
func (w *walker) flush() {
	p := &w.para
	f, written := p.flow, p.written
	p.written = false
	p.flow, p.space, p.newline, p.breaks, p.last = nil, false, false, 0, 0
	if f == nil || f.Empty() {
		return
	}
	f.Part, f.Align, f.Outline, f.Size, f.Bold = w.position("p", w.paragraphs), p.props.align, max(p.props.outline, 0), p.props.size, p.props.bold
	if written && p.label != nil {
		f.Label, p.label = p.label, nil
	}
	w.paragraphs++
	if !p.props.textbox || w.to.Role != "" {
		f.Finish(w.to)
		return
	}
	box := &flow.Sink{Role: extract.RoleTextbox}
	f.Finish(box)
	w.to.Put(flow.InRole(box.Items, box.Role)...)
}
