package main

import (
	"context"
	"errors"
	"testing"
	"time"
)

// What fails at the start for a store that is away is tried again until it is done,
// or nobody wants it any more.
func TestUntilDone(t *testing.T) {
	times := 0
	untilDone(t.Context(), time.Millisecond, func(context.Context) error {
		times++
		if times < 3 {
			return errors.New("away")
		}
		return nil
	})
	if times != 3 {
		t.Errorf("tried %d times", times)
	}
	ctx, cancel := context.WithCancel(t.Context())
	untilDone(ctx, time.Hour, func(context.Context) error {
		cancel()
		return errors.New("away")
	})
}
