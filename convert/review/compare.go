package review

import (
	"fmt"
	"time"

	"nianbao/convert/report"
	"nianbao/convert/textdiff"
)

// Comparison is what differs between two versions of a report.
type Comparison struct {
	// Before and After are the versions that are compared.
	Before Version `json:"before"`
	After  Version `json:"after"`
	// Changes are the figures and identity fields that differ, as people corrected
	// them, and the findings that are gone and new.
	Changes report.Changes `json:"changes"`
	// Chapters are those whose text differs, in the order of the later version; those
	// that it does not have come last.
	Chapters []Chapter `json:"chapters"`
	// SameChapters is how many have the same text.
	SameChapters int `json:"same_chapters"`
}

// Version is one side of a comparison.
type Version struct {
	ID         string    `json:"id"`
	Filename   string    `json:"filename"`
	ReceivedAt time.Time `json:"received_at"`
}

// Chapter is a chapter whose text differs.
type Chapter struct {
	Key string `json:"key"` // report.Section.Key
	// Before and After are the titles with their numbers; empty where the version has
	// no such chapter.
	Before     string               `json:"before"`
	After      string               `json:"after"`
	Paragraphs []textdiff.Paragraph `json:"paragraphs"`
	// Whole: so much differs that paragraphs which were reworded may be told as gone
	// and new.
	Whole bool `json:"whole,omitempty"`
}

// Compare compares two results. The versions are left to the caller.
func Compare(before, after *report.Result) Comparison {
	out := Comparison{Changes: report.Compare(before, after), Chapters: []Chapter{}}
	was := byChapter(before.Report.Sections)
	for _, c := range chaptersOf(after.Report.Sections) {
		old := was[c.id]
		delete(was, c.id)
		out.add(old, c.section)
	}
	for _, c := range chaptersOf(before.Report.Sections) {
		if was[c.id] != nil {
			out.add(c.section, nil)
		}
	}
	return out
}

// add compares a chapter; nil is that a version does not have it.
func (c *Comparison) add(before, after *report.Section) {
	if before != nil && after != nil && before.Text == after.Text {
		c.SameChapters++ // a title that differs is among the changes
		return
	}
	var out Chapter
	was, is := "", ""
	if before != nil {
		out.Key, out.Before, was = before.Key, heading(before), before.Text
	}
	if after != nil {
		out.Key, out.After, is = after.Key, heading(after), after.Text
	}
	paragraphs, detailed := textdiff.Paragraphs(was, is)
	out.Paragraphs, out.Whole = append([]textdiff.Paragraph{}, paragraphs...), !detailed
	c.Chapters = append(c.Chapters, out)
}

// chapter is a section with what it is told by in both versions: its key and, of
// those with the same key, which one it is.
type chapter struct {
	id      string
	section *report.Section
}

func chaptersOf(sections []report.Section) (out []chapter) {
	seen := map[string]int{}
	for i := range sections {
		s := &sections[i]
		key := s.Key
		if key == otherKey {
			key += " " + s.Title // chapters of the place's own
		}
		out = append(out, chapter{fmt.Sprintf("%s %d", key, seen[key]), s})
		seen[key]++
	}
	return out
}

// otherKey is that of chapters that are none of the form's.
const otherKey = "other"

func byChapter(sections []report.Section) map[string]*report.Section {
	out := map[string]*report.Section{}
	for _, c := range chaptersOf(sections) {
		out[c.id] = c.section
	}
	return out
}

func heading(s *report.Section) string {
	if s.Number != nil && *s.Number != "" {
		return *s.Number + "、" + s.Title
	}
	return s.Title
}
