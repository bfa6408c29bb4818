package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// A report that was another's keeps that one's place where nobody looked: in the address of
// a site, in the title of a paper, in quotes. A report of a county or district, of its offices
// and townships, has no other government of that level to publish on, to obey or to give
// rules, nor another's office of the author's own task. Of cities this is said of governments
// only: an office of a city may be below another city.

var (
	// governed is another government where the author's stands: its site, its gazette, its
	// rules, its orders; the group is the place. At the beginning of a clause two characters
	// before 县 are as often a verb (详见县政府网站).
	governed = lazyregexp.New(`(?:“|《|在|通过|依托|利用|借助|登录|按照|根据|围绕|印发|编印|制定|完善|开设|上线|修订|执行|到|于|由|向)(?:《?20\d\d年(?:度)?)?(\p{Han}{2,3}[区县旗市])` +
		`(?:委、[区县旗市]政府|委[区县旗市]政府|(?:人民)?政府(?:公报|官网|[门户官方在线信息公开平台]{0,8}(?:网站|网|站|平台|系统|专栏)|信息(?:依申请)?公开[^，。；]{0,10}(?:制度|规定|办法|流程|要求|指南))|人民政府”|(?:20\d\d年(?:度)?)?(?:政务公开|政府信息公开|信息公开|信息依申请公开)[^，。；]{0,8}(?:要点|制度|规定|办法|方案|流程))`)
	// worksFor is another place whose ends the author works for, or whose systems it keeps.
	worksFor = lazyregexp.New(`(?:围绕|服务|立足|聚焦|推动|助力|负责|维护)(\p{Han}{2,3}[区县旗市])(?:委、[区县旗市]政府|委[区县旗市]政府)?(?:20\d\d年(?:度)?)?(?:` +
		`(?:重要|重大|各项)?(?:决策部署|中心工作|工作大局|发展大局|重点工作|经济社会)|(?:行政执法|政务服务|政务公开|信用信息|企业信用|公共资源)[^，。；、]{0,8}(?:平台|系统|网站)的?(?:维护|管理|运行|建设))`)
	// ofGoverning begins what such a sentence has behind the name of the place.
	ofGoverning = strings.Fields("重要 重大 各项 决策部署 中心工作 工作大局 发展大局 重点工作 经济社会 行政执法 政务服务 信用信息 企业信用 公共资源 委、 委区 委县 委市 委旗 人民政府 政府 政务公开 信息公开 信息依申请 20")
	// ownTask is what follows the task of an office where its work is meant: 医疗保障工作要点.
	ownTask = lazyregexp.New(`^工作(?:要点|计划|总结|情况|动态)`)
	// taskPaper is what the title of a paper on the task of an office ends with.
	taskPaper = lazyregexp.New(`^[^《》，。；]{0,14}(?:制度|办法|方案|要点|预案|细则|规程|清单|流程)(?:（[^《》（）]{1,8}）)?》`)
	// ownPaperBefore says that the author made the paper whose title begins behind it.
	ownPaperBefore = lazyregexp.New(`(?:制定|印发|修订|出台|完善|编制|发布|公布|公开)了?《(?:20\d\d年(?:度)?)?$|》、?《$`)
	// titleBefore begins the title of a paper, up to a name.
	titleBefore = lazyregexp.New(`《(?:20\d\d年(?:度)?|关于)?$`)
	// quotedAccount is an account or column of the body named in quotes before.
	quotedAccount = lazyregexp.New(`^”?(?:官方|政务)*(?:微信|微博|公众号|网站|抖音|专栏|栏目)`)
	// elsewhere are words of sentences on what others do, or did with the author.
	withElsewhere = strings.Fields("借鉴 学习 经验 做法 转载 链接 兄弟 考察 交流 联合 会同 协议 共建 对口 帮扶 判决 裁定 被告 原告 移送 移交 划转 通办 跨省 跨市 跨县 跨区 转办 转来 来函 复函 两地 双方 同步 协助 配合 案例 转发 调研 原属 并入 属于 管辖 不属 先进 典型 函 协查 来访 赴 交办 申请人")
)

// governedIn finds another government of the author's level in the place of its own.
func (a *author) governedIn(s string) (mention, bool) {
	own := a.names[0].place
	if a.rank == rankGovernment {
		own = a.names[0].core
	}
	if !fullPlace(own) || !a.mayGovern(s, own) {
		return mention{}, false
	}
	// A city may be below another one, and so may work for its ends.
	governs := a.rank == rankGovernment
	for _, x := range [...]struct {
		said   *lazyregexp.Regexp
		cities bool
	}{{governed, governs}, {worksFor, governs && a.prefecture}} {
		for _, m := range x.said.FindAllStringSubmatchIndex(s, -1) {
			place := s[m[2]:m[3]]
			if a.otherCounty(own, place) && (lastRune(place) != "市" || x.cities) && !containsAny(clauseAround(s, m[2], m[1]), withElsewhere...) {
				return mention{place, m[2], m[3]}, true
			}
		}
	}
	return mention{}, false
}

// mayGovern is a quick look at a sentence: whether what may be the name of another place of the own
// one's level stands before one of ofGoverning.
func (a *author) mayGovern(s, own string) bool {
	level := lastRune(own)
	for from := 0; ; {
		at := strings.Index(s[from:], level)
		if at < 0 {
			return false
		}
		at += from
		from = at + len(level)
		if !hasAnyPrefix(s[from:], ofGoverning) {
			continue
		}
		const longest = 3 // characters before the level, as in governed and worksFor
		for n, start := 1, at; n <= longest; n++ {
			r, size := utf8.DecodeLastRuneInString(s[:start])
			if !isHan(r) || n == 1 && leadsUp.has(r) {
				break
			}
			if start -= size; n > 1 && a.otherCounty(own, s[start:from]) {
				return true
			}
		}
	}
}

// otherCounty reports whether a text is the name of a place of the own one's level and not that one.
func (a *author) otherCounty(own, place string) bool {
	return place != own && lastRune(place) == lastRune(own) && fullPlace(place) && plausible(place) && !a.knows(place) && !strings.Contains(place, strings.TrimSuffix(own, lastRune(own))) &&
		!containsAny(place, zones...) && !strings.ContainsAny(strings.TrimPrefix(strings.TrimSuffix(place, lastRune(place)), "镇"), "省市区县州乡镇街室各全本我该其两三几多某的和与及对在是为将把由向从等所并已未没受报经送请") && !containsAny(place, "属地", "当地", "相关", "有关", "所在", "所属", "上级", "下级", "本级", "周边", "其他", "邻近", "城关", "自治", "行政", "管辖", "直辖", "同级", "各级", "自贸", "综保", "合作区", "试验区", "先行区", "集聚区", "经济区", "产业区", "风景区", "核心区", "启动区", "起步区", "引领区", "港区", "老区", "都市", "县城", "全域", "上述", "访问", "浏览")
}

// townshipPaper is a rule on disclosure, or a part of a site, that is called by a township's name.
var townshipPaper = lazyregexp.New(`《(\p{Han}{2,3}(?:镇|乡|街道))(?:办事处|人民政府|政府)?(?:20\d\d年)?(?:政务公开|政府信息公开|信息公开|依申请公开)[^《》]{0,12}(?:制度|办法|指南|目录|方案|流程|规定)》|(?:政府)?网站(\p{Han}{2,3}(?:镇|乡|街道))(?:政务公开|政府信息公开|信息公开)?(?:专栏|栏目|频道|子站|页面)`)

// paperOfTownship finds another township in the title of a rule that the author, one itself,
// made or keeps, or as the name of its column on a site.
func (a *author) paperOfTownship(s string) (mention, bool) {
	if a.rank != rankTownship || !strings.Contains(s, "公开") || !containsAny(s, "《", "网站") {
		return mention{}, false
	}
	m := townshipPaper.FindStringSubmatchIndex(s)
	if m == nil {
		return mention{}, false
	}
	start, end := max(m[2], m[4]), max(m[3], m[5])
	if a.knows(s[start:end]) || containsAny(clauseAround(s, start, m[1]), withElsewhere...) {
		return mention{}, false
	}
	n, b, ok := a.subjectAt(s[start:])
	return mention{s[start:end], start, end}, ok && n >= end-start && a.kinOf(&b) == stranger
}

// twinIn finds the office of the author's own task of another county or district, in the title of
// a paper or as the owner of a site or an account. Subjects of clauses are read elsewhere.
func (a *author) twinIn(s string) (mention, bool) {
	own := &a.names[0]
	const shortest = 2 // characters of a task that tells offices apart
	if a.rank != rankDepartment || !fullPlace(own.place) || utf8.RuneCountInString(own.core) < shortest || !strings.Contains(s, own.core) {
		return mention{}, false
	}
	for from := 0; ; {
		at := strings.Index(s[from:], own.core)
		if at < 0 {
			return mention{}, false
		}
		at += from
		from = at + len(own.core)
		place := placeUpTo(s[:at])
		if place == "" || !a.otherCounty(own.place, place) {
			continue
		}
		start, rest := at-len(place), s[from:]
		end := from
		office := strings.HasPrefix(rest, own.end)
		if office {
			end += len(own.end)
			rest = rest[len(own.end):]
		}
		before := s[:start]
		ok := ownPaperBefore.MatchString(before) || hasAnySuffix(before, []string{"“", "@"}) && office && quotedAccount.MatchString(rest)
		paper := false
		if lastRune(place) != "市" { // an office of a city may stand above the author
			paper = ownPaperBefore.MatchString(before) && taskPaper.MatchString(rest)
			ok = ok || titleBefore.MatchString(before) || office && siteOf.MatchString(rest)
		}
		ok = ok && (office || paper || ownTask.MatchString(rest))
		if ok && !containsAny(clauseAround(s, start, end), withElsewhere...) && !containsAny(s[end:], besideSelf...) {
			return mention{s[start:end], start, end}, true
		}
	}
}

// paperNumber is the number of a paper, whose kind is called 函 as what is sent to others.
var paperNumber = lazyregexp.New(`\p{Han}*函〔20\d\d〕`)

// clauseAround is the clause that holds s[from:to] with the one before it, without numbers of
// papers.
func clauseAround(s string, from, to int) string {
	if strings.Contains(s, "函〔") {
		return paperNumber.ReplaceAllString(wholeClauses(s, from, to), "")
	}
	return wholeClauses(s, from, to)
}

func wholeClauses(s string, from, to int) string {
	start := max(0, strings.LastIndex(s[:from], "，"))
	start = max(0, strings.LastIndex(s[:start], "，"))
	if end := strings.Index(s[to:], "，"); end >= 0 {
		return s[start : to+end]
	}
	return s[start:]
}

// placeUpTo is the place whose name ends a text: of three characters, or of four where the
// first of them is no lead-up to a name.
func placeUpTo(s string) string {
	place := ""
	n := 0
	for end := len(s); n < 4; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		if !isHan(r) || n == 0 && !strings.ContainsRune("区县旗市", r) {
			break
		}
		end -= size
		if n == 2 || n == 3 && !leadsUp.has(r) && leadUp(s[:end]) {
			place = s[end:]
		}
	}
	if place != "" && !leadUp(s[:len(s)-len(place)]) {
		return ""
	}
	return place
}

// leadsUp are the last characters of what leads up to a name.
var leadsUp = runesOf("在过托用助录照据绕发印定善设线订行到于由向年和与及为是将对，、。：“《（(将把了站@")

// leadUp reports whether a name may begin behind a text.
func leadUp(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || !isHan(r) || leadsUp.has(r)
}
