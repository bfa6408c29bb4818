package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxEventLine bounds one line of the event stream.
const maxEventLine = 1 << 20

// errSilent ends a stream that says nothing, not even a heartbeat.
var errSilent = errors.New("client: the event stream fell silent")

// errContradiction is an end event of a batch that has not ended.
var errContradiction = errors.New("client: the batch goes on after its end event")

// errStreamEnded is a stream that ended before the batch.
var errStreamEnded = errors.New("client: the event stream ended early")

// event is one server-sent event (WHATWG HTML, 9.2).
type event struct {
	id, kind string
	data     []byte
}

// Follow waits until a closed batch has ended and returns it. progress is called
// with the batch whenever it was asked for (f is nil then), and for each file
// whose state changed. Streams that break are taken up after the last event seen.
func (c *Client) Follow(ctx context.Context, id string, progress func(b *Batch, f *BatchFile)) (Batch, error) {
	last, told := "", false // told: a stream said that the batch has ended
	for attempt := 1; ; attempt++ {
		b, err := c.Batch(ctx, id, "", 1)
		if err != nil {
			return Batch{}, err
		}
		progress(&b, nil)
		if b.State.Ended() {
			return b, nil
		}
		before := last
		err = errContradiction
		if !told {
			err = c.stream(ctx, id, &last, func(f *BatchFile) { progress(nil, f) })
		}
		if told = err == nil; told {
			continue // ask for the end
		}
		if last != before {
			attempt = 0
		}
		if err := c.again(ctx, max(attempt, 1), err); err != nil {
			return Batch{}, err
		}
	}
}

// stream reads events until the one that says the batch has ended.
func (c *Client) stream(ctx context.Context, id string, last *string, each func(*BatchFile)) error {
	streamCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(c.cfg.Idle, func() { cancel(errSilent) })
	defer watch.Stop()
	req, err := c.request(streamCtx, http.MethodGet, nil, nil, id, "events")
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/event-stream")
	if *last != "" {
		req.Header.Set("Last-Event-ID", *last)
	}
	resp, err := c.send(req)
	if err != nil {
		return silent(streamCtx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	ended := false
	err = readEvents(resp.Body, func(e event) (bool, error) {
		watch.Reset(c.cfg.Idle)
		if e.id != "" {
			*last = e.id
		}
		switch e.kind {
		case "file":
			var f BatchFile
			if err := json.Unmarshal(e.data, &f); err != nil {
				return false, fmt.Errorf("client: event %s: %w", e.id, err)
			}
			each(&f)
		case "end":
			ended = true
		}
		return !ended, nil
	})
	switch {
	case ended:
		return nil
	case err == nil:
		return errStreamEnded
	}
	return silent(streamCtx, err)
}

// silent gives the reason of a stream that was broken off by us: context.Canceled
// would say that the caller did it.
func silent(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errSilent) {
		return cause
	}
	return err
}

// readEvents gives each event to do until do returns false or the stream ends.
// An event that the end cuts is dropped, as the standard says.
func readEvents(r io.Reader, do func(event) (bool, error)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxEventLine)
	var e event
	var data bytes.Buffer
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			e.data = bytes.TrimSuffix(data.Bytes(), []byte("\n"))
			more, err := do(e)
			if err != nil || !more {
				return err
			}
			e = event{}
			data.Reset()
			continue
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			data.WriteString(value)
			data.WriteByte('\n')
			if data.Len() > maxEventLine {
				return bufio.ErrTooLong
			}
		}
	}
	return lines.Err()
}
