package rules

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/convert/claims"
	"nianbao/convert/report"
)

// narrativeRules are about what the text says in figures.
func narrativeRules() []Rule {
	return []Rule{
		{ID: "narrative.table_conflict", Severity: asError, Title: "文字与表格不一致", Needs: []Need{NeedText, NeedTables}, judge: tableConflict,
			Description: "文字中写明的本年本机关的数字与表格中的同一项相等（约数、累计数、其他年度和其他范围的数字不比较）。"},
		{ID: "narrative.sum", Severity: asWarning, Title: "分项与合计不符", Needs: []Need{NeedText}, judge: narrativeSum,
			Description: "文字中“共N，其中……”的分项之和不超过合计；“分别为”、最后一项是“其他”“其余”、或者分成“X”和“不X”的，等于合计。"},
		{ID: "narrative.enumeration", Severity: asWarning, Title: "列举的项数不符", Needs: []Need{NeedText}, judge: narrativeEnumeration,
			Description: "写明项数的列举（以下四种方式：一是……四是……）与所写项数相等。"},
		{ID: "narrative.two_values", Severity: asWarning, Title: "同一事项前后不一", Needs: []Need{NeedText, NeedTables}, judge: twoValues,
			Description: "同一事项在正文各处写的数字相同，只发生一次的事（上线、公布等）写的日期相同。"},
		{ID: "narrative.percentage", Severity: asWarning, Title: "比率与数字不符", Needs: []Need{NeedText}, judge: narrativePercentage,
			Description: "句中写明部分和总数的比率，与计算结果相差不超过末位的半个单位；“达”“超过”只作下限。写明所比数字的增减数量、百分点同样核对。"},
		{ID: "narrative.balance", Severity: asWarning, Title: "收办数字不平衡", Needs: []Need{NeedText}, judge: narrativeBalance,
			Description: "同一句中的受理、办结、结转相符：办结数不大于受理数加结转数。"},
		{ID: "narrative.unit", Severity: asWarning, Title: "计量单位不当", Needs: []Need{NeedText}, judge: narrativeUnit,
			Description: "申请以“件”计；没有不可能的单位（173769万条、12.5件）。"},
	}
}

// claimsOf are the claims about the subjects that are exact figures of the
// report's own year and scope, in the order of the text.
func (c *context) claimsOf(subjects ...claims.Subject) []*claims.Claim {
	var out []*claims.Claim
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if slices.Contains(subjects, x.Subject) && c.plain(x) {
			out = append(out, x)
		}
	}
	return out
}

// plain reports whether the claim is an exact figure of the report's own year
// and scope.
func (c *context) plain(x *claims.Claim) bool { return x.Comparable() && c.ownScope(x) }

// sentence is the sentence of a claim.
func (c *context) sentence(x *claims.Claim) *claims.Sentence { return &c.said.Sentences[x.Sentence] }

// before is the sentence before, nil where there is none.
func (c *context) before(sentence int) *claims.Sentence {
	if sentence == 0 {
		return nil
	}
	return &c.said.Sentences[sentence-1]
}

// claimPaths are the pointers of a claim: the claim itself and the text.
func (c *context) claimPaths(x *claims.Claim) []string {
	s := c.sentence(x)
	for i := s.First; i < s.Last; i++ {
		if &c.said.Claims[i] == x {
			if told(c.said, x, len(c.report.Sections)) {
				return append([]string{"/report/narrative_claims/" + itoa(i)}, c.textPaths(s.Section)...)
			}
		}
	}
	return c.textPaths(s.Section)
}

// quoteOf is the sentence as printed, or, of a long one, the clauses around the
// runes [from, to) of its folded text.
func (c *context) quoteOf(s *claims.Sentence, from, to int) string {
	const most = 110
	text, ok := runesBetween(c.textOf(s.Section), s.Start, s.End)
	if !ok {
		return s.Text
	}
	if len(text) > most {
		a, b := s.Place(from, to)
		a, b = max(a-s.Start, 0), min(b-s.Start, len(text))
		for a > 0 && !isClauseBreak(text[a-1]) {
			a--
		}
		for b < len(text) && !isClauseBreak(text[b]) {
			b++
		}
		text = text[a:b]
	}
	return strings.TrimFunc(string(text), func(r rune) bool { return unicode.IsSpace(r) || r == '，' || r == ',' })
}

// runesBetween are the runes [from, to) of a text; ok is false where it has fewer.
func runesBetween(text string, from, to int) (out []rune, ok bool) {
	if from < 0 || to < from {
		return nil, false
	}
	out = make([]rune, 0, to-from)
	n := 0
	for _, r := range text {
		if n == to {
			break
		}
		if n >= from {
			out = append(out, r)
		}
		n++
	}
	return out, n == to
}

func isClauseBreak(r rune) bool { return clauseBreaks.has(r) }

var clauseBreaks = runesOf("，,；;。：:\n")

// areaOf are the words for the whole area of a government, by the last
// character of its name.
var areaOf = map[string]string{"区": "全区", "县": "全县", "市": "全市", "省": "全省", "州": "全州", "旗": "全旗"}

// ownScope reports whether a claim covers what the report's tables cover. 全区
// is the scope of the district government's own report only, and there only
// where the text does not part 本级 from it.
func (c *context) ownScope(x *claims.Claim) bool {
	if x.Denied {
		if own, told := c.deniesFor(x); told {
			return own
		}
	}
	word, government := c.area, c.area != ""
	if governs(x.Label) != "" && !government {
		return false // 制定市政府规章: not a department's own
	}
	if government {
		if c.levels {
			// Nothing says which of the two the tables have.
			return x.Scope.Area == "" && (!x.Scope.Own || c.areaOfTables(ownLevel)) && !c.otherBody(x)
		}
		return (x.Scope.Area == "" || c.areaOfTables(x.Scope.Area)) && !c.otherBody(x) || x.Scope.Area == word || strings.HasPrefix(x.Scope.Area, "各") && strings.HasPrefix(x.Label, word)
	}
	return (x.Scope.Area == "" || c.areaOfTables(x.Scope.Area)) && !c.otherBody(x)
}

// ownLevel stands for the body itself among the areas.
const ownLevel = "本级"

// areaOfTables reports whether the figures told of an area are those of the tables: several are the same, and hardly
// one is not.
func (c *context) areaOfTables(area string) bool {
	if is, ok := c.areas[area]; ok {
		return is
	}
	c.areas[area] = false // while it is asked for
	const several, times, small = 3, 3, 3
	same, other := map[claims.Subject]bool{}, 0
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if of := x.Scope.Area; area == ownLevel && !x.Scope.Own || area != ownLevel && of != area || x.Subject == claims.None || !x.Scope.Plain() || x.Figure < 0 || !x.Comparable() {
			continue
		}
		read, agreed := false, false
		for _, m := range c.meanings(x) {
			f, ok := c.read(m)
			read = read || ok && f.blank == nil
			agreed = agreed || ok && f.blank == nil && agrees(x, f.sum)
		}
		switch {
		case agreed && x.Value.Cmp(big.NewRat(small, 1)) >= 0:
			same[x.Subject] = true
		case read && !agreed:
			other++
		}
	}
	c.areas[area] = len(same) >= several && times*other <= len(same)
	return c.areas[area]
}

// deniesFor reports whether a denial tells of the field that the agency is in, and so of the agency too
// (全县气象系统未收到申请), or of bodies below it; told is false where it does neither.
func (c *context) deniesFor(x *claims.Claim) (own, told bool) {
	s := c.sentence(x)
	who := strings.TrimRight(s.Span(clauseStart(s.Runes, x.From), x.From), "均都也")
	if containsAny(who, "局属", "委属", "下属", "所属", "直属", "二级单位", "基层", "派出机构") {
		return false, true
	}
	name, ok := strings.CutSuffix(strings.TrimSuffix(who, "部门"), "系统")
	if !ok && !strings.HasSuffix(who, "部门") || containsAny(name, "各", "其他", "其它", "相关", "有关", "上级", "下级") {
		return false, false
	}
	field := []rune(name)
	const word = 2
	if len(field) < word || x.Scope.Area != "" && !strings.HasPrefix(x.Scope.Area, "全") {
		return false, false
	}
	own = strings.Contains(c.agency, string(field[len(field)-word:]))
	return own, own
}

// governs is the word for a government in the label of rules and documents
// (市政府规章), empty where there is none.
func governs(label string) string {
	if !containsAny(label, "规章", "规范性文件") {
		return ""
	}
	for _, w := range []string{"市政府", "县政府", "区政府", "省政府", "市人民政府", "县人民政府", "区人民政府", "省人民政府", "地方政府规章", "政府规章"} {
		if strings.Contains(label, w) {
			return w
		}
	}
	return ""
}

// areaWord is the word for the area of a government ("全区"); ok is false for
// other bodies.
func areaWord(agency string) (word string, ok bool) {
	name := strings.TrimSuffix(strings.TrimSuffix(agency, "政府"), "人民")
	if zone := zoneOf(name); zone != name && strings.HasSuffix(zone, "区") {
		name = zone // of an area, as a government is
	}
	for suffix, w := range areaOf {
		if strings.HasSuffix(name, suffix) {
			return w, true
		}
	}
	return "", false
}

// partsLevels reports whether the text tells the body's own figures from those
// of its area.
func partsLevels(r *report.Report) bool {
	for i := range r.Sections {
		if containsAny(r.Sections[i].Text, "本级", "区级部门", "市级部门", "县级部门") {
			return true
		}
	}
	return false
}

// bodyEndings end the names of bodies.
var bodyEndings = []string{"局", "委员会", "街道", "办事处", "镇", "乡", "政府办公室", "政府办", "政务公开办", "厅", "中心", "管委会", "部门", "系统", "高新区", "开发区", "经开区", "新区", "示范区", "园区", "学校", "医院", "队", "人民政府", "区政府", "市政府", "县政府", "省政府", "法院"}

// bodyActs follow the name of a body that has the figure.
var bodyActs = []string{"收", "共", "新", "受", "接", "办", "答", "全年", "20", "累", "本年", "今年", "依", "制", "直接", "自行", "另", "单独", "牵头", "独立", "作出", "实施", "开展", "未", "无", "没", "，", "予以", "处理", "政府信息公开申请", "信息公开申请"}

func startsWithAny(s string, words ...string) bool { return hasAnyPrefix(s, words) }

// otherBody reports whether the words of the claim name a body that the report's
// agency is not.
func (c *context) otherBody(x *claims.Claim) bool {
	agency := c.agencies
	if agency == "" {
		return false
	}
	s := c.sentence(x)
	if c.heldByOther(s, x) {
		return true
	}
	start := clauseStart(s.Runes, x.From)
	if s.Says("为被申请人", "为被告", "为被复议机关") {
		if who, ok := respondent(s.Span(start, x.From)); ok && !strings.Contains(agency, who) {
			return true
		}
	}
	const reach = 12
	words := s.Span(max(0, start-reach), x.From) // the clause, and a little before it
	for _, e := range bodyEndings {
		if !s.SaysIn(words, e) {
			continue
		}
		at := strings.Index(words, e)
		if !startsWithAny(words[at+len(e):], bodyActs...) || e == "厅" && strings.HasSuffix(words[:at], "大") || e == "队" && !startsWithAny(words[at+len(e):], "另", "单独") {
			continue // 围绕中心工作, 服务大厅; what a squad does is mostly the body's own
		}
		before := []rune(words[:at])
		if n := len(before); n > 0 && strings.ContainsRune("我本全该各", before[n-1]) {
			continue
		}
		const name = 2
		if startsWithAny(words[at+len(e):], "办事处", "办公室") {
			continue // the rest of the name follows
		}
		before = []rune(strings.TrimRight(string(before), "0123456789一今全本当来年度内"))
		if n := len(before); (n == 0 || isClauseBreak(before[n-1])) && strings.Contains(agency, e) {
			continue // 街道受理: the body itself by its kind
		}
		body := string(before[max(0, len(before)-name):]) + e
		if office := strings.TrimSuffix(strings.TrimSuffix(body, "公室"), "办"); office != body && strings.Contains(agency, office) && !startsWithAny(words[at+len(e):], "直接", "自行", "独立") {
			continue // the office of the government whose report it is
		}
		if !strings.Contains(agency, body) && !strings.Contains(agency, string(before[max(0, len(before)-1):])+e) && !abbreviates(string(before)+e, c.agency) {
			return true
		}
	}
	return false
}

// abbreviates reports whether the end of a text is a short name of the agency: 市林草局 of 云岭市林业和
// 草原局. That of the bureau above is none: 市水利局 in a report of 云岭市青溪县水利局.
func abbreviates(text, agency string) bool {
	name, of := []rune(text), []rune(agency)
	k := len(name)
	for i := len(of) - 1; i >= 0 && k > 0; i-- {
		if of[i] == name[k-1] {
			k--
		} else if strings.ContainsRune("市县区旗", of[i]) && strings.ContainsRune("市县区旗", name[k-1]) {
			return false
		}
	}
	if k > 0 {
		left := name[k-1] // what the agency does not have stands before the name
		return len(name)-k > 2 && (isClauseBreak(left) || strings.ContainsRune("日年度底末", left))
	}
	return true
}

// heldByOther reports whether the sentence gives what was received to another body, and the
// claim, of what was carried or settled, names none: 某局收到申请41件，上年结转1件，办结40件.
func (c *context) heldByOther(s *claims.Sentence, x *claims.Claim) bool {
	switch x.Subject {
	case claims.CarriedOver, claims.CarriedForward, claims.Handled, claims.Answered, claims.Processed:
	default:
		return false
	}
	for i := s.First; i < s.Last; i++ {
		y := &c.said.Claims[i]
		if y.From < x.From && y.Subject == claims.New {
			between := s.Span(y.To, x.From)
			return !containsAny(between, "；", "我", "本级", "本机关", "本局") && c.otherBody(y)
		}
	}
	return false
}

// respondent is the body that words before a number of challenges name as the one
// they are against: 以市政府为被申请人的; the body itself by 我 and 本 is none.
func respondent(words string) (name string, ok bool) {
	for _, role := range []string{"为被申请人", "为被告", "为被复议机关"} {
		before, _, found := strings.Cut(words, role)
		if !found {
			continue
		}
		at := strings.LastIndex(before, "以")
		if at < 0 {
			return "", false
		}
		name = strings.TrimSuffix(before[at+len("以"):], "作")
		return name, !startsWithAny(name, "我", "本")
	}
	return "", false
}

func clauseStart(r []rune, i int) int {
	for i > 0 && !isClauseBreak(r[i-1]) {
		i--
	}
	return i
}

// NarrativeClaims lists the claims of a report for its result.
func NarrativeClaims(r *report.Report, said *claims.Reading) []report.NarrativeClaim {
	out := make([]report.NarrativeClaim, 0, len(said.Claims))
	var text runeText
	section := -1
	area := ""
	if r.Agency != nil {
		area, _ = areaWord(squeeze(*r.Agency)) // 全市 is a city's own scope
	}
	for i := range said.Claims {
		x := &said.Claims[i]
		s := &said.Sentences[x.Sentence]
		if !told(said, x, len(r.Sections)) {
			break // the preface has no place in the result
		}
		if s.Section != section {
			section = s.Section
			text = runeText{text: r.Sections[section].Text}
		}
		start, end := s.Place(x.From, x.To)
		out = append(out, report.NarrativeClaim{
			Subject: string(x.Subject), Label: clip(x.Label), Value: report.Number(number(x.Value)), Unit: x.Unit,
			Sentence: around(&text, s, start, end), Place: "/report/sections/" + itoa(s.Section) + "/text",
			Start: start, End: end, Qualifiers: qualifiers(x, area),
		})
	}
	return out
}

// around is the sentence, or of a long one the part around the figure.
func around(text *runeText, s *claims.Sentence, start, end int) string {
	const reach = 60
	from, to := text.offset(max(s.Start, start-reach)), text.offset(min(s.End, end+reach))
	return strings.TrimSpace(text.text[from:to])
}

// runeText finds runes in a text, from the one asked for last: claims stand near each other.
type runeText struct {
	text  string
	at    int // a rune
	bytes int // where that rune begins
}

// offset is where a rune begins in the text, by bytes.
func (t *runeText) offset(rune int) int {
	for ; t.at < rune && t.bytes < len(t.text); t.at++ {
		_, size := utf8.DecodeRuneInString(t.text[t.bytes:])
		t.bytes += size
	}
	for ; t.at > rune; t.at-- {
		_, size := utf8.DecodeLastRuneInString(t.text[:t.bytes])
		t.bytes -= size
	}
	return t.bytes
}

// qualifiers say why a claim is none of the body's year; area is the word for the area of a government.
func qualifiers(x *claims.Claim, area string) []string {
	var out []string
	for _, q := range []struct {
		is   bool
		name string
	}{
		{x.Approx, "approximate"}, {x.Floor, "floor"}, {x.Change, "change"}, {x.Scope.OtherYear || x.Scope.Unsure, "other_year"},
		{x.Scope.Partial, "part_of_year"}, {x.Scope.Cumulative, "cumulative"}, {x.Scope.Area != "" && x.Scope.Area != area, "other_scope"}, {x.Denied, "denied"},
	} {
		if q.is {
			out = append(out, q.name)
		}
	}
	return out
}
