package claims

import (
	"strings"
	"testing"
)

func FuzzGlance(f *testing.F) {
	f.Add("全年收到政府信息公开申请12件", "公开申请")
	f.Add("全年收到政府信息公开申请12件", "申请表")
	f.Add("a信\xe4\xbf", "信息")
	f.Add("信息", "")
	f.Fuzz(func(t *testing.T, text, word string) {
		g := glanceAt(text)
		if g.has(word) != strings.Contains(text, word) {
			t.Errorf("%q in %q: %v", word, text, g.has(word))
		}
	})
}
