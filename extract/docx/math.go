package docx

import "strings"

// math reads an element of Office Math (ECMA-376 §22.1) as a line of text: a/b,
// x^2, a_1, √(x). It is for reading, not for calculating.
func (s *story) math(p *paragraph) {
	if !s.visible() {
		s.x.skip()
		return
	}
	if text := s.mathElement(); text != "" {
		p.write([]byte(text), p.base)
	}
}

// mathElement reads the element whose start was just read.
func (s *story) mathElement() string {
	if s.x.ns == nsW {
		switch s.x.local {
		case "ins", "del", "moveTo", "moveFrom":
			text := ""
			s.change(func() { text = s.mathContent() })
			return text
		case "rPr", "instrText", "delInstrText":
			s.x.skip()
			return ""
		case "t", "delText":
			return s.plainText()
		}
		return s.mathContent()
	}
	if s.x.ns != nsM {
		s.x.skip()
		return ""
	}
	switch s.x.local {
	case "t":
		return s.plainText()
	case "f":
		parts := s.mathParts()
		return operand(parts["num"]) + "/" + operand(parts["den"])
	case "rad":
		parts := s.mathParts()
		return parts["deg"] + "√(" + parts["e"] + ")"
	case "sSup", "sSub", "sSubSup", "sPre":
		parts := s.mathParts()
		return parts["e"] + script("_", parts["sub"]) + script("^", parts["sup"])
	case "nary":
		parts := s.mathParts()
		chr := parts["chr"]
		if chr == "" {
			chr = "∫"
		}
		return chr + script("_", parts["sub"]) + script("^", parts["sup"]) + parts["e"]
	case "d":
		return s.delimited()
	}
	if strings.HasSuffix(s.x.local, "Pr") {
		s.x.skip()
		return ""
	}
	return s.mathContent()
}

func (s *story) mathContent() string {
	var b strings.Builder
	for s.x.nextChild() {
		b.WriteString(s.mathElement())
	}
	return b.String()
}

// mathParts reads the children of a structure by name; "chr" is the operator
// its properties name.
func (s *story) mathParts() map[string]string {
	parts := map[string]string{}
	for s.x.nextChild() {
		name := s.x.local
		if name == "naryPr" {
			for s.x.nextChild() {
				if s.x.local == "chr" {
					parts["chr"] = string(s.x.attr(nsM, "val"))
				}
				s.x.skip()
			}
			continue
		}
		parts[name] += s.mathElement()
	}
	return parts
}

// delimited reads m:d: arguments between brackets.
func (s *story) delimited() string {
	begin, end, between := "(", ")", "|"
	var args []string
	for s.x.nextChild() {
		if s.x.local != "dPr" {
			args = append(args, s.mathElement())
			continue
		}
		for s.x.nextChild() {
			val := string(s.x.attr(nsM, "val"))
			switch s.x.local {
			case "begChr":
				begin = val
			case "endChr":
				end = val
			case "sepChr":
				between = val
			}
			s.x.skip()
		}
	}
	return begin + strings.Join(args, between) + end
}

// operand puts brackets around what is more than one number or word.
func operand(text string) string {
	if strings.ContainsAny(text, "+-−×÷*/ =") {
		return "(" + text + ")"
	}
	return text
}

func script(mark, text string) string {
	if text == "" {
		return ""
	}
	if len([]rune(text)) > 1 {
		return mark + "(" + text + ")"
	}
	return mark + text
}

// plainText reads the text of an element without children.
func (s *story) plainText() string {
	var b strings.Builder
	for {
		switch s.x.next() {
		case kindEnd:
			return b.String()
		case kindStart:
			s.x.skip()
		case kindText:
			b.Write(s.x.text)
		}
	}
}
