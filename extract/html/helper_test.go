package html

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
)

func readBytes(b []byte, lim extract.Limits) (*extract.Extraction, error) {
	return Read(bytes.NewReader(b), int64(len(b)), lim)
}

// lines writes a document in lines: blocks as "type text", cells as
// "row,column+rows×columns text".
func lines(d *extract.Document) string {
	var out strings.Builder
	for _, b := range d.Blocks {
		fmt.Fprintf(&out, "%s", b.Type)
		if b.Level > 0 {
			fmt.Fprintf(&out, "%d", b.Level)
		}
		if b.Role != "" {
			fmt.Fprintf(&out, " (%s)", b.Role)
		}
		if b.Number != nil {
			fmt.Fprintf(&out, " [%s]", *b.Number)
		}
		if b.Table == nil {
			fmt.Fprintf(&out, " %s\n", strings.ReplaceAll(b.Text, "\n", "⏎"))
			continue
		}
		t := &d.Tables[*b.Table]
		fmt.Fprintf(&out, " %d×%d\n", t.Rows, t.Columns)
		for _, c := range t.Cells {
			fmt.Fprintf(&out, " %d,%d+%d×%d %s\n", c.Row, c.Column, c.RowSpan, c.ColumnSpan, strings.ReplaceAll(c.Text, "\n", "⏎"))
		}
	}
	return out.String()
}

func codes(e *extract.Extraction) string {
	out := make([]string, len(e.Warnings))
	for i, w := range e.Warnings {
		out[i] = w.Code
	}
	return strings.Join(out, " ")
}

// sample is a page and what is read of it.
type sample struct {
	page, want string
	warnings   string
}

func (s sample) check(t *testing.T, name string) {
	t.Helper()
	e, err := readBytes([]byte(s.page), extract.DefaultLimits())
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if got := lines(e.Document); got != s.want {
		t.Errorf("%s:\n%s\ngot:\n%s\nwant:\n%s", name, s.page, got, s.want)
	}
	if got := codes(e); got != s.warnings {
		t.Errorf("%s: warnings %q, want %q", name, got, s.warnings)
	}
}
