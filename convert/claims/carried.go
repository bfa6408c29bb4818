package claims

import (
	"strings"

	"nianbao/convert/glance"
)

// withoutCarrying takes out the words for what is carried over or forward.
var withoutCarrying = glance.NewReplacer("结转", "", "转结", "", "转入", "", "遗留", "", "跨年", "", "延续", "", "尚未办结", "", "未能办结", "", "未办结", "", "未答复", "", "未办理完毕", "", "留待", "", "接转", "", "转至", "", "接续", "", "顺延", "",
	"上一年度", "", "上年度", "", "上年", "", "去年", "", "往年", "", "下一年度", "", "下年度", "", "下年", "", "次年度", "", "次年", "", "明年", "", "来年", "", "继续", "", "仍", "", "尚", "", "正在办理", "", "正在", "", "依规", "", "按规定", "", "期初", "", "期末", "", "年初", "", "过来", "", "进入", "", "到", "", "转", "")

// carrying reads what was carried over or forward.
func (s *Sentence) carrying(z *zone, own string) Subject {
	all := own
	if !strings.Contains(own, "结转") && containsAny(z.next, "结转", "转入", "跨年", "下年", "次年", "明年") {
		all += "，" + z.next
	}
	carried := containsAny(all, "结转", "转结", "接转", "转入", "遗留", "跨年", "延续", "未办结", "未能办结", "未答复", "未办理完", "留待", "转至", "接续", "顺延", "滚存", "留转")
	if !carried {
		return None
	}
	next := containsAny(all, "下年", "下一年", "次年", "明年", "来年", "跨年", "期末", "年末结转", "年底结转", s.yearText(1))
	last := containsAny(all, "上年", "上一年", "去年", "往年", "上期", "前一年", "期初", "年初", s.yearText(-1))
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

// withoutYear takes out the report's own year, and calls applicants what others are called.
func (s *Sentence) withoutYear(words string) string {
	if strings.ContainsRune(words, '年') {
		year := s.yearText(0)
		words = strings.ReplaceAll(strings.ReplaceAll(words, year+"度", ""), year, "")
	}
	return strings.ReplaceAll(words, "申请人", "群众")
}
