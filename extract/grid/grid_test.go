package grid

import (
	"reflect"
	"testing"

	"nianbao/extract"
)

func TestJoin(t *testing.T) {
	for name, c := range map[string]struct {
		lines []float64
		cells []Span
		want  []int
	}{
		"apart":                    {[]float64{0, 2, 4}, []Span{{0, 1}, {1, 2}}, []int{0, 1, 2}},
		"a hair":                   {[]float64{0, 100, 101, 200}, []Span{{0, 1}, {1, 3}, {0, 2}, {2, 3}}, []int{0, 1, 1, 2}},
		"a cell between":           {[]float64{0, 100, 101, 200}, []Span{{0, 1}, {1, 2}, {2, 3}}, []int{0, 1, 2, 3}},
		"a cell between three":     {[]float64{0, 100, 100.5, 101, 200}, []Span{{0, 1}, {1, 3}, {2, 4}}, []int{0, 1, 1, 2, 3}},
		"measured from the first":  {[]float64{0, 1.5, 3, 4.5}, []Span{{0, 2}, {1, 3}}, []int{0, 0, 1, 1}},
		"at the end":               {[]float64{0, 100, 101}, []Span{{0, 1}, {0, 2}}, []int{0, 1, 1}},
		"lines at the same place":  {[]float64{0, 100, 100, 200}, []Span{{0, 1}, {2, 3}}, []int{0, 1, 1, 2}},
		"no lines, as of no cells": {nil, nil, []int{}},
	} {
		if got := Join(c.lines, c.cells); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestSeen(t *testing.T) {
	drawn := extract.Table{
		Rows: 2, Columns: 3, ColumnWidths: []float64{50, 0.5, 60}, Cells: []extract.Cell{
			{RowSpan: 1, ColumnSpan: 1, Text: "a"}, {Column: 1, RowSpan: 1, ColumnSpan: 2, Text: "b"},
			{Row: 1, RowSpan: 1, ColumnSpan: 2, Text: "c"}, {Row: 1, Column: 2, RowSpan: 1, ColumnSpan: 1, Text: "d"},
		},
	}
	plain := extract.Table{Index: 1, Rows: 1, Columns: 1, ColumnWidths: []float64{1}, Cells: []extract.Cell{{RowSpan: 1, ColumnSpan: 1}}}
	unknown := extract.Table{Index: 2, Rows: 1, Columns: 1, Cells: []extract.Cell{{RowSpan: 1, ColumnSpan: 1}}}
	doc := &extract.Document{Tables: []extract.Table{drawn, plain, unknown}}
	got := Seen(doc)
	want := extract.Table{
		Rows: 2, Columns: 2, ColumnWidths: []float64{50, 60.5}, Cells: []extract.Cell{
			{RowSpan: 1, ColumnSpan: 1, Text: "a"}, {Column: 1, RowSpan: 1, ColumnSpan: 1, Text: "b"},
			{Row: 1, RowSpan: 1, ColumnSpan: 1, Text: "c"}, {Row: 1, Column: 1, RowSpan: 1, ColumnSpan: 1, Text: "d"},
		},
	}
	if !reflect.DeepEqual(got.Tables, []extract.Table{want, plain, unknown}) {
		t.Errorf("got %+v", got.Tables)
	}
	if doc.Tables[0].Columns != 3 || doc.Tables[0].Cells[1].ColumnSpan != 2 {
		t.Error("the document was changed")
	}
	if Seen(got) != got || Seen(nil) != nil {
		t.Error("a document without slivers was copied")
	}
}
