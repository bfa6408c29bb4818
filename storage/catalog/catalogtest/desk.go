package catalogtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// desk is a test's catalog with the hands to work on it.
type desk struct {
	Stock
	t *testing.T
}

// received is the n-th of invented reports as an upload brings it.
func received(n int) intake.Row {
	r := row(n)
	return intake.Row{Summary: intake.Summary{ID: r.ID, State: intake.StateArchived, Filename: r.Filename,
		MediaType: r.MediaType, SHA256: r.SHA256, SizeBytes: r.SizeBytes, ReceivedAt: r.ReceivedAt,
		Review: intake.Tally{State: report.Unreviewed}}}
}

// file is the n-th report as a file of a batch.
func file(n int) intake.Admission {
	r := received(n)
	return intake.Admission{Row: r, Redo: true, Seen: intake.StateArchived,
		File: &intake.BatchFile{Path: fmt.Sprintf("目录/年报%d.pdf", n), SHA256: r.SHA256, Size: r.SizeBytes}}
}

// twin is the same report under another path.
func twin(n int) intake.Admission {
	a := file(n)
	a.File.Path = "又一份/" + a.File.Path
	return a
}

// files are those from the first to before the last.
func files(first, last int) (all []intake.Admission) {
	for n := first; n < last; n++ {
		all = append(all, file(n))
	}
	return all
}

func id(n int) string { return row(n).ID }

func (d *desk) must(what string, err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatalf("%s: %v", what, err)
	}
}

func (d *desk) want(what string, got error, want error) {
	d.t.Helper()
	if !errors.Is(got, want) {
		d.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// open begins a batch with these files.
func (d *desk) open(name string, files ...intake.Admission) {
	d.t.Helper()
	created, err := d.CreateBatch(d.t.Context(), intake.Batch{ID: name, Name: "批次 " + name, Sender: "张三",
		State: intake.BatchReceiving, CreatedAt: start})
	if err != nil || !created {
		d.t.Fatalf("CreateBatch(%s) = %v, %v", name, created, err)
	}
	if len(files) > 0 {
		d.admit(name, files...)
	}
}

func (d *desk) admit(batch string, files ...intake.Admission) []intake.Row {
	d.t.Helper()
	rows, err := d.Admit(d.t.Context(), batch, files)
	d.must("Admit to "+batch, err)
	return rows
}

// single admits the n-th report as a single upload.
func (d *desk) single(n int) {
	d.t.Helper()
	d.admit("", intake.Admission{Row: received(n), Redo: true})
}

func (d *desk) close(batches ...string) {
	d.t.Helper()
	for _, b := range batches {
		d.must("CloseBatch", d.CloseBatch(d.t.Context(), b))
	}
}

// job is the one job that is valid for the n-th report.
func (d *desk) job(n int) intake.Job {
	d.t.Helper()
	j := intake.Job{Report: id(n)}
	err := d.DB.QueryRowContext(d.t.Context(), `select ticket, job_rank from reports where id = $1`, j.Report).Scan(&j.Ticket, &j.Rank)
	d.must("job", err)
	return j
}

// begin is Start for one job. Errors: intake.ErrStale.
func (d *desk) begin(ctx context.Context, job intake.Job, worker string) (intake.Begun, error) {
	begun, err := d.Start(ctx, []intake.Job{job}, worker)
	if err != nil {
		return intake.Begun{}, err
	}
	if begun[0].Stale {
		return intake.Begun{}, intake.ErrStale
	}
	return begun[0], nil
}

// end is Settle for one job. Errors: intake.ErrStale.
func (d *desk) end(ctx context.Context, job intake.Job, row intake.Row) error {
	stale, err := d.Settle(ctx, []intake.Settlement{{Job: job, Row: row}})
	if err == nil && stale[0] {
		return intake.ErrStale
	}
	return err
}

func (d *desk) start(n int) intake.Begun {
	d.t.Helper()
	b, err := d.begin(d.t.Context(), d.job(n), "worker")
	d.must("Start", err)
	return b
}

// outcome is the n-th report as a job leaves it.
func outcome(n int, state intake.State) intake.Row {
	r := row(n)
	if state == intake.StateFailed {
		r = received(n)
		r.State, r.Problem = state, &report.Problem{Code: "damaged", Title: "文件已损坏", Detail: "第 3 页"}
	}
	return r
}

// finish starts and settles the n-th report.
func (d *desk) finish(n int, state intake.State) {
	d.t.Helper()
	d.start(n)
	d.must("Settle", d.end(d.t.Context(), d.job(n), outcome(n, state)))
}

func (d *desk) state(n int) intake.State {
	d.t.Helper()
	r, err := d.Get(d.t.Context(), id(n))
	d.must("Get", err)
	return r.State
}

func (d *desk) wantState(want intake.State, reports ...int) {
	d.t.Helper()
	for _, n := range reports {
		if got := d.state(n); got != want {
			d.t.Errorf("report %d is %s, want %s", n, got, want)
		}
	}
}

func (d *desk) batch(name string) intake.Batch {
	d.t.Helper()
	b, err := d.Batch(d.t.Context(), name)
	d.must("Batch", err)
	return b
}

// wantBatch compares a batch's state and its files' states in their order, a
// letter each: q(ueued), r(unning), d(one), f(ailed), c(ancelled).
func (d *desk) wantBatch(name string, state intake.State, letters string) {
	d.t.Helper()
	b := d.batch(name)
	var got strings.Builder
	var counts intake.Counts
	for _, f := range d.filesOf(name) {
		got.WriteString(string(f.State[:1]))
		*map[string]*int{"q": &counts.Queued, "r": &counts.Running, "d": &counts.Done, "f": &counts.Failed, "c": &counts.Cancelled}[string(f.State[:1])]++
		counts.Total++
	}
	if b.State != state || got.String() != letters || b.Counts != counts {
		d.t.Errorf("batch %s is %s with files %q and counts %+v; want %s, %q", name, b.State, got.String(), b.Counts, state, letters)
	}
}

func (d *desk) filesOf(name string) []intake.BatchFile {
	d.t.Helper()
	all, err := d.BatchFiles(d.t.Context(), name, -1, 100_000)
	d.must("BatchFiles", err)
	return all
}

// count is a number that the database says.
func (d *desk) count(query string) (n int) {
	d.t.Helper()
	d.must(query, d.DB.QueryRowContext(d.t.Context(), query).Scan(&n))
	return n
}

// consistent looks at all rows: whatever happened, they agree with each other.
func (d *desk) consistent() {
	d.t.Helper()
	states := d.consistentReports()
	d.consistentFiles(states)
	d.consistentBatches()
	if n := d.count(`select count(*) from sketches s where not exists (select 1 from reports r where r.place = s.place)`); n > 0 {
		d.t.Errorf("%d keys are of no report", n)
	}
}

// consistentReports: an open report has a ticket of its own, which its job has,
// and a worker when it is running; somebody waits for it. It returns the states.
func (d *desk) consistentReports() map[string]string {
	d.t.Helper()
	states, tickets := map[string]string{}, map[string]string{}
	d.each(`select r.id, r.state, r.ticket, r.worker, r.job_rank, coalesce(j.args, '{}'),
		(select count(*) from batch_files where report_id = r.id and state in ('queued', 'running'))
		from reports r left join river_job j on j.id = r.job_id`, func(scan func(...any) error) error {
		var id, state, ticket, worker, args string
		var rank, waiting int
		if err := scan(&id, &state, &ticket, &worker, &rank, &args, &waiting); err != nil {
			return err
		}
		states[id] = state
		open := state == "queued" || state == "running"
		var job intake.Job
		if err := json.Unmarshal([]byte(args), &job); err != nil {
			return err
		}
		switch {
		case open != (ticket != ""):
			d.t.Errorf("report %s is %s with ticket %q", id, state, ticket)
		case !open:
		case tickets[ticket] != "":
			d.t.Errorf("reports %s and %s have one ticket", id, tickets[ticket])
		case job.Ticket != ticket || job.Report != id:
			d.t.Errorf("report %s has ticket %s, its job is %+v", id, ticket, job)
		case (state == "running") != (worker != ""):
			d.t.Errorf("report %s is %s by worker %q", id, state, worker)
		case rank >= 0 && waiting == 0:
			d.t.Errorf("nobody waits for report %s, which is %s", id, state)
		}
		tickets[ticket] = id
		return nil
	})
	return states
}

// consistentFiles: an open file is as its report is; no two files of a batch share
// an event or are numbered with a gap.
func (d *desk) consistentFiles(states map[string]string) {
	d.t.Helper()
	events, next := map[string]int64{}, map[string]int64{}
	d.each(`select f.batch_id, f.seq, f.state, f.report_id, f.event, b.last_event from batch_files f
		join batches b on b.id = f.batch_id order by f.batch_id, f.seq`, func(scan func(...any) error) error {
		var batch, state, report string
		var seq, event, last int64
		if err := scan(&batch, &seq, &state, &report, &event, &last); err != nil {
			return err
		}
		place := fmt.Sprintf("file %d of %s", seq, batch)
		if (state == "queued" || state == "running") && states[report] != state {
			d.t.Errorf("%s is %s, its report %s is %q", place, state, report, states[report])
		}
		key := fmt.Sprintf("%s/%d", batch, event)
		if other, taken := events[key]; taken || event < 1 || event > last {
			d.t.Errorf("%s has event %d of %d, as %d has", place, event, last, other)
		}
		if seq != next[batch] {
			d.t.Errorf("%s: the one before it is %d", place, next[batch]-1)
		}
		events[key], next[batch] = seq, seq+1
		return nil
	})
}

// consistentBatches: a batch is done exactly when it is closed and nothing is open.
func (d *desk) consistentBatches() {
	d.t.Helper()
	d.each(`select b.id, b.state, b.files, count(f.seq), coalesce(sum(case when f.state in ('queued', 'running') then 1 else 0 end), 0)
		from batches b left join batch_files f on f.batch_id = b.id group by b.id, b.state, b.files`, func(scan func(...any) error) error {
		var id, state string
		var next, files, open int
		if err := scan(&id, &state, &next, &files, &open); err != nil {
			return err
		}
		known := slices.Contains([]string{"receiving", "running", "done", "cancelled"}, state)
		if !known || state == "done" && open > 0 || state == "running" && open == 0 || next != files {
			d.t.Errorf("batch %s is %s with %d files, %d of them open; the next is %d", id, state, files, open, next)
		}
		return nil
	})
}

// each calls f for each row.
func (d *desk) each(query string, f func(scan func(...any) error) error) {
	d.t.Helper()
	rows, err := d.DB.QueryContext(d.t.Context(), query)
	d.must(query, err)
	for err == nil && rows.Next() {
		err = f(rows.Scan)
	}
	d.must(query, errors.Join(err, rows.Err(), rows.Close()))
}
