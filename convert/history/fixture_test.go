package history

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

func ptr[T any](v T) *T { return &v }

// made is an invented report: all figures 0, chapters with the given texts.
func made(t testing.TB, id, agency string, year int, texts ...string) Archived {
	t.Helper()
	formID := "2021"
	if year < 2021 {
		formID = "2019"
	}
	f, ok := form.Lookup(formID)
	if !ok {
		t.Fatal("no form", formID)
	}
	res := &report.Result{Provenance: map[string]report.Place{}}
	r := &res.Report
	r.Agency, r.Year, r.Form = &agency, &year, f.ID
	for _, c := range f.Cells() {
		set(res, c.Path, "0")
	}
	for i, ch := range f.Chapters {
		s := report.Section{Key: ch.Key, Number: ptr(ch.Number), Title: ch.Title}
		if ch.Key == "overview" && len(texts) > 0 {
			s.Text = texts[0]
		}
		if ch.Key == "problems_and_improvements" && len(texts) > 1 {
			s.Text = texts[1]
		}
		_ = i
		r.Sections = append(r.Sections, s)
	}
	return Archived{ID: id, Result: res}
}

// set prints a number in a cell, or "" for a blank, "/" for a placeholder, or a text.
func set(res *report.Result, pointer, text string) {
	table, path, _ := strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
	if res.Report.Table(table) == nil {
		res.Report.SetTable(table, &report.Node{})
	}
	n := res.Report.Table(table).Ensure(path)
	n.Value = nil
	place := report.Place{Text: text}
	switch _, err := strconv.ParseFloat(text, 64); {
	case err == nil:
		place.State, n.Value = report.StateNumber, ptr(report.Number(text))
	case text == "":
		place.State = report.StateBlank
	case text == "/":
		place.State = report.StatePlaceholder
	default:
		place.State = report.StateText
	}
	res.Provenance[pointer] = place
}

func (a Archived) set(pointer, text string) Archived {
	set(a.Result, "/report/"+pointer, text)
	return a
}

// judged is what one rule gave.
func judged(t testing.TB, in Input, rule string) (report.Judgement, []report.Finding) {
	t.Helper()
	c := Judge(in)
	var found []report.Finding
	for _, f := range c.Findings {
		if f.Rule == rule {
			found = append(found, f)
		}
	}
	for _, o := range c.Rules {
		if o.ID == rule {
			if (o.Outcome == report.Failed) != (len(found) > 0) {
				t.Errorf("%s is %s with %d findings", rule, o.Outcome, len(found))
			}
			return o.Outcome, found
		}
	}
	t.Fatalf("no outcome of %s", rule)
	return "", nil
}

// want is the outcome of a rule, and what its one finding says.
func want(t testing.TB, in Input, rule string, outcome report.Judgement, says ...string) {
	t.Helper()
	got, found := judged(t, in, rule)
	if got != outcome {
		t.Errorf("%s is %s, want %s", rule, got, outcome)
	}
	if outcome != report.Failed || len(found) == 0 {
		return
	}
	if len(found) != 1 {
		t.Errorf("%s has %d findings", rule, len(found))
	}
	for _, s := range says {
		if !strings.Contains(found[0].Message, s) {
			t.Errorf("%s does not say %q: %s", rule, s, found[0].Message)
		}
	}
}

// Invented prose with a good deal of own wording.
const (
	bridges = `2023年，我局围绕城区危桥改造和乡村公路养护两条主线安排公开事项，把三十四座桥梁的检测结论逐座挂到栏目里。
施工封闭前七天，在县电视台滚动字幕和沿线村口喇叭同步播报绕行路线，外卖骑手反映的夜间照明盲区也在栏目里逐条回应。
（三）政府信息管理。把历年交通管制通告按道路名称重新编号，清理出早已失效的限行标志说明四十余份。
渡口停航、轮渡恢复的消息由值班调度员直接录入，分管副局长隔日抽查录入时间。`
	problems = `一是养护站点的台账仍由各道班手工誊写，挂网时间比实际完工晚了十天左右。
二是桥梁限载牌更换以后，地图软件没有跟着改，货车司机多次绕错路。
下一步，把道班台账并入养护调度屏，由监理单位当日签字后自动推送；与两家地图服务商约定限载数据的交换办法，每月核对一次。`
	schools = `2023年，我局把招生划片、校车路线和食堂采购三类事项作为公开重点，划片方案在定稿前贴到每个居民小区的单元门口。
校车停靠点调整征求了两百一十位家长的意见，采纳的理由与没有采纳的理由一并附在公告之后。
食堂大宗食材的中标单位、检测报告和退换记录按周更新，家长凭学号即可查到孩子所在食堂。`
	schoolProblems = `一是部分村小没有专职文书，食堂退换记录常常由炊事员补写。
二是划片答疑集中在八月，热线经常占线。
下一步，为二十三所村小各配一名兼职录入员，答疑提前到六月分片进行，录音整理后挂网。`
	// boilerplate is what everybody writes.
	boilerplate = `2023年，我局以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党的二十大精神，认真贯彻落实《中华人民共和国政府信息公开条例》，不断拓宽公开渠道，丰富公开内容，保障人民群众的知情权、参与权、表达权、监督权。
成立了由主要领导任组长、分管领导任副组长、各科室负责人为成员的政务公开工作领导小组，明确专人负责日常工作。
严格执行信息发布审核制度，坚持先审查后公开，对拟公开的政府信息进行保密审查，做到涉密信息不公开，公开信息不涉密。
本报告中所列数据的统计期限为2023年1月1日至12月31日。本年度未收到政府信息公开申请，未发生因政府信息公开引起的行政复议和行政诉讼。`
	boilerplateProblems = `政府信息公开工作取得了一定成效，但与上级要求和群众期盼相比还存在一些差距和不足：一是主动公开的意识有待进一步增强；二是政策解读的形式较为单一；三是工作人员业务能力有待进一步提高。
下一步，我局将继续加强学习培训，提高工作人员的业务能力和水平，进一步拓展公开渠道，丰富公开形式，推动政府信息公开工作再上新台阶。`
)

// ofYear moves a text to another year.
func ofYearText(text string, year int) string {
	return strings.ReplaceAll(text, "2023年", fmt.Sprintf("%d年", year))
}
