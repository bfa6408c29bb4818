package wordform

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"nianbao/convert/form"
)

func fill(t *testing.T, f form.Form, c Content) string {
	t.Helper()
	template, err := Template(&f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Fill(template, &f, c)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b)
	return string(b)
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("document is not well formed: %v", err)
		}
	}
}

func TestEveryPlaceholderIsFilled(t *testing.T) {
	for _, f := range form.All() {
		doc := fill(t, f, Content{Title: "T", Figure: func(p string) string { return "<" + p + ">" }})
		if strings.Contains(doc, "{{") {
			t.Errorf("form %s: a placeholder is left: %.80s", f.ID, doc[strings.Index(doc, "{{"):])
		}
		for _, c := range f.Cells() {
			if n := strings.Count(doc, "&lt;"+c.Path+"&gt;"); n != 1 {
				t.Errorf("form %s: %s stands %d times", f.ID, c.Path, n)
			}
		}
	}
}

// Values are data: neither markup nor placeholders in them come alive.
func TestValuesStayText(t *testing.T) {
	f := form.All()[0]
	doc := fill(t, f, Content{
		Title:    "{{signed_by}}<w:p>&\x01",
		SignedBy: "SECRET",
		Chapters: map[string]string{"overview": "first\nsecond\tthird"},
		Figure:   func(string) string { return "1" },
	})
	if !strings.Contains(doc, "{{signed_by}}&lt;w:p&gt;&amp;<") {
		t.Error("the title did not stay text")
	}
	if n := strings.Count(doc, "SECRET"); n != 1 {
		t.Errorf("the signature stands %d times", n)
	}
	if !strings.Contains(doc, `first</w:t></w:r></w:p><w:p>`) || !strings.Contains(doc, `<w:tab/>`) {
		t.Error("lines are no paragraphs, or a tab is lost")
	}
}

func TestFillRefusesWhatIsNoTemplate(t *testing.T) {
	f := form.All()[0]
	if _, err := Fill([]byte("no zip"), &f, Content{Figure: func(string) string { return "" }}); err == nil {
		t.Error("no error")
	}
}
