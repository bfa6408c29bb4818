package report

import (
	"encoding/json"
	"testing"
)

func TestNodeKeepsOrderDigitsAndNull(t *testing.T) {
	const text = `{"b":{"total":12,"natural_person":null},"a":160.5960,"c":-4}`
	var n Node
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(&n)
	if err != nil {
		t.Fatal(err)
	}
	if string(out) != text {
		t.Errorf("got %s", out)
	}
	if v, ok := n.At("b/total").Value.Int(); !ok || v != 12 {
		t.Errorf("b/total is %d, %t", v, ok)
	}
	if n.At("b/nothing/there") != nil || n.At("b/natural_person").Value != nil {
		t.Error("a value where there is none")
	}
}

func TestNodeRefusesWhatIsNoFigure(t *testing.T) {
	for _, text := range []string{`"12"`, `[1]`, `true`, `{"a":"1"}`, `{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}`} {
		var n Node
		if err := json.Unmarshal([]byte(text), &n); err == nil {
			t.Errorf("%s was read as %v", text, n)
		}
	}
}

// A finding's numbers are numbers for whoever reads the JSON.
func TestNumberInAFindingIsANumber(t *testing.T) {
	out, err := json.Marshal(Finding{Expected: Number("160.5964")})
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Expected any }
	if err := json.Unmarshal(out, &f); err != nil {
		t.Fatal(err)
	}
	if f.Expected != 160.5964 {
		t.Errorf("got %v of %T", f.Expected, f.Expected)
	}
}

func TestDate(t *testing.T) {
	var d Date
	if err := json.Unmarshal([]byte(`"2022-01-06"`), &d); err != nil || d != (Date{2022, 1, 6}) {
		t.Errorf("%v, %v", d, err)
	}
	if err := json.Unmarshal([]byte(`"2022-02-30"`), &d); err == nil {
		t.Error("a day that does not exist was read")
	}
	if (Date{2022, 2, 30}).Valid() || !(Date{2024, 2, 29}).Valid() {
		t.Error("Valid is wrong about February")
	}
	if out, _ := json.Marshal(Date{2022, 1, 6}); string(out) != `"2022-01-06"` {
		t.Errorf("got %s", out)
	}
}
