package s3_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"nianbao/storage/archive"
	"nianbao/storage/archive/archivetest"
	"nianbao/storage/archive/s3"
	"nianbao/storage/archive/s3/s3test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, cfg s3.Config) *s3.Archive {
	t.Helper()
	a, err := s3.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func TestArchive(t *testing.T) {
	gateway := s3test.Start(t)
	n := 0
	archivetest.Run(t, func(t *testing.T) archivetest.Subject {
		n++
		cfg := gateway.Bucket(t, fmt.Sprintf("bucket-%d", n))
		return archivetest.Subject{
			Store:   open(t, cfg),
			Staging: cfg.Staging,
			Overwrite: func(key string, content []byte) error {
				return os.WriteFile(gateway.File(cfg, key), content, 0o600)
			},
		}
	})
}

// wire is a proxy before a gateway that notes the PUT requests and can lose the
// answers to them.
type wire struct {
	mu   sync.Mutex
	puts []http.Header
	lose int // answers still to be lost
}

// listen returns the proxy's address.
func (w *wire) listen(t *testing.T, target string) string {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: target})
			r.Out.Host = r.In.Host // is part of the signature
		},
		Transport:      &http.Transport{DisableKeepAlives: true},
		ModifyResponse: w.answer,
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func (w *wire) answer(res *http.Response) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if res.Request.Method != http.MethodPut {
		return nil
	}
	w.puts = append(w.puts, res.Request.Header)
	if w.lose > 0 {
		w.lose--
		panic(http.ErrAbortHandler) // the object is there, the answer is not
	}
	return nil
}

func put(t *testing.T, a *s3.Archive, content string) (created bool) {
	t.Helper()
	st, err := a.Stage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Discard() }()
	if _, err := io.WriteString(st, content); err != nil {
		t.Fatal(err)
	}
	if created, err = st.Commit(t.Context()); err != nil {
		t.Fatalf("Commit: %v", err)
	}
	return created
}

// TestRequests looks at what goes over the wire.
func TestRequests(t *testing.T) {
	cfg := s3test.Start(t).Bucket(t, "wire")
	var w wire
	cfg.Endpoint = w.listen(t, cfg.Endpoint)
	a := open(t, cfg)
	if !put(t, a, "a report") {
		t.Error("not created")
	}
	if put(t, a, "a report") {
		t.Error("created twice")
	}
	if len(w.puts) != 1 {
		t.Fatalf("%d PUT requests for one object put twice, want 1", len(w.puts))
	}
	sum := sha256.Sum256([]byte("a report"))
	for name, want := range map[string]string{
		"X-Amz-Content-Sha256":  hex.EncodeToString(sum[:]),
		"X-Amz-Checksum-Sha256": base64.StdEncoding.EncodeToString(sum[:]),
		"If-None-Match":         "*",
		"Content-Encoding":      "", // not aws-chunked
		"X-Amz-Trailer":         "",
	} {
		if got := w.puts[0].Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestLostAnswer: the store has the object, but its answer did not arrive.
func TestLostAnswer(t *testing.T) {
	cfg := s3test.Start(t).Bucket(t, "lost")
	w := wire{lose: 1}
	cfg.Endpoint = w.listen(t, cfg.Endpoint)
	a := open(t, cfg)
	const content = "its answer is lost"
	put(t, a, content)
	o, err := a.Open(t.Context(), archive.Digest([]byte(content)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	if got, err := io.ReadAll(o); err != nil || string(got) != content {
		t.Errorf("read %q, %v", got, err)
	}
}

// TestUnavailable: a store that is away, or without the bucket, is an error that
// says so, for Check and for Commit.
func TestUnavailable(t *testing.T) {
	gateway := s3test.Start(t)
	cfg := gateway.Bucket(t, "there")
	cfg.Bucket = "not-there"
	a := open(t, cfg)
	if err := a.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "not-there") {
		t.Errorf("Check: %v", err)
	}
	st, err := a.Stage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Discard() }()
	if _, err := st.Commit(t.Context()); err == nil {
		t.Error("Commit without a bucket")
	}
}

func TestConfig(t *testing.T) {
	_, err := s3.Open(s3.Config{Endpoint: "localhost", Bucket: "b"})
	for _, name := range []string{"AccessKey", "SecretKey", "Staging"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error does not name %s: %v", name, err)
		}
	}
	cfg := s3.Config{Endpoint: "localhost", Bucket: "b", AccessKey: "k", SecretKey: "very-secret", Staging: t.TempDir()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(verb, cfg); strings.Contains(s, "very-secret") {
			t.Errorf("%s prints the secret: %s", verb, s)
		}
	}
	cfg.Prefix = "../x/"
	if _, err := s3.Open(cfg); err == nil {
		t.Error("a prefix that leads elsewhere was accepted")
	}
}
