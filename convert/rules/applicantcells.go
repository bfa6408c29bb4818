package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

var partyColumn = lazyregexp.New(`^(?:信息公开)?(?:申请人|申请者|原告|投诉人|举报人|信访人|来信人|来访人|上诉人|复议申请人|被征收人)(?:姓名|名称|名字)?(?:[（(][^（）()]*[）)])?$`)

// listedApplicants are the cells that hold a name and nothing else below a cell
// that calls the column one of applicants.
func (c *context) listedApplicants() []int {
	type column struct{ table, column int }
	var heads map[column]int
	var out []int
	for i := range c.passages {
		p := &c.passages[i]
		if p.table < 0 {
			continue
		}
		if strings.ContainsRune("信申原投举来上复被", leadingRune(p.line)) && partyColumn.MatchString(p.line) {
			if heads == nil {
				heads = map[column]int{}
			}
			heads[column{p.table, p.column}] = p.row
			continue
		}
		row, below := heads[column{p.table, p.column}]
		beside, right := heads[column{p.table, p.column - 1}]
		if (below && p.row > row || right && p.row == beside) && isWholeName(p.line) {
			out = append(out, i)
		}
	}
	return out
}

// isWholeName reports whether a text is a name and nothing else.
func isWholeName(s string) bool {
	for _, p := range names().candidates(s, 0) {
		if p.end == len(s) && p.sure {
			return true
		}
	}
	return false
}
