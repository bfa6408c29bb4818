package rules

import (
	"encoding/json"
	"math/big"
	"strings"
)

// changeRow is a row of the 2019 form that has last year's items, their change
// and the decisions taken: 上一年项目数量, 本年增/减, 处理决定数量.
type changeRow struct {
	table                       *tableView
	previous, change, decisions *cell
	// sum and difference tell that the decisions are last year's items with the
	// change added or taken away. The form wants another figure there. large tells
	// that the figures are too large for a coincidence.
	sum, difference, large bool
}

// coincidence is the figure from which on two of them are not the same by chance.
const coincidence = 10

func (r *changeRow) name() string { return rowName(r.change.row) }
func (r *changeRow) paths() []string {
	return []string{r.previous.pointer(), r.change.pointer(), r.decisions.pointer()}
}

// changeRows are the rows whose figures are known, blank ones left out; those of
// which one is not known are told to unknown.
func (c *context) changeRows(unknown func(*tableView, *cell)) []changeRow {
	var out []changeRow
	for t := range c.tables {
		table := &c.tables[t]
		for p := range table.parts {
			part := &table.parts[p]
			previous, change, decisions := part.columnIndex("previous_items"), part.columnIndex("change"), part.columnIndex("decisions")
			if previous < 0 || change < 0 || decisions < 0 {
				continue
			}
			for r := range part.cells {
				if part.blankRow(r) {
					continue
				}
				row := changeRow{table: table, previous: &part.cells[r][previous], change: &part.cells[r][change], decisions: &part.cells[r][decisions]}
				if x := row.unread(); x != nil {
					unknown(table, x)
					continue
				}
				row.relate()
				out = append(out, row)
			}
		}
	}
	return out
}

// unread is the first cell without a figure, nil where all have one.
func (r *changeRow) unread() *cell {
	for _, x := range []*cell{r.previous, r.change, r.decisions} {
		if !x.known() {
			return x
		}
	}
	return nil
}

func (r *changeRow) relate() {
	if r.previous.value.Sign() <= 0 || r.decisions.value.Sign() <= 0 {
		return // an empty row, or one without decisions, says nothing
	}
	r.sum = new(big.Rat).Add(r.previous.value, r.change.value).Cmp(r.decisions.value) == 0
	r.difference = r.change.value.Sign() > 0 &&
		new(big.Rat).Sub(r.previous.value, r.change.value).Cmp(r.decisions.value) == 0
	r.large = r.decisions.value.Cmp(big.NewRat(coincidence, 1)) >= 0
}

// decisionsMisread finds tables whose 处理决定数量 were taken for the items there are
// now. One row may be a coincidence.
func decisionsMisread(c *context) *verdict {
	const enough = 2
	v := newVerdict()
	rows := c.changeRows(func(t *tableView, x *cell) { v.undetermined(t.place(x)+"没有可用的数字", x.pointer()) })
	var names, paths []string
	large := false
	for i := range rows {
		if r := &rows[i]; r.sum || r.difference {
			large = large || r.large
			names = append(names, "“"+r.name()+"”")
			paths = append(paths, r.paths()...)
		}
	}
	if len(rows) > 0 {
		v.pass()
	}
	if len(names) >= enough && large {
		v.fail(fault{
			place: paths[2], paths: paths,
			message: rows[0].table.name + strings.Join(names, "") + "行的处理决定数量都恰好等于上一年项目数量加减本年增/减。处理决定数量是本年作出的决定件数，不是现有项目数，请核对。",
		})
	}
	return v
}

// changeSign finds decreases without a sign: the decisions are what the taking away
// of the change leaves of last year's items. That is only held against figures too
// large for a coincidence, or beside another row that was made up in the same way.
func changeSign(c *context) *verdict {
	v := newVerdict()
	rows := c.changeRows(func(t *tableView, x *cell) { v.undetermined(t.place(x)+"没有可用的数字", x.pointer()) })
	made := 0
	for i := range rows {
		if r := &rows[i]; r.large && (r.sum || r.difference) {
			made++
		}
	}
	tiny := func(x *cell) bool { return x.value.Cmp(big.NewRat(coincidence, 1)) < 0 }
	for i := range rows {
		r := &rows[i]
		v.pass()
		if !r.difference || r.sum || made < 2 && (tiny(r.change) || tiny(r.decisions)) {
			continue
		}
		v.fail(fault{
			place: r.change.pointer(), paths: r.paths(),
			message: r.table.name + "“" + r.name() + "”行：上一年项目数量" + r.previous.printed + "减本年增/减" + r.change.printed + "正好是" + r.decisions.printed +
				"，本年应是减少，减少的数请写成“-" + r.change.printed + "”或者“减" + r.change.printed + "”。",
			expected: json.Number("-" + r.change.printed), actual: json.Number(r.change.printed),
		})
	}
	return v
}
