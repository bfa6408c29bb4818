package rules

import (
	"nianbao/convert/report"
	"nianbao/extract"
)

// readablePages finds pages whose text cannot be trusted, and pages that are pictures
// of text: what stands there is judged by no rule.
func readablePages(c *context) *verdict {
	if len(c.document.Pages) == 0 {
		return inapplicable("这种文件没有固定的页面")
	}
	v := newVerdict()
	layers := map[int]extract.TextLayer{}
	for _, p := range c.document.Pages {
		if layers[p.Number] = p.TextLayer; p.TextLayer == extract.TextGood {
			v.pass()
		}
	}
	var pictures, garbled []int
	for _, n := range c.unreadable {
		if layers[n] == extract.TextGarbled {
			garbled = append(garbled, n)
		} else {
			pictures = append(pictures, n)
		}
	}
	for _, kind := range []struct {
		place string
		pages []int
		says  string
	}{
		{"pictures", pictures, "页是图片，没有文字层，没有读取。"},
		{"garbled", garbled, "页的文字编码有误，读出的是乱码，没有采用。"},
	} {
		if len(kind.pages) > 0 {
			v.fail(fault{place: kind.place, message: "第" + joinInts(kind.pages) + kind.says + "请提供由 Word 等直接导出的 PDF，或者 Word 文件。",
				paths: []string{"/extraction/warnings"}})
		}
	}
	if v.outcome == report.NotApplicable {
		v.reason = "各页都是空白"
	}
	return v
}
