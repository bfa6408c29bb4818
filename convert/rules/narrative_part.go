package rules

import (
	"math/big"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// The tables tell of the whole of what a body dealt with. A sentence may tell of a part of
// it: one county or department, one channel or receiver, what was carried over, what one
// application asked for. The part is named once and holds for the clauses behind it, until
// a semicolon or the whole being named again.

const (
	partTopic = `^(?:其中|例如|譬如|比如|如|仅|而|另外)?[：]?`
	partActs  = `(?:全年|本年|年内|当年|今年|上年|去年|年初|20\d\d年|新收|新增|共收|共受|共办|共|收到|接到|受理|办结|办理|答复|登记|无|没有|未|申请|结转|予以|不予|处理|直接|依法|$)`
)

// The patterns of clauses, by their number in partPatterns.
const (
	wholeNamed = iota
	partBySide
	partPlace
	partBody
	partStation
	partReceiver
	partThat
	partChannel
	partMatter
	partCount
	partAbout
	partOffice
	partAsked
	partRank
)

var partPatterns = [...]*lazyregexp.Regexp{
	// It names the whole again.
	wholeNamed: lazyregexp.New(`^(?:其中|而)?(?:截至[^，]{0,8})?(?:全|我|本|整个)(?:市|县|区|旗|省|州|镇|乡|街道|局|委|办|厅|处|院|校|机关|单位|部门|级|系统|中心)`),
	// What follows is told side by side: 分县区看. Parts by what became of applications, and
	// by who made them, add up to columns of the table.
	partBySide: lazyregexp.New(partTopic + `(?:分|按|从|按照)[^，\d]{0,12}(?:县|区域|地区|地域|各区|分区|部门|单位|机关|镇街|乡镇|街道|月份|季度|渠道|领域|行业|层级|板块|分布)[^，\d]{0,6}(?:看|统计|划分|分析|排序)$`),
	// It begins with the name of a place or body.
	partPlace: lazyregexp.New(partTopic + `(\p{Han}{2,6}?(?:县|区|市|旗|镇|乡|街道|苏木))` + partActs),
	partBody:  lazyregexp.New(partTopic + `(\p{Han}{2,16}?(?:局|委员会|委|厅|中心|部门|分局|大队|支队|管委会|公司|学院|医院|法院))` + partActs),
	// A window or an office of a place, whatever it is for.
	partStation: lazyregexp.New(partTopic + `(\p{Han}{2,6}?(?:县|区|市|旗|镇|乡|街道|村|社区)\p{Han}{0,12}?(?:站|点|窗口|专区|所|大厅|驿站))` + partActs),
	// It names whom applications were made to, or who dealt with them.
	partReceiver: lazyregexp.New(`(?:以|由|将)([^，]{2,20}?)(?:为|作为)(?:受理|答复|承办|主办|被申请|办理|责任)(?:机关|单位|主体|部门)|向([^，]{2,14}?)(?:提出|提交|递交)的?[^，]{0,8}申请`),
	// It points back to a part that was named before.
	partThat: lazyregexp.New(partTopic + `(?:通过|由|经|在|从)?(?:该|上述|前述|这一|此)(?:[^，\d申]{0,4})(?:系统|渠道|平台|窗口|部门|局|县|区|市|镇|乡|街道|单位|中心|网站|邮箱|科室|领域|方式|公司|村|社区|委|所|站|院|校|途径|端口|小程序|热线|公众号)`),
	// A channel is what received the applications.
	partChannel: lazyregexp.New(partTopic + `(?:通过|经)?(?:网上|线上|线下|网络|互联网|信函|邮寄|窗口|当面|现场|传真|邮箱|在线|门户网站|自助)[^，、\d]{0,8}?(?:渠道|系统|平台|窗口|端|方式|专窗|信箱)?(?:` + partActs + `|(?:提交|提出|递交)\d)`),
	// A topic names what applications are about.
	partMatter: lazyregexp.New(partTopic + `(?:(?:涉及?|关于|来自|有关)[^，\d]{2,24}|[^，\d]{2,14}(?:领域|类申请|类事项))$`),
	// Several of the bodies below: 14个镇（街道）.
	partCount: lazyregexp.New(partTopic + `\d+个(?:县|区|市|旗|镇|乡|街道|部门|单位|县区|区县|乡镇|镇街|市直部门|县直部门|区直部门|所属单位|局属单位|社区|村)(?:$|` + partActs + `)`),
	// Applications on one matter, with their number.
	partAbout: lazyregexp.New(partTopic + `(?:涉及?|关于|有关|围绕|针对)[^，]{2,40}?的(?:政府信息公开|信息公开|公开)?申请(?:数量)?(?:共有|共计|合计|总计|共|有|为|达)?[\d一二三四五六七八九十百两〇]+件$`),
	// The office of a government.
	partOffice: lazyregexp.New(partTopic + `(?:由)?(?:省|市|县|区|州|旗)?(?:人民)?政府办(?:公室|公厅)?(?:自身|本级|机关)?` + partActs),
	// What one application asked for.
	partAsked: lazyregexp.New(`(?:要求|请求|申请)(?:公开|获取|提供|查询)[^，]{4,}的(?:政府信息公开|信息公开)?申请`),
	// The first of a row.
	partRank: lazyregexp.New(`(?:居前|居首|前[一二三四五六七八九十\d]+[位名个]?|最多|较多|最少|靠前|首位|之首)的`),
}

// partIndex has the cues of partPatterns, see cuelist.go. It is made once and never changed.
var partIndex = sync.OnceValue(func() *cueIndex {
	x := cueList{}
	for i := range partTexts {
		for _, w := range partTexts[i] {
			x.add(w, i)
		}
	}
	return x.index()
})

// partWords is a clause that is read for a part, with the patterns that may match it.
type partWords struct {
	text string
	may  cueSet
}

func (p *partWords) is(pattern int) bool {
	return p.may.has(pattern) && partPatterns[pattern].MatchString(p.text)
}

// named are what the groups of a pattern match.
func (p *partWords) named(pattern int) []string {
	if !p.may.has(pattern) {
		return nil
	}
	return partPatterns[pattern].FindStringSubmatch(p.text)
}

var (
	// portionOf leads from a figure to one that is a portion of it: 新收的49件中办结45件.
	portionOf = lazyregexp.New(`^(?:政府信息公开|信息公开|公开)?(?:申请|事项)?(?:当中|之中|中|里|内)`)
	// objectCarried is what was carried over as the object of what was done with it.
	objectCarried = lazyregexp.New(`(?:对|针对|将|就|把|围绕)[^，\d]{0,8}(?:上年|上一年|去年|往年|历年|年初)[^，\d]{0,8}$`)
)

// clausePart is what a clause says of parts.
type clausePart int

const (
	noPart     clausePart = iota
	wholeAgain            // it names the whole again
	sideBySide            // parts follow side by side
	onePart
)

// ofPart reports whether a claim on applications is told of a part of them.
func (c *context) ofPart(x *claims.Claim) bool {
	if c.ofOneCase(x) || c.ofCasesBefore(x) {
		return true
	}
	if !strings.HasPrefix(string(x.Subject), "appl") {
		return false
	}
	return c.ofReason(x) || withdrawn(x) || c.namedPart(x) || c.ofCarriedOnly(x) || c.ofPortion(x) || c.ofEarlierYear(x)
}

var (
	// oneCase is a case that the sentence tells the story of: 在1件行政诉讼中.
	oneCase = lazyregexp.New(`(?:^|[，。；：])(?:其中)?(?:在|对于|就)(?:1|一)[件起宗][^，。；、\d]{0,16}(?:中|里|过程中|期间)，`)
	// reasoned is a clause on the reason of a result.
	reasoned = lazyregexp.New(`(?:^|[，；：])(?:其中)?(?:因|由于|鉴于)[^，；]*(?:秘密|隐私|第三方|内部事务|过程性|执法案卷|安全|不掌握|不存在|不明确|另行制作|现成|信访|重复|出版物|反复|查询事项|敏感)[^，；]*，[^，；]*$`)
)

var one = big.NewRat(1, 1)

// ofOneCase reports whether the figure is that of the one case that is told of.
func (c *context) ofOneCase(x *claims.Claim) bool {
	if x.Figure < 0 || orderOf(x.Value, one) != 0 {
		return false
	}
	s := c.sentence(x)
	to := min(len(s.Runes), s.Figures[x.Figure].End+20)
	from := max(0, clauseStart(s.Runes, x.From)-1)
	return oneCase.MatchString(s.Span(from, to))
}

// ofCasesBefore reports whether a figure of challenges is told of a portion of those before it,
// by words behind it: 行政诉讼案件3件中，1件为2020年起诉.
func (c *context) ofCasesBefore(x *claims.Claim) bool {
	if x.Figure < 1 || !strings.HasPrefix(string(x.Subject), "litigation") && !strings.HasPrefix(string(x.Subject), "reconsideration") {
		return false
	}
	s := c.sentence(x)
	f, of := &s.Figures[x.Figure], &s.Figures[x.Figure-1]
	return f.Tail != "" && strings.Trim(f.Raw, "有其中，") == "" && hasAnySuffix(of.Tail, []string{"中", "当中", "里"})
}

// ofReason reports whether a result is told of those applications that a reason before it
// applies to: 因涉及商业秘密，对11件申请不予公开.
func (c *context) ofReason(x *claims.Claim) bool {
	switch x.Subject {
	case claims.Denied, claims.Unable, claims.NotProcessed:
	default:
		return false
	}
	s := c.sentence(x)
	if !s.Says("因", "由于", "鉴于") {
		return false
	}
	reason := reasoned.FindString(s.Span(0, x.From))
	if reason == "" || !containsAny(reason, rowNames...) {
		return reason != ""
	}
	below, ok := c.read(appl(totalColumn, strings.TrimPrefix(string(x.Subject), "applications.")+"/"))
	return !ok || slices.ContainsFunc(below.cells, func(k *cell) bool { return !k.known() || k.value.Cmp(x.Value) == 0 })
}

// rowNames are the reasons as the form names them.
var rowNames = []string{"国家秘密", "三类内部", "四类过程性", "内部事务信息", "过程性信息", "执法案卷", "行政查询", "第三方合法权益", "法规禁止", "不掌握", "现成信息", "另行制作", "信访举报投诉", "重复申请", "公开出版物", "大量反复"}

// withdrawn reports whether the figure is of applications taken back, which are only some of
// those dealt with in other ways.
func withdrawn(x *claims.Claim) bool {
	return x.Subject == claims.OtherOutcome && containsAny(x.Label, "撤回", "撤销", "放弃")
}

// namedPart reads the clauses up to the claim for the part that holds at it.
func (c *context) namedPart(x *claims.Claim) bool {
	s := c.sentence(x)
	part, bySide := false, false
	for from := 0; from < x.From; {
		to := from
		for to < x.From && !strings.ContainsRune("，；：（）", s.Runes[to]) {
			to++
		}
		semicolon := from > 0 && s.Runes[from-1] == '；'
		if part && c.toldWhole(s, from) {
			part, bySide = false, false
		}
		kind := c.clausePart(s.Span(from, to))
		if kind == onePart && namesAbove(x.Subject, s.Span(from, to)) {
			kind = noPart
		}
		switch kind {
		case wholeAgain:
			part, bySide = false, false
		case sideBySide:
			part, bySide = true, true
		case onePart:
			part = true
		case noPart:
			part = part && (!semicolon || bySide)
		}
		from = to + 1
	}
	return part && !c.toldWhole(s, x.From)
}

// namesAbove reports whether words name the result that a row stands below, and so pick no part of it: 不予公开的情形里，涉及
// 内部事务信息的4件.
func namesAbove(row claims.Subject, words string) bool {
	if startsWithAny(words, "涉及", "属于") && strings.Count(string(row), ".") > 1 && containsAny(words, rowNames...) {
		return true // its own name
	}
	for above, name := range map[claims.Subject]string{claims.Denied: "不予公开", claims.Unable: "无法提供", claims.NotProcessed: "不予处理"} {
		if rest, ok := strings.CutPrefix(words, name); ok && strings.HasPrefix(string(row), string(above)+".") {
			return hasAnySuffix(rest, []string{"里", "中", "内"}) && len([]rune(rest)) <= 4
		}
	}
	return false
}

// toldWhole reports whether the figures behind the applications received come to as many, up to the
// offset: what follows is of all again: 收到15件，其中网络申请9件，信函申请6件，予以公开10件.
func (c *context) toldWhole(s *claims.Sentence, to int) bool {
	var whole *claims.Claim
	sum, result := new(big.Rat), false
	for i := s.First; i < s.Last; i++ {
		switch y := &c.said.Claims[i]; {
		case y.From >= to:
		case y.Subject != claims.None && y.Subject != claims.New:
			result = true
		case y.Subject == claims.None && result:
			return false // each part has its own results
		case y.Subject == claims.New && y.Figure >= 0:
			whole = y
			sum.SetInt64(0)
		case whole != nil && y.Figure >= 0 && y.Subject == claims.None && y.Unit == whole.Unit:
			sum.Add(sum, y.Value)
		}
	}
	return whole != nil && sum.Sign() > 0 && sum.Cmp(whole.Value) == 0
}

// clausePart reads a clause. What it found is kept: each claim behind the clause asks again,
// and several rules do.
func (c *context) clausePart(text string) clausePart {
	part, known := c.clauseParts[text]
	if known {
		return part
	}
	switch p := (&partWords{text, partIndex().find(text)}); {
	case p.is(wholeNamed):
		part = wholeAgain
	case p.is(partBySide):
		part = sideBySide
	case c.beginsPart(p):
		part = onePart
	}
	c.clauseParts[text] = part
	return part
}

// beginsPart reports whether a clause names a part of what the agency dealt with.
func (c *context) beginsPart(p *partWords) bool {
	for _, pattern := range []int{partPlace, partBody, partReceiver} {
		for n, name := range p.named(pattern) {
			if n > 0 && name != "" && (pattern == partReceiver && governsBelow(c.agency) && hasAnySuffix(name, []string{"政府", "局", "部门", "办公室"}) && !containsAny(name, "我", "本") || !ownBodyName(name, c.agency)) {
				return true
			}
		}
	}
	if m := p.named(partStation); m != nil && (c.agency == "" || !strings.Contains(c.agency, m[1]) && !strings.HasSuffix(m[1], c.agency)) && !startsWithAny(m[1], "我", "本", "全", "各") {
		return true
	}
	if p.is(partCount) || p.is(partAbout) && !containsAny(p.text, "信息公开的申请", "政府信息的申请", "公开的申请") || c.officeApart(p) {
		return true
	}
	if p.is(partMatter) && !containsAny(p.text, "信息公开申请", "依申请", "公开领域") {
		return true
	}
	return slices.ContainsFunc([]int{partThat, partChannel, partRank}, p.is) || p.is(partAsked) && !containsAny(p.text, "申请公开政府信息的", "申请公开信息的")
}

// governsBelow reports whether the agency is a government whose tables hold those of the
// bodies below it, so that its own applications are a part.
func governsBelow(agency string) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(agency, "政府"), "人民")
	return name != agency && !hasAnySuffix(name, []string{"镇", "乡", "街道"})
}

// ownBodyName reports whether a name may be the agency's, or names no single body.
func ownBodyName(name, agency string) bool {
	if agency == "" || startsWithAny(name, "我", "本", "全", "各", "由我", "由本", "局机关", "机关") || containsAny(name, "我局", "本局", "我市", "我县", "我区", "我镇", "本机关", "申请", "公开", "结果", "年") {
		return true
	}
	short := strings.ReplaceAll(agency, "人民", "")
	return strings.Contains(agency, name) || strings.Contains(short, name) || abbreviates(name, agency) || strings.HasSuffix(name, agency) || strings.HasSuffix(name, short)
}

// ofCarriedOnly reports whether what was settled is told of what was carried over, which the
// sentence dealt with first: 对上年结转的14件逐件建立台账，年内办结14件.
func (c *context) ofCarriedOnly(x *claims.Claim) bool {
	if !claims.IsIntake(x.Subject) || x.Subject == claims.New || x.Subject == claims.CarriedOver {
		return false
	}
	s := c.sentence(x)
	held := false
	for i := range s.Figures {
		f := &s.Figures[i]
		if f.Start >= x.From {
			break
		}
		words := s.Span(clauseStart(s.Runes, f.Start), f.Start)
		held = f.IsCount() && objectCarried.MatchString(words)
	}
	return held
}

// ofPortion reports whether what was settled is told of a portion of the applications: that
// received in the year, where some were carried over as well.
func (c *context) ofPortion(x *claims.Claim) bool {
	if x.Figure < 1 || !claims.IsIntake(x.Subject) || x.Subject == claims.New || x.Subject == claims.CarriedOver {
		return false
	}
	s := c.sentence(x)
	of := &s.Figures[x.Figure-1]
	if !of.IsCount() || !portionOf.MatchString(s.Span(of.End, x.From)) {
		return false
	}
	all, ok := c.read(appl(totalColumn, "new", "carried_over"))
	return ok && all.blank == nil && new(big.Rat).Set(of.Value).Cmp(all.sum) != 0
}

// ofEarlierYear reports whether what was settled had been received the year before:
// 2022年受理、2023年办结的申请3件.
func (c *context) ofEarlierYear(x *claims.Claim) bool {
	if x.Figure < 0 || !claims.IsIntake(x.Subject) || x.Subject == claims.New || x.Subject == claims.CarriedOver {
		return false
	}
	s := c.sentence(x)
	words := withList(s, &s.Figures[x.Figure])
	return (c.lastYearIn(words) || containsAny(words, lastWords...)) && containsAny(words, "受理", "收到", "新收", "提出", "提交", "接收")
}

// officeApart reports whether a clause tells of the office of the government whose report it
// is, and another sentence tells of the whole, as the table has it.
func (c *context) officeApart(p *partWords) bool {
	if !governsBelow(c.agency) || !p.is(partOffice) {
		return false
	}
	all, ok := c.read(appl(totalColumn, "new"))
	if !ok || all.blank != nil {
		return false
	}
	return slices.ContainsFunc(c.said.Claims, func(y claims.Claim) bool {
		return y.Subject == claims.New && y.Value.Cmp(all.sum) == 0 && !strings.Contains(y.Label, "政府办")
	})
}
