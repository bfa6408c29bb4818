package pdf

import (
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
func (d *Document) Floor(lexer Lexer) Floor {
	w := floorWalk{doc: d, lexer: lexer, seen: map[ref]bool{}}
	for i := range d.pages {
		w.page(&d.pages[i])
	}
	return w.sum
}

type floorWalk struct {
	doc   *Document
	lexer Lexer
	seen  map[ref]bool // form XObjects, and dictionaries of them
	sum   Floor
}

func (w *floorWalk) page(n *pageNode) {
	defer func() { _ = recover() }() //nolint:errcheck // damage, or a limit: left out
	c := n.dict.Key("Contents")
	if c.Kind() == lib.Array {
		for i := range c.Len() {
			w.stream(c.Index(i))
		}
	} else {
		w.stream(c)
	}
	w.forms(n.resources, 0)
}

func (w *floorWalk) forms(resources lib.Value, depth int) {
	objects := resources.Key("XObject")
	for _, name := range objects.Keys() {
		at := entryRef(objects, name)
		if depth > maxFormDepth || w.seen[at] {
			continue
		}
		w.seen[at] = at != ref{}
		if v := objects.Key(name); v.Key("Subtype").Name() == "Form" {
			w.stream(v)
			w.forms(v.Key("Resources"), depth+1)
		}
	}
}

func (w *floorWalk) stream(v lib.Value) {
	if w.lexer == LibraryLexer {
		lib.Interpret(v, func(operands *lib.Stack, _ string) {
			for w.sum.Tokens++; operands.Len() > 0; {
				operands.Pop()
			}
		})
		return
	}
	data, err := w.doc.readStream(v)
	if err != nil {
		return
	}
	w.sum.Bytes += int64(len(data))
	if w.lexer == NoLexer {
		return
	}
	l, t := lexer{data: data}, token{}
	for {
		if l.read(&t); t.kind == tokEOF {
			return
		}
		w.sum.Tokens++
		if t.kind == tokOperator {
			l.reset()
		}
	}
}
