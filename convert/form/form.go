// Package form holds the statutory forms as data: chapters, tables, rows,
// columns, labels with their aliases, JSON paths and sums. Everything that
// depends on a form — reading, sum rules, the tables on a page, spreadsheet and
// Word exports, aggregation — is driven by these values; a form of a later year
// is one new file here.
//
// Sources: 国办公开办函〔2021〕30号 (2021 form), 国办公开办函〔2019〕60号 (2019 form).
package form

// Form is one statutory form.
type Form struct {
	ID     string // "2021"; the value of "form" in a result
	Notice string // 国办公开办函〔2021〕30号
	// FirstYear and LastYear are the report years the form is in force for;
	// LastYear 0 means until further notice.
	FirstYear, LastYear int
	Chapters            []Chapter
	Tables              []Table
	Relations           []Relation
}

// Chapter is one of the statutory chapters.
type Chapter struct {
	Key     string // "overview"
	Number  string // "一"
	Title   string // official wording
	Aliases []string
	// Keywords tell the chapter in wordings that are no alias: it is meant where
	// a heading has all the words of one of the sets.
	Keywords [][]string
}

// Table is one statutory table.
type Table struct {
	Key     string // member of the report: "proactive_disclosure"
	Chapter string // key of the chapter it stands in
	Title   string // what a finding calls it: "主动公开政府信息情况表"
	Corner  string // note printed in the top left cell, if any
	Parts   []Part
}

// Part is a stretch of a table with columns of its own: the table of chapter 二
// has four or five parts, each with a heading and a header row, the others one.
type Part struct {
	Heading string // "第二十条第（一）项"; empty where the part has none
	// Stub is the header over the row labels ("信息内容"); empty where none.
	Stub    string
	Columns []Column
	Rows    []Row
	// GroupAliases are the other wordings of a group that is printed as one row,
	// by the path of Row.Collapses.
	GroupAliases map[string][]string
}

// Column is one column of figures.
type Column struct {
	// Path is the end of the JSON path: "issued", "natural_person",
	// "reconsideration/upheld".
	Path string
	// Label is the official label, Aliases the other wordings in use.
	Label   string
	Aliases []string
	// Groups are the header cells above, outermost first: 申请人情况,
	// 法人或其他组织.
	Groups []string
	Kind   Kind
	// Unit is the unit the form prescribes ("万元"); empty where none.
	Unit string
	// Span is the number of grid columns the column takes on paper; 0 means 1.
	Span int
}

// Row is one row of figures.
type Row struct {
	// Path is the middle of the JSON path: "denied/state_secret"; empty for the
	// one row without a label of the table of chapter 四.
	Path    string
	Label   string
	Aliases []string
	// Groups are the label cells to the left, outermost first:
	// 三、本年度办理结果, （三）不予公开.
	Groups []string
	// Collapses is the path of the group that some reports print as one row in
	// place of its children (（六）其他处理 → "other_outcome"); empty otherwise.
	Collapses string
}

// Kind says which numbers a cell may hold.
type Kind int

// The kinds of cells.
const (
	Count  Kind = iota // whole number, not below 0
	Change             // whole number, may be below 0 (本年增/减)
	Money              // decimals allowed, not below 0
)

// Relation is a sum that the form states: over each row or each column of a
// table, the sum of Left equals the sum of Right.
type Relation struct {
	Rule  string // id of the rule that checks it
	Table string
	// Over is ByColumn where the terms are row paths and the relation holds in
	// every column, ByRow where the terms are column paths and it holds in
	// every row.
	Over        Direction
	Left, Right []string
	// Rows limits a ByRow relation to these rows; nil means all.
	Rows []string
}

// Direction says what a Relation runs over.
type Direction int

// The directions of a relation.
const (
	ByColumn Direction = iota
	ByRow
)
