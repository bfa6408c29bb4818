package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// toldApart reports whether words of the sentence tell the body from the author; rest is what
// follows its name, itself that it goes on with 我局 as of that body.
func (a *author) toldApart(s, rest string, k kin, itself bool) bool {
	if itself && !compared.MatchString(rest) {
		rest = guidesOthers.ReplaceAllString(rest, "")
		before := atEase.Replace(s[:len(s)-len(rest)])
		return containsAny(before, tellingApart...) || containsAny(before, selfNames...) && withOthers.MatchString(before) || containsAny(rest, besideSelf...)
	}
	whole := s
	s = ownStaff.ReplaceAllString(s, "")
	told := atEase.Replace(noChallenge.ReplaceAllString(expected.ReplaceAllString(s, ""), ""))
	if k == stranger && compared.MatchString(rest) {
		return true
	}
	if k == stranger {
		return a.strangerApart(whole, len(whole)-len(rest), told)
	}
	if containsAny(told, tellingApart...) || containsAny(told, selfNames...) {
		return true
	}
	return k == sister && (containsAny(told, wholeArea...) || containsAny(told, ownTasks...) && !containsAny(rest, officeParts...))
}

// compared tells two bodies by their figures.
var compared = lazyregexp.New(`^[^，。；\d]{0,12}\d+(条|件|次)，我(?:街道|镇|乡|局|委|县|市|区)[^，。；\d]{0,12}\d+(条|件|次)`)

// strangerApart reports whether words of the sentence tell the author from a body of its kind
// whose name ends at s[end], or tie the two together; told is the sentence without phrases
// that do neither.
func (a *author) strangerApart(s string, end int, told string) bool {
	start := strings.LastIndexAny(s[:end], "，：")
	start = max(0, start)
	planned := plans.MatchString(s[end:])
	if tied(s, start, end, planned) {
		return true
	}
	if planned {
		return containsAny(s[:start], tellingApart...) || containsAny(s[end:], boundWords...)
	}
	if doesWork.MatchString(s[end:]) && strings.Contains(s[end:], "公开") && !containsAny(s[:start], tellingApart...) {
		told = ownManner.Replace(told)
	}
	told = underOthers.ReplaceAllString(told, "")
	told = toExpected.ReplaceAllString(told, "")
	return containsAny(ownChallenges.ReplaceAllString(guidesLower.ReplaceAllString(told, ""), ""), tellingApart...)
}

// speaksOn reports whether the words after the name of a body go on with the words by which
// such a body calls itself (宜山县医保局…，我局…), as its subject or what it owns.
func (b *bodyName) speaksOn(rest string) bool {
	var words []string
	switch b.rank {
	case rankTownship:
		words = []string{"我" + b.end, "本" + b.end}
	case rankDepartment:
		if words = []string{"我" + b.end, "本" + b.end}; b.end == "委员会" {
			words = []string{"我委"}
		} else if strings.HasSuffix(b.core, "分") {
			words = append(words, "我分局")
		}
	case rankGovernment:
		words = []string{"我" + lastRune(b.core)}
	case noRank:
	}
	words = append(words, "本单位", "我单位", "本机关")
	return slices.ContainsFunc(words, func(w string) bool {
		at := strings.Index(rest, w)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:at])
		return hasAnySuffix(rest[:at], asOwn) || !strings.ContainsRune("向对与为到来给由请至同和从被让使经赴知送", before)
	})
}

// branch ends the name of a branch before the word for its kind: 江南分局, 临港分中心.
const branch = "分"

// otherBranch reports whether a body is a branch beside the author, itself one: 江南分局. One that
// is called by its task (公安分局) is another's branch.
func (a *author) otherBranch(b *bodyName) bool {
	own := a.names[0].core
	if a.rank != rankDepartment || b.rank != rankDepartment || b.end != a.names[0].end || !strings.HasSuffix(own, branch) || !strings.HasSuffix(b.core, branch) || containsAny(b.core, "各", "基层", "该", "有关", "相关", "所属", "下属", "其他", "兄弟") {
		return false
	}
	name := b.branchName()
	const longest = 4 // characters
	n := utf8.RuneCountInString(name)
	return n > 1 && n <= longest && !a.knows(name) && !containsAny(name, tasks...)
}

// branchName is the name of a branch without that of the whole: 东湖 of 自然资源局东湖分局.
func (b *bodyName) branchName() string {
	name, ok := strings.CutSuffix(b.core, branch)
	if !ok {
		return ""
	}
	for _, whole := range [...]string{"局", "中心"} {
		if at := strings.LastIndex(name, whole); at >= 0 {
			name = name[at+len(whole):]
		}
	}
	return name
}

// atEase takes out phrases that hold a word of tellingApart or ownTasks and tell nobody apart.
var atEase = glance.NewReplacer("与去年相比", "", "与上年相比", "", "与上年度相比", "", "与去年同期相比", "", "为例外", "", "负责本单位", "", "条例要求", "", "条例规定要求", "", "》要求", "", "按照要求", "", "相关要求", "", "有关要求", "", "上级要求", "", "工作要求", "", "上级部署", "", "决策部署", "", "工作部署", "", "本局", "", "各村积极配合", "", "各村配合", "", "各社区配合", "", "各科室配合", "", "各股室配合", "", "各部门配合", "", "各站所配合", "", "示范文本", "", "一次性告知", "", "一次告知", "", "告知承诺", "", "密切配合", "", "督导力度", "", "督查力度", "", "督促力度", "", "检查力度", "", "总结经验", "", "总结工作经验", "", "协作配合", "", "互动交流", "", "协同落实", "", "协同推进", "", "沟通交流", "", "积极配合", "", "行政复议、行政诉讼", "", "行政复议和行政诉讼", "", "行政复议及行政诉讼", "", "行政复议、诉讼", "")

// ownManner takes out words of tellingApart by which a body that goes about its own disclosure
// tells of those below it, beside it and of its applicants.
var ownManner = glance.NewReplacer("申请人", "", "指导", "", "督促", "", "督导", "", "督查", "", "督办", "", "牵头", "", "协助", "", "协同", "", "联动", "", "配合", "", "反馈", "", "告知", "", "主管部门", "", "等部门", "", "等单位", "", "学校", "", "卫生院", "", "派出所", "", "司法所", "", "掌握", "", "合法性审查", "", "政策函", "", "信函", "", "回函", "", "示范区", "", "示范点", "", "规范示范", "")

// ownStaff is how a body sees to it that its own offices do their part.
var ownStaff = lazyregexp.New(`(?:加强|强化|加大|开展|做好)?对?(?:各|机关|局属|内设)(?:科室|股室|处室|站所|办所)[^，。；]{0,10}的?(?:督促|督查|督办|检查|考核|指导|通报|调度)+(?:力度)?`)

// guidesOthers is what a body does for those below it, which parts nobody from the author.
var guidesOthers = lazyregexp.New(`对[^，。；我]{2,20}(?:部门|街道|乡镇|单位|县区|区县|县（市、区）|镇（街道）)的?(?:督促|监督|业务|工作|督查|和|与|、)*(?:指导|督导)(?:力度|督促)?`)

// guidesLower is what a body has those below it do.
var guidesLower = lazyregexp.New(`(?:指导|督促|督导|督查|通报|考核|检查|抽查|组织|推动|带动|引导|帮助)(?:全[县市区镇]|本[县市区镇]|辖区|所辖|所属|下属|基层|其)?(?:各|村|社区|部门|乡镇|镇|街道|单位|县区|县（)[^，。；]{0,4}`)

// ownChallenges are the challenges that a body met itself.
var ownChallenges = lazyregexp.New(`(?:有|收到|发生|办理|涉及|被申请|引发)[^，。；]{0,16}复议(?:[、和及]?(?:行政)?诉讼)?(?:案件)?|复议(?:维持率|纠错率|败诉率|\d+[件起])`)

// underOthers names those who stand above or help.
var underOthers = lazyregexp.New(`在[^，。；我]{2,30}(?:指导|领导|支持|帮助|关心|监督|督促)(?:和(?:支持|帮助|指导))?下`)

// plans begins what a body intends.
var plans = lazyregexp.New(`^(?:人民政府|政府|办事处|党委、政府|党工委、办事处)?(?:还|也|都)?(?:将|拟|计划)`)

// boundWords are what a body intends with others.
var boundWords = strings.Fields("会同 联合 结对 帮扶 共建 协议 移交 移送 划转 划入 并入 来访 兄弟 判决 裁定 被告 原告 申请人 向其 该局 该镇 该乡 该县 代管 共同 一道")

// noChallenge says that there was no challenge, or how many the body met, which is no word of
// another's.
var noChallenge = lazyregexp.New(`因(?:政府)?信息公开(?:工作)?(?:发生|引发|产生|引起)的?(?:行政)?(?:复议|诉讼)(?:案件)?\d+[件起宗]|(?:没有|未|无)[^，。；]{0,24}复议(?:[、和及与]?(?:行政)?诉讼)?|因(?:政府)?信息公开[^，。；]{0,8}被(?:公民|申请人)?(?:申请|提起|提出)(?:了)?[^，。；]{0,4}(?:复议|诉讼)(?:案件)?\d+[件起宗](?:[，、]?被(?:申请|提起|提出)[^，。；]{0,4}(?:复议|诉讼)(?:案件)?\d+[件起宗])?|(?:办理|收到|受理|作出|应对)的[^，。；我]{0,16}(?:复议|诉讼)(?:案件)?(?:均|全部|都|已)`)

// mentionsItself reports whether a text names the author too; end is how the other body's
// name ends, which the bare word then stands for.
func (a *author) mentionsItself(s, end string) bool {
	for _, n := range a.names {
		if n.core != "" && strings.Contains(s, n.core+n.end) {
			return true
		}
		if name := n.branchName(); name != "" && strings.Contains(s, name+branch+n.end) {
			return true
		}
	}
	if a.rank != rankTownship {
		return false
	}
	return end != "街道" && containsAny(s, "，街道", "。街道", "街道同步", "为街道", "对街道", "向街道", "与街道", "本街道") || end != "镇" && containsAny(s, "为镇", "对镇", "，镇", "本镇")
}
