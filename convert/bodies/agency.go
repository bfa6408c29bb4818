package bodies

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// Agencies of reports that are of no body of the list are told by name alone: the
// same name in another width, with or without 人民政府 and 办事处, and with or without
// the places above it. Where that leaves two agencies open they are not the same.

// townEnd is how names of townships and streets end, which are names of their own
// without the places above them.
var townEnd = lazyregexp.New(`(?:街道|[镇乡])$`)

// AgencyKey is equal for the names that one agency may go by: "江州市云溪县教育局" and
// "云溪县教育局", "云溪县青石镇人民政府" and "青石镇". Different agencies may share it,
// too (鼓楼区教育局 of two cities): SameAgency tells. It is empty for a name without
// letters.
func AgencyKey(name string) string {
	places, own := SplitPlaces(name)
	if len(places) == 0 || townEnd.MatchString(own) || placeEnd.MatchString(own) {
		return own
	}
	return places[len(places)-1] + own
}

// SplitPlaces parts a name into the places it begins with, the highest first, and
// the agency's own part; both are folded as names are compared. The own part of a
// place's government is the place.
func SplitPlaces(name string) (places []string, own string) {
	own = strings.ReplaceAll(canon(key(name)), "人民政府", "政府")
	for {
		place := leadingPlace.FindString(own)
		rest := own[len(place):]
		if place == "" || utf8.RuneCountInString(rest) < 2 {
			return places, own
		}
		places, own = append(places, place), rest
	}
}

// SameAgency tells whether two names can be of one agency and of no other: equal, or
// one has places before it that the other leaves out. The shorter must still name its
// place: 教育局 is anybody's.
func SameAgency(a, b string) bool {
	placesA, ownA := SplitPlaces(a)
	placesB, ownB := SplitPlaces(b)
	if ownA == "" || ownA != ownB {
		return false
	}
	n := min(len(placesA), len(placesB))
	if n == 0 {
		return len(placesA) == len(placesB) || townEnd.MatchString(ownA) || placeEnd.MatchString(ownA)
	}
	for i := 1; i <= n; i++ {
		if placesA[len(placesA)-i] != placesB[len(placesB)-i] {
			return false
		}
	}
	return true
}

// IsOffice tells whether a body is the office of a government (政府办公室): where it files a
// report, that has the government's own figures.
func IsOffice(government, name string) bool {
	own, ok := strings.CutPrefix(AgencyKey(name), AgencyKey(government))
	return ok && (own == "政府办公室" || own == "政府办公厅" || own == "政府办")
}
