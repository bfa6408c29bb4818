package rules

import (
	"math/big"
	"strings"

	"nianbao/convert/claims"
)

// overcounted reports whether a figure in ten thousands is more than anybody can have
// written, posted or applied for by that way: 49万件 applications, 126万条 on a notice board.
func (c *context) overcounted(x *claims.Claim, f *claims.Figure) bool {
	if !f.Multiplied || f.Loose || f.Unit == "" || !strings.Contains("条篇件份", f.Unit) || !strings.HasSuffix(f.Printed, "万") {
		return false
	}
	const board, account, applications = 100_000, 1_000_000, 100_000
	atLeast := func(n int64) bool { return f.Value.Cmp(big.NewRat(n, 1)) >= 0 }
	s := c.sentence(x)
	clause := string(s.Runes[clauseStart(s.Runes, f.Start):f.Start]) + f.Tail
	switch {
	case containsAny(clause, "用户", "短信", "消息", "精准", "点对点", "数据", "记录", "浏览", "阅读", "点击", "访问", "播放", "转发", "全省", "全国", "累计", "归集", "平台汇聚"):
		return false
	case containsAny(clause, "张贴", "公示栏", "公告栏", "公开栏", "宣传栏"):
		return atLeast(board)
	case containsAny(clause, "公众号", "微博", "抖音", "头条号", "视频号", "简报", "公报"):
		return containsAny(clause, "推送", "发布", "更新", "推出", "刊发", "编发", "发文", "推文", "刊登") && atLeast(account)
	case isReception(trimCount(x.Label)):
		return (c.keyOf(s.Section) == "applications" || strings.Contains(x.Label, "公开申请")) && atLeast(applications)
	}
	return false
}
