package rules

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/glance"
)

// Who makes a report from another body's replaces its kind by the own one throughout, and
// words that hold the same characters break: 布局 becomes 布街道 where 局 was replaced,
// 城镇化 becomes 城街道化. So such words are looked for with the author's own ending in the
// place of another's.

// brokenWords are words with the ending of a body's name in them, {} in its place, by that
// ending: as much of each as no name and no other word may be with any ending in it.
var brokenWords = map[string][]string{
	"局": strings.Fields("格{}优化 格{}调整 新格{} 大格{} 发展格{} 工作格{} 治理格{} 监管格{} 公开格{} 总体格{} 布{}优化 布{}调整 产业布{} 空间布{} 总体布{} 合理布{} 科学布{} 规划布{} 网点布{} 整体布{} 战略布{} 优化布{} 栏目布{} 谋划布{} " +
		"页面布{} 全{}性 大{}意识 大{}观 {}限性 {}限于 僵{}， 新{}面， 打开新{}面 开创新{}面 开启新{}面 新{}面。 新{}面； 新{}面、 好{}面， 好{}面。 好{}面、"),
	"委":  strings.Fields("{}员会 居{}会 {}托第三方 {}托律师 {}托专业 受{}托的 {}派专人"),
	"镇":  strings.Fields("城{}化 城{}职工 乡{}企业 新型城{}化 乡{}干部"),
	"乡":  strings.Fields("{}村振兴 {}土人才 {}风文明 城{}一体化 城{}融合 城{}统筹 美丽{}村"),
	"市":  strings.Fields("{}场监管 {}场监督 {}场主体 {}场秩序 {}场化 农贸{}场 超{}、 城{}供水 城{}供热 城{}排水 城{}管理 城{}建设 城{}更新 城{}规划 城{}道路 城{}运行 {}政管网 {}政设施 {}政道路 {}政工程 {}政公用 {}民热线 {}民中心 {}民查询 {}民咨询 广大{}民 方便{}民 便利{}民 服务{}民 {}民朋友"),
	"区":  strings.Fields("各小{} 住宅小{} 老旧小{} 各社{} 社{}居民 社{}党 社{}工作 社{}服务 社{}公开 小{}物业 {}块链 园{}企业 {}分处理"),
	"办":  strings.Fields("{}结率 承{}单位 主{}单位 {}理流程 {}理情况 {}事指南 {}公室 {}公厅 {}事大厅 {}事群众 依法{}理 按期{}结 已{}结"),
	"厅":  strings.Fields("办事大{} 大{}窗口 服务大{}窗 政务大{}窗"),
	"处":  strings.Fields("行政{}罚 妥善{}理 不予{}理 {}理结果 {}罚决定"),
	"省":  strings.Fields("节{}成本 节{}开支"),
	"县":  strings.Fields("{}域经济"),
	"街道": strings.Fields("背{}小巷 镇{}、"),
}

// rightWords look broken and are right.
var rightWords = strings.Fields("各小镇 住宅小镇 老旧小镇 城市化 城市一体化 城镇一体化 城镇融合 城镇统筹 县域经济 区域经济 市域经济 镇域经济 乡域经济 城市职工 城乡职工 区分处理 镇街道、 乡镇干部 村镇企业 镇公开格 新格镇 大格镇 美丽区村 城区供水 城镇供水 城乡供水 城区供热 城镇供热 城乡供热 城区排水 城镇排水 城乡排水 城区管理 城镇管理 城乡管理 城区建设 城镇建设 城乡建设 " +
	"城区更新 城镇更新 城乡更新 城区规划 城镇规划 城乡规划 城区道路 城镇道路 城乡道路 城区运行 城区职工 城区一体化 城区化 城市融合 城市统筹 广大镇民 广大乡民 广大村民 方便镇民 方便乡民 服务镇民 服务乡民 镇区、 镇乡、 镇市、 区派专人 县派专人 市派专人 镇派专人 乡派专人 省派专人 州派专人 旗派专人")

// brokenAt is a broken word by the texts on both sides of the ending; was is the ending
// that was there.
type brokenAt struct{ before, after, was string }

// brokenBeside are the broken words by the character before the ending, or, where none is,
// by the one behind it. They are made once and never changed.
var brokenBeside = sync.OnceValue(func() map[rune][]brokenAt {
	out := map[rune][]brokenAt{}
	for _, was := range slices.Sorted(maps.Keys(brokenWords)) {
		for _, w := range brokenWords[was] {
			before, after, _ := strings.Cut(w, "{}")
			r, _ := utf8.DecodeLastRuneInString(before)
			if before == "" {
				r, _ = utf8.DecodeRuneInString(after)
			}
			out[r] = append(out[r], brokenAt{before, after, was})
		}
	}
	return out
})

// replacedEnds are the endings that a hasty hand puts in the place of another's: those of
// the author's names.
func (c *context) replacedEnds() []string {
	a := c.author
	var out []string
	for _, n := range a.names {
		end := n.end
		switch {
		case n.rank == rankGovernment:
			r, _ := utf8.DecodeLastRuneInString(n.core)
			end = string(r)
		case end == "委员会":
			end = "委"
		}
		place, _ := utf8.DecodeLastRuneInString(n.place)
		for _, end := range []string{end, string(place)} {
			if (brokenWords[end] != nil || end == "中心") && !contains(out, end) {
				out = append(out, end)
			}
		}
	}
	return out
}

// damage knows the broken words of one report.
type damage struct {
	ends []string
	// doubled are the names of the author, twice.
	doubled []string
	// torn are words that held 我局, with a name of the author in its place: 自我局限.
	torn []string
}

func (c *context) readDamage() damage {
	d := damage{ends: c.replacedEnds()}
	const shortest = 4 // characters
	for _, n := range c.author.full {
		if utf8.RuneCountInString(n) >= shortest {
			d.doubled = append(d.doubled, n+n)
			d.torn = append(d.torn, "自"+n+"限")
		}
	}
	for _, n := range c.author.names {
		if level, _ := utf8.DecodeLastRuneInString(n.place); n.place != "" && n.core != "" {
			d.doubled = append(d.doubled, n.place+string(level)+n.core, n.place+n.place+n.core) // 云溪县县水务局
		}
	}
	return d
}

// find is the place of the first broken word of a line; nil where there is none.
func (d *damage) find(line string) []int {
	for _, w := range d.torn {
		if at := strings.Index(line, w); at >= 0 {
			return []int{at, at + len(w)}
		}
	}
	words := brokenBeside()
	for _, end := range d.ends {
		for from := 0; ; {
			at := glance.Index(line[from:], end)
			if at < 0 {
				break
			}
			at += from
			from = at + len(end)
			own := strings.TrimSuffix(strings.TrimSuffix(line[:at], "本"), "我") // 僵局 became 僵本市
			if hasAnySuffix(own, []string{"布"}) {                              // 公布本市
				own = line[:at]
			}
			left, _ := utf8.DecodeLastRuneInString(own)
			right, _ := utf8.DecodeRuneInString(line[from:])
			if left == '布' && end != "局" && laidOut(own, line[from:]) {
				return []int{len(own) - len("布"), from}
			}
			for _, list := range [][]brokenAt{words[left], words[right]} {
				for _, w := range list {
					if w.was != end && (end != "中心" || w.was == "局") && (strings.HasSuffix(own, w.before) || strings.HasSuffix(line[:at], w.before)) && strings.HasPrefix(line[from:], w.after) && !startsWithAny(line[from:], "办事处", "人民政府", "政府", "党委") && !contains(rightWords, w.before+end+w.after) {
						return []int{min(at, len(own)) - len(w.before), from + len(w.after)}
					}
				}
			}
		}
	}
	return nil
}

// laidOut reports whether 布 before the ending was 布局: what is laid out stands before it, and no
// verb of making known ends with it (公布); the word ends there.
func laidOut(before, behind string) bool {
	const reach = 10 * len("布")
	said := before[max(0, len(before)-reach):]
	return !hasAnySuffix(before, []string{"公布", "发布", "颁布", "宣布", "分布", "遍布", "密布", "散布"}) &&
		containsAny(said, "优化", "调整", "完善", "统筹", "合理", "科学", "规划", "谋划", "产业", "空间", "资源", "网点", "功能", "设施", "区域") &&
		(behind == "" || hasAnyPrefix(behind, []string{"，", "。", "；", "、", "为", "更", "和", "及", "与", "不", "较", "调整", "优化", "合理"}))
}

// failDamage reports the first broken word of a passage.
func (c *context) failDamage(v *verdict, p *passage, d *damage) {
	m := d.find(p.line)
	if m == nil {
		d.failDoubled(c, v, p)
		return
	}
	v.fail(fault{
		place: p.place() + "#damage", paths: c.path(p), quote: quoteAround(p.line, m[0], m[1]), actual: p.line[m[0]:m[1]],
		message: c.where(p) + "出现“" + p.line[m[0]:m[1]] + "”，疑为整体替换时改坏的词，公开前请改正。",
	})
}

// failDoubled reports a name of the author that stands twice where it was put in the place
// of another's.
func (d *damage) failDoubled(c *context, v *verdict, p *passage) {
	for _, name := range d.doubled {
		at := glance.Index(p.line, name)
		if at < 0 {
			continue
		}
		v.fail(fault{
			place: p.place() + "#doubled", paths: c.path(p), quote: quoteAround(p.line, at, at+len(name)), actual: name,
			message: c.where(p) + "出现重复的机关名称“" + name + "”，公开前请改正。",
		})
		return
	}
}
