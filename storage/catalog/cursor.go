package catalog

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/intake"
)

// cursorVersion begins every cursor, so that old ones can be told when the
// order changes.
const cursorVersion = "1"

// cursor is the cursor of what comes after a time and an id.
func cursor(us int64, id string) string {
	plain := cursorVersion + " " + strconv.FormatInt(us, 10) + " " + id
	return base64.RawURLEncoding.EncodeToString([]byte(plain))
}

// parseCursor accepts exactly what cursor makes.
func parseCursor(given string) (us int64, id string, err error) {
	if plain, err := base64.RawURLEncoding.DecodeString(given); err == nil {
		parts := strings.Split(string(plain), " ")
		if len(parts) == 3 && validID(parts[2]) {
			us, err := strconv.ParseInt(parts[1], 10, 64)
			if err == nil && cursor(us, parts[2]) == given {
				return us, parts[2], nil
			}
		}
	}
	return 0, "", fmt.Errorf("catalog: cursor %.64q is none of ours: %w", given, intake.ErrBadFilter)
}

// validID accepts what intake.IDOf makes: base32 in lower case.
func validID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// placeVersion begins the cursors of lists of reports.
const placeVersion = "2"

// placeCursor is the cursor of what comes after the report in this place.
func placeCursor(place int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(placeVersion + " " + strconv.FormatInt(place, 10)))
}

// parsePlace accepts exactly what placeCursor makes.
func parsePlace(given string) (place int64, err error) {
	if plain, err := base64.RawURLEncoding.DecodeString(given); err == nil {
		if number, ok := strings.CutPrefix(string(plain), placeVersion+" "); ok {
			place, err := strconv.ParseInt(number, 10, 64)
			if err == nil && placeCursor(place) == given {
				return place, nil
			}
		}
	}
	return 0, fmt.Errorf("catalog: cursor %.64q is none of ours: %w", given, intake.ErrBadFilter)
}
