package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// What a few plain sentences tell of the body they begin with is the author's own, whatever
// words of comparison stand in them.

var (
	// siteDoes is how much the site of a body published, or what it is to disclosure.
	siteDoes = lazyregexp.New(`^(?:人民政府|政府)?(?:门户网站|政府网站|官方网站|官网|网站|微信公众号|公众号)(?:(?:全年|20\d\d年度?|本年度?)(?:共|累计)?|共|累计)(?:发布|公开|更新|推送)[^，。；\d]{0,12}\d|^(?:人民政府|政府)?(?:门户网站|政府网站|官方网站|官网|网站)作为(?:政府)?(?:信息公开|政务公开)[^，。；]{0,6}(?:平台|渠道|阵地|窗口|载体)`)
	// noCharge says that a body asked nobody to pay for an answer.
	noCharge = lazyregexp.New(`^(?:20\d\d年度?|本年度|全年)?(?:均|也)?(?:未|没有|从未)(?:向申请人|对申请人)?(?:发出|收取|产生|制发)[^，。；]{0,6}(?:收费通知|信息处理费|处理费)`)
	// shortNamed is the author as it is named once, with what it does.
	shortNamed = lazyregexp.New(`^[（(]以下(?:统)?简称[:：]?“?[^（）()“”]{2,10}(?:局|委)”?[）)](?:始终|严格|认真|坚持|持续|积极|深入|全面|进一步)`)
	// ratedAt is a check by an office of the author's own county, and rated its result.
	ratedAt = lazyregexp.New(`在(?:本|我)?[县区旗][^，。；]{2,24}(?:检查|考核|评估|测评|通报)中，$`)
	rated   = lazyregexp.New(`^(?:均|连续|再次|也)*被?评(?:定)?为`)
	// learning are words of sentences on others' work.
	learning = strings.Fields("学习 借鉴 经验 做法 参照 转载 同步 链接 联合 会同 兄弟 配合 协助 划转 合署 委托 考察 共建 对口")
)

// plainlyActs reports whether the sentence tells of the body at s[start:end] what is the
// author's own.
func (a *author) plainlyActs(s string, start, end int, b *bodyName) bool {
	rest := s[end:]
	if containsAny(s, selfNames...) || containsAny(s, learning...) || inTitle(s, start) {
		return false
	}
	switch k := a.kinOf(b); {
	case k == stranger:
		return siteDoes.MatchString(rest) || rated.MatchString(rest) && ratedAt.MatchString(s[:start]) || noCharge.MatchString(rest) ||
			unitWorks.MatchString(rest) && !tied(s, start, end, false) && !containsAny(atEase.Replace(s), tellingApart...)
	case k == sister && b.rank == rankDepartment && a.rank == rankDepartment && b.place != "" && b.place == a.names[0].place:
		return shortNamed.MatchString(rest) && strings.Contains(rest, "公开") || decided.MatchString(rest) && containsAny(rest, "均在", "公示") && !strings.Contains(s, "涉")
	}
	return a.otherZone(b) && (doesWork.MatchString(rest) || countDeed.MatchString(rest)) && containsAny(rest, "公开信息", "公开政府信息", "主动公开", "信息公开", "政务公开") && !containsAny(s, tellingApart...)
}

// nextPlan is what a body means to do next: 镇政府将继续做好政府信息公开工作.
var nextPlan = lazyregexp.New(`^(?:下一步|今后|接下来|下一年|20\d\d年)?，?(?:还|也)?(?:将|拟|计划)(?:进一步|继续|不断|持续|切实|着力|认真|严格|加大|加强|加快)`)

// plansAsSelf reports whether the sentence tells what the author's like of another place means to do next: of
// the same office, or by 本 as of itself. 柳溪区国资委将进一步完善本委信息公开制度.
func (a *author) plansAsSelf(s string, start, end int, b *bodyName) bool {
	rest := s[end:]
	rest = rest[len(bodyTail.FindString(rest)):]
	if !nextPlan.MatchString(rest) || a.kinOf(b) != stranger || b.rank != a.rank || inTitle(s, start) || strings.Contains(s, "我") ||
		containsAny(s, learning...) || containsAny(s, "移交", "移送", "交流", "合作", "结对", "共同", "协同", "联动", "一道") {
		return false
	}
	switch b.rank {
	case rankDepartment:
		return sameLevel(a.names[0].place, b.place) && (sameOffice(a.names[0].core, b.core) && b.place != "" || strings.Contains(rest, "本"+b.end))
	case rankGovernment:
		return sameLevel(a.names[0].core, b.core) && strings.Contains(rest, "本"+lastRune(b.core))
	case rankTownship:
		return strings.Contains(rest, "本"+b.end)
	case noRank:
	}
	return false
}

// otherZone reports whether a body is the other one of the two kinds of zones that a city
// has, the author being of the one.
func (a *author) otherZone(b *bodyName) bool {
	_, kind := cutZone(zoneOf(b.core))
	name := strings.TrimSuffix(zoneOf(b.core), kind)
	if a.rank != rankGovernment || b.rank != rankGovernment || len(a.full) == 0 || !hasAnySuffix(b.core, []string{"管委会", "管理委员会"}) && (kind == "" || !a.knows(lastRune(name)) || !fullPlace(name)) {
		return false
	}
	high, economic := strings.Contains(b.core, "高新"), containsAny(b.core, "经济技术", "经济开发", "经开")
	return high && !economic && !a.knows("高新") && (a.knows("经济技术") || a.knows("经济开发") || a.knows("经开")) || economic && !high && !a.knows("经济技术") && !a.knows("经济开发") && !a.knows("经开") && a.knows("高新")
}

// peopleOn is what the people of a place think of the disclosure of its body.
var peopleOn = lazyregexp.New(`(?:^|[，；让使])([^，；。\d]{1,5}(?:镇|乡|街道))(?:的|广大|辖区)*(?:居民|群众|村民|干部群众|老百姓)[^，。；]{0,4}对[^，。；]{0,8}(?:公开|政府信息)[^，。；]{0,10}(?:满意|知晓|认可|评价|信任|参与)`)

// othersPeople finds another township whose people are asked about disclosure: a township hears
// its own.
func (a *author) othersPeople(s string) (mention, bool) {
	if a.rank != rankTownship || !strings.Contains(s, "公开") || !containsAny(s, "满意", "知晓", "认可", "评价", "信任", "参与") {
		return mention{}, false
	}
	m := peopleOn.FindStringSubmatchIndex(s)
	if m == nil || a.namedAt(s[m[2]:]) {
		return mention{}, false
	}
	end, b, ok := a.subjectAt(s[m[2]:m[3]])
	ok = ok && m[2]+end == m[3] && a.kinOf(&b) == stranger && !containsAny(s, tellingApart...) && !containsAny(s, selfNames...)
	return mention{s[m[2]:m[3]], m[2], m[3]}, ok
}

// ownAttitude tells how an office goes about its own disclosure, down to its sections.
var ownAttitude = lazyregexp.New(`^(?:始终|一直|历来)?(?:高度重视|十分重视|非常重视|认真贯彻|严格落实|坚持把)[^。；]*[，、](?:(?:由)?各(?:股室|科室|处室)|(?:明确|由|确定|指定|安排|成立)?(?:由)?局(?:党组|办公室|机关|主要领导|领导班子)|局长)`)

// twinAbove reports whether a body is the author's own office of another place, of another
// level, which may stand above it.
func (a *author) twinAbove(b *bodyName) bool {
	return a.namedPlace(b) && sameOffice(a.names[0].core, b.core)
}

// abovePlace reports whether the author's place is of the level above a county's.
func (a *author) abovePlace(county string) bool {
	own := a.names[0].place
	return hasAnySuffix(county, []string{"县", "区", "旗"}) && (hasAnySuffix(own, []string{"市", "州", "盟"}) || strings.HasSuffix(own, "地区")) && !strings.HasSuffix(county, "地区")
}

// namedPlace reports whether an office is of a place that is named in full and is not the
// author's.
func (a *author) namedPlace(b *bodyName) bool {
	return a.rank == rankDepartment && b.rank == rankDepartment && fullPlace(b.place) && b.place != a.names[0].place && !a.knows(b.place)
}

// quotedColumn is a part of a site that is called by a name.
var quotedColumn = lazyregexp.New(`“[^“”]{2,24}”(?:专栏|栏目|页面|子站)`)

// withoutSites takes out the author's halls and sites, in which a body that does the work of the
// author sets something up or publishes; acts says that it does.
func (a *author) withoutSites(s string, acts bool) string {
	if !acts {
		return s
	}
	s = quotedColumn.ReplaceAllString(s, "专栏")
	for _, n := range a.names {
		for _, hall := range [...]string{"便民服务中心", "党群服务中心", "政务服务中心", "政务服务大厅", "便民服务大厅"} {
			s = strings.ReplaceAll(s, "在"+n.core+n.end+hall, "在"+hall)
		}
		for _, by := range [...]string{"通过", "依托", "利用", "借助"} {
			s = strings.ReplaceAll(s, by+n.core+n.end+"人民政府", by+"政府")
			s = strings.ReplaceAll(s, by+n.core+n.end+"政府", by+"政府")
		}
	}
	return s
}
