package figures

import (
	"encoding/json"
	"math/big"
	"strings"

	"nianbao/convert/report"
)

// State says how a figure is to be taken.
type State string

// The states of figures. Absent is the zero State.
const (
	Absent      State = ""            // the report has no such row or table
	Number      State = "number"      // as printed
	Placeholder State = "placeholder" // a typed mark, which states 0
	Blank       State = "blank"
	Partial     State = "partial"    // a sum, some of whose cells are blank: the least it can be
	Unreadable  State = "unreadable" // something stands there that is no number
)

// Figure is what a report says of a measure.
type Figure struct {
	State State
	// Value is the number as a decimal; "" where there is none, see Known.
	Value string
}

// Known tells whether there is a number to compare.
func (f Figure) Known() bool {
	return f.State == Number || f.State == Placeholder || f.State == Partial
}

// Float is the number; 0 where there is none.
func (f Figure) Float() float64 { return report.Number(f.Value).Float() }

// Text is what pages show: the number, or what stands in its place.
func (f Figure) Text() string {
	switch f.State {
	case Number:
		return f.Value
	case Placeholder:
		return "/"
	case Blank:
		return "空白"
	case Partial:
		return f.Value + "*"
	case Unreadable:
		return "读不清"
	case Absent:
	}
	return "无此项"
}

// Set is what a report says of all measures.
type Set struct {
	Form string // report.Report.Form
	all  []Figure
}

// Get is the figure of a measure's key; absent where there is none.
func (s *Set) Get(key string) Figure {
	i, ok := measures().at[key]
	if s == nil || !ok || i >= len(s.all) {
		return Figure{}
	}
	return s.all[i]
}

// Of reads the figures of a result, which is not kept.
func Of(res *report.Result) Set {
	src := &source{tables: map[string]*report.Node{}, state: func(path string) (report.State, bool) {
		p, ok := res.Provenance[path]
		return p.State, ok
	}}
	for _, key := range tableKeys() {
		src.tables[key] = res.Report.Table(key)
	}
	return src.set(res.Report.Form)
}

func tableKeys() []string {
	return []string{"proactive_disclosure", "applications", "legal_challenges"}
}

// Read reads the figures of a result in JSON, and leaves the rest of it alone.
func Read(data []byte) (Set, error) {
	var res struct {
		Report struct {
			Form       string       `json:"form"`
			Proactive  *report.Node `json:"proactive_disclosure"`
			Applied    *report.Node `json:"applications"`
			Challenged *report.Node `json:"legal_challenges"`
		} `json:"report"`
		Provenance map[string]struct {
			State report.State `json:"state"`
		} `json:"provenance"`
	}
	if err := json.Unmarshal(data, &res); err != nil {
		return Set{}, err
	}
	r := &res.Report
	src := &source{tables: map[string]*report.Node{"proactive_disclosure": r.Proactive, "applications": r.Applied, "legal_challenges": r.Challenged},
		state: func(path string) (report.State, bool) {
			p, ok := res.Provenance[path]
			return p.State, ok
		}}
	return src.set(r.Form), nil
}

// source is a result as figures are read from it.
type source struct {
	tables map[string]*report.Node
	state  func(path string) (report.State, bool) // false: nothing was read there
}

func (src *source) set(form string) Set {
	t := measures()
	s := Set{Form: form, all: make([]Figure, len(t.all))}
	for i := range t.all {
		s.all[i] = src.measured(&t.all[i])
	}
	return s
}

// measured adds up the cells of a measure. A group that the report prints as one row
// is itself the sum.
func (src *source) measured(m *Measure) Figure {
	if len(m.cells) == 1 {
		return src.cell(m.cells[0])
	}
	if f := src.cell(m.Key); f.State != Absent {
		return f
	}
	sum, seen := new(big.Rat), map[State]int{}
	for _, c := range m.cells {
		f := src.cell(c)
		seen[f.State]++
		if v, ok := new(big.Rat).SetString(f.Value); ok {
			sum.Add(sum, v)
		}
	}
	known := seen[Number] + seen[Placeholder]
	switch {
	case seen[Unreadable] > 0:
		return Figure{State: Unreadable}
	case known > 0 && seen[Blank] > 0:
		return Figure{State: Partial, Value: decimal(sum)}
	case seen[Number] > 0:
		return Figure{State: Number, Value: decimal(sum)}
	case seen[Placeholder] > 0:
		return Figure{State: Placeholder, Value: "0"}
	case seen[Blank] > 0:
		return Figure{State: Blank}
	}
	return Figure{}
}

func decimal(v *big.Rat) string {
	const digits = 10
	if v.IsInt() {
		return v.Num().String()
	}
	return strings.TrimRight(v.FloatString(digits), "0")
}

// cell reads one cell; key is its pointer behind "/report/".
func (src *source) cell(key string) Figure {
	table, path, _ := strings.Cut(key, "/")
	state, read := src.state("/report/" + key)
	n := src.tables[table].At(path)
	if n != nil && n.Value != nil && len(n.Children) == 0 && (!read || state == report.StateNumber) {
		if plain(string(*n.Value)) {
			return Figure{State: Number, Value: string(*n.Value)}
		}
		return Figure{State: Unreadable}
	}
	switch {
	case !read:
		return Figure{}
	case state == report.StateBlank:
		return Figure{State: Blank}
	case state == report.StatePlaceholder:
		return Figure{State: Placeholder, Value: "0"}
	}
	return Figure{State: Unreadable}
}

// plain tells a decimal of some length from what would cost memory to compute with.
func plain(s string) bool {
	const maxDigits = 40
	return s != "" && len(s) <= maxDigits && strings.Trim(s, "-0123456789.") == ""
}
