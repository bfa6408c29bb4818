package archive

import (
	"fmt"
	"iter"

	"nianbao/convert/custody"
)

// ObjectOf is an object as a listing tells it.
func ObjectOf(key string, size int64) custody.Object {
	o := custody.Object{Key: key, Size: size}
	o.Digest, _ = DigestOfKey(key)
	return o
}

// Keys are the keys of objects.
func Keys(objects iter.Seq2[custody.Object, error]) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for o, err := range objects {
			if !yield(o.Key, err) {
				return
			}
		}
	}
}

// Digests turns keys of originals into their digests. A key that names no digest
// is an error: nothing else belongs there.
func Digests(keys iter.Seq2[string, error]) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for key, err := range keys {
			digest := ""
			if err == nil {
				var ok bool
				if digest, ok = DigestOfKey(key); !ok {
					err = fmt.Errorf("archive: %q among the originals", key)
				}
			}
			if !yield(digest, err) {
				return
			}
		}
	}
}
