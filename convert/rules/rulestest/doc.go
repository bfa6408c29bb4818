// Package rulestest measures rules on made sentences. A [Case] is a text put
// into a chapter of an otherwise faultless report, with figures for its tables
// and the rules that must find something in it; [Run] makes the document, reads
// it with package mapping, judges it with package rules and compares. [Score]
// adds cases up to precision and recall for every rule.
//
// Every case counts for every rule under test: a finding of a rule that the
// case does not name is a false alarm of that rule, whatever the case is about.
// So the cases of one rule are traps for the others.
//
// Cases are written once as templates with slots for figures and are filled by a
// seeded generator; the same seed gives the same cases. Phrasings known while a
// rule was written are kept apart from those written afterwards (HeldOut): only
// the latter say how the rule does on reports nobody has seen.
//
// The package is used by tests only.
package rulestest
