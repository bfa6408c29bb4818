package figures

import (
	"slices"
	"strings"
	"sync"

	"nianbao/convert/form"
)

// Group is a set of measures that belong together.
type Group string

// The groups, in their order.
const (
	Flow       Group = "申请数量"
	Outcomes   Group = "办理结果"
	Reasons    Group = "办理结果的具体情形"
	Challenges Group = "行政复议、行政诉讼"
	Disclosed  Group = "主动公开"
)

// Measure is something that reports state in a number.
type Measure struct {
	// Key is what addresses call it: the JSON Pointer of its value behind "/report/".
	// That of a sum names what is summed up: "applications/denied/total".
	Key string
	// Label is its full name, Short one that fits over a column.
	Label, Short string
	Unit         string // "万元"; empty where things are counted
	Group        Group
	// Form is the one form that has it; empty: both.
	Form string

	cells []string // the pointers that are added up; one is itself
}

// The keys of those measures that are known by name.
const (
	New            = "applications/new/total"
	CarriedOver    = "applications/carried_over/total"
	Granted        = "applications/granted/total"
	Partly         = "applications/partially_granted/total"
	Denied         = "applications/denied/total"
	Unable         = "applications/unable/total"
	NotProcessed   = "applications/not_processed/total"
	Other          = "applications/other_outcome/total"
	Handled        = "applications/total/total"
	CarriedForward = "applications/carried_forward/total"
	Challenged     = "legal_challenges/total"
	Reconsidered   = "legal_challenges/reconsideration/total"
	Sued           = "legal_challenges/litigation_direct/total"
	SuedAfter      = "legal_challenges/litigation_after_reconsideration/total"
	Licences       = "proactive_disclosure/administrative_licensing/decisions"
	Penalties      = "proactive_disclosure/administrative_penalties/decisions"
	Compulsion     = "proactive_disclosure/administrative_compulsion/decisions"
)

// OutcomeKinds are the keys of the kinds of outcome, which add up to Handled.
func OutcomeKinds() []string { return []string{Granted, Partly, Denied, Unable, NotProcessed, Other} }

// ChallengeKinds are the keys of the kinds of challenge, which add up to Challenged.
func ChallengeKinds() []string { return []string{Reconsidered, Sued, SuedAfter} }

// table is all measures with where each one stands. It is not changed.
type table struct {
	all []Measure
	at  map[string]int
}

var measures = sync.OnceValue(func() *table {
	t := &table{at: map[string]int{}}
	forms := form.All() // the newest first: its words hold
	t.named()
	for i := range forms {
		t.ofForm(&forms[i], len(forms))
	}
	slices.SortStableFunc(t.all, func(a, b Measure) int { return slices.Index(groups(), a.Group) - slices.Index(groups(), b.Group) })
	for i := range t.all {
		t.at[t.all[i].Key] = i
	}
	return t
})

func groups() []Group { return []Group{Flow, Outcomes, Reasons, Challenges, Disclosed} }

// named are the measures with a place and a short name of their own.
func (t *table) named() {
	for _, m := range []Measure{
		{Key: New, Label: "一、本年新收政府信息公开申请数量", Short: "新收申请", Group: Flow},
		{Key: CarriedOver, Label: "二、上年结转政府信息公开申请数量", Short: "上年结转", Group: Flow},
		{Key: Handled, Label: "三、本年度办理结果（七）总计", Short: "办理总计", Group: Flow},
		{Key: CarriedForward, Label: "四、结转下年度继续办理", Short: "结转下年", Group: Flow},
		{Key: Granted, Label: "（一）予以公开", Short: "予以公开", Group: Outcomes},
		{Key: Partly, Label: "（二）部分公开", Short: "部分公开", Group: Outcomes},
		{Key: Denied, Label: "（三）不予公开", Short: "不予公开", Group: Outcomes},
		{Key: Unable, Label: "（四）无法提供", Short: "无法提供", Group: Outcomes},
		{Key: NotProcessed, Label: "（五）不予处理", Short: "不予处理", Group: Outcomes},
		{Key: Other, Label: "（六）其他处理", Short: "其他处理", Group: Outcomes},
		{Key: Challenged, Label: "行政复议、行政诉讼合计", Short: "复议诉讼合计", Group: Challenges},
		{Key: Reconsidered, Label: "行政复议总计", Short: "行政复议", Group: Challenges},
		{Key: Sued, Label: "行政诉讼·未经复议直接起诉总计", Short: "直接起诉", Group: Challenges},
		{Key: SuedAfter, Label: "行政诉讼·复议后起诉总计", Short: "复议后起诉", Group: Challenges},
	} {
		t.add(m)
	}
}

// add adds a measure, or gives the one that is there its cells.
func (t *table) add(m Measure) *Measure {
	i := slices.IndexFunc(t.all, func(o Measure) bool { return o.Key == m.Key })
	if i < 0 {
		t.all = append(t.all, m)
		i = len(t.all) - 1
	}
	return &t.all[i]
}

// ofForm adds what the form has: of the table of chapter 三 the column 总计, of the
// other two every cell.
func (t *table) ofForm(f *form.Form, forms int) {
	sums := map[string][]string{}
	for i := range f.Tables {
		tab := &f.Tables[i]
		for _, c := range tab.Cells() {
			part := &tab.Parts[c.Part]
			row, column := &part.Rows[c.Row], &part.Columns[c.Column]
			key := strings.TrimPrefix(c.Path, "/report/")
			m := Measure{Key: key, Unit: c.Unit, Form: f.ID, Label: c.RowLabel + "·" + c.ColumnLabel, Short: row.Label + "·" + column.Label, Group: Disclosed}
			switch tab.Key {
			case "applications":
				if column.Path != "total" {
					continue
				}
				m.Label, m.Short, m.Group = c.RowLabel, row.Label, Reasons
				if group, _, ok := strings.Cut(row.Path, "/"); ok {
					sums["applications/"+group+"/total"] = append(sums["applications/"+group+"/total"], key)
				}
			case "legal_challenges":
				m.Label, m.Short, m.Group = c.ColumnLabel, c.ColumnLabel, Challenges
			}
			t.take(m, key, forms)
		}
	}
	for key, cells := range sums {
		m := t.add(Measure{Key: key})
		if len(m.cells) == 0 || m.Form != "" {
			m.cells, m.Form = cells, ""
		}
	}
	t.add(Measure{Key: Challenged}).cells = ChallengeKinds()
}

// take adds a measure that is one cell. One that several forms have is of none.
func (t *table) take(m Measure, cell string, forms int) {
	is := t.add(m)
	if len(is.cells) == 0 {
		is.cells = []string{cell}
		if is.Form == "" && is.Group != Flow && is.Group != Outcomes && is.Group != Challenges {
			is.Form = m.Form
		}
		return
	}
	if is.Form != m.Form && forms > 1 {
		is.Form = ""
	}
}

// All are all measures, in the order of the forms. The slice is the caller's.
func All() []Measure { return slices.Clone(measures().all) }

// Lookup is the measure of the key.
func Lookup(key string) (Measure, bool) {
	t := measures()
	i, ok := t.at[key]
	if !ok {
		return Measure{}, false
	}
	return t.all[i], true
}
