package wordform

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/wordml"
	"nianbao/extract/lazyregexp"
)

var placeholder = lazyregexp.New(`\{\{([^{}<>]*)\}\}`)

// scan cuts a main part into what stands and what is to be filled, and tells what is
// wrong with the placeholders themselves. The XML is not written anew: what is no
// placeholder stays byte for byte.
func scan(content string) ([]piece, []string) {
	s := scanner{content: content}
	if err := s.run(); err != nil {
		return nil, []string{mainPart + "：XML 有误：" + err.Error()}
	}
	slices.SortFunc(s.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []piece
	at := 0
	for _, e := range s.edits {
		if e.from < at { // inside of a paragraph that is replaced; told as a mistake
			continue
		}
		out = append(out, piece{literal: content[at:e.from]})
		if e.name != "" {
			out = append(out, e.piece)
		}
		at = e.to
	}
	return append(out, piece{literal: content[at:]}), s.mistakes
}

// scanOwn is scan for a template of this program: each placeholder stands in one run
// without properties, and a paragraph is told by its marks. It takes a tenth of the
// time.
func scanOwn(content string) []piece {
	const begin, properties, end = "<w:p>", "</w:pPr>", "</w:p>"
	var out []piece
	at := 0
	for {
		from := strings.Index(content[at:], "{{")
		if from < 0 {
			return append(out, piece{literal: content[at:]})
		}
		from += at
		to := from + strings.Index(content[from:], "}}") + 2
		p := piece{name: content[from+2 : to-2]}
		if isBlock(p.name) {
			first := at + strings.LastIndex(content[at:from], begin)
			text := first + len(begin)
			p.block, p.paragraph = true, content[text:text+strings.Index(content[text:], properties)+len(properties)]
			from, to = first, to+strings.Index(content[to:], end)+len(end)
		}
		out = append(out, piece{literal: content[at:from]}, p)
		at = to
	}
}

// edit replaces a stretch of the content by a place, or by nothing.
type edit struct {
	piece
	from, to int
}

// span is the content of a w:t.
type span struct {
	from, to int
	run      string // properties of its run
}

// paragraph is a w:p that is open. Those of text boxes stand in one another.
type paragraph struct {
	from       int
	properties string
	spans      []span
	run        string // properties of the open run
	filled     bool   // something stands in it beside text
}

// maxDepth is how deep elements may be nested.
const maxDepth = 200

type scanner struct {
	content  string
	open     []string // names of the open elements
	starts   []int    // where they begin
	in       []*paragraph
	edits    []edit
	mistakes []string
}

func (s *scanner) run() error {
	d := xml.NewDecoder(strings.NewReader(s.content))
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		to := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			if len(s.open) == maxDepth {
				return fmt.Errorf("嵌套超过 %d 层", maxDepth)
			}
			s.start(name(t.Name), from, to)
		case xml.EndElement:
			if len(s.open) == 0 || s.open[len(s.open)-1] != name(t.Name) {
				return errors.New("开始与结束标记不成对")
			}
			s.end(from, to)
		}
	}
	if len(s.open) > 0 {
		return errors.New("没有结束")
	}
	return nil
}

func name(n xml.Name) string { return n.Space + ":" + n.Local }

// paragraph is the innermost open paragraph, nil outside of one.
func (s *scanner) paragraph() *paragraph {
	if len(s.in) == 0 {
		return nil
	}
	return s.in[len(s.in)-1]
}

func (s *scanner) start(name string, from, to int) {
	p := s.paragraph()
	switch {
	case name == "w:p":
		s.in = append(s.in, &paragraph{from: from})
	case p == nil:
	case name == "w:r":
		p.run = ""
	case name == "w:drawing", name == "w:pict", name == "w:object", name == "w:sectPr", name == "w:fldChar", name == "w:fldSimple":
		p.filled = true
	}
	s.open, s.starts = append(s.open, name), append(s.starts, from)
	if name == "w:t" { // its content begins here
		s.starts[len(s.starts)-1] = to
	}
}

func (s *scanner) end(from, to int) {
	last := len(s.open) - 1
	name, begin := s.open[last], s.starts[last]
	s.open, s.starts = s.open[:last], s.starts[:last]
	parent := ""
	if last > 0 {
		parent = s.open[last-1]
	}
	p := s.paragraph()
	if p == nil {
		return
	}
	switch {
	case name == "w:p":
		s.in = s.in[:len(s.in)-1]
		s.close(p, to)
	case name == "w:pPr" && parent == "w:p":
		p.properties = s.content[begin:to]
	case name == "w:rPr" && parent == "w:r":
		p.run = s.content[begin:to]
	case name == "w:t":
		p.spans = append(p.spans, span{from: begin, to: from, run: p.run})
	}
}

// close finds the placeholders of a paragraph in the text of its runs together.
func (s *scanner) close(p *paragraph, to int) {
	var b strings.Builder
	for _, sp := range p.spans {
		b.WriteString(s.content[sp.from:sp.to])
	}
	text := b.String()
	if !strings.ContainsAny(text, "{}｛｝") {
		return
	}
	found := placeholder.FindAllStringSubmatchIndex(text, -1)
	if rest := placeholder.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") || strings.ContainsAny(rest, "｛｝") {
		s.mistakes = append(s.mistakes, "占位符没有写完整（应为半角的 {{…}}）："+short(text))
	}
	for _, f := range found {
		place := piece{name: strings.TrimSpace(text[f[2]:f[3]])}
		if place.name == "" {
			s.mistakes = append(s.mistakes, "占位符没有名称："+short(text))
			continue
		}
		if !isBlock(place.name) {
			s.replace(p, f[0], f[1], place)
			continue
		}
		if p.filled || strings.TrimSpace(text) != text[f[0]:f[1]] {
			s.mistakes = append(s.mistakes, mark(place.name)+" 应独占一段，这一段还有别的内容（文字、图片、域或分节符）："+short(text))
			continue
		}
		place.block, place.paragraph = true, p.properties
		place.run = p.runAt(f[0])
		s.edits = append(s.edits, edit{piece: place, from: p.from, to: to})
	}
}

// runAt is the properties of the run in which the text at an offset stands.
func (p *paragraph) runAt(offset int) string {
	at := 0
	for _, sp := range p.spans {
		if at += sp.to - sp.from; offset < at {
			return sp.run
		}
	}
	return ""
}

// replace puts a place where a stretch of the paragraph's text begins, and takes the
// rest of the stretch out of the runs that follow.
func (s *scanner) replace(p *paragraph, from, to int, place piece) {
	at := 0
	for _, sp := range p.spans {
		begin, end := max(from, at), min(to, at+sp.to-sp.from)
		if begin < end {
			s.edits = append(s.edits, edit{piece: place, from: sp.from + begin - at, to: sp.from + end - at})
			place = piece{}
		}
		at += sp.to - sp.from
	}
}

func escape(s string) string { return wordml.Escape(s) }

// short is the begin of a text.
func short(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
