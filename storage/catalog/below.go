package catalog

import (
	"context"
	"slices"
	"strings"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// Below implements intake.Neighbours.
func (c *Catalog) Below(ctx context.Context, row intake.Row, scope intake.Scope) (out intake.Below, err error) {
	if row.BodyID == "" || row.Year == nil || scope.Restricted {
		return out, nil
	}
	l, err := c.Bodies(ctx)
	if err != nil {
		return out, err
	}
	government, ok := l.Get(row.BodyID)
	if !ok || government.Kind != bodies.KindGovernment {
		return out, nil
	}
	children := slices.DeleteFunc(slices.Clone(l.Bodies()), func(b bodies.Body) bool { return b.Parent != row.BodyID || b.Excluded })
	found := map[string]intake.Row{}
	for part := range slices.Chunk(children, maxList) {
		var cond conditions
		ids := make([]any, len(part))
		for i, b := range part {
			ids[i] = b.ID
		}
		cond.add(`r.body_id in (`+strings.TrimSuffix(strings.Repeat(`?, `, len(ids)), ", ")+`)`, ids...)
		cond.add(`r.report_year = ?`, *row.Year)
		cond.add(`r.state = 'done'`)
		cond.add(inForce)
		rows, err := c.rows(ctx, cond, len(part))
		if err != nil {
			return out, err
		}
		for _, r := range rows {
			found[r.BodyID] = r
		}
	}
	for _, b := range children {
		r, ok := found[b.ID]
		if !ok {
			out.Missing = append(out.Missing, b.Name)
			continue
		}
		out.Rows = append(out.Rows, r)
		out.OwnIncluded = out.OwnIncluded || bodies.IsOffice(government.Name, b.Name)
	}
	return out, nil
}
