package rtf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
)

// fonts is a header with fonts of five code pages: f0 GBK, f1 Western, f2 Big5,
// f3 Japanese, f4 Wingdings.
const fonts = `{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times New Roman{\*\falt Other};}` +
	`{\f2\fcharset136 PMingLiU;}{\f3\fcharset128 MS Mincho;}{\f4\fcharset2 Wingdings;}}` + "\r\n"

// file makes an RTF file of a body.
func file(body string) []byte { return []byte(fonts + body + "}") }

func readBytes(b []byte, lim extract.Limits) (*extract.Extraction, error) {
	return Read(bytes.NewReader(b), int64(len(b)), lim)
}

// hexes writes text as \'hh in an encoding.
func hexes(tb testing.TB, text string, e encoding.Encoding) string {
	tb.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	var s strings.Builder
	for _, c := range b {
		fmt.Fprintf(&s, `\'%02x`, c)
	}
	return s.String()
}

func gbk(tb testing.TB, text string) string {
	tb.Helper()
	return hexes(tb, text, simplifiedchinese.GBK)
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

// readLines reads a body and returns its lines and the codes of the warnings.
func readLines(tb testing.TB, body string) (got, warnings string) {
	tb.Helper()
	e, err := readBytes(file(body), extract.DefaultLimits())
	if err != nil {
		tb.Fatalf("%s: %v", body, err)
	}
	codes := make([]string, len(e.Warnings))
	for i, w := range e.Warnings {
		codes[i] = w.Code
	}
	return lines(e.Document), strings.Join(codes, " ")
}

// sample is a body and what is read of it.
type sample struct {
	body, want string
	warnings   string
}

func (s sample) check(t *testing.T, name string) {
	t.Helper()
	got, warnings := readLines(t, s.body)
	if want := strings.TrimPrefix(s.want, "\n"); got != want {
		t.Errorf("%s:\n%s\ngot:\n%s\nwant:\n%s", name, s.body, got, want)
	}
	if warnings != s.warnings {
		t.Errorf("%s: warnings %q, want %q", name, warnings, s.warnings)
	}
}
