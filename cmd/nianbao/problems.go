package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/overview"
	"nianbao/convert/problems"
)

// sendBack is what the command problems is asked for.
type sendBack struct {
	stores storeConfig
	place  localConfig
	format string
	output string
	query  overview.Query
	kind   string
	level  string
	state  string
}

// newProblems writes the lists to send back.
func newProblems() *cobra.Command {
	var opt sendBack
	cmd := &cobra.Command{
		Use:   "problems",
		Short: "写出一个年度的问题清单和发回函（zip、xlsx、csv）",
		Long: `列出数据目录里已归档的报告需要改正或补报的地方；服务运行时也可以用。已判为“不成立”的问题不列入，个人号码遮盖。
zip：每个单位一份发回函（docx）和一份可填写的清单（xlsx），没有报送的是催报函，另有一份汇总。xlsx：汇总和全部问题。csv：每个问题一行。
退出状态：0 完成；1 没有写成；2 用法有误。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return opt.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	opt.stores.flags(f)
	opt.place.flags(f)
	f.StringVar(&opt.format, "format", "", "zip、xlsx、csv；默认按 --output 的扩展名，否则 csv")
	f.StringVarP(&opt.output, "output", "o", "", "写入的文件；为空则打印")
	f.IntVar(&opt.query.Year, "year", 0, "年度；默认上一年")
	f.StringVar(&opt.query.Name, "agency", "", "单位名称或别名中的文字")
	f.StringVar(&opt.query.Rule, "rule", "", "有这条规则的问题的单位")
	f.StringVar(&opt.kind, "kind", "", "只列这一类别："+strings.Join(stringsOf(bodies.Kinds()), "、"))
	f.StringVar(&opt.level, "level", "", "只列这一层级："+strings.Join(stringsOf(bodies.Levels()), "、"))
	f.StringVar(&opt.state, "status", "", "只列这种情况："+strings.Join(stringsOf(toMend()), "、"))
	return cmd
}

// toMend are the states of bodies that a list has.
func toMend() []overview.State {
	return []overview.State{overview.Missing, overview.Failed, overview.Errors, overview.Warnings, overview.Late}
}

// validate names all mistakes at once.
func (o *sendBack) validate(stdout io.Writer) error {
	if o.format == "" {
		if o.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), "."); o.output == "" {
			o.format = "csv"
		}
	}
	errs := []error{o.place.validate(), o.stores.validateExisting(true), outputMistakes(stdout, o.format, o.output, "csv", "xlsx", "zip"),
		yearMistake(o.query.Year), oneOf("--kind", o.kind, stringsOf(bodies.Kinds())), oneOf("--level", o.level, stringsOf(bodies.Levels())),
		oneOf("--status", o.state, stringsOf(toMend()))}
	o.query.Kind, o.query.Level, o.query.State = bodies.Kind(o.kind), bodies.Level(o.level), overview.State(o.state)
	return errors.Join(errs...)
}

func (o *sendBack) run(ctx context.Context, stdout, stderr io.Writer) error {
	if err := o.validate(stdout); err != nil {
		return err
	}
	if err := o.list(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "nianbao: 没有写成：", err)
		return exitFailed
	}
	return nil
}

func (o *sendBack) list(ctx context.Context, stdout, stderr io.Writer) (err error) {
	store, closeAll, err := o.stores.openStore(ctx, o.place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	years, err := overview.New(overview.Config{Store: store.catalog})
	if err != nil {
		return err
	}
	c := &problems.Collector{Years: years, Results: store.reports, Reviews: store.reports, Forms: form.All()}
	page, err := c.Open(ctx, o.query)
	if err != nil {
		return err
	}
	catalogue := o.place.read.Catalogue()
	office := problems.NewOffice(catalogue, time.Now())
	write := func(w io.Writer) error {
		switch o.format {
		case "zip":
			return page.Package(ctx, w, office, time.Local)
		case "xlsx":
			return page.Workbook(ctx, w, office, time.Local)
		}
		title := func(rule string) string { t, _ := office.Rule(rule); return t }
		return page.WriteCSV(ctx, w, title, func(string, int) string { return "" })
	}
	if err := writeOut(o.output, stdout, write); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%d年度：%d 个单位需要改正、核实或补报\n", page.Year.Year, page.Len())
	return nil
}

// oneOf is a mistake where a flag has a value that is none of the known ones.
func oneOf(flag, value string, known []string) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return errors.New(flag + " 应为 " + strings.Join(known, "、") + " 之一")
}
