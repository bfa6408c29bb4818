// Package review is what people say of a result, as data: the findings they confirm
// or dismiss, the values that were misread, and the mark that the report is checked
// or returned. Its types are those of package report (report.Review).
//
// Everything here is a pure function of statements and results:
//
//	Matter.Complete   checks a statement, in words for whoever made it
//	Fold              what holds after all statements
//	Apply             the corrections, put into a report that is read
//	Count             what is open, and what has gone stale
//	Compare           two versions of a report
//
// Statements are recorded one behind the other and never changed (package intake).
// The last one about a finding, about a value, or of the mark, holds; statements
// about different things do not depend on their order. A result stays what the
// program made of the bytes: the corrections are put into the reading of the same
// document, and that is judged anew by the same rules (convert.JudgeAnew), whose
// findings have the same ids for the same rule and place.
//
// A decision is on a finding as it was: where the finding comes to speak of other
// figures or words it is open again, and the decision is told as stale. So nobody's
// dismissal hides a mistake that he has not seen.
package review
