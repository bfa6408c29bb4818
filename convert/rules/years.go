package rules

import (
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// source is where a report states its own year. The order is the order of
// findings.
type source int

const (
	titleYear source = iota
	captionYear
	reportSentence
	openingYear
	periodYear
	headingYear
)

// statement is one statement of the report about its own year.
type statement struct {
	source source
	year   int
	what   string // in Chinese, what states it
	path   string
	quote  string
}

// yearView is all that a report says of its year.
type yearView struct {
	statements []statement
	// reference is the year most sources name, the title's where they are
	// equal; 0 where the year is unknown.
	reference int
}

// stated lists the distinct years stated.
func (y *yearView) stated() []int {
	var out []int
	for _, s := range y.statements {
		if s.source != headingYear && !slices.Contains(out, s.year) {
			out = append(out, s.year)
		}
	}
	return out
}

// periodLink is a character between 数据 and the period it is of.
const periodLink = `[的均为是从自由：:（(，,中内系指全部各项所列数据统计期限时间段起止范围截至年度采用]`

// Words of sentences about other years or other things than the report's
// figures: another year's report, a plan, a campaign.
var (
	otherYears  = []string{"上年", "上一年", "上个年", "去年", "下年", "下一年", "下个年", "明年", "来年", "往年", "历年", "前一年", "前年", "次年", "同期", "上期", "相比", "同比", "对比", "较之"}
	otherThings = []string{"专项", "整改", "整治", "问题", "计划", "打算", "安排", "项目", "合同", "采购", "招标", "调查", "问卷", "考核", "评估", "测评", "检查", "督查", "普查", "反馈", "要点", "方案", "清单", "更正", "补充", "以来"}
)

var (
	anyYear = lazyregexp.New(`20\d\d年`)
	// captionLine is a line that is the report's title, or the page's name of it.
	captionLine = lazyregexp.New(`^[^，。；！？《》>]{0,40}?20\d\d年度?[^，。；！？《》>]{0,40}?政府信息公开(?:工作)?(?:年度)?(?:报告|年报)`)
	// periodRange is a whole year as the period of the figures. Words that are said
	// of other things too (统计数据显示，…) need the year joined to them directly.
	periodRange = lazyregexp.New(`(?:统计(?:期限|时限|时间|周期|期间|区间|范围|口径|起止|日期)[^。；]{0,24}?|报告期[^。；]{0,12}?|` +
		`(?:统计(?:数据|年度)|所列数据|数据统计|本报告` + periodLink + `{0,12}?(?:期|时|所列|数据))` + periodLink + `{0,24}?)` +
		`(20\d\d)[年./-]0?1(?:月份?|[./-])(?:0?1日?)?(?:0时)?起?(?:至|到|—+|-+|~|～)(?:(20\d\d)[年./-])?(?:[同当本]年)?12(?:月份?|[./-])(?:31日?)?`)
	// ownReport announces the report: 现将…2021年…报告如下.
	ownReport = lazyregexp.New(`现将[^，。；《》]{0,30}?(20\d\d)年(?:度报告|[^，。；《》]{0,40}?(?:信息公开|政务公开|年度报告|年报))[^，。；]{0,30}?(?:报告|公布|发布|公开|汇报)[^，。；]{0,4}`)
	// opening is a paragraph that begins with the year reported on.
	opening    = lazyregexp.New(`^(20\d\d)年度?[，,]?([^。！？]*)`)
	ownSubject = lazyregexp.New(`我[局街镇乡区县市处委办院厅部馆队站所校州省旗单中]|本[局街镇乡区县市处委办院厅部馆队站所机单年]|全[局街镇乡区县市处委办院厅部]`)
	// cited is what a sentence cites or explains: titles and brackets.
	cited       = lazyregexp.New(`《[^》]*》|（[^）]*）|\([^)]*\)`)
	chineseYear = lazyregexp.New(`二[〇○零][〇○零一二三四五六七八九]{2}年`)
)

var yearDigits = glance.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4",
	"五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// plain squeezes a text and writes years as digits: "二〇二一年" → "2021年".
func plain(s string) string {
	s = squeeze(s)
	if !strings.Contains(s, "二") || !containsAny(s, "二〇", "二○", "二零") {
		return s
	}
	return chineseYear.ReplaceAllStringFunc(s, func(y string) string {
		return yearDigits.Replace(y)
	})
}

// onlyYear is the year a text names, 0 where it names none or several.
func onlyYear(s string) int {
	year := 0
	for before, rest, ok := strings.Cut(s, "年"); ok; before, rest, ok = strings.Cut(rest, "年") {
		const digits = 4
		at := len(before) - digits
		if at < 0 || before[at] != '2' || before[at+1] != '0' || !isDigitByte(before[at+2]) || !isDigitByte(before[at+3]) {
			continue
		}
		y := atoi(before[at:])
		if year != 0 && y != year {
			return 0
		}
		year = y
	}
	return year
}

func isDigitByte(b byte) bool { return b >= '0' && b <= '9' }

func atoi(digits string) int {
	n := 0
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}

func (c *context) readYears() yearView {
	var v yearView
	if t := c.report.Title; t != nil {
		if y := onlyYear(plain(*t)); y != 0 {
			v.statements = append(v.statements, statement{titleYear, y, "标题", "/report/title", *t})
		}
	}
	v.statements = append(v.statements, c.captions()...)
	v.statements = append(v.statements, c.ownSentences()...)
	v.statements = append(v.statements, c.periods()...)
	v.statements = append(v.statements, c.headingYears()...)
	v.reference = c.referenceYear(v.statements)
	return v
}

// captions are the title lines before the first chapter and in page headers,
// beside the title itself. Several years there are a list of links.
func (c *context) captions() []statement {
	var out []statement
	years := map[int]bool{}
	title := ""
	if c.report.Title != nil {
		title = plain(*c.report.Title)
	}
	first := c.firstHeading()
	if len(c.sections()) == 0 {
		first = 0 // no chapters: nothing parts the head from the text
	}
	for i := range c.passages {
		p := &c.passages[i]
		head := p.block >= 0 && p.block < first && isBody(p.role)
		if !head && p.role != extract.RoleHeader || p.table >= 0 {
			continue
		}
		line := p.line
		if title != "" && strings.Contains(title, line) || containsAny(line, "上一篇", "下一篇", "相关", "链接", "首页", "位置") {
			continue
		}
		m := captionLine.FindString(line)
		if m == "" {
			continue
		}
		// A date of printing may stand before the year of the report.
		named := anyYear.FindAllString(m, -1)
		year := atoi(named[len(named)-1][:4])
		if !years[year] {
			years[year] = true
			what := "标题行"
			if p.role == extract.RoleHeader {
				what = "页眉"
			}
			out = append(out, statement{captionYear, year, what, "/report/title", p.text})
		}
	}
	const links = 3
	if len(years) >= links {
		return nil
	}
	return out
}

// ownSentences are the sentences before and in 总体情况 that say which year is
// reported on: 现将2021年…报告如下, and a first paragraph that begins with it.
func (c *context) ownSentences() []statement {
	var out []statement
	first := c.firstHeading()
	opened := false
	for i := range c.passages {
		p := &c.passages[i]
		inOverview := p.section >= 0 && c.report.Sections[p.section].Key == "overview"
		if p.table >= 0 || !isBody(p.role) || p.block >= first && !inOverview {
			continue
		}
		line := p.line
		if m := ownReport.FindStringSubmatch(line); m != nil && onlyYear(m[0]) != 0 && !containsAny(m[0], otherYears...) && !containsAny(m[0], otherThings...) {
			out = appendStatement(out, statement{reportSentence, atoi(m[1]), "“现将……”一句", sectionPath(p), m[0]})
		}
		if inOverview && p.block == c.reading.Chapters[p.section].Heading || opened {
			continue
		}
		if y := c.openingYear(line); y != 0 {
			opened = true
			out = appendStatement(out, statement{openingYear, y, "正文开头", sectionPath(p), sentenceAt([]rune(line), 0)})
		}
		opened = opened || inOverview
	}
	return out
}

func sectionPath(p *passage) string {
	if p.section < 0 {
		return "/report/year"
	}
	return "/report/sections/" + itoa(p.section) + "/text"
}

// openingYear is the year of "2021年，我局认真贯彻…"; 0 where the sentence is
// about something else: the history of a law, a comparison, several years.
func (c *context) openingYear(line string) int {
	m := opening.FindStringSubmatch(line)
	if m == nil {
		return 0
	}
	said := withoutCited(m[0])
	own := c.report.Agency != nil && *c.report.Agency != "" && strings.Contains(said, squeeze(*c.report.Agency)) || ownSubject.MatchString(said)
	if !own || !containsAny(m[0], "信息公开", "政务公开", "条例") ||
		containsAny(said, "以来", "修订", "施行", "印发", "发布实施", "整改") || containsAny(said, otherYears...) {
		return 0
	}
	// A second year in the paragraph may be the one reported on.
	if onlyYear(withoutCited(line)) == 0 {
		return 0
	}
	return atoi(m[1])
}

// withoutCited takes out what a text cites or explains.
func withoutCited(s string) string {
	if !strings.ContainsAny(s, "《（(") {
		return s
	}
	return cited.ReplaceAllString(s, "")
}

// span is one period stated, by its years.
type span struct {
	start, end int
	quote      string
}

// periodsIn finds the periods of figures in a text, without those of other
// years' reports (上年度统计期限为…) and of other figures (专项数据统计时间为…).
func periodsIn(line string) []span {
	var out []span
	for _, m := range periodRange.FindAllStringSubmatchIndex(line, -1) {
		sentence := strings.LastIndexAny(line[:m[0]], "。；！？\n") + 1
		clause := strings.LastIndexAny(line[:m[0]], "。；！？，：:,\n") + 1
		stop := len(line)
		if at := strings.IndexAny(line[m[1]:], "。；！？，,\n"); at >= 0 {
			stop = m[1] + at
		}
		if containsAny(line[sentence:stop], otherYears...) || containsAny(line[clause:stop], otherThings...) {
			continue
		}
		s := span{start: atoi(line[m[2]:m[3]]), quote: line[m[0]:m[1]]}
		s.end = s.start
		if m[4] >= 0 {
			s.end = atoi(line[m[4]:m[5]])
		}
		out = append(out, s)
	}
	return out
}

// periods are the statements of the period the figures cover. Where one is the
// title's year, periods of other years are not the report's.
func (c *context) periods() []statement {
	title := 0
	if t := c.report.Title; t != nil {
		title = onlyYear(plain(*t))
	}
	var out []statement
	for i := range c.passages {
		p := &c.passages[i]
		if !isBody(p.role) || p.table >= 0 || !containsAny(p.line, "12月", "12.", "12-", "12/") || !containsAny(p.line, "统计", "报告期", "所列数据", "本报告") {
			continue // nothing for periodRange
		}
		for _, s := range periodsIn(p.line) {
			if s.start == s.end && s.start == title {
				return []statement{{periodYear, title, "统计期限", "/report/period", s.quote}}
			}
			for _, y := range []int{s.start, s.end} {
				out = appendStatement(out, statement{periodYear, y, "统计期限", "/report/period", s.quote})
			}
		}
	}
	// The reading's period counts where there is no text to look at: it may be
	// another one (of a contract, of a campaign) where no sentence above matched.
	if r := c.report.Period; r != nil && len(c.document.Blocks) == 0 {
		for _, d := range []*report.Date{r.Start, r.End} {
			if d != nil {
				out = appendStatement(out, statement{periodYear, d.Year, "统计期限", "/report/period", ""})
			}
		}
	}
	return out
}

// headingYears are the years in the headings of the statutory chapters.
func (c *context) headingYears() []statement {
	var out []statement
	for i := range c.report.Sections {
		s := &c.report.Sections[i]
		if s.Key == "other" {
			continue
		}
		if y := onlyYear(plain(s.Title)); y != 0 {
			out = append(out, statement{headingYear, y, sectionName(s) + "的标题", "/report/sections/" + itoa(i) + "/title", s.Title})
		}
	}
	return out
}

// appendStatement adds a statement unless the source has already named the year.
func appendStatement(list []statement, s statement) []statement {
	for _, o := range list {
		if o.source == s.source && o.year == s.year {
			return list
		}
	}
	return append(list, s)
}

// referenceYear is the year most sources name; the signature's date speaks for
// the year before its own where a source names that.
func (c *context) referenceYear(list []statement) int {
	votes := map[int]int{}
	for _, s := range list {
		if s.source != headingYear {
			votes[s.year]++
		}
	}
	if d := c.report.SignedOn; d != nil && d.Month != 12 && votes[d.Year-1] > 0 {
		votes[d.Year-1]++
	}
	best := 0
	prefer := func(year int) {
		if votes[year] > votes[best] {
			best = year
		}
	}
	for _, s := range list { // the title comes first and keeps a tie
		if s.source != headingYear {
			prefer(s.year)
		}
	}
	if best == 0 && c.report.Year != nil {
		best = *c.report.Year
	}
	return best
}

// yearMismatch judges all statements against the reference year, and the
// signature's date.
func yearMismatch(c *context) *verdict {
	v := newVerdict()
	ref := c.years.reference
	if ref == 0 {
		v.undetermined("没有读到报告的年度", "/report/year")
		return v
	}
	v.pass()
	for _, s := range c.years.statements {
		if s.year == ref || s.source == headingYear && c.planning(&s, ref) {
			continue
		}
		against := "报告年度"
		for _, o := range c.years.statements {
			if o.year == ref {
				against = o.what
				break
			}
		}
		v.fail(fault{
			place: s.path + " " + itoa(int(s.source)) + " " + itoa(s.year), paths: []string{s.path, "/report/year"},
			message:  s.what + "写的是" + itoa(s.year) + "年，与" + against + "所写的" + itoa(ref) + "年不一致。",
			expected: ref, actual: s.year, quote: s.quote,
		})
	}
	if d := c.report.SignedOn; d != nil {
		early := report.Date{Year: ref, Month: 12, Day: 1}
		switch {
		case !d.Before(early) && d.Year <= ref+1:
		case len(c.years.stated()) == 0:
			v.undetermined("报告没有写明年度，无法判断落款日期"+chineseDate(*d)+"是否相符", "/report/signed_on", "/report/year")
		default:
			v.fail(fault{
				place: "/report/signed_on", paths: []string{"/report/signed_on", "/report/year"},
				message: "落款日期" + chineseDate(*d) + "与报告年度" + itoa(ref) + "年不符，应当在" + itoa(ref) + "年12月至" + itoa(ref+1) + "年12月之间。",
				actual:  d.String(),
			})
		}
	}
	return v
}

// planning reports whether the heading is of the chapter on problems, which may
// speak of the year before or after.
func (c *context) planning(s *statement, ref int) bool {
	for i := range c.report.Sections {
		if s.path == "/report/sections/"+itoa(i)+"/title" {
			return c.report.Sections[i].Key == "problems_and_improvements" && s.year >= ref-1 && s.year <= ref+1
		}
	}
	return false
}

func chineseDate(d report.Date) string {
	return itoa(d.Year) + "年" + itoa(d.Month) + "月" + itoa(d.Day) + "日"
}
