package review

import (
	"strconv"
	"strings"

	"nianbao/convert/mapping"
	"nianbao/convert/report"
)

// Apply puts the corrections into a report and the places of its values. A place
// keeps the text that was read and is marked as corrected; a figure whose row is not
// printed gets a place that has neither page nor text. What the report has no room
// for is left out.
func Apply(corrections []report.Correction, r *report.Report, places map[string]report.Place) {
	for i := range corrections {
		c := &corrections[i]
		if n := figureAt(r, c.Path); n != nil {
			p := places[c.Path]
			p.Corrected = true
			p.State, n.Value = report.StateBlank, nil
			if c.Value != nil {
				cell := mapping.ParseCell(*c.Value)
				if p.State = cell.State; cell.State == report.StateNumber {
					n.Value = &cell.Number
				}
			}
			places[c.Path] = p
			continue
		}
		applyIdentity(c, r)
	}
}

// applyIdentity takes the values as Complete wrote them.
func applyIdentity(c *report.Correction, r *report.Report) {
	switch c.Path {
	case pathTitle:
		r.Title = c.Value
	case pathAgency:
		r.Agency = c.Value
	case pathSignedBy:
		r.SignedBy = c.Value
	case pathYear:
		r.Year = nil
		if c.Value != nil {
			if n, err := strconv.Atoi(*c.Value); err == nil {
				r.Year = &n
			}
		}
	case pathSignedOn:
		r.SignedOn = nil
		if c.Value != nil {
			var d report.Date
			if d.UnmarshalText([]byte(*c.Value)) == nil {
				r.SignedOn = &d
			}
		}
	}
}

// Stale tells of each correction whether the program still reads what it read when
// it was made.
func Stale(corrections []report.Correction, res *report.Result) {
	for i := range corrections {
		c := &corrections[i]
		read, ok := readAt(res, c.Path)
		switch {
		case !ok:
			c.Stale = report.StaleGone
		case !same(read, c.Read):
			c.Stale = report.StaleChanged
		default:
			c.Stale = ""
		}
	}
}

// figureAt is the leaf of a statutory table at a pointer; nil where there is none.
func figureAt(r *report.Report, path string) *report.Node {
	key, rest, ok := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	if !ok || !strings.HasPrefix(path, "/report/") {
		return nil
	}
	n := r.Table(key).At(rest)
	if n == nil || len(n.Children) > 0 {
		return nil
	}
	return n
}

// readAt is the value that a program read at a pointer: nil for nothing. ok is false
// where there is no such value that could be corrected.
func readAt(res *report.Result, path string) (value *string, ok bool) {
	r := &res.Report
	switch path {
	case pathTitle:
		return r.Title, true
	case pathAgency:
		return r.Agency, true
	case pathSignedBy:
		return r.SignedBy, true
	case pathYear:
		if r.Year == nil {
			return nil, true
		}
		return ref(strconv.Itoa(*r.Year)), true
	case pathSignedOn:
		if r.SignedOn == nil {
			return nil, true
		}
		return ref(r.SignedOn.String()), true
	}
	n := figureAt(r, path)
	if n == nil {
		return nil, false
	}
	if n.Value != nil {
		return ref(string(*n.Value)), true
	}
	if text := res.Provenance[path].Text; strings.TrimSpace(text) != "" {
		return &text, true
	}
	return nil, true
}

func ref(s string) *string { return &s }
