package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"
)

type benchOptions struct {
	files     int   // made of each kind, where none are given
	peerFiles int   // of a kind that others convert; 0 is all
	pages     []int // of long PDF files
	xml       []int // MiB of XML of long Word files
	tables    int   // of a Word file
	yearbook  int   // pages
	starts    int
	peers     bool
	rounds    int
	floorTime time.Duration // processor time over which a floor is measured in a round, at least
}

// newBench is for those who work on speed: it measures whole processes beside
// other programs and beside what is the least that can be done.
func newBench() *cobra.Command {
	var opt benchOptions
	cmd := &cobra.Command{
		Use:   "bench [PATH…]",
		Short: "测量转换的用时，与其他程序和下限比较（开发用）",
		Long: `测量整个进程（连同读取进程）转换各类文件的处理器时间和历时，打印成 Markdown 表：
旁边是机器上装有的 pdftotext、mutool、pandoc、docx2txt、LibreOffice（每个文件调用一次），和同样的文件只解压、只切分成词法单位所需的时间（下限）。
不给 PATH 时在临时目录里自行生成文件，并测量长文件：用时和内存怎样随大小增长。各程序轮流测量，比值在同一轮内计算，表中是各轮的中位数；其他进程占用处理器时历时不可比，处理器时间也会偏大。`,
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runBench(cmd.Context(), cmd.OutOrStdout(), args, opt)
		},
	}
	f := cmd.Flags()
	f.IntVar(&opt.files, "files", 200, "自行生成的每类文件数")
	f.IntVar(&opt.peerFiles, "peer-files", 0, "其他程序转换的每类文件数，0 为全部")
	f.IntVar(&opt.rounds, "rounds", 5, "轮流测量的次数：表中是各轮的中位数")
	f.DurationVar(&opt.floorTime, "floor-time", 200*time.Millisecond, "一轮中测量一个下限至少用的处理器时间")
	f.BoolVar(&opt.peers, "peers", true, "测量其他程序")
	f.IntSliceVar(&opt.pages, "pages", []int{500, 1000, 2000}, "长 PDF 的页数；0 为不测")
	f.IntSliceVar(&opt.xml, "xml-mib", []int{25, 50, 100}, "长 Word 文件的 XML 大小（MiB）；0 为不测")
	f.IntVar(&opt.tables, "tables", 5000, "Word 文件的表格数，0 为不测")
	f.IntVar(&opt.yearbook, "yearbook", 300, "年鉴 PDF 的页数，0 为不测")
	f.IntVar(&opt.starts, "starts", 20, "测量启动的次数")
	return cmd
}

// bench is one run of measurements.
type bench struct {
	opt  benchOptions
	self string
	dir  string // temporary
	out  io.Writer
}

func runBench(ctx context.Context, out io.Writer, paths []string, opt benchOptions) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "nianbao-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b := &bench{opt: opt, self: self, dir: dir, out: out}
	b.printf("# nianbao 测量 %s\n\n%s\n", time.Now().Format("2006-01-02 15:04"), machine())
	kinds, err := b.kinds(ctx, paths)
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if err := b.compare(ctx, k); err != nil {
			return err
		}
	}
	if err := b.start(ctx); err != nil {
		return err
	}
	if len(paths) > 0 {
		return nil
	}
	return b.large(ctx)
}

func (b *bench) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(b.out, format, args...) // a measurement nobody reads does no harm
}

// benchRow is one program, or floor, that is measured on a kind of files.
type benchRow struct {
	name  string
	least bool // the floor that conversions are compared with
	peer  bool // another's program, whose failure is told and ends nothing
	// measure gives what the round's share of the work took, a file.
	measure func(round int) (processCost, error)
	costs   []processCost // a round each
	failed  error         // the first
}

// compare measures one kind of files: all in one call of ours, one call each of
// the others'. All take turns in rounds, as what else a machine does changes from
// one second to the next: ours and the floors measure everything in every round,
// the others, which are slower, a part of the files.
func (b *bench) compare(ctx context.Context, k benchKind) error {
	b.printf("\n## %s：%d 个文件，共 %.1f MB\n\n", k.name, len(k.files), float64(k.bytes())/1e6)
	ours := func(jobs int) *benchRow {
		return &benchRow{name: fmt.Sprintf("nianbao convert --jobs %d（一次调用）", jobs), measure: func(int) (processCost, error) {
			c, err := measureProcess(ctx, b.convert(jobs, k.files))
			return c.per(len(k.files)), err
		}}
	}
	one, two := ours(1), ours(2)
	both := &benchRow{name: "两个 nianbao convert --jobs 1 同时，各转换全部文件", measure: func(int) (processCost, error) {
		c, err := measureAtOnce(ctx, b.convert(1, k.files), b.convert(1, k.files))
		return c.per(2 * len(k.files)), err
	}}
	rows, err := b.floors(k)
	if err != nil {
		return err
	}
	rows = append([]*benchRow{one, two, both}, rows...)
	var missing []string
	if b.opt.peers {
		var peers []*benchRow
		peers, missing = b.peers(ctx, k)
		rows = append(rows, peers...)
	}
	if _, err := one.measure(0); err != nil { // fills the caches of the system
		return err
	}
	for round := range b.rounds() {
		for _, r := range rows {
			cost, err := r.measure(round)
			if r.failed == nil {
				r.failed = err
			}
			r.costs = append(r.costs, cost)
		}
	}
	for _, r := range rows {
		if r.failed == nil {
			continue
		}
		if !r.peer {
			return fmt.Errorf("%s：%w", r.name, r.failed)
		}
		missing = append(missing, fmt.Sprintf("%s 未测：%v", r.name, r.failed))
	}
	rows = slices.DeleteFunc(rows, func(r *benchRow) bool { return r.failed != nil })
	b.printf("| 程序 | 处理器（毫秒/份） | 历时（毫秒/份） | 处理器为 --jobs 1 的 | 历时为 --jobs 2 的 |\n|---|--:|--:|--:|--:|\n")
	for _, r := range rows {
		b.printf("| %s | %.2f | %.2f | %.2f 倍 | %.2f 倍 |\n", r.name, r.median(processorCost), r.median(clockCost),
			r.times(one, processorCost), r.times(two, clockCost))
	}
	b.printf("\n--jobs 2 的速度（历时）为 --jobs 1 的 %.2f 倍；互不相干的两个进程同时，合计为一个的 %.2f 倍：这台机器的两核给得出这么多。",
		one.times(two, clockCost), one.times(both, clockCost))
	for _, r := range rows {
		if r.least {
			b.printf("nianbao 为%s的 %.1f 倍。", r.name, one.times(r, processorCost))
		}
	}
	for _, m := range missing {
		b.printf("\n%s。", m)
	}
	b.printf("\n")
	return nil
}

func (b *bench) rounds() int { return max(1, b.opt.rounds) }

// median is that of the rounds, in milliseconds a file.
func (r *benchRow) median(of func(processCost) time.Duration) float64 {
	var all []float64
	for _, c := range r.costs {
		all = append(all, of(c).Seconds()*1000)
	}
	return median(all)
}

// times says how many times another's cost this is: the median of the ratios
// within each round.
func (r *benchRow) times(other *benchRow, of func(processCost) time.Duration) float64 {
	var all []float64
	for i, c := range r.costs {
		if d := of(other.costs[i]); d > 0 {
			all = append(all, of(c).Seconds()/d.Seconds())
		}
	}
	return median(all)
}

// convert is the call that converts files, results thrown away.
func (b *bench) convert(jobs int, files []string) []string {
	return append([]string{b.self, "convert", fmt.Sprintf("--jobs=%d", jobs)}, files...)
}

// start measures what a call costs that does next to nothing.
func (b *bench) start(ctx context.Context) error {
	file := filepath.Join(b.dir, "word.rtf")
	if err := os.WriteFile(file, []byte(`{\rtf1 x}`), 0o600); err != nil {
		return err
	}
	b.printf("\n## 启动（%d 次的中位数）\n\n| 命令 | 处理器（毫秒） | 历时（毫秒） |\n|---|--:|--:|\n", b.opt.starts)
	for _, c := range [][]string{{"version"}, {"convert", "--jobs=1", file}} {
		var r benchRow
		for range max(1, b.opt.starts) {
			cost, err := measureProcess(ctx, append([]string{b.self}, c...))
			if err != nil {
				return err
			}
			r.costs = append(r.costs, cost)
		}
		name := c[0]
		if name == "convert" {
			name = "convert，连同读取进程，一个只有一个字母的文件"
		}
		b.printf("| %s | %.1f | %.1f |\n", name, r.median(processorCost), r.median(clockCost))
	}
	return nil
}

// median is 0 of nothing.
func median(of []float64) float64 {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return of[len(of)/2]
}

// errBenchFile is a made file that could not be converted.
var errBenchFile = errors.New("生成的文件没有转换成功")
