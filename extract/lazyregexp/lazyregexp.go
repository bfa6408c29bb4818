// Package lazyregexp has regular expressions for package variables that are
// compiled when they are first used, as the Go tool's own internal package of that
// name does. The program has some three hundred: compiled at every start they took
// 20 ms and 6 MB, which the children that read files never needed and other
// commands seldom.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// Regexp is a regular expression of package regexp, compiled by the first call of
// any method. The methods do what they do there, and may be called concurrently.
type Regexp struct {
	source   string
	looked   sync.Once
	look     look
	once     sync.Once
	compiled *regexp.Regexp
}

// New returns the regular expression; its first use panics where it cannot be
// compiled. In tests that happens at once, so that no mistake waits for its use.
func New(source string) *Regexp {
	r := &Regexp{source: source}
	if strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test") {
		r.regexp()
	}
	return r
}

func (r *Regexp) regexp() *regexp.Regexp {
	r.once.Do(r.compile)
	return r.compiled
}

func (r *Regexp) compile() { r.compiled = regexp.MustCompile(r.source) }

// may tells that s may hold a match. A pattern that never may is not compiled.
func (r *Regexp) may(s string) bool {
	r.looked.Do(r.lookAt)
	return r.look.may(s)
}

func (r *Regexp) lookAt() { r.look = newLook(r.source) }

// String is the source.
func (r *Regexp) String() string { return r.source }

// MatchString tells whether s holds a match.
func (r *Regexp) MatchString(s string) bool { return r.may(s) && r.regexp().MatchString(s) }

// FindString is the leftmost match, "" for none.
func (r *Regexp) FindString(s string) string {
	if !r.may(s) {
		return ""
	}
	return r.regexp().FindString(s)
}

// FindStringIndex is where the leftmost match begins and ends, nil for none.
func (r *Regexp) FindStringIndex(s string) []int {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindStringIndex(s)
}

// FindStringSubmatch is the leftmost match with its groups, nil for none.
func (r *Regexp) FindStringSubmatch(s string) []string {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindStringSubmatch(s)
}

// FindStringSubmatchIndex is where FindStringSubmatch's texts begin and end.
func (r *Regexp) FindStringSubmatchIndex(s string) []int {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindStringSubmatchIndex(s)
}

// FindAllString are the first n matches, all for n < 0.
func (r *Regexp) FindAllString(s string, n int) []string {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindAllString(s, n)
}

// FindAllStringIndex is where FindAllString's texts begin and end.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch are the first n matches with their groups, all for n < 0.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is where FindAllStringSubmatch's texts begin and end.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !r.may(s) {
		return nil
	}
	return r.regexp().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString puts replacement, with $1 for the first group, in place of all
// matches.
func (r *Regexp) ReplaceAllString(s, replacement string) string {
	if !r.may(s) {
		return s
	}
	return r.regexp().ReplaceAllString(s, replacement)
}

// ReplaceAllStringFunc puts what replace makes of a match in its place.
func (r *Regexp) ReplaceAllStringFunc(s string, replace func(string) string) string {
	if !r.may(s) {
		return s
	}
	return r.regexp().ReplaceAllStringFunc(s, replace)
}

// Split cuts s at the matches into at most n pieces, all for n < 0.
func (r *Regexp) Split(s string, n int) []string { return r.regexp().Split(s, n) }
