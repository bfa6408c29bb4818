package rules

import "slices"

// difference is what two names have in common and what each has more, whatever the order of
// their words.
type difference struct {
	// shared is the number of characters in common runs of two and more.
	shared int
	// more are the runs that only the first has, less those of the second.
	more, less []string
}

// differenceOf takes the longest runs that two names share out of both, again and again.
func differenceOf(a, b []rune) (d difference) {
	if slices.Equal(a, b) {
		return difference{shared: len(a)}
	}
	a, b = slices.Clone(a), slices.Clone(b)
	const least = 2
	for {
		i, k, n := longestRun(a, b)
		if n < least {
			break
		}
		d.shared += n
		for j := range n {
			a[i+j], b[k+j] = taken, alsoTaken
		}
	}
	d.more, d.less = runsOf(a), runsOf(b)
	return d
}

// Marks of characters that a run has taken: they are equal to nothing.
const (
	taken     = -1
	alsoTaken = -2
)

// longestRun is the first of the longest runs of characters that both have.
func longestRun(a, b []rune) (i, k, n int) {
	row := make([]int, len(b)+1)
	for x := range a {
		diagonal := 0
		for y := range b {
			up := row[y+1]
			if a[x] == b[y] {
				row[y+1] = diagonal + 1
				if row[y+1] > n {
					i, k, n = x-diagonal, y-diagonal, row[y+1]
				}
			} else {
				row[y+1] = 0
			}
			diagonal = up
		}
	}
	return i, k, n
}

// runsOf are the runs that no shared one took.
func runsOf(r []rune) (out []string) {
	for i := 0; i < len(r); {
		if r[i] < 0 {
			i++
			continue
		}
		from := i
		for i < len(r) && r[i] >= 0 {
			i++
		}
		out = append(out, string(r[from:i]))
	}
	return out
}
