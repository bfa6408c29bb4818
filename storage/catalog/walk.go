package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/intake"
)

const (
	// fewRows is how many reports an index may give for it to be the one to walk.
	// It is also where counting stops: a page says "10000 or more".
	fewRows = 10_000
	// slowRows is how many reports are asked one by one to be counted.
	slowRows = 1_000
)

// ways are those numbers; tests have smaller ones.
type ways struct{ few, slow int64 }

// filter is a list's filter: the indexes that can answer it, and conditions on
// reports r.
type filter struct {
	grams   []string // pieces that the search index must have for it
	words   []string // those of them that no other condition asks for
	rule    string
	quick   conditions // on columns with an index
	slow    conditions // on others
	nothing bool       // no report can be meant
}

// filterOf takes the scope as one of the slow conditions where it is wide.
func filterOf(f intake.Filter, wide bool) (filter, error) {
	out := filter{rule: f.Rule}
	for _, s := range []string{f.Agency, f.Query, f.Rule, f.Form, f.Status, f.Body} {
		if !sayable(s) {
			return out, fmt.Errorf("catalog: %.40q is no text: %w", s, intake.ErrBadFilter)
		}
	}
	if len(f.Agency) > maxText || len(f.Query) > maxText {
		return out, fmt.Errorf("catalog: agency or query is longer than %d bytes: %w", maxText, intake.ErrBadFilter)
	}
	if n := len(strings.Fields(f.Query)); n > maxWords {
		return out, fmt.Errorf("catalog: query has %d words, more than %d: %w", n, maxWords, intake.ErrBadFilter)
	}
	if f.Agency != "" {
		out.grams = asked(agencyMark, f.Agency) // gives a few reports, the pattern those meant
		out.nothing = len(out.grams) == 0
		out.slow.add(`r.agency_folded like ? escape '\'`, contains(f.Agency))
	}
	if strings.TrimSpace(f.Query) != "" {
		out.words = asked("", f.Query)
		out.grams = append(out.grams, out.words...)
		out.nothing = out.nothing || len(out.words) == 0 // marks only
	}
	if f.Year != 0 {
		out.quick.add(`r.report_year = ?`, f.Year)
	}
	if f.Form != "" {
		out.quick.add(`r.form = ?`, f.Form)
	}
	switch f.Status {
	case "":
	case string(intake.StateFailed):
		out.quick.add(`r.state = 'failed'`) // as the index has it
	default:
		out.quick.add(`r.status = ?`, f.Status)
	}
	if f.Body != "" {
		out.quick.add(`r.body_id = ?`, f.Body)
	}
	switch scope := scopeOf(f.Scope, wide); {
	case wide:
		out.slow.add(strings.Join(scope.parts, " and "), scope.args...)
	case f.Scope.Restricted:
		out.quick.add(strings.Join(scope.parts, " and "), scope.args...)
	}
	return out, nil
}

// walk is a way through the reports that a filter selects, newest first: along an
// index of its own (words, rules), each entry with its report, or along reports.
type walk struct {
	index string // the table walked, with its alias; empty: reports
	at    string // its column for the place
	own   conditions
	rest  conditions // on reports r
	slow  conditions // on reports r, one by one
}

func (w *walk) from() string {
	if w.index == "" {
		return `reports r`
	}
	return w.index + ` cross join reports r` // SQLite walks the left one first
}

func (w *walk) place() string {
	if w.index == "" {
		return `r.place`
	}
	return w.at
}

// link puts each entry with its report.
func (w *walk) link() (c conditions) {
	if w.index != "" {
		c.add(`r.place = ` + w.at)
	}
	return c
}

// walkOf chooses the way. Which is quick depends on how many reports each
// condition has, and the databases cannot tell (SQLite) or guess wrong of words
// that go together (PostgreSQL). So the index of words or rules is walked where it
// has few entries, or where nothing else is asked; otherwise reports are walked and
// asked for their words: many have them, so the page is soon full.
func (c *Catalog) walkOf(ctx context.Context, f filter) (walk, error) {
	if f.nothing {
		return walk{}, nil
	}
	var w walk
	alone := len(f.quick.parts) == 0
	switch {
	case len(f.grams) > 0:
		w = walk{index: `search s`, at: c.doc("s"), rest: f.quick, slow: f.slow}
		cond, arg := c.match(f.grams)
		w.own.add(cond, arg)
		if f.rule != "" {
			w.slow.add(hasRule, f.rule)
		}
		alone = alone && len(w.slow.parts) == 0
	case f.rule != "":
		w = walk{index: `findings d`, at: `d.place`, rest: f.quick, slow: f.slow}
		w.own.add(`d.rule = ?`, f.rule)
		w.own.add(firstSeverity)
	default:
		return walk{rest: f.quick, slow: f.slow}, nil
	}
	if alone {
		return w, nil
	}
	n, err := c.countUp(ctx, w.index, w.own)
	if err != nil || n <= c.ways.few {
		return w, err
	}
	w = walk{rest: f.quick, slow: f.slow}
	if f.rule != "" {
		w.slow.add(hasRule, f.rule)
	}
	if len(f.words) > 0 {
		cond, arg := c.match(f.words)
		w.slow.add(`exists (select 1 from search s where `+c.doc("s")+` = r.place and `+cond+`)`, arg)
	}
	return w, nil
}

const (
	hasRule = `exists (select 1 from findings f where f.report_id = r.id and f.rule = ?)`
	// firstSeverity takes one entry of a report whose findings of a rule have
	// several severities.
	firstSeverity = `not exists (select 1 from findings e where e.report_id = d.report_id and e.rule = d.rule and e.severity < d.severity)`
)

// countUp counts the rows of a table, up to one more than ways.few.
func (c *Catalog) countUp(ctx context.Context, table string, conds ...conditions) (n int64, err error) {
	where, args := join(conds...)
	err = c.db.QueryRowContext(ctx, fmt.Sprintf(`select count(*) from (select 1 from %s%s limit %d) x`, table, where, c.ways.few+1), args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("catalog: counting: %w", err)
	}
	return n, nil
}

// total counts what a walk gives. Where each report has to be asked it counts among
// the newest, and capped tells that there may be more.
func (c *Catalog) total(ctx context.Context, w walk) (n int64, capped bool, err error) {
	switch {
	case w.index == "" && len(w.slow.parts) == 0:
		n, err = c.countUp(ctx, w.from(), w.rest)
	case len(w.rest.parts)+len(w.slow.parts) == 0:
		n, err = c.countUp(ctx, w.index, w.own)
	default:
		return c.sample(ctx, w)
	}
	return min(n, c.ways.few), n > c.ways.few, err
}

// sample counts among the newest entries of the walk.
func (c *Catalog) sample(ctx context.Context, w walk) (n int64, capped bool, err error) {
	newest, args := join(w.own)
	ask := conditions{parts: append(slices.Clone(w.rest.parts), w.slow.parts...), args: append(slices.Clone(w.rest.args), w.slow.args...)}
	from := `(select ` + w.at + ` as place from ` + w.index + newest + ` order by ` + w.at + ` desc limit %d) x cross join reports r where r.place = x.place`
	if w.index == "" {
		newest, args = join(w.rest)
		ask = w.slow
		from = `(select r.id, r.place, r.agency_folded, r.sender, r.body_id from reports r` + newest + ` order by r.place desc limit %d) r`
	}
	var seen int64
	err = c.db.QueryRowContext(ctx, `select count(*), count(*) filter (where `+number(strings.Join(ask.parts, " and "), len(args)+1)+
		`) from `+fmt.Sprintf(from, c.ways.slow), append(args, ask.args...)...).Scan(&seen, &n)
	if err != nil {
		return 0, false, fmt.Errorf("catalog: counting: %w", err)
	}
	return n, seen == c.ways.slow, nil
}
