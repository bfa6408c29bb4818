package archivetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

// testNames: nothing that is no digest or key gets near the store.
func testNames(t *testing.T, s Subject) {
	good := digest([]byte("x"))
	for _, bad := range []string{"", "..", good[:63], good + "0", strings.ToUpper(good), "../" + good[3:], good[:62] + "/."} {
		if _, err := s.Store.Open(t.Context(), bad); err == nil || errors.Is(err, intake.ErrNotFound) {
			t.Errorf("Open(%q): %v, want a refusal", bad, err)
		}
	}
	for _, bad := range []string{"", "events", "/etc/passwd", "events/../x", "events//x", "events/.x", "events/年报",
		"events/" + strings.Repeat("x", 241), archive.OriginalsPrefix + "ab/" + good[2:], "events/x\x00", "events/a b", `events\x`} {
		if err := s.Store.Put(t.Context(), bad, []byte("{}")); err == nil {
			t.Errorf("Put(%q) was accepted", bad)
		}
		if _, err := s.Store.Get(t.Context(), bad); err == nil || errors.Is(err, intake.ErrNotFound) {
			t.Errorf("Get(%q): %v, want a refusal", bad, err)
		}
	}
	for _, bad := range []string{"", "/", "events", "../", "events//", "events/../"} {
		n := 0
		for _, err := range s.Store.List(t.Context(), bad) {
			if err == nil {
				t.Errorf("List(%q) was accepted", bad)
			}
			n++
		}
		if n != 1 {
			t.Errorf("List(%q) yields %d times, want one error", bad, n)
		}
	}
}

func testRecords(t *testing.T, s Subject) {
	ctx := t.Context()
	const key = "events/abc/20260102T030405.000006Z-00ff.json"
	first := []byte(`{"event":"received","filename":"年报.pdf"}`)
	for range 2 { // the same again is no error
		if err := s.Store.Put(ctx, key, first); err != nil {
			t.Fatalf("Put: %v", err)
		}
	}
	if err := s.Store.Put(ctx, key, []byte(`{"event":"other"}`)); !errors.Is(err, intake.ErrExists) {
		t.Errorf("Put of other content: %v, want ErrExists", err)
	}
	if got, err := s.Store.Get(ctx, key); err != nil || !bytes.Equal(got, first) {
		t.Errorf("Get = %q, %v; want the first content", got, err)
	}
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() { errs[i] = s.Store.Put(ctx, "results/abc/v1.json.gz", fmt.Appendf(nil, "writer %d", i)) })
	}
	wg.Wait()
	won := -1
	for i, err := range errs {
		switch {
		case err == nil && won < 0:
			won = i
		case err == nil:
			t.Errorf("writers %d and %d both stored other content", won, i)
		case !errors.Is(err, intake.ErrExists):
			t.Errorf("Put: %v, want ErrExists", err)
		}
	}
	if got, err := s.Store.Get(ctx, "results/abc/v1.json.gz"); err != nil || string(got) != fmt.Sprintf("writer %d", won) {
		t.Errorf("Get = %q, %v; want writer %d's", got, err, won)
	}
	assertStagingEmpty(t, s)
}

// testReplace: a damaged record can be told or read, and be replaced.
func testReplace(t *testing.T, s Subject) {
	ctx := t.Context()
	const key = "results/abc/v1.json.gz"
	for i, content := range []string{"first", "second", "third, and longer"} {
		if err := s.Store.Replace(ctx, key, []byte(content)); err != nil {
			t.Fatalf("Replace %d: %v", i, err)
		}
		if got, err := s.Store.Get(ctx, key); err != nil || string(got) != content {
			t.Errorf("Get = %q, %v; want %q", got, err, content)
		}
	}
	const damage = "third, and damaged"
	if err := s.Overwrite(key, []byte(damage)); err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Put(ctx, key, []byte("third, and longer")); !errors.Is(err, intake.ErrExists) {
		t.Errorf("Put on a damaged record: %v, want ErrExists", err)
	}
	if got, err := s.Store.Get(ctx, key); err == nil && string(got) != damage || err != nil && !errors.Is(err, intake.ErrCorrupt) {
		t.Errorf("Get of a damaged record = %q, %v; want it as it is, or ErrCorrupt", got, err)
	}
	if err := s.Store.Replace(ctx, key, []byte("sound")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Store.Get(ctx, key); err != nil || string(got) != "sound" {
		t.Errorf("Get = %q, %v", got, err)
	}
	if err := s.Store.Replace(ctx, archive.OriginalsPrefix+"ab/x", nil); err == nil {
		t.Error("Replace took the key of an original")
	}
	assertStagingEmpty(t, s)
}

func testList(t *testing.T, s Subject) {
	ctx := t.Context()
	var want []string
	for i := range 30 {
		key := fmt.Sprintf("events/%02d/%03d.json", i%3, i)
		if err := s.Store.Put(ctx, key, []byte("{}")); err != nil {
			t.Fatal(err)
		}
		want = append(want, key)
	}
	put(t, s, content(11, 10)) // is no event
	slices.Sort(want)
	list := func(ctx context.Context, prefix string, limit int) (keys []string, err error) {
		for key, err := range s.Store.List(ctx, prefix) {
			if err != nil {
				return keys, err
			}
			if keys = append(keys, key); len(keys) == limit {
				break
			}
		}
		return keys, nil
	}
	if got, err := list(ctx, "events/", 0); err != nil || !slices.Equal(got, want) {
		t.Errorf("List = %v, %v", got, err)
	}
	if got, err := list(ctx, "events/01/", 0); err != nil || !slices.Equal(got, want[10:20]) {
		t.Errorf("List of one report = %v, %v", got, err)
	}
	if got, err := list(ctx, "events/", 5); err != nil || !slices.Equal(got, want[:5]) {
		t.Errorf("List broken off = %v, %v", got, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if got, err := list(cancelled, "events/", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("List when cancelled = %v, %v", got, err)
	}
}
