package lazyregexp

import (
	"regexp"
	"slices"
	"testing"
)

func TestLook(t *testing.T) {
	for pattern, texts := range map[string][2][]string{ // that may match, that may not
		`^第([一二三]{1,3})(?:部分|章)`:  {{"第一", "第章部"}, {"", "一、第三章", "a第一章"}},
		`(?:局|委员会|(?i:ab))$`:      {{"局", "委员会", "xaB", "Ab"}, {"", "局长", "会议x", "xb"}},
		`(\d) +(\d)`:              {{"1 2", "　 "}, {"12", ""}},
		`(?:^|；)请(?:概述|填写)`:       {{"请概述", "概述述请"}, {"概述", ""}},
		`^(?:其中|今年)*\s?(?:新收|发生)`: {{"其中新收", " 发生", "新发"}, {"共新收", ""}},
		`^(?:其中)?`:                {{"", "共"}, nil},
		`[^年]+|x`:                 {{"年", ""}, nil},
		`^(?:a|b$)|c`:             {{"xc", "b"}, {"x"}},
		`(?m)^一$`:                 {{"二\n一"}, {"二"}},
	} {
		r := New(pattern)
		for i, list := range texts {
			for _, text := range list {
				if r.may(text) != (i == 0) {
					t.Errorf("%s may match %q: %v", pattern, text, i != 0)
				}
			}
		}
	}
}

// FuzzLook: what may not match does not, and all answers are those of package regexp.
func FuzzLook(f *testing.F) {
	f.Add(`[XＸ]{2,}(?:街道|镇)|公开(?:为|是)例外?$`, "XＸ镇公开为例")
	f.Add(`(?i)^lorem ?ipsum|a{0,3}b+?(c|d)*e{2}`, "LoRem ipsum bbcdee")
	f.Add(`^\pL\b[^a-z]$`, "é.")
	f.Add(`^(?:$|\x{fffd})`, "\xff")
	f.Add(`(?i)k(?:^|s)?$`, "\u212a\u017f")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := regexp.Compile(pattern)
		if err != nil || len(pattern) > 60 || len(text) > 200 {
			return // the patterns are the program's own
		}
		r := &Regexp{source: pattern}
		if got, want := r.MatchString(text), re.MatchString(text); got != want {
			t.Fatalf("%s in %q: %v", pattern, text, got)
		}
		if got, want := r.FindStringSubmatch(text), re.FindStringSubmatch(text); !slices.Equal(got, want) {
			t.Errorf("%s in %q: %q, not %q", pattern, text, got, want)
		}
		if got, want := r.FindAllString(text, -1), re.FindAllString(text, -1); !slices.Equal(got, want) {
			t.Errorf("%s in %q: all %q, not %q", pattern, text, got, want)
		}
		if got, want := r.ReplaceAllString(text, "<$0>"), re.ReplaceAllString(text, "<$0>"); got != want {
			t.Errorf("%s in %q: replaced %q, not %q", pattern, text, got, want)
		}
	})
}
