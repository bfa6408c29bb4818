package overview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// maxUndated bounds the reports without a year that are looked at: they are those
// that failed or wait, few among all, and old ones of them are nobody's concern.
const maxUndated = 5000

// Config is what a Service is made of.
type Config struct {
	Store Store
	// Clock gives the time; default time.Now.
	Clock func() time.Time
	// Location is where a year begins; default China.
	Location *time.Location
}

// Service answers what a year looks like. It is safe for concurrent use.
type Service struct{ cfg Config }

// New makes a Service.
func New(cfg Config) (*Service, error) {
	if cfg.Store == nil {
		return nil, errors.New("overview: Config needs Store")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Location == nil {
		cfg.Location = time.FixedZone("CST", 8*60*60)
	}
	return &Service{cfg: cfg}, nil
}

// due is the year that is reported on now: the one before.
func (s *Service) due() int { return s.cfg.Clock().In(s.cfg.Location).Year() - 1 }

// Overview answers a query. Errors: intake.ErrBadFilter.
func (s *Service) Overview(ctx context.Context, q Query) (*Year, error) {
	if err := q.complete(); err != nil {
		return nil, err
	}
	list, err := s.cfg.Store.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	y := &Year{Year: q.Year, Listed: len(list.Bodies()) > 0, ByKind: []Group{}, ByLevel: []Group{}, Items: []Row{}, Strays: []Stray{}}
	if y.Years, err = s.cfg.Store.Years(ctx, q.Scope); err != nil {
		return nil, err
	}
	if y.Year == 0 {
		y.Year = s.defaultYear(y.Years, y.Listed)
	}
	y.WithReports = y.Years
	y.Years = withYear(withYear(y.Years, s.due()), y.Year)
	reports, err := s.cfg.Store.YearReports(ctx, y.Year, maxUndated, q.Scope)
	if err != nil {
		return nil, err
	}
	reports = s.ofYear(reports, y.Year)
	for i := range reports {
		if !reports[i].Stated {
			y.Undated++
		}
	}
	rows, strays := match(list, reports, q.Scope)
	if err := s.mark(ctx, rows, reports, q.Rule); err != nil {
		return nil, err
	}
	y.count(rows)
	y.Squares = rows
	if err := y.page(q, rows); err != nil {
		return nil, err
	}
	return y, s.summaries(ctx, y, list, strays)
}

// complete checks a query and puts the defaults in.
func (q *Query) complete() error {
	q.Sort = cmp.Or(q.Sort, ByList)
	q.Limit = cmp.Or(q.Limit, DefaultLimit)
	switch {
	case q.Limit < 1 || q.Limit > MaxLimit:
		return fmt.Errorf("overview: limit %d is not in 1–%d: %w", q.Limit, MaxLimit, intake.ErrBadFilter)
	case !slices.Contains(Sorts(), q.Sort):
		return fmt.Errorf("overview: sort %.20q: %w", q.Sort, intake.ErrBadFilter)
	case q.State != "" && q.State != Late && !slices.Contains(States(), q.State):
		return fmt.Errorf("overview: state %.20q: %w", q.State, intake.ErrBadFilter)
	case q.Review != "" && !slices.Contains(Reviews(), q.Review):
		return fmt.Errorf("overview: review %.20q: %w", q.Review, intake.ErrBadFilter)
	case q.Year < 0 || q.Year > 9999:
		return fmt.Errorf("overview: year %d: %w", q.Year, intake.ErrBadFilter)
	case strings.ContainsRune(q.Rule, 0):
		return fmt.Errorf("overview: rule %.20q: %w", q.Rule, intake.ErrBadFilter)
	}
	return nil
}

// defaultYear is the year that is reported on now. Without a list nothing can be
// missing from it: then the newest with reports is more to the point.
func (s *Service) defaultYear(years []int, listed bool) int {
	due := s.due()
	if listed || len(years) == 0 || slices.Contains(years, due) {
		return due
	}
	return years[0]
}

// withYear puts a year among others, the newest first.
func withYear(years []int, year int) []int {
	if slices.Contains(years, year) {
		return years
	}
	years = append(slices.Clone(years), year)
	slices.SortFunc(years, func(a, b int) int { return cmp.Compare(b, a) })
	return years
}

// ofYear leaves out the reports without a year that are of another one.
func (s *Service) ofYear(reports []Report, year int) []Report {
	return slices.DeleteFunc(reports, func(r Report) bool {
		return !r.Stated && guessYear(r.Filename, r.ReceivedAt.In(s.cfg.Location)) != year
	})
}

// guessYear is the year of a report that states none: the only one that the file's
// name has, else the one before it came in.
func guessYear(name string, received time.Time) int {
	named, count := 0, 0
	digits := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] >= '0' && name[i] <= '9' {
			digits++
			continue
		}
		if digits == 4 && name[i-4:i-2] == "20" {
			year := 2000 + int(name[i-2]-'0')*10 + int(name[i-1]-'0')
			if year != named {
				named, count = year, count+1
			}
		}
		digits = 0
	}
	if count == 1 && named <= received.Year() {
		return named
	}
	return received.Year() - 1
}

// mark notes which rows are late, and which have a finding of the rule.
func (s *Service) mark(ctx context.Context, rows []Row, reports []Report, rule string) error {
	late, err := s.cfg.Store.WithRule(ctx, lateRule, reports)
	if err != nil {
		return err
	}
	hits := map[string]bool{}
	if rule != "" {
		if hits, err = s.cfg.Store.WithRule(ctx, rule, reports); err != nil {
			return err
		}
	}
	for i := range rows {
		rows[i].Late, rows[i].hit = late[rows[i].ReportID], hits[rows[i].ReportID]
	}
	return nil
}

// count counts all rows, and those of each kind and level.
func (y *Year) count(rows []Row) {
	kinds, levels := map[bodies.Kind]*Counts{}, map[bodies.Level]*Counts{}
	for i := range rows {
		r := &rows[i]
		if kinds[r.Body.Kind] == nil {
			kinds[r.Body.Kind] = new(Counts)
		}
		if levels[r.Body.Level] == nil {
			levels[r.Body.Level] = new(Counts)
		}
		y.Counts.add(r)
		kinds[r.Body.Kind].add(r)
		levels[r.Body.Level].add(r)
	}
	for _, k := range bodies.Kinds() {
		if c := kinds[k]; c != nil {
			y.ByKind = append(y.ByKind, Group{string(k), *c})
		}
	}
	for _, l := range append(bodies.Levels(), "") {
		if c := levels[l]; c != nil {
			y.ByLevel = append(y.ByLevel, Group{string(l), *c})
		}
	}
}

// page puts the rows in order, selects and cuts.
func (y *Year) page(q Query, all []Row) error {
	rows := make([]*Row, len(all))
	for i := range all {
		rows[i] = &all[i]
	}
	order(rows, q.Sort)
	if q.Cursor != "" {
		at := slices.IndexFunc(rows, func(r *Row) bool { return r.key() == q.Cursor })
		if at < 0 {
			return fmt.Errorf("overview: cursor %.64q is of no body: %w", q.Cursor, intake.ErrBadFilter)
		}
		// Those before were seen, but count.
		for _, r := range rows[:at+1] {
			if q.selects(r) {
				y.Total++
			}
		}
		rows = rows[at+1:]
	}
	limit := q.Limit
	if q.All {
		limit = len(rows)
	}
	for _, r := range rows {
		if !q.selects(r) {
			continue
		}
		y.Total++
		switch {
		case len(y.Items) < limit:
			y.Items = append(y.Items, *r)
		case y.Next == "":
			y.Next = y.Items[limit-1].key()
		}
	}
	return nil
}

// key is what a cursor names a row by.
func (r *Row) key() string { return cmp.Or(r.Body.ID, r.ReportID) }

// order sorts rows; they come in the order of the list.
func order(rows []*Row, by Sort) {
	var compare func(a, b *Row) int
	switch by {
	case ByState:
		ranks := map[State]int{}
		for i, s := range States() {
			ranks[s] = i
		}
		compare = func(a, b *Row) int { return cmp.Compare(ranks[a.State], ranks[b.State]) }
	case ByName:
		byName(rows)
		return
	case ByReceived:
		compare = func(a, b *Row) int { return cmp.Compare(b.receivedUS(), a.receivedUS()) }
	case ByErrors:
		compare = func(a, b *Row) int {
			return cmp.Or(cmp.Compare(b.Errors, a.Errors), cmp.Compare(b.Warnings, a.Warnings))
		}
	default:
		return
	}
	slices.SortStableFunc(rows, compare)
}

func (r *Row) receivedUS() int64 {
	if r.ReceivedAt == nil {
		return -1
	}
	return r.ReceivedAt.UnixMicro()
}

// byName sorts by the pronunciation of names. Each name is looked up once: comparing
// two takes as long as that.
func byName(rows []*Row) {
	c, buf := collate.New(language.Chinese), new(collate.Buffer)
	keys := make(map[int][]byte, len(rows))
	for i := range rows {
		keys[rows[i].seq] = c.KeyFromString(buf, rows[i].Body.Name)
	}
	slices.SortStableFunc(rows, func(a, b *Row) int { return slices.Compare(keys[a.seq], keys[b.seq]) })
}

// selects tells whether the query asks for the row.
func (q *Query) selects(r *Row) bool {
	switch {
	case q.Kind != "" && r.Body.Kind != q.Kind,
		q.Level != "" && r.Body.Level != q.Level,
		q.State == Late && !r.Late,
		q.State != "" && q.State != Late && r.State != q.State,
		q.Rule != "" && !r.hit,
		q.Review != "" && r.Review != q.Review:
		return false
	}
	return q.Name == "" || named(&r.Body, q.Name)
}

// named tells whether a body's name or alias has the part, in any width and case.
func named(b *bodies.Body, part string) bool {
	part = plain(part)
	return strings.Contains(plain(b.Name), part) || slices.ContainsFunc(b.Aliases, func(a string) bool { return strings.Contains(plain(a), part) })
}

func plain(s string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(s))) }

// summaries asks for those of the page and of the strays.
func (s *Service) summaries(ctx context.Context, y *Year, list *bodies.List, strays []Report) error {
	y.StrayTotal = len(strays)
	strays = strays[:min(len(strays), MaxStrays)]
	var ids []string
	for i := range y.Items {
		if id := y.Items[i].ReportID; id != "" {
			ids = append(ids, id)
		}
	}
	for _, r := range strays {
		ids = append(ids, r.ID)
	}
	found, err := s.cfg.Store.Summaries(ctx, ids)
	if err != nil {
		return err
	}
	for i := range y.Items {
		if sum, ok := found[y.Items[i].ReportID]; ok {
			y.Items[i].Report = &sum
		}
	}
	for _, r := range strays {
		if sum, ok := found[r.ID]; ok { // it may have been deleted since
			y.Strays = append(y.Strays, Stray{Report: sum, Reason: reason(list, &sum)})
		}
	}
	return nil
}

// reason says why a report is of no body.
func reason(list *bodies.List, sum *intake.Summary) string {
	if sum.BodyBy == string(bodies.ByHand) && sum.BodyID == "" {
		return "已由人工指定为不属于名单中的任何主体。"
	}
	if sum.BodyID != "" {
		return "原来所属的主体已不在名单中。"
	}
	agency := ""
	if sum.Agency != nil {
		agency = *sum.Agency
	}
	p := list.Propose(bodies.Clues{Agency: agency, FileName: sum.Filename})
	if b, ok := list.Get(p.Body); ok {
		return "名单刚刚更新，正在归到“" + b.Name + "”。"
	}
	return p.Reason
}
