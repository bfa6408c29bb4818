package main

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"nianbao/convert/fixture"
)

// The whole way from bytes to checked result in this process, without the
// sandbox: reading, layout, mapping, rules.
func BenchmarkConvertWord(b *testing.B) {
	content, err := fixture.New(1, "2021").DOCX()
	if err != nil {
		b.Fatal(err)
	}
	benchmarkConvert(b, content)
}

func BenchmarkConvertPDF(b *testing.B) {
	benchmarkConvert(b, fixture.New(1, "2021").PDF(fixture.DefaultStyle()))
}

func benchmarkConvert(b *testing.B, content []byte) {
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		convertBytes(b, content)
	}
}

// longReport is a report of about so many pages, tables and prose.
func longReport(pages int) []byte {
	r := fixture.New(1, "2021")
	var text strings.Builder
	for i := range pages * 36 { // lines of a page
		fmt.Fprintf(&text, "第%d项工作按时完成，结果已经向社会公布。\n", i+1)
	}
	r.Sections[0].Text += "\n" + strings.TrimSuffix(text.String(), "\n")
	return r.PDF(fixture.DefaultStyle())
}

// BenchmarkConvertPages shows what a page costs in reports of different length:
// it should be the same.
func BenchmarkConvertPages(b *testing.B) {
	for _, pages := range []int{125, 500, 2000} {
		content := longReport(pages)
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				convertBytes(b, content)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*pages), "ns/page")
		})
	}
}

// TestMemoryGrowsWithPages: a page of a long report takes no more memory, all
// garbage counted, than one of a short report.
func TestMemoryGrowsWithPages(t *testing.T) {
	perPage := func(pages int) float64 {
		content := longReport(pages)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		res := convertBytes(t, content)
		runtime.ReadMemStats(&after)
		if n := *res.Source.Pages; n < pages || n > 2*pages {
			t.Fatalf("%d pages, want about %d", n, pages)
		}
		return float64(after.TotalAlloc-before.TotalAlloc) / float64(*res.Source.Pages)
	}
	perPage(10) // what is made once
	short, long := perPage(50), perPage(400)
	if long > 1.3*short {
		t.Errorf("a page takes %.0f bytes in a short report, %.0f in a long one", short, long)
	}
}
