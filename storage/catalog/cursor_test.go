package catalog

import (
	"errors"
	"testing"

	"nianbao/convert/intake"
)

// FuzzCursor: a cursor is accepted only in the one form we give out.
func FuzzCursor(f *testing.F) {
	f.Add(cursor(1700000000001000, "abcdefghijklmnopqrstuvwxyz"))
	f.Add(placeCursor(1700000000001000))
	f.Add(cursor(-1, "a"))
	f.Add("MSAxIGE")
	f.Add("not base64!")
	f.Fuzz(func(t *testing.T, given string) {
		us, id, err := parseCursor(given)
		switch {
		case err == nil && cursor(us, id) != given:
			t.Errorf("%q is accepted as %q", given, cursor(us, id))
		case err != nil && !errors.Is(err, intake.ErrBadFilter):
			t.Errorf("%q: %v", given, err)
		}
		place, err := parsePlace(given)
		switch {
		case err == nil && placeCursor(place) != given:
			t.Errorf("%q is accepted as %q", given, placeCursor(place))
		case err != nil && !errors.Is(err, intake.ErrBadFilter):
			t.Errorf("%q: %v", given, err)
		}
	})
}
