package rules

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// What noCarried matches has the words that are looked for before it.
func TestDeniesEarlier(t *testing.T) {
	words := strings.Fields("上年 上一年 去年 往年 年初 此前 以前年 历年 历史 2020年 20 度 底 末 均 无 没有 未 未有 不存在 并无 零 清零 为零 结转 遗留 未结 未办 积案 存量 转入 在办 积压 旧案 欠账 跨年 历史遗留 件 数 量 为 是 0 起 ， 。 ； （ ） 的 有 办结 答复 信访 诉求 3 事项 案件 增 同 报")
	rng := rand.New(rand.NewPCG(3, 9))
	matched := 0
	for range 40_000 {
		var b strings.Builder
		for range 2 + rng.IntN(9) {
			b.WriteString(words[rng.IntN(len(words))])
		}
		text := b.String()
		want := noCarried.MatchString(text)
		if want {
			matched++
		}
		if want && !deniesEarlier(text) && !containsAny(text, "无结转", "没有结转") {
			t.Fatalf("%s: not found", text)
		}
	}
	if matched < 500 {
		t.Errorf("only %d texts", matched)
	}
}
