package docx

import (
	"bytes"

	"nianbao/extract"
)

// EachTag calls do for each start tag of a part, in order, up to the first mistake. It is
// for the small parts that say what a package is, before anything else of it is read. attr
// gives an attribute by its local name, nil where there is none, until do returns.
func EachTag(part []byte, do func(local string, attr func(name string) []byte)) {
	in, err := utf8Reader(bytes.NewReader(part))
	if err != nil {
		return
	}
	lex := newLexer()
	defer lex.release()
	x := newXMLReader(lex, in, "", extract.DefaultLimits().Depth)
	attr := func(name string) []byte {
		for i := range x.attrs {
			if string(x.attrs[i].local) == name {
				return x.attrs[i].value
			}
		}
		return nil
	}
	for !x.eof && x.err == nil {
		if x.raw() == kindStart {
			do(x.local, attr)
		}
	}
}
