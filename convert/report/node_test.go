package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"nianbao/convert/report"
)

func TestNodeJSON(t *testing.T) {
	for in, want := range map[string]string{ // "" where it is refused
		`{"a":{"b":1,"c":null},"d":-0.50}`: `{"a":{"b":1,"c":null},"d":-0.50}`,
		" { \"b\" :\n1 , \"a\" : { } }\t":  `{"b":1,"a":null}`,
		`{"\u0061\"b":1e9}`:                `{"a\"b":1e9}`,
		`{"甲":2}`:                          `{"甲":2}`,
		`{"\u0001":2}`:                     `{"\u0001":2}`,
		`7`:                                `7`,
		`null`:                             `null`,
		`{}`:                               `null`,
		`[1]`:                              "",
		`{"a":"1"}`:                        "",
		`{"a":true}`:                       "",
		`{"a":01}`:                         "",
		`{"a":1`:                           "",
		`{"a":1}}`:                         "",
		"":                                 "",
		strings.Repeat(`{"a":`, 8) + "1" + strings.Repeat("}", 8):     strings.Repeat(`{"a":`, 8) + "1" + strings.Repeat("}", 8),
		strings.Repeat(`{"a":`, 9) + "1" + strings.Repeat("}", 9):     "",
		strings.Repeat(`{"a":`, 999) + "1" + strings.Repeat("}", 999): "",
	} {
		n := new(report.Node)
		err := n.UnmarshalJSON([]byte(in))
		if (err != nil) != (want == "") {
			t.Errorf("%.60s: %v", in, err)
		}
		if got, _ := json.Marshal(n); err == nil && string(got) != want {
			t.Errorf("%.60s: %s", in, got)
		}
	}
}

// Whatever it is given it reads as a decoder of JSON does, or refuses it.
func FuzzNode(f *testing.F) {
	for _, s := range []string{`{"a":{"b":1,"c":null}}`, `{"a\u0022":-1.5e3,"b":{}}`, `{"a":[1]}`, ` 7 `, "\xff{\"\xff\":1}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n := new(report.Node)
		if n.UnmarshalJSON(data) != nil {
			return
		}
		again, err := json.Marshal(n)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		m := new(report.Node)
		if err := m.UnmarshalJSON(again); err != nil {
			t.Fatalf("%q: %v", again, err)
		}
		if !json.Valid(data) {
			t.Fatalf("%q is no JSON", data)
		}
	})
}
