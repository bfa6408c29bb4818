package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nianbao/api"
	"nianbao/convert"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/extract"
	"nianbao/extract/reader"
	"nianbao/storage/catalog"
)

// serveConfig is everything `nianbao serve` can be told; each field is a flag
// and an environment variable, and the table in README lists them all.
type serveConfig struct {
	Listen    string
	Open      bool // serve others without tokens
	UploadMiB int64
	Reading   readingConfig
	Stores    storeConfig
}

// closeTimeout is how long a stop waits for requests and conversions under way.
const closeTimeout = 30 * time.Second

func (c *serveConfig) flags(f *pflag.FlagSet) {
	f.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "监听地址")
	f.BoolVar(&c.Open, "open", false, "允许在非本机地址上无口令开放服务")
	f.Int64Var(&c.UploadMiB, "max-upload-mib", 64, "一个上传文件的大小上限（MiB）")
	c.Reading.flags(f)
	c.Stores.flags(f)
}

func (c *serveConfig) validate() error {
	errs := []error{c.Stores.validate(), c.Reading.validate()}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		errs = append(errs, fmt.Errorf("--listen %q 不是“地址:端口”：%w", c.Listen, err))
	} else if !c.Open && !loopback(host) {
		errs = append(errs, fmt.Errorf("--listen %s 不是本机地址，而本服务尚无登录口令：确需开放时请加 --open", c.Listen))
	}
	if c.UploadMiB < 1 {
		errs = append(errs, errors.New("--max-upload-mib 不得小于 1"))
	}
	return errors.Join(errs...)
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
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
			log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			app, err := newApp(cmd.Context(), cfg, log)
			if err != nil {
				return err
			}
			return app.Run(cmd.Context(), func() { announce(cmd.OutOrStdout(), app.Addr()) })
		},
	}
	cfg.flags(cmd.Flags())
	return cmd
}

func announce(w io.Writer, addr net.Addr) {
	fmt.Fprintf(w, "年报服务已启动，请在浏览器打开：http://%s/\n", addr)
	if a, ok := addr.(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		fmt.Fprintln(w, "注意：本服务没有登录口令，任何能访问此地址的人都可以上传和查看报告。")
	}
}

// app is the running service: what main starts, and tests start on port 0.
type app struct {
	listener net.Listener
	server   *http.Server
	service  *intake.Service
	log      *slog.Logger
	closers  []func() error // in the order of opening
}

// newApp opens everything and listens; it serves nothing before Run. On an
// error everything opened so far is closed again.
func newApp(ctx context.Context, cfg serveConfig, log *slog.Logger) (_ *app, err error) {
	a := &app{log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	archive, err := cfg.Stores.openArchive()
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, archive.Close)
	lock, err := cfg.Stores.lockDatabase()
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, lock.Close)
	d, err := cfg.Stores.openDatabase(ctx)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, d.Close)
	cat := catalog.New(d)
	if cfg.Reading.Cache == "" {
		cfg.Reading.Cache = filepath.Join(cfg.Stores.Data, "cache")
	}
	pool, err := cfg.Reading.pool(log)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, pool.Close)
	program, err := storedVersion()
	if err != nil {
		return nil, fmt.Errorf("程序版本不能确定：%w", err)
	}
	a.service, err = newService(cfg, program, store{archive, cat, pool}, log)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, func() error {
		stop, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		return a.service.Close(stop)
	})
	handler, err := api.New(api.Config{
		Reports:        a.service,
		Version:        program,
		MaxUploadBytes: cfg.UploadMiB << 20,
		Logger:         log,
	})
	if err != nil {
		return nil, err
	}
	a.server = &http.Server{
		Handler:           handler.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	a.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("不能监听 %s（已有程序占用时请用 --listen 换一个端口）：%w", cfg.Listen, err)
	}
	a.closers = append(a.closers, func() error {
		if err := a.listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return a, nil
}

// store is what the service works on.
type store struct {
	archive keeper
	catalog intake.Catalog
	pool    intake.Extractor
}

func newService(cfg serveConfig, program string, st store, log *slog.Logger) (*intake.Service, error) {
	return intake.New(intake.Config{
		Archive:   st.archive,
		Records:   st.archive,
		Catalog:   st.catalog,
		Extractor: st.pool,
		Sniff:     reader.Sniff,
		Convert: func(ex *extract.Extraction, src report.Source) *report.Result {
			return convert.Convert(ex, src, convert.Options{Program: program, Document: true})
		},
		Title:          convert.Title,
		Versions:       report.Versions{Program: program, Forms: form.Version, Rules: rules.Version},
		MaxUploadBytes: cfg.UploadMiB << 20,
		Conversions:    cfg.Reading.Jobs,
		Log:            log,
	})
}

// Addr is the address the service listens on.
func (a *app) Addr() net.Addr { return a.listener.Addr() }

// Run serves until ctx ends, finishes the requests under way (at most 30 s) and
// closes everything. ready is called when requests are answered.
func (a *app) Run(ctx context.Context, ready func()) error {
	if err := a.service.Recover(ctx); err != nil {
		return errors.Join(fmt.Errorf("归档与目录库不能核对（存储是否可达？）：%w", err), a.close())
	}
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(a.listener) }()
	ready()
	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
		a.log.Info("stopping")
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		if err = a.server.Shutdown(stop); err != nil {
			err = errors.Join(err, a.server.Close()) // nothing may run on what is closed next
		}
		<-served
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, a.close())
}

func (a *app) close() error {
	var errs []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(errs...)
}
