package intake

import (
	"errors"
	"fmt"
)

// The closed set of error kinds that storage and use case share; test for them
// with errors.Is.
var (
	// ErrNotFound: no report has this id, or no object this name.
	ErrNotFound = errors.New("intake: not found")
	// ErrLost: the result of a report that is known is not in the archive.
	ErrLost = errors.New("intake: a result is lost")
	// ErrCorrupt: archived bytes do not hash to their name. The bytes read so
	// far are not to be trusted.
	ErrCorrupt = errors.New("intake: archived bytes are corrupt")
	// ErrExists: a record of this key exists with other content; records never
	// change.
	ErrExists = errors.New("intake: record exists with other content")
	// ErrNotReady: the report is archived but has no result yet; its Summary
	// says how far it is.
	ErrNotReady = errors.New("intake: no result yet")
	// ErrBadFilter: the filter's cursor or limit is not valid.
	ErrBadFilter = errors.New("intake: bad filter")
	// ErrStale: the report's row has another ticket than the job, which may
	// change nothing any more.
	ErrStale = errors.New("intake: the job is no longer valid")
	// ErrConflict: the idempotency key was used for other content.
	ErrConflict = errors.New("intake: idempotency key used for other content")
	// ErrBusy: more waits than may wait; ask again later.
	ErrBusy = errors.New("intake: too much waits already")
	// ErrNoBody: no body of the list has this id.
	ErrNoBody = errors.New("intake: no such body")
	// ErrClosed: the service is shutting down and takes no more work.
	ErrClosed = errors.New("intake: service is closed")
)

// CorruptError is ErrCorrupt of an original, with what was read instead.
type CorruptError struct {
	Want string // SHA-256 the original is kept under
	Got  string // SHA-256 of what is there
	Size int64  // bytes that are there
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("%v: original %s reads as %s (%d bytes)", ErrCorrupt, e.Want, e.Got, e.Size)
}

// Is makes it an ErrCorrupt.
func (e *CorruptError) Is(target error) bool { return target == ErrCorrupt }

// TooLargeError is the answer to an upload over the size limit. Nothing of it
// is archived.
type TooLargeError struct {
	Limit int64 // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("intake: upload is larger than max_upload_bytes=%d", e.Limit)
}

// ReceiveError is a failure of the reader an upload comes from: the sender's or
// the network's, not ours. Nothing is archived.
type ReceiveError struct {
	Err error
}

func (e *ReceiveError) Error() string { return "intake: receiving: " + e.Err.Error() }

// Unwrap gives the reader's error, for instance *http.MaxBytesError.
func (e *ReceiveError) Unwrap() error { return e.Err }

// UnavailableError is a failure of what the service stands on: archive or
// catalog. The same request may succeed later.
type UnavailableError struct {
	Part string // "archive", "catalog", "queue" or "workers"
	Err  error
}

func (e *UnavailableError) Error() string { return "intake: " + e.Part + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *UnavailableError) Unwrap() error { return e.Err }

func unavailable(part string, err error) error {
	var known *UnavailableError
	if err == nil || errors.Is(err, ErrClosed) || errors.As(err, &known) {
		return err
	}
	return &UnavailableError{Part: part, Err: err}
}
