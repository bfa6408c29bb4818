// Package chart lays charts out: from numbers to the places of bars, lines and texts,
// which a template writes as SVG (parts.html, "chart"). It draws nothing itself and
// knows no colours: a mark has the number of its series, and the style sheet what that
// looks like.
//
//	chart.Stacked(chart.Input{ID: "outcomes", Title: "办理结果", Labels: years, Series: kinds})
//
// Lengths are CSS pixels, from the top left; a chart is as wide as its labels need
// and is scrolled where there is less room, so that text is never scaled. What is no
// number is a gap with a word in it, never a bar of no height nor a point on a line.
//
// Series are told apart by more than colour: stacked bars by patterns, lines by dashes,
// the shape of their points and their names at their ends.
//
// [Segments] and [Box] are for pictures in the cells of tables: theirs are shares of
// the width, in percent.
//
// All functions are pure.
package chart
