package rules

import (
	"regexp"
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
)

// revisedYear is the year from which on departments publish by the end of January (条例
// as revised in 2019, 第四十九条); before, everybody had until the end of March
// (2008年条例 第三十一条).
const revisedYear = 2019

var (
	changedOn   = regexp.MustCompile(`(?:更新|修改|录入|上传|入库)(?:时间|日期)`)
	publishedOn = regexp.MustCompile(`(?:发布|公开|公布|发文|印发|成文|生成)(?:时间|日期)|时间[:：]|日期[:：]`)
)

// late judges whether the report was published in time. It says nothing where the
// kind of body or the day of publication is not sure.
func late(c *context) *verdict {
	m, year := c.report.Metadata, c.years.reference
	if m == nil || m.PublishedOn == nil || year == 0 {
		return inapplicable("没有读到公开日期或者报告年度")
	}
	a := c.readAuthor()
	if a.rank == noRank {
		return inapplicable("从名称看不出是哪一类机关，无法确定公开期限")
	}
	v := newVerdict()
	published, end := *m.PublishedOn, c.deadline(&a, year)
	switch {
	case !end.Before(published):
		v.pass()
	case c.onlyChanged():
		v.undetermined("页面只写了更新日期，没有发布日期", "/report/metadata/published_on")
	case published.Year > year+1:
		v.undetermined("公开日期"+chineseDate(published)+"在次年之后，可能是网站迁移或者重新发布", "/report/metadata/published_on")
	default:
		who := "部门、街道和乡镇"
		if end.Month != 1 {
			who = "各级人民政府"
			if year < revisedYear {
				who = "各机关"
			}
		}
		v.fail(fault{
			place: "/report/metadata/published_on", paths: []string{"/report/metadata/published_on", "/report/year"}, expected: end.String(), actual: published.String(),
			message: "公开日期是" + chineseDate(published) + "，晚于规定的期限（" + who + "应当在" + chineseDate(end) + "前公布）。",
		})
	}
	return v
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
