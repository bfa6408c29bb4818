package claims

import (
	"slices"
	"strconv"
	"strings"

	"nianbao/extract/lazyregexp"
)

// Scope says what a figure covers, as far as the words before it in the sentence
// tell.
type Scope struct {
	// Year is the year named last before the figure; 0 where none was named in
	// the sentence.
	Year int
	// OtherYear: another year than the report's, or a comparison with one.
	OtherYear bool
	// Unsure: the sentence before was about another year and this one names none.
	Unsure bool
	// Partial: a part of a year (1月17日, 上半年).
	Partial bool
	// Cumulative: a running total (累计, 历年, 以来).
	Cumulative bool
	// Area is the word for a wider scope (全区, 各街道, 市直); empty where none.
	Area string
	// Own: the sentence says that it is about the body itself (本级, 本机关).
	Own bool
}

// Plain reports whether nothing keeps the figure from being one of the report's
// year; Area is the caller's to judge.
func (c *Scope) Plain() bool {
	return !c.OtherYear && !c.Unsure && !c.Partial && !c.Cumulative
}

type mentionKind int

const (
	ownYear mentionKind = iota
	otherYear
	compared // another year, to the end of the clause
	partial
	cumulative
	cumulativeClause
	area
	own
)

type mention struct {
	kind mentionKind
	at   int // rune offset
	end  int // where it stops to hold; 0 means the end of the sentence
	year int
	word string
	// reach is where the words of an area end.
	reach int
}

// Words by what they say of scope. The first rune of each is in mentionStarts.
var (
	otherYearWords  = newLookup([]string{"上一年度", "上一年", "上年度", "上年", "去年", "前年", "往年", "前一年"})
	ownYearWords    = newLookup([]string{"今年", "本年度", "本年", "当年", "年内"})
	partialWords    = newLookup([]string{"上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "前三季度", "截至日前", "截至目前", "截止目前", "截至发稿"})
	cumulativeWords = newLookup([]string{"历年", "迄今", "以来", "三年来", "五年来", "近两年", "近三年", "近五年", "建成至今"})
	areaWords       = newLookup([]string{"全市", "全区", "全县", "全省", "全州", "全旗", "全系统", "本系统", "全新区", "全辖区", "各部门", "各镇", "各乡", "各街道", "各单位", "各级", "各区", "各县", "各市", "各地", "各科", "各社区", "各村", "各学校", "各医院", "各分局", "各派出所", "各站所", "下属", "所属", "区直", "市直", "县直", "省直", "州直", "乡镇", "辖区", "其他部门", "系统内", "镇街", "街镇", "乡街", "两级", "三级", "基层"})
	ownWords        = newLookup([]string{"本级", "本机关", "本部门", "本单位", "局机关", "本局", "我局", "我街", "我镇", "我乡", "我办", "我委", "我处", "我中心", "本街", "本镇", "本办"})
)

// levelWords are levels of government, levelActs what follows where one is said
// to have the figures.
var (
	levelWords = newLookup([]string{"省级", "市级", "区级", "县级", "镇级", "乡级"})
	tierWords  = newLookup([]string{"县区", "区县", "县市区", "街道", "部门", "省级", "市级", "区级", "县级", "镇级", "乡级", "村级"})
	levelActs  = []string{"收", "受理", "共", "新收", "办结", "办理", "答复", "作出", "行政机关", "机关", "单位", "部门"}
)

// mentionStarts has a bit for each rune that a word of scope begins with.
var mentionStarts = func() (bits [1 << 10]uint64) {
	for _, r := range "2上去前往今本当年下一二三四截历迄以五近建全各所区市县省州乡辖其系镇街两基局我累部村1" {
		bits[r>>6] |= 1 << (r & 63)
	}
	return bits
}()

func startsMention(r rune) bool { return r < 1<<16 && mentionStarts[r>>6]&(1<<(r&63)) != 0 }

// mentions finds the words of scope in the sentence. report is the year reported
// on; 0 where unknown.
func (s *Sentence) mentions(report int) []mention {
	var out []mention
	r := s.Runes
	for i := 0; i < len(r); i++ {
		if !startsMention(r[i]) {
			if next, ok := s.monthAt(i); ok {
				out = append(out, next)
			}
			continue
		}
		rest := s.Span(i, min(i+6, len(r)))
		m := mention{at: i}
		switch {
		case s.yearMention(&m, report):
		case otherYearWords.match(r[i], rest, &m.word):
			behind := s.Span(min(i+runeLen(m.word), len(r)), min(i+runeLen(m.word)+4, len(r)))
			if s.namesNoYear(i, behind) {
				continue
			}
			m.kind = otherYear
			if s.compares(i) || startsWithAny(behind, "同期", "相比", "增", "减", "持平") {
				m.kind, m.end = compared, s.clauseEnd(i)
			}
		case ownYearWords.match(r[i], rest, &m.word):
			m.kind = ownYear
			if m.word == "当年" {
				m.kind, m.year = yearNamed(out)
			}
		case partialWords.match(r[i], rest, &m.word):
			m.kind = partial
		case cumulativeWords.match(r[i], rest, &m.word):
			if m.word == "以来" && hasSuffix(s.Span(max(0, i-len("20240")), i), []string{"今年", "本年", "年初", "当年", s.yearText(0)}) {
				continue
			}
			m.kind = cumulative
		case strings.HasPrefix(rest, "累计"):
			if s.sumsYear(i) {
				continue
			}
			m.kind, m.end = cumulativeClause, s.clauseEnd(i)
		case areaWords.match(r[i], rest, &m.word):
			if !s.speaksOf(i+runeLen(m.word)) || s.inSystem(&m) || m.word == "基层" && (s.after(i, "基层政务公开") || s.after(i, "基层信息") || s.after(i, "基层动态") || !s.counts(i)) {
				continue // 围绕全区中心工作, 基层政务公开标准目录
			}
			if n := len(out); n > 0 && out[n-1].kind == area && out[n-1].reach >= i-1 {
				out[n-1].reach = i + runeLen(m.word) // 全市各级: of the whole city
				continue
			}
			m.kind, m.reach = area, i+runeLen(m.word)
			if s.levelBelow(m.reach) {
				m.word += "以下" // 全市县级以下行政机关: not the whole city
			}
		case tierWords.match(r[i], rest, &m.word) && strings.HasPrefix(s.Span(i+runeLen(m.word), min(i+runeLen(m.word)+2, len(r))), "层面"):
			m.kind = area // 市直部门层面，…；县区层面，…
		case levelWords.match(r[i], rest, &m.word) && startsWithAny(s.Span(min(i+2, len(r)), min(i+6, len(r))), levelActs...):
			m.kind = area // 市级收到107件，县级收到205件
		case ownWords.match(r[i], rest, &m.word):
			m.kind = own
		default:
			next, ok := s.monthAt(i)
			if !ok {
				continue
			}
			m = next
		}
		s.endInBrackets(&m)
		s.reachIntoBrackets(&m)
		out = append(out, m)
	}
	return out
}

// endInBrackets has another year that brackets begin with end where they do: 公开318条（上年290条）；其中….
func (s *Sentence) endInBrackets(m *mention) {
	if at(s.Runes, m.at-1) != '（' || m.kind != otherYear && m.kind != compared {
		return
	}
	if end := slices.Index(s.Runes[m.at:], '）'); end > 0 {
		m.end = m.at + end
	}
}

// reachIntoBrackets has a year that is compared with hold in the brackets that end its words: 与2020年（1件）相比.
func (s *Sentence) reachIntoBrackets(m *mention) {
	if m.kind != compared || at(s.Runes, m.end) != '（' {
		return
	}
	if end := slices.Index(s.Runes[m.end:], '）'); end > 0 {
		m.end += end
	}
}

// namesNoYear reports whether a word for the year before, with the words behind it, tells no
// figure of that year: 上年结转, 上一年度报告.
func (s *Sentence) namesNoYear(i int, behind string) bool {
	r := s.Runes
	const word = 2 // 上年; what is left of 上一年度 carries nothing either
	return s.carriesBehind(i+word) || startsWithAny(behind, "报告", "年报", "年度报", "项目数", "决算", "预算", "度决算", "度预算", "结转", "转结", "转入", "遗留", "度结", "接转", "结存") || s.after(i, "结转下") || at(r, i-1) == '加' && strings.HasPrefix(behind, "初") || hasSuffix(s.Span(max(0, i-2), i), []string{"结转", "转结", "承接"})
}

// carryWords say that something was left over from one year to the next.
var carryWords = []string{"结转", "转结", "接转", "遗留", "转入", "转来", "留存", "积压", "未办结", "未结"}

// carriesBehind reports whether the words at i, behind the name of a year, tell what that
// year left over, or that it left nothing: 上年无结转, 2020年没有遗留. Such a year is that
// of no other figure of the sentence.
func (s *Sentence) carriesBehind(i int) bool {
	const longest = 10
	i = min(i, len(s.Runes))
	end := i
	for end < len(s.Runes) && end-i < longest && !isBreak(s.Runes[end]) && !isDigit(s.Runes[end]) {
		end++
	}
	return containsAny(s.Span(i, end), carryWords...) && !containsAny(s.Span(i, end), "比", "较", "同期", "多", "少")
}

// carriedYear reports whether the year of the mention is named only for what came from the
// year before, or goes to the next: 2020年结转的3件, 结转至2022年继续办理.
func (s *Sentence) carriedYear(m *mention, report int) bool {
	const reach, digits = 4, 5 // 2020年
	switch m.year {
	case report - 1:
		from := min(m.at+digits, len(s.Runes))
		return s.carriesBehind(from) && !startsWithAny(strings.TrimLeft(s.Span(from, min(from+reach, len(s.Runes))), "度末底"), "结转下", "结转至", "结转到", "结转次", "结转明", "结转入")
	case report + 1:
		return containsAny(s.Span(max(0, m.at-reach), m.at), "结转", "转结", "接转", "转入", "转至", "转到", "留待", "留至", "顺延", "延至")
	}
	return false
}

// levelBelow reports whether the words at i narrow an area to its lower levels.
func (s *Sentence) levelBelow(i int) bool {
	rest := s.Span(min(i, len(s.Runes)), min(i+6, len(s.Runes)))
	return strings.Contains(rest, "以下") && startsWithAny(rest, "省", "市", "县", "区", "乡", "镇", "街")
}

// yearNamed is the year that 当年 means behind the mentions: another one that the
// sentence named in figures, else the report's.
func yearNamed(before []mention) (mentionKind, int) {
	for _, m := range slices.Backward(before) {
		switch {
		case m.kind == otherYear && m.year != 0:
			return otherYear, m.year
		case m.kind == ownYear || m.kind == otherYear:
			return ownYear, 0
		}
	}
	return ownYear, 0
}

// sumsYear reports whether 累计 at i adds up the report's year: 全年累计, 新收…累计.
func (s *Sentence) sumsYear(i int) bool {
	from := i
	for from > 0 && !isBreak(s.Runes[from-1]) {
		from--
	}
	clause := s.Span(from, s.clauseEnd(i))
	return containsAny(clause, s.yearText(0), "全年", "年内", "本年度", "今年", "当年", "新收", "年度内") && !containsAny(clause, "历年", "以来", "截至", "截止", "已累计", "自20")
}

// areaVerbs say that the clause behind a word for an area has figures of it.
var areaVerbs = []string{"收", "受理", "接", "办", "共", "答复", "作出", "实施", "制", "发布", "信息", "申请", "公开", "行政", "处", "完成", "各", "累计", "复议", "诉讼"}

// speaksOf reports whether the clause from i on tells what an area did.
func (s *Sentence) speaksOf(i int) bool {
	rest := s.Span(i, s.clauseEnd(i))
	return rest == "" || strings.HasSuffix(rest, "层面") || containsAny(rest, areaVerbs...)
}

// inSystem reports whether 系统内 is within the information system that was named before.
func (s *Sentence) inSystem(m *mention) bool {
	return m.word == "系统内" && strings.Contains(s.Span(0, m.at), "系统")
}

// yearMention reads 2021年 at the mention's place.
func (s *Sentence) yearMention(m *mention, report int) bool {
	r, i := s.Runes, m.at
	if i+4 >= len(r) || r[i] != '2' || r[i+4] != '年' || isDigit(at(r, i-1)) {
		return false
	}
	for _, d := range r[i : i+4] {
		if !isDigit(d) {
			return false
		}
		m.year = m.year*10 + int(d-'0')
	}
	if m.year < 2000 || m.year > 2099 {
		m.year = 0
		return false
	}
	switch {
	case i > 1 && r[i-2] == '年' && strings.ContainsRune("至到-~和与及、", r[i-1]): // 2019年至2021年
		m.kind = cumulative
	case report == 0 || m.year == report:
		m.kind = ownYear
	case s.compares(i):
		m.kind, m.end = compared, s.clauseEnd(i)
	case s.carriedYear(m, report):
		m.year = 0
		return false
	default:
		m.kind = otherYear
	}
	return true
}

// monthAt reads a month or day that makes the time a part of the year: 1月17日,
// 8月份, 1-9月; not 12月31日, nor 1月1日至 and the end of the year.
func (s *Sentence) monthAt(i int) (mention, bool) {
	r := s.Runes
	if i >= len(r) || !isDigit(r[i]) || isDigit(at(r, i-1)) {
		return mention{}, false
	}
	month, end := 0, i
	for end < len(r) && isDigit(r[end]) && end-i < 2 {
		month = month*10 + int(r[end]-'0')
		end++
	}
	if strings.ContainsRune("至到-~", at(r, end)) && month > 1 && month < 12 { // 9至12月
		if to := end + 1; isDigit(at(r, to)) && (at(r, to+1) == '月' || isDigit(at(r, to+1)) && at(r, to+2) == '月') {
			return mention{kind: partial, at: i}, true
		}
	}
	if month < 5 && at(r, end) == '季' && at(r, end+1) == '度' {
		return mention{kind: partial, at: i}, true
	}
	if at(r, end) != '月' || month < 1 || month > 12 {
		return mention{}, false
	}
	rest := s.Span(end, min(end+8, len(r)))
	switch {
	case month == 12 && s.endsYear(i, end):
		return mention{}, false
	case month == 1 && startsWithAny(rest, "月1日", "月至12", "月-12", "月01日"):
		return mention{}, false
	}
	return mention{kind: partial, at: i}, true
}

// endsYear reports whether December is where a year ends: 1至12月, 截至12月,
// 12月31日.
func (s *Sentence) endsYear(i, end int) bool {
	if strings.ContainsRune("至到-~—止", at(s.Runes, i-1)) || startsWithAny(s.Span(end, min(end+4, len(s.Runes))), "月31", "月底", "月末", "月止") {
		return true
	}
	const reach = 9
	return containsAny(s.Span(max(0, i-reach), i), "截至", "截止", "至20", "到20", "-20", "~20", "—20")
}

// compares reports whether the time at i is compared with: 比去年, 较2020年, 与上年相比.
func (s *Sentence) compares(i int) bool {
	before := s.Span(max(0, i-3), i)
	return hasSuffix(before, []string{"比", "较", "与", "同", "和", "于", "相较", "对比", "较之"})
}

// counts reports whether the clause from i on has a figure.
func (s *Sentence) counts(i int) bool {
	end := s.clauseEnd(i)
	return slices.ContainsFunc(s.Figures, func(f Figure) bool { return f.Start >= i && f.Start < end })
}

func (s *Sentence) clauseEnd(i int) int {
	for i < len(s.Runes) && !isBreak(s.Runes[i]) {
		i++
	}
	return i
}

// after reports whether the words stand behind i in the same clause.
func (s *Sentence) after(i int, words string) bool {
	return strings.Contains(s.Span(i, s.clauseEnd(i)), words)
}

// scopeState is what a sentence leaves to the next one of its paragraph.
type scopeState struct {
	otherYear bool
	// area is the scope its figures had; it holds until the body itself is named.
	area string
	// year: the sentence names the report's year.
	year bool
}

// readScope gives every figure its scope. before is what the sentence before left.
func (s *Sentence) readScope(report int, before scopeState) scopeState {
	if len(s.Figures) == 0 && before == (scopeState{}) && !s.Says("年") {
		return before
	}
	found := s.mentions(report)
	for i := range s.Figures {
		s.Figures[i].Scope = scopeAt(found, s.Figures[i].Start, before)
		if s.Figures[i].Became {
			s.Figures[i].Scope.OtherYear, s.Figures[i].Scope.Unsure = false, false
		}
		if s.Figures[i].Former {
			s.Figures[i].Scope.OtherYear = true
		}
		if c := &s.Figures[i].Scope; c.Cumulative && ((c.Year == report || before.year) && s.countsUpYear(&s.Figures[i]) || c.Year == report && s.sinceYear(report)) {
			c.Cumulative = false
		}
	}
	after := before
	after.year = slices.ContainsFunc(found, func(m mention) bool { return m.kind == ownYear })
	for i := range s.Figures {
		if c := &s.Figures[i].Scope; c.Area != "" || c.Own {
			after.area = c.Area
		}
	}
	for _, m := range found {
		switch m.kind {
		case own:
			after.area = ""
		case otherYear:
			after.otherYear = after.otherYear || m.end == 0
		case ownYear:
			after.otherYear = false
		default:
		}
	}
	return after
}

// countedUp begins what a year's applications come to by its end.
var countedUp = lazyregexp.New(`累计(?:共)?(?:新)?(?:收到|受理|接收|接到|收悉|处理|办理)[^，。；]{0,12}申请`)

// countsUpYear reports whether a running total of applications is that of the report's year:
// nothing says since when, and no other figure tells what came in this year alone.
func (s *Sentence) countsUpYear(f *Figure) bool {
	if !countedUp.MatchString(f.Raw+f.Tail) && !countedUp.MatchString(f.Raw+"申请") || s.Says("以来", "历年", "自20", "截至", "截止", "开通", "成立", "至今", "近年", "条例》施行") {
		return false
	}
	return s.Says("结转") || !s.Says("当年", "本年", "今年", "其中20", "新收")
}

// sinceYear reports whether the sentence counts since the report's year began: 2024年以来.
func (s *Sentence) sinceYear(report int) bool {
	return strings.Contains(s.Text, strconv.Itoa(report)+"年以来") && strings.Count(s.Text, "以来") == 1 && !s.Says("累计", "历年", "自20", "截至", "截止")
}

// scopeAt is the scope at a rune offset.
func scopeAt(found []mention, offset int, before scopeState) Scope {
	c := Scope{Unsure: before.otherYear, Area: before.area}
	for _, m := range found {
		if m.kind == own || m.kind == area {
			switch {
			case m.at > offset:
			case m.kind == own:
				c.Own, c.Area = true, ""
			default:
				c.Own, c.Area = false, m.word
			}
			continue
		}
		if m.at > offset || m.end != 0 && m.end < offset {
			continue
		}
		switch m.kind {
		case ownYear:
			c.OtherYear, c.Unsure, c.Partial, c.Year = false, false, false, m.year
		case otherYear:
			c.OtherYear, c.Unsure, c.Partial, c.Year = true, false, false, m.year
		case compared:
			c.OtherYear, c.Year = true, m.year
		case partial:
			c.Partial = true
		case cumulative, cumulativeClause:
			c.Cumulative = true
		case own, area:
		}
	}
	return c
}
