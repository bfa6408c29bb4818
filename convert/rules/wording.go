package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// slip is one wording that is wrong wherever it stands, but for the sentences
// that speak of the wrong itself.
type slip struct {
	pattern *lazyregexp.Regexp
	// should is the right wording; what says in Chinese what is wrong.
	should, what string
	// unless are words near the slip that make it a right one.
	unless []string
	// after, where set, is what the slip must not follow.
	after *lazyregexp.Regexp
}

// principle is 条例 第五条.
const principle = "以公开为常态、不公开为例外"

// blaming are words of sentences that name a wrong to do away with it.
var blaming = []string{"扭转", "改变", "杜绝", "纠正", "避免", "防止", "克服", "摒弃", "破除", "而不是", "而非", "并非", "不能", "不得", "严禁", "禁止", "严防", "防范", "谨防", "不发生", "不出现", "不存在", "摆脱", "打破", "转变", "存在", "思维", "惯性", "误区", "倾向", "心理", "现象", "观念陈旧", "旧观念", "错误观念", "错误认识", "整改", "消除", "反对", "拒绝", "错误表述", "误写", "勘误", "更正", "解决", "遏制", "查处", "治理", "警惕", "切忌", "决不", "绝不"}

func turned(pattern, should string, unless ...string) slip {
	return slip{lazyregexp.New(pattern), should, "把原则写反了", append(unless, blaming...), nil}
}

// unlessAfter is the slip where the pattern does not stand before it.
func (g slip) unlessAfter(pattern string) slip {
	g.after = lazyregexp.New(pattern)
	return g
}

func misnamed(pattern, should string) slip {
	return slip{pattern: lazyregexp.New(pattern), should: should, what: "写错了名称", unless: []string{"错误表述", "误写", "勘误", "更正"}}
}

// graves are the grave slips: the principle of 条例 第五条 (以公开为常态、不公开为例外)
// and the rules of secrecy turned round, and names that no document may get wrong.
var graves = []slip{
	{lazyregexp.New(`公开(?:是|为|作为|成为|属于?|当作?)(?:个别|少数|极少数)?例外`), principle, "把原则写反了", blaming, lazyregexp.New(`(?:不|未|非|免|限制|暂缓|延期)[^、，。；“”公开]{0,3}$`)},
	turned(`不公开(?:是|为|作为|成为|属于?)[“”"]?(?:常态|原则|惯例|常规|主流|一般|普遍|前提|基本)`, principle),
	turned(`(?:常态|原则)(?:化|性)?不公开[、，,]?(?:以|为)?例外(?:化|性)?公开`, principle),
	turned(`公开为例[、，,；。”"](?:以)?不?公开`, principle),
	turned(`以保密为(?:常态|原则)[、，,]?(?:以)?公开为例外|保密(?:是|为)原则[、，,]?公开`, principle),
	turned(`先公开[、，,]?[再后](?:进行)?(?:保密)?审[查核]|(?:未经|不经|无需|无须|免于?)(?:保密)?审[查核]?[即就直]?(?:可|接|先)?(?:公开|发布|上网)的?(?:原则|制度|机制)`, "先审查、后公开"),
	turned(`(?:未经|不经)(?:公开|发布|公布|上网|上线)[”"]?[、，,]?(?:一律|坚决)?(?:不得|不准|不能|不可|不许|严禁|禁止)(?:保密|内容)?(?:审查|审核|审批|校对|校审)`, "未经审查、不得公开"),
	turned(`先(?:发布?|公布|上网|上线|推送|上传)[、，]?[再后](?:进行)?(?:保密)?审[查核批]?`, "先审核、后发布", "评论", "跟帖", "叫停", "取消", "改为", "不再").unlessAfter(`[不未非变]$`),
	turned(`(?:未经|不经|没有经过|未履行|未通过)(?:过)?(?:保密|安全|内容)?审[查核批](?:程序|手续)?的?(?:政府信息|信息|内容|稿件|文件|材料|事项)?(?:一律|均|全部|都)?(?:可以|可|均可|均|一律|全部|都)(?:对外|向社会|直接|予以|主动)?(?:公开|发布|公布|上网)`, "未经审查、不得公开", "问题", "追究", "通报", "问责", "追责"),
	turned(`(?:公开|发布|公布|上网)前(?:一律|均)?(?:不|无需|无须|不再|不用|免于?)(?:进行|履行|经过)?(?:保密)?审[查核]`, "先审查、后公开", "曾", "问题", "追究"),
	turned(`(?:能|可以?|能够|该|不涉密)公开的?(?:政府信息|信息|内容|事项|[\p{Han}]{2,6}(?:信息|结果|文件|事项))?[，,]?(?:一律|均|全部|坚决|都|一概|全)(?:不予|不再|不)(?:主动|对外|向社会)?公开|(?:坚持|做到|确保|实现)[“"]?(?:能|可以?|能够|该)公开的?[，,]?(?:尽|都)?不(?:予)?公开`, "能公开的一律公开", "而", "却", "申诉", "问责", "追责").unlessAfter(`[不无未非没][^，。；]{0,8}$`),
	turned(`(?:推进|推行|深化|加强|做好|开展|强化)(?:政务|政府信息|信息|村务|校务|院务|居务|财务)不公开|(?:政务|信息)不公开工作(?:要求|部署|任务|机制|水平|力度)|《[^》]{0,14}信息不公开条例[^》]{0,6}》|主动不公开(?:政府)?(?:信息|文件)`, "公开"),
	turned(`(?:坚持|践行|贯彻|树立|秉持)(?:[^，。；]{0,6})不以人民为中心`, "以人民为中心"),
	turned(`(?:坚持|遵循|秉持|按照|做到|确保|实现)[“"]?(?:公开[、，]?不透明|不公开[、，]?(?:不)?透明)`, "公开透明", "情况"),
	turned(`(?:推进|推动|加强|建设|打造|深化|加快)不(?:透明|阳光|公开)(?:的)?(?:政府|政务|机关|部门)(?:建设)?`, "透明政府", "防止", "避免"),
	turned(`坚持[“”"]?(?:谁公开[、，]?谁不(?:审查|负责))`, "先审核、后发布"),
	turned(`(?:^|[^非不])涉密(?:信息|文件)?(?:可以?|要|应当?|必须|均|都)(?:公开|上网)|涉密(?:信息)?上网[、，,]上网(?:信息)?涉密|涉密公开[、，,]公开涉密`, "涉密不公开、公开不涉密", "不涉密"),
	turned(`涉密(?:的)?(?:信息|文件|内容|资料|事项)?(?:可以?|必须|应当?|要|均|都)?(?:公开|上网|上线|发布|外传)[、，,；和]?(?:公开|上网|上线|发布)(?:的)?(?:信息|文件|内容|资料)?不?涉密|涉密(?:的)?(?:信息|文件|内容|资料|事项)?不(?:公开|上网|上线|发布)[、，,；和]?(?:公开|上网|上线|发布)(?:的)?(?:信息|文件|内容|资料)?(?:可|必|要|均)?涉密|`+
		`(?:公开|上网|上线|发布)(?:的)?(?:信息|文件|内容|资料)?涉密[、，,；和]?涉密(?:的)?(?:信息|文件|内容|资料)?不?(?:公开|上网|上线|发布)|(?:公开|上网|上线|发布)(?:的)?(?:信息|文件|内容|资料)?不涉密[、，,；和]?涉密(?:的)?(?:信息|文件|内容|资料)?(?:可以?|必须|应当?|要|均|都)?(?:公开|上网|上线|发布)`,
		"涉密不上网、上网不涉密", "问题", "风险", "隐患", "事件", "情形", "检查", "排查", "行为"),
	turned(`(?:凡)?(?:涉密|秘密|敏感)(?:的)?(?:信息|文件|内容)?(?:必|要|应当?|可|可以|都|均|必须|一律|全部|全|都|尽)?(?:上网|公开|发布|上线)[、，,；和]?[“”"]?(?:凡)?(?:上网|公开|发布|上线)(?:的)?(?:信息|文件|内容)?(?:必|要|应当?|可|可以|都|均|必须|一律|全部|全|都|尽)?(?:涉密|秘密|敏感)|`+
		`(?:上网|公开|发布|上线)(?:的)?(?:信息|文件|内容)?(?:必|要|应当?|可|可以|都|均|必须|一律|全部|全|都|尽)?(?:涉密|秘密)[、，,；和]?[“”"]?(?:凡)?(?:涉密|秘密)(?:的)?(?:信息|文件|内容)?(?:必|要|应当?|可|可以|都|均|必须|一律|全部|全|都|尽)?(?:上网|公开|发布|上线)`,
		"涉密不上网、上网不涉密", "问题", "风险", "隐患", "事件", "情形", "检查", "排查", "行为"),
	turned(`(?:应当?|应该|应予|必须|须|依法)(?:主动|予以|向社会)?公开的?(?:政府信息|信息|内容|事项|文件|情形)?[，,]?(?:一律|均|全部|坚决|都|原则上|尽量|一概|统一|也)(?:不予|不再|不|拒绝|暂不|免于)(?:主动|对外|向社会)?公开|(?:应当?|应该|应予)(?:主动)?公开的?(?:政府信息|信息|内容|事项)[，,]?(?:不予|不得|不)(?:主动|对外)?公开|(?:不应当?|不得|不宜|不予|禁止)公开的?(?:政府信息|信息|内容|事项)?[，,]?(?:一律|均|全部|都|一概|坚决)(?:予以|主动|向社会)?公开`, "应公开尽公开", "而", "却", "未", "申诉", "责任", "追究", "反映", "主张", "属实", "问责").unlessAfter(`[不无未非]$`),
	turned(`除[^。；]{0,20}(?:秘密|隐私|不予公开|不公开|涉密|保密|敏感)[^。；]{0,10}外[，,]?(?:其余|其他|其它)?(?:政府信息|信息|内容|事项)?(?:一律|均|全部|都|原则上|一概)*不(?:予|再)?(?:主动|对外)?公开`, "公开是原则、不公开是例外"),
	turned(`[^不非未]公开常态(?:化)?[、，,；]?(?:而)?公开例外|[^不非未]公开例外化|常态化公开[、，,；]?例外化?公开|例外化公开[、，,；]?常态化不公开`, principle),
	turned(`公[正平][、，]?公[正平][、，]?不公开的?原则|(?:坚持|遵循|秉持|按照)[“”"]?(?:不公[正平开][、，]|公[正平开][、，]不公[正平开][、，]?|公[正平][、，]公[正平][、，](?:违法|非法|不合法)[、，])`, "公正、公平、合法、便民", "情况"),
	{pattern: lazyregexp.New(`(?:坚决|严格|全力|切实|有效|进一步|着力)(?:杜绝|严防|防止|避免|抵制|拒绝|反对|限制|削弱)(?:了)?(?:公开透明|政务公开|信息公开|政府信息公开|主动公开|接受监督|群众监督|社会监督|公众监督|舆论监督)(?:[，。；、”]|$)`), should: "推进公开、接受监督", what: "把意思写反了"},
	turned(`全心全意为人民币|为人民币服务`, "为人民服务"),
	turned(`(?:推进|坚持|全面|深入|严格|加强)(?:违法|非法)行政(?:[，。、；和]|工作|建设|能力|水平|$)`, "依法行政", "查处", "追究"),
	turned(`该公开的?[，,]?(?:一律|坚决|全部|都)公开[、，,；]不(?:应)?该公开的?[，,]?(?:也|一律|坚决|全部|都)(?:予以)?公开`, "该公开的坚决公开、不该公开的坚决不公开"),
	turned(`谁(?:主管|公开|发布|审查|审核|主办|运行|上网|审批|制作|保存)[、，]?谁(?:都)?不负责`, "谁公开、谁负责"),
	turned(`(?:做到|实现|确保|坚持|贯彻|落实)[^。，；]{0,6}[“”"]?应(?:当)?公开(?:的)?[、，]?(?:尽|均|都|一律|全部)?不(?:予)?公开|应(?:当)?公开(?:的)?[、，]?尽不公开|(?:按照?|遵循|执行)[“”"]?应(?:当)?公开的?[、，]?不(?:予)?公开(?:[、，][^。，；]{0,16})?[”"]?的(?:要求|原则|标准)`, "应公开尽公开"),
	turned(`不应公开(?:的)?[、，]?尽(?:公开|公)`, "应公开尽公开"),
	turned(`在[^。；]{0,30}(?:的|坚强)?错误(?:的)?(?:领导|指导)下`, "正确领导"),
	turned(`(?:将|继续|不断|持续|切实|有效|充分|进一步|更好地?|全力|依法|着力|大力|努力|全面|坚决|坚持|积极|认真|最大限度|最大程度)(?:地)?(?:侵犯|侵害|损害|剥夺|限制|削弱|弱化|忽视|漠视|无视|压制|压缩|妨碍|阻碍|抑制|缩小|破坏|践踏)(?:了|好)?[^。，；]{0,20}(?:知情权|参与权|监督权|表达权|合法权益)`, "保障"),
	turned(`(?:把|将|以)(?:侵犯|侵害|损害|剥夺|限制|削弱|弱化|忽视|漠视|无视|压制|压缩|妨碍|阻碍|抑制|缩小|破坏|践踏|降低)[^。，；]{0,24}(?:知情权|参与权|监督权|表达权|合法权益|利益|权利|公信力|透明度|满意度|获得感|监督|质量)[^。；]{0,6}(?:作为|当作|视为|摆在|放在|列为|为)[^。；]{0,12}(?:出发点|落脚点|目标|宗旨|核心|重点|己任|首位|首要|导向|主线|目的|根本|任务|抓手|突破口|追求|准则)`, "保障"),
	turned(`(?:切实|有效|充分|进一步|不断|持续|着力|大力|稳步)(?:地)?降低(?:了)?[^。，；费本时率]{0,12}(?:公信力|透明度|满意度|公开质量|公开实效)`, "提高", "风险"),
	turned(`(?:不断|持续|切实|有效|充分|进一步|依法|着力|大力|努力|全面|坚决|积极|认真)(?:地)?(?:阻挠|阻碍|阻止|妨碍|限制|弱化|削弱|忽视|漠视|压制|排斥|剥夺)(?:了)?(?:公民|群众|公众|社会公众|社会|申请人|人民群众|社会各界)?(?:依法)?(?:获取(?:政府)?信息(?:的权利)?|参与|监督|舆论监督|参与监督)(?:[，。；、]|$)`, "保障"),
	turned(`法定(?:主动)?公开(?:的)?(?:内容|事项|信息)(?:全部|一律|均|都)不(?:予)?公开`, "法定公开内容全部公开"),
	turned(`(?:该|应|应当)公开的(?:政府信息|信息|内容|事项|文件)?(?:绝|坚决|一律|一概)不(?:予)?公开`, "该公开的公开").unlessAfter(`[不]$`),
	turned(`(?:确保|做到|坚持|实现|坚决做到)[“"]?(?:该|应|应当)公开的(?:坚决|一律|都|全|全部)?不公开`, "该公开的公开").unlessAfter(`[不]$`),
	turned(`不(?:以|把|将)公开(?:为|作为|当作)(?:常态|原则|惯例)`, principle),
	turned(`(?:国家秘密|涉密信息|涉密文件|涉密内容|商业秘密|个人隐私)(?:应公开尽公开|(?:一律|全部|及时|全面|均)(?:对外|向社会)?公开|主动公开)|(?:做好|推进|加大|抓好)(?:涉密|国家秘密)信息的?(?:公开|公开发布|发布)(?:工作|力度)?[，。；]`, "涉密不公开、公开不涉密"),
	turned(`(?:自觉|主动|积极|广泛)(?:地)?(?:(?:拒绝|不|抵制|逃避)接受|拒绝|抵制|逃避)[^。，；]{0,10}监督`, "接受监督"),
	turned(`(?:认真|坚决|严格|全面|深入)(?:地)?不(?:贯彻|落实|执行)`, "认真贯彻落实"),

	misnamed(`中华人(?:名|明|民民|们)共和国|中华人民共(?:合|同|河)国|中华人民[大公]和国|中华人民和国|中华人民共国|中华共和国政府`, "中华人民共和国"),
	misnamed(`(?:中国|中化|中央|华中)人民共和国`, "中华人民共和国"),
	misnamed(`中共人民共和国`, "中华人民共和国"),
	misnamed(`中化人民`, "中华人民共和国"),
	misnamed(`[刁司]近平|习近(?:乎|凭|评|苹|坪|萍)|习(?:进|静|尽|禁|金|近近)平|习平近|近习平`, "习近平"),
	misnamed(`习(?:进|静|尽|禁|金)平(?:总书记|新时代|同志|法治|生态|经济|强军|外交|文化)|习平近`, "习近平"),
	misnamed(`习近平(?:总书纪|总数记|总书计|总书己|书总记)|习近平新(?:时期|时代)(?:中国)?特(?:社|设|别)社会主义|习近平新时代(?:中国)?特色(?:社会)?主(?:意|议)|习近平新时代特色社会主义|习近平新时代中国特色主义|习近平新时代中国社会主义|习近平新时代中国特色社会思想|习近平时代中国特色`, "习近平新时代中国特色社会主义思想"),
	misnamed(`社会(?:主意|主议|主异|注意|注义)(?:思想|核心|现代化|法治|道路|制度|建设)|中国特(?:设|涩)社会主义`, "社会主义"),
	misnamed(`人(?:名|明|们|民民)政府|人民(?:攻|正|证|整|征)府|任民政府`, "人民政府"),
	misnamed(`人民政(?:俯|腑|付|腐|负)`, "人民政府"),
	misnamed(`人名(?:群众|法院|检察院|代表|共和国|团体|警察)|以人名为中心`, "人民"),
	misnamed(`《(?:中华人民共和国)?政府(?:信息)?公(?:开)?(?:信息)?条(?:列|理|利)》|《中华人民共和国(?:政府公开|政府信息|信息公开|政务公开|政府信息公布|政府信息公告|政务信息公开|政府信息工开)条例》`, "《中华人民共和国政府信息公开条例》"),
	misnamed(`《中华人民共和国政府信息公开(?:办法|规定|规范|法|条款)》`, "《中华人民共和国政府信息公开条例》"),
	misnamed(`(?:做到|践行|坚决)[“"](?:一|三|四|五)个维护[”"]|坚定[“"](?:一|两|五|六)个自信[”"]|(?:增强|树牢|牢固树立)[“"](?:一|两|五|六)个意识[”"]|[“"](?:一|三|四|五)个确立[”"]的决定性意义|[“"]两个拥护[”"]`, "“两个维护”“四个自信”“四个意识”“两个确立”"),
	misnamed(`十七届(?:八|九|十)中全会|十八届(?:八|九|十)中全会|十九届(?:八|九|十)中全会|二十届大|十九届大|党的十九届(?:精神|报告)|党的二十届(?:精神|报告)`, "党的十九大、二十大及其历次全会"),
	misnamed(`中国共(?:产常|产挡|同党|惨党)|中国产共党`, "中国共产党"),
	misnamed(`中共中英|党中英`, "党中央"),
}

// graveWording looks for grave slips.
func graveWording(c *context) *verdict {
	v := newVerdict()
	for i := range c.passages {
		p := &c.passages[i]
		v.pass()
		if c.statutory(p) {
			continue
		}
		seen := -1
		if p.cues.hasSlip() {
			findSlips(p.line, func(k int, m []int) {
				if g := &graves[k]; m[1] > seen && !g.excused(p.line, m) {
					seen = m[1]
					c.failGrave(v, p, g, m)
				}
			})
		}
		if m := misnamedThought(p.line); m != nil && seen < 0 {
			seen = m[1]
			c.failGrave(v, p, &slip{should: thought, what: "写错了名称"}, m)
		}
		if m := misnamedAct(p.line); m != nil && seen < 0 {
			seen = m[1]
			c.failGrave(v, p, &slip{should: "《中华人民共和国政府信息公开条例》", what: "写错了名称"}, m)
		}
		if seen < 0 {
			for _, m := range turnedHalves(p.line) {
				if !containsAny(withoutVirtues(nearby(p.line, m[0], m[1])), blaming...) && !toldAsWrong(p.line, m[0]) {
					c.failGrave(v, p, &slip{should: principle, what: "把原则写反了"}, m)
				}
			}
		}
	}
	return c.hidden(v)
}

// thought is the name that 习近平新时代…社会主义思想 can only be.
const thought = "习近平新时代中国特色社会主义思想"

// misnamedThought finds that name with a slip in it: as it begins and ends, with 社会 or
// 特色 between and something missing, more or other.
func misnamedThought(line string) []int {
	const begins, ends = "习近平新时代", "思想"
	for from := 0; ; {
		at := strings.Index(line[from:], begins)
		if at < 0 {
			return nil
		}
		at += from
		from = at + len(begins)
		end := strings.Index(line[from:], ends)
		const most = 14 * len("中")
		if end < 0 || end > most {
			continue
		}
		name := line[at : from+end+len(ends)]
		if name != thought && containsAny(name, "社会", "特色", "主义") && !containsAny(name, "经济", "外交", "法治", "强军", "生态", "文化", "和", "、", "，", "宗教", "国家安全") {
			return []int{at, at + len(name)}
		}
	}
}

// misnamedAct finds a name of the 条例 that is none: it begins with the country's, speaks of
// information and ends with 条例, as no other act of the country does.
func misnamedAct(line string) []int {
	const country = "《中华人民共和国"
	for from := 0; ; {
		at := strings.Index(line[from:], country)
		if at < 0 {
			return nil
		}
		at += from
		from = at + len(country)
		end := strings.Index(line[from:], "》")
		if end < 0 {
			return nil
		}
		name := line[from : from+end]
		if strings.HasSuffix(name, "条例") && containsAny(name, "政府信息", "政务信息", "信息公开", "政务公开") && name != "政府信息公开条例" && !strings.Contains(name, "实施") {
			return []int{at, from + end + len("》")}
		}
	}
}

func (c *context) failGrave(v *verdict, p *passage, g *slip, m []int) {
	at := utf8.RuneCountInString(p.line[:m[1]]) - 1
	v.fail(fault{
		place: p.place() + "@" + itoa(at), paths: c.path(p), quote: sentenceAt([]rune(p.line), at), actual: p.line[m[0]:m[1]], expected: g.should,
		message: c.where(p) + g.what + "：“" + clip(strings.TrimLeft(p.line[m[0]:m[1]], "，。；、：“")) + "”，应当是“" + g.should + "”。",
	})
}

// findSlips finds the slips in the sentences of a line: their number in graves and
// where they stand; none reaches over the end of a sentence.
func findSlips(line string, found func(k int, m []int)) {
	for from := 0; from < len(line); {
		end := len(line)
		if stop := strings.IndexAny(line[from:], "。！？"); stop >= 0 {
			end = from + stop + len("。")
		}
		sentence := line[from:end]
		here := cues().find(sentence)
		for k := range graves {
			if !here.has(slipCues + k) {
				continue
			}
			for _, m := range graves[k].pattern.FindAllStringIndex(sentence, -1) {
				found(k, []int{from + m[0], from + m[1]})
			}
		}
		from = end
	}
}

// excused reports whether the words around a slip make it a right wording.
func (g *slip) excused(line string, m []int) bool {
	return g.after != nil && g.after.MatchString(tailOf(line[:m[0]], 24)) || containsAny(withoutVirtues(besideSlip(line, m)), g.unless...) || g.should == principle && toldAsWrong(line, m[0])
}

// virtues hold a word of blaming and blame nothing: 底线思维, 防范泄密风险.
var virtues = lazyregexp.New(`(?:底线|法治|系统|战略|创新|辩证|互联网|用户)思维|转变(?:工作)?作风|(?:政府)?职能转变|转变(?:政府)?职能|(?:社会|基层|乡村|城市|国家)治理|治理(?:体系|能力)|(?:防范|严防|杜绝|避免|防止|不发生|不出现)[^，。；、]{0,6}(?:泄密|失密|风险|舆情|涉密)(?:事件|风险|问题)?|解决(?:群众|实际)`)

// withoutVirtues takes them out of the text around a slip.
func withoutVirtues(s string) string {
	if !containsAny(s, "思维", "转变", "治理", "防范", "严防", "杜绝", "避免", "防止", "不发生", "不出现", "解决") {
		return s
	}
	return virtues.ReplaceAllString(s, "")
}

// assurances stand before what a body says it does: what the next clause denies (全年无泄密
// 事件) says nothing of it.
var assurances = []string{"做到", "确保", "坚持", "坚决做到", "真正做到", "实现", "贯彻", "落实", "遵循", "严守", "恪守", "遵守", "执行"}

// deeds begin slips that say themselves what a body does.
var deeds = []string{"坚持", "推进", "推行", "深化", "加强", "做好", "开展", "强化", "做到", "确保", "实现"}

// besideSlip is the text around a slip that may say that it is none.
func besideSlip(line string, m []int) string {
	text := nearby(line, m[0], m[1])
	own := strings.TrimRight(line[:m[0]], "“\"：")
	if !hasAnySuffix(own, assurances) && !startsWithAny(line[m[0]:m[1]], deeds...) {
		return text
	}
	before, behind, _ := strings.Cut(text, "\n")
	if containsAny(before, "未", "不", "没", "难", "无法", "假") {
		return text
	}
	behind, _, _ = strings.Cut(behind, "，")
	return before + "\n" + behind
}

// nearby is the text around line[from:to], without it, as far as it may speak of it: some
// characters before and behind, within the sentence.
func nearby(line string, from, to int) string {
	const before, behind = 16, 12 // characters
	l, r := line[:from], line[to:]
	for n := 0; n < before && l != ""; n++ {
		_, size := utf8.DecodeLastRuneInString(l)
		l = l[:len(l)-size]
	}
	l = line[len(l):from]
	for n := 0; n < behind && r != ""; n++ {
		_, size := utf8.DecodeRuneInString(r)
		r = r[size:]
	}
	r = line[to : len(line)-len(r)]
	if at := strings.LastIndexAny(l, "。；！？"); at >= 0 {
		l = l[at:]
	}
	if at := strings.IndexAny(r, "。；！？"); at >= 0 {
		r = r[:at]
	}
	return l + "\n" + r
}
