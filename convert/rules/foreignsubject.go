package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// A body of the author's own kind with its full name (清河县水务局 in a report of
// 云溪县水务局, 云溪县财政局 in one of 云溪县市场监督管理局) is looked for within sentences
// where a report calls its author by name: in brackets, as the owner of a web site.
// Subjects of clauses are read elsewhere (foreignActors).

// frame is a way to speak of the author: what stands before and after its name.
type frame struct {
	left, right *lazyregexp.Regexp
	// bare frames leave no doubt: the office alone (财政局), without its place, is enough.
	bare bool
	// twin frames are right for other offices: only the same office of another place is not.
	twin bool
}

var frames = []frame{
	{left: lazyregexp.New(`(?:我|本)(?:局|委|厅|办|中心|县|市|区|州|旗|镇|乡|街道|单位|机关|部门|政府)[（(“](?:即|全称)?[:：]?$`), right: lazyregexp.New(`^[）)”]`), bare: true},
	{left: lazyregexp.New(`(?:^|[。；，,：:由将年度])$`), right: lazyregexp.New(`^[（(](?:以下|下)?(?:统|简)称[为:：]?[“"]?(?:我|本)`), bare: true},
	{left: lazyregexp.New(`(?:开创|开拓|谱写|推动|推进|促进|提升|提高|加强|做好|规范|完善|改进|展示|宣传|监督|反映|了解|关注|支持|围绕|结合)了?$`), right: lazyregexp.New(`^的?(?:20\d\d年?(?:度)?)?的?(?:政府信息公开|政务公开|信息公开|依申请公开|工作实际|改革|发展|形象)`), twin: true},
	{left: lazyregexp.New(`(?:通过|依托|利用|借助|登录|登陆|关注|在|开设|运营|维护|更新|办好|用好)“?$`), right: siteOf, twin: true},
}

var (
	aboutDisclosure = strings.Fields("条例 政府信息 政务公开 信息公开 主动公开 依申请 公开信息 发布信息 信息发布 处理费 需要报告 三审三校 三审 公开平台 公开目录 公开指南 年度报告 公开栏 公开意识 公开内容 公开工作 公开渠道 公开力度 公开制度 " +
		"公开质量 公开水平 公开实效 公开工作 本报告 本年报 政策解读 解读材料 新媒体 公众号 门户网站 政府网站 行政复议 行政诉讼 公开事项 发布各类信息 发布政务信息 信息")
	// servants are offices that all others name: they answer for disclosure as a whole.
	servants = []string{"政务服务", "行政审批", "数据", "国务院", "国家", "全国", "监察", "人大", "政协", "机要", "保密", "档案", "分局", "党史", "审计", "司法", "机构编制"}
	zones    = []string{"开发", "新区", "园区", "高新", "示范", "经开", "库区", "景区", "辖区", "地区", "社区", "小区", "校区", "片区", "街区", "城区", "市区", "矿区", "山区", "灾区", "牧区", "林区", "管理区", "各区", "郊区",
		"灌区", "厂区", "战区", "专区", "禁区", "误区", "盲区", "分区", "选区", "院区", "病区", "考区", "疫区", "功能区", "保护区", "安置区", "服务区", "作业区", "湿地区", "流域区",
		"评论区", "留言区", "互动区", "等候区", "查阅区", "咨询区", "办公区", "展示区", "体验区", "阅览区", "自助区", "宣传区", "活动区", "休息区", "受理区", "填单区"}
)

// bodyEnds are how the names looked for end, by the author's rank; of one place the
// longer ones come first.
var bodyEnds = map[rank][]string{
	rankDepartment: {"局", "委员会", "委", "厅", "中心"},
	rankGovernment: {"人民政府", "政府", "县", "区", "旗"},
	rankTownship:   {"人民政府", "政府", "办事处", "街道", "镇", "乡"},
}

// foreignBodies finds bodies of the author's kind that stand for the author.
func (a *author) foreignBodies(line string) []mention {
	var out []mention
	taken := 0
	for _, end := range bodyEnds[a.rank] {
		for from := 0; ; {
			at := glance.Index(line[from:], end)
			if at < 0 {
				break
			}
			from += at + len(end)
			if from <= taken || !a.mayEnd(line, from-len(end), from) {
				continue
			}
			if m, ok := a.bodyBefore(line, from); ok {
				out = append(out, m)
				taken = from
			}
		}
	}
	return out
}

// mayEnd is a quick look at the name that ends with line[at:end]: most hold no place and
// stand in no frame that does without one.
func (a *author) mayEnd(line string, at, end int) bool {
	last, _ := utf8.DecodeLastRuneInString(line[:at])
	if !isHan(last) || strings.ContainsRune(notInNames, last) {
		return false
	}
	next := leadingRune(line[end:])
	if strings.ContainsRune("、。；》等和与及", next) {
		return false
	}
	bare := next == '）' || next == ')' || next == '（' || next == '('
	switch a.rank {
	case rankTownship:
		return bare
	case rankGovernment:
		if end-at > len("县") {
			return strings.ContainsRune("县区市州旗省盟", last) && namesPlace(line[:at-utf8.RuneLen(last)]) // 清河县人民政府
		}
		return namesPlace(line[:at]) && next != '政' && next != '人' && next != '级' && next != '域' && next != '直' && !containsAny(line[at-utf8.RuneLen(last):end], zones...)
	case rankDepartment, noRank:
	}
	return bare || placeBefore(line[:at])
}

// placeBefore reports whether the name at the end of a text begins with a place.
func placeBefore(before string) bool {
	const longest = 15 // characters
	for n := 0; n < longest; n++ {
		r, size := utf8.DecodeLastRuneInString(before)
		if !isHan(r) || strings.ContainsRune(notInNames, r) {
			return false
		}
		before = before[:len(before)-size]
		if n > 0 && strings.ContainsRune("县区市州旗省盟", r) && namesPlace(before) {
			return true
		}
	}
	return false
}

// namesPlace reports whether two characters of a name end the text.
func namesPlace(before string) bool {
	for range 2 {
		r, size := utf8.DecodeLastRuneInString(before)
		if !isHan(r) || strings.ContainsRune(notInNames, r) {
			return false
		}
		before = before[:len(before)-size]
	}
	return true
}

// notInNames stand in no name of a body; they end the search for its beginning.
const notInNames = "的和与及对在是为将把各全我本该以等由向从原经按"

// bodyBefore finds the foreign body whose name ends at line[:end].
func (a *author) bodyBefore(line string, end int) (mention, bool) {
	right := headOf(line[end:])
	var may []*frame
	for i := range frames {
		if f := &frames[i]; f.right.MatchString(right) {
			may = append(may, f)
		}
	}
	if len(may) == 0 {
		return mention{}, false
	}
	const longest = 18 // characters of a name
	start := end
	for range longest {
		r, size := utf8.DecodeLastRuneInString(line[:start])
		if !isHan(r) || strings.ContainsRune("的和与及对在是为将把各全我本该以由向从等原经按", r) {
			break
		}
		start -= size
		if end-start < len("青石镇") {
			continue
		}
		b := parseBody(line[start:end])
		if b.rank != a.rank {
			continue
		}
		if a.settle(&b); !plausible(b.place) || a.rank == rankGovernment && !plausible(b.core) {
			continue
		}
		if a.is(b) && (b.place != "" || a.rank != rankDepartment) || a.rank != rankDepartment && a.knows(b.core) {
			return mention{}, false
		}
		for _, f := range may {
			if a.foreign(b, f) && f.left.MatchString(tailOf(line[:start], 120)) {
				return mention{line[start:end], start, end}, true
			}
		}
	}
	return mention{}, false
}

// plausible reports whether a place's name is no longer than such names are: a verb
// before it (配合清河县) would be taken for a part of it.
func plausible(place string) bool {
	const longest, longestSpelt = 4, 8 // characters, the last one included
	if n := utf8.RuneCountInString(place); (n > longestSpelt || n > longest && !speltOut(place)) && !containsAny(place, "自治", "族", "开发", "新区", "示范", "高新", "园区", "经开", "度假") {
		return false
	}
	if strings.ContainsAny(place, "了过着") || strings.ContainsRune("赴到往访邀请去给被让", leadingRune(place)) || hasAnyPrefix(place, []string{"自治"}) {
		return false
	}
	if region, ok := strings.CutSuffix(place, "自治区"); ok && utf8.RuneCountInString(region) == 2 && region != "西藏" {
		return false // a verb before the author's own region: 转载自治区药监局
	}
	if r := []rune(place); len(r) == longest && (notNamed()[string(r[1:3])] || r[2] == '化') {
		return false // 可联系市政府, 集约化县政府
	}
	return place == "" || !notNamed()[headRunes(place, 2)]
}

// speltOut reports whether a name is one of another language, which are longer: 科尔沁左翼中旗.
func speltOut(place string) bool {
	if strings.HasSuffix(place, "旗") {
		return true
	}
	const most = 3 // sounds
	n := 0
	for _, r := range place {
		if sounds.has(r) {
			n++
		}
	}
	return n >= most
}

// sounds are characters that mostly stand for sounds in the names of places.
var sounds = runesOf("阿巴尔勒拉克木吐鲁乌什哈塔苏图布格沁额尼玛喀库玉孜特莫浩伦锡林郭音宝力坦科察齐其迪姆依奇霍泽茂噶贡嘎洛措扎朗仁曲那卓甘丹诺")

// headRunes are the first n characters of a text.
func headRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// foreign reports whether a body of the author's rank, which is not the author, can be
// no other that the report may name in this frame.
func (a *author) foreign(b bodyName, f *frame) bool {
	switch a.rank {
	case rankTownship:
		return f.bare && utf8.RuneCountInString(b.core) >= 2 && !noTownship(b.core)
	case rankGovernment:
		own := a.names[0].core
		return !f.twin && sameLevel(own, b.core) && fullPlace(b.core) && !containsAny(b.core, zones...)
	case rankDepartment:
		return a.foreignOffice(b, f)
	case noRank:
	}
	return false
}

func (a *author) foreignOffice(b bodyName, f *frame) bool {
	same := sameOffice(a.names[0].core, b.core)
	if b.core == "" || containsAny(b.core, servants...) && !same {
		return false
	}
	own := a.names[0].place
	switch {
	case b.place == "":
		return f.bare && !same && !containsAny(b.core, "上级", "主管")
	case own == "":
		return f.bare
	case b.place == own:
		return !same && !f.twin && b.end != "中心"
	}
	return sameLevel(own, b.place) && (same || !f.twin && b.end != "中心")
}
