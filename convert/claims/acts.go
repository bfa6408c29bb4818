package claims

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// decisions are the acts of chapter 二 by the words prose has for them.
var decisions = []category{
	{Licensing, []string{"行政许可", "许可决定", "准予许可"}},
	{Penalties, []string{"行政处罚", "处罚决定"}},
	{Compulsion, []string{"行政强制", "强制措施", "强制决定"}},
}

// neutralActs takes out what stands around an act and restricts nothing.
var neutralActs = replacer(counting, ofYear, ownBody, `类 方面 作出 做出 办理 实施 下达 开出 采取 执行 办结 处理 完成 发生 查处 办 决定书 决定 案件 案 事项 措施 业务 行政 各类 各项 文书 件 累计 处理决定`)

// actPlainly reads a figure of decisions, rules or fees whose noun stands in its
// clause, whatever the order, or is the topic before it: 行政处罚方面，全年作出处罚决定17件.
func (s *Sentence) actPlainly(i int, ctx topic) Subject {
	f := &s.Figures[i]
	if f.Change || !s.Says("行政", "规章", "规范性") {
		return None
	}
	z := s.zoneOf(i)
	own := z.before + "※" + z.after
	if f.kind == moneyUnit {
		return feesPlainly(&z, own)
	}
	if f.kind != countUnit && f.kind != noUnit {
		return None
	}
	if sub := s.rulesPlainly(i, own); sub != None {
		return sub
	}
	named, rest := find(decisions, own)
	if len(named) == 0 {
		named, _ = find(decisions, lastClause(z.topic))
		if len(named) != 1 || !hasSuffix(lastClause(z.topic), []string{"方面", "情况", "上", "中", "许可", "处罚", "强制", "来看", "领域"}) || !containsAny(own, "决定", "作出", "办理", "实施", "案", "共", "件") {
			return None
		}
	}
	if len(named) != 1 || f.Unit != "" && !strings.Contains("件宗起份例", f.Unit) {
		return None
	}
	if noDecided.in(own) || neutralActs.Replace(rest) != "" || noDecided.in(lastClause(z.topic)) && !strings.Contains(z.before, "作出") && !startsWithAny(lastClause(z.topic), "按照", "根据", "依据") {
		return None
	}
	if _, r := find(decisions, z.before+z.after); z.before != "" && !ctx.proactive && neutralActs.Replace(r) == "" && !containsAny(own+lastClause(z.topic), deciding...) && !containsAny(own, "决定", "案") {
		return None
	}
	return named[0]
}

func lastClause(topic string) string {
	if at := strings.LastIndex(topic, "，"); at >= 0 {
		return topic[at+len("，"):]
	}
	return topic
}

var neutralFees = replacer(counting, ofYear, ownBody, `收取 征收 收费 金额 入库 执收 实际 收入 总额 累计`)

// feesPlainly reads a sum whose noun is the topic before it.
func feesPlainly(z *zone, own string) Subject {
	topic := lastClause(z.topic)
	if strings.Contains(z.topic, "行政事业性收费") && feesTold.MatchString(z.before) && z.after == "" {
		return Fees // 行政事业性收费项目、标准长期公示，全年收费金额128.6万元
	}
	if !containsAny(topic, "行政事业性收费") || containsAny(topic, "减", "免", "降", "取消", "目录", "清单", "标准", "公示", "涉企", "退", "预算", "计划", "应收", "罚没", "税", "基金") {
		return None
	}
	if neutralFees.Replace(own) != "" {
		return None
	}
	return Fees
}

// feesTold calls a sum all the fees of the year.
var feesTold = lazyregexp.New(`^[，；]?(?:全年|本年度?|当年|年内|共|合计|累计)*(?:实际)?(?:收费|收取)(?:总)?(?:金额|额)(?:为|共|计|达)*$`)

var (
	neutralRules = replacer(counting, ofYear, ownBody, `类 方面 制定 制发 制定出台 出台 印发 发布 制订 新增 下发 公布 新制定 新制发 新出台 新印发 废止 宣布 清理 继续 现行 有效 行政 规范性文件 规章 政府 地方 件数 现 仍 清理后 经清理 保留 目前 存量 本年 并公开 公开 失效 按程序 依程序 按照程序 履行程序 依法依规 依规 按规定 及时`)
	ruleNouns    = []string{"规范性文件", "规章"}
)

// rulesPlainly reads 规章 and 规范性文件 issued, repealed or in force. The noun may be
// that of the figure before: 制发行政规范性文件5件，废止2件.
func (s *Sentence) rulesPlainly(i int, own string) Subject {
	noun, own := "", afterReview.Replace(own)
	for _, n := range ruleNouns {
		if strings.Contains(own, n) {
			noun = n
			break
		}
	}
	for k := i - 1; noun == "" && k >= -1; k-- {
		if noun = ruleNounIn(lastClause(s.zoneOf(k + 1).topic)); noun != "" || k < 0 {
			break // 规章方面，…；规范性文件方面，制发3件
		}
		words := afterReview.Replace(s.Figures[k].Raw + s.Figures[k].Tail)
		noun = ruleNounIn(words)
		if noun == "" && (s.Figures[k].Unit != s.Figures[i].Unit || neutralRules.Replace(words) != "") {
			break
		}
	}
	if noun == "" || containsAny(own, foreignRules...) || s.Figures[i].Unit != "件" && s.Figures[i].Unit != "份" && s.Figures[i].Unit != "部" && s.Figures[i].Unit != "" {
		return None
	}
	if containsAny(own, "规范性文件") && containsAny(strings.ReplaceAll(own, "规范性文件", ""), "规章") || neutralRules.Replace(own) != "" {
		return None
	}
	valid, dead, made := strings.Contains(own, "有效"), strings.Contains(own, "废止"), containsAny(own, issues...) || strings.Contains(own, "公布")
	list := [3]Subject{NormativeInForce, NormativeRepealed, NormativeIssued}
	if noun == "规章" {
		list = [3]Subject{RegulationsInForce, RegulationsRepealed, RegulationsIssued}
	}
	switch {
	case valid && !dead && !made:
		return list[0]
	case dead && !valid && !made && !strings.Contains(own, "失效"):
		return list[1]
	case made && !dead && !valid:
		return list[2]
	}
	return None
}

// afterReview takes out that rules were looked through before they were repealed or kept.
var afterReview = strings.NewReplacer("经评估后", "", "经评估", "", "经审查后", "", "经审核", "", "经清理后", "", "经清理", "", "评估后", "")

// ruleNounIn is the noun of rules that the words name, empty where they name none or those of others.
func ruleNounIn(words string) (noun string) {
	for _, n := range ruleNouns {
		if strings.Contains(words, n) && !containsAny(words, foreignRules...) {
			noun = n
		}
	}
	return noun
}

// foreignRules make rules others than those the body issued, repealed or keeps.
var foreignRules = []string{"名义", "代拟", "起草", "审查", "备案", "评估", "党内", "解读", "上级", "部门规范性", "修改", "修订", "拟定", "审核", "其他", "以外", "学习", "转发", "征求", "报送", "党委", "规章制度", "法律", "法规", "政策", "以下", "涉及"}

// challengePlainly reads a number of challenges whose noun is the topic before it:
// 行政复议方面，全年共发生4件.
func (s *Sentence) challengePlainly(i int, ctx topic) Subject {
	f := &s.Figures[i]
	if !ctx.challenges || f.Change || f.Unit != "" && !strings.Contains("件宗起例", f.Unit) || f.kind != countUnit && f.kind != noUnit {
		return None
	}
	z := s.zoneOf(i)
	own := strings.ReplaceAll(z.before+"※"+z.after, "作为被告", "")
	words := own
	if !containsAny(own, "复议", "诉讼", "起诉", "被诉") {
		topic := lastClause(z.topic)
		if neutralChallenges.Replace(own) != "" || !containsAny(topic, "复议", "诉讼") || !hasSuffix(topic, []string{"方面", "情况", "案件", "复议", "诉讼", "上", "事项", "来看", "中"}) {
			return None
		}
		words = topic
	}
	recon, lit := strings.Contains(words, "复议"), containsAny(words, "诉讼", "起诉", "被诉")
	if recon == lit || containsAny(own+lastClause(z.topic), notChallenges...) || neutralChallenges.Replace(own) != "" || neutralChallenges.Replace(lastClause(z.topic)) != "" && words != own {
		return None
	}
	if recon {
		return Reconsideration
	}
	return Litigation
}

var (
	neutralChallenges = replacer(counting, ofYear, ownBody, everybody, asked, `类 方面 行政复议 行政诉讼 复议 诉讼 起诉 被诉 案件 案 发生 收到 引发 引起 导致 产生 提起 提出 涉及 涉 被 申请 人民法院 法院 向 就 不服 答复 行政 均已审结 均已办结 均已 应对 新增 类 累计 应诉 的`)
	notChallenges     = []string{"一审", "二审", "再审", "出庭", "培训", "败诉", "代理", "率", "其他", "以外", "审理", "审结的", "撤", "驳回", "维持", "纠", "未经", "直接", "复议后", "代", "作为", "全部", "未", "为被申请人"}
)
