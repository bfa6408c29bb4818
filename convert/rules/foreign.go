package rules

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/glance"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
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
	a := c.author
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
	a.regional = slices.ContainsFunc(c.passages, func(p passage) bool { return p.table < 0 && glance.Contains(p.line, "自治区") })
	a.prefecture = slices.ContainsFunc(c.passages, func(p passage) bool {
		return p.table < 0 && (strings.Contains(p.line, "县") || strings.Contains(p.line, "市（区）")) && containsAny(p.line, "县（市、区）", "县（区）", "市（区）", "县（市）区", "各县区", "各区县", "县市区")
	})
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		// Lines before the first chapter may be a page's navigation; sentences are not.
		if p.table >= 0 || p.role == extract.RoleFooter || p.block < first && !strings.ContainsAny(p.line, "。，") {
			continue
		}
		for _, m := range slices.Concat(a.foreignSelf(p.line, p.cues), a.foreignActors(p.line, p.cues)) {
			if a.ownName(m.name) || a.ownGovernment(p.line[:m.start], m.name) && !actsAsOffice(p.line[m.end:]) && !opensClause(p.line, m) {
				continue
			}
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

// opensClause reports whether a name, with no verb in it, begins a clause about the disclosure of the place:
// 2021年，岩汀县政府信息公开工作以新《条例》为主线.
func opensClause(line string, m mention) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:m.start])
	const verb = 2 // characters
	return (m.start == 0 || strings.ContainsRune("，。；：\n", before)) && itsWorkOpens.MatchString(line[m.end:]) && !notNamed()[headRunes(m.name, verb)]
}

// itsWorkOpens is what a report tells of the work on disclosure first.
var itsWorkOpens = lazyregexp.New(`^信息公开工作(?:以|紧紧|紧扣|围绕|坚持|始终|严格按照|按照|在[^，。；]{2,24}[下中，]|总体|整体)`)

// ownName reports whether what was read as a name is the author's own behind a word: 即云溪县教育局.
func (a *author) ownName(name string) bool {
	const shortest, longestWord = 5, 2 // characters
	if place := a.names[0].place; fullPlace(place) {
		if before, ok := strings.CutSuffix(name, place); ok && utf8.RuneCountInString(before) == 1 && leadsUp.has(leadingRune(before)) {
			return true // 于榆河区
		}
	}
	return slices.ContainsFunc(a.full, func(n string) bool {
		before, ok := strings.CutSuffix(name, n)
		return ok && utf8.RuneCountInString(n) >= shortest && utf8.RuneCountInString(before) <= longestWord
	})
}

// ownGovernment reports whether what looks like the short name of another government may be the
// author's own behind a verb: 实现[县政府]重要政策文件, 图解[市政府]常务会议. No verb follows what
// stands before the owner of a site (通过松岭区政府网站).
func (a *author) ownGovernment(before, name string) bool {
	const shortest = 4 // characters of a name that no verb is taken for
	place, ok := strings.CutSuffix(name, "政府")
	if !ok || plausible(place) && fullPlace(place) && hasAnySuffix(before, []string{"通过", "依托", "利用", "借助", "登录", "登陆", "规范", "了", "成立", "组建", "调整", "针对", "召开", "举办"}) || strings.HasSuffix(place, "人民") || utf8.RuneCountInString(place) >= shortest && plausible(place) && !strings.ContainsAny(strings.TrimSuffix(place, lastRune(place)), "省市县区") {
		return false
	}
	level := lastRune(place)
	return slices.ContainsFunc(a.full, func(n string) bool {
		return strings.Contains(n, level+"人民政府") || strings.Contains(n, level+"政府")
	})
}

// actsAsOffice reports whether a text goes on with the work of a government or of its office
// whose name ends before it.
func actsAsOffice(rest string) bool {
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "办公室"), "本级")
	return doesWork.MatchString(rest) || nextPlan.MatchString(rest) || countDeed.MatchString(rest) || quietDeed.MatchString(rest) || staffDeed.MatchString(rest)
}

// foreignSignature compares signature and title.
func (c *context) foreignSignature(a *author, v *verdict) {
	s := c.report.SignedBy
	if s == nil {
		return
	}
	name := squeeze(*s)
	b := parseBody(bracketed.ReplaceAllString(name, ""))
	a.settle(&b)
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
	if own := a.names[0]; b.rank == rankDepartment && a.rank == rankDepartment && fullPlace(b.place) && fullPlace(own.place) && b.place != own.place && sameLevel(b.place, own.place) && !a.is(*b) && !a.knows(b.place) {
		return true // the same office of another county
	}
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
