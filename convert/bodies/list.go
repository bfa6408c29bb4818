package bodies

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a list. A province has a few thousand bodies.
const (
	MaxBodies  = 20_000
	maxAliases = 30
	maxName    = 100 // characters
	maxNote    = 500 // characters
	maxDepth   = 8   // from the top down
	// maxMistakes is how many mistakes are told of one list.
	maxMistakes = 200
)

// Mistake is one mistake of a list, told with its place.
type Mistake struct {
	// Index is the entry's place in the list, from 0; Line the line in the file
	// it was read from, from 1, or 0. Both are -1 and 0 where the mistake is not
	// that of one entry.
	Index int
	Line  int
	// Field is the JSON name of the entry's field, empty for the entry as a whole.
	Field   string
	Message string
}

// Mistakes is every mistake of a list; it is the error of New and ReadTable.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	parts := make([]string, 0, len(m))
	for _, x := range m {
		switch {
		case x.Line > 0:
			parts = append(parts, fmt.Sprintf("第 %d 行：%s", x.Line, x.Message))
		case x.Index >= 0:
			parts = append(parts, fmt.Sprintf("第 %d 项：%s", x.Index+1, x.Message))
		default:
			parts = append(parts, x.Message)
		}
	}
	return strings.Join(parts, "\n")
}

// Entry is a body as an editor gives it: ID may be empty, and Parent an id, a
// name or an alias of another body of the list.
type Entry struct {
	Body
	Line int // where it was read; 0 where it was not
}

// List is a valid list in tree order: every body behind its parent, those of one
// parent in the order they were given in. A List is not changed after it was made
// and safe for concurrent use. The nil List is empty.
type List struct {
	// Version counts the lists that were in force, from 1; 0 is a list that was
	// not kept yet.
	Version int64

	bodies []Body
	byID   map[string]int
	names  map[string]int    // key of a name or an alias → body
	parts  map[string][]part // own part of a name or an alias → whose it is
}

// part is whose own part of a name it is, and the places that may stand before it,
// the nearest first.
type part struct {
	body   int
	places []string
}

// New checks the entries together and makes a list of them. Entries without an id
// get that of the body of the same name in before, which may be nil, or a new one.
// The error is Mistakes.
func New(entries []Entry, before *List) (*List, error) {
	c := checker{entries: slices.Clone(entries), names: map[string]int{}, ids: map[string]int{}}
	if len(entries) > MaxBodies {
		return nil, Mistakes{{Index: -1, Message: fmt.Sprintf("有 %d 个主体，超过上限 %d。", len(entries), MaxBodies)}}
	}
	for i := range c.entries {
		c.entry(i)
	}
	c.identify(before)
	for i := range c.entries {
		c.parent(i)
	}
	if len(c.mistakes) == 0 {
		c.circles()
	}
	if len(c.mistakes) > 0 {
		return nil, c.mistakes
	}
	l := &List{bodies: c.inOrder(), byID: map[string]int{}, names: map[string]int{}, parts: map[string][]part{}}
	l.index()
	return l, nil
}

// checker collects the mistakes of a list.
type checker struct {
	entries  []Entry
	names    map[string]int // key → entry
	ids      map[string]int
	parents  []int // of each entry, -1 at the top
	mistakes Mistakes
}

func (c *checker) mistake(i int, field, format string, args ...any) {
	if len(c.mistakes) < maxMistakes {
		c.mistakes = append(c.mistakes, Mistake{Index: i, Line: c.entries[i].Line, Field: field, Message: fmt.Sprintf(format, args...)})
	}
}

// where names an entry in a message.
func (c *checker) where(i int) string {
	if line := c.entries[i].Line; line > 0 {
		return fmt.Sprintf("第 %d 行", line)
	}
	return fmt.Sprintf("第 %d 项", i+1)
}

// entry checks what can be told of an entry alone, and that its names are its own.
func (c *checker) entry(i int) {
	e := &c.entries[i]
	e.Name = strings.TrimSpace(e.Name)
	c.name(i, "name", e.Name)
	if len(e.Aliases) > maxAliases {
		c.mistake(i, "aliases", "有 %d 个别名，超过上限 %d。", len(e.Aliases), maxAliases)
	}
	aliases := []string{}
	for _, a := range e.Aliases[:min(len(e.Aliases), maxAliases)] {
		if a = strings.TrimSpace(a); a != "" && key(a) != key(e.Name) && !slices.Contains(aliases, a) {
			c.name(i, "aliases", a)
			aliases = append(aliases, a)
		}
	}
	e.Aliases = aliases
	if e.Kind == "" {
		e.Kind = guessKind(e.Name)
	}
	if kind, ok := kindOf(string(e.Kind)); ok {
		e.Kind = kind
	} else {
		c.mistake(i, "kind", "没有类别“%s”：应为政府、部门、乡镇、街道、开发区、公共企事业单位或其他。", e.Kind)
	}
	if level, ok := levelOf(string(e.Level)); ok {
		e.Level = level
	} else if e.Level != "" {
		c.mistake(i, "level", "没有层级“%s”：应为国家级、省级、市级、县级或乡级。", e.Level)
	}
	e.Note = strings.TrimSpace(e.Note)
	if n := utf8.RuneCountInString(e.Note); n > maxNote {
		c.mistake(i, "note", "备注有 %d 个字，超过上限 %d。", n, maxNote)
	}
	if !clean(e.Note) {
		c.mistake(i, "note", "备注含有控制字符。")
	}
}

func (c *checker) name(i int, field, name string) {
	k := key(name)
	switch n := utf8.RuneCountInString(name); {
	case k == "":
		c.mistake(i, field, "名称为空。")
		return
	case n > maxName:
		c.mistake(i, field, "名称有 %d 个字，超过上限 %d。", n, maxName)
		return
	case !clean(name):
		c.mistake(i, field, "名称含有控制字符。")
		return
	}
	if j, taken := c.names[k]; taken && j != i {
		c.mistake(i, field, "“%s”与%s重复（不分全半角、空格和括号）。", name, c.where(j))
		return
	}
	c.names[k] = i
}

// clean tells that a text has no control characters and is UTF-8.
func clean(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
	})
}

// guessKind tells the kind by the name's end; other where it does not say.
func guessKind(name string) Kind {
	k := key(name)
	for _, g := range []struct {
		kind Kind
		ends []string
	}{
		{KindStreet, []string{"街道", "街道办事处"}},
		{KindTownship, []string{"乡", "镇", "苏木", "乡人民政府", "镇人民政府", "乡政府", "镇政府"}},
		{KindZone, []string{"管理委员会", "管委会", "开发区", "园区"}},
		{KindGovernment, []string{"人民政府", "政府"}},
		{KindEnterprise, []string{"公司", "集团", "学校", "中学", "小学", "学院", "大学", "幼儿园", "医院"}},
		{KindDepartment, []string{"局", "委", "办", "厅", "部", "委员会", "办公室", "中心", "支队", "大队"}},
	} {
		if slices.ContainsFunc(g.ends, func(end string) bool { return strings.HasSuffix(k, end) }) {
			return g.kind
		}
	}
	return KindOther
}

// identify gives every entry an id of its own.
func (c *checker) identify(before *List) {
	for i := range c.entries {
		id := c.entries[i].ID
		if id == "" {
			continue
		}
		if !validID(id) {
			c.mistake(i, "id", "编号“%.80s”有误：应为 1–64 个小写字母、数字或“-”。", id)
		} else if j, taken := c.ids[id]; taken {
			c.mistake(i, "id", "编号“%s”与%s重复。", id, c.where(j))
		} else {
			c.ids[id] = i
		}
	}
	for i := range c.entries {
		if c.entries[i].ID != "" {
			continue
		}
		id := c.known(before, i)
		for n := 1; id == "" || c.taken(id); n++ {
			id = newID(c.entries[i].Name, n)
		}
		c.entries[i].ID, c.ids[id] = id, i
	}
}

func (c *checker) taken(id string) bool { _, ok := c.ids[id]; return ok }

// known is the id that the list before had for a body of this name.
func (c *checker) known(before *List, i int) string {
	if before == nil {
		return ""
	}
	for _, name := range append([]string{c.entries[i].Name}, c.entries[i].Aliases...) {
		if at, ok := before.names[key(name)]; ok {
			return before.bodies[at].ID
		}
	}
	return ""
}

func validID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// newID is the n-th id for a name: the same in every service.
func newID(name string, n int) string {
	sum := sha256.Sum256([]byte(key(name) + "\n" + strconv.Itoa(n)))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:12]
}

// parent finds the entry that i belongs to.
func (c *checker) parent(i int) {
	e := &c.entries[i]
	given := strings.TrimSpace(e.Parent)
	at, ok := -1, given == ""
	if !ok {
		if at, ok = c.ids[given]; !ok {
			at, ok = c.names[key(given)]
		}
	}
	switch {
	case !ok:
		at = -1
		c.mistake(i, "parent", "上级“%s”不在名单中。", given)
	case at == i:
		c.mistake(i, "parent", "“%s”不能以自己为上级。", e.Name)
	}
	e.Parent = ""
	if at >= 0 {
		e.Parent = c.entries[at].ID
	}
	c.parents = append(c.parents, at)
}

// circles finds bodies that are above themselves or too deep down.
func (c *checker) circles() {
	for i := range c.entries {
		up := i
		for depth := 1; up >= 0; depth++ {
			if depth > maxDepth {
				c.mistake(i, "parent", "“%s”的上级超过 %d 层，或上下级成环。", c.entries[i].Name, maxDepth)
				break
			}
			up = c.parents[up]
		}
	}
}

// inOrder is the tree from the top down. It runs after circles, so it ends.
func (c *checker) inOrder() []Body {
	below := map[int][]int{}
	for i, p := range c.parents {
		below[p] = append(below[p], i)
	}
	out := make([]Body, 0, len(c.entries))
	var walk func(parent int)
	walk = func(parent int) {
		for _, i := range below[parent] {
			out = append(out, c.entries[i].Body)
			walk(i)
		}
	}
	walk(-1)
	return out
}

// Bodies are the bodies in tree order. The caller must not change them.
func (l *List) Bodies() []Body {
	if l == nil {
		return nil
	}
	return l.bodies
}

// Get is the body with the id.
func (l *List) Get(id string) (Body, bool) {
	if l == nil {
		return Body{}, false
	}
	i, ok := l.byID[id]
	if !ok {
		return Body{}, false
	}
	return l.bodies[i], true
}

// Find is the body with that name or alias, in any writing; it does not look for
// names with other places before them.
func (l *List) Find(name string) (Body, bool) {
	if l == nil {
		return Body{}, false
	}
	i, ok := l.names[key(name)]
	if !ok {
		return Body{}, false
	}
	return l.bodies[i], true
}

// index makes the maps.
func (l *List) index() {
	for i := range l.bodies {
		b := &l.bodies[i]
		l.byID[b.ID] = i
		l.names[key(b.Name)] = i
		for _, a := range b.Aliases {
			l.names[key(a)] = i
		}
	}
	shared := l.sharedPlace()
	for i := range l.bodies {
		b := &l.bodies[i]
		places := l.placesAbove(i, shared)
		for _, name := range append([]string{b.Name}, b.Aliases...) {
			k := key(name)
			l.addPart(canon(k), part{i, nil})
			if own := canon(ownPart(k, places)); len(places) > 0 {
				l.addPart(own, part{i, places})
			}
		}
		if p := placeOf(b.Name); p != "" { // 县政府, 镇人民政府
			places = append([]string{withoutPlaces(p, places)}, places...)
			l.addPart("人民政府", part{i, places})
			l.addPart("政府", part{i, places})
		}
	}
}

func (l *List) addPart(k string, p part) { l.parts[k] = append(l.parts[k], p) }

// others are the bodies that a name may mean which is none of the list's: with
// other places before its own part.
func (l *List) others(k string) []int {
	var out []int
	if utf8.RuneCountInString(k) < 3 { // 县局 names nobody
		return nil
	}
	for i := range k {
		front, own := k[:i], k[i:]
		if front == "" && slices.Contains(nobody, own) {
			continue
		}
		for _, p := range l.parts[canon(own)] {
			if leads(front, p.places) && !slices.Contains(out, p.body) {
				out = append(out, p.body)
			}
		}
	}
	return out
}

// placesAbove are the places of the bodies above, the nearest first, without the
// places above them in turn; for a body at the top the place that the list shares.
func (l *List) placesAbove(i int, shared string) []string {
	b := &l.bodies[i]
	if b.Parent == "" && shared != "" && placeOf(b.Name) != shared {
		return []string{shared}
	}
	var down []string // from the top
	for b.Parent != "" {
		b = &l.bodies[l.byID[b.Parent]]
		if p := placeOf(b.Name); p != "" {
			down = append(down, p)
		}
	}
	for n := range down {
		down[n] = withoutPlaces(down[n], down[n+1:])
	}
	return down
}

// withoutPlaces is the place's own name: 云溪县 for 江州市云溪县.
func withoutPlaces(place string, above []string) string {
	for _, p := range above {
		if rest, ok := strings.CutPrefix(place, p); ok && rest != "" {
			place = rest
		}
	}
	return place
}

// sharedPlace is the place that the names of a list without a tree begin with:
// that of its one government, or the one before at least half of the names.
func (l *List) sharedPlace() string {
	counts, top := map[string]int{}, 0
	for i := range l.bodies {
		b := &l.bodies[i]
		if b.Parent != "" {
			continue
		}
		top++
		if p := leadingPlace.FindString(key(b.Name)); p != "" {
			counts[p]++
		}
	}
	for p, n := range counts {
		if n >= 2 && 2*n >= top {
			// Two places may each have half of the names: then none is shared.
			for q, m := range counts {
				if q != p && m >= n {
					return ""
				}
			}
			return p
		}
	}
	return ""
}
