package sandbox

import (
	"context"
	"errors"
	"os"
	"sync"
)

// secondEngine is whether children get the second engine. It is compiled once,
// when the first file wants it: 3 seconds that most users never need.
type secondEngine struct {
	once sync.Once
	done chan struct{} // closed when err is final
	err  error
}

// ready tells whether children may be started with the engine.
func (s *secondEngine) ready() bool {
	select {
	case <-s.done:
		return s.err == nil
	default:
		return false
	}
}

// prepared waits until the second engine is compiled, which it begins where
// nobody has. An error stays for the life of the pool, and is logged once.
func (p *Pool) prepared(ctx context.Context) error {
	if err := p.enter(); err != nil {
		return err
	}
	defer p.busy.Done()
	s := &p.second
	s.once.Do(func() {
		p.busy.Add(1) // allowed: this call itself is counted
		go func() {
			defer p.busy.Done()
			defer close(s.done)
			if s.err = p.prepare(); s.err != nil {
				p.log.Warn("sandbox: the second PDF engine cannot be used; going on without it", "reason", s.err)
			}
		}()
	})
	select {
	case <-s.done:
		return s.err
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closing:
		return ErrClosed
	}
}

func (p *Pool) prepare() error {
	if p.cfg.CacheDir == "" {
		return errors.New("there is no directory to keep it in")
	}
	// Whoever may write there decides what the children run.
	const private = 0o700
	if err := os.MkdirAll(p.cfg.CacheDir, private); err != nil {
		return err
	}
	return prepareEngine(p.starter.start, p.cfg.Command, p.withEngine(), p.closing)
}

// withEngine are the settings of a child that has the second engine.
func (p *Pool) withEngine() settings {
	s := p.settings
	s.Engine = &engineSettings{CacheDir: p.cfg.CacheDir, Fonts: p.cfg.Fonts}
	return s
}

// childSettings are those of the next child.
func (p *Pool) childSettings() settings {
	if p.second.ready() {
		return p.withEngine()
	}
	return p.settings
}
