// Package bodies is the list of bodies that must report (编制主体): departments,
// townships, streets and enterprises of a place, with names, aliases and parents,
// and how a report finds its body.
//
// A List is valid as a whole: New checks the entries together and tells every
// mistake with its place. Lists have versions; a Service keeps each version as a
// record in the archive before the catalog has it, so that two editors never lose
// each other's work and a rebuilt catalog has the list again.
//
// A report is attached by a Proposal, which List.Propose makes of the agency that
// the report names and of its file name, or by hand. Proposals are exact: a name,
// an alias, or a name with or without the places above it (云溪县教育局, 县教育局,
// 教育局 below 云溪县), written in any width and with any brackets. Where two bodies
// fit there is no proposal: a report without a body is seen, one with a wrong body
// is not.
//
// A body and a year hold versions of its report. In force is the one chosen by
// hand, else the one received last. The same bytes again are the same report and
// change nothing; so an older version does not take over by being sent once more,
// and a choice by hand stays until it is changed. While the chosen report is deleted the
// one received last counts.
//
// Package sheet reads lists from spreadsheets; ReadTable reads the text formats.
package bodies
