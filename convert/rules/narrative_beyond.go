package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// level is how wide the area of the author is, as its name tells.
type level int

const (
	ofTownship level = iota // 镇, 乡, 街道
	ofCounty                // 县, 区 and what belongs to them
	ofCity
	ofProvince
	levels
)

// authorLevel is the level of the author; the widest its name allows.
func (c *context) authorLevel() level {
	switch name := c.agency; {
	case c.author.rank == rankTownship:
		return ofTownship
	case name == "" || containsAny(name, "省", "自治区", "厅", "国家", "总局", "上海", "北京", "天津", "重庆"):
		return ofProvince
	case strings.ContainsAny(strings.NewReplacer("开发区", "", "高新区", "", "新区", "", "市辖区", "").Replace(name), "县区旗"):
		return ofCounty
	}
	return ofCity
}

// yield is a kind of things with the number that a body of each level cannot make, hold or employ
// in a year.
type yield struct {
	units string
	// bare: the words before may end in 数 or 量 and no measure word stand behind the figure.
	bare bool
	// nouns end the words before the figure, or begin those behind it; verbs stand in its clause,
	// where there are any.
	nouns, verbs []string
	unless       []string
	from         [levels]int64
}

var yields = []yield{
	{ // written by hand, each with much work
		units: "条篇件份期个部幅张",
		nouns: strings.Fields("图解 政策解读 解读图文 解读材料 解读稿 解读稿件 解读文章 解读文件 政策图解 解读图解 解读信息 新闻稿 新闻稿件 通讯稿 调研报告 规范性文件 政策文件 公文 简报 政务简报 公报 新闻发布稿 统计分析"),
		verbs: strings.Fields("制作 编写 撰写 起草 印发 制发 出台 发布 公开 编发 编报 推出 刊发 报送 推送 编印 更新 上传"),
		from:  [levels]int64{5_000, 10_000, 20_000, 100_000},
	},
	{ // written by hand
		units:  "条篇件份期个部",
		nouns:  strings.Fields("短视频 微视频 动态稿件 工作动态 政务动态 部门动态 通知公告 工作信息 原创稿件 原创文章 原创作品 推文 图文 图文信息 文章 稿件 文件"),
		verbs:  strings.Fields("制作 编写 撰写 发布 公开 编发 推出 刊发 报送 推送 更新 上传"),
		unless: strings.Fields("浏览 点击 阅读 转发 转载 用户 累计 以来 归档 数字化 档案"),
		from:   [levels]int64{20_000, 100_000, 500_000, 2_000_000},
	},
	{ // written as articles are
		units:  "篇",
		nouns:  strings.Fields("信息 政府信息 政务信息 动态信息 动态 公告 公示"),
		verbs:  strings.Fields("公开 发布 报送 推送 更新 编发 刊发"),
		unless: strings.Fields("浏览 点击 阅读 转发 转载 用户 累计 以来"),
		from:   [levels]int64{20_000, 100_000, 500_000, 2_000_000},
	},
	{ // shown to the public
		units:  "条篇件",
		nouns:  strings.Fields("信息 政府信息 政务信息 公告 公示 通知公告 消息 内容 动态 公示信息 公告信息"),
		verbs:  strings.Fields("公开 发布 公示 推送 更新 公布 上传 刊登 张贴 公告"),
		unless: strings.Fields("数据 归集 信用 汇聚 短信 浏览 点击 阅读 访问 转发 监测 检测 企业信息 主体信息 登记信息 共享 交换 监控 调用 房源信息 岗位信息 招聘信息 航班信息 用户 精准推送 点对点 历年 以来"),
		from:   [levels]int64{100_000, 500_000, 5_000_000, 50_000_000},
	},
	{ // tested or inspected
		units: "批次批户次家次",
		nouns: strings.Fields("抽检 抽检结果 抽查 检查 抽检信息 抽查结果 检测结果 食品 产品 样品 监督抽检 监督检查 执法检查"),
		from:  [levels]int64{100_000, 500_000, 5_000_000, 50_000_000},
	},
	{ // employed for this work
		units:  "人名位",
		nouns:  strings.Fields("信息员 联络员 工作人员 政务公开专干 专干 专职人员 兼职人员 专兼职人员 信息公开员 审核员 监督员 网格员 辅导员 特约监督员 发言人 新闻发言人 经办人员 管理员 编辑 编辑人员"),
		unless: strings.Fields("培训 参训 向 接待 走访 慰问 发放"),
		from:   [levels]int64{5_000, 20_000, 100_000, 500_000},
	},
	{ // who may follow an account
		units: "人名位户个", bare: true,
		nouns: strings.Fields("粉丝 粉丝数 粉丝量 关注 关注人数 关注数 关注量 关注用户 订阅 订阅数 订阅人数 订阅量 订阅用户 注册用户 用户 用户数"),
		from:  [levels]int64{1_000_000, 20_000_000, 50_000_000, 500_000_000},
	},
	{ // set up
		units: "个块处座台套",
		nouns: strings.Fields("公开栏 公示栏 宣传栏 公告栏 村务公开栏 政务公开栏 电子屏 显示屏 查阅点 查阅场所 公开专区 政务公开专区 查阅室 信息查阅点 公开查阅点 一体机 自助终端"),
		from:  [levels]int64{5_000, 20_000, 100_000, 500_000},
	},
	{ // held
		units:  "场期次",
		nouns:  strings.Fields("专题学习 集中学习 专题研究 培训 业务培训 培训班 培训会 讲座 座谈会 新闻发布会 发布会 听证会 推进会 工作会议 会议 专题会议 例会 调度会 开放日活动 政府开放日 开放日 现场会 恳谈会 征求意见会"),
		unless: strings.Fields("人次 场次 视频 点击 观看 累计 以来"),
		from:   [levels]int64{3_000, 10_000, 20_000, 100_000},
	},
	{ // came or were taught
		units: "人次名",
		nouns: strings.Fields("干部 工作人员 培训人员 参训人员 学员 信息员 参训 培训 参会人员 党员干部"),
		verbs: strings.Fields("培训 参训 参会 轮训 到会"),
		from:  [levels]int64{100_000, 1_000_000, 5_000_000, 20_000_000},
	},
	{ // there, of each place
		units:  "所家个",
		nouns:  strings.Fields("学校 中小学 幼儿园 医院 卫生院 医疗机构 养老机构 敬老院 社区 行政村 村（社区） 乡镇 街道 部门 预算单位 责任单位 公开单位 成员单位 便民服务中心 政务服务中心"),
		unless: strings.Fields("参保 缴存 用人 纳税 企业"),
		from:   [levels]int64{5_000, 10_000, 20_000, 100_000},
	},
	{ // reviewed in law
		units: "件起宗",
		nouns: strings.Fields("行政复议 行政诉讼 复议案件 诉讼案件 行政复议案件 行政诉讼案件 信息公开申请 政府信息公开申请 依申请公开申请 公开政府信息的申请"),
		from:  [levels]int64{5_000, 10_000, 50_000, 200_000},
	},
	{ // handed out
		units: "份册本张",
		nouns: strings.Fields("资料 宣传资料 宣传单 宣传册 明白纸 明白卡 手册 折页 宣传手册 宣传品 公开信 海报 问卷 调查问卷"),
		verbs: strings.Fields("发放 印发 印制 派发 张贴 编印 赠送 发出"),
		from:  [levels]int64{1_000_000, 5_000_000, 20_000_000, 100_000_000},
	},
}

// addedInYear says that what is told was added up over the year only.
var addedInYear = lazyregexp.New(`(?:全年|年内|本年度?|今年|20\d\d年度?|年度)(?:以来)?[，,]?(?:[我全][镇局县市区]|街道)?(?:共|已)?累计`)

// massPublishers are departments that print what registers and systems make.
var massPublishers = strings.Fields("市场监督 市场和 公安 交通 税务 数据 审批 社会保障 海关 公积金 信用")

// beyond reports whether a figure in ten thousands is of something that a body of the author's
// level cannot have that many of: 图解7万篇 of a county's office, 信息员15万名.
func (c *context) beyond(s *claims.Sentence, f *claims.Figure) bool {
	if !f.Multiplied || f.Change || f.Han || !strings.HasSuffix(f.Printed, "万") && !strings.HasSuffix(f.Printed, "亿") {
		return false
	}
	clause := s.Span(clauseStart(s.Runes, f.Start), f.Start)
	if s.SaysIn(clause, "全国", "全省", "历年") || strings.Contains(clause, "累计") && !addedInYear.MatchString(clause) || f.Scope.Cumulative {
		return false
	}
	label := trimCount(strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(f.Label, "：约达为"), "等各类"), "等"))
	tail := strings.TrimPrefix(f.Tail, "的")
	at := c.authorLevel()
	if at < ofCity && strings.Contains(clause, "全市") {
		at = ofCity
	}
	if at == ofCity && (c.author.rank == rankDepartment && hasAnySuffix(label, []string{"政府信息", "政务信息", "公开申请", "信息的申请"}) || strings.HasSuffix(c.agency, "管理委员会")) && !containsAny(c.agency, massPublishers...) && !s.SaysIn(clause, "全市") {
		at = ofCounty // one office of the city's
	}
	if from := clauseStart(s.Runes, f.Start); from > 0 && slices.ContainsFunc(s.Figures, func(g claims.Figure) bool { return g.End == from-1 && g.Unit == f.Unit }) {
		clause = s.Span(clauseStart(s.Runes, from-1), f.Start) // 更新目录信息7万条，解读信息9万条: one verb for both
	}
	for i := range yields {
		y := &yields[i]
		if !strings.Contains(y.units, f.Unit) || f.Unit == "" && !y.bare || f.Value.Cmp(big.NewRat(y.from[at], 1)) < 0 {
			continue
		}
		if !hasAnySuffix(label, y.nouns) && (tail == "" || !startsWithAny(tail, y.nouns...)) {
			continue
		}
		words := clause + f.Tail
		if len(y.verbs) > 0 && !containsAny(words, y.verbs...) || containsAny(words, y.unless...) {
			continue
		}
		return true
	}
	return false
}
