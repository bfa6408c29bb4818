// Package aggregate adds reports up cell by cell: the roll-up (汇总) that a government's
// own report is. Reports in, a [Sum] out; who asks says which bodies are summed
// (package collect does, from the archive) and gives the adder one report after the
// other, corrected as people corrected them. Nothing but the sum is kept, so any number
// of reports is added in memory that depends on the number of bodies alone.
//
// # What a cell says
//
// A sum is of those reports that state a number there; a typed placeholder (/, 无) states
// 0, as in the rules. Where no report states one there is no sum: never a silent 0. Beside
// it stand the reports that state none, each with why: the cell is blank, what stands there
// cannot be read as a number, the table has no such row, the group of rows is printed as one
// row (（六）其他处理 — these figures have cells of their own, marked Merged), or an amount has
// no unit. A figure that a broken sum of its own report names is added and listed as
// conflicting; one that somebody corrected is added as corrected and listed, too. Bodies
// without a report that could be added are missing from every cell.
//
// Each statutory form has sums of its own. Their cells are never added to each other: the
// forms count different things under the same headings.
//
// Amounts are added in the unit of the form (万元), or in 元 where it has none, whatever
// unit they are printed in.
//
// The sum does not depend on the order of the reports: numbers are exact, and lists are in
// the order of the bodies.
//
// # The report above
//
// The body above (a government) has a report that ought to be this sum: its own figures,
// those of its office, once, and those of the bodies below it. [Total.Beside] compares a
// figure with a total; the rules rollup.* of package history use the same.
package aggregate
