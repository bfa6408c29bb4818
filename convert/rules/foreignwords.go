package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// The words that reports have for their author and for other bodies, collected
// from published reports.

var (
	// siteOf is what follows the name of the owner of a web site.
	siteOf = lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:发布)?”?(?:官方)?(?:门户网站|政府网站|官方网站|官网|网站|微信公众号|公众号|政务微博|政务微信|政务新媒体|(?:政务|政府)?信息公开专栏|政务公开专栏|政务公开栏|公开栏|子站)`)
	// visiting is what follows where people of the other body are spoken of.
	visiting = lazyregexp.New(`^(?:党委|党工委|人大|政府|办事处)?(?:书记|副书记|镇长|副镇长|乡长|主任|主席|委员|领导|干部|代表团|考察团|一行|籍|人大代表)`)
)

var (
	aboutDisclosure = strings.Fields("条例 政府信息 政务公开 信息公开 主动公开 依申请 公开信息 发布信息 信息发布 处理费 需要报告 三审三校 三审 公开平台 公开目录 公开指南 年度报告 公开栏 公开意识 公开内容 公开工作 公开渠道 公开力度 公开制度 " +
		"公开质量 公开水平 公开实效 公开工作 本报告 本年报 政策解读 解读材料 新媒体 公众号 门户网站 政府网站 行政复议 行政诉讼 公开事项 发布各类信息 发布政务信息 信息")
	// servants are offices that all others name: they answer for disclosure as a whole.
	servants = []string{"政务服务", "行政审批", "数据", "国务院", "国家", "全国", "监察", "人大", "政协", "机要", "保密", "档案", "分局", "党史", "审计", "司法", "机构编制"}
	zones    = []string{"开发", "新区", "园区", "高新", "示范", "经开", "库区", "景区", "辖区", "地区", "社区", "小区", "校区", "片区", "街区", "城区", "市区", "矿区", "山区", "灾区", "牧区", "林区", "管理区", "各区", "郊区",
		"灌区", "厂区", "战区", "专区", "禁区", "误区", "盲区", "分区", "选区", "院区", "病区", "考区", "疫区", "功能区", "保护区", "安置区", "服务区", "作业区", "湿地区", "流域区",
		"评论区", "留言区", "互动区", "等候区", "查阅区", "咨询区", "办公区", "展示区", "体验区", "阅览区", "自助区", "宣传区", "活动区", "休息区", "受理区", "填单区"}
)

// notLast are characters that a township's name does not end with before 镇, 乡
// or 街道 (各镇, 古镇, 由镇…).
const notLast = "分个大各全我本该某每外其两几乡城集村小古重新老镇这那市县区强名水家故返回下兴助入进由并经从到向请让使给被据依照时起来已未没都也还再又需须或者等的和与及对在是为将把以所若如则就即"

// notNames are words that stand before 镇, 乡 and 街道 and name none.
const notNames = `图解 报道 解读 刊载 刊登 播报 直播 转播 聚焦 传达 学习 速览 清理 清除 排查 巡查 检查 关停 归并 迁移 注销 备份 撤销 改版 升级 新增 增设 替换 移除 导入 下线 补录 审核 复核 监测 巡检 用好 管好 办好 抓好 搞好 建好 守好 写好 讲好 种好 护好 特色 中心 建制 示范 试点 主要 辖区 所有 相关 有关 街道 社区 部分 多个 个别 下辖 其他 邻近 沿街 背街 商业 美丽 山水 城乡 文化 历史 传统 农业 工业 旅游 生态 景德
	组织 成立 加强 推进 推动 提升 完善 发挥 落实 强化 结合 召开 开展 要求 动员 发动 整合 统筹 依托 做好 规范 优化 提高 建立 健全 印发 制定 下发 形成 通过 利用 设立 设置 明确 指定 指导 督促 围绕 立足 聚焦
	完成 能够 可以 应当 必须 需要 尽量 适当 依法 继续 根据 依据 知道 知晓 按照 公开 发布 调整 更新 维护 充实 配齐 任命 安排 确定 选派 抽调 邀请 联合 协调 配合 接受 服务 深入 关于 负责 打造 建设 创建 保障 确保 促进 宣传 展示 反映 及时 积极 主动 全面 不断 切实 认真 严格 充分
	实行 坚持 实施 执行 贯彻 编制 修订 梳理 汇总 收集 报送 上报 提交 上级 党委 政府 今年 去年 全年 年度 本年 目前 分管 主管 领导 干部 工作 信息 政务 乡村 镇村 村级 区级 县级 市级 省级 两级 三级 居民 群众 人民 企业
	单位 部门 机构 网络 网站 平台 方便 惠及 面向 针对 覆盖 涉及 包括 其中 以及 任何 同类 协助 转交 移交 参加 出席 召集 开通 运营 管理 改善 引导 激励 鼓励 支持 帮助 获得 荣获 争创 办理 承办 协办 主办 答复 受理 收到 处理 承接 常态 常规 始终 高度 基层 依靠 借助 增强 解决 会同 加上 算上 连同 除去 除了 登录 登陆 进入 打开 链接 转载 引用 参照 参考 比照 对照 依照 遵照 凭借 运用 综合 接入 嵌入 纳入 迁至 移至 挂靠 关联 对接 同步 借用 沿用 汇聚 复制 位列 位居 列入 居于 排名 荣登 跻身 入选 晋升 走进 下沉 遍及 涵盖 报请 提请 呈报 上传 编发 编印 出版 刊发 刊印 印制 赠阅 寄送 送阅 订阅 发行 经报 报经 呈请 提请 经请 联系 咨询 致电 拨打 来电 反映 监督 查询 告知 函告 通知 学习 借鉴 效仿 访问 浏览 查看 查阅 点击 下载 参见 详见 参阅 见于 扣除 剔除 不含 不计 转发 推送 抓取 搜索 检索 关注 紧跟
	引领 赋能 助力 助推 支撑 带动 擦亮 彰显 展现 推介 护航 聚力 激活 激发 点亮 塑造 提振 加速 加快 描绘 赋予 驱动 壮大 做大 做强 做优 唱响 叫响 讲述 见证 支援 辐射 引进 入驻 落户 走访 惠企 夯实 厚植 培育 繁荣 振兴 拉动 撬动 牵引 倡导 倒逼 融入 建强 谱写 开创 奋进 谋划 谋定 扛牢 激扬 新版 旧版 老版 全新 现有 手机 移动 重点 美食 夜市 步行 小吃 风情 古玩 仿古 酒吧 购物 休闲 餐饮 样板 亮点 精品 品牌 边境 贫困 脱贫 专业 少数 产粮 偏远 革命 山区 沿海 口岸 民族 移民 季度 专题 半年 年中 年初 年末 线上 线下 视频 班子 新一`

// selfWords are the words by which bodies call themselves, with the ends of the
// names that may; after is what makes them something else.
var selfWords = []struct {
	words []string
	ends  []string
	after *lazyregexp.Regexp
}{
	{[]string{"我镇", "本镇"}, []string{"镇"}, lazyregexp.New(`^[静定压守痛]`)},
	{[]string{"我乡", "本乡"}, []string{"乡"}, lazyregexp.New(`^(?:村(?:振|建|旅|治|文)|镇|土|愁|亲|音|间|下|本土|人)`)},
	{[]string{"我街道", "本街道", "我街办"}, []string{"街道", "街", "街道办"}, lazyregexp.New(`^[路旁两]`)},
	{[]string{"我局", "本局"}, []string{"局", "署", "厅", "委员会", "管委会"}, lazyregexp.New(`^[限部面域势]`)},
	{[]string{"全镇"}, []string{"镇"}, lazyregexp.New(`^[静定压域]`)},
	{[]string{"全乡"}, []string{"乡"}, lazyregexp.New(`^(?:村(?:振|建|旅|治)|镇|土)`)},
	{[]string{"我校", "本校"}, []string{"校", "大学", "学院", "中学", "小学", "幼儿园"}, lazyregexp.New(`^[准正验对]`)},
	{[]string{"我院", "本院"}, []string{"院"}, lazyregexp.New(`^[落士线]`)},
	{[]string{"我委", "本委"}, []string{"委", "委员会", "管委会", "党委"}, lazyregexp.New(`^[托派任屈实婉员会]`)},
	{[]string{"我厅", "本厅"}, []string{"厅"}, lazyregexp.New(`^堂`)},
	{[]string{"我中心", "本中心"}, []string{"中心"}, lazyregexp.New(`^(?:城|镇|组|词)`)},
	{[]string{"我馆", "本馆"}, []string{"馆", "文化", "档案"}, lazyregexp.New(`^藏`)},
	{[]string{"我社区"}, []string{"社区"}, lazyregexp.New(`^(?:的我)`)},
	{[]string{"我分局"}, []string{"分局"}, lazyregexp.New(`^[面部]`)},
	{[]string{"我支队", "我大队", "我总队"}, []string{"队"}, lazyregexp.New(`^[伍列]`)},
	{[]string{"我公司", "本公司", "我集团"}, []string{"公司", "集团"}, lazyregexp.New(`^(?:章程)`)},
	{[]string{"我会"}, []string{"会", "联", "协"}, lazyregexp.New(`^[议场计见同意心]`)},
	{[]string{"我管委会"}, []string{"管委会", "管理委员会", "开发区", "新区", "园区"}, lazyregexp.New(`^(?:员)`)},
}

// placeWords are the words by which a place calls itself, with the ends of the places that
// a body of it is sure not to be: no district has counties.
var placeWords = []struct{ word, never string }{
	{"我县", "区市州省盟"}, {"我区", "县旗市州省盟"}, {"我旗", "县区市州省"}, {"我市", "州省盟"}, {"我州", "省"}, {"我盟", "省市"},
}
