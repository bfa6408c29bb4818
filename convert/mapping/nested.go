package mapping

// numbered is a line with an ordinal in the style of the chapters.
type numbered struct {
	at, value int
	head      *heading // nil where the line can begin no chapter
}

// nestedScan bounds how many numbered lines one chapter may hold.
const nestedScan = 60

// withoutNested leaves out sub-headings that are numbered like the chapters
// (一、加强组织领导 二、主动公开情况 below 一、总体情况): a run of numbers that begins
// with one inside a chapter, where the chapters' own numbers go on behind it
// with a chapter's wording, and every chapter named in the run comes again.
func withoutNested(all []heading, lines []line, style ordinalStyle) []heading {
	if style == styleNone || len(all) == 0 {
		return all
	}
	list := numberedLines(all, lines, style)
	drop := map[int]bool{}
	var chapter *heading // the last one with a chapter's wording
	for i := 0; i < len(list); i++ {
		n := &list[i]
		if n.value == 1 && chapter != nil {
			if end := nestedEnd(list, i, chapter); end > i {
				for k := i; k < end; k++ {
					drop[list[k].at] = true
				}
				i = end - 1
				continue
			}
		}
		if n.head != nil && n.head.key != "" {
			chapter = n.head
		}
	}
	if len(drop) == 0 {
		return all
	}
	var out []heading
	for _, h := range all {
		if !drop[h.at] {
			out = append(out, h)
		}
	}
	return out
}

// numberedLines lists the lines with an ordinal of the style from the first
// heading on.
func numberedLines(all []heading, lines []line, style ordinalStyle) []numbered {
	var out []numbered
	next := 0
	for i := all[0].at; i < len(lines); i++ {
		for next < len(all) && all[next].at < i {
			next++
		}
		if lines[i].table {
			continue
		}
		if next < len(all) && all[next].at == i {
			if h := &all[next]; h.ord.style == style {
				out = append(out, numbered{i, h.ord.value, h})
			}
			continue
		}
		if ord, _, _ := headOrdinal(lines[i].tight); ord.style == style {
			out = append(out, numbered{at: i, value: ord.value})
		}
	}
	return out
}

// nestedEnd is where the run of sub-headings from i ends inside the chapter: at
// the heading of the chapter that comes next; i where there is no such run.
func nestedEnd(list []numbered, i int, chapter *heading) int {
	end := i
	for k := i + 1; k < len(list) && k < i+nestedScan; k++ {
		if h := list[k].head; h != nil && h.key != "" && h.score >= similarWording && h.ord.value == chapter.ord.value+1 && comeAgain(list[i:k], list[k:], chapter.key) {
			end = k
		}
		if v := list[k].value; v != 1 && v != list[k-1].value+1 {
			break
		}
	}
	return end
}

// comeAgain reports whether every chapter named in the run is the one it stands
// in, or comes behind it in words at least as good.
func comeAgain(run, behind []numbered, within string) bool {
	for _, n := range run {
		if n.head == nil || n.head.key == "" || n.head.key == within {
			continue
		}
		found := false
		for _, b := range behind {
			found = found || b.head != nil && b.head.key == n.head.key && b.head.score >= n.head.score
		}
		if !found {
			return false
		}
	}
	return true
}
