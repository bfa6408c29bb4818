package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

const (
	maxTitle = 90 // characters of a whole title
	// headLines is how many lines may stand before a title that has no chapter
	// behind it to end the search.
	headLines = 40
)

var (
	reportWords = []string{"政府信息公开", "信息公开", "政务公开", "政府信息"}
	reportTail  = lazyregexp.New(`(?:报告|年报)(?:[(（【\[][^()（）]{1,24}[)）】\]])?$`)
	// labelled lines belong to a metadata block or a navigation path, not to a title.
	labelledLine = lazyregexp.New(`^[^:：]{1,8}[:：]|[>＞»›]|当前位置|您现在的位置`)
	sentenceLike = lazyregexp.New(`[。；;！!？?]|^本报告|^根据|^按照|^依据|^现将|^为`)
	yearLine     = lazyregexp.New(`^[(（]?(?:(?:19|20)\d{2}|` + hanYear + `)年?度?[)）]?$`)
)

// titleLine is the report's title as found: its lines and their wording joined.
type titleLine struct {
	text        string
	first, last int // indices of lines
}

// findTitle finds the report's own title: the line, or the run of lines, before
// the first chapter that names 政府信息公开 and ends in 报告. A heading of the
// text, a label of a metadata block or a sentence is no title.
func findTitle(lines []line, firstChapter int) *titleLine {
	end := firstChapter
	if end < 0 {
		end = min(len(lines), headLines)
	}
	var best *titleLine
	for i := 0; i < end; i++ {
		t := titleEndingAt(lines, i)
		if t == nil {
			continue
		}
		// A title repeated (web page and document) counts once; the fuller wins.
		if best == nil || (runesOf(t.text) > runesOf(best.text) && strings.Contains(t.text, best.text)) {
			best = t
		}
	}
	for i := 0; best == nil && i < len(lines); i++ { // a text box may come late in reading order
		if lines[i].src.Role == extract.RoleTextbox {
			best = titleEndingAt(lines, i)
		}
	}
	return best
}

// titleEndingAt joins the lines that end at line i into a title, nil where they
// are none.
func titleEndingAt(lines []line, i int) *titleLine {
	if n := len(lines[i].tight); n > 6*maxTitle || !strings.Contains(lines[i].tight, "报") {
		return nil
	}
	own := lines[i]
	own.tight = bareTitle(own.tight)
	l := &own
	if !reportTail.MatchString(fold(l.tight)) || !isTitlePiece(l) {
		return nil
	}
	t := &titleLine{text: l.tight, first: i, last: i}
	for t.first > 0 && (i-t.first) < 3 && (needsMore(t.text) || brokenName(&lines[t.first-1], &lines[t.first], t.text)) {
		up := &lines[t.first-1]
		if !isTitlePiece(up) || !sameLook(up, l) || reportTail.MatchString(fold(up.tight)) || isAnnex(up) || runesOf(up.tight+t.text) > maxTitle || isLetterhead(up.tight) || !continues(up, t.text) {
			break
		}
		t.first--
		t.text = up.tight + t.text
	}
	if !namesDisclosure(t.text) || runesOf(t.text) > maxTitle {
		return nil
	}
	if _, ok := yearIn(t.text); !ok && i+1 < len(lines) && yearLine.MatchString(fold(lines[i+1].tight)) {
		t.last++
		t.text += lines[i+1].tight
	}
	return t
}

var (
	annexPrefix = lazyregexp.New(`^附件[一二三四五六七八九十\d]{0,2}[:：.、]`)
	// webTail is what web pages print behind a title in the same line.
	webTail = lazyregexp.New(`(报告|年报)(?:(?:发布|更新|公开)?(?:时间|日期)[:：]|(?:信息)?来源[:：]|发布机构[:：]|(?:19|20)\d{2}[-年./]\d{1,2}[-月./]).*$`)
)

// bareTitle takes off what is printed around a title in its line: the mark of an
// annex, title marks, and the date or source that follows on a web page.
func bareTitle(s string) string {
	s = webTail.ReplaceAllString(annexPrefix.ReplaceAllString(s, ""), "$1")
	if inner, ok := strings.CutPrefix(s, "《"); ok && strings.HasSuffix(inner, "》") && strings.Count(inner, "》") == 1 {
		return strings.TrimSuffix(inner, "》")
	}
	return s
}

func namesDisclosure(s string) bool {
	s = fold(s)
	return slices.ContainsFunc(reportWords, func(w string) bool { return strings.Contains(s, w) })
}

// needsMore reports whether a title lacks the agency or the subject, which then
// stand in the line above.
func needsMore(title string) bool {
	return !namesDisclosure(title) || agencyOf(title) == ""
}

// regionName is what the full name of an agency has before its own word.
var regionName = lazyregexp.New(`.{2}(?:省|市|县|区|州|旗|盟|镇|乡|街道)`)

// brokenName reports whether the break between two lines of one look goes
// through the agency's name: a bracket is left open, the year is cut, or the
// upper line begins a name (临江市滨湖区人力资源和社会) that the lower one ends
// (保障局2021年…) and would be no full name without it.
func brokenName(up, low *line, title string) bool {
	upper := fold(up.tight)
	if strings.Count(fold(title), ")") > strings.Count(fold(title), "(") && strings.Count(upper, "(") > strings.Count(upper, ")") {
		return true
	}
	if strings.HasPrefix(title, "年") && yearLine.MatchString(upper[max(0, len(upper)-4):]) {
		return true
	}
	centred := up.src.Align == "center" && low.src.Align == "center"
	if up.src != low.src && (!centred || up.src.Size != low.src.Size || up.src.Role != low.src.Role) {
		return false
	}
	agency := agencyOf(title)
	if tailWord.MatchString(agency) {
		return regionName.MatchString(upper) && !noName.MatchString(upper)
	}
	// 区, 县 and the like alone end a place, and the agency's word may follow.
	place := strings.HasSuffix(upper, "市") || strings.HasSuffix(upper, "县") || strings.HasSuffix(upper, "区")
	open := place || !agencyEnd.MatchString(upper) || strings.HasSuffix(upper, "社会") // 社会 is no 会
	return open && agencyEnd.MatchString(agency) && !regionName.MatchString(agency) &&
		regionName.MatchString(upper) && !noName.MatchString(upper)
}

// tailWord is the end of a name that is no name by itself.
var tailWord = lazyregexp.New(`^(?:办公室|办公厅|办事处|委员会|管委会|管理委员会)$`)

// noName is what no part of an agency's name has: labels and names of pages.
var noName = lazyregexp.New(`[^\p{Han}()\d]|公开|网|报|首页|专栏|栏目|文件|打印|字体|来源|时间|日期|编号|目录|通知|年`)

// isTitlePiece reports whether the line may be part of a title.
func isTitlePiece(l *line) bool {
	s := fold(l.tight)
	if runesOf(s) > maxTitle || sentenceLike.MatchString(s) || labelledLine.MatchString(s) {
		return false
	}
	if ord, _ := splitOrdinal(l.tight); ord.style != styleNone {
		return false
	}
	if _, ok := onlyDate(s); ok {
		return false
	}
	return !strings.ContainsAny(s, "《》") || strings.HasPrefix(s, "《")
}

// continues reports whether the line above belongs to a title that lacks its
// agency: it ends like an agency or is a year; or the title is not whole yet.
func continues(up *line, title string) bool {
	if strings.Contains(up.tight, "网站") || strings.Contains(up.tight, "首页") {
		return false
	}
	return !namesDisclosure(title) || agencyOf(title) != "" || agencyEnd.MatchString(up.tight) || yearLine.MatchString(fold(up.tight)) || up.src.Align == "center"
}

// isLetterhead reports lines over a title that are not part of it: 文件 heads and
// document numbers.
func isLetterhead(s string) bool {
	return strings.HasSuffix(s, "文件") || strings.HasSuffix(s, "号") || strings.HasSuffix(s, "目录")
}

// sameLook reports whether two lines look alike enough to be one title.
func sameLook(a, b *line) bool {
	if a.src.Align != "" && b.src.Align != "" && a.src.Align != b.src.Align && (a.src.Align == "right" || b.src.Align == "right") {
		return false
	}
	if a.src.Size > 0 && b.src.Size > 0 && (a.src.Size > b.src.Size*1.6 || b.src.Size > a.src.Size*1.6) {
		return false
	}
	return runesOf(a.tight) <= 45
}

var (
	// namedYear is a year called so; bareYear one without 年. Digits may be of
	// full width: the title is kept as printed.
	namedYear   = lazyregexp.New(`[(（【\[]?(?:` + wideYear + `|` + hanYear + `)(?:年度|年)[)）】\]]?`)
	bareYear    = lazyregexp.New(`[(（【\[]?(?:` + wideYear + `|二[〇○零OoＯ]` + hanTwoDigits + `)[)）】\]]?`)
	agencyFront = lazyregexp.New(`^(?:关于` + announcing + `?|` + announcing + `|附件\d*[:：]?|年度|[《“"、\-—])+`)
	agencyBack  = lazyregexp.New(`(?:关于(?:` + announcing + `|公开|开展|做好|编制)?|` + announcing + `|的|年度|工作|[《“"、\-—(（])+$`)
)

const (
	wideYear     = `(?:[1１][9９]|[2２][0０])[\d０-９]{2}`
	hanTwoDigits = `[〇○零OoＯ一二三四五六七八九]{2}`
	// announcing are the verbs by which an agency sends or publishes its report.
	announcing = `(?:印发|发布|公布|报送|上报|呈报|呈送|转发)`
)

// yearWithin finds where a title names its year: the first that is called 年,
// else the first number that may be one; a number in a name (第2010中学) is none.
func yearWithin(s string) (from, to int, ok bool) {
	for _, m := range namedYear.FindAllStringIndex(s, -1) {
		if !inNumber(s, m[0], m[1]) {
			return m[0], m[1], true
		}
	}
	for _, m := range bareYear.FindAllStringIndex(s, -1) {
		if !inNumber(s, m[0], m[1]) {
			return m[0], m[1], true
		}
	}
	return 0, 0, false
}

// inNumber reports whether s[from:to] is a piece of a longer number or an ordinal.
func inNumber(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return before == '第' || unicode.IsDigit(before) || unicode.IsDigit(after)
}

// agencyOf is the agency that a title names: the title without year and report
// words; empty where it names none.
func agencyOf(title string) string {
	s := compact(title)
	from, to, dated := yearWithin(s)
	if dated {
		if before := trimAgency(s[:from]); before != "" && (agencyEnd.MatchString(before) || !namesDisclosure(before)) {
			return before // the agency's own name may hold report words: 政务公开办公室
		}
	}
	cut := len(s)
	for _, w := range reportWords {
		if i := strings.Index(s, w); i >= 0 {
			cut = min(cut, i)
		}
	}
	if cut == len(s) {
		for _, w := range []string{"年度报告", "工作报告", "年报"} {
			if i := strings.Index(s, w); i >= 0 {
				cut = min(cut, i)
			}
		}
	}
	if dated && to <= cut {
		return trimAgency(s[:from] + s[to:cut])
	}
	return trimAgency(s[:cut])
}

// trimAgency takes off the words that join an agency's name to the title.
func trimAgency(s string) string {
	for {
		t := agencyBack.ReplaceAllString(agencyFront.ReplaceAllString(s, ""), "")
		if t == s {
			return s
		}
		s = t
	}
}
