package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/report"
)

// Detail is one cell of a sum with what every body says of it.
type Detail struct {
	Form string         `json:"form"`
	Cell aggregate.Cell `json:"cell"`
	// Missing are the bodies that are in no cell of this form.
	Missing int    `json:"missing" doc:"Bodies without a report of this form"`
	Bodies  []Line `json:"bodies" doc:"Every body, in the order of the list; cell names them by their place here"`

	Sum *aggregate.Sum `json:"-"`
}

// Line is what one body says of a cell.
type Line struct {
	aggregate.Body
	// Value is the number as printed or corrected; nil where there is none.
	Value *report.Number `json:"value"`
	Text  string         `json:"text,omitempty" doc:"As printed, where that is no number or a placeholder"`
	Unit  string         `json:"unit,omitempty" doc:"As printed"`
	Marks []string       `json:"marks" enum:"blank,unreadable,absent,grouped,no_unit,conflicting,corrected"`
}

// Cell makes the sum and keeps of each body what it says of one cell. Errors beside those
// of Sum: ErrNoCell.
func (s *Selection) Cell(ctx context.Context, formID, path string) (*Detail, error) {
	if !s.hasCell(formID, path) {
		return nil, fmt.Errorf("collect: form %.20q, cell %.200q: %w", formID, path, ErrNoCell)
	}
	out := &Detail{Form: formID}
	sum, err := s.Sum(ctx, func(c *Contribution) error {
		line := Line{Marks: []string{}}
		if c.Result != nil && c.Body.State == aggregate.Counted && c.Body.Form == formID {
			line.read(c, path)
		}
		out.Bodies = append(out.Bodies, line)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Sum, out.Missing = sum, len(sum.Bodies)
	for i := range out.Bodies {
		out.Bodies[i].Body = sum.Bodies[i]
	}
	a := aggregate.Empty(s.c.Forms, formID, path)
	if f := sum.Form(formID); f != nil {
		out.Missing, a = f.Missing, *f.Cell(path)
	}
	out.Cell = a
	return out, nil
}

func (s *Selection) hasCell(formID, path string) bool {
	return aggregate.Empty(s.c.Forms, formID, path).Path != ""
}

// read reads what a report says of a cell.
func (line *Line) read(c *Contribution, path string) {
	f := aggregate.At(c.Result, path)
	line.Unit = f.Unit
	if f.State == report.StateNumber {
		n := report.Number(f.Printed)
		line.Value = &n
	} else {
		line.Text = strings.TrimSpace(c.Result.Provenance[path].Text)
	}
	for _, n := range c.Notes {
		if n.Path == path && !slices.Contains(line.Marks, string(n.Mark)) {
			line.Marks = append(line.Marks, string(n.Mark))
		}
	}
}
