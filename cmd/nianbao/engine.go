package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"nianbao/api/telemetry"
	"nianbao/convert"
	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/picture"
	"nianbao/convert/report"
	"nianbao/convert/unpack"
	"nianbao/extract"
	"nianbao/extract/pdfium"
	"nianbao/extract/reader"
	"nianbao/extract/sandbox"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/queue"
)

// engineConfig is what serve and worker have in common: where things are kept, how
// files are read, and how much is taken on.
type engineConfig struct {
	Stores     storeConfig
	Reading    readingConfig
	Place      localConfig
	Watch      watchConfig
	UploadMiB  int64
	ZipMiB     int64
	FlightMiB  int64
	PageMiB    int64
	Receptions int
	QueueBound int
	Attempts   int
	Deaths     int
}

func (c *engineConfig) flags(f *pflag.FlagSet) {
	c.Stores.flags(f)
	c.Reading.flags(f)
	c.Place.flags(f)
	c.Watch.flags(f)
	f.Int64Var(&c.UploadMiB, "max-upload-mib", 64, "一个上传文件的大小上限（MiB）")
	f.Int64Var(&c.ZipMiB, "max-zip-mib", intake.DefaultMaxZipBytes>>20, "批次中一个压缩包的大小上限（MiB）")
	f.Int64Var(&c.FlightMiB, "max-flight-mib", intake.DefaultBytesInFlight>>20, "同时读取的文件总大小上限（MiB）")
	f.Int64Var(&c.PageMiB, "page-cache-mib", 512, "页面图片缓存的大小上限（MiB），放在 --cache 的目录下")
	f.IntVar(&c.Receptions, "max-receptions", intake.DefaultReceptions, "同时接收的上传数；超过时回答 429")
	f.IntVar(&c.QueueBound, "queue-bound", intake.DefaultQueueBound, "排队的报告数上限；超过时回答 429")
	f.IntVar(&c.Attempts, "attempts", intake.DefaultAttempts, "程序出错（非文件原因）时一份报告最多尝试的次数，之后失败")
	f.IntVar(&c.Deaths, "max-deaths", intake.DefaultDeaths, "处理一份报告的进程中断多少次后把它隔离，不再自动重试")
}

func (c *engineConfig) validate() error {
	errs := []error{c.Stores.validate(), c.Reading.validate(), c.Place.validate(), c.Watch.validate()}
	for flag, v := range map[string]int64{"max-upload-mib": c.UploadMiB, "max-zip-mib": c.ZipMiB, "max-flight-mib": c.FlightMiB, "page-cache-mib": c.PageMiB,
		"max-receptions": int64(c.Receptions), "queue-bound": int64(c.QueueBound), "attempts": int64(c.Attempts), "max-deaths": int64(c.Deaths)} {
		if v < 1 {
			errs = append(errs, fmt.Errorf("--%s 不得小于 1", flag))
		}
	}
	return errors.Join(errs...)
}

// engine is everything behind the interface: archive, catalog, queue, and the
// workers of this process.
type engine struct {
	cfg     engineConfig
	log     *slog.Logger
	id      string // of this process among the workers
	program string
	watch   *watch
	up      atomic.Bool // begun, and not to stop
	archive keeper
	db      *db.DB
	catalog *catalog.Catalog
	pool    *sandbox.Pool
	pages   *picture.Service
	drawing pdfium.Drawing
	service *intake.Service
	bodies  *bodies.Service
	worker  *queue.Worker
	tending sync.WaitGroup
	resign  context.CancelFunc // ends the tending
	closers []func() error     // in the order of opening
}

// openEngine opens everything; no work is done before start. On an error
// everything opened so far is closed again.
func openEngine(ctx context.Context, cfg engineConfig, log *slog.Logger) (_ *engine, err error) {
	e := &engine{cfg: cfg, log: log, resign: func() {}}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.release())
		}
	}()
	if e.program, err = storedVersion(); err != nil {
		return nil, fmt.Errorf("程序版本不能确定：%w", err)
	}
	if e.watch, err = cfg.Watch.open(ctx, e.program, log); err != nil {
		return nil, err
	}
	e.closers = append(e.closers, e.watch.close) // the last to end
	if err := e.openStores(ctx); err != nil {
		return nil, err
	}
	if cfg.Reading.Cache == "" {
		cfg.Reading.Cache = filepath.Join(cfg.Stores.Data, "cache")
	}
	e.cfg.Reading.Cache = cfg.Reading.Cache
	if e.pool, err = cfg.Reading.watchedPool(log, e.watch); err != nil {
		return nil, err
	}
	e.closers = append(e.closers, e.pool.Close)
	jobs, err := queue.Open(ctx, e.db)
	if err != nil {
		return nil, fmt.Errorf("队列不能打开：%w", err)
	}
	e.catalog = catalog.New(e.db, jobs)
	if err := sameArchive(ctx, e.archive, e.catalog); err != nil {
		return nil, err
	}
	e.watch.WatchQueue(e.queueState)
	id, host := workerName()
	e.id = id
	if e.service, err = e.newService(id, host); err != nil {
		return nil, err
	}
	e.watch.WatchBytes(e.service.BytesInFlight)
	if err := e.openPictures(); err != nil {
		return nil, err
	}
	if e.bodies, err = newBodyService(e.catalog, e.archive, log); err != nil {
		return nil, err
	}
	e.worker, err = jobs.NewWorker(ctx, queue.WorkerConfig{ID: id, Jobs: jobsFor(cfg.Reading.Jobs), Handle: e.service.Work, Log: log})
	if err != nil {
		return nil, fmt.Errorf("队列不能打开：%w", err)
	}
	return e, nil
}

func (e *engine) openStores(ctx context.Context) (err error) {
	if e.archive, err = e.cfg.Stores.openArchive(); err != nil {
		return err
	}
	e.closers = append(e.closers, e.archive.Close)
	lock, err := e.cfg.Stores.lockDatabase()
	if err != nil {
		return err
	}
	e.closers = append(e.closers, lock.Close)
	if e.db, err = e.cfg.Stores.openDatabase(ctx); err != nil {
		return err
	}
	e.closers = append(e.closers, e.db.Close)
	return nil
}

// ready is for the probes on the address of the metrics.
func (e *engine) ready(ctx context.Context) error {
	if !e.up.Load() {
		return errors.New("starting or stopping")
	}
	return e.service.Ready(ctx)
}

// queueState is for the metrics.
func (e *engine) queueState(ctx context.Context) (telemetry.Queue, error) {
	depth, oldest, err := e.catalog.Backlog(ctx)
	if err != nil || depth == 0 {
		return telemetry.Queue{}, err
	}
	return telemetry.Queue{Depth: depth, Oldest: max(time.Since(oldest), 0)}, nil
}

// workerName is unique among all processes, and tells people which it is.
func workerName() (id, host string) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return host + "-" + strconv.Itoa(os.Getpid()) + "-" + strings.ToLower(rand.Text()[:8]), host
}

func (e *engine) newService(id, host string) (*intake.Service, error) {
	archive := e.watch.Archive(e.archive)
	options := convert.Options{Program: e.program, Local: e.cfg.Place.read, Broken: logBroken(e.log)}
	return intake.New(intake.Config{
		Archive:   archive,
		Records:   archive,
		Catalog:   e.catalog,
		Extractor: e.pool,
		Sniff:     reader.Sniff,
		Convert: func(ex *extract.Extraction, src report.Source) *report.Result {
			options := options
			options.Document, options.Broken = true, logBroken(e.log, "sha256", src.SHA256)
			return convert.Convert(ex, src, options)
		},
		Judge: func(doc *extract.Document, corrections []report.Correction) report.Validation {
			return convert.JudgeAnew(doc, corrections, options)
		},
		Title:          convert.Title,
		Versions:       e.cfg.Place.read.Versions(e.program),
		History:        e.cfg.Place.read.History(),
		Unpack:         unpacker(e.cfg.UploadMiB << 20),
		Worker:         id,
		Host:           host,
		Jobs:           e.cfg.Reading.Jobs,
		MaxUploadBytes: e.cfg.UploadMiB << 20,
		MaxZipBytes:    e.cfg.ZipMiB << 20,
		BytesInFlight:  e.cfg.FlightMiB << 20,
		Receptions:     e.cfg.Receptions,
		QueueBound:     e.cfg.QueueBound,
		Attempts:       e.cfg.Attempts,
		Deaths:         e.cfg.Deaths,
		MaxRun:         e.cfg.Reading.Timeout + runMargin,
		Log:            e.log,
		Observer:       e.watch,
		Carrier:        e.watch,
	})
}

// unpacker opens zips of files, each of at most maxFile bytes.
func unpacker(maxFile int64) intake.Unpacker {
	limits := unpack.DefaultLimits()
	limits.FileBytes = maxFile
	return func(r io.ReaderAt, size int64) (iter.Seq[intake.PackedFile], bool, error) {
		if !unpack.Is(r, size) {
			return nil, false, nil
		}
		a, err := unpack.Open(r, size, limits)
		if err != nil {
			return nil, true, err
		}
		return func(yield func(intake.PackedFile) bool) {
			for f := range a.Files() {
				if f.Skip == "" && !yield(intake.PackedFile{Path: f.Path, Open: f.Open}) {
					return
				}
			}
		}, true, nil
	}
}

// jobsFor is how many jobs a process does at a time that reads files at a time:
// most of a job is waiting for disk or store, or for others to end with, while the
// reading processes work for another.
func jobsFor(files int) int { return 8 * files }

// runMargin is what a conversion may take beside reading: archive and catalog are
// asked in it.
const runMargin = 4 * time.Minute

// start takes up what was left, and begins to work. Where other processes use the
// same database, the catalog is reconciled while they and this one work.
func (e *engine) start(ctx context.Context) error {
	e.watch.listenFor(e.ready, e.log) // first: taking up what was left may take a while
	tend, resign := context.WithCancel(context.WithoutCancel(ctx))
	e.resign = resign
	alone := e.db.Dialect == db.SQLite
	// Before reports are read: they find their bodies then.
	if err := e.bodies.Sync(ctx); err != nil {
		e.log.Error("the list of bodies is not the archive's newest", "error", err)
	} else if err := e.cfg.Place.importBodies(ctx, e.bodies); err != nil {
		return fmt.Errorf("本地规则文件中的主体名单没有导入：%w", err)
	}
	e.bodies.Start()
	before := time.Now()
	if alone {
		if err := e.takeUp(ctx); err != nil {
			return fmt.Errorf("归档与目录库不能核对（存储是否可达？）：%w", err)
		}
	} else {
		if err := e.service.Beat(ctx); err != nil {
			return fmt.Errorf("目录库不能写入：%w", err)
		}
		before = before.Add(-othersMargin)
	}
	// With many reports this takes a while; nobody waits for it.
	e.tending.Go(func() {
		untilDone(tend, reconcileAgain, func(ctx context.Context) error {
			err := e.service.Reconcile(ctx, before)
			if err != nil && ctx.Err() == nil {
				e.log.Error("catalog is not reconciled with the archive yet", "error", err)
			}
			return err
		})
	})
	if err := e.worker.Start(ctx); err != nil {
		return fmt.Errorf("队列不能启动：%w", err)
	}
	e.tending.Go(func() { e.service.Tend(tend) })
	e.up.Store(true)
	return nil
}

// reconcileAgain is how soon it is tried again where archive or database failed.
const reconcileAgain = time.Minute

// untilDone does something until it succeeds or ctx ends.
func untilDone(ctx context.Context, pause time.Duration, do func(context.Context) error) {
	for do(ctx) != nil {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// othersMargin is how long ago uploads may have come in that other processes are
// still about to enter in the catalog.
const othersMargin = 5 * time.Minute

// takeUp takes up what was at work, and where the catalog is empty all that the
// archive has, before anybody asks for it.
func (e *engine) takeUp(ctx context.Context) error {
	page, err := e.catalog.List(ctx, intake.Filter{Limit: 1})
	if err != nil {
		return err
	}
	if len(page.Items) == 0 {
		return e.service.Recover(ctx)
	}
	return e.service.TakeUp(ctx)
}

// close stops working: jobs under way end, or go back to the queue when ctx ends.
func (e *engine) close(ctx context.Context) error {
	var errs []error
	e.up.Store(false)
	if e.worker != nil {
		errs = append(errs, e.worker.Stop(ctx))
	}
	e.resign()
	e.tending.Wait()
	if e.bodies != nil {
		errs = append(errs, e.bodies.Close())
	}
	if e.service != nil {
		errs = append(errs, e.service.Close(ctx))
	}
	return errors.Join(append(errs, e.release())...)
}

func (e *engine) release() error {
	var errs []error
	for i := len(e.closers) - 1; i >= 0; i-- {
		errs = append(errs, e.closers[i]())
	}
	e.closers = nil
	return errors.Join(errs...)
}
