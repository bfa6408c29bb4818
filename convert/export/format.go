package export

import (
	"io"
	"slices"
)

// Format is a kind of file that an export can be.
type Format struct {
	Name      string // "xlsx": what interface and command line call it, and the ending of names
	MediaType string
	// Write writes a set; errors of the set's entries are returned as they are.
	Write func(w io.Writer, s Set) error
	// many is what a set of any length is written as, where Write takes one report.
	many *Format
}

// Many is the format for any number of reports: itself, or of documents that hold one
// report each, an archive of them.
func (f Format) Many() Format {
	if f.many != nil {
		return *f.many
	}
	return f
}

// Formats are all formats, the most asked for first.
func Formats() []Format {
	return []Format{
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", XLSX, nil},
		{"csv", "text/csv; charset=utf-8", CSV, nil},
		{"md", "text/markdown; charset=utf-8", Markdown, nil},
		{"jsonl", "application/x-ndjson", JSONL, nil},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", DOCX,
			&Format{"zip", "application/zip", DOCXArchive, nil}},
	}
}

// Lookup returns the format with the name.
func Lookup(name string) (Format, bool) {
	formats := Formats()
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Names are the names of all formats.
func Names() []string {
	var out []string
	for _, f := range Formats() {
		out = append(out, f.Name)
	}
	return out
}
