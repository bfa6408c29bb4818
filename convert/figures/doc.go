// Package figures is what reports say in numbers, as they are put beside one another:
// over the years of an agency, or of many agencies for a year. [All] lists what can be
// compared, of both forms; [Of] reads them from a result.
//
// What is not a number is never one here. A blank, something unreadable and a row that
// the report does not have are states of their own, and so is a sum over cells some of
// which are blank: it is the least that it can be. A typed placeholder ("/", 无) states
// 0, as in the rules.
//
// Both forms have the same rows of applications and challenges; a Measure of one form
// only says so, and is absent from reports of the other.
package figures
