//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"nianbao/convert/fixture"
)

// TestScale sends batch after batch to one service: what a report costs depends
// little on how many are there already. The fit over their number is printed, in
// processor time, which others on the machine disturb least.
func TestScale(t *testing.T) {
	batches, size := 4, 50
	if full() {
		batches, size = 20, 5_000
	}
	f := onSQLite(t)
	p := f.mustStart("serve", "--listen", freePort(t, "127.0.0.1"))
	stop := weigh(t, p)
	there, cost := make([]float64, batches), make([]float64, batches)
	for i := range batches {
		dir := madeReports(t, i*size, size)
		before, began := family(t, p.cmd.Process.Pid).busy, time.Now()
		id, _ := f.batch(dir, p.addr)
		if b := f.wait(id, p.addr); b.Counts.Done != size {
			t.Fatalf("batch %d: counts %+v, want %d done", i, b.Counts, size)
		}
		busy := family(t, p.cmd.Process.Pid).busy - before
		there[i], cost[i] = float64(i*size), 1000*busy.Seconds()/float64(size)
		t.Logf("beside %6d: %.1f ms of processor time a report, %.0f a second", i*size, cost[i], float64(size)/time.Since(began).Seconds())
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("at most %d MiB with children", stop()>>20)
	if full() { // of a few there is no fit
		base, slope := fit(there[1:], cost[1:]) // the first starts children and fills caches
		t.Logf("fit: %.1f ms + %.2f ms for each 100,000 reports there", base, slope*100_000)
		if last := there[batches-1]; slope*last > base {
			t.Errorf("beside %.0f reports one costs more than twice of what the first cost", last)
		}
	}
	p.terminate()
	f.auditStores(folder{files: batches * size, originals: batches * size})
}

// fit is the line of the least squares: y = base + slope x.
func fit(x, y []float64) (base, slope float64) {
	var sx, sy, sxx, sxy float64
	n := float64(len(x))
	for i := range x {
		sx, sy, sxx, sxy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i]
	}
	slope = (n*sxy - sx*sy) / (n*sxx - sx*sx)
	return (sy - slope*sx) / n, slope
}

// madeReports is a directory of n reports of their own, those behind the first from.
func madeReports(t *testing.T, from, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := from; i < from+n; i++ {
		b, err := fixture.New(uint64(i), "2021").DOCX()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.docx", i)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
