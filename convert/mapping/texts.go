package mapping

import (
	"strings"
	"unicode/utf8"
)

// texts keeps what the texts of table cells and of headings say. The statutory form
// prints the same few, in every report: each is worked out once and outlives the
// document, see Reader. One reading has it at a time.
type texts struct {
	forms    int // of the reader
	all      map[string]*cellText
	headings map[string]*heading // nil for lines that are none
	bytes    int                 // of the keys of all and headings
	document uint64              // counts documents
	compared int                 // different texts compared in this document
}

// maxTexts bounds the different texts of one document that are compared with the
// labels of a form. A report has some hundred; what comes after thousands is no
// statutory table, and comparing it would only take time.
const maxTexts = 8192

// cellText is what the text of a cell says. What takes time is worked out when
// it is first asked for.
type cellText struct {
	text  string
	blank bool
	cell  Cell // as a figure

	counted  uint64 // the document for which it was counted as compared
	printed  *printedText
	label    *printedLabel
	header   *headerNote
	meanings []meaning // by form; nil: not asked yet
}

// meaning is what one form says of a text.
type meaning struct {
	match           match // with the row labels
	columns, groups []float64
	header          bool // is one
	looked, judged  bool // match, header are known
}

func newTexts(forms int) *texts {
	return &texts{forms: forms, all: map[string]*cellText{}, headings: map[string]*heading{}}
}

// size is how many texts are kept.
func (t *texts) size() int { return len(t.all) + len(t.headings) }

// known is what the text says.
func (t *texts) known(s string) *cellText {
	if c, ok := t.all[s]; ok {
		return c
	}
	if isPlain(s) && len(s) > 2 { // of endless variety, and soon told
		return &cellText{text: s, cell: ParseCell(s)}
	}
	s = strings.Clone(s) // keeps nothing else of the document
	c := &cellText{text: s, blank: isBlank(s), cell: ParseCell(s)}
	t.all[s] = c
	t.bytes += len(s)
	return c
}

// mayCompare counts the text as compared with labels; false where the document
// has had too many.
func (t *texts) mayCompare(c *cellText) bool {
	if c.counted == t.document {
		return true
	}
	if t.compared >= maxTexts {
		return false
	}
	t.compared++
	c.counted = t.document
	return true
}

// meaning is what the form says of the text, to be filled in.
func (t *texts) meaning(c *cellText, form int) *meaning {
	if c.meanings == nil {
		c.meanings = make([]meaning, t.forms)
	}
	return &c.meanings[form]
}

// keys are the wordings of the text as it is compared with headers; none where it
// can be no header.
func (t *texts) keys(c *cellText) *printedText {
	if !t.mayCompare(c) {
		return &printedText{}
	}
	if c.printed == nil {
		p := printedKeys(c.text)
		c.printed = &p
	}
	return c.printed
}

// label is the text as it is compared with row labels; none where it can name
// nothing.
func (t *texts) label(c *cellText) *printedLabel {
	if !t.mayCompare(c) {
		return &printedLabel{}
	}
	if c.label == nil {
		l := readLabel(c.text)
		c.label = &l
	}
	return c.label
}

// printedText is a text of the document, as it is compared with headers.
type printedText struct {
	keys    []text // with and without bracketed remarks
	ordered bool   // has an ordinal
}

func printedKeys(s string) printedText {
	var p printedText
	full := key(s)
	if full == "" || runesOf(full) > 60 {
		return p
	}
	p.keys = []text{newText(full)}
	if short := key(withoutBrackets(compact(s))); short != full && short != "" {
		p.keys = append(p.keys, newText(short))
	}
	ord, _ := splitOrdinal(s)
	p.ordered = ord.style != styleNone
	return p
}

// printedLabel is a text of the document, as it is compared with row labels.
type printedLabel struct {
	ord ordinal
	// keys are the wordings to look for: without ordinal, without bracketed
	// remarks, and with the ordinal. A text that can name nothing has none.
	keys []text
	// similar is how many of the keys need only be similar to a label's.
	similar int
}

// Labels are shorter than this, in bytes and in characters.
const (
	maxLabelBytes = 1200
	maxLabel      = 120
)

func readLabel(s string) printedLabel {
	if len(s) > maxLabelBytes {
		return printedLabel{}
	}
	ord, rest := splitOrdinal(s)
	full := key(rest)
	if full == "" || utf8.RuneCountInString(full) > maxLabel {
		return printedLabel{}
	}
	p := printedLabel{ord: ord, keys: []text{newText(full)}}
	if short := key(withoutBrackets(rest)); short != full && short != "" {
		p.keys = append(p.keys, newText(short))
	}
	if ord.style != styleNone {
		p.keys = append(p.keys, newText(key(compact(s)))) // the ordinal may belong to the label
	}
	p.similar = min(len(p.keys), 2)
	return p
}

// headerNote is what a header cell says beside its column.
type headerNote struct {
	unit     string // printed in brackets
	localSum bool   // a column that places add to the form
}

func (c *cellText) note() *headerNote {
	if c == nil {
		return &headerNote{}
	}
	if c.header == nil {
		c.header = &headerNote{unit: headerUnit(c.text), localSum: isLocalSum(c.text)}
	}
	return c.header
}
