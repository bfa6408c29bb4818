package s3_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"nianbao/storage/archive"
	"nianbao/storage/archive/archivetest"
	"nianbao/storage/archive/s3"
	"nianbao/storage/archive/s3/s3test"
)

// TestLockedArchive: all that holds of an archive holds where every object is
// locked and kept by version, replacing damaged bytes included.
func TestLockedArchive(t *testing.T) {
	gateway := s3test.Start(t)
	n := 0
	archivetest.Run(t, func(t *testing.T) archivetest.Subject {
		n++
		cfg := gateway.LockedBucket(t, fmt.Sprintf("locked-%d", n))
		cfg.RetentionDays = 30
		return archivetest.Subject{
			Store:   open(t, cfg),
			Staging: cfg.Staging,
			Overwrite: func(key string, content []byte) error {
				return os.WriteFile(gateway.File(cfg, key), content, 0o600)
			},
		}
	})
}

// TestRetention: what is the record is locked for the days asked for, what can be
// made again is not.
func TestRetention(t *testing.T) {
	cfg := s3test.Start(t).LockedBucket(t, "retention")
	cfg.RetentionDays = 10
	var w wire
	cfg.Endpoint = w.listen(t, cfg.Endpoint)
	a := open(t, cfg)
	if err := a.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	put(t, a, "a report")
	for _, key := range []string{"events/abc/n1.json", "results/abc/v1.json.gz"} {
		if err := a.Put(t.Context(), key, []byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.puts) != 3 {
		t.Fatalf("%d PUT requests, want 3", len(w.puts))
	}
	for i, h := range w.puts[:2] {
		assertLocked(t, h, before.AddDate(0, 0, 10), time.Now().AddDate(0, 0, 10))
		if t.Failed() {
			t.Fatalf("PUT %d", i)
		}
	}
	if mode := w.puts[2].Get("X-Amz-Object-Lock-Mode"); mode != "" {
		t.Errorf("the result is locked: %s", mode)
	}
}

func assertLocked(t *testing.T, h http.Header, from, to time.Time) {
	t.Helper()
	until, err := time.Parse(time.RFC3339, h.Get("X-Amz-Object-Lock-Retain-Until-Date"))
	if mode := h.Get("X-Amz-Object-Lock-Mode"); err != nil || mode != "GOVERNANCE" {
		t.Errorf("mode %q, %v", mode, err)
	}
	if until.Before(from.Truncate(time.Second)) || until.After(to) {
		t.Errorf("locked until %v, want %v–%v", until, from, to)
	}
}

// TestReplacedUnderLock: the store damaged a locked original; the right bytes come
// to stand before the damaged version.
func TestReplacedUnderLock(t *testing.T) {
	gateway := s3test.Start(t)
	cfg := gateway.LockedBucket(t, "damage")
	cfg.RetentionDays = 1
	a := open(t, cfg)
	content := bytes.Repeat([]byte("report"), 100)
	put(t, a, string(content))
	digest := archive.Digest(content)
	key, err := archive.OriginalKey(digest)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(gateway.File(cfg, key), content[:10], 0o600); err != nil {
		t.Fatal(err)
	}
	if put(t, a, string(content)) {
		t.Error("replaced, but called created")
	}
	o, err := a.Open(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	if got, err := io.ReadAll(o); err != nil || !bytes.Equal(got, content) {
		t.Errorf("reads %d bytes, %v", len(got), err)
	}
}

func TestDescribe(t *testing.T) {
	gateway := s3test.Start(t)
	plain, locked := gateway.Bucket(t, "plain"), gateway.LockedBucket(t, "locked")
	for _, c := range []struct {
		cfg  s3.Config
		days int
		want s3.Protection
		bad  bool
	}{
		{cfg: plain, want: s3.Protection{}},
		{cfg: plain, days: 5, want: s3.Protection{RetentionDays: 5}, bad: true},
		{cfg: locked, want: s3.Protection{Versioning: true, Lock: true}},
		{cfg: locked, days: 5, want: s3.Protection{Versioning: true, Lock: true, RetentionDays: 5}},
	} {
		c.cfg.RetentionDays = c.days
		a := open(t, c.cfg)
		if got, err := a.Describe(t.Context()); err != nil || got != c.want {
			t.Errorf("%s, %d days: Describe = %+v, %v; want %+v", c.cfg.Bucket, c.days, got, err, c.want)
		}
		err := a.Check(t.Context())
		if errors.Is(err, s3.ErrNoLock) != c.bad || !c.bad && err != nil {
			t.Errorf("%s, %d days: Check: %v", c.cfg.Bucket, c.days, err)
		}
		if c.bad && !strings.Contains(err.Error(), "plain") {
			t.Errorf("Check does not name the bucket: %v", err)
		}
	}
	// Nothing is kept without the lock that was asked for.
	plain.RetentionDays = 5
	if err := open(t, plain).Put(t.Context(), "events/abc/n1.json", []byte("{}")); err == nil {
		t.Error("an event was put without its lock")
	}
	for _, days := range []int{-1, 36501} {
		locked.RetentionDays = days
		if _, err := s3.Open(locked); err == nil || !strings.Contains(err.Error(), "RetentionDays") {
			t.Errorf("%d days: %v", days, err)
		}
	}
}
