package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nianbao/api"
	"nianbao/api/web"
	"nianbao/convert/overview"
	"nianbao/extract/sandbox"
)

// serveConfig is everything `nianbao serve` can be told; each field is a flag
// and an environment variable, and the table in README lists them all.
type serveConfig struct {
	Listen   string
	Access   accessConfig
	BatchMiB int64         // body of a batch
	Drain    time.Duration // between not being ready and taking no more requests
	Engine   engineConfig
	Word     wordConfig
	Verify   scheduleConfig

	settings []web.Setting // all of it as it may be shown
}

func (c *serveConfig) flags(f *pflag.FlagSet) {
	f.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "监听地址")
	c.Access.flags(f)
	f.Int64Var(&c.BatchMiB, "max-batch-mib", api.DefaultMaxBatch>>20, "一次批量上传的总大小上限（MiB）")
	f.DurationVar(&c.Drain, "drain", 0, "停止时先让 /readyz 回答 503、照常服务这么久，供负载均衡撤下本机")
	c.Engine.flags(f)
	c.Word.flags(f)
	c.Verify.flags(f)
}

func (c *serveConfig) validate() error {
	errs := []error{c.Access.validate(), c.Engine.validate(), c.Word.validate(), c.Verify.validate()}
	if c.BatchMiB < 1 {
		errs = append(errs, errors.New("--max-batch-mib 不得小于 1"))
	}
	errs = append(errs, checkAddress("--listen", c.Listen))
	if c.Drain < 0 {
		errs = append(errs, errors.New("--drain 不得小于 0"))
	}
	return errors.Join(errs...)
}

func newServe() *cobra.Command {
	var cfg serveConfig
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "启动服务：网页、接口和转换在一个进程内",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.validate(); err != nil {
				return err
			}
			cfg.settings = settingsOf(cmd.LocalNonPersistentFlags())
			app, err := newApp(cmd.Context(), cfg, cfg.Engine.Watch.logger(cmd.ErrOrStderr()))
			if err != nil {
				return err
			}
			defer sandbox.CollectByLive()()
			return app.Run(cmd.Context(), func() { announce(cmd.OutOrStdout(), app.Addr(), app.open) })
		},
	}
	cfg.flags(cmd.Flags())
	return cmd
}

func announce(w io.Writer, addr net.Addr, open bool) {
	fmt.Fprintf(w, "年报服务已启动，请在浏览器打开：http://%s/\n", addr)
	if open {
		fmt.Fprintln(w, "注意：本服务还没有口令，任何能访问此地址的人都可以上传、查看和删除报告。")
	}
}

// app is the running service: what main starts, and tests start on port 0.
type app struct {
	engine   *engine
	listener net.Listener
	server   *http.Server
	open     bool // there were no tokens at the start
	handler  *api.Server
	drain    time.Duration
	verify   scheduleConfig
	log      *slog.Logger
}

// newApp opens everything and listens; it serves nothing before Run. On an
// error everything opened so far is closed again.
func newApp(ctx context.Context, cfg serveConfig, log *slog.Logger) (_ *app, err error) {
	a := &app{log: log, drain: cfg.Drain, verify: cfg.Verify}
	if a.engine, err = openEngine(ctx, cfg.Engine, log); err != nil {
		return nil, err
	}
	if err := a.listen(ctx, cfg); err != nil {
		return nil, errors.Join(err, a.engine.stop(ctx))
	}
	return a, nil
}

func (a *app) listen(ctx context.Context, cfg serveConfig) error {
	who, open, err := cfg.Access.authority(ctx, a.engine.db, cfg.Listen, a.log)
	if err != nil {
		return err
	}
	a.open = open
	glance, err := overview.New(overview.Config{Store: a.engine.catalog})
	if err != nil {
		return err
	}
	a.handler, err = api.New(api.Config{
		Templates:      cfg.Word.templates,
		Reports:        a.engine.service,
		Auth:           who,
		Hosts:          cfg.Access.hosts(cfg.Listen),
		Batches:        a.engine.service,
		Bodies:         a.engine.bodies,
		Attaching:      a.engine.service,
		Reviews:        a.engine.service,
		Pictures:       a.engine.pages,
		NoChineseFonts: !a.engine.drawing.Chinese,
		Overviews:      glance,
		Comparing:      a.engine.service,
		Rules:          cfg.Engine.Place.read.Catalogue(),
		Forms:          cfg.Engine.Place.read.Forms(),
		Versions:       cfg.Engine.Place.read.Versions(a.engine.program),
		MaxUploadBytes: cfg.Engine.UploadMiB << 20,
		MaxZipBytes:    cfg.Engine.ZipMiB << 20,
		MaxBatchBytes:  cfg.BatchMiB << 20,
		About:          web.About{Settings: cfg.settings, Place: cfg.Engine.Stores.place(), Components: components(), Licences: licences},
		Logger:         a.log,
		Observer:       a.engine.watch,
		Metrics:        a.engine.watch.Handler(),
	})
	if err != nil {
		return err
	}
	a.server = api.HTTPServer(a.handler.Handler(), a.log)
	a.server.RegisterOnShutdown(a.engine.service.Drain)
	a.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("不能监听 %s（已有程序占用时请用 --listen 换一个端口）：%w", cfg.Listen, err)
	}
	return nil
}

// Addr is the address the service listens on.
func (a *app) Addr() net.Addr { return a.listener.Addr() }

// startVerifying begins to verify the archive from time to time, where that is
// asked for; end ends it and waits.
func (a *app) startVerifying(ctx context.Context) (end func() error) {
	s := a.verify.schedule(a.engine)
	if s == nil {
		return func() error { return nil }
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	return func() error {
		cancel()
		return <-done
	}
}
