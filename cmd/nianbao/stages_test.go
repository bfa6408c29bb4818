package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/extract"
	"nianbao/extract/docx"
	"nianbao/extract/grid"
	"nianbao/extract/layout"
	"nianbao/extract/page"
	"nianbao/extract/pdf"
	"nianbao/extract/reader"
)

// stageFile is a file made by code.
type stageFile struct {
	name    string
	format  extract.Format
	content func(b *testing.B) []byte
}

func stageFiles() []stageFile {
	typical := func() *fixture.Report { return fixture.New(1, "2021") }
	small := func() *fixture.Report { // tables, no prose
		r := typical()
		for i := range r.Sections {
			r.Sections[i].Text = ""
		}
		return r
	}
	word := func(of func() *fixture.Report) func(b *testing.B) []byte {
		return func(b *testing.B) []byte {
			content, err := of().DOCX()
			if err != nil {
				b.Fatal(err)
			}
			return content
		}
	}
	tables := func(b *testing.B) []byte {
		var w bytes.Buffer
		if err := fixture.WordOfTables(&w, 5000); err != nil {
			b.Fatal(err)
		}
		return w.Bytes()
	}
	browser := fixture.DefaultStyle()
	browser.Browser = true
	return []stageFile{
		{"word-small", extract.FormatDOCX, word(small)},
		{"word-typical", extract.FormatDOCX, word(typical)},
		{"word-5000-tables", extract.FormatDOCX, tables},
		{"pdf-small", extract.FormatPDF, func(*testing.B) []byte { return small().PDF(fixture.DefaultStyle()) }},
		{"pdf-typical", extract.FormatPDF, func(*testing.B) []byte { return typical().PDF(fixture.DefaultStyle()) }},
		{"pdf-browser", extract.FormatPDF, func(*testing.B) []byte { return typical().PDF(browser) }},
		{"pdf-yearbook-300", extract.FormatPDF, func(*testing.B) []byte { return fixture.YearbookPDF(300, fixture.DefaultStyle()) }},
	}
}

// BenchmarkStages measures what becomes of a file stage by stage, each with what
// the ones before it made. BenchmarkConvertPages has the long files; archive,
// catalog and the pages' tables have benchmarks in their packages.
func BenchmarkStages(b *testing.B) {
	for _, f := range stageFiles() {
		b.Run(f.name, func(b *testing.B) { benchmarkStages(b, f.format, f.content(b)) })
	}
}

func benchmarkStages(b *testing.B, format extract.Format, content []byte) {
	measure := func(stage string, size int, do func() error) {
		b.Run(stage, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	if format == extract.FormatPDF {
		measurePDF(b, content, measure)
	} else {
		measure("open", len(content), func() error { // as far as the format
			_, err := reader.Sniff(bytes.NewReader(content), int64(len(content)))
			return err
		})
		measure("read", len(content), func() error {
			_, err := docx.Read(bytes.NewReader(content), int64(len(content)), extract.DefaultLimits())
			return err
		})
	}
	ex, err := reader.Read(b.Context(), bytes.NewReader(content), int64(len(content)), extract.DefaultLimits(), nil)
	if err != nil {
		b.Fatal(err)
	}
	doc := grid.Seen(ex.Document)
	by := mapping.NewReader(form.All())
	measure("mapping", len(content), func() error { by.Read(doc); return nil })
	reading := by.Read(doc)
	measure("rules", len(content), func() error {
		rules.Judge(rules.Input{Reading: reading, Document: doc, Said: rules.ReadClaims(reading, doc)})
		return nil
	})
	res := convert.Convert(ex, report.Source{Filename: "x"}, convert.Options{Program: "test"})
	measure("result", len(content), func() error { _, err := json.Marshal(res); return err })
	measure("whole", len(content), func() error { convertBytes(b, content); return nil })
}

// measurePDF measures the stages between a PDF file and its document.
func measurePDF(b *testing.B, content []byte, measure func(stage string, size int, do func() error)) {
	open := func() (*pdf.Document, error) {
		return pdf.Open(bytes.NewReader(content), int64(len(content)), extract.DefaultLimits())
	}
	measure("open", len(content), func() error { _, err := open(); return err })
	var pages []*page.Page
	glyphs := func() error {
		d, err := open()
		if err != nil {
			return err
		}
		pages = pages[:0]
		for n := 1; n <= d.NumPages(); n++ {
			p, err := d.Page(n)
			if err != nil {
				return err
			}
			pages = append(pages, p)
		}
		return nil
	}
	measure("glyphs", len(content), glyphs)
	if err := glyphs(); err != nil {
		b.Fatal(err)
	}
	measure("layout", len(content), func() error { // with tables
		w := layout.NewBuilder(extract.DefaultLimits())
		for _, p := range pages {
			if err := w.Add(p); err != nil {
				return err
			}
		}
		_, _, err := w.Finish()
		return err
	})
}
