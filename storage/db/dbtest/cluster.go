package dbtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Cluster is a PostgreSQL server of a test's own, in a temporary directory and
// reached by a socket there or, where Port is set, on 127.0.0.1.
type Cluster struct {
	t    testing.TB
	dir  string
	port string
	uid  int // to run it as; the server refuses to run as root
	gid  int
}

// environment variables of the tests.
const (
	envServer  = "NIANBAO_TEST_POSTGRES" // data source of a running server, where databases may be created
	envRequire = "NIANBAO_TEST_REQUIRE"  // what is missing is a failure
)

// NewCluster starts a server; it is stopped at the end of the test. Without the
// programs of PostgreSQL the test is skipped, or fails where NIANBAO_TEST_REQUIRE
// is set.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	if binary("initdb") == "" {
		if os.Getenv(envRequire) != "" {
			t.Fatal("PostgreSQL (initdb, pg_ctl) is required and not there")
		}
		t.Skip("no PostgreSQL on this machine")
	}
	dir, err := os.MkdirTemp("", "nianbao-pg-") // sockets' paths are short
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{t: t, dir: dir, port: "5432", uid: os.Getuid(), gid: os.Getgid()}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if c.uid == 0 {
		c.demote()
	}
	c.run("initdb", "-D", c.data(), "-A", "trust", "-U", "nianbao", "-E", "UTF8", "--locale=C", "--no-sync")
	conf := fmt.Sprintf("listen_addresses = ''\nunix_socket_directories = '%s'\nfsync = off\nmax_connections = 200\nlog_min_messages = fatal\n", dir)
	if err := appendTo(filepath.Join(c.data(), "postgresql.conf"), conf); err != nil {
		t.Fatal(err)
	}
	c.Start()
	t.Cleanup(c.Stop)
	return c
}

// demote picks a user of the system that is not root.
func (c *Cluster) demote() {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		c.uid, _ = strconv.Atoi(u.Uid)
		c.gid, _ = strconv.Atoi(u.Gid)
		if err := os.Chown(c.dir, c.uid, c.gid); err != nil {
			c.t.Fatal(err)
		}
		return
	}
	c.t.Fatal("PostgreSQL does not run as root, and there is no other user")
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Start starts a stopped server and returns when it answers.
func (c *Cluster) Start() {
	c.t.Helper()
	c.run("pg_ctl", "-D", c.data(), "-w", "-l", filepath.Join(c.dir, "log"), "start")
}

// Stop ends the server at once, as kill would; Start recovers from that. Stopping
// a stopped one does nothing.
func (c *Cluster) Stop() {
	c.t.Helper()
	if _, err := os.Stat(filepath.Join(c.data(), "postmaster.pid")); errors.Is(err, os.ErrNotExist) {
		return
	}
	c.run("pg_ctl", "-D", c.data(), "-w", "-m", "immediate", "stop")
}

// Source is the data source name of a database of the server.
func (c *Cluster) Source(database string) string {
	return fmt.Sprintf("postgres://nianbao@/%s?host=%s&port=%s&sslmode=disable", database, c.dir, c.port)
}

func (c *Cluster) run(name string, args ...string) {
	c.t.Helper()
	cmd := exec.CommandContext(context.Background(), binary(name), args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	// The server inherits them: pipes would keep this waiting for its end.
	out, err := os.CreateTemp(c.dir, "out-")
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	cmd.Stdout, cmd.Stderr = out, out
	as(cmd, c.uid, c.gid)
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		c.t.Fatalf("%s: %v\n%s\n%s", name, err, bytes.TrimSpace(said), bytes.TrimSpace(log))
	}
}

// binary finds a program of PostgreSQL: on the path, or where Debian puts them.
func binary(name string) string {
	if p, err := exec.LookPath(name); err == nil {
		return p
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

func appendTo(file, text string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(string(b)+"\n"+strings.TrimLeft(text, "\n")), info.Mode())
}
