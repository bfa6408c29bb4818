package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// The principle of 条例 第五条 has two halves: disclosure is the rule, keeping back the
// exception. However it is worded, each half joins one of the two with one of the
// places: a clause of the principle that joins disclosure with the exception, or keeping
// back with the rule, has it turned round.

var (
	// half is one half of the principle: what is done, and its place, in either order,
	// with nothing between but words that join them.
	half = lazyregexp.New(`(?:^|以|把|将|让|使|坚持|“|"|、|，|,|；|：|:|是|的|遵循|按照|落实|秉持|树立|贯彻|做到)((?:不|未|非|少|拒绝|限制|暂缓|免于)(?:予|予以|主动|宜|对外|向社会|再)?公开|(?:主动|对外|依法|全面|及时|政府信息|信息)*公开)` +
		`(?:政府信息|信息)?(?:才|就|则|即|均|应|应当|一律|都)?(?:是|为|作为|摆在|放在|摆到|置于|限定为|列为|确定为|当做|看做|看成|当|当作|当成|视为|看作|成为|定为|属于|属|作)?(?:一种|个)?(?:基本|一般|个别|少数|极少数|普遍)?` + roles + `(?:情况|情形|做法|原则|位置|地位|状态|事项|化)?$`)
	// turnedHalf has the place first: 常态不公开, 例外才公开.
	turnedHalf = lazyregexp.New(`(?:^|以|“|"|、|，|,|是|的|：|坚持|遵循|按照|落实|秉持|树立|贯彻|做到|实行|推行)` + roles + `(?:是|为|即|则|就|才|上|下|情况下|情形下|中|性|化)?(?:要|应|应当|可以|予以|均|都|再|方可|方)?((?:不|未|暂缓)(?:予|予以|主动|对外)?公开|(?:主动|对外)?公开)$`)
)

// roles are the places of the two halves.
const roles = `(优先|常态|常规|原则|惯例|主|主体|主流|一般|普遍|多数|大多数|前提|基础|基本|首要|先|例外|特例|个别|少数|极少数|特殊|辅|补充|次|后)`

var roleWords = strings.Split(strings.Trim(roles, "()"), "|")

// exceptional are the places of what is seldom.
var exceptional = map[string]bool{"例外": true, "特例": true, "个别": true, "少数": true, "极少数": true, "特殊": true, "辅": true, "补充": true, "次": true, "后": true}

// turnedHalves finds the halves of the principle that are turned round, by bytes of the
// line.
func turnedHalves(line string) [][]int {
	if !containsAny(line, "公开") || !containsAny(line, "常态", "例外", "原则", "为主", "为辅", "普遍", "惯例", "一般", "个别", "特例", "特殊", "少数", "常规", "主流", "优先") {
		return nil
	}
	var out [][]int
	from := 0
	type part struct {
		from, to int
		wrong    bool
	}
	var last part
	for at := 0; at <= len(line); at++ {
		next := strings.IndexFunc(line[at:], endsHalf)
		if next < 0 {
			next = len(line) - at
		}
		at += next
		_, size := utf8.DecodeRuneInString(line[at:])
		if p, wrong, ok := readHalf(line[from:at]); ok {
			p := part{from + p, at, wrong}
			near := last.to > 0 && p.from-last.to <= len("”和“")
			plain := containsAny(line[from:at], "是", "为", "作", "当", "属")
			switch {
			case wrong && (plain || near || strings.HasPrefix(line[at:], "的原则")):
				out = append(out, []int{p.from, p.to})
			case near && last.wrong && (len(out) == 0 || out[len(out)-1][0] != last.from):
				out = append(out, []int{last.from, last.to})
			}
			last = p
		}
		from = at + max(size, 1)
		at = from - 1
	}
	return out
}

// wrongView are words of a sentence that calls a view wrong, however far they stand from it.
var wrongView = []string{"习惯于", "习惯把", "习惯将", "习惯性", "偏差", "误区", "这种认识", "这种观念", "这种想法", "这种做法", "这种思想", "这种现象", "这种情况", "此类做法", "颠倒", "本末倒置", "误认为", "误以为", "错误地", "扭转", "摒弃", "破除", "旧观念", "流于形式", "走过场", "被扣分", "被通报", "被约谈"}

// someHold are some of those who work there with what they hold against the principle.
var someHold = lazyregexp.New(`(?:个别|有的|部分|少数|一些|极少数)(?:[^，。；、]{0,4})(?:科室|部门|单位|同志|干部|人员|乡镇|街道|股室|处室|机关|地方|学校|医院|企业|社区|村)[^，。；]{0,8}(?:仍|还|依然|依旧|总|往往|认为|觉得|以为|习惯|对|把|将)`)

// toldAsWrong reports whether the sentence around the byte tells of a view that somebody
// holds and should not.
func toldAsWrong(line string, at int) bool {
	said := sentenceAt([]rune(line), utf8.RuneCountInString(line[:at]))
	return containsAny(said, wrongView...) || someHold.MatchString(said)
}

// endsHalf reports whether a half of the principle ends before the character.
func endsHalf(r rune) bool { return halfEnds.has(r) }

var halfEnds = runesOf("，、；。”的：》）,;！而")

// endsInRole reports whether a clause ends in a place, as those do that the slow pattern
// of a half may match.
func endsInRole(clause string) bool {
	if hasAnySuffix(clause, roleWords) {
		return true
	}
	for _, w := range []string{"情况", "情形", "做法", "原则", "位置", "地位", "状态", "事项", "化"} {
		if before, ok := strings.CutSuffix(clause, w); ok {
			return hasAnySuffix(before, roleWords)
		}
	}
	return false
}

// readHalf reads a clause as a half of the principle; from is where it begins.
func readHalf(clause string) (from int, wrong, ok bool) {
	if !strings.Contains(clause, "公开") || !strings.ContainsAny(clause, "常原惯主一普多前基首先例特个少殊辅补次后优") {
		return 0, false, false
	}
	act, place := 2, 4
	var m []int
	if endsInRole(clause) {
		m = half.FindStringSubmatchIndex(clause)
	} else if strings.HasSuffix(clause, "公开") {
		act, place = 4, 2
		m = turnedHalf.FindStringSubmatchIndex(clause)
	}
	if m == nil {
		return 0, false, false
	}
	keeps := startsWithAny(clause[m[act]:m[act+1]], "不", "未", "非", "少", "拒绝", "限制", "暂缓", "免于")
	return min(m[act], m[place]), keeps != exceptional[clause[m[place]:m[place+1]]], true
}
