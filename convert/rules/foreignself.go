package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// 我局 and 本镇 are the author. In a sentence about another body they tell the two apart
// where they are what the other does something to or with (与我局, 向我镇, 来我县); where
// they own what the other works at (列为我镇重点), or go on with its story in a clause of
// their own, the sentence holds both names for one.

// selfWord is a word by which the author calls itself; the group is its kind.
var selfWord = lazyregexp.New(`[我本](单位|机关|部门|局|委|厅|办事处|街道办|街道|街办|镇|乡|县|市|区|州|旗|校|院|中心|分局)`)

// asOwn are the words that make the author the owner of what follows, before its word.
var asOwn = strings.Fields("作为 列为 列入 成为 视为 定为 当作 纳入 摆进 摆上 摆在 融入 写入")

// ownLower begin what is the author's below it.
var ownLower = strings.Fields("各 所属 所有 全体 辖区 下属 基层")

// toExpected is the measure that work is held against.
var toExpected = lazyregexp.New(`[与同和离距对向][^，。；我]{2,14}?(?:期待|期盼|期望|要求|需求|需要|目标|标准)(?:相比|相较|比较)?|[与同和](?:先进|其他|兄弟|周边)(?:单位|地区|县区|县市|街道|乡镇|部门)(?:相比|相较|比较)`)

// tied reports whether the sentence has a word for the author that is what the body named
// at s[start:end] does something to or with; of what it plans, only with.
func tied(s string, start, end int, planned bool) bool {
	with := "向对与为到来给由请至同和从被让使经赴知送帮助导、及跟合促查邀转交将把"
	if planned {
		with = "向与到来由请同和赴、及跟"
	}
	s = toExpected.ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat("-", len(m)) })
	for _, m := range selfWord.FindAllStringIndex(s, -1) {
		if m[0] >= start && m[0] < end {
			continue
		}
		before := s[:m[0]]
		if m[0] < start && withOthers.MatchString(s[:start]) {
			return true
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		if m[0] > 0 && strings.ContainsRune(with, last) && !hasAnySuffix(before, asOwn) && !hasAnyPrefix(s[m[1]:], ownLower) {
			return true
		}
	}
	return false
}

// withOthers says that the author had to do with others before the body is named.
var withOthers = lazyregexp.New(`[与同跟赴邀请向]|联合|会同|双方|两地|三地|到\p{Han}{2}[县区市镇乡]`)

// innerOffice is a part of a body, behind its name.
const innerOffice = `(?:党政综合办公室|党政办公室|综合办公室|党政综合办|办公室|党政办|综合办|\p{Han}{2,6}(?:股|科|处|室|中心))`

var (
	innerEnd = lazyregexp.New(`^` + innerOffice + `$`)
	// ourPart calls what stands before it a part of the author that disclosure is the task of.
	ourPart = lazyregexp.New(`(?:是|为|系|作为|承担)[我本](?:局|委|厅|街道|镇|乡|县|市|区|校|院|中心)[^，。；]{0,20}?(?:工作机构|日常机构|受理机构|公开机构|(?:牵头|主责|责任|主管|归口|承办)(?:股室|科室|处室|部门|单位)|公开专区|日常工作|组织协调|(?:政务|信息)公开(?:的)?(?:机构|部门|科室|股室))`)
	// naming stands between the beginning of a clause and the part named.
	naming = lazyregexp.New(`^(?:明确|确定|指定|由|以|将)(?:由)?`)
	// ourTask is the author's disclosure, which the body named next has the task of.
	ourTask = lazyregexp.New(`[我本](?:局|委|厅|街道|镇|乡|县|市|区|校|院|中心)(?:的)?[^，。；、]{0,12}公开[^，。；、]{0,12}(?:由|为|是|设在|归)$`)
	// drafting is work on the author's own papers by the office that stands before.
	drafting = lazyregexp.New(`(?:^|[，；：])([^，。；：我本]{3,20}?)(` + innerOffice + `)(?:牵头|具体|统一)?(?:制定|编制|修订|起草|汇总)(?:了)?[我本](?:局|委|镇|乡|街道|县|市|区)[^，。；]{0,12}公开`)
	hasTask  = lazyregexp.New(`^` + innerOffice + `(?:归口|承担|负责|牵头|具体|统筹|[，。；]|$)`)
)

// ownedOffice finds a part of another body that the sentence calls the author's own.
func (a *author) ownedOffice(s string) (mention, bool) {
	if !containsAny(s, "我", "本") || !strings.Contains(s, "公开") || !selfWord.MatchString(s) {
		return mention{}, false
	}
	if m := ourPart.FindStringIndex(s); m != nil {
		start := 1 + strings.LastIndexAny(s[:m[0]], "，：")
		if start > 1 {
			start += len("，") - 1
		}
		start = max(0, start)
		if start == 1 {
			start = 0
		}
		start += len(passLeadIn(s[start:]))
		start += len(naming.FindString(s[start:]))
		if start < m[0] && !a.namedAt(s[start:]) {
			if end, b, ok := a.subjectAt(s[start:m[0]]); ok {
				part := s[start+end : m[0]]
				if k := a.kinOf(&b); (k == stranger || k == sister && part != "") && (part == "" || innerEnd.MatchString(part)) {
					return mention{s[start : start+end], start, start + end}, true
				}
			}
		}
	}
	if m := drafting.FindStringSubmatchIndex(s); m != nil {
		if end, b, ok := a.subjectAt(s[m[2]:]); ok && m[2]+end < m[5] && a.kinOf(&b) != related && innerEnd.MatchString(s[m[2]+end:m[5]]) {
			return mention{s[m[2] : m[2]+end], m[2], m[2] + end}, true
		}
	}
	for _, w := range [...]string{"由", "为", "是", "设在", "归"} {
		at := strings.Index(s, w)
		if at < 0 || !ourTask.MatchString(s[:at+len(w)]) {
			continue
		}
		start := at + len(w)
		if a.namedAt(s[start:]) {
			continue
		}
		if end, b, ok := a.subjectAt(s[start:]); ok && a.kinOf(&b) != related && hasTask.MatchString(s[start+end:]) {
			return mention{s[start : start+end], start, start + end}, true
		}
	}
	return mention{}, false
}

var (
	// ownPaper begins a paper on disclosure that a clause tells the author to have made; the
	// group is what stands before.
	ownPaper = lazyregexp.New(`(?:^|[，；：])([^，。；：《》]{0,24}?)(?:制定|印发|修订|出台|编制|审议通过|研究通过|通过|修改完善|完善|更新)(?:了)?《`)
	// ownOrgan is an organ of the author.
	ownOrgan = lazyregexp.New(`(?:街道|镇|乡|局)?(?:党工委|党委|党组|局务会|领导班子|办公会|主任会)(?:会议)?`)
	// paperOn is what its title goes on with behind the name.
	paperOn = lazyregexp.New(`^[^《》]{0,20}?(?:政务公开|政府信息公开|信息公开|依申请公开|主动公开|信息发布)[^《》]{0,24}(?:方案|制度|办法|指南|目录|规定|细则|流程|要点|清单|计划)(?:的通知)?》`)
	// paperLead begins the title of such a paper before the name of the body.
	paperLead = lazyregexp.New(`^(?:20\d\d年(?:度)?)?(?:关于)?(?:印发|进一步|切实|做好|加强|规范|推进|深化|完善|调整)*`)
	// nextPaper goes on to the next paper of a list.
	nextPaper = lazyregexp.New(`^[^《》]*》[、和及以与]*《`)
	// othersAct says that the clause has another subject, or that the paper is only passed on.
	othersAct = strings.Fields("府 厅 县 市 区 院 会同 配合 协助 按照 根据 依据 转发 学习 参照 借鉴 对照 参与 联合 为 兄弟")
)

// foreignPaper finds a paper on disclosure that the author made under another body's name.
func (a *author) foreignPaper(s string) (mention, bool) {
	if !strings.Contains(s, "《") || !containsAny(s, "定《", "发《", "订《", "台《", "制《", "过《", "善《", "新《", "了《") { // as ownPaper ends
		return mention{}, false
	}
	for _, m := range ownPaper.FindAllStringSubmatchIndex(s, -1) {
		if containsAny(s[m[2]:m[3]], othersAct...) {
			continue
		}
		if subject := ownOrgan.ReplaceAllString(selfWord.ReplaceAllString(s[m[2]:m[3]], ""), ""); containsAny(strings.TrimPrefix(subject, "局"), "局", "镇", "乡", "委", "中心") {
			continue
		}
		for at := m[1]; ; {
			if m, ok := a.titled(s, at+len(paperLead.FindString(s[at:]))); ok {
				return m, true
			}
			next := nextPaper.FindString(s[at:])
			if next == "" {
				break
			}
			at += len(next)
		}
	}
	return mention{}, false
}

// titled finds another body as the owner of the paper in whose title its name begins at start.
func (a *author) titled(s string, start int) (mention, bool) {
	if a.namedAt(s[start:]) {
		return mention{}, false
	}
	end, b, ok := a.subjectAt(s[start:])
	if end += start; !ok || (b.place != "") != (b.rank == rankDepartment) || !paperOn.MatchString(s[end:]) {
		return mention{}, false
	}
	k := a.kinOf(&b)
	return mention{s[start:end], start, end}, k != related && (k == stranger || b.rank == a.rank) && !tied(s, start, end, false)
}

var (
	// ownDuty is what a body is there for; the next clause goes on with its offices.
	ownDuty = lazyregexp.New(`^(?:作为[^，。；]{2,24}(?:机关|部门|机构|单位|主体)，[我本](?:局|委|厅|镇|乡|街道)|(?:是|为|系|主管|负责|承担|主要职责|辖区|下辖|位于|地处)[^，。；]{2,30}，[我本](?:局|委|厅|镇|乡|街道)(?:现有|现设|内设|下设|共设|设有|共有|编制|在编))`)
	// lacks are shortcomings of disclosure.
	lacks = `(?:不(?:深|强|高|实|到位|及时|全|细|严|规范|平衡|丰富|熟|畅|快|多|准|透|广|新|完善|健全|明显|主动|够|足|积极)|单一|频繁|仍有|还有|有待|短板|差距|薄弱|欠缺|滞后|需(?:要)?(?:加强|提高|提升))`
	// ownLacks tells the shortcomings of the body and goes on with those of 我局.
	ownLacks = lazyregexp.New(`^[^，。；]{0,24}(?:公开|信息|解读|栏目|更新)[^，。；]{0,24}` + lacks + `[^，。；]{0,6}，(?:(?:部分|个别)[^，。；]{2,24}，)?(?:[一二三]是|同时|此外|且|而且)?[我本](?:局|委|厅|镇|乡|街道)[^。；]{0,24}(?:` + lacks + `|整改|改进)`)
	// conceding is a clause on how the author's work goes, before plans for it.
	conceding = lazyregexp.New(`[我本](?:局|委|厅|镇|乡|街道|单位)[^。；]{0,24}(?:` + lacks + `|做了|取得|成效|进步|进展|成绩)`)
	// ownPlan is what a body intends with its disclosure.
	ownPlan = lazyregexp.New(`^(?:还|也|都)?(?:将|拟|计划)[^。；]{0,40}(?:公开目录|政务公开|信息公开|公开水平|公开实效|公开力度|公开质量|公开质效|公开渠道|公开内容|年报编制|公开工作)`)
)

// sameAsSelf reports whether the sentence tells of an office beside the author in one breath
// with 我局, as of one body.
func (a *author) sameAsSelf(s string, start, end int) bool {
	rest := strings.ReplaceAll(s[end:], "不及时", "滞后") // 及时，我局 is no 时，我局
	rest = strings.ReplaceAll(rest, "及时", "")
	if ownDuty.MatchString(rest) {
		return !containsAny(rest, besideSelf...) && !containsAny(rest, "复议", "评议")
	}
	if !selfWord.MatchString(s) || tied(s, start, end, false) || containsAny(rest, besideSelf...) || containsAny(s[:start], besideSelf...) {
		return false
	}
	switch {
	case ownLacks.MatchString(rest):
	case conceding.MatchString(s[:start]) && ownPlan.MatchString(rest):
	default:
		return false
	}
	return !containsAny(s, "通报", "反馈", "督促", "审计", "巡察", "抽查", "检查", "指出")
}
