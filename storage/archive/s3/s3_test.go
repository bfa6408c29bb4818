package s3_test

import (
	"bytes"
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

// TestRequests looks at what goes over the wire.
func TestRequests(t *testing.T) {
	gateway := s3test.Start(t)
	cfg := gateway.Bucket(t, "wire")
	target, err := url.Parse("http://" + cfg.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var puts []*http.Request
	broken := 0 // answers still to be lost
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // is part of the signature
		},
		Transport: &http.Transport{DisableKeepAlives: true},
		ModifyResponse: func(res *http.Response) error {
			mu.Lock()
			defer mu.Unlock()
			if res.Request.Method != http.MethodPut {
				return nil
			}
			puts = append(puts, res.Request)
			if broken > 0 {
				broken--
				panic(http.ErrAbortHandler) // the object is there, the answer is not
			}
			return nil
		},
	}
	server := httptest.NewServer(proxy)
	defer server.Close()
	cfg.Endpoint = strings.TrimPrefix(server.URL, "http://")
	a := open(t, cfg)

	put := func(content string) (created bool) {
		t.Helper()
		st, err := a.Stage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = st.Discard() }()
		if _, err := io.WriteString(st, content); err != nil {
			t.Fatal(err)
		}
		created, err = st.Commit(t.Context())
		if err != nil {
			t.Fatalf("Commit: %v", err)
		}
		return created
	}
	if !put("a report") {
		t.Error("not created")
	}
	if put("a report") {
		t.Error("created twice")
	}
	if len(puts) != 1 {
		t.Fatalf("%d PUT requests for one object put twice, want 1", len(puts))
	}
	h, sum := puts[0].Header, sha256.Sum256([]byte("a report"))
	for name, want := range map[string]string{
		"X-Amz-Content-Sha256":  hex.EncodeToString(sum[:]),
		"X-Amz-Checksum-Sha256": base64.StdEncoding.EncodeToString(sum[:]),
		"If-None-Match":         "*",
		"Content-Encoding":      "", // not aws-chunked
		"X-Amz-Trailer":         "",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}

	broken = 1
	put("its answer is lost")
	o, err := a.Open(t.Context(), archive.Digest([]byte("its answer is lost")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	if got, err := io.ReadAll(o); err != nil || !bytes.Equal(got, []byte("its answer is lost")) {
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
