package rtf

// control carries out a control word.
func (r *reading) control(t token) {
	r.flush()
	word := string(t.word) // short words are not copied: they go into switches only
	star := r.g.star
	r.g.star = false
	if r.destination(word) {
		return
	}
	if star && !r.knownDestination(word) {
		r.g.to = toNowhere
		return
	}
	if r.g.to == toNowhere {
		return
	}
	on := !t.hasParam || t.param != 0
	_ = r.special(word, t.param) || r.charControl(word, t, on) || r.paraControl(word, t) ||
		r.tableControl(word, t.param) || r.headerControl(word, t) || r.drawingControl(word, t.param)
}

// knownDestination tells destinations marked as ignorable that stand for
// properties: styles of characters are read like the others.
func (r *reading) knownDestination(word string) bool {
	return r.g.to == toStyle && (word == "cs" || word == "ds" || word == "ts" || word == "s")
}

// special writes the characters that have a control word (RTF 1.9.1, "Special
// Characters").
func (r *reading) special(word string, param int) bool {
	ch := ""
	switch word {
	case "par", "sect":
		r.cut()
		r.skip = 0
		r.endParagraph()
		return true
	case "u":
		r.unicode(param)
		return true
	case "tab":
		ch = "\t"
	case "line", "lbr", "page", "column":
		ch = "\n"
	case "emdash":
		ch = "—"
	case "endash":
		ch = "–"
	case "emspace":
		ch = "\u2003"
	case "enspace":
		ch = "\u2002"
	case "qmspace":
		ch = "\u2005"
	case "bullet":
		ch = "•"
	case "lquote":
		ch = "‘"
	case "rquote":
		ch = "’"
	case "ldblquote":
		ch = "“"
	case "rdblquote":
		ch = "”"
	default:
		return false
	}
	if r.skip > 0 { // some write it as the substitute of a \u character
		if ch != "\t" && ch != "\n" {
			r.skip--
			return true
		}
		r.skip = 0
	}
	r.char(ch)
	return true
}

// symbol carries out a control symbol.
func (r *reading) symbol(b byte) {
	switch b {
	case '*':
		r.flush()
		r.g.star = true
		return
	case '{', '}', '\\':
		r.bytes([]byte{b})
		return
	case '\r', '\n':
		r.cut()
		if r.g.to == toStory {
			r.endParagraph()
		}
		return
	}
	if r.skip > 0 {
		r.skip--
		return
	}
	switch b {
	case '\t':
		r.char("\t")
	case '~':
		r.char("\u00a0")
	case '_':
		r.char("-")
	}
}

// charControl sets character properties.
func (r *reading) charControl(word string, t token, on bool) bool {
	c := &r.g.chars
	switch word {
	case "plain":
		*c = plain(r.defaultFont)
	case "f":
		r.setFont(t.param)
	case "af":
		switch c.run {
		case narrowRun:
			c.font[0] = t.param
		case wideRun:
			c.font[1] = t.param
		}
	case "fs":
		if t.param > 0 {
			c.size, c.sized = [2]int{t.param, t.param}, true
		}
	case "afs":
		if c.run == wideRun && t.param > 0 {
			c.size[1], c.sized = t.param, true
		}
	case "b":
		c.bold, c.weighted = [2]bool{on, on}, true
	case "ab":
		if c.run == wideRun {
			c.bold[1], c.weighted = on, true
		}
	case "v":
		c.hidden = on
	case "deleted", "mvf":
		c.deleted = on
	case "revised", "mvt":
		c.inserted = on
	case "loch", "hich":
		c.run = narrowRun
	case "dbch":
		c.run = wideRun
	case "rtlch":
		c.run = complexRun
	case "ltrch":
		c.run = anyRun
	case "uc":
		r.g.unicode = min(max(t.param, 0), 16)
	default:
		return false
	}
	return true
}

func (r *reading) setFont(n int) {
	if r.g.to == toFont {
		r.endFont()
		r.font.number = n
		return
	}
	c := &r.g.chars
	switch c.run {
	case narrowRun:
		c.font[0] = n
	case wideRun:
		c.font[1] = n
	default:
		c.font = [2]int{n, n}
	}
}

// paraControl sets paragraph properties.
func (r *reading) paraControl(word string, t token) bool {
	p := &r.g.para
	switch word {
	case "pard":
		*p = paraProps{}
	case "s":
		p.style = t.param
		r.style.number = t.param
		if r.g.to == toStory {
			r.applyStyle(t.param)
		}
	case "cs", "ds", "ts":
		r.style.other = true
	case "sbasedon":
		r.style.base, r.style.based = t.param, true
	case "ql":
		p.align = "left"
	case "qc":
		p.align = "center"
	case "qr":
		p.align = "right"
	case "qj", "qd", "qt", "qk":
		p.align = "justify"
	case "outlinelevel":
		p.outline = -1
		if t.param >= 0 && t.param < 9 {
			p.outline = t.param + 1
		}
	case "ls":
		p.list = t.param
		if r.override != nil {
			r.override.number = t.param
		}
	case "ilvl":
		p.level = min(max(t.param, 0), 8)
	case "intbl":
		p.inTable = true
	case "itap":
		p.nesting = min(max(t.param, 0), r.lim.Depth)
	default:
		return false
	}
	return true
}

// tableControl builds row definitions and ends cells and rows.
func (r *reading) tableControl(word string, param int) bool {
	if r.g.to != toStory {
		return false
	}
	d := r.rowDef()
	switch word {
	case "trowd":
		*d = rowDef{cells: d.cells[:0]}
	case "cellx":
		d.edge(param)
		r.bounded(len(d.cells))
	case "trleft":
		d.left = bound(param)
	case "irow":
		d.number = param
	case "trhdr":
		d.header = true
	case "lastrow":
		d.last = true
	case "clmgf":
		d.next.across = true
	case "clmrg":
		d.next.acrossOn = true
	case "clvmgf":
		d.next.down = true
	case "clvmrg":
		d.next.downOn = true
	case "cell":
		r.endCell(1)
	case "nestcell":
		r.endCell(r.nestedDepth())
	case "row":
		r.endRow(1)
	case "nestrow":
		r.endRow(r.nestedDepth())
	default:
		return false
	}
	return true
}

// headerControl reads what the header says of code pages, fonts and lists.
func (r *reading) headerControl(word string, t token) bool {
	switch word {
	case "ansicpg":
		if t.param > 0 {
			r.page = t.param
		}
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "deff":
		r.defaultFont = t.param
		r.g.chars.font = [2]int{t.param, t.param}
	case "fcharset":
		r.font.charset(t.param)
	case "cpg":
		r.font.page = t.param
	default:
		return r.listControl(word, t)
	}
	return true
}
