package glance

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzGlance: whatever the text and the word, the answers are those of strings.Contains.
func FuzzGlance(f *testing.F) {
	f.Add("全年收到政府信息公开申请12件", "公开申请")
	f.Add("全年收到政府信息公开申请12件", "申请表")
	f.Add("未收到", "未")
	f.Add("a信\xe4\xbf", "信息")
	f.Add("信息", "")
	f.Add("信\xbf\xbf信息息", "信息息")
	f.Fuzz(func(t *testing.T, text, word string) {
		g, want := At(text), strings.Contains(text, word)
		if g.Has(word) != want {
			t.Errorf("%q in %q: %v", word, text, !want)
		}
		if part := text[len(text)/2:]; g.HasIn(part, word) != strings.Contains(part, word) {
			t.Errorf("%q in the part %q: %v", word, part, g.HasIn(part, word))
		}
		if n := g.Count([]string{word, "※", word}, 2); want && n != 2 || n > 2 {
			t.Errorf("%q in %q: counted %d", word, text, n)
		}
		if at := Index(text, word); at != strings.Index(text, word) {
			t.Errorf("%q in %q: at %d", word, text, at)
		}
		many := append(strings.Split(strings.Repeat("※", 20), ""), word)
		if got := ContainsAny(text, many...); got != (want || strings.Contains(text, "※")) {
			t.Errorf("%q of many words in %q: %v", word, text, got)
		}
	})
}

// BenchmarkHas asks a sentence of 57 characters for words that it does not hold.
func BenchmarkHas(b *testing.B) {
	const sentence = "坚持以公开为常态、不公开为例外，持续做好各项工作，不断提升公开质量，切实保障群众的知情权、参与权、表达权和监督权。"
	words := strings.Fields("未收到 复议 诉讼 起诉 自然人 法人 企业 机构 公益 个人 热线 留言 信箱 咨询 诉求 案件")
	b.Run("at", func(b *testing.B) {
		for b.Loop() {
			At(sentence)
		}
	})
	t := At(sentence)
	b.Run("has", func(b *testing.B) {
		for b.Loop() {
			t.Has(words...)
		}
	})
	b.Run("strings", func(b *testing.B) {
		for b.Loop() {
			for _, w := range words {
				if strings.Contains(sentence, w) {
					b.Fatal(w)
				}
			}
		}
	})
}

// FuzzReplacer: whatever the text and the words, the result is that of strings.Replacer.
func FuzzReplacer(f *testing.F) {
	f.Add("全年收到政府信息公开申请12件", "信息公开", "", "信息", "消息", "2件")
	f.Add("共计公共计", "共计", "※", "共", "", "计公")
	f.Add("a信\xe4\xbf信", "信", "�", "�", "a", "\xbf")
	f.Fuzz(func(t *testing.T, text, a, x, b, y, c string) {
		pairs := []string{a, x, b, y, c, "", a, "again"}
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == "" || !utf8.ValidString(pairs[i]) {
				return
			}
		}
		if got, want := NewReplacer(pairs...).Replace(text), strings.NewReplacer(pairs...).Replace(text); got != want {
			t.Errorf("%q by %q: %q, not %q", text, pairs, got, want)
		}
	})
}
