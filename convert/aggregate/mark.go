package aggregate

// Mark is what is to be said of a cell of one report.
type Mark string

// The marks. A cell with one of the first five is in no sum.
const (
	Blank       Mark = "blank"
	Unreadable  Mark = "unreadable"  // something stands there that is no number
	Absent      Mark = "absent"      // the table has no such row
	Grouped     Mark = "grouped"     // the group of rows is printed as one row
	NoUnit      Mark = "no_unit"     // an amount of which nobody says in what unit
	Conflicting Mark = "conflicting" // added, but a broken sum of the report names it
	Corrected   Mark = "corrected"   // added as somebody corrected it
)

// AllMarks are all marks, those that keep a cell out of the sum first.
func AllMarks() []Mark {
	return []Mark{Blank, Unreadable, Absent, Grouped, NoUnit, Conflicting, Corrected}
}

// Word is the mark in Chinese.
func (m Mark) Word() string {
	switch m {
	case Blank:
		return "空白"
	case Unreadable:
		return "读不成数字"
	case Absent:
		return "没有这一行"
	case Grouped:
		return "几行并填"
	case NoUnit:
		return "没有计量单位"
	case Conflicting:
		return "表内合计不符"
	case Corrected:
		return "已更正"
	}
	return string(m)
}

// Note is a mark on a cell of one report.
type Note struct {
	Path string
	Mark Mark
}

// Marks counts cells of one report by mark.
type Marks struct {
	Blank       int `json:"blank"`
	Unreadable  int `json:"unreadable"`
	Absent      int `json:"absent"`
	Grouped     int `json:"grouped"`
	NoUnit      int `json:"no_unit"`
	Conflicting int `json:"conflicting"`
	Corrected   int `json:"corrected"`
}

// Of is the count of a mark.
func (m *Marks) Of(mark Mark) int { return *m.count(mark) }

func (m *Marks) count(mark Mark) *int {
	switch mark {
	case Blank:
		return &m.Blank
	case Unreadable:
		return &m.Unreadable
	case Absent:
		return &m.Absent
	case Grouped:
		return &m.Grouped
	case NoUnit:
		return &m.NoUnit
	case Conflicting:
		return &m.Conflicting
	case Corrected:
	}
	return &m.Corrected
}

// Of is the bodies that have the mark in this cell.
func (c *Cell) Of(mark Mark) []int { return *c.list(mark) }

func (c *Cell) list(mark Mark) *[]int {
	switch mark {
	case Blank:
		return &c.Blank
	case Unreadable:
		return &c.Unreadable
	case Absent:
		return &c.Absent
	case Grouped:
		return &c.Grouped
	case NoUnit:
		return &c.NoUnit
	case Conflicting:
		return &c.Conflicting
	case Corrected:
	}
	return &c.Corrected
}
