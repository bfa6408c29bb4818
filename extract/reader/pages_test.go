package reader

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
	"nianbao/extract/page"
)

// fakePages is a file some of whose pages fail.
type fakePages struct {
	n    int
	fail map[int]error
}

func (f fakePages) NumPages() int { return f.n }

func (f fakePages) Page(n int) (*page.Page, error) {
	if err := f.fail[n]; err != nil {
		return nil, err
	}
	return &page.Page{Number: n, Width: 100, Height: 200}, nil
}

// fakeBuilder notes the pages it gets.
type fakeBuilder struct {
	doc extract.Document
	err error
}

func (b *fakeBuilder) Add(p *page.Page) error {
	b.doc.Pages = append(b.doc.Pages, extract.Page{Number: p.Number, TextLayer: extract.TextGood})
	return b.err
}

func (b *fakeBuilder) Finish() (*extract.Document, []extract.Warning, error) {
	return &b.doc, []extract.Warning{{Code: "of_builder"}}, nil
}

func TestDamagedPagesAreSeen(t *testing.T) {
	src := fakePages{5, map[int]error{1: extract.Damaged("甲"), 4: extract.Damaged("乙")}}
	doc, warnings, err := readPages(context.Background(), src, &fakeBuilder{})
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Page{{Number: 1, TextLayer: "none"}, {Number: 2, TextLayer: "good"}, {Number: 3, TextLayer: "good"},
		{Number: 4, TextLayer: "none"}, {Number: 5, TextLayer: "good"}}
	if d := cmp.Diff(want, doc.Pages); d != "" {
		t.Error(d)
	}
	if len(warnings) != 3 || *warnings[0].Page != 1 || *warnings[1].Page != 4 || warnings[1].Code != "page_unreadable" ||
		!strings.Contains(warnings[1].Message, "第 4 页") || !strings.Contains(warnings[1].Message, "乙") {
		t.Errorf("warnings %+v", warnings)
	}
}

// Pages that are read ahead come in order, too.
func TestLongFile(t *testing.T) {
	src := fakePages{2 * longFile, map[int]error{3: extract.Damaged("甲"), 2 * longFile: extract.Damaged("乙")}}
	doc, warnings, err := readPages(context.Background(), src, &fakeBuilder{})
	if err != nil || len(doc.Pages) != src.n || len(warnings) != 3 {
		t.Fatalf("%d pages, warnings %+v, %v", len(doc.Pages), warnings, err)
	}
	for i, p := range doc.Pages {
		if want := src.fail[p.Number] == nil; p.Number != i+1 || (p.TextLayer == extract.TextGood) != want {
			t.Errorf("page %d: %+v", i+1, p)
		}
	}
}

func TestPagesThatEndTheReading(t *testing.T) {
	limit := extract.OverLimit("decompressed_bytes", 5, "太多")
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for name, tt := range map[string]struct {
		ctx  context.Context
		src  fakePages
		b    fakeBuilder
		want error
	}{
		"a limit":     {context.Background(), fakePages{2, map[int]error{2: limit}}, fakeBuilder{}, limit},
		"the disk":    {context.Background(), fakePages{2, map[int]error{2: errDisk}}, fakeBuilder{}, errDisk},
		"the builder": {context.Background(), fakePages{2, nil}, fakeBuilder{err: limit}, limit},
		"the caller":  {gone, fakePages{2, nil}, fakeBuilder{}, context.Canceled},
	} {
		for _, n := range []int{2, 2 * longFile} {
			tt.src.n = n
			if _, _, err := readPages(tt.ctx, tt.src, &tt.b); !errors.Is(err, tt.want) {
				t.Errorf("%s, %d pages: %v", name, n, err)
			}
		}
	}
	for _, src := range []fakePages{{0, nil}, {2, map[int]error{1: extract.Damaged("甲"), 2: extract.Damaged("乙")}}} {
		_, _, err := readPages(context.Background(), src, &fakeBuilder{})
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeDamaged || e.Detail == "" {
			t.Errorf("%d pages, all lost: %v", src.n, err)
		}
	}
}
