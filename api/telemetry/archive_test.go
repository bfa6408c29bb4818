package telemetry_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/api/telemetry"
	"nianbao/convert/intake"
	"nianbao/storage/archive/archivetest"
	"nianbao/storage/archive/dir"
)

// The archive that is watched is still an archive.
func TestWatchedArchiveConforms(t *testing.T) {
	archivetest.Run(t, func(t *testing.T) archivetest.Subject {
		root := filepath.Join(t.TempDir(), "archive")
		whole, err := dir.Open(root)
		if err != nil {
			t.Fatal(err)
		}
		return archivetest.Subject{
			Store:   watchedStore{newTelemetry(t, telemetry.Config{}).Archive(whole), rest{whole}},
			Staging: filepath.Join(root, "staging"),
			Overwrite: func(key string, content []byte) error {
				return os.WriteFile(filepath.Join(root, filepath.FromSlash(key)), content, 0o600)
			},
		}
	})
}

// watchedStore adds what the suite asks beside the contract: embedded deeper, it
// gives way to what is watched.
type watchedStore struct {
	telemetry.Keeper
	rest
}

type rest struct{ *dir.Archive }

// broken is an archive whose every operation fails with err.
type broken struct {
	telemetry.Keeper
	err error
}

func (b broken) Check(context.Context) error                         { return b.err }
func (b broken) Put(context.Context, string, []byte) error           { return b.err }
func (b broken) Get(context.Context, string) ([]byte, error)         { return nil, b.err }
func (b broken) Stage(context.Context) (intake.Staged, error)        { return nil, b.err }
func (b broken) Open(context.Context, string) (intake.Object, error) { return nil, b.err }
func (b broken) Replace(context.Context, string, []byte) error       { return b.err }

func TestArchiveErrorsAreCountedByOperation(t *testing.T) {
	whole, err := dir.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("disk on fire"), 1},
		{fmt.Errorf("s3: %w", intake.ErrNotFound), 0},
		{fmt.Errorf("s3: %w", intake.ErrExists), 0},
		{context.Canceled, 0},
		{context.DeadlineExceeded, 1}, // the archive is slow
		{intake.ErrCorrupt, 1},
		{io.ErrUnexpectedEOF, 1},
	} {
		w := newTelemetry(t, telemetry.Config{})
		a := w.Archive(broken{whole, c.err})
		_ = a.Check(t.Context())
		_ = a.Put(t.Context(), "k", nil)
		_ = a.Replace(t.Context(), "k", nil)
		_, _ = a.Get(t.Context(), "k")
		_, _ = a.Stage(t.Context())
		_, _ = a.Open(t.Context(), strings.Repeat("0", 64))
		text := scrape(t, w)
		for _, op := range []string{"check", "put", "replace", "get", "stage", "open"} {
			wantLines(t, text, fmt.Sprintf("nianbao_archive_errors_total{operation=%q} %d", op, c.want))
		}
	}
}
