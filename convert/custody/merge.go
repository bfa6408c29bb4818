package custody

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"nianbao/convert/intake"
)

// holding is all that there is of one report.
type holding struct {
	digest   string  // SHA-256 of the original
	original *Object // nil where there is none
	events   []Object
	results  []Object
	// row is the catalog's row: the one of this digest or, where it says another
	// one, of this id. nil where there is none.
	row *Row
}

// stem is how many hex digits of a digest holdings are merged by. They are less
// than an id has, so that a row whose digest is wrong only behind them is seen
// beside the report it is of.
const stem = 32

// piece is one thing of a report on its way into a holding.
type piece struct {
	digest string
	object Object
	row    *Row
}

// source yields pieces in order of their digests.
type source struct {
	add  func(*holding, piece)
	next func() (piece, error, bool)
	stop func()
	head piece
	open bool
}

func (s *source) advance() error {
	last := s.head.digest
	p, err, ok := s.next()
	s.head, s.open = p, ok
	if ok && err == nil && p.digest < last {
		err = fmt.Errorf("custody: a listing is out of order: %s after %s", p.digest, last)
	}
	return err
}

// merge yields the holdings in order of their digests. strays takes objects that
// are of no report, misfits rows whose digest is not that of their id: who has
// the id looks them up by it.
func merge(ctx context.Context, a Archive, c Catalog, strays func(Finding), misfits func(Row)) iter.Seq2[*holding, error] {
	add := []func(*holding, piece){
		func(h *holding, p piece) { h.original = &p.object },
		func(h *holding, p piece) { h.events = append(h.events, p.object) },
		func(h *holding, p piece) { h.results = append(h.results, p.object) },
		func(h *holding, p piece) { h.row = p.row },
	}
	pieces := []iter.Seq2[piece, error]{
		objects(ctx, a, originalsPrefix, strays),
		objects(ctx, a, eventsPrefix, strays),
		objects(ctx, a, resultsPrefix, strays),
	}
	if c != nil {
		pieces = append(pieces, rows(ctx, c, misfits))
	}
	return func(yield func(*holding, error) bool) {
		var sources []*source
		for i, seq := range pieces {
			s := &source{add: add[i]}
			s.next, s.stop = iter.Pull2(seq)
			defer s.stop()
			sources = append(sources, s)
			if err := s.advance(); err != nil {
				yield(nil, err)
				return
			}
		}
		for {
			family, err := family(sources)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(family) == 0 {
				return
			}
			for _, h := range reunite(family) {
				if !yield(h, nil) {
					return
				}
			}
		}
	}
}

// family takes the holdings with the least stem off the sources: one, unless a
// row has a wrong digest.
func family(sources []*source) (found []*holding, err error) {
	least := ""
	for _, s := range sources {
		if s.open && (least == "" || s.head.digest < least) {
			least = s.head.digest
		}
	}
	for _, s := range sources {
		for s.open && s.head.digest[:stem] == least[:stem] {
			s.add(member(&found, s.head.digest), s.head)
			if err := s.advance(); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

func member(family *[]*holding, digest string) *holding {
	for _, h := range *family {
		if h.digest == digest {
			return h
		}
	}
	h := &holding{digest: digest}
	*family = append(*family, h)
	return h
}

// reunite gives a row that stands alone to the report it has the id of.
func reunite(family []*holding) []*holding {
	if len(family) == 1 {
		return family
	}
	var whole []*holding
	for _, h := range family {
		alone := h.row != nil && h.original == nil && len(h.events) == 0
		for _, other := range family {
			if alone && other != h && other.row == nil && intake.IDOf(other.digest) == h.row.ID {
				other.row, h.row = h.row, nil
				alone = false
			}
		}
		if h.row != nil || h.original != nil || len(h.events)+len(h.results) > 0 {
			whole = append(whole, h)
		}
	}
	return whole
}

// objects yields the objects below a prefix that are of a report; what is not is
// told as a stray. The service puts none there, so strays are certain at once.
func objects(ctx context.Context, a Archive, prefix string, strays func(Finding)) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		for o, err := range a.Objects(ctx, prefix) {
			if err != nil {
				yield(piece{}, err)
				return
			}
			digest := o.Digest
			if prefix != originalsPrefix {
				digest, _, _ = strings.Cut(strings.TrimPrefix(o.Key, prefix), "/")
			}
			if intake.IDOf(digest) == "" || digest != strings.ToLower(digest) {
				strays(Finding{Kind: Orphan, Key: o.Key, FoundBytes: o.Size, Detail: "归档中不应有的对象"})
				continue
			}
			if !yield(piece{digest: digest, object: o}, nil) {
				return
			}
		}
	}
}

// rowsAtOnce is how many rows are asked for at a time.
const rowsAtOnce = 500

// rows yields the catalog's rows that are not misfits.
func rows(ctx context.Context, c Catalog, misfits func(Row)) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		for after := ""; ; {
			page, err := c.Holdings(ctx, after, rowsAtOnce)
			if err != nil {
				yield(piece{}, err)
				return
			}
			for _, r := range page {
				if intake.IDOf(r.SHA256) != r.ID || r.ID == "" {
					misfits(r)
					continue
				}
				if !yield(piece{digest: r.SHA256, row: &r}, nil) {
					return
				}
			}
			if len(page) < rowsAtOnce {
				return
			}
			after = page[len(page)-1].SHA256
		}
	}
}
