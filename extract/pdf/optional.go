package pdf

import lib "github.com/ledongthuc/pdf"

// maxGroups caps the optional content groups that are looked at at once,
// maxVisibility the nesting of visibility expressions.
const (
	maxGroups     = 10_000
	maxVisibility = 16
)

// hiddenGroups are the optional content groups that the default configuration
// switches off (8.11.4.3).
func hiddenGroups(oc lib.Value) map[ref]bool {
	out := map[ref]bool{}
	d := oc.Key("D")
	if d.Key("BaseState").Name() == "OFF" {
		all := oc.Key("OCGs")
		for i := range min(all.Len(), maxGroups) {
			out[refOf(all, all.Index(i))] = true
		}
		on := d.Key("ON")
		for i := range min(on.Len(), maxGroups) {
			delete(out, refOf(on, on.Index(i)))
		}
	}
	off := d.Key("OFF")
	for i := range min(off.Len(), maxGroups) {
		out[refOf(off, off.Index(i))] = true
	}
	delete(out, ref{})
	return out
}

// isHidden tells whether what v governs, a group or a membership dictionary
// (8.11.2.2), is off.
func (d *Document) isHidden(parent, v lib.Value) bool {
	if v.Kind() != lib.Dict {
		return false
	}
	if ve := v.Key("VE"); ve.Kind() == lib.Array {
		left := maxGroups
		return !d.visible(v, ve, 0, &left)
	}
	groups := v.Key("OCGs")
	switch groups.Kind() {
	case lib.Dict:
		if v.Key("P").Name() == "AllOff" || v.Key("P").Name() == "AnyOff" {
			return !d.hidden[refOf(v, groups)]
		}
		return d.hidden[refOf(v, groups)]
	case lib.Array:
		return groups.Len() > 0 && !d.member(v.Key("P").Name(), groups)
	}
	return d.hidden[refOf(parent, v)]
}

// member applies the policy of a membership dictionary to its groups.
func (d *Document) member(policy string, groups lib.Value) bool {
	on, off := false, false
	for i := range min(groups.Len(), maxGroups) {
		if d.hidden[refOf(groups, groups.Index(i))] {
			off = true
		} else {
			on = true
		}
	}
	switch policy {
	case "AllOn":
		return !off
	case "AnyOff":
		return off
	case "AllOff":
		return !on
	}
	return on
}

// visible is the value of a visibility expression, or of a group in one; left is
// how many more may be looked at.
func (d *Document) visible(parent, v lib.Value, depth int, left *int) bool {
	if v.Kind() != lib.Array {
		return !d.hidden[refOf(parent, v)]
	}
	if depth > maxVisibility {
		return true // what cannot be told is shown
	}
	op := v.Index(0).Name()
	for i := 1; i < v.Len() && *left > 0; i++ {
		*left--
		switch shown := d.visible(v, v.Index(i), depth+1, left); {
		case op == "Not":
			return !shown
		case op == "Or" && shown:
			return true
		case op == "And" && !shown:
			return false
		}
	}
	return op != "Or"
}
