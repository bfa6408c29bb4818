package rules

import (
	"testing"

	"nianbao/convert/report"
	"nianbao/extract"
)

func TestReadablePages(t *testing.T) {
	const rule = "document.page_unreadable"
	pages := func(layers ...extract.TextLayer) func(*fixture) {
		return func(x *fixture) {
			for i, l := range layers {
				x.doc.Pages = append(x.doc.Pages, extract.Page{Number: i + 1, TextLayer: l})
			}
		}
	}
	picture := func(x *fixture, page int) {
		x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Image, Page: &page})
	}
	runCases(t, []ruleCase{
		{"all good", "2021", rule, pages(extract.TextGood, extract.TextGood), report.Passed, 0, "", ""},
		{"a garbled page", "2021", rule, pages(extract.TextGood, extract.TextGarbled), report.Failed, 1, "第2页的文字编码有误", "/extraction/warnings"},
		{"scanned pages", "2021", rule, func(x *fixture) {
			pages(extract.TextGood, extract.TextNone, extract.TextNone)(x)
			picture(x, 2)
			picture(x, 3)
		}, report.Failed, 1, "第2、3页是图片", ""},
		{"of both kinds", "2021", rule, func(x *fixture) {
			pages(extract.TextGarbled, extract.TextNone)(x)
			picture(x, 2)
		}, report.Failed, 2, "第2页是图片", ""},
		{"a blank page", "2021", rule, pages(extract.TextGood, extract.TextNone), report.Passed, 0, "", ""},
		{"blank pages only", "2021", rule, pages(extract.TextNone), report.NotApplicable, 0, "空白", ""},
		{"Word", "2021", rule, func(*fixture) {}, report.NotApplicable, 0, "没有固定的页面", ""},
	})
}
