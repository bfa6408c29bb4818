package ordinal

import "testing"

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"decimalZero", 3, "03"}, {"decimalFullWidth", 20, "２０"}, {"none", 5, ""},
		{"chineseCounting", 1, "一"}, {"chineseCounting", 10, "十"}, {"chineseCounting", 11, "十一"}, {"chineseCounting", 20, "二十"}, {"chineseCounting", 99, "九十九"}, {"chineseCounting", 105, "一○五"},
		{"chineseCountingThousand", 0, "零"}, {"chineseCountingThousand", 12, "十二"}, {"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1001, "一千零一"}, {"chineseCountingThousand", 1010, "一千零一十"},
		{"chineseLegalSimplified", 10, "壹拾"}, {"chineseLegalSimplified", 105, "壹佰零伍"}, {"chineseLegalSimplified", 3, "叁"},
		{"ideographDigital", 10, "一〇"}, {"ideographDigital", 2025, "二〇二五"},
		{"japaneseCounting", 10, "十"}, {"japaneseCounting", 100, "百"}, {"japaneseCounting", 111, "百十一"}, {"japaneseCounting", 205, "二百五"},
		{"japaneseLegal", 12, "壱拾弐"}, {"ideographLegalTraditional", 3, "參"}, {"taiwaneseCounting", 21, "二十一"}, {"taiwaneseDigital", 20, "二○"},
		{"decimalEnclosedCircle", 1, "①"}, {"decimalEnclosedCircle", 20, "⑳"}, {"decimalEnclosedCircle", 21, "21"}, {"decimalEnclosedParen", 2, "⑵"}, {"decimalEnclosedFullstop", 3, "⒊"},
		{"ideographTraditional", 10, "癸"}, {"ideographZodiac", 12, "亥"}, {"ideographZodiacTraditional", 11, "甲戌"},
		{"upperRoman", 14, "XIV"}, {"lowerRoman", 1999, "mcmxcix"}, {"upperLetter", 26, "Z"}, {"lowerLetter", 28, "bb"},
		{"numberInDash", 4, "- 4 -"}, {"hex", 255, "FF"}, {"ordinal", 12, "12th"}, {"ordinal", 22, "22nd"}, {"aiueoFullWidth", 2, "イ"}, {"ganada", 3, "다"},
		{"ideographEnclosedCircle", 3, "㈢"}, {"ideographEnclosedCircle", 11, "11"}, {"aiueo", 47, "ｱ"}, {"irohaFullWidth", 48, "イ"}, {"chicago", 6, "††"}, {"koreanCounting", 21, "이십일"}, {"koreanDigital2", 20, "二零"},
		{"decimalEnclosedCircleChinese", 11, "⑪"}, {"taiwaneseCountingThousand", 305, "三百零五"}, {"chineseCountingThousand", 20, "二十"}, {"decimalHalfWidth", 7, "7"}, {"decimalFullWidth2", 12, "１２"},
		{"japaneseDigitalTenThousand", 12, "一二"}, {"ideographZodiac", 1, "子"}, {"ideographZodiac", 13, "13"}, {"ideographTraditional", 11, "11"}, {"ideographZodiacTraditional", 60, "癸亥"},
	} {
		if got, known := Format(c.n, c.format, ""); got != c.want || !known {
			t.Errorf("%s %d: %q (known %v), want %q", c.format, c.n, got, known, c.want)
		}
	}
	if got, known := Format(7, "custom", "001, 002, 003, ..."); got != "007" || !known {
		t.Errorf("custom: %q %v", got, known)
	}
	for pattern, want := range map[string]string{
		"一, 十, 一○○(简), ...": "十二", "一, 十, 一百(简), ...": "十二", "一, 一〇, 一〇〇, ...": "一二", "壹, 贰, 叁, ...": "壹拾贰", "壹, 貳, 參, ...": "壹拾貳",
		"甲, 乙, 丙, ...": "12", "子, 丑, 寅, ...": "亥", "甲子, 乙丑, 丙寅, ...": "乙亥", "①, ②, ③, ...": "⑫", "⒈, ⒉, ⒊, ...": "⒓", "⑴, ⑵, ⑶, ...": "⑿", "１, ２, ３, ...": "１２", "㈠, ㈡, ㈢, ...": "12", "α, β, γ, ...": "μ", "Ⅰ, Ⅱ, Ⅲ, ...": "Ⅻ",
	} {
		if got, known := Format(12, "custom", pattern); got != want || !known {
			t.Errorf("custom %s: %q %v", pattern, got, known)
		}
	}
	if got, known := Format(7, "hebrew1", ""); got != "7" || known {
		t.Errorf("unsupported: %q %v", got, known)
	}
	for _, n := range []int{0, 1 << 30} { // no format may fail on odd numbers
		for _, f := range []string{"chineseCounting", "upperRoman", "upperLetter", "ideographTraditional", "ideographZodiacTraditional", "hex", "japaneseCounting"} {
			if got, _ := Format(n, f, ""); got == "" || len(got) > 64 {
				t.Errorf("%s %d: %q", f, n, got)
			}
		}
	}
}

func TestTyped(t *testing.T) {
	for text, want := range map[string]string{
		"一、总体情况": "一、", "（一）主动公开情况。": "（一）", "(十二)其他": "(十二)", "1.属于国家秘密": "1.", "12、其他": "12、", "3）其他": "3）", "（2）其他": "（2）",
		"①甲": "①", "⑴、甲": "⑴、", "㈠甲": "㈠", "Ⅱ.甲": "Ⅱ.", "第一章 总则": "第一章", "第三部分": "", "一，总体情况": "一，", "二.甲": "二.", "十一、甲": "十一、",
		"2025年工作": "", "1.5万件": "", "一是加强": "", "二〇二五年": "", "三等奖": "", "（试行）": "", "第二十条第（一）项": "", "": "", "、": "", "１．甲": "１．", "2023.1.5": "",
		"一,": "一,", "五个方面，包括": "",
	} {
		if got := Typed(text, false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"1.2 范围": "1.2", "1.2.3范围": "1.2.3", "2.5%": "2.5"} {
		if got := Typed(text, true); got != want {
			t.Errorf("heading %q: %q, want %q", text, got, want)
		}
	}
}
