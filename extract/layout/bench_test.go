package layout

import (
	"fmt"
	"testing"
	"time"

	"nianbao/extract"
)

// reportPages draws a report of three pages: text, a table over two pages,
// running header and page numbers.
func reportPages() []*sketch {
	var pages []*sketch
	for n := 1; n <= 3; n++ {
		s := newSketch(n)
		s.centre(50, 9, "澄江街道办事处")
		s.centre(810, 9, fmt.Sprintf("- %d -", n))
		if n == 1 {
			s.body(80, 740)
		} else {
			xs := []float64{60, 100, 160, 300, 330, 360, 390, 420, 450, 480, 510}
			for r := range 30 {
				row := []string{"", "（三）不予\n公开", "1.属于国家\n秘密", "1", "2", "3", "4", "5", "6", "7"}
				s.plain(xs, 80+22*float64(r), 22, row)
			}
		}
		pages = append(pages, s)
	}
	return pages
}

func BenchmarkReport(b *testing.B) {
	pages := reportPages()
	b.ReportAllocs()
	for b.Loop() {
		w := NewBuilder(extract.DefaultLimits())
		for _, p := range pages {
			if err := w.Add(&p.Page); err != nil {
				b.Fatal(err)
			}
		}
		if _, _, err := w.Finish(); err != nil {
			b.Fatal(err)
		}
	}
}

// tablePages is one table over n pages.
func tablePages(n int) []*sketch {
	var pages []*sketch
	for i := range n {
		s := newSketch(i + 1)
		var rows [][]string
		for r := range 33 {
			rows = append(rows, []string{fmt.Sprintf("第%d项", 33*i+r+1), "1", "2", "3", "4"})
		}
		s.plain([]float64{60, 200, 280, 360, 440, 520}, 60, 22, rows...)
		pages = append(pages, s)
	}
	return pages
}

// BenchmarkPages shows what a page costs in tables of different length: it should
// be the same.
func BenchmarkPages(b *testing.B) {
	for _, n := range []int{125, 500, 2000} {
		pages := tablePages(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if doc, _ := build(b, pages...); len(doc.Tables) != 1 {
					b.Fatalf("%d tables", len(doc.Tables))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/page")
		})
	}
}

// TestEndsOfALongTable: joining looks at the first and the last rows of a table
// only, however long it is.
func TestEndsOfALongTable(t *testing.T) {
	var whole *table
	for _, p := range tablePages(40) {
		s, _, err := newSheet(&p.Page, nil, &room{}, extract.DefaultLimits())
		if err != nil || len(s.tables) != 1 {
			t.Fatalf("page %d: %d tables, %v", p.Number, len(s.tables), err)
		}
		if whole == nil {
			whole = newTable(s.tables[0])
			continue
		}
		if joined, err := whole.join(s.tables[0], 800, extract.DefaultLimits()); err != nil || !joined {
			t.Fatalf("page %d: joined %v, %v", p.Number, joined, err)
		}
	}
	if whole.rows != 40*33 || len(whole.bottom) != 5 || whole.tops > 2*33*5 {
		t.Errorf("%d rows, %d cells end with the last, the first rows are among %d", whole.rows, len(whole.bottom), whole.tops)
	}
}

// The cost grows with the size of the page and not with its square: hostile
// pages at the glyph limit, and pages full of rulings, end soon.
func TestHostileSizes(t *testing.T) {
	const soon = 20 * time.Second
	tests := map[string]func(s *sketch){
		"glyphs in one place": func(s *sketch) {
			for i := range 200_000 {
				s.text(100+float64(i%7), 100+float64(i%5), 10, "字")
			}
		},
		"glyphs all over": func(s *sketch) {
			for i := range 200_000 {
				s.text(float64(i*7919%5950)/10, float64(i*104729%8400)/10, 6, "字")
			}
		},
		"crossing rulings": func(s *sketch) {
			for i := range 100_000 {
				s.h(0, 595, float64(i%8400)/10)
				s.v(float64(i%5950)/10, 0, 842)
			}
		},
		"scattered rulings": func(s *sketch) {
			for i := range 100_000 {
				x, y := float64(i*7919%5950)/10, float64(i*104729%8400)/10
				s.h(x, x+9, y)
				s.v(x, y, y+9)
			}
			s.body(80, 760)
		},
		"a wide sheet of cells": func(s *sketch) {
			s.Width, s.Height = 14_400, 14_400
			for i := range 900 {
				s.h(0, 14_400, 16*float64(i))
				s.v(16*float64(i), 0, 14_400)
			}
		},
		"lines of figures": func(s *sketch) {
			s.Height = 14_400
			for i := range 1000 {
				for k := range 60 {
					s.text(10+9.5*float64(k), 14*float64(i+1), 5, "1")
				}
			}
		},
		"rows of changing columns": func(s *sketch) {
			s.Height = 14_400
			for i := range 1000 {
				d := float64(i % 2 * 9)
				s.plain([]float64{50, 100 + d, 200 + d, 300 + d, 400 + d, 500}, 12*float64(i), 12, []string{"1", "2", "3", "4", "5"})
			}
		},
	}
	for name, draw := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSketch(1)
			draw(s)
			start := time.Now()
			b := NewBuilder(extract.DefaultLimits())
			if err := b.Add(&s.Page); err != nil && extract.AsError(err) == nil {
				t.Fatal(err)
			}
			if _, _, err := b.Finish(); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d > soon {
				t.Errorf("took %v", d)
			} else {
				t.Logf("took %v", d)
			}
		})
	}
}
