package main

import (
	"fmt"
	"runtime"
	"testing"

	"nianbao/convert/fixture"
)

// BenchmarkConvertPages shows what a page costs in reports of different length:
// it should be the same.
func BenchmarkConvertPages(b *testing.B) {
	for _, pages := range []int{125, 500, 2000} {
		content := fixture.LongPDF(pages)
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(content)))
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
		content := fixture.LongPDF(pages)
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
	// Pages of shorter ones are not read ahead, and so not copied.
	short, long := perPage(100), perPage(400)
	if long > 1.3*short {
		t.Errorf("a page takes %.0f bytes in a short report, %.0f in a long one", short, long)
	}
}
