package intake

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"nianbao/convert/report"
)

// FuzzCleanName: whatever a client calls its file, the name can be shown, sent
// in a header and is no path.
func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"年报.pdf", `C:\x\y.docx`, "../../etc/passwd", "a\x00b\r\n", "\xff\xfe", "\u202Efdp.exe", strings.Repeat("年 ", 200) + ".pdf"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := cleanName(name)
		bad := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
		if got == "" || got == "." || got == ".." || strings.ContainsAny(got, `/\`) || strings.ContainsFunc(got, bad) {
			t.Errorf("%q becomes %q", name, got)
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxName {
			t.Errorf("%q becomes %q of %d characters", name, got, utf8.RuneCountInString(got))
		}
		if again := cleanName(got); again != got {
			t.Errorf("%q becomes %q, and that %q", name, got, again)
		}
	})
}

// FuzzResultKey: every version makes a key of the characters that archives take,
// and no two versions the same.
func FuzzResultKey(f *testing.F) {
	f.Add("v0.1.0", "v0.1.1")
	f.Add("v1+dirty", "v1_2bdirty")
	f.Add("../..", ".")
	f.Add("甲", "~")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 50 || len(b) > 50 {
			t.Skip("versions are short")
		}
		sum := strings.Repeat("0", 64)
		ka := resultKey(sum, report.Versions{Program: a, Forms: b, Rules: a}, resultSuffix)
		kb := resultKey(sum, report.Versions{Program: b, Forms: b, Rules: a}, resultSuffix)
		name := ka[len(resultsPrefix)+len(sum)+1:]
		if name[0] == '.' || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~") != "" {
			t.Errorf("%q makes the name %q", a, name)
		}
		if (ka == kb) != (a == b) {
			t.Errorf("%q and %q make %q and %q", a, b, ka, kb)
		}
	})
}
