package custody

import (
	"context"
	"iter"

	"nianbao/convert/intake"
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
	// Check returns nil when the archive answers.
	Check(ctx context.Context) error
}
