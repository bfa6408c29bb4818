package mapping

import (
	"math/rand/v2"
	"testing"

	"nianbao/convert/form"
)

// BenchmarkRead reads a report's tables by both forms: the first of a batch, and
// those that follow.
func BenchmarkRead(b *testing.B) {
	f, _ := form.Lookup("2021")
	doc := neutral(allTables(&f, figuresFor(rand.New(rand.NewPCG(1, 1)), &f)))
	r := NewReader(form.All())
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			(&Reader{forms: r.forms, indices: r.indices, chapters: r.chapters}).Read(doc)
		}
	})
	b.Run("next", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Read(doc)
		}
	})
}
