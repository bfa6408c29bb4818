package api

import (
	"context"
	"fmt"
	"iter"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// scopedBatches are the batches as the context's identity may see them: whose
// scope is restricted sees what it sent itself, the rest is not found.
type scopedBatches struct {
	batches intake.Batching
}

var _ intake.Batching = (*scopedBatches)(nil)

func (s *scopedBatches) see(ctx context.Context, id string) error {
	scope := auth.ScopeOf(ctx)
	if !scope.Restricted {
		return nil
	}
	b, err := s.batches.Batch(ctx, id)
	if err == nil && !scope.Sees(b.Sender, "") {
		err = fmt.Errorf("api: batch %.80q is not in the scope: %w", id, intake.ErrNotFound)
	}
	return err
}

// CreateBatch implements intake.Batching; the batch belongs to the identity.
func (s *scopedBatches) CreateBatch(ctx context.Context, spec intake.BatchSpec) (intake.Batch, bool, error) {
	return s.batches.CreateBatch(ctx, spec)
}

// Receive implements intake.Batching.
func (s *scopedBatches) Receive(ctx context.Context, id string) (*intake.Reception, error) {
	if err := s.see(ctx, id); err != nil {
		return nil, err
	}
	return s.batches.Receive(ctx, id)
}

// FinishBatch implements intake.Batching.
func (s *scopedBatches) FinishBatch(ctx context.Context, id string) (intake.Batch, error) {
	if err := s.see(ctx, id); err != nil {
		return intake.Batch{}, err
	}
	return s.batches.FinishBatch(ctx, id)
}

// Batch implements intake.Batching.
func (s *scopedBatches) Batch(ctx context.Context, id string) (intake.Batch, error) {
	if err := s.see(ctx, id); err != nil {
		return intake.Batch{}, err
	}
	return s.batches.Batch(ctx, id)
}

// Batches implements intake.Batching.
func (s *scopedBatches) Batches(ctx context.Context, f intake.BatchFilter) (intake.BatchPage, error) {
	if scope := auth.ScopeOf(ctx); scope.Restricted {
		if scope.Sender == "" { // what was sent when the service was open has this sender
			return intake.BatchPage{Items: []intake.Batch{}}, nil
		}
		f.Sender = &scope.Sender
	}
	return s.batches.Batches(ctx, f)
}

// BatchFiles implements intake.Batching.
func (s *scopedBatches) BatchFiles(ctx context.Context, id string, after int64, limit int) ([]intake.BatchFile, error) {
	if err := s.see(ctx, id); err != nil {
		return nil, err
	}
	return s.batches.BatchFiles(ctx, id, after, limit)
}

// CancelBatch implements intake.Batching.
func (s *scopedBatches) CancelBatch(ctx context.Context, id string, running bool) (intake.Batch, error) {
	if err := s.see(ctx, id); err != nil {
		return intake.Batch{}, err
	}
	return s.batches.CancelBatch(ctx, id, running)
}

// RetryBatch implements intake.Batching.
func (s *scopedBatches) RetryBatch(ctx context.Context, id string) (intake.Batch, int, error) {
	if err := s.see(ctx, id); err != nil {
		return intake.Batch{}, 0, err
	}
	return s.batches.RetryBatch(ctx, id)
}

// FollowBatch implements intake.Batching.
func (s *scopedBatches) FollowBatch(ctx context.Context, id string, after int64) iter.Seq2[intake.Change, error] {
	if err := s.see(ctx, id); err != nil {
		return failed[intake.Change](err)
	}
	return s.batches.FollowBatch(ctx, id, after)
}

// Results implements intake.Batching.
func (s *scopedBatches) Results(ctx context.Context, id string, after int64) iter.Seq2[intake.BatchResult, error] {
	if err := s.see(ctx, id); err != nil {
		return failed[intake.BatchResult](err)
	}
	return s.batches.Results(ctx, id, after)
}

// failed is a sequence of one error.
func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}
