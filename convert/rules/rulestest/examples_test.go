package rulestest

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/extract"
)

// reportOf makes a report around a passage and reads it.
func reportOf(t *testing.T, e *rules.Example, p *rules.Passage) (*mapping.Reading, *extract.Document) {
	t.Helper()
	c := Case{Name: "example", Agency: "云溪县教育局", Form: e.Form, Chapter: e.Chapter, Text: p.Text, Figures: map[string]string{}}
	for _, f := range p.Figures {
		c.Figures[f.Path] = f.Value
	}
	if p.Missing != "" {
		c.Missing = []string{p.Missing}
	}
	doc, err := c.Document()
	if err != nil {
		t.Fatal(err)
	}
	last := len(doc.Blocks) - 1
	if p.Signed != "" {
		doc.Blocks[last].Text = p.Signed
	}
	if p.Whole {
		doc.Blocks = without(doc.Blocks, chapterTitle(e.Chapter), p.Text)
	}
	if p.Headings != nil {
		doc.Blocks = rearranged(doc.Blocks, p.Headings)
	}
	if p.Title != "" {
		doc.Blocks[0].Text = p.Title
	}
	if p.Untitled {
		doc.Blocks = doc.Blocks[1:]
	}
	if p.Above != "" {
		doc.Blocks = slices.Insert(doc.Blocks, 0, extract.Block{Type: extract.Paragraph, Text: p.Above})
	}
	if p.Scanned {
		page := 2
		doc.Pages = []extract.Page{{Number: 1, TextLayer: extract.TextGood}, {Number: 2, TextLayer: extract.TextNone}}
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.Image, Page: &page})
	}
	reading := reader().Read(doc)
	if p.Crowded != "" {
		crowd(reading, "/report/"+p.Crowded+"/")
	}
	return reading, doc
}

func chapterTitle(key string) string {
	return map[string]string{"": "总体情况", "problems_and_improvements": "存在的主要问题及改进情况", "other_matters": "其他需要报告的事项"}[key]
}

// without leaves only that text in the chapter.
func without(blocks []extract.Block, title, text string) (out []extract.Block) {
	inside := false
	for _, b := range blocks {
		if b.Type == extract.Heading {
			inside = strings.HasSuffix(b.Text, title)
		}
		if strings.HasSuffix(b.Text, "教育局") || strings.HasSuffix(b.Text, "日") {
			inside = false // the signature
		}
		if !inside || b.Type != extract.Paragraph || b.Text == text && text != "" {
			out = append(out, b)
		}
	}
	return out
}

// rearranged has the chapters of those headings, in that order and with their
// numbers.
func rearranged(blocks []extract.Block, headings []string) (out []extract.Block) {
	var order []string
	chapters := map[string][]extract.Block{}
	at := ""
	end := blocks[len(blocks)-2:]
	for _, b := range blocks[:len(blocks)-2] {
		if b.Type == extract.Heading {
			_, at, _ = strings.Cut(b.Text, "、")
			order = append(order, at)
		}
		chapters[at] = append(chapters[at], b)
	}
	out = append(out, chapters[""]...)
	for _, h := range headings {
		_, title, _ := strings.Cut(h, "、")
		chapter := slices.Clone(chapters[title])
		if len(chapter) == 0 {
			panic("no chapter " + title + " among " + strings.Join(order, " "))
		}
		chapter[0].Text = h
		out = append(out, chapter...)
	}
	return append(out, end...)
}

// crowd makes a row one whose figures do not fit its columns, as readers of
// borderless tables find it.
func crowd(r *mapping.Reading, prefix string) {
	for path, place := range r.Provenance {
		if strings.HasPrefix(path, prefix) {
			place.State, place.Text = report.StateAmbiguous, "3 0 0 0 0 3"
			r.Provenance[path] = place
			r.Report.Applications.At(strings.TrimPrefix(path, "/report/applications/")).Value = nil
		}
	}
}

// Every rule has an example; the wrong one fails it and the right one does not.
func TestExamples(t *testing.T) {
	for _, rule := range rules.Catalogue() {
		e, ok := rules.ExampleOf(rule.ID)
		if !ok {
			t.Errorf("%s has no example", rule.ID)
			continue
		}
		for name, p := range map[string]*rules.Passage{"wrong": &e.Wrong, "right": &e.Right} {
			reading, doc := reportOf(t, &e, p)
			v := rules.Judge(rules.Input{Reading: reading, Document: doc})
			i := slices.IndexFunc(v.Findings, func(f report.Finding) bool { return f.Rule == rule.ID })
			switch {
			case name == "wrong" && i < 0:
				k := slices.IndexFunc(v.Rules, func(o report.Outcome) bool { return o.ID == rule.ID })
				t.Errorf("%s: the wrong example passes: %+v", rule.ID, v.Rules[k])
			case name == "right" && i >= 0:
				t.Errorf("%s: the right example fails: %s", rule.ID, v.Findings[i].Message)
			}
		}
	}
}
