package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"nianbao/extract/differ"
)

// goodFile is the accuracy that a file should have.
const goodFile = 0.995

// garbledPage is the share of unknown glyphs from which on a page is not passed
// off as text (package layout); such pages are counted apart.
const garbledPage = 0.2

// differTotals is what a comparison of many files comes to.
type differTotals struct {
	ends      map[string]int
	sum       differCount // of all compared pages
	both      differCount // of those on which both engines know the text
	goodBoth  int         // files, by these
	alone     [2]int      // pages whose text only the first, only the second engine knows
	files     int         // compared
	good      int         // of these
	pages     int
	garbled   int // pages that both engines do not know
	damaged   int // pages that one engine or both could not read
	kinds     map[differ.Kind]int
	kindFiles map[differ.Kind]int
	pairs     map[differ.Difference]int
	differing []differPage
	seen      map[uint64]bool
	copies    int // pages that were in another file already
}

type differPage struct {
	path string
	page differ.Page
}

func unknownShare(unknown, all int) float64 { return float64(unknown) / float64(max(1, all)) }

func (t *differTotals) add(r differ.Result) {
	switch {
	case r.Died != "":
		t.ends["未比较："+r.Died]++
	case r.Errors[0] != "" && r.Errors[1] != "":
		t.ends["两个引擎都不能打开"]++
	case r.Errors[0] != "":
		t.ends["只有第二引擎能打开"]++
	case r.Errors[1] != "":
		t.ends["只有第一引擎能打开"]++
	case !r.Compared():
		t.ends["没有一页两个引擎都能读"]++
	default:
		t.compared(r)
	}
}

func (t *differTotals) compared(r differ.Result) {
	t.ends["已比较"]++
	var sum, both differCount
	here := map[differ.Kind]bool{}
	for _, p := range r.Pages {
		if p.Error != "" {
			t.damaged++
			continue
		}
		if t.seen[p.Content] && p.First+p.Second > 0 {
			t.copies++
			continue
		}
		t.seen[p.Content] = true
		t.pages++
		switch first, second := unknownShare(p.Unknown[0], p.First) > garbledPage, unknownShare(p.Unknown[1], p.Second) > garbledPage; {
		case first && second:
			t.garbled++
			continue
		case first:
			t.alone[1]++
		case second:
			t.alone[0]++
		default:
			both.add(p)
		}
		sum.add(p)
		for _, d := range p.Differences {
			t.kinds[d.Kind] += d.Count
			here[d.Kind] = true
			t.pairs[differ.Difference{Kind: d.Kind, First: d.First, Second: d.Second}] += d.Count
		}
		if p.Accuracy() < 1 {
			t.differing = append(t.differing, differPage{r.Path, p})
		}
	}
	for k := range here {
		t.kindFiles[k]++
	}
	t.sum.addCount(sum)
	t.both.addCount(both)
	t.files++
	if sum.accuracy() >= goodFile {
		t.good++
	}
	if both.accuracy() >= goodFile {
		t.goodBoth++
	}
}

// differCount is what counts of pages.
type differCount struct{ first, second, same, moved int }

func (c *differCount) add(p differ.Page) {
	c.addCount(differCount{p.First, p.Second, p.Same, p.Moved})
}

func (c *differCount) addCount(o differCount) {
	c.first, c.second, c.same, c.moved = c.first+o.first, c.second+o.second, c.same+o.same, c.moved+o.moved
}

func (c differCount) accuracy() float64 {
	return differ.Page{First: c.first, Second: c.second, Same: c.same, Moved: c.moved}.Accuracy()
}

// lost is the number of characters that a page's engines do not have in common.
func (p differPage) lost() int { return max(p.page.First, p.page.Second) - p.page.Same - p.page.Moved }

// printDiffer prints the totals, the kinds of differences and the worst pages.
func printDiffer(w io.Writer, results []differ.Result, worst int) error {
	t := differTotals{
		ends: map[string]int{}, kinds: map[differ.Kind]int{}, kindFiles: map[differ.Kind]int{}, pairs: map[differ.Difference]int{}, seen: map[uint64]bool{},
	}
	for _, r := range results {
		t.add(r)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%d 个文件\n", len(results))
	for _, k := range slices.Sorted(maps.Keys(t.ends)) {
		fmt.Fprintf(&out, "%7d  %s\n", t.ends[k], k)
	}
	fmt.Fprintf(&out, "已比较 %d 页（其他文件中的 %d 页副本不计），其中 %d 页两个引擎都没有可信的文字，不计；另有 %d 页至少一个引擎不能读\n", t.pages, t.copies, t.garbled, t.damaged)
	fmt.Fprintf(&out, "只有第一引擎有可信的文字：%d 页；只有第二引擎有：%d 页\n", t.alone[0], t.alone[1])
	for _, s := range []struct {
		name string
		differCount
		good int
	}{{"", t.sum, t.good}, {"两个引擎都有可信文字的页", t.both, t.goodBoth}} {
		fmt.Fprintf(&out, "%s一致 %.6f：字符，第一引擎 %d，第二引擎 %d；相同且同位 %d，相同而异位 %d；%d 个文件中 %d 个不低于 %.3f（%.1f%%）\n",
			s.name, s.accuracy(), s.first, s.second, s.same, s.moved, t.files, s.good, goodFile, 100*unknownShare(s.good, t.files))
	}
	for _, k := range slices.SortedFunc(maps.Keys(t.kinds), func(a, b differ.Kind) int { return cmp.Compare(t.kinds[b], t.kinds[a]) }) {
		fmt.Fprintf(&out, "%7d  %-15s %d 个文件\n", t.kinds[k], k, t.kindFiles[k])
	}
	out.WriteString("最多的差异：\n")
	pairs := slices.SortedFunc(maps.Keys(t.pairs), func(a, b differ.Difference) int {
		return cmp.Or(cmp.Compare(t.pairs[b], t.pairs[a]), strings.Compare(a.First+a.Second, b.First+b.Second))
	})
	for _, d := range pairs[:min(worst, len(pairs))] {
		fmt.Fprintf(&out, "%7d  %-15s %q %q\n", t.pairs[d], d.Kind, d.First, d.Second)
	}
	out.WriteString("差异最多的页：\n")
	slices.SortStableFunc(t.differing, func(a, b differPage) int { return cmp.Compare(b.lost(), a.lost()) })
	for _, p := range t.differing[:min(worst, len(t.differing))] {
		fmt.Fprintf(&out, "%7d  %.4f %s 第 %d 页（%d、%d）", p.lost(), p.page.Accuracy(), p.path, p.page.Number, p.page.First, p.page.Second)
		for _, d := range p.page.Differences[:min(3, len(p.page.Differences))] {
			fmt.Fprintf(&out, "  %s %q %q ×%d (%d, %d)", d.Kind, d.First, d.Second, d.Count, d.X, d.Y)
		}
		out.WriteByte('\n')
	}
	_, err := out.WriteTo(w)
	return err
}
