package lazyregexp

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestNeeded(t *testing.T) {
	for pattern, want := range map[string][]string{
		`公开为例外`:                           {"公开为例外"},
		`[XＸ]{2,}(?:街道|镇)`:                {"XX", "XＸ", "ＸX", "ＸＸ"},
		`共(?:计)?\d+[件条]?(?i:a-b)`:         {"A-", "a-"},
		`nan(?:件|条)`:                      {"nan件", "nan条"}, // addresses have nan
		`[（(](?:请|各)[^（）]{0,16}(?:更新|完善)`: {"(各", "(请", "（各", "（请"},
		`(?:^|[^区])场监管|城县`:                {"城县", "场监管"},
		`.{3,8}`:                          nil,
		`例外|\pL+`:                         nil,
		`(?:例外)*`:                         nil,
		`[^0]模板+`:                         {"模板"},
	} {
		if got := New(pattern).Needed("、，公开的共"); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
			t.Errorf("%s needs %q, not %q", pattern, want, got)
		}
	}
}

// FuzzNeeded: whatever matches holds one of the texts.
func FuzzNeeded(f *testing.F) {
	f.Add(`[XＸ]{2,}(?:街道|镇)|公开(?:为|是)例外?`, "XＸ镇公开为例")
	f.Add(`(?i)lorem ?ipsum|a{0,3}b+?(c|d)*e{2}`, "LoRem ipsum bbcdee")
	f.Add(`^\pL\b[^a-z]$`, "é.")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := regexp.Compile(pattern)
		if err != nil || len(pattern) > 60 || len(text) > 200 {
			return // the patterns are the program's own
		}
		needed := (&Regexp{source: pattern}).Needed("、，的abc")
		if len(needed) == 0 {
			return
		}
		for _, m := range re.FindAllString(text, -1) {
			if !slices.ContainsFunc(needed, func(n string) bool { return strings.Contains(m, n) }) {
				t.Errorf("%s matches %q without any of %q", pattern, m, needed)
			}
		}
	})
}
