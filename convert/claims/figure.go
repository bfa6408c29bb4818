package claims

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// readFigures finds the figures of the sentence.
func (s *Sentence) readFigures() {
	r := s.Runes
	depth, title, quoted := 0, 0, 0
	clause, sep := 0, rune(0)
	numbers := 0
	for i := range r {
		if isDigit(r[i]) && (i == 0 || !isDigit(r[i-1])) {
			numbers++
		}
	}
	s.Figures = make([]Figure, 0, numbers)
	for i := 0; i < len(r); {
		switch r[i] {
		case '（':
			if end := alternative(r, i); end > i { // 村（社区）干部: one name
				i = end
				continue
			}
			depth++
		case '）':
			depth = max(0, depth-1)
		case '《':
			title++
		case '》':
			title = max(0, title-1)
		case '“', '「':
			quoted++
		case '”', '」':
			quoted = max(0, quoted-1)
		}
		if isBreak(r[i]) && title == 0 {
			clause, sep = i+1, r[i]
		}
		if !isNumeral(r[i]) {
			i++
			continue
		}
		if n, end, ok := scanHundredths(r, i); ok && title == 0 && quoted == 0 {
			f := Figure{Number: n, Unit: "%", kind: percentUnit, Start: i, End: end, Clause: clause, Sep: sep, Depth: depth}
			s.qualify(&f)
			s.Figures = append(s.Figures, f)
			i = end
			clause, sep = i, 0
			continue
		}
		n, end, ok := scanNumber(r, i)
		if end == i {
			i++
			continue
		}
		if ok && title == 0 && quoted == 0 {
			if f, ok := s.figure(n, i, end, clause); ok {
				f.Sep, f.Depth = sep, depth
				s.Figures = append(s.Figures, f)
				i = f.End
				clause, sep = i, 0
				continue
			}
		}
		i = end
	}
	s.label()
}

// figure decides whether the number is a figure, and reads its unit and what
// stands around it.
func (s *Sentence) figure(n Number, start, end, clause int) (Figure, bool) {
	r := s.Runes
	f := Figure{Number: n, Start: start, Clause: clause}
	unit, kind, length := unitAt(r, end)
	if kind == noUnit && at(r, end) == '（' { // 申请数：49（件）
		if u, k, n := unitAt(r, end+1); k == countUnit && at(r, end+1+n) == '）' {
			unit, kind, length = u, k, n+2
		}
	}
	if unit == "天" && strings.Contains(string(r[clause:start]), "天数") {
		kind = sizeUnit // 优良天数312天: measured, and no span
	}
	prev := at(r, start-1)
	switch {
	case kind == timeUnit, prev == '第', n.Han && at(r, end+length) == '会', prev == '-' || prev == '/' || prev == '.' || prev == '_' || prev == '~' || prev == '±':
		return f, false
	case prev < 0x80 && prev != 0 && !isBreak(prev) && prev != '+' && prev != ' ': // part of a name: A1, COVID19
		return f, false
	case n.Han && !hanFigure(r, start, end, unit, kind):
		return f, false
	case kind == noUnit && !s.bareFigure(&n, start, end, clause):
		return f, false
	case kind == noUnit && isHotline(n.Printed):
		return f, false
	case prev == '〔' || prev == '【':
		return f, false
	}
	f.Unit, f.kind = unit, kind
	f.End = end + length
	if f.Loose = n.Loose; kind != noUnit {
		f.End = f.loosenUnit(r, f.End)
	} else if at(r, f.End) == '+' { // 9万+
		f.Loose = true
		f.End++
	}
	s.qualify(&f)
	return f, true
}

// alternative is where a bracket at i ends that names another kind of places beside the one
// before it, within a name that goes on behind it: 镇（街道）, 县（市、区）; i where none does.
func alternative(r []rune, i int) int {
	const longest = 6
	for end := i + 1; end < len(r) && end-i <= longest; end++ {
		switch {
		case r[end] == '）':
			if end > i+1 && isHan(at(r, i-1)) && strings.ContainsRune("村镇乡县区市街旗居", r[i-1]) && isHan(at(r, end+1)) {
				return end + 1
			}
			return i
		case !strings.ContainsRune("社区街道镇乡办市县旗居委园场、", r[end]):
			return i
		}
	}
	return i
}

func at(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}

// hanFigure reports whether a Chinese numeral counts something: 两件, 三十二条,
// 零件 (0), but not 一件事, 三审, 一次性.
func hanFigure(r []rune, start, end int, unit string, kind unitKind) bool {
	if kind == noUnit { // 为零, 均为零
		return end-start == 1 && (r[start] == '零' || r[start] == '〇') && strings.ContainsRune("为是", at(r, start-1))
	}
	first := []rune(unit)[0]
	if kind != countUnit || !strings.ContainsRune(hanUnits, first) && (end-start < 2 || !strings.ContainsRune(moreHanUnits, first)) {
		return kind == moneyUnit && end-start > 1
	}
	if startsWithAny(string(r[end:min(end+4, len(r))]), hanWords...) {
		return false
	}
	single := end-start == 1
	if unit == "起" && single && r[start] == '一' {
		return false // 一起
	}
	if rest := r[end+runeLen(unit) : min(end+runeLen(unit)+6, len(r))]; single && (len(rest) > 0 && isDigit(rest[0]) || strings.ContainsRune("项类种者", first) && startsWithAny(strings.TrimLeft(string(rest), "公示信息来件"), "累计", "总计", "合计", "共计")) {
		return false // 二期48人, 三项总计73则
	}
	if single && r[start] == '一' && !strings.ContainsRune("件条起例宗份篇", []rune(unit)[0]) {
		return false
	}
	if single && r[start] == '零' && unit != "件" && unit != "条" && unit != "起" && unit != "份" && unit != "宗" {
		return false
	}
	next := at(r, end+runeLen(unit))
	return !single || r[start] != '一' || isBreak(next) || next == 0
}

// bareFigure reports whether a number without a unit is a figure: words before
// it, punctuation behind, not the ordinal of a list, not a telephone number.
func (s *Sentence) bareFigure(n *Number, start, end, clause int) bool {
	const longest = 7
	next := at(s.Runes, end)
	if next == '+' && n.Multiplied {
		next = at(s.Runes, end+1)
	}
	if start == clause || n.Printed == "" || runeLen(n.Printed) > longest || next != 0 && !isBreak(next) && (!n.Multiplied || !growsBehind(s.Runes, end)) {
		return false
	}
	if next == '）' && at(s.Runes, start-1) == '（' {
		return false
	}
	prev := at(s.Runes, start-1)
	return isHan(prev) || prev == '）'
}

// growsBehind reports whether the words at the offset tell what a number became: 28.5万增至31万.
func growsBehind(r []rune, end int) bool {
	return strings.ContainsRune("变降下减升上增回", r[end]) && startsWithAny(string(r[end:min(end+4, len(r))]), becoming...)
}

// loosenUnit reads words of vagueness behind the unit: 20件以上, 20件左右, 20件多.
func (f *Figure) loosenUnit(r []rune, end int) int {
	rest := string(r[end:min(end+3, len(r))])
	switch {
	case startsWithAny(rest, "以上"):
		f.Floor = true
		return end + 2
	case startsWithAny(rest, "左右", "上下", "以内", "以下"):
		f.Approx = true
		return end + 2
	case startsWithAny(rest, "多", "余") && !startsWithAny(rest, "多出", "多了") && !isDigit(at(r, end+1)): // 比800条多160条
		f.Loose = true
		return end + 1
	}
	return end
}

// The words directly before a number that keep it from being exact.
var (
	approxWords = []string{"约", "近", "大约", "将近", "接近", "大概", "估计", "预计", "左右", "不足", "不到", "不超过", "至多", "最多", "平均", "人均", "日均", "月均", "年均", "户均", "场均", "期均", "次均", "篇均", "件均", "每日", "每月", "每周", "每天", "每年", "每季度", "每人", "每期", "每"}
	floorWords  = []string{"超", "超过", "逾", "突破", "高于", "多达", "至少", "不少于", "不低于", "大于", "达到", "达"}
	changeWords = []string{"增加", "增加了", "减少", "减少了", "增长", "增长了", "下降", "下降了", "提高", "提高了", "提升", "提升了", "上升", "上升了", "降低", "降低了", "增幅", "增幅为", "增幅达", "降幅", "降幅为", "降幅达", "多", "少", "新增", "净增", "同比", "环比", "增长率为", "增长率", "增", "减", "上涨", "回落", "缩减", "增加到", "减少到"}
)

// nearlyWords end like words of vagueness and are none: 签约18个, 预约320人次.
var nearlyWords = []string{"签约", "预约", "节约", "违约", "履约", "续约", "邀约", "解约", "爽约", "集约", "毁约", "就近", "邻近"}

// qualify reads the words before the number.
func (s *Sentence) qualify(f *Figure) {
	f.Raw = s.Span(f.Clause, f.Start)
	before := strings.TrimRight(f.Raw, "了")
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case !qualifierEnds.has(last):
	case hasSuffix(before, floorWords):
		// 达 is a floor for rates in whole numbers (办结率达95%), and says nothing of a count or of 97.2%.
		f.Floor = f.Floor || f.kind == percentUnit && f.Step.IsInt() && !strings.HasSuffix(before, "高达") || !strings.HasSuffix(before, "达") && !strings.HasSuffix(before, "达到") || strings.HasSuffix(before, "多达")
	case hasSuffix(before, approxWords):
		f.Approx = !hasSuffix(before, nearlyWords)
	case hasSuffix(before, changeWords):
		f.Change = !strings.HasSuffix(before, "新增") && !strings.HasSuffix(before, "到")
	}
	if s.SaysIn(f.Raw, "平均", "人均", "日均", "月均", "户均", "场均", "期均", "次均", "篇均", "件均") || s.SaysIn(f.Raw, "每") && perEach(s.Span(max(0, f.Clause-1), f.Start)) {
		f.Approx = true
	}
	if s.SaysIn(f.Raw, "比上年", "比去年", "较上年", "较去年", "同比", "环比", "较20", "比20") && containsAny(f.Raw, "增", "减", "升", "降", "多", "少") {
		f.Change = true
	}
}

// publishing are verbs whose object may be called 每日X or 每周X.
var publishing = []string{"发布", "推送", "刊发", "编发", "发送", "推出", "公开", "编制", "、"}

// perEach reports whether 每 in the clause, with the mark before it, makes the number one for each
// of many: 每季度召开1次. In the name of what is published or of a medium it does not: 发布每周动态29条,
// 今日云岭、每日新闻等发布80条.
func perEach(raw string) bool {
	before, name, _ := strings.Cut(raw, "每")
	return strings.Contains(name, "每") || !startsWithAny(name, "日", "周", "月", "天") || !hasSuffix(before, publishing)
}

func hasSuffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// introWords stand between what is counted and the number, or at the start of a
// clause, and say nothing of what is counted.
var (
	introEnd   = []string{"共计", "总计", "合计", "累计", "一共", "总共", "共有", "共", "达到", "达", "为", "是", "有", "计", "约", "近", "超过", "超", "逾", "突破", "分别", "了", "：", "均", "各", "仅", "将近"}
	introStart = []string{"其中", "其中：", "包括", "包含", "含", "分别为", "分别是", "分别", "全年", "本年度", "本年", "今年", "共计", "共", "一共", "累计", "另有", "另外", "还有", "以及", "及", "和", "与"}
)

// becoming stand between a figure of the year before and that of the year:
// 申请由上年的57件降至49件.
var becoming = []string{"变为", "降至", "降到", "降为", "下降至", "下降到", "减至", "减少到", "减少至", "减为", "升至", "升到", "升为", "上升至", "上升到", "增至", "增加到", "增加至", "增为", "增长到", "增长至", "回落至", "回落到", "调整为"}

// label sets the words around every figure.
func (s *Sentence) label() {
	for i := range s.Figures {
		f := &s.Figures[i]
		end := len(s.Runes)
		if i+1 < len(s.Figures) {
			end = s.Figures[i+1].Start
		}
		to := f.End
		for to < end && !isBreak(s.Runes[to]) {
			to++
		}
		if f.Tail = s.Span(f.End, to); to == end && end < len(s.Runes) && !isBreak(s.Runes[end]) && !startsWithAny(f.Tail, "政府信息", "依申请") {
			f.Tail = "" // 不予处理15件和其他处理4件: the words are the next figure's
		}
		f.Label = strip(f.Raw)
		if s.became(i) {
			continue
		}
		before := s.clauseBefore(i)
		switch {
		case f.Label == "" && f.Sep != '（' && (f.Tail == "" || startsWithAny(f.Tail, "。")):
			f.Label = strip(before)
		case f.Sep == '、' && before != "" && f.Depth == 0:
			f.Compound = true
		}
	}
	s.pair()
}

// became reads figure i where it is what one of the year before became, and gives it
// the words of that one.
func (s *Sentence) became(i int) bool {
	f := &s.Figures[i]
	if i == 0 || !slices.Contains(becoming, f.Raw) || s.Figures[i-1].Unit != f.Unit {
		return false
	}
	was := s.Figures[i-1].Raw
	at := max(strings.LastIndex(was, "由"), strings.LastIndex(was, "从"), strings.LastIndex(was, "较"), strings.LastIndex(was, "比"))
	if at <= 0 || !containsAny(was[at:], "上年", "去年", "上一年", "20") && was[at:] != "由" && was[at:] != "从" {
		return false
	}
	s.Figures[i-1].Former = true
	f.Became, f.Label = true, strip(was[:at])
	return true
}

// clauseBefore is the text of the clause before the figure's, if no figure
// stands in it.
func (s *Sentence) clauseBefore(i int) string {
	f := &s.Figures[i]
	end := f.Clause - 1
	if end <= 0 || f.Sep == 0 {
		return ""
	}
	from := end
	for from > 0 && !isBreak(s.Runes[from-1]) {
		from--
	}
	if i > 0 && s.Figures[i-1].End > from {
		return ""
	}
	if words := s.Span(from, end); f.Sep != '）' || at(s.Runes, from-1) != '（' || !startsWithAny(words, "含", "包括", "包含") {
		return words
	}
	return s.Span(clauseStart(s.Runes, from-1), from-1) // 应办理的申请（含上年结转）共8件
}
