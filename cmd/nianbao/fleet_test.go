//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nianbao/convert/fixture"
	"nianbao/convert/intake"
	"nianbao/storage/archive/s3/s3test"
	"nianbao/storage/db/dbtest"
)

// fleet is a number of processes of the program that share stores.
type fleet struct {
	t     *testing.T
	flags []string // of where things are kept
	cache string   // HOME of the clients
}

// process is one of them.
type process struct {
	cmd  *exec.Cmd
	addr string // of a server; "" of a worker
	log  *lockedBuffer
	gone chan struct{}
}

// lockedBuffer is what a process said.
type lockedBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// onSQLite is a fleet of one server on a data directory.
func onSQLite(t *testing.T) *fleet {
	return &fleet{t: t, flags: []string{"--data", t.TempDir()}, cache: t.TempDir()}
}

// onPostgres shares a PostgreSQL server and an S3 gateway; each process has a data
// directory of its own for what is on its way.
func onPostgres(t *testing.T) *fleet {
	source := dbtest.NewDatabase(t, dbtest.Server(t))
	s3 := s3test.Start(t).Bucket(t, "nianbao")
	return &fleet{t: t, cache: t.TempDir(), flags: []string{"--database", source, "--s3-endpoint", s3.Endpoint, "--s3-bucket", s3.Bucket,
		"--s3-access-key", s3.AccessKey, "--s3-secret-key", s3.SecretKey, "--s3-plain"}}
}

// command is the program with arguments.
func (f *fleet) command(args ...string) *exec.Cmd {
	f.t.Helper()
	self, err := os.Executable()
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(f.t.Context()), self, args...)
	cache, err := os.UserCacheDir()
	if err != nil {
		f.t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), envProgram+"=1", "XDG_CACHE_HOME="+f.cache, "NIANBAO_CACHE="+filepath.Join(cache, "nianbao"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// start starts a server or worker and waits until it says that it is ready. ok is
// false where it ended before, or was killed.
func (f *fleet) start(kind string, args ...string) (p *process, ok bool) {
	f.t.Helper()
	all := append([]string{kind, "--jobs", "2"}, f.flags...)
	if f.flags[0] != "--data" {
		all = append(all, "--data", f.t.TempDir())
	}
	p = &process{cmd: f.command(append(all, args...)...), log: &lockedBuffer{}, gone: make(chan struct{})}
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		f.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	line := make(chan string, 1)
	go func() {
		r := bufio.NewReader(out)
		first, _ := r.ReadString('\n')
		line <- first
		_, _ = io.Copy(io.Discard, r)
		_ = p.cmd.Wait()
		close(p.gone)
	}()
	f.t.Cleanup(p.kill)
	select {
	case first := <-line:
		if i := strings.Index(first, "http://"); i >= 0 {
			p.addr = strings.TrimSuffix(strings.TrimSpace(first[i:]), "/")
		}
		return p, first != ""
	case <-time.After(time.Minute):
		f.t.Fatalf("%s did not start:\n%s", kind, p.log)
	}
	return p, false
}

// mustStart is start for a process that nobody kills meanwhile.
func (f *fleet) mustStart(kind string, args ...string) *process {
	f.t.Helper()
	p, ok := f.start(kind, args...)
	if !ok {
		<-p.gone
		f.t.Fatalf("%s did not start:\n%s", kind, p.log)
	}
	return p
}

// kill ends the process as a power cut would, its children with it.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.gone
}

// terminate asks the process to end, and waits for it.
func (p *process) terminate() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.gone
}

// freePort is a port of the loopback interface that is free now, so that clients
// find a restarted server at the same address.
func freePort(t *testing.T, host string) string {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// folder is made by mixedFiles.
type folder struct {
	dir       string
	files     int
	originals int // different ones
	damaged   int // of the originals
}

// mixedFiles writes about n files into a new folder: Word and PDF, some of them
// twice under other names, some damaged.
func mixedFiles(t *testing.T, n int, seed uint64) (f folder) {
	t.Helper()
	f.dir = t.TempDir()
	write := func(name string, b []byte) {
		f.files++
		if err := os.WriteFile(filepath.Join(f.dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		r := fixture.New(seed+uint64(i), "2021")
		docx, err := r.DOCX()
		if err != nil {
			t.Fatal(err)
		}
		f.originals++
		switch i % 10 {
		case 3, 7:
			write(fmt.Sprintf("%04d.pdf", i), r.PDF(fixture.DefaultStyle()))
		case 5:
			write(fmt.Sprintf("%04d.docx", i), docx[:len(docx)*3/4])
			f.damaged++
		case 9:
			write(fmt.Sprintf("%04d 甲.docx", i), docx)
			write(fmt.Sprintf("%04d 乙.docx", i), docx)
		default:
			write(fmt.Sprintf("%04d.docx", i), docx)
		}
	}
	return f
}

// batch sends a folder with the program's own client, again and again until all of
// it is there, and returns the batch's id.
func (f *fleet) batch(dir string, servers ...string) (id string, runs int) {
	f.t.Helper()
	deadline := time.Now().Add(10 * time.Minute)
	for runs = 1; ; runs++ {
		cmd := f.command("batch", dir, "--server", servers[runs%len(servers)], "--no-wait")
		out, err := cmd.Output()
		for line := range strings.Lines(string(out)) {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "批次 "); ok {
				id = strings.Fields(rest)[0]
			}
		}
		if err == nil {
			return id, runs
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("the batch was not sent in %d runs; last: %v\n%s", runs, err, out)
		}
	}
}

// ask gets JSON from the first server that answers.
func ask(t *testing.T, out any, path string, servers ...string) bool {
	t.Helper()
	client := http.Client{Timeout: 20 * time.Second}
	for _, s := range servers {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			continue
		}
		err = json.NewDecoder(resp.Body).Decode(out)
		_ = resp.Body.Close()
		if err == nil && resp.StatusCode == http.StatusOK {
			return true
		}
	}
	return false
}

// batchReply is a batch as the interface shows it.
type batchReply struct {
	State  intake.State
	Counts intake.Counts
	Files  []intake.BatchFile
	Next   string
}

// wait waits until the batch has ended, as long as it goes on, and returns its files,
// of many the first thousand.
func (f *fleet) wait(id string, servers ...string) batchReply {
	f.t.Helper()
	var b batchReply
	var counts intake.Counts
	deadline := time.Now().Add(5 * time.Minute)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for ; ; <-tick.C {
		if ask(f.t, &b, "/v1/batches/"+id+"?limit=1000", servers...) && b.State == intake.BatchDone {
			return b
		}
		if b.Counts != counts {
			counts, deadline = b.Counts, time.Now().Add(5*time.Minute)
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("the batch did not end: %+v", b.Counts)
		}
	}
}

// audit checks what the stores say in the end: each original once, one result of
// each that can be converted, a row of each, and nothing else.
func (f *fleet) audit(b batchReply, want folder) {
	f.t.Helper()
	ids := map[string]intake.State{}
	for _, file := range b.Files {
		if file.ReportID == "" || file.State != intake.StateDone && file.State != intake.StateFailed {
			f.t.Errorf("%s is %s: %+v", file.Path, file.State, file.Problem)
		}
		if was, seen := ids[file.ReportID]; seen && was != file.State {
			f.t.Errorf("%s is %s and %s", file.ReportID, was, file.State)
		}
		ids[file.ReportID] = file.State
	}
	failed := 0
	for _, s := range ids {
		if s == intake.StateFailed {
			failed++
		}
	}
	if len(b.Files) != want.files || len(ids) != want.originals || failed != want.damaged {
		f.t.Errorf("%d files of %d originals, %d damaged; want %+v", len(b.Files), len(ids), failed, want)
	}
}

// stored counts the objects of the archive: originals, and results without their
// documents.
func (f *fleet) stored(cfg storeConfig) (originals, results map[string]int) {
	f.t.Helper()
	a, err := cfg.openArchive()
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	count := func(prefix string, digest func(string) string) map[string]int {
		n := map[string]int{}
		for key, err := range a.List(f.t.Context(), prefix) {
			if err != nil {
				f.t.Fatal(err)
			}
			if d := digest(strings.TrimPrefix(key, prefix)); d != "" {
				n[d]++
			}
		}
		return n
	}
	originals = count("originals/", func(key string) string { return strings.ReplaceAll(key, "/", "") })
	results = count("results/", func(key string) string {
		digest, name, _ := strings.Cut(key, "/")
		if strings.HasSuffix(name, ".document.json.gz") {
			return ""
		}
		return digest
	})
	return originals, results
}

// moment is a random time to do harm at.
func moment(rng *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(rng.Int64N(int64(most-least)))
}
