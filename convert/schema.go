package convert

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
)

// Schema is the JSON Schema of results that are read by the given forms: the
// schema of package report with the statutory tables and the names of the forms
// taken from the form data. It fails only where the embedded schema is broken.
func Schema(forms []form.Form) ([]byte, error) {
	var root map[string]any
	if err := json.Unmarshal(report.Schema(), &root); err != nil {
		return nil, fmt.Errorf("convert: report.schema.json: %w", err)
	}
	members, ok := at(root, "properties", "report", "properties")
	if !ok {
		return nil, fmt.Errorf("convert: report.schema.json has no members of a report")
	}
	ids := []any{}
	variants := map[string][]any{}
	for i := range forms {
		ids = append(ids, forms[i].ID)
		for k := range forms[i].Tables {
			t := &forms[i].Tables[k]
			variants[t.Key] = addVariant(variants[t.Key], t)
			one := t.Printed(func(string) bool { return true })
			variants[t.Key] = addVariant(variants[t.Key], &one)
		}
	}
	name, ok := at(members, "form")
	if !ok {
		return nil, fmt.Errorf("convert: report.schema.json has no form")
	}
	name["enum"] = append(ids, mapping.FormPre2019, mapping.FormNarrative)
	for key, v := range variants {
		members[key] = map[string]any{"anyOf": append(v, map[string]any{"type": "null"})}
	}
	return json.Marshal(root)
}

func at(m map[string]any, path ...string) (map[string]any, bool) {
	for _, p := range path {
		next, ok := m[p].(map[string]any)
		if !ok {
			return nil, false
		}
		m = next
	}
	return m, true
}

// object is a JSON object of the schema while it grows.
type object struct {
	names   []string
	members map[string]*object
	kind    form.Kind // of a leaf
}

func (o *object) child(name string) *object {
	c := o.members[name]
	if c == nil {
		c = &object{members: map[string]*object{}}
		o.members[name] = c
		o.names = append(o.names, name)
	}
	return c
}

func (o *object) schema() map[string]any {
	if len(o.names) == 0 {
		number := "number"
		if o.kind == form.Change {
			number = "integer"
		}
		return map[string]any{"type": []any{number, "null"}}
	}
	properties := map[string]any{}
	for name, c := range o.members {
		properties[name] = c.schema()
	}
	return map[string]any{"type": "object", "properties": properties, "required": o.names}
}

// addVariant adds the figures of a table as one shape it may have; shapes that
// are there already are left out.
func addVariant(to []any, t *form.Table) []any {
	root := &object{members: map[string]*object{}}
	for _, c := range t.Cells() {
		o := root
		for name := range strings.SplitSeq(strings.TrimPrefix(c.Path, "/report/"+t.Key+"/"), "/") {
			o = o.child(name)
		}
		o.kind = c.Kind
	}
	s := root.schema()
	same := func(v any) bool {
		a, errA := json.Marshal(v)
		b, errB := json.Marshal(s)
		return errA == nil && errB == nil && string(a) == string(b)
	}
	if slices.ContainsFunc(to, same) {
		return to
	}
	return append(to, s)
}
