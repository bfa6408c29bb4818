package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

func nextClause(s string, at int) int {
	next := strings.IndexFunc(s[at:], func(r rune) bool { return r == '，' || r == ',' || r == '：' || r == ':' })
	if next < 0 {
		return -1
	}
	_, size := utf8.DecodeRuneInString(s[at+next:])
	return at + next + size
}

// leadMarks are the first characters of what leadIn matches.
const leadMarks = "（(一二三四五六七八九十第0123456789今去本全年近下目同此另为因截经据统总尽虽但当现未继报期"

// endsName reports whether a character may end a name where another stands before it.
func endsName(before, r rune) bool {
	switch r {
	case '会':
		return before == '员' || before == '委'
	case '处':
		return before == '事'
	case '道':
		return before == '街'
	case '府':
		return before == '政'
	case '署': // of a region, 行署
		return before == '公' || before == '行'
	case '联':
		return strings.ContainsRune("残妇文侨商科", before)
	case '局': // a layout, a pattern, an ending; 财政局局长, 财政局副局长
		return !strings.ContainsRune("布格结局副", before)
	case '办':
		return before == '街'
	case '厅': // a hall
		return before != '大' && before != '展'
	}
	return nameEnds.has(r)
}

// passLeadIn is what stands before the subject of a clause; most clauses name no body near
// their beginning and are not looked at.
func passLeadIn(s string) string {
	const most = 3
	n := 0
	for range most {
		if !strings.ContainsRune(leadMarks, leadingRune(s[n:])) {
			break
		}
		m := leadIn.FindStringIndex(s[n:])
		if m == nil || m[1] == 0 {
			break
		}
		n += m[1]
	}
	return s[:n]
}

// nameEnds are the last characters of the names looked for.
var nameEnds = runesOf("局委会厅镇乡道府处县区市旗州联")

// nameStops stand in no name.
var nameStops = runesOf("的和与及对在是为将把各全我本该以由向从等原按所其并已未没受")

// runeSet holds characters below U+10000, by bits.
type runeSet [1 << 10]uint64

func runesOf(s string) *runeSet {
	var set runeSet
	for _, r := range s {
		set.add(r)
	}
	return &set
}

func (s *runeSet) add(r rune) { s[r>>6] |= 1 << (r & 63) }

func (s *runeSet) has(r rune) bool { return r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

// subjectAt reads the name of a body at the beginning of a text, the longest one.
func (a *author) subjectAt(s string) (int, bodyName, bool) {
	const longest = 20 // characters
	var ends [longest]int
	tail := a.taskEnd()
	var last rune
	k, n := 0, 0
	for i, r := range s {
		if r == '和' && (i == 0 && beginsName(s) || !strings.ContainsRune("县区市旗镇乡局委省州村办厅", last) && (compoundName(s[i+len("和"):]) || strings.Contains(a.names[0].core, string(last)+s[i:i+len("和")]+headRunes(s[i+len("和"):], 1)) || n == 1 && strings.ContainsRune("县区市旗镇乡", leadingRune(s[i+len("和"):])))) {
			last = r
			n++
			continue
		}
		if n++; n > longest || !isHan(r) || nameStops.has(r) && (r != '原' || !plainOf(s[:i], s[i+len("原"):])) {
			break
		}
		whole := n >= 3 && (endsName(last, r) || tail != "" && strings.HasSuffix(s[:i+utf8.RuneLen(r)], tail)) && (!goesOn(r, leadingRune(s[i+utf8.RuneLen(r):])) || r == '局' && hasAnyPrefix(s[i+utf8.RuneLen(r):], []string{"部分", "部门"}))
		if last = r; !whole {
			continue
		}
		ends[k] = i + utf8.RuneLen(r)
		k++
	}
	never := notNamed()[headRunes(s, 2)] // 完善街道, 会同松岭镇
	for k--; k >= 0; k-- {               // the longest first
		if last, _ := utf8.DecodeLastRuneInString(s[:ends[k]]); never && !strings.ContainsRune("局委会厅处", last) {
			continue
		}
		if b := parseBody(s[:ends[k]]); b.rank != noRank && plainBody(&b) {
			a.settle(&b)
			return ends[k], b, true
		}
	}
	return 0, bodyName{}, false
}

// plainOf reports whether 原 between two texts ends the name of a place (铁原市, 白草原县) or
// belongs to it (太原), and does not say what the body behind it was once.
func plainOf(before, behind string) bool {
	last := lastRune(before)
	if last != "" && strings.Contains("草高平太松固", last) {
		return true
	}
	n := utf8.RuneCountInString(before)
	return startsWithAny(behind, "市", "县") && (n == 2 && !notNamed()[before] || n == 1 && strings.Contains("三海清开五镇铁中", last))
}

// taskEnd is how the author's name ends, where names that end so are looked for only because the
// author's does: 金管理中心, 建设管理所.
func (a *author) taskEnd() string {
	own := &a.names[0]
	if a.rank == rankTownship && own.end == "街" {
		return own.end // 凤凰北街
	}
	if a.rank != rankDepartment || own.end != "中心" && own.end != "所" && own.end != "站" && own.end != "队" && own.end != "馆" {
		return ""
	}
	if strings.HasSuffix(own.core, branch) {
		return branch + own.end // 临港分中心
	}
	core := []rune(own.core)
	const task = 2 // characters
	return string(core[max(0, len(core)-task):]) + own.end
}

// beginsName reports whether 和 begins a name (和泰街, 和县财政局) and joins nothing.
func beginsName(s string) bool {
	return namedHe.MatchString(s)
}

var namedHe = lazyregexp.New(`^和\p{Han}(?:\p{Han}{0,2}(?:街道|镇|乡|街)|\p{Han}?(?:县|市|区))`)

// mayName is a quick look at a sentence: whether subjectAt or strangeOrgan may find the name
// of a body or an organ anywhere in it. 政府 ends a name only behind a place; most sentences
// have 政府信息公开 and no place.
func mayName(s string) bool {
	var last rune
	for i, r := range s {
		if isHan(r) && (organEnds.has(r) || r != '府' && endsName(last, r) && !goesOn(r, leadingRune(s[i+utf8.RuneLen(r):]))) {
			return true
		}
		last = r
	}
	return false
}

// organEnds are the characters of organs and places that nameEnds has not.
var organEnds = runesOf("街校院省盟苏")

// goesOn reports whether the end of a name and the character after it make a word: 区分, 市场.
func goesOn(end, next rune) bool {
	switch end {
	case '区':
		return strings.ContainsRune("分别域间块位划直级属", next)
	case '市':
		return strings.ContainsRune("场容直级属域", next)
	case '县', '州', '旗':
		return strings.ContainsRune("直级属域", next)
	case '会':
		return next == '议' || next == '计' || next == '商'
	case '办':
		return strings.ContainsRune("理事公法件好结证案学成得", next)
	case '委':
		return next == '托' || next == '派' || next == '会'
	case '局':
		return next == '部' || next == '面' || next == '限'
	case '处':
		return strings.ContainsRune("理罚室置", next)
	}
	return false
}

// compoundName reports whether what follows 和 goes on with the name of an office (发展和
// 改革局) and not with another one.
func compoundName(after string) bool {
	return hasAnyPrefix(after, tasks) || hasAnyPrefix(after, []string{"社会保障", "改革", "信息化", "计划生育", "农村", "数据", "草原", "安全", "技术", "电影", "宗教", "浩"})
}

// plainBody reports whether the parts of a name are names and not the words of a clause
// (清河县严格落实县委).
func plainBody(b *bodyName) bool {
	most := map[rank]int{rankTownship: 4, rankDepartment: 14, rankGovernment: 8}[b.rank]
	const longestZone = 14 // 经济技术开发区管理委员会 with the place before it
	if b.rank == rankGovernment && hasAnySuffix(zoneOf(b.core), zoneKinds) {
		most = longestZone
	}
	if utf8.RuneCountInString(b.core) > most || strings.ContainsAny(b.core, "某了也都还就又再请让使被给着过") || containsAny(b.core, "街道", "公开", "工作", "严格", "落实", "围绕", "立足", "位于", "继续", "做好") {
		return false
	}
	if !plausible(b.place) || b.rank == rankTownship && !b.walledTown() && !b.walledStreet() && noTownship(strings.TrimSuffix(b.core, "水")) || b.rank != rankDepartment && notNamed()[headRunes(b.core, 2)] {
		return false
	}
	if generic := zoneEnd.FindStringIndex(b.core); generic != nil && generic[0] == 0 {
		return false // 管委会: the author itself by its kind
	}
	return b.rank != rankGovernment || plausible(b.core)
}

// walledTown reports whether a body is a town called after a wall: 韩城镇, where 小城镇 is any town.
func (b *bodyName) walledTown() bool {
	name, ok := strings.CutSuffix(b.core, "城")
	return ok && b.end == "镇" && utf8.RuneCountInString(name) == 1 && !strings.ContainsAny(name, "省市县区州各全我本该每外其两几某这那中小大新老古重点乡农村建进入促推兴造护美靓爱出离回到来含涉享惠助村社")
}

// walledStreet reports whether a body is the 街道 of a part of a town that is called after a wall: 南城街道.
func (b *bodyName) walledStreet() bool {
	name, ok := strings.CutSuffix(b.core, "城")
	return ok && b.end == "街道" && utf8.RuneCountInString(name) == 1 && !strings.ContainsAny(name, "省市县区州全各我本该每外其两几某这那中小大老新古主进入出到在")
}

// namedOffice reports whether an office named without its place is one by its task.
func namedOffice(core string) bool {
	if startsWithAny(core, "县", "区", "旗", "市") {
		_, size := utf8.DecodeRuneInString(core)
		core = core[size:]
	}
	return hasAnyPrefix(core, tasks)
}

// ofLevel reports whether the name of an office begins with the word for the author's own place
// (市文旅局 beside an office of the city).
func (a *author) ofLevel(core string) bool {
	level, _ := utf8.DecodeLastRuneInString(a.names[0].place)
	return level == '市' && leadingRune(core) == level && !sameOffice(a.names[0].core, strings.TrimPrefix(core, "市")) && namedOffice(core)
}

// ownDistrict reports whether a body is a district whose name ends as parts of others do: 石城区
// where it governs (老城区 does not), 房山区 (山区 alone is a mountain area).
func (b *bodyName) ownDistrict() bool {
	n := utf8.RuneCountInString(b.core)
	switch {
	case strings.HasSuffix(b.core, "城区"):
		return b.governs && n == 3 && !startsWithAny(b.core, "老", "新", "主", "全", "中", "各")
	case strings.HasSuffix(b.core, "山区"):
		return n == 3 && !startsWithAny(b.core, "老", "深", "高", "石", "边", "全", "各", "半", "贫", "低", "土", "库", "林", "寒", "该", "本", "我", "及")
	}
	return false
}

// zoneKinds are how zones and regions are called behind their names, which stand alone for none;
// of two that end alike the longer one comes first.
var zoneKinds = strings.Fields("高新技术产业开发区 高新技术产业园区 高新区 经济技术开发区 经济开发区 经开区 工业园区 产业园区 旅游度假区 新区 地区")

// zoneOf is a zone without the word for the body that governs it.
func zoneOf(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, "管理委员会"), "管委会")
}

// cutZone takes the kind of a zone from its name; kinds that are one by their work are one.
func cutZone(zone string) (name, kind string) {
	for _, k := range zoneKinds {
		name, ok := strings.CutSuffix(zone, k)
		switch {
		case !ok:
			continue
		case strings.HasPrefix(k, "高新"):
			k = "高新区"
		case strings.HasPrefix(k, "经"):
			k = "经开区"
		}
		return name, k
	}
	return zone, ""
}

// sisterZone reports whether a place is another zone of the kind of the author's own.
func (a *author) sisterZone(own, other string) bool {
	name, kind := cutZone(zoneOf(own))
	name2, kind2 := cutZone(zoneOf(other))
	if kind == "" || kind != kind2 {
		return false
	}
	const shortest = 2 // characters
	n := utf8.RuneCountInString(name2)
	return (n == shortest || n > shortest && speltOut(name2)) && utf8.RuneCountInString(name) >= shortest && !a.knows(name2) && !onePlace(name, name2) &&
		!containsAny(name2, "城", "国家", "省级", "市级", "边", "全", "民族", "贫困", "其他", "周边", "部分", "少数", "相关", "有关", "多个", "各个", "两个", "所属", "上述", "综合", "高新", "经济", "技术", "产业", "工业", "旅游", "农业", "科技")
}

// tasks are how the names of offices begin behind their place.
var tasks = strings.Fields("教育 教体 教科 科技 科学 工业 工信 经济 经信 民政 民族 民宗 财政 人力 人社 自然资源 国土 规划 生态 环境 环保 住房 住建 城乡 城市 城管 综合执法 综合行政 交通 公路 水利 水务 农业 农牧 畜牧 林业 园林 商务 招商 文化 文旅 文体 文广 旅游 体育 卫生 卫健 退役 应急 安监 安全生产 市场 市监 " +
	"统计 医疗 医保 乡村 扶贫 粮食 发展 发改 公安 司法 审计 信访 金融 地方金融 气象 地震 海洋 渔业 港航 住保 房产 房管 建设 税务 地税 烟草 邮政 供销 国资 国有 知识产权 外事 侨务 移民 投资 投促 食品 药品 质监 工商 新闻 广播 广电 政务 行政 大数据 机关事务 消防 海关 民防 人防 政法 妇女 残疾")

// kinOf tells how a body stands to the author.
func (a *author) kinOf(b *bodyName) kin {
	own := a.names[0]
	if a.otherBranch(b) && b.place == "" {
		return stranger
	}
	if b.rank == rankDepartment && b.place == "" && !namedOffice(b.core) {
		return related // 依托省局, 基层分局
	}
	otherCity := a.ofOtherCity(b)
	twin := b.rank == rankDepartment && a.rank == rankDepartment && b.place != "" && own.place != "" && b.place != own.place && (otherCity || sameLevel(b.place, own.place)) && within(b.core, own.core) && b.end == own.end
	if twin {
		return stranger // the same office of another county, though it serves others
	}
	if a.is(*b) || a.knows(b.core) && b.rank != rankDepartment || b.rank == rankDepartment && (containsAny(b.core, servants...) || containsAny(b.core, "政府", "办公", "县委", "市委", "区委", "宣传", "信访", "法制") || b.end == "办" || b.end == "办公室" || b.end == "中心" || b.end == "会" || b.end == "处") {
		return related
	}
	place := own.place
	if a.rank == rankGovernment {
		place = own.core
	}
	elsewhere := b.place != "" && place != "" && b.place != place && sameLevel(b.place, place)
	switch {
	case b.rank == rankGovernment:
		if place == "" || b.core == place || !otherCity && !sameLevel(zoneOf(b.core), zoneOf(place)) || !fullPlace(b.core) || (containsAny(b.core, zones...) && !b.ownDistrict() || zoneOf(place) != place) && !a.sisterZone(place, b.core) {
			return related
		}
		return stranger
	case a.rank == rankGovernment:
		if elsewhere {
			return stranger
		}
		return related
	case b.rank == a.rank && (a.rank == rankTownship || elsewhere):
		return stranger
	case b.rank == rankDepartment && (b.place == "" && !startsWithAny(b.core, "县", "区", "旗") && (a.rank != rankDepartment || startsWithAny(b.core, "省", "市", "州", "盟", "自治", "上级", "国", "中", "总", "该", "主管", "有", "税") && !a.ofLevel(b.core)) || b.place != "" && place != "" && !sameLevel(b.place, place)), a.upper(b.place, *b):
		return related // above the author
	}
	return sister
}

// ofOtherCity reports whether a body is of a city that is not the one which the author's name puts above
// its county: for 云岭市青溪区教育局, 石门市教育局 is no office above.
func (a *author) ofOtherCity(b *bodyName) bool {
	own := a.names[0]
	county, city := own.place, own.above
	if a.rank == rankGovernment {
		county, city = own.core, own.place
	}
	other := b.place
	if b.rank == rankGovernment {
		other = b.core
	}
	return fullPlace(county) && fullPlace(city) && lastRune(city) == "市" && lastRune(other) == "市" && fullPlace(other) && plausible(other) && other != city && other != county
}

// plausible reports whether a place's name is no longer than such names are: a verb
// before it (配合清河县) would be taken for a part of it.
func plausible(place string) bool {
	const longest, longestSpelt = 4, 8 // characters, the last one included
	if n := utf8.RuneCountInString(place); (n > longestSpelt || n > longest && !speltOut(place)) && !containsAny(place, "自治", "族", "开发", "新区", "示范", "高新", "园区", "经开", "度假") {
		return false
	}
	if strings.ContainsAny(place, "了过着") || strings.ContainsRune("赴到往访邀请去给被让另", leadingRune(place)) || hasAnyPrefix(place, []string{"开设", "开通", "设立", "设置"}) || hasAnyPrefix(place, []string{"自治"}) {
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
