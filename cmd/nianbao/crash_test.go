//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// full tells whether the long form of a test is asked for.
func full() bool { return os.Getenv("NIANBAO_TEST_FULL") != "" }

// storesOf are the stores of a fleet's flags.
func (f *fleet) stores() storeConfig {
	f.t.Helper()
	var cfg storeConfig
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	cfg.flags(flags)
	if err := flags.Parse(f.flags); err != nil {
		f.t.Fatal(err)
	}
	if f.flags[0] != "--data" {
		cfg.Data = f.t.TempDir()
	}
	return cfg
}

// TestCrashSQLite kills a server again and again while files come in and are
// converted; in the end nothing is lost, double or half.
func TestCrashSQLite(t *testing.T) {
	files, kills := 30, 5
	if full() {
		files, kills = 300, 50
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	f := onSQLite(t)
	addr := freePort(t, "127.0.0.1")
	killed := 0
	var want folder
	for round := 0; killed < kills; round++ {
		sending := mixedFiles(t, files, uint64(round*1000))
		want.originals += sending.originals
		want.damaged += sending.damaged
		id := make(chan string, 1)
		go func() { sent, _ := f.batch(sending.dir, "http://"+addr); id <- sent }()
		sent := ""
		for sent == "" && killed < kills {
			p, ok := f.start("serve", "--listen", addr)
			if ok {
				select {
				case <-time.After(moment(rng, 20*time.Millisecond, 900*time.Millisecond)):
				case sent = <-id: // it is there; the conversions are under way
					time.Sleep(moment(rng, 0, 300*time.Millisecond))
				}
			}
			p.kill()
			killed++
		}
		p := f.mustStart("serve", "--listen", addr)
		if sent == "" {
			sent = <-id
		}
		f.audit(f.wait(sent, p.addr), sending)
		p.terminate()
	}
	t.Logf("%d kills", killed)
	f.auditStores(want)
	f.rebuilt(addr)
}

// rebuilt checks that the archive is sound and gives the same catalog back.
func (f *fleet) rebuilt(addr string) {
	f.t.Helper()
	lists := func() (all []string) {
		p := f.mustStart("serve", "--listen", addr)
		defer p.terminate()
		for _, path := range []string{"/v1/reports?limit=200", "/v1/batches?limit=200"} {
			for next := path; next != ""; {
				var page struct {
					Items []map[string]any
					Next  string
				}
				if !ask(f.t, &page, next, p.addr) {
					f.t.Fatalf("%s is not answered:\n%s", next, p.log)
				}
				for _, item := range page.Items {
					delete(item, "last_event") // counts what happened, not what is
					all = append(all, fmt.Sprint(item))
				}
				if next = page.Next; next != "" {
					next = path + "&cursor=" + next
				}
			}
		}
		return all
	}
	before := lists()
	for _, args := range [][]string{{"verify"}, {"rebuild", "--yes"}, {"verify"}} {
		out, err := f.command(append(args, f.flags...)...).CombinedOutput()
		if err != nil {
			f.t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	if d := cmp.Diff(before, lists()); d != "" || len(before) == 0 {
		f.t.Errorf("rebuilt (-want +got):\n%s", d)
	}
}

// auditStores checks the archive.
func (f *fleet) auditStores(want folder) {
	f.t.Helper()
	kept, results := f.stored(f.stores())
	if len(kept) != want.originals || len(results) != want.originals-want.damaged {
		f.t.Errorf("%d originals and %d results in the archive; want %d and %d", len(kept), len(results), want.originals, want.originals-want.damaged)
	}
	for digest, n := range results {
		if n != 1 {
			f.t.Errorf("%s has %d results", digest, n)
		}
	}
}

// TestCrashPostgres kills servers and workers that share a PostgreSQL server and an
// S3 gateway.
func TestCrashPostgres(t *testing.T) {
	files, kills := 24, 4
	if full() {
		files, kills = 300, 20
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	f := onPostgres(t)
	addr := freePort(t, "127.0.0.1")
	var killed atomic.Int64
	var done atomic.Bool
	var herd sync.WaitGroup
	// Each of these comes back after each kill until the harm is done.
	lives := func(n uint64, kind string, args ...string) {
		rng := rand.New(rand.NewPCG(seed, n))
		for !done.Load() {
			p, ok := f.start(kind, args...)
			if !ok || int(killed.Load()) < kills {
				time.Sleep(moment(rng, 100*time.Millisecond, 2*time.Second))
				p.kill()
				killed.Add(1)
				continue
			}
			for !done.Load() {
				time.Sleep(50 * time.Millisecond)
			}
			p.terminate()
		}
	}
	herd.Go(func() { lives(1, "serve", "--listen", addr) })
	herd.Go(func() { lives(2, "worker") })
	herd.Go(func() { lives(3, "worker") })
	var want folder
	for round := 0; round == 0 || int(killed.Load()) < kills; round++ {
		sending := mixedFiles(t, files, uint64(round*1000))
		want.originals += sending.originals
		want.damaged += sending.damaged
		id, _ := f.batch(sending.dir, "http://"+addr)
		f.audit(f.wait(id, "http://"+addr), sending)
	}
	done.Store(true)
	herd.Wait()
	t.Logf("%d kills", killed.Load())
	f.auditStores(want)
}

// TestFleet: two servers and three workers on one database and one store share a
// batch; a server and a worker die in the middle, and the batch comes to its end.
func TestFleet(t *testing.T) {
	files := 40
	if full() {
		files = 300
	}
	f := onPostgres(t)
	a := f.mustStart("serve", "--listen", freePort(t, "127.0.0.2"))
	b := f.mustStart("serve", "--listen", freePort(t, "127.0.0.3"))
	var workers []*process
	for range 3 {
		workers = append(workers, f.mustStart("worker"))
	}
	sending := mixedFiles(t, files, 1)
	id := make(chan string, 1)
	go func() { sent, _ := f.batch(sending.dir, a.addr, b.addr); id <- sent }()
	// In the middle: as soon as the other server sees something done.
	var list struct{ Total int64 }
	for list.Total < 3 {
		if !ask(t, &list, "/v1/reports?limit=1", b.addr) {
			t.Fatalf("the other server does not answer:\n%s", b.log)
		}
	}
	workers[1].kill()
	a.kill()
	state := f.wait(<-id, b.addr)
	f.audit(state, sending)
	var ready struct{ Status string }
	if !ask(t, &ready, "/readyz", b.addr) {
		t.Errorf("the server that is left is not ready:\n%s", b.log)
	}
	for _, p := range []*process{b, workers[0], workers[2]} {
		p.terminate()
	}
	f.auditStores(sending)
}
