//go:build linux

package main

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/convert/fixture"
)

// maxFamily is the memory that a server and its children may have together, in
// bytes of resident memory.
const maxFamily = 700 << 20

// usage is what processes take.
type usage struct {
	resident int64         // memory, in bytes
	busy     time.Duration // of processors, ended children included
}

// family adds up what a process and all below it take.
func family(t *testing.T, root int) (total usage) {
	t.Helper()
	parents, of := map[int]int{}, map[int]usage{}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		b, err := os.ReadFile(filepath.Join("/proc", e.Name(), "stat"))
		if err != nil {
			continue // it has ended
		}
		// proc(5): what follows the name in parentheses is state, ppid, …; utime, stime,
		// cutime and cstime in ticks are the 14th to the 17th of all fields, rss in pages
		// the 24th.
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		number := func(field int) int64 { n, _ := strconv.ParseInt(fields[field-3], 10, 64); return n }
		parents[pid] = int(number(4))
		ticks := number(14) + number(15) + number(16) + number(17)
		of[pid] = usage{number(24) * int64(os.Getpagesize()), time.Duration(ticks) * time.Second / userHZ}
	}
	for pid, u := range of {
		for p := pid; p > 1; p = parents[p] {
			if p == root {
				total.resident += u.resident
				total.busy += u.busy
				break
			}
		}
	}
	return total
}

// userHZ is the ticks of a second by which Linux tells of processes.
const userHZ = 100

// weigh notes the most memory of a server and its children until stop is called.
func weigh(t *testing.T, p *process) (stop func() int64) {
	t.Helper()
	most, end, ended := int64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, family(t, p.cmd.Process.Pid).resident)
			select {
			case <-tick.C:
			case <-end:
				return
			}
		}
	}()
	return func() int64 {
		close(end)
		<-ended
		return most
	}
}

// TestLoadBatch sends many small reports as one batch: none is lost, and memory
// does not grow with them.
func TestLoadBatch(t *testing.T) {
	n := 300
	if full() {
		n = 10_000
	}
	dir := madeReports(t, 0, n)
	f := onSQLite(t)
	p := f.mustStart("serve", "--listen", freePort(t, "127.0.0.1"))
	stop := weigh(t, p)
	began := time.Now()
	id, _ := f.batch(dir, p.addr)
	sent := time.Since(began)
	b := f.wait(id, p.addr)
	took := time.Since(began)
	most, busy := stop(), family(t, p.cmd.Process.Pid).busy
	t.Logf("%d reports: sent in %.1f s, done in %.1f s, %.0f a second; %.1f ms of processor time each; at most %d MiB with children",
		n, sent.Seconds(), took.Seconds(), float64(n)/took.Seconds(), 1000*busy.Seconds()/float64(n), most>>20)
	if b.Counts.Done != n || b.Counts.Total != n {
		t.Errorf("counts %+v, want %d done", b.Counts, n)
	}
	if most > maxFamily {
		t.Errorf("%d MiB, more than %d", most>>20, maxFamily>>20)
	}
	p.terminate()
	f.auditStores(folder{files: n, originals: n})
}

// TestLoadClients lets 64 clients upload at the same time, each one report after
// the other; answers are results, 429 or 503.
func TestLoadClients(t *testing.T) {
	const clients = 64
	span := 5 * time.Second
	if full() {
		span = 5 * time.Minute
	}
	f := onSQLite(t)
	p := f.mustStart("serve", "--listen", freePort(t, "127.0.0.1"))
	stop := weigh(t, p)
	var mu sync.Mutex
	var times []time.Duration
	statuses := map[int]int{}
	var herd sync.WaitGroup
	end := time.Now().Add(span)
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = clients
	for c := range clients {
		herd.Go(func() {
			for i := 0; time.Now().Before(end); i++ {
				b, err := fixture.New(uint64(c*1_000_000+i), "2021").DOCX()
				if err != nil {
					t.Error(err)
					return
				}
				began := time.Now()
				status, err := post(t, p.addr, b)
				took := time.Since(began)
				if err != nil {
					t.Errorf("client %d: %v", c, err)
					return
				}
				mu.Lock()
				statuses[status]++
				if status == http.StatusCreated {
					times = append(times, took)
				}
				mu.Unlock()
			}
		})
	}
	herd.Wait()
	most := stop()
	slices.Sort(times)
	if len(times) == 0 {
		t.Fatalf("no report was converted: %v", statuses)
	}
	at := func(q float64) time.Duration { return times[int(q*float64(len(times)-1))].Round(time.Millisecond) }
	t.Logf("%d clients, %s: %d reports, %.0f a second, p50 %s, p95 %s, p99 %s; statuses %v; at most %d MiB with children",
		clients, span, len(times), float64(len(times))/span.Seconds(), at(0.5), at(0.95), at(0.99), statuses, most>>20)
	for status, n := range statuses {
		if status != http.StatusCreated && status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
			t.Errorf("%d answers have status %d", n, status)
		}
	}
	if most > maxFamily {
		t.Errorf("%d MiB, more than %d", most>>20, maxFamily>>20)
	}
	p.terminate()
}

// post uploads a report and gives the status of the answer.
func post(t *testing.T, base string, content []byte) (int, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "年报.docx")
	if err != nil {
		return 0, err
	}
	if _, err := part.Write(content); err != nil {
		return 0, err
	}
	if err := form.Close(); err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/v1/reports", &body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}
