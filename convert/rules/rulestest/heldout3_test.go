package rulestest

import "testing"

// A third batch for table_conflict and sum, after a reader had found other
// phrasings than those of the first two. The sentences were written in six rounds,
// each before the rules were mended for it. At their first runs the rounds gave,
// precision and recall: table_conflict 0.88 and 0.93, 0.90 and 0.90, 0.85 and
// 0.97, 0.88 and 0.97, 0.94 and 0.80, 0.75 and 1; sum 0.94 and 0.97, 0.92 and
// 0.77, 0.83 and 0.80, 1 and 0.95, 1 and 1, 1 and 0.90. Half of the sentences of a
// round were traps, so the precision is that on sentences made to deceive.

var thirdTable = []phrasing{
	{text: "从申请主体看，自然人{person}件、商业企业{org}件、科研机构0件、法律服务机构0件。", plant: "person org"},
	{text: "在已办结的{done}件申请中，予以公开{granted}件，部分公开{part}件，不予公开{denied}件，无法提供{unable}件。", plant: "granted part denied unable"},
	{text: "办结的申请中，予以公开的有{granted}件，部分公开的有{part}件，无法提供的有{unable}件。", plant: "granted part unable"},
	{text: "从答复类型看：予以公开类{granted}件、部分公开类{part}件、不予公开类{denied}件、无法提供类{unable}件。", plant: "granted part denied unable"},
	{text: "结转下年度继续办理的申请共{forward}件。", plant: "forward"},
	{text: "上年未办结转入本年的政府信息公开申请{carried}件，本年新收{new}件。", plant: "carried new"},
	{text: "上年度结转申请{carried}件在本年度全部办结，均为政府信息公开申请。", plant: "carried"},
	{text: "{new}件新收申请中，自然人提交的{person}件，商业企业提交的{org}件。", plant: "person org"},
	{text: "全年政府信息公开申请办理量为{done}件，均无超期。", plant: "done"},
	{text: "全年制发行政规范性文件{issued}件并同步解读。", plant: "issued"},
	{text: "清理后废止行政规范性文件{repealed}件，继续有效{inforce}件。", plant: "repealed"},
	{text: "经清理，宣布废止行政规范性文件{repealed}件。", plant: "repealed"},
	{text: "全年依法作出行政处罚{penalties}件并按时公示。", plant: "penalties"},
	{text: "全年行政许可办结量{licences}件，全部公示。", plant: "licences"},
	{text: "我局因信息公开被申请行政复议{recon}件并依法答复，被提起行政诉讼{lit}件并积极应诉。", plant: "recon lit"},
	{text: "行政诉讼未经复议直接起诉{direct}件，复议后起诉{after}件。", plant: "direct after", chapter: "legal_challenges"},
	{text: "全市各级行政机关共收到政府信息公开申请{new}件。", plant: "new", agency: "青柳市人民政府"},
	{text: "全市新收申请{new}件，结转上年{carried}件，办结{done}件，结转下年{forward}件。", plant: "new carried done forward", agency: "青柳市人民政府"},
	{text: "市政府制发行政规范性文件{issued}件，现行有效{inforce}件。", plant: "issued", agency: "青柳市人民政府"},
	{text: "{Y}年，全市政府信息公开行政复议案件{recon}件，其中维持{kept}件、纠正{fixed}件。", plant: "recon kept fixed", agency: "青柳市人民政府", chapter: "legal_challenges"},
}

var thirdTraps = []phrasing{
	{text: "全年行政复议案件共{deleg}件，其中涉及政府信息公开的{recon}件。"},
	{text: "全局行政诉讼案件{deleg}件，信息公开类{lit}件。", chapter: "legal_challenges"},
	{text: "全年行政诉讼案件共计{deleg}件。其中，涉及政府信息公开{lit}件。", chapter: "legal_challenges"},
	{text: "其他行政诉讼案件{deleg}件。", chapter: "legal_challenges"}, {text: "涉拆迁类行政复议{deleg}件、行政诉讼{deleg}件。", chapter: "legal_challenges"},
	{text: "作为第三人参加行政诉讼{part}件。", chapter: "legal_challenges"}, {text: "信息公开以外的行政复议{deleg}件，与本报告统计无关。", chapter: "legal_challenges"},
	{text: "区法院审结涉我局政府信息公开行政诉讼{part}件。", chapter: "legal_challenges"},
	{text: "市政府作为复议机关，全年受理信息公开类行政复议案件{deleg}件。", chapter: "legal_challenges", agency: "青柳市人民政府"},
	{text: "公开行政许可事项{part}项、行政处罚事项{deleg}项、行政强制事项{other}项。"},
	{text: "我局公开权责清单，其中行政许可{part}项、行政处罚{deleg}项、行政强制{other}项。"},
	{text: "赋权事项承接到位，其中行政处罚{deleg}项、行政强制{part}项。"}, {text: "在门户网站公布行政许可{deleg}件、行政处罚{part}件。"},
	{text: "向社会公示行政处罚决定{part}件、行政强制决定{other}件。"}, {text: "法制审核行政许可决定{deleg}件、行政处罚决定{part}件。"}, {text: "受委托实施行政处罚{part}件。"},
	{text: "本年新收申请{new}件，其中当年办结{part}件，另有上年结转的{carried}件全部办结。", chapter: "applications"},
	{text: "2021年12月收到政府信息公开申请{part}件。"}, {text: "3季度收到政府信息公开申请{part}件，4季度收到{other}件。"},
	{text: "牵头答复联合办理的政府信息公开申请{part}件。"}, {text: "办理区政府交办的政府信息公开申请{part}件，予以公开{other}件。"},
	{text: "协助区政府答复政府信息公开申请{deleg}件，其中予以公开{other}件。"}, {text: "区政府收到政府信息公开申请后转由我局办理的{part}件，予以公开{other}件。"},
	{text: "收到家长赵某要求公开划片方案的申请1件，已答复。"}, {text: "个人信息保护类不予公开{other}件。", chapter: "applications"},
	{text: "因申请内容不属于政府信息不予处理1件。", chapter: "applications"}, {text: "其中1件申请予以公开后申请人又提起行政复议1件。", chapter: "applications"},
	{text: "罚没收入及行政事业性收费共计{deleg}万元。"}, {text: "参与起草市政府规章1件、区政府规范性文件{part}件。"},
	{text: "市级部门共收到政府信息公开申请{deleg}件，予以公开{part}件。", agency: "青柳市人民政府"},
	{text: "市政府办公室直接办理申请{deleg}件，其中予以公开{part}件。", agency: "青柳市人民政府"},
	{text: "归集信用信息，其中自然人{deleg}条、法人{part}条。"}, {text: "行政处罚案件{penalties}件，其中自然人{part}件、法人{other}件。"},
	{text: "查办违规办学案件{deleg}件，其中行政处罚{part}件、移送{other}件。"}, {text: "市级收到政府信息公开申请{deleg}件，县级收到{part}件。"},
	{text: "有{deleg}件政府信息公开申请征求了第三方意见，予以公开{part}件。"},
	{text: "办理建议提案{deleg}件，予以公开复文{part}件，不予公开{other}件。"},
}

var thirdSums = [2][]string{{
	"行政复议4件，其中维持2件，其他结果1件，尚未审结1件。", "行政复议4件（维持2件，其他1件，未审结1件）。",
	"编制完成26个领域目录，其中本年度更新2个；推动公开向基层延伸，在26个村设立公开栏。", "梳理目录32个，其中新增3个；在39个村设置公开栏，配备信息员12个。",
	"公开平台2个，包括网站1个，栏目18个。", "更新目录12次，其中集中更新4次；群众查阅目录1820次。", "举办发布会9场，其中专场2场，在12345平台开展线上答复30场。",
	"开设专栏5个，其中新开2个；制作短视频11个。", "培育示范点6个，其中镇级2个，吸纳志愿者40个。", "解读稿件18篇，其中负责人解读3篇；政策问答36篇。",
	"主动公开文件17件，其中规划类2件、方案类6件，意见征集公告9件、反馈公告9件。", "发布信息530条，其中原创210条，网站发布信息733条。",
	"公开规划2件、计划3件，其中防汛规划1件，值班计划1件，解读材料4件。", "印发公文92份，其中主动公开71份，按规定公开率100%；归档文件130份。",
	"公开1263条信息中，政策类420条，动态类650条，其他类193条。", "制发文件64份，主动公开51份，不予公开13份。", "推送消息245条，原创186条，转载59条。",
	"发布各类信息2080条：网站582条、微信1203条、其他渠道295条。", "召开会议14次，党组会2次、局务会7次、专题会5次，共计14次。", "办理工单612件：咨询类300件、求助类212件，等等。",
	"共发布解读材料20篇，一是文字解读9篇，二是图解8篇，三是视频3篇。", "重点任务32项，已完成28项，未完成4项。", "行政处罚决定公示期满后撤下12条，其中涉企3条；向9家企业发出提醒函21条。",
}, {
	"行政复议4件，其中维持2件，其他结果1件，尚未审结2件。", "共有行政诉讼3件，分别为未经复议直接起诉2件、复议后起诉2件。", "发布各类信息2080条：网站612条、微信1203条、其他渠道295条。",
	"共发布解读材料18篇，一是文字解读9篇，二是图解8篇，三是视频3篇。", "累计答复留言214条，一是咨询类130条；二是建议类52条；三是投诉类42条。", "制发文件64份，主动公开51份，不予公开17份。",
	"接到的86件诉求中，供水类51件、排水类42件。", "在主动公开的1263条信息中，政策类420条，动态类650条，其他类201条。", "49件申请中网络申请28件、信函申请16件、当面申请7件。",
	"推送消息245条，原创186条，转载64条。", "共收到投诉66件，属实40件，不属实28件。", "重点任务32项，已完成28项，未完成5项。", "专题调研7次，分为质量调研3次、平台调研5次。",
	"网站发布信息410条，新媒体发布信息530条，合计发布960条。", "累计发布信息1842条，网站发布802条，微信发布640条，其他平台发布520条。",
	"主动公开事项36项，其中民生领域21项；财政领域12项；其他领域5项。", "受理咨询52件，其中电话30件，现场15件，网络9件。", "新媒体共7个账号，其中微信4个，微博2个，抖音2个。",
	"编发简报36期：工作动态20期、经验交流12期、专题8期。", "依申请公开收件31件，其中信函9件、网络17件、当面7件。",
}}

func thirdCases() []Case {
	out := conflicts("third", thirdTable, seedsEach, true)
	out = append(out, traps("third", thirdTraps, seedsEach, true)...)
	return append(out, told(map[string][2][]string{"narrative.sum": thirdSums})...)
}

func TestTableConflictAndSumOnTheThirdBatch(t *testing.T) {
	Check(t, thirdCases(), "narrative.table_conflict", "narrative.sum")
}
