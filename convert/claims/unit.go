package claims

import "strings"

// countUnits are the measure words of counted things, longer ones before those
// they begin with. 条件, 次数 and the like are words of their own: see notUnit.
var countUnits = newLookup(strings.Fields(`批次 期次 件次 人次 家次 户次 场次 篇次 条次 个百分点 百分点
	件 条 篇 次 份 项 个 宗 起 例 部 名 人 户 家 期 场 批 类 种 处 幅 张 册 卷 本 则 笔 套 封 通 单 组 站 轮 台 辆 所 座 间 块 面 栏 版 页 字 位 列 对 支 株 棵 盏 艘 栋 幢`))

// moneyUnits and sizes are measured, not counted: they may have decimals.
var moneyUnits = newLookup(strings.Fields(`元整 元`))

var sizeUnits = newLookup(strings.Fields(`平方千米 平方米 平方公里 公里 千米 立方米 米 ㎡ m² m2 ㎞ 亩 公顷 吨 千克 公斤 升 倍 分钟 分贝 度 kw`))

// timeUnits make a number a date, a time or a span, never a count.
var timeUnits = newLookup(strings.Fields(`个工作日 个自然日 工作日 个月 个小时 小时 个季度 季度 年度 年 月份 月 日 号 时 点 周年 周 岁 天 届 楼 室 级 层 版块 分之 °`))

// hanUnits are the measure words that may follow a Chinese numeral: the others
// make words with it (一部分, 一类, 三级, 一批).
const hanUnits = "件条篇份宗例起户项次个家名人场期"

// moreHanUnits may follow a numeral of two characters and more: 三十六块.
const moreHanUnits = "块幅张册本篇台站版处辆所座间批套封单组轮则笔通栏页字"

// hanWords begin like a measure word behind a numeral and are something else:
// 一次性, 一条龙, 一个人, 一起.
var hanWords = strings.Fields(`次性 次办 次申 件事 条龙 条线 条心 个人 个样 起来 项项 条条 件件 次次 个个 场所 期间 家人 户籍 个方面 个问题 次告知 个窗口 个系统 个平台`)

// unitAt is the measure word at i; kind is its kind, length its runes.
func unitAt(s []rune, i int) (unit string, kind unitKind, length int) {
	if i >= len(s) {
		return "", noUnit, 0
	}
	if s[i] == '%' || s[i] == '‰' {
		return string(s[i]), percentUnit, 1
	}
	if scoreAt(s, i) {
		return "分", sizeUnit, 1
	}
	rest := string(s[i:min(i+5, len(s))])
	switch first := s[i]; {
	case timeUnits.match(first, rest, &unit):
		return unit, timeUnit, runeLen(unit)
	case moneyUnits.match(first, rest, &unit):
		return "元", moneyUnit, runeLen(unit)
	case sizeUnits.match(first, rest, &unit):
		return unit, sizeUnit, runeLen(unit)
	case countUnits.match(first, rest, &unit):
		return unit, countUnit, runeLen(unit)
	}
	return "", noUnit, 0
}

// scoreAt reports whether 分 at i is that of a score (92.6分), and no part of a word.
func scoreAt(s []rune, i int) bool {
	return at(s, i) == '分' && (i+1 == len(s) || isBreak(s[i+1]) || s[i+1] == '的')
}

func startsWithAny(s string, words ...string) bool { return beginning(s, words) != "" }

// beginning is the one of the words that the text begins with; empty where it begins with none.
func beginning(s string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

func runeLen(s string) int { return len([]rune(s)) }

type unitKind int

const (
	noUnit unitKind = iota
	countUnit
	percentUnit
	moneyUnit
	sizeUnit
	timeUnit
)
