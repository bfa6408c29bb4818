package textdiff

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// show writes pieces as [gone|new].
func show(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case Gone:
			b.WriteString("[-" + p.Text + "]")
		case New:
			b.WriteString("[+" + p.Text + "]")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, c := range [][3]string{
		{"", "", ""},
		{"新收申请33件。", "新收申请33件。", "新收申请33件。"},
		{"新收申请33件。", "新收申请130件。", "新收申请[-33][+130]件。"},
		{"", "新增一段", "[+新增一段]"},
		{"占12.5%，同比增长", "占12.8%，同比增长", "占[-12.5%][+12.8%]，同比增长"},
		{"及时公开各类政务信息", "主动、及时公开各类政府信息", "[+主动、]及时公开各类政[-务][+府]信息"},
		// 的 alone is in both by chance.
		{"加强了栏目的检查", "优化平台建设的流程", "[-加强了栏目的检查][+优化平台建设的流程]"},
	} {
		got, ok := Words(c[0], c[1])
		if !ok || show(got) != c[2] {
			t.Errorf("%s → %s: %s, %v; want %s", c[0], c[1], show(got), ok, c[2])
		}
	}
}

func TestParagraphs(t *testing.T) {
	before := "一是完善制度，明确分工。\n二是加强审核，先审后发。\n　三是优化栏目设置。\n将被删去的一段。"
	after := "一是完善制度，明确分工。\n\n新写的、毫不相干的内容在此。\n二是加强审核，先审后发，严把关口。\n三是优化栏目设置。"
	got, whole := Paragraphs(before, after)
	var b strings.Builder
	for _, p := range got {
		b.WriteString(string(p.Op) + " " + p.Text + show(p.Pieces) + "\n")
	}
	want := `same 一是完善制度，明确分工。
new 新写的、毫不相干的内容在此。
changed 二是加强审核，先审后发[+，严把关口]。
same 三是优化栏目设置。
gone 将被删去的一段。
`
	if b.String() != want || !whole {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

// TestBothTextsComeBack: whatever is compared, what is same and gone is the one text,
// what is same and new the other; and a shortest way is never longer than needed.
func TestBothTextsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() string {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString([]string{"公", "开", "12", "3", " ", "。", "信", "息"}[r.IntN(8)])
		}
		return b.String()
	}
	for range 5000 {
		a, b := random(), random()
		pieces, ok := Words(a, b)
		was, is := sides(pieces)
		if !ok || was != a || is != b {
			t.Fatalf("%q → %q: %s", a, b, show(pieces))
		}
		for i := range pieces {
			if i > 0 && pieces[i].Op == pieces[i-1].Op {
				t.Fatalf("%q → %q: two pieces in a row: %s", a, b, show(pieces))
			}
		}
	}
}

func sides(pieces []Piece) (before, after string) {
	for _, p := range pieces {
		if p.Op != New {
			before += p.Text
		}
		if p.Op != Gone {
			after += p.Text
		}
	}
	return before, after
}

// TestAlignIsShortest: as many elements stay as the longest common subsequence has.
func TestAlignIsShortest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		a, b := make([]int, r.IntN(12)), make([]int, r.IntN(12))
		for i := range a {
			a[i] = r.IntN(4)
		}
		for i := range b {
			b[i] = r.IntN(4)
		}
		steps, ok := align(a, b, 100)
		kept, i, j := 0, 0, 0
		for _, s := range steps {
			if s.a >= 0 && s.b >= 0 {
				kept++
				if a[s.a] != b[s.b] {
					t.Fatalf("%v, %v: %v are not the same", a, b, s)
				}
			}
			if s.a >= 0 {
				if s.a != i {
					t.Fatalf("%v, %v: out of order: %v", a, b, steps)
				}
				i++
			}
			if s.b >= 0 {
				if s.b != j {
					t.Fatalf("%v, %v: out of order: %v", a, b, steps)
				}
				j++
			}
		}
		if !ok || i != len(a) || j != len(b) || kept != longest(a, b) {
			t.Fatalf("%v, %v: %v keeps %d of %d", a, b, steps, kept, longest(a, b))
		}
	}
}

func longest(a, b []int) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if a[0] == b[0] {
		return 1 + longest(a[1:], b[1:])
	}
	return max(longest(a[1:], b), longest(a, b[1:]))
}

// TestBounds: what differs too much is told as a whole, and says so.
func TestBounds(t *testing.T) {
	words := func(n int, from rune) string {
		var b strings.Builder
		for i := range n {
			b.WriteRune(from + rune(i))
		}
		return b.String()
	}
	if _, ok := Words(words(maxWordEdits/2, '一'), words(maxWordEdits/2, '冰')); !ok {
		t.Error("as many edits as may be are too many")
	}
	got, ok := Words(words(maxWordEdits/2+1, '一'), words(maxWordEdits/2, '冰'))
	if ok || len(got) != 2 {
		t.Errorf("one edit more: %v, %d pieces", ok, len(got))
	}
	if _, ok := Words(strings.Repeat("公", maxWords+1), "公"); ok {
		t.Error("a paragraph of too many words was looked into")
	}
	many := func(n int, with string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(with + words(3, '一'+rune(3*i)) + "\n")
		}
		return b.String()
	}
	got2, whole := Paragraphs(many(maxParagraphEdits, "甲"), many(1, "乙"))
	if whole || len(got2) != maxParagraphEdits+1 {
		t.Errorf("too many paragraphs: %v, %d", whole, len(got2))
	}
	if _, whole = Paragraphs(many(31, "甲乙丙丁"), many(31, "乙甲丁丙")); whole {
		t.Error("too many paragraphs were held against each other")
	}
}

func BenchmarkParagraphs(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var before, after strings.Builder
	for range 300 { // about 45,000 characters, every fourth paragraph reworded
		var p []rune
		for range 150 {
			p = append(p, rune('一'+r.IntN(3000)))
		}
		before.WriteString(string(p) + "\n")
		if r.IntN(4) == 0 {
			for range 20 {
				p[r.IntN(len(p))] = rune('一' + r.IntN(3000))
			}
		}
		after.WriteString(string(p) + "\n")
	}
	b.ReportAllocs()
	for b.Loop() {
		Paragraphs(before.String(), after.String())
	}
}
