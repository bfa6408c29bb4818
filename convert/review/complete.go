package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/convert/report"
)

// Bounds of what people write, in characters.
const (
	MaxNote = 1000
	// minReason is the least that says why a finding is dismissed ("误读").
	minReason = 2
)

// Mistake is what is wrong with a statement.
type Mistake struct {
	// Field is that of report.Statement: act, finding, path, value or note.
	Field string
	// Message says in Chinese what is wrong and what to do.
	Message string
	// Unknown: there is no such finding or value.
	Unknown bool
}

// Mistakes are all that is wrong with a statement.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	parts := make([]string, len(m))
	for i, x := range m {
		parts[i] = x.Field + ": " + x.Message
	}
	return "review: " + strings.Join(parts, "; ")
}

// Matter is what a statement is made about.
type Matter struct {
	// Result is what the program read.
	Result *report.Result
	// Findings may be decided on: those of the validation that holds, and of what is
	// said beside other reports.
	Findings []report.Finding
	// Now is the review as it is.
	Now *report.Review
}

// Complete checks a statement and writes it as it is recorded: values in one form,
// and with them what was read, or what the finding said. By, At and N stay as they
// are. Errors: Mistakes.
func (m *Matter) Complete(s report.Statement) (report.Statement, error) {
	var wrong Mistakes
	out := report.Statement{Act: s.Act, N: s.N, By: s.By, At: s.At}
	out.Note, wrong = note(s)
	switch s.Act {
	case report.ActConfirm, report.ActDismiss, report.ActUndecide:
		wrong = append(wrong, m.finding(&out, s.Finding)...)
	case report.ActCorrect, report.ActUncorrect:
		wrong = append(wrong, m.value(&out, s)...)
	case report.ActCheck, report.ActReturn, report.ActUnmark:
	default:
		wrong = append(wrong, Mistake{Field: "act", Message: "没有这种操作。请刷新页面后重试。"})
	}
	if len(wrong) > 0 {
		return out, wrong
	}
	return out, nil
}

// note cleans and checks a note.
func note(s report.Statement) (string, Mistakes) {
	text := strings.TrimSpace(clean(s.Note, true))
	n := utf8.RuneCountInString(text)
	switch {
	case n > MaxNote:
		return text, Mistakes{{Field: "note", Message: fmt.Sprintf("说明有%d个字，超过上限%d个字。请缩短后重新提交。", n, MaxNote)}}
	case s.Act == report.ActDismiss && n < minReason:
		return text, Mistakes{{Field: "note", Message: "请写明为什么不成立（至少两个字），以便他人复核。"}}
	}
	return text, nil
}

// clean takes out what no text has: control characters, but line breaks where lines
// are wanted, and broken characters.
func clean(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r == '\ufeff', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}

// finding completes a statement about a finding. What has gone can still be
// undecided.
func (m *Matter) finding(out *report.Statement, id string) Mistakes {
	out.Finding = id
	at := slices.IndexFunc(m.Findings, func(f report.Finding) bool { return f.ID == id })
	switch {
	case at >= 0 && id != "":
		f := &m.Findings[at]
		out.Rule, out.Severity, out.Message, out.Fingerprint = f.Rule, f.Severity, f.Message, Fingerprint(f)
		return nil
	case out.Act == report.ActUndecide && m.Now.Decision(id) != nil:
		d := m.Now.Decision(id)
		out.Rule, out.Severity, out.Message, out.Fingerprint = d.Rule, d.Severity, d.Message, d.Fingerprint
		return nil
	}
	return Mistakes{{Field: "finding", Unknown: true, Message: "这份报告现在没有这个问题：它可能已随更正或重新检查而消失。请刷新页面查看。"}}
}

// value completes a statement about a value.
func (m *Matter) value(out *report.Statement, s report.Statement) Mistakes {
	out.Path = s.Path
	f := fieldAt(m.Result, s.Path)
	out.Label = f.label
	read, ok := readAt(m.Result, s.Path)
	if !ok {
		if c := m.Now.Correction(s.Path); c != nil && s.Act == report.ActUncorrect {
			out.Label, out.Read = c.Label, c.Read
			return nil
		}
		return Mistakes{{Field: "path", Unknown: true, Message: "没有这一项，或者它不能更正：可以更正法定表格中的数字，以及标题、机关、年度、落款机关和落款日期。请刷新页面后重试。"}}
	}
	out.Read = read
	if s.Act == report.ActUncorrect {
		return nil
	}
	value, wrong := f.parse(s.Value)
	if wrong == "" && m.Now.Correction(s.Path) == nil && m.asRead(s.Path, read, value) {
		wrong = "与程序读出的一样，不需要更正。"
	}
	if wrong != "" {
		return Mistakes{{Field: "value", Message: wrong}}
	}
	out.Value = value
	return nil
}

// asRead tells whether a value is what was read: in cells that are no number the
// state has to be the same, too.
func (m *Matter) asRead(path string, read, value *string) bool {
	p, isCell := m.Result.Provenance[path]
	if !isCell || p.State == report.StateNumber || p.State == report.StatePlaceholder {
		return same(read, value)
	}
	return p.State == report.StateBlank && value == nil
}
