package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"nianbao/extract"
	"nianbao/extract/pdfium"
)

const (
	// memoryPoll is how often the resident memory of a busy child is looked at; a
	// look costs one read of a file in /proc.
	memoryPoll = 10 * time.Millisecond
	// idleShare is the part of its memory that a child may keep between two files:
	// a quarter. A new one costs 10 ms, less than what a small machine loses.
	idleShare = 4
)

// ErrClosed is returned by Extract after Close.
var ErrClosed = errors.New("sandbox: the pool is closed")

// Pool is a set of child processes that read files. All methods are safe for
// concurrent use. Children are started when they are needed and kept.
type Pool struct {
	cfg      Config
	settings settings
	log      *slog.Logger
	starter  *starter
	slots    chan struct{} // one token for each child that may be busy
	closing  chan struct{}
	second   secondEngine

	mu     sync.Mutex // guards all below
	closed bool
	idle   []*process // last in, first out: the warm ones stay warm
	// warming are children that nobody has waited for yet, see Warm.
	warming []*started
	report  *Report
	busy    sync.WaitGroup // calls of Extract, and starts by Warm; Add under mu
}

// New makes a pool; it starts no process yet. The error tells every mistake of
// the configuration. The pool must be closed.
func New(cfg Config) (*Pool, error) {
	cfg = cfg.withDefaults()
	if len(cfg.Command) == 0 {
		self, err := selfPath()
		if err != nil {
			return nil, fmt.Errorf("sandbox: find own program: %w", err)
		}
		cfg.Command = []string{self, "child"}
	}
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	return &Pool{
		cfg:      cfg,
		settings: cfg.settings(),
		log:      cfg.Logger,
		starter:  newStarter(),
		slots:    make(chan struct{}, cfg.Workers),
		closing:  make(chan struct{}),
		second:   secondEngine{done: make(chan struct{})},
	}, nil
}

// Report tells which holds are in force on the children; ok is false until the
// first child has started.
func (p *Pool) Report() (r Report, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.report == nil {
		return Report{}, false
	}
	return *p.report, true
}

// Extract reads a regular file in a child. It waits for a free one, and gives it
// a private, read-only descriptor: f stays the caller's, with its offset. The
// first file that wants the second engine waits until that is prepared, and is
// then read once more.
//
// Errors: *extract.Error where the file cannot be read or hit a limit; the
// context's error where ctx ended first (the child is killed); ErrClosed; any
// other error is not the file's fault.
func (p *Pool) Extract(ctx context.Context, f *os.File) (*extract.Extraction, error) {
	a, err := p.ask(ctx, f, request{})
	if a != nil && a.Lacking && p.prepared(ctx) == nil {
		a, err = p.ask(ctx, f, request{})
	}
	if err != nil {
		return nil, err
	}
	return a.Extraction, nil
}

// Draw draws page n, from 1, of a PDF file as PNG in a child, with dpi pixels
// per inch. Errors are as with Extract; CodeUnsupported for other formats.
func (p *Pool) Draw(ctx context.Context, f *os.File, n int, dpi float64) ([]byte, error) {
	return p.draw(ctx, f, drawing{Page: n, DPI: dpi})
}

// DrawWidth is Draw with the width of the picture in pixels.
func (p *Pool) DrawWidth(ctx context.Context, f *os.File, n, width int) ([]byte, error) {
	return p.draw(ctx, f, drawing{Page: n, Width: width})
}

// Drawing tells what Draw draws with, as far as pictures depend on it.
func (p *Pool) Drawing() (pdfium.Drawing, error) { return pdfium.DrawingOf(p.cfg.Fonts) }

func (p *Pool) draw(ctx context.Context, f *os.File, d drawing) ([]byte, error) {
	if err := p.prepared(ctx); err != nil {
		return nil, fmt.Errorf("sandbox: pages cannot be drawn: %w", err)
	}
	a, err := p.ask(ctx, f, request{Draw: &d})
	if err != nil {
		return nil, err
	}
	return a.PNG, nil
}

// enter counts a call that Close has to wait for.
func (p *Pool) enter() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.busy.Add(1)
	return nil
}

// ask has a child do what r says with f. Errors are as with Extract.
func (p *Pool) ask(ctx context.Context, f *os.File, r request) (*answer, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.busy.Done()

	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closing:
		return nil, ErrClosed
	}
	private, err := reopen(f)
	if err != nil {
		return nil, fmt.Errorf("sandbox: open file for the child: %w", err)
	}
	defer func() { _ = private.Close() }() // only read
	proc, err := p.acquire(ctx)
	if err != nil {
		return nil, err
	}
	return p.run(ctx, proc, private, r)
}

// Close kills all children, lets running Extracts end with ErrClosed and waits
// for them.
func (p *Pool) Close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		p.busy.Wait()
		return nil
	}
	p.closed = true
	close(p.closing)
	p.mu.Unlock()

	p.busy.Wait()
	for _, proc := range p.idle {
		p.endProcess(proc, endClosed)
	}
	p.idle = nil
	for _, s := range p.warming { // all have been waited for
		if s.proc != nil {
			p.endProcess(s.proc, endClosed)
		}
	}
	p.starter.stop()
	return nil
}

// acquire takes a living idle child or starts one.
func (p *Pool) acquire(ctx context.Context) (*process, error) {
	for {
		proc, err := p.waiting()
		switch {
		case err != nil:
			return nil, err
		case proc == nil:
			return p.start(ctx)
		case !proc.responsive():
			p.log.WarnContext(ctx, "sandbox: an idle child has died", "child", p.endProcess(proc, endIdle).String())
		case !proc.second && p.second.ready():
			p.endProcess(proc, endReplaced) // older than the second engine
		default:
			return proc, nil
		}
	}
}

// waiting takes an idle child, or else one that Warm starts; nil where there is
// neither.
func (p *Pool) waiting() (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		proc := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return proc, nil
	}
	if len(p.warming) == 0 {
		return nil, nil //nolint:nilnil // neither a child nor a mistake
	}
	s := p.warming[0]
	p.warming = p.warming[1:]
	p.mu.Unlock()
	<-s.done // startTimeout bounds it
	p.mu.Lock()
	return s.proc, s.err
}

// start starts a child.
func (p *Pool) start(ctx context.Context) (*process, error) {
	proc, report, err := startProcess(p.starter.start, p.cfg.Command, p.childSettings())
	if err != nil {
		return nil, fmt.Errorf("sandbox: start child: %w", err)
	}
	p.cfg.Observer.ChildStarted()
	p.noteReport(ctx, report)
	return proc, nil
}

// noteReport keeps the first child's report and logs what is missing, once.
func (p *Pool) noteReport(ctx context.Context, r Report) {
	p.mu.Lock()
	first := p.report == nil
	if first {
		p.report = &r
	}
	p.mu.Unlock()
	if !first {
		return
	}
	for _, gap := range r.Missing {
		p.log.WarnContext(ctx, "sandbox: this system does not allow a hold on child processes; going on without it",
			"hold", gap.Name, "reason", gap.Reason)
	}
}

// release gives a child back, or ends it where it has served enough: then its
// end is what is returned.
func (p *Pool) release(proc *process) death {
	if proc.files >= p.cfg.MaxFiles || !proc.reusable() || proc.memory() > p.cfg.MemoryBytes/idleShare {
		return p.endProcess(proc, endReplaced)
	}
	p.mu.Lock()
	p.idle = append(p.idle, proc)
	p.mu.Unlock()
	return death{}
}

// run has proc do what r says with f and gives it back; a child that misbehaved
// is ended.
func (p *Pool) run(ctx context.Context, proc *process, f *os.File, r request) (*answer, error) {
	proc.files++
	proc.peak = 0
	begun := time.Now()
	a, err := p.exchange(ctx, proc, f, r)
	if err == nil {
		p.observe(Usage{Wall: time.Since(begun)}, proc, p.release(proc))
		return a.result()
	}
	if wrong := (wrongAnswerError{}); errors.As(err, &wrong) {
		p.observe(Usage{Wall: time.Since(begun), Died: "answer"}, proc, p.endProcess(proc, endAnswer))
		p.log.ErrorContext(ctx, "sandbox: a child gave an answer that cannot be right", "error", err)
		return nil, causePanic.fileError(p.settings)
	}
	end := proc.end()
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		p.cfg.Observer.ChildEnded(endReason(err))
		p.observe(Usage{Wall: time.Since(begun), Died: "killed"}, proc, end)
		return nil, err
	}
	why, line := end.causeFor(proc.peak, p.cfg.MemoryBytes)
	p.cfg.Observer.ChildEnded(why.String())
	p.observe(Usage{Wall: time.Since(begun), Died: why.String()}, proc, end)
	p.log.WarnContext(ctx, "sandbox: a child died on a file", "reason", line, "child", end.state.String())
	return nil, why.fileError(p.settings)
}

// exchange sends f and waits for the answer within the limits that the parent
// keeps. io.EOF and io.ErrUnexpectedEOF mean that the child died by itself.
// After any error the child must be ended.
func (p *Pool) exchange(ctx context.Context, proc *process, f *os.File, r request) (*answer, error) {
	type reply struct {
		answer *answer
		err    error
	}
	replies := make(chan reply, 1)
	wall := time.NewTimer(p.cfg.Wall)
	defer wall.Stop()
	poll := time.NewTicker(memoryPoll)
	defer poll.Stop()
	go func() {
		err := proc.send(f, r)
		var a *answer
		if err == nil {
			a, err = p.receiveAnswer(proc.receive, r)
		}
		replies <- reply{a, err}
	}()
	stop := func() {
		proc.kill()
		<-replies
	}
	for {
		select {
		case r := <-replies:
			if errors.Is(r.err, errFrameTooLarge) {
				return nil, answerError(p.settings.AnswerBytes)
			}
			return r.answer, r.err
		case <-ctx.Done():
			stop()
			return nil, ctx.Err()
		case <-p.closing:
			stop()
			return nil, ErrClosed
		case <-wall.C:
			stop()
			return nil, wallError(p.cfg.Wall)
		case <-poll.C:
			now := proc.memory()
			proc.peak = max(proc.peak, now)
			if now > p.cfg.MemoryBytes {
				stop()
				return nil, causeMemory.fileError(p.settings)
			}
		}
	}
}

// result is the answer, or the error that it is. An answer that lacks the second
// engine is one even as an error: the file may be read once more.
func (a *answer) result() (*answer, error) {
	switch {
	case a.Failure != "":
		return a, fmt.Errorf("sandbox: child: %s", clip(a.Failure))
	case a.Error != nil:
		return a, a.Error
	}
	return a, nil
}
