package custody_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"golang.org/x/sync/errgroup"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
	"nianbao/storage/archive/s3"
	"nianbao/storage/archive/s3/s3test"
)

// TestOnS3: what is planted behind the back of a real gateway is found, whether
// the bucket keeps versions or not.
func TestOnS3(t *testing.T) {
	n := 300
	if testing.Short() {
		n = 60
	}
	gateway := s3test.Start(t)
	locked := gateway.LockedBucket(t, "locked")
	locked.RetentionDays = 1
	for name, cfg := range map[string]s3.Config{"plain": gateway.Bucket(t, "plain"), "locked": locked} {
		t.Run(name, func(t *testing.T) { verifyS3(t, gateway, cfg, n) })
	}
}

func verifyS3(t *testing.T, gateway *s3test.Gateway, cfg s3.Config, n int) {
	a, err := s3.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	var work errgroup.Group
	work.SetLimit(8)
	for i := range n {
		work.Go(func() error { return keepS3(t.Context(), a, i) })
	}
	if err := work.Wait(); err != nil {
		t.Fatal(err)
	}
	verify := func() *custody.Report {
		t.Helper()
		r, err := custody.Verify(t.Context(), custody.Options{Archive: a, Wait: func(context.Context) error { return nil }})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := verify()
	assertFound(t, r)
	if r.Hashed != int64(n) || r.Events != int64(n) {
		t.Errorf("%+v", r)
	}
	file := func(key string) string { return gateway.File(cfg, key) }
	digest := func(i int) string { return archive.Digest(original(i)) }
	flipped := original(1)
	flipped[5] ^= 4
	extra := []byte("nobody's")
	st, err := a.Stage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Discard() }()
	if _, err := st.Write(extra); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.WriteFile(file(originalKey(digest(1))), flipped, 0o600),
		os.Truncate(file(originalKey(digest(2))), 11),
		os.Remove(file(originalKey(digest(3)))),
		os.WriteFile(file(eventKey(digest(4))), []byte(`{"event"`), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	r = verify()
	assertFound(t, r,
		told{custody.Damaged, digest(1), originalKey(digest(1))},
		told{custody.Truncated, digest(2), originalKey(digest(2))},
		told{custody.Missing, digest(3), originalKey(digest(3))},
		told{custody.RecordDamaged, digest(4), eventKey(digest(4))},
		told{custody.Orphan, archive.Digest(extra), originalKey(archive.Digest(extra))})
	for _, f := range r.Findings {
		if f.Kind == custody.Damaged && f.Stored != f.Expected {
			t.Errorf("the store keeps digest %q of what it damaged, want %q", f.Stored, f.Expected)
		}
	}
}

func keepS3(ctx context.Context, a *s3.Archive, n int) error {
	st, err := a.Stage(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Discard() }()
	if _, err := io.Copy(st, bytes.NewReader(original(n))); err != nil {
		return err
	}
	if created, err := st.Commit(ctx); err != nil || !created {
		return fmt.Errorf("created %v, %w", created, err)
	}
	digest, _ := st.Digest()
	if intake.IDOf(digest) == "" {
		return fmt.Errorf("no digest: %q", digest)
	}
	return a.Put(ctx, eventKey(digest), receivedEvent(n, digest))
}
