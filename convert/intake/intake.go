// Package intake is the use case: receive → archive → record → convert → show.
// It declares the small interfaces that storage implements; the HTTP interface
// and the workers call it.
//
// What is true of a report is decided in this order, and an upload is answered
// only when all of it is durable:
//
//  1. the original, kept under its SHA-256 before anything but the first look at
//     its format reads it;
//  2. its events (Event): received, converted, failed, deleted;
//  3. its results, under SHA-256 and versions, a pure function of the original;
//  4. the catalog's row, which follows from the three (Service.Rebuild), and in
//     the same transaction the job and the file of the batch.
//
// A process that dies between two of them leaves a report that Service.Recover
// or the next upload of the same bytes completes. The id of a report follows from
// its bytes (IDOf), so it is the same after all of that.
//
// # States
//
//	received ─▶ archived ─▶ queued ─▶ running ─▶ done
//	   │                     │  ▲        │
//	   │ unsupported_format, │  │        ├─▶ failed: by the file's fault; by ours at
//	   ▼ too_large           │  └────────┤           the last attempt
//	refused, nothing kept    │           │
//	                         └───────────┴─▶ cancelled, with its batch
//
// queued comes back from running when archive or catalog are away, when the worker
// stops, dies or hangs, and after a fault of ours while there are attempts left.
// done, failed and cancelled come back to queued by an upload of the same bytes
// (where that may change anything) or a retry of the batch. received and archived
// are moments of an upload: the catalog's first word is queued.
//
// # Jobs
//
// A queued or running report has a ticket, which its job has, too. What a job does
// to a row is done only while the tickets match; Service.Sweep gives the report of
// a dead or hanging worker a new one. So a job that runs twice, or comes back from
// the dead, changes nothing, and results are the same bytes for the same original.
//
// # Faults
//
// What happens when something fails, each with a test of that name:
//
//	ArchiveAway       down, full, errors: uploads are *UnavailableError and leave
//	                  nothing in the catalog; jobs wait, their attempts are not
//	                  counted, and go on when it is back
//	ArchiveSlow       an upload waits until its bytes are durable, up to two minutes,
//	                  and is kept though the sender leaves; others are not held up
//	ArchiveCorrupts   wrong bytes are never converted: read again, then failed by our
//	                  fault; the original is not touched, a retry puts it right
//	DatabaseAway      uploads are *UnavailableError, their bytes may be archived and
//	                  come into the catalog by Recover or the next upload; each file of
//	                  a running batch is done in the end, with one result
//	ClockJump         nothing is taken away or ended for it: how long a worker is silent
//	                  or a job runs is measured by Config.Elapsed; jobs that the queue
//	                  holds for a time to come are given out anew (QueueLost)
//	SilentWorker      after 15 seconds its jobs are given to others
//	HungWorker        after MaxRun its report is given to another; its late result is
//	                  refused
//	TooLong           a conversion that heeds its context is broken off after MaxRun and
//	                  tried again
//	Quarantine        a file whose workers die of it is given up after Deaths
//	ClientGone        an upload that breaks off is *ReceiveError and leaves nothing;
//	                  the files of a batch that came before stay (BatchBrokenOff)
package intake

import (
	"context"
	"io"
	"time"

	"nianbao/convert/report"
)

// State is where a report is on its way.
type State string

// The states of a report.
const (
	StateReceived  State = "received" // bytes are coming in
	StateArchived  State = "archived" // the original is durable
	StateQueued    State = "queued"
	StateRunning   State = "running"
	StateDone      State = "done"
	StateFailed    State = "failed"    // Problem says why; the original is kept
	StateCancelled State = "cancelled" // before it was converted; the original is kept
)

// Summary is one report in a list.
type Summary struct {
	ID         string          `json:"id"`
	State      State           `json:"state"`
	Filename   string          `json:"filename"`
	MediaType  string          `json:"media_type"`
	SHA256     string          `json:"sha256"`
	SizeBytes  int64           `json:"size_bytes"`
	ReceivedAt time.Time       `json:"received_at"`
	Title      *string         `json:"title"`
	Agency     *string         `json:"agency"`
	Year       *int            `json:"year"`
	Form       string          `json:"form,omitempty"`
	Status     string          `json:"status,omitempty"` // validation status; empty until done
	Errors     int             `json:"errors"`
	Warnings   int             `json:"warnings"`
	Infos      int             `json:"infos"`
	Problem    *report.Problem `json:"error,omitempty"`
	Sender     string          `json:"sender,omitempty"` // whose token sent it first

	// BodyID is the body (编制主体) the report is of, and BodyBy what that was told
	// by: title, alias, file_name, or hand. hand without a body means that somebody
	// said it is of none. The catalog keeps them; Insert and Update do not change
	// what was said by hand.
	BodyID string `json:"body_id,omitempty"`
	BodyBy string `json:"body_by,omitempty"`
	// InForce: among the versions of the body's report for the year this one
	// counts. The catalog works it out.
	InForce bool `json:"in_force,omitempty"`
	// Review is what people say of the result; corrections of title, agency and year
	// are in those.
	Review Tally `json:"review"`
}

// Filter selects reports for a list; zero fields select all.
type Filter struct {
	Agency string // part of the agency's name
	Year   int
	Form   string
	Status string             // validation status, or "failed" for files that could not be converted
	Rule   string             // reports with a finding of this rule
	Body   string             // id of the body it is of
	Kind   string             // of the body it is of (bodies.Kind)
	Review report.ReviewState // how far its review is
	Query  string             // words in title, agency, file name or text
	Cursor string             // as Page.Next gave it
	Limit  int                // 1–200; 0 means 50
	Scope  Scope              // what the asker may see
}

// Page is one page of a list, newest first.
type Page struct {
	Items []Summary `json:"items"`
	Next  string    `json:"next,omitempty"` // cursor of the next page, empty on the last
	// Total is how many reports the filter selects or, where TotalCapped, the
	// least it can be: counting stops where it would take long.
	Total       int64 `json:"total"`
	TotalCapped bool  `json:"total_capped,omitempty"`
}

// Receipt is the answer to an upload.
type Receipt struct {
	ID      string
	Created bool // false: the same bytes were known already
	State   State
}

// Original is an archived original, ready to be sent.
type Original struct {
	Summary Summary
	Body    io.ReadSeekCloser // verified against SHA-256 while it is read
}

// Reports is what the service offers to the HTTP interface; *Service implements
// it. Errors: ErrNotFound; *extract.Error for a file that cannot be converted
// (the original is archived all the same, but for unsupported_format); any other
// error is ours.
type Reports interface {
	// Upload streams one file to the archive, converts it and returns when it is
	// done; with NoWait when its job is queued.
	Upload(ctx context.Context, in Incoming) (Receipt, error)
	// Result returns the result as stored; its State in Summary tells whether
	// there is one. withDocument adds the neutral document.
	Result(ctx context.Context, id string, withDocument bool) (*report.Result, error)
	// Context is what the report's validation says beside other archived reports of
	// the scope (history.*). It is not part of Result: it changes with them.
	Context(ctx context.Context, id string, scope Scope) (*report.Context, error)
	Summary(ctx context.Context, id string) (Summary, error)
	List(ctx context.Context, f Filter) (Page, error)
	Original(ctx context.Context, id string) (*Original, error)
	Delete(ctx context.Context, id string) error
	// Ready returns nil when catalog and archive answer.
	Ready(ctx context.Context) error
}
