package doc

import "sort"

// pageLen is the length of the pages of the stream WordDocument that hold the
// formatting of characters and paragraphs by place ([MS-DOC] 2.9.33, 2.9.175).
const pageLen = 512

// bin is one page of a table: the place from which it applies and its number.
type bin struct{ fc, page int }

// fkp finds the properties of a place. Pages are read as they are needed, the
// last is kept: neighbours stand on the same.
type fkp struct {
	main  view
	bins  []bin
	entry int // bytes of one entry behind the places: 13 or 1

	current int // number of the kept page
	fcs     []int
	// damaged counts pages that are none.
	damaged int
}

func newFKP(main, table view, entry int) *fkp {
	f := &fkp{main: main, entry: entry, current: -1}
	p := newPLC(table, 4)
	for i := range p.n {
		f.bins = append(f.bins, bin{p.at(i), p.data(i).u32(0) & (1<<22 - 1)})
	}
	less := func(i, k int) bool { return f.bins[i].fc < f.bins[k].fc }
	if !sort.SliceIsSorted(f.bins, less) {
		sort.SliceStable(f.bins, less)
	}
	return f
}

// at returns the properties of place fc, none where nothing is said, and the
// first place behind it that may have others.
func (f *fkp) at(fc int) (props view, to int) {
	const never = 1<<31 - 1
	i := sort.Search(len(f.bins), func(i int) bool { return f.bins[i].fc > fc })
	to = never
	if i < len(f.bins) {
		to = f.bins[i].fc
	}
	if i == 0 {
		return nil, to
	}
	f.load(f.bins[i-1].page)
	k := sort.Search(len(f.fcs), func(k int) bool { return f.fcs[k] > fc })
	if k < len(f.fcs) {
		to = min(to, f.fcs[k])
	}
	if k == 0 || k == len(f.fcs) {
		return nil, to // between two pages
	}
	return f.props(k - 1), to
}

// load makes a page the current one.
func (f *fkp) load(n int) {
	if n == f.current {
		return
	}
	f.current, f.fcs = n, f.fcs[:0]
	page := f.main.sub(n*pageLen, pageLen)
	count := page.u8(pageLen - 1)
	if count == 0 || 4*(count+1)+count*f.entry > pageLen-1 {
		f.damaged++
		return
	}
	for i := range count + 1 {
		fc := page.u32(4 * i)
		if i > 0 && fc < f.fcs[i-1] {
			f.damaged++
			f.fcs = f.fcs[:0]
			return
		}
		f.fcs = append(f.fcs, fc)
	}
}

// props is what entry i of the current page refers to: of characters a list of
// sprms, of paragraphs their style and such a list.
func (f *fkp) props(i int) view {
	page := f.main.sub(f.current*pageLen, pageLen)
	at := 2 * page.u8(4*len(f.fcs)+i*f.entry)
	if at == 0 {
		return nil
	}
	n := page.u8(at)
	if f.entry == 1 {
		return page.sub(at+1, n)
	}
	if n == 0 {
		return page.sub(at+2, 2*page.u8(at+1))
	}
	return page.sub(at+1, 2*n-1)
}
