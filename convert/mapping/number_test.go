package mapping

import (
	"encoding/json"
	"strings"
	"testing"

	"nianbao/convert/report"
)

func TestParseCell(t *testing.T) {
	number := func(n, unit string) Cell {
		return Cell{State: report.StateNumber, Number: report.Number(n), Unit: unit}
	}
	blank, hold, text := Cell{State: report.StateBlank}, Cell{State: report.StatePlaceholder}, Cell{State: report.StateText}
	for in, want := range map[string]Cell{
		"": blank, " ": blank, "\u00a0": blank, "　\n ": blank, "\u200b": blank, "\ufeff": blank,
		"/": hold, "-": hold, "—": hold, "——": hold, "－": hold, "–": hold, "―": hold, "无": hold, " 无 ": hold, "、": hold, `\`: hold, "／": hold,
		"--": hold, "- -": hold, "─": hold, "…": hold, "*": hold, "暂无": hold, "不涉及": hold, "N/A": hold, "无。": hold,
		"0": number("0", ""), "12": number("12", ""), " 12 ": number("12", ""), "２０": number("20", ""), "1,234": number("1234", ""),
		"1，234，567": number("1234567", ""), "12 035 628": number("12035628", ""), "1 2": text, "12 35": text, "0 0 1": text,
		"224947\n0.45元": number("2249470.45", "元"), "1\n2": number("12", ""),
		"160.5964万元": number("160.5964", "万元"), "2249470.45元": number("2249470.45", "元"), "0件": number("0", "件"), "3 件": number("3", "件"),
		"12人次": number("12", "人次"), "￥100": number("100", "元"), "60.50": number("60.50", ""), ".5": number("0.5", ""), "5.": number("5", ""), "12。": number("12", ""),
		"减4": number("-4", ""), "-4": number("-4", ""), "－2": number("-2", ""), "−2": number("-2", ""), "— 2": number("-2", ""), "负3": number("-3", ""),
		"+8": number("8", ""), "＋8": number("8", ""), "增8": number("8", ""), "增加8": number("8", ""), "减少8项": number("-8", "项"), "↓4": number("-4", ""), "↑4": number("4", ""),
		"4(减)": number("-4", ""), "4（减）": number("-4", ""), "4（增）": number("4", ""), "-0": number("0", ""), "减0": number("0", ""),
		"007": number("7", ""), "00": number("0", ""), "12①": number("12", ""), "12*": number("12", ""), "12（已核）": number("12", ""),
		"92380（元）": number("92380", "元"), "零": number("0", ""), "〇": number("0", ""), "三": number("3", ""), "十": number("10", ""), "二十五": number("25", ""), "一百零三件": number("103", "件"),
		"一": text, "约10": text, "5-6": text, "3/2": text, "12%": text, "1,23": text, "12万件": text, "见附件": text, "12(含上年2件)": text, "共12件": text,
		"1.2.3": text, "百": text, "①": text, "十百": text, "(4)": text, "一二三四五": text,
		strings.Repeat("9", 24): number(strings.Repeat("9", 24), ""), strings.Repeat("9", 25): text,
	} {
		if got := ParseCell(in); got != want {
			t.Errorf("ParseCell(%q) = %+v, want %+v", in, got, want)
		}
	}
}

// FuzzNumber wants every number to be a decimal literal of JSON, and a number
// printed again to be read as itself.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"", "12", "1,234", "减4", "4(减)", "160.5964万元", "12 035 628", "２０", "二十五", "——", "12①", "¥1.5"} {
		f.Add(s)
	}
	f.Add(".80880008008880880000000")
	f.Fuzz(func(t *testing.T, in string) {
		c := ParseCell(in)
		if (c.State == report.StateNumber) != (c.Number != "") {
			t.Fatalf("ParseCell(%q) = %+v", in, c)
		}
		if c.Number == "" {
			return
		}
		var v json.Number
		if err := json.Unmarshal([]byte(c.Number), &v); err != nil {
			t.Fatalf("ParseCell(%q): %s is no JSON number: %v", in, c.Number, err)
		}
		if again := ParseCell(string(c.Number)); again.Number != c.Number {
			t.Fatalf("ParseCell(%q) = %s, read again %s", in, c.Number, again.Number)
		}
	})
}
