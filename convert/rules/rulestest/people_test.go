package rulestest

import (
	"embed"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The cases about people, places and wording, one file a rule. A line "+ text"
// has a mistake, "- text" has none, "? text" may be taken either way; "= agency"
// names the author of the lines after it, "@ chapter" their chapter, "form 2019"
// their form; "held-out" begins the phrasings that were written after the rule
// stood, from looking at other reports. Slots in braces are filled at random;
// "\n" parts paragraphs.
//
//go:embed testdata/*.txt
var peopleFiles embed.FS

// Slots: invented people, places and figures.
var slots = map[string][]string{
	"name": strings.Fields("张建国 李秀英 王芳 刘洋 陈志强 杨丽华 黄海燕 赵敏 吴国栋 周晓红 徐德全 孙立军 马文涛 朱玉兰 胡春梅 郭永福 何俊 高翔宇 林志远 罗云飞 " +
		"郑和平 梁爱民 谢小波 宋桂芝 唐建华 许文静 韩冬 冯宝山 邓超英 曹阿妹 彭大勇 曾庆林 萧雨 田秀珍 董其武 潘月英 袁世昌 蔡金花 余明 杜鹃红 叶青 程千里 苏婉清 魏来 " +
		"吕铁柱 丁一鸣 任我行 沈从容 姚家骏 卢有才 姜尚志 崔莺 钟灵毓 谭咏梅 陆子昂 汪洋海 范冰洁 金石开 石破天 廖化成 贾思源 夏荷 韦正 付饶 方圆圆 白素贞 邹韬 孟想 熊壮壮 秦时月 邱少平 江枫 尹志平 薛宝琴 " +
		"阎肃清 段誉成 雷雨田 侯德健 龙卷云 史可为 陶行之 黎明晖 贺新春 顾念慈 毛阿敏 郝建 龚自强 邵逸群 万家宝 钱多多 欧阳修文 上官婉 诸葛明 司马光华 尉迟恭 慕容雪"),
	"dotted": strings.Fields("阿卜杜拉·买买提 古丽娜尔·艾山 扎西·达瓦 玛依拉•吐尔逊 艾尔肯·肉孜"),
	"masked": strings.Fields("张某 李某某 王×× 刘* 陈** 赵XX 孙某英 周○○ 吴先生 郑女士 何大爷 徐x 马师傅 林阿姨 朱某（女） 高同志 黄老师"),
	"place":  strings.Fields("青石社区 松岭村 河口镇柳树村 云溪区东亭街道 临江小区 望江村三组 枫林家园12栋 白鹭路8号"),
	"n":      strings.Fields("2 3 5 8 12"),
	"topic":  strings.Fields("旧城改建项目补偿方案 农村宅基地审批 学校周边规划 拆迁安置协议 低保评定 某地块征收决定 道路工程招标文件 村级财务 物业维修资金使用情况"),
}

type peopleCases struct {
	rule  string
	cases []Case
}

func readPeople(t *testing.T, rule string) []Case {
	t.Helper()
	b, err := peopleFiles.ReadFile("testdata/" + rule + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	p := peopleCases{rule: rule}
	rnd := rand.New(rand.NewPCG(5, uint64(len(rule))))
	at := Case{}
	number := 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		number++
		rest := ""
		if len(line) > 2 {
			rest = line[2:]
		}
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case line == "held-out":
			at.HeldOut = true
		case strings.HasPrefix(line, "form "):
			at.Form = line[5:]
		case line[0] == '=':
			at.Agency = rest
		case line[0] == '@':
			at.Chapter = rest
		case line[0] == '+' || line[0] == '-' || line[0] == '?':
			p.add(at, line[0], rest, number, rnd)
		default:
			t.Fatalf("%s, line %d: %q", rule, number, line)
		}
	}
	return p.cases
}

// add fills a template as often as it has slots to tell apart.
func (p *peopleCases) add(at Case, sign byte, text string, line int, rnd *rand.Rand) {
	times := 1
	if strings.Contains(text, "{") {
		times = 4
	}
	for i := range times {
		c := at
		c.Name = fmt.Sprintf("%s, line %d#%d", p.rule, line, i)
		c.Text = strings.ReplaceAll(text, `\n`, "\n")
		for _, slot := range slices.Sorted(maps.Keys(slots)) {
			values := slots[slot]
			for strings.Contains(c.Text, "{"+slot+"}") {
				c.Text = strings.Replace(c.Text, "{"+slot+"}", values[rnd.IntN(len(values))], 1)
			}
		}
		switch sign {
		case '+':
			c.Want = []string{p.rule}
		case '?':
			c.MayFail = []string{p.rule}
		}
		p.cases = append(p.cases, c)
	}
}

// TestPeople measures the rules on people, places and wording. Every case counts
// for all of them: what one rule looks for is a trap for the others.
func TestPeople(t *testing.T) {
	ids := []string{"privacy.applicant_name", "wording.grave", "wording.residue", "identity.foreign_agency", "identity.late",
		"privacy.bank_account", "privacy.mobile_number", "privacy.id_number"}
	var all []Case
	for _, rule := range ids {
		all = append(all, readPeople(t, rule)...)
	}
	known, heldOut := Split(all)
	t.Run("known", func(t *testing.T) { Check(t, known, ids...) })
	t.Run("held out", func(t *testing.T) { Check(t, heldOut, ids...) })
}
