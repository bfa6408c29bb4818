package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	lib "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"nianbao/extract"
)

// ErrClosed is returned by the methods of a closed Engine or Document.
var ErrClosed = errors.New("pdfium: closed")

// Engine is PDFium, compiled. It is safe for concurrent use.
type Engine struct {
	ctx context.Context
	cfg Config

	mu     sync.Mutex
	pool   lib.Pool // nil until the first file is opened
	cache  wazero.CompilationCache
	fonts  *fontFS
	closed bool
}

// New checks the configuration. PDFium is compiled, or loaded from
// Config.CacheDir, when the first file is opened. ctx is the parent of all that
// the engine does.
func New(ctx context.Context, cfg Config) (*Engine, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Engine{ctx: ctx, cfg: cfg}, nil
}

// Prime compiles PDFium into cfg.CacheDir, for processes that may only read
// there. It reads no input. Where the cache is warm it takes a tenth of a second.
func Prime(cfg Config) error {
	if cfg.CacheDir == "" {
		return errors.New("pdfium: Prime needs a CacheDir")
	}
	e, err := New(context.Background(), cfg)
	if err != nil {
		return err
	}
	m, err := e.machine(e.ctx)
	if err == nil {
		m.close()
	}
	return errors.Join(err, e.Close())
}

// Close frees the compiled module. Documents that are still open fail from then
// on; no call on one may be running.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	e.closed = true
	return e.stop()
}

// stop frees what start made; e.mu is held.
func (e *Engine) stop() error {
	var err error
	if e.pool != nil {
		err = e.pool.Close()
		e.pool = nil
	}
	if e.cache != nil {
		err = errors.Join(err, e.cache.Close(context.WithoutCancel(e.ctx)))
		e.cache = nil
	}
	e.fonts.close()
	e.fonts = nil
	return err
}

// instance makes an instance of the module, starting the engine before the first
// one. A failure is tried again at the next call.
func (e *Engine) instance(ctx context.Context) (lib.Pdfium, error) {
	e.mu.Lock() // go-pdfium's pool may not be closed while it is used
	defer e.mu.Unlock()
	if e.closed {
		return nil, ErrClosed
	}
	if e.pool == nil {
		if err := e.start(); err != nil {
			return nil, errors.Join(err, e.stop())
		}
	}
	inst, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("pdfium: instance: %w", err)
	}
	return inst, nil
}

// kill frees an instance with all its memory.
func (e *Engine) kill(inst lib.Pdfium) {
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = inst.Kill() // it fails only where the engine was closed before
}

func (e *Engine) start() error {
	fonts, err := openFonts(e.cfg.Fonts, e.cfg.BlankGlyphs)
	if err != nil {
		return err
	}
	e.fonts = fonts
	rt := wazero.NewRuntimeConfig().
		WithMemoryLimitPages(e.cfg.MemoryPages).
		WithCloseOnContextDone(e.cfg.Interruptible)
	if e.cfg.CacheDir != "" {
		if e.cache, err = wazero.NewCompilationCacheWithDir(e.cfg.CacheDir); err != nil {
			return fmt.Errorf("pdfium: compilation cache: %w", err)
		}
		rt = rt.WithCompilationCache(e.cache)
	}
	// Without an FSConfig go-pdfium would mount the root of the host.
	e.pool, err = webassembly.Init(webassembly.Config{
		Context: e.ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: -1,
		FSConfig: wazero.NewFSConfig().WithFSMount(fonts, "/"), RuntimeConfig: rt, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("pdfium: start: %w", err)
	}
	return nil
}

// Open is OpenContext with the context of the engine.
func (e *Engine) Open(r io.ReaderAt, size int64, lim extract.Limits) (*Document, error) {
	return e.OpenContext(e.ctx, r, size, lim)
}
