package aggregate

import "nianbao/convert/report"

// State says what became of a body in a sum.
type State string

// The states of bodies.
const (
	Counted  State = "counted"   // its report is in the sums of its form
	Missing  State = "missing"   // no report came
	Failed   State = "failed"    // the file could not be converted
	Busy     State = "busy"      // its file is being read
	Undated  State = "undated"   // the report does not say of which year it is
	NoTables State = "no_tables" // none of the statutory forms: a prose review
	Lost     State = "lost"      // the result cannot be read
)

// Word is the state in Chinese.
func (s State) Word() string {
	switch s {
	case Counted:
		return "已计入"
	case Missing:
		return "未报送"
	case Failed:
		return "未能转换"
	case Busy:
		return "处理中"
	case Undated:
		return "年度不明"
	case NoTables:
		return "没有法定表格"
	case Lost:
		return "结果读不出"
	}
	return string(s)
}

// Body is one body of a sum.
type Body struct {
	ID    string `json:"id,omitempty" doc:"Of the list of bodies; empty where there is no list"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Level string `json:"level,omitempty"`
	State State  `json:"state" enum:"counted,missing,failed,busy,undated,no_tables,lost"`
	// ReportID is the report that counts: of several of the body and year the one in
	// force. Versions is how many there are.
	ReportID string             `json:"report_id,omitempty"`
	Versions int                `json:"versions" doc:"Reports of the body for the year, of which one counts"`
	Form     string             `json:"form,omitempty"`
	Review   report.ReviewState `json:"review,omitempty" enum:"unreviewed,checked,returned"`
	// NewerUnread: a file came behind the report that counts, and could not be converted.
	NewerUnread bool `json:"newer_unread,omitempty" doc:"A newer file came that could not be converted"`
	// Cells of its report that are listed in the sums.
	Cells Marks `json:"cells"`
}

// Above is the body whose report ought to be the sum.
type Above struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	ReportID string `json:"report_id,omitempty"`
	Form     string `json:"form,omitempty"`
	// OwnIncluded: its own figures are among the bodies, as its office's report.
	OwnIncluded bool `json:"own_included" doc:"Its office is among the bodies; else a cell is at least the sum"`
	// Compared tells whether the cells say how its report compares; Reason says in
	// Chinese why not.
	Compared bool   `json:"compared"`
	Reason   string `json:"reason,omitempty"`
}

// Selection is which bodies are summed.
type Selection struct {
	Year   int    `json:"year"`
	Kind   string `json:"kind,omitempty"`
	Level  string `json:"level,omitempty"`
	Above  *Above `json:"above"`
	Listed bool   `json:"listed" doc:"There is a list of bodies; otherwise the agencies of the reports stand for them, and nothing can be missing"`
	// Partial: the asker may see some of the bodies only.
	Partial bool   `json:"partial,omitempty" doc:"The caller may see some of the bodies only: the sums are of these"`
	Bodies  []Body `json:"bodies" doc:"In the order of the list; cells name them by their place here, from 0"`
	// Excluded are the names of bodies that the list leaves out (不编报, 垂直管理).
	Excluded []string `json:"excluded" doc:"Names of bodies that the list marks as not counted"`
	// Outside are the names of bodies at the top of the list that are not below Above.
	Outside []string `json:"outside" doc:"Names of bodies at the top of the list that are not below the one above, and in no sum"`
	// Strays are reports of the year that are of no body and in no sum.
	Strays int `json:"strays" doc:"Reports of the year that are of no body of the list, and in no sum"`
}

// Whose says in Chinese whose reports are summed.
func (s *Selection) Whose() string {
	switch {
	case s.Above != nil:
		return s.Above.Name + "的下级"
	case !s.Listed:
		return "收到报告的机关"
	}
	return "名单上的单位"
}

// Sum is a roll-up.
type Sum struct {
	Selection
	// Counts are bodies by state.
	Counts map[State]int `json:"counts"`
	// Warnings are what has to be known of the sums, the gravest first.
	Warnings []Warning `json:"warnings"`
	// Forms are the sums, of each form that a report was counted for, the newest first.
	Forms []FormSum `json:"forms"`
}

// Warning is something that has to be known of the sums.
type Warning struct {
	Code    string `json:"code" doc:"Stable: bodies_missing, bodies_failed, …"`
	Message string `json:"message"`
	Bodies  []int  `json:"bodies" doc:"Places in bodies"`
}

// FormSum is the sums of one form.
type FormSum struct {
	Form   string `json:"form"`
	Bodies int    `json:"bodies" doc:"Bodies whose report has this form"`
	// Missing are the bodies whose report is not in these sums.
	Missing int    `json:"missing" doc:"Bodies that are in no cell of this form: without a report, or with one of another form"`
	Cells   []Cell `json:"cells" doc:"Every cell of the form in its order"`
}

// Cell is the sum of one cell. Lists are places in Selection.Bodies, ascending.
type Cell struct {
	Path  string `json:"path"`
	Name  string `json:"name" doc:"Full official name"`
	Table string `json:"table"`
	Unit  string `json:"unit,omitempty"`
	// Merged: these are the figures of reports that print a group of rows as one row.
	Merged bool `json:"merged,omitempty" doc:"Of reports that print this group of rows as one; such reports are in 'grouped' of its rows"`
	// Sum is nil where no report states a number.
	Sum          *report.Number `json:"sum"`
	Contributors int            `json:"contributors" doc:"Reports that state a number, placeholders included"`
	Placeholders int            `json:"placeholders" doc:"Of these, how many print a mark (/, 无) that states 0"`
	Blank        []int          `json:"blank"`
	Unreadable   []int          `json:"unreadable"`
	Absent       []int          `json:"absent" doc:"The table has no such row"`
	Grouped      []int          `json:"grouped" doc:"The group of rows is printed as one row"`
	NoUnit       []int          `json:"no_unit" doc:"The amount has no unit and is not added"`
	Conflicting  []int          `json:"conflicting" doc:"Added, but a broken sum of the report names it"`
	Corrected    []int          `json:"corrected" doc:"Added as somebody corrected it"`
	Own          *Own           `json:"own,omitempty" doc:"What the report above says"`
}

// Own is what the report above says of a cell.
type Own struct {
	Value   *report.Number `json:"value"`
	Verdict Verdict        `json:"verdict" enum:"nothing,undetermined,agrees,too_low,too_high"`
}

// Lacking is how many counted reports of the form state no number that is added.
func (c *Cell) Lacking() int {
	return len(c.Blank) + len(c.Unreadable) + len(c.Absent) + len(c.Grouped) + len(c.NoUnit)
}

// Doubtful tells whether something has to be said of the cell beside the bodies that
// are missing from all cells.
func (c *Cell) Doubtful() bool { return c.Lacking()+len(c.Conflicting) > 0 }

// Form is the sums of a form; nil where no report was counted for it.
func (s *Sum) Form(id string) *FormSum {
	for i := range s.Forms {
		if s.Forms[i].Form == id {
			return &s.Forms[i]
		}
	}
	return nil
}

// Cell is the cell at a pointer; nil where the form has none.
func (f *FormSum) Cell(path string) *Cell {
	for i := range f.Cells {
		if f.Cells[i].Path == path {
			return &f.Cells[i]
		}
	}
	return nil
}
