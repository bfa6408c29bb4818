package intake

import (
	"context"
	"crypto/sha256"
	"sync"
)

const (
	// maxArrivals is for how many batches the service remembers what came, and
	// maxArrived how many files of each; of others it is read anew.
	maxArrivals = 8
	maxArrived  = 100_000
)

// arrivals are the files that came to a batch, as far as they were read from the
// catalog. A large batch comes in hundreds of requests, each of which has to know what
// came before: only what is new since the last is read.
type arrivals struct {
	mu   sync.Mutex
	next int64               // number of the first file that was not read
	seqs map[arrivedID]int64 // the first of each
}

// arrivedID tells a path and its content from others.
type arrivedID [16]byte

func arrivedAs(path, digest string) (id arrivedID) {
	sum := sha256.Sum256([]byte(digest + path)) // the digest's length is fixed
	copy(id[:], sum[:])
	return id
}

// arrivalsOf are those of a batch, read up to now.
func (s *Service) arrivalsOf(ctx context.Context, batch string) (*arrivals, error) {
	s.mu.Lock()
	a := s.arrivals[batch]
	if a == nil {
		a = &arrivals{seqs: map[arrivedID]int64{}}
		if len(s.arrivals) >= maxArrivals {
			clear(s.arrivals) // receptions keep theirs
		}
		s.arrivals[batch] = a
	}
	s.mu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.read(ctx, s.cfg.Catalog, batch); err != nil {
		return nil, err
	}
	if len(a.seqs) > maxArrived {
		s.forgetArrivals(batch)
	}
	return a, nil
}

// read reads what came since it was read last. Files have their numbers in the order
// in which they become visible. a.mu is held.
func (a *arrivals) read(ctx context.Context, catalog Catalog, batch string) error {
	for {
		part, err := catalog.BatchFiles(ctx, batch, a.next-1, recordChunk)
		if err != nil {
			return unavailable("catalog", err)
		}
		for _, f := range part {
			id := arrivedAs(f.Path, f.SHA256)
			if _, again := a.seqs[id]; f.SHA256 != "" && !again {
				a.seqs[id] = f.Seq
			}
			a.next = f.Seq + 1
		}
		if len(part) < recordChunk {
			return nil
		}
	}
}

// until is the number of the first file that was not read.
func (a *arrivals) until() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.next
}

// before tells whether a file is among those below a number.
func (a *arrivals) before(until int64, path, digest string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	seq, ok := a.seqs[arrivedAs(path, digest)]
	return ok && seq < until
}

// forgetArrivals is for a batch to which nothing comes any more.
func (s *Service) forgetArrivals(batch string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.arrivals, batch)
}
