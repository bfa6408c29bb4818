package mapping

import (
	"strconv"
	"strings"

	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

const (
	hanYear = `[〇○零OoＯ一二三四五六七八九]{4}`
	hanTwo  = `[一二三四五六七八九十廿卅]{1,3}`
	// dateSource matches a whole day in the ways reports print it; its groups are
	// year, month and day, three times.
	dateSource = `(?:((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})[日号]` +
		`|((?:19|20)\d{2})([-./])(\d{1,2})[-./](\d{1,2})(?:\D|$)` +
		`|(` + hanYear + `)年(` + hanTwo + `)月(` + hanTwo + `)[日号])`
)

var (
	datePattern = lazyregexp.New(dateSource)
	dateAlone   = lazyregexp.New(`^[(（\[【]?(?:(?:落款|成文|发布|签发|编制|填表)?(?:日期|时间)[:：])?` + dateSource + `[)）\]】]?[。.]?$`)
)

// digitSpace is white space between two digits: it parts a day from a time.
var digitSpace = lazyregexp.New(`(\d)\s+(\d)`)

// firstDate finds the first whole day in the text and where it begins and ends
// in the folded text; ok is false where there is none that exists.
func firstDate(s string) (d report.Date, folded string, from, to int, ok bool) {
	folded = fold(digitSpace.ReplaceAllString(nfkc(s), "$1|$2"))
	if d, from, to, ok = dateWithin(folded); !ok {
		folded = fold(s)
		d, from, to, ok = dateWithin(folded)
	}
	return d, folded, from, to, ok
}

func dateWithin(folded string) (d report.Date, from, to int, ok bool) {
	for at := 0; at < len(folded); {
		m := datePattern.FindStringSubmatchIndex(folded[at:])
		if m == nil {
			return d, 0, 0, false
		}
		if d, ok := dateOf(folded[at:], m); ok {
			return d, at + m[0], at + m[1], true
		}
		at += m[0] + 1
	}
	return d, 0, 0, false
}

// onlyDate reads a text that is a date and nothing else.
func onlyDate(s string) (report.Date, bool) {
	folded := fold(s)
	m := dateAlone.FindStringSubmatchIndex(folded)
	if m == nil {
		return report.Date{}, false
	}
	return dateOf(folded, m)
}

func dateOf(s string, m []int) (report.Date, bool) {
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	var d report.Date
	switch {
	case group(1) != "":
		d = report.Date{Year: atoi(group(1)), Month: atoi(group(2)), Day: atoi(group(3))}
	case group(4) != "":
		d = report.Date{Year: atoi(group(4)), Month: atoi(group(6)), Day: atoi(group(7))}
	default:
		d = report.Date{Year: hanYearValue(group(8)), Month: hanNumber(group(9)), Day: hanNumber(group(10))}
	}
	return d, d.Valid() && d.Year >= 1990 && d.Year < 2100
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var zeroes = strings.NewReplacer("○", "〇", "O", "〇", "o", "〇", "Ｏ", "〇", "零", "〇")

func hanYearValue(s string) int {
	n, _ := hanDigits(zeroes.Replace(s))
	return n
}

// tens are the words for twenty and thirty in dates.
var tens = strings.NewReplacer("廿", "二十", "卅", "三十")

func hanNumber(s string) int {
	n, _ := hanValue(tens.Replace(s))
	return n
}

// yearIn is the year named in a text: 2021年, 2021, 二〇二一年.
func yearIn(s string) (int, bool) {
	s = fold(s)
	from, to, ok := yearWithin(s)
	if !ok {
		return 0, false
	}
	digits := strings.TrimRight(strings.TrimLeft(s[from:to], "(（【["), "年度)）】]")
	y := hanYearValue(digits)
	if digits[0] <= '9' {
		y = atoi(digits)
	}
	return y, y >= 1990 && y < 2100
}

const rangeSep = `(?:起|止)?,?(?:至|到|[-—–―~～─一])+`

var (
	periodRange = lazyregexp.New(`((?:19|20)\d{2})[年./-](\d{1,2})(?:月份?|[./-])(?:(\d{1,2})[日号]?)?` + rangeSep +
		`(?:((?:19|20)\d{2}|同|本|当)年?[./-]?)?(\d{1,2})(?:月份?|[./-])(?:(\d{1,2})[日号]?)?`)
	sentenceEnds = lazyregexp.New(`[。！!；;\n]`)
)

// findPeriod finds the sentence that says which period the figures cover, and
// the first and last day it names. Nil where no sentence says so.
func findPeriod(lines []line) *report.Period {
	var weak *report.Period
	for i := range lines {
		if !hasPeriodWord(lines[i].tight) || len(lines[i].tight) > 60000 {
			continue
		}
		folded := nfkc(lines[i].tight)
		if !periodRange.MatchString(folded) {
			continue
		}
		for _, sentence := range sentenceEnds.Split(folded, -1) {
			p := periodIn(sentence)
			if p == nil || !hasPeriodWord(sentence) {
				continue
			}
			if strings.Contains(sentence, "统计") && (strings.Contains(sentence, "期限") || strings.Contains(sentence, "时限") || strings.Contains(sentence, "时间") || strings.Contains(sentence, "数据")) ||
				strings.Contains(sentence, "所列数据") || strings.Contains(sentence, "报告期") {
				return p
			}
			if weak == nil && wholeYear(p) {
				weak = p
			}
		}
	}
	return weak
}

// hasPeriodWord reports whether a text speaks of the period of figures.
func hasPeriodWord(s string) bool {
	for _, w := range []string{"统计", "期限", "时限", "数据", "报告期", "所列", "起止", "时间段", "期间"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// wholeYear reports a period from the first to the last day of one year.
func wholeYear(p *report.Period) bool {
	return p.Start.Year == p.End.Year && p.Start.Month == 1 && p.Start.Day == 1 && p.End.Month == 12 && p.End.Day == 31
}

// otherPeriod is said of a period that is not this report's.
var otherPeriod = lazyregexp.New(`上一?个?年|去年|下一?个?年|明年|往年|前一年|同期|专项|整改`)

// periodIn reads the period that a sentence names, passing over those that it
// gives for other years (与上一年度统计期限（…）相比) or other things.
func periodIn(sentence string) *report.Period {
	var m []string
	from := 0
	for _, at := range periodRange.FindAllStringSubmatchIndex(sentence, 8) {
		before := sentence[from:at[0]]
		from = at[1]
		if otherPeriod.MatchString(before) && !strings.Contains(before, "本") {
			continue
		}
		m = make([]string, len(at)/2)
		for i := range m {
			if at[2*i] >= 0 {
				m[i] = sentence[at[2*i]:at[2*i+1]]
			}
		}
		break
	}
	if m == nil {
		return nil
	}
	start := report.Date{Year: atoi(m[1]), Month: atoi(m[2]), Day: max(atoi(m[3]), 1)}
	end := report.Date{Year: start.Year, Month: atoi(m[5]), Day: atoi(m[6])}
	if y := atoi(m[4]); y > 0 {
		end.Year = y
	}
	if m[6] == "" {
		for end.Day = 31; end.Day > 28 && !end.Valid(); {
			end.Day--
		}
	}
	if !start.Valid() || !end.Valid() || end.Before(start) {
		return nil
	}
	return &report.Period{Start: &start, End: &end}
}
