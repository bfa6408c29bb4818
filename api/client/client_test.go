package client_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"nianbao/api/client"
	"nianbao/api/client/clienttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type house struct {
	*client.Client
	server *clienttest.Server
	pause  *clienttest.NoPause
	url    string
}

func start(t *testing.T, change func(*clienttest.Server, *client.Config)) house {
	t.Helper()
	s, p := &clienttest.Server{}, &clienttest.NoPause{}
	ts := httptest.NewServer(s)
	transport := &http.Transport{}
	t.Cleanup(func() { transport.CloseIdleConnections(); ts.Close() })
	cfg := client.Config{Server: ts.URL, Pause: p.Pause, HTTP: &http.Client{Transport: transport}}
	if change != nil {
		change(s, &cfg)
	}
	c, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return house{c, s, p, ts.URL}
}

func source(path, content string) client.Source {
	return client.Source{
		Path: path, Size: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil },
		ID: func(context.Context) (string, error) {
			sum := sha256.Sum256([]byte(content))
			return hex.EncodeToString(sum[:]), nil
		},
	}
}

func sources(n int) []client.Source {
	out := make([]client.Source, n)
	for i := range out {
		out[i] = source(fmt.Sprintf("云溪县/%03d.pdf", i), strings.Repeat(fmt.Sprint(i, " "), 1000))
	}
	return out
}

// send opens a batch and uploads to it. It returns how each source was settled.
func (h house) send(t *testing.T, all []client.Source, opt client.UploadOptions) (id string, settled map[string]error, err error) {
	t.Helper()
	b, err := h.OpenBatch(t.Context(), "批次", "key")
	if err != nil {
		t.Fatal(err)
	}
	settled = map[string]error{}
	opt.Settled = func(s client.Source, err error) {
		if _, twice := settled[s.Path]; twice {
			t.Errorf("%s was settled twice", s.Path)
		}
		settled[s.Path] = err
	}
	err = h.Upload(t.Context(), b.ID, all, opt)
	return b.ID, settled, err
}

// arrived are the paths of the files of the only batch.
func (h house) arrived(t *testing.T) []string {
	t.Helper()
	batches := h.server.Batches()
	if len(batches) != 1 {
		t.Errorf("%d batches", len(batches))
	}
	var out []string
	for _, files := range batches {
		for _, f := range files {
			out = append(out, f.Path)
		}
	}
	slices.Sort(out)
	return out
}

func paths(all []client.Source) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.Path
	}
	return out
}

func (h house) wantAll(t *testing.T, all []client.Source) {
	t.Helper()
	if d := cmp.Diff(paths(all), h.arrived(t)); d != "" {
		t.Errorf("arrived: %s", d)
	}
}

func TestUploadAndFollow(t *testing.T) {
	h := start(t, func(s *clienttest.Server, c *client.Config) { s.Token, c.Token = "secret", "secret" })
	all := sources(450) // more than two pages of the list
	id, settled, err := h.send(t, all, client.UploadOptions{Files: 30})
	if err != nil || len(settled) != len(all) {
		t.Fatalf("%v, %d settled", err, len(settled))
	}
	h.wantAll(t, all)
	if b, err := h.CloseBatch(t.Context(), id); err != nil || b.State != client.StateRunning {
		t.Fatalf("%+v %v", b, err)
	}
	seen := 0
	b, err := h.Follow(t.Context(), id, func(_ *client.Batch, f *client.BatchFile) {
		if f != nil {
			seen++
		}
	})
	if err != nil || b.State != client.StateDone || b.Counts.Done != len(all) || seen != len(all) {
		t.Errorf("%+v %v, %d events", b, err, seen)
	}
	n := 0
	for _, err := range h.Files(t.Context(), id) {
		if n++; err != nil {
			t.Fatal(err)
		}
	}
	r, err := h.Results(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || strings.Count(string(got), "\n") != n || n != len(all) {
		t.Errorf("%d results of %d files: %v", strings.Count(string(got), "\n"), n, err)
	}
}

// Whatever breaks, each file arrives once.
func TestUploadGoesOnAfterBreaks(t *testing.T) {
	for name, faults := range map[string]func(s *clienttest.Server){
		"in a body": func(s *clienttest.Server) { s.Fail("files", s.DropAfter(3), nil, s.DropAfter(0), s.DropAfter(9)) },
		"busy":      func(s *clienttest.Server) { s.Fail("files", clienttest.Busy, clienttest.Busy, nil, clienttest.Busy) },
		"no answer": func(s *clienttest.Server) { s.Fail("files", clienttest.Drop, nil, clienttest.Drop) },
		"list": func(s *clienttest.Server) {
			s.Fail("get", clienttest.Busy, clienttest.Drop)
			s.Fail("files", s.DropAfter(1))
		},
		"open":             func(s *clienttest.Server) { s.Fail("open", clienttest.Busy, clienttest.Drop) },
		"open, not heard":  func(s *clienttest.Server) { s.Fail("open", s.Unheard) },
		"files, not heard": func(s *clienttest.Server) { s.Fail("files", s.Unheard, s.Unheard) },
		"not ours": func(s *clienttest.Server) {
			s.Fail("files", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusBadGateway) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := start(t, func(s *clienttest.Server, _ *client.Config) { faults(s) })
			all := sources(60)
			_, settled, err := h.send(t, all, client.UploadOptions{Files: 10})
			for path, err := range settled {
				if err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			if err != nil || len(settled) != len(all) {
				t.Errorf("%v, %d settled", err, len(settled))
			}
			h.wantAll(t, all)
		})
	}
}

// Attempts are bounded, but only those that get nothing through.
func TestUploadGivesUpInTheEnd(t *testing.T) {
	h := start(t, func(s *clienttest.Server, c *client.Config) {
		c.Attempts = 3
		for range 50 {
			s.Fail("files", s.DropAfter(1))
		}
	})
	all := sources(20)
	_, _, err := h.send(t, all, client.UploadOptions{Files: 20, Jobs: 1})
	if err != nil {
		t.Errorf("one file a time gets through: %v", err)
	}
	h.wantAll(t, all)

	h = start(t, func(s *clienttest.Server, c *client.Config) {
		c.Attempts = 3
		s.Fail("files", slices.Repeat([]http.HandlerFunc{clienttest.Busy}, 50)...)
	})
	_, settled, err := h.send(t, all, client.UploadOptions{Files: 20, Jobs: 1})
	if p := client.AsProblem(err); p == nil || p.Code != "unavailable" || len(settled) != 0 {
		t.Errorf("got %v, %d settled", err, len(settled))
	}
	if len(h.pause.Asked) != 2 || slices.Min(h.pause.Asked) < 7*time.Second {
		t.Errorf("pauses %v, want those of Retry-After", h.pause.Asked)
	}
	// Another process goes on.
	for h.server.Fail("files"); ; { // faults are still queued
		if _, _, err = h.send(t, all, client.UploadOptions{}); err == nil {
			break
		}
	}
	h.wantAll(t, all)
}

func TestUploadResumes(t *testing.T) {
	h := start(t, nil)
	all := sources(30)
	if _, _, err := h.send(t, all[:17], client.UploadOptions{}); err != nil {
		t.Fatal(err)
	}
	before := len(h.server.Requests())
	changed := slices.Clone(all)
	changed[3] = source(all[3].Path, "other content")
	if _, settled, err := h.send(t, changed, client.UploadOptions{Files: 1, Jobs: 1}); err != nil || len(settled) != 30 {
		t.Fatalf("%v, %d settled", err, len(settled))
	}
	sent := 0
	for _, r := range h.server.Requests()[before:] {
		if r == "files" {
			sent++
		}
	}
	if sent != 13+1 {
		t.Errorf("%d files were sent, want the 13 missing ones and the changed one", sent)
	}
}

func TestOneFileFailsAlone(t *testing.T) {
	h := start(t, func(s *clienttest.Server, _ *client.Config) { s.MaxFile = 10_000 })
	all := sources(40)
	all[7] = source("large.pdf", strings.Repeat("x", 20_000))
	all[11].Open = func() (io.ReadCloser, error) { return nil, errors.New("gone") }
	all[23].Open = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("begins"), iotest.ErrReader(errors.New("disk")))), nil
	}
	all[29] = source("text.pdf", "text is refused by the service, but arrived")
	_, settled, err := h.send(t, all, client.UploadOptions{Files: 16})
	if err != nil || len(settled) != 40 {
		t.Fatalf("%v, %d settled", err, len(settled))
	}
	var local *client.LocalError
	for path, err := range settled {
		switch path {
		case "large.pdf":
			if p := client.AsProblem(err); p == nil || p.Code != "too_large" {
				t.Errorf("%s: %v", path, err)
			}
		case all[11].Path, all[23].Path:
			if !errors.As(err, &local) || local.Path != path {
				t.Errorf("%s: %v", path, err)
			}
		default:
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if n := len(h.arrived(t)); n != 37 {
		t.Errorf("%d arrived", n)
	}
}

// Errors that no attempt heals end the upload at once.
func TestUploadRefused(t *testing.T) {
	for status, code := range map[int]string{401: "unauthenticated", 403: "forbidden", 404: "not_found", 409: "conflict", 500: "internal"} {
		h := start(t, func(s *clienttest.Server, _ *client.Config) {
			s.Fail("files", func(w http.ResponseWriter, _ *http.Request) { clienttest.Problem(w, status, code) })
		})
		_, _, err := h.send(t, sources(3), client.UploadOptions{})
		if p := client.AsProblem(err); p == nil || p.Status != status || p.Code != code || len(h.pause.Asked) > 0 {
			t.Errorf("%d: %v after %d pauses", status, err, len(h.pause.Asked))
		}
	}
}

// A cancelled context ends everything, with nothing left running.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := start(t, func(s *clienttest.Server, _ *client.Config) {
		s.Fail("files", func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			_, _ = io.Copy(io.Discard, r.Body) // the server sees that the client has gone only when it reads
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		})
	})
	b, err := h.OpenBatch(ctx, "", "key")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Upload(ctx, b.ID, sources(100), client.UploadOptions{Files: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("Upload: %v", err)
	}
	if _, err := h.Follow(ctx, b.ID, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Follow: %v", err)
	}
}

func TestFollowTakesUpBrokenStreams(t *testing.T) {
	h := start(t, func(s *clienttest.Server, c *client.Config) {
		c.Idle = 500 * time.Millisecond
		s.Fail("events", s.StreamEvents(4), clienttest.Drop, clienttest.Busy, s.StreamEvents(0), clienttest.Silent, s.StreamEvents(3), s.StreamEvents(1))
		s.Fail("close", s.Unheard)
	})
	all := append(sources(10), source("bad.pdf", "bad content"))
	id, _, err := h.send(t, all, client.UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.CloseBatch(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	var seen []int64
	b, err := h.Follow(t.Context(), id, func(_ *client.Batch, f *client.BatchFile) {
		if f != nil {
			seen = append(seen, f.Seq)
		}
	})
	if err != nil || b.Counts.Done != 10 || b.Counts.Failed != 1 {
		t.Errorf("%+v %v", b, err)
	}
	if want := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}; !slices.Equal(seen, want) || h.server.Events(id) != len(want) {
		t.Errorf("events %v, %d sent: none may come twice or be lost", seen, h.server.Events(id))
	}
}

func TestFollowGivesUpInTheEnd(t *testing.T) {
	h := start(t, func(s *clienttest.Server, c *client.Config) {
		c.Attempts = 4
		s.Fail("events", slices.Repeat([]http.HandlerFunc{clienttest.Drop}, 10)...)
	})
	id, _, _ := h.send(t, sources(1), client.UploadOptions{})
	_, _ = h.CloseBatch(t.Context(), id)
	if _, err := h.Follow(t.Context(), id, func(*client.Batch, *client.BatchFile) {}); err == nil || len(h.pause.Asked) != 3 {
		t.Errorf("%v after %d pauses", err, len(h.pause.Asked))
	}
}

// The service is stopped and started anew at the same address.
func TestUploadOverARestart(t *testing.T) {
	s := &clienttest.Server{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	first := &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
	first.Start()
	var second *httptest.Server
	transport := &http.Transport{}
	defer func() {
		transport.CloseIdleConnections()
		first.Close()
		if second != nil {
			second.Close()
		}
	}()
	var restarted atomic.Bool
	s.Fail("files", nil, func(http.ResponseWriter, *http.Request) {
		_ = first.Listener.Close()
		panic(http.ErrAbortHandler)
	})
	c, err := client.New(client.Config{Server: "http://" + addr, HTTP: &http.Client{Transport: transport}, Pause: func(context.Context, time.Duration) error {
		if restarted.CompareAndSwap(false, true) {
			l, err := net.Listen("tcp", addr)
			if err != nil {
				return err
			}
			second = &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
			second.Start()
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	h := house{Client: c, server: s}
	all := sources(20)
	if _, _, err := h.send(t, all, client.UploadOptions{Files: 5, Jobs: 1}); err != nil {
		t.Fatal(err)
	}
	h.wantAll(t, all)
	if !restarted.Load() {
		t.Error("nothing was restarted")
	}
}

// Neither files nor requests are held in memory.
func TestUploadIsStreamed(t *testing.T) {
	const size = 48 << 20
	h := start(t, func(s *clienttest.Server, _ *client.Config) {
		s.Fail("files", func(w http.ResponseWriter, r *http.Request) {
			if n, err := io.Copy(io.Discard, r.Body); err != nil || n < size {
				t.Errorf("%d bytes: %v", n, err)
			}
			w.WriteHeader(http.StatusAccepted)
		})
	})
	large := source("large.pdf", "")
	large.Open = func() (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(zeros{}, size)), nil }
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := h.send(t, []client.Source{large}, client.UploadOptions{})
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; err != nil || used > 4<<20 {
		t.Errorf("%v, %d bytes allocated for %d", err, used, size)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNew(t *testing.T) {
	for _, server := range []string{"", "127.0.0.1:8080", "ftp://host", "http://", "http://%"} {
		if _, err := client.New(client.Config{Server: server}); err == nil {
			t.Errorf("%q is accepted", server)
		}
	}
	if _, err := client.New(client.Config{Server: "http://host", Token: "a\r\nb"}); err == nil {
		t.Error("a token with a line end is accepted")
	}
}
