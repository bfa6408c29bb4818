package custody

import (
	"slices"
	"strings"
	"time"
)

// Kind says what is wrong.
type Kind string

// The kinds of findings; there are no others.
const (
	// Missing: there are events or a catalog row of an original that is not there,
	// or an event of a later number than one that is not there.
	Missing Kind = "missing"
	// Damaged: the original's bytes have another SHA-256 than its name.
	Damaged Kind = "damaged"
	// Truncated: damaged, and shorter than it was received.
	Truncated Kind = "truncated"
	// Unreadable: the store gives an error for this object, twice, while it
	// answers for others. Nothing is known of its bytes.
	Unreadable Kind = "unreadable"
	// Orphan: an original or results without events, or something among the
	// archive's objects that is none.
	Orphan Kind = "orphan"
	// CatalogMismatch: the catalog says otherwise than the archive, which is
	// right: another digest or size, a row without events or of a deleted report,
	// events without a row.
	CatalogMismatch Kind = "catalog_mismatch"
	// RecordDamaged: an event, a result or the list of a batch cannot be read, or is
	// of another report.
	RecordDamaged Kind = "record_damaged"
)

// Kinds lists all kinds, the worst first.
func Kinds() []Kind {
	return []Kind{Missing, Truncated, Damaged, Unreadable, RecordDamaged, CatalogMismatch, Orphan}
}

// Algorithm is that of all digests here.
const Algorithm = "SHA-256"

// Finding is one thing that is wrong.
type Finding struct {
	Kind Kind `json:"kind"`
	// Key is the object's key in the archive; empty where there is no object.
	Key string `json:"key,omitempty"`
	// SHA256 is the digest the original has or had when it was received, ReportID
	// the report's id. Empty for an object that is of no report.
	SHA256   string `json:"sha256,omitempty"`
	ReportID string `json:"report_id,omitempty"`
	// Algorithm is that of the digests in Expected and Found; empty where they are
	// no digests.
	Algorithm string `json:"algorithm,omitempty"`
	Expected  string `json:"expected,omitempty"`
	Found     string `json:"found,omitempty"`
	// Stored is the digest that the store itself keeps of a damaged original: where
	// it is the one expected, the store lost the bytes; where it is the one found,
	// somebody put others there.
	Stored string `json:"stored,omitempty"`
	// ExpectedBytes and FoundBytes are sizes; 0 where they say nothing.
	ExpectedBytes int64 `json:"expected_bytes,omitempty"`
	FoundBytes    int64 `json:"found_bytes,omitempty"`
	// Detail says it in words, for the operator.
	Detail string `json:"detail"`
}

// same tells whether two examinations found the same.
func (f *Finding) same(other Finding) bool {
	return f.Kind == other.Kind && f.Key == other.Key && f.SHA256 == other.SHA256 && f.ReportID == other.ReportID
}

// Report is the outcome of a verification.
type Report struct {
	StartedAt  time.Time `json:"started_at"` // UTC, microseconds
	FinishedAt time.Time `json:"finished_at"`
	By         string    `json:"by,omitempty"`      // who asked for it
	Program    string    `json:"program,omitempty"` // version that verified
	// Sample is what was read: "all", a share ("5%") or a number. With Seed the
	// same sample is taken again.
	Sample string `json:"sample"`
	Seed   uint64 `json:"seed"`

	Originals int64 `json:"originals"` // that are there
	Events    int64 `json:"events"`
	Results   int64 `json:"results"` // and documents beside them
	Rows      int64 `json:"rows"`    // of the catalog

	Hashed  int64 `json:"hashed"`  // originals read and hashed
	Bytes   int64 `json:"bytes"`   // that were hashed
	Records int64 `json:"records"` // events and results read

	// Counts has the number of findings of each kind there is one of.
	Counts map[Kind]int64 `json:"counts"`
	// Findings are in order of kind and key, at most Options.MaxFindings of them.
	Findings []Finding `json:"findings"`
}

// Total is the number of findings.
func (r *Report) Total() (n int64) {
	for _, c := range r.Counts {
		n += c
	}
	return n
}

// Sound tells that nothing was found.
func (r *Report) Sound() bool { return r.Total() == 0 }

// sort orders the findings, the worst kinds first.
func (r *Report) sort() {
	kinds := Kinds()
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		if a.Kind != b.Kind {
			return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind)
		}
		return strings.Compare(a.SHA256+a.Key+a.ReportID, b.SHA256+b.Key+b.ReportID)
	})
}
