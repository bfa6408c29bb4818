package mapping

import "unicode/utf8"

// texts keeps what the texts of one document say whatever the form: its tables
// hold the same few over and over, and every form asks for each several times.
type texts struct {
	cells   map[string]Cell
	printed map[string]printedText
	rows    map[string]printedLabel
}

// maxTexts bounds the different texts of one document that are compared with the
// labels of a form. A report has some hundred; what comes after thousands is no
// statutory table, and comparing it would only take time.
const maxTexts = 8192

func newTexts() *texts {
	return &texts{cells: map[string]Cell{}, printed: map[string]printedText{}, rows: map[string]printedLabel{}}
}

// cell is ParseCell with a memory.
func (t *texts) cell(s string) Cell {
	if isPlain(s) { // told faster than remembered
		return ParseCell(s)
	}
	c, ok := t.cells[s]
	if !ok {
		c = ParseCell(s)
		if len(t.cells) < maxTexts {
			t.cells[s] = c
		}
	}
	return c
}

// text is printedKeys with a memory.
func (t *texts) text(s string) printedText {
	p, ok := t.printed[s]
	if !ok && len(t.printed) < maxTexts {
		p = printedKeys(s)
		t.printed[s] = p
	}
	return p
}

// label is readLabel with a memory.
func (t *texts) label(s string) printedLabel {
	p, ok := t.rows[s]
	if !ok && len(t.rows) < maxTexts {
		p = readLabel(s)
		t.rows[s] = p
	}
	return p
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
