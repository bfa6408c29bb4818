package bodies

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nianbao/extract/lazyregexp"
)

// key is what names are compared by: half-width letters and digits in lower case
// and ideographs, without spaces, brackets and all other marks.
func key(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
}

var (
	// governmentEnd is what a place's government has behind the place's name.
	governmentEnd = lazyregexp.New(`(?:人民政府|政府)$`)
	// placeEnd is how names of places end.
	placeEnd = lazyregexp.New(`(?:自治区|自治州|自治县|自治旗|新区|开发区|街道|[省市县区州旗盟乡镇])$`)
	// leadingPlace is the place that a department's name begins with. At least two
	// characters stand before 市: 城市管理局 begins with no place.
	leadingPlace = lazyregexp.New(`^\p{Han}{2,7}?[省市县区州旗盟]`)
)

// placeOf is the name of the place that a body governs, as a key; empty for
// bodies that govern none.
func placeOf(name string) string {
	k := governmentEnd.ReplaceAllString(key(name), "")
	if !placeEnd.MatchString(k) || len([]rune(k)) < 3 {
		return ""
	}
	return k
}

// generic is the word that stands for a place below it: 县教育局 for 云溪县教育局.
func generic(place string) string {
	if place == "" || strings.HasSuffix(place, "街道") {
		return ""
	}
	_, size := utf8.DecodeLastRuneInString(place)
	return place[len(place)-size:]
}

// canon is a key without what names of places' authorities have or lack: 青石镇 and
// 青石镇人民政府 are one body, 松陵街道 and 松陵街道办事处 as well.
func canon(k string) string {
	for _, end := range []string{"人民政府", "政府", "办事处"} {
		if base, ok := strings.CutSuffix(k, end); ok && placeEnd.MatchString(base) {
			return base
		}
	}
	return k
}

// ownPart is the key of a name without the places above it.
func ownPart(k string, places []string) string {
	for cut := true; cut; {
		cut = false
		for _, p := range places {
			for _, front := range []string{p + "人民政府", p} {
				if rest, ok := strings.CutPrefix(k, front); ok && utf8.RuneCountInString(rest) >= 2 {
					k, cut = rest, true
				}
			}
		}
	}
	if len(places) == 0 {
		return k
	}
	g := generic(places[0])
	if rest, ok := strings.CutPrefix(k, g); ok && g != "" && utf8.RuneCountInString(rest) >= 3 {
		return rest // the list itself says 县教育局
	}
	return k
}

// nobody are own parts that name a body only with a place before them.
var nobody = []string{"办公室", "办公厅", "办事处", "委员会", "管委会", "管理委员会", "服务中心", "人民政府", "政府"}

// leads tells whether a name may have this front before its own part: nothing, the
// place above it (云溪县) or places from there upwards (江州市云溪县), as such or as
// their government (云溪县人民政府), or the generic word (县).
func leads(front string, places []string) bool {
	if front == "" {
		return true
	}
	for _, end := range []string{"", "人民政府", "政府"} {
		chain, ok := strings.CutSuffix(front, end)
		if !ok || chain == "" {
			continue
		}
		if len(places) > 0 && chain == generic(places[0]) {
			return true
		}
		for _, p := range places {
			if chain, ok = strings.CutSuffix(chain, p); !ok {
				break
			}
			if chain == "" {
				return true
			}
		}
	}
	return false
}
