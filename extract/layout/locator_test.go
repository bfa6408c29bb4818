package layout

import "testing"

// TestLocator: few tables and many give the same answers.
func TestLocator(t *testing.T) {
	var ps []*piece
	for i := range fewTables + 1 {
		x, y := float64(i%3)*150, float64(i/3)*200
		ps = append(ps, &piece{box: box{x, y, x + 160, y + 190}}) // they overlap sideways
	}
	few, many := newLocator(ps[:fewTables]), newLocator(ps)
	if few.squares != nil || many.squares == nil {
		t.Fatal("the number of tables does not decide")
	}
	found := 0
	for x := -10.0; x < 500; x += 3.7 {
		for y := -10.0; y < 380; y += 3.7 { // above the last table
			p := few.find(x, y, touching)
			if p != many.find(x, y, touching) {
				t.Fatalf("at %g, %g the answers differ", x, y)
			}
			if p != nil {
				found++
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d places in tables", found)
	}
}
