package intake

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"nianbao/convert/report"
)

// EventKind says what happened to a report.
type EventKind string

// The events that are recorded.
const (
	EventReceived EventKind = "received" // and archived; also again after a deletion
	EventFailed   EventKind = "failed"   // could not be converted by Versions
	EventDeleted  EventKind = "deleted"  // left the catalog; the original stays
)

// Event is one entry of a report's record: a small JSON object beside the
// original that never changes. What the catalog says of a report follows from
// its events, in the order of their keys, and its stored results.
type Event struct {
	Kind   EventKind `json:"event"`
	At     time.Time `json:"at"` // UTC, microseconds
	SHA256 string    `json:"sha256"`

	// Of received: what came, under which name and from whom.
	Filename  string `json:"filename,omitempty"`
	MediaType string `json:"media_type,omitempty"`
	SizeBytes int64  `json:"size_bytes,omitempty"`
	Sender    string `json:"sender,omitempty"`

	// Of failed: why, and by which versions.
	Problem  *report.Problem  `json:"error,omitempty"`
	Versions *report.Versions `json:"versions,omitempty"`
}

const (
	eventsPrefix = "events/"
	// eventTime has a fixed width, so that keys sort by time.
	eventTime = "20060102T150405.000000Z"
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

// record appends an event. Its time is set after the report's last event even
// where the clock was set back: the order of keys is the order of events.
func (s *Service) record(ctx context.Context, e Event) (Event, error) {
	e.At = s.now()
	prefix := eventsPrefix + e.SHA256 + "/"
	for key, err := range s.cfg.Records.List(ctx, prefix) {
		if err != nil {
			return e, fmt.Errorf("intake: listing events of %s: %w", e.SHA256, err)
		}
		last, err := eventKeyTime(key)
		if err != nil {
			return e, err
		}
		if !e.At.After(last) {
			e.At = last.Add(time.Microsecond)
		}
	}
	content, err := json.Marshal(e)
	if err != nil {
		return e, fmt.Errorf("intake: event of %s: %w", e.SHA256, err)
	}
	var salt [4]byte // two processes may record in the same microsecond
	_, _ = rand.Read(salt[:])
	key := prefix + e.At.Format(eventTime) + "-" + hex.EncodeToString(salt[:]) + ".json"
	if err := s.cfg.Records.Put(ctx, key, content); err != nil {
		return e, fmt.Errorf("intake: recording %s: %w", key, err)
	}
	return e, nil
}

func eventKeyTime(key string) (time.Time, error) {
	stamp, _, ok := strings.Cut(path.Base(key), "-")
	t, err := time.Parse(eventTime, stamp)
	if !ok || err != nil {
		return time.Time{}, fmt.Errorf("intake: %q is no key of an event", key)
	}
	return t, nil
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
