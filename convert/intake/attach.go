package intake

import (
	"context"
	"fmt"
	"time"
)

// The events of what people say of a report's body.
const (
	EventAttached EventKind = "attached" // Body is the report's, or none where it is empty
	EventReleased EventKind = "released" // what the catalog proposes holds again
	EventChosen   EventKind = "chosen"   // the version in force of Body for Year, or no longer
)

// Attachment is the part of an event that says whose report it is.
type Attachment struct {
	// Body is the body's id; of an attachment it may be empty: of no body.
	Body string `json:"body"`
	// Year and Chosen are of EventChosen: the version in force was chosen, or the
	// choice taken back.
	Year   int  `json:"year,omitempty"`
	Chosen bool `json:"chosen,omitempty"`
}

// Choice is the version of a body's report for a year that was chosen by hand.
type Choice struct {
	Body   string
	Year   int
	Report string // id; empty where the choice was taken back
	At     time.Time
}

// Attachments is the catalog as it keeps what people say of reports' bodies.
type Attachments interface {
	// HasBody tells whether the list of bodies in force has the id.
	HasBody(ctx context.Context, body string) (bool, error)
	// Attach says by hand that the report is of the body, or of none where body is
	// empty. Errors: ErrNotFound.
	Attach(ctx context.Context, id, body string) error
	// Release makes the report's body again the one that the list proposes.
	// Errors: ErrNotFound.
	Release(ctx context.Context, id string) error
	// Choose keeps the choice unless a later one is kept.
	Choose(ctx context.Context, c Choice) error
}

// Attach says by hand that the report is of the body with this id, or of none of
// the list where body is empty; it is recorded before it holds. Errors:
// ErrNotFound, ErrNoBody.
func (s *Service) Attach(ctx context.Context, id, body string) error {
	return s.say(ctx, id, func(Row) (Event, error) {
		if body != "" {
			ok, err := s.cfg.Catalog.HasBody(ctx, body)
			if err != nil {
				return Event{}, err
			}
			if !ok {
				return Event{}, fmt.Errorf("intake: body %q: %w", body, ErrNoBody)
			}
		}
		return Event{Kind: EventAttached, Attachment: &Attachment{Body: body}}, nil
	}, func(row Row, _ Event) error { return s.cfg.Catalog.Attach(ctx, row.ID, body) })
}

// Release takes back what Attach said. Errors: ErrNotFound.
func (s *Service) Release(ctx context.Context, id string) error {
	return s.say(ctx, id, func(Row) (Event, error) {
		return Event{Kind: EventReleased}, nil
	}, func(row Row, _ Event) error { return s.cfg.Catalog.Release(ctx, row.ID) })
}

// Choose makes the report the version in force of its body and year, until
// another is chosen or, with chosen false, until a newer one comes in. Errors:
// ErrNotFound; ErrNoBody where the report has no body; ErrNotReady where it has no
// result or no year.
func (s *Service) Choose(ctx context.Context, id string, chosen bool) error {
	return s.say(ctx, id, func(row Row) (Event, error) {
		switch {
		case row.BodyID == "":
			return Event{}, fmt.Errorf("intake: report %s is of no body: %w", id, ErrNoBody)
		case row.State != StateDone || row.Year == nil:
			return Event{}, fmt.Errorf("intake: report %s is %s: %w", id, row.State, ErrNotReady)
		}
		return Event{Kind: EventChosen, Attachment: &Attachment{Body: row.BodyID, Year: *row.Year, Chosen: chosen}}, nil
	}, func(_ Row, e Event) error { return s.cfg.Catalog.Choose(ctx, choiceOf(e)) })
}

func choiceOf(e Event) Choice {
	c := Choice{Body: e.Attachment.Body, Year: e.Attachment.Year, At: e.At}
	if e.Attachment.Chosen {
		c.Report = IDOf(e.SHA256)
	}
	return c
}

// say records what somebody says of a report, then does it: what is recorded is
// what holds.
func (s *Service) say(ctx context.Context, id string, what func(Row) (Event, error), do func(Row, Event) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return err
	}
	e, err := what(row)
	if err != nil {
		return err
	}
	e.SHA256, e.Sender, e.At = row.SHA256, senderOf(ctx), s.now()
	if err := s.record(ctx, e); err != nil {
		return unavailable("archive", err)
	}
	return do(row, e)
}

// said is what people said of a report's body, as its events have it.
type said struct {
	attached *string // by hand; nil where nobody did
	choices  []Choice
}

func (x *said) add(e Event) {
	switch {
	case e.Kind == EventReleased:
		x.attached = nil
	case e.Attachment == nil:
	case e.Kind == EventAttached:
		x.attached = &e.Attachment.Body
	case e.Kind == EventChosen:
		x.choices = append(x.choices, choiceOf(e))
	}
}

// tell writes into the catalog what was said, after the report's row.
func (x *said) tell(ctx context.Context, catalog Attachments, id string) error {
	if x.attached != nil {
		if err := catalog.Attach(ctx, id, *x.attached); err != nil {
			return err
		}
	}
	for _, c := range x.choices {
		if err := catalog.Choose(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
