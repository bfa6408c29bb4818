package rules

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/extract"
)

// A report may name other bodies in many ways: upper, sister and subordinate
// ones, places where something happened, models to learn from. What it may not
// is to speak of another as of itself. So a name counts only in the words a
// report has for its author: as the subject of its sentences (青石镇认真贯彻…),
// in the announcement of the report (现将青石镇2021年…), in its contacts, as what
// it promotes (宣传青石镇的改革与发展), and in the words 我镇, 我局.

// mention is a name that the report uses as its author's.
type mention struct {
	name       string
	start, end int // bytes of the line
}

var notNamed = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(notNames) {
		m[w] = true
	}
	return m
})

// noTownship reports whether the text before 镇, 乡 or 街道 ends with a word that
// names none.
func noTownship(before string) bool {
	last, size := utf8.DecodeLastRuneInString(before)
	_, size2 := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return !isHan(last) || strings.ContainsRune(notLast, last) || notNamed()[before[len(before)-size-size2:]]
}

// foreignTownships finds townships used as the author in a line.
func (a *author) foreignTownships(line string) []mention {
	var out []mention
	for _, end := range []string{"镇", "乡", "街道"} {
		for from := 0; ; {
			at := strings.Index(line[from:], end)
			if at < 0 {
				break
			}
			at += from
			from = at + len(end)
			if m, ok := a.townshipAt(line, at, from, end); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// townshipAt tries the names of two to four characters before line[at:], which
// is the end of a township's name.
func (a *author) townshipAt(line string, at, end int, suffix string) (mention, bool) {
	if noTownship(line[:at]) || a.endsWithOwn(line[:at]) {
		return mention{}, false
	}
	right := headOf(line[end:])
	if !a.mayClaim(right) {
		return mention{}, false
	}
	start := at
	for n := 1; n <= 5; n++ {
		r, size := utf8.DecodeLastRuneInString(line[:start])
		if !isHan(r) {
			break
		}
		start -= size
		core := line[start:at]
		if n < 2 {
			continue
		}
		if strings.ContainsAny(core, "的和与及对在是为将把各全我本该以等") {
			return mention{}, false
		}
		if strings.Contains(core, "街道") || strings.Contains(core, "围绕") {
			return mention{}, false
		}
		b := bodyName{rank: rankTownship, core: core, end: suffix}
		if !a.claims(line[:start], right) {
			continue
		}
		if n > 2 && strings.ContainsRune("向与同和由从到在对为将把被给跟赴往于及经因以据按依就并再又也都还", r) {
			return mention{}, false // a preposition and a name of two characters
		}
		if a.is(b) || a.knows(core) {
			return mention{}, false
		}
		return mention{line[start:end], start, end}, true
	}
	return mention{}, false
}

// endsWithOwn reports whether a text ends with a name of the author's without its
// last word.
func (a *author) endsWithOwn(before string) bool {
	return slices.ContainsFunc(a.names, func(n bodyName) bool { return strings.HasSuffix(before, n.core) })
}

// headOf is the beginning of a text, as far as the patterns of what follows a
// name look.
func headOf(s string) string {
	const longest = 360 // bytes
	if len(s) <= longest {
		return s
	}
	to := longest
	for !utf8.RuneStart(s[to]) {
		to--
	}
	return s[:to]
}

// mayClaim reports whether what follows a name may be said of the author: without
// looking at the words before it, which costs more.
func (a *author) mayClaim(right string) bool {
	if next, _ := utf8.DecodeRuneInString(right); strings.ContainsRune("、。；）)》等和与及村居", next) {
		return false
	}
	if visiting.MatchString(right) || a.rank == rankTownship && containsAny(firstSentence(right), "我镇", "我乡", "我街", "本镇", "本乡", "本街道") {
		return false // the sentence tells the two apart
	}
	return reportOf.MatchString(right) || contactEnd.MatchString(right) || reform.MatchString(right) || asSubject.MatchString(right) ||
		a.rank == rankTownship && (officeOf.MatchString(right) || siteOf.MatchString(right) || ownThings.MatchString(right) ||
			ofDisclosure.MatchString(right) || circumstances.MatchString(right) || steadfast.MatchString(right))
}

// claims reports whether the township between two texts stands for the author.
func (a *author) claims(before, right string) bool {
	for _, left := range beforePlaces(before) {
		if a.claimed(left, right) {
			return true
		}
	}
	return false
}

func (a *author) claimed(left, right string) bool {
	own := a.rank == rankTownship
	tail := tailOf(left, 120)
	switch {
	case reportOf.MatchString(right) && announcing.MatchString(tail):
		return true
	case strings.LastIndex(left, "《") > strings.LastIndex(left, "》"):
		return false
	case hasAnySuffix(left, asked) && contactEnd.MatchString(right) && contact.MatchString(lastSentence(left)),
		own && strings.HasSuffix(left, "请联系") && officeOf.MatchString(right),
		own && officeOf.MatchString(right) && addressLead.MatchString(tail),
		own && hasAnySuffix(left, sites) && siteOf.MatchString(right):
		return true
	case cutAside(left, right):
		return false
	case hasAnySuffix(left, promoting):
		return reform.MatchString(right) || own && (ownThings.MatchString(right) || ofDisclosure.MatchString(right))
	case own && hasAnySuffix(left, caring) && circumstances.MatchString(right):
		return true
	case own && subjectStart.MatchString(tail):
		return asSubject.MatchString(right) || ofDisclosure.MatchString(right) || ownThings.MatchString(right)
	case own && hasAnySuffix(left, []string{"，", ","}):
		return steadfast.MatchString(right)
	case a.rank == rankDepartment && subjectStart.MatchString(tail):
		return asSubject.MatchString(right) && strings.Contains(firstSentence(right), "公开条例")
	}
	return false
}

// tailOf is the end of a text, as far as the patterns of what stands before a name
// look; a mark stands for what is cut off, so that they do not take it for the
// beginning of the line. longest is in bytes.
func tailOf(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	from := len(s) - longest
	for !utf8.RuneStart(s[from]) {
		from++
	}
	return "…" + s[from:]
}

// beforePlaces are the texts before a name: as it stands, and without the places
// that lead the name (青柳市云溪区).
func beforePlaces(left string) []string {
	const most = 12
	out := []string{left}
	for i := 0; i < len(out) && len(out) < most; i++ {
		rest := strings.TrimSuffix(out[i], "人民政府")
		last, size := utf8.DecodeLastRuneInString(rest)
		if !strings.ContainsRune("省市县区州旗盟", last) {
			continue
		}
		rest = rest[:len(rest)-size]
		for range 3 { // characters of the place's name
			r, size := utf8.DecodeLastRuneInString(rest)
			if !isHan(r) {
				break
			}
			rest = rest[:len(rest)-size]
			out = append(out, rest)
		}
	}
	return out
}

// cutAside reports whether the clause says that the body is another one.
func cutAside(left, right string) bool {
	clause := left[strings.LastIndexAny(left, "。；，！？")+1:]
	for _, w := range aside {
		if len(w) > len("在") && strings.Contains(clause, w) || strings.HasSuffix(clause, w) {
			return true
		}
	}
	return strings.HasSuffix(left, "原") || hasAnyPrefix(right, []string{"、", "等", "和", "与", "及", "村民", "经验", "做法", "境内", "交界", "一带", "以东", "以西", "以南", "以北"})
}

func lastSentence(s string) string  { return s[strings.LastIndexAny(s, "。；！？")+1:] }
func firstSentence(s string) string { return s[:endOfSentence(s)] }

func endOfSentence(s string) int {
	if at := strings.IndexAny(s, "。！？"); at >= 0 {
		return at
	}
	return len(s)
}

// foreignOffices finds offices used as the author in a line.
func (a *author) foreignOffices(line string, found cueSet) []mention {
	if a.rank == rankGovernment {
		return nil
	}
	var out []mention
	take := func(m []int, strict bool) {
		if m == nil {
			return
		}
		b := parseBody(line[m[2]:m[7]])
		place := line[m[2]:m[3]]
		if strings.ContainsAny(line[m[4]:m[5]], "的和与及对在是为将把各全我本该") || a.is(b) || b.rank != rankDepartment || a.upper(place, b) {
			return
		}
		if strict && a.rank != rankDepartment || containsAny(b.core, "政务服务", "行政审批", "数据", "国务院", "国家", "全国", "办公", "监察", "人大", "政协") {
			return
		}
		out = append(out, mention{line[m[2]:m[7]], m[2], m[7]})
	}
	if found.has(announceCues) {
		take(officeAnnounced.FindStringSubmatchIndex(line), false)
	}
	for from := 0; from < len(line); {
		piece := line[from:]
		if at := strings.IndexFunc(piece, endsClause); at >= 0 {
			_, size := utf8.DecodeRuneInString(piece[at:])
			piece = piece[:at+size]
		}
		if !actsForOffice(piece) || !containsAny(piece, "条例", "政府信息", "政务公开", "信息公开") {
			from += len(piece)
			continue
		}
		if m := officeSubject.FindStringSubmatchIndex(piece); m != nil && containsAny(piece[m[8]:m[9]], "条例", "政府信息", "政务公开", "信息公开") && !containsAny(piece, "我局", "指导", "对我", "各单位", "通报", "考核", "检查") {
			for i := range m {
				m[i] += from
			}
			take(m, true)
		}
		from += len(piece)
	}
	if found.has(praiseCues) {
		take(officePraised.FindStringSubmatchIndex(line), false)
	}
	if found.has(contactCues) {
		take(officeContact.FindStringSubmatchIndex(line), true)
	}
	return out
}

func endsClause(r rune) bool { return endsSentence(r) || r == '：' || r == ':' }

// actsForOffice reports whether the first office named in a sentence is followed by
// what offices do in it: a quick look before the pattern's long one.
func actsForOffice(sentence string) bool {
	const reach = 150 // bytes
	for _, end := range []string{"局", "委员会"} {
		at := strings.Index(sentence, end)
		if at < 0 || at > reach {
			continue
		}
		after := strings.TrimPrefix(strings.TrimPrefix(sentence[at+len(end):], "党组"), "党委")
		if hasAnyPrefix(after, officeVerbs) {
			return true
		}
	}
	return false
}

// upper reports whether an office of this place may stand above the author: the
// word for the place alone (市教育局), or a place of another level.
func (a *author) upper(place string, b bodyName) bool {
	if place == "" {
		return false
	}
	if r := []rune(place); len(r) == 1 {
		return sameOffice(a.names[0].core, b.core) || r[0] == '省' || r[0] == '市'
	}
	own := a.names[0].place
	return own != "" && !sameLevel(own, b.place) && sameOffice(a.names[0].core, b.core)
}

// foreignSelf finds words by which a body of another kind calls itself.
func (a *author) foreignSelf(line string, found cueSet) []mention {
	if !found.has(selfCues) {
		return nil
	}
	var out []mention
	for _, s := range selfWords {
		whole := strings.HasPrefix(s.words[0], "全")
		if slices.ContainsFunc(s.ends, a.knows) || s.words[0] == "我局" && a.rank == rankDepartment || whole && a.rank != rankTownship {
			continue
		}
		for _, w := range s.words {
			at := strings.Index(line, w)
			if at < 0 {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(line[:at])
			if strings.ContainsRune("自忘基根样版文资安健完齐保“‘《", before) || s.after.MatchString(line[at+len(w):]) || inTitle(line, at) {
				continue
			}
			out = append(out, mention{w, at, at + len(w)})
		}
	}
	return append(out, a.foreignPlace(line)...)
}

// foreignPlace finds words by which a place of another level than the author's calls
// itself; nothing where the author's name does not tell its place.
func (a *author) foreignPlace(line string) []mention {
	place := a.names[0].place
	if a.rank == rankGovernment {
		place = a.names[0].core
	}
	level, _ := utf8.DecodeLastRuneInString(place)
	var out []mention
	for _, p := range placeWords {
		at := strings.Index(line, p.word)
		if at < 0 || !strings.ContainsRune(p.never, level) || p.word == "我区" && a.regional || inTitle(line, at) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(line[:at])
		after := leadingRune(line[at+len(p.word):])
		if strings.ContainsRune("自忘“‘《", before) || strings.ContainsRune("域别分间场", after) {
			continue
		}
		out = append(out, mention{p.word, at, at + len(p.word)})
	}
	return out
}

// inTitle reports whether line[at:] stands within 《》 or “”.
func inTitle(line string, at int) bool {
	return strings.LastIndex(line[:at], "《") > strings.LastIndex(line[:at], "》") || strings.LastIndex(line[:at], "“") > strings.LastIndex(line[:at], "”")
}

// foreignAgency judges whether the text speaks of another body as of the author.
func foreignAgency(c *context) *verdict {
	a := c.readAuthor()
	if a.rank == noRank || len(c.passages) == 0 {
		return inapplicable("没有读到编制机关的名称，或者从名称看不出是哪一类机关")
	}
	v := newVerdict()
	v.pass()
	type found struct {
		fault
		where []string
	}
	var list []*found
	a.regional = slices.ContainsFunc(c.passages, func(p passage) bool { return strings.Contains(p.line, "自治区") })
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		// Lines before the first chapter may be a page's navigation; sentences are not.
		if p.table >= 0 || p.role == extract.RoleFooter || p.block < first && !strings.ContainsAny(p.line, "。，") {
			continue
		}
		for _, m := range slices.Concat(a.foreignTownships(p.line), a.foreignOffices(p.line, p.cues), a.foreignSelf(p.line, p.cues), a.foreignBodies(p.line), a.foreignActors(p.line)) {
			at := slices.IndexFunc(list, func(f *found) bool { return strings.Contains(f.actual.(string), m.name) })
			if at < 0 {
				at = len(list)
				list = append(list, &found{fault: fault{place: p.place() + "@" + m.name, actual: m.name, quote: sentenceAt([]rune(p.line), utf8.RuneCountInString(p.line[:m.start]))}})
			}
			f := list[at]
			if w := c.where(p); !contains(f.where, w) {
				f.where = append(f.where, w)
			}
			for _, path := range c.path(p) {
				if !contains(f.paths, path) {
					f.paths = append(f.paths, path)
				}
			}
		}
	}
	for _, f := range list {
		f.paths = append(f.paths, "/report/agency")
		f.message = listed(f.where) + "把“" + f.actual.(string) + "”当作本机关来写，编制机关却是" + a.full[0] + "，疑为从别处复制，请核对。"
		v.fail(f.fault)
	}
	c.foreignSignature(&a, v)
	return c.hidden(v)
}

// foreignSignature compares signature and title.
func (c *context) foreignSignature(a *author, v *verdict) {
	s := c.report.SignedBy
	if s == nil {
		return
	}
	name := squeeze(*s)
	b := parseBody(bracketed.ReplaceAllString(name, ""))
	if !a.strangeSignature(&b, name) {
		return
	}
	v.fail(fault{
		place: "/report/signed_by", paths: []string{"/report/signed_by", "/report/agency"}, actual: name, expected: a.full[0],
		message: "落款是“" + clip(name) + "”，标题写的却是" + a.full[0] + "，请核对。",
	})
}

// strangeSignature reports whether the body that signed cannot be the author, nor an
// office of it.
func (a *author) strangeSignature(b *bodyName, name string) bool {
	if b.rank == noRank || a.is(*b) || strings.Contains(name, a.names[0].core) || strings.Contains(a.full[0], b.core) {
		return false
	}
	if b.rank != a.rank {
		return b.rank != rankGovernment && a.rank != rankGovernment && a.kinOf(b) != related
	}
	switch b.rank {
	case rankTownship:
		return true
	case rankGovernment:
		return sameLevel(b.core, a.names[0].core) && !containsAny(b.core+a.names[0].core, zones...)
	case rankDepartment:
		return b.end == a.names[0].end && utf8.RuneCountInString(b.core) > 1 && !sameOffice(b.core, a.names[0].core) || a.kinOf(b) == stranger
	case noRank:
	}
	return false
}
