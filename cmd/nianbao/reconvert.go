package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

type reconvertOptions struct {
	engine engineConfig
	year   int
	dryRun bool
	asJSON bool
}

// newReconvert runs the versions in force on what older ones converted.
func newReconvert() *cobra.Command {
	var opt reconvertOptions
	cmd := &cobra.Command{
		Use:   "reconvert",
		Short: "用现在的程序、表式和规则重新转换归档中的报告，并列出变化",
		Long: `从归档读取原件，重新转换由其他版本（程序、表式、规则，包括 --rules 的本地规则）得出结果的报告，
逐份列出变化的数值、消失和新增的问题。新的结果生效；旧的结果留在归档里。中断后再次运行即从没有做完的报告继续。
使用 SQLite 时须先停止 serve。退出状态：0 完成；1 至少一份没有做完；2 用法有误。`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opt.engine.validate(); err != nil {
				return err
			}
			return runReconvert(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), opt)
		},
	}
	opt.engine.flags(cmd.Flags())
	cmd.Flags().IntVar(&opt.year, "year", 0, "只转换这一年度的报告；0 为全部")
	cmd.Flags().BoolVar(&opt.dryRun, "dry-run", false, "只列出变化，不保存")
	cmd.Flags().BoolVar(&opt.asJSON, "json", false, "每份有变化的报告打印一行 JSON")
	return cmd
}

func runReconvert(ctx context.Context, stdout, stderr io.Writer, opt reconvertOptions) (err error) {
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	e, err := openEngine(ctx, opt.engine, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.stop(ctx)) }()
	all, err := e.catalog.List(ctx, intake.Filter{Year: opt.year, Limit: 1})
	if err != nil {
		return err
	}
	r := &reconversion{service: e.service, opt: opt, out: stdout, stderr: stderr, bar: newProgress(stderr, "转换", int(all.Total))}
	if err := r.run(ctx, e.catalog.List); err != nil {
		return err
	}
	_ = r.bar.Finish()
	fmt.Fprintf(stderr, "已转换 %d 份，其中 %d 份有变化，%d 份转换失败；%d 份已是现在的版本或正在处理。\n", r.done, r.changed, r.refused, r.left)
	if r.failed > 0 {
		fmt.Fprintf(stderr, "%d 份没有做完，没有改动：见上面的错误，再次运行即继续。\n", r.failed)
		return exitFailed
	}
	return nil
}

// reconversion is one run.
type reconversion struct {
	service *intake.Service
	opt     reconvertOptions
	out     io.Writer
	stderr  io.Writer
	bar     *progressbar.ProgressBar

	done, changed, refused, left, failed int
}

// reconverted is what became of one report.
type reconverted struct {
	id string
	intake.Reconverted
	ok  bool
	err error
}

// run converts all reports of the list, some at a time, and tells of them in turn.
func (r *reconversion) run(ctx context.Context, list func(context.Context, intake.Filter) (intake.Page, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work, ctx := errgroup.WithContext(ctx)
	ids, came := make(chan string), make(chan reconverted)
	work.Go(func() error {
		defer close(ids)
		for f := (intake.Filter{Year: r.opt.year, Limit: 200}); ; {
			page, err := list(ctx, f)
			if err != nil {
				return err
			}
			for i := range page.Items {
				select {
				case ids <- page.Items[i].ID:
				case <-ctx.Done():
					return errors.New("已中断，再次运行即继续")
				}
			}
			if f.Cursor = page.Next; f.Cursor == "" {
				return nil
			}
		}
	})
	workers, inner := errgroup.WithContext(ctx)
	for range r.opt.engine.Reading.Jobs {
		workers.Go(func() error {
			for id := range ids {
				one := reconverted{id: id}
				one.Reconverted, one.ok, one.err = r.service.Reconvert(inner, id, !r.opt.dryRun)
				came <- one
			}
			return nil
		})
	}
	work.Go(func() error {
		defer close(came)
		return workers.Wait()
	})
	var told error
	for one := range came { // to the end: nobody may wait for it
		if told == nil {
			if told = r.tell(one); told != nil {
				cancel()
			}
		}
	}
	return errors.Join(work.Wait(), told)
}

// tell prints one report, if there is something to tell.
func (r *reconversion) tell(one reconverted) error {
	_ = r.bar.Add(1)
	switch {
	case errors.Is(one.err, intake.ErrNotFound): // deleted meanwhile
		r.left++
		return nil
	case one.err != nil:
		r.failed++
		_, err := fmt.Fprintf(r.stderr, "%s：%v\n", one.id, one.err)
		return err
	case !one.ok:
		r.left++
		return nil
	}
	r.done++
	if one.Problem != nil {
		r.refused++
	}
	changes := changesOf(&one.Reconverted)
	if changes.Empty() && one.Problem == nil && one.Before != nil {
		return nil
	}
	r.changed++
	if r.opt.asJSON {
		return json.NewEncoder(r.out).Encode(struct {
			ID       string          `json:"id"`
			Filename string          `json:"filename"`
			Problem  *report.Problem `json:"error,omitempty"`
			report.Changes
		}{one.Summary.ID, one.Summary.Filename, one.Problem, changes})
	}
	return r.print(&one.Reconverted, changes)
}

// changesOf compares; a result that is not there has nothing.
func changesOf(r *intake.Reconverted) report.Changes {
	before, after := r.Before, r.After
	if before == nil {
		before = &report.Result{}
	}
	if after == nil {
		after = &report.Result{}
	}
	return report.Compare(before, after)
}

func (r *reconversion) print(one *intake.Reconverted, c report.Changes) error {
	title := one.Summary.Filename
	if one.Summary.Title != nil {
		title = *one.Summary.Title + "（" + title + "）"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", one.Summary.ID, title)
	switch {
	case one.Problem != nil:
		fmt.Fprintf(&b, "  转换失败：%s。%s\n", one.Problem.Title, one.Problem.Detail)
	case one.Before == nil:
		fmt.Fprintf(&b, "  原来没有结果，现在有 %d 条问题\n", len(one.After.Validation.Findings))
	default:
		tellChanges(&b, c)
	}
	_, err := io.WriteString(r.out, b.String())
	return err
}

func tellChanges(b *strings.Builder, c report.Changes) {
	for _, v := range c.Values {
		fmt.Fprintf(b, "  %s\n", v)
	}
	for _, f := range c.Gone {
		fmt.Fprintf(b, "  － [%s] %s：%s\n", f.Severity.Word(), f.Rule, f.Message)
	}
	for _, f := range c.New {
		fmt.Fprintf(b, "  ＋ [%s] %s：%s\n", f.Severity.Word(), f.Rule, f.Message)
	}
}
