package intake

import (
	"context"
	"io"
	"iter"
	"os"

	"nianbao/convert/report"
	"nianbao/extract"
)

// Archive keeps originals under the SHA-256 of their bytes. It is safe for
// concurrent use. Digests are 64 lower-case hex digits.
type Archive interface {
	// Stage begins an upload.
	Stage(ctx context.Context) (Staged, error)
	// Open opens an original. Errors: ErrNotFound; while reading, ErrCorrupt.
	Open(ctx context.Context, sha256 string) (Object, error)
	// Check returns nil when originals can be written and read.
	Check(ctx context.Context) error
}

// Staged is an upload on its way into the archive: a temporary file that is
// hashed while it is written, so that the bytes pass once and are never held in
// memory. It belongs to one goroutine; Discard must be called in the end.
type Staged interface {
	io.Writer
	// Open gives a new read-only handle on the bytes written so far, before and
	// after Commit, until Discard. The caller closes it.
	Open() (*os.File, error)
	// Digest returns SHA-256 and size of the bytes written so far.
	Digest() (sha256 string, size int64)
	// Commit makes the bytes durable under their digest. When it returns nil they
	// survive a crash. created is false where the original was there already;
	// it is then checked and, where it was damaged, replaced.
	Commit(ctx context.Context) (created bool, err error)
	// Discard releases the temporary file; it does not undo Commit.
	Discard() error
}

// Object is an archived original. Reading it to the end verifies it: a mismatch
// is ErrCorrupt instead of io.EOF. Reading from the middle verifies the whole
// object first.
type Object interface {
	io.ReadSeekCloser
	Size() int64
}

// Records keeps small objects by key (see storage/archive for the form of
// keys). They never change, but for derived ones that were found damaged. It is
// safe for concurrent use.
type Records interface {
	// Put stores durably. The same content again is no error; other content is
	// ErrExists and leaves the first.
	Put(ctx context.Context, key string, content []byte) error
	// Replace puts content in the place of what there is, durably and at once. It
	// is for results that the store damaged, never for events.
	Replace(ctx context.Context, key string, content []byte) error
	// Get returns the content. Errors: ErrNotFound; ErrCorrupt where the store
	// itself can tell.
	Get(ctx context.Context, key string) ([]byte, error)
	// List yields the keys that begin with prefix, which ends in "/", in
	// ascending order.
	List(ctx context.Context, prefix string) iter.Seq2[string, error]
}

// Row is what the catalog keeps of a report.
type Row struct {
	Summary
	// Versions are those of the stored result or of the failure; zero before.
	Versions report.Versions
	// Hits counts the findings by rule and severity.
	Hits []Hit
}

// Hit is how many findings of one severity a rule has in a report.
type Hit struct {
	Rule     string
	Severity report.Severity
	Count    int
}

// Rows is the catalog as the use case writes it. Times have microseconds.
type Rows interface {
	// Insert adds a report. created is false, and nothing changes, where the id
	// is there already.
	Insert(ctx context.Context, row Row) (created bool, err error)
	// Update replaces the report of row.ID. Errors: ErrNotFound.
	Update(ctx context.Context, row Row) error
	// Get returns the report, Hits included. Errors: ErrNotFound.
	Get(ctx context.Context, id string) (Row, error)
	// Delete removes the report. Errors: ErrNotFound.
	Delete(ctx context.Context, id string) error
}

// Lists is the catalog as lists read it.
type Lists interface {
	// List returns a page, newest first. Errors: ErrBadFilter.
	List(ctx context.Context, f Filter) (Page, error)
	// Unfinished returns the ids of reports that are neither done nor failed,
	// in ascending order, at most limit of them, all greater than after.
	Unfinished(ctx context.Context, after string, limit int) ([]string, error)
	// Ping returns nil when the catalog answers.
	Ping(ctx context.Context) error
}

// Catalog is the index of reports. Everything in it can be rebuilt from the
// records of the archive.
type Catalog interface {
	Rows
	Lists
}

// Extractor reads an untrusted file, away from this process. Errors:
// *extract.Error for the file's faults, any other error for ours.
type Extractor interface {
	Extract(ctx context.Context, f *os.File) (*extract.Extraction, error)
}
