package dir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

const (
	// window bounds how many names of one directory are held in memory. A
	// directory with more, as events/ becomes with the years, is read again for
	// each further window.
	window = 1 << 16
	// readAtOnce is how many names are asked for at a time.
	readAtOnce = 1 << 10
)

// entry is a name in a directory. That of a directory ends in "/", so that
// names sort as keys do.
type entry struct {
	name string
	size int64
}

// Objects implements custody.Archive. What is added while it runs may be left
// out.
func (a *Archive) Objects(ctx context.Context, prefix string) iter.Seq2[custody.Object, error] {
	return func(yield func(custody.Object, error) bool) {
		err := archive.CheckPrefix(prefix)
		if err == nil {
			_, err = a.walk(ctx, prefix, func(o custody.Object) bool { return yield(o, nil) })
		}
		if err != nil {
			yield(custody.Object{}, fmt.Errorf("archive: listing %s: %w", prefix, err))
		}
	}
}

// walk calls f for the files below the prefix, in order of their keys; more is
// false when f wanted no more of them.
func (a *Archive) walk(ctx context.Context, prefix string, f func(custody.Object) bool) (more bool, err error) {
	after := ""
	for {
		entries, all, err := names(ctx, a.path(prefix), after, window)
		if err != nil {
			return false, err
		}
		for _, e := range entries {
			key := prefix + e.name
			if strings.HasSuffix(e.name, "/") {
				more, err = a.walk(ctx, key, f)
			} else {
				more, err = f(archive.ObjectOf(key, e.size)), nil
			}
			if !more || err != nil {
				return false, err
			}
		}
		if all {
			return true, nil
		}
		after = entries[len(entries)-1].name
	}
}

// names returns the first most entries of a directory that are greater than
// after, in order; all tells that there are no more. A directory that is not
// there has none.
func names(ctx context.Context, dir, after string, most int) (entries []entry, all bool, err error) {
	d, err := os.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	all = true
	for {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		found, err := d.ReadDir(readAtOnce)
		for _, e := range found {
			entry, err := entryOf(e)
			if err != nil && !errors.Is(err, fs.ErrNotExist) { // gone meanwhile
				return nil, false, err
			}
			if err == nil && entry.name > after {
				entries = append(entries, entry)
			}
		}
		atEnd := errors.Is(err, io.EOF)
		if err != nil && !atEnd {
			return nil, false, err
		}
		if len(entries) >= 2*most || atEnd {
			slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
			if len(entries) > most {
				entries, all = entries[:most], false
			}
		}
		if atEnd {
			return entries, all, nil
		}
	}
}

func entryOf(e fs.DirEntry) (entry, error) {
	if e.IsDir() {
		return entry{name: e.Name() + "/"}, nil
	}
	info, err := e.Info()
	if err != nil {
		return entry{}, err
	}
	return entry{e.Name(), info.Size()}, nil
}

// Stat implements custody.Archive. A directory keeps no digests.
func (a *Archive) Stat(ctx context.Context, key string) (custody.Object, error) {
	if err := errors.Join(archive.CheckKey(key), ctx.Err()); err != nil {
		return custody.Object{}, fmt.Errorf("archive: %w", err)
	}
	info, err := os.Stat(a.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return custody.Object{}, fmt.Errorf("archive: %s: %w", key, intake.ErrNotFound)
	}
	if err != nil {
		return custody.Object{}, fmt.Errorf("archive: %w", err)
	}
	return archive.ObjectOf(key, info.Size()), nil
}

// List implements intake.Records.
func (a *Archive) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return archive.Keys(a.Objects(ctx, prefix))
}

// Digests yields the digests of all originals, in ascending order. A file that
// has no digest for its name is an error: nothing else belongs there.
func (a *Archive) Digests(ctx context.Context) iter.Seq2[string, error] {
	return archive.Digests(a.List(ctx, archive.OriginalsPrefix))
}
