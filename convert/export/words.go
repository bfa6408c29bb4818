package export

import (
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// finding is a finding as exports show it; personal numbers are masked, for they are
// sent on.
type finding struct {
	*report.Finding
	Message, Expected, Actual, Quote string
	Where                            string // official names of its cells, or the chapter
	Decision                         string // what people decided on it
}

// findings are those that hold, in their order.
func (e *Entry) findings(names map[string]string) []finding {
	v := e.validation()
	out := make([]finding, len(v.Findings))
	for i := range v.Findings {
		f := &v.Findings[i]
		out[i] = finding{Finding: f, Message: rules.Mask(f.Message), Expected: rules.Printed(f.Expected), Actual: rules.Printed(f.Actual),
			Where: e.where(f.Paths, names), Decision: decision(e.Result.Review.Decision(f.ID))}
		if f.Quote != nil {
			out[i].Quote = rules.Mask(*f.Quote)
		}
	}
	return out
}

// maxPlaces is how many places of a finding are named; its paths have all of them.
const maxPlaces = 10

// where names the places of a finding.
func (e *Entry) where(paths []string, names map[string]string) string {
	var out []string
	for _, p := range paths {
		if name := names[p]; name != "" {
			out = append(out, name)
			continue
		}
		if rest, ok := strings.CutPrefix(p, "/report/sections/"); ok {
			number, _, _ := strings.Cut(rest, "/")
			if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(e.Result.Report.Sections) {
				out = append(out, heading(&e.Result.Report.Sections[i]))
			}
		}
	}
	if n := len(out); n > maxPlaces {
		return strings.Join(out[:maxPlaces], "；") + fmt.Sprintf(" 等 %d 处", n)
	}
	return strings.Join(out, "；")
}

// heading is the heading of a chapter as a form prints it.
func heading(s *report.Section) string {
	if s.Number == nil || *s.Number == "" {
		return s.Title
	}
	return *s.Number + "、" + s.Title
}

func decision(d *report.Decision) string {
	switch {
	case d == nil || d.Stale != "":
		return ""
	case d.Verdict == report.Confirmed:
		return "属实"
	case d.Verdict == report.Dismissed:
		return "不成立"
	}
	return string(d.Verdict)
}

// namesOf are the official names of cells by their paths, and the titles of facts.
func namesOf(head []fact, columns []Column) map[string]string {
	names := make(map[string]string, len(head)+len(columns))
	for _, f := range head {
		names[f.path] = f.name
	}
	for i := range columns {
		if c := &columns[i]; c.Path != "" {
			names[c.Path] = c.Name
		}
	}
	return names
}
