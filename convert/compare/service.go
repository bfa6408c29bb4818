package compare

import (
	"context"
	"errors"

	"nianbao/convert/bodies"
	"nianbao/convert/figures"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// Reports lists reports; intake.Reports is one.
type Reports interface {
	List(ctx context.Context, f intake.Filter) (intake.Page, error)
}

// Figures reads what reports say; intake.Comparing is one.
type Figures interface {
	Figures(ctx context.Context, ids []string) (map[string]figures.Set, error)
	Over(ctx context.Context, ids []string) (map[string][]report.Finding, error)
}

// Overviews gives the bodies of a year; *overview.Service is one.
type Overviews interface {
	Overview(ctx context.Context, q overview.Query) (*overview.Year, error)
}

// Bodies is the list of bodies; *bodies.Service is one.
type Bodies interface {
	List(ctx context.Context) (*bodies.List, error)
}

// Service compares. It is safe for concurrent use.
type Service struct {
	Reports   Reports
	Figures   Figures
	Overviews Overviews
	Bodies    Bodies // nil: there is no list
}

// ErrNone says that there is no report of the agency.
var ErrNone = errors.New("compare: no report of this agency")
