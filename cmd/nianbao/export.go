package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract/sandbox"
)

// takeOut is what the command export is asked for.
type takeOut struct {
	stores  storeConfig
	reading readingConfig
	place   localConfig
	word    wordConfig
	format  string
	output  string
	all     bool // a data set, into the directory output
	ids     []string
	filter  intake.Filter
	review  string
	paths   []string
}

// newExport writes many reports to one file, from files or from the service's store.
func newExport() *cobra.Command {
	var opt takeOut
	cmd := &cobra.Command{
		Use:   "export [PATH…]",
		Short: "把报告的数字、问题和出处导出成表格（xlsx、csv）、Word（docx）、md 或 jsonl",
		Long: `给出 PATH 时：读取其中的 Word、网页、PDF 报告（同 convert），以及 convert 打印的 JSON 结果；- 为标准输入的 JSON 结果。
没有 PATH 时：导出数据目录里已归档的报告，可以按编号或条件选择；服务运行时也可以导出。
xlsx：每份报告一行，每种表式一张工作表，列名为法定名称；另有问题、来源、出处等工作表。只有一份报告时还有按原样排列的表格。
csv：UTF-8（带标记），每份报告一行；可能被当作公式的文字前加一个撇号。不能转换的文件也各占一行，写明原因。
docx：按当年法定表式排好的报告；多份时请把 --output 写成 .zip，每份一个文件（年份-机关.docx）。--template 可以换成自己的模板，见 nianbao template。
--all：供研究用的数据集，写入一个新目录：报告、单元格、正文中的数字、问题、读取损失各一个 csv，另有数据字典（README.md、datapackage.json）和校验和。
退出状态：0 完成；1 没有写成；2 用法有误。`,
		Args: func(*cobra.Command, []string) error { return nil }, // any number
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.paths = args
			return opt.run(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	opt.stores.flags(f)
	opt.reading.flags(f)
	opt.place.flags(f)
	opt.word.flags(f)
	f.StringVar(&opt.format, "format", "", strings.Join(export.Names(), "、")+"；默认按 --output 的扩展名")
	f.StringVarP(&opt.output, "output", "o", "", "写入的文件；为空则打印。用 --all 时是新建的目录")
	f.BoolVar(&opt.all, "all", false, "写成供研究用的数据集")
	f.StringSliceVar(&opt.ids, "report", nil, "报告编号，可以给出几个")
	f.StringVar(&opt.filter.Agency, "agency", "", "机关名称中的文字")
	f.IntVar(&opt.filter.Year, "year", 0, "年度")
	f.StringVar(&opt.filter.Form, "form", "", "表式")
	f.StringVar(&opt.filter.Status, "status", "", "核对结论，或 failed")
	f.StringVar(&opt.filter.Rule, "rule", "", "有这条规则的问题")
	f.StringVar(&opt.filter.Kind, "kind", "", "编制主体的类别")
	f.StringVar(&opt.filter.Query, "query", "", "标题、机关、文件名或正文中的词")
	f.StringVar(&opt.review, "review", "", "核对进度：unreviewed、checked、returned")
	return cmd
}

// validate names all mistakes at once.
func (o *takeOut) validate(stdout io.Writer) error {
	o.filter.Review = report.ReviewState(o.review)
	if o.format == "" && !o.all {
		o.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), ".")
		if o.format == "zip" {
			o.format = "docx" // the one of which several are a zip
		}
	}
	errs := []error{o.reading.validate(), o.place.validate(), o.word.validate()}
	switch _, ok := export.Lookup(o.format); {
	case o.all && (o.format != "" || o.output == ""):
		errs = append(errs, errors.New("--all 需要 --output，不能与 --format 同用"))
	case !o.all && !ok:
		errs = append(errs, fmt.Errorf("--format 应为 %s 之一", strings.Join(export.Names(), "、")))
	}
	if f, ok := stdout.(*os.File); ok && o.output == "" && (o.format == "xlsx" || o.format == "docx") && term.IsTerminal(int(f.Fd())) {
		errs = append(errs, fmt.Errorf("%s 不能打印在终端上：请给出 --output", o.format))
	}
	if _, err := os.Lstat(o.output); o.output != "" && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, fmt.Errorf("%s 已存在", o.output))
	}
	filter := !reflect.ValueOf(o.filter).IsZero()
	switch {
	case len(o.paths) > 0 && (filter || len(o.ids) > 0):
		errs = append(errs, errors.New("PATH 不能与 --report 或筛选条件同用"))
	case len(o.ids) > 0 && filter:
		errs = append(errs, errors.New("--report 不能与筛选条件同用"))
	case len(o.paths) == 0:
		errs = append(errs, o.stores.validateExisting(true))
	}
	return errors.Join(errs...)
}

func (o *takeOut) run(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	if err := o.validate(stdout); err != nil {
		return err
	}
	var err error
	if len(o.paths) > 0 {
		err = o.fromFiles(ctx, stdin, stdout, stderr)
	} else {
		err = o.fromStore(ctx, stdout)
	}
	if errors.Is(err, export.ErrSeveral) {
		err = fmt.Errorf("%w：请把 --output 写成 .zip", err)
	}
	if err != nil {
		fmt.Fprintln(stderr, "nianbao: 没有导出：", err)
		return exitFailed
	}
	return nil
}

// write writes the set in the format asked for.
func (o *takeOut) write(stdout io.Writer, entries iter.Seq2[export.Entry, error]) error {
	titles := map[string]string{}
	for _, r := range o.place.read.Catalogue() {
		titles[r.ID] = r.Title
	}
	set := export.Set{Entries: entries, Forms: form.All(), Title: func(rule string) string { return titles[rule] }, Location: time.Local, Templates: o.word.templates}
	if o.all {
		return writeDir(o.output, func(dir string) error { return export.Dataset(dir, set) })
	}
	format, _ := export.Lookup(o.format)
	if strings.EqualFold(filepath.Ext(o.output), ".zip") {
		format = format.Many()
	}
	return writeOut(o.output, stdout, func(w io.Writer) error { return buffered(w, format, set) })
}

// writeDir writes a new directory: beside its place, and there when it is whole.
func writeDir(name string, write func(dir string) error) error {
	name = filepath.Clean(name)
	part := name + ".part"
	if err := os.Mkdir(part, 0o700); err != nil {
		return err
	}
	if err := write(part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	return os.Rename(part, name)
}

func buffered(w io.Writer, format export.Format, set export.Set) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if err := format.Write(out, set); err != nil {
		return err
	}
	return out.Flush()
}

// fromStore exports archived reports. Nothing is converted.
func (o *takeOut) fromStore(ctx context.Context, stdout io.Writer) (err error) {
	archived, closeAll, err := o.stores.openResults(ctx, o.place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	if len(o.ids) == 0 {
		return o.write(stdout, archived.All(ctx, o.filter))
	}
	return o.write(stdout, func(yield func(export.Entry, error) bool) {
		for _, id := range o.ids {
			e, err := archived.Get(ctx, id)
			if errors.Is(err, intake.ErrNotFound) {
				err = fmt.Errorf("没有编号为 %q 的报告", id)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	})
}

// fromFiles exports files: documents are converted, results taken as they are.
func (o *takeOut) fromFiles(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	defer sandbox.CollectByLive()()
	if slices.Equal(o.paths, []string{"-"}) {
		return o.write(stdout, resultsIn(stdin))
	}
	inputs, left, err := findInputsThat(func(path string) bool { return ours(path) || isResults(path) }, o.paths)
	if err != nil {
		return err
	}
	if left > 0 {
		fmt.Fprintf(stderr, "另有 %d 个文件不是 Word、网页、PDF 或结果，未处理\n", left)
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	pool, err := o.reading.pool(log)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	bar := newProgress(stderr, "导出", len(inputs))
	defer func() { _ = bar.Finish() }()
	c := newConverter(pool, log, o.place.read)
	failed := 0
	err = o.write(stdout, o.converted(ctx, inputs, c, func(e *export.Entry) {
		if e.Failure != nil {
			failed++
		}
	}, func() { _ = bar.Add(1) }))
	if err == nil && failed > 0 {
		fmt.Fprintf(stderr, "%d 个文件未能转换，导出中写明了原因\n", failed)
	}
	return err
}

// errEnough ends converting when nobody wants more.
var errEnough = errors.New("enough")

// converted is the entries of files in their order; it tells of each entry, and when
// a file is done.
func (o *takeOut) converted(ctx context.Context, inputs []input, c converter, tell func(*export.Entry), done func()) iter.Seq2[export.Entry, error] {
	return func(yield func(export.Entry, error) bool) {
		err := inOrder(ctx, inputs, o.reading.Jobs, func(ctx context.Context, in input) answer {
			if isResults(in.path) {
				return answer{}
			}
			return c.convert(ctx, in)
		}, func(in input, a answer) error {
			defer done()
			var r io.Reader = bytes.NewReader(a.line)
			if a.line == nil {
				f, err := openRegular(in.path)
				if err != nil {
					return err
				}
				defer func() { _ = f.Close() }() // was only read
				r = f
			}
			for e, err := range resultsIn(r) {
				if err != nil {
					return fmt.Errorf("%s：%w", in.path, err)
				}
				tell(&e)
				if !yield(e, nil) {
					return errEnough
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(export.Entry{}, err)
		}
	}
}
