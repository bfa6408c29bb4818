package page

import (
	"math"
	"testing"
)

func TestMatrix(t *testing.T) {
	m := Matrix{2, 0, 0, 3, 10, 20}
	n := Matrix{0, 1, -1, 0, 5, 6}
	x, y := n.Apply(m.Apply(4, 7))
	if px, py := m.Mul(n).Apply(4, 7); px != x || py != y {
		t.Errorf("the product gives %g, %g, one after the other %g, %g", px, py, x, y)
	}
	sx, sy := m.Apply(4+1, 7+2)
	if px, py := m.Translated(1, 2).Apply(4, 7); px != sx || py != sy {
		t.Errorf("shifted: %g, %g, want %g, %g", px, py, sx, sy)
	}
	if b := m.Mul(n).Box(0, 0, 1, 1); b != (Box{X0: -18, Y0: 16, X1: -15, Y1: 18}) {
		t.Errorf("box %+v", b)
	}
	if s := m.Scale(); math.Abs(s-math.Sqrt(6)) > 1e-12 {
		t.Errorf("scale %g", s)
	}
	for _, bad := range []float64{math.NaN(), math.Inf(-1), 1e8} {
		if (Matrix{1, 0, 0, 1, bad, 0}).Finite() {
			t.Errorf("%g is finite", bad)
		}
	}
	if !Identity().Finite() || Identity().Mul(m) != m {
		t.Error("the identity is none")
	}
}

// The top left corner of the page as shown is the origin, whichever way it is
// turned.
func TestShown(t *testing.T) {
	box := Box{X0: 10, Y0: 20, X1: 110, Y1: 220}
	for turns, corner := range [4][2]float64{{10, 220}, {10, 20}, {110, 20}, {110, 220}} {
		m, w, h := Shown(box, 2, turns)
		if x, y := m.Apply(corner[0], corner[1]); x != 0 || y != 0 {
			t.Errorf("%d turns: corner at %g, %g", turns, x, y)
		}
		want := Box{X1: 200, Y1: 400}
		if turns%2 == 1 {
			want = Box{X1: 400, Y1: 200}
		}
		if b := m.Box(box.X0, box.Y0, box.X1, box.Y1); b != want || w != want.X1 || h != want.Y1 {
			t.Errorf("%d turns: %+v, %g × %g", turns, b, w, h)
		}
	}
}
