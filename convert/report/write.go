package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Marshal is json.Marshal, with room for a line's end behind the bytes. Half of a result
// are the places of its figures: it writes these itself, which takes a third of the time.
func Marshal(v any) ([]byte, error) {
	r, ok := v.(*Result)
	if !ok || r == nil || r.Provenance == nil {
		return json.Marshal(v)
	}
	rest := *r
	rest.Provenance = nil
	text, err := json.Marshal(&rest)
	if err != nil {
		return nil, err
	}
	// What looks like the member is it: in a text of JSON its quotes would be escaped.
	before, behind, _ := bytes.Cut(text, []byte(`"provenance":null`))
	const place = 208 // usual bytes
	b := make([]byte, 0, len(text)+place*len(r.Provenance)+len("\n"))
	b = append(append(b, before...), `"provenance":`...)
	if b, err = appendPlaces(b, r.Provenance); err != nil {
		return nil, err
	}
	return append(b, behind...), nil
}

func appendPlaces(b []byte, places map[string]Place) ([]byte, error) {
	paths := slices.AppendSeq(make([]string, 0, len(places)), maps.Keys(places))
	slices.Sort(paths)
	b = append(b, '{')
	for i, path := range paths {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, path), ':')
		at := places[path]
		var err error
		if b, err = at.appendJSON(b); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func (p *Place) appendJSON(b []byte) ([]byte, error) {
	b = appendText(append(b, `{"text":`...), p.Text)
	b = appendText(append(b, `,"state":`...), string(p.State))
	for _, n := range []struct {
		name  string
		value *int
	}{{`,"table":`, p.Table}, {`,"row":`, p.Row}, {`,"column":`, p.Column}} {
		if n.value != nil {
			b = appendInt(append(b, n.name...), n.value)
		}
	}
	b = appendInt(append(b, `,"page":`...), p.Page)
	b, err := appendBox(append(b, `,"bbox":`...), p.BBox)
	b = appendOptional(append(b, `,"part":`...), p.Part)
	b = appendOptional(append(b, `,"unit":`...), p.Unit)
	if p.Corrected {
		b = append(b, `,"corrected":true`...)
	}
	return append(b, '}'), err
}

func appendInt(b []byte, n *int) []byte {
	if n == nil {
		return append(b, "null"...)
	}
	return strconv.AppendInt(b, int64(*n), 10)
}

func appendOptional(b []byte, s *string) []byte {
	if s == nil {
		return append(b, "null"...)
	}
	return appendText(b, *s)
}

// appendBox leaves to package json what it writes with an exponent, or refuses.
func appendBox(b []byte, box *[4]float64) ([]byte, error) {
	if box == nil {
		return append(b, "null"...), nil
	}
	start := len(b)
	for i, f := range box {
		if size := math.Abs(f); f != 0 && !(size >= 1e-6 && size < 1e21) {
			other, err := json.Marshal(box)
			return append(b[:start], other...), err
		}
		b = strconv.AppendFloat(append(b, "[,,,"[i]), f, 'f', -1, 64)
	}
	return append(b, ']'), nil
}

// appendText leaves to package json all but printable ASCII that needs no escape.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if !asItIs[s[i]] {
			quoted, err := json.Marshal(s)
			if err != nil { // there is no such text
				quoted = []byte(`""`)
			}
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// asItIs are the bytes that a text of JSON holds without an escape.
var asItIs = func() (plain [256]bool) {
	for c := byte(' '); c <= '~'; c++ {
		plain[c] = !strings.ContainsRune(`"\<>&`, rune(c))
	}
	return plain
}()
