package pdf

import (
	"fmt"
	"maps"
	"slices"

	lib "github.com/ledongthuc/pdf"
)

// Lexer is how Floor cuts content streams into tokens.
type Lexer int

// The ways to do it: not at all; with the lexer that this package reads with;
// with the library's, which also keeps the operands.
const (
	NoLexer Lexer = iota
	OwnLexer
	LibraryLexer
)

// Floor is the content of a document as such: what no reader of its pages can do
// without. Measurements compare whole conversions with the time it takes.
type Floor struct {
	Bytes  int64 // of content streams, inflated; not counted by LibraryLexer
	Tokens int64 // in them; of LibraryLexer, operators
}

// Floor inflates the content streams of all pages and of the form XObjects that
// their resources name, each once, and cuts them into tokens where that is asked
// for; nothing else is done with them. What cannot be read is left out.
func (d *Document) Floor(by Lexer) (sum Floor) {
	if by == LibraryLexer {
		return d.libraryFloor()
	}
	d.contentStreams(func(v value) {
		data, err := d.readStream(v)
		if err != nil {
			return
		}
		sum.Bytes += int64(len(data))
		if by == NoLexer {
			return
		}
		l, t := lexer{data: data}, token{}
		for {
			if l.read(&t); t.kind == tokEOF {
				return
			}
			sum.Tokens++
			if t.kind == tokOperator {
				l.reset()
			}
		}
	})
	return sum
}

// libraryFloor is Floor with the library's lexer. The streams are looked up once: the
// library is shown the file with a table of the objects that leads to them.
func (d *Document) libraryFloor() (sum Floor) {
	if d.streams.Kind() == lib.Null {
		list, table := "", fmt.Sprintf("\nxref\n0 %d\n", len(d.file.places))
		d.contentStreams(func(v value) { list += fmt.Sprintf("%d %d R ", v.in.id, v.in.gen) })
		for _, p := range d.file.places {
			table += fmt.Sprintf("%010d %05d %c \n", p.offset, p.gen, "fn"[min(1, p.offset)])
		}
		f := *d.src
		f.tail = fmt.Appendf(f.tail, "%strailer\n<</Size %d /Streams [%s]>>\nstartxref\n%d\n%%%%EOF\n", table, len(d.file.places), list, f.total()+1)
		file, err := lib.NewReader(&f, f.total())
		if err != nil {
			return sum
		}
		d.streams = file.Trailer().Key("Streams")
	}
	for i := range d.streams.Len() {
		lib.Interpret(d.streams.Index(i), func(operands *lib.Stack, _ string) {
			for sum.Tokens++; operands.Len() > 0; {
				operands.Pop()
			}
		})
	}
	return sum
}

// contentStreams visits them; damage, and what is over a limit, is left out.
func (d *Document) contentStreams(visit func(value)) {
	w := streamWalk{visit: visit, seen: map[ref]bool{}}
	for i := range d.pages {
		w.page(&d.pages[i])
	}
}

type streamWalk struct {
	visit func(value)
	seen  map[ref]bool // form XObjects, and dictionaries of them
}

func (w *streamWalk) page(n *pageNode) {
	defer func() { _ = recover() }() //nolint:errcheck // see contentStreams
	c := n.dict.key("Contents")
	if c.kind() == kindArray {
		for i := range c.len() {
			w.visit(c.index(i))
		}
	} else {
		w.visit(c)
	}
	w.forms(n.resources, 0)
}

func (w *streamWalk) forms(resources value, depth int) {
	objects := resources.key("XObject")
	for _, name := range slices.Sorted(maps.Keys(objects.entries())) {
		at := objects.entryRef(name)
		if depth > maxFormDepth || w.seen[at] {
			continue
		}
		w.seen[at] = at != ref{}
		if v := objects.key(name); v.key("Subtype").name() == "Form" {
			w.visit(v)
			w.forms(v.key("Resources"), depth+1)
		}
	}
}
