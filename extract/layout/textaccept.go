package layout

import "nianbao/extract/lazyregexp"

// accepted tells a table from text that merely has gaps.
func (t *textTable) accepted() bool {
	rows, values, texts, prose, full := 0, 0, 0, 0, 0
	rising, last := true, -1.0
	for i := t.body; i < len(t.lines); i++ {
		l := &t.lines[i]
		if len(l.segs) >= 2 {
			rows++
		}
		if 2*len(l.segs) > len(t.cols) {
			full++
		}
		prose += l.prose
		for k := range l.segs {
			sg := &l.segs[k]
			if k == 0 {
				continue
			}
			if datum(sg.text) {
				values++
			} else {
				texts++
			}
		}
		if n := len(l.segs); n > 1 {
			v, ok := pageNumber(l.segs[n-1].text)
			rising = rising && ok && v >= last
			last = v
		}
	}
	ruled := len(t.full)
	switch {
	case rows < 2 || full < 2 || 2*prose > rows+2:
		return false
	case t.listed() || t.crowded():
		return false
	case len(t.cols) == 2 && rising:
		return false // a table of contents
	case ruled >= 2:
		return values > 0 || rows >= 3
	case len(t.cols) == 2:
		return rows >= 4 && values >= 4*texts
	}
	return rows >= 3 && values >= texts && values >= 2*rows/2
}

// crowded tells that the pieces of many lines share columns: the lines are those
// of tables with columns of their own.
func (t *textTable) crowded() bool {
	rows, shared := 0, 0
	for i := t.body; i < len(t.lines); i++ {
		l := &t.lines[i]
		if len(l.segs) < 2 {
			continue
		}
		rows++
		last := -1
		for k := range l.segs {
			from, to := overlapped(t.cols, l.segs[k].box)
			if from <= last && !l.segs[k].near {
				shared++
				break
			}
			last = to
		}
	}
	return 3*shared > rows
}

// pageNumber reads a plain whole number.
func pageNumber(text string) (float64, bool) {
	v := 0.0
	for _, r := range text {
		if r < '0' || r > '9' || v > 1e6 {
			return 0, false
		}
		v = 10*v + float64(r-'0')
	}
	return v, text != ""
}

// listed tells a numbered list: its first column has ordinals and bullets only.
func (t *textTable) listed() bool {
	items, rows := 0, 0
	for i := t.body; i < len(t.lines); i++ {
		sg := &t.lines[i].segs[0]
		if len(t.lines[i].segs) < 2 || sg.box.x0 > t.cols[0].b {
			continue
		}
		rows++
		if n, _ := readOrdinal(sg.text); n != "" && len(n) == len(sg.text) || itemMark.MatchString(sg.text) {
			items++
		}
	}
	return rows > 0 && 2*items > rows
}

var itemMark = lazyregexp.New(`^[•·●○◦▪■□–—*-]$`)
