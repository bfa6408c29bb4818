package rules

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// remnant is one kind of residue.
type remnant struct {
	// cues are pieces of text one of which every match holds.
	cues    []string
	pattern *lazyregexp.Regexp
	what    string // in Chinese
	// unless are words in the sentence that make it no residue.
	unless []string
	// before are words that must not stand before the match.
	before []string
}

// blank is what a template has in place of a word or a number.
const blank = `(?:[XＸx×✕╳]{2,}|[○〇]{2,}|□{2,}|[_＿]{2,}|[?？]{3,})`

// A template goes on after a blank with the kind of body or with a unit.
const (
	bodyUnit  = `(?:街道|镇|乡|县|区|市|省|州|局|委员会|委|办公室|办事处|厅|单位|部门|机关|政府|人民政府|网站|公众号|微信公众号|处室|科室|中心|工作年度报告)`
	countUnit = `(?:年度?|月|日|[件条次篇期份场](?:[^数]|$)|项(?:[^目数]|$)|个(?:[^人体]|$)|人次|万?元|[%％])`
)

var blankRuns = []string{"XX", "ＸＸ", "xx", "××", "✕✕", "╳╳", "**", "＊＊", "○○", "〇〇", "□□", "__", "＿＿", "???", "？？？"}

// remnants are collected from published reports, from what Word, spreadsheets and
// web editors leave behind, and from the hints of the usual templates.
var remnants = []remnant{
	{cues: []string{"["}, what: "文字处理软件的标记", pattern: lazyregexp.New(`\[(?:bookmark|TOC|PAGE|HYPERLINK|REF|MERGEFIELD|FORMTEXT|image|图片|插图|表格|table|object)\s*[:：_][^\]]*\]|\[(?:在此|此处|单位名称|机关名称|部门名称|年份|日期|姓名|电话|地址|数字|填写|键入|插入|图表|标题|正文)[^\]]{0,20}\]`)},
	{cues: []string{"[", "【"}, what: "文字处理软件的标记", pattern: lazyregexp.New(`[\[【](?:图片?|插图|配图|照片|视频|截图|二维码|表格?|附件|链接|超链接|image|img|pic|photo|picture|link|object)\d{0,3}[\]】]`), unless: []string{"点击", "下载", "栏目"}},
	{cues: []string{"模板", "样例", "示例", "范文", "样稿", "示范文本", "参考文本", "样本"}, what: "样稿的标记", pattern: lazyregexp.New(`(?:以下|以上|上述|本段|本节|本页|此段)(?:内容|文字|文本|段落|部分|表述)?(?:均|仅)?(?:为|是|系|属于?)(?:报告|统一|通用|参考|写作)?(?:模板|样例|示例|范文|样稿|示范文本|参考文本|样本)(?:[，。；,（(]|$)`)},
	{cues: []string{"格我局", "僵我局", "布我局", "我局限性", "我局部地", "我局部区", "我局面", "我局势", "城我镇", "乡我镇", "格本局"}, what: "查找替换留下的错字", pattern: lazyregexp.New(`[格僵][我本]局|(?:^|[^公发颁宣])布我局|我局(?:限性|部地区|部区域|面(?:$|[，。；、])|势(?:$|[，。；、]))|[城乡]我镇[化居建发]`)},
	{cues: []string{"_GoBack", "MERGEFORMAT", "HYPERLINK", "PAGEREF", "_Toc", "EMBED"}, what: "文字处理软件的标记", pattern: lazyregexp.New(`_GoBack|\\?\*?MERGEFORMAT|HYPERLINK"|HYPERLINK\\|PAGEREF_Toc|_Toc\d{5,}|EMBED(?:Word|Excel|Equation)`)},
	{cues: []string{"错误!", "错误！", "Error!", "Error！"}, what: "失效的引用", pattern: lazyregexp.New(`错误[!！](?:未找到引用源|未定义书签|文档中没有|链接无效|不能|未知)|Error[!！](?:Reference|Bookmark|Hyperlink)`)},
	{cues: []string{"#"}, what: "表格公式的错误值", pattern: lazyregexp.New(`#(?:REF[!！]|VALUE[!！]|N/A|DIV/0[!！]|NAME[?？]|NUM[!！]|NULL[!！])|#{5,}`)},
	{cues: []string{"<", "＜"}, what: "网页代码", pattern: lazyregexp.New(`(?i)</?(?:p|br|div|span|td|tr|th|table|tbody|strong|b|i|u|a|font|img|h[1-6]|ul|ol|li|o:p|em|script|style|iframe|center|section|hr)(?:[a-z-]+=[^<>]*|style=[^<>]*|/|"[^<>]*)?>|<!--|<!\[endif|<\?xml`)},
	{cues: []string{"&"}, what: "网页代码", pattern: lazyregexp.New(`&(?:nbsp|lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|emsp|ensp|hellip|bull|times|#\d{2,6}|#x[0-9a-fA-F]{2,5});`)},
	{cues: []string{"{{", "${", "<%", "{%", "｛｛"}, what: "模板的变量", pattern: lazyregexp.New(`\{\{[^{}]{0,60}\}\}|\$\{[^{}]{1,60}\}|<%.{0,60}?%>|\{%.{0,60}?%\}|｛｛[^｛｝]{0,60}｝｝`)},
	{cues: []string{"【】", "《》", "〔〕", "《X", "《Ｘ", "《x", "《×", "《*", "《＊", "【X", "【Ｘ", "【x", "【×", "【*", "【＊"}, what: "空的括号", pattern: lazyregexp.New(`【】|《》|〔〕号?|《[XxＸ×*＊]{2,}》|【[XxＸ×*＊]{2,}】`)},
	{cues: []string{"此处", "此栏", "请在此", "请填", "请输入", "请补充", "请删除", "请替换", "请修改", "请根据", "请按", "请结合", "填写", "填入", "插入", "键入", "待填", "待补", "待完", "待核", "待确", "待定", "删除此"}, what: "模板的提示语", pattern: lazyregexp.New(`[（(【\[](?:此处|此栏|请在此|请填(?:写|入|报)|请输入|请补充|请删除|请替换|请修改|请(?:根据|按照?|结合)实际|` +
		`填[写入](?:本?(?:单位|机关|部门)|具体|数[字量据]|年份|日期|内容|姓名|名称|实际|此|[:：])|[插键]入|待填|待补充|待完善|待核实|待确认|待定|删除此)[^（）()【】\[\]]{0,40}[）)】\]]`),
		unless: []string{"下载", "见附件", "详见", "申请表"}},
	{cues: []string{"名称", "全称", "简称", "样例", "示例", "样本", "范例", "范本", "模板", "示范文本", "供参考", "年份", "数字", "具体", "日期）", "日期)", "日期】", "日期]", "（略", "(略", "【略"}, what: "模板的提示语", pattern: lazyregexp.New(`[（(【\[](?:(?:本|行政|发布|编制|填报)?(?:单位|机关|部门)(?:全称|名称|简称)|样例|示例|样本|范例|范本|参考模板|模板|示范文本|供参考|仅供参考|年份|数字|具体(?:数字|数据|内容|情况)|日期|略)\d?[）)】\]]`)},
	{cues: []string{"填写", "填入", "输入", "插入", "键入"}, what: "模板的提示语", pattern: lazyregexp.New(`[（(【\[〔]请?(?:填[写入]|输入|[插键]入)[^（）()【】\[\]〔〕，。；]{0,10}(?:名称|全称|简称|数量|数字|[件条次人份场期篇]数|姓名|职务|电话|日期|时间|年份|网址|地址|文号|标题|科室|股室|处室|数据|渠道)[）)】\]〕]`), unless: []string{"申请表", "申请人", "公众", "群众", "网民", "用户", "表单", "须", "应当", "要求"}},
	{cues: []string{"填写", "输入", "单击", "点击", "键入", "插入", "添加", "请根据", "请结合"}, what: "模板的提示语", pattern: lazyregexp.New(`填写(?:本)?(?:单位|机关|部门)(?:名称|全称)|请(?:在此)?(?:输入|键入)(?:标题|正文|内容|文字|文本|单位|名称|数字|日期|关键[字词]|搜索|您|要|检索|$|[。，；：:])|` +
		`(?:单击|点击|单击或点击)此处(?:添加|输入|键入|编辑|插入)|在此处?(?:输入|键入|填写|插入|添加)|此处(?:填写|输入|键入|插入|添加)|请(?:根据|结合|按照?)(?:本单位|本机关|本部门|本地区?|各自)?实际(?:情况)?(?:填写|修改|补充|调整|替换|完善|删减)`),
		unless: []string{"验证码", "系统提示", "申请表", "申请人", "网民可", "用户可", "密码", "申请时"}},
	{cues: []string{"模板", "样例", "示例", "样稿", "参考", "范文", "样本"}, what: "样稿的标记", pattern: lazyregexp.New(`^[^，。；]{0,30}(?:政府信息公开(?:工作)?(?:年度)?(?:报告|年报))[（(【]?(?:样例|示例|模板|样稿|参考稿|范文|样本)[）)】]?$|^(?:样例|示例|模板|样稿|范文)[一二三四\d]?[：:]?$|^[（(【](?:样例|示例|模板|样稿|范文|参考)[）)】]`)},
	{cues: blankRuns, what: "没有填写的占位符", pattern: lazyregexp.New(`(?:^|[^A-Za-z0-9/.\-一二三四五六七八九十百千])(` + blank + bodyUnit + `)`),
		before: []string{"申请人", "原告", "投诉人", "举报人", "当事人", "申请", "关于", "上诉人", "诉", "反映", "来自", "市民", "村民", "居民", "收到", "住", "户籍", "位于"}},
	{cues: blankRuns, what: "没有填写的占位符", pattern: lazyregexp.New(`(?:^|[^A-Za-z0-9/.\-一二三四五六七八九十百千])((?:` + blank + `|[*＊]{2,})` + countUnit + `)`)},
	{cues: []string{"X件", "X条", "X次", "X篇", "X期", "X份", "X场", "X项", "X个", "X余", "X万", "Ｘ件", "Ｘ条", "Ｘ次", "Ｘ篇", "Ｘ项", "Ｘ个", "×件", "×条", "×次", "×篇", "×期", "×份", "×场", "×项", "×个", "×万"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`[\p{Han}，：、（]([XＸ×](?:件|条|次|篇|期|份|场|项(?:[^目]|$)|个(?:[^人体]|$)|人次|万条|余条))`), before: []string{"第"}},
	{cues: []string{"X年", "X月", "X日", "Ｘ年", "Ｘ月", "×年", "×月", "×日", "*件", "*条"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`((?:收到|办结|共|公开|发布|受理|答复)[*＊](?:件|条)|[XＸ×]{1,4}年(?:度|[XＸ×]{1,2}月|政府信息公开|1月1日)|[年月][XＸ×]{1,2}[月日]|20[XＸ×]{2}年)`)},
	{cues: []string{"〕X", "〕Ｘ", "〕x", "〕×", "〕*", "〕＊", "〕_", "〔20X", "〔20Ｘ", "〔20x", "〔20×", "]X", "]x", "]×", "]*"}, what: "没有填写的文号", pattern: lazyregexp.New(`[〔\[]20(?:\d\d|[XＸx×*＊]{2})[〕\]]第?[XＸx×*＊_]{1,4}号|[〔\[]20[XＸx×*＊]{2}[〕\]]第?\d{1,4}号`), unless: []string{"格式", "编号", "样式", "统一为", "例如", "比如", "形如", "脱敏", "隐去", "民初", "行初", "行终", "申请人"}},
	{cues: []string{"_年", "＿年", "_月", "＿月", "x月", "X月", "Ｘ月", "×月", "年月日", "年 "}, what: "没有填写的日期", pattern: lazyregexp.New(`20[_＿\s]{1,4}年|20\d\d年[_＿]+月|[_＿]{1,}年[_＿]{1,}月|(?:^|[年，。；：、于在])([XＸx×]{1,2}月[XＸx×]{1,2}日)|(20\d\d年 *月 *日)(?:[^均]|$)`)},
	{cues: []string{"XXX", "xxx", "×××", "ＸＸＸ", "***"}, what: "没有填写的联系方式", pattern: lazyregexp.New(`(?:电话|传真|邮编|邮政编码|地址|邮箱|网址|电子邮件|联系人|网站)(?:为|是)?[:：]?(?:（?0\d{2,3}）?[-—－]?)?(?:https?://)?(?:www\.)?[XxＸ×*]{3,}(?:[^0-9A-Za-z-]|$)|www\.[xX]{2,}\.`)},
	{cues: []string{"orem", "TODO", "todo", "FIXME", "锟斤拷", "烫烫", "屯屯", "NaN", "undefined", "null"}, what: "测试文字或者乱码", pattern: lazyregexp.New(`(?i)lorem ?ipsum|TODO[:：]|FIXME|锟斤拷|烫烫烫|屯屯屯|\bundefined\b|NaN(?:%|件|条)|(?:为|共|是|：)null`)},
	{cues: []string{"AI", "人工智能", "希望", "以下是", "以上内容", "如果您"}, what: "写作软件的答语", pattern: lazyregexp.New(`作为(?:一[个名款])?(?:AI|人工智能|语言模型)(?:语言)?(?:模型|助手)|以下是(?:根据您|为您|按您|修改后的|润色后的|优化后的|一份关于|一篇)|希望(?:以上|这[份篇些]|上述)[^。]{0,12}(?:对您|符合您|能够?帮|有所帮助)|以上内容(?:仅供参考|由AI|为AI)|如果您(?:还)?(?:需要|有)(?:进一步|其他)[^。]{0,10}(?:修改|调整|要求)`)},
	{cues: []string{"。。", "，，", "；；", "，。", "。，", "；。", "、。", "、，", "，、", "、、", "：："}, what: "重复的标点", pattern: lazyregexp.New(`。{2}|，{2,}|；{2,}|、{2,}|：{2,}|，。|。，|；。|、。|、，|，、`)},
	{cues: []string{"人民政府人民政府", "办事处办事处", "委员会委员会", "领导小组领导小组", "年年", "年度报告年度报告", "条例》条例》"}, what: "查找替换留下的重复",
		pattern: lazyregexp.New(`人民政府人民政府|办事处办事处|委员会委员会|领导小组领导小组|20\d\d年年(?:政府|信息|工作)|年度报告年度报告|条例》条例》`)},
	{cues: []string{"某某", "某局", "某镇", "某乡", "某街道", "某县", "某市", "某区", "某单位", "某委"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:^|[。；，：由将]|20\d\d年(?:度)?[，,]?)((?:某{2,}|某)(?:局|委员会|委|办公室|镇|乡|街道|县|区|市|单位|部门|厅|中心)(?:人民政府|政府|办事处)?)(?:党组|党委)?(?:20\d\d年|本年|全年|认真|严格|高度|积极|主动|坚持|深入|全面|切实|始终|共|未收到|没有|在政府信息|政府信息公开|政务公开|信息公开|编制|按照|根据|依托|持续|不断|进一步|扎实)`),
		unless:  []string{"申请人", "例如", "比如", "案例", "匿名", "化名", "原告", "被告"}},
	{cues: []string{"示例", "样例", "范例", "样稿", "模板", "参考", "填写说明", "填报说明", "填表说明", "编写说明", "写作提示", "提示"}, what: "模板的提示语", pattern: lazyregexp.New(`[（(【\[](?:参考)?(?:示例|样例|范例|样稿|模板|参考格式|格式参考|填[写报表]说明|填[写报]提示|编写说明|写作提示|模板提示)[:：][^（）()【】\[\]]{1,80}[）)】\]]`), unless: []string{"列有", "统一编", "编码", "编号", "账号", "卡号", "脱敏", "隐去", "遮", "格式（", "规则", "样式", "查询", "统一为", "命名", "字段", "可扫", "索引号", "证号"}},
	{cues: inBracket("次数 件数 条数 人数 篇数 期数 场数 份数 项数 场次 人次 数量 金额 具体 数字 数据 总数 批次 户数 天数"), what: "模板的提示语", pattern: lazyregexp.New(`[^\d]([（(【\[〔](?:具体)?(?:[次件条人篇期场份项户天]数|场次|人次|批次|数量|金额|数字|数据|总数)[）)】\]〕])(?:余|多)?(?:次|件|条|人|篇|期|场|份|项|户|批|个|天|万?元|[%％])`), unless: []string{"件件", "条条", "次次", "人人", "户户", "一栏", "一列", "口径"}},
	{cues: []string{"（）", "()", "(）", "（)"}, what: "没有填写的括号", pattern: lazyregexp.New(`[\p{Han}，：:、约共达]([（(][）)](?:件|条|次|篇|期|份|场|项|个|人次|余条|万条|万?元|年|月|日|局|镇|乡|街道|单位|[%％]))`), unless: []string{"打√", "√", "勾选"}},
	{cues: []string{"{"}, what: "模板的变量", pattern: lazyregexp.New(`\{(?:NUM)?PAGES?[^{}]{0,20}\}|\{[A-Za-z_][A-Za-z_.0-9]{1,30}\}|\{(?:此处|请)?[^{}，。]{0,6}(?:单位|机关|年份|年度|日期|姓名|名称|数量|数字|地址|电话|标题|内容|部门|地区|街道|乡镇|件数|条数|填写|待填|简称)[^{}，。]{0,8}\}`)},
	{cues: []string{"%d", "%s", "$$", "##", "@@", "%%", "~~", "&&", "||"}, what: "模板的变量", pattern: lazyregexp.New(`%[ds](?:[件条次篇项个，。]|$)|\${2,}[^$]{1,20}\${2,}|@{2,}[^@]{1,20}@{2,}|%{2,}[^%\d]{1,20}%{2,}|~{2,}[^~]{1,20}~{2,}|&{2,}[^&]{1,20}&{2,}|#{2,}\p{Han}{1,12}#{2,}|(?:共|信息|收到|公开|发布|办结|受理)[#$@]{2,}(?:件|条|次|篇|项|个)`)},
	{cues: []string{"待填", "待补", "待核", "待确认", "待更新", "待定"}, what: "没有填写的内容", pattern: lazyregexp.New(`[：:=＝“"'<＜《〈\-—…_]((?:此处|数据|内容|数字)?待(?:填写?|补充?|核实|核对|确认|更新|定))(?:[。，；]|[”"'>＞》〉\-—…_]|$)|(?:共|信息|收到|公开|发布|办结|受理|申请)(待(?:填写?|补充?|核实|定))(?:件|条|次|篇|项|个)|(?:信息|数据|数量|件数|具体数)(待(?:填写?|补充|核实))(?:[。，；]|$)`)},
	{cues: []string{"N件", "N条", "N次", "N篇", "N项", "N个", "n件", "n条", "n次", "…件", "…条", "…次", "-件", "-条", "—件", "—条", "?件", "?条", "？件", "？条", "?次", "？次"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:共|信息|收到|公开|发布|办结|受理|申请|答复|开展|举办|召开|培训)((?:[Nn]{1,3}|…+|-{2,}|—{2,}|[?？]{1,3})(?:件|条|次|篇|项(?:[^目]|$)|个(?:[^人体]|$)))`)},
	{cues: []string{"X年", "Ｘ年", "x年", "×年", "_年", "*年", "＊年", "?年", "？年", "○年", "〇年", "某月"}, what: "没有填写的日期", pattern: lazyregexp.New(`(?:^|[^0-9A-Za-z])(20\d[XxＸ×_*＊?？]年|20[?？]{2}年|20\d\d年某月|20○○年|20〇〇年)`)},
	{cues: []string{"请在此", "请在本", "此处", "此段", "本段", "此部分", "本部分请", "请概述", "请简要", "请简述", "请列举", "请补充", "请注明", "请说明本", "请结合本", "请填报", "请描述", "请写明", "字左右", "字以内"}, what: "模板的提示语",
		pattern: lazyregexp.New(`(?:^|[。；，：（(【\[])(请(?:在(?:此处?|本(?:段|节|部分|栏))|(?:各?(?:单位|部门|机关))?(?:简要|重点|如实|逐项|分条)?(?:概述|概括|简述|列举|阐述|描述|写明|填报|填写))[^。；]{0,30}?(?:概述|概括|简述|列举|填写|填报|补充|描述|说明|总结|写|情况|做法|成效|数据|内容|问题|文字))|` +
			`(?:^|[。；，：（(【\[])((?:此处|此段|本段|此部分|此栏|以下)(?:内容|文字|数据|部分)?(?:请|需|应|由|待|要|须|可)(?:各?单位|各?部门|撰稿人|填报人|责编|编辑|科室|办公室|自行|根据实际|结合实际|再|进一步)?(?:填|补|写|核|改|替换|删|插|调整|修改|更新|完善|概述|简述|列举|描述)[^。；，]{0,20})|` +
			`((?:字数)?(?:控制在|不超过|约)?\d{2,4}字(?:左右|以内)[）)】\]。；])`), unless: []string{"下载", "详见", "申请表", "申请人", "群众", "公众", "网民", "作文", "征文"}},
	{cues: inBracket("注： 注: 填写 补充 请 此 本段 本节 本部分 各 以下 上述 以上 根据 结合 待 由 需 可"), what: "模板的提示语",
		pattern: lazyregexp.New(`[（(【\[〔](?:注[:：]|填写|补充|请|此|本段|本节|本部分|各|以下|上述|以上|根据|结合|待|由|需|可)[^（）()【】\[\]。]{0,16}(?:填写|改写|参照|仿照|补充|补入|补录|核定|做法|替换|修改|核实|完善|删除|更新|自行|酌情|调整)[^（）()【】\[\]〔〕。]{0,16}[）)】\]〕]`), unless: []string{"申请表", "申请人", "公众", "群众", "网民", "用户", "整改", "办法", "方案"}},
	{cues: []string{"XX", "ＸＸ", "××", "＊＊", "**", "○○", "〇〇", "□□"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:开展|举办|召开|组织|印发|制定|出台|围绕|聚焦|推进|做好|加强|落实|学习|公布|发布|建设|完成|实施|参加|接受|涉及|包括|结合|对接|依托|通过|建成|上线|新增)了?[“《]?([XＸ×*＊○〇□]{2,4})(?:[^某件\d]|$)`), unless: []string{"申请", "隐去", "遮挡", "脱敏", "案", "原告", "代替", "代号", "投诉", "举报", "化名", "信访"}},
	{cues: []string{"￥", "¥", "$", "#", "&", "@", "~", "～", "＃"}, what: "没有填写的占位符", pattern: lazyregexp.New(`[\p{Han}]([￥¥$#＃&@~～]{1,4}(?:条|件|篇|次|项(?:[^目]|$)|期|份|人次|万元))`)},
	{cues: []string{"模板：", "样例：", "示例：", "范文：", "例文：", "样稿：", "模板:", "样例:", "示例:", "范文:", "例文:"}, what: "样稿的标记", pattern: lazyregexp.New(`(?:^|[。；])(?:参考|填写|撰写)?(?:模板|样例|示例|范文|例文|样稿)[一二三四\d]?[:：]`)},
	{cues: []string{"XX", "ＸＸ", "xx", "××", "＊＊", "**", "○○", "〇〇"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:^|[，。；：、在由以为与和是的对向])([XＸx×*＊○〇]{2,4})(?:同志|局长|副局长|主任|副主任|书记|副书记|镇长|副镇长|乡长|区长|县长|市长|科长|组长)`), unless: []string{"申请", "隐去", "遮挡", "脱敏", "原告", "代替", "投诉", "举报", "信访", "化名"}},
	{cues: []string{"XX", "ＸＸ", "××", "xx"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:^|[\p{Han}，。；：、])([XＸx×]{2,4})(?:类|事项|工作|领域|方面|活动|平台|栏目|制度|办法|通知|方案|文件|系统|专项|行业|业务|政策|会议|会$)|《关于([XＸx×*]{2,4})`), unless: []string{"申请", "隐去", "遮挡", "脱敏", "原告", "代替", "投诉", "举报", "信访", "代号", "化名", "诉"}},
	{cues: []string{"待补", "待填", "待核", "待完善", "待确认", "待定"}, what: "没有填写的内容", pattern: lazyregexp.New(`(?:^|[。；，])待(?:补充?|填写?|核实|完善|确认|定)[:：]`)},
	{cues: []string{"：条", "：件", "：篇", "：次", "：期", "：份", "：场", ":条", ":件", "共条", "共件", "数条", "为条", "为件", "共次"}, what: "没有填写的数字", pattern: lazyregexp.New(`(?:[：:]|\p{Han}(?:总数|数量|数|合计|共计|共)(?:为|是)?)((?:条|件|篇|次|期|份|场))(?:[，。；]|$)`)},
	{cues: []string{"审核意见", "修改建议", "修改意见", "编辑提示", "领导批示", "审稿意见"}, what: "审稿意见", pattern: lazyregexp.New(`(?:^|[。；，])(?:审核意见|修改建议|修改意见|编辑提示|审稿意见)[:：]`)},
	{cues: append(inBracket("修订 校对 备注 注： 注:"), "批注", "审稿", "校对意见", "修改意见", "审核意见", "编者：", "编者:", "校稿"), what: "批注或者审稿意见", pattern: lazyregexp.New(`[（(【\[](?:批注|修订|审稿|校对|审核意见|修改意见|编者|校稿|备注)(?:意见|说明)?\d{0,3}[:：][^）)】\]]{1,60}[）)】\]]|(?:^|[。；])(?:批注|审稿意见|修改意见|校对意见)\d{0,3}[:：]|[（(【\[](?:注[:：])?[^）)】\]。]{0,12}请[^）)】\]。]{0,10}(?:主任|局长|科长|处长|科|办|股|同志|领导|镇长|书记)[^）)】\]]{0,6}(?:核实|确认|核对|审定|补充|把关|修改|提供|定稿)[^）)】\]]{0,12}[）)】\]]`)},
	{cues: []string{"**", "＊＊"}, what: "没有填写的占位符", pattern: lazyregexp.New(`(?:^|[。；，：]|年(?:度)?)([*＊]{2,}` + bodyUnit + `)`), before: []string{"申请人", "原告"}, unless: []string{"申请人", "原告", "诉", "案"}},
	{cues: []string{"___", "＿＿＿"}, what: "没有填写的空格", pattern: lazyregexp.New(`(?:^|[^A-Za-z0-9/.\-])([_＿]{3,})(?:[^A-Za-z0-9]|$)`), unless: []string{"申请表", "签字", "签名"}},
	{cues: inBracket("如 若 不少于 需 请 提交前 报送前 发布前 定稿 避免 注意 视情 酌情 可自行 可根据 无则 没有则 没有的 无此 照 按照 按 根据 结合 参照 参考 此 本 字数 建议 应 不要 勿 以下 可 限 至少 不超过 简要 重点 约 主要写 写 分条 要求 逐 从"), what: "模板的提示语",
		pattern: lazyregexp.New(`[（(【\[〔](?:[^（）()【】\[\]〔〕]{0,24}(?:请填|填[“"]?无|写[“"]?无|删除(?:本|此|该)|删去(?:本|此|该)|(?:提交|报送|发布|定稿|上报|印发|公开)前(?:请|需|应|务必|要|将)?(?:删|改|补|填|核对)|(?:与|同)(?:上年|去年|往年|其他单位)(?:度)?(?:雷同|重复)|结合(?:本单位|本部门|本机关|自身|各自)实际|(?:本单位|本部门|本机关)实际(?:撰写|编写|填写|情况写)|自行(?:增|删|添|补|调整)|(?:填|写)[“"]?(?:无|0|零)[”"]?[）)】\]，,；]|(?:简要|重点|分条|逐条|逐项|据实|如实)(?:说明|填写|填报|填列|阐述|写|概述|列|描述)|不得(?:空白|留空|照抄)|不要(?:空|照|照抄|套话)|勿(?:留空|照抄)|照抄)|(?:不少于|至少|不超过|字数)[^（）()【】\[\]〔〕]{0,4}[一二三四五六七八九十\d]+[个]?(?:条|点|项|字|方面|百字)(?:以上|以内)?(?:[，,；]|[）)】\]〕]))[^（）()【】\[\]〔〕]{0,40}[）)】\]〕]?`),
		unless:  []string{"申请表", "申请人", "公众", "群众", "网民", "用户", "整改", "办法", "方案", "意见", "通知"}},
	{cues: []string{"XXXX", "××××", "ＸＸＸＸ"}, what: "没有填写的占位符", pattern: lazyregexp.New(`(?:是|：|:|为|，|、|有)([XＸ×]{4,})(?:[，。；、]|$)`), unless: []string{"申请", "诉", "案", "账号", "身份证", "手机", "脱敏", "隐去"}},
	{cues: []string{"名称】", "数量】", "姓名】", "数字】", "年份】", "职务】", "地名】", "简称】", "全称】", "称]", "量]", "名]"}, what: "模板的提示语", pattern: lazyregexp.New(`\p{Han}([【\[]\p{Han}{0,8}(?:名称|数量|姓名|数字|年份|职务|地名|简称|全称)[】\]])\p{Han}`)},
	{cues: []string{"局局", "镇镇", "乡乡", "街道街道", "县县", "厅厅", "市市"}, what: "查找替换留下的重复", pattern: lazyregexp.New(`(?:局局|镇镇|乡乡|街道街道|县县|厅厅|市市)(?:高度|认真|严格|积极|坚持|始终|深入|全面|切实|持续|共|主动|20\d\d|收到|公开|按照|根据|未|，|。)`)},
	{cues: []string{"息条", "章篇", "件篇", "训次", "训场", "训期", "议次", "动次", "动场", "座场"}, what: "没有填写的数字", pattern: lazyregexp.New(`(?:公开|发布|更新|推送|推出|刊发)(?:政府|政务|各类|工作)?(?:信息(条)|(?:文章|稿件)(篇))(?:[，。；]|$)|(?:开展|举办|组织|召开)\p{Han}{0,6}(?:培训(次|场|期)|会议(次)|活动(次|场)|讲座(场))(?:[，。；]|$)`)},
	{cues: []string{"X局", "X委", "X办", "X厅", "X部门", "×局", "×委", "×办", "×厅", "×部门", "Ｘ局"}, what: "没有填写的占位符", pattern: lazyregexp.New(`[省市县区]([XＸ×]{1,2}(?:局|委|办|厅|部门))`), unless: []string{"申请", "诉", "案", "隐去", "脱敏", "投诉", "举报"}},
	{cues: []string{"……", "..."}, what: "没有填写的内容", pattern: lazyregexp.New(`(?:[1-9][.、．]|[一二三四五六]是|[（(][一二三四五六1-9][）)])((?:…{1,6}|\.{3,6}))(?:[；;，。]|$)`)},
	{cues: []string{"Evaluation", "Aspose", "Spire.", "扫描全能王", "CamScanner", "试用版"}, what: "软件的水印", pattern: lazyregexp.New(`Evaluation ?(?:Warning|Only)|Aspose\.|Spire\.(?:Doc|PDF)|(?:由|用)?扫描全能王|CamScanner|(?:WPS|Word|软件|PDF)[^，。]{0,4}试用版`)},
	{cues: []string{"0000-0", "00000000", "人：", "人:"}, what: "没有填写的联系方式", pattern: lazyregexp.New(`(?:电话|热线|传真|手机)[^。；]{0,6}(0000-?0{6,8}|0{8})(?:\D|$)|联系人[:：](\p{Han}?[XxＸ×*＊]{2,3})(?:[，。；、（）() ]|$)`)},
	{cues: []string{"待核", "待补", "待填", "待确认", "待更新", "可删", "存疑", "不用填", "无需填", "不必填", "统一撰写", "统一填", "再议", "待定稿", "有误，", "此句", "此段", "本句", "这句", "该句"}, what: "模板的提示语", pattern: lazyregexp.New(`[（(【\[][^（）()【】\[\]。]{0,14}(?:待(?:核实?|核对|补充?|确认|填写?|更新|定稿)|(?:此|该|本|这)(?:句|段|处|数据?|部分)[^（）()【】\[\]。]{0,6}(?:可删|删|改|存疑|再议|有误|重写)|(?:不用|无需|不必|暂不)填|统一(?:撰写|填写?))[^（）()【】\[\]。]{0,12}[）)】\]]`), unless: []string{"待补正", "待核查", "申请表", "申请人"}},
	{cues: []string{"（）", "()", "（ ）", "( )"}, what: "没有填写的括号", pattern: lazyregexp.New(`[\p{Han}，]([（(] ?[）)])\p{Han}`), before: []string{"是", "否", "有", "无"}, unless: []string{"√", "勾选", "打勾", "选项"}},
	{cues: []string{"font-", "mso-", "Mso", "text-align", "text-indent", "line-height", "margin-", "padding:", "background:", "style=", "class=", "color:#", "letter-spacing", "white-space"}, what: "网页代码", pattern: lazyregexp.New(`(?:font-(?:family|size|weight|style)|text-(?:align|indent|decoration)|line-height|letter-spacing|white-space|margin-(?:top|left|right|bottom)|padding|background|mso-[a-z-]+|color) ?: ?[^。，、；:]{1,30}|Mso(?:Normal|ListParagraph|Header|Footer)|(?:style|class) ?= ?["'“”][^。]{0,40}`)},
	{cues: []string{"XX", "ＸＸ", "xx", "××", "＊＊", "**", "○○", "〇〇", "__", "□□"}, what: "没有填写的占位符",
		pattern: lazyregexp.New(`(?:同志|领导|主任|局长|镇长|书记|区长|县长|市长|负责人|联系人|组长|经办人|承办人|信息员|联络员|科长|乡长|审核人|填报人|人员|由|以|为|局|镇|街道)[:：]?((?:[XＸx×*＊]{2,}|[○〇]{2,}|[_＿]{2,}|□{2,}))(?:任|担任|同志|局长|主任|书记|镇长|副|为|等|负责|牵头|具体|带队|主持|分管|审核|科长|，|。|、|；|$)`), before: []string{"申请人", "原告", "当事人"},
		unless: []string{"申请人", "原告", "隐去", "遮挡", "脱敏", "身份证", "替代", "代替", "手机", "电话", "申请", "举报", "投诉", "信访"}},
	{cues: []string{"批注", "```", "##"}, what: "批注或者排版标记", pattern: lazyregexp.New("批注\\s?\\[[^\\]]{1,12}\\]|```|^#{2,6}[^#\\d]")},
}

// inBracket are words that an opening bracket stands before.
func inBracket(words string) []string {
	var out []string
	for _, w := range strings.Fields(words) {
		for _, b := range []string{"（", "(", "【", "[", "〔"} {
			out = append(out, b+w)
		}
	}
	return out
}

// residue looks for what templates, editors and replacements left behind.
func residue(c *context) *verdict {
	v := newVerdict()
	damaged := c.readDamage()
	for i := range c.passages {
		p := &c.passages[i]
		v.pass()
		if c.statutory(p) {
			continue
		}
		c.failDamage(v, p, &damaged)
		if p.cues == (cueSet{}) {
			continue
		}
		seen := 0 // bytes of the line looked through by the kinds before
		for k := range remnants {
			r := &remnants[k]
			if !p.cues.has(remnantCues + k) {
				continue
			}
			m := r.find(p.line)
			if m == nil || m[0] < seen {
				continue // nothing, or a part of what is reported already
			}
			seen = m[1]
			at := utf8.RuneCountInString(p.line[:m[0]])
			what := strings.Trim(p.line[m[0]:m[1]], "，。")
			if what == "" {
				what = p.line[m[0]:m[1]]
			}
			v.fail(fault{
				place: p.place() + "#" + itoa(k), paths: c.path(p), quote: quoteAround(p.line, m[0], m[1]), actual: what,
				message: c.where(p) + "出现" + r.what + "“" + clip(what) + "”（第" + itoa(at+1) + "个字起），公开前请改正。",
			})
		}
	}
	return c.hidden(v)
}

func (r *remnant) find(line string) []int {
	for _, m := range r.pattern.FindAllStringSubmatchIndex(line, -1) {
		for g := 2; g < len(m); g += 2 { // the residue itself, without what was looked at before it
			if m[g] >= 0 {
				m = m[g : g+2]
				break
			}
		}
		m = m[:2]
		said := sentenceAt([]rune(line), utf8.RuneCountInString(line[:m[0]]))
		if quotedResidue(line, m, said) || containsAny(said, r.unless...) || hasAnySuffix(line[:m[0]], r.before) {
			continue
		}
		return m
	}
	return nil
}

// quotedResidue reports whether a sentence speaks of the residue: what it found and took
// away stands in quotation marks.
func quotedResidue(line string, m []int, said string) bool {
	return hasAnySuffix(line[:m[0]], []string{"“", "\"", "‘", "「"}) && hasAnyPrefix(line[m[1]:], []string{"”", "\"", "’", "」"}) &&
		containsAny(said, "残留", "字样", "字符", "清除", "清理", "乱码", "代码", "占位", "标记", "发现", "排查", "整改", "更正")
}

// quoteAround is the sentence that holds line[from:to]; with a short piece of
// the line where the residue breaks the sentence.
func quoteAround(line string, from, to int) string {
	const around = 20 // characters on each side
	before, after := []rune(line[:from]), []rune(line[to:])
	return string(before[max(0, len(before)-around):]) + line[from:to] + string(after[:min(around, len(after))])
}
