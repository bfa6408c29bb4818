package history

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// writer writes invented prose: sentences of many parts, so that two of them often
// have a part in common and hardly ever all.
type writer struct{ rnd *rand.Rand }

func (w *writer) pick(words ...string) string { return words[w.rnd.IntN(len(words))] }

func (w *writer) sentence() string {
	who := w.pick("值班调度员", "各道班", "法规科", "窗口帮办员", "村务监督员", "档案室", "水文站", "养护中心", "食堂管理员", "驻村干部", "信访专班", "图书馆馆员", "渔政大队", "林业站", "卫生监督所", "市场协管员")
	when := w.pick("每逢集日", "汛期以来", "开学前两周", "每月初五", "入冬以后", "施工封闭期间", "赶集当天", "收割季", "夜市开张后", "一季度末", "雨季前", "节前三天")
	what := w.pick("桥梁检测结论", "划片方案", "退换记录", "渡口停航消息", "限行标志清单", "水质月报", "菜价快讯", "低保复核名单", "危房改造台账", "古树名录", "疫苗到货表", "路灯报修单", "农机补贴明细", "摊位抽签结果", "堤防巡查日志", "公交改线图")
	how := w.pick("逐条挂到栏目里", "贴在单元门口", "用方言在喇叭里念两遍", "投到候车厅的屏幕上", "夹进水费单一并送到", "抄送给各村会计", "在微信群里接龙确认", "印成折页放在窗口", "写进公示墙第二栏", "同步给两家地图服务商")
	why := w.pick("老人看得清", "货车司机少绕路", "家长当天能查到", "摊主不用再跑腿", "渔民出航前心里有数", "种粮大户好安排农时", "外卖骑手避开盲区", "租户也能提意见", "住校生不错过末班车", "申请人知道办到哪一步")
	more := w.pick("并注明复核月份", "附上没有采纳的理由", "由分管负责人隔日抽查", "差错三天内更正", "旧版移入往年栏", "留言由专人回电", "照片和文字一起存档", "与财务凭证逐笔勾对")
	return when + "，" + who + "把" + what + how + "，让" + why + "，" + more
}

func (w *writer) sentences(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = w.sentence()
		if w.rnd.IntN(4) == 0 {
			out[i] += fmt.Sprintf("，全年共%d次", 3+w.rnd.IntN(400))
		}
	}
	return out
}

// touched replaces a word or two of a sentence.
func (w *writer) touched(list []string) []string {
	r := strings.NewReplacer("逐条", "一条一条", "注明", "写明", "分管负责人", "分管领导", "贴在", "张贴在", "放在", "摆在", "送到", "送达")
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = r.Replace(s)
	}
	return out
}

func prosed(list []string) string { return strings.Join(list, "。") + "。" }

func cat(lists ...[]string) (out []string) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// templates are what a district tells its bodies to write, with figures of their own.
func (w *writer) templates() []string {
	n := func() int { return 1 + w.rnd.IntN(900) }
	return []string{
		fmt.Sprintf("全年在县政府网站登出各类消息%d条，其中养护类%d条、收费类%d条", n(), n(), n()),
		fmt.Sprintf("按县里统一安排开展栏目自查%d轮，改正错链%d处、错字%d个", n(), n(), n()),
		"县里统一配发的公示屏已经装好并通电",
		fmt.Sprintf("参加县里组织的轮训%d人次，人均%d学时", n(), n()),
	}
}

// TestMeasureCopied tells copies from reports that are not over many made ones, and
// prints recall and precision of history.copied.
func TestMeasureCopied(t *testing.T) {
	w := &writer{rand.New(rand.NewPCG(5, 6))}
	const sister = "白石县水利局"
	type texts [2]string
	for _, same := range []bool{true, false} { // the year before, or another agency
		found, planted, alarms, clean := 0, 0, 0, 0
		for round := range 50 {
			them, us, problemsThem, problemsUs := w.sentences(8+w.rnd.IntN(8)), w.sentences(8+w.rnd.IntN(8)), w.sentences(5), w.sentences(5)
			other := texts{boilerplate + prosed(cat(w.templates(), them)), prosed(problemsThem)}
			cases := []struct {
				own    texts
				copied bool
			}{
				{other, true},
				{texts{boilerplate + prosed(w.touched(cat(w.templates(), them))), prosed(w.touched(problemsThem))}, true},
				{texts{boilerplate + prosed(cat(them[:len(them)*2/3], us[:len(us)/3])), prosed(problemsThem)}, true},
				{texts{boilerplate + prosed(cat(w.templates(), us)), prosed(problemsThem)}, true},
				{texts{boilerplate + prosed(cat(w.templates(), us)), prosed(problemsUs)}, false},
				{texts{boilerplate + prosed(w.templates()), boilerplateProblems}, false},
				{texts{boilerplate + prosed(cat(w.templates(), us, them[:1])), prosed(cat(problemsUs, problemsThem[:1]))}, false},
				{texts{prosed(us), boilerplateProblems}, false},
			}
			for i, c := range cases {
				own := made(t, "own", agency, 2023, c.own[0], c.own[1])
				in := Input{Own: own}
				if same {
					before := made(t, "before", agency, 2022, ofYearText(other[0], 2022), other[1])
					in.Previous = &before
				} else {
					in.Others = []Archived{made(t, "sister", sister, 2023, other[0], other[1])}
				}
				_, findings := judged(t, in, "history.copied")
				switch {
				case c.copied && len(findings) > 0:
					found, planted = found+1, planted+1
				case c.copied:
					planted++
					if planted-found < 4 {
						t.Logf("missed: case %d of round %d, same agency %v", i, round, same)
					}
				case len(findings) > 0:
					alarms, clean = alarms+1, clean+1
					if alarms < 4 {
						t.Logf("alarm: case %d: %s", i, findings[0].Message)
					}
				default:
					clean++
				}
			}
		}
		recall, precision := float64(found)/float64(planted), float64(found)/float64(max(1, found+alarms))
		t.Logf("same agency %v: recall %.4f (%d of %d), precision %.4f (%d alarms on %d)", same, recall, found, planted, precision, alarms, clean)
		if recall < 0.95 || precision < 0.98 {
			t.Errorf("recall %.4f, precision %.4f", recall, precision)
		}
	}
}
