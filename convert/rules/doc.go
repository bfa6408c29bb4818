// Package rules judges a report that package mapping has read: it adds up the
// statutory tables by the sums their form declares, looks at structure and
// identity and finds personal data. [Judge] gives the validation summary,
// [Catalogue] the rules it knows.
//
// A rule is a small declared value in the list of [Catalogue]. Its judge
// function looks at one context and returns a verdict; it never changes the
// reading. Rules of the published catalogue that are not in the list are not
// claimed in a summary: a rule that was not run has no outcome.
//
// # What a rule may say
//
// Right figures are never called wrong. A value that could not be read (state
// "text" or "ambiguous", or no such row in the printed table) makes a rule
// undetermined. A typed placeholder ("/", "-", "—") states 0 and may make a sum
// fail. A blank is unknown: the rule is undetermined, unless the known parts
// alone exceed the other side of the sum. Nothing is judged on a row or column
// that is blank throughout. Over rows and columns the outcomes of one rule
// merge: failed before undetermined before passed before not_applicable.
//
// Figures are compared as exact decimals, in the unit they were printed in.
// Messages are Chinese and name table, row, column and both numbers; personal
// data is masked in them and in the quotes.
//
// # People, places and wording
//
// What rules look for in the text they know by the words around it: a name is an
// applicant's by what stands before and after it, another body is the author's
// by the words that reports have for their author. Lists of wordings are data
// with cues; one pass over a passage tells which are worth a look. Names of
// applicants are hidden in the findings of all rules.
//
// Judge is a pure function of its input and safe for concurrent use on
// different or equal inputs.
//
// Sources: 条例 (国务院令第711号) 第四十九、五十条, 国办公开办函〔2021〕30号,
// 国办公开办函〔2019〕60号.
package rules
