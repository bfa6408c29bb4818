package client

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// State is the state of a batch or of a file in it.
type State string

// The states. A batch is receiving, running, done or cancelled; a file goes from
// received to one of the last three.
const (
	StateReceiving State = "receiving" // batch: files still come in
	StateReceived  State = "received"
	StateArchived  State = "archived"
	StateQueued    State = "queued"
	StateRunning   State = "running"
	StateDone      State = "done"
	StateFailed    State = "failed"
	StateCancelled State = "cancelled"
)

// Ended tells whether nothing more happens to a batch or file in this state.
func (s State) Ended() bool { return s == StateDone || s == StateFailed || s == StateCancelled }

// Batch is a batch as the service tells it.
type Batch struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	State     State       `json:"state"`
	CreatedAt time.Time   `json:"created_at"`
	Counts    Counts      `json:"counts"`
	Files     []BatchFile `json:"files"` // one page
	Next      string      `json:"next"`  // cursor of the next page; empty on the last
}

// Counts counts a batch's files by state.
type Counts struct {
	Total     int `json:"total"`
	Queued    int `json:"queued"`
	Running   int `json:"running"`
	Done      int `json:"done"`
	Failed    int `json:"failed"`
	Cancelled int `json:"cancelled"`
}

// Ended is how many files are done, failed or cancelled.
func (c Counts) Ended() int { return c.Done + c.Failed + c.Cancelled }

// BatchFile is one file of a batch.
type BatchFile struct {
	Seq      int64    `json:"seq"` // from 1, in order of arrival
	Path     string   `json:"path"`
	State    State    `json:"state"`
	ReportID string   `json:"report_id"` // empty for what was not archived
	Known    bool     `json:"known"`     // the service knew the bytes before
	Error    *Problem `json:"error"`     // of a failed one
}

// OpenBatch starts a batch that waits for files. key makes the call one that may
// be repeated (Idempotency-Key): the same key gives the same batch.
func (c *Client) OpenBatch(ctx context.Context, name, key string) (Batch, error) {
	var b Batch
	query := url.Values{"open": {"true"}}
	if name != "" {
		query.Set("name", name)
	}
	err := c.getJSON(ctx, &b, http.MethodPost, query, http.Header{"Idempotency-Key": {key}})
	return b, err
}

// CloseBatch ends the reception of files. A batch that is closed already stays as
// it is.
func (c *Client) CloseBatch(ctx context.Context, id string) (Batch, error) {
	err := c.getJSON(ctx, nil, http.MethodPost, nil, nil, id, "close")
	b, getErr := c.Batch(ctx, id, "", 1)
	if p := AsProblem(err); p != nil && p.Status == http.StatusConflict && getErr == nil && b.State != StateReceiving {
		err = nil // an answer before was lost on the way
	}
	if err != nil {
		return Batch{}, err
	}
	return b, getErr
}

// Batch returns a batch with one page of up to limit files. cursor is empty for
// the first page.
func (c *Client) Batch(ctx context.Context, id, cursor string, limit int) (Batch, error) {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	var b Batch
	err := c.getJSON(ctx, &b, http.MethodGet, query, nil, id)
	return b, err
}

// pageSize is how many files are asked for at once.
const pageSize = 200

// Files gives all files of a batch, page by page. After an error it ends.
func (c *Client) Files(ctx context.Context, id string) iter.Seq2[BatchFile, error] {
	return func(yield func(BatchFile, error) bool) {
		for cursor := ""; ; {
			b, err := c.Batch(ctx, id, cursor, pageSize)
			if err != nil {
				yield(BatchFile{}, err)
				return
			}
			for _, f := range b.Files {
				if !yield(f, nil) {
					return
				}
			}
			if cursor = b.Next; cursor == "" {
				return
			}
		}
	}
}

// Results opens the results of a batch, one JSON object a line. It is one
// attempt, and the stream may break: see Retry.
func (c *Client) Results(ctx context.Context, id string) (io.ReadCloser, error) {
	req, err := c.request(ctx, http.MethodGet, nil, nil, id, "results")
	if err != nil {
		return nil, err
	}
	resp, err := c.send(req) //nolint:bodyclose // the caller closes it
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}
