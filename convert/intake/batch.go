package intake

import (
	"time"

	"nianbao/convert/report"
)

// The states of a batch.
const (
	BatchReceiving State = "receiving" // files may come
	BatchRunning   State = "running"   // all files are there, some are open
	BatchDone      State = "done"      // no file is open
	BatchCancelled State = "cancelled" // files under way come to their end
)

// Batch is a number of files that were sent together.
type Batch struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Sender    string    `json:"sender,omitempty"`
	State     State     `json:"state"`
	CreatedAt time.Time `json:"created_at"`
	TouchedAt time.Time `json:"-"`
	Counts    Counts    `json:"counts"`
	// LastEvent is the number of the last change of a file.
	LastEvent int64 `json:"last_event"`
	Recorded  bool  `json:"-"` // its list of files is in the archive
	// EndRecorded tells that what became of all files is in the archive, too.
	EndRecorded bool `json:"-"`
}

// Ended tells that nothing of the batch will change by itself.
func (b *Batch) Ended() bool {
	return (b.State == BatchDone || b.State == BatchCancelled) && b.Counts.Queued+b.Counts.Running == 0
}

// Counts are the files of a batch by state.
type Counts struct {
	Total     int `json:"total"`
	Queued    int `json:"queued"`
	Running   int `json:"running"`
	Done      int `json:"done"`
	Failed    int `json:"failed"`
	Cancelled int `json:"cancelled"`
}

// BatchFile is one file of a batch.
type BatchFile struct {
	Seq      int64           `json:"seq"`  // from 0, in the order of arrival
	Path     string          `json:"path"` // as the sender named it; data, never a path of ours
	State    State           `json:"state"`
	ReportID string          `json:"report_id,omitempty"` // empty where the file was not taken in
	SHA256   string          `json:"sha256,omitempty"`
	Size     int64           `json:"size_bytes"`
	Known    bool            `json:"known"` // the same bytes were there before
	Problem  *report.Problem `json:"error,omitempty"`
	Event    int64           `json:"-"`
}

// BatchFilter selects batches for a list.
type BatchFilter struct {
	Sender *string // nil: of everybody
	Cursor string
	Limit  int // 1–200; 0 means 50
}

// BatchPage is one page of batches, newest first.
type BatchPage struct {
	Items []Batch `json:"items"`
	Next  string  `json:"next,omitempty"`
}
