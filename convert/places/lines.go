package places

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"nianbao/convert/report"
	"nianbao/extract"
)

// line is one printed line of the running text, as package mapping reads it: of a
// paragraph or heading, or of a cell that takes the whole width of its table.
type line struct {
	text  string // trimmed
	tight string // without white space
	spot  Spot
}

func linesOf(doc *extract.Document) []line {
	var out []line
	add := func(text string, s Spot) {
		for l := range strings.SplitSeq(text, "\n") {
			if t := string(tight([]rune(l))); t != "" {
				out = append(out, line{text: strings.TrimSpace(l), tight: t, spot: s})
			}
		}
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch b.Role {
		case extract.RoleHeader, extract.RoleFooter, extract.RoleFootnote, extract.RoleChart, extract.RoleComment:
			continue
		}
		switch b.Type {
		case extract.Heading, extract.Paragraph:
			add(b.Text, Spot{Block: i})
		case extract.TableRef:
			if b.Table == nil || *b.Table < 0 || *b.Table >= len(doc.Tables) {
				continue
			}
			t := &doc.Tables[*b.Table]
			for k := range t.Cells {
				if c := &t.Cells[k]; c.Column == 0 && c.ColumnSpan >= t.Columns {
					add(c.Text, Spot{Block: i, Table: *b.Table, Cell: c})
				}
			}
		}
	}
	return out
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// tight is text without white space, in place.
func tight(r []rune) []rune { return slices.DeleteFunc(r, isSpace) }

func compact(s string) string { return string(tight([]rune(s))) }

// findSections finds the lines of the chapters. They stand in order, so each is
// looked for behind what was found before it.
func (x *Index) findSections() {
	next := 0
	for i := range x.res.Report.Sections {
		s := &x.res.Report.Sections[i]
		var at []int
		begin := -1
		if s.Text != "" {
			for l := range strings.SplitSeq(s.Text, "\n") {
				k := x.findLine(next, l)
				at = append(at, k)
				if k >= 0 {
					next = k + 1
					if begin < 0 {
						begin = k
					}
				}
			}
		}
		head := x.findHeading(begin, next, s)
		if head >= next {
			next = head + 1
		}
		x.text, x.heads = append(x.text, at), append(x.heads, head)
	}
}

// findLine is the first line from there that is the text, or ends in it behind a
// heading; -1.
func (x *Index) findLine(from int, text string) int {
	want := compact(text)
	if want == "" {
		return -1
	}
	for i := from; i < len(x.lines); i++ {
		if have := x.lines[i].tight; have == want || len(have) < len(want)+150 && strings.HasSuffix(have, want) {
			return i
		}
	}
	return -1
}

// findHeading is the line of a chapter's title: the last one up to its text or,
// without any, the first one from next.
func (x *Index) findHeading(text, next int, s *report.Section) int {
	want := compact(s.Title)
	if want == "" {
		return -1
	}
	for i := text; i >= 0; i-- {
		if strings.Contains(x.lines[i].tight, want) {
			return i
		}
	}
	for i := next; text < 0 && i < len(x.lines); i++ {
		if strings.Contains(x.lines[i].tight, want) {
			return i
		}
	}
	return -1
}

// ofTitle are the lines of the title, which may be broken.
func (x *Index) ofTitle() []Spot {
	if x.res.Report.Title == nil {
		return nil
	}
	want := compact(*x.res.Report.Title)
	for i := range x.lines {
		rest := want
		var out []Spot
		for k := i; k < len(x.lines) && rest != ""; k++ {
			after, ok := strings.CutPrefix(rest, x.lines[k].tight)
			if !ok {
				break
			}
			out, rest = append(out, x.lines[k].spot), after
		}
		if rest == "" && want != "" {
			return distinct(out)
		}
	}
	return x.containing(want, 0)
}

// containing is the first line from there with the words in it.
func (x *Index) containing(want string, from int) []Spot {
	if want == "" {
		return nil
	}
	for i := from; i < len(x.lines); i++ {
		if strings.Contains(x.lines[i].tight, want) {
			return x.spots(i)
		}
	}
	return nil
}

// signature is the last line with the name that signed; -1.
func (x *Index) signature() int {
	if x.res.Report.SignedBy == nil {
		return -1
	}
	want := compact(*x.res.Report.SignedBy)
	for i := len(x.lines) - 1; i >= 0 && want != ""; i-- {
		if have := x.lines[i].tight; strings.Contains(have, want) && len(have) < len(want)+60 {
			return i
		}
	}
	return -1
}

// ofDate is the first line from there with a day, as reports write it.
func (x *Index) ofDate(d *report.Date, from int) []Spot {
	if d == nil {
		return nil
	}
	for _, want := range dateWordings(d) {
		for i := from; i < len(x.lines); i++ {
			if strings.Contains(x.lines[i].tight, want) {
				return x.spots(i)
			}
		}
	}
	return nil
}

func dateWordings(d *report.Date) []string {
	digits := strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")
	year, month, day := strconv.Itoa(d.Year), strconv.Itoa(d.Month), strconv.Itoa(d.Day)
	han := digits.Replace(year) + "年" + hanNumber(d.Month) + "月" + hanNumber(d.Day) + "日"
	return []string{
		year + "年" + month + "月" + day + "日", year + "年" + twoDigits(d.Month) + "月" + twoDigits(d.Day) + "日", d.String(),
		year + "." + month + "." + day, year + "/" + month + "/" + day, year + "-" + month + "-" + day,
		han, strings.ReplaceAll(han, "〇", "○"), strings.ReplaceAll(han, "〇", "零"),
	}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// hanNumber writes a number below 40 in Chinese.
func hanNumber(n int) string {
	ones := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 10 {
		return ones[n]
	}
	tens := ones[n/10]
	if n < 20 {
		tens = ""
	}
	return tens + "十" + ones[n%10]
}

// ofMetadata is the line of a value that a web page printed above the report.
func (x *Index) ofMetadata(name string) []Spot {
	m := x.res.Report.Metadata
	if m == nil {
		return nil
	}
	text := func(s *string) []Spot {
		if s == nil {
			return nil
		}
		return x.containing(compact(*s), 0)
	}
	switch name {
	case "publisher":
		return text(m.Publisher)
	case "index_number":
		return text(m.IndexNumber)
	case "document_number":
		return text(m.DocumentNumber)
	case "published_on":
		return x.ofDate(m.PublishedOn, 0)
	}
	return nil
}

// ofRegistration is the cell, or the line, of one value of the registration table.
func (x *Index) ofRegistration(path string) []Spot {
	num, _, _ := strings.Cut(path, "/")
	i, err := strconv.Atoi(num)
	if err != nil || i < 0 || i >= len(x.res.Report.Registration) {
		return nil
	}
	want := compact(x.res.Report.Registration[i].Value)
	if want == "" {
		return nil
	}
	for t := len(x.doc.Tables) - 1; t >= 0; t-- { // it stands at the end
		for k := range x.doc.Tables[t].Cells {
			if c := &x.doc.Tables[t].Cells[k]; strings.Contains(compact(c.Text), want) {
				return []Spot{x.cell(t, c)}
			}
		}
	}
	return x.containing(want, 0)
}
