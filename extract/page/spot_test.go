package page

import (
	"math/rand/v2"
	"testing"
)

// Spots says what a map would, before and after it grew and was cleared.
func TestSpots(t *testing.T) {
	var s Spots
	for page := range 4 {
		want := map[Spot]int32{}
		for i := range int32(20_000) {
			spot := SpotOf(TextHash(string('一'+rune(rand.IntN(50)))), rand.Int32N(40), rand.Int32N(30))
			got, ok := s.At(spot)
			if w, known := want[spot]; got != w && known || ok != known {
				t.Fatalf("page %d, spot %x: %d, %t, want %d, %t", page, spot, got, ok, w, known)
			}
			s.Put(spot, i)
			want[spot] = i
		}
		if s.Clear(); s.taken != 0 {
			t.Errorf("%d spots after all were cleared", s.taken)
		}
	}
	if _, ok := s.At(0); ok {
		t.Error("a spot in none")
	}
}
