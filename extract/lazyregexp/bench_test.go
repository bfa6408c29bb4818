package lazyregexp

import "testing"

// BenchmarkMiss tries patterns of the program on texts that they do not match.
func BenchmarkMiss(b *testing.B) {
	for _, c := range []struct{ name, pattern, text string }{
		{"start", `^(?:其中|例如|譬如|比如|如|仅|而|另外)?[：]?(?:涉及?|关于|有关|围绕|针对)[^，]{2,40}?的(?:政府信息公开|信息公开|公开)?申请`, "全年共收到政府信息公开申请12件，均在法定期限内答复"},
		{"end", `(?:[.．…·。﹒‥_\-—\s]{3,}\d{0,3}|\s+\d{1,3}|\t\d{1,3})$`, "三、收到和处理政府信息公开申请情况"},
		{"inside", `现将[^，。；《》]{0,30}?(20\d\d)年(?:度报告|[^，。；《》]{0,40}?(?:信息公开|政务公开|年度报告|年报))`, "联系地址：云溪区青石路1号，联系电话：027-55550100。"},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := New(c.pattern)
			for b.Loop() {
				if r.MatchString(c.text) {
					b.Fatal("matched")
				}
			}
		})
		b.Run(c.name+"/regexp", func(b *testing.B) {
			r := New(c.pattern).regexp()
			for b.Loop() {
				if r.MatchString(c.text) {
					b.Fatal("matched")
				}
			}
		})
	}
}
