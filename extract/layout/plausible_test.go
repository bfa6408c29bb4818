package layout

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
)

const prose = "本年度，我镇认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，" +
	"全面推进决策、执行、管理、服务、结果公开，共收到依申请公开件，均按期答复。"

// mapped is prose through a wrong map: each character becomes another, always
// the same.
func mapped(text string, to func(n int) rune) string {
	known := map[rune]rune{}
	return strings.Map(func(r rune) rune {
		if !ideograph(r) {
			return r
		}
		if known[r] == 0 {
			known[r] = to(len(known))
		}
		return known[r]
	}, text)
}

// Text that nobody wrote is not passed off as text; text of all kinds that
// somebody may write is.
func TestImpossibleText(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(prose))
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewDecoder().Bytes(gbk)
	if err != nil {
		t.Fatal(err)
	}
	var level1 []rune
	for row := byte(0xB0); row < 0xD7; row++ {
		for cell := byte(0xA1); cell < 0xFF; cell++ {
			s, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{row, cell})
			if err != nil {
				t.Fatal(err)
			}
			level1 = append(level1, []rune(string(s))...)
		}
	}
	for _, c := range []struct {
		name, text string
		want       extract.TextLayer
	}{
		{"prose", prose, extract.TextGood},
		{"shifted codes", mapped(prose, func(n int) rune { return rune(0x4E00 + 37*n) }), extract.TextGarbled},
		{"characters by chance", mapped(prose, func(int) rune { return 0x4E00 + chance.Int32N(0x5200) }), extract.TextGarbled},
		{"frequent ones by chance", mapped(prose+prose, func(int) rune { return level1[chance.IntN(len(level1))] }), extract.TextGarbled},
		{"rare planes", mapped(prose, func(n int) rune { return rune(0x20000 + n) }), extract.TextGarbled},
		{"GBK bytes as Latin-1", string(latin), extract.TextGarbled},
		{"few characters", mapped("信息公开年度报告", func(n int) rune { return rune(0x4E00 + 37*n) }), extract.TextGood},
		{"a rare name in each row", strings.Repeat("鄄邳郯", 40), extract.TextGood},
		{"names", "王建国李秀英张伟刘芳陈静杨洋赵磊黄丽周强吴敏徐杰孙艳马超朱明胡军郭霞何平高桂兰林涛罗辉梁健宋佳", extract.TextGood},
		{"places", "浙江省杭州市西湖区北山街道安徽省合肥市庐阳区四川省成都市锦江区湖北省武汉市武昌区水果湖街道广东省深圳市", extract.TextGood},
		{"traditional", "政府資訊公開法規定，人民得申請政府機關提供資訊，機關應於受理申請之日起十五日內為准駁之決定，並以書面通知申請人。", extract.TextGood},
		{"Japanese", "行政機関の保有する情報の公開に関する法律に基づく開示請求は、行政機関の長に対し、開示請求書を提出してしなければならない。漏電遮断器漏電遮断器漏電遮断器", extract.TextGood},
		{"Korean", "공공기관의 정보공개에 관한 법률에 따라 공공기관이 보유 관리하는 정보에 대하여 국민의 공개 청구 및 공공기관의 공개 의무를 정한다", extract.TextGood},
		{"French", "À l’été, l’élève préféré a répété où il était né; ça a été très gênant, même à Noël, là-bas, près de la forêt brûlée", extract.TextGood},
		{"figures", strings.Repeat("128 0 3.5 1,204 ", 20), extract.TextGood},
	} {
		s := newSketch(1)
		s.text(20, 100, 10, c.text)
		if got := Verdict(&s.Page); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// One font with impossible text among others makes the page garbled where it is
// more than a small part of it, and not where it is less.
func TestImpossibleFont(t *testing.T) {
	wrong := mapped(prose, func(n int) rune { return rune(0x4E00 + 37*n) })
	for times, want := range map[int]extract.TextLayer{1: extract.TextGarbled, 6: extract.TextGood} {
		s := newSketch(1)
		s.text(20, 100, 10, strings.Repeat(prose, times))
		n := len(s.Glyphs)
		s.text(20, 200, 10, wrong)
		s.Fonts = append(s.Fonts, s.Fonts[0])
		for i := n; i < len(s.Glyphs); i++ {
			s.Glyphs[i].Font = len(s.Fonts) - 1
		}
		if got := Verdict(&s.Page); got != want {
			t.Errorf("%d parts to one: %s, want %s", times, got, want)
		}
	}
}

// A map with the digits of a report and nothing else leaves figures without
// labels: they are no text either.
func TestDigitsOnly(t *testing.T) {
	s := newSketch(1)
	s.text(20, 100, 10, strings.Repeat("收到申请12件，办结10件。", 8))
	for i := range s.Glyphs {
		if g := &s.Glyphs[i]; !digit([]rune(g.Text)[0]) {
			g.Text, g.Unmapped = "", true
		}
	}
	doc, warnings := build(t, s)
	if len(doc.Blocks) != 0 || doc.Pages[0].TextLayer != extract.TextGarbled || len(warnings) != 1 || warnings[0].Code != "page_garbled" {
		t.Errorf("%+v, %+v", doc, warnings)
	}
}
