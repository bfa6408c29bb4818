package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/bodies"
	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/overview"
	"nianbao/storage/catalog"
)

// rolling is what the command aggregate is asked for.
type rolling struct {
	stores storeConfig
	place  localConfig
	format string
	output string
	year   int
	parent string // name, alias or id
	kind   string
	level  string
}

// newAggregate sums up archived reports cell by cell.
func newAggregate() *cobra.Command {
	var opt rolling
	cmd := &cobra.Command{
		Use:   "aggregate",
		Short: "把一个年度的报告逐格相加（json、xlsx、docx），列出未计入的和存疑的",
		Long: `汇总数据目录里已归档的报告；服务运行时也可以汇总。汇总名单上某主体的直接下级，每个单位计一次：有效的一版，更正过的按更正后的数字；
名单注明不计入的（不编报、垂直管理）除外。没有 --parent 时是名单最上层的那一个政府；名单没有上下级时是全部单位。
没有一份报告有数字的格没有合计，不写 0；空白、读不成数字、缺行、表内不符的都列出。两种表式分开汇总。金额折算为表上规定的单位。
json：同 GET /v1/aggregate。xlsx：说明、未计入的单位、按原样排列的汇总表、存疑的格、逐格合计、各单位的数字。docx：法定表格样式的汇总表，可以直接用进上级的报告。
退出状态：0 完成；1 没有写成；2 用法有误。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return opt.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	opt.stores.flags(f)
	opt.place.flags(f)
	f.StringVar(&opt.format, "format", "", "json、xlsx、docx；默认按 --output 的扩展名，否则 json")
	f.StringVarP(&opt.output, "output", "o", "", "写入的文件；为空则打印")
	f.IntVar(&opt.year, "year", 0, "年度；默认上一年")
	f.StringVar(&opt.parent, "parent", "", "汇总谁的下级：名单上的名称、别名或编号")
	f.StringVar(&opt.kind, "kind", "", "只汇总这一类别："+strings.Join(stringsOf(bodies.Kinds()), "、"))
	f.StringVar(&opt.level, "level", "", "只汇总这一层级："+strings.Join(stringsOf(bodies.Levels()), "、"))
	return cmd
}

func stringsOf[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// validate names all mistakes at once.
func (o *rolling) validate(stdout io.Writer) error {
	if o.format == "" {
		if o.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), "."); o.output == "" {
			o.format = "json"
		}
	}
	return errors.Join(o.place.validate(), o.stores.validateExisting(true), outputMistakes(stdout, o.format, o.output, "json", "xlsx", "docx"),
		yearMistake(o.year), oneOf("--kind", o.kind, stringsOf(bodies.Kinds())), oneOf("--level", o.level, stringsOf(bodies.Levels())))
}

// outputMistakes are what is wrong with the file a command shall write, or print where
// it has no name. The first format is one of text.
func outputMistakes(stdout io.Writer, format, output string, formats ...string) error {
	errs := []error{oneOf("--format", cmp.Or(format, "（空）"), formats)}
	if f, ok := stdout.(*os.File); ok && output == "" && format != formats[0] && term.IsTerminal(int(f.Fd())) {
		errs = append(errs, errors.New(format+" 不能打印在终端上：请给出 --output"))
	}
	if _, err := os.Lstat(output); output != "" && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, fmt.Errorf("%s 已存在", output))
	}
	return errors.Join(errs...)
}

func yearMistake(year int) error {
	if year < 0 || year > 9999 {
		return errors.New("--year 应为四位数字")
	}
	return nil
}

func (o *rolling) run(ctx context.Context, stdout, stderr io.Writer) error {
	if err := o.validate(stdout); err != nil {
		return err
	}
	if err := o.sum(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "nianbao: 没有汇总：", err)
		return exitFailed
	}
	return nil
}

func (o *rolling) sum(ctx context.Context, stdout, stderr io.Writer) (err error) {
	store, closeAll, err := o.stores.openStore(ctx, o.place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	sel, err := o.choose(ctx, store)
	if err != nil {
		return err
	}
	var sum *aggregate.Sum
	run := func(each func(*collect.Contribution) error) (*aggregate.Sum, error) {
		sum, err = sel.Sum(ctx, each)
		return sum, err
	}
	write := func(w io.Writer) error {
		switch o.format {
		case "xlsx":
			return export.RollUpXLSX(w, export.RollUp{Run: run, Forms: form.All()})
		case "docx":
			return export.RollUpDOCX(w, export.RollUp{Run: run, Forms: form.All()})
		}
		if _, err := run(nil); err != nil {
			return err
		}
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		return out.Encode(sum)
	}
	if err := writeOut(o.output, stdout, write); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%d年度：应汇总 %d 个，已计入 %d 个\n", sum.Year, len(sum.Bodies), sum.Counts[aggregate.Counted])
	for i := range sum.Warnings {
		fmt.Fprintln(stderr, sum.Warnings[i].Message)
	}
	return nil
}

// choose finds the bodies.
func (o *rolling) choose(ctx context.Context, store *opened) (*collect.Selection, error) {
	years, err := overview.New(overview.Config{Store: store.catalog})
	if err != nil {
		return nil, err
	}
	q := collect.Query{Year: o.year, Kind: bodies.Kind(o.kind), Level: bodies.Level(o.level)}
	if o.parent != "" {
		if q.Parent, err = bodyNamed(ctx, store.catalog, o.parent); err != nil {
			return nil, err
		}
	}
	c := &collect.Collector{Years: years, Results: store.reports, Reviews: store.reports, Forms: form.All()}
	return c.Select(ctx, q)
}

// bodyNamed is the id of the body with that name, alias or id.
func bodyNamed(ctx context.Context, c *catalog.Catalog, name string) (string, error) {
	list, err := c.Bodies(ctx)
	if err != nil {
		return "", err
	}
	b, ok := list.Find(name)
	if !ok {
		b, ok = list.Get(name)
	}
	if !ok {
		return "", fmt.Errorf("名单上没有“%s”", name)
	}
	return b.ID, nil
}
