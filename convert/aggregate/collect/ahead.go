package collect

import (
	"context"
	"iter"
)

// readers is how many results are read at a time: they are decoded while others are
// added. So many are held, too.
const readers = 4

// readAhead reads the reports of the bodies and yields them in the order of the bodies;
// bodies without one give an empty reading.
func (s *Selection) readAhead(ctx context.Context) iter.Seq2[int, reading] {
	return func(yield func(int, reading) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		waiting := make([]chan reading, 0, readers)
		next := 0
		begin := func() {
			row, known := &s.rows[next], s.Bodies[next].State != ""
			out := make(chan reading, 1) // a reading that nobody wants any more does not wait
			waiting, next = append(waiting, out), next+1
			if known {
				out <- reading{}
				return
			}
			go func() { out <- s.read(ctx, row) }()
		}
		for place := range s.rows {
			for next < len(s.rows) && len(waiting) < readers {
				begin()
			}
			r := <-waiting[0]
			waiting = waiting[1:]
			if !yield(place, r) {
				return
			}
		}
	}
}
