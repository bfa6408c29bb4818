package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"nianbao/extract/differ"
	"nianbao/extract/pdfium"
)

type differOptions struct {
	jobs    int
	pages   int
	worst   int
	timeout time.Duration
	output  string
	child   bool
}

// newDiffer is for those who work on the PDF engines: it says where they differ.
func newDiffer() *cobra.Command {
	var opt differOptions
	cmd := &cobra.Command{
		Use:   "differ [DIR]",
		Short: "用两个引擎读取一个目录的 PDF，打印文字的差异（开发用）",
		Long: `逐个读取目录（DIR 或环境变量 CORPUS_DIR）中的 PDF 文件，每页各用两个引擎读一遍，比较文字和位置，打印一致的比例、各类差异和差异最大的页。
不结束或使进程崩溃的文件记在“未比较”之下，不影响其他文件。`,
		Hidden: true,
		Args:   cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.child {
				return differChild(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), opt)
			}
			dir := os.Getenv("CORPUS_DIR")
			if len(args) > 0 {
				dir = args[0]
			}
			if dir == "" {
				return errors.New("没有目录：给出 DIR 或环境变量 CORPUS_DIR")
			}
			return runDiffer(cmd.Context(), cmd.OutOrStdout(), dir, opt)
		},
	}
	f := cmd.Flags()
	f.IntVar(&opt.jobs, "jobs", runtime.NumCPU(), "同时读取的文件数")
	f.IntVar(&opt.pages, "pages", 0, "每个文件最多比较的页数，0 为全部")
	f.IntVar(&opt.worst, "worst", 40, "列出的页数")
	f.DurationVar(&opt.timeout, "timeout", time.Minute, "一个文件的最长时间")
	f.StringVarP(&opt.output, "output", "o", "", "每个文件的结果写入此文件，每行一个 JSON")
	f.BoolVar(&opt.child, "child", false, "")
	_ = f.MarkHidden("child")
	return cmd
}

// differChild compares the files whose paths it reads, a line each, and answers
// with a line of JSON.
func differChild(ctx context.Context, in io.Reader, out io.Writer, opt differOptions) error {
	debug.SetMaxStack(64 << 20)
	cfg := pdfium.Config{BlankGlyphs: true}
	if dir, err := os.UserCacheDir(); err == nil {
		cfg.CacheDir = filepath.Join(dir, "nianbao", "pdfium")
	}
	engine, err := pdfium.New(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		r, err := differFile(ctx, engine, lines.Text(), opt.pages)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(mustJSON(r), '\n')); err != nil {
			return err
		}
	}
	return lines.Err()
}

func differFile(ctx context.Context, engine *pdfium.Engine, path string, pages int) (differ.Result, error) {
	f, err := os.Open(path)
	if err != nil {
		return differ.Result{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return differ.Result{}, err
	}
	return differ.File(ctx, engine, f, info.Size(), pages)
}

// runDiffer compares a folder and prints what came of it.
func runDiffer(ctx context.Context, stdout io.Writer, dir string, opt differOptions) error {
	files, err := filesBelow(dir)
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f string) bool { return !strings.EqualFold(filepath.Ext(f), ".pdf") })
	results := make([]differ.Result, len(files))
	todo := make(chan int)
	var wg sync.WaitGroup
	for range max(1, opt.jobs) {
		wg.Go(func() {
			w := differWorker{opt: opt}
			defer w.stop()
			for i := range todo {
				results[i] = w.compare(ctx, filepath.Join(dir, files[i]))
				results[i].Path = files[i]
			}
		})
	}
	for i := range files {
		todo <- i
	}
	close(todo)
	wg.Wait()
	if opt.output != "" {
		var all bytes.Buffer
		for _, r := range results {
			all.Write(append(mustJSON(r), '\n'))
		}
		if err := os.WriteFile(opt.output, all.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return printDiffer(stdout, results, opt.worst)
}

// differWorker hands files to a comparing process and replaces it when it ends
// or takes too long.
type differWorker struct {
	opt differOptions
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func (w *differWorker) start(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	w.cmd = exec.CommandContext(ctx, self, "differ", "--child", fmt.Sprintf("--pages=%d", w.opt.pages)) //nolint:gosec // this program itself
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	w.out = bufio.NewReader(out)
	return w.cmd.Start()
}

// stop ends the process, if there is one.
func (w *differWorker) stop() {
	if w.cmd == nil {
		return
	}
	_ = w.in.Close()
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait()
	w.cmd = nil
}

func (w *differWorker) compare(ctx context.Context, path string) differ.Result {
	if w.cmd == nil {
		if err := w.start(ctx); err != nil {
			return differ.Result{Died: err.Error()}
		}
	}
	timer := time.AfterFunc(w.opt.timeout, func() { _ = w.cmd.Process.Kill() })
	_, err := io.WriteString(w.in, path+"\n")
	var line []byte
	if err == nil {
		line, err = w.out.ReadBytes('\n')
	}
	late := !timer.Stop()
	var r differ.Result
	if err == nil {
		err = json.Unmarshal(line, &r)
	}
	if err != nil {
		r.Died = "进程结束：" + err.Error()
		if late {
			r.Died = "超过 " + w.opt.timeout.String()
		}
		w.stop()
	}
	return r
}
