// Package picture gives pictures of the pages of archived PDF files: drawn once,
// by a child process, and kept in a cache.
//
// A picture is a pure function of the original, the page, the width and what
// draws ([Config].Version), so its [Picture.Tag] never stands for two contents
// and a cache may be shared, emptied and thrown away at any time. Widths are a
// short list ([Widths]): nobody can fill the cache with sizes.
//
// Requests for the same picture at the same time are one drawing, which goes on
// when its askers leave: the next one finds it done. At most [Config].Waiting
// drawings are begun or wait; more are [ErrBusy]. What is wrong with a page for
// good is remembered like a picture.
package picture

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/singleflight"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// Errors of Page.
var (
	// ErrBusy means that too many pictures are waited for; ask again in a few seconds.
	ErrBusy = errors.New("picture: too many pictures are waited for")
	// ErrWidth means that pictures of this width are not made.
	ErrWidth = errors.New("picture: no such width")
	// ErrClosed means that the service is shutting down.
	ErrClosed = errors.New("picture: closed")
)

// Widths are the widths in pixels that pictures may have, in ascending order: for
// a column on a screen, for a wide column, and for twice as fine screens.
func Widths() []int { return []int{640, 1024, 1600} }

// DefaultWidth is the width where none is asked for.
const DefaultWidth = 1024

// DefaultWaiting is how many drawings may wait: a screenful each of some people.
const DefaultWaiting = 64

// Reports is where originals come from; *intake.Service is one.
type Reports interface {
	Summary(ctx context.Context, id string) (intake.Summary, error)
	Original(ctx context.Context, id string) (*intake.Original, error)
}

// Drawer draws page n, from 1, of an untrusted file as PNG, width pixels wide,
// away from this process. Errors: *extract.Error for the file's faults.
type Drawer interface {
	DrawWidth(ctx context.Context, f *os.File, n, width int) ([]byte, error)
}

// Cache keeps pictures by keys of lower-case letters and digits. It may forget any
// of them at any time, and never returns what was not put in. It is safe for
// concurrent use.
type Cache interface {
	Get(key string) (content []byte, ok bool)
	Put(key string, content []byte) error
}

// Config is what a Service is made of. Fields without a default are needed.
type Config struct {
	Reports Reports
	Drawer  Drawer
	Cache   Cache
	// Version is that of what draws: pictures of another one are drawn anew.
	Version string
	// Staging is a directory for originals while they are drawn.
	Staging string
	// Waiting bounds the drawings under way; default DefaultWaiting.
	Waiting int
	// Log takes what the cache cannot do; default: nothing is logged.
	Log *slog.Logger
}

// Picture is a page as PNG.
type Picture struct {
	PNG []byte
	Tag string // of the content, for an ETag
}

// Service gives pictures. It is safe for concurrent use.
type Service struct {
	cfg       Config
	flights   singleflight.Group
	places    chan struct{}
	originals *originals
	base      context.Context // of drawings, which outlive their askers
	stop      context.CancelFunc

	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup
}

// New makes a Service, which must be closed.
func New(cfg Config) (*Service, error) {
	if cfg.Reports == nil || cfg.Drawer == nil || cfg.Cache == nil || cfg.Version == "" {
		return nil, errors.New("picture: Config needs Reports, Drawer, Cache and Version")
	}
	cfg.Waiting = cmp.Or(cfg.Waiting, DefaultWaiting)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	kept, err := newOriginals(cfg.Reports, cfg.Staging)
	if err != nil {
		return nil, err
	}
	base, stop := context.WithCancel(context.Background())
	return &Service{cfg: cfg, places: make(chan struct{}, cfg.Waiting), originals: kept, base: base, stop: stop}, nil
}

// Close breaks off the drawings and waits for them.
func (s *Service) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.work.Wait()
	return s.originals.close()
}

// Page is the picture of page n, from 1, of a report's original, width pixels wide
// (0: DefaultWidth). Errors: intake.ErrNotFound; *extract.Error where the file has
// no such page, or it cannot be drawn; ErrWidth, ErrBusy, ErrClosed.
func (s *Service) Page(ctx context.Context, id string, n, width int) (*Picture, error) {
	width = cmp.Or(width, DefaultWidth)
	if !slices.Contains(Widths(), width) {
		return nil, ErrWidth
	}
	sum, err := s.cfg.Reports.Summary(ctx, id)
	if err != nil {
		return nil, err
	}
	if sum.MediaType != extract.FormatPDF.MediaType() {
		return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: "只有 PDF 有固定的页面，可以看页面图片；Word 原件请下载后用文字处理软件打开。"}
	}
	d := drawing{id: id, sha256: sum.SHA256, page: n, width: width}
	key := d.key(s.cfg.Version)
	if content, ok := s.cfg.Cache.Get(key); ok {
		return picture(key, content)
	}
	done := s.flights.DoChan(key, func() (any, error) { return s.draw(d, key) })
	select {
	case r := <-done:
		if r.Err != nil {
			return nil, r.Err
		}
		return picture(key, r.Val.([]byte))
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// drawing is one picture to be made.
type drawing struct {
	id, sha256  string
	page, width int
}

// key names the picture.
func (d *drawing) key(version string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %s", d.sha256, d.page, d.width, version))
	return hex.EncodeToString(sum[:])
}

// picture reads what is kept under a key: a picture, or what is wrong with it.
func picture(key string, content []byte) (*Picture, error) {
	if strings.HasPrefix(string(content), "{") {
		fault := new(extract.Error)
		if err := json.Unmarshal(content, fault); err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
		return nil, fault
	}
	return &Picture{PNG: content, Tag: key[:32]}, nil
}

// enter counts a drawing, for Close to wait for.
func (s *Service) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.work.Add(1)
	return nil
}

// draw draws a picture and keeps it.
func (s *Service) draw(d drawing, key string) ([]byte, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	default:
		return nil, ErrBusy
	}
	if content, ok := s.cfg.Cache.Get(key); ok {
		return content, nil // another process, or a flight that has just landed
	}
	f, release, err := s.originals.open(s.base, d)
	if err != nil {
		return nil, err
	}
	defer release()
	content, err := s.cfg.Drawer.DrawWidth(s.base, f, d.page, d.width)
	if err != nil {
		if s.base.Err() != nil {
			return nil, ErrClosed
		}
		fault := extract.AsError(err)
		if fault == nil || !lasting(fault.Code) {
			return nil, err
		}
		if content, err = json.Marshal(fault); err != nil {
			return nil, err
		}
	}
	if err := s.cfg.Cache.Put(key, content); err != nil {
		s.cfg.Log.Warn("a picture is not kept", "error", err)
	}
	return content, nil
}

// lasting tells what is wrong with the bytes, and not with the moment or the limits
// in force.
func lasting(c extract.Code) bool {
	return c == extract.CodeDamaged || c == extract.CodeEncrypted || c == extract.CodeUnsupported
}
