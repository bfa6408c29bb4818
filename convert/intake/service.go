package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// DefaultMaxUploadBytes is the size limit of uploads: far above any report, even
// a scanned one.
const DefaultMaxUploadBytes = 100 << 20

// Config is what a Service is made of. Every field without a default is needed.
type Config struct {
	Archive Archive
	Records Records
	Catalog Catalog

	// Sniff tells the format from the content: *extract.Error with
	// CodeUnsupported for what no reader knows, CodeEncrypted and CodeDamaged
	// for what is a known format and cannot be read.
	Sniff func(r io.ReaderAt, size int64) (extract.Format, error)
	// Extractor reads a file; Convert makes the result of what was read. Convert
	// must be a pure function; it gets file name, digest and size of the source
	// and sets the rest.
	Extractor Extractor
	Convert   func(*extract.Extraction, report.Source) *report.Result
	// Title is the Chinese title of a problem's code.
	Title func(code string) string
	// Versions are what results depend on beside the bytes.
	Versions report.Versions

	// MaxUploadBytes is the size limit of one file; default
	// DefaultMaxUploadBytes.
	MaxUploadBytes int64
	// Conversions is how many files are converted at a time; default: one a
	// processor.
	Conversions int
	// Clock gives the time of events; default time.Now.
	Clock func() time.Time
	// Log takes what goes wrong in the background; default: nothing is logged.
	Log *slog.Logger
}

func (c *Config) complete() error {
	if c.Archive == nil || c.Records == nil || c.Catalog == nil {
		return errors.New("intake: Config needs Archive, Records and Catalog")
	}
	if c.Sniff == nil || c.Extractor == nil || c.Convert == nil || c.Title == nil {
		return errors.New("intake: Config needs Sniff, Extractor, Convert and Title")
	}
	if c.MaxUploadBytes < 0 || c.Conversions < 0 {
		return fmt.Errorf("intake: negative limit: MaxUploadBytes=%d, Conversions=%d", c.MaxUploadBytes, c.Conversions)
	}
	if n := len(resultKey("", c.Versions, documentSuffix)); n > maxResultKey {
		return fmt.Errorf("intake: versions %+v make a key of %d bytes, more than %d", c.Versions, n, maxResultKey)
	}
	if c.MaxUploadBytes == 0 {
		c.MaxUploadBytes = DefaultMaxUploadBytes
	}
	if c.Conversions == 0 {
		c.Conversions = runtime.GOMAXPROCS(0)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

// Service receives, archives, records, converts and shows reports. It is safe
// for concurrent use. What is done to one report is done by one goroutine at a
// time within one Service.
type Service struct {
	cfg Config
	// base is the context of the work that goes on when the request that asked
	// for it has ended; stop cancels it.
	base context.Context
	stop context.CancelFunc
	// slots bounds the conversions at work.
	slots chan struct{}
	// zippers keeps compressors of results (*gzip.Writer).
	zippers sync.Pool

	mu      sync.Mutex
	flights map[string]*flight // by report id
	closing chan struct{}      // closed by Close: nothing new begins
	closed  bool
	work    sync.WaitGroup
}

var _ Reports = (*Service)(nil)

// New makes a Service. Recover takes up what an earlier process left; Close ends
// it.
func New(cfg Config) (*Service, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	base, stop := context.WithCancel(context.Background())
	return &Service{
		cfg:     cfg,
		base:    base,
		stop:    stop,
		slots:   make(chan struct{}, cfg.Conversions),
		flights: map[string]*flight{},
		closing: make(chan struct{}),
	}, nil
}

// Close takes no more work or questions (ErrClosed) and waits for the questions
// being answered and the conversions at work; those still
// waiting stay archived and are taken up by the next process (Recover). When ctx
// ends first, the conversions at work are cancelled and stay archived likewise;
// Close then returns the context's error.
func (s *Service) Close(ctx context.Context) error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.closing)
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.work.Wait(); close(done) }()
	defer s.stop()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.stop()
		<-done
		return fmt.Errorf("intake: close: %w", ctx.Err())
	}
}

// enter counts a question, for Close to wait for: nobody closes the catalog under
// it. The caller calls work.Done in the end. Errors: ErrClosed.
func (s *Service) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.work.Add(1)
	return nil
}

// flight is the work on one report. Everything that changes a report goes
// through one, so that uploads of the same bytes, deletion and recovery do not
// meet in the middle.
type flight struct {
	cancel context.CancelFunc
	done   chan struct{} // closed at the end, when the fields below are set
	upload bool          // an upload of the same bytes may take its outcome

	row     Row
	created bool
	err     error
}

// begin makes the caller the one who works on the report: it gets a flight of
// its own and a context, and must call end. Otherwise it gets the flight of
// whoever does.
func (s *Service) begin(id string, upload bool) (ctx context.Context, f *flight, own bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, false, ErrClosed
	}
	if f := s.flights[id]; f != nil {
		return nil, f, false, nil
	}
	ctx, cancel := context.WithCancel(s.base)
	f = &flight{cancel: cancel, done: make(chan struct{}), upload: upload}
	s.flights[id] = f
	s.work.Add(1)
	return ctx, f, true, nil
}

func (s *Service) end(id string, f *flight) {
	s.mu.Lock()
	delete(s.flights, id)
	s.mu.Unlock()
	f.cancel()
	close(f.done)
	s.work.Done()
}

// wait waits for a flight of someone else, or for ctx.
func wait(ctx context.Context, f *flight) error {
	select {
	case <-f.done:
		return nil
	case <-ctx.Done():
	}
	select {
	case <-f.done: // at the same time: there is an outcome
		return nil
	default:
		return fmt.Errorf("intake: waiting: %w", ctx.Err())
	}
}

// reason says why work was broken off: a flight's context ends when the service
// is closed or the report deleted. All other errors stay as they are.
func (s *Service) reason(ctx context.Context, err error) error {
	switch {
	case ctx.Err() == nil:
		return err
	case s.base.Err() != nil:
		return ErrClosed
	}
	return fmt.Errorf("intake: deleted while it was worked on: %w", ErrNotFound)
}
