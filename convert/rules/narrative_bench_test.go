package rules

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// BenchmarkNarrative judges a report of normal length by the rules that read
// sentences, the reading of its claims included.
func BenchmarkNarrative(b *testing.B) {
	x := newFixture(b, "2021", 1)
	prose := "坚持以公开为常态、不公开为例外，持续做好各项工作，不断提升公开质量，切实保障群众的知情权、参与权、表达权和监督权。健全审核、发布和保密审查制度，加强业务培训，丰富解读形式，回应社会关切，方便群众查阅。"
	for range 20 {
		x.say(prose + "受理热线诉求5020件，办结4189件，办结率83.45%；发布信息58条，其中政策文件48条，工作动态4条，其他信息6条。" + prose)
	}
	in := Input{Reading: x.reading, Document: x.doc}
	rules := narrativeRules()
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ReadClaims(x.reading, x.doc)
		}
	})
	b.Run("judge", func(b *testing.B) {
		c := newContext(in)
		b.ReportAllocs()
		for b.Loop() {
			for i := range rules {
				rules[i].apply(c)
			}
		}
	})
	b.Run("all rules", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if v := Judge(in); strings.Contains(dump(v.Findings), "narrative") {
				b.Fatal(dump(v))
			}
		}
	})
}

// dense are sentences of the kinds that reports are full of, their figures and
// matters to be filled in; all names are invented.
var dense = []string{
	"全年共受理%[7]s诉求%[1]d件，办结%[2]d件，办结率%[3]d%%，其中咨询%[4]d件、投诉%[5]d件、建议%[6]d件。",
	"通过门户网站发布%[7]s信息%[1]d条，微信公众号推送%[2]d条，政务微博发布%[4]d条，较上年增加%[5]d条；新闻发布会%[6]d场，回应热点%[5]d次。",
	"（一）加强组织领导。白石镇党政办公室牵头，各科室分工负责，召开%[7]s会议%[6]d次，培训业务人员%[5]d人次，印发工作提示%[6]d份。",
	"公开%[7]s文件%[5]d件，其中主动公开%[6]d件，不予公开%[6]d件，依申请公开%[6]d件；2021年度制作规范性文件%[6]d件，废止%[6]d件。",
	"坚持以公开为常态、不公开为例外，健全%[7]s审核、发布和保密审查制度，切实保障群众的知情权、参与权、表达权和监督权。",
	"办理%[7]s建议%[5]d件、政协委员提案%[6]d件，答复率100%%，满意率%[3]d%%，上年结转%[6]d件均已办结，无遗留事项。",
	"青禾区统计局、云溪街道办事处等单位公开%[7]s信息%[5]d条，行政许可事项%[4]d项，行政处罚决定%[6]d件，未收到行政复议和行政诉讼。",
	"开展“%[7]s开放日”活动%[6]d场，参加群众%[4]d人，收集意见%[5]d条，采纳%[6]d条，向社会反馈%[6]d次。",
}

// matters are what the sentences are about.
var matters = []string{"水利", "教育", "养老", "住房", "交通", "环保", "民政", "就业", "医疗", "农业", "文旅", "消防", "市场监管", "城市管理", "退役军人", "财政", "审计", "林业", "气象", "供电", "供暖", "殡葬", "社保"}

// longest makes a report of dense narrative, as long as the longest of those that
// agencies write.
func longest(tb testing.TB) Input {
	const characters = 13_000
	x := newFixture(tb, "2021", 1)
	for n, i := 0, 0; n < characters; i++ {
		all := 900 + 7*i
		text := fmt.Sprintf(dense[i%len(dense)], all, all*9/10, 90, all-260, 200-i%90, 60+i%90, matters[i%len(matters)])
		n += utf8.RuneCountInString(text)
		x.say(text)
	}
	return Input{Reading: x.reading, Document: x.doc}
}

// BenchmarkLongest judges the longest kind of report, whole and by each rule, so
// that the dearest are seen.
func BenchmarkLongest(b *testing.B) {
	in := longest(b)
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Judge(in)
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			ReadClaims(in.Reading, in.Document)
		}
	})
	in.Said = ReadClaims(in.Reading, in.Document)
	b.Run("context", func(b *testing.B) {
		for b.Loop() {
			newContext(in)
		}
	})
	c := newContext(in)
	for _, r := range Catalogue() {
		b.Run(r.ID, func(b *testing.B) {
			for b.Loop() {
				r.apply(c)
			}
		})
	}
}
