package rules

import (
	"encoding/json"
	"strings"
	"testing"

	"nianbao/convert/report"
	"nianbao/extract"
)

// madeID completes 17 digits with the right check digit.
func madeID(t testing.TB, first17 string) string {
	t.Helper()
	for _, last := range "0123456789X" {
		if validID(first17 + string(last)) {
			return first17 + string(last)
		}
	}
	t.Fatalf("%s has no check digit", first17)
	return ""
}

func TestMobileNumbers(t *testing.T) {
	found := map[string]int{
		"手机：14612345678": 1, "手机：14212345678": 0, "手机：17012345678": 1, "手机：15012345678": 1, "手机：16112345678": 0, "手机：11012345678": 0,
		"手机：138－1234－5678": 1, "13812345678．5": 0, "＋8613812345678": 1,
		"手机：13812345678":   1,
		"手机：138\n12345678": 1, "联系方式\n1381234\n5678": 1, "手机：138 \n 1234\n5678": 1, "手机：138 12345678": 1, "电话138.1234.5678": 1,
		"138\n12345678": 0, "办结138\n12345678": 0, "手机：138\n1234567": 0, "手机：138、12345678": 0, "电话：0700-1381234 5678": 0,
		"手机：１３８１２３４５６７８，欢迎来电": 1,
		"电话 138 1234 5678":                    1,
		"138-1234-5678":                       1,
		"138 1234 5678":                       1, // all there is
		"+86 13812345678":                     1,
		"8613812345678":                       1,
		"+86-138-1234-5678":                   1,
		"13812345678/19912345678":             2,
		"13812345678、16612345678、13812345678": 3,
		"tel13812345678":                      1,
		"邮箱13812345678@example.cn":            1,
		"手机19212345678。":                      1,
		"办公：88106736 手机：17712345678":          1,
		"138****5678":                         0,
		"1381234567":                          0,
		"138123456789":                        0,
		"12812345678":                         0,
		"15412345678":                         0,
		"17912345678":                         0,
		"19412345678":                         0,
		"0715-8320878":                        0,
		"027-88101021":                        0,
		"13812345678元":                        0,
		"13812345678 万元":                      0,
		"13812345678.5":                       0,
		"13812345678-01":                      0,
		"737546075/13812345678":               0,
		"索引号：13812345678":                     0,
		"统一社会信用代码 13812345678":                0,
		"id=13812345678":                      0,
		"a13812345678":                        0,
		"13812345678b":                        0,
		"面积为 138 1234 5678 三类":                0,
		"本年度浏览量达15012345678。":                 0,
		"网站访问量累计13812345678":                  0,
		"点击量：13812345678":                     0,
		"关注人数共13812345678":                    0,
		"网站流量13812345678":                     0,
		"服务群众13812345678人次":                   0,
		"13812345678个":                        0,
		"账号13812345678":                       0,
		"联系电话：13807100000":                    1,
		"质量监督科13812345678":                    1,
		"咨询请拨打联系电话13807100000，访问量9次": 1,
		"张某某13812345678":                      1,
		"1 138 1234 5678 9":                   0,
		"邮政编码437000，热线12345":                  0,
		"http://example.cn/t13812345678.html": 0,
	}
	for text, want := range found {
		if got := len(privateIn(text, mobileNumber)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestIDNumbers(t *testing.T) {
	id := madeID(t, "42010619850827161")
	withX := ""
	for n := 100; withX == ""; n++ {
		if candidate := "42010619850827" + itoa(n); madeID(t, candidate)[17] == 'X' {
			withX = madeID(t, candidate)
		}
	}
	wrong := id[:17] + string("0123456789"[(int(id[17]-'0')+1)%10])
	if id[17] == 'X' {
		wrong = id[:17] + "0"
	}
	found := map[string]int{
		"身份证号" + id + "，已答复":                             1,
		"身份证号\n" + id[:6] + "\n" + id[6:]:                1,
		"身份证号" + id[:10] + " " + id[10:]:                 1,
		"身份证号" + withX[:9] + "\n" + withX[9:]:            1,
		id[:6] + "、" + id[6:]:                            0,
		id[:6] + "\n" + wrong[6:]:                        0,
		"身份证" + strings.ToLower(withX):                   1,
		id[:6] + " " + id[6:14] + " " + id[14:]:          1,
		withX[:6] + "-" + withX[6:14] + "-" + withX[14:]: 1,
		"公开文件编号" + id + "号":                              0,
		"索引号：" + id:                                      0,
		"统一社会信用代码" + id:                                  0,
		"代码（身份证号）：" + id:                                 1,
		"公民身份号码" + id:                                    1,
		"申请人编号3，身份证号码" + id:                              1,
		"张某某（" + id + "）":                                1,
		wrong:                                            0,
		id + "1":                                         0,
		"1" + id:                                         0,
		"A" + id:                                         0,
		id[:6] + "********" + id[14:]:                    0,
		madeIDLike("99" + id[2:17]):                      0,
		madeIDLike(id[:6] + "18850827" + id[14:17]):      0,
		madeIDLike(id[:6] + "19850230" + id[14:17]):      0,
		"420106850827161":                                0,
		"91420106MA4K123456":                             0,
	}
	for text, want := range found {
		if got := len(privateIn(text, idNumber)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	if got := privateIn(strings.ToLower(withX), idNumber); len(got) != 1 || got[0].digits != withX {
		t.Errorf("lower case x: %+v", got)
	}
}

// madeIDLike computes the check digit of any 17 digits.
func madeIDLike(first17 string) string {
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(first17[i]-'0') * weight
	}
	return first17 + string("10X98765432"[sum%11])
}

func TestPrivacyRules(t *testing.T) {
	id := madeID(t, "42010619850827161")
	const mobile, resident = "privacy.mobile_number", "privacy.id_number"
	role := func(r extract.Role) func(*fixture) {
		return func(x *fixture) {
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Paragraph, Role: r, Text: "联系手机13812345678"})
		}
	}
	runCases(t, []ruleCase{
		{"in the text", "2021", mobile, func(x *fixture) { x.say("联系手机：13812345678。") }, report.Failed, 1, "“一、总体情况”部分出现手机号码138****5678", "/report/sections/0/text"},
		{"twice", "2021", mobile, func(x *fixture) { x.say("手机13812345678。"); x.doc.Blocks[0].Text += "13812345678" }, report.Failed, 1, "正文、“一、总体情况”部分出现", ""},
		{"two numbers", "2021", mobile, func(x *fixture) { x.say("手机13812345678、13912345678。") }, report.Failed, 2, "", ""},
		{"on a page", "2021", mobile, func(x *fixture) {
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Paragraph, Page: ptr(3), Text: "联系手机13812345678"})
		}, report.Failed, 1, "第3页正文出现", ""},
		{"in the first table", "2021", mobile, func(x *fixture) {
			x.doc.Tables[0].Cells[0].Text = "手机13812345678"
		}, report.Failed, 1, "第1个表格第1行出现", ""},
		{"in a header", "2021", mobile, role(extract.RoleHeader), report.Failed, 1, "页眉出现", ""},
		{"in a footer", "2021", mobile, role(extract.RoleFooter), report.Failed, 1, "页脚出现", ""},
		{"in a footnote", "2021", mobile, role(extract.RoleFootnote), report.Failed, 1, "脚注出现", ""},
		{"in a text box", "2021", mobile, role(extract.RoleTextbox), report.Failed, 1, "文本框出现", ""},
		{"in a cell and the registration read from it", "2021", mobile, func(x *fixture) {
			x.doc.Tables[1].Cells = append(x.doc.Tables[1].Cells, extract.Cell{Row: 4, RowSpan: 1, ColumnSpan: 1, Text: "手机：13812345678"})
			x.reading.Report.Registration = []report.Registration{{Label: "联系方式", Value: "手机：13812345678"}}
		}, report.Failed, 1, "第2个表格第5行出现手机号码138****5678，", "/report/registration/0/value"},
		{"in the registration alone", "2021", mobile, func(x *fixture) {
			x.reading.Report.Registration = []report.Registration{{Label: "联系方式", Value: "手机：13812345678"}}
		}, report.Failed, 1, "工作机构登记表“联系方式”出现", "/report/registration/0/value"},
		{"a figure of a statutory table", "2021", mobile, func(x *fixture) {
			x.doc.Tables[0].Cells[0].Text = "13812345678"
			x.set("/report/proactive_disclosure/administrative_licensing/decisions", "13812345678")
			p := x.reading.Provenance["/report/proactive_disclosure/administrative_licensing/decisions"]
			p.Table, p.Row, p.Column = ptr(0), ptr(0), ptr(0)
			x.reading.Provenance["/report/proactive_disclosure/administrative_licensing/decisions"] = p
		}, report.Passed, 0, "", ""},
		{"an unreadable page", "2021", mobile, func(x *fixture) {
			x.doc.Pages = []extract.Page{{Number: 2, TextLayer: extract.TextGarbled}}
		}, report.Undetermined, 0, "第2页", ""},
		{"an id number", "2021", resident, func(x *fixture) { x.say("申请人身份证号" + id + "，已答复。") }, report.Failed, 1, "出现身份证号码4201************" + id[16:], "/report/sections/0/text"},
		{"an id number is no mobile number", "2021", mobile, func(x *fixture) { x.say(id) }, report.Passed, 0, "", ""},
		{"none", "2021", resident, func(*fixture) {}, report.Passed, 0, "", ""},
	})
	empty := Judge(Input{})
	if o, _ := outcome(t, empty, mobile); o.Outcome != report.NotApplicable {
		t.Errorf("nothing to read: %s", dump(o))
	}
}

// TestNothingSpread: no part of a validation summary shows a personal number in
// full.
func TestNothingSpread(t *testing.T) {
	id := madeID(t, "42010619850827161")
	x := newFixture(t, "2021", 5)
	x.say("联系人手机138 1234 5678、13912345678，身份证" + id + "。")
	x.replace("2021年，我局", "2020年，我局13912345678")
	x.state(apps+"new/total", report.StateText, "13912345678号")
	x.reading.Report.Title = ptr("联系13912345678")
	x.reading.Report.Registration = []report.Registration{{Label: "手机13912345678", Value: "１３９１２３４５６７８"}}
	b, err := json.Marshal(x.judge())
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{id, "13912345678", "138 1234 5678", "13812345678", "１３９１２３４５６７８"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("%s is spread: %s", secret, b)
		}
	}
	if !strings.Contains(string(b), "139****5678") {
		t.Errorf("not found: %s", b)
	}
}

// TestQuoteIsTheSentence: the quote is the one sentence, masked.
func TestQuoteIsTheSentence(t *testing.T) {
	x := newFixture(t, "2021", 5)
	x.say("第一句。请联系手机13812345678咨询。第三句。")
	_, findings := outcome(t, x.judge(), "privacy.mobile_number")
	if len(findings) != 1 || findings[0].Quote == nil || *findings[0].Quote != "请联系手机138****5678咨询" {
		t.Errorf("%s", dump(findings))
	}
}

func TestBankCards(t *testing.T) {
	const card = "6222021234567890128"
	for text, want := range map[string]int{
		"卡号：" + card: 1, "账号\n" + card: 1, "帐号：" + card[:4] + " " + card[4:8] + "\n" + card[8:]: 1,
		"卡号：6225880123456783": 1, "银行卡（" + card + "）": 1,
		card: 0, "卡号：" + card[:18] + "9": 0, "卡号：" + card[:14]: 0, "卡号：" + card + "1": 0, "卡号：x" + card: 0, "卡号：*" + card: 0,
		"账号：0000000000000000": 0, "财政专户账号：" + card: 0, "账号：" + card + "（财政专户）": 0, "账号已公开。" + card: 0,
	} {
		if got := len(privateIn(text, bankCard)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	if got := mask("卡号：" + card); strings.Contains(got, card[4:15]) || !strings.HasPrefix(got, "卡号：6222***") {
		t.Errorf("%s", got)
	}
}
