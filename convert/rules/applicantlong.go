package rules

import (
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// Many names of Mongols, Tibetans, Uyghurs, Kazakhs and Yi begin with no surname and have
// three characters and more. They are made of words that hardly any Chinese clause begins
// with, so a member of the public who has such a name and hands something in is named.

// nameWords begin such names; from the usual renderings of the names most given.
var nameWords = strings.Fields("其木格 其其格 图雅 托娅 苏日娜 苏日 巴特尔 巴图 乌兰 乌云 格日勒 敖登 高娃 斯琴 斯日 娜仁 娜布其 萨仁 萨日 朝鲁 布和 毕力格 毕力 那顺 那仁 宝音 阿拉坦 阿拉 青格勒 孟克 孟和 吉日 哈斯 额尔 呼和 呼斯 达来 达日 苏和 特木尔 通拉嘎 牧仁 乌仁 乌日 奥云 恩和 恩克 朝格 道尔吉 " +
	"扎西 卓玛 次仁 央金 央宗 多吉 旺堆 旺姆 尼玛 达瓦 拉姆 平措 顿珠 桑吉 桑杰 洛桑 索朗 索南 丹增 旦增 格桑 才让 才旦 才仁 仁青 仁增 加措 嘉措 贡布 贡嘎 曲珍 曲培 德吉 白玛 罗布 普布 普琼 边巴 强巴 巴桑 拉巴 措姆 卓嘎 次旦 次旺 赤列 班觉 拉毛 泽仁 泽旺 登巴 " +
	"买买提 阿依 古丽 艾买提 艾合买提 吐尔逊 吐尔洪 热依 阿不都 阿卜 阿布 肉孜 依明 木拉提 努尔 玛依拉 帕提 吾斯曼 吾买尔 依布拉 库尔班 叶尔 赛力克 哈孜 巴合 加尔 沙吾列 古丽 麦麦提 阿曼 托合提 图尔荪 如则 艾尔肯 塔依尔 赛买提 " +
	"阿果 吉克 沙马 尔古 拉莫 木呷 阿呷 乌嘎 日黑 曲比 伍呷 阿木 吉木 阿牛 吉差 勒格 马海")

// longNames are those words by their first characters.
var longNames = sync.OnceValue(func() *wordStarts { return startsOf(nameWords) })

// notOfPerson stand in the names of places and organisations that begin alike.
var notOfPerson = strings.Fields("嘎查 苏木 村 镇 乡 社区 公司 县 市 旗 组 局 街 牧场 草场 草原 水库 路 河 湖 山 州 盟 学校 合作社 政府 等")

// unlikeHan reads such a name at a byte of the sentence, behind the word for a party or a
// member of the public and before what the person does.
func (s *sentence) unlikeHan(at int) (person, bool) {
	const shortest, longest = 3, 7 // characters
	if !longNames().begin(s.text[at:]) {
		return person{}, false
	}
	left := s.text[:at]
	if !hasAnySuffix(left, []string{"牧民", "牧户", "村民", "居民", "群众", "市民", "公民", "农民", "农户", "职工", "住户"}) && !s.book.parties.end(left) && !s.book.parties.end(s.partyBefore(left)) {
		return person{}, false
	}
	n := 0
	for i, r := range s.text[at:] {
		rest := s.text[at+i:]
		if n >= shortest && (hasAnyPrefix(rest, doings) || hasAnyPrefix(rest, []string{"通过", "向", "以", "就", "因", "于", "对"}) && speaksOfPapers(beforeComma(rest))) {
			return person{at, at + i, true, true}, !containsAny(s.text[at:at+i], notOfPerson...)
		}
		if n++; n > longest || !isHan(r) {
			break
		}
	}
	return person{}, false
}

// asksMost reports whether the name at a byte is told apart as that of who asked most or
// first, of an agency.
func (s *sentence) asksMost(at int) bool {
	const reach = 120 // bytes
	left := s.text[:at]
	if !strings.Contains(left, "最") {
		return false
	}
	return mostAsking.MatchString(tailOf(left, reach)) && !containsAny(left, "稿", "投稿", "提案", "议案", "培训", "信息员") && speaksOfPapers(s.text)
}

// nobody reports whether what follows says that the name is none of a party: it goes on to
// a body, a place or a list of such, or the person acts for the agency.
func (s *sentence) nobody(p person, rest string, as standing) bool {
	listed := strings.HasPrefix(rest, "、") && companies.MatchString(rest) && (as != asParty || !p.sure || !withCompany.MatchString(rest))
	if last, _ := utf8.DecodeLastRuneInString(s.text[p.start:p.end]); strings.HasPrefix(rest, "案") && strings.ContainsRune("档方答提备草预议图专病", last) {
		return true // 林权档案
	}
	return listed || hasAnyPrefix(rest, officials) || hasAnyPrefix(rest, acting) || placesListed.MatchString(rest) || s.isBody(p)
}

// likePlace reports whether a name ends like one of a place.
func (s *sentence) likePlace(p person) bool {
	last, _ := utf8.DecodeLastRuneInString(s.text[p.start:p.end])
	return strings.ContainsRune("湖沟坪坡屯庄寨塘湾港桥园", last)
}

var (
	// maskedParty is a party by the family name only: 申请人田某.
	maskedParty = lazyregexp.New(`(?:申请人|原告|投诉人|举报人|上诉人|信访人|当事人|村民|市民|居民)(\p{Han})某`)
	// whoAsked calls the person named next by what was asked: 对反复申请的.
	whoAsked = lazyregexp.New(`(?:对|向|给|就|将|把|与|由|为|告知|答复|约谈)[^，。；]{0,24}(?:申请|投诉|举报|复议|起诉|诉讼|上访|信访)的$`)
)

// plainlyParty reads a whole name whose bearer the words before call a party: whose mask
// stands before in the sentence, at the beginning of a clause, or who asked for something.
func (s *sentence) plainlyParty(at int, list []person) (person, bool) {
	const reach = 90 // bytes
	left := s.text[:at]
	lifted := false
	if last, _ := utf8.DecodeLastRuneInString(left); (last == '，' || last == '；' || last == '但') && strings.Contains(left, "某") {
		family := string(leadingRune(s.text[at:]))
		for _, m := range maskedParty.FindAllStringSubmatch(left, -1) {
			lifted = lifted || m[1] == family
		}
	}
	asked := strings.HasSuffix(left, "的") && whoAsked.MatchString(tailOf(left, reach))
	if !lifted && !asked {
		return person{}, false
	}
	for _, p := range list {
		rest := s.text[p.end:]
		whole := p.sure && utf8.RuneCountInString(s.text[p.start:p.end]) >= 3
		ends := rest == "" || strings.ContainsRune(endings, leadingRune(rest))
		if whole && (lifted || ends) && !s.likePlace(p) && !s.nobody(p, rest, asParty) {
			return p, true
		}
	}
	return person{}, false
}
