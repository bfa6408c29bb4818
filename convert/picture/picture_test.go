package picture

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/extract"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shelf is reports whose ids are their contents.
type shelf struct {
	fetched atomic.Int32
	corrupt atomic.Bool
}

func (s *shelf) Summary(_ context.Context, id string) (intake.Summary, error) {
	switch id {
	case "missing":
		return intake.Summary{}, intake.ErrNotFound
	case "word":
		return intake.Summary{ID: id, SHA256: id, MediaType: extract.FormatDOCX.MediaType()}, nil
	}
	return intake.Summary{ID: id, SHA256: id, MediaType: extract.FormatPDF.MediaType()}, nil
}

type body struct {
	io.ReadSeeker
	corrupt bool
}

func (b body) Read(p []byte) (int, error) {
	if b.corrupt {
		return 0, intake.ErrCorrupt
	}
	return b.ReadSeeker.Read(p)
}

func (body) Close() error { return nil }

func (s *shelf) Original(ctx context.Context, id string) (*intake.Original, error) {
	s.fetched.Add(1)
	sum, err := s.Summary(ctx, id)
	return &intake.Original{Summary: sum, Body: body{bytes.NewReader([]byte(id)), s.corrupt.Load()}}, err
}

// drawer draws the file's content and the page's number.
type drawer struct {
	drawn atomic.Int32
	hold  chan struct{} // where set, each drawing takes one from it, and
	begun chan struct{} // gives one to this before
	err   error
}

func (d *drawer) DrawWidth(ctx context.Context, f *os.File, n, width int) ([]byte, error) {
	d.drawn.Add(1)
	if d.hold != nil {
		d.begun <- struct{}{}
		select {
		case <-d.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	b, err := io.ReadAll(io.NewSectionReader(f, 0, 100))
	return []byte("PNG " + string(b) + " " + strconv.Itoa(n) + " " + strconv.Itoa(width)), err
}

// memory is a Cache.
type memory struct {
	mu   sync.Mutex
	kept map[string][]byte
	full bool
}

func (m *memory) Get(k string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.kept[k]
	return b, ok
}

func (m *memory) Put(k string, b []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full {
		return errors.New("disk full")
	}
	m.kept[k] = b
	return nil
}

type studio struct {
	*Service
	shelf  *shelf
	drawer *drawer
	cache  *memory
	dir    string
}

func newStudio(t *testing.T, change ...func(*Config)) *studio {
	t.Helper()
	st := &studio{shelf: &shelf{}, drawer: &drawer{}, cache: &memory{kept: map[string][]byte{}}, dir: t.TempDir()}
	st.open(t, change...)
	return st
}

func (st *studio) open(t *testing.T, change ...func(*Config)) {
	t.Helper()
	cfg := Config{Reports: st.shelf, Drawer: st.drawer, Cache: st.cache, Version: "1", Staging: st.dir}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	if st.Service, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	s := st.Service
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(st.dir, "*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

func TestPage(t *testing.T) {
	st := newStudio(t)
	p, err := st.Page(t.Context(), "a", 3, 0)
	if err != nil || string(p.PNG) != "PNG a 3 1024" {
		t.Fatalf("%q, %v", p, err)
	}
	again, err := st.Page(t.Context(), "a", 3, 1024)
	if err != nil || again.Tag != p.Tag || st.drawer.drawn.Load() != 1 {
		t.Errorf("drawn %d times, tags %s and %s, %v", st.drawer.drawn.Load(), p.Tag, again.Tag, err)
	}
	tags := map[string]bool{p.Tag: true}
	for _, c := range []struct {
		id       string
		n, width int
	}{{"a", 4, 0}, {"a", 3, 640}, {"b", 3, 0}} {
		p, err := st.Page(t.Context(), c.id, c.n, c.width)
		if err != nil || tags[p.Tag] {
			t.Errorf("%+v: tag %s, %v", c, p.Tag, err)
		}
		tags[p.Tag] = true
	}
	if n := st.shelf.fetched.Load(); n != 2 {
		t.Errorf("two originals were fetched %d times", n)
	}
	if other, err := newStudio(t, func(c *Config) { c.Version = "2" }).Page(t.Context(), "a", 3, 0); err != nil || tags[other.Tag] {
		t.Errorf("another version has tag %s, %v", other.Tag, err)
	}
}

func TestRefusals(t *testing.T) {
	st := newStudio(t)
	for name, c := range map[string]struct {
		id    string
		width int
		want  error
		code  extract.Code
	}{
		"missing": {"missing", 0, intake.ErrNotFound, ""},
		"a width": {"a", 641, ErrWidth, ""},
		"Word":    {"word", 0, nil, extract.CodeUnsupported},
	} {
		_, err := st.Page(t.Context(), c.id, 1, c.width)
		if e := extract.AsError(err); c.want != nil && !errors.Is(err, c.want) || c.code != "" && (e == nil || e.Code != c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if st.drawer.drawn.Load() != 0 {
		t.Error("something was drawn")
	}
}

// What is wrong with the page for good is told without drawing it again; what may
// pass is tried again.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		err   error
		drawn int32
	}{
		{extract.Damaged("第 %d 页无法读取。", 1), 1},
		{&extract.Error{Code: extract.CodeTimeout, Detail: "x"}, 2},
		{extract.OverLimit("memory", 1, "x"), 2},
		{errors.New("child: broken pipe"), 2},
	} {
		st := newStudio(t)
		st.drawer.err = c.err
		for range 2 {
			_, err := st.Page(t.Context(), "a", 1, 0)
			if want := extract.AsError(c.err); err == nil || want != nil && (extract.AsError(err) == nil || *extract.AsError(err) != *want) {
				t.Errorf("%v, want %v", err, c.err)
			}
		}
		if n := st.drawer.drawn.Load(); n != c.drawn {
			t.Errorf("%v: drawn %d times, want %d", c.err, n, c.drawn)
		}
	}
}

func TestCorruptOriginal(t *testing.T) {
	st := newStudio(t)
	st.shelf.corrupt.Store(true)
	if _, err := st.Page(t.Context(), "a", 1, 0); !errors.Is(err, intake.ErrCorrupt) {
		t.Errorf("%v", err)
	}
	st.shelf.corrupt.Store(false) // put right
	if _, err := st.Page(t.Context(), "a", 1, 0); err != nil {
		t.Errorf("after it was put right: %v", err)
	}
}

func TestCacheIsFull(t *testing.T) {
	st := newStudio(t)
	st.cache.full = true
	if p, err := st.Page(t.Context(), "a", 1, 0); err != nil || len(p.PNG) == 0 {
		t.Errorf("%v", err)
	}
}

// Many who ask for one picture wait for one drawing, and it goes on when they go.
func TestOneDrawing(t *testing.T) {
	st := newStudio(t)
	st.drawer.hold, st.drawer.begun = make(chan struct{}), make(chan struct{}, 9)
	gone, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() { _, err := st.Page(gone, "a", 1, 0); left <- err }()
	<-st.drawer.begun
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left got %v", err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if p, err := st.Page(t.Context(), "a", 1, 0); err != nil || string(p.PNG) != "PNG a 1 1024" {
				t.Errorf("%v, %v", p, err)
			}
		})
	}
	st.drawer.hold <- struct{}{}
	all.Wait()
	if n := st.drawer.drawn.Load(); n != 1 {
		t.Errorf("drawn %d times", n)
	}
}

func TestBusy(t *testing.T) {
	st := newStudio(t, func(c *Config) { c.Waiting = 2 })
	st.drawer.hold, st.drawer.begun = make(chan struct{}), make(chan struct{}, 9)
	var all sync.WaitGroup
	for n := range 2 {
		all.Go(func() {
			if _, err := st.Page(t.Context(), "a", n+1, 0); err != nil {
				t.Errorf("page %d: %v", n+1, err)
			}
		})
	}
	<-st.drawer.begun
	<-st.drawer.begun
	if _, err := st.Page(t.Context(), "a", 3, 0); !errors.Is(err, ErrBusy) {
		t.Errorf("%v, want ErrBusy", err)
	}
	close(st.drawer.hold)
	all.Wait()
	if _, err := st.Page(t.Context(), "a", 3, 0); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestCloseEndsDrawings(t *testing.T) {
	st := newStudio(t)
	st.drawer.hold, st.drawer.begun = make(chan struct{}), make(chan struct{}, 9)
	done := make(chan error, 1)
	go func() { _, err := st.Page(t.Context(), "a", 1, 0); done <- err }()
	<-st.drawer.begun
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; !errors.Is(err, ErrClosed) {
		t.Errorf("%v, want ErrClosed", err)
	}
	if _, err := st.Page(t.Context(), "b", 1, 0); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// Only a few originals lie ready, and those that a dead process left are removed.
func TestStaging(t *testing.T) {
	st := newStudio(t)
	for i := range 3 * maxOriginals {
		if _, err := st.Page(t.Context(), strconv.Itoa(i), 1, 0); err != nil {
			t.Fatal(err)
		}
	}
	if lie, _ := filepath.Glob(filepath.Join(st.dir, "*")); len(lie) != maxOriginals {
		t.Errorf("%d originals lie ready", len(lie))
	}
	old := filepath.Join(st.dir, stem+"old")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	then := time.Now().Add(-2 * forsaken)
	if err := os.Chtimes(old, then, then); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st.open(t)
	if _, err := os.Stat(old); err == nil {
		t.Error("what a dead process left is still there")
	}
}
