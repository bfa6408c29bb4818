package rules

import (
	"strings"
	"unicode/utf8"
)

// A word that stands twice is a slip of the hand (及时准确准确), but for
// two places: where verbs are doubled (研究研究, which reports do not), and where the one ends a
// word and the other begins the next (司法行政行政复议). So words that begin and end no others
// are told wherever they are doubled, all others where the clause ends behind them.

// neverJoined are words that neither end a word nor begin one.
var neverJoined = wordSet("条例 情况 进行 加强 积极 认真 严格 按照 根据 坚持 推进 完善 开展 建立 及时 全年 累计 共计 同时 其中 主动 印发 制定 落实 健全 强化 深化 确保 围绕 提高 提升 结合 针对 继续 不断 以及 " +
	"纳入 按月 按季 准确 全面 深入 切实 持续 充分 有效 突出 通过 依托 利用 对照 聚焦 统筹 优化 拓宽 丰富 召开 举办 成立 明确 扎实 大力 努力 稳步 有序 逐步 此外 另外 目前 今年 去年 本年 " +
	"我局 我镇 我乡 我县 我市 我区 我委 我办 已经 没有 由于 因此 为了 关于 对于 并且 主要 各类 相关 有关 公布 收到 受理 方便 满足 保证 增强 促进 做好 抓好 较为 更加 " +
	"高度 梳理 整合 汇总 整理 编制 更新 推送 推动 推行 贯彻 执行 配合 协调 解决 回应 畅通 拓展 予以 给予 牵头 督促 参加 参与 了解 掌握 发现 查找 纠正 整改 接受 接到 提供 采取 采用 运用 使用 借助 配备 设立 设置 涉及 包括 包含 " +
	"分别 其余 全部 均已 尚未 未能 可以 能够 应当 必须 需要 从而 进而 同步 定期 按时 按期 如期 随时 逐项 逐条 逐级 专门 专题 亲自 始终 一直 长期 普遍 部分 个别 少数 许多 一些 非常 十分 比较 特别 尤其 例如 截至 截止 根据 鉴于 旨在 力争 争取 稳妥 妥善 严肃 自觉 广泛 大幅 显著 明显 公民 群众 干部 并举 并重 归档 报送 刊登 登载 撰写 起草 公正 公平 高效 快捷 便捷 完整 清晰 网络 渠道 栏目 机制")

// neverTwice are characters with which two characters are no word, or are said twice (一条一条).
const neverTwice = "不是的了和一有在到与及年月日件条项区县市镇乡村街路上下中个次期份"

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// wordTwice finds a word of two characters, or a phrase of at most eight, that stands twice in a
// line; nil where none does.
func wordTwice(line string) []int {
	const one, longest = 3, 8 // bytes of an ideograph, characters of a phrase
	for i := 0; i+4*one <= len(line); {
		if line[i] < 0xE0 { // no ideograph begins here
			i++
			continue
		}
		for n := 2; n <= longest && i+2*n*one <= len(line); n++ {
			if last := one - 1; line[i+last] != line[i+n*one+last] || line[i+one+last] != line[i+n*one+one+last] {
				continue // the last bytes of ideographs differ most
			}
			word, behind := line[i:i+n*one], line[i+n*one:]
			if !strings.HasPrefix(behind, word) {
				continue
			}
			if said := behind[len(word):]; (n > 2 && isPhrase(word) || n == 2 && slipsTwice(word, said)) && !inTitle(line, i) {
				return []int{i, i + 2*len(word)}
			}
		}
		i += one
	}
	return nil
}

// slipsTwice reports whether a word of two characters can be no end of one word and beginning of
// another where it stands twice: 国家有关[规定][规定]应当公开, 工作[安排][安排]专人 are noun and verb.
func slipsTwice(word, behind string) bool {
	return neverJoined[word] || isWord(word) && (endsClause(behind) || hasAnyPrefix(behind, []string{"共", "均", "已", "也"}) || word != "规定" && word != "要求" && startsWithAny(behind, "主动", "累计", "及时") || word == "信息" && hasAnyPrefix(behind, []string{"公开"}) || word == "规范" && hasAnyPrefix(behind, []string{"办理", "公开", "发布", "开展"}) || word == "公开" && hasAnyPrefix(behind, []string{"工作", "情况"}) || word == "工作" && hasAnyPrefix(behind, []string{"议事", "力度", "日程", "实际", "需要", "水平", "质量", "不断", "进行"}))
}

// isPhrase reports whether a text is ideographs that are not said one by one (一户户, 逐条逐).
func isPhrase(s string) bool {
	a, size := utf8.DecodeRuneInString(s)
	same := true
	for _, r := range s[size:] {
		same = same && r == a
	}
	const longestWord = 4 * 3 // bytes
	return !same && (len(s) > longestWord || !strings.ContainsAny(strings.TrimPrefix(s, "不断"), "一逐每不零二三四五六七八九十")) && strings.IndexFunc(s, func(r rune) bool { return !isHan(r) }) < 0
}

// clauseTwice finds a clause of six characters and more that stands twice, one behind the other in
// one sentence; figures, but for the year, may be told again.
func clauseTwice(line string) []int {
	const shortest = 6 * 3 // bytes
	last, from := "", 0
	for i, r := range line {
		if r != '，' && r != '。' && r != '；' {
			continue
		}
		clause := line[from:i]
		if clause == last && len(clause) >= shortest && !strings.ContainsAny(withoutYear(clause), "0123456789") {
			return []int{from, i}
		}
		if last = clause; r == '。' {
			last = ""
		}
		from = i + utf8.RuneLen(r)
	}
	return nil
}

// singles are characters that stand twice by a slip only, with what may stand before them and behind: 目的
// and 标的 end in 的, 的确 begins with it; 自由 and 理由 end in 由, 安全 in 全.
var singles = []struct {
	twice  string
	before []string
	behind []string
}{
	{"的的", []string{"目", "标", "鹄", "众矢之", "有", "无"}, []string{"确"}},
	{"由由", []string{"自", "理", "事", "缘", "案", "来", "因", "经"}, nil},
	{"是是", []string{"还", "就", "但", "于", "可", "要", "总", "也", "不", "凡", "只", "正", "都", "若", "特别", "尤其", "主要", "求"}, []string{"非", "否"}},
	{"未未", nil, nil},
	{"全全", []string{"安", "健", "完", "周", "齐", "保", "十", "不"}, nil},
}

// particleTwice finds one of them: 重大政策[的][的]出台.
func particleTwice(line string) []int {
	for _, x := range singles {
		for from := 0; ; {
			at := strings.Index(line[from:], x.twice)
			if at < 0 {
				break
			}
			at += from
			end := at + len(x.twice)
			if !hasAnySuffix(line[:at], x.before) && !startsWithAny(line[end:], x.behind...) {
				return []int{at, end}
			}
			from = end
		}
	}
	return nil
}

// isWord reports whether a text is two different ideographs that may be a word.
func isWord(s string) bool {
	a, size := utf8.DecodeRuneInString(s)
	b, _ := utf8.DecodeRuneInString(s[size:])
	return a != b && isHan(a) && isHan(b) && !strings.ContainsAny(s, neverTwice)
}

// endsClause reports whether no word goes on behind.
func endsClause(behind string) bool {
	r := leadingRune(behind)
	return behind == "" || strings.ContainsRune("，。；、：的（）", r) || isDigit(r)
}

// failTwice reports the first word of a passage that stands twice.
func (c *context) failTwice(v *verdict, p *passage) {
	m := wordTwice(p.line)
	if m == nil {
		m = clauseTwice(p.line)
	}
	if m == nil {
		m = particleTwice(p.line)
	}
	if m == nil {
		return
	}
	word := p.line[m[0]:m[1]]
	v.fail(fault{
		place: p.place() + "#twice", paths: c.path(p), quote: quoteAround(p.line, m[0], m[1]), actual: word,
		message: c.where(p) + "出现重复的词句“" + clip(word) + "”，公开前请改正。",
	})
}
