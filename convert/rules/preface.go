package rules

import (
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/mapping"
	"nianbao/extract"
)

// prefaceOf is the text before the first chapter, where reports also tell what they
// received and published: its paragraphs, without the title, a table of contents and
// whatever else is no sentence. Empty where the report has no chapters.
func prefaceOf(reading *mapping.Reading, doc *extract.Document) string {
	n := min(len(reading.Report.Sections), len(reading.Chapters))
	if n == 0 || doc == nil {
		return ""
	}
	first := reading.Chapters[0].Heading
	for i := range n {
		first = min(first, reading.Chapters[i].Heading)
	}
	const most = 20 // blocks; what is longer is a chapter whose heading was not seen
	if first <= 0 || first > most || first > len(doc.Blocks) {
		return ""
	}
	var out []string
	for i := range doc.Blocks[:first] {
		if b := &doc.Blocks[i]; isBody(b.Role) && strings.ContainsAny(b.Text, "。；") {
			out = append(out, b.Text)
		}
	}
	return strings.Join(out, "\n")
}

// ReadClaims reads what the text of the report's chapters, and that before the first of
// them, says in figures. Claims of the preface come last; their section is the number of
// chapters.
func ReadClaims(reading *mapping.Reading, doc *extract.Document) *claims.Reading {
	r := &reading.Report
	sections := make([]claims.Section, len(r.Sections), len(r.Sections)+1)
	for i := range r.Sections {
		sections[i] = claims.Section{Key: r.Sections[i].Key, Text: r.Sections[i].Text}
	}
	if text := prefaceOf(reading, doc); text != "" {
		sections = append(sections, claims.Section{Key: claims.Preface, Text: text})
	}
	year := 0
	if r.Year != nil {
		year = *r.Year
	}
	return claims.Read(sections, year)
}

// textOf is the text that a sentence's section has.
func (c *context) textOf(section int) string {
	if section < len(c.report.Sections) {
		return c.report.Sections[section].Text
	}
	return prefaceOf(c.reading, c.document)
}

// textPaths are the pointers of a section's text: the preface has none.
func (c *context) textPaths(section int) []string {
	if section < len(c.report.Sections) {
		return []string{"/report/sections/" + itoa(section) + "/text"}
	}
	return nil
}

// keyOf is the key of a section.
func (c *context) keyOf(section int) string {
	if section < len(c.report.Sections) {
		return c.report.Sections[section].Key
	}
	return claims.Preface
}

// inChapter names the place of a sentence: "“一、总体情况”部分".
func (c *context) inChapter(section int) string {
	if section < len(c.report.Sections) {
		return sectionName(&c.report.Sections[section])
	}
	return "第一部分之前的文字"
}

// told reports whether a sentence is one of the chapters.
func told(said *claims.Reading, x *claims.Claim, chapters int) bool {
	return said.Sentences[x.Sentence].Section < chapters
}
