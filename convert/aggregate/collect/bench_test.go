package collect

import (
	"fmt"
	"runtime"
	"testing"

	"nianbao/convert/aggregate"
	"nianbao/convert/bodies"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

// place is a list of n bodies below a government, each with a report.
func place(b testing.TB, n int) *store {
	list := []bodies.Body{{ID: "gov", Name: "云溪县人民政府"}}
	for i := range n {
		list = append(list, bodies.Body{ID: fmt.Sprintf("b%d", i), Name: fmt.Sprintf("云溪县第%d局", i), Parent: "gov", Kind: bodies.KindDepartment})
	}
	s := newStore(b, list...)
	kinds := make([]*report.Result, 20)
	for i := range kinds {
		kinds[i] = read(b, fixture.Of(uint64(i), "2021", "云溪县教育局", year))
	}
	for i := range n {
		id := fmt.Sprintf("b%d", i)
		s.put(id, id, kinds[i%len(kinds)])
	}
	return s
}

// BenchmarkSum adds 5,000 reports that are in memory: what adding costs beside reading.
func BenchmarkSum(b *testing.B) {
	const n = 5000
	s := place(b, n)
	b.ReportAllocs()
	for b.Loop() {
		s.sum(b, Query{Year: year})
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/report")
}

// Memory: nothing of a report is kept when the next ones are added.
func TestReportsAreNotKept(t *testing.T) {
	s := place(t, 400)
	held := func(n int) float64 {
		sel, err := s.collector(t).Select(t.Context(), Query{Year: year})
		if err != nil {
			t.Fatal(err)
		}
		a := aggregate.NewAdder(sel.Selection, sel.c.Forms)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range n {
			a.Add(i, s.results[fmt.Sprintf("b%d", i)])
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(a)
		return float64(after.HeapAlloc) - float64(before.HeapAlloc)
	}
	if few, many := held(20), held(400); many > few+100<<10 {
		t.Errorf("adding 20 reports holds %.0f bytes, 400 hold %.0f", few, many)
	}
}
