package mapping

import (
	"math/rand/v2"
	"testing"

	"nianbao/convert/form"
)

// BenchmarkRead reads a report's tables by both forms.
func BenchmarkRead(b *testing.B) {
	f, _ := form.Lookup("2021")
	doc := neutral(allTables(&f, figuresFor(rand.New(rand.NewPCG(1, 1)), &f)))
	r := NewReader(form.All())
	b.ReportAllocs()
	for b.Loop() {
		r.Read(doc)
	}
}
