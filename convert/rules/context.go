package rules

import (
	"nianbao/convert/claims"
	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract"
	"strings"
	"sync"
)

// context is what the rules of one run look at. It is built once and, but
// for what clauseParts remembers, never changed.
type context struct {
	reading  *mapping.Reading
	document *extract.Document
	report   *report.Report
	required []Required
	// tables are the statutory tables the report has, in the form's order.
	tables []tableView
	// ofForm tells of each table of the document whether a statutory one is in it.
	ofForm []bool
	// passages are the texts of the document in document order.
	passages []passage
	// years are the report's own statements of its year, see year.go.
	years yearView
	// unreadable names the pages without trustworthy text that are no blank
	// pages; what is looked for may stand there.
	unreadable []int
	// applicants are the applicants and complainants the text names; findings of
	// all rules hide them.
	applicants []applicant
	// said is what the chapters' text says in figures.
	said *claims.Reading
	// ownNames are the ways in which a text calls the agency, longer ones first.
	ownNames []string
	// agency is the name of the body without spaces; area is the word for the area of a
	// government (全区), empty for other bodies.
	agency, area string
	// agencies is agency twice, the second time without 人民, for what may be a part of it.
	agencies string
	// author is the body that made the report.
	author author
	// levels: the text tells 本级 from the whole area.
	levels bool
	// carriedTold: the text speaks of what was carried over; nil until somebody asks.
	carriedTold *bool
	// carriedNone are the sentences asked so far whether they say that nothing was, see noneCarried.
	carriedNone map[*claims.Sentence]bool
	// areas are the words for areas asked so far whether the tables are of them, see areaOfTables.
	areas map[string]bool
	// clauseParts are the clauses read for parts so far, see clausePart.
	clauseParts map[string]clausePart
	// listNames are the named parts of lists read so far, by sentence, see namedParts.
	listNames map[int]map[string][]listPart
	broken    func(rule string, panicked any, stack []byte) // see Input
}

func newContext(in Input) *context {
	c := &context{reading: in.Reading, document: in.Document, required: in.Required, broken: in.Broken, carriedNone: map[*claims.Sentence]bool{}, areas: map[string]bool{}, clauseParts: map[string]clausePart{}, listNames: map[int]map[string][]listPart{}}
	if c.reading == nil {
		c.reading = &mapping.Reading{}
	}
	if c.document == nil {
		c.document = &extract.Document{}
	}
	c.report = &c.reading.Report
	c.unreadable = unreadablePages(c.document)
	c.tables = c.readTables()
	c.ofForm = c.formTables()
	c.passages = c.readPassages()
	c.years = c.readYears()
	c.applicants = c.readApplicants()
	if c.said = in.Said; c.said == nil {
		c.said = ReadClaims(c.reading, c.document)
	}
	c.author = c.readAuthor()
	if c.report.Agency != nil {
		c.ownNames = ownNames(*c.report.Agency)
		c.agency = squeeze(*c.report.Agency)
		c.agencies = c.agency + strings.ReplaceAll(c.agency, "人民", "")
		c.area, _ = areaWord(c.agency)
	}
	c.levels = partsLevels(c.report)
	return c
}

// unreadablePages returns the pages whose text is garbled, or that have a
// picture and no text. A page with neither is blank.
func unreadablePages(d *extract.Document) []int {
	pictures := map[int]bool{}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Type == extract.Image && b.Page != nil {
			pictures[*b.Page] = true
		}
	}
	var out []int
	for _, p := range d.Pages {
		if p.TextLayer == extract.TextGarbled || p.TextLayer == extract.TextNone && pictures[p.Number] {
			out = append(out, p.Number)
		}
	}
	return out
}

// hidden completes a verdict of a rule that looks for something in the text: it
// did not find it, but on pages without readable text it may stand all the same.
func (c *context) hidden(v *verdict) *verdict {
	if len(c.unreadable) > 0 && v.outcome != report.Failed {
		v.undetermined("第" + joinInts(c.unreadable) + "页没有可读的文字")
	}
	return v
}

// chapterOf returns the index of the section whose heading or text holds the
// block, or -1.
func (c *context) chapterOf(block int) int {
	for i := range c.sections() {
		ch := &c.reading.Chapters[i]
		if block == ch.Heading || ch.First <= block && block < ch.End {
			return i
		}
	}
	return -1
}

// sections returns the sections whose place in the document is known.
func (c *context) sections() []report.Section {
	return c.report.Sections[:min(len(c.report.Sections), len(c.reading.Chapters))]
}

// firstHeading is the index of the first chapter's heading block; the number of
// blocks where there is none.
func (c *context) firstHeading() int {
	first := len(c.document.Blocks)
	for i := range c.sections() {
		first = min(first, c.reading.Chapters[i].Heading)
	}
	return max(first, 0)
}

// blocksOf returns the blocks of a section, its heading left out.
func (c *context) blocksOf(section int) []extract.Block {
	if section < 0 || section >= len(c.sections()) {
		return nil
	}
	ch := c.reading.Chapters[section]
	first := max(ch.First, 0)
	end := min(ch.End, len(c.document.Blocks))
	if first >= end {
		return nil
	}
	return c.document.Blocks[first:end]
}

// sectionName is what findings call a section: "“一、总体情况”部分".
func sectionName(s *report.Section) string {
	title := clip(squeeze(s.Title))
	if s.Number != nil && *s.Number != "" {
		title = *s.Number + "、" + title
	}
	return "“" + title + "”部分"
}

// official is the form a finding speaks of: the reading's, else the one in force
// for the year, else the newest.
func (c *context) official() *form.Form {
	if c.reading.Form != nil {
		return c.reading.Form
	}
	if c.report.Year != nil {
		if f := formFor(*c.report.Year); f != nil {
			return f
		}
	}
	return &statutory()[0]
}

// statutory are the forms of the program, made once and never changed.
var statutory = sync.OnceValue(form.All)

// formFor is the statutory form in force for reports on the year, or nil.
func formFor(year int) *form.Form {
	forms := statutory()
	for i := range forms {
		if inForce(&forms[i], year) {
			return &forms[i]
		}
	}
	return nil
}

// tableName is what findings call a table, by its chapter:
// "“三、收到和处理政府信息公开申请情况”表".
func tableName(chapters []form.Chapter, t *form.Table) string {
	for _, ch := range chapters {
		if ch.Key == t.Chapter {
			return "“" + ch.Number + "、" + ch.Title + "”表"
		}
	}
	return "“" + t.Title + "”"
}
