package export

import (
	"context"
	"errors"
	"iter"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Reports gives lists and results; intake.Reports is more. Errors: intake.ErrNotFound,
// intake.ErrNotReady, intake.ErrBadFilter, *extract.Error.
type Reports interface {
	List(ctx context.Context, f intake.Filter) (intake.Page, error)
	Summary(ctx context.Context, id string) (intake.Summary, error)
	Result(ctx context.Context, id string, withDocument bool) (*report.Result, error)
}

// Reviews gives what people say of reports; intake.Reviewing is more.
type Reviews interface {
	Review(ctx context.Context, id string, scope intake.Scope) (*report.Review, error)
}

// Archived is the reports of the service as entries.
type Archived struct {
	Reports Reports
	Reviews Reviews // nil: nobody says anything
	Scope   intake.Scope
}

// pageSize is how many summaries are held at a time.
const pageSize = 200

// All is all reports that the filter selects, the newest first; its cursor and limit
// are not looked at. A report that is deleted meanwhile is left out; one that comes in
// meanwhile is not among them.
func (a *Archived) All(ctx context.Context, f intake.Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		f.Cursor, f.Limit, f.Scope = "", pageSize, a.Scope
		for {
			page, err := a.Reports.List(ctx, f)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for i := range page.Items {
				e, err := a.entry(ctx, &page.Items[i])
				switch {
				case errors.Is(err, intake.ErrNotFound):
					continue
				case errors.Is(err, intake.ErrNotReady): // converted anew since the page was read
					e, err = unfinished(&page.Items[i]), nil
				}
				if !yield(e, err) || err != nil {
					return
				}
			}
			if f.Cursor = page.Next; f.Cursor == "" {
				return
			}
		}
	}
}

// Get is one report, with a result or not at all.
func (a *Archived) Get(ctx context.Context, id string) (Entry, error) {
	sum, err := a.Reports.Summary(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	sum.State = intake.StateDone // Result says what else it is
	return a.entry(ctx, &sum)
}

func (a *Archived) entry(ctx context.Context, sum *intake.Summary) (Entry, error) {
	if sum.State != intake.StateDone {
		return unfinished(sum), nil
	}
	res, err := a.Reports.Result(ctx, sum.ID, false)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Result: res, ID: sum.ID, ReceivedAt: sum.ReceivedAt, Review: sum.Review.State}
	if a.Reviews == nil || sum.Review.Version == 0 {
		return e, nil
	}
	own := *res // others may hold what is stored
	if own.Review, err = a.Reviews.Review(ctx, sum.ID, a.Scope); err != nil {
		return Entry{}, err
	}
	own.Review.History, own.Review.Editions = nil, nil
	e.Result = &own
	return e, nil
}

// unfinished is a report without a result.
func unfinished(sum *intake.Summary) Entry {
	f := &report.Failure{Source: report.Source{Filename: sum.Filename, MediaType: sum.MediaType, SHA256: sum.SHA256, SizeBytes: sum.SizeBytes}}
	switch {
	case sum.Problem != nil:
		f.Error = *sum.Problem
	case sum.State == intake.StateCancelled:
		f.Error = report.Problem{Code: "cancelled", Title: "已取消", Detail: "转换前已取消，原件保留。"}
	default:
		f.Error = report.Problem{Code: "not_ready", Title: "尚未转换", Detail: "还在排队或处理中，稍后再导出。"}
	}
	return Entry{Failure: f, ID: sum.ID, ReceivedAt: sum.ReceivedAt, Review: sum.Review.State}
}
