package rules

import (
	"slices"
	"strings"
)

// How surely one number is the other with a slip of the hand.
const (
	unlikely = iota
	near     // one digit of two is another, or two small numbers are neighbours
	surely   // the digits stand in another order, or one of three and more is another
)

// slipOfDigits compares two numbers as they are written.
func slipOfDigits(x, y string) int {
	const least, enough = 2, 3
	if len(x) != len(y) || len(x) < least {
		return unlikely
	}
	differ := 0
	for i := range len(x) {
		if x[i] != y[i] {
			differ++
		}
	}
	switch {
	case differ == 0:
		return unlikely
	case differ == 1 && len(x) < enough:
		return near
	case differ == 1, reordered(x, y):
		return surely
	}
	return unlikely
}

// slipOf reports whether one number of two digits and more may be the other with a slip of the hand.
func slipOf(a, b string) bool { return slipOfDigits(a, b) != unlikely }

// reordered reports whether two numbers have the same digits, in another order: 213 and 312.
func reordered(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// slipOfPrinted compares two numbers with the noughts at their ends: 3000 and 3500.
func slipOfPrinted(a, b *telling) int {
	return min(near, slipOfDigits(a.value, b.value))
}

// slipBetween compares two numbers by their significant digits, their size and their distance.
func slipBetween(a, b *telling) int {
	if how := slipOfDigits(a.digits, b.digits); how != unlikely {
		return how
	}
	if movedPoint(a, b) && string(a.own) == string(b.own) && a.claim.Scope.Cumulative == b.claim.Scope.Cumulative || tenfold(a, b) || tenfold(b, a) {
		return surely
	}
	if len(a.digits)+len(b.digits) == len("7")+len("17") && a.digits[len(a.digits)-1] == b.digits[len(b.digits)-1] {
		return near // 7期, 17期
	}
	const percent, small, step = 15, 20, 2
	low, high := min(a.number, b.number), max(a.number, b.number)
	if high*100 <= low*(100+percent) || high < small && high-low <= step {
		return near
	}
	return unlikely
}

// movedPoint reports whether two numbers have the same digits, two at least, and not the same size:
// 3500余 and 3.5万余.
func movedPoint(a, b *telling) bool {
	const least = 2
	x, y := strings.TrimRight(strings.ReplaceAll(a.digits, ".", ""), "0"), strings.TrimRight(strings.ReplaceAll(b.digits, ".", ""), "0")
	return x == y && len(x) >= least && a.number != b.number
}

// tenfold reports whether one number is the other, rounded, but for its size: 6348 and 6.3万.
func tenfold(a, b *telling) bool {
	const digits, ten, half = 3, 10, 2
	if a.figure == nil || b.figure == nil || !b.figure.Multiplied || a.figure.Multiplied || b.claim.Step == nil || len(a.digits) < digits {
		return false
	}
	step, _ := b.claim.Step.Float64()
	diff := a.number*ten - b.number
	return diff != 0 && diff*half <= step && -diff*half <= step
}
