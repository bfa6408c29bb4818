package mapping

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// heading is a line that may begin a chapter.
type heading struct {
	at    int // index of the line
	ord   ordinal
	title string // printed wording without ordinal
	rest  string // text that follows in the same line
	key   string // chapter; empty where the wording is none of the form's
	score float64
	toc   bool
	local bool // a chapter that places add
}

// headingEnds are the characters that end a heading.
const headingEnds = "。：:；;!！"

// maxHeading is the longest heading in characters, ordinal left out.
const maxHeading = 45

var (
	tocTail = lazyregexp.New(`(?:[.．…·。﹒‥_\-—\s]{3,}\d{0,3}|\s+\d{1,3}|\t\d{1,3})$`)
	tocDots = lazyregexp.New(`[.．…·﹒‥_]{3,}`)
)

// findHeadings lists the lines that have a chapter's wording or a top ordinal.
func findHeadings(lines []line, w *chapterWords, t *texts) []heading {
	var out []heading
	for i := range lines {
		if !mayBeHeading(&lines[i]) {
			continue
		}
		if h := t.heading(&lines[i], w); h != nil {
			out = append(out, *h)
			out[len(out)-1].at = i
		}
	}
	return out
}

// maxHeadingBytes bounds the lines that are looked up among those of other
// documents: paragraphs come only once.
const maxHeadingBytes = 4 * maxHeading

// heading is headingOf with a memory; nil where the line is none.
func (t *texts) heading(l *line, w *chapterWords) *heading {
	keep := len(l.text) <= maxHeadingBytes
	if keep {
		if h, ok := t.headings[l.text]; ok {
			return h
		}
		text := strings.Clone(l.text) // keeps nothing else of the document
		l = &line{text: text, tight: compact(text)}
		t.bytes += len(text)
	}
	h, ok := headingOf(l, w)
	found := &h
	if !ok {
		found = nil
	}
	if keep {
		t.headings[l.text] = found
	}
	return found
}

// mayBeHeading looks at length, beginning and end only.
func mayBeHeading(l *line) bool {
	return mayHaveOrdinal(l.tight) || len(l.text) <= 6*maxHeading && (runesOf(l.tight) <= maxHeading || mayEndContents(l.text))
}

// mayEndContents looks at the last character only, normalised or not: tocTail is
// slow.
func mayEndContents(text string) bool {
	r, n := utf8.DecodeLastRuneInString(text)
	if n > 1 {
		r, _ = utf8.DecodeLastRuneInString(nfkc(text[len(text)-n:]))
	}
	return r >= '0' && r <= '9' || strings.ContainsRune(".．…·。﹒‥_-— \t\n\f\r", r)
}

// headingOf reads a line that may be a heading.
func headingOf(l *line, w *chapterWords) (heading, bool) {
	text, toc := l.text, false
	if len(text) < 400 && mayEndContents(text) {
		folded := nfkc(text)
		if loc := tocTail.FindStringIndex(folded); loc != nil {
			toc = tocDots.MatchString(folded) || loc[0] > 0
			text = strings.TrimRight(folded[:loc[0]], " \t.…·")
		}
	}
	ord, rest := stripOrdinals(text)
	if ord.style == styleNone && runesOf(rest) > maxHeading {
		return heading{}, false
	}
	h := heading{ord: ord, title: rest, toc: toc}
	if end := strings.IndexAny(rest, headingEnds); end >= 0 {
		h.title, h.rest = rest[:end], strings.TrimLeft(rest[end:], headingEnds)
	}
	if runesOf(h.title) > maxHeading {
		return w.runOn(&h, text, rest)
	}
	m := w.match(h.title)
	if m.score < sureWording && h.rest == "" {
		if title, tail, pm := w.prefix(rest); pm.key != "" && runesOf(tail) <= maxHeading {
			h.title, h.rest, m = title, tail, pm
		}
	}
	h.key, h.score = m.key, m.score
	if h.key == localKey {
		h.key, h.local = "", true
	}
	if toc && h.key == "" {
		return h, false
	}
	if h.key == "" && w.isRow(h.title) {
		return h, false
	}
	return h, h.key != "" || h.local || (h.ord.style != styleNone && h.rest == "")
}

// runOn reads a heading that its text follows without punctuation: after a
// space, or because the line break between them was lost.
func (w *chapterWords) runOn(h *heading, text, rest string) (heading, bool) {
	if h.ord.style == styleNone {
		return *h, false
	}
	fields := strings.Fields(text)
	for n := 1; n <= min(2, len(fields)-1); n++ { // the ordinal may stand alone
		if _, title := stripOrdinals(strings.Join(fields[:n], "")); runesOf(title) <= maxHeading {
			if m := w.match(title); m.score >= sureWording && m.key != localKey {
				h.title, h.rest, h.key, h.score = title, strings.Join(fields[n:], " "), m.key, m.score
				return *h, true
			}
		}
	}
	title, tail, m := w.prefix(rest)
	switch {
	case m.key == localKey:
		h.local = true
	case m.key != "" && yearStart.MatchString(tail):
		h.key, h.score = m.key, m.score
	default:
		return *h, false
	}
	h.title, h.rest = title, tail
	return *h, true
}

var yearStart = lazyregexp.New(`^(?:19|20)\d{2}年`)

// ordinalMarks stand around ordinals.
const ordinalMarks = "（）、．：，()."

// stripOrdinals takes the ordinal off the text, twice where it is printed twice
// (automatic and typed), and returns the rest as printed.
func stripOrdinals(text string) (ordinal, string) {
	printed := compact(text)
	ord, folded := splitOrdinal(printed)
	for range 2 {
		again, rest := splitOrdinal(folded)
		if ord.style == styleNone || again.style != ord.style || again.value != ord.value {
			break
		}
		folded = rest
	}
	if ord.style == styleNone {
		return spacedOrdinal(text, printed)
	}
	first, _ := utf8.DecodeRuneInString(folded)
	n := 0
	for i, r := range printed {
		if n++; n > 16 {
			break
		}
		begins := r
		if isWide(r) {
			begins += 'A' - 'Ａ'
		}
		if begins != first && (isHan(r) || strings.ContainsRune(ordinalMarks, r)) {
			continue // they become nothing else, whatever stands behind them
		}
		if nfkc(printed[i:]) == folded {
			return ord, printed[i:]
		}
	}
	return ord, folded
}

var ordSpaced = lazyregexp.New(`^[\s\x{3000}]*([一二三四五六七八九十]{1,3}|\d{1,2})[\s\x{3000}\x{a0}]+([^\s\d年月日].*)$`)

// spacedOrdinal reads an ordinal that only white space parts from the title, as
// automatic numbering often prints it.
func spacedOrdinal(text, printed string) (ordinal, string) {
	first, _ := utf8.DecodeRuneInString(printed)
	if len(text) > 400 || !isHanNumber(first) && (first < '0' || first > '9') {
		return ordinal{}, printed
	}
	m := ordSpaced.FindStringSubmatch(text)
	if m == nil {
		return ordinal{}, printed
	}
	style := styleHan
	if m[1][0] <= '9' {
		style = styleArabic
	}
	return ordinal{style, ordinalValue(m[1]), m[1]}, compact(m[2])
}

var annexLine = lazyregexp.New(`^[(（【]?附(?:件|表|录)[一二三四五六七八九十\d]{0,2}[)）】]?[:：.、]?`)

// isAnnex reports a line that begins an annex: 附件2：
func isAnnex(l *line) bool {
	loc := annexLine.FindStringIndex(nfkc(l.tight))
	return loc != nil && runesOf(l.tight) <= 40 && !strings.HasSuffix(l.tight, "。")
}

// outline is the chapters of the report and where its main text ends.
type outline struct {
	chapters []heading
	// end is the index of the line after the main text: the first line of an
	// annex, or the number of lines.
	end int
}

// readOutline tells the chapters: by their wording, in the style of ordinal that
// most of them have. Tables of contents, sub-headings and annexes are left out.
func readOutline(lines []line, w *chapterWords, t *texts) outline {
	all := findHeadings(lines, w, t)
	all = withoutContents(all, lines)
	out := outline{end: annexStart(all, lines)}
	var in []heading
	for _, h := range all {
		if h.at < out.end {
			in = append(in, h)
		}
	}
	style := mainStyle(in, lines)
	in = withoutNested(in, lines[:out.end], style)
	taken, sure := map[string]bool{}, map[string]bool{}
	for _, h := range in {
		if h.score >= sureWording && h.ord.style == style {
			sure[h.key] = true
		}
		if h.key != "" && h.ord.style == style && !lines[h.at].table && (style != styleNone || standsAlone(&h)) {
			taken[h.key] = true
		}
	}
	last := 0
	for _, h := range in {
		if !isChapter(&h, &lines[h.at], style, taken, last) || isSub(&h, style, sure, last) {
			continue
		}
		if h.key != "" {
			taken[h.key] = true
		}
		if h.ord.style == style {
			last = h.ord.value
		}
		out.chapters = append(out.chapters, h)
	}
	return out
}

func standsAlone(h *heading) bool { return h.rest == "" && h.score >= sureWording }

// isChapter decides on one heading. last is the ordinal of the chapter before.
func isChapter(h *heading, l *line, style ordinalStyle, taken map[string]bool, last int) bool {
	switch {
	case l.table:
		return h.key != "" && standsAlone(h) && !taken[h.key] && h.ord.style != styleHanPar
	case h.key != "" && h.ord.style == style:
		return style != styleNone || standsAlone(h)
	case h.key != "":
		top := h.ord.style == styleNone || h.ord.style == styleHan || h.ord.style == stylePart || h.ord.style == styleArabic
		return top && standsAlone(h) && !taken[h.key]
	case h.local && h.ord.style == style && style != styleNone:
		return true
	case style == styleNone || h.ord.style != style || h.rest != "" || runesOf(h.title) < 2:
		return false
	}
	if style != styleHan && style != stylePart && h.ord.value != last+1 {
		return false // an item of a list, not a chapter
	}
	return !strings.ContainsAny(h.title, "。；;") && !strings.HasSuffix(h.title, "，") && runesOf(h.title) <= 32
}

// isSub reports a sub-heading that is numbered like the chapters (五、 with 一、存在问题
// and 二、改进措施 below): its wording leaves doubts, and its number goes back or
// its chapter stands elsewhere in its own words.
func isSub(h *heading, style ordinalStyle, sure map[string]bool, last int) bool {
	if h.score >= sureWording || h.local || h.ord.style != style || style == styleNone {
		return false
	}
	return h.ord.value < last || (h.key != "" && sure[h.key])
}

// mainStyle is the style of ordinal that most chapters have. A report without a
// statutory chapter is cut by 一、 二、 if it has these.
func mainStyle(headings []heading, lines []line) ordinalStyle {
	keys := map[ordinalStyle]map[string]bool{}
	han := 0
	for _, h := range headings {
		if lines[h.at].table {
			continue
		}
		if h.ord.style == styleHan && h.rest == "" {
			han++
		}
		if h.key == "" || (h.ord.style == styleNone && !standsAlone(&h)) {
			continue
		}
		if keys[h.ord.style] == nil {
			keys[h.ord.style] = map[string]bool{}
		}
		keys[h.ord.style][h.key] = true
	}
	best, most := styleNone, 0
	for _, s := range []ordinalStyle{stylePart, styleHan, styleArabic, styleNone, styleHanPar, styleArabPar, styleCircled} {
		n := 2 * len(keys[s])
		if n > 0 && (s == styleHan || s == stylePart) {
			n += 3 // sub-headings repeat the words of chapters, in lower styles
		}
		if n > most {
			best, most = s, n
		}
	}
	if most <= 2 && han >= 2 {
		return styleHan
	}
	return best
}

// withoutContents leaves out the headings of a table of contents: lines with
// leaders or page numbers, and runs of three and more headings without text in
// between that come again later.
func withoutContents(all []heading, lines []line) []heading {
	later := map[string][]int{}
	for i, h := range all {
		if h.key != "" {
			later[h.key] = append(later[h.key], i)
		}
	}
	again := func(h *heading, from int) bool {
		return slices.ContainsFunc(later[h.key], func(i int) bool { return i >= from && repeats(&all[i], h) })
	}
	drop := make([]bool, len(all))
	for i := 0; i < len(all); {
		end := contentsRun(all, lines, i)
		repeated, named := 0, 0
		for k := i; k < end; k++ {
			if all[k].key == "" {
				continue
			}
			named++
			if again(&all[k], end) {
				repeated++
			}
		}
		for k := i; k < end; k++ {
			drop[k] = all[k].toc && slices.ContainsFunc(later[all[k].key], func(i int) bool { return i > k }) || (named >= 3 && 2*repeated >= named)
		}
		i = end
	}
	var out []heading
	for i, h := range all {
		if !drop[i] {
			out = append(out, h)
		}
	}
	return out
}

// repeats tells whether a heading is the entry of a table of contents again, and not
// a sentence further down that has some of its words.
func repeats(h, entry *heading) bool {
	return entry.ord.style == styleNone || h.ord.style == entry.ord.style || standsAlone(h)
}

// contentsRun is the end of the run of headings from i that have no text and no
// table in between. A chapter that comes a second time begins the real text.
func contentsRun(all []heading, lines []line, i int) int {
	seen := map[string]bool{all[i].key: true}
	end := i + 1
	for end < len(all) && all[end].at == all[end-1].at+1 && all[end].rest == "" &&
		!lines[all[end].at].table && !lines[all[end-1].at].table && lines[all[end].at].tables == lines[all[end-1].at].tables {
		if k := all[end].key; k != "" && seen[k] {
			break
		}
		seen[all[end].key] = true
		end++
	}
	return end
}

// annexStart is the first line of the annexes: 附件 after most chapters.
func annexStart(all []heading, lines []line) int {
	seen := map[string]bool{}
	next := 0
	for i := range lines {
		for next < len(all) && all[next].at <= i {
			seen[all[next].key] = true
			next++
		}
		delete(seen, "")
		if len(seen) >= 3 && !lines[i].table && isAnnex(&lines[i]) {
			return i
		}
	}
	return len(lines)
}

// sections turns the outline into the report's sections. Text that the skip set
// names (signature lines) is left out.
func (o *outline) sections(lines []line, blocks []extract.Block, skip map[int]bool) ([]report.Section, []Chapter) {
	out := make([]report.Section, 0, len(o.chapters))
	places := make([]Chapter, 0, len(o.chapters))
	endBlock := len(blocks)
	if o.end < len(lines) {
		endBlock = lines[o.end].block
	}
	for i, h := range o.chapters {
		stop, stopBlock := o.end, endBlock
		if i+1 < len(o.chapters) {
			stop = o.chapters[i+1].at
			stopBlock = lines[stop].block
		}
		s := report.Section{Key: h.key, Title: h.title}
		if s.Key == "" {
			s.Key = "other"
		}
		if h.ord.style != styleNone {
			number := h.ord.text
			s.Number = &number
		}
		at := &lines[h.at]
		c := Chapter{Heading: at.block, First: at.block + 1, End: max(stopBlock, at.block+1)}
		if h.rest != "" || at.table {
			c.First = at.block
		}
		s.Text = sectionText(h.rest, lines[h.at+1:max(stop, h.at+1)], skip, h.at+1)
		out = append(out, s)
		places = append(places, c)
	}
	return out, places
}

// sectionText joins the lines of a section; first is the index of the first.
func sectionText(rest string, lines []line, skip map[int]bool, first int) string {
	var b strings.Builder
	b.WriteString(rest)
	for i := range lines {
		if lines[i].table || skip[first+i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(lines[i].text)
	}
	return b.String()
}
