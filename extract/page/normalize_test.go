package page

import "testing"

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"政府": "政府", "⼀": "一", "⼾口": "户口", "⻓": "长", "豈": "豈", "a\x05b": "a b", "\uFEFF一": "一", "\uFFFD": "", "": "", "ﬁ": "ﬁ",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
