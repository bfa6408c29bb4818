package rules

import (
	_ "embed" // the lists below
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

var (
	//go:embed surnames.txt
	surnameList string
	//go:embed notnames.txt
	notNameList string
)

// neverGiven are characters that the sentences of reports hold all the time and
// given names hardly ever: function words, units, endings of agencies and
// places, and the marks of masked names (某, 甲, 乙).
const neverGiven = "的了与及或就在于对向因由被将把按等每该此这那未不是也都已并但而各要请需须件项次份个种类局委厅处县镇乡省市区州" +
	"村组街路巷号校厂店馆党团网报企院庭站级条位间科部署所队们我你他她它吗吧呢着过某甲乙丙第年日申诉以经含当再且无给更很后内外投提反查咨转撤补征寄递办"

// beforeYear are characters with which 年 is the year and no part of a given name (康永年).
const beforeYear = "一二三四五六七八九十几两每上下今去前当半整全本同近多当来历旧新跨成周元常"

// styled are what follows a surname where it is said politely and names nobody.
var styled = strings.Fields("先生 女士 小姐 同志 大爷 大妈 大娘 大姐 大哥 大叔 大嫂 大伯 阿姨 奶奶 爷爷 师傅 老师 老人 老汉 叔叔 婆婆 老板 经理 律师 " +
	"医生 主任 书记 同学 姓 氏 总 队长 法官 警官 教授 代表 工程 记者 主席 委员")

// namebook knows how names begin. It is made once and never changed.
type namebook struct {
	// surnames are those of one character, plain those that are no ordinary word.
	surnames, plain runeSet
	compound        map[string]bool
	// first has the first characters of all surnames.
	first runeSet
	words map[string]bool // are no names, nor the beginning of one
	whole map[string]bool // are no names, but may begin one
	// openings begin no name, not even one that only looks like a word.
	openings map[string]bool
	// given are words that are no given names.
	given  map[string]bool
	never  *runeSet // do not stand in given names
	styled *wordStarts
	// The words before names, see standing.
	parties, citizens, people, trades, receiving, places wordEnds
}

// wordStarts are words by their first characters.
type wordStarts struct {
	first runeSet
	words map[rune][]string
}

func startsOf(words []string) *wordStarts {
	out := &wordStarts{words: map[rune][]string{}}
	for _, w := range words {
		r := leadingRune(w)
		out.first.add(r)
		out.words[r] = append(out.words[r], w)
	}
	return out
}

// begin reports whether a text begins with one of the words.
func (w *wordStarts) begin(s string) bool {
	r := leadingRune(s)
	return w.first.has(r) && hasAnyPrefix(s, w.words[r])
}

// wordEnds are words by their last characters.
type wordEnds map[rune][]string

func endsOf(words []string) wordEnds {
	out := wordEnds{}
	for _, w := range words {
		r, _ := utf8.DecodeLastRuneInString(w)
		out[r] = append(out[r], w)
	}
	return out
}

// end reports whether a text ends with one of the words.
func (w wordEnds) end(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return hasAnySuffix(s, w[r])
}

var names = sync.OnceValue(func() *namebook {
	b := &namebook{compound: map[string]bool{}, words: map[string]bool{}, whole: map[string]bool{}, openings: map[string]bool{}, given: map[string]bool{}, never: runesOf(neverGiven),
		styled: startsOf(styled), parties: endsOf(parties), citizens: endsOf(citizens), people: endsOf(people), trades: endsOf(slices.DeleteFunc(slices.Clone(people), func(w string) bool { return len(w) == len("师") })), receiving: endsOf(receiving), places: endsOf(placeEnds)}
	for line := range strings.Lines(surnameList) {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "+"):
			for _, w := range strings.Fields(line[1:]) {
				b.compound[w] = true
				b.first.add(leadingRune(w))
			}
		default:
			rest, word := strings.CutPrefix(strings.TrimSpace(line), "? ")
			for _, r := range rest {
				b.first.add(r)
				b.surnames.add(r)
				if !word {
					b.plain.add(r)
				}
			}
		}
	}
	for line := range strings.Lines(notNameList) {
		words, into := line, b.words
		if rest, ok := strings.CutPrefix(line, "= "); ok {
			words, into = rest, b.whole
		} else if rest, ok := strings.CutPrefix(line, "! "); ok {
			words, into = rest, b.openings
		} else if rest, ok := strings.CutPrefix(line, "> "); ok {
			words, into = rest, b.given
		}
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(words) {
				into[w] = true
			}
		}
	}
	return b
})

// person is what may be a person's name: text[start:end], by bytes.
type person struct {
	start, end int
	// sure is false where the name might as well be an ordinary word: a surname
	// or its first two characters are one. common is true for the latter.
	sure, common bool
}

// candidates are the names that may begin at a byte of the text, the longer ones
// first. Whether one is a name, the words around it must tell.
func (b *namebook) candidates(text string, start int) []person {
	r, size := utf8.DecodeRuneInString(text[start:])
	if !b.first.has(r) {
		return nil
	}
	second, size2 := utf8.DecodeRuneInString(text[start+size:])
	plain := b.plain.has(r)
	given := start + size
	shortest := 1 // characters of the given name
	switch {
	case b.compound[text[start:start+size+size2]]:
		plain, given = true, start+size+size2
	case !b.surnames.has(r):
		return nil
	case !plain:
		shortest = 2
	}
	if b.never.has(second) || b.styled.begin(text[given:]) {
		return nil
	}
	var out []person
	end, n, last := given, 0, rune(0)
	for n < 2 {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isHan(r) || b.never.has(r) && (r != '年' || n != 1 || strings.ContainsRune(beforeYear, last)) {
			break
		}
		last = r
		end += size
		n++
		first := len(text[start:given]) + utf8.RuneLen(r)
		if b.words[text[start:end]] || b.whole[text[start:end]] || n < shortest || !plain && b.words[text[given:end]] {
			continue
		}
		if n == 2 && (b.openings[text[start:start+first]] || b.given[text[given:end]]) {
			continue
		}
		word := n == 2 && b.words[text[start:start+first]]
		if word && (!plain || r == '人' || hasAnyPrefix(text[start+first:], doings) || hasAnyPrefix(text[start+first:], goings)) {
			continue // 商户 and 关于
		}
		out = append([]person{{start, end, plain && !word, plain}}, out...)
	}
	return out
}

// dotted finds the name with middle dots that begins at a byte of the text
// (阿卜杜拉·买买提); its end is the last run of ideographs, cut where one of the
// words of after begins.
func dotted(text string, start int, after func(string) bool) (person, bool) {
	const longest = 8 // characters of a part
	p := person{start: start, end: start, sure: true, common: true}
	dots, run := 0, 0
	for i, r := range text[start:] {
		at := start + i
		switch {
		case strings.ContainsRune("·•・‧", r) && run >= 2:
			dots++
			run = 0
			continue
		case !isHan(r):
			return person{start, at, true, true}, dots > 0 && run >= 2
		case dots > 0 && run >= 2 && after(text[at:]):
			return person{start, at, true, true}, true
		}
		if run++; run > longest {
			return p, false
		}
	}
	return person{start, len(text), true, true}, dots > 0 && run >= 2
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf }

func hasAnyPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// maskName shows the first character of a name only.
func maskName(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(r) + strings.Repeat("*", max(1, utf8.RuneCountInString(name[size:])))
}

// calledBy reads the name after 申请人名为, which need not begin with a surname: 卓玛央金.
func (s *sentence) calledBy(at int) (person, bool) {
	const longest = 5 // characters
	left := s.text[:at]
	if !hasAnySuffix(left, []string{"名为", "名叫", "姓名是", "姓名：", "姓名:"}) || !partyCalled.MatchString(tailOf(left, 40)) {
		return person{}, false
	}
	end := at + strings.IndexFunc(s.text[at:], func(r rune) bool { return !isHan(r) })
	if end < at {
		end = len(s.text)
	}
	name := s.text[at:end]
	n := utf8.RuneCountInString(name)
	if n < 2 || n > longest || strings.ContainsAny(name, "某的不未无已空同名") || containsAny(name, bodies...) || containsAny(name, "保密", "隐去", "化名", "必填", "详见") {
		return person{}, false
	}
	return person{at, end, true, true}, true
}
