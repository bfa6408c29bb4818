package bodies_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"nianbao/convert/bodies"
)

var errExists = errors.New("there is another")

// memory is archive and catalog in memory.
type memory struct {
	mu      sync.Mutex
	records map[string]string
	list    *bodies.List
	stale   int // reports with an old proposal
	batches []int
	fail    error // of ReplaceBodies
}

func (m *memory) Put(_ context.Context, key string, content []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if there, ok := m.records[key]; ok && there != string(content) {
		return errExists
	}
	m.records[key] = string(content)
	return nil
}

func (m *memory) Get(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return []byte(m.records[key]), nil
}

func (m *memory) List(_ context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		m.mu.Lock()
		defer m.mu.Unlock()
		var keys []string
		for key := range m.records {
			if strings.HasPrefix(key, prefix) {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		for _, key := range keys {
			if !yield(key, nil) {
				return
			}
		}
	}
}

func (m *memory) Bodies(context.Context) (*bodies.List, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.list == nil {
		return bodies.New(nil, nil)
	}
	return m.list, nil
}

func (m *memory) ReplaceBodies(_ context.Context, l *bodies.List, _ bodies.Edit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	if m.list != nil && m.list.Version >= l.Version {
		return bodies.ErrChanged
	}
	m.list = l
	return nil
}

func (m *memory) Repropose(_ context.Context, limit int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := min(limit, m.stale)
	m.stale -= n
	m.batches = append(m.batches, n)
	return n, nil
}

func service(t *testing.T, m *memory) *bodies.Service {
	t.Helper()
	s, err := bodies.NewService(bodies.Config{Store: m, Records: m, Exists: func(err error) bool { return errors.Is(err, errExists) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func entries(names ...string) (out []bodies.Entry) {
	for _, n := range names {
		out = append(out, bodies.Entry{Body: bodies.Body{Name: n}})
	}
	return out
}

// TestReplace: of two editors of one version the second is told, and nothing is
// lost.
func TestReplace(t *testing.T) {
	m := &memory{records: map[string]string{}}
	s := service(t, m)
	first, err := s.Replace(t.Context(), entries("甲局"), 0, "甲")
	if err != nil || first.Version != 1 {
		t.Fatalf("%v, %v", first, err)
	}
	if _, err := s.Replace(t.Context(), entries("乙局"), 0, "乙"); !errors.Is(err, bodies.ErrChanged) {
		t.Errorf("the second editor: %v", err)
	}
	var mistakes bodies.Mistakes
	if _, err := s.Replace(t.Context(), entries("丙局", "丙局"), 1, "丙"); !errors.As(err, &mistakes) {
		t.Errorf("mistakes: %v", err)
	}
	if l, err := s.List(t.Context()); err != nil || l.Version != 1 || len(m.records) != 1 {
		t.Errorf("in force: %v, %v, records %v", l, err, m.records)
	}
}

// TestSync: what was recorded holds, though the catalog did not hear of it.
func TestSync(t *testing.T) {
	m := &memory{records: map[string]string{}}
	s := service(t, m)
	if _, err := s.Replace(t.Context(), entries("甲局"), 0, ""); err != nil {
		t.Fatal(err)
	}
	m.fail = errors.New("the catalog is away")
	if _, err := s.Replace(t.Context(), entries("甲局", "乙局"), 1, ""); err == nil {
		t.Fatal("no error")
	}
	m.fail = nil
	// Another editor of the same version meets the record, and the catalog learns.
	if _, err := s.Replace(t.Context(), entries("丙局"), 1, ""); !errors.Is(err, bodies.ErrChanged) {
		t.Errorf("the next editor: %v", err)
	}
	if l, err := s.List(t.Context()); err != nil || l.Version != 2 || len(l.Bodies()) != 2 {
		t.Errorf("in force: %v, %v", l, err)
	}
	m.list = nil // a new catalog
	if err := s.Sync(t.Context()); err != nil || m.list == nil || m.list.Version != 2 {
		t.Errorf("Sync = %v, list %v", err, m.list)
	}
	m.list, m.records["bodies/n00000003.json"] = nil, "{"
	if err := s.Sync(t.Context()); err == nil {
		t.Error("a damaged record passes")
	}
}

// TestRefresh: proposals are made anew in small pieces, after a new list and
// where another process set one.
func TestRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{records: map[string]string{}, stale: 450}
		s := service(t, m)
		s.Start()
		synctest.Wait()
		check := func(name string, want ...int) {
			t.Helper()
			m.mu.Lock()
			defer m.mu.Unlock()
			if !slices.Equal(m.batches, want) {
				t.Errorf("%s: %v, want %v", name, m.batches, want)
			}
			m.batches = nil
		}
		check("at the start", 200, 200, 50, 0)
		m.stale = 3
		if _, err := s.Replace(t.Context(), entries("甲局"), 0, ""); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		check("a new list", 3, 0)
		m.stale = 1
		time.Sleep(time.Minute)
		synctest.Wait()
		check("a minute later", 1, 0)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
