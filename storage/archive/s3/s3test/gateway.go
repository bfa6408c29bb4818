// Package s3test starts a real S3 gateway for tests: versitygw over a temporary
// directory, on a free port of the loopback interface.
//
// The program is taken from the file that NIANBAO_TEST_S3GATEWAY names, or built
// once, by "go install" of the pinned version, into the user's cache directory;
// it is no dependency of the product. Where it cannot be had the test is skipped
// with the reason; with NIANBAO_TEST_REQUIRE=1 it fails instead.
package s3test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/sys/unix"

	"nianbao/storage/archive/s3"
)

// Version is the gateway's version.
const Version = "v1.8.0"

const (
	module       = "github.com/versity/versitygw/cmd/versitygw"
	accessKey    = "nianbao-test"
	startTimeout = 20 * time.Second
	buildTimeout = 9 * time.Minute
)

// Gateway is a running gateway.
type Gateway struct {
	// Dir holds a directory for each bucket, in which objects are files under
	// their keys.
	Dir      string
	endpoint string
	secret   string
}

// Start starts a gateway that is killed when the test ends.
func Start(t testing.TB) *Gateway {
	t.Helper()
	bin, err := program(t.Context())
	if err != nil {
		missing(t, err)
	}
	root, err := dirWithXattrs(t)
	if err != nil {
		missing(t, err)
	}
	var failures []error
	for range 3 { // another process may take the port first
		g, err := start(t, bin, root)
		if err == nil {
			return g
		}
		failures = append(failures, err)
	}
	t.Fatalf("s3test: %v", errors.Join(failures...))
	return nil
}

// missing skips loudly, or fails where tests are required to run.
func missing(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
		t.Fatalf("s3test: NIANBAO_TEST_REQUIRE=1, and there is no S3 gateway: %v", err)
	}
	t.Skipf("s3test: NOT RUN, there is no S3 gateway: %v", err)
}

// program finds or builds the gateway.
func program(ctx context.Context) (string, error) {
	if bin := os.Getenv("NIANBAO_TEST_S3GATEWAY"); bin != "" {
		_, err := os.Stat(bin)
		return bin, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "nianbao-test", "versitygw-"+Version)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Close() }() // and unlock
	// Packages are tested at the same time; one of them builds.
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "versitygw")
	if _, err := os.Stat(bin); !errors.Is(err, fs.ErrNotExist) {
		return bin, err
	}
	ctx, cancel := context.WithTimeout(ctx, buildTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "install", module+"@"+Version)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOBIN="+filepath.Join(dir, "new"), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go install %s@%s: %w\n%s", module, Version, err, bytes.TrimSpace(out))
	}
	return bin, os.Rename(filepath.Join(dir, "new", "versitygw"), bin)
}

// dirWithXattrs makes a directory in a file system with extended attributes,
// where the gateway keeps what it knows of objects.
func dirWithXattrs(t testing.TB) (string, error) {
	dir := t.TempDir()
	if unix.Setxattr(dir, "user.nianbao-test", []byte("x"), 0) == nil {
		return dir, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	if dir, err = os.MkdirTemp(cache, "nianbao-test-"); err != nil {
		return "", err
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := unix.Setxattr(dir, "user.nianbao-test", []byte("x"), 0); err != nil {
		return "", fmt.Errorf("neither %s nor %s has extended attributes: %w", os.TempDir(), cache, err)
	}
	return dir, nil
}

func start(t testing.TB, bin, root string) (*Gateway, error) {
	ctx := t.Context() // ends before the cleanups run: the gateway is killed then
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &Gateway{Dir: filepath.Join(root, "data"), endpoint: l.Addr().String(), secret: rand.Text()}
	if err := l.Close(); err != nil {
		return nil, err
	}
	dirs := []string{g.Dir, filepath.Join(root, "versions"), filepath.Join(root, "iam")}
	for _, d := range dirs {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, bin, "--port", g.endpoint, "--quiet", "--health", "/health",
		"--iam-dir", dirs[2], "posix", "--versioning-dir", dirs[1], g.Dir)
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+accessKey, "ROOT_SECRET_KEY="+g.secret)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	gone := make(chan struct{})
	go func() { _ = cmd.Wait(); close(gone) }()
	t.Cleanup(func() { <-gone })
	if err := g.ready(ctx, gone); err != nil {
		_ = cmd.Process.Kill()
		<-gone
		return nil, fmt.Errorf("%s: %w\n%s", bin, err, bytes.TrimSpace(out.Bytes()))
	}
	return g, nil
}

// ready waits until the gateway answers.
func (g *Gateway) ready(ctx context.Context, gone <-chan struct{}) error {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	deadline := time.After(startTimeout)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-gone:
			return errors.New("the gateway ended")
		case <-deadline:
			return fmt.Errorf("the gateway did not answer within %v", startTimeout)
		case <-tick.C:
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+g.endpoint+"/health", nil)
		if err != nil {
			return err
		}
		res, err := client.Do(req)
		if err != nil {
			continue
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return nil
		}
	}
}

// Bucket creates a bucket and returns the configuration of an archive in it, with
// a prefix and a staging directory of its own.
func (g *Gateway) Bucket(t testing.TB, name string) s3.Config {
	t.Helper()
	// To this gateway a directory is a bucket.
	if err := os.Mkdir(filepath.Join(g.Dir, name), 0o700); err != nil {
		t.Fatal(err)
	}
	return g.config(t, name)
}

func (g *Gateway) config(t testing.TB, name string) s3.Config {
	return s3.Config{
		Endpoint:  g.endpoint,
		Plain:     true,
		Region:    "us-east-1",
		Bucket:    name,
		Prefix:    "reports/",
		AccessKey: accessKey,
		SecretKey: g.secret,
		Staging:   filepath.Join(t.TempDir(), "staging"),
	}
}

// LockedBucket is Bucket with versioning and Object Lock.
func (g *Gateway) LockedBucket(t testing.TB, name string) s3.Config {
	t.Helper()
	client, err := minio.New(g.endpoint, &minio.Options{Creds: credentials.NewStaticV4(accessKey, g.secret, ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.MakeBucket(t.Context(), name, minio.MakeBucketOptions{ObjectLocking: true}); err != nil {
		t.Fatalf("s3test: a bucket with Object Lock: %v", err)
	}
	return g.config(t, name)
}

// File is where the gateway keeps the object with the key.
func (g *Gateway) File(cfg s3.Config, key string) string {
	return filepath.Join(g.Dir, cfg.Bucket, filepath.FromSlash(cfg.Prefix+key))
}
