package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// rank is the kind of a body, as its name tells it.
type rank int

const (
	noRank rank = iota
	// rankTownship: 镇, 乡, 街道.
	rankTownship
	// rankDepartment: 局, 委, 办 and the like.
	rankDepartment
	// rankGovernment: of a county or of a place above it; also zones.
	rankGovernment
)

// bodyName is the name of a body in its parts.
type bodyName struct {
	rank rank
	// core tells bodies of one rank apart: 青石 (of 青石镇), 财政 (of 财政局), 云溪县.
	core string
	// end is how the name ends: 镇, 局.
	end string
	// place is the nearest place named before the core, above the one named before that; empty where
	// none is.
	place, above string
	// governs: the name says that it is a government's, not only the place's.
	governs bool
}

var (
	abovePlace   = lazyregexp.New(`^([` + shortCounties + `]县|\p{Han}{2,12}?(?:开发区|示范区|高新区|新区|园区|管理区)|\p{Han}{2,7}?(?:自治区|自治州|自治县|地区|省|市|县|区|州|旗|盟))(?:人民政府|政府|行政公署|行署|管委会|管理委员会)?`)
	townshipEnd  = lazyregexp.New(`^(\p{Han}{1,8}?)(民族乡|街道|镇|乡|苏木|街)(?:街道办事处|办事处|街道办|人民政府|政府|党工委|党委|办公室)?$`)
	placeGoverns = lazyregexp.New(`^(\p{Han}{1,8}(?:自治区|自治州|自治县|地区|省|市|县|区|州|旗|盟))(?:人民政府|政府|行政公署|行署)?(?:办公室|办公厅)?$`)
	zoneEnd      = lazyregexp.New(`(?:管委会|管理委员会|开发区|新区|园区|示范区|保税区|管理区|度假区|风景区|高新区|经开区|农场|林场)(?:管委会|管理委员会|管理局)?$`)
	officeEnd    = lazyregexp.New(`(局|委员会|委|厅|办公室|办|中心|处|院|会|队|所|站|馆|社|署|联)$`)
	bracketed    = lazyregexp.New(`[（(]([^（）()]*)[）)]`)
)

// shortCounties are the names of the counties of one character and 县. What else stands
// before 县 may be any verb (报县政府); those that are verbs themselves are left out (代县, 应县).
const shortCounties = "丰沛泗萧砀寿歙黟泾易蠡雄磁魏邱赵献青景威蔚唐沧隰吉蒲岚临祁绛夏沁盂义莘单曹冠莒费杞滑浚淇温郏叶嵩睢范息陕房郧攸澧道藤渠高珙达泸荣郫茂忠华乾洋勉佳陇眉凤礼徽康文岷漳宁环赣"

// shortCounty reports whether a place is such a county.
func shortCounty(place string) bool {
	r, size := utf8.DecodeRuneInString(place)
	return place[size:] == "县" && strings.ContainsRune(shortCounties, r)
}

// fullPlace reports whether a text is the name of a place and no word for one of its kind (本市).
func fullPlace(place string) bool {
	const shortest = 3 // characters
	return utf8.RuneCountInString(place) >= shortest || place != "" && shortCounty(place)
}

// parseBody reads a name without spaces; a rank of noRank means that it says too
// little.
func parseBody(name string) bodyName {
	var b bodyName
	rest := name
	if office, ok := strings.CutPrefix(name, "国家税务总局"); ok && office != "" {
		rest = office // 国家税务总局云溪县税务局
	}
	const places = "省市县区州旗盟" // characters without which a pattern need not be tried
	for strings.ContainsAny(rest, places) {
		m := abovePlace.FindStringSubmatch(rest)
		if m == nil || m[1] == "市城市" || m[1] == "区城市" || m[1] == "县城市" || strings.HasSuffix(m[1], "和城市") || len(m[0]) == len(rest) || utf8.RuneCountInString(rest[len(m[0]):]) < 2 || rest[len(m[0]):] == "办公室" || rest[len(m[0]):] == "人民政府" || rest[len(m[0]):] == "办公厅" {
			break
		}
		b.above, b.place, rest = b.place, m[1], rest[len(m[0]):]
	}
	if street, ok := strings.CutSuffix(rest, "街办"); ok && utf8.RuneCountInString(street) > 1 {
		rest = street + "街" // short for the 办事处 of a 街道
	}
	b.governs = hasAnySuffix(rest, []string{"政府", "行政公署", "行署"})
	if m := placeGoverns.FindStringSubmatch(rest); m != nil {
		b.rank, b.core = rankGovernment, m[1]
	} else if m := townshipEnd.FindStringSubmatch(rest); m != nil {
		b.rank, b.core, b.end = rankTownship, m[1], m[2]
	} else if zoneEnd.MatchString(rest) && !containsAny(rest, "监督管理委员会", "城市管理委员会") {
		b.rank, b.core = rankGovernment, rest
	} else if b.end = officeEnd.FindString(rest); b.end != "" {
		b.rank, b.core = rankDepartment, strings.TrimSuffix(rest, b.end)
	}
	if end := lastRune(b.core); b.rank == rankGovernment && end != "" && strings.HasSuffix(b.core, end+end) {
		b.core = strings.TrimSuffix(b.core, end) // 云溪县县政府: the government of the county
	}
	if b.core == "" {
		b.rank = noRank
	}
	return b
}

// author is the body that made the report, under all the names it gives itself
// in title, signature and metadata.
type author struct {
	rank  rank
	names []bodyName
	// full are the names as printed, without spaces.
	full []string
	// regional: the text speaks of an autonomous region, which may call itself 我区.
	regional bool
	// prefecture: the text speaks of counties below the author's city, which is below no other then.
	prefecture bool
}

// readAuthor takes the title's agency first; signature and publisher count as
// further names where they are the same body.
func (c *context) readAuthor() author {
	var a author
	add := func(s *string) {
		if s == nil {
			return
		}
		name := squeeze(*s)
		list := []string{bracketed.ReplaceAllString(name, "")}
		for _, m := range bracketed.FindAllStringSubmatch(name, 4) {
			list = append(list, m[1])
		}
		for i, n := range list {
			b := parseBody(n)
			if b.rank == noRank || slices.Contains(a.full, n) {
				continue
			}
			// A name in brackets is another name of the same body (青石镇（青石街道）).
			if i > 0 && len(a.names) == 0 || i == 0 && len(a.names) > 0 && !a.is(b) {
				continue
			}
			a.names = append(a.names, b)
			a.full = append(a.full, n)
			if a.rank == noRank {
				a.rank = b.rank
			}
		}
	}
	add(c.report.Agency)
	add(c.report.SignedBy)
	if m := c.report.Metadata; m != nil {
		add(m.Publisher)
	}
	return a
}

// settle gives a body of the author's place that place, where the text has it shorter than the
// author's name: 高新区城市管理局 in the report of 望川高新技术产业开发区管委会城市管理局.
func (a *author) settle(b *bodyName) {
	own := a.names[0].place
	if own == "" || b.place == own {
		return
	}
	if b.place != "" && onePlace(own, b.place) {
		b.place = own
	}
	if office, ok := strings.CutPrefix(b.core, own); ok && b.place == "" && b.rank == rankDepartment && office != "" {
		b.place, b.core = own, office // a county of two characters
	}
}

var (
	// zoneKind is the word for a zone without its name.
	zoneKind = lazyregexp.New(`^(?:国家级?|省级|高新|经济|技术|产业|工业|综合|保税|开发|示范|管理|旅游|度假|经开|新|园|区)+$`)
	// zoneWords are in the names of zones.
	zoneWords = []string{"开发", "高新", "经开", "新区", "园区", "示范区", "管理区", "度假", "保税"}
)

// onePlace reports whether two names may be those of one zone, one being short for the other.
func onePlace(a, b string) bool {
	if !containsAny(a, zoneWords...) && !containsAny(b, zoneWords...) {
		return false
	}
	if zoneKind.MatchString(a) || zoneKind.MatchString(b) {
		economic := func(s string) bool { return containsAny(s, "经济", "经开") && !strings.Contains(s, "高新") }
		high := func(s string) bool { return strings.Contains(s, "高新") }
		return (!economic(a) || !high(b)) && (!high(a) || !economic(b))
	}
	return within(a, b) || within(b, a)
}

// is reports whether the name may be one of the author's.
func (a *author) is(b bodyName) bool {
	for _, n := range a.names {
		if n.rank != b.rank {
			continue
		}
		switch b.rank {
		case rankTownship, rankGovernment:
			if strings.Contains(n.core, b.core) || strings.Contains(b.core, n.core) {
				return true
			}
		case rankDepartment:
			core := b.core
			if b.place == "" { // 县医保局, of the author's own county
				core = strings.TrimPrefix(core, lastRune(n.place))
			}
			if sameOffice(n.core, core) && (n.place == "" || b.place == "" || n.place == b.place || !sameLevel(n.place, b.place)) {
				return true
			}
		case noRank:
		}
	}
	return false
}

// lastRune is the last character of a text.
func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

// knows reports whether a piece of the author's own names has this text: places
// above it, further names.
func (a *author) knows(s string) bool {
	return slices.ContainsFunc(a.full, func(n string) bool { return strings.Contains(n, s) })
}

// sameLevel reports whether two places may be sisters: both counties or
// districts, or both cities.
func sameLevel(a, b string) bool {
	level := func(s string) string {
		if strings.HasSuffix(s, "地区") {
			return "地区"
		}
		r, _ := utf8.DecodeLastRuneInString(s)
		switch r {
		case '县', '区', '旗':
			return "county"
		}
		return string(r)
	}
	return level(a) == level(b)
}

// twins are offices that share a building or a name, were renamed, or are one below the other.
var twins = [][2]string{{"政务服务", "行政审批"}, {"政务服务", "大数据"}, {"行政审批", "大数据"}, {"政务服务", "数据"}, {"教育", "教体"}, {"教育", "教科"}, {"农业", "农牧"}, {"农业", "畜牧"},
	{"文化", "文旅"}, {"文化", "文体"}, {"旅游", "文"}, {"体育", "文"}, {"住房", "住建"}, {"住房", "建设"}, {"卫生", "卫健"}, {"市场监督", "市监"}, {"市场监督", "知识产权"}, {"发展和改革", "粮食"}, {"发改", "粮食"},
	{"工业", "工信"}, {"经济", "工信"}, {"科技", "工信"}, {"科学技术", "工业"}, {"林业", "自然资源"}, {"国土", "自然资源"}, {"规划", "自然资源"}, {"环境保护", "生态环境"}, {"环保", "生态环境"}, {"城市管理", "综合执法"}, {"城管", "综合"}, {"城管", "城市管理"},
	{"统计", "调查"}, {"信访", "群众"}, {"民政", "民社"}, {"人力资源", "人社"}, {"劳动", "人力资源"}, {"商务", "招商"}, {"商务", "经济"}, {"交通", "公路"}, {"水利", "水务"}, {"安全生产", "应急"}, {"安监", "应急"}, {"园林", "城市管理"}, {"金融", "地方金融"},
	{"农业", "农机"}, {"农业", "渔业"}, {"农业", "水产"}, {"农业", "乡村振兴"}, {"农业", "扶贫"}, {"住房", "房"}, {"住房", "园林"}, {"住房", "人防"}, {"住建", "房"}, {"交通", "运管"}, {"交通", "运输管理"}, {"交通", "港航"}, {"卫生", "疾"}, {"卫生", "中医"}, {"卫健", "疾"}, {"人力资源", "就业"}, {"人力资源", "社会保险"}, {"人力资源", "社保"}, {"人社", "就业"}, {"自然资源", "测绘"}, {"应急", "地震"}, {"应急", "消防"}, {"科技", "工业"}, {"科学技术", "工信"}, {"教育", "体育"}}

// sameOffice compares what offices are for: one name may be short for the other
// (卫健 for 卫生健康).
func sameOffice(a, b string) bool {
	if a == "" || b == "" || within(a, b) || within(b, a) {
		return true
	}
	for _, t := range twins {
		if strings.Contains(a, t[0]) && strings.Contains(b, t[1]) || strings.Contains(a, t[1]) && strings.Contains(b, t[0]) {
			return true
		}
	}
	return false
}

// within reports whether the characters of short stand in long in this order.
func within(short, long string) bool {
	for _, r := range short {
		at := strings.IndexRune(long, r)
		if at < 0 {
			return false
		}
		long = long[at+utf8.RuneLen(r):]
	}
	return true
}
