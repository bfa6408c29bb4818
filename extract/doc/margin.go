package doc

import (
	"nianbao/extract"
	"nianbao/extract/flow"
)

// Headers and footers are stories of the part of headers: six for separators of
// notes, and then six for each section ([MS-DOC] 2.3.3).
const (
	separatorStories = 6
	sectionStories   = 6
)

// readSections lists where sections end, and which of them have a title page
// ([MS-DOC] 2.8.26).
func (d *reading) readSections(v view) {
	const sedLen = 12
	table := newPLC(v, sedLen)
	if table.n == 0 {
		return
	}
	d.sections = make(map[int]bool, table.n)
	for i := range table.n {
		d.sections[table.at(i+1)] = true
		title := false
		if at := table.data(i).u32(2); at > 0 { // else, and where it is nowhere, it has the defaults
			for s := (sprms{rest: d.text.main.sub(at+2, d.text.main.u16(at))}); s.next(); {
				if s.op == sprmSFTitlePage {
					title = s.arg.u8(0) != 0
				}
			}
		}
		d.titlePages = append(d.titlePages, title)
	}
}

// printed tells which stories are printed: those of odd pages always, of even
// pages where the document tells them apart, of the title page where the section
// has one. An empty story is that of the section before.
func (d *reading) printed(t *plc) map[int]bool {
	const even, odd, first, footer, firstFooter = 0, 1, 4, 2, 5
	out := map[int]bool{}
	title := [2]int{-1, -1} // the last stories for title pages
	for section, at := 0, separatorStories; at < t.n; section, at = section+1, at+sectionStories {
		out[at+odd], out[at+odd+footer] = true, true
		out[at+even], out[at+even+footer] = d.facingPages, d.facingPages
		for k, i := range [2]int{at + first, at + firstFooter} {
			if t.at(i+1) > t.at(i) && i < t.n {
				title[k] = i
			}
			if title[k] >= 0 && section < len(d.titlePages) && d.titlePages[section] {
				out[title[k]] = true
			}
		}
	}
	return out
}

// margins reads the headers of all sections and then the footers. Those that are
// not printed are left out, and counted where they say anything.
func (d *reading) margins(items []flow.Item) []flow.Item {
	t := &d.parts.headers
	printed := d.printed(t)
	unprinted := 0
	for _, m := range []struct {
		role extract.Role
		kind [3]int
	}{{extract.RoleHeader, [3]int{0, 1, 4}}, {extract.RoleFooter, [3]int{2, 3, 5}}} {
		for section := separatorStories; section < t.n; section += sectionStories {
			for _, kind := range m.kind {
				found := d.margin(section+kind, m.role)
				if printed[section+kind] {
					items = append(items, found...)
				} else if says(found) {
					unprinted++
				}
			}
		}
	}
	d.warn.AddN("margin_unprinted", "没有启用的首页或偶数页页眉页脚不会打印，未读取", unprinted)
	return items
}

// says tells whether any item has text.
func says(items []flow.Item) bool {
	for i := range items {
		if items[i].Table != nil || items[i].Block.Text != "" {
			return true
		}
	}
	return false
}

// margin reads one story.
func (d *reading) margin(i int, role extract.Role) []flow.Item {
	t := &d.parts.headers
	base, end := d.fib.part(partHeaders)
	from, to := base+t.at(i), min(base+t.at(i+1), end)
	if i >= t.n || from < base || to-from < 2 || !d.spend(to-from) { // nothing but the mark at the end
		return nil
	}
	s := d.newStory(partName+"/header"+itoa(i-separatorStories), role)
	s.shapes = d.parts.margins
	items := s.read(from, to)
	for k := range items { // text boxes and pictures stand there too
		items[k].Block.Role = role
	}
	return items
}
