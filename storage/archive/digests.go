package archive

import (
	"fmt"
	"iter"
)

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
