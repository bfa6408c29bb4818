//go:build linux

package main

import (
	"cmp"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"nianbao/storage/archive/s3/s3test"
	"nianbao/storage/db/dbtest"
)

// The most that a report may ask of the shared stores; what it does ask is in the
// README (operations).
const (
	maxStatementsAReport = 40
	maxRequestsAReport   = 18
)

// TestCost counts what a report of a batch asks of PostgreSQL and of S3 between its
// arrival and its end, upkeep and followers of the batch included.
func TestCost(t *testing.T) {
	n := 100
	if full() {
		n = 2000
	}
	meter := &meter{}
	source := meter.postgres(t, dbtest.NewDatabase(t, dbtest.Server(t)))
	store := s3test.Start(t).Bucket(t, "nianbao")
	f := &fleet{t: t, cache: t.TempDir(), flags: []string{"--database", source, "--s3-endpoint", meter.s3(t, store.Endpoint),
		"--s3-bucket", store.Bucket, "--s3-access-key", store.AccessKey, "--s3-secret-key", store.SecretKey, "--s3-plain"}}
	dir := madeReports(t, 0, n)
	p := f.mustStart("serve", "--listen", freePort(t, "127.0.0.1"))
	before := meter.read()
	id, _ := f.batch(dir, p.addr)
	if b := f.wait(id, p.addr); b.Counts.Done != n {
		t.Errorf("counts %+v, want %d done", b.Counts, n)
	}
	after := meter.read()
	for method, total := range after.requests {
		t.Logf("S3: %5.2f %s a report", float64(total-before.requests[method])/float64(n), method)
	}
	statements, commits := after.statements-before.statements, after.commits-before.commits
	requests := after.total() - before.total()
	t.Logf("of %d reports, each: %.1f SQL statements, %.2f of them commits; %.1f S3 requests", n,
		float64(statements)/float64(n), float64(commits)/float64(n), float64(requests)/float64(n))
	if statements > maxStatementsAReport*n || requests > maxRequestsAReport*n {
		t.Errorf("more than %d statements or %d requests a report", maxStatementsAReport, maxRequestsAReport)
	}
	p.terminate()
}

// meter stands between a process and its stores and counts what is asked of them.
type meter struct {
	statements, commits atomic.Int64
	mu                  sync.Mutex
	requests            map[string]int
}

// reading is what was counted up to some moment.
type reading struct {
	statements, commits int
	requests            map[string]int
}

func (r *reading) total() (n int) {
	for _, one := range r.requests {
		n += one
	}
	return n
}

func (m *meter) read() reading {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := reading{statements: int(m.statements.Load()), commits: int(m.commits.Load()), requests: map[string]int{}}
	for method, n := range m.requests {
		r.requests[method] = n
	}
	return r
}

// s3 is the address by which the store at endpoint is asked.
func (m *meter) s3(t *testing.T, endpoint string) string {
	t.Helper()
	m.requests = map[string]int{}
	to := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: endpoint})
		r.Out.Host = r.In.Host // which is signed
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		m.requests[r.Method]++
		m.mu.Unlock()
		to.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// postgres is the source by which the database of source is asked.
func (m *meter) postgres(t *testing.T, source string) string {
	t.Helper()
	u, err := url.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	network, address := "tcp", net.JoinHostPort(u.Hostname(), u.Port())
	if dir := q.Get("host"); dir != "" { // a server on a socket
		network, address = "unix", filepath.Join(dir, ".s.PGSQL."+cmp.Or(q.Get("port"), "5432"))
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go m.relay(c, network, address)
		}
	}()
	q.Set("host", "127.0.0.1")
	q.Set("port", strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = "", q.Encode()
	return u.String()
}

// relay passes a connection on.
func (m *meter) relay(client net.Conn, network, address string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial(network, address)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	m.count(server, client)
}

// count passes a client's messages on and counts those that ask for something
// (PostgreSQL, chapter Frontend/Backend Protocol): Execute and Query.
func (m *meter) count(to io.Writer, from io.Reader) {
	head := make([]byte, 5)
	// The first message has no type.
	if _, err := io.ReadFull(from, head[1:]); err != nil {
		return
	}
	length := int64(binary.BigEndian.Uint32(head[1:])) - 4
	if _, err := to.Write(head[1:]); err != nil {
		return
	}
	for {
		body := make([]byte, length)
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if _, err := to.Write(body); err != nil {
			return
		}
		switch head[0] {
		case 'E', 'Q':
			m.statements.Add(1)
			if string(body) == "commit\x00" {
				m.commits.Add(1)
			}
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return
		}
		length = int64(binary.BigEndian.Uint32(head[1:])) - 4
		if _, err := to.Write(head); err != nil {
			return
		}
	}
}
