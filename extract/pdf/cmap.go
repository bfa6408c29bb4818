package pdf

import (
	"sort"
	"strings"
	"unicode"

	"nianbao/extract"
	"nianbao/extract/pdf/cid"
	"nianbao/extract/pdf/glyphname"
)

// Caps of one CMap. Ranges are kept as ranges, so a range of 2^32 codes costs
// one entry.
const (
	maxCMapEntries = 1 << 20
	maxCMapDepth   = 8 // nesting of usecmap
)

// cmap maps character codes to CIDs or to Unicode (9.7.5, 9.10.3; Adobe
// Technical Notes 5014 and 5411).
type cmap struct {
	spaces   []codeSpace
	cids     []cidRange // sorted by size, low
	texts    []textRange
	singles  map[codeKey]string
	lengths  uint8 // bit n: singles or texts hold codes of n bytes
	base     *cmap // of usecmap
	vertical bool
	// identity is true for the predefined Identity-H and -V.
	identity bool
	// predefined is the CMap of that kind which this one stands for.
	predefined *cid.CMap
	// ordering is set in the maps "Adobe-GB1-UCS2" from the CIDs of a collection
	// to text.
	ordering string
}

// codeSpace is one codespacerange: codes of n bytes, each byte in its range.
type codeSpace struct {
	n         int
	low, high uint32
}

func (s codeSpace) contains(code uint32, n int) bool {
	if n != s.n {
		return false
	}
	for i := range n {
		shift := uint(8 * i)
		b := code >> shift & 0xFF
		if b < s.low>>shift&0xFF || b > s.high>>shift&0xFF {
			return false
		}
	}
	return true
}

// codeKey is a code of n bytes.
type codeKey struct{ code, n uint32 }

type cidRange struct {
	n         int
	low, high uint32
	cid       uint32
}

type textRange struct {
	n         int
	low, high uint32
	text      []byte // UTF-16BE of low
}

// next cuts the first code from s by the code space ranges, one byte where none
// fits.
func (m *cmap) next(s []byte) (uint32, int) {
	var code uint32
	for n := 1; n <= min(4, len(s)); n++ {
		code = code<<8 | uint32(s[n-1])
		for c := m; c != nil; c = c.base {
			for _, sp := range c.spaces {
				if sp.contains(code, n) {
					return code, n
				}
			}
		}
	}
	for c := m; c != nil; c = c.base {
		if c.identity || c.ordering != "" {
			return twoBytes(s)
		}
		if c.predefined != nil {
			return c.predefined.Next(s)
		}
	}
	// No code space fits: take the shortest length there is (5014, 7.2).
	n := m.shortest()
	if n == 0 || n > len(s) {
		n = 1
	}
	code = 0
	for _, b := range s[:n] {
		code = code<<8 | uint32(b)
	}
	return code, n
}

func (m *cmap) shortest() int {
	n := 0
	for c := m; c != nil; c = c.base {
		for _, sp := range c.spaces {
			if n == 0 || sp.n < n {
				n = sp.n
			}
		}
	}
	return n
}

func twoBytes(s []byte) (uint32, int) {
	if len(s) < 2 {
		return uint32(s[0]), 1
	}
	return uint32(s[0])<<8 | uint32(s[1]), 2
}

// cid looks a code of n bytes up.
func (m *cmap) cid(code uint32, n int) (uint32, bool) {
	for c := m; c != nil; c = c.base {
		if c.identity {
			return code, true
		}
		if c.predefined != nil {
			return c.predefined.CID(code, n)
		}
		if v, ok := c.ownCID(code, n); ok {
			return v, true
		}
	}
	return 0, false
}

// ownCID is cid by the ranges of m alone.
func (m *cmap) ownCID(code uint32, n int) (uint32, bool) {
	i := sort.Search(len(m.cids), func(i int) bool {
		r := m.cids[i]
		return r.n > n || r.n == n && r.low > code
	})
	if i > 0 {
		if r := m.cids[i-1]; r.n == n && code <= r.high {
			return r.cid + code - r.low, true
		}
	}
	return 0, false
}

// text is the Unicode text of a code of n bytes; empty where the map has none.
// Some producers write ToUnicode maps with codes of another length than the
// font's, so the length is ignored where nothing of the right length is there.
func (m *cmap) text(code uint32, n int) string {
	if s, ok := m.textOf(code, n); ok {
		return s
	}
	for l := 1; l <= 4; l++ {
		if l != n && m.hasLength(l) { // only own entries: other CMaps know their lengths
			if s, ok := m.textOf(code, l); ok {
				return s
			}
		}
	}
	return ""
}

// hasLength tells whether there may be texts of codes of n bytes.
func (m *cmap) hasLength(n int) bool {
	for c := m; c != nil; c = c.base {
		if c.lengths>>n&1 != 0 {
			return true
		}
	}
	return false
}

func (m *cmap) textOf(code uint32, n int) (string, bool) {
	for c := m; c != nil; c = c.base {
		if s, ok := c.singles[codeKey{code, uint32(n)}]; ok {
			return s, true
		}
		i := sort.Search(len(c.texts), func(i int) bool {
			r := c.texts[i]
			return r.n > n || r.n == n && r.low > code
		})
		if i > 0 {
			if r := c.texts[i-1]; r.n == n && code <= r.high {
				return r.at(code - r.low), true
			}
		}
		if s := c.namedText(code, n); s != "" {
			return s, true
		}
	}
	return "", false
}

// namedText is the text that a map has because of its name.
func (m *cmap) namedText(code uint32, n int) string {
	switch {
	case m.predefined != nil:
		return m.predefined.Text(code, n)
	case m.ordering != "":
		return cid.Text(m.ordering, code)
	case m.identity && code <= 0xFFFF:
		return string(rune(code))
	}
	// Some producers write cidrange for bfrange.
	if v, ok := m.ownCID(code, n); ok && v <= unicode.MaxRune && len(m.singles)+len(m.texts) == 0 {
		return string(rune(v))
	}
	return ""
}

// character is the character that a code is in a CMap with codes in Unicode.
func (m *cmap) character(code uint32, n int) (rune, bool) {
	for c := m; c != nil; c = c.base {
		if c.predefined != nil {
			return c.predefined.Rune(code, n)
		}
	}
	return 0, false
}

// collection names the collection of a predefined CMap's CIDs; empty for others.
func (m *cmap) collection() string {
	for c := m; c != nil; c = c.base {
		if c.predefined != nil {
			return c.predefined.Ordering()
		}
	}
	return ""
}

// empty tells a map without entries for text: only a name, or CIDs.
func (m *cmap) empty() bool {
	for c := m; c != nil; c = c.base {
		if len(c.singles)+len(c.texts) > 0 {
			return false
		}
	}
	return true
}

// selfMapped tells a ToUnicode map that gives every code itself as text, as
// producers write that know nothing of the font.
func (m *cmap) selfMapped() bool {
	some := false
	for c := m; c != nil; c = c.base {
		if c.predefined != nil || c.ordering != "" {
			return false
		}
		for k, s := range c.singles {
			if k.n != 2 || s != string(rune(k.code)) {
				return false
			}
		}
		for _, r := range c.texts {
			if r.n != 2 || r.at(0) != string(rune(r.low)) {
				return false
			}
		}
		for _, r := range c.cids {
			if r.n != 2 || r.cid != r.low {
				return false
			}
		}
		some = some || c.identity || len(c.singles)+len(c.texts)+len(c.cids) > 0
	}
	return some
}

// at is the text k codes after the range's first: its last character counts on.
func (r textRange) at(k uint32) string {
	if len(r.text) < 2 {
		return ""
	}
	runes := []rune(utf16BE(r.text))
	first := runes[len(runes)-1]
	last := uint32(first) + k
	if last > 0x10FFFF || first == 0xFFFD || first < 0x10000 && last > 0xFFFF {
		return ""
	}
	runes[len(runes)-1] = rune(last)
	return string(runes)
}

// streamCMap parses an embedded CMap. Damage leaves what was read before.
func (d *Document) streamCMap(v value, depth int) *cmap {
	data, err := d.readStream(v)
	if e := extract.AsError(err); e != nil {
		panic(e)
	}
	m := parseCMap(data)
	if v.key("WMode").integer() == 1 {
		m.vertical = true
	}
	if use := v.key("UseCMap"); m.base == nil && depth < maxCMapDepth {
		switch use.kind() {
		case kindStream:
			m.base = d.streamCMap(use, depth+1)
		case kindName:
			m.base = namedCMap(use.name())
		}
	}
	return m
}

// namedCMap is the CMap of that name: Identity-H or -V, a predefined one, or a
// map to UCS-2 as ToUnicode maps name them; nil for other names.
func namedCMap(name string) *cmap {
	if name == "Identity-H" || name == "Identity-V" {
		return &cmap{identity: true, vertical: strings.HasSuffix(name, "-V")}
	}
	charset, isText := strings.CutSuffix(name, "-UCS2")
	if ordering, ok := strings.CutPrefix(charset, "Adobe-"); ok && isText && cid.Known(ordering) {
		return &cmap{ordering: ordering}
	}
	if isText {
		name = charset + "-H"
	}
	if p := cid.Predefined(name); p != nil {
		return &cmap{predefined: p, vertical: p.Vertical()}
	}
	return nil
}

// parseCMap reads the operators of a CMap file; anything else is skipped.
func parseCMap(data []byte) *cmap {
	p := cmapParser{lex: lexer{data: data}, m: &cmap{singles: map[codeKey]string{}}}
	var prev token
	for {
		t := p.lex.next()
		if t.kind == tokEOF {
			break
		}
		if t.kind == tokOperator {
			p.operator(string(t.str), prev)
			p.lex.reset()
			prev = token{}
			continue
		}
		if prev.kind == tokName && string(prev.str) == "WMode" && t.kind == tokNumber {
			p.m.vertical = t.num == 1
		}
		prev = t
	}
	m := p.m
	sort.SliceStable(m.cids, func(i, j int) bool {
		a, b := m.cids[i], m.cids[j]
		return a.n < b.n || a.n == b.n && a.low < b.low
	})
	sort.SliceStable(m.texts, func(i, j int) bool {
		a, b := m.texts[i], m.texts[j]
		return a.n < b.n || a.n == b.n && a.low < b.low
	})
	return m
}

type cmapParser struct {
	lex     lexer
	m       *cmap
	entries int
}

func (p *cmapParser) operator(op string, prev token) {
	switch op {
	case "usecmap":
		if prev.kind == tokName {
			p.m.base = namedCMap(string(prev.str))
		}
	case "begincodespacerange":
		p.section(2, func(t []token) {
			if n := len(t[0].str); n >= 1 && n <= 4 && len(p.m.spaces) < 256 {
				p.m.spaces = append(p.m.spaces, codeSpace{n, codeOf(t[0].str), codeOf(t[1].str)})
			}
		})
	case "begincidrange":
		p.section(3, func(t []token) {
			if t[2].kind == tokNumber && t[2].num >= 0 && t[2].num < 1<<31 {
				p.m.cids = append(p.m.cids, cidRange{len(t[0].str), codeOf(t[0].str), codeOf(t[1].str), uint32(t[2].num)})
			}
		})
	case "begincidchar":
		p.section(2, func(t []token) {
			if t[1].kind == tokNumber && t[1].num >= 0 && t[1].num < 1<<31 {
				c := codeOf(t[0].str)
				p.m.cids = append(p.m.cids, cidRange{len(t[0].str), c, c, uint32(t[1].num)})
			}
		})
	case "beginbfchar":
		p.section(2, func(t []token) { p.single(codeOf(t[0].str), len(t[0].str), t[1]) })
	case "beginbfrange":
		p.section(3, p.textRange)
	}
}

// section reads groups of n operands up to the closing operator.
func (p *cmapParser) section(n int, f func([]token)) {
	group := make([]token, 0, 3)
	for {
		t := p.lex.next()
		if t.kind == tokEOF || t.kind == tokOperator {
			return
		}
		if len(group) == 0 && t.kind != tokString {
			continue
		}
		if group = append(group, t); t.kind == tokArrayOpen {
			if len(group) == 3 {
				p.textArray(group)
			}
			group = group[:0]
			continue
		}
		if len(group) == n {
			if p.entries++; p.entries > maxCMapEntries {
				return
			}
			f(group)
			group = group[:0]
			p.lex.reset()
		}
	}
}

// textRange is one bfrange with a string.
func (p *cmapParser) textRange(t []token) {
	if t[1].kind != tokString || t[2].kind != tokString {
		return
	}
	low, high := codeOf(t[0].str), codeOf(t[1].str)
	if low == high {
		p.single(low, len(t[0].str), t[2])
		return
	}
	if n := len(t[0].str); high > low && n <= 4 {
		p.m.lengths |= 1 << n
		p.m.texts = append(p.m.texts, textRange{len(t[0].str), low, high, append([]byte(nil), widen(t[2].str)...)})
	}
}

// textArray is one bfrange with an array: a text for each code.
func (p *cmapParser) textArray(t []token) {
	code, n, high := codeOf(t[0].str), len(t[0].str), codeOf(t[1].str)
	for {
		e := p.lex.next()
		if e.kind == tokEOF || e.kind == tokArrayClose || e.kind == tokOperator {
			return
		}
		if p.entries++; p.entries > maxCMapEntries || code > high {
			continue
		}
		p.single(code, n, e)
		code++
	}
}

func (p *cmapParser) single(code uint32, n int, t token) {
	if n > 4 {
		return
	}
	p.m.lengths |= 1 << n
	switch t.kind {
	case tokString:
		p.m.singles[codeKey{code, uint32(n)}] = utf16BE(widen(t.str))
	case tokName:
		if s := glyphname.Text(string(t.str)); s != "" {
			p.m.singles[codeKey{code, uint32(n)}] = s
		}
	}
}

// widen makes UTF-16 of a lone byte, which some producers write.
func widen(s []byte) []byte {
	if len(s) == 1 {
		return []byte{0, s[0]}
	}
	return s
}

// codeOf is the number in up to four bytes.
func codeOf(s []byte) uint32 {
	var c uint32
	for _, b := range s[:min(4, len(s))] {
		c = c<<8 | uint32(b)
	}
	return c
}
