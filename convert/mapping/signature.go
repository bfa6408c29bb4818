package mapping

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// signature is who signed the report and when, and the lines that say so.
type signature struct {
	by    string
	on    *report.Date
	lines map[int]bool
}

var (
	agencyEnd = lazyregexp.New(`(?:局|委|委员会|办|办公室|处|厅|府|政府|镇|乡|街道|会|院|中心|所|队|部|站|司|署|行|社|公司|学校|大学|学院|集团|馆|县|区|市|省|场|法院|检察院|支队|总队|大队|办事处|苏木|农场|林场|园区|开发区|新区|管委会|联合会|协会)(?:[(（](?:盖章|公章|印章|章|代章)[)）])?$`)
	stampNote = lazyregexp.New(`[(（](?:盖章|公章|印章|章|代章)[)）]$`)
	signLabel = lazyregexp.New(`^(?:单位|报告单位|编制单位|发布机构|落款|填报单位|报送单位)(?:名称)?(?:[(（]盖章[)）])?[:：]`)
)

// signatureWindow is how many lines from the end of the main text may hold the
// signature: 印发, 抄送 and page notes may follow it.
const signatureWindow = 12

// findSignature reads the signature at the end of the lines [from, end): the
// last line that is a date and nothing else, and the agency above it.
func findSignature(lines []line, from, end int) signature {
	s := signature{lines: map[int]bool{}}
	for i := end - 1; i >= max(from, end-signatureWindow); i-- {
		l := &lines[i]
		if l.table {
			continue
		}
		if d, ok := onlyDate(l.tight); ok {
			s.on = &d
			s.lines[i] = true
			s.findAgency(lines, i, from, end)
			return s
		}
		if agency, d, ok := agencyAndDate(l); ok {
			s.by, s.on = agency, &d
			s.lines[i] = true
			return s
		}
	}
	for i := end - 1; i >= max(from, end-3); i-- { // signed without a date
		if l := &lines[i]; !l.table && l.src.Align == "right" && isAgency(l) && agencyEnd.MatchString(l.tight) {
			s.by = cleanAgency(l.tight)
			s.lines[i] = true
			break
		}
	}
	return s
}

// findAgency takes the agency from the lines above the date, joined where it
// runs over two lines, or from the line below it.
func (s *signature) findAgency(lines []line, date, from, end int) {
	at := date - 1
	if at >= from && isAgency(&lines[at]) && looksSigned(&lines[at], &lines[date]) {
		s.by = cleanAgency(lines[at].tight)
		s.lines[at] = true
		if up := at - 1; up >= from && isAgency(&lines[up]) && lines[up].src.Align == "right" && lines[at].src.Align == "right" && isContinued(lines[up].tight, lines[at].tight) {
			s.by = cleanAgency(lines[up].tight + lines[at].tight)
			s.lines[up] = true
		}
		return
	}
	if below := date + 1; below < end && isAgency(&lines[below]) && agencyEnd.MatchString(lines[below].tight) && lines[below].src.Align == lines[date].src.Align {
		s.by = cleanAgency(lines[below].tight)
		s.lines[below] = true
	}
}

// isContinued reports whether a name runs from one line to the next: the upper
// one ends like no agency, or the lower one is an ending alone (办事处).
func isContinued(upper, lower string) bool {
	return !agencyEnd.MatchString(upper) || runesOf(cleanAgency(lower)) <= 5
}

// isAgency reports whether the line may be an agency's name: short, no
// sentence, no number, no heading.
func isAgency(l *line) bool {
	t := cleanAgency(l.tight)
	n := runesOf(t)
	if l.table || n < 3 || n > 45 || strings.ContainsAny(t, "。；;：:！!？?《》，") {
		return false
	}
	ord, _ := splitOrdinal(l.tight)
	return ord.style == styleNone
}

// looksSigned reports whether the line above a date is a signature: by the
// ending of its name, or because it stands right like the date.
func looksSigned(l, date *line) bool {
	if agencyEnd.MatchString(cleanAgency(l.tight)) {
		return true
	}
	if l.src.Align == "right" && date.src.Align == "right" {
		return true
	}
	return l.src.BBox != nil && date.src.BBox != nil && l.src.BBox[0] > 200 && date.src.BBox[0] > 200
}

func cleanAgency(s string) string {
	return stampNote.ReplaceAllString(signLabel.ReplaceAllString(s, ""), "")
}

// agencyAndDate reads a line that holds both.
func agencyAndDate(l *line) (string, report.Date, bool) {
	if runesOf(l.tight) > 70 {
		return "", report.Date{}, false
	}
	d, folded, from, to, ok := firstDate(l.tight)
	if !ok || to < len(folded) && strings.Trim(folded[to:], "。.)") != "" {
		return "", d, false
	}
	agency := cleanAgency(strings.TrimRight(folded[:from], "(（"))
	name := *l
	name.tight = agency
	if !isAgency(&name) || !agencyEnd.MatchString(agency) {
		return "", d, false
	}
	return agency, d, true
}
