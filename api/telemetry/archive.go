package telemetry

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"

	"nianbao/convert/intake"
)

// Keeper keeps originals and records.
type Keeper interface {
	intake.Archive
	intake.Records
}

// Archive is next with its failures counted by operation. What is asked for and
// not there, what was there already and what the caller broke off are none.
func (t *Telemetry) Archive(next Keeper) Keeper { return &watchedArchive{next, t} }

type watchedArchive struct {
	Keeper
	t *Telemetry
}

func (a *watchedArchive) count(operation string, err error) {
	switch {
	case err == nil, errors.Is(err, intake.ErrNotFound), errors.Is(err, intake.ErrExists),
		errors.Is(err, context.Canceled), errors.Is(err, io.EOF):
	default:
		a.t.metrics.archive.WithLabelValues(operation).Inc()
	}
}

// Stage implements intake.Archive.
func (a *watchedArchive) Stage(ctx context.Context) (intake.Staged, error) {
	s, err := a.Keeper.Stage(ctx)
	a.count("stage", err)
	if err != nil {
		return nil, err
	}
	return watchedStaged{s, a}, nil
}

// Open implements intake.Archive.
func (a *watchedArchive) Open(ctx context.Context, sha256 string) (intake.Object, error) {
	o, err := a.Keeper.Open(ctx, sha256)
	a.count("open", err)
	if err != nil {
		return nil, err
	}
	watched := watchedObject{o, a}
	if local, ok := o.(intake.Local); ok {
		return watchedLocal{watched, local}, nil
	}
	return watched, nil
}

// Check implements intake.Archive.
func (a *watchedArchive) Check(ctx context.Context) error {
	err := a.Keeper.Check(ctx)
	a.count("check", err)
	return err
}

// Put implements intake.Records.
func (a *watchedArchive) Put(ctx context.Context, key string, content []byte) error {
	err := a.Keeper.Put(ctx, key, content)
	a.count("put", err)
	return err
}

// Replace implements intake.Records.
func (a *watchedArchive) Replace(ctx context.Context, key string, content []byte) error {
	err := a.Keeper.Replace(ctx, key, content)
	a.count("replace", err)
	return err
}

// Get implements intake.Records.
func (a *watchedArchive) Get(ctx context.Context, key string) ([]byte, error) {
	b, err := a.Keeper.Get(ctx, key)
	a.count("get", err)
	return b, err
}

// List implements intake.Records.
func (a *watchedArchive) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for key, err := range a.Keeper.List(ctx, prefix) {
			a.count("list", err)
			if !yield(key, err) {
				return
			}
		}
	}
}

// watchedStaged counts failed writes of the spool and failed commits.
type watchedStaged struct {
	intake.Staged
	a *watchedArchive
}

// Write implements io.Writer.
func (s watchedStaged) Write(p []byte) (int, error) {
	n, err := s.Staged.Write(p)
	s.a.count("stage", err)
	return n, err
}

// Open implements intake.Staged.
func (s watchedStaged) Open() (*os.File, error) {
	f, err := s.Staged.Open()
	s.a.count("stage", err)
	return f, err
}

// Commit implements intake.Staged.
func (s watchedStaged) Commit(ctx context.Context) (bool, error) {
	created, err := s.Staged.Commit(ctx)
	s.a.count("commit", err)
	return created, err
}

// watchedObject counts failures while an original is read, damage among them.
type watchedObject struct {
	intake.Object
	a *watchedArchive
}

// Read implements io.Reader.
func (o watchedObject) Read(p []byte) (int, error) {
	n, err := o.Object.Read(p)
	o.a.count("read", err)
	return n, err
}

// watchedLocal counts failures of reading a local file as those of reading.
type watchedLocal struct {
	watchedObject
	local intake.Local
}

// File implements intake.Local.
func (o watchedLocal) File() (*os.File, error) {
	f, err := o.local.File()
	o.a.count("read", err)
	return f, err
}
