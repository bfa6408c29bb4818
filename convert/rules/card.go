package rules

import (
	"slices"
	"strings"

	"nianbao/extract/lazyregexp"
)

// cardAt reads the number of a bank card that starts with the first group: 16 to
// 19 digits in one piece or in groups, with a right check digit, called a number
// of a card or an account. Accounts of agencies are no personal data.
func cardAt(text []rune, groups []group) (hit, bool) {
	const shortest, longest = 16, 19
	h := hit{kind: bankCard, start: groups[0].start}
	together := 0
	for _, g := range groups {
		if together += g.len(); together >= shortest {
			break
		}
	}
	if groups[0].len() > longest || together < shortest {
		return hit{}, false
	}
	for digits := longest; digits >= shortest; digits-- {
		end, ok := groups[0].end, groups[0].len() == digits
		if !ok {
			end, ok = pieces(text, groups, digits)
		}
		if !ok {
			continue
		}
		edge := func(r rune) bool { return isDigit(r) || isLatin(r) || r == '*' }
		h.end, h.digits = end, onlyDigits(text[h.start:end])
		if !edge(at(text, h.start-1)) && !edge(at(text, end)) && luhn(h.digits) && strings.Trim(h.digits, h.digits[:1]) != "" {
			return h, calledCard(text, h.start, groups[0].end)
		}
	}
	return hit{}, false
}

var (
	// cardWord is what calls a number directly before it that of a card.
	cardWord = lazyregexp.New(`(?:卡片?(?:号码?)?|[账帐卡折][（(/]?[账帐卡][）)]?号码?)(?:为|是|尾号)?[（(：:,，]?$`)
	// payer is a person whose account the number before it is, wherever the money went.
	payer = lazyregexp.New(`(?:个人|本人|自然人|缴费人|缴款人|个体户|户主|\p{Han}某{1,2}|某户|村民|农户|居民)([^，。；]{0,16})$`)
	// held is the number of a card that somebody named before it holds: 报账员所持卡号.
	held = lazyregexp.New(`(?:\p{Han}员|某{1,2}|会计|出纳|户主|[^法]人|干部|职工|村民|居民|主任|书记)(?:本人|个人)?的?(?:(?:所持|持有|所持有|所办|名下)的?(?:银行)?(?:卡片?|账户?|帐户?|存折)卡?号|(?:银行|储蓄|借记|工资)卡(?:[账帐卡]?号)?)码?(?:为|是|[：:])?$`)
	// heldByRole is the holder of an account called by what the person does, behind its label.
	heldByRole = lazyregexp.New(`^[^，。；（）()]{0,16}?(?:经办人|报账员|会计|出纳|收费员|工作人员)(?:[，。；）)]|个人|$)`)
	// cardAfter calls the number before it so, if something was paid to it.
	cardAfter = lazyregexp.New(`^的?(?:个人|本人)?(?:[（(][^（）()]{0,12}卡[）)]|账户|帐户|账号|银行卡|卡)`)
	paid      = lazyregexp.New(`(?:打入|打到|打至|汇入|汇到|汇至|转入|转到|转至|退至|退到|退回|费至|款至|金至|发放到|发放至|发至|存入|支付至|支付到|划入|划转至)[:：]?$`)
	// bankBefore is the bank of an account, directly before its number.
	bankBefore = lazyregexp.New(`(?:银行|农商行|信用社|邮储|农信社)[^，。；\d]{0,6}[：:（(，]?$`)
	// otherCard is a card that is no bank's.
	otherCard = lazyregexp.New(`(?:门禁|公交|水|用电|电|燃气|图书|借阅|会员|饭|加油|购物|充值|手机|电话|流量|校园|工作|就诊|健康|考勤|停车|ETC|etc|市民|乘车|借书|上网|签到|物联网|sim)卡(?:片)?(?:卡?号|编号)?(?:为|是)?[：:]?$`)
	// ownAccount are words that make an account an agency's; of a card only some do.
	ownAccount = strings.Fields("财政 非税 专户 国库 基本户 单位账户 基金账户 资金账户 捐款 捐赠 缴款 慈善会 基金会 缴费账 对公账 对公帐 对公户 （对公 (对公 对公） 对公)")
	// personal are words that make an account a person's in any case.
	personal = strings.Fields("收费员 会计 出纳 员工 职工 工作人员 业务员 户主 村民 个人 本人 经办人 申请人 原告 领取人 持卡人 私人 借记卡 储蓄卡 银行卡")
	ownCard  = strings.Fields("公务卡 结算卡 单位卡 财政专户 国库 非税")
)

// calledCard reports whether the words before a number call it that of a person's card
// or account.
func calledCard(text []rune, start, end int) bool {
	const reach, around = 36, 40 // the holder may be named behind the number
	l := squeeze(strings.ToLower(string(text[max(0, start-reach):start])))
	if at := strings.LastIndexAny(l, "。；！？"); at >= 0 {
		l = l[at:]
	}
	near := squeeze(string(text[max(0, start-around):min(len(text), end+around)]))
	if m := payer.FindStringSubmatch(l); m != nil && containsAny(m[0], "账号", "帐号", "卡号", "账户", "帐户", "银行卡") && !containsAny(m[1], "汇入", "转入", "缴入", "缴至", "存入", "专户", "国库", "财政", "单位", "对公", "公司") {
		return true
	}
	if held.MatchString(l) {
		return true
	}
	switch {
	case containsAny(l, "统一社会信用代码", "索引号", "身份证", "公务卡", "单位结算卡"):
		return false
	case cardWord.MatchString(l), cardAfter.MatchString(squeeze(string(text[end:min(len(text), end+around)]))) && (paid.MatchString(l) || l == ""):
		return !containsAny(near, ownCard...) && !otherCard.MatchString(l)
	}
	if bankBefore.MatchString(l) && containsAny(l, "户名", "退", "汇", "转", "打", "付", "款") {
		return !containsAny(near, ownAccount...)
	}
	if holder.MatchString(near) && holdsPerson(near) {
		return true
	}
	return containsAny(l, "账号", "帐号", "卡号", "账户", "帐户", "银行卡", "储蓄卡", "社保卡", "借记卡", "信用卡", "一卡通", "存折", "打款", "汇款至", "汇入", "转入", "收款", "打卡", "社保账", "尾款") && (containsAny(l, "存折", "社保卡", "储蓄卡", "借记卡", "打卡") || !containsAny(near, ownAccount...) || containsAny(l, personal...) && !containsAny(near, "财政", "非税", "专户", "国库", "对公"))
}

// holder is who an account is of.
var holder = lazyregexp.New(`(?:户名|开户名|账户名称?|收款人|持卡人|开户人)(?:为|是)?[：:]?`)

// holdsPerson reports whether an account is said to be a person's, by name or by what the person does.
func holdsPerson(near string) bool {
	rest := near[holder.FindStringIndex(near)[1]:]
	return heldByRole.MatchString(rest) || slices.ContainsFunc(names().candidates(rest, 0), func(p person) bool {
		return p.sure && (p.end == len(rest) || strings.ContainsRune(endings+"。", leadingRune(rest[p.end:])))
	})
}

// luhn checks the check digit of a card number (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
