package docx

import "bytes"

// nameSlots is the size of the table of names. A document uses about a hundred;
// names that share a slot only cost the work again.
const nameSlots = 256

// lexicon remembers what qualified names mean under the declarations in force, so
// that a name is cut, checked and resolved once and not for each of the thousands
// of tags that bear it. The parts of a package share one, one part at a time, and so
// do packages that are read one after the other.
type lexicon struct {
	slots [nameSlots]qname
	// declared counts changes of the declarations: meanings of before are stale.
	declared uint64
	bound    map[string]ns // by prefix
}

// qname is the qualified name of an element.
type qname struct {
	raw      string // as the tag spells it
	prefix   string // "" where there is none
	local    string
	ns       ns
	declared uint64 // the state of the declarations that ns was told under
}

// declaration is a namespace declaration in force and what it hides.
type declaration struct {
	prefix string
	former ns // undeclared where nothing
}

// undeclared is the namespace of prefixes that are not bound.
const undeclared ns = -1

// reset forgets all declarations.
func (l *lexicon) reset() {
	l.bound = map[string]ns{"xml": nsXML}
	l.declared++
}

// forgetLong forgets names that no document of Word's has: they may be of any length.
func (l *lexicon) forgetLong() {
	const longest = 64
	for i := range l.slots {
		if len(l.slots[i].raw) > longest {
			l.slots[i] = qname{}
		}
	}
}

// slot spreads the names of WordprocessingML over the table.
func slot(raw []byte) int {
	n := len(raw)
	return (n + int(raw[n-1])*7 + int(raw[n/2])*31 + int(raw[n*3/4])*127) % nameSlots
}

// element is the meaning of an element's name, nil for what is no name.
func (l *lexicon) element(raw []byte) *qname {
	if len(raw) == 0 {
		return nil
	}
	q := &l.slots[slot(raw)]
	if q.raw != string(raw) {
		if !validName(raw) {
			return nil
		}
		prefix, local := splitName(raw)
		*q = qname{raw: string(raw)}
		q.prefix, q.local = q.raw[:len(prefix)], q.raw[len(raw)-len(local):]
	} else if q.declared == l.declared {
		return q
	}
	q.ns, q.declared = l.elementSpace(raw), l.declared
	return q
}

// elementSpace is the namespace of an element's name.
func (l *lexicon) elementSpace(raw []byte) ns {
	prefix, _ := splitName(raw)
	if prefix != nil {
		return l.space(prefix)
	}
	if space, ok := l.bound[""]; ok {
		return space
	}
	return nsNone
}

// space is the namespace of a prefix. An undeclared one gives nsOther.
func (l *lexicon) space(prefix []byte) ns {
	if space, ok := l.bound[string(prefix)]; ok {
		return space
	}
	return nsOther
}

// bind declares a prefix and returns what undoes it.
func (l *lexicon) bind(prefix, uri []byte) declaration {
	d := declaration{string(prefix), undeclared}
	if former, ok := l.bound[d.prefix]; ok {
		d.former = former
	}
	l.bound[d.prefix] = spaceOf(uri)
	l.declared++
	return d
}

// unbind undoes declarations, the last one first.
func (l *lexicon) unbind(all []declaration) {
	for i := len(all) - 1; i >= 0; i-- {
		if d := all[i]; d.former == undeclared {
			delete(l.bound, d.prefix)
		} else {
			l.bound[d.prefix] = d.former
		}
	}
	l.declared += uint64(len(all))
}

// splitName splits a qualified name; the prefix is nil where there is none.
func splitName(raw []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(raw, ':'); i > 0 && i < len(raw)-1 {
		return raw[:i], raw[i+1:]
	}
	return nil, raw
}
