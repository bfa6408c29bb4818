package claims

import (
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// withoutCarrying takes out the words for what is carried over or forward.
var withoutCarrying = glance.NewReplacer("结转", "", "转结", "", "转入", "", "遗留", "", "跨年", "", "延续", "", "尚未办结", "", "未能办结", "", "未办结", "", "未到答复期限", "", "未到办理期限", "", "未到期限", "", "未到期", "", "未答复", "", "未办理完毕", "", "留待", "", "接转", "", "转接", "", "转至", "", "接续", "", "顺延", "",
	"上一年度", "", "上年度", "", "上年", "", "去年", "", "往年", "", "下一年度", "", "下年度", "", "下年", "", "次年度", "", "次年", "", "明年", "", "来年", "", "继续", "", "仍", "", "尚", "", "正在办理", "", "正在", "", "依规", "", "按规定", "", "期初", "", "期末", "", "年初", "", "过来", "", "进入", "", "到", "", "转", "")

// carrying reads what was carried over or forward.
func (s *Sentence) carrying(z *zone, own string) Subject {
	all := own
	if !strings.Contains(own, "结转") && containsAny(z.next, "结转", "转入", "跨年", "下年", "次年", "明年") && !containsAny(z.next, "无结转", "没有结转", "未结转", "无遗留", "没有遗留") && !startsWithAny(z.next, "无", "没有", "未", "均无", "也无", "也没有", "不存在") { // …按时办结，无上年度结转
		all, own = all+"，"+z.next, becauseOf.ReplaceAllString(own, "$1")
	} else if s.heldOver(z) {
		all, own = all+"，结转下年", becauseOf.ReplaceAllString(own, "$1")
	}
	carried := containsAny(all, "结转", "转结", "接转", "转接", "转入", "遗留", "跨年", "延续", "未办结", "未能办结", "未答复", "未办理完", "留待", "转至", "接续", "顺延", "滚存", "留转")
	if !carried || containsAny(all, "审理", "审结") { // challenges are
		return None
	}
	next := containsAny(all, "下年", "下一年", "次年", "明年", "来年", "跨年", "期末", "年末结转", "年底结转", s.yearText(1))
	last := containsAny(all, "上年", "上一年", "去年", "往年", "上期", "前一年", "期初", "年初", s.yearText(-1))
	if startsWithAny(own, "加上跨年", "加跨年", "连同跨年", "算上跨年") { // to what the year brought
		return CarriedOver
	}
	rest := withoutCarrying.Replace(own)
	if partSigns.in(rest) {
		return None
	}
	switch {
	case next && !last:
		return CarriedForward
	case last && !next:
		return CarriedOver
	}
	return None
}

// becauseOf is why something is still under way: 因需征求村民小组意见.
var becauseOf = lazyregexp.New(`因[^，。；、※]{2,20}?(正在|尚在|尚未|仍在|仍未|未能|未到)`)

// heldOver reports whether what is still under way is all of it, and the end of the sentence
// says that it goes into the next year: 目前尚有4件申请正在办理，已告知申请人，结转下年度.
func (s *Sentence) heldOver(z *zone) bool {
	if !containsAny(z.before, "尚有", "仍有", "还有", "剩余", "年底", "年末", "12月31日") || !containsAny(z.after, "正在", "未办结", "未答复", "在办", "未能", "办理中", "未到期", "未到答复期", "未到办理期") {
		return false
	}
	last := &s.Figures[len(s.Figures)-1]
	behind := s.Span(last.End, len(s.Runes))
	return strings.Contains(behind, z.after) && containsAny(behind, "，结转"+s.yearText(1), "，转入"+s.yearText(1), "，结转至"+s.yearText(1), "，结转下", "，转入下", "，结转至下", "，将结转", "，需结转", "，依法结转", "，按规定结转", "，一并结转", "，均结转", "，并结转", "，全部结转")
}

// withoutYear takes out the report's own year, and calls applicants what others are called.
func (s *Sentence) withoutYear(words string) string {
	if strings.ContainsRune(words, '年') {
		year := s.yearText(0)
		words = strings.ReplaceAll(strings.ReplaceAll(words, year+"度", ""), year, "")
	}
	return strings.ReplaceAll(words, "申请人", "群众")
}
