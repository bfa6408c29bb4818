package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nianbao/convert"
	"nianbao/convert/local"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/sandbox"
)

type convertOptions struct {
	reading  readingConfig
	place    localConfig
	output   string
	document bool
	strict   bool
}

func newConvert() *cobra.Command {
	var opt convertOptions
	cmd := &cobra.Command{
		Use:   "convert PATH…",
		Short: "不经服务，直接转换文件或目录",
		Long: `转换文件或目录中的 Word、网页、PDF 报告。
一个结果以 JSON 打印；多个结果按输入顺序每行一个（NDJSON）。目录按内容查找 Word、网页和 PDF，其余文件只计数。
退出状态：0 全部转换；1 至少一个文件无法转换；2 用法有误；3 使用 --strict 且有错误级问题。`,
		Args: arguments(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runConvert(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args, opt)
		},
	}
	f := cmd.Flags()
	opt.reading.flags(f)
	opt.reading.changesFlag(f)
	opt.place.flags(f)
	f.StringVarP(&opt.output, "output", "o", "", "每个文件的结果写入此目录下的 NAME.EXT.json，不打印")
	f.BoolVar(&opt.document, "document", false, "结果中附上中性文档（文本块、表格、位置）")
	f.BoolVar(&opt.strict, "strict", false, "有错误级问题时以状态 3 退出")
	return cmd
}

// hashed is how much of a file is read at a time: most Word files whole.
const hashed = 8 << 10

// answer is what became of one input: a result or a failure, as a line of JSON.
type answer struct {
	line   []byte
	failed bool
	errors int // findings of severity error
}

func runConvert(ctx context.Context, stdout, stderr io.Writer, paths []string, opt convertOptions) error {
	defer sandbox.CollectByLive()()
	if err := errors.Join(opt.reading.validate(), opt.place.validate()); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	pool, err := opt.reading.pool(log)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	pool.Warm(ctx, opt.reading.wanted(paths))
	// The next two while the reading processes start.
	inputs, left, err := findInputs(paths)
	if err != nil {
		return err
	}
	convert.Prepare(convert.Options{Local: opt.place.read})
	if left > 0 {
		fmt.Fprintf(stderr, "另有 %d 个文件不是 Word、网页或 PDF，未处理\n", left)
	}

	bar := newProgress(stderr, "转换", len(inputs))
	sink, err := newSink(stdout, opt.output)
	if err != nil {
		return err
	}
	c := newConverter(pool, log, opt.place.read)
	c.document = opt.document
	failed, strict := false, false
	err = inOrder(ctx, inputs, opt.reading.Jobs, c.convert, func(in input, a answer) error {
		failed = failed || a.failed
		strict = strict || a.errors > 0
		_ = bar.Add(1)
		return sink.put(in, a.line)
	})
	if err == nil {
		err = sink.flush()
	}
	_ = bar.Finish()
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "nianbao:", err)
		return exitFailed
	case failed:
		return exitFailed
	case strict && opt.strict:
		return exitStrict
	}
	return nil
}

func newProgress(stderr io.Writer, what string, files int) *progressbar.ProgressBar {
	f, ok := stderr.(*os.File)
	if !ok || files < 2 || !term.IsTerminal(int(f.Fd())) {
		return progressbar.DefaultSilent(int64(files))
	}
	return progressbar.NewOptions(files, progressbar.OptionSetWriter(stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish())
}

// inOrder runs work on goroutines, some more than jobs, and hands the answers to emit in the
// order of the inputs. At most 4 answers a worker wait for a slower one before
// them, so memory does not grow with the number of inputs.
func inOrder(ctx context.Context, inputs []input, jobs int, work func(context.Context, input) answer, emit func(input, answer) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type slot struct {
		in   input
		done chan answer
	}
	slots := make(chan slot, 4*jobs)
	todo := make(chan slot)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(slots)
		defer close(todo)
		for _, in := range inputs {
			s := slot{in, make(chan answer, 1)}
			select {
			case slots <- s:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- s:
			case <-ctx.Done():
				return
			}
		}
	})
	// Half as many more, so that no reading process waits while another's answer is judged.
	for range jobs + jobs/2 {
		wg.Go(func() {
			for s := range todo {
				s.done <- work(ctx, s.in)
			}
		})
	}
	defer wg.Wait()
	defer cancel()
	for s := range slots {
		select {
		case a := <-s.done:
			if err := emit(s.in, a); err != nil {
				return err
			}
		case <-ctx.Done():
			return errors.New("已中断")
		}
	}
	if ctx.Err() != nil {
		return errors.New("已中断")
	}
	return nil
}

type converter struct {
	pool     *sandbox.Pool
	log      *slog.Logger
	place    *local.Local
	document bool
}

func newConverter(pool *sandbox.Pool, log *slog.Logger, place *local.Local) converter {
	return converter{pool: pool, log: log, place: place}
}

// convert never fails as a whole: what went wrong is the answer.
func (c converter) convert(ctx context.Context, in input) answer {
	src := report.Source{Filename: filepath.Base(in.path), Path: in.path}
	res, err := c.read(ctx, in.path, &src)
	if err != nil {
		return answer{line: jsonLine(convert.Failure(src, err)), failed: true}
	}
	return answer{line: jsonLine(res), errors: res.Validation.Errors}
}

func (c converter) read(ctx context.Context, path string, src *report.Source) (res *report.Result, err error) {
	defer func() {
		if p := recover(); p != nil { // one file's conversion must not end that of the others
			c.log.Error("转换时程序出错，请报告给开发者", "file", path, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("转换时程序出错：%v", p)
		}
	}()
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if src.SizeBytes, err = io.CopyBuffer(h, stoppable{ctx, f}, make([]byte, hashed)); err != nil {
		return nil, err
	}
	src.SHA256 = hex.EncodeToString(h.Sum(nil))
	ex, err := c.pool.Extract(ctx, f)
	if err != nil {
		return nil, err
	}
	options := convert.Options{Program: programVersion(), Document: c.document, Local: c.place, Broken: logBroken(c.log, "file", path)}
	return convert.Convert(ex, *src, options), nil
}

// logBroken logs rules that panic: the result says that they did not judge, not where in
// the program that happened.
func logBroken(log *slog.Logger, about ...any) func(string, any, []byte) {
	return func(rule string, panicked any, stack []byte) {
		log.With(about...).Error("规则判断时程序出错，请报告给开发者", "rule", rule, "panic", panicked, "stack", string(stack))
	}
}

// openRegular opens a file that has an end: opening a pipe would wait for its
// other side, and a device never ends.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: "不是普通文件（管道、设备或目录），不能读取。"}
	}
	return os.Open(path)
}

// stoppable ends reading when the context does.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

func mustJSON(v any) []byte { return bytes.TrimSuffix(jsonLine(v), []byte("\n")) }

// jsonLine is JSON with the end of the line: to add that later would copy all of it.
func jsonLine(v any) []byte {
	b, err := report.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("result cannot be written as JSON: %v", err)) // our own types only
	}
	return append(b, '\n')
}

// sink is where answers go: standard output, or a file each.
type sink struct {
	out *bufio.Writer
	dir string
}

func newSink(stdout io.Writer, dir string) (*sink, error) {
	if dir == "" {
		return &sink{out: bufio.NewWriter(stdout)}, nil
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	return &sink{dir: dir}, nil
}

func (s *sink) put(in input, line []byte) error {
	if s.dir == "" {
		if _, err := s.out.Write(line); err != nil {
			return err
		}
		return s.out.Flush() // a line at a time: the reader may be a pipe
	}
	name := filepath.Join(s.dir, in.name+".json")
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	// Written beside and renamed, so that a result is whole or not there.
	part := name + ".part"
	if err := os.WriteFile(part, line, 0o600); err != nil {
		return err
	}
	return os.Rename(part, name)
}

func (s *sink) flush() error {
	if s.out == nil {
		return nil
	}
	return s.out.Flush()
}
