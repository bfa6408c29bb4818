package history

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// growth: what the text says of how the applications grew since the year before is what the
// numbers of both reports give.
func growth(c *comparison) *verdict {
	if v := c.before(); v != nil {
		return v
	}
	if !c.Own.has("applications") || !c.Previous.has("applications") {
		return inapplicable("两份报告不都有申请情况表")
	}
	v := &verdict{outcome: report.NotApplicable, reason: "文字没有写申请数量比上年的增减"}
	all := c.Own.Result.Report.NarrativeClaims
	texts := map[string][]rune{} // by place, made once: a text may tell of many changes
	for i := range all {
		if g, ok := c.readGrowth(all, i, texts); ok {
			c.judgeGrowth(v, &g)
		}
	}
	return v
}

// counts are the ways to count applications that texts have, by the rows that they add up.
var counts = [][]string{{"new"}, {"new", "carried_over"}, {"total"}}

// grown is a number of applications and how much more or less it is said to be than the year before.
type grown struct {
	count, change *report.NarrativeClaim
	words         string // 同比增长
	down          bool
	rows          []string // that the number counts
}

// sinceLastYear are the words between a number and its change since the year before. A year that
// they name is the first submatch, the direction the second.
var sinceLastYear = lazyregexp.New(`^[，,；;]?(?:申请)?(?:总?数量?|总?量|件数)?(?:同比|(?:与|同|较|比)(?:上年|去年|上一年|(20\d\d)年)度?(?:同期|全年)?(?:相比)?)[，,]?(?:申请)?(?:总?数量?|总?量|件数)?(增长|上升|增加|提高|上涨|增幅为?|下降|减少|降低|回落|降幅为?)了?$`)

// readGrowth reads claim i as a change of the number of applications that stands before it.
func (c *comparison) readGrowth(all []report.NarrativeClaim, i int, texts map[string][]rune) (g grown, ok bool) {
	x := &all[i]
	if !slices.Contains(x.Qualifiers, "change") || hasQualifier(x, "approximate", "floor", "part_of_year", "cumulative", "other_scope") {
		return g, false
	}
	const back = 16 // what brackets hold between the number and its change
	for k := i - 1; k >= max(0, i-back) && all[k].Place == x.Place; k-- {
		y := &all[k]
		if y.Subject != "applications.new" && y.Subject != "applications.processed" {
			continue
		}
		if hasQualifier(y, "approximate", "floor", "change", "other_year", "part_of_year", "cumulative", "other_scope", "denied") {
			return g, false
		}
		words := c.wordsBetween(y, x, texts)
		m := sinceLastYear.FindStringSubmatch(words)
		if m == nil || m[1] != "" && !c.isYearBefore(m[1]) {
			return g, false
		}
		g = grown{count: y, change: x, words: strings.TrimLeft(words, "，,；;"), down: strings.ContainsAny(m[2], "降减落")}
		for _, rows := range counts {
			if n, known := c.Own.applications(rows); known && n.Cmp(value(y)) == 0 {
				g.rows = rows
				return g, x.Unit == "%" || x.Unit == y.Unit
			}
		}
		return g, false // narrative.table_conflict tells it
	}
	return g, false
}

// judgeGrowth compares a change with that from each number of the year before that may be meant.
func (c *comparison) judgeGrowth(v *verdict, g *grown) {
	said := value(g.change)
	if g.down {
		said = new(big.Rat).Neg(said)
	}
	for _, rows := range counts {
		if n, known := c.Previous.applications(rows); known && agrees(g, n, said) {
			v.pass()
			return
		}
	}
	before, known := c.Previous.applications(g.rows)
	pointer := "/report/applications/" + g.rows[0] + "/total"
	switch {
	case !known:
		v.undetermined("上一年度报告的申请数量没有可用的数字", g.change.Place)
	case before.Sign() == 0 && g.change.Unit == "%":
		// no rate over nothing
	default:
		right := g.since(before)
		how := "增加"
		if right.Sign() < 0 {
			how = "减少"
		}
		printed := decimalsOf(g.change.Value)
		amount := strings.TrimPrefix(right.FloatString(printed), "-")
		v.fail(fault{
			place: "growth@" + g.change.Place + "/" + strconv.Itoa(g.change.Start), paths: []string{g.change.Place}, quote: g.change.Sentence,
			expected: json.Number(amount), actual: json.Number(g.change.Value),
			compared: []report.Compared{c.Previous.compared(g.change.Place, pointer, g.words+string(g.change.Value)+g.change.Unit, before.RatString()+g.count.Unit)},
			message: c.chapterOf(g.change.Place) + "写申请“" + g.words + string(g.change.Value) + g.change.Unit + "”，按本报告的" + string(g.count.Value) + g.count.Unit + "和本机关" + c.Previous.year() +
				"报告的" + before.RatString() + "件计算是" + how + amount + g.change.Unit + "，请核对。",
		})
	}
}

// since is how much more the number is than before, in the unit of the change.
func (g *grown) since(before *big.Rat) *big.Rat {
	more := new(big.Rat).Sub(value(g.count), before)
	if g.change.Unit == "%" {
		more.Mul(more, big.NewRat(100, 1)).Quo(more, before)
	}
	return more
}

// agrees reports whether the change from a number of the year before is what is said, a rate within
// half a unit of its last digit.
func agrees(g *grown, before, said *big.Rat) bool {
	if g.change.Unit != "%" {
		return g.since(before).Cmp(said) == 0
	}
	if before.Sign() == 0 {
		return false
	}
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimalsOf(g.change.Value))), nil))
	half.Mul(half, big.NewRat(1, 2))
	diff := new(big.Rat).Sub(g.since(before), said)
	return diff.Abs(diff).Cmp(half) <= 0
}

// applications adds up the totals of rows; known is false where one of them states no number.
func (a *Archived) applications(rows []string) (sum *big.Rat, known bool) {
	sum = new(big.Rat)
	for _, row := range rows {
		f := a.figure("/report/applications/" + row + "/total")
		if !f.Known() {
			return nil, false
		}
		sum.Add(sum, f.Value)
	}
	return sum, true
}

// wordsBetween is the text between two claims of one chapter, without what brackets hold.
// texts keeps the chapters that were asked for.
func (c *comparison) wordsBetween(from, to *report.NarrativeClaim, texts map[string][]rune) string {
	const longest = 300 // characters
	r, ok := texts[from.Place]
	if s := c.chapter(from.Place); !ok && s != nil {
		r = []rune(s.Text)
		texts[from.Place] = r
	}
	if from.End > to.Start || to.Start > len(r) || to.Start-from.End > longest {
		return ""
	}
	var out []rune
	depth := 0
	for _, x := range r[from.End:to.Start] {
		switch x {
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		case ' ', '\u3000':
		default:
			if depth == 0 {
				out = append(out, x)
			}
		}
	}
	return string(out)
}

// chapter is the chapter that a JSON Pointer to a text points to.
func (c *comparison) chapter(place string) *report.Section {
	var i int
	if _, err := fmt.Sscanf(place, "/report/sections/%d/text", &i); err != nil || i >= len(c.Own.Result.Report.Sections) {
		return nil
	}
	return &c.Own.Result.Report.Sections[i]
}

func (c *comparison) chapterOf(place string) string {
	if s := c.chapter(place); s != nil {
		return sectionName(s)
	}
	return "正文"
}

func (c *comparison) isYearBefore(year string) bool {
	y := c.Own.Result.Report.Year
	return y != nil && strconv.Itoa(*y-1) == year
}

func hasQualifier(x *report.NarrativeClaim, any ...string) bool {
	return slices.ContainsFunc(any, func(q string) bool { return slices.Contains(x.Qualifiers, q) })
}

// value is a claim's number.
func value(x *report.NarrativeClaim) *big.Rat {
	if r, ok := new(big.Rat).SetString(string(x.Value)); ok {
		return r
	}
	return new(big.Rat)
}

// decimalsOf is how many decimals a number has.
func decimalsOf(n report.Number) int {
	_, decimals, _ := strings.Cut(string(n), ".")
	return len(decimals)
}
