package catalog

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/storage/db"
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
	for _, s := range []string{f.Agency, f.Query, f.Rule, f.Form, f.Status, f.Body, f.Kind} {
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
	failed := f.Status == string(intake.StateFailed)
	if f.Form != "" && failed {
		out.quick.add(`r.form || '' = ?`, f.Form) // the index of those that failed has fewer
	} else if f.Form != "" {
		out.quick.add(`r.form = ?`, f.Form)
	}
	if failed {
		out.quick.add(`r.state = 'failed'`)       // as the index has it
		out.nothing = out.nothing || f.Rule != "" // it was not judged
		if len(out.grams) > 0 {
			out.grams = append(out.grams, failedMark)
		}
	} else if f.Status != "" {
		out.quick.add(`r.status = ?`, f.Status)
	}
	if f.Body != "" {
		out.quick.add(`r.body_id = ?`, f.Body)
	}
	switch f.Review {
	case "":
	case report.Unreviewed, report.Checked, report.Returned:
		out.quick.add(`r.review_state = ?`, string(f.Review))
	default:
		return out, fmt.Errorf("catalog: no review is %.40q: %w", f.Review, intake.ErrBadFilter)
	}
	if f.Kind != "" {
		out.slow.add(`exists (select 1 from bodies k where k.id = r.body_id and k.kind = ?)`, f.Kind)
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

// place is what the walk is ordered by.
func (w *walk) place() string {
	switch {
	case w.index == "":
		return `r.place`
	case w.at == `s.place`:
		// PostgreSQL's index of words has no order, and is walked where it gives few.
		// The sum keeps it from going through all places in their order instead.
		return `s.place + 0`
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
// condition has, which the databases cannot tell of words and rules: SQLite knows
// nothing of them, and PostgreSQL takes words that go together for unrelated. So
// their index is walked where it has few entries; otherwise reports are walked and
// asked for them: many have them, so the page is soon full. SQLite is slow to ask
// its index of words for one report, but walks it in the order of lists at any
// length.
func (c *Catalog) walkOf(ctx context.Context, f filter) (w walk, err error) {
	if f.nothing {
		return w, nil
	}
	w = walk{rest: f.quick, slow: f.slow}
	many := false
	switch {
	case len(f.grams) > 0:
		if many, err = c.frequent(ctx, f); err != nil || many {
			break
		}
		grams, err := c.rarest(ctx, f)
		if err != nil {
			return w, err
		}
		w.index, w.at = `search s`, c.doc("s")
		cond, arg := c.match(grams)
		w.own.add(cond, arg)
	case f.rule != "":
		w.index, w.at = `findings d`, `d.place`
		w.own.add(`d.first and d.rule = ?`, f.rule)
		if len(w.rest.parts)+len(w.slow.parts) > 0 {
			n, err := c.countUp(ctx, w)
			if err != nil {
				return w, err
			}
			many = n > c.ways.few
		}
	}
	if err != nil {
		return w, err
	}
	if many {
		w = walk{rest: f.quick, slow: f.slow}
	}
	if f.rule != "" && w.index != `findings d` {
		w.slow.add(hasRule, f.rule)
	}
	if len(f.words) > 0 && w.index == "" {
		cond, arg := c.match(f.words)
		// Asked in this form for each report by itself; "exists" would be planned as a
		// join with all the index has.
		w.slow.add(`coalesce((select `+cond+` from search s where `+c.doc("s")+` = r.place), false)`, arg)
	}
	return w, c.bound(ctx, &w)
}

// bound keeps the walk along an index between the first and the last report that
// the conditions on reports select: those of a year came in within some months. On
// PostgreSQL a walk along reports, too: it takes years for spread evenly, and would
// look for old ones from the newest on.
func (c *Catalog) bound(ctx context.Context, w *walk) error {
	sorted := w.index == `search s` && c.db.Dialect == db.Postgres // all of the few that are found
	if len(w.rest.parts) == 0 || sorted || w.index == "" && c.db.Dialect == db.SQLite {
		return nil
	}
	kept := &w.own
	if w.index == "" {
		kept = &w.rest
	}
	selected := w.rest
	for _, end := range []struct{ order, compare string }{{"", ">="}, {" desc", "<="}} {
		var place int64
		where, args := join(selected)
		err := c.db.QueryRowContext(ctx, `select r.place from reports r`+where+` order by r.place`+end.order+` limit 1`,
			c.db.Planned(args)...).Scan(&place)
		if errors.Is(err, sql.ErrNoRows) {
			place, err = -1, nil // nothing is selected, whatever the index has
		}
		if err != nil {
			return fmt.Errorf("catalog: counting: %w", err)
		}
		kept.add(w.place()+` `+end.compare+` ?`, place)
	}
	return nil
}

const (
	// sampled is how many of the newest reports tell whether words are frequent,
	// and often how many of them then have the words.
	sampled = 200
	often   = 4
)

// frequent tells whether reports are to be walked and asked, rather than the index
// of words: where many have the pieces, on PostgreSQL, whose index has no order, so
// that all it finds is fetched and sorted; and where the other conditions leave
// few, and only names are to be compared.
func (c *Catalog) frequent(ctx context.Context, f filter) (bool, error) {
	if len(f.quick.parts) > 0 && len(f.words) == 0 {
		n, err := c.countTo(ctx, `reports r`, c.ways.slow, f.quick)
		if err != nil || n <= c.ways.slow {
			return true, err
		}
	}
	if c.db.Dialect == db.SQLite {
		return false, nil
	}
	cond, arg := c.match(f.grams)
	var n int
	err := c.db.QueryRowContext(ctx, fmt.Sprintf(`select count(*) filter (where %s) from
		(select grams from search order by place desc limit %d) s`, number(cond, 1), sampled), c.db.Planned([]any{arg})...).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("catalog: counting: %w", err)
	}
	return n >= often, nil
}

const hasRule = `exists (select 1 from findings f where f.report_id = r.id and f.rule = ?)`

// rarest is the pieces to ask the search index for, the rarest first: SQLite finds
// what has all of them by walking the first. Those of the agency's name only have
// to make the reports few, for each is compared with the name itself.
func (c *Catalog) rarest(ctx context.Context, f filter) ([]string, error) {
	if c.db.Dialect != db.SQLite || len(f.grams) == 1 {
		return f.grams, nil
	}
	counts := make(map[string]int64, len(f.grams))
	rare := false
	for _, g := range f.grams {
		if g == failedMark {
			continue // 0: before all others
		}
		var own conditions
		cond, arg := c.match([]string{g})
		own.add(cond, arg)
		n, err := c.countTo(ctx, `search s`, c.ways.slow, own)
		if err != nil {
			return nil, err
		}
		counts[g] = n
		rare = rare || n <= c.ways.slow
	}
	grams := slices.Clone(f.grams)
	slices.SortStableFunc(grams, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	return slices.DeleteFunc(grams, func(g string) bool {
		return rare && counts[g] > c.ways.slow && strings.HasPrefix(g, agencyMark)
	}), nil
}

// countUp counts the entries of an index or, where the walk has none, the reports,
// up to one more than ways.few.
func (c *Catalog) countUp(ctx context.Context, w walk) (int64, error) {
	if w.index != "" {
		return c.countTo(ctx, w.index, c.ways.few, w.own)
	}
	return c.countTo(ctx, w.from(), c.ways.few, w.rest)
}

// countTo counts up to one more than most.
func (c *Catalog) countTo(ctx context.Context, table string, most int64, cond conditions) (n int64, err error) {
	where, args := join(cond)
	if table == `reports r` && c.db.Dialect == db.Postgres {
		where += ` order by r.place desc` // or it reads the table from its begin, where those of a late year are not
	}
	err = c.db.QueryRowContext(ctx, fmt.Sprintf(`select count(*) from (select 1 from %s%s limit %d) x`, table, where, most+1),
		c.db.Planned(args)...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("catalog: counting: %w", err)
	}
	return n, nil
}

// total counts what a walk gives. Where each report has to be asked it counts among
// the newest, and capped tells that there may be more.
func (c *Catalog) total(ctx context.Context, w walk) (n int64, capped bool, err error) {
	if len(w.slow.parts) > 0 || w.index != "" && len(w.rest.parts) > 0 {
		return c.sample(ctx, w)
	}
	n, err = c.countUp(ctx, w)
	return min(n, c.ways.few), n > c.ways.few, err
}

// sample counts among the newest entries of the walk.
func (c *Catalog) sample(ctx context.Context, w walk) (n int64, capped bool, err error) {
	newest, args := join(w.own)
	ask := conditions{parts: append(slices.Clone(w.rest.parts), w.slow.parts...), args: append(slices.Clone(w.rest.args), w.slow.args...)}
	from := `(select ` + w.at + ` as place from ` + w.index + newest + ` order by ` + w.place() + ` desc limit %d) x cross join reports r where r.place = x.place`
	if w.index == "" {
		newest, args = join(w.rest)
		ask = w.slow
		from = `(select r.id, r.place, r.agency_folded, r.sender, r.body_id from reports r` + newest + ` order by r.place desc limit %d) r`
	}
	var seen int64
	err = c.db.QueryRowContext(ctx, `select count(*), count(*) filter (where `+number(strings.Join(ask.parts, " and "), len(args)+1)+
		`) from `+fmt.Sprintf(from, c.ways.slow), c.db.Planned(append(args, ask.args...))...).Scan(&seen, &n)
	if err != nil {
		return 0, false, fmt.Errorf("catalog: counting: %w", err)
	}
	return n, seen == c.ways.slow, nil
}
