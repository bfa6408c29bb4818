package docx

import (
	"nianbao/extract"
	"nianbao/extract/flow"
)

// margin gathers what the sections say of their headers, or of their footers.
// Programs write three kinds of them; of these only those are printed that the
// section and the settings ask for (ECMA-376 §17.10.1, §17.10.6).
type margin struct {
	printed, unprinted idSet
	// first is the id of the one for the title page: a section without one of its
	// own has that of the section before.
	first string
}

// readSettings reads what the settings part says of headers (ECMA-376 §17.15.1).
func (d *reading) readSettings(rels []relationship) error {
	for _, r := range rels {
		if r.kind != "settings" || !d.pkg.has(r.target) {
			continue
		}
		return d.optionalPart(r.target, func(x *xmlReader) {
			for x.nextChild() { // w:settings
				for x.nextChild() {
					if x.ns == nsW && x.local == "evenAndOddHeaders" {
						d.evenPages = toggleOf(x) == on
					}
					x.skip()
				}
			}
		})
	}
	return nil
}

// section notes the headers and footers of w:sectPr.
func (s *story) section() {
	titlePage := false
	for s.x.nextChild() {
		if s.x.ns == nsW {
			switch s.x.local {
			case "headerReference":
				s.marginReference(&s.headers)
			case "footerReference":
				s.marginReference(&s.footers)
			case "titlePg":
				titlePage = toggleOf(s.x) == on
			case "hdr", "ftr":
				s.inlineMargin()
				continue
			}
		}
		s.x.skip()
	}
	if titlePage {
		s.headers.printed.add(s.headers.first)
		s.footers.printed.add(s.footers.first)
	}
}

// marginReference takes w:headerReference or w:footerReference.
func (s *story) marginReference(m *margin) {
	id := string(s.x.attr(nsR, "id"))
	switch string(s.x.attr(nsW, "type")) {
	case "first":
		m.first = id
		m.unprinted.add(id) // unless its section prints it
	case "even":
		if !s.evenPages {
			m.unprinted.add(id)
			return
		}
		m.printed.add(id)
	default:
		m.printed.add(id)
	}
}

// margins appends the headers and footers of all sections, each part once. Those
// that are not printed are left out, and counted where they say anything.
func (d *reading) margins(items []flow.Item, rels []relationship) ([]flow.Item, error) {
	targets := make(map[string]string, len(rels))
	for _, r := range rels {
		targets[r.id] = r.target
	}
	done := map[string]bool{}
	read := func(ids *idSet, role extract.Role, take func([]flow.Item)) error {
		for _, id := range ids.order {
			part := targets[id]
			if part == "" || done[fold(part)] {
				continue
			}
			done[fold(part)] = true
			found, err := d.marginPart(part, role)
			if err != nil {
				return err
			}
			take(found)
		}
		return nil
	}
	add := func(found []flow.Item) { items = append(items, found...) }
	unprinted := 0
	count := func(found []flow.Item) {
		for i := range found {
			if found[i].Table != nil || found[i].Block.Text != "" {
				unprinted++
				return
			}
		}
	}
	for _, step := range []struct {
		ids  *idSet
		role extract.Role
		take func([]flow.Item)
	}{
		{&d.headers.printed, extract.RoleHeader, add}, {&d.footers.printed, extract.RoleFooter, add},
		{&d.headers.unprinted, extract.RoleHeader, count}, {&d.footers.unprinted, extract.RoleFooter, count},
	} {
		if err := read(step.ids, step.role, step.take); err != nil {
			return nil, err
		}
	}
	d.warn.AddN("margin_unprinted", "没有启用的首页或偶数页页眉页脚不会打印，未读取", unprinted)
	return items, nil
}

// marginPart reads a header or footer part.
func (d *reading) marginPart(part string, role extract.Role) ([]flow.Item, error) {
	to := &flow.Sink{Role: role}
	err := d.optionalPart(part, func(x *xmlReader) {
		s := d.newStory(x, part)
		for x.nextChild() {
			s.container(to)
		}
	})
	for i := range to.Items { // text boxes and pictures stand there too
		to.Items[i].Block.Role = role
	}
	return to.Items, err
}
