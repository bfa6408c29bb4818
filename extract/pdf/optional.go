package pdf

// maxGroups caps the optional content groups that are looked at at once,
// maxVisibility the nesting of visibility expressions.
const (
	maxGroups     = 10_000
	maxVisibility = 16
)

// hiddenGroups are the optional content groups that the default configuration
// switches off (8.11.4.3).
func hiddenGroups(oc value) map[ref]bool {
	out := map[ref]bool{}
	d := oc.key("D")
	if d.key("BaseState").name() == "OFF" {
		all := oc.key("OCGs")
		for i := range min(all.len(), maxGroups) {
			out[refOf(all, all.index(i))] = true
		}
		on := d.key("ON")
		for i := range min(on.len(), maxGroups) {
			delete(out, refOf(on, on.index(i)))
		}
	}
	off := d.key("OFF")
	for i := range min(off.len(), maxGroups) {
		out[refOf(off, off.index(i))] = true
	}
	delete(out, ref{})
	return out
}

// isHidden tells whether what v governs, a group or a membership dictionary
// (8.11.2.2), is off.
func (d *Document) isHidden(parent, v value) bool {
	if v.kind() != kindDict {
		return false
	}
	if ve := v.key("VE"); ve.kind() == kindArray {
		left := maxGroups
		return !d.visible(v, ve, 0, &left)
	}
	groups := v.key("OCGs")
	switch groups.kind() {
	case kindDict:
		if v.key("P").name() == "AllOff" || v.key("P").name() == "AnyOff" {
			return !d.hidden[refOf(v, groups)]
		}
		return d.hidden[refOf(v, groups)]
	case kindArray:
		return groups.len() > 0 && !d.member(v.key("P").name(), groups)
	}
	return d.hidden[refOf(parent, v)]
}

// member applies the policy of a membership dictionary to its groups.
func (d *Document) member(policy string, groups value) bool {
	on, off := false, false
	for i := range min(groups.len(), maxGroups) {
		if d.hidden[refOf(groups, groups.index(i))] {
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
func (d *Document) visible(parent, v value, depth int, left *int) bool {
	if v.kind() != kindArray {
		return !d.hidden[refOf(parent, v)]
	}
	if depth > maxVisibility {
		return true // what cannot be told is shown
	}
	op := v.index(0).name()
	for i := 1; i < v.len() && *left > 0; i++ {
		*left--
		switch shown := d.visible(v, v.index(i), depth+1, left); {
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
