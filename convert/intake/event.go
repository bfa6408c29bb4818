package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"nianbao/convert/report"
)

// EventKind says what happened to a report.
type EventKind string

// The events that are recorded.
const (
	EventReceived  EventKind = "received"  // and archived; also again after a deletion
	EventQueued    EventKind = "queued"    // sent again after it was cancelled or had failed
	EventConverted EventKind = "converted" // by Versions
	EventFailed    EventKind = "failed"    // could not be converted by Versions
	EventDeleted   EventKind = "deleted"   // left the catalog; the original stays
)

// Event is one entry of a report's record: a small JSON object beside the
// original that never changes. What the catalog says of a report follows from
// its events, in the order of their keys, and its stored results.
//
// The keys are numbered, events/<sha256>/n00000001.json. Who writes a
// number first has it, on every machine: so the events of a report have one order,
// whatever the clocks say. (Before that keys began with the time; these sort
// first.)
type Event struct {
	Kind   EventKind `json:"event"`
	At     time.Time `json:"at"` // UTC, microseconds
	SHA256 string    `json:"sha256"`

	// Of received: what came, under which name and from whom.
	Filename  string `json:"filename,omitempty"`
	MediaType string `json:"media_type,omitempty"`
	SizeBytes int64  `json:"size_bytes,omitempty"`
	Sender    string `json:"sender,omitempty"`

	// Of converted and failed: by which versions; and why.
	Problem  *report.Problem  `json:"error,omitempty"`
	Versions *report.Versions `json:"versions,omitempty"`
	Worker   string           `json:"worker,omitempty"`

	// Of attached and chosen: whose report it is.
	Attachment *Attachment `json:"attachment,omitempty"`

	// Of reviewed: what is said of the result; by whom and when is the event's.
	Review *report.Statement `json:"review,omitempty"`
}

const (
	eventsPrefix = "events/"
	// eventMark begins the names of numbered events and sorts behind digits.
	eventMark = "n"
	// maxContest bounds how often a number is lost to somebody else.
	maxContest = 100
)

type senderKey struct{}

// WithSender returns a context whose uploads and deletions are recorded as
// coming from name (a token's or a user's).
func WithSender(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, senderKey{}, name)
}

func senderOf(ctx context.Context) string {
	name, _ := ctx.Value(senderKey{}).(string)
	return name
}

// now is the time as records and catalog keep it.
func (s *Service) now() time.Time { return s.cfg.Clock().UTC().Truncate(time.Microsecond) }

// record appends an event.
func (s *Service) record(ctx context.Context, e Event) error {
	log, err := s.logOf(ctx, e.SHA256)
	if err != nil {
		return err
	}
	for range maxContest {
		taken, err := s.appendTo(ctx, &log, e)
		if err != nil || taken {
			return err
		}
	}
	return fmt.Errorf("intake: recording %s of %s: its number was taken %d times", e.Kind, e.SHA256, maxContest)
}

// eventLog is what the keys of a report's events tell.
type eventLog struct {
	sha256 string
	keys   []string
	last   int // the highest number
}

// logOf lists a report's events.
func (s *Service) logOf(ctx context.Context, sha256 string) (eventLog, error) {
	log := eventLog{sha256: sha256}
	for key, err := range s.cfg.Records.List(ctx, eventsPrefix+sha256+"/") {
		if err != nil {
			return log, fmt.Errorf("intake: listing events of %s: %w", sha256, err)
		}
		log.keys = append(log.keys, key)
		log.last = max(log.last, numberOf(key))
	}
	return log, nil
}

// appendTo writes e under the next number. taken is false where somebody else had
// it, whose event is then in the log.
func (s *Service) appendTo(ctx context.Context, log *eventLog, e Event) (taken bool, err error) {
	if e.At.IsZero() {
		e.At = s.now()
	}
	content, err := json.Marshal(e)
	if err != nil {
		return false, fmt.Errorf("intake: event of %s: %w", e.SHA256, err)
	}
	// The key has no kind: two events of one number would be two keys otherwise.
	log.last++
	key := eventsPrefix + e.SHA256 + "/" + fmt.Sprintf("%s%08d.json", eventMark, log.last)
	err = s.cfg.Records.Put(ctx, key, content)
	log.keys = append(log.keys, key)
	if errors.Is(err, ErrExists) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("intake: recording %s: %w", key, err)
	}
	return true, nil
}

// numberOf reads the number of an event's key, 0 where it has none.
func numberOf(key string) int {
	digits, numbered := strings.CutPrefix(strings.TrimSuffix(path.Base(key), ".json"), eventMark)
	n, err := strconv.Atoi(digits)
	if !numbered || err != nil || n < 0 {
		return 0
	}
	return n
}

// lastOf finds the last of a log's events that is of one of the kinds, reading
// from the end.
func (s *Service) lastOf(ctx context.Context, log eventLog, kinds ...EventKind) (Event, bool, error) {
	for _, key := range slices.Backward(log.keys) {
		e, err := s.readEvent(ctx, key)
		switch {
		case err != nil && isLost(err):
			s.cfg.Log.ErrorContext(ctx, "event left out", "error", err)
		case err != nil:
			return e, false, err
		case slices.Contains(kinds, e.Kind):
			return e, true, nil
		}
	}
	return Event{}, false, nil
}

// register makes sure that the arrival is on record and returns the report's row.
// Of two at the same time the first one counts, for both.
func (s *Service) register(ctx context.Context, a arrival) (Row, error) {
	log, err := s.logOf(ctx, a.sha256)
	if err != nil {
		return Row{}, err
	}
	e := a.event()
	for range maxContest {
		there, ok, err := s.lastOf(ctx, log, EventReceived, EventDeleted)
		if err != nil {
			return Row{}, err
		}
		if ok && there.Kind == EventReceived {
			return received(there), nil
		}
		taken, err := s.appendTo(ctx, &log, e)
		if err != nil {
			return Row{}, err
		}
		if taken {
			return received(e), nil
		}
	}
	return Row{}, fmt.Errorf("intake: recording %s: its number was taken %d times", a.sha256, maxContest)
}

func (s *Service) readEvent(ctx context.Context, key string) (Event, error) {
	content, err := s.cfg.Records.Get(ctx, key)
	if err != nil {
		return Event{}, fmt.Errorf("intake: reading %s: %w", key, err)
	}
	var e Event
	if err := json.Unmarshal(content, &e); err != nil {
		return Event{}, fmt.Errorf("intake: reading %s: %w: %w", key, ErrCorrupt, err)
	}
	if IDOf(e.SHA256) == "" || !strings.HasPrefix(key, eventsPrefix+e.SHA256+"/") {
		return Event{}, fmt.Errorf("intake: %s is an event of %q: %w", key, e.SHA256, ErrCorrupt)
	}
	return e, nil
}

// isNotFound keeps a lost record apart from an unknown report: only the latter
// may become ErrNotFound for the caller.
func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
