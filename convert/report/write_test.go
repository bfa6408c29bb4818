package report_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"nianbao/convert/report"
)

// fill sets every field, lists and trees to a depth, so that none is forgotten.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		if depth == 0 {
			return
		}
		depth--
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), depth)
			}
		}
	case reflect.Slice:
		if depth == 0 {
			return // no list of pointers to nothing
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), depth)
		}
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, depth)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("/b").Convert(v.Type().Key()), value)
		v.SetMapIndex(reflect.ValueOf("/a").Convert(v.Type().Key()), reflect.Zero(v.Type().Elem()))
	case reflect.String:
		if v.SetString("件"); v.Type() == reflect.TypeFor[report.Number]() {
			v.SetString("7.50")
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint64:
		v.SetUint(7)
	case reflect.Float64:
		v.SetFloat(12.5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Interface:
		v.Set(reflect.ValueOf(`"provenance":null`))
	default:
		panic("a kind of field that no result had: " + v.Type().String())
	}
}

func TestMarshalWritesEveryField(t *testing.T) {
	for depth := range 10 {
		var res report.Result
		fill(reflect.ValueOf(&res).Elem(), depth)
		sameJSON(t, &res)
	}
	sameJSON(t, &report.Result{Provenance: map[string]report.Place{}})
	sameJSON(t, report.Failure{})
	sameJSON(t, (*report.Result)(nil))
	for _, f := range []float64{math.NaN(), math.Inf(1)} {
		if b, err := report.Marshal(&report.Result{Provenance: map[string]report.Place{"": {BBox: &[4]float64{1, f}}}}); err == nil {
			t.Errorf("%v was written: %s", f, b)
		}
	}
}

// Whatever stands in a place, it is written as package json does.
func FuzzMarshal(f *testing.F) {
	f.Add("/report/year", "2022年<&\"\\", "word/document.xml#p1", 0.0, 12.25)
	f.Add("\u2028\x00\x7f", "\xff", "", 1e-7, -1e300)
	f.Add("", "", "", math.Copysign(0, -1), 1e21)
	f.Fuzz(func(t *testing.T, path, text, part string, a, b float64) {
		if math.IsNaN(a+b) || math.IsInf(a+b, 0) {
			return
		}
		page := int(a)
		sameJSON(t, &report.Result{ID: text, Report: report.Report{Title: &text}, Provenance: map[string]report.Place{
			path: {Text: text, State: report.State(part), Part: &part, Page: &page, BBox: &[4]float64{a, b, -a, 1e-6}},
			text: {Unit: &text},
		}})
	})
}

func sameJSON(t *testing.T, v any) {
	t.Helper()
	want, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := report.Marshal(v); err != nil || string(got) != string(want) {
		t.Errorf("got  %s\nwant %s (%v)", got, want, err)
	}
}
