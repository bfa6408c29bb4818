package layout

import "sync"

// Bounds of what is possible as text, for the characters of one font on one page.
const (
	// enoughText is how many characters have to be there to judge.
	enoughText = 40
	// commonShare is the least share of common characters among ideographs. In
	// running text, tables and lists of names it is above 0.6; of characters by
	// chance from GB 2312 a quarter are common, of the whole block a twentieth.
	commonShare = 0.4
	// oddIdeographs is how many different ones that are not common it takes: a rare
	// name in each row of a table is possible.
	oddIdeographs = 20
	// syllableShare is the share of kana and hangul from which on a text is
	// Japanese or Korean, with ideographs of its own.
	syllableShare = 0.05
	// accentedShare is the highest share of accented letters and signs of Latin-1:
	// no language comes near, GBK bytes taken for Latin-1 are little else.
	accentedShare = 0.4
)

// fontText counts the glyphs of one font and their characters.
type fontText struct {
	glyphs int

	all, ideographs, common, syllables, accented int

	odd map[rune]bool // ideographs that are not common
}

// add counts a glyph.
func (t *fontText) add(text string) {
	t.glyphs++
	for _, r := range text {
		t.count(r)
	}
}

func (t *fontText) count(r rune) {
	switch {
	case r <= ' ':
		return
	case ideograph(r):
		t.ideographs++
		if commonIdeographs().has(r) {
			t.common++
		} else if len(t.odd) < oddIdeographs {
			if t.odd == nil {
				t.odd = map[rune]bool{}
			}
			t.odd[r] = true
		}
	case r >= 0x3041 && r <= 0x30FF || r >= 0xAC00 && r <= 0xD7A3:
		t.syllables++
	case r > 0xA0 && r <= 0xFF && r != '°' && r != '·' && r != '×':
		t.accented++
	}
	t.all++
}

func ideograph(r rune) bool { return r >= 0x3400 && r <= 0x9FFF || r >= 0x20000 && r <= 0x3FFFF }

// impossible tells text that nobody wrote: a map from codes to the wrong
// characters.
func (t *fontText) impossible() bool {
	switch {
	case t.ideographs >= enoughText && len(t.odd) >= oddIdeographs && float64(t.syllables) < syllableShare*float64(t.ideographs) &&
		float64(t.common) < commonShare*float64(t.ideographs):
		return true
	case t.all >= enoughText:
		return float64(t.accented) > accentedShare*float64(t.all)
	}
	return false
}

// runeSet is a set of ideographs of the first block.
type runeSet [(0xA000 - 0x4E00) / 64]uint64

func (s *runeSet) has(r rune) bool {
	r -= 0x4E00
	return r >= 0 && int(r)/64 < len(s) && s[r/64]>>(r%64)&1 != 0
}

var commonIdeographs = sync.OnceValue(func() *runeSet {
	s := &runeSet{}
	for _, r := range commonText {
		s[(r-0x4E00)/64] |= 1 << ((r - 0x4E00) % 64)
	}
	return s
})

// commonText are the characters that make up most of Chinese prose, of official
// documents, and of names of people and places, simplified and, of the most
// frequent, traditional.
const commonText = "一丁七万三上下不与且世业东两严並个中为主丽举久么义之乎乐九也习乡书买了予事二于云五亚些交产京" +
	"亲人什今从他付代令以们件价任份企众优伙会伟传伤估似但位住体何余作你佳使來例依侯便俊保信個們候" +
	"债做備储傳像價優儿元先光克党入全兩八公六兰共关兴其养冀内再写军农冯决况准减几凤凯出击函分切刊" +
	"划列刘则刚利别到制券前剧力办加务动励劳势勇動務化北区医區十千半华单卖南博卢卫危即却厂厅历压原" +
	"去县又及友双反发取受变口古另只叫可台史叶号司吃各合吉同名后向吕吗吧听启吴告员呢周命和品員唐售" +
	"商問善喜單四回因园围国图圆國團土在地场均坏坐块坡坪城埠培堡報塘填境增士声处备复夏外多夜大天太" +
	"夫失头夺奇奋奖女她好如妇妈妻始委姚姜娜娟婚婷媒子孔字存孙孟学孩學宁它宇安宋完定宝实审客室害家" +
	"容密實寨对导将專對小少尔尚就尹尼尽局层展属山岁岛岭峰崔川州工己已巴币市布师希带師帮常干平年并" +
	"幾广庄庆序应店府废度廖廣建开弃式张强当录形彭影往征径很律後徐得從復微德心必志快怎思怡性总息恶" +
	"您情想意感慧應成我或战戴户房所手才打执扩扶批找把投报担拉拥择拿持指按损换据掌接推提握摄撤據收" +
	"改放政效敏教数整文斌断斯新方无日旧早时明星映春是显時晋晚晨更書曹曾最會月有朋服望期未本术朱机" +
	"权李村杜条来杨杰東极构林果查标样核根格桂案桥梁梅條梦检業構樣機權次欢欣款止正此步武歲死残段母" +
	"每比毛民气氣水求汇汉江汤汪沈沟没沪河法波洁洋津活流济浓浙浩海涉涛润深清渝渠温港湖湘湾源滇满演" +
	"潘澳火灭灯灵炉点為热無然照熊爱父爷爸片牌物特状独王环现玲現球理琳琼瑞甘生產用田由申电男画界留" +
	"當疆疗病發白百的皖益监盖盗盘目直相盾省看真眼眾着督知石研础确磊礼社神离秀种科秦积称程税種稳穷" +
	"空立站竞章笑笔第等答简算管米类粤精紧結給統經總纠红约级纪纳练组细织终经结给统继绩续维绿编缴网" +
	"罗罚美義習老考者而耗职联聽肃肖股育胜胡能脏脑脚腾自至與般舰色艳艺节花芳苏苦英范荣药莫获華营萬" +
	"落董蒋蒙蔡薛藏虑處號行街补表袁被装西要覃見见观规视览觉解言計記設話認說論議變讓计订认讨让训议" +
	"讯记讲许论讼设访证评识诉词译试诗诚话询该详语误说请读课谁调谈谋谢谭象豫資質负财责败账货质贫购" +
	"贯贵费贺贾资赛赞赣走赵赶起超越趋足跃路践身車軍车转轮轻载较辆辉输辦边辽达过运近还这进远违连迫" +
	"述送适选递途這通造連進逾運過道達遗遠遥選還邊邓那邮邱邵邹郑郝部郭都鄂采释里重量金鑫针钟钢钱铁" +
	"银销错镇長长門開間關门闫问间闻闽阅队阳阶附际陆陈限陕院险陶隊随隐障难雄集難雨雪零雷電需霞青静" +
	"非面韦韩音頭页项顺须顾预领题颜额风飞食饭馆首馬马驳驻验體高魏鱼鲁鸟鸡鹏黄黎黑黔點黨龙龚"
