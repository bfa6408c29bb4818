package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"nianbao/convert/custody"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
)

// exitFindings ends a verification or a check that found something.
const exitFindings exitStatus = 1

// kindName is a kind of findings in Chinese.
func kindName(k custody.Kind) string {
	switch k {
	case custody.Missing:
		return "缺失"
	case custody.Truncated:
		return "截短"
	case custody.Damaged:
		return "损坏"
	case custody.Unreadable:
		return "读不出"
	case custody.RecordDamaged:
		return "记录损坏"
	case custody.CatalogMismatch:
		return "目录库不符"
	case custody.Orphan:
		return "无主"
	}
	return string(k)
}

type verifyOptions struct {
	stores      storeConfig
	sample      string
	seed        uint64
	concurrency int
	archiveOnly bool
	noRecord    bool
	by          string
	json        bool
}

func newVerify() *cobra.Command {
	var opt verifyOptions
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "核对归档：重新计算校验值，报告缺失、损坏、无主和目录库不符",
		Long: `逐份比对归档和目录库，重新读取全部（或抽样）原件、事件和结果，计算校验值。服务运行时也可以核对；什么也不改动。
每次核对在归档里留一条记录（verifications/）。
退出状态：0 没有问题；1 有问题；2 用法有误或无法核对。`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runVerify(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), opt)
		},
	}
	f := cmd.Flags()
	opt.stores.flags(f)
	f.StringVar(&opt.sample, "sample", "all", "重新读取哪些原件：all、比例（5%）或份数（200）；其余只比对有无和大小")
	f.Uint64Var(&opt.seed, "seed", 0, "抽样的种子，报告里写明；0 随机")
	f.IntVar(&opt.concurrency, "concurrency", 0, "同时读取的份数；0 为处理器数的两倍")
	f.BoolVar(&opt.archiveOnly, "archive-only", false, "只核对归档，不与目录库比对")
	f.BoolVar(&opt.noRecord, "no-record", false, "不在归档里留核对记录")
	f.StringVar(&opt.by, "by", "命令行", "记录中的核对人")
	f.BoolVar(&opt.json, "json", false, "以 JSON 打印报告")
	return cmd
}

func runVerify(ctx context.Context, stdout, stderr io.Writer, opt verifyOptions) (err error) {
	sample, err := parseSample("--sample", opt.sample)
	if err != nil {
		return err
	}
	if opt.concurrency < 0 {
		return errors.New("--concurrency 不得小于 0")
	}
	if err := opt.stores.validateExisting(!opt.archiveOnly); err != nil {
		return err
	}
	archive, err := opt.stores.openArchive()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	if err := archive.Check(ctx); err != nil {
		return fmt.Errorf("归档不能读取：%w", err)
	}
	program, err := storedVersion()
	if err != nil {
		return err
	}
	bar := newSpinner(stderr, "核对")
	o := custody.Options{Archive: archive, Sample: sample, Seed: opt.seed, Concurrency: opt.concurrency, By: opt.by, Program: program,
		Progress: func(p custody.Progress) { _ = bar.Set64(p.Holdings) }}
	if !opt.archiveOnly {
		var d *db.DB
		if d, err = opt.stores.openDatabase(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, d.Close()) }()
		o.Catalog = catalog.New(d, nil) // nothing is queued
	}
	r, err := custody.Verify(ctx, o)
	_ = bar.Finish()
	if err != nil {
		return fmt.Errorf("没有核对完：%w", err)
	}
	record := ""
	if !opt.noRecord {
		if record, err = custody.Keep(ctx, archive, r); err != nil {
			return fmt.Errorf("核对记录没有存下：%w", err)
		}
	}
	if err := printVerification(stdout, r, record, opt.json); err != nil {
		return err
	}
	if !r.Sound() {
		return exitFindings
	}
	return nil
}

func parseSample(flag, value string) (custody.Sample, error) {
	s, err := custody.ParseSample(value)
	if err != nil {
		return s, fmt.Errorf("%s %q 应为 all、比例（如 5%%）或份数（如 200）", flag, value)
	}
	return s, nil
}

// newSpinner shows a count whose end is not known, where there is a terminal.
func newSpinner(stderr io.Writer, what string) *progressbar.ProgressBar {
	f, ok := stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return progressbar.DefaultSilent(-1)
	}
	return progressbar.NewOptions64(-1, progressbar.OptionSetWriter(stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
}

func printVerification(w io.Writer, r *custody.Report, record string, asJSON bool) error {
	if asJSON {
		return printJSON(w, struct {
			*custody.Report
			Sound  bool   `json:"sound"`
			Record string `json:"record,omitempty"`
		}{r, r.Sound(), record})
	}
	fmt.Fprintf(w, "归档：原件 %d 份，事件 %d 条，结果 %d 个；目录库：%d 行\n", r.Originals, r.Events, r.Results, r.Rows)
	fmt.Fprintf(w, "重新计算：原件 %d 份（%.1f MiB），事件和结果 %d 个；抽样 %s，种子 %d；用时 %v\n", r.Hashed, float64(r.Bytes)/(1<<20),
		r.Records, r.Sample, r.Seed, r.FinishedAt.Sub(r.StartedAt).Round(time.Millisecond))
	if record != "" {
		fmt.Fprintf(w, "核对记录：%s\n", record)
	}
	if r.Sound() {
		fmt.Fprintln(w, "没有发现问题。")
		return nil
	}
	fmt.Fprintf(w, "发现 %d 个问题：", r.Total())
	sep := ""
	for _, k := range custody.Kinds() {
		if n := r.Counts[k]; n > 0 {
			fmt.Fprintf(w, "%s%s %d", sep, kindName(k), n)
			sep = "，"
		}
	}
	fmt.Fprintln(w)
	for _, f := range r.Findings {
		printFinding(w, f)
	}
	if rest := r.Total() - int64(len(r.Findings)); rest > 0 {
		fmt.Fprintf(w, "另有 %d 个未列出\n", rest)
	}
	return nil
}

func printFinding(w io.Writer, f custody.Finding) {
	fmt.Fprintf(w, "[%s]", kindName(f.Kind))
	if f.ReportID != "" {
		fmt.Fprintf(w, " 报告 %s", f.ReportID)
	}
	if f.Key != "" {
		fmt.Fprintf(w, " %q", f.Key) // quoted: anybody may have put it there
	}
	fmt.Fprintf(w, "：%s", f.Detail)
	if f.Found != "" {
		fmt.Fprintf(w, "；%s 应为 %s，实为 %s", f.Algorithm, f.Expected, f.Found)
	}
	if f.ExpectedBytes != f.FoundBytes {
		fmt.Fprintf(w, "；应有 %d 字节，实有 %d 字节", f.ExpectedBytes, f.FoundBytes)
	}
	fmt.Fprintln(w)
}

// printJSON prints one indented object.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// scheduleConfig is how a service verifies its archive from time to time.
type scheduleConfig struct {
	Every  time.Duration // 0: not at all
	Sample string
}

func (c *scheduleConfig) flags(f *pflag.FlagSet) {
	f.DurationVar(&c.Every, "verify-every", 0, "每隔多久核对一次归档（如 168h）；0 不核对")
	f.StringVar(&c.Sample, "verify-sample", "all", "定期核对时重新读取哪些原件：all、比例（5%）或份数（200）")
}

func (c *scheduleConfig) validate() error {
	var errs []error
	if c.Every < 0 || c.Every > 0 && c.Every < time.Minute {
		errs = append(errs, errors.New("--verify-every 不得小于 1m（0 不核对）"))
	}
	_, err := parseSample("--verify-sample", c.Sample)
	return errors.Join(append(errs, err)...)
}

// schedule is how the engine's archive is verified; nil where it is not.
func (c *scheduleConfig) schedule(e *engine) *custody.Schedule {
	if c.Every == 0 {
		return nil
	}
	sample, _ := custody.ParseSample(c.Sample) // was validated
	return &custody.Schedule{Every: c.Every, Records: e.archive, Log: e.log, Options: custody.Options{Archive: e.archive, Catalog: e.catalog,
		Sample: sample, By: "定期核对", Program: e.program, Concurrency: 1}} // conversions go first
}
