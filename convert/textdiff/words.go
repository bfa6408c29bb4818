package textdiff

import (
	"strings"
	"unicode/utf8"
)

// Piece is a run of words of which the same became.
type Piece struct {
	Op   Op     `json:"op"` // Same, Gone or New
	Text string `json:"text"`
}

const (
	// maxWordEdits bounds the words gone and new in one paragraph: the work grows by
	// its square. A paragraph with more is another paragraph.
	maxWordEdits = 600
	// maxWords bounds a paragraph that is looked into.
	maxWords = 20_000
)

// Words tells which words of a text became which of another: pieces of Same and Gone
// together are the one, of Same and New the other. ok is false where too much
// differs: then all of it is gone, and new.
func Words(before, after string) (pieces []Piece, ok bool) {
	a, b := split(before), split(after)
	all := map[string]int{}
	steps, ok := []step(nil), false
	if len(a) <= maxWords && len(b) <= maxWords {
		steps, ok = align(intern(a, all), intern(b, all), maxWordEdits)
	}
	if !ok {
		return pair(before, after), false
	}
	var out []Piece
	for _, s := range steps {
		switch {
		case s.b < 0:
			out = add(out, Piece{Gone, a[s.a]})
		case s.a < 0:
			out = add(out, Piece{New, b[s.b]})
		default:
			out = add(out, Piece{Same, a[s.a]})
		}
	}
	return clean(out), true
}

// pair is a text that took the place of another.
func pair(before, after string) (out []Piece) {
	if before != "" {
		out = append(out, Piece{Gone, before})
	}
	if after != "" {
		out = append(out, Piece{New, after})
	}
	return out
}

// add appends a piece. Between two pieces that are the same, what is gone comes
// before what is new.
func add(out []Piece, p Piece) []Piece {
	n := len(out)
	switch {
	case p.Text == "":
		return out
	case n > 0 && out[n-1].Op == p.Op:
		out[n-1].Text += p.Text
		return out
	case n > 1 && p.Op != Same && out[n-1].Op != Same && out[n-2].Op == p.Op:
		out[n-2].Text += p.Text
		return out
	case n > 0 && p.Op == Gone && out[n-1].Op == New:
		return append(out[:n-1], p, out[n-1])
	}
	return append(out, p)
}

// clean takes what is the same for rewritten where more is rewritten on both of its
// sides: a few characters in common by chance only break up the reading.
func clean(pieces []Piece) []Piece {
	for {
		at := chance(pieces)
		if at < 0 {
			return pieces
		}
		var out []Piece
		for i, p := range pieces {
			if i == at {
				out = add(out, Piece{Gone, p.Text})
				out = add(out, Piece{New, p.Text})
				continue
			}
			out = add(out, p)
		}
		pieces = out
	}
}

// chance is the first piece that is the same by chance; -1 where there is none.
func chance(pieces []Piece) int {
	for i := range pieces {
		if pieces[i].Op != Same {
			continue
		}
		n := utf8.RuneCountInString(pieces[i].Text)
		if n <= rewritten(pieces[:i], true) && n <= rewritten(pieces[i+1:], false) {
			return i
		}
	}
	return -1
}

// rewritten is how many characters are gone or new, whichever are more, at the end
// or the beginning of pieces.
func rewritten(pieces []Piece, atEnd bool) (most int) {
	for i := range pieces {
		p := pieces[i]
		if atEnd {
			p = pieces[len(pieces)-1-i]
		}
		if p.Op == Same {
			break
		}
		most = max(most, utf8.RuneCountInString(p.Text))
	}
	return most
}

// split takes a text into words: numbers and Latin words, runs of spaces, and every
// other character by itself.
func split(s string) (out []string) {
	from, last := 0, other
	for at, r := range s {
		kind := kindOf(r)
		if at > 0 && (kind == other || kind != last) {
			out = append(out, s[from:at])
			from = at
		}
		last = kind
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}

// kind of a character.
type kind int

const (
	other kind = iota
	wordly
	spacy
)

func kindOf(r rune) kind {
	switch {
	case r == ' ' || r == '\t' || r == '\u3000' || r == '\u00a0':
		return spacy
	case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '.', r == '%':
		return wordly
	}
	return other
}

// intern numbers words, the same ones alike.
func intern(words []string, all map[string]int) []int {
	out := make([]int, len(words))
	for i, w := range words {
		n, ok := all[w]
		if !ok {
			n = len(all)
			all[w] = n
		}
		out[i] = n
	}
	return out
}

// trimmed is a paragraph as it is compared: spaces at its ends say nothing.
func trimmed(s string) string { return strings.Trim(s, " \t\u3000\u00a0\r") }
