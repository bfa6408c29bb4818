package extract

import "fmt"

// Options are what a caller may choose for a reading.
type Options struct {
	Limits
	// Changes says what tracked changes count as; the zero value is AcceptChanges.
	Changes Changes `json:"changes,omitempty"`
}

// Changes says what the tracked changes of a Word document count as.
type Changes string

// The ways to read tracked changes.
const (
	// AcceptChanges reads the document as if all were accepted: what was
	// inserted is there, what was deleted is not. This is what is printed.
	AcceptChanges Changes = "accept"
	// RejectChanges reads the document as it was before them.
	RejectChanges Changes = "reject"
	// AllChanges reads both, in the marks of wdiff: inserted text stands as
	// {+text+}, deleted text as [-text-]; comments are blocks of RoleComment. It is
	// for people who look for what was changed, not for figures.
	AllChanges Changes = "all"
)

// Validate refuses what is none of the ways; "" counts as AcceptChanges.
func (c Changes) Validate() error {
	switch c {
	case "", AcceptChanges, RejectChanges, AllChanges:
		return nil
	}
	return fmt.Errorf("extract: changes %q, want accept, reject or all", string(c))
}
