package rules

import (
	"strings"
	"testing"
)

// BenchmarkNarrative judges a report of normal length by the rules that read
// sentences, the reading of its claims included.
func BenchmarkNarrative(b *testing.B) {
	x := newFixture(b, "2021", 1)
	prose := "坚持以公开为常态、不公开为例外，持续做好各项工作，不断提升公开质量，切实保障群众的知情权、参与权、表达权和监督权。健全审核、发布和保密审查制度，加强业务培训，丰富解读形式，回应社会关切，方便群众查阅。"
	for range 20 {
		x.say(prose + "受理热线诉求5020件，办结4189件，办结率83.45%；发布信息58条，其中政策文件48条，工作动态4条，其他信息6条。" + prose)
	}
	in := Input{Reading: x.reading, Document: x.doc}
	rules := narrativeRules()
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			ReadClaims(x.reading, x.doc)
		}
	})
	b.Run("judge", func(b *testing.B) {
		c := newContext(in)
		for b.Loop() {
			for i := range rules {
				rules[i].apply(c)
			}
		}
	})
	b.Run("all rules", func(b *testing.B) {
		for b.Loop() {
			if v := Judge(in); strings.Contains(dump(v.Findings), "narrative") {
				b.Fatal(dump(v))
			}
		}
	})
}
