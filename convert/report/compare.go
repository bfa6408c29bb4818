package report

import (
	"maps"
	"slices"
	"strconv"
)

// Changes is what differs between two results.
type Changes struct {
	// Values are the fields and figures that differ, in the order of their paths.
	Values []ValueChange `json:"values"`
	// Gone and New are the findings of one result that the other does not have: of
	// the same rule at the same place with the same words. Their order is their
	// result's.
	Gone []Finding `json:"findings_gone"`
	New  []Finding `json:"findings_new"`
}

// ValueChange is one value that differs.
type ValueChange struct {
	Path   string  `json:"path"`   // JSON Pointer from the result's root
	Before *string `json:"before"` // as printed; nil for none
	After  *string `json:"after"`
}

// Empty tells that nothing differs.
func (c *Changes) Empty() bool { return len(c.Values)+len(c.Gone)+len(c.New) == 0 }

// Compare compares figures, identity and findings of two results, of the same file
// or of two versions of a report. Texts are not compared.
func Compare(before, after *Result) Changes {
	c := Changes{Values: []ValueChange{}}
	was, is := values(&before.Report), values(&after.Report)
	paths := maps.Clone(was)
	maps.Copy(paths, is)
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		a, inA := was[p]
		b, inB := is[p]
		if a == b && inA == inB {
			continue
		}
		change := ValueChange{Path: p}
		if inA {
			change.Before = &a
		}
		if inB {
			change.After = &b
		}
		c.Values = append(c.Values, change)
	}
	c.Gone = missing(before.Validation.Findings, after.Validation.Findings)
	c.New = missing(after.Validation.Findings, before.Validation.Findings)
	return c
}

// missing are the findings of one list that the other does not have.
func missing(list, other []Finding) []Finding {
	type key struct {
		id       string
		severity Severity
		message  string
	}
	there := map[key]bool{}
	for i := range other {
		there[key{other[i].ID, other[i].Severity, other[i].Message}] = true
	}
	out := []Finding{}
	for i := range list {
		if !there[key{list[i].ID, list[i].Severity, list[i].Message}] {
			out = append(out, list[i])
		}
	}
	return out
}

// values are the printed values of a report by their paths; what it has no value
// for is left out.
func values(r *Report) map[string]string {
	out := map[string]string{}
	for name, v := range map[string]*string{"title": r.Title, "agency": r.Agency, "signed_by": r.SignedBy} {
		if v != nil {
			out["/report/"+name] = *v
		}
	}
	if r.Year != nil {
		out["/report/year"] = strconv.Itoa(*r.Year)
	}
	if r.SignedOn != nil {
		out["/report/signed_on"] = r.SignedOn.String()
	}
	out["/report/form"] = r.Form
	for _, key := range []string{"proactive_disclosure", "applications", "legal_challenges"} {
		r.Table(key).figures("/report/"+key, out)
	}
	for i := range r.Sections {
		out["/report/sections/"+strconv.Itoa(i)+"/title"] = r.Sections[i].Title
	}
	return out
}

func (n *Node) figures(path string, out map[string]string) {
	if n == nil {
		return
	}
	if n.Value != nil {
		out[path] = string(*n.Value)
	}
	for _, c := range n.Children {
		c.figures(path+"/"+c.Name, out)
	}
}

// String is the value as one line: "12 → 13".
func (v ValueChange) String() string {
	show := func(s *string) string {
		if s == nil {
			return "（无）"
		}
		return *s
	}
	return v.Path + "：" + show(v.Before) + " → " + show(v.After)
}
