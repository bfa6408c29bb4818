package intake

import (
	"context"
	"io"
	"iter"
	"os"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// Archive keeps originals under the SHA-256 of their bytes. It is safe for
// concurrent use. Digests are 64 lower-case hex digits.
type Archive interface {
	// Stage begins an upload.
	Stage(ctx context.Context) (Staged, error)
	// Open opens an original. Errors: ErrNotFound; while reading, ErrCorrupt.
	Open(ctx context.Context, sha256 string) (Object, error)
	// Check returns nil when originals can be written and read.
	Check(ctx context.Context) error
}

// Staged is an upload on its way into the archive: a temporary file that is
// hashed while it is written, so that the bytes pass once and are never held in
// memory. It belongs to one goroutine; Discard must be called in the end.
type Staged interface {
	io.Writer
	// Open gives a new read-only handle on the bytes written so far, before and
	// after Commit, until Discard. The caller closes it.
	Open() (*os.File, error)
	// Digest returns SHA-256 and size of the bytes written so far.
	Digest() (sha256 string, size int64)
	// Commit makes the bytes durable under their digest. When it returns nil they
	// survive a crash. created is false where the original was there already;
	// it is then checked and, where it was damaged, replaced.
	Commit(ctx context.Context) (created bool, err error)
	// Discard releases the temporary file; it does not undo Commit.
	Discard() error
}

// Object is an archived original. Reading it to the end verifies it: a mismatch
// is ErrCorrupt instead of io.EOF. Reading from the middle verifies the whole
// object first.
type Object interface {
	io.ReadSeekCloser
	Size() int64
}

// Local is an Object that is a file of this machine, so that who needs a file needs
// no copy.
type Local interface {
	Object
	// File is the file, verified and at its start, to be read only; it is closed with
	// the object. Errors: ErrCorrupt.
	File() (*os.File, error)
}

// Records keeps small objects by key (see storage/archive for the form of
// keys). They never change, but for derived ones that were found damaged. It is
// safe for concurrent use.
type Records interface {
	// Put stores durably. The same content again is no error; other content is
	// ErrExists and leaves the first.
	Put(ctx context.Context, key string, content []byte) error
	// Replace puts content in the place of what there is, durably and at once. It
	// is for results that the store damaged, never for events.
	Replace(ctx context.Context, key string, content []byte) error
	// Get returns the content. Errors: ErrNotFound; ErrCorrupt where the store
	// itself can tell.
	Get(ctx context.Context, key string) ([]byte, error)
	// List yields the keys that begin with prefix, which ends in "/", in
	// ascending order.
	List(ctx context.Context, prefix string) iter.Seq2[string, error]
}

// Row is what the catalog keeps of a report.
type Row struct {
	Summary
	// Versions are those of the stored result or of the failure; zero before.
	Versions report.Versions
	// Hits counts the findings by rule and severity.
	Hits []Hit
	// Text is what search finds the report by, beside title, agency and file name:
	// its headings and paragraphs, a line each, at most MaxText bytes. It is
	// written only: Get leaves it empty, and an Update without it keeps what was
	// indexed before.
	Text string
	// Sketch is what reports with the same sentences are found by (history.Sketch).
	// It is written only, as Text is: a nil Sketch keeps what there was.
	Sketch []int64
}

// MaxText bounds Row.Text, in bytes: about 65,000 Chinese characters, several
// times the longest report.
const MaxText = 200 << 10

// Hit is how many findings of one severity a rule has in a report.
type Hit struct {
	Rule     string
	Severity report.Severity
	Count    int
}

// Rows is the catalog as the use case writes it. Times have microseconds.
type Rows interface {
	// Insert adds a report. created is false, and nothing changes, where the id
	// is there already.
	Insert(ctx context.Context, row Row) (created bool, err error)
	// Update replaces the report of row.ID; a later review than row's stays. Errors:
	// ErrNotFound.
	Update(ctx context.Context, row Row) error
	// Refresh replaces a settled report, if it is still as was: of the same state,
	// versions and time, and without a later review than row's. done is false where it
	// is not.
	Refresh(ctx context.Context, was, row Row) (done bool, err error)
	// Get returns the report, Hits included. Errors: ErrNotFound.
	Get(ctx context.Context, id string) (Row, error)
	// Delete removes the report that was received then: one that was deleted and
	// sent again meanwhile is another. Errors: ErrNotFound.
	Delete(ctx context.Context, id string, received time.Time) error
}

// Lists is the catalog as lists read it.
type Lists interface {
	// List returns a page, newest first. Errors: ErrBadFilter.
	List(ctx context.Context, f Filter) (Page, error)
	// Several returns those of the reports that are there, without Hits, in any order.
	Several(ctx context.Context, ids []string) ([]Row, error)
	// Ping returns nil when the catalog answers.
	Ping(ctx context.Context) error
}

// Works is the catalog as jobs change it. A report's row has the ticket of its one
// valid job; what comes with another ticket is stale and changes nothing. Files
// of batches follow their reports in the same transaction.
type Works interface {
	// Admit records files in one transaction with their jobs: a report that is
	// not known, or is to be done again, is queued. It returns the rows as they
	// are then, and sets Created, and of the files Seq, Known, State, Problem and
	// Event. Files of a batch that is not receiving are ErrNotFound.
	Admit(ctx context.Context, batch string, files []Admission) ([]Row, error)
	// Start makes reports running by worker and counts the attempts, of all of the
	// jobs or, where there is an error, of none. A job that is begun twice at the
	// same time is one of a dead worker and its successor: the last one holds.
	Start(ctx context.Context, jobs []Job, worker string) ([]Begun, error)
	// Settle ends jobs, all of them or, where there is an error, none. stale tells of
	// each whether it was no longer valid: it changed nothing then.
	Settle(ctx context.Context, ends []Settlement) (stale []bool, err error)
	// PutBack makes a running report queued again, for the same job. uncount
	// takes the attempt back.
	PutBack(ctx context.Context, job Job, uncount bool) error
	// Valid returns those of the jobs that may go on.
	Valid(ctx context.Context, jobs []Job) ([]Job, error)
}

// Admission is one file on its way into the catalog.
type Admission struct {
	// Row is the report as received; where ID is empty the file was refused, and
	// only File is recorded.
	Row Row
	// Redo queues the report where it is settled or archived.
	Redo bool
	// Seen is the state in which the catalog had the report when Redo was decided;
	// where it has been settled otherwise since, it is not queued. Empty: whatever
	// the catalog says.
	Seen State
	// Created is set where the report was not known.
	Created bool
	// File is the file's place in the batch; nil for a single upload.
	File *BatchFile
	// Trace is the job's.
	Trace string
}

// Begun is a report whose job has begun.
type Begun struct {
	Stale  bool // it has not: it was no longer valid
	Row    Row
	Faults int // attempts before that ended in a fault of ours
	Deaths int // attempts before whose worker died or hung
	Queued time.Time
}

// Settlement is the end of a job: what its report is then, done or failed.
type Settlement struct {
	Job Job
	Row Row
}

// Sweeps is the catalog as dead workers are tidied up after.
type Sweeps interface {
	// Beat says that a worker lives.
	Beat(ctx context.Context, w Worker) error
	// Leave takes a worker away.
	Leave(ctx context.Context, id string) error
	// Workers returns those seen since then.
	Workers(ctx context.Context, since time.Time) ([]Worker, error)
	// AtWork returns the reports that are running.
	AtWork(ctx context.Context) ([]Held, error)
	// Unserved returns the jobs of queued reports that the queue does not hold
	// ready: gone, given to somebody who has not begun, or held back beyond until;
	// at most limit.
	Unserved(ctx context.Context, until time.Time, limit int) ([]Job, error)
	// Reissue queues the report under a new ticket, where it has the job's.
	Reissue(ctx context.Context, job Job) error
	// Backlog counts the queued reports and tells when the oldest was queued;
	// zero where there is none.
	Backlog(ctx context.Context) (depth int, oldest time.Time, err error)
}

// Held is a report that is running.
type Held struct {
	Job
	Worker string
	Began  time.Time // by the clock of the process that began it
}

// Worker is a process that does jobs.
type Worker struct {
	ID      string    `json:"id"`
	Host    string    `json:"host"`
	Started time.Time `json:"started_at"`
	Seen    time.Time `json:"seen_at"`
	Jobs    int       `json:"jobs"` // at a time
}

// Batches is the catalog as it keeps batches.
type Batches interface {
	// CreateBatch adds a batch. created is false, and nothing changes, where the id
	// is there already.
	CreateBatch(ctx context.Context, b Batch) (created bool, err error)
	// Batch returns a batch with its counts. Errors: ErrNotFound.
	Batch(ctx context.Context, id string) (Batch, error)
	// BatchList returns a page, newest first. Errors: ErrBadFilter.
	BatchList(ctx context.Context, f BatchFilter) (BatchPage, error)
	// BatchFiles returns files with a Seq above after, in that order.
	BatchFiles(ctx context.Context, id string, after int64, limit int) ([]BatchFile, error)
	// BatchEvents returns files with an Event above after, in that order: each in
	// its latest state.
	BatchEvents(ctx context.Context, id string, after int64, limit int) ([]BatchFile, error)
	// CloseBatch ends the reception; the batch is done where nothing is open.
	CloseBatch(ctx context.Context, id string) error
	// CancelBatch cancels what has not begun, with running also what has; reports
	// that another batch or a single upload waits for go on. A batch that has ended
	// stays as it is; one that is cancelled may be cancelled again. What it returns
	// is valid beside an error, too. Errors: ErrNotFound.
	CancelBatch(ctx context.Context, id string, running bool) (Touched, error)
	// RetryBatch queues the failed and cancelled files that have a report again.
	// What it returns is valid beside an error, too. Errors: ErrNotFound.
	RetryBatch(ctx context.Context, id string) (Touched, error)
	// PutBatch writes a batch and its files, for Rebuild and Reconcile; those that
	// are queued or running follow their reports. Their events are numbered from
	// b.LastEvent on. One that is there already is replaced, or else stays as it is.
	PutBatch(ctx context.Context, b Batch, files []BatchFile, replace bool) error
	// ReceivingBatches returns the batches that are receiving, without counts.
	ReceivingBatches(ctx context.Context) ([]Batch, error)
	// BatchRecorded notes that the list of files is in the archive,
	// BatchEndRecorded that what became of them is, unless something changed since
	// the event. UnrecordedBatches returns those that lack what there is to record.
	BatchRecorded(ctx context.Context, id string) error
	BatchEndRecorded(ctx context.Context, id string, event int64) error
	UnrecordedBatches(ctx context.Context) ([]string, error)
}

// Touched is what a change of a batch did.
type Touched struct {
	Reports []string // ids of those that were cancelled, or queued again
	Files   []int64  // numbers of the batch's files that changed
}

// Neighbours is the catalog as it finds the reports that a report is compared with:
// of those within the scope, and of each body and year the version in force.
type Neighbours interface {
	// Before returns the report of the same body for the year before or, where row is
	// of no body, of the same agency by name (bodies.SameAgency), the newest. Errors:
	// ErrNotFound, also where the names leave several agencies open.
	Before(ctx context.Context, row Row, scope Scope) (Row, error)
	// Alike finds the reports of other agencies, not of a later year, that share keys
	// of row's sketch.
	Alike(ctx context.Context, row Row, sketch []int64, scope Scope) (Alike, error)
	// Below finds the reports for row's year of the bodies right below row's, where
	// that is a government; bodies that file no report (不编报) are left out. It is
	// zero where there are none, and where the scope is restricted: sums over some of
	// the bodies would be wrong.
	Below(ctx context.Context, row Row, scope Scope) (Below, error)
	// Editions are the reports of row's body or, where it has none, agency by name, for
	// row's year, row among them: the versions that came in, the newest first, at most
	// MaxEditions. None where the year is not known.
	Editions(ctx context.Context, row Row, scope Scope) ([]Row, error)
}

// MaxEditions bounds the versions of a report that are told.
const MaxEditions = 50

// Below is what a government's report adds up.
type Below struct {
	Rows []Row
	// Missing are the names of the bodies without a report.
	Missing []string
	// OwnIncluded: one of the bodies is the government's own office.
	OwnIncluded bool
}

// Alike is what the archive has in common with a report.
type Alike struct {
	// Rows are the reports that share most, at most MaxAlike, one of each agency.
	Rows []Row
	// Spread is how many other agencies have each key, in any year and scope.
	Spread map[int64]int
	// Alone: the scope has no other report.
	Alone bool
}

// MaxAlike is how many reports a report is compared with word for word.
const MaxAlike = 5

// Keys remembers idempotency keys.
type Keys interface {
	// Remember keeps the key, or returns what is kept under it already. Keys
	// older than their time are forgotten.
	Remember(ctx context.Context, k Key) (kept Key, err error)
}

// Key is an Idempotency-Key a sender used.
type Key struct {
	Sender, Key string
	Fingerprint string // of the request's content
	Subject     string // id of the report or batch
	At          time.Time
}

// Catalog is the index of reports. Everything in it but the jobs under way, and
// the idempotency keys, can be rebuilt from the records of the archive.
type Catalog interface {
	Rows
	Lists
	Works
	Sweeps
	Batches
	Keys
	Attachments
	Neighbours
}

// Extractor reads an untrusted file, away from this process. Errors:
// *extract.Error for the file's faults, any other error for ours.
type Extractor interface {
	Extract(ctx context.Context, f *os.File) (*extract.Extraction, error)
}
