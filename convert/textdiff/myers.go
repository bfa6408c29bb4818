package textdiff

// Op is what became of a piece of text.
type Op string

// What becomes of pieces. Changed is said of paragraphs only.
const (
	Same    Op = "same"
	Gone    Op = "gone"
	New     Op = "new"
	Changed Op = "changed"
)

// step is one element of either sequence: a of the first, b of the second, -1 where
// it is in the other alone.
type step struct{ a, b int }

// align finds a shortest way from one sequence to the other, with at most so many
// elements gone and new between what both begin and end with. ok is false where it
// takes more.
func align(a, b []int, most int) (steps []step, ok bool) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	middle, ok := shortest(a[head:len(a)-tail], b[head:len(b)-tail], most)
	if !ok {
		return nil, false
	}
	steps = make([]step, 0, head+len(middle)+tail)
	for i := range head {
		steps = append(steps, step{i, i})
	}
	for _, s := range middle {
		if s.a >= 0 {
			s.a += head
		}
		if s.b >= 0 {
			s.b += head
		}
		steps = append(steps, s)
	}
	for i := range tail {
		steps = append(steps, step{len(a) - tail + i, len(b) - tail + i})
	}
	return steps, true
}

// shortest is Myers' greedy algorithm. reach[d] has how far in a each diagonal
// k = x-y of -d, -d+2 … d goes with d elements gone or new.
func shortest(a, b []int, most int) ([]step, bool) {
	var reach [][]int
	at := func(d, k int) int { return reach[d][(k+d)/2] }
	for d := 0; d <= min(most, len(a)+len(b)); d++ {
		reach = append(reach, make([]int, d+1))
		for k := -d; k <= d; k += 2 {
			x := 0
			switch {
			case d == 0:
			case k == -d || k != d && at(d-1, k-1) < at(d-1, k+1):
				x = at(d-1, k+1) // down: one of b is new
			default:
				x = at(d-1, k-1) + 1 // right: one of a is gone
			}
			// Off the grid nothing follows; x stays where it came to.
			for x < len(a) && x-k < len(b) && x >= 0 && x-k >= 0 && a[x] == b[x-k] {
				x++
			}
			reach[d][(k+d)/2] = x
			if x >= len(a) && x-k >= len(b) {
				return walkBack(a, b, d, at), true
			}
		}
	}
	return nil, false
}

// walkBack reads the way that ends at both ends, from there.
func walkBack(a, b []int, d int, at func(d, k int) int) []step {
	var back []step
	x, y := len(a), len(b)
	for ; d >= 0; d-- {
		k := x - y
		startX, startY := 0, 0
		down := false
		if d > 0 {
			down = k == -d || k != d && at(d-1, k-1) < at(d-1, k+1)
			if down {
				startX = at(d-1, k+1)
				startY = startX - (k + 1)
			} else {
				startX = at(d-1, k-1)
				startY = startX - (k - 1)
			}
		}
		snakeX := startX
		if d > 0 && !down {
			snakeX++
		}
		for x > snakeX {
			x--
			y--
			back = append(back, step{x, y})
		}
		switch {
		case d == 0:
		case down:
			back = append(back, step{-1, startY})
		default:
			back = append(back, step{startX, -1})
		}
		x, y = startX, startY
	}
	out := make([]step, len(back))
	for i, s := range back {
		out[len(back)-1-i] = s
	}
	return out
}
