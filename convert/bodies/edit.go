package bodies

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Entries are the bodies of the list as an editor changes them.
func (l *List) Entries() []Entry {
	all := l.Bodies()
	out := make([]Entry, len(all))
	for i, b := range all {
		b.Aliases = slices.Clone(b.Aliases)
		out[i].Body = b
	}
	return out
}

// With are the list's entries with the one of e's id in its place or, where e has no
// id, e behind all. Error: ErrNotFound for an id that the list has not.
func (l *List) With(e Entry) ([]Entry, error) {
	entries := l.Entries()
	if e.ID == "" {
		return append(entries, e), nil
	}
	i := slices.IndexFunc(entries, func(x Entry) bool { return x.ID == e.ID })
	if i < 0 {
		return nil, fmt.Errorf("bodies: %.80q: %w", e.ID, ErrNotFound)
	}
	entries[i] = e
	return entries, nil
}

// Without are the list's entries without that body. Errors: ErrNotFound; Mistakes
// where there are bodies below it.
func (l *List) Without(id string) ([]Entry, error) {
	entries := l.Entries()
	i := slices.IndexFunc(entries, func(x Entry) bool { return x.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("bodies: %.80q: %w", id, ErrNotFound)
	}
	below := 0
	for _, e := range entries {
		if e.Parent == id {
			below++
		}
	}
	if below > 0 {
		return nil, Mistakes{{Index: -1, Message: fmt.Sprintf("“%s”有 %d 个下级主体：请先删除它们或改变它们的上级。", entries[i].Name, below)}}
	}
	return slices.Delete(entries, i, i+1), nil
}

// Table is the list as a table with a heading line, as ReadRows reads it: the ids keep
// bodies the same when their names change.
func (l *List) Table() [][]string {
	rows := [][]string{{"名称", "别名", "类别", "层级", "上级", "不编报", "备注", "主体编号"}}
	for _, b := range l.Bodies() {
		excluded := ""
		if b.Excluded {
			excluded = "是"
		}
		parent, _ := l.Get(b.Parent)
		rows = append(rows, []string{b.Name, strings.Join(b.Aliases, "、"), b.Kind.Word(), b.Level.Word(), parent.Name, excluded, b.Note, b.ID})
	}
	return rows
}

// Changes is what another list would change.
type Changes struct {
	Added, Removed []Body
	Changed        []Change
}

// Change is a body before and after.
type Change struct{ Before, After Body }

// None tells that both lists say the same, but perhaps in another order.
func (c *Changes) None() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) == 0 }

// Compare tells what changes from one list to another, in their order.
func Compare(before, after *List) (c Changes) {
	for _, b := range after.Bodies() {
		old, ok := before.Get(b.ID)
		switch {
		case !ok:
			c.Added = append(c.Added, b)
		case !reflect.DeepEqual(old, b):
			c.Changed = append(c.Changed, Change{old, b})
		}
	}
	for _, b := range before.Bodies() {
		if _, ok := after.Get(b.ID); !ok {
			c.Removed = append(c.Removed, b)
		}
	}
	return c
}

// FromAgencies are entries for the agencies that reports name, each once: governments
// first, then by kind, in the order given. Names that no body can have are left out.
func FromAgencies(names []string) []Entry {
	var kept []string
	for _, name := range names {
		name = strings.TrimSpace(name)
		one := checker{entries: []Entry{{Body: Body{Name: name}}}, names: map[string]int{}, ids: map[string]int{}}
		if one.entry(0); len(one.mistakes) > 0 {
			continue
		}
		same := slices.IndexFunc(kept, func(k string) bool { return key(k) == key(name) || SameAgency(k, name) })
		if same < 0 {
			kept = append(kept, name)
		} else if len(name) > len(kept[same]) {
			kept[same] = name // the fuller of two names
		}
	}
	var out []Entry
	for _, kind := range Kinds() {
		for _, name := range kept {
			if guessKind(name) == kind {
				out = append(out, Entry{Body: Body{Name: name, Aliases: []string{}, Kind: kind}})
			}
		}
	}
	return out
}
