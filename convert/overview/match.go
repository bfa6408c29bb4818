package overview

import (
	"cmp"
	"slices"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// match puts the reports with their bodies: a row for each body that the scope lets
// see, in the order of the list, and the reports that are left. Without a list the
// agencies stand for bodies.
func match(list *bodies.List, reports []Report, scope intake.Scope) (rows []Row, strays []Report) {
	if len(list.Bodies()) == 0 {
		return byAgency(reports), nil
	}
	of := map[string][]*Report{}
	for i := range reports {
		r := &reports[i]
		if _, ok := list.Get(r.Body); !ok {
			strays = append(strays, *r)
			continue
		}
		of[r.Body] = append(of[r.Body], r)
	}
	slices.SortFunc(strays, func(a, b Report) int { return cmp.Compare(b.Place, a.Place) })
	all := list.Bodies()
	rows = make([]Row, 0, len(all))
	for i := range all {
		b := &all[i]
		own := of[b.ID]
		if scope.Restricted && len(own) == 0 && !slices.Contains(scope.Bodies, b.ID) {
			continue
		}
		row := Row{Body: *b, seq: len(rows)}
		if up, ok := list.Get(b.Parent); ok {
			row.Parent = up.Name
		}
		row.fill(own)
		rows = append(rows, row)
	}
	return rows, strays
}

// byAgency makes rows of the agencies that reports name; what names none stands alone.
func byAgency(reports []Report) []Row {
	var groups [][]*Report
	at := map[string][]int{} // agency key → groups
	for i := range reports {
		r := &reports[i]
		key := bodies.AgencyKey(r.Agency)
		group := -1
		for _, g := range at[key] {
			if key != "" && bodies.SameAgency(groups[g][0].Agency, r.Agency) {
				group = g
				break
			}
		}
		if group < 0 {
			group = len(groups)
			groups = append(groups, nil)
			at[key] = append(at[key], group)
		}
		groups[group] = append(groups[group], r)
	}
	rows := make([]Row, len(groups))
	for i, g := range groups {
		name := cmp.Or(g[0].Agency, g[0].Filename)
		rows[i] = Row{Body: bodies.Body{Name: name, Aliases: []string{}, Kind: bodies.KindOf(name)}, seq: i}
		rows[i].fill(g)
	}
	return rows
}

// fill says what the body's reports make of it.
func (row *Row) fill(reports []*Report) {
	row.Versions = len(reports)
	if len(reports) == 0 {
		row.State = Missing
		if row.Body.Excluded {
			row.State = Exempt
		}
		return
	}
	r := inForce(reports)
	row.ReportID, row.ReceivedAt = r.ID, &r.ReceivedAt
	row.State = stateOf(r)
	if r.State == intake.StateDone {
		row.Errors, row.Warnings, row.Review = r.Errors, r.Warnings, cmp.Or(r.Review, report.Unreviewed)
		row.Unread = slices.ContainsFunc(reports, func(o *Report) bool { return o.Place > r.Place && o.State == intake.StateFailed })
	}
}

// inForce is the report that counts.
func inForce(reports []*Report) *Report {
	return slices.MaxFunc(reports, func(a, b *Report) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Place, b.Place))
	})
}

func rank(r *Report) int {
	switch {
	case r.State != intake.StateDone || !r.Stated:
		return 0
	case r.Chosen:
		return 2
	}
	return 1
}

func stateOf(r *Report) State {
	switch r.State {
	case intake.StateDone:
	case intake.StateFailed, intake.StateCancelled:
		return Failed
	default:
		return Busy
	}
	switch {
	case r.Errors > 0:
		return Errors
	case r.Warnings > 0 || r.Unjudged && r.Review != report.Checked:
		return Warnings
	}
	return Clean
}
