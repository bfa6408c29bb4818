// Package ordinal is about the numbers that stand before headings and list
// paragraphs, as all Word formats have them:
//
//	format.go  a number in one of Word's number formats: 一, 壹, ①, iv, 007
//	code.go    the format of a code of the binary and RTF formats
//	list.go    automatic numbering: lists, their overrides and counters, labels
//	typed.go   the ordinal that a text begins with as typed: 一、 （二） 3.
//
// What a file format says of a list is put into [List] and [Instance] by its
// reader; the counting is the same for all.
package ordinal
