package export

import (
	"iter"
	"strings"
	"time"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/convert/spreadsheet"
	"nianbao/convert/wordform"
)

// Entry is one file of an export.
type Entry struct {
	// Result is what the interface gives: what was read, and in Review what people say
	// of it. Nil where there is none: then Failure says why.
	Result  *report.Result
	Failure *report.Failure
	// ID is the report's identifier and ReceivedAt when it came in; empty and zero
	// where no service took it in.
	ID         string
	ReceivedAt time.Time
	// Review is how far people are with it; empty where no service knows.
	Review report.ReviewState
}

// Set is what is exported.
type Set struct {
	// Entries are gone through once. An error ends the export with it.
	Entries iter.Seq2[Entry, error]
	// Forms are the statutory forms, the newest first.
	Forms []form.Form
	// Title is the Chinese title of a rule, "" where it is not known; nil for none.
	Title func(rule string) string
	// Templates are the templates of DOCX by form, that of "" for all others; a report
	// without one is laid out as the notice prints its form.
	Templates map[string]*wordform.Template
	// TempDir is where XLSX keeps rows that wait; empty for the system's.
	TempDir string
	// Location is the time zone of the times in XLSX, which has none; nil means UTC.
	Location *time.Location

	rows int // a sheet has at most; 0 means as many as the format has
}

func (s *Set) title(rule string) string {
	if s.Title == nil {
		return ""
	}
	return s.Title(rule)
}

// form is the statutory form of an entry, nil where it has none.
func (s *Set) form(e *Entry) *form.Form {
	if e.Result == nil {
		return nil
	}
	for i := range s.Forms {
		if s.Forms[i].ID == e.Result.Report.Form {
			return &s.Forms[i]
		}
	}
	return nil
}

// corrected is the entries as people corrected them.
func (s *Set) corrected() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for e, err := range s.Entries {
			if e.Result != nil && e.Result.Review != nil {
				e.Result = review.Corrected(e.Result, e.Result.Review.Corrections)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// One is a sequence of one entry.
func One(e Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) { yield(e, nil) }
}

// id is the report's identifier, "" where it has none.
func (e *Entry) id() string {
	if e.ID == "" && e.Result != nil {
		return e.Result.ID
	}
	return e.ID
}

// source is the file of the entry.
func (e *Entry) source() *report.Source {
	switch {
	case e.Result != nil:
		return &e.Result.Source
	case e.Failure != nil:
		return &e.Failure.Source
	}
	return &report.Source{}
}

// validation is the one that holds: with the corrections, where there are any.
func (e *Entry) validation() *report.Validation {
	if r := e.Result.Review; r != nil && r.Validation != nil {
		return r.Validation
	}
	return &e.Result.Validation
}

// verdict is the outcome in Chinese.
func (e *Entry) verdict() string {
	if e.Result == nil {
		return "未能转换"
	}
	switch e.validation().Status {
	case "pass":
		return "通过"
	case "warn":
		return "有警告"
	case "fail":
		return "有错误"
	}
	return e.validation().Status
}

// reason says why there is no result.
func (e *Entry) reason() string {
	if e.Failure == nil {
		return ""
	}
	p := &e.Failure.Error
	return strings.Trim(p.Title+"："+p.Detail, "：")
}

// Cell is what stands in the cell of a JSON Pointer: a report.Number, a string that is
// printed there and no number of this cell, or nil for a blank or what is not there.
func (e *Entry) Cell(path string) any {
	if e.Result == nil {
		return nil
	}
	key, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	if n := e.Result.Report.Table(key).At(rest); n != nil && n.Value != nil {
		return *n.Value
	}
	place, read := e.Result.Provenance[path]
	text := strings.TrimSpace(place.Text)
	switch {
	case !read || text == "" || place.Corrected || place.State == report.StateBlank:
		return nil
	case place.State == report.StateAmbiguous || spreadsheet.IsNumber(text):
		return "?" + text
	}
	return text
}

// unit is the unit of the cell's value: as printed, or else as the form has it.
func (e *Entry) unit(c *Column) any {
	if _, ok := e.Cell(c.Of).(report.Number); !ok {
		return nil
	}
	if u := e.Result.Provenance[c.Of].Unit; u != nil && *u != "" {
		return *u
	}
	if c.Unit != "" {
		return c.Unit
	}
	return nil
}
