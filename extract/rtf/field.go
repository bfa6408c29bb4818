package rtf

import (
	"strconv"
	"strings"

	"nianbao/extract/flow"
)

// field is a field being read (RTF 1.9.1, "Fields").
type field struct {
	outer *field
	code  []byte
	wrote bool // something was printed
	// entries are those of a drop-down list of a form, chosen the one in use;
	// standard is used where nothing was chosen. stated is set where the file
	// says either.
	entries          []string
	chosen, standard int
	stated           bool
}

// maxEntries bounds the entries of a form's list; Word knows 25.
const maxEntries = 256

// beginResult begins \fldrslt. Within the instructions of another field nothing
// is shown.
func (r *reading) beginResult() {
	f := r.g.field
	if f == nil {
		return
	}
	r.g.contents = r.g.contents || flow.IsContents(string(f.code))
}

// endField prints what a field without a stored result says.
func (r *reading) endField() {
	f := r.g.field
	if f == nil {
		return
	}
	r.g.field = f.outer
	name, _, _ := strings.Cut(strings.TrimSpace(string(f.code)), " ")
	switch {
	case f.wrote:
	case strings.EqualFold(name, "FORMCHECKBOX"):
		if !f.stated { // LibreOffice leaves it out: better no box than a wrong one
			break
		}
		box := "☐"
		if f.value() == 1 {
			box = "☑"
		}
		r.write(box)
	case strings.EqualFold(name, "FORMDROPDOWN"):
		if v := f.value(); v >= 0 && v < len(f.entries) {
			r.write(f.entries[v])
		}
	default: // an empty result is none: LibreOffice writes one for each field
		if text := flow.FieldResult(string(f.code)); text != "" {
			r.write(text)
		}
	}
	if f.outer != nil {
		f.outer.wrote = f.outer.wrote || f.wrote
	}
}

// value is the state of a form field: 25 says that nothing was chosen (RTF 1.9.1,
// "Form Fields").
func (f *field) value() int {
	const undefined = 25
	if f.chosen == undefined {
		return f.standard
	}
	return f.chosen
}

func (r *reading) endListEntry() {
	if f := r.g.field; f != nil && len(f.entries) < maxEntries {
		f.entries = append(f.entries, string(r.text))
	}
}

// position names the n-th element of a kind in the story.
func (s *story) position(kind string, n int) *string {
	p := s.part + "#" + kind + strconv.Itoa(n)
	return &p
}
