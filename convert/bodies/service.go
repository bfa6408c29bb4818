package bodies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The closed set of error kinds beside Mistakes.
var (
	// ErrChanged: the list is no longer the version that the edit was made of.
	ErrChanged = errors.New("bodies: the list was changed meanwhile")
	// ErrNotFound: the list has no body with this id.
	ErrNotFound = errors.New("bodies: no such body")
)

// Edit says who set a list, and when.
type Edit struct {
	At time.Time // UTC, microseconds
	By string    // name of the token or user; may be empty
}

// Store is the catalog as it keeps the list in force. It is safe for concurrent
// use.
type Store interface {
	// Bodies is the list in force; empty, with Version 0, before there is one.
	Bodies(ctx context.Context) (*List, error)
	// ReplaceBodies puts l in force. Errors: ErrChanged where a version of its
	// number or a later one is.
	ReplaceBodies(ctx context.Context, l *List, e Edit) error
	// Repropose makes the proposals of at most limit reports anew that were made by
	// an older list, and returns how many. What was said by hand stays.
	Repropose(ctx context.Context, limit int) (n int, err error)
}

// Records is the archive as it keeps the versions of the list (intake.Records).
type Records interface {
	// Put stores durably. Other content under the same key is an error that
	// Config.Exists knows.
	Put(ctx context.Context, key string, content []byte) error
	Get(ctx context.Context, key string) ([]byte, error)
	// List yields the keys that begin with prefix in ascending order.
	List(ctx context.Context, prefix string) iter.Seq2[string, error]
}

// Config is what a Service is made of. Every field without a default is needed.
type Config struct {
	Store   Store
	Records Records
	// Exists tells the error of Put for a key that has other content.
	Exists func(error) bool
	// Every is how often a Service looks for lists that another one set; default a
	// minute.
	Every time.Duration
	// Clock gives the time of edits; default time.Now.
	Clock func() time.Time
	// Log takes what goes wrong in the background; default: nothing is logged.
	Log *slog.Logger
}

// Service keeps the list of bodies. It is safe for concurrent use, also with
// other processes on the same archive and catalog.
type Service struct {
	cfg   Config
	wake  chan struct{}
	stop  context.CancelFunc
	work  sync.WaitGroup
	start sync.Once
	base  context.Context
}

// NewService makes a Service. Start begins its background work, Close ends it.
func NewService(cfg Config) (*Service, error) {
	if cfg.Store == nil || cfg.Records == nil || cfg.Exists == nil {
		return nil, errors.New("bodies: Config needs Store, Records and Exists")
	}
	if cfg.Every == 0 {
		cfg.Every = time.Minute
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	base, stop := context.WithCancel(context.Background())
	return &Service{cfg: cfg, wake: make(chan struct{}, 1), base: base, stop: stop}, nil
}

// List is the list in force.
func (s *Service) List(ctx context.Context) (*List, error) { return s.cfg.Store.Bodies(ctx) }

// Replace checks the entries and puts them in force in the place of the list with
// the version that they were made of (0: there is none yet). The list is a record
// in the archive before the catalog has it. Proposals follow in the background.
// Errors: Mistakes, ErrChanged.
func (s *Service) Replace(ctx context.Context, entries []Entry, version int64, by string) (*List, error) {
	before, err := s.cfg.Store.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	if before.Version != version {
		return nil, fmt.Errorf("bodies: version %d is in force, not %d: %w", before.Version, version, ErrChanged)
	}
	l, err := New(entries, before)
	if err != nil {
		return nil, err
	}
	l.Version = version + 1
	e := Edit{At: s.cfg.Clock().UTC().Truncate(time.Microsecond), By: by}
	content, err := json.Marshal(record{Version: l.Version, At: e.At, By: by, Bodies: l.bodies})
	if err != nil {
		return nil, fmt.Errorf("bodies: %w", err)
	}
	if err := s.cfg.Records.Put(ctx, recordKey(l.Version), content); err != nil {
		if s.cfg.Exists(err) { // another editor was first, and perhaps died before the catalog had it
			err = errors.Join(ErrChanged, s.Sync(ctx))
		}
		return nil, fmt.Errorf("bodies: recording version %d: %w", l.Version, err)
	}
	if err := s.cfg.Store.ReplaceBodies(ctx, l, e); err != nil && !errors.Is(err, ErrChanged) {
		return nil, err // it is recorded: the next Sync brings it into force
	}
	s.Wake()
	return l, nil
}

// record is a version of the list in the archive.
type record struct {
	Version int64     `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by,omitempty"`
	Bodies  []Body    `json:"bodies"`
}

const recordPrefix = "bodies/"

func recordKey(version int64) string { return fmt.Sprintf("%sn%08d.json", recordPrefix, version) }

func recordVersion(key string) (int64, bool) {
	digits, ok := strings.CutPrefix(strings.TrimSuffix(path.Base(key), ".json"), "n")
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, ok && err == nil && recordKey(n) == key
}

// Sync puts the newest list of the archive in force where the catalog has an older
// one: after a crash between the two, or into a new catalog. A record that cannot
// be read is an error: the list before it is not the list in force.
func (s *Service) Sync(ctx context.Context) error {
	var newest int64
	for key, err := range s.cfg.Records.List(ctx, recordPrefix) {
		if err != nil {
			return fmt.Errorf("bodies: listing versions: %w", err)
		}
		if n, ok := recordVersion(key); ok {
			newest = max(newest, n)
		}
	}
	have, err := s.cfg.Store.Bodies(ctx)
	if err != nil || newest <= have.Version {
		return err
	}
	content, err := s.cfg.Records.Get(ctx, recordKey(newest))
	if err != nil {
		return fmt.Errorf("bodies: reading version %d: %w", newest, err)
	}
	var r record
	if err := json.Unmarshal(content, &r); err != nil {
		return fmt.Errorf("bodies: reading version %d: %w", newest, err)
	}
	entries := make([]Entry, len(r.Bodies))
	for i, b := range r.Bodies {
		entries[i].Body = b
	}
	l, err := New(entries, nil)
	if err != nil {
		return fmt.Errorf("bodies: version %d: %w", newest, err)
	}
	l.Version = newest
	if err := s.cfg.Store.ReplaceBodies(ctx, l, Edit{At: r.At, By: r.By}); err != nil && !errors.Is(err, ErrChanged) {
		return err
	}
	s.Wake()
	return nil
}

// batch is how many proposals are made in one transaction.
const batch = 200

// Refresh makes the proposals anew that an older list made, a few at a time so
// that uploads find room between.
func (s *Service) Refresh(ctx context.Context) error {
	for ctx.Err() == nil {
		n, err := s.cfg.Store.Repropose(ctx, batch)
		if err != nil || n == 0 {
			return err
		}
	}
	return ctx.Err()
}

// Wake asks the background work to look at once.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Start begins the background work: proposals are made anew where the list has
// changed, here or in another process. Close ends it.
func (s *Service) Start() {
	s.start.Do(func() {
		s.Wake()
		s.work.Go(s.run)
	})
}

func (s *Service) run() {
	tick := time.NewTicker(s.cfg.Every)
	defer tick.Stop()
	for {
		select {
		case <-s.base.Done():
			return
		case <-s.wake:
		case <-tick.C:
		}
		if err := s.Refresh(s.base); err != nil && s.base.Err() == nil {
			s.cfg.Log.Warn("proposals of bodies", "error", err)
		}
	}
}

// Close ends the background work; what is left is done by the next process.
func (s *Service) Close() error {
	s.stop()
	s.work.Wait()
	return nil
}
