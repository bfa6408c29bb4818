package pdf

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// objectSources are texts of objects, in order and not.
var objectSources = []string{
	"<</Type /Catalog /A [1 -2 +3 4.5 .5 -.5 5. 0 0 R 7 0 65535 R 3 65536 R] /B (a(b)\\)\\n\\053\\\r\nc) /C <4 1 4> /#41#20b null>>",
	"[[] [[]] <<>> true false null (x) <41> /N /N#4e / 4294967295 0 R 4294967296 0 R 1 % c\n0 R]", "<</Length 3>>\nstream\nabc\nendstream",
	"<</Length 3>>stream\r\nabc\nendstream", "<</Length 3>> stream abc endstream", "<</A 1 /A 2 /A>>", "[1 2 Rx]", "[1 0 obj 5 endobj]", "5", "5 0 R",
	"[1 2 objx]", "<</A 1 2>>", "<</A 1 2 /B>>", "<<1 2>>", "[}", "[)", "[>]", "[<4>]", "[<4x>]", "[(\\q)]", "[(\\777)]", "[/#4]", "[/#xx]", "[1 2 3", "(",
	"<</A <</B <</C [", "--5", "+", ".", "1.2.3", "99999999999999999999", "[- 1 + 2]", "[1 0%\nR 1%x\r0 R]", "trueish", "[1 2 3]]", "<<>>>>", "", "<</A [1 2>>]",
	strings.Repeat("[", 1100), strings.Repeat("<</A", 999) + " 1 " + strings.Repeat(">>", 999),
}

// FuzzObject compares the reader of objects with the library's. Where both fail, what
// they say may differ: the library looks one token further ahead.
func FuzzObject(f *testing.F) {
	for _, s := range objectSources {
		f.Add([]byte(s))
	}
	f.Add([]byte("[" + strings.Repeat("1 0 R 250 /Name (text) ", 2*firstWindow/20) + "]"))
	f.Fuzz(func(t *testing.T, src []byte) {
		file := &testFile{root: 1}
		file.add("%s", src)
		data := file.bytes()
		frame, startxref, err := frame(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Skip()
		}
		reader, e := frame.open(startxref)
		if e != nil {
			t.Skip() // the object looks like a part of the file's structure
		}
		got, gotErr := tried(func() any { return newObjects(frame, reader).catalog().data })
		want, wantErr := tried(func() any { return libraryObject(reflect.ValueOf(reader.Trailer().Key("Root")).FieldByName("data")) })
		if (gotErr == "") != (wantErr == "") || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\n%#v, %q\nthe library:\n%#v, %q", src, got, gotErr, want, wantErr)
		}
	})
}

// tried is what f gives or why it panics.
func tried(f func() any) (x any, why string) {
	defer func() {
		if p := recover(); p != nil {
			x, why = nil, fmt.Sprint(p)
		}
	}()
	return f(), ""
}

// libraryObject is an object of the library's as one of ours.
func libraryObject(v reflect.Value) any {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil
	}
	switch v.Type().Name() {
	case "stream":
		return stream{libraryObject(v.FieldByName("hdr")).(dict), adoptRef(v.FieldByName("ptr")), v.FieldByName("offset").Int()}
	case "objdef":
		return definition{adoptRef(v.FieldByName("ptr")), libraryObject(v.FieldByName("obj"))}
	case "dict":
		out := dict{}
		for it := v.MapRange(); it.Next(); {
			out[it.Key().String()] = libraryObject(it.Value())
		}
		return out
	case "array":
		var out array
		for i := range v.Len() {
			out = append(out, libraryObject(v.Index(i)))
		}
		return out
	}
	return adopt(v)
}
