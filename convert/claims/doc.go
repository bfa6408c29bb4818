// Package claims reads what the prose of a report says in figures: "2021年新收
// 政府信息公开申请8件，上年结转0件，均已办结". It is a small grammar of how such
// sentences are written and knows nothing of documents or rules.
//
// [Read] takes the text of the chapters and returns their sentences. A
// [Sentence] holds its figures in order, each with the words that say what is
// counted (Label, Tail), its unit, and what keeps it from being an exact figure
// of this year and this body: an approximation (约, 余, 近), another year
// (去年, 2019年), a part of the year (1月17日), a running total (累计), another
// scope (全区, 各街道). From these come
//
//   - claims: figures, and denials (未收到, 无, 均为0), with a [Subject] where one
//     of the statutory form is meant;
//   - breakdowns: a total and its parts (共N，其中／分别为／包括);
//   - lists that say how many items they have (以下四种方式：一是…).
//
// What a figure counts is read from the names of the form's rows and columns in its
// clause, in any order and with any verb; words that may restrict it (涉及…的, 网上,
// 协助…) leave it without a subject. A result told of one kind of applicant has the
// subject of that cell, see [At].
//
// A subject is given only where the words plainly mean it. Whoever compares
// claims relies on that: in doubt a claim has no subject, and nothing is
// compared.
//
// Numbers are exact decimals. Places are rune offsets into the text of a
// chapter as it was given, so that a reader can mark the words.
//
// Read is a pure function and safe for concurrent use.
package claims
