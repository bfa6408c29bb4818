// Package clienttest is a service's batch interface in memory, with faults on
// demand. A file whose content begins with "bad" fails as damaged, one with
// "text" is refused without being kept; all others are done at once.
package clienttest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"nianbao/api/client"
)

// File is a file that arrived.
type File struct {
	client.BatchFile
	SHA256 string
}

type batch struct {
	client.Batch
	files  []File
	events int // of the stream sent so far, over all connections
}

// Server is the interface; its exported fields are set before the first request.
type Server struct {
	// ID gives the report id of a content's SHA-256 in hex; nil means the digest.
	ID func(sha256 string) string
	// Token is demanded where it is not empty.
	Token string
	// MaxFile is the size in bytes over which a request is refused with 413.
	MaxFile int64

	mu       sync.Mutex
	batches  map[string]*batch
	keys     map[string]string
	faults   map[string][]http.HandlerFunc
	requests []string
	mux      *http.ServeMux
	once     sync.Once
}

// Fail puts faults before the next requests of a route ("open", "files", "close",
// "get", "events", "results"), one each; nil lets a request pass.
func (s *Server) Fail(route string, faults ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults == nil {
		s.faults = map[string][]http.HandlerFunc{}
	}
	s.faults[route] = append(s.faults[route], faults...)
}

// Requests are the routes of all requests so far.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// Batches are the ids of all batches, and the files of each in order of arrival.
func (s *Server) Batches() map[string][]File {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string][]File{}
	for id, b := range s.batches {
		out[id] = append([]File(nil), b.files...)
	}
	return out
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.once.Do(func() {
		s.batches, s.keys, s.mux = map[string]*batch{}, map[string]string{}, http.NewServeMux()
		s.route("POST /v1/batches", "open", s.open)
		s.route("POST /v1/batches/{id}/files", "files", s.files)
		s.route("POST /v1/batches/{id}/close", "close", s.close)
		s.route("GET /v1/batches/{id}", "get", s.get)
		s.route("GET /v1/batches/{id}/events", "events", s.events)
		s.route("GET /v1/batches/{id}/results", "results", s.results)
	})
	s.mux.ServeHTTP(w, r)
}

func (s *Server) route(pattern, name string, h func(http.ResponseWriter, *http.Request, *batch)) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, name)
		var fault http.HandlerFunc
		if queue := s.faults[name]; len(queue) > 0 {
			fault, s.faults[name] = queue[0], queue[1:]
		}
		b := s.batches[r.PathValue("id")]
		s.mu.Unlock()
		switch {
		case s.Token != "" && r.Header.Get("Authorization") != "Bearer "+s.Token:
			Problem(w, http.StatusUnauthorized, "unauthenticated")
		case fault != nil:
			fault(w, r)
		case b == nil && name != "open":
			Problem(w, http.StatusNotFound, "not_found")
		default:
			h(w, r, b)
		}
	})
}

// Problem answers with an error.
func Problem(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(client.Problem{Status: status, Code: code, Title: code, RequestID: "r1"})
}

// Busy is a fault: 503 with Retry-After.
func Busy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", "7")
	Problem(w, http.StatusServiceUnavailable, "unavailable")
}

// Drop is a fault: the connection breaks without an answer.
func Drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// Unheard is a fault: the request is carried out, and the answer gets lost.
func (s *Server) Unheard(_ http.ResponseWriter, r *http.Request) {
	s.mux.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler)
}

// DropAfter is a fault of "files": the connection breaks after n whole files, in
// the middle of the next one.
func (s *Server) DropAfter(n int) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		b := s.batches[r.PathValue("id")]
		s.mu.Unlock()
		parts, err := r.MultipartReader()
		for i := 0; i <= n && err == nil; i++ {
			var part *multipart.Part
			if part, err = parts.NextPart(); err != nil {
				break
			}
			if i == n {
				_, _ = io.CopyN(io.Discard, part, 1)
				break
			}
			err = s.take(b, part)
		}
		panic(http.ErrAbortHandler)
	}
}

func (s *Server) open(w http.ResponseWriter, r *http.Request, _ *batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.Header.Get("Idempotency-Key")
	id, known := s.keys[key]
	if !known {
		id = fmt.Sprintf("batch%d", len(s.batches)+1)
		b := &batch{Batch: client.Batch{ID: id, Name: r.URL.Query().Get("name"), State: client.StateReceiving, CreatedAt: time.Unix(0, 0)}}
		s.batches[id], s.keys[key] = b, id
	}
	answer(w, http.StatusAccepted, s.batches[id].Batch)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

var errTooLarge = errors.New("clienttest: too large")

func (s *Server) files(w http.ResponseWriter, r *http.Request, b *batch) {
	s.mu.Lock()
	state := b.State
	s.mu.Unlock()
	if state != client.StateReceiving {
		Problem(w, http.StatusConflict, "conflict")
		return
	}
	parts, err := r.MultipartReader()
	for err == nil {
		var part *multipart.Part
		if part, err = parts.NextPart(); err == nil {
			err = s.take(b, part)
		}
	}
	switch {
	case errors.Is(err, io.EOF):
		answer(w, http.StatusAccepted, map[string]any{"id": b.ID})
	case errors.Is(err, errTooLarge):
		_, _ = io.Copy(io.Discard, r.Body)
		Problem(w, http.StatusRequestEntityTooLarge, "too_large")
	default:
		Problem(w, http.StatusBadRequest, "bad_request")
	}
}

// take takes one file in; the same bytes under the same path are one file.
func (s *Server) take(b *batch, part *multipart.Part) error {
	path, err := url.PathUnescape(part.Header.Get("X-Path"))
	if err != nil || part.FormName() != "file" {
		return fmt.Errorf("part %v: %w", part.Header, err)
	}
	h := sha256.New()
	var head strings.Builder
	n, err := io.Copy(io.MultiWriter(h, &head), part)
	if err != nil {
		return err
	}
	if s.MaxFile > 0 && n > s.MaxFile {
		return errTooLarge
	}
	f := File{SHA256: hex.EncodeToString(h.Sum(nil)), BatchFile: client.BatchFile{Path: path, State: client.StateQueued}}
	f.ReportID = f.SHA256
	if s.ID != nil {
		f.ReportID = s.ID(f.SHA256)
	}
	switch {
	case strings.HasPrefix(head.String(), "text"):
		f.ReportID, f.State = "", client.StateFailed
		f.Error = &client.Problem{Code: "unsupported_format", Title: "不支持的文件格式"}
	case strings.HasPrefix(head.String(), "bad"):
		f.Error = &client.Problem{Code: "damaged", Title: "文件已损坏"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range b.files {
		if other.Path == path && other.SHA256 == f.SHA256 {
			return nil
		}
	}
	f.Seq = int64(len(b.files) + 1)
	b.files = append(b.files, f)
	return nil
}

func (s *Server) close(w http.ResponseWriter, _ *http.Request, b *batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.State != client.StateReceiving {
		Problem(w, http.StatusConflict, "conflict")
		return
	}
	b.State = client.StateRunning
	for i := range b.files {
		switch f := &b.files[i]; {
		case f.Error != nil:
			f.State = client.StateFailed
			b.Counts.Failed++
		default:
			f.State = client.StateDone
			b.Counts.Done++
		}
	}
	b.Counts.Total = len(b.files)
	answer(w, http.StatusAccepted, b.Batch)
}

func (s *Server) get(w http.ResponseWriter, r *http.Request, b *batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	out := b.Batch
	for i := from; i < len(b.files) && i < from+limit; i++ {
		out.Files = append(out.Files, b.files[i].BatchFile)
	}
	if from+limit < len(b.files) {
		out.Next = strconv.Itoa(from + limit)
	}
	answer(w, http.StatusOK, out)
}

// StreamEvents is a fault of "events": n events, then the connection breaks.
func (s *Server) StreamEvents(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		b := s.batches[r.PathValue("id")]
		s.mu.Unlock()
		s.stream(w, r, b, n)
		panic(http.ErrAbortHandler)
	}
}

// Silent is a fault of "events": nothing comes until the client goes.
func Silent(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func (s *Server) events(w http.ResponseWriter, r *http.Request, b *batch) {
	s.stream(w, r, b, len(b.files)+1)
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request, b *batch, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream")
	last, _ := strconv.Atoi(r.Header.Get("Last-Event-ID"))
	_, _ = io.WriteString(w, ": hello\n\nevent: heartbeat\ndata: {}\n\n")
	for i := last; i < len(b.files) && n > 0; i++ {
		f, _ := json.Marshal(b.files[i].BatchFile)
		fmt.Fprintf(w, "id: %d\nevent: file\ndata: %s\n\n", i+1, f)
		b.events++
		n--
	}
	if n > 0 {
		b.State = client.StateDone
		fmt.Fprintf(w, "id: %d\nevent: end\ndata: {}\n\n", len(b.files)+1)
	}
	_ = http.NewResponseController(w).Flush()
}

// Events is how many file events were sent of a batch, over all connections.
func (s *Server) Events(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.batches[id].events
}

func (s *Server) results(w http.ResponseWriter, _ *http.Request, b *batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range b.files {
		_ = json.NewEncoder(w).Encode(map[string]any{"source": map[string]string{"filename": f.Path}, "id": f.ReportID})
	}
}

// NoPause is a client.Config.Pause that does not wait, and keeps what was asked.
type NoPause struct {
	mu    sync.Mutex
	Asked []time.Duration
}

// Pause implements client.Config.Pause.
func (p *NoPause) Pause(ctx context.Context, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Asked = append(p.Asked, d)
	return ctx.Err()
}
