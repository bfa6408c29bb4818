package overview

import (
	"context"
	"time"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// State is where a body is for the year.
type State string

// The states, the one to look at first before the others.
const (
	Missing  State = "missing"  // no report came
	Failed   State = "failed"   // a file came that could not be converted
	Errors   State = "errors"   // its report has errors
	Warnings State = "warnings" // warnings or rules that could not be judged, no error
	Busy     State = "busy"     // its file is being read
	Clean    State = "clean"
	Exempt   State = "exempt" // files no report (不编报), and none came
)

// States are all states in their order.
func States() []State {
	return []State{Missing, Failed, Errors, Warnings, Busy, Clean, Exempt}
}

// Late is a filter beside the states: reports that were published too late, whatever
// else they are (rule identity.late).
const Late State = "late"

// lateRule is the rule that tells.
const lateRule = "identity.late"

// Sort is the order of bodies.
type Sort string

// The orders. Bodies that are alike in it stand as in the list.
const (
	ByList     Sort = "list"     // as in the list of bodies, those above first
	ByState    Sort = "state"    // by State, the first to look at first
	ByName     Sort = "name"     // as Chinese dictionaries order names
	ByReceived Sort = "received" // the newest first, missing ones last
	ByErrors   Sort = "errors"   // the most errors first, then warnings
)

// Sorts are all orders.
func Sorts() []Sort { return []Sort{ByList, ByState, ByName, ByReceived, ByErrors} }

// The limits of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Query selects the bodies of a year; zero fields select all.
type Query struct {
	Year   int // 0: the year that Service.Year says
	Kind   bodies.Kind
	Level  bodies.Level
	State  State  // or Late
	Rule   string // bodies whose report has a finding of this rule
	Review report.ReviewState
	Name   string // part of the body's name or of an alias
	Sort   Sort   // empty: ByList
	Cursor string // as Year.Next gave it
	Limit  int    // 1–MaxLimit; 0 means DefaultLimit
	All    bool   // no pages: every body that is selected, without the counts' limit
	Scope  intake.Scope
}

// Reviews are all states of a review.
func Reviews() []report.ReviewState {
	return []report.ReviewState{report.Unreviewed, report.Checked, report.Returned}
}

// Report is what the catalog tells of each report of a year.
type Report struct {
	ID         string
	Body       string // id; empty where it is of none
	Place      int64  // higher for what came later
	State      intake.State
	Errors     int // those that are open
	Warnings   int
	Unjudged   bool // no warning, but rules that could not be judged
	Review     report.ReviewState
	Stated     bool // it states the year itself
	Chosen     bool // chosen by hand as the one that counts
	Agency     string
	Filename   string
	ReceivedAt time.Time
}

// Store is the catalog as a year is read from it. It is safe for concurrent use.
type Store interface {
	// YearReports are the reports within the scope that state the year and, behind
	// them, the newest that state none, at most undated. Newest first in both.
	YearReports(ctx context.Context, year, undated int, scope intake.Scope) ([]Report, error)
	// WithRule are those of the reports with a finding of the rule.
	WithRule(ctx context.Context, rule string, reports []Report) (map[string]bool, error)
	// Years are the years that reports within the scope state, the newest first.
	Years(ctx context.Context, scope intake.Scope) ([]int, error)
	// Summaries are those of the reports that are there, by id.
	Summaries(ctx context.Context, ids []string) (map[string]intake.Summary, error)
	// Bodies is the list in force.
	Bodies(ctx context.Context) (*bodies.List, error)
}

// Year is a year at a glance.
type Year struct {
	Year int `json:"year"`
	// Years are those that can be asked for, the newest first.
	Years []int `json:"years"`
	// WithReports are those of Years that reports state.
	WithReports []int `json:"-"`
	// Listed tells that there is a list of bodies; otherwise the agencies that the
	// reports name stand for them.
	Listed bool `json:"listed" doc:"There is a list of bodies; otherwise the agencies of the reports stand for them"`
	// Counts are of all bodies, whatever the query selects.
	Counts  Counts  `json:"counts"`
	ByKind  []Group `json:"by_kind"`
	ByLevel []Group `json:"by_level"`
	// Squares are all bodies that the asker may see, in the order of the list, for
	// the picture.
	Squares []Row `json:"-"`
	// Items are the bodies of the page, Total those that the query selects.
	Items []Row  `json:"items"`
	Total int    `json:"total"`
	Next  string `json:"next,omitempty" doc:"Cursor of the next page"`
	// Strays are reports of the year that are of no body of the list, the newest
	// first, at most MaxStrays of StrayTotal.
	Strays     []Stray `json:"strays"`
	StrayTotal int     `json:"stray_total"`
	// Undated are how many of the year's reports do not state it.
	Undated int `json:"undated" doc:"Reports that state no year and are taken for this one"`
}

// MaxStrays is how many reports of no body are told.
const MaxStrays = 50

// Row is a body and its report.
type Row struct {
	Body   bodies.Body `json:"body"`
	Parent string      `json:"parent,omitempty" doc:"Name of the body above"`
	State  State       `json:"state" enum:"missing,failed,errors,warnings,busy,clean,exempt"`
	Late   bool        `json:"late,omitempty" doc:"Published too late (rule identity.late)"`
	// Errors and Warnings are those of the report that are open.
	Errors   int                `json:"errors"`
	Warnings int                `json:"warnings"`
	Review   report.ReviewState `json:"review,omitempty" enum:"unreviewed,checked,returned"`
	// Versions counts the body's reports of the year.
	Versions int `json:"versions"`
	// Unread: a file came behind the report that counts, and could not be converted.
	Unread bool `json:"unread,omitempty" doc:"A newer file came that could not be converted"`
	// ReportID is the report that counts; Report its summary, for those of a page.
	ReportID   string          `json:"report_id,omitempty"`
	ReceivedAt *time.Time      `json:"received_at,omitempty"`
	Report     *intake.Summary `json:"report,omitempty"`

	hit bool // has a finding of the query's rule
	seq int  // in the list
}

// Stray is a report of no body.
type Stray struct {
	Report intake.Summary `json:"report"`
	Reason string         `json:"reason" doc:"Why no body was found, in Chinese"`
}

// Counts are bodies by state.
type Counts struct {
	Total    int `json:"total"`
	Missing  int `json:"missing"`
	Failed   int `json:"failed"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Busy     int `json:"busy"`
	Clean    int `json:"clean"`
	Exempt   int `json:"exempt"`
	// Late, and the reviews, are counted beside the states.
	Late     int `json:"late"`
	Checked  int `json:"checked"`
	Returned int `json:"returned"`
}

// Group is the bodies of one kind or level.
type Group struct {
	Key string `json:"key"`
	Counts
}

// Of is the count of a state, or of Late.
func (c *Counts) Of(s State) int {
	if n := c.of(s); n != nil {
		return *n
	}
	return 0
}

func (c *Counts) of(s State) *int {
	switch s {
	case Missing:
		return &c.Missing
	case Failed:
		return &c.Failed
	case Errors:
		return &c.Errors
	case Warnings:
		return &c.Warnings
	case Busy:
		return &c.Busy
	case Clean:
		return &c.Clean
	case Exempt:
		return &c.Exempt
	case Late:
		return &c.Late
	}
	return nil
}

func (c *Counts) add(r *Row) {
	c.Total++
	*c.of(r.State)++
	if r.Late {
		c.Late++
	}
	switch r.Review {
	case report.Unreviewed:
	case report.Checked:
		c.Checked++
	case report.Returned:
		c.Returned++
	}
}

// Received is how many bodies a report came from.
func (c *Counts) Received() int { return c.Total - c.Missing - c.Exempt }

// Due is how many bodies must report.
func (c *Counts) Due() int { return c.Total - c.Exempt }
