package docx

import "github.com/orisano/gosax"

// Properties repeat: the cells of a table and the runs of a page have the same few,
// letter for letter. They are most of the tags of a report, and are read once for each
// way they are written, not for each place.

const (
	// maxRepeated is the most bytes of properties that are looked up.
	maxRepeated = 1 << 10
	// maxRepeats is how many different properties are remembered: a report has some
	// ten. A document that has more begins anew.
	maxRepeats = 256
)

// repeats remembers what properties of one kind say, by what stands between their
// tags. The zero value remembers nothing yet.
type repeats[T any] struct {
	known    map[string]T
	declared uint64 // the state of the declarations under which all were read
}

// read is what the properties say whose start tag was just read: what do says, which
// reads them to their end. What do says of the same letters must be the same; it is
// false where it also does something that would have to be done again.
func (m *repeats[T]) read(x *xmlReader, do func() (T, bool)) T {
	written := x.ahead()
	if m.declared != x.names.declared || len(m.known) >= maxRepeats {
		m.known, m.declared = map[string]T{}, x.names.declared
	}
	if v, ok := m.known[string(written)]; ok {
		x.toEnd()
		return v
	}
	key, before := string(written), x.found
	v, only := do()
	if key != "" && only && x.err == nil && x.found == before && x.names.declared == m.declared {
		m.known[key] = v
	}
	return v
}

// token is a token that was read before it was asked for.
type token struct {
	gosax.Event
	err error
}

// ahead is what stands between the tags of the element whose start was just read, with
// its end tag; nil where that is much, or more than elements and text. It is valid until
// the next call and remains to be read.
func (r *xmlReader) ahead() []byte {
	if r.selfEnd || r.err != nil || r.taken < len(r.tokens) {
		return nil
	}
	r.tokens, r.taken, r.written = r.tokens[:0], 0, r.written[:0]
	for depth := 1; depth > 0; {
		ev, err := r.sax.Event()
		usual := err == nil && (ev.Type() == gosax.EventStart || ev.Type() == gosax.EventEnd || ev.Type() == gosax.EventText)
		if !usual || len(r.written)+len(ev.Bytes) > maxRepeated || len(r.stack)+depth > r.maxDepth {
			r.tokens = append(r.tokens, token{ev, err}) // its bytes are there until the next is read
			return nil
		}
		start := len(r.written)
		r.written = append(r.written, ev.Bytes...)
		ev.Bytes = r.written[start:]
		r.tokens = append(r.tokens, token{Event: ev})
		switch {
		case ev.Type() == gosax.EventEnd:
			depth--
		case ev.Type() == gosax.EventStart && ev.Bytes[len(ev.Bytes)-2] != '/':
			depth++
		}
	}
	return r.written
}

// toEnd passes over what ahead returned.
func (r *xmlReader) toEnd() {
	r.taken = len(r.tokens) - 1
	r.offset += int64(len(r.written) - len(r.tokens[r.taken].Bytes))
	r.next()
}

// event is the next token as the lexer gives it.
func (r *xmlReader) event() (gosax.Event, error) {
	if r.taken == len(r.tokens) {
		return r.sax.Event()
	}
	t := r.tokens[r.taken]
	r.taken++
	return t.Event, t.err
}
