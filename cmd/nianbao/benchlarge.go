package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"nianbao/convert/fixture"
)

// benchLarge is a long file.
type benchLarge struct {
	name string
	size float64 // in units of its series
	file string  // base name
	make func(w io.Writer) error
}

// large measures long files: those of a series show how time and memory grow.
func (b *bench) large(ctx context.Context) error {
	b.printf("\n## 长文件（--jobs 1）\n\n| 文件 | 大小（MB） | 处理器（秒） | 历时（秒） | 内存：读取进程（MiB） | 内存：convert（MiB） |\n|---|--:|--:|--:|--:|--:|\n")
	var pages, xml []benchLarge
	for _, n := range measured(b.opt.pages) {
		pages = append(pages, benchLarge{fmt.Sprintf("PDF，%d 页", n), float64(n), "long.pdf", func(w io.Writer) error {
			_, err := w.Write(fixture.LongPDF(n))
			return err
		}})
	}
	for _, n := range measured(b.opt.xml) {
		xml = append(xml, benchLarge{fmt.Sprintf("Word，%d MiB 的 XML", n), float64(n), "long.docx", func(w io.Writer) error {
			return fixture.WordOfXML(w, int64(n)<<20)
		}})
	}
	pageFit, err := b.series(ctx, pages, "页")
	if err != nil {
		return err
	}
	xmlFit, err := b.series(ctx, xml, "MiB")
	if err != nil {
		return err
	}
	var single []benchLarge
	if n := b.opt.yearbook; n > 0 {
		single = append(single, benchLarge{fmt.Sprintf("PDF 年鉴，%d 页", n), 0, "yearbook.pdf", func(w io.Writer) error {
			_, err := w.Write(fixture.YearbookPDF(n, fixture.DefaultStyle()))
			return err
		}})
	}
	if n := b.opt.tables; n > 0 {
		single = append(single, benchLarge{fmt.Sprintf("Word，%d 个表格", n), 0, "tables.docx", func(w io.Writer) error { return fixture.WordOfTables(w, n) }})
	}
	if _, err := b.series(ctx, single, ""); err != nil {
		return err
	}
	b.printf("\n%s%s", pageFit, xmlFit)
	return nil
}

// series measures files of different size, and says what line their figures lie on.
func (b *bench) series(ctx context.Context, files []benchLarge, unit string) (fit string, err error) {
	var size, cpu, child, own []float64
	for _, f := range files {
		c, mb, err := b.long(ctx, f)
		if err != nil {
			return "", err
		}
		b.printf("| %s | %.1f | %.2f | %.2f | %d | %d |\n", f.name, mb, c.cpu.Seconds(), c.wall.Seconds(), c.child>>20, c.own>>20)
		size, cpu = append(size, f.size), append(cpu, c.cpu.Seconds())
		child, own = append(child, float64(c.child)/(1<<20)), append(own, float64(c.own)/(1<<20))
	}
	if unit == "" || len(files) < 2 {
		return "", nil
	}
	t, m, o := fitLine(size, cpu), fitLine(size, child), fitLine(size, own)
	return fmt.Sprintf("每%s：处理器 %.2f 毫秒（线性拟合 %.2f 秒 + %.2f 毫秒/%s，偏差至多 %.1f%%）；内存：读取进程 %.0f MiB + %.0f KiB/%s，convert %.0f MiB + %.0f KiB/%s。\n",
		unit, 1000*t.slope, t.base, 1000*t.slope, unit, 100*t.off, m.base, 1024*m.slope, unit, o.base, 1024*o.slope, unit), nil
}

// long makes a file, converts it and removes it.
func (b *bench) long(ctx context.Context, f benchLarge) (c processCost, mb float64, err error) {
	path := filepath.Join(b.dir, f.file)
	w, err := os.Create(path)
	if err != nil {
		return c, 0, err
	}
	defer func() { _ = os.Remove(path) }()
	if err = f.make(w); err == nil {
		err = w.Close()
	}
	if err != nil {
		return c, 0, err
	}
	if info, err := os.Stat(path); err == nil {
		mb = float64(info.Size()) / 1e6
	}
	c, err = watchProcess(ctx, b.convert(1, []string{path}))
	if err == nil && c.status != 0 {
		err = fmt.Errorf("%w：%s", errBenchFile, f.name)
	}
	return c, mb, err
}

// fittedLine is the line of least squares: base + slope·x; off is the largest
// distance of a point from it as a share of the point.
type fittedLine struct{ base, slope, off float64 }

func fitLine(x, y []float64) (l fittedLine) {
	n, sx, sy, sxx, sxy := float64(len(x)), 0.0, 0.0, 0.0, 0.0
	for i := range x {
		sx, sy, sxx, sxy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i]
	}
	if d := n*sxx - sx*sx; d != 0 {
		l.slope = (n*sxy - sx*sy) / d
	}
	l.base = (sy - l.slope*sx) / n
	for i := range x {
		if y[i] != 0 {
			l.off = max(l.off, math.Abs(l.base+l.slope*x[i]-y[i])/math.Abs(y[i]))
		}
	}
	return l
}

// measured are the sizes asked for; 0 asks for none.
func measured(sizes []int) []int {
	return slices.DeleteFunc(slices.Clone(sizes), func(n int) bool { return n <= 0 })
}
