// Package history compares a report with other archived reports: the one of the
// same agency for the year before, those of other agencies that say the same in the
// same words and, for a government, those of the bodies below it.
// [Judge] gives the part of the validation that depends on them (report.Context),
// [Catalogue] the rules it knows.
//
// A report's own findings depend on its bytes alone and are stored with it; what
// this package says changes when a neighbour comes in, is replaced or deleted. So
// it is worked out whenever somebody asks, from the results of both reports, and
// never stored. Who asks finds the neighbours: the report in force of the same body
// for the year before, the reports that share rare sentences (Sketch), those of the
// bodies below.
//
// # Figures
//
// The principles of package rules hold: figures that could not be read make a rule
// undetermined, a typed placeholder states 0, a blank is unknown, and nothing is
// judged on a row that is blank throughout. The newer of the two reports has the
// finding; its message names both reports and both figures.
//
// A government's report adds up those of the bodies below it. Its own figures are
// known only where its office files a report; else a cell is at least the sum.
//
// # Prose
//
// Reports of this kind are full of sentences that all of them have. What is compared
// is sentences, in a form that leaves out the agency's own names, the year and
// marks (normal), and each weighs as many characters as are not part of a set phrase
// (standard.txt). A sentence that reports of several other agencies have is a
// template and weighs little or nothing. Sentences whose figures differ were brought
// up to date and are not copied, however alike the words are.
//
// Candidates among all archived reports are found by MinHash: each sentence with a
// weight has one key, made of the two smallest values that two hash functions give
// its runs of four characters. Sentences that share a share J of their runs have the
// same key with probability J²; reports that share several sentences share a key
// almost surely. The keys of a report are its Sketch, which the catalog keeps. The
// passages are then aligned sentence by sentence in the texts themselves.
//
// All functions are pure and safe for concurrent use.
package history
