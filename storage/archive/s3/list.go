package s3

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/minio/minio-go/v7"

	"nianbao/convert/custody"
	"nianbao/storage/archive"
)

// Objects implements custody.Archive. A listing tells no checksums: Stat does.
func (a *Archive) Objects(ctx context.Context, prefix string) iter.Seq2[custody.Object, error] {
	return func(yield func(custody.Object, error) bool) {
		if err := archive.CheckPrefix(prefix); err != nil {
			yield(custody.Object{}, err)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel() // ends the listing when the caller breaks off
		opts := minio.ListObjectsOptions{Prefix: a.prefix + prefix, Recursive: true}
		for info := range a.core.ListObjectsIter(ctx, a.bucket, opts) {
			if info.Err != nil {
				yield(custody.Object{}, fmt.Errorf("s3: listing %s: %w", prefix, info.Err))
				return
			}
			if !yield(archive.ObjectOf(strings.TrimPrefix(info.Key, a.prefix), info.Size), nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(custody.Object{}, fmt.Errorf("s3: listing %s: %w", prefix, err))
		}
	}
}

// Stat implements custody.Archive.
func (a *Archive) Stat(ctx context.Context, key string) (custody.Object, error) {
	if err := archive.CheckKey(key); err != nil {
		return custody.Object{}, err
	}
	info, err := a.stat(ctx, key)
	if err != nil {
		return custody.Object{}, err
	}
	o := archive.ObjectOf(key, info.Size)
	o.Stored = digestOf(info)
	return o, nil
}

// List implements intake.Records.
func (a *Archive) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return archive.Keys(a.Objects(ctx, prefix))
}

// Digests yields the digests of all originals, in ascending order. An object
// that has no digest for its name is an error: nothing else belongs there.
func (a *Archive) Digests(ctx context.Context) iter.Seq2[string, error] {
	return archive.Digests(a.List(ctx, archive.OriginalsPrefix))
}
