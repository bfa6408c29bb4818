// Package textdiff tells how one text became another, for people: which paragraphs
// are new, gone or changed, and in those that are changed which words.
//
// It is Myers' algorithm (An O(ND) Difference Algorithm, 1986) over paragraphs and
// then over words, each ideograph being one, with three things that libraries for
// lines of code do not have: paragraphs that were reworded are put beside each other
// by the pairs of characters they share; single characters that two rewritten
// clauses happen to have in common are taken for rewritten, too; and the work is
// bounded by a number of steps, never by time, so that the same texts always give
// the same answer.
package textdiff
