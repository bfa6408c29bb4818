package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// A name alone says nothing: officials, contacts and signatories are named as
// they should be. Somebody is an applicant by the words before the name (申请人,
// 村民, 收到) and after it (关于…的申请, 不服, 诉我局), so both sides are read.

// standing is what the words before a name say of the person.
type standing int

const (
	noStanding standing = iota
	// atStart: a sentence or a clause begins with the name.
	atStart
	// inNote: a note on a counted case begins with the name: 申请1件（张某，…）.
	inNote
	// atPlace: a place or an organisation stands before it (…社区徐某).
	atPlace
	// asAnybody: some word for people (教师, 货车司机, 原支书) or an unknown one.
	asAnybody
	// quoted: the name fills quotes.
	quoted
	// excepted: who alone is told apart from all others (除…外, 仅有…).
	excepted
	// received: what was received from or answered to the person (收到, 答复).
	received
	// asCitizen: the word for a member of the public (村民, 市民).
	asCitizen
	// asParty: the word for a party of the procedure (申请人, 原告).
	asParty
)

// named is an applicant's name found in a text, by bytes of the line.
type named struct {
	name       string
	start, end int
}

// applicantsIn finds the names of applicants and complainants in a line without
// spaces. procedure says that the chapter is about applications or challenges: there
// whoever hands in something is a party.
func applicantsIn(line string, procedure bool) []named {
	book := names()
	var out []named
	for start := 0; start < len(line); {
		end := len(line)
		if at := strings.IndexFunc(line[start:], endsSentence); at >= 0 {
			end = start + at
		}
		s := sentence{text: line[start:end], book: book}
		if procedure || tellsApplicant(s.text) {
			for _, p := range s.applicants() {
				out = append(out, named{s.text[p.start:p.end], start + p.start, start + p.end})
			}
		}
		if end == len(line) {
			break
		}
		_, size := utf8.DecodeRuneInString(line[end:])
		start = end + size
	}
	return out
}

func endsSentence(r rune) bool { return r == '。' || r == '；' || r == '！' || r == '？' }

// sentence is one sentence and the people found in it so far.
type sentence struct {
	text  string
	book  *namebook
	found []person
	// called and roles say that words stand in the text without which calledBy and inRole
	// find nothing.
	called, roles bool
}

func (s *sentence) applicants() []person {
	s.called = containsAny(s.text, "名为", "名叫", "姓名")
	s.roles = containsAny(s.text, partyRoles...)
	hasDot := strings.ContainsAny(s.text, "·•・‧")
	for i := 0; i < len(s.text); {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		if p, ok := s.personAt(i, hasDot); ok {
			s.found = append(s.found, p)
			i = p.end
			continue
		}
		i += size
	}
	return s.found
}

func (s *sentence) personAt(at int, hasDot bool) (person, bool) {
	var list []person
	if hasDot {
		if p, ok := dotted(s.text, at, func(rest string) bool { return hasAnyPrefix(rest, doings) || hasAnyPrefix(rest, goings) }); ok {
			list = append(list, p)
		}
	}
	list = append(list, s.book.candidates(s.text, at)...)
	if s.called {
		if p, ok := s.calledBy(at); ok {
			return p, true
		}
	}
	if p, ok := s.unlikeHan(at); ok {
		return p, true
	}
	if len(list) == 0 || endsWord(s.text, at) {
		return person{}, false
	}
	if p, ok := s.plainlyParty(at, list); ok {
		return p, true
	}
	as := s.standing(at)
	if as == noStanding {
		return person{}, false
	}
	for _, p := range list {
		if s.accepts(p, as) {
			return p, true
		}
	}
	return person{}, false
}

// endOfWords are surnames that end a word, with what stands before them in it: 依赖, 招生季.
var endOfWords = map[string][]string{
	"方": {"对", "双", "我", "官", "第三", "地", "警", "院", "校", "甲", "乙", "各", "多", "有关", "相关"},
	"况": {"情", "状", "路", "概", "近", "现", "工", "战", "实", "盛", "病", "市"},
	"赖": {"依", "信", "仰", "抵", "无", "有"},
	"伍": {"队", "入", "退"}, "路": {"道", "线", "公", "网", "铁", "水", "电"}, "林": {"园", "森", "造", "护", "农", "山", "树", "竹"}, "程": {"工", "流", "里", "路", "课", "日", "过", "章", "议"},
	"庄": {"村", "农"}, "楼": {"城", "大", "办公"}, "房": {"厂", "楼", "库", "住", "平", "公租", "廉租", "危"}, "门": {"店", "院", "校", "城", "部"}, "池": {"城", "水", "电"}, "郭": {"城"}, "严": {"庄", "尊"},
	"段": {"路", "区", "街", "地", "时"}, "边": {"路", "街", "河", "江", "湖"}, "席": {"主"}, "代": {"替", "换", "时"}, "纪": {"年", "违"}, "简": {"精"}, "符": {"不", "相"},
	"季": {"招生", "毕业", "开学", "入学", "升学", "考试", "报名", "申报", "缴费", "报税", "征兵", "招聘", "采暖", "供暖", "取暖", "旅游", "采摘", "旺", "淡", "雨", "汛", "四", "每", "当", "春", "夏", "秋", "冬", "赛", "换"},
}

// endsWord reports whether the surname at the offset is the end of a word.
func endsWord(text string, at int) bool {
	return hasAnySuffix(text[:at], endOfWords[headRunes(text[at:], 1)])
}

// standing reads the words before a name.
func (s *sentence) standing(at int) standing {
	left := s.behindMasked(s.text[:at])
	if n := len(s.found); n > 0 {
		between := s.text[s.found[n-1].end:at]
		if between == "、" || between == "和" || between == "与" || between == "及" || between == "以及" || between == "，" || between == "/" {
			return asParty // one more of a list
		}
	}
	if strings.HasSuffix(left, "姓名") && (hasAnySuffix(strings.TrimSuffix(left, "姓名"), officials) || !speaksOfPapers(s.text)) {
		return noStanding
	}
	if s.book.parties.end(left) || s.book.parties.end(s.partyBefore(left)) {
		return asParty
	}
	if strings.HasSuffix(left, "“") && s.quotedAt(at) {
		return quoted
	}
	last, _ := utf8.DecodeLastRuneInString(left)
	if strings.ContainsRune("除仅有是为", last) && hasAnySuffix(left, exceptions) {
		return excepted
	}
	if strings.ContainsRune("（(名即为是系：:", last) && maskedBefore.MatchString(tailOf(left, 24)) {
		return asParty // 徐某（徐某某）: the mask is lifted
	}
	if s.book.citizens.end(left) {
		if ofParty.MatchString(left) {
			return asParty
		}
		return asCitizen
	}
	if s.book.receiving.end(left) && !hasAnySuffix(left, []string{"联系", "关系", "体系"}) {
		return received
	}
	if s.book.places.end(left) {
		if ofParty.MatchString(left) {
			return asParty
		}
		return atPlace
	}
	switch {
	case strings.ContainsRune("（(：:", last) && inBrackets.MatchString(tailOf(left, 12)) && (speaksOfPapers(left) || strings.Contains(s.text, "审理")):
		return inNote
	case (last == '（' || last == '(') && s.book.people.end(left[:len(left)-utf8.RuneLen(last)]) && !hasAnySuffix(left[:len(left)-utf8.RuneLen(last)], officials) && !hasAnySuffix(left[:len(left)-utf8.RuneLen(last)], servantsOfBody) && !hasAnySuffix(left[:len(left)-utf8.RuneLen(last)], []string{"联系人", "负责人", "责任人"}) && containsAny(left, "原告", "申请", "起诉", "复议"):
		return inNote
	case left == "" || strings.ContainsRune(startMarks, last) && startOf.MatchString(tailOf(left, 12)):
		return atStart
	case isHan(last) && (s.book.people.end(left) && !hasAnySuffix(left, notPeople) || s.inRole(left)) && !hasAnySuffix(left, officials) && !hasAnySuffix(left, servantsOfBody) && !hasAnyPrefix(s.text[at-utf8.RuneLen(last):], oneWord):
		return asAnybody
	}
	return noStanding
}

// behindMasked takes off the masked names of a list that goes on with a name written out:
// 申请人（杨某、罗志刚）.
func (s *sentence) behindMasked(left string) string {
	const reach = 60 // bytes
	last, _ := utf8.DecodeLastRuneInString(left)
	if !strings.ContainsRune("、和与及，", last) || !strings.Contains(left, "某") {
		return left
	}
	return left[:len(left)-len(maskedList.FindString(tailOf(left, reach)))]
}

// quotedAt reports whether a name at a byte of the text ends where the quotes end.
func (s *sentence) quotedAt(at int) bool {
	end := strings.Index(s.text[at:], "”")
	return slices.ContainsFunc(s.book.candidates(s.text, at), func(p person) bool { return p.end == at+end })
}

// partyBefore takes off what may stand between the word for a party and the name;
// it is empty where nothing does.
func (s *sentence) partyBefore(left string) string {
	const most = 3
	out := ""
	bare := left
	for range most {
		last, _ := utf8.DecodeLastRuneInString(bare)
		if !strings.ContainsRune(linkMarks, last) {
			break
		}
		m := beforeName.FindStringIndex(tailOf(bare, 60))
		if m == nil {
			break
		}
		bare = bare[:len(bare)-(m[1]-m[0])]
		if out = bare; s.book.parties.end(out) {
			break
		}
	}
	return out
}

// accepts decides by what follows the name.
func (s *sentence) accepts(p person, as standing) bool {
	rest := s.text[p.end:]
	return s.follows(p, rest, as) && !s.nobody(p, rest, as)
}

// follows reports whether rest, the words behind the name, go on as behind that of an
// applicant.
func (s *sentence) follows(p person, rest string, as standing) bool {
	const reach = 150 // bytes: about 50 characters
	near := rest[:min(len(rest), reach)]
	if masked := listedMasked.FindString(near); masked != "" {
		rest = rest[len(masked):] // 村民汪成林、村民李某提出
		near = near[len(masked):]
	}
	does := hasAnyPrefix(rest, doings) && !hasAnyPrefix(rest, notDoings)
	if does {
		near = beforeComma(near) // what others do about it comes later
	}
	leads := hasAnyPrefix(rest, goings) && !hasAnyPrefix(rest, notDoings)
	goes := leads && speaksOfPapers(near) || hasAnyPrefix(rest, answers) && answeredTo.MatchString(near)
	ends := rest == "" || as == asParty && hasAnyPrefix(rest, partyEnds) || strings.ContainsRune(endings, leadingRune(rest)) || rest[0] >= '0' && rest[0] <= '9'
	three := utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
	switch as {
	case asParty:
		return s.acceptsParty(p, rest, does, goes, leads || ends)
	case received:
		return s.acceptsReceived(p, rest, near, does || goes, ends)
	case excepted:
		return p.sure && three && !s.likePlace(p) && (does || goes || ends || hasAnyPrefix(rest, aloneAfter)) && (containsAny(near, papers...) || ofAsking(s.text)) && !ofStaff(s.text)
	case quoted:
		return strings.HasPrefix(rest, "”") && three && speaksOfPapers(s.text) && s.ofPeople(p) && !s.byOfficial(p.start, near)
	case asAnybody:
		if p.sure && three && ends && handed.MatchString(tailOf(s.text[:p.start], 80)) && containsAny(s.text, "答复书", "告知书", "申请") {
			return !s.byOfficial(p.start, near)
		}
		if p.sure && three && ends && s.asksMost(p.start) {
			return !s.byOfficial(p.start, near)
		}
		return p.sure && (three || does && s.book.trades.end(s.text[:p.start])) && !praised(near) && s.receivedBefore(p.start) && !proposal.MatchString(near) && !s.byOfficial(p.start, near) && (does || goes || (ends || joinedParty.MatchString(rest)) && s.inRole(s.text[:p.start]))
	case asCitizen:
		return s.acceptsCitizen(p, rest, near, does || goes, ends) || three && p.common && does && !praised(near)
	case atPlace:
		joined := hasAnyPrefix(rest, joints) // 园林绿化、垃圾处理: a list of things
		return p.sure && (does || goes && !joined || joined && s.listAsks(rest)) && s.receivedBefore(p.start)
	case inNote:
		return p.sure && (does || ends) && !s.byOfficial(p.start, near)
	case atStart:
		return s.begins(p, rest, near) && !s.byOfficial(p.start, near)
	case noStanding:
	}
	return false
}

// listAsks reports whether those listed behind a name hand something in with its bearer.
func (s *sentence) listAsks(rest string) bool {
	behind := s.afterList(rest)
	return startsProcedure(behind) || len(behind) < len(rest) && (hasAnyPrefix(behind, doings) || togetherAs.MatchString(behind))
}

// joints join names, and words of all kinds.
var joints = strings.Fields("、 和 及 以及 与 同 等")

// acceptsCitizen decides on a name behind the word for a member of the public.
func (s *sentence) acceptsCitizen(p person, rest, near string, acts, ends bool) bool {
	three := utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
	if p.sure && three && (ends && s.asksMost(p.start) || ofSeveral.MatchString(rest)) {
		return true
	}
	if praised(near) {
		return false
	}
	return three && askedOnce.MatchString(rest) || p.sure && (acts || three && asksSoon.MatchString(near)) // 业主应春霞曾…投诉
}

// acceptsReceived decides on a name behind a word for receiving or answering. acts says that
// the words after it are of a party's doings.
func (s *sentence) acceptsReceived(p person, rest, near string, acts, ends bool) bool {
	three := utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
	if s.isTopic(p) {
		return false
	}
	if p.sure && three && (ends || hasAnyPrefix(rest, []string{"本人", "并", "等"})) && s.answered(p.start) {
		return true
	}
	if p.sure && three && (datedAsking.MatchString(rest) || strings.HasSuffix(s.text[:p.start], "由") && togetherAsked.MatchString(rest)) && speaksOfPapers(s.text) && !s.byOfficial(p.start, near) {
		return true
	}
	if p.sure && three && hasAnyPrefix(rest, []string{"（"}) && handedIn.MatchString(near) {
		return true
	}
	if p.sure && three && hasAnyPrefix(rest, []string{"先生", "女士", "老人", "本人"}) && hasAnySuffix(s.text[:p.start], []string{"向", "给", "为", "对", "告知", "答复", "与"}) && containsAny(s.text, "提供", "答复", "告知", "送达", "申请", "公开范围") {
		return !s.byOfficial(p.start, near)
	}
	if clause := beforeComma(near); speaksOfPapers(clause) {
		near = clause // what others say of it comes later
	}
	if three && hasAnySuffix(s.text[:p.start], receipts) && countedParty.MatchString(rest) && !s.book.words[headRunes(s.text[p.start:], 2)] {
		return true
	}
	return (p.sure || three && (p.common && hasAnyPrefix(rest, starts) || hasAnySuffix(s.text[:p.start], receipts) && !s.book.words[headRunes(s.text[p.start:], 2)])) && acts && !s.byOfficial(p.start, near)
}

// acceptsParty decides on a name behind the word for a party. on says that the words after
// it lead on from a name or end it.
func (s *sentence) acceptsParty(p person, rest string, does, goes, on bool) bool {
	three := utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
	switch {
	case !p.sure && kindOfThings.MatchString(rest), hasAnyPrefix(rest, []string{"系方", "系统", "系列", "系人"}), strings.HasPrefix(s.text[p.start:], "储蓄"):
		return false // 申请人施工合同类信息需求
	case p.sure && (does || on || three && (hasAnyPrefix(rest, manners) || oftenAsking.MatchString(rest))):
		return true
	case !three:
		return false
	case servedTo.MatchString(tailOf(s.text[:p.start], 30)) && hasAnyPrefix(rest, served), does, hasAnyPrefix(rest, []string{"系", "住", "家住", "现住"}), goes && (p.sure && p.common || s.apart(p.start)), p.sure && p.common && s.apart(p.start) && s.last(p):
		return true
	}
	closed := rest == "" || strings.ContainsRune(endings, leadingRune(rest))
	return closed && hasAnySuffix(s.text[:p.start], []string{"：", ":"}) && s.last(p)
}

// afterList passes over the further names of a list: 、李某和王某.
func (s *sentence) afterList(rest string) string {
	for {
		_, size := utf8.DecodeRuneInString(rest)
		if !hasAnyPrefix(rest, []string{"、", "和", "与", "及"}) {
			return rest
		}
		next := -1
		for _, p := range s.book.candidates(rest, size) {
			tail := rest[p.end:]
			if p.sure && (next < 0 || hasAnyPrefix(tail, []string{"、", "和", "与", "及", "等"}) || startsProcedure(tail) || togetherAs.MatchString(tail)) {
				next = p.end
			}
		}
		if next < 0 {
			return rest
		}
		rest = rest[next:]
	}
}

// begins reports whether a clause that begins with the name says that the person handed
// in a paper or was sent one.
func (s *sentence) begins(p person, rest, near string) bool {
	if p.sure && hasAnyPrefix(rest, []string{"先生", "女士", "小姐", "老人", "大爷"}) && speaksOfPapers(near) {
		return true
	}
	three := utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
	if p.sure && three && strings.ContainsRune("，,、|/；", leadingRune(rest)) && s.listed(rest) && (leadingRune(rest) != '、' || containsAny(s.text, "台账", "登记", "序号", "名单")) {
		return true
	}
	if three && s.likePlace(p) {
		return false // 金银湖申请公开的批复
	}
	if p.sure && three && (lapses.MatchString(rest) || asksFor.MatchString(rest)) {
		return true
	}
	return (p.sure || three && p.common && hasAnyPrefix(rest, starts)) && startsProcedure(s.afterList(rest))
}

// ofAsking reports whether a sentence tells what became of applications.
func ofAsking(s string) bool {
	return containsAny(s, "申请", "答复") || containsAny(s, "予以公开", "不予公开", "部分公开", "无法提供", "不予处理")
}

// ofStaff reports whether those told apart may as well be of the agency.
func ofStaff(s string) bool {
	return containsAny(s, "工作人员", "培训", "参加", "参训", "干部", "成员", "党员", "同志", "考试", "全员", "值班", "人员均")
}

// inRole reports whether the word for a party leads up to the name by what the person is.
func (s *sentence) inRole(left string) bool {
	return s.roles && byRole.MatchString(tailOf(left, 60))
}

// listed reports whether the name is an entry of a register of applications: 序号7，何某某，信函.
func (s *sentence) listed(rest string) bool {
	const reach = 60 // bytes
	near := rest[:min(len(rest), reach)]
	return containsAny(s.text, "申请", "复议", "诉讼", "信访", "投诉", "举报", "台账", "登记簿") && registered.MatchString(near) && !containsAny(s.text, "组长", "成员", "负责人", "责任人", "联系人", "承办人", "经办人")
}

// ofPeople reports whether the quotes around a name are those of an applicant.
func (s *sentence) ofPeople(p person) bool {
	left, rest := strings.TrimSuffix(s.text[:p.start], "“"), strings.TrimPrefix(s.text[p.end:], "”")
	return s.book.parties.end(left) || s.book.citizens.end(left) || s.book.people.end(left) || s.book.receiving.end(left) && (hasAnyPrefix(rest, doings) || hasAnyPrefix(rest, goings)) || hasAnyPrefix(rest, starts)
}

// isBody reports whether the name is the beginning of the name of an organisation or a
// place (申请人华信律师事务所, 申请人杨家坪村村民委员会), which is no person.
func (s *sentence) isBody(p person) bool {
	const longest = 24 // characters of such a name
	if rest := s.text[p.end:]; hasAnyPrefix(rest, placesAfter) && !hasAnyPrefix(rest, notPlaces) {
		return true
	}
	n := 0
	for i, r := range s.text[p.start:] {
		at := p.start + i
		if n++; n > longest || !isHan(r) {
			return false
		}
		rest := s.text[at:]
		if at >= p.end && (hasAnyPrefix(rest, doings) || hasAnyPrefix(rest, bodyBreaks) && !hasAnyPrefix(rest, notBreaks)) {
			return false
		}
		if i > 0 && hasAnyPrefix(rest, bodies) {
			return true
		}
	}
	return false
}

// apart reports whether a mark or a word like 为 parts the name from the word for a
// party: what follows that word directly is more often a part of it (申请人权益).
func (s *sentence) apart(at int) bool {
	last, _ := utf8.DecodeLastRuneInString(s.text[:at])
	return strings.ContainsRune("：:（(“\"[【为是系即叫、，", last)
}

// last reports whether no other reading of the name, longer or shorter, has words
// behind it that tell more.
func (s *sentence) last(p person) bool {
	for _, other := range s.book.candidates(s.text, p.start) {
		rest := s.text[other.end:]
		if other.end != p.end && (hasAnyPrefix(rest, doings) || hasAnyPrefix(rest, goings)) {
			return false
		}
	}
	return true
}

func leadingRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func speaksOfPapers(s string) bool { return containsAny(s, papers...) }

// praised reports whether the words after a citizen's name are a story, not a case.
func praised(s string) bool {
	return containsAny(s, "点赞", "称赞", "表示感谢", "荣获", "获评", "志愿", "先进", "事迹", "高兴地", "竖起")
}

// answered reports whether the verb before the name says that an applicant was
// answered, and the sentence speaks of papers.
func (s *sentence) answered(at int) bool {
	left := s.text[:at]
	ok := hasAnySuffix(left, []string{"答复", "答复了", "回复", "回复了", "告知", "送达", "约谈", "函复", "函告", "提供给", "邮寄给", "寄送", "收到", "受理", "接到"})
	return ok && (speaksOfPapers(s.text) || hasAnySuffix(left, []string{"书面答复", "已答复", "答复了"}))
}

// isTopic reports whether the name may as well be the place that a paper is
// about: 关于王家湾的申请.
func (s *sentence) isTopic(p person) bool {
	about := hasAnySuffix(s.text[:p.start], []string{"关于", "涉及", "有关", "就", "针对", "对", "对于"})
	last, _ := utf8.DecodeLastRuneInString(s.text[p.start:p.end])
	plain := hasAnyPrefix(s.text[p.end:], []string{"的", "信息公开", "政府信息公开", "公开申请", "依申请", "、", "和", "及", "申请", "案"}) &&
		!hasAnyPrefix(s.text[p.end:], []string{"申请公开", "申请获取", "申请查"})
	return about && plain && strings.ContainsRune("山河湖江海湾庄沟坪坡岭屯桥塘寨港城园林泉洲岛家堂", last)
}

var receivedVerb = lazyregexp.New(`(?:收到|接到|受理|接收|收悉|来自|答复|回复|告知|针对|其中|关于|对|为|因|由|就|[，：；]|^)(?:[^，；]{0,60})$`)

// receivedBefore reports whether the clause before the name speaks of receiving
// from there, not of hiring or visiting.
func (s *sentence) receivedBefore(at int) bool {
	left := s.text[:at]
	return receivedVerb.MatchString(left) && !containsAny(left[strings.LastIndexAny(left, "，；")+1:], "聘请", "邀请", "聘任", "委托", "学习", "选派", "任命", "走访", "慰问", "专家", "聘用", "协助", "支援", "培训")
}

// lapses is what becomes of a party's paper, behind the name that a clause begins with.
var lapses = lazyregexp.New(`^(?:先生|女士|本人)?(?:[^，。；]{0,14}?(?:未|没有|不|拒绝|逾期|拒不)[^，。；]{0,6}(?:补正|缴费|缴纳|领取|签收)|[^，。；]{0,10}?(?:撤回|撤诉|补正|放弃)(?:了)?(?:其|该|此|原|全部|上述|政府|信息)*(?:$|[，。；]|申请|诉讼|复议|起诉|材料|请求))`)

// asksFor is what a party wants, behind the name that a clause begins with.
var asksFor = lazyregexp.New(`^(?:先生|女士|本人)?(?:所)?(?:要求|请求|申请)(?:公开|获取|提供|查阅|查询|复制)(?:的|，|[^，。；]{2,30}(?:信息|材料|文件|批复|合同|案卷|档案|明细|协议|方案))`)

var procedure = lazyregexp.New(`^[：:]?(?:等?(?:\d+|[一二三四五六七八九十两几]+)?[人名位]?(?:村民|居民|业主|群众|市民|公民|住户|当事人|自然人)?)?(?:[（(][^）)]*[）)])?(?:先生|女士|同志|本人|夫妇|一家|兄弟|姐妹|父子|母子|母女|父女|夫妻|阿姨|大爷|大妈|老人|师傅|老师|大姐|二人|两人|三人)?(?:联名|共同|分别|先后|多次|再次|均|曾|书面|当面|又|集体)?` +
	`(?:不服|诉(?:我|本|区|市|县|镇|乡|街|省|被告|[^，。讼求称]{2,20}(?:局|政府|办事处|委员会|委|厅|案))|起诉|(?:向|通过|以|就|对|因|于|在|为|关于|将|曾|先后|多次|再次|分别|书面|当面|现场|邮寄|线上|网上|在线|自行|首次|又|[，,]){1,3}?[^。；]{0,60}?` +
	`(?:提出|提交|递交|提起|索取|索要|申请(?:公开|获取|查|行政|复议|政府信息|信息|了解|提供)|起诉|不服|投诉|举报|信访|反映|寄来|邮寄|递来|来信)|` +
	`(?:提出|提交|递交|提起|邮寄|寄来|发来)[^，。；]{0,50}?(?:申请|复议|诉讼|来信|投诉|举报|异议|材料)|申请(?:公开|获取|查|行政复议|政府信息|信息公开)|要求公开|来信|来访反映|反映|投诉|举报|信访|` +
	`[与和](?:我|本|区|市|县|镇|乡|街|省|被告|被申请人|被上诉人|[^，。讼求称]{2,20}(?:局|政府|办事处|委员会|委|厅))[^，。；]{0,30}?(?:案|纠纷|诉讼|争议)|` +
	`(?:政府)?信息公开[^，。；]{0,8}(?:案|诉讼|复议|纠纷)|行政(?:诉讼|复议)[^，。；]{0,4}案|[，,]申请[^，。；人表书渠方者条])`)

// beforeComma is the first clause of a text.
func beforeComma(s string) string {
	first, _, _ := strings.Cut(s, "，")
	first, _, _ = strings.Cut(first, ",")
	return first
}

// startsProcedure reports whether a clause that begins with a name says that
// this person starts a procedure.
func startsProcedure(rest string) bool {
	m := procedure.FindString(rest)
	if at := strings.IndexAny(m, "，,"); at >= 0 {
		m = m[at:] // what is done behind a comma must be done with papers
		return strings.HasPrefix(m, "，申请") || strings.HasPrefix(m, ",申请") || containsAny(m, "提出", "提交", "递交", "提起", "申请公开", "申请获取", "申请查", "不服", "起诉")
	}
	return m != ""
}

// byOfficial reports whether the person acts for an agency.
func (s *sentence) byOfficial(at int, near string) bool {
	left := s.text[:at]
	if hasAnySuffix(left, officials) {
		return true
	}
	return containsAny(near, "主持", "召开", "调研", "部署", "强调", "指出", "督办", "批示", "接访", "出席", "带队", "率队", "作了讲", "作了部署", "作了发言", "作了安排", "作了强调", "作了动员", "作了交流", "作辅导", "授课", "主讲", "培训", "讲解", "担任", "组长", "汇报", "检查",
		"接待", "牵头", "分管")
}
