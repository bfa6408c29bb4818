package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/convert/report"
)

// sumOf is a sum of cells of the tables that a claim may mean.
type sumOf struct {
	table string
	// rows and columns are paths; a row that ends in "/" stands for all rows
	// below it.
	rows, columns []string
	// times multiplies the cells: an amount in 万元 times 10000 is in 元.
	times int64
}

func appl(columns []string, rows ...string) sumOf {
	return sumOf{table: "applications", rows: rows, columns: columns}
}

func legal(columns ...string) sumOf {
	return sumOf{table: "legal_challenges", rows: []string{""}, columns: columns}
}

func proactive(row string, column string) sumOf {
	return sumOf{table: "proactive_disclosure", rows: []string{row}, columns: []string{column}}
}

var (
	totalColumn = []string{"total"}
	orgColumns  = []string{"business", "research", "social_welfare", "legal_service", "other"}
)

// meanings are the sums a claim about a subject may mean, the plain one first: a
// claim is in conflict where it is none of them.
func (c *context) meanings(x *claims.Claim) []sumOf {
	total := func(rows ...string) sumOf { return appl(totalColumn, rows...) }
	if toBeSettled(x) {
		return []sumOf{total("new", "carried_over"), total("total")}
	}
	switch s := x.Subject; s {
	case claims.New:
		out := []sumOf{total("new")}
		if !strings.Contains(x.Label, "新收") && !c.besideCarried(x) {
			out = append(out, total("new", "carried_over"))
			if !c.leavesSome(x) {
				out = append(out, total("total"))
			}
		}
		return out
	case claims.CarriedOver:
		return []sumOf{total("carried_over")}
	case claims.CarriedForward:
		return []sumOf{total("carried_forward")}
	case claims.Handled:
		out := []sumOf{total("total")}
		if c.sameAsReceived(x) {
			out = append(out, total("new"))
		}
		return out
	case claims.Processed:
		return []sumOf{total("total"), total("new"), total("new", "carried_over")}
	case claims.Answered:
		out := []sumOf{total("total"), total("granted", "partially_granted", "denied/", "unable/", "not_processed/"), total("granted", "partially_granted", "denied/", "unable/")}
		if c.sameAsReceived(x) {
			out = append(out, total("new"))
		}
		return out
	case claims.Granted:
		out := []sumOf{total("granted")}
		if strings.Contains(x.Label, "公开") && !containsAny(x.Label, "予以公开", "同意公开", "全部公开") { // 公开 alone
			out = append(out, total("granted", "partially_granted"))
		}
		if c.withPartly(x) {
			out = []sumOf{total("granted", "partially_granted")}
		}
		return out
	case claims.Partially:
		return []sumOf{total("partially_granted")}
	case claims.GrantedOrPart:
		return []sumOf{total("granted", "partially_granted")}
	case claims.Denied, claims.Unable, claims.NotProcessed, claims.OtherOutcome:
		return []sumOf{total(strings.TrimPrefix(string(s), "applications.") + "/")}
	case claims.ByPerson:
		return c.byApplicant(x, []string{"natural_person"})
	case claims.ByOrganisation:
		return c.byApplicant(x, orgColumns)
	case claims.ByBusiness:
		out := c.byApplicant(x, []string{"business"})
		if !strings.Contains(x.Label, "商业") { // 企业, to some, is every organisation
			out = append(out, c.byApplicant(x, orgColumns)...)
		}
		return out
	case claims.ByResearch, claims.ByWelfare, claims.ByLegalService:
		return c.byApplicant(x, []string{strings.TrimPrefix(string(s), "applicants.")})
	}
	if row, column, ok := x.Subject.Cell(); ok {
		out := cellOf(row, column)
		if column == claims.ByBusiness && !strings.Contains(x.Label, "商业") { // 企业, to some, is every organisation
			out = append(out, cellOf(row, claims.ByOrganisation)...)
		}
		return out
	}
	if path, ok := strings.CutPrefix(string(x.Subject), "applications."); ok { // 不予公开 1.属于国家秘密 …
		return []sumOf{total(strings.ReplaceAll(path, ".", "/"))}
	}
	return c.otherMeanings(x)
}

// withPartly reports whether a bracket behind what was granted says that it counts what was granted
// in part: 予以公开14件（含区分处理）.
func (c *context) withPartly(x *claims.Claim) bool {
	s := c.sentence(x)
	words, bracket := strings.CutPrefix(s.Span(x.To, len(s.Runes)), "（")
	words, _, _ = strings.Cut(words, "）")
	if before, ok := strings.CutSuffix(s.Span(0, x.From), "）"); ok && !bracket { // 予以公开（含部分公开）16件
		at := strings.LastIndex(before, "（")
		words, bracket = before[max(at, 0):], at >= 0
		words = strings.TrimPrefix(words, "（")
	}
	return bracket && startsWithAny(words, "含", "包括", "包含", "其中") && containsAny(words, "部分公开", "部分予以公开", "区分处理")
}

// cellOf is a result in the column of an applicant.
func cellOf(row, column claims.Subject) []sumOf {
	columns := []string{strings.TrimPrefix(string(column), "applicants.")}
	if column == claims.ByOrganisation {
		columns = orgColumns
	}
	path := strings.ReplaceAll(strings.TrimPrefix(string(row), "applications."), ".", "/")
	switch row {
	case claims.GrantedOrPart:
		return []sumOf{appl(columns, "granted", "partially_granted")}
	case claims.Denied, claims.Unable, claims.NotProcessed, claims.OtherOutcome:
		path += "/"
	default:
	}
	return []sumOf{appl(columns, path)}
}

// byApplicant are the sums of a column: what was received, unless the words, or those of
// the total it is a part of, leave open whether what was carried over is in it.
func (c *context) byApplicant(x *claims.Claim, columns []string) []sumOf {
	s := c.sentence(x)
	if c.columnsUnfilled() {
		if x.Figure < 0 || c.isPart(s, x.Figure) || !strings.Contains(s.Figures[x.Figure].Raw, "共") {
			return nil
		}
		columns = totalColumn // 共受理自然人申请12件: all there were
	}
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if !b.Previous && slices.Contains(b.Parts, x.Figure) && containsAny(s.Figures[b.Total].Raw+s.Figures[b.Total].Tail, "新收", "当年收到") {
			return []sumOf{appl(columns, "new")}
		}
		if !b.Previous && slices.Contains(b.Parts, x.Figure) && s.Figures[b.Total].Value != nil {
			if rows := c.rowsOf(s.Figures[b.Total].Value); rows != nil {
				return []sumOf{appl(columns, rows...)}
			}
		}
	}
	out := []sumOf{appl(columns, "new"), appl(columns, "new", "carried_over"), appl(columns, "total")}
	tail := "" // 新收的49件申请均由自然人提出
	if x.Figure >= 0 {
		tail = s.Figures[x.Figure].Tail
	}
	if !containsAny(x.Label, "人", "企业", "机构", "组织", "单位", "律", "民") && !containsAny(tail, "自然人", "商业企业", "科研机构", "公益组织", "法律服务机构") { // named in the clause before, maybe not for all
		out = append(out, appl(totalColumn, "new"), appl(totalColumn, "total"))
	}
	return out
}

// columnsUnfilled reports whether the row of what was received has a total and nothing in the
// columns of applicants: they were not filled in, which the sums of the table object to.
func (c *context) columnsUnfilled() bool {
	total, ok := c.read(appl(totalColumn, "new"))
	columns, found := c.read(appl(append([]string{"natural_person"}, orgColumns...), "new"))
	return ok && found && total.sum.Sign() > 0 && columns.sum.Sign() == 0
}

// rowsOf are the rows that alone have the number of all applicants, which parts of a total
// of that number are of as well; nil where none or several have it.
func (c *context) rowsOf(total *big.Rat) (rows []string) {
	for _, list := range [][]string{{"new"}, {"new", "carried_over"}, {"total"}} {
		f, ok := c.read(appl(totalColumn, list...))
		if !ok || f.blank != nil || f.sum.Cmp(total) != 0 {
			continue
		}
		if rows != nil {
			return nil
		}
		rows = list
	}
	return rows
}

func (c *context) otherMeanings(x *claims.Claim) []sumOf {
	switch s := x.Subject; s {
	case claims.Reconsideration, claims.ReconUpheld, claims.ReconCorrected, claims.ReconOther, claims.ReconPending,
		claims.LitigationDirect, claims.LitigationAfter:
		out := []sumOf{legal(strings.ReplaceAll(string(s), ".", "/"))}
		if kind, result, _ := strings.Cut(string(s), "."); result == "total" && c.countsDecided(x) {
			out = append(out, legal(notPending(kind)...))
		}
		return out
	case claims.Litigation, claims.LitUpheld, claims.LitCorrected, claims.LitOther, claims.LitPending:
		_, result, _ := strings.Cut(string(s), ".")
		out := []sumOf{legal("litigation_direct/"+result, "litigation_after_reconsideration/"+result)}
		if s == claims.Litigation && c.countsDecided(x) {
			out = append(out, legal(notPending("litigation_direct", "litigation_after_reconsideration")...))
		}
		if way := c.wayOfSuits(x); way != "" {
			out = append(out, legal(way+"/"+result))
		}
		return out
	case "litigation_direct.upheld", "litigation_direct.corrected", "litigation_direct.other", "litigation_direct.pending",
		"litigation_after_reconsideration.upheld", "litigation_after_reconsideration.corrected", "litigation_after_reconsideration.other", "litigation_after_reconsideration.pending":
		return []sumOf{legal(strings.ReplaceAll(string(s), ".", "/"))}
	case claims.ReconOrLitigation:
		return []sumOf{legal("reconsideration/total", "litigation_direct/total", "litigation_after_reconsideration/total")}
	case claims.NormativeIssued, claims.RegulationsIssued:
		row, _, _ := strings.Cut(string(s), ".")
		return []sumOf{proactive(row, "issued"), proactive(row, "made"), proactive(row, "disclosed")}
	case claims.NormativeRepealed, claims.NormativeInForce, claims.RegulationsRepealed, claims.RegulationsInForce:
		row, column, _ := strings.Cut(string(s), ".")
		return []sumOf{proactive(row, column)}
	case claims.Licensing, claims.Penalties, claims.Compulsion:
		row, column, _ := strings.Cut(string(s), ".")
		return []sumOf{proactive(row, column)}
	case claims.Fees:
		in10k, inYuan := proactive("administrative_fees", "amount_10k_yuan"), proactive("administrative_fees", "amount_10k_yuan")
		in10k.times = 10000
		return []sumOf{in10k, inYuan}
	case claims.Procurement:
		return []sumOf{proactive("government_procurement", "items")}
	case claims.Purchased:
		inYuan, in10k := proactive("government_procurement", "amount_yuan"), proactive("government_procurement", "amount_yuan")
		in10k.times = 10000
		return []sumOf{inYuan, in10k}
	default:
		if row, column, ok := strings.Cut(string(s), "."); ok && slices.Contains(columnsOf2019, column) {
			return []sumOf{proactive(row, column)}
		}
	}
	return nil
}

// columnsOf2019 are columns that only the form of 2019 has.
var columnsOf2019 = []string{"made", "disclosed", "total_public", "previous_items", "change", "decisions"}

// wayOfSuits is how the lawsuits began whose results a claim tells, where the number before it is that of one way
// alone: 经复议后起诉的4件，…；4件诉讼结果为维持3件.
func (c *context) wayOfSuits(x *claims.Claim) string {
	s := c.sentence(x)
	if x.Figure < 1 {
		return ""
	}
	for i := x.Figure - 1; i >= 0; i-- {
		of := &s.Figures[i]
		if !strings.Contains(of.Raw+of.Tail+s.Span(of.End, s.Figures[i+1].Start), "诉讼") || of.Unit != x.Unit {
			continue
		}
		both, ok := c.read(legal("litigation_direct/total", "litigation_after_reconsideration/total"))
		if !ok || both.sum.Cmp(of.Value) == 0 {
			return ""
		}
		for _, way := range []string{"litigation_direct", "litigation_after_reconsideration"} {
			if one, ok := c.read(legal(way + "/total")); ok && one.sum.Cmp(of.Value) == 0 {
				return way
			}
		}
		return ""
	}
	return ""
}

// countsDecided reports whether a number of challenges may be that of the decided ones: it says
// so, or it is too large to be equal to it by chance.
func (c *context) countsDecided(x *claims.Claim) bool {
	const many = 20
	return containsAny(notDecided.Replace(c.sentence(x).Text), "办结", "审结", "结案", "备案") || x.Value.Cmp(big.NewRat(many, 1)) >= 0
}

// notDecided takes out that something is not decided.
var notDecided = glance.NewReplacer("尚未审结", "", "未审结", "", "尚未办结", "", "未办结", "", "未结案", "")

// notPending are the columns of challenges that are not pending.
func notPending(kinds ...string) (columns []string) {
	for _, k := range kinds {
		columns = append(columns, k+"/upheld", k+"/corrected", k+"/other")
	}
	return columns
}

// sameAsReceived reports whether the sentence says of as many applications that
// they were received: 收到申请8件，已办结8件 is then about those of the year.
// With what was carried over and forward beside it, it is all that was settled.
func (c *context) sameAsReceived(x *claims.Claim) bool {
	same, over, forward, left := false, false, false, false
	for i := c.sentence(x).First; i < c.sentence(x).Last; i++ {
		o := &c.said.Claims[i]
		same = same || o.Subject == claims.New && o.Value.Cmp(x.Value) == 0
		over = over || o.Subject == claims.CarriedOver && o.Value.Sign() > 0
		forward = forward || o.Subject == claims.CarriedForward
		left = left || o.Subject == claims.CarriedForward && o.Value.Sign() > 0
	}
	return same && ((!over || !forward) && !left || c.ofPortion(x))
}

// leavesSome reports whether the sentence says of what was received that so many are settled and
// the rest goes into the next year, so that it is more than what was settled: 收到12件，其中10件已答复，
// 剩余2件结转下年度.
func (c *context) leavesSome(x *claims.Claim) bool {
	s := c.sentence(x)
	forward := c.saidIn(x.Sentence, claims.CarriedForward)
	if forward == nil || x.Figure < 0 || forward.Value.Sign() == 0 || forward.Figure < x.Figure {
		return false
	}
	settled := new(big.Rat).Sub(x.Value, forward.Value)
	return slices.ContainsFunc(s.Figures[x.Figure+1:forward.Figure], func(f claims.Figure) bool {
		return f.Unit == x.Unit && f.Value.Cmp(settled) == 0
	})
}

// found is a sum of cells read from the report's tables.
type found struct {
	table *tableView
	cells []*cell
	sum   *big.Rat
	// blank is a cell that states no figure; nil where the sum is known.
	blank *cell
}

// read adds the cells up. ok is false where the report has no such table or row.
func (c *context) read(want sumOf) (f found, ok bool) {
	f.sum = new(big.Rat)
	for t := range c.tables {
		table := &c.tables[t]
		if table.form.Key != want.table {
			continue
		}
		f.table = table
		for p := range table.parts {
			table.parts[p].collect(&want, &f)
		}
	}
	if want.times != 0 {
		f.sum.Mul(f.sum, new(big.Rat).SetInt64(want.times))
	}
	return f, len(f.cells) > 0
}

func (p *partView) collect(want *sumOf, f *found) {
	for r := range p.part.Rows {
		path, named := p.part.Rows[r].Path, false
		for _, w := range want.rows {
			named = named || path == w || strings.HasSuffix(w, "/") && strings.HasPrefix(path+"/", w)
		}
		if !named || p.blankRow(r) && path != "" {
			continue
		}
		for _, column := range want.columns {
			k := p.columnIndex(column)
			if k < 0 {
				continue
			}
			x := &p.cells[r][k]
			f.cells = append(f.cells, x)
			if x.known() {
				f.sum.Add(f.sum, x.value)
			} else if f.blank == nil {
				f.blank = x
			}
		}
	}
}

// agrees reports whether a claim says the value, within what was rounded off the
// printed number (8.21万).
func agrees(x *claims.Claim, value *big.Rat) bool {
	diff := new(big.Rat).Sub(x.Value, value)
	if diff.Sign() == 0 {
		return true
	}
	if x.Step == nil || x.Step.IsInt() && x.Step.Num().IsInt64() && x.Step.Num().Int64() == 1 && x.Unit != "元" {
		return false
	}
	half := new(big.Rat).Mul(x.Step, big.NewRat(1, 2))
	return diff.Abs(diff).Cmp(half) <= 0
}

// tableConflict compares the figures of sentences with the tables.
func tableConflict(c *context) *verdict {
	v := newVerdict()
	if len(c.tables) == 0 {
		return inapplicable("报告没有可供核对的法定表格")
	}
	for i := range c.said.Claims {
		if x := &c.said.Claims[i]; x.Subject != claims.None && c.plain(x) && !c.partOfOther(x) && !c.acceptedOnly(x) && !c.partOfSettled(x) && !c.ofPart(x) && !c.ofOneLevel(x) && !c.toldOfNew(x) {
			c.compareClaim(x, v)
		} else if sub := c.ofPartThatIsAll(x); sub != claims.None {
			as := *x
			as.Subject = sub
			c.compareClaim(&as, v)
		} else if x.Likely != claims.None && c.plain(x) {
			c.compareLikely(x, v)
		} else if x.Subject == claims.None && containsAny(x.Label, "许可", "处罚", "强制") && c.plain(x) {
			c.compareNamedAct(x, v)
		}
		c.compareTold(&c.said.Claims[i], v)
	}
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有写明可以与表格核对的数字"
	}
	return v
}

// ofPartThatIsAll is the subject of a claim about the applications that the sentence names last before
// it by words that make them a part, where these are as many as the table has in all: 受理自然人申请72件，
// 办结60件.
func (c *context) ofPartThatIsAll(x *claims.Claim) claims.Subject {
	sub := x.OfPart
	if x.Subject == claims.CarriedOver || x.Subject == claims.CarriedForward {
		sub = x.Subject
	}
	s := c.sentence(x)
	if sub == claims.None || x.Figure < 0 || s.Figures[x.Figure].Unit != "件" || !c.plain(x) {
		return claims.None
	}
	if settles := sub == claims.Handled || sub == claims.Answered; settles && !slices.Contains(settleVerbs, plainlyDone.Replace(s.Figures[x.Figure].Raw)) {
		return claims.None // 由业务科室答复
	}
	for i := s.First; i < s.Last; i++ {
		if y := &c.said.Claims[i]; y.From != x.From && (y.Subject == sub || y.OfPart == sub) {
			return claims.None // 当场答复30件，法定期限内答复11件
		}
	}
	for i := x.Figure - 1; i >= 0; i-- {
		f := &s.Figures[i]
		if words := s.Span(clauseStart(s.Runes, f.Start), f.End) + f.Tail; f.Unit == "件" && containsAny(words, receivedWords...) {
			if containsAny(words, "信息公开", "公开申请", "申请公开", "依申请") && f.Exact() && !f.Change && !f.Scope.OtherYear && !f.Scope.Partial && c.sameAsTable(f) && f.Value.Cmp(x.Value) != 0 {
				return sub
			}
			break
		}
	}
	return claims.None
}

// plainlyDone are words that make nothing a part of what was settled.
var plainlyDone = glance.NewReplacer("已", "", "共", "", "均", "", "全年", "", "本年度", "", "本年", "", "当年", "", "按期", "", "按时", "", "依法", "", "，", "")

// partOfOther reports whether the claim is about applications that another body
// has: 市级部门收到申请180件，予以公开60件.
func (c *context) partOfOther(x *claims.Claim) bool {
	s := c.sentence(x)
	var of *claims.Claim // what was received or settled, named last
	for k := s.First; k < s.Last; k++ {
		y := &c.said.Claims[k]
		if y == x {
			break
		}
		if claims.IsIntake(y.Subject) {
			of = y
		}
	}
	return of != nil && !claims.IsIntake(x.Subject) && !c.ownScope(of)
}

// toldOfNew reports whether what was settled is told of what the year brought alone, all of it being told apart:
// 本年新收27件，办结25件。合计办结28件.
func (c *context) toldOfNew(x *claims.Claim) bool {
	if x.Subject != claims.Handled && x.Subject != claims.Answered || x.Figure < 0 || !c.sentence(x).Says("新收") {
		return false
	}
	for i := range c.said.Claims {
		y := &c.said.Claims[i]
		if y.Figure >= 0 && y.Sentence != x.Sentence && y.Value.Cmp(x.Value) > 0 && c.sentence(y).Section == c.sentence(x).Section &&
			containsAny(c.sentence(y).Figures[y.Figure].Raw, "合计", "共", "总") && containsAny(c.sentence(y).Figures[y.Figure].Raw, "办结", "答复") {
			return true
		}
	}
	return false
}

// acceptedOnly reports whether the claim is of the applications that were accepted, of more that the
// sentence says were received: 收到申请57件，经沟通撤件39件，受理18件.
func (c *context) acceptedOnly(x *claims.Claim) bool {
	if x.Subject != claims.New || !strings.HasPrefix(x.Label, "受理") {
		return false
	}
	s := c.sentence(x)
	for k := s.First; k < s.Last && &c.said.Claims[k] != x; k++ {
		if y := &c.said.Claims[k]; y.Subject == claims.New && y.Value.Cmp(x.Value) > 0 && containsAny(y.Label, "收到", "接到", "接收") {
			return true
		}
	}
	return false
}

// partOfSettled reports whether what was received is told as a part of what was
// settled, which need not be all there was: 办结309件，其中当年新收295件.
func (c *context) partOfSettled(x *claims.Claim) bool {
	if x.Figure < 0 || x.Subject != claims.New {
		return false
	}
	s := c.sentence(x)
	for i := x.Figure - 1; i >= 0; i-- {
		t := &s.Figures[i]
		between := s.Span(t.End, x.From)
		if strings.Contains(between, "；") {
			return false
		}
		if containsAny(t.Label, "办理", "办结", "答复", "办毕", "处理完") && containsAny(between, "其中", "包括", "含") {
			all, ok := c.read(appl(totalColumn, "new", "carried_over"))
			return !ok || all.blank != nil || t.Value.Cmp(all.sum) != 0
		}
	}
	return false
}

func (c *context) compareClaim(x *claims.Claim, v *verdict) {
	var first *found
	for _, m := range c.meanings(x) {
		f, ok := c.read(m)
		if !ok {
			continue
		}
		if f.blank != nil {
			v.undetermined(f.table.place(f.blank)+"没有可用的数字，无法与文字核对", f.blank.pointer())
			return
		}
		if agrees(x, f.sum) || c.withEarlier(x, f.sum) || c.inTwo(x, f.sum) {
			v.pass()
			return
		}
		if first == nil {
			first = &f
		}
	}
	if first != nil && !c.dividesFewer(x, first.sum) {
		v.fail(c.conflict(x, first))
	}
}

// dividesFewer reports whether a result smaller than that of the table is one of several, side by side, that are just
// what became of a number of applications told before them which is not that of all: 人口数据6件，予以公开5件、不掌握1件.
func (c *context) dividesFewer(x *claims.Claim, sum *big.Rat) bool {
	if x.Figure < 1 || x.Value.Cmp(sum) >= 0 || !strings.HasPrefix(string(x.Subject), "applications.") || claims.IsIntake(x.Subject) {
		return false
	}
	s := c.sentence(x)
	results := func(k int) bool {
		y := c.claimAt(s, k)
		return y != nil && resultKind(y, &s.Figures[k]) == aResult && s.Figures[k].Unit == s.Figures[x.Figure].Unit && s.Figures[k].Depth == s.Figures[x.Figure].Depth
	}
	goesOn := func(k int) bool { return !strings.Contains(s.Span(s.Figures[k-1].End, s.Figures[k].Start), "；") }
	first, last := x.Figure, x.Figure
	for first > 0 && goesOn(first) && results(first-1) {
		first--
	}
	for last+1 < len(s.Figures) && goesOn(last+1) && results(last+1) {
		last++
	}
	if first == 0 || first == last || !goesOn(first) {
		return false
	}
	whole := &s.Figures[first-1]
	y := c.claimAt(s, first-1)
	if y == nil || y.Subject != claims.None || !whole.Exact() || whole.Unit != s.Figures[first].Unit || whole.Change {
		return false
	}
	told := new(big.Rat)
	for k := first; k <= last; k++ {
		told.Add(told, s.Figures[k].Value)
	}
	return told.Cmp(whole.Value) == 0 && !c.sameAsTable(whole)
}

// notHeld is the row of information that the agency does not hold.
const notHeld claims.Subject = "applications.unable.not_held"

// inTwo reports whether the sum is that of the two times that the sentence tells of the subject, once for
// what is new and once for what was carried over: 新收17件，予以公开13件；上年结转1件，予以公开1件; or that of
// what is not held and of what does not exist, which the form has in one row.
func (c *context) inTwo(x *claims.Claim, sum *big.Rat) bool {
	s := c.sentence(x)
	for i := s.First; i < s.Last; i++ {
		y := &c.said.Claims[i]
		if x.Subject == notHeld && y.Subject == claims.None && strings.Contains(y.Label, "不存在") && new(big.Rat).Add(x.Value, y.Value).Cmp(sum) == 0 {
			return true
		}
		if y.From != x.From && y.Subject == x.Subject && strings.ContainsRune(s.Span(min(x.To, y.To), max(x.From, y.From)), '；') && s.Says("结转") && new(big.Rat).Add(x.Value, y.Value).Cmp(sum) == 0 {
			return true
		}
	}
	return false
}

// withEarlier reports whether the sum is that of the claim on challenges of the year and those
// of a year before that the sentence, or the one before it, tells of too, which were decided in this one.
func (c *context) withEarlier(x *claims.Claim, sum *big.Rat) bool {
	if x.Figure < 0 || x.Value.Cmp(sum) >= 0 || x.Subject != claims.Litigation && x.Subject != claims.Reconsideration {
		return false
	}
	s, before := c.sentence(x), c.before(x.Sentence)
	noun := "诉讼"
	if x.Subject == claims.Reconsideration {
		noun = "复议"
	}
	older := func(f *claims.Figure) bool {
		return strings.Contains(f.Raw+f.Tail, noun) && f.Value != nil && new(big.Rat).Add(f.Value, x.Value).Cmp(sum) == 0
	}
	for k := range s.Figures {
		if f := &s.Figures[k]; k != x.Figure && f.Scope.OtherYear && older(f) {
			return true
		}
	}
	return before != nil && before.Section == s.Section && strings.Contains(x.Label, "新") && slices.ContainsFunc(before.Figures, func(f claims.Figure) bool {
		return containsAny(f.Raw, "上年", "去年", "遗留", "结转") && older(&f) // 上年遗留诉讼1件。今年新增诉讼2件
	})
}

func (c *context) conflict(x *claims.Claim, f *found) fault {
	s := c.sentence(x)
	value := new(big.Rat).Set(f.sum)
	unit := "件"
	switch x.Subject {
	case claims.Fees:
		unit, value = "万元", value.Quo(value, big.NewRat(10000, 1))
	case claims.Purchased:
		unit = "元"
	case claims.Procurement:
		unit = "项"
	default:
		if hasAnySuffix(string(x.Subject), []string{".previous_items", ".change"}) {
			unit = "项"
		}
	}
	paths := make([]string, 0, len(f.cells)+2)
	for _, k := range f.cells {
		paths = append(paths, k.pointer())
	}
	said := "“" + inner.Replace(clip(x.Label)) + "”" + x.Printed
	if len([]rune(x.Label)) < 2 && !x.Denied {
		said = x.Printed
		if x.Figure >= 0 {
			said = "“" + x.Printed + inner.Replace(clip(strings.TrimRight(s.Figures[x.Figure].Tail, "。；"))) + "”"
		}
	}
	if x.Denied {
		said = "“" + x.Printed + inner.Replace(clip(x.Label)) + "”"
		if !strings.HasPrefix(x.Label, "无") && strings.Contains(s.Text, x.Label+x.Printed) {
			said = "“" + inner.Replace(clip(x.Label)) + x.Printed + "”"
		}
	}
	where := f.table.place(f.cells[0])
	if len(f.cells) > 1 {
		where += "等" + itoa(len(f.cells)) + "格合计"
	}
	return fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(x.From) + string(x.Subject),
		paths: append(paths, c.claimPaths(x)...), quote: c.quoteOf(s, x.From, x.To),
		message: c.inChapter(s.Section) + "写" + said + "，" + where + "却是" + number(value) + unit + "，请核对后改成一致。",
		// The table is what is compared with; which of the two is right, the
		// agency knows.
		expected: json.Number(number(value)), actual: json.Number(number(x.Value)),
	}
}
