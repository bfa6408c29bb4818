package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"nianbao/api/client"
)

type batchOptions struct {
	server, token string
	name          string
	jobs          int
	wait, noWait  bool
	ndjson        string

	cache  string        // where unfinished uploads are remembered
	client client.Config // beside server and token; tests set it
}

func newBatch() *cobra.Command {
	var opt batchOptions
	cmd := &cobra.Command{
		Use:   "batch DIR",
		Short: "把文件夹作为一个批次上传到服务，显示进度和结果",
		Long: `把文件夹（或一个 zip）里的 Word、网页、PDF 和 zip 作为一个批次上传，按内容识别，其余文件只计数。
中断后再次运行同样的命令会接着上传：已到达的文件不再发送。
退出状态：0 全部转换；1 至少一个文件没有转换或没有上传，或者中断；2 用法有误。`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := os.UserCacheDir()
			if err != nil {
				return fmt.Errorf("没有用户缓存目录，无法记住上传进度：%w", err)
			}
			opt.cache = filepath.Join(dir, "nianbao", "batches")
			return runBatch(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args[0], opt)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.server, "server", "http://127.0.0.1:8080", "服务的地址")
	f.StringVar(&opt.token, "token", "", "访问令牌（宜用环境变量 NIANBAO_TOKEN）")
	markSecret(f, "token")
	f.StringVar(&opt.name, "name", "", "批次的名称（默认为文件夹名）")
	f.IntVar(&opt.jobs, "jobs", 2, "同时上传的请求数")
	f.BoolVar(&opt.wait, "wait", true, "等待转换结束并汇总")
	f.BoolVar(&opt.noWait, "no-wait", false, "上传完就结束，不等待转换")
	f.StringVar(&opt.ndjson, "ndjson", "", "转换结束后把结果写入此文件，每行一个 JSON")
	return cmd
}

func (o *batchOptions) validate() error {
	if o.jobs < 1 || o.jobs > 16 {
		return errors.New("--jobs 应为 1 到 16")
	}
	if o.noWait && o.ndjson != "" {
		return errors.New("--ndjson 要等待转换结束，不能与 --no-wait 同用")
	}
	return nil
}

// batchRun is one run of the command.
type batchRun struct {
	opt            batchOptions
	client         *client.Client
	state          *batchState
	sources        *batchSources
	stdout, stderr io.Writer
}

func runBatch(ctx context.Context, stdout, stderr io.Writer, root string, opt batchOptions) error {
	if err := opt.validate(); err != nil {
		return err
	}
	cfg := opt.client
	cfg.Server, cfg.Token = strings.TrimRight(opt.server, "/"), opt.token
	var mu sync.Mutex
	cfg.Waiting = func(why error, d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(stderr, "稍后重试（%s 后）：%v\n", d.Round(time.Second/10), why)
	}
	c, err := client.New(cfg)
	if err != nil {
		return fmt.Errorf("--server 或 --token 有误：%w", err)
	}
	r := &batchRun{opt: opt, client: c, stdout: stdout, stderr: stderr}
	if r.sources, err = findBatchSources(root); err != nil {
		return err
	}
	if r.state, err = loadBatchState(opt.cache, cfg.Server, root); err != nil {
		return err
	}
	if r.opt.name == "" {
		r.opt.name = filepath.Base(r.state.Folder)
	}
	if r.sources.left > 0 {
		fmt.Fprintf(stderr, "另有 %d 个文件不是 Word、网页、PDF 或 zip，未处理\n", r.sources.left)
	}
	ok, err := r.run(ctx)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "nianbao: 已中断；再次运行同样的命令会接着进行")
		return exitFailed
	case err != nil:
		fmt.Fprintf(stderr, "nianbao: %v\n再次运行同样的命令会接着进行\n", err)
		return exitFailed
	case !ok:
		return exitFailed
	}
	return nil
}

// run is true where every file was converted (or, without waiting, sent).
func (r *batchRun) run(ctx context.Context) (ok bool, err error) {
	b, err := r.begin(ctx)
	if err != nil || b == nil {
		return len(r.sources.refused) == 0, err
	}
	if b.State == client.StateReceiving {
		if err := r.upload(ctx, b.ID); err != nil {
			return false, err
		}
		closed, err := r.client.CloseBatch(ctx, b.ID)
		if err != nil {
			return false, err
		}
		b = &closed
	} else {
		fmt.Fprintf(r.stderr, "批次 %s 上次已全部上传，这次只等待结果；之后新增的文件请再运行一次\n", b.ID)
	}
	if r.opt.noWait || !r.opt.wait {
		fmt.Fprintf(r.stdout, "批次 %s 已上传 %d 个文件\n", b.ID, b.Counts.Total)
		r.printRefused(r.stdout)
		return len(r.sources.refused) == 0, r.state.forget()
	}
	if err := r.follow(ctx, b.ID); err != nil {
		return false, err
	}
	if err := r.saveResults(ctx, b.ID); err != nil {
		return false, err
	}
	ok, err = r.summarize(ctx, b.ID)
	if err != nil {
		return false, err
	}
	return ok, r.state.forget()
}

// begin takes up the batch of the run before, or opens one; nil where there is
// nothing to do.
func (r *batchRun) begin(ctx context.Context) (*client.Batch, error) {
	if r.state.Batch != "" {
		b, err := r.client.Batch(ctx, r.state.Batch, "", 1)
		if err == nil {
			fmt.Fprintf(r.stderr, "接着上次的批次 %s\n", b.ID)
			return &b, nil
		}
		if p := client.AsProblem(err); p == nil || p.Status != http.StatusNotFound {
			return nil, err
		}
		r.state.anew() // the service has forgotten it
	}
	if len(r.sources.files) == 0 {
		fmt.Fprintln(r.stderr, "没有找到可以上传的 Word、网页、PDF 或 zip 文件")
		r.printRefused(r.stdout)
		return nil, nil
	}
	if err := r.state.save(); err != nil { // the key first: the answer may get lost
		return nil, err
	}
	b, err := r.client.OpenBatch(ctx, r.opt.name, r.state.Key)
	if err != nil {
		return nil, err
	}
	r.state.Batch = b.ID
	return &b, r.state.save()
}

func (r *batchRun) upload(ctx context.Context, id string) error {
	bar := newProgress(r.stderr, "上传", len(r.sources.files))
	defer func() { _ = bar.Finish() }()
	return r.client.Upload(ctx, id, r.sources.files, client.UploadOptions{Jobs: r.opt.jobs, Settled: func(s client.Source, err error) {
		if err != nil {
			r.sources.refused = append(r.sources.refused, refusal{s.Path, err})
		}
		_ = bar.Add(1)
	}})
}

// follow waits for the end. The bar shows what the service counted, and what
// events told since.
func (r *batchRun) follow(ctx context.Context, id string) error {
	var bar *progressbar.ProgressBar
	ended := map[int64]bool{}
	_, err := r.client.Follow(ctx, id, func(b *client.Batch, f *client.BatchFile) {
		counted := 0
		if b != nil {
			counted = b.Counts.Ended()
			if bar == nil {
				bar = newProgress(r.stderr, "转换", b.Counts.Total)
			}
		}
		if f != nil && f.State.Ended() {
			ended[f.Seq] = true
		}
		if n := max(counted, len(ended)); int64(n) > bar.State().CurrentNum {
			_ = bar.Set(n)
		}
	})
	if bar != nil {
		_ = bar.Finish()
	}
	return err
}

// saveResults writes the results beside and renames them, so that the file is
// whole or not there.
func (r *batchRun) saveResults(ctx context.Context, id string) error {
	name := r.opt.ndjson
	if name == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	part := name + ".part"
	err := r.client.Retry(ctx, func() error { return r.fetchResults(ctx, id, part) })
	if err != nil {
		return fmt.Errorf("取回结果：%w", errors.Join(err, removeIfThere(part)))
	}
	return os.Rename(part, name)
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (r *batchRun) fetchResults(ctx context.Context, id, name string) error {
	results, err := r.client.Results(ctx, id)
	if err != nil {
		return err
	}
	defer func() { _ = results.Close() }()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return &client.LocalError{Path: name, Err: err}
	}
	w := &localWriter{f: f}
	_, err = io.Copy(w, results)
	if closeErr := f.Close(); w.err == nil {
		w.err = closeErr
	}
	if w.err != nil {
		return &client.LocalError{Path: name, Err: w.err}
	}
	return err
}

// localWriter keeps our errors apart from the connection's.
type localWriter struct {
	f   *os.File
	err error
}

func (w *localWriter) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}
