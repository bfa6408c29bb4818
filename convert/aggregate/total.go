package aggregate

import "math/big"

// Total is a cell's sum over several reports. The zero Total is of none.
type Total struct {
	// Contributors are those that state a number, placeholders included.
	Contributors int
	Placeholders int // of them
	// Unknown are those that state none where they ought to.
	Unknown int

	sum *big.Rat
}

// Add adds what one report says.
func (t *Total) Add(f Figure) {
	if !f.Known() {
		t.Unknown++
		return
	}
	t.Contributors++
	if t.sum == nil {
		t.sum = new(big.Rat)
	}
	t.sum.Add(t.sum, f.Value)
}

// Sum is the sum of those that are known, 0 where none is: see Contributors. The caller
// must not change it.
func (t *Total) Sum() *big.Rat {
	if t.sum == nil {
		return new(big.Rat)
	}
	return t.sum
}

// Verdict is what comparing a figure with a total gives.
type Verdict string

// The verdicts.
const (
	// Nothing: nobody says anything, so there is nothing to compare.
	Nothing Verdict = "nothing"
	// Open: the figure is not known, or some of the total is not.
	Open Verdict = "undetermined"
	// Agrees: the figure is the sum or, where the own figures of the body above are not
	// known, at least the sum.
	Agrees Verdict = "agrees"
	// TooLow: less than the sum of what is known. More of it could only be more.
	TooLow Verdict = "too_low"
	// TooHigh: more than the sum, of which nothing is lacking.
	TooHigh Verdict = "too_high"
)

// Beside compares the figure that the body above states with the total of those below.
// exact: the own figures of the body above are among them.
func (t *Total) Beside(own Figure, exact bool) Verdict {
	sum := t.Sum()
	switch {
	case own.Silent() && sum.Sign() == 0:
		return Nothing
	case !own.Known():
		return Open
	case own.Value.Cmp(sum) < 0:
		return TooLow
	case t.Unknown > 0:
		return Open
	case exact && own.Value.Cmp(sum) > 0:
		return TooHigh
	}
	return Agrees
}

// Weighing tells whether a report adds up those below it at all: a government may
// publish the figures of its own office alone. The zero Weighing has seen nothing.
type Weighing struct {
	below, reached int
	own, sum       big.Rat
}

// Add takes a cell with what is below it.
func (w *Weighing) Add(own Figure, t *Total) {
	if !own.Known() || t.Sum().Sign() <= 0 {
		return
	}
	w.reached++
	w.own.Add(&w.own, own.Value)
	w.sum.Add(&w.sum, t.Sum())
	if own.Value.Cmp(t.Sum()) < 0 {
		w.below++
	}
}

// OwnAlone tells whether most cells are less than what is below, and together less than
// half of it.
func (w *Weighing) OwnAlone() bool {
	return 2*w.below > w.reached && new(big.Rat).Add(&w.own, &w.own).Cmp(&w.sum) < 0
}

// Word is the verdict in Chinese.
func (v Verdict) Word() string {
	switch v {
	case Nothing:
		return "都没有填"
	case Open:
		return "无法判断"
	case Agrees:
		return "相符"
	case TooLow:
		return "少于下级之和"
	case TooHigh:
		return "多于下级之和"
	}
	return string(v)
}
