package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// Offices of one county copy from each other. What is then told of 县财政局 in the report of another one is its
// own report's: how it organised its disclosure, what it still lacks, what it means to do.

// toldOfSelf is what only the report of an office says of it.
var toldOfSelf = lazyregexp.New(`^(?:(?:20\d\d年度?|本年度)?成立了?以(?:局长|主任|办事处主任|镇长|乡长|党组书记)[^，。；]{0,6}为组长的?[^，。；]{0,6}(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组[^。]{0,40}(?:局机关|局办公室|各股室|各科室|各处室|党政办|各社区|各村|各站所)|` +
	`(?:20\d\d年度?|本年度)?(?:及时|重新)?(?:调整|充实)了?(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组|` +
	`坚持(?:以)?公开为常态、?不公开为例外|[^。；我]{0,30}结合本(?:局|委|单位|街道|镇|乡)(?:工作)?实际|` +
	`(?:20\d\d年度?|本年度)?在(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:方面|中|上)?[^。；我本]{0,30}(?:取得|有)[^。；我本]{0,30}(?:不足|差距|问题|短板)[^。；我本]{0,30}，我(?:局|委|办)将|` +
	`(?:始终|一直|历来)?把(?:政务公开|政府信息公开|信息公开)(?:工作)?(?:摆在|放在|作为|纳入|列入)[^。；]{2,40}|` +
	`[^。；我]{0,40}，全年(?:均)?(?:未|没有)(?:收到|接到)(?:政府信息公开|信息公开|公开)?申请|` +
	`将从(?:以下)?(?:[一二两三四五六七八九十\d]+个?)?方面[^。；我]{0,12}(?:改进|加强|着手|推进|做好|努力|入手|发力)[^。我]{0,60}(?:信息公开|政务公开|信息发布|解读|依申请)|` +
	`将(?:进一步|继续|不断|持续)[^。；我]{0,60}(?:推动|推进|促进|提升|做好)本(?:单位|局|委|机关)(?:的)?(?:政府信息公开|政务公开|信息公开))`)

// beside reports whether a body may be one of the author's like: two offices, or two townships of which one is not the
// other's.
func (a *author) beside(b *bodyName) bool {
	return a.rank == rankDepartment && b.rank == rankDepartment || a.rank == rankTownship && b.rank == rankTownship && a.kinOf(b) == stranger
}

// siblingAsSelf reports whether the sentence tells of the office at s[start:end], another one than the author, what
// only its own report says.
func (a *author) siblingAsSelf(s string, start, end int, b *bodyName) bool {
	if !a.beside(b) || a.is(*b) || a.knows(b.core) && !a.twinOf(b) || inTitle(s, start) || containsAny(s, "指导", "督促", "学习", "借鉴", "会同", "联合", "原") {
		return false
	}
	told := toldOfSelf.FindString(s[end:])
	mayBeToldApart := startsWithAny(told, "将", "调整", "充实", "及时", "重新", "坚持") || strings.Contains(told, "结合本")
	return told != "" && (!mayBeToldApart || !strings.Contains(s, "我")) || b.place != "" && a.names[0].place == b.place && noCharge.MatchString(s[end:])
}
