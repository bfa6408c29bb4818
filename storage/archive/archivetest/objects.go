package archivetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

// objects lists at most limit objects; 0 is all.
func objects(ctx context.Context, s Subject, prefix string, limit int) (all []custody.Object, err error) {
	for o, err := range s.Store.Objects(ctx, prefix) {
		if err != nil {
			return all, err
		}
		if all = append(all, o); len(all) == limit {
			break
		}
	}
	return all, nil
}

func byKey(a, b custody.Object) int { return strings.Compare(a.Key, b.Key) }

// testObjects: sizes are told, originals have their digest, and the order is that
// of the keys' bytes, where "/" comes after "-" and ".".
func testObjects(t *testing.T, s Subject) {
	ctx := t.Context()
	var want []custody.Object
	for i := range 12 {
		b := content(uint64(100+i), 10*i)
		put(t, s, b)
		key, err := archive.OriginalKey(digest(b))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, custody.Object{Key: key, Size: int64(len(b)), Digest: digest(b)})
	}
	slices.SortFunc(want, byKey)
	if got, err := objects(ctx, s, archive.OriginalsPrefix, 0); err != nil || !slices.Equal(got, want) {
		t.Errorf("originals: %v, %v; want %v", got, err, want)
	}
	if got, err := objects(ctx, s, archive.OriginalsPrefix, 3); err != nil || !slices.Equal(got, want[:3]) {
		t.Errorf("three originals: %v, %v", got, err)
	}
	var records []custody.Object
	for i, key := range []string{"events/ab/1.json", "events/ab-c/1.json", "events/ab.json", "events/ab/0/1.json", "events/abc/1.json"} {
		if err := s.Store.Put(ctx, key, []byte(strings.Repeat("x", i))); err != nil {
			t.Fatal(err)
		}
		records = append(records, custody.Object{Key: key, Size: int64(i)})
	}
	slices.SortFunc(records, byKey)
	if got, err := objects(ctx, s, "events/", 0); err != nil || !slices.Equal(got, records) {
		t.Errorf("records: %v, %v; want %v", got, err, records)
	}
	if got, err := objects(ctx, s, "results/", 0); err != nil || len(got) != 0 {
		t.Errorf("objects of nothing: %v, %v", got, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if got, err := objects(cancelled, s, "events/", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("when cancelled: %v, %v", got, err)
	}
}

func testStat(t *testing.T, s Subject) {
	ctx := t.Context()
	b := content(50, 777)
	put(t, s, b)
	key, err := archive.OriginalKey(digest(b))
	if err != nil {
		t.Fatal(err)
	}
	const record = "events/abc/1.json"
	if err := s.Store.Put(ctx, record, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []custody.Object{{Key: key, Size: 777, Digest: digest(b), Stored: digest(b)}, {Key: record, Size: 2, Stored: digest([]byte("{}"))}} {
		got, err := s.Store.Stat(ctx, want.Key)
		if got.Stored == "" { // the store keeps none
			want.Stored = ""
		}
		if err != nil || got != want {
			t.Errorf("Stat = %+v, %v; want %+v", got, err, want)
		}
	}
	other, err := archive.OriginalKey(digest([]byte("never put")))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{other, "events/none/none.json"} {
		if _, err := s.Store.Stat(ctx, key); !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("Stat(%s): %v, want ErrNotFound", key, err)
		}
	}
	for _, bad := range []string{"", "../x/y", "events", archive.OriginalsPrefix + "ab/x", fmt.Sprintf("events/%c/x", 0)} {
		if _, err := s.Store.Stat(ctx, bad); err == nil || errors.Is(err, intake.ErrNotFound) {
			t.Errorf("Stat(%q): %v, want a refusal", bad, err)
		}
	}
}
