package mapping

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"nianbao/convert/form"
	"nianbao/extract"
)

// What a reader read before changes nothing: a document is read as by a new one,
// also by many at the same time.
func TestMemoryChangesNothing(t *testing.T) {
	var docs []*extract.Document
	for _, f := range form.All() {
		for seed := range uint64(2) {
			docs = append(docs, neutral(allTables(&f, figuresFor(rand.New(rand.NewPCG(seed, 4)), &f))))
		}
	}
	r := NewReader(form.All())
	want := make([]*Reading, len(docs))
	for i := range docs {
		want[i] = Read(docs[i], r.forms)
	}
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for i := range 2 * len(docs) {
				got := r.Read(docs[i%len(docs)])
				if w := want[i%len(docs)]; !reflect.DeepEqual(got.Report, w.Report) || !reflect.DeepEqual(got.Provenance, w.Provenance) {
					t.Errorf("document %d is read otherwise", i%len(docs))
				}
			}
		})
	}
	wait.Wait()
}

// crowded is a document of more different texts than are kept.
func crowded() *extract.Document {
	var tables []extract.Table
	for t := range 2 {
		table := extract.Table{Index: t, Rows: 600, Columns: 4}
		for r := range table.Rows {
			for c := range table.Columns {
				table.Cells = append(table.Cells, extract.Cell{Row: r, Column: c, RowSpan: 1, ColumnSpan: 1, Text: fmt.Sprintf("第%d项工作的内容%d", t*600+r, c)})
			}
		}
		tables = append(tables, table)
	}
	return document(tables...)
}

// A memory that grew is not kept.
func TestMemoryIsBounded(t *testing.T) {
	r := NewReader(form.All())
	texts := r.texts()
	r.scan(crowded(), texts)
	if len(texts.all) <= maxKept {
		t.Fatalf("only %d texts", len(texts.all))
	}
	r.release(texts)
	for range 8 {
		if kept := r.texts(); len(kept.all) > 0 {
			t.Fatalf("%d texts kept", len(kept.all))
		}
	}
	texts = r.texts()
	if texts.compared != 0 {
		t.Errorf("a new document begins with %d texts", texts.compared)
	}
	for i := range maxTexts + 10 {
		texts.label(texts.known(fmt.Sprintf("第%d项", i)))
	}
	if texts.compared != maxTexts {
		t.Errorf("%d texts compared", texts.compared)
	}
}
