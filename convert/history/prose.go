package history

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

const (
	// shingle is the number of characters of the runs that sentences are compared
	// and weighed by.
	shingle = 4
	// minWeight is what a sentence must weigh to take part, in characters.
	minWeight = 8
	// maxSentences and maxRuns bound the work on one report: sentences are compared
	// each with each. A long report has 120, with 4,000 runs.
	maxSentences = 500
	maxRuns      = 50_000
	// maxSentence bounds the characters of one sentence; text beyond is left out.
	maxSentence = 2000
	// maxName bounds an agency's name, in characters; what is longer is none.
	maxName = 100
)

// sentence is a sentence of a report's prose that has a weight.
type sentence struct {
	section    int // index of the section
	start, end int // bytes of the section's text
	order      int // counts the sentences with a weight
	weight     int // characters outside of set phrases
	// runs are the hashes of the runs of characters of the normal form, sorted, each
	// once.
	runs    []uint64
	figures string // all figures but years, in order
	key     int64  // see keyOf
}

// prose is what a report says in its own words.
type prose struct {
	report    *report.Report
	sentences []sentence
	weight    int
}

//go:embed standard.txt
var standardText string

// standardRuns are the runs of set phrases and of the forms' own words. The map is
// not changed.
var standardRuns = sync.OnceValue(func() map[uint64]bool {
	runs := map[uint64]bool{}
	add := func(phrase string) {
		r := letters(phrase)
		for i := 0; i+shingle <= len(r); i++ {
			runs[hashOf(r[i:i+shingle])] = true
		}
	}
	for line := range strings.Lines(standardText) {
		if !strings.HasPrefix(line, "#") {
			add(line)
		}
	}
	for _, f := range form.All() {
		for _, c := range f.Chapters {
			add(c.Title)
		}
		for i := range f.Tables {
			t := &f.Tables[i]
			add(t.Title + t.Corner)
			labels := "" // a table copied as text has its header in one line
			for _, p := range t.Parts {
				labels += p.Heading + p.Stub
				for _, c := range p.Columns {
					labels += c.Label
				}
				for _, r := range p.Rows {
					labels += r.Label
				}
			}
			add(labels)
		}
	}
	return runs
})

// letters are the letters and digits of a text, half-width and in lower case.
func letters(s string) []rune {
	out := make([]rune, 0, len(s)/3)
	for _, r := range norm.NFKC.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, unicode.ToLower(r))
		}
	}
	return out
}

// readProse reads the sentences of a report.
func readProse(r *report.Report) *prose {
	p := &prose{report: r}
	n := newNormal(r)
	runs := 0
	for i := range r.Sections {
		text := r.Sections[i].Text
		for start, end := range sentencesOf(text) {
			s := n.sentence(text[start:end])
			if s.weight < minWeight {
				continue
			}
			if runs += len(s.runs); runs > maxRuns || len(p.sentences) == maxSentences {
				return p
			}
			s.section, s.start, s.end, s.order = i, start, end, len(p.sentences)
			p.sentences = append(p.sentences, s)
			p.weight += s.weight
		}
	}
	return p
}

// sentencesOf yields the bytes of each sentence, its closing mark included.
func sentencesOf(text string) func(yield func(start, end int) bool) {
	return func(yield func(int, int) bool) {
		start := 0
		for i, r := range text {
			if !strings.ContainsRune("。！？；!?;\n", r) {
				continue
			}
			end := i + utf8.RuneLen(r)
			if !yield(start, end) {
				return
			}
			start = end
		}
		if start < len(text) {
			yield(start, len(text))
		}
	}
}

// own stands in normal forms for the agency itself.
const (
	own     = "〇"
	ownMark = '〇'
)

// normal makes sentences of one report comparable with those of another.
type normal struct {
	names *strings.Replacer
	year  int
}

var (
	// ordinal is what numbers a sentence in a list.
	ordinal = lazyregexp.New(`^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、]?|其[一二三四五六][，,]?)+`)
	// self is what an agency calls itself, and its area.
	self = lazyregexp.New(`[我本全](?:街道|机关|单位|部门|开发区|中心|[局镇乡县区市州委办院校所处厅])`)
	// ofYear is a year.
	ofYear  = lazyregexp.New(`((?:19|20)\d\d)年`)
	figures = lazyregexp.New(`\d+(?:\.\d+)?`)
)

func newNormal(r *report.Report) *normal {
	n := &normal{}
	if r.Year != nil {
		n.year = *r.Year
	}
	var names []string
	if r.Agency != nil && utf8.RuneCountInString(*r.Agency) <= maxName {
		names = namesOf(*r.Agency)
	}
	pairs := make([]string, 0, 2*len(names))
	for _, name := range names {
		pairs = append(pairs, name, own)
	}
	n.names = strings.NewReplacer(pairs...)
	return n
}

// namesOf are the names by which an agency and its places go, the longest first.
func namesOf(agency string) []string {
	full := string(letters(agency))
	places, part := bodies.SplitPlaces(agency)
	names := []string{full, part}
	for i := range places {
		names = append(names, places[i], strings.Join(places[:i+1], ""), strings.Join(places[i:], "")+part)
	}
	for _, end := range []string{"办事处", "人民政府"} {
		names = append(names, part+end)
	}
	for _, end := range []string{"街道", "镇", "乡"} {
		if stem, ok := strings.CutSuffix(part, end); ok && utf8.RuneCountInString(stem) >= 2 {
			names = append(names, stem)
		}
	}
	names = slices.DeleteFunc(names, func(s string) bool { return utf8.RuneCountInString(s) < 2 })
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(names)
}

// form is the normal form of a sentence: letters and digits, the agency's names and
// what it calls itself as one mark, years as their distance to the report's.
func (n *normal) form(s string) []rune {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), "")
	s = ordinal.ReplaceAllString(s, "")
	s = ofYear.ReplaceAllStringFunc(s, func(y string) string {
		v, err := strconv.Atoi(y[:4])
		if d := v - n.year; err == nil && n.year != 0 && d >= -3 && d <= 3 {
			return string(rune('d'+d)) + "年"
		}
		return y
	})
	s = self.ReplaceAllString(n.names.Replace(string(letters(s))), own)
	for strings.Contains(s, own+own) {
		s = strings.ReplaceAll(s, own+own, own)
	}
	return []rune(s)
}

// ofContact tells sentences that say where the report can be had, whom to ask and
// what it covers.
func ofContact(s string) bool {
	for _, word := range [...]string{"联系电话", "联系地址", "办公地址", "通讯地址", "邮政编码", "邮编", "电子邮箱", "网址", "http", "查阅下载", "统计期限", "统计时限"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

func (n *normal) sentence(text string) sentence {
	if len(text) > 3*maxSentence {
		text = strings.ToValidUTF8(text[:3*maxSentence], "")
	}
	f := n.form(text)
	s := sentence{figures: strings.Join(figures.FindAllString(string(f), -1), " ")}
	if len(f) < minWeight || ofContact(string(f)) {
		return s
	}
	standard := standardRuns()
	s.runs = make([]uint64, 0, len(f))
	covered := 0 // up to where the characters are part of set phrases
	for i := range f {
		if i+shingle <= len(f) {
			run := hashOf(f[i : i+shingle])
			if standard[run] {
				covered = max(covered, i+shingle)
			}
			s.runs = append(s.runs, run)
		}
		if i >= covered && f[i] != ownMark && !unicode.IsDigit(f[i]) {
			s.weight++
		}
	}
	slices.Sort(s.runs)
	s.runs = slices.Compact(s.runs)
	s.key = keyOf(s.runs)
	return s
}
