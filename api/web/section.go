package web

import (
	"strconv"
	"strings"

	"nianbao/convert/form"
)

// viewSections makes the chapters' text, with the sentences that findings quote
// marked.
func viewSections(f *form.Form, v *reportView, marks map[string][]mark, t *targets) []sectionView {
	res, groups, at := v.Result, v.Groups, t.paragraphs()
	var quotes []*findingView
	for _, g := range groups {
		for _, f := range g.Items {
			if f.Quote != "" {
				quotes = append(quotes, f)
			}
		}
	}
	table := map[string]string{} // chapter → the table that stands in it
	if f != nil {
		for i := range f.Tables {
			if t := &f.Tables[i]; res.Report.Table(t.Key) != nil {
				table[t.Chapter] = anchor("/report/" + t.Key)
			}
		}
	}
	out := make([]sectionView, len(res.Report.Sections))
	for i := range res.Report.Sections {
		s := &res.Report.Sections[i]
		path := sectionPath(i)
		v := sectionView{ID: anchor(path), Heading: heading(s), Mark: marksBelow(marks, path), Table: table[s.Key]}
		for n, line := range strings.Split(s.Text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				id := anchor(path) + "-p" + strconv.Itoa(n)
				v.Paragraphs = append(v.Paragraphs, paragraphView{ID: id, At: at[id], Segments: segments(line, quotes)})
			}
		}
		out[i] = v
	}
	return out
}

// segments cuts a paragraph at the first quote that occurs in it, then goes on
// with the rest.
func segments(line string, quotes []*findingView) []segment {
	var out []segment
	for line != "" {
		at, hit := len(line), (*findingView)(nil)
		for _, q := range quotes {
			if i := strings.Index(line, q.Quote); i >= 0 && i < at {
				at, hit = i, q
			}
		}
		if at > 0 {
			out = append(out, segment{Text: line[:at]})
		}
		if hit == nil {
			break
		}
		out = append(out, segment{Text: hit.Quote, N: hit.N, Severity: hit.Severity})
		line = line[at+len(hit.Quote):]
	}
	return out
}
