package rules

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// revisedYear is the year from which on departments publish by the end of January (条例
// as revised in 2019, 第四十九条); before, everybody had until the end of March
// (2008年条例 第三十一条).
const revisedYear = 2019

var (
	changedOn   = lazyregexp.New(`(?:更新|修改|录入|上传|入库)(?:时间|日期)`)
	publishedOn = lazyregexp.New(`(?:发布|公开|公布|发文|印发|成文|生成)(?:时间|日期)|时间[:：]|日期[:：]`)
)

// late judges whether the report was published in time. It says nothing where the
// kind of body or the day of publication is not sure. Where only the signature has a day,
// one behind the end of the time is proof enough: nothing is published before it is signed.
func late(c *context) *verdict {
	year := c.years.reference
	on, where := c.publishedOn()
	signed := false
	if on == nil {
		on, where = c.report.SignedOn, signedOnPath
		if on == nil {
			on = c.signedMonth()
		}
		signed = on != nil
	}
	if on == nil || year == 0 {
		return inapplicable("没有读到公开日期或者报告年度")
	}
	a := c.author
	if a.rank == noRank {
		return inapplicable("从名称看不出是哪一类机关，无法确定公开期限")
	}
	v := newVerdict()
	day, end := *on, c.deadline(&a, year)
	switch {
	case signed && (!end.Before(day) || day.Year > year+1):
		return inapplicable("没有读到公开日期")
	case !end.Before(day):
		v.pass()
	case where == metadataDate && c.onlyChanged():
		v.undetermined("页面只写了更新日期，没有发布日期", where)
	case day.Year > year+1:
		v.undetermined("公开日期"+chineseDate(day)+"在次年之后，可能是网站迁移或者重新发布", where)
	default:
		what := "公开日期是" + chineseDate(day) + "，"
		if signed {
			what = "落款日期是" + chineseDate(day) + "，已经"
			if c.report.SignedOn == nil {
				what = "落款日期是" + itoa(day.Year) + "年" + itoa(day.Month) + "月，已经"
			}
		}
		v.fail(fault{
			place: where, paths: []string{where, "/report/year"}, expected: end.String(), actual: day.String(),
			message: what + "晚于规定的期限（" + whoseEnd(end, year) + "应当在" + chineseDate(end) + "前公布）。",
		})
	}
	return v
}

// whoseEnd says who has to publish by that day.
func whoseEnd(end report.Date, year int) string {
	switch {
	case end.Month == 1:
		return "部门、街道和乡镇"
	case year < revisedYear:
		return "各机关"
	}
	return "各级人民政府"
}

// signedOnPath points to the day of the signature.
const signedOnPath = "/report/signed_on"

var (
	// monthLine is a signature's date without a day.
	monthLine = lazyregexp.New(`^(20\d\d)年(1[0-2]|0?[1-9])月$`)
	// ofThisReport says in plain words that this report was published on a day.
	ofThisReport = lazyregexp.New(`(?:^|[，：])(?:本报告|本年报|本年度报告)(?:全文|已|业已|已经|现)*(?:于|在)` + dayPattern + `[^。；，]{0,40}?(?:公布|发布|公开|上网|挂网|刊登|登载)`)
)

// signedMonth is the first day of the month that stands as the date of the signature, in
// the last lines of the document; nil where there is none.
func (c *context) signedMonth() *report.Date {
	const last = 4 // passages
	for i := max(0, len(c.passages)-last); i < len(c.passages); i++ {
		p := &c.passages[i]
		if p.table >= 0 || !isBody(p.role) || p.block < c.firstHeading() {
			continue
		}
		if m := monthLine.FindStringSubmatch(p.line); m != nil {
			return &report.Date{Year: atoi(m[1]), Month: atoi(m[2]), Day: 1}
		}
	}
	return nil
}

// publishedEarly is the day of publication where the document has no date of a signature:
// the head of the page, or a sentence that says in plain words of this report that it was
// published in its own year.
func (c *context) publishedEarly(year int) (*report.Date, string) {
	if d, where := c.publishedOn(); d != nil {
		return d, where
	}
	for i := range c.passages {
		p := &c.passages[i]
		if p.table >= 0 || !strings.Contains(p.line, itoa(year)) {
			continue
		}
		for s := range strings.FieldsFuncSeq(p.line, endsSentence) {
			if containsAny(s, notThis...) {
				continue
			}
			if d := dayIn(ofThisReport, s); d != nil && d.Year == year {
				path := metadataDate
				if at := c.path(p); len(at) > 0 {
					path = at[0]
				}
				return d, path
			}
		}
	}
	return nil, ""
}

// metadataDate points to the day of publication that the head of the page gives.
const metadataDate = "/report/metadata/published_on"

var (
	dayPattern = `(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})日?`
	// datedLine is a line of the head or the tail that says when the page was published,
	// with any mark or none behind its label.
	datedLine = lazyregexp.New(`^` + dayPattern + `(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[|｜【\[（(]?(?:信息)?(?:来源|作者|浏览|点击|阅读|字号|字体|访问|编辑|分享)|^\p{Han}{2,20}[局委厅府办室会处镇乡心站院队网道]` + dayPattern + `(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[|｜【\[（(]?(?:浏览|点击|阅读|字号|字体|访问)|^(?:日期|时间)[:：]` + dayPattern + `(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:信息)?(?:来源|作者|浏览|点击|阅读|字号|字体|访问|编辑|分享)|^(?:信息)?来源[:：][^\d]{2,30}` + dayPattern + `(?:\d\d:\d\d(?::\d\d)?)?$|(?:发布|公开|公布|上网|挂网|上线|发文)(?:信息)?(?:时间|日期|于)?[\]】）)]?[:：|]?(?:为|是)?[（(]?` + dayPattern + `|` + dayPattern + `(?:\d\d:\d\d(?::\d\d)?)?(?:正式|对外|首次)*(?:发布|公开|公布|上网|挂网)`)
	// publishedReport is a sentence that says when this report was published.
	publishedReport = lazyregexp.New(`(?:本报告|本年报|本年度报告|该报告|报告全文|(?:政府信息公开)(?:工作)?年度报告(?:全文)?)[^。；]{0,24}?(?:于|在|至|迟至|直到)?` + dayPattern + `[^。；]{0,40}?(?:公布|发布|公开|上网|挂网|上传|刊登|登载|上线|面世|推出)|` +
		`(?:^|[。；，])` + dayPattern + `[，,]?(?:本报告|本年报|本年度报告)[^。；]{0,40}?(?:公布|发布|公开|上网|挂网|上传|刊登|登载)|(?:^|[。；，])(?:[^。；，]{0,8}?于)?` + dayPattern + `[，,]?[^。；]{0,30}?(?:公布|发布|公开|上网发布|挂网|上传|刊登|登载|推出)了?(?:了)?(?:本报告|本年报|本年度报告)`)
	// putOff says of this report that it came later, whatever else the sentence tells of.
	putOff = lazyregexp.New(`(?:本报告|本年报|本年度报告)[^。；，]{0,12}?(?:推迟|延迟|延后|延期|顺延|迟|拖延|延)[^。；，]{0,4}?(?:至|到|于)?` + dayPattern + `[^。；，]{0,12}?(?:公布|发布|公开|上网|挂网|上传|刊登|登载|上线|推出)`)
	// notThis are words of sentences about another report or about a plan.
	notThis = []string{"上年度报告", "上年度", "上一年度", "计划", "拟于", "将于", "应当于", "应于", "各部门", "各单位", "重新", "再次", "恢复", "培训", "要求", "之前", "前完成", "草案", "征求意见", "修订"}
)

// publishedOn is the day of publication with the pointer to where it stands: the head of
// the page, a line of it without a colon, or a sentence about the report itself.
func (c *context) publishedOn() (*report.Date, string) {
	if m := c.report.Metadata; m != nil && m.PublishedOn != nil {
		return m.PublishedOn, metadataDate
	}
	const longest = 60 // characters of a line of the head
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		if p.table >= 0 && c.statutory(p) || !strings.Contains(p.line, "20") {
			continue
		}
		if p.block < first && utf8.RuneCountInString(p.line) <= longest && !strings.ContainsAny(p.line, "。，") && strings.ContainsAny(p.line, "月./-") {
			if d := dayIn(datedLine, p.line); d != nil {
				return d, metadataDate
			}
		}
		if !strings.Contains(p.line, itoa(c.years.reference+1)) {
			continue
		}
		if d := dayToldLater(p.line, c.years.reference+1); d != nil {
			path := metadataDate
			if at := c.path(p); len(at) > 0 {
				path = at[0]
			}
			return d, path
		}
		for s := range strings.FieldsFuncSeq(p.line, endsSentence) {
			if moved := containsAny(s, "改版", "迁移"); moved && (!ofThisReport.MatchString(s) && !putOff.MatchString(s) || containsAny(s, "新网站", "新版", "新平台", "补发", "补录")) {
				continue // old pages are put up again
			}
			if !containsAny(s, "报告", "年报") || !containsAny(s, "公布", "发布", "公开", "上网", "挂网", "刊登", "登载", "上传", "上线", "推出") || containsAny(s, notThis...) && !putOff.MatchString(s) {
				continue
			}
			if d := dayIn(publishedReport, s); d != nil && d.Year == c.years.reference+1 {
				path := metadataDate
				if at := c.path(p); len(at) > 0 {
					path = at[0]
				}
				return d, path
			}
		}
	}
	return nil, ""
}

// laterDay is the day of publication without its year, which an earlier clause gives.
var laterDay = lazyregexp.New(`[，；](?:[^，。；《\d]{0,8}(?:并|最终|随后|现已|已|正式))?(?:于|在)(\d{1,2})月(\d{1,2})日(?:正式|对外|首次)*(?:在|通过|经|由|于)?[^，。；《]{0,30}?(?:公布|发布|公开|上网|挂网|刊登|登载|上线)(?:[，。；]|$)`)

// dayToldLater is the day on which a sentence says this report was published, told behind
// other steps of making it: 本报告自2022年1月上旬起编制，…，于2月6日在网站公布.
func dayToldLater(line string, year int) *report.Date {
	for s := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == '。' || r == '！' || r == '？' }) {
		if !containsAny(s, "本报告", "本年报", "本年度报告") {
			continue
		}
		m := laterDay.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		before := s[:m[0]]
		if at := strings.LastIndex(before, "20"); at < 0 || !strings.HasPrefix(before[at:], itoa(year)+"年") || !containsAny(before, "本报告", "本年报", "本年度报告") ||
			containsAny(s[m[0]:m[1]], notThis...) || containsAny(before, "上年度报告", "上一年度报告", "重新", "目录", "指南") {
			continue
		}
		if d := (report.Date{Year: year, Month: atoi(s[m[2]:m[3]]), Day: atoi(s[m[4]:m[5]])}); d.Valid() {
			return &d
		}
	}
	return nil
}

// dayIn reads the first day that a pattern finds in a text.
func dayIn(pattern *lazyregexp.Regexp, s string) *report.Date {
	m := pattern.FindStringSubmatch(s)
	for i := 1; i+2 < len(m); i += 3 {
		if m[i] == "" {
			continue
		}
		var d report.Date
		d.Year, _ = strconv.Atoi(m[i])
		d.Month, _ = strconv.Atoi(m[i+1])
		if d.Day, _ = strconv.Atoi(m[i+2]); d.Valid() {
			return &d
		}
	}
	return nil
}

// deadline is the last day for a body's report. Offices of governments publish the
// government's report and then have its time, or one of their own.
func (c *context) deadline(a *author, year int) report.Date {
	office := strings.HasSuffix(a.full[0], "办公室") || strings.HasSuffix(a.full[0], "办公厅")
	if office && year >= revisedYear && c.ownOffice() {
		return report.Date{Year: year + 1, Month: 1, Day: 31}
	}
	if a.rank == rankGovernment || year < revisedYear || office && a.rank == rankDepartment {
		return report.Date{Year: year + 1, Month: 3, Day: 31}
	}
	return report.Date{Year: year + 1, Month: 1, Day: 31}
}

// ownOffice reports whether the report of a government's office is the office's own:
// nothing in its text speaks for the whole place.
func (c *context) ownOffice() bool {
	own := false
	for i := range c.passages {
		p := &c.passages[i]
		if p.table >= 0 && c.statutory(p) {
			continue
		}
		if containsAny(p.line, "全县", "全市", "全区", "全州", "全省", "全旗", "我县", "我市", "我区", "我省", "我州", "各级行政机关", "各部门", "各乡镇", "各街道", "各镇", "各单位", "政府部门", "县政府部门", "政府系统") {
			return false
		}
		own = own || containsAny(p.line, "我办", "本办", "我室", "我厅", "本厅", "本机关", "本单位", "我单位")
	}
	return own
}

// onlyChanged reports whether the head of the page has a date of change and none
// of publication.
func (c *context) onlyChanged() bool {
	changed := false
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		if p.block >= first || p.role == extract.RoleFooter {
			continue
		}
		if p.table >= 0 && c.statutory(p) {
			continue
		}
		if publishedOn.MatchString(changedOn.ReplaceAllString(p.line, "")) {
			return false
		}
		changed = changed || changedOn.MatchString(p.line)
	}
	return changed
}
