package wordform

import (
	"reflect"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// The fast way finds in own templates what the slow way does.
func TestScanOwn(t *testing.T) {
	for _, f := range form.All() {
		r := &report.Report{Title: new(string), SignedBy: new(string), Metadata: &report.Metadata{Publisher: &f.ID},
			Registration: []report.Registration{{}}, Sections: []report.Section{{Key: "overview", Text: "x"}, {Key: "other"}, {Key: "applications", Text: "y"}}}
		for _, table := range f.Tables {
			r.SetTable(table.Key, &report.Node{})
		}
		file, err := layout(&Content{Report: r, Form: &f})
		if err != nil {
			t.Fatal(err)
		}
		content, err := documentOf(file)
		if err != nil {
			t.Fatal(err)
		}
		want, mistakes := scan(content)
		if got := scanOwn(content); len(mistakes) > 0 || len(got) < 2*len(f.Cells()) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d pieces, want %d; %q", f.ID, len(got), len(want), mistakes)
		}
	}
}

// Whatever the main part of a template is: what stands between the places is its own,
// in order.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"<w:p><w:r><w:t>{{ti</w:t></w:r><w:r><w:t>tle}}</w:t></w:r></w:p>", "<w:p><w:pPr/><w:r><w:rPr/><w:t>{{chapters}}</w:t></w:r></w:p>",
		"<w:p><w:r><w:pict><w:p><w:r><w:t>{{chapters}}</w:t></w:r></w:p></w:pict><w:t>{{title}}</w:t></w:r></w:p>", "<w:t>}}{{</w:t>", "<w:p/><!-- {{title}} --><a>", "｛｛title｝｝",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		pieces, mistakes := scan(content)
		if pieces == nil && len(mistakes) == 0 {
			t.Fatal("neither pieces nor a mistake")
		}
		at := 0
		for _, p := range pieces {
			n := strings.Index(content[at:], p.literal)
			if n < 0 {
				t.Fatalf("%q does not stand behind %d of %q", p.literal, at, content)
			}
			at += n + len(p.literal)
			if strings.ContainsAny(p.name, "{}<>") {
				t.Fatalf("name %q", p.name)
			}
		}
	})
}
