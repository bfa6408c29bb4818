package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"nianbao/extract"
	"nianbao/extract/sandbox"
)

// What reading any file may take at most, in seconds and resident bytes.
const (
	corpusWall   = 10 * time.Second
	corpusMemory = 512 << 20
	corpusWorst  = 10 // files listed by time and by memory
)

type corpusOptions struct {
	reading readingConfig
	output  string
}

// newCorpus is for those who work on the readers: it says how a folder of hard
// files ends.
func newCorpus() *cobra.Command {
	var opt corpusOptions
	cmd := &cobra.Command{
		Use:   "corpus [DIR]",
		Short: "读取一个目录的所有文件，打印结局一览（开发用）",
		Long: `逐个读取目录（DIR 或环境变量 CORPUS_DIR）中的所有文件（不论格式），打印结局、用时、内存一览；每个文件用一个新的读取进程。
退出状态：0 每个文件都得到结果或有类别的错误；1 有进程崩溃、无类别的错误、超过 10 秒或 512 MiB；2 用法有误。`,
		Hidden: true,
		Args:   cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := os.Getenv("CORPUS_DIR")
			if len(args) > 0 {
				dir = args[0]
			}
			if dir == "" {
				return errors.New("没有目录：给出 DIR 或环境变量 CORPUS_DIR")
			}
			return runCorpus(cmd.Context(), cmd.OutOrStdout(), dir, opt)
		},
	}
	opt.reading.flags(cmd.Flags())
	cmd.Flags().StringVarP(&opt.output, "output", "o", "", "每个文件的结局（含中性文档）写入此目录下的 NAME.json")
	return cmd
}

// outcome is how one file of a corpus ended.
type outcome struct {
	Path       string              `json:"path"`
	Code       string              `json:"code"` // "ok", an extract.Code, or "untyped"
	Detail     string              `json:"detail,omitempty"`
	Limit      string              `json:"limit,omitempty"`
	Died       string              `json:"died,omitempty"`
	Seconds    float64             `json:"seconds"`
	CPUSeconds float64             `json:"cpu_seconds"`
	Memory     int64               `json:"memory_bytes"`
	Engine     string              `json:"engine,omitempty"`
	Warnings   int                 `json:"warnings,omitempty"`
	Extraction *extract.Extraction `json:"extraction,omitempty"`
}

// bad says what must not happen; empty where nothing did.
func (o *outcome) bad() string {
	var why []string
	if o.Code == "untyped" {
		why = append(why, "无类别的错误")
	}
	switch o.Died {
	case "panic", "unknown", "answer":
		why = append(why, "进程崩溃（"+o.Died+"）")
	}
	if o.Seconds > corpusWall.Seconds() {
		why = append(why, fmt.Sprintf("%.1f 秒", o.Seconds))
	}
	// At the limit itself the process is ended: that is how the limit is kept.
	if o.Memory > corpusMemory+corpusMemory/8 {
		why = append(why, fmt.Sprintf("%d MiB", o.Memory>>20))
	}
	return strings.Join(why, "，")
}

func runCorpus(ctx context.Context, stdout io.Writer, dir string, opt corpusOptions) error {
	if err := opt.reading.validate(); err != nil {
		return err
	}
	files, err := filesBelow(dir)
	if err != nil {
		return err
	}
	if opt.output != "" {
		if err := os.MkdirAll(opt.output, 0o750); err != nil {
			return err
		}
	}
	outcomes := make([]outcome, len(files))
	todo := make(chan int)
	errs := make([]error, opt.reading.Jobs)
	var wg sync.WaitGroup
	for k := range opt.reading.Jobs {
		wg.Go(func() { errs[k] = opt.readAll(ctx, dir, files, outcomes, todo) })
	}
	for i := range files {
		todo <- i
	}
	close(todo)
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return printOutcomes(stdout, outcomes)
}

// readAll reads the files whose numbers come, each in a process of its own.
func (opt corpusOptions) readAll(ctx context.Context, dir string, files []string, outcomes []outcome, todo <-chan int) error {
	var used sandbox.Usage
	cfg := opt.reading.sandbox(slog.New(slog.DiscardHandler))
	cfg.Workers, cfg.MaxFiles = 1, 1
	cfg.Observe = func(u sandbox.Usage) { used = u }
	pool, err := sandbox.New(cfg)
	defer func() { _ = pool.Close() }()
	for i := range todo {
		if err != nil {
			continue // the sender must not wait
		}
		used = sandbox.Usage{}
		o := readOutcome(ctx, pool, filepath.Join(dir, files[i]))
		o.Path, o.Died, o.Memory = files[i], used.Died, used.Memory
		o.Seconds, o.CPUSeconds = used.Wall.Seconds(), used.CPU.Seconds()
		if opt.output != "" {
			err = os.WriteFile(filepath.Join(opt.output, strings.ReplaceAll(files[i], "/", "_")+".json"), mustJSON(o), 0o600)
		}
		if o.Extraction != nil {
			o.Engine, o.Warnings, o.Extraction = o.Extraction.Engine, len(o.Extraction.Warnings), nil
		}
		outcomes[i] = o
	}
	return err
}

func readOutcome(ctx context.Context, pool *sandbox.Pool, path string) outcome {
	f, err := os.Open(path)
	if err != nil {
		return outcome{Code: "untyped", Detail: err.Error()}
	}
	defer func() { _ = f.Close() }()
	ex, err := pool.Extract(ctx, f)
	if e := extract.AsError(err); e != nil {
		return outcome{Code: string(e.Code), Detail: e.Detail, Limit: e.Limit}
	}
	if err != nil {
		return outcome{Code: "untyped", Detail: err.Error()}
	}
	return outcome{Code: "ok", Extraction: ex}
}

// filesBelow lists the regular files of a directory and all below, by name.
func filesBelow(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		files = append(files, rel)
		return err
	})
	return files, err
}

// printOutcomes prints the tables; the error is exitFailed where something
// happened that must not.
func printOutcomes(w io.Writer, outcomes []outcome) error {
	var out bytes.Buffer
	count := map[string]int{}
	for _, o := range outcomes {
		key := o.Code
		switch {
		case o.Code == "ok" && o.Warnings > 0:
			key += " " + o.Engine + "，有警告"
		case o.Code == "ok":
			key += " " + o.Engine
		case o.Limit != "":
			key += " " + o.Limit
		}
		if o.Died != "" {
			key += "（读取进程结束：" + o.Died + "）"
		}
		count[key]++
	}
	fmt.Fprintf(&out, "%d 个文件\n", len(outcomes))
	for _, k := range slices.Sorted(maps.Keys(count)) {
		fmt.Fprintf(&out, "%6d  %s\n", count[k], k)
	}
	worst(&out, "最慢", outcomes, func(o outcome) float64 { return o.Seconds })
	worst(&out, "内存最多", outcomes, func(o outcome) float64 { return float64(o.Memory) })
	var bad error
	for _, o := range outcomes {
		if why := o.bad(); why != "" {
			fmt.Fprintf(&out, "不允许：%s：%s %s\n", o.Path, why, o.Detail)
			bad = exitFailed
		}
	}
	if _, err := out.WriteTo(w); err != nil {
		return err
	}
	return bad
}

func worst(out *bytes.Buffer, title string, outcomes []outcome, by func(outcome) float64) {
	sorted := slices.SortedStableFunc(slices.Values(outcomes), func(a, b outcome) int { return cmp.Compare(by(b), by(a)) })
	fmt.Fprintf(out, "%s：\n", title)
	for _, o := range sorted[:min(corpusWorst, len(sorted))] {
		fmt.Fprintf(out, "%8.2f 秒 %5d MiB  %-14s %s\n", o.Seconds, o.Memory>>20, o.Code, o.Path)
	}
}
