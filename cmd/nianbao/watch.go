package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/pflag"

	"nianbao/api/telemetry"
)

// watchConfig is how a process that serves or works is watched.
type watchConfig struct {
	Metrics   string // address of /metrics, /livez, /readyz; empty: none of its own
	OTLP      string // where traces go; empty: there are none. May hold a password
	LogFormat string
	LogLevel  string
}

func (c *watchConfig) flags(f *pflag.FlagSet) {
	f.StringVar(&c.Metrics, "metrics-listen", "", "另设的监控地址（/metrics、/livez、/readyz，没有口令）；为空时只有本机能读主地址的 /metrics")
	f.StringVar(&c.OTLP, "otlp-endpoint", "", "OpenTelemetry 链路的接收地址（OTLP/HTTP，如 http://127.0.0.1:4318）；为空则不发送")
	f.StringVar(&c.LogFormat, "log-format", "text", "日志格式：text 或 json")
	f.StringVar(&c.LogLevel, "log-level", "info", "日志级别：debug、info、warn 或 error")
	markSecret(f, "otlp-endpoint")
}

func (c *watchConfig) validate() error {
	var errs []error
	if c.Metrics != "" {
		errs = append(errs, checkAddress("--metrics-listen", c.Metrics))
	}
	if _, err := c.endpoint(); err != nil {
		errs = append(errs, err)
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		errs = append(errs, fmt.Errorf("--log-format %q 不是 text 或 json", c.LogFormat))
	}
	if _, err := c.level(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// endpoint is where traces go, nil for nowhere. Errors do not quote it: it may
// hold a password.
func (c *watchConfig) endpoint() (*url.URL, error) {
	if c.OTLP == "" {
		return nil, nil
	}
	u, err := url.Parse(c.OTLP)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("--otlp-endpoint 不是 http:// 或 https:// 地址")
	}
	return u, nil
}

func (c *watchConfig) level() (slog.Level, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	l, ok := levels[c.LogLevel]
	if !ok {
		return 0, fmt.Errorf("--log-level %q 不是 debug、info、warn 或 error", c.LogLevel)
	}
	return l, nil
}

// logger is the process's log; lines written with a context tell its request. The
// configuration must be valid.
func (c *watchConfig) logger(w io.Writer) *slog.Logger {
	level, _ := c.level() // validate has seen it
	opt := &slog.HandlerOptions{Level: level}
	var h slog.Handler = slog.NewTextHandler(w, opt)
	if c.LogFormat == "json" {
		h = slog.NewJSONHandler(w, opt)
	}
	return slog.New(telemetry.LogHandler(h))
}

// watch is what watches a process.
type watch struct {
	*telemetry.Telemetry
	listener net.Listener // nil where there is no address of its own
	server   *http.Server
	served   chan struct{}
}

// open begins to watch; listenFor then answers. close ends it.
func (c *watchConfig) open(ctx context.Context, program string, log *slog.Logger) (*watch, error) {
	to, err := c.endpoint()
	if err != nil {
		return nil, err
	}
	w := &watch{}
	if w.Telemetry, err = telemetry.New(telemetry.Config{Version: program, Endpoint: to, Logger: log}); err != nil {
		return nil, err
	}
	if c.Metrics == "" {
		return w, nil
	}
	if w.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", c.Metrics); err != nil {
		return nil, errors.Join(fmt.Errorf("不能监听 --metrics-listen %s：%w", c.Metrics, err), w.close())
	}
	return w, nil
}

// listenFor answers on the address of its own: the metrics, and for probes of a
// process without an interface whether ready returns nil.
func (w *watch) listenFor(ready func(context.Context) error, log *slog.Logger) {
	if w.listener == nil {
		return
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", w.Handler())
	mux.HandleFunc("GET /livez", func(out http.ResponseWriter, _ *http.Request) { fmt.Fprintln(out, "ok") })
	mux.HandleFunc("GET /readyz", func(out http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), probeTimeout)
		defer cancel()
		if err := ready(ctx); err != nil {
			log.WarnContext(ctx, "not ready", "error", err)
			http.Error(out, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(out, "ok")
	})
	w.server = &http.Server{
		Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	w.served = make(chan struct{})
	go func() {
		defer close(w.served)
		if err := w.server.Serve(w.listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the address for metrics has failed", "error", err)
		}
	}()
}

const (
	// probeTimeout bounds one question whether the process is ready.
	probeTimeout = 3 * time.Second
	// lastTraces bounds the sending of what is left of the traces.
	lastTraces = 5 * time.Second
)

// close sends the last traces and ends the address. The metrics are there until
// everything else has ended, so that the end is seen.
func (w *watch) close() error {
	var errs []error
	switch {
	case w.server != nil:
		errs = append(errs, w.server.Close())
		<-w.served
	case w.listener != nil:
		errs = append(errs, w.listener.Close())
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastTraces)
	defer cancel()
	return errors.Join(append(errs, w.Close(ctx))...)
}
