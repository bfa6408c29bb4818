package claims

import (
	"slices"
	"strings"

	"nianbao/extract/lazyregexp"
)

// apart takes back what is said of something beside the figures of the form, where only other clauses of
// the sentence show it. first is the sentence's first claim.
func (out *Reading) apart(index, first int) {
	s, reviews := &out.Sentences[index], out.asReviewer(index)
	for k := first; k < len(out.Claims); k++ {
		c := &out.Claims[k]
		if c.Figure < 0 || c.Subject == None {
			continue
		}
		f := &s.Figures[c.Figure]
		lead := s.Span(0, f.Start)
		lead = lead[strings.LastIndex(lead, "；")+1:]
		switch {
		case strings.HasSuffix(f.Raw, "之和"), // 收件、上年结转之和43件
			isChallenge(c.Subject) && s.addsChallenges(lead, c),
			!isChallenge(c.Subject) && s.byAnotherName(f),
			s.splitByLevel(f) && c.Subject == New,
			isOutcome(c.Subject) && (f.Unit == "项" || f.Unit == "条") && (strings.HasSuffix(f.Raw, "信息") || f.Han && startsWithAny(s.Span(f.End, len(s.Runes)), "之和", "合计") || s.countsWanted(f)), // 不予公开信息5项
			isOutcome(c.Subject) && f.Raw != "" && startsWithAny(f.Tail, "全部按", "均按", "都按", "一律按"),                                                                                               // 事故卷宗6件全部按执法案卷处理
			isOutcome(c.Subject) && (s.amongOthers(c.Figure) || s.amongRest(c.Figure) || s.ofSome(f)),
			c.Subject == New && (f.Han && f.Unit == "个" || sortOfApplicants(f) || strings.HasSuffix(f.Raw, "其中")), // 对其中21件申请
			isChallenge(c.Subject) && containsAny(lead, "不涉及信息公开", "不涉及政府信息公开", "与信息公开无关", "与政府信息公开无关", "非信息公开", "非政府信息公开"),
			isChallenge(c.Subject) && reviews,
			isChallenge(c.Subject) && (s.ofOtherMatters(f) || strings.HasPrefix(f.Tail, "未") && containsAny(f.Tail, "起诉", "诉讼")), // 其余11件未再起诉
			isDecision(c.Subject) && s.sortOfCases(f),
			(c.Subject == Answered || c.Subject == Handled) && containsAny(f.Raw, "按期", "按时", "期限内", "时限内") && containsAny(s.Span(f.End, len(s.Runes)), "迟了", "晚了", "迟延", "超期答复", "逾期答复"), // 29件申请中按期答复28件，另有1件迟了两天
			c.Subject == Procurement && f.Unit == "件", // 从申请事项看，药品集中采购39件
			strings.HasPrefix(string(c.Subject), "applicants.") && strings.HasSuffix(strings.TrimSuffix(lead, f.Raw), "者，"): // 全部或部分公开者，自然人20件
			c.Subject = None
		case (c.Subject == Fees || c.Subject == InformationFee) && ofArea.MatchString(s.Span(f.End, len(s.Runes))):
			c.Scope.Area, c.Scope.Own = "全区", false
		}
	}
}

// ofArea says behind a figure that it is that of a whole area: 2.3亿元，为全区口径.
var ofArea = lazyregexp.New(`^[，（](?:该数|此数|均)?(?:为|系|是|属|按)?全(?:市|县|区|旗|省|州|镇|乡|系统)(?:统计)?(?:口径|数据|汇总|合计)`)

// asReviewer reports whether a sentence stands under a heading that says that it is about the body as the one that
// reviews what others did: （三）作为复议机关。受理…46件，其中维持28件.
func (out *Reading) asReviewer(index int) bool {
	const longest = 24
	s, before := &out.Sentences[index], out.before(index)
	return before != nil && before.Line == s.Line && len(before.Figures) == 0 && runeLen(before.Text) <= longest && containsAny(before.Text, "作为复议机关", "作为复议机构", "作为行政复议机关")
}

// countsWanted reports whether a figure counts what was asked for, of which applications hold several:
// 11件申请共提出27项信息需求，…不予公开3项.
func (s *Sentence) countsWanted(f *Figure) bool {
	return slices.ContainsFunc(s.Figures, func(g Figure) bool {
		return g.Start < f.Start && g.Unit == f.Unit && containsAny(g.Raw+g.Tail, "信息", "需求", "内容")
	})
}

// restWords call what is left of something.
var restWords = []string{"另外", "其余", "其他", "剩余", "余下", "另"}

// amongRest reports whether a figure is told of those left that the sentence begins with, or that are told one by
// one: 另外8件，予以公开6件; 其余8件分别予以公开5件、无法提供3件.
func (s *Sentence) amongRest(k int) bool {
	for i := range s.Figures[:k] {
		of := &s.Figures[i]
		if !slices.Contains(restWords, strings.TrimLeft(of.Raw, "，")) || strings.Contains(s.Span(of.End, s.Figures[k].Start), "；") {
			continue
		}
		if i == 0 && at(s.Runes, of.End) == '，' || startsWithAny(s.Span(of.End, s.Figures[i+1].Start), "分别") {
			return true
		}
	}
	return false
}

// ofSome reports whether a clause before the result tells which applications had it, or that they are what is left
// of them: 尚未移交的3件予以公开; 不予公开的其余3件.
func (s *Sentence) ofSome(f *Figure) bool {
	if hasSuffix(f.Raw, []string{"的其余", "的其他", "的剩余"}) {
		return true
	}
	which, ok := strings.CutSuffix(f.Raw, "的")
	return ok && startsWithAny(which, "尚未", "已经", "未") && startsWithAny(f.Tail, "予以公开", "不予公开", "部分公开") && !containsAny(which, finishing...) && !containsAny(which, answering...)
}

// sortOfApplicants reports whether a figure is called the applications of one sort of people, with nothing that
// received them: 单位申请4件中.
func sortOfApplicants(f *Figure) bool {
	who, ok := strings.CutSuffix(strings.TrimLeft(f.Raw, "，"), "申请")
	return ok && slices.Contains([]string{"单位", "个人", "职工", "居民", "村民", "业主", "企业", "群众", "集体", "公众"}, who)
}

// ofOtherMatters reports whether the bracket behind the number of challenges says that some are about something
// else than disclosure: 诉讼3件（均涉及征收补偿）; 复议2件（1件涉及宅基地、1件涉及政府信息公开）.
func (s *Sentence) ofOtherMatters(f *Figure) bool {
	bracket, ok := strings.CutPrefix(s.Span(f.End, len(s.Runes)), "（")
	bracket, _, _ = strings.Cut(bracket, "）")
	if !ok {
		return false
	}
	for clause := range strings.FieldsFuncSeq(bracket, func(r rune) bool { return r == '、' || r == '，' || r == '；' }) {
		if _, matter, ok := strings.Cut(clause, "涉及"); ok && !containsAny(matter, "公开", "答复") {
			return true
		}
	}
	return false
}

// isDecision reports whether a subject is a number of the decisions that the form counts.
func isDecision(of Subject) bool { return of == Licensing || of == Penalties || of == Compulsion }

// sortOfCases reports whether a figure is called a sort of what others of its sentence, called sorts too, are the
// others of: 申请67件，其中环评审批类24件、行政处罚类13件.
func (s *Sentence) sortOfCases(f *Figure) bool {
	return strings.HasSuffix(f.Label, "类") && slices.ContainsFunc(s.Figures, func(g Figure) bool {
		return g.Start != f.Start && g.Unit == f.Unit && (strings.HasSuffix(g.Label, "类") && !containsAny(g.Label, "行政") || containsAny(g.Raw, "申请", "咨询", "投诉", "举报"))
	})
}

// addsChallenges reports whether the words before a figure add reviews and lawsuits up, or tell both, or the ways
// lawsuits began, of one result: 复议与诉讼相加，维持2件; “结果纠正”项下，复议1件; 两类纠正共3件，直接起诉2件.
func (s *Sentence) addsChallenges(lead string, c *Claim) bool {
	if containsAny(lead, "相加", "合并计算", "项下") {
		return true
	}
	switch c.Subject {
	case Reconsideration, Litigation, LitigationDirect, LitigationAfter:
	default:
		return false
	}
	at := strings.LastIndex(lead, "两类")
	return at >= 0 && containsAny(lead[at:], "维持", "纠正") || startsWithAny(s.Figures[c.Figure].Raw, "其他结果", "尚未审结", "结果维持", "结果纠正")
}

// byAnotherName reports whether a figure is of what was done in another's name: 以市局名义答复的申请73件.
func (s *Sentence) byAnotherName(f *Figure) bool {
	_, behind, ok := strings.Cut(f.Raw, "以")
	name, _, named := strings.Cut(behind, "名义")
	return ok && named && !containsAny(name, "我", "本", "自己", "个人", "企业", "单位", "公民")
}

// splitByLevel reports whether the bracket behind a figure says how much of it is the body's own and how much is
// that of the bodies below it: 全局共收到申请86件（市局本级52件，各分局34件）.
func (s *Sentence) splitByLevel(f *Figure) bool {
	behind, ok := strings.CutPrefix(s.Span(f.End, len(s.Runes)), "（")
	bracket, _, _ := strings.Cut(behind, "）")
	return ok && containsAny(bracket, "本级", "机关") && containsAny(bracket, "各分局", "各区局", "各县局", "分局", "下属", "所属", "直属", "基层", "各镇", "各街道", "各乡镇", "各部门") && strings.ContainsAny(bracket, "0123456789")
}

// amongOthers reports whether a figure is told of some that the figure before it in the statement counts, and
// whose they are: 甲的35件中，公开8件; 除甲以外的93件中，公开49件.
func (s *Sentence) amongOthers(k int) bool {
	for i := k - 1; i >= 0; i-- {
		of := &s.Figures[i]
		between := s.Span(of.End, s.Figures[k].Start)
		if strings.Contains(between, "；") {
			return false
		}
		behind := s.Span(of.End, s.Figures[i+1].Start)
		if sortOfApplicants(of) && startsWithAny(behind, "中", "里") {
			return true // 单位申请4件中予以公开3件
		}
		if !startsWithAny(behind, "中，", "当中，", "里，", "件中，") {
			continue
		}
		whose, ok := strings.CutSuffix(of.Raw, "的")
		return ok && (strings.HasSuffix(whose, "以外") || strings.HasPrefix(whose, "除") || runeLen(strings.TrimLeft(whose, "，")) <= 2 && neutralWords.Replace(whose) != "" && !slices.Contains(finishing, whose) && !slices.Contains(answering, whose))
	}
	return false
}

// allOneRow adds the row of the form that all of a result were: 不予公开3件（均为三类内部事务信息）.
func (out *Reading) allOneRow(index, first int) {
	s := &out.Sentences[index]
	if !s.Says("均", "全部", "都") {
		return
	}
	for _, c := range slices.Clone(out.Claims[first:]) {
		switch c.Subject {
		case Denied, Unable, NotProcessed, OtherOutcome:
		default:
			continue
		}
		if c.Figure < 0 || c.Value.Sign() == 0 {
			continue
		}
		m := allOfRow.FindStringSubmatch(s.Span(s.Figures[c.Figure].End, len(s.Runes)))
		if m == nil {
			continue
		}
		if row, named := ofDetails(m[1]); named && strings.HasPrefix(string(row), string(c.Subject)+".") {
			c.Subject, c.Label = row, c.Label+"（均为"+m[1]+"）"
			out.Claims = append(out.Claims, c)
		}
	}
}

// allOfRow says behind a result what all of it were.
var allOfRow = lazyregexp.New(`^[（，](?:均|全部|都|皆)(?:为|系|是|属于|属|因)([^，。；（）\d]{2,24})(?:[）。；，]|$)`)

// allEnded is how all the challenges before it ended: 3件，复议机关均决定维持; 4件，截至年底均尚未审结.
var allEnded = lazyregexp.New(`^[，（]?(?:截至(?:20\d\d年)?(?:\d{1,2}月\d{1,2}日|年底|年末)[，]?)?[^，。；\d未无]{0,12}?(?:均|全部|都)(?:被|已|予以|决定|判决|裁定|结果|为|是)*(维持|纠正|尚?未审结)`)

// allOne adds what became of all the challenges that a figure counts.
func (out *Reading) allOne(index, first int) {
	s := &out.Sentences[index]
	if !s.Says("均", "全部", "都") {
		return
	}
	for _, c := range slices.Clone(out.Claims[first:]) {
		if c.Figure < 0 || c.Value.Sign() == 0 {
			continue
		}
		group, ok := strings.CutSuffix(string(c.Subject), ".total")
		if !ok || !isChallenge(c.Subject) {
			continue
		}
		behind := s.Span(s.Figures[c.Figure].End, len(s.Runes))
		m := allEnded.FindStringSubmatch(behind)
		if m == nil || containsAny(m[0], "不予", "申请人", "应诉", "答辩") || strings.Contains(m[0], map[bool]string{true: "诉讼", false: "复议"}[group == "reconsideration"]) {
			continue
		}
		for _, end := range challengeEnds {
			if slices.Contains(end.words, m[1]) {
				_, result, _ := strings.Cut(string(end.ofTrials), ".")
				c.Subject = Subject(group + "." + result)
				out.Claims = append(out.Claims, c)
			}
		}
	}
}
