package main

import (
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
