// Package report is the report model: Go types whose JSON is
// report.schema.json. It uses the standard library only, so that other programs
// can take it as it is.
//
// Nil means everywhere: the document gives no readable value there. A printed 0
// is 0; a blank is never turned into 0. Values are as printed, in the unit that
// Place.Unit names.
package report

import "time"

// SchemaVersion is the version of the result schema.
const SchemaVersion = "1"

// Result is the conversion result of one file, or, where Error is set, only its
// source and the reason why it could not be converted.
type Result struct {
	SchemaVersion string           `json:"schema_version"`
	ID            string           `json:"id,omitempty"`
	Source        Source           `json:"source"`
	Report        Report           `json:"report"`
	Provenance    map[string]Place `json:"provenance"`
	Validation    Validation       `json:"validation"`
	Extraction    Extraction       `json:"extraction"`
	// Review is what people say of all this; nil in stored results and on the command
	// line.
	Review *Review `json:"review,omitempty"`
	// Document is the neutral document (*extract.Document), present when asked for.
	Document any      `json:"document,omitempty"`
	Versions Versions `json:"versions"`
}

// Failure is the answer for a file that could not be converted.
type Failure struct {
	Source Source  `json:"source"`
	Error  Problem `json:"error"`
}

// Problem says why a file could not be converted (fields of RFC 9457).
type Problem struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Limit  string `json:"limit,omitempty"`
}

// Source is the file that was read.
type Source struct {
	Filename string `json:"filename"`
	// Path is the file as it was named on the command line or found below a
	// directory; empty in the service, where a client's path means nothing.
	Path      string `json:"path,omitempty"`
	MediaType string `json:"media_type"`
	SHA256    string `json:"sha256"` // lower-case hex
	SizeBytes int64  `json:"size_bytes"`
	Pages     *int   `json:"pages"` // nil in formats without fixed pages
}

// Versions are what a result depends on beside the bytes.
type Versions struct {
	Program string `json:"program"`
	Forms   string `json:"forms"`
	Rules   string `json:"rules"`
}

// Report is the normalized model of one annual report.
type Report struct {
	Title    *string   `json:"title"`
	Agency   *string   `json:"agency"`
	Year     *int      `json:"year"`
	Form     string    `json:"form"` // form.ID, "pre2019" or "narrative"
	Period   *Period   `json:"period"`
	SignedBy *string   `json:"signed_by"`
	SignedOn *Date     `json:"signed_on"`
	Metadata *Metadata `json:"metadata"`
	Sections []Section `json:"sections"`
	// The statutory tables; nil where the report has no such table.
	ProactiveDisclosure *Node          `json:"proactive_disclosure"`
	Applications        *Node          `json:"applications"`
	LegalChallenges     *Node          `json:"legal_challenges"`
	Registration        []Registration `json:"registration"`
	// NarrativeClaims are the figures that the chapters' text states, in order;
	// nil where none was looked for.
	NarrativeClaims []NarrativeClaim `json:"narrative_claims,omitempty"`
}

// NarrativeClaim is one figure of the text, or the statement that there was none.
type NarrativeClaim struct {
	// Subject names what is counted as the statutory form has it
	// ("applications.new"); "" where it is none of the form's figures.
	Subject string `json:"subject"`
	// Label are the words that say what is counted, as the text has them.
	Label string `json:"label"`
	// Value is exact; 万 and 亿 are multiplied out. A denial has 0.
	Value Number `json:"value"`
	// Unit is the measure word, "%" or "元"; empty where none is printed.
	Unit string `json:"unit"`
	// Sentence is the sentence, or the part of a long one around the figure.
	Sentence string `json:"sentence"`
	// Place is the JSON Pointer of the chapter's text; Start and End delimit the
	// figure in it, in characters (Unicode code points) from 0.
	Place string `json:"place"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Qualifiers say why the figure is not an exact one of this body and year:
	// "approximate", "floor", "change", "other_year", "part_of_year",
	// "cumulative", "other_scope", and "denied" for 未收到, 无.
	Qualifiers []string `json:"qualifiers,omitempty"`
}

// Table returns the statutory table with the given JSON member name, nil where
// the report has none or the name is no table.
func (r *Report) Table(key string) *Node {
	if p := r.table(key); p != nil {
		return *p
	}
	return nil
}

// SetTable stores a statutory table under its JSON member name. It reports
// whether the name is one.
func (r *Report) SetTable(key string, n *Node) bool {
	p := r.table(key)
	if p != nil {
		*p = n
	}
	return p != nil
}

func (r *Report) table(key string) **Node {
	switch key {
	case "proactive_disclosure":
		return &r.ProactiveDisclosure
	case "applications":
		return &r.Applications
	case "legal_challenges":
		return &r.LegalChallenges
	}
	return nil
}

// Period is the period the figures cover.
type Period struct {
	Start *Date `json:"start"`
	End   *Date `json:"end"`
}

// Metadata is the block that government web pages print above a report.
type Metadata struct {
	Publisher      *string `json:"publisher"`
	IndexNumber    *string `json:"index_number"`
	DocumentNumber *string `json:"document_number"`
	PublishedOn    *Date   `json:"published_on"`
}

// Section is one chapter.
type Section struct {
	Key    string  `json:"key"`
	Number *string `json:"number"` // the bare ordinal as printed, "一" or "3"
	Title  string  `json:"title"`
	Text   string  `json:"text"`
}

// Registration is one line of the 政府信息公开工作机构登记表.
type Registration struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Date is a calendar day without time zone, "2006-01-02" in JSON.
type Date struct{ Year, Month, Day int }

// Valid reports whether the day exists.
func (d Date) Valid() bool {
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return t.Year() == d.Year && int(t.Month()) == d.Month && t.Day() == d.Day
}

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

func (d Date) String() string {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// MarshalText makes Date a JSON string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2006-01-02".
func (d *Date) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return err
	}
	*d = Date{t.Year(), int(t.Month()), t.Day()}
	return nil
}

// State says how a cell was read.
type State string

// The states of a cell.
const (
	StateNumber      State = "number"
	StateBlank       State = "blank"
	StatePlaceholder State = "placeholder" // /, -, —, 无
	StateText        State = "text"        // filled, and not a number
	StateAmbiguous   State = "ambiguous"   // the row has not as many numbers as columns
)

// Place is where a value was read. Table, Row and Column point into the neutral
// document and count from 0; they are nil for values read from running text.
type Place struct {
	Text   string      `json:"text"`
	State  State       `json:"state"`
	Table  *int        `json:"table,omitempty"`
	Row    *int        `json:"row,omitempty"`
	Column *int        `json:"column,omitempty"`
	Page   *int        `json:"page"`
	BBox   *[4]float64 `json:"bbox"` // x0, y0, x1, y1 in points from the page's top left
	Part   *string     `json:"part"`
	Unit   *string     `json:"unit"`
	// Corrected: the value and State are somebody's, who says that what was read, Text,
	// was misread.
	Corrected bool `json:"corrected,omitempty"`
}

// Validation is the validation summary.
type Validation struct {
	Status   string    `json:"status"` // "pass", "warn" or "fail"
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Infos    int       `json:"infos"`
	Rules    []Outcome `json:"rules"`
	Findings []Finding `json:"findings"`
	// Context is what the rules say that look at other archived reports. It is
	// worked out when it is asked for and never stored: nil in stored results and
	// on the command line.
	Context *Context `json:"context,omitempty"`
}

// Context is the part of a validation that depends on which other reports are
// archived (history.*, rollup.*): it may change while the report does not.
type Context struct {
	Status   string    `json:"status"` // as Validation.Status, of these rules alone
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Infos    int       `json:"infos"`
	Rules    []Outcome `json:"rules"`
	Findings []Finding `json:"findings"`
}

// Judgement is the outcome of one rule.
type Judgement string

// The outcomes a rule may have.
const (
	Passed        Judgement = "passed"
	Failed        Judgement = "failed"
	Undetermined  Judgement = "undetermined"
	NotApplicable Judgement = "not_applicable"
)

// Outcome is what one rule gave on this report.
type Outcome struct {
	ID      string    `json:"id"`
	Outcome Judgement `json:"outcome"`
	Reason  *string   `json:"reason"`
	Paths   []string  `json:"paths,omitempty"`
}

// Severity of a finding.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Word is the severity in Chinese.
func (s Severity) Word() string {
	switch s {
	case SeverityError:
		return "错误"
	case SeverityWarning:
		return "警告"
	case SeverityInfo:
	}
	return "提示"
}

// Finding is one failure of one rule at one place.
type Finding struct {
	ID       string   `json:"id"` // stable over conversions of the same bytes
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // Chinese, names the place
	Paths    []string `json:"paths"`   // JSON Pointers from the result's root: "/report/applications/new/total"
	Expected any      `json:"expected,omitempty"`
	Actual   any      `json:"actual,omitempty"`
	Quote    *string  `json:"quote,omitempty"`
	// Compared are the places of other reports that the finding rests on, in
	// Context only.
	Compared []Compared `json:"compared,omitempty"`
}

// Compared is a place of this report beside one of another archived report.
type Compared struct {
	Report string `json:"report"` // id of the other report
	Agency string `json:"agency"` // the other report's; empty where it names none
	Year   int    `json:"year"`   // the other report's; 0 where it is not known
	Path   string `json:"path"`   // JSON Pointer in this report
	Other  string `json:"other"`  // JSON Pointer in the other report
	// Text and OtherText are the figures as printed or the passages, personal data
	// masked.
	Text      string `json:"text"`
	OtherText string `json:"other_text"`
}

// Extraction is the loss account.
type Extraction struct {
	Engine   string    `json:"engine"`
	Warnings []Warning `json:"warnings"`
}

// Warning is one entry of the loss account.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Page    *int   `json:"page"`
}
