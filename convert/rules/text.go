package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/extract"
)

func itoa(n int) string { return strconv.Itoa(n) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }

func joinInts(list []int) string {
	const most = 8
	parts := make([]string, 0, most)
	for _, n := range list[:min(len(list), most)] {
		parts = append(parts, itoa(n))
	}
	out := strings.Join(parts, "、")
	if len(list) > most {
		out += "等"
	}
	return out
}

// clip shortens a text for a message or quote.
func clip(s string) string {
	const most = 120
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// fold maps a full-width form to its half-width character and every space but
// the line break to ' '. It keeps the number of runes.
func fold(r rune) rune {
	switch {
	case isIdeograph(r): // most
		return r
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xFEE0
	case r == '－' || r == '‐' || r == '‑' || r == '–':
		return '-'
	case r == '＋':
		return '+'
	case r == '．':
		return '.'
	case r != '\n' && unicode.IsSpace(r):
		return ' '
	}
	return r
}

func isIdeograph(r rune) bool { return 0x4E00 <= r && r <= 0x9FFF }

// squeeze folds a text and takes out all spaces.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isIdeograph(r) || r > ' ' && r < 0x7F {
			return r
		}
		r = fold(r)
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

// passage is one text of the document with its place.
type passage struct {
	text string
	// line is the text without spaces, half-width, years in digits.
	line string
	*hits
	// block is the index of the block; -1 for cells.
	block int
	// table, row and column are the place of a cell; table is -1 for blocks.
	table, row, column int
	page               int // 0 where there are no pages
	role               extract.Role
	section            int // index of the section, -1 outside
}

// hits are what was found in a passage; most, cells of tables, share noHits.
type hits struct {
	// cues tells which lists of wordings may have one in the line; cells of statutory
	// tables have none.
	cues cueSet
	// private are the personal numbers in the text.
	private []hit
}

var noHits = &hits{}

func (c *context) readPassages() []passage {
	most := len(c.document.Blocks)
	for i := range c.document.Tables {
		most += len(c.document.Tables[i].Cells)
	}
	out := make([]passage, 0, most)
	done := make([]bool, len(c.document.Tables))
	cells := func(table, section int, role extract.Role) {
		if table < 0 || table >= len(done) || done[table] {
			return
		}
		done[table] = true
		for i := range c.document.Tables[table].Cells {
			at := &c.document.Tables[table].Cells[i]
			if at.Text != "" {
				out = append(out, passage{text: at.Text, line: plain(at.Text), block: -1, table: table, row: at.Row, column: at.Column, page: deref(at.Page), role: role, section: section})
			}
		}
	}
	for i := range c.document.Blocks {
		b := &c.document.Blocks[i]
		section := c.chapterOf(i)
		if b.Text != "" {
			out = append(out, passage{text: b.Text, line: plain(b.Text), block: i, table: -1, page: deref(b.Page), role: b.Role, section: section})
		}
		if b.Table != nil {
			cells(*b.Table, section, b.Role)
		}
	}
	for t := range c.document.Tables {
		cells(t, -1, extract.RoleBody) // tables no block points to
	}
	index := cues()
	for i := range out {
		p := &out[i]
		prose, digits := !c.statutory(p), manyDigits(p.text)
		if !prose && !digits {
			p.hits = noHits
			continue // most
		}
		p.hits = &hits{}
		if prose {
			p.cues = index.find(p.line)
		}
		if !digits {
			continue
		}
		p.private = allPrivate(p.text)
		if i > 0 && len(p.private) == 0 && out[i-1].role == p.role {
			p.private = labelledBefore(out[i-1].text, p.text)
		}
	}
	return out
}

// labelledBefore finds the personal numbers of a text that is a number and little else,
// whose label is the text before: the paragraph above it or the cell to its left.
func labelledBefore(label, s string) []hit {
	const longest = 40 // characters of either
	if !manyDigits(s) || utf8.RuneCountInString(s) > longest {
		return nil
	}
	before := []rune(strings.TrimSpace(label))
	if len(before) == 0 || len(before) > longest || strings.ContainsAny(string(before), "。；！？0123456789") {
		return nil
	}
	out := allPrivate(string(before) + "\n" + s)
	for i := range out {
		out[i].start -= len(before) + 1
		out[i].end -= len(before) + 1
	}
	return out
}

func deref(p *int) int {
	if p == nil {
		return 0
	}
	return *p
}

// where names the place of a passage in Chinese.
func (c *context) where(p *passage) string {
	page := ""
	if p.page > 0 {
		page = "第" + itoa(p.page) + "页"
	}
	switch {
	case p.table >= 0:
		return page + "第" + itoa(p.table+1) + "个表格第" + itoa(p.row+1) + "行"
	case p.role == extract.RoleHeader:
		return page + "页眉"
	case p.role == extract.RoleFooter:
		return page + "页脚"
	case p.role == extract.RoleFootnote:
		return page + "脚注"
	case p.role == extract.RoleTextbox:
		return page + "文本框"
	case p.role == extract.RoleDiagram:
		return page + "图形"
	case p.role == extract.RoleChart:
		return page + "图表"
	case p.role == extract.RoleComment:
		return page + "批注"
	case p.section >= 0:
		return page + sectionName(&c.report.Sections[p.section])
	}
	return page + "正文"
}

// path is the JSON Pointer of a passage in the report, nil where it has none.
func (c *context) path(p *passage) []string {
	if p.block >= 0 && p.section >= 0 && isBody(p.role) {
		return []string{"/report/sections/" + itoa(p.section) + "/text"}
	}
	return nil
}

// place tells passages of a document apart.
func (p *passage) place() string {
	if p.table >= 0 {
		return "table" + itoa(p.table) + "/" + itoa(p.row) + "/" + itoa(p.column)
	}
	return "block" + itoa(p.block)
}

// sentenceAt returns the sentence of the text that holds the given rune.
func sentenceAt(text []rune, at int) string {
	isEnd := func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }
	from, to := min(at, len(text)), min(at, len(text))
	for from > 0 && !isEnd(text[from-1]) {
		from--
	}
	for to < len(text) && !isEnd(text[to]) {
		to++
	}
	return strings.TrimSpace(string(text[from:to]))
}
