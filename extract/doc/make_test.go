package doc

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"nianbao/extract"
	"nianbao/extract/cfb/cfbtest"
)

// para is a paragraph of a made file. Its text may hold special characters; its
// mark is that of a paragraph unless given.
type para struct {
	text  string
	props []byte // modifiers of the paragraph
	style int
	mark  string
	// chars are modifiers of the text's characters, markChars of the mark.
	chars, markChars []byte
	more             []chunk // further text with modifiers of its own
}

type chunk struct {
	text  string
	chars []byte
}

func (p para) chunks() []chunk {
	mark := p.mark
	if mark == "" {
		mark = "\r"
	}
	out := append([]chunk{{p.text, p.chars}}, p.more...)
	return append(out, chunk{mark, p.markChars})
}

// made describes a Word 97 file.
type made struct {
	parts [partCount][]para
	// styles are STDs from number 0; table structures of the table stream by
	// their place in the FIB; data the stream Data.
	styles [][]byte
	table  map[int][]byte
	data   []byte
	// behindLists follows the list definitions, as levels do.
	behindLists []byte
	// narrow stores bytes instead of UTF-16. cuts are characters at which a
	// new piece begins; pieces stand in the file in reverse order.
	narrow bool
	cuts   []int
	// prm is the modifier in each piece, prcs what stands before them.
	prm  int
	prcs [][]byte
	// sepx are the modifiers of a section, found at sepxAt of the stream.
	sepx []byte
	// version and flags replace those of the FIB.
	version, flags int
}

// Places in the stream of the text and of a section's modifiers.
const (
	textAt = 2048
	sepxAt = 1024
)

// entry is a range of the stream with properties.
type entry struct {
	from, to int
	props    []byte
}

// span is a range of characters with properties.
type span struct {
	from, to int
	props    []byte
}

func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// sp is a modifier with its operand.
func sp(op int, operand ...byte) []byte { return append(le16(op), operand...) }

func cat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// utf16le is text without anything around it.
func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, le16(int(u))...)
	}
	return out
}

// counted is text behind its length, with a closing zero where asked for.
func counted(s string, closed bool) []byte {
	out := append(le16(len(utf16.Encode([]rune(s)))), utf16le(s)...)
	if closed {
		out = append(out, 0, 0)
	}
	return out
}

// plcOf is places with data between them.
func plcOf(places []int, data ...[]byte) []byte {
	var out []byte
	for _, p := range places {
		out = append(out, le32(p)...)
	}
	return append(out, cat(data...)...)
}

// text joins the paragraphs and lists the ranges of their properties.
func (m *made) text() (units []uint16, papx, chpx []span, ccp [partCount]int) {
	for part, paras := range m.parts {
		start := len(units)
		for _, p := range paras {
			begin := len(units)
			for _, c := range p.chunks() {
				from := len(units)
				units = append(units, utf16.Encode([]rune(c.text))...)
				chpx = append(chpx, span{from, len(units), c.chars})
			}
			papx = append(papx, span{begin, len(units), cat(le16(p.style), p.props)})
		}
		ccp[part] = len(units) - start
	}
	return units, papx, chpx, ccp
}

// places are the characters of the body that are ch.
func (m *made) places(ch rune) []int {
	units, _, _, _ := m.text()
	var out []int
	for i, u := range units {
		if rune(u) == ch {
			out = append(out, i)
		}
	}
	return out
}

// ends are the places behind each paragraph of a part, from its start, with 0.
func (m *made) ends(part int) []int {
	out := []int{0}
	for _, p := range m.parts[part] {
		n := out[len(out)-1]
		for _, c := range p.chunks() {
			n += len(utf16.Encode([]rune(c.text)))
		}
		out = append(out, n)
	}
	return out
}

// streams makes WordDocument and 1Table.
func (m *made) streams() (main, table []byte) {
	units, papx, chpx, ccp := m.text()
	width := 2
	if m.narrow {
		width = 1
	}
	bounds := append(append([]int{0}, m.cuts...), len(units))
	main = make([]byte, textAt)
	places := make([]int, len(bounds)-1) // in the stream, of the pieces
	for i := len(places) - 1; i >= 0; i-- {
		places[i] = len(main)
		for _, u := range units[bounds[i]:bounds[i+1]] {
			if m.narrow {
				main = append(main, byte(u))
			} else {
				main = append(main, le16(int(u))...)
			}
		}
	}
	inFile := func(spans []span) []entry {
		var out []entry
		for _, s := range spans {
			for i := range places {
				from, to := max(s.from, bounds[i]), min(s.to, bounds[i+1])
				if from < to {
					out = append(out, entry{places[i] + width*(from-bounds[i]), places[i] + width*(to-bounds[i]), s.props})
				}
			}
		}
		slices.SortFunc(out, func(a, b entry) int { return a.from - b.from })
		return out
	}
	structures := map[int][]byte{fcStshf: m.styleSheet(), fcClx: m.clx(bounds, places)}
	main, structures[fcBtePapx] = addPages(main, inFile(papx), 13)
	main, structures[fcBteChpx] = addPages(main, inFile(chpx), 1)
	for pair, b := range m.table {
		structures[pair] = b
	}
	fib, table := m.fib(ccp, structures)
	copy(main, fib)
	copy(main[sepxAt:], cat(le16(len(m.sepx)), m.sepx))
	return main, table
}

func (m *made) clx(bounds, places []int) []byte {
	var out []byte
	for _, prc := range m.prcs {
		out = append(append(append(out, 1), le16(len(prc))...), prc...)
	}
	var pcds []byte
	for _, at := range places {
		fc := at
		if m.narrow {
			fc = 2*at | 1<<30
		}
		pcds = append(pcds, cat(le16(0), le32(fc), le16(m.prm))...)
	}
	plc := plcOf(bounds, pcds)
	return append(append(append(out, 2), le32(len(plc))...), plc...)
}

// fib lays out the table stream and makes the block that describes it.
func (m *made) fib(ccp [partCount]int, structures map[int][]byte) (fib, table []byte) {
	const pairs, pairsAt = 93, 154
	fib = make([]byte, pairsAt+8*pairs)
	le := binary.LittleEndian
	le.PutUint16(fib, identWord97)
	version, flags := max(m.version, versionWord97), m.flags|flagTable1
	if m.version > 0 {
		version = m.version
	}
	le.PutUint16(fib[2:], uint16(version))
	le.PutUint16(fib[10:], uint16(flags))
	le.PutUint16(fib[32:], 14)
	le.PutUint16(fib[62:], 22)
	for i, n := range ccp {
		le.PutUint32(fib[64+12+4*i:], uint32(n))
	}
	le.PutUint16(fib[152:], pairs)
	table = make([]byte, 16) // nothing stands at 0
	for pair := range pairs {
		b := structures[pair]
		if b == nil {
			continue
		}
		le.PutUint32(fib[pairsAt+8*pair:], uint32(len(table)))
		le.PutUint32(fib[pairsAt+8*pair+4:], uint32(len(b)))
		table = append(table, b...)
		if pair == fcLists {
			table = append(table, m.behindLists...)
		}
	}
	return fib, table
}

// addPages adds the pages of properties and returns the table that leads to
// them.
func addPages(main []byte, entries []entry, width int) (out, plc []byte) {
	var places []int
	var numbers []byte
	for len(entries) > 0 {
		for len(main)%pageLen != 0 {
			main = append(main, 0)
		}
		page := make([]byte, pageLen)
		n, room := 0, pageLen-1 // of entries, and up to where their data may reach
		for n < len(entries) {
			data := stored(entries[n].props, width)
			at := (room - len(data)) &^ 1
			if at < 4*(n+2)+(n+1)*width {
				break
			}
			if len(data) > 0 {
				room = at
				copy(page[at:], data)
			}
			n++
		}
		room = pageLen - 1
		for i := range n {
			binary.LittleEndian.PutUint32(page[4*i:], uint32(entries[i].from))
			binary.LittleEndian.PutUint32(page[4*i+4:], uint32(entries[i].to))
			if data := stored(entries[i].props, width); len(data) > 0 {
				room = (room - len(data)) &^ 1
				page[4*(n+1)+i*width] = byte(room / 2)
			}
		}
		page[pageLen-1] = byte(n)
		places = append(places, entries[0].from)
		numbers = append(numbers, le32(len(main)/pageLen)...)
		if entries = entries[n:]; len(entries) == 0 {
			places = append(places, len(main))
		}
		main = append(main, page...)
	}
	return main, plcOf(places, numbers)
}

// stored is how a page keeps properties.
func stored(props []byte, width int) []byte {
	switch {
	case width == 1 && len(props) == 0:
		return nil
	case width == 1:
		return append([]byte{byte(len(props))}, props...)
	case len(props)%2 == 1:
		return append([]byte{byte((len(props) + 1) / 2)}, props...)
	}
	return append([]byte{0, byte(len(props) / 2)}, props...)
}

// std is a style: built-in number, kind, base, name, modifiers of paragraphs and
// characters.
func std(sti, kind, base int, name string, papx, chpx []byte) []byte {
	out := cat(le16(sti), le16(kind|base<<4), le16(2), le16(0), le16(0), counted(name, true))
	upx := func(b []byte) {
		out = append(append(out, le16(len(b))...), b...)
		if len(b)%2 == 1 {
			out = append(out, 0)
		}
	}
	if kind == styleParagraph {
		upx(append(le16(0), papx...))
	}
	upx(chpx)
	return out
}

func (m *made) styleSheet() []byte {
	styles := m.styles
	if styles == nil {
		styles = [][]byte{std(0, styleParagraph, noStyle, "Normal", nil, nil)}
	}
	out := cat(le16(18), le16(len(styles)), le16(10), make([]byte, 14))
	for _, s := range styles {
		out = append(append(out, le16(len(s))...), s...)
		if len(s)%2 == 1 {
			out = append(out, 0)
		}
	}
	return out
}

// file makes the compound file.
func (m *made) file() []byte {
	main, table := m.streams()
	return m.fileOf(main, table)
}

func (m *made) fileOf(main, table []byte) []byte {
	streams := []cfbtest.Stream{{Name: partName, Content: main}, {Name: "1Table", Content: table}}
	if m.data != nil {
		streams = append(streams, cfbtest.Stream{Name: "Data", Content: m.data})
	}
	return cfbtest.Make(streams...)
}

func readBytes(b []byte, lim extract.Limits) (*extract.Extraction, error) {
	return Read(bytes.NewReader(b), int64(len(b)), lim)
}

// expect compares the outline of the file with lines.
func (m *made) expect(t *testing.T, lines ...string) *extract.Extraction {
	t.Helper()
	e, err := readBytes(m.file(), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(lines, "\n")
	if got := strings.TrimSuffix(outline(e), "\n"); got != want {
		t.Errorf("outline:\n%s\nwant:\n%s", got, want)
	}
	return e
}

// body makes a file of plain paragraphs.
func body(paras ...para) *made {
	m := &made{}
	m.parts[partMain] = paras
	return m
}

func p(text string) para { return para{text: text} }

// row makes the paragraphs of a row: a cell a text, edges in twips, flags of
// cells in merges.
func row(edges []int, flags []int, cells ...string) []para {
	inTable := sp(sprmPFInTable, 1)
	var out []para
	for _, c := range cells {
		lines := strings.Split(c, "\n")
		for i, line := range lines {
			mark := "\r"
			if i == len(lines)-1 {
				mark = "\x07"
			}
			out = append(out, para{text: line, mark: mark, props: inTable})
		}
	}
	return append(out, para{mark: "\x07", props: cat(inTable, sp(sprmPFTtp, 1), defTable(edges, flags))})
}

// defTable is sprmTDefTable.
func defTable(edges, flags []int) []byte {
	operand := []byte{byte(len(edges) - 1)}
	for _, e := range edges {
		operand = append(operand, le16(e)...)
	}
	for i := range len(edges) - 1 {
		tc := make([]byte, 20)
		if i < len(flags) {
			binary.LittleEndian.PutUint16(tc, uint16(flags[i]))
		}
		operand = append(operand, tc...)
	}
	return cat(le16(sprmTDefTable), le16(len(operand)+1), operand)
}

// with sets a structure of the table stream.
func (m *made) with(pair int, b []byte) *made {
	if m.table == nil {
		m.table = map[int][]byte{}
	}
	m.table[pair] = b
	return m
}

// cfbOf is a compound file of these streams; nil leaves one out.
func cfbOf(main, table []byte) []byte {
	var streams []cfbtest.Stream
	if main != nil {
		streams = append(streams, cfbtest.Stream{Name: partName, Content: main})
	}
	if table != nil {
		streams = append(streams, cfbtest.Stream{Name: "1Table", Content: table})
	}
	return cfbtest.Make(streams...)
}

func readStreams(main, table []byte) (*extract.Extraction, error) {
	return readBytes(cfbOf(main, table), extract.DefaultLimits())
}
