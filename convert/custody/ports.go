package custody

import (
	"context"
	"iter"

	"nianbao/convert/intake"
)

// The keys of the archive, which package storage/archive documents.
const (
	originalsPrefix     = "originals/"
	eventsPrefix        = "events/"
	resultsPrefix       = "results/"
	batchesPrefix       = "batches/"
	verificationsPrefix = "verifications/"
)

// Object is an object of the archive as a listing tells it.
type Object struct {
	Key  string
	Size int64 // bytes
	// Digest is the SHA-256 that the key of an original names, in lower-case hex.
	// It is empty for records, and for what stands among the originals and is
	// none.
	Digest string
	// Stored is the SHA-256 that the store itself keeps of the content. It is
	// empty where it keeps none, and in listings, which do not tell it.
	Stored string
}

// Archive is what a verification reads. It is safe for concurrent use.
type Archive interface {
	// Objects yields the objects whose keys begin with prefix, which ends in "/",
	// in ascending order of keys (bytes).
	Objects(ctx context.Context, prefix string) iter.Seq2[Object, error]
	// Stat tells one object. Errors: intake.ErrNotFound.
	Stat(ctx context.Context, key string) (Object, error)
	// Open opens an original. Reading it to the end verifies it. Errors:
	// intake.ErrNotFound; while reading, *intake.CorruptError.
	Open(ctx context.Context, sha256 string) (intake.Object, error)
	// Get returns a record. Errors: intake.ErrNotFound; intake.ErrCorrupt where
	// the store itself can tell.
	Get(ctx context.Context, key string) ([]byte, error)
	// Check returns nil when the archive answers.
	Check(ctx context.Context) error
}

// Row is what the catalog says of a report's original.
type Row struct {
	ID     string
	SHA256 string
	Size   int64 // bytes
	State  intake.State
}

// Catalog is the catalog as a verification reads it.
type Catalog interface {
	// Holdings returns at most limit rows whose SHA-256 is greater than after, in
	// ascending order of SHA-256.
	Holdings(ctx context.Context, after string, limit int) ([]Row, error)
	// Holding returns the row of a report. Errors: intake.ErrNotFound.
	Holding(ctx context.Context, id string) (Row, error)
}

// Records is where verifications are kept.
type Records interface {
	Put(ctx context.Context, key string, content []byte) error
	Get(ctx context.Context, key string) ([]byte, error)
	List(ctx context.Context, prefix string) iter.Seq2[string, error]
}
