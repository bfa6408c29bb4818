package rules

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

var (
	properTitle = lazyregexp.New(`^.+20\d\d年政府信息公开工作年度报告$`)
	// titleRest is what a title has beside the agency's name.
	titleRest = lazyregexp.New(`20\d\d年?度?|政府信息公开|政务公开|信息公开|工作|年度|报告|年报|总结|情况|关于|的|[（）()《》\-—]`)
	yearLine  = lazyregexp.New(`^[（(]?20\d\d年?度?[)）]?$`)
)

// missingTitle judges whether a title names agency, year and the report.
func missingTitle(c *context) *verdict {
	v := newVerdict()
	if c.report.Title == nil || squeeze(*c.report.Title) == "" {
		if len(c.unreadable) > 0 {
			v.undetermined("没有读到标题，第"+joinInts(c.unreadable)+"页没有可读的文字", "/report/title")
			return v
		}
		v.fail(fault{place: "/report/title", paths: []string{"/report/title"}, message: "没有写明机关名称、年度和“政府信息公开工作年度报告”的标题。"})
		return v
	}
	title := plain(*c.report.Title)
	var lacking []string
	if titleRest.ReplaceAllString(title, "") == "" && !c.lineBefore() {
		lacking = append(lacking, "机关名称")
	}
	if !strings.Contains(title, "20") && !c.yearLine() {
		lacking = append(lacking, "年度")
	}
	if !strings.Contains(title, "公开") || !containsAny(title, "报告", "年报", "总结") {
		lacking = append(lacking, "“政府信息公开工作年度报告”")
	}
	if len(lacking) == 0 {
		v.pass()
		return v
	}
	v.fail(fault{
		place: "/report/title", paths: []string{"/report/title"}, actual: *c.report.Title,
		message: "标题“" + clip(title) + "”没有写明" + strings.Join(lacking, "、") + "。",
	})
	return v
}

// lineBefore reports whether a short line without a full stop stands in the head
// of the document: the agency's name may stand on a line of its own.
func (c *context) lineBefore() bool {
	return c.headLine(func(line string) bool {
		return titleRest.ReplaceAllString(line, "") != "" && !strings.ContainsAny(line, "。，；")
	})
}

// yearLine reports whether the year stands on a line of its own in the head.
func (c *context) yearLine() bool { return c.headLine(yearLine.MatchString) }

func (c *context) headLine(match func(string) bool) bool {
	const longest = 40 // runes
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		if p.block < 0 || p.block >= first || !isBody(p.role) {
			continue
		}
		if line := p.line; len([]rune(line)) <= longest && match(line) {
			return true
		}
	}
	return false
}

// titleWording compares the title with the prescribed wording.
func titleWording(c *context) *verdict {
	t := c.report.Title
	if t == nil || c.older() {
		return inapplicable("没有标题，或者是2019年以前的报告")
	}
	v := newVerdict()
	if properTitle.MatchString(plain(*t)) {
		v.pass()
		return v
	}
	f := fault{place: "/report/title", paths: []string{"/report/title"}, actual: *t, message: "标题的规范写法是“机关名称＋年份＋年政府信息公开工作年度报告”。"}
	if a := c.report.Agency; a != nil && *a != "" && c.years.reference != 0 {
		want := *a + itoa(c.years.reference) + "年政府信息公开工作年度报告"
		f.expected, f.message = want, "标题的规范写法是“"+clip(want)+"”。"
	}
	v.fail(f)
	return v
}

// signedEarly judges whether the report was signed after the year had ended. Where there is
// no date of a signature, the day of publication tells the same.
func signedEarly(c *context) *verdict {
	d, year := c.report.SignedOn, c.years.reference
	what, where := "落款日期", signedOnPath
	if d == nil && year != 0 && c.signedMonth() == nil {
		d, where = c.publishedEarly(year)
		what = "公开日期"
	}
	if d == nil || year == 0 {
		return inapplicable("没有读到落款日期或者报告年度")
	}
	v := newVerdict()
	end := report.Date{Year: year, Month: 12, Day: 31}
	if !d.Before(end) {
		v.pass()
		return v
	}
	v.fail(fault{
		place: where, paths: []string{where},
		message: what + chineseDate(*d) + "早于统计期限的最后一天（" + chineseDate(end) + "），数据不可能完整。",
		actual:  d.String(),
	})
	return v
}
