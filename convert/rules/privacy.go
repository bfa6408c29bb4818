package rules

import (
	"strings"
	"unicode"

	"nianbao/convert/report"
)

// disclosure is one personal number of the report with all its places.
type disclosure struct {
	hit   hit
	place string
	quote string
	where []string
	paths []string
}

// disclosures finds the distinct personal numbers of a kind in document order:
// in all text of the document, headers, footers, text boxes and footnotes
// included, in table cells and in the registration form.
func (c *context) disclosures(k kind) []disclosure {
	var out []disclosure
	index := map[string]int{}
	add := func(h hit, place, where, quote string, paths []string) {
		i, ok := index[h.digits]
		if !ok {
			i = len(out)
			index[h.digits] = i
			if mask(quote) == quote {
				quote = h.masked() // its label stands elsewhere: nothing else would mask it
			}
			out = append(out, disclosure{hit: h, place: place + "@" + itoa(h.start), quote: quote})
		}
		d := &out[i]
		if !contains(d.where, where) {
			d.where = append(d.where, where)
		}
		for _, p := range paths {
			if !contains(d.paths, p) {
				d.paths = append(d.paths, p)
			}
		}
	}
	for i := range c.passages {
		p := &c.passages[i]
		for _, h := range p.private {
			if h.kind != k {
				continue
			}
			if p.table < 0 || !c.isFigure(p) {
				add(h, p.place(), c.where(p), sentenceAt([]rune(p.text), h.start), c.path(p))
			}
		}
	}
	for i, r := range c.report.Registration {
		for _, h := range privateIn(r.Value, k) {
			path := "/report/registration/" + itoa(i) + "/value"
			where := "工作机构登记表“" + clip(squeeze(r.Label)) + "”"
			if _, ok := index[h.digits]; ok {
				where = out[index[h.digits]].where[0] // the same cell, read twice
			}
			add(h, path, where, r.Value, []string{path})
		}
	}
	return out
}

// privateIn finds the personal numbers of one kind in a text.
func privateIn(s string, k kind) []hit {
	var out []hit
	for _, h := range allPrivate(s) {
		if h.kind == k {
			out = append(out, h)
		}
	}
	return out
}

// allPrivate finds the personal numbers of all kinds in a text.
func allPrivate(s string) []hit {
	if !manyDigits(s) {
		return nil
	}
	text := []rune(s)
	for i, r := range text {
		text[i] = fold(r)
	}
	return findPrivate(text)
}

// manyDigits reports whether a text has as many digits, of either width, as the shortest personal
// number, with no more than one character between two but blanks, and no ideograph.
func manyDigits(s string) bool {
	const shortest = 11
	n, gap := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			n, gap = n+1, 0
			if n >= shortest {
				return true
			}
		case n > 0 && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r):
			if gap++; gap > 1 || isHan(r) {
				n = 0
			}
		}
	}
	return false
}

// isFigure reports whether the cell was read as a figure of a statutory table.
func (c *context) isFigure(p *passage) bool {
	for _, place := range c.reading.Provenance {
		if place.State == report.StateNumber && place.Table != nil && place.Row != nil && place.Column != nil &&
			*place.Table == p.table && *place.Row == p.row && *place.Column == p.column {
			return true
		}
	}
	return false
}

// privacy returns the judge of a rule that allows no personal number of a kind.
func privacy(k kind, name, advice string) func(*context) *verdict {
	return func(c *context) *verdict {
		v := newVerdict()
		if len(c.passages) > 0 || len(c.report.Registration) > 0 {
			v.pass()
		}
		for _, d := range c.disclosures(k) {
			const most = 3
			where := strings.Join(d.where[:min(len(d.where), most)], "、")
			if len(d.where) > most {
				where += "等" + itoa(len(d.where)) + "处"
			}
			v.fail(fault{
				place: d.place, paths: d.paths, quote: d.quote,
				message: where + "出现" + name + d.hit.masked() + "，" + advice,
			})
		}
		return c.hidden(v)
	}
}
