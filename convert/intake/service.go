package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"nianbao/convert/history"
	"nianbao/convert/report"
	"nianbao/extract"
)

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
	// Judge reads a document again and judges it with corrections by people. It must be
	// a pure function, and without corrections give what Convert did.
	Judge func(*extract.Document, []report.Correction) report.Validation
	// Title is the Chinese title of a problem's code.
	Title func(code string) string
	// Versions are what results depend on beside the bytes.
	Versions report.Versions

	// History is what the place has adjusted of comparisons with other reports;
	// default: nothing.
	History history.Place

	// Unpack opens a zip of files; nil where batches take none.
	Unpack Unpacker

	// Worker is the name of this process among those that do jobs, and Host the
	// machine's; empty where it does none. Jobs is how many it does at a time.
	Worker, Host string
	Jobs         int

	// MaxUploadBytes is the size limit of one file; default
	// DefaultMaxUploadBytes.
	MaxUploadBytes int64
	// MaxZipBytes is the size limit of a zip of files in a batch; default
	// DefaultMaxZipBytes.
	MaxZipBytes int64
	// BytesInFlight bounds the size of all files that are read at the same time,
	// but for one larger than that alone; default DefaultBytesInFlight.
	BytesInFlight int64
	// Receptions is how many uploads come in at a time; default
	// DefaultReceptions. More are ErrBusy.
	Receptions int
	// QueueBound is how many reports may wait; default DefaultQueueBound. At more
	// an upload is ErrBusy.
	QueueBound int
	// Attempts is how often a report is begun that faults of ours broke off; default
	// DefaultAttempts.
	Attempts int
	// Deaths is at how many workers that died or hung at it a report is given up;
	// default DefaultDeaths. Most of them died of something else: a power cut takes
	// all that is at work.
	Deaths int
	// MaxRun bounds one attempt; default DefaultMaxRun. Whoever takes longer is
	// taken for hung, and the report given to another.
	MaxRun time.Duration

	// Backoff is how long a job waits after a fault of ours, doubled each time, and
	// Patience how long, about, when archive or catalog do not answer; default
	// DefaultBackoff and DefaultPatience.
	Backoff, Patience time.Duration

	// Clock gives the time of events; default time.Now.
	Clock func() time.Time
	// Elapsed gives the time that has passed since some moment, whatever is done to
	// the clock; default: by the runtime's monotonic clock.
	Elapsed func() time.Duration
	// Log takes what goes wrong in the background; default: nothing is logged.
	Log *slog.Logger
	// Observer is told what becomes of the work, Carrier links jobs with the
	// requests that asked for them; default Unobserved.
	Observer Observer
	Carrier  Carrier
}

// The defaults of Config.
const (
	// DefaultMaxUploadBytes is far above any report, even a scanned one.
	DefaultMaxUploadBytes = 100 << 20
	DefaultMaxZipBytes    = 2 << 30
	DefaultBytesInFlight  = 256 << 20
	DefaultReceptions     = 64
	DefaultQueueBound     = 200_000
	DefaultAttempts       = 3
	DefaultDeaths         = 10
	DefaultMaxRun         = 5 * time.Minute
	DefaultBackoff        = 2 * time.Second
	DefaultPatience       = 10 * time.Second
)

func (c *Config) complete() error {
	if c.Archive == nil || c.Records == nil || c.Catalog == nil {
		return errors.New("intake: Config needs Archive, Records and Catalog")
	}
	if c.Sniff == nil || c.Extractor == nil || c.Convert == nil || c.Judge == nil || c.Title == nil {
		return errors.New("intake: Config needs Sniff, Extractor, Convert, Judge and Title")
	}
	for name, v := range map[string]int64{"MaxUploadBytes": c.MaxUploadBytes, "MaxZipBytes": c.MaxZipBytes, "BytesInFlight": c.BytesInFlight, "Receptions": int64(c.Receptions),
		"QueueBound": int64(c.QueueBound), "Attempts": int64(c.Attempts), "Deaths": int64(c.Deaths), "MaxRun": int64(c.MaxRun),
		"Backoff": int64(c.Backoff), "Patience": int64(c.Patience)} {
		if v < 0 {
			return fmt.Errorf("intake: Config.%s is negative", name)
		}
	}
	if n := len(resultKey("", c.Versions, documentSuffix)); n > maxResultKey {
		return fmt.Errorf("intake: versions %+v make a key of %d bytes, more than %d", c.Versions, n, maxResultKey)
	}
	c.MaxUploadBytes = cmp.Or(c.MaxUploadBytes, DefaultMaxUploadBytes)
	c.MaxZipBytes = cmp.Or(c.MaxZipBytes, DefaultMaxZipBytes)
	c.BytesInFlight = cmp.Or(c.BytesInFlight, DefaultBytesInFlight)
	c.Receptions = cmp.Or(c.Receptions, DefaultReceptions)
	c.QueueBound = cmp.Or(c.QueueBound, DefaultQueueBound)
	c.Attempts = cmp.Or(c.Attempts, DefaultAttempts)
	c.Deaths = cmp.Or(c.Deaths, DefaultDeaths)
	c.MaxRun = cmp.Or(c.MaxRun, DefaultMaxRun)
	c.Backoff = cmp.Or(c.Backoff, DefaultBackoff)
	c.Patience = cmp.Or(c.Patience, DefaultPatience)
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Elapsed == nil {
		began := time.Now()
		c.Elapsed = func() time.Duration { return time.Since(began) }
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Observer == nil {
		c.Observer = Unobserved{}
	}
	if c.Carrier == nil {
		c.Carrier = Unobserved{}
	}
	return nil
}

// Service receives, archives, records, converts and shows reports. It is safe
// for concurrent use, and any number of processes may have one on the same archive
// and catalog: what they agree on is in these two.
type Service struct {
	cfg   Config
	began time.Time
	// base is the context of the work that goes on when the request that asked
	// for it has ended; stop cancels it.
	base context.Context
	stop context.CancelFunc
	// flight bounds the bytes that are read at the same time, receptions the
	// uploads that come in.
	flight     *semaphore.Weighted
	flying     atomic.Int64 // bytes being read
	receptions *semaphore.Weighted
	// backlog is how many reports were queued at the last look.
	backlog atomic.Int64
	counted atomic.Int64 // when, by Config.Elapsed
	// zippers keeps compressors of results (*gzip.Writer).
	zippers sync.Pool
	bells   bells
	judged  judgements
	figures figureCache

	mu      sync.Mutex
	working map[Job]context.CancelCauseFunc // jobs at work here
	// arrivals are what came to the batches that are coming in, at most maxArrivals.
	arrivals map[string]*arrivals
	starts   gathering[Job, Begun]
	ends     gathering[Settlement, bool]
	closing  chan struct{} // closed by Close: nothing new begins
	closed   bool

	// What Sweep has seen, which one at a time does: the workers, their jobs, jobs
	// that this process does not work on, those the queue does not hold, batches.
	sweeping                          sync.Mutex
	beats, runs, dropped, waits, idle sightings
	swept                             time.Duration            // when Sweep last looked, by Config.Elapsed
	compareAgain                      time.Duration            // when catalog and queue are compared next, likewise
	refusals                          map[string]time.Duration // since when the store refuses one original only, by ticket

	draining chan struct{} // closed by Drain
	drained  sync.Once
	work     sync.WaitGroup
}

var (
	_ Reports = (*Service)(nil)
	_ Handler = (*Service)(nil).Work
)

// New makes a Service. Recover takes up what an earlier process left, Tend does
// the upkeep; Close ends it.
func New(cfg Config) (*Service, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	base, stop := context.WithCancel(context.Background())
	s := &Service{
		cfg:        cfg,
		base:       base,
		stop:       stop,
		flight:     semaphore.NewWeighted(cfg.BytesInFlight),
		receptions: semaphore.NewWeighted(int64(cfg.Receptions)),
		working:    map[Job]context.CancelCauseFunc{},
		arrivals:   map[string]*arrivals{},
		closing:    make(chan struct{}),
		draining:   make(chan struct{}),
		refusals:   map[string]time.Duration{},
	}
	s.began = s.now()
	s.gatherWork()
	return s, nil
}

// Drain ends the answers that go on for as long as a batch does (ErrClosed): the
// service is about to stop, and who follows comes back to another.
func (s *Service) Drain() { s.drained.Do(func() { close(s.draining) }) }

// Close takes no more work or questions (ErrClosed) and waits for those under way.
// Reports that still wait stay queued. When ctx ends first, the conversions at work
// are cancelled and queued again; Close then returns the context's error. Whoever
// calls Work stops that first.
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

// BytesInFlight is the size of all originals that are being read now.
func (s *Service) BytesInFlight() int64 { return s.flying.Load() }

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

// backlogAge is for how long the number of queued reports is taken for right.
const backlogAge = time.Second

// room tells whether more reports may be queued; about QueueBound, since many
// uploads may ask within backlogAge. Errors: ErrBusy.
func (s *Service) room(ctx context.Context) error {
	now := int64(s.cfg.Elapsed())
	if last := s.counted.Load(); now-last >= int64(backlogAge) && s.counted.CompareAndSwap(last, now) {
		depth, _, err := s.cfg.Catalog.Backlog(ctx)
		if err != nil {
			return unavailable("catalog", err)
		}
		s.backlog.Store(int64(depth))
	}
	if n := s.backlog.Load(); n >= int64(s.cfg.QueueBound) {
		return fmt.Errorf("intake: queue_bound=%d reports wait: %w", s.cfg.QueueBound, ErrBusy)
	}
	return nil
}

// admitted lets an upload come in. leave must be called in the end, and may be
// called again. Errors: ErrBusy.
func (s *Service) admitted(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil { // nobody would give the place back
		return nil, &ReceiveError{Err: err}
	}
	if err := s.room(ctx); err != nil {
		return nil, err
	}
	if !s.receptions.TryAcquire(1) {
		return nil, fmt.Errorf("intake: receptions=%d come in at the same time: %w", s.cfg.Receptions, ErrBusy)
	}
	return sync.OnceFunc(func() { s.receptions.Release(1) }), nil
}
