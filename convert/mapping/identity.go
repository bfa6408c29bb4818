package mapping

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// readIdentity fills title, agency, year, period, signature, metadata and
// sections from the running text.
func (out *Reading) readIdentity(doc *extract.Document, lines []line, o *outline) {
	first, after := -1, 0
	if len(o.chapters) > 0 {
		first = o.chapters[0].at
		after = o.chapters[len(o.chapters)-1].at + 1
	}
	r := &out.Report
	title := findTitle(lines, first)
	if title != nil {
		text := title.text
		r.Title = &text
		after = max(after, title.last+1)
	}
	meta, name := readMetadata(doc, lines, first)
	r.Metadata = meta
	sign := findSignature(lines, after, o.end)
	if sign.on == nil && o.end < len(lines) {
		if late := findSignature(lines, o.end, len(lines)); late.on != nil && late.by != "" {
			late.lines = sign.lines
			sign = late
		}
	}
	if sign.on == nil && title != nil {
		sign.underTitle(lines, title.last+1, first)
	}
	if from := sign.first(); from >= after && from > 0 && (r.Metadata == nil || r.Metadata.PublishedOn == nil) {
		if d := readTail(lines, from); d != nil {
			if r.Metadata == nil {
				r.Metadata = &report.Metadata{}
			}
			r.Metadata.PublishedOn = d
		}
	}
	if sign.by != "" {
		by := sign.by
		r.SignedBy = &by
	}
	r.SignedOn = sign.on
	r.Period = findPeriod(lines)
	if agency := out.agency(lines, title, name, &sign); agency != "" {
		r.Agency = &agency
	}
	if year, ok := out.year(lines, title, name, &sign); ok {
		r.Year = &year
	}
	r.Sections, out.Chapters = o.sections(lines, doc.Blocks, sign.lines)
}

// first is the index of the first line of the signature; -1 without one.
func (s *signature) first() int {
	first := -1
	for i := range s.lines {
		if first < 0 || i < first {
			first = i
		}
	}
	return first
}

// underTitle reads a date, with or without the agency, in the two lines under
// the title, where some reports print it in place of a signature.
func (s *signature) underTitle(lines []line, from, first int) {
	end := min(from+2, len(lines))
	if first >= 0 {
		end = min(end, first)
	}
	for i := from; i < end; i++ {
		if d, ok := onlyDate(lines[i].tight); ok {
			s.on = &d
			if i > from && s.by == "" && isAgency(&lines[i-1]) && agencyEnd.MatchString(lines[i-1].tight) {
				s.by = cleanAgency(lines[i-1].tight)
			}
			return
		}
		l := lines[i]
		l.tight = strings.Trim(l.tight, "()（）")
		if agency, d, ok := agencyAndDate(&l); ok {
			s.by, s.on = agency, &d
			return
		}
	}
}

var (
	quotedTitle = lazyregexp.New(`《([^《》]{2,60}?(?:政府信息公开|信息公开|政务公开)[^《》]{0,20}(?:报告|年报))》`)
	madeBy      = lazyregexp.New(`(?:本报告|本年度报告|年度报告)由([^，。,、；（(]{3,40}?)(?:编制|根据|按照|依据|负责)`)
)

// agency is the agency as the title names it; without a title, as the text, the
// signature or the page's metadata names it.
func (out *Reading) agency(lines []line, title *titleLine, name string, sign *signature) string {
	if title != nil {
		if a := agencyOf(title.text); a != "" {
			return a
		}
	}
	if name != "" && namesDisclosure(name) {
		if a := agencyOf(name); a != "" {
			return a
		}
	}
	for i := range lines {
		if !strings.Contains(lines[i].tight, "报》") && !strings.Contains(lines[i].tight, "报告》") {
			continue
		}
		for _, m := range quotedTitle.FindAllStringSubmatch(lines[i].tight, 4) {
			if _, dated := yearIn(m[1]); !dated {
				continue
			}
			if a := agencyOf(m[1]); agencyEnd.MatchString(a) {
				return a
			}
		}
	}
	if sign.by != "" {
		return sign.by
	}
	if m := out.Report.Metadata; m != nil && m.Publisher != nil {
		return *m.Publisher
	}
	for i := range lines {
		if !strings.Contains(lines[i].tight, "报告由") {
			continue
		}
		if m := madeBy.FindStringSubmatch(lines[i].tight); m != nil && agencyEnd.MatchString(m[1]) {
			return m[1]
		}
	}
	return ""
}

var yearMention = lazyregexp.New(`((?:19|20)\d{2})(?:年度|年)`)

// year is the year reported on: the title's, then that of the page's name, the
// period's, and last the year that the text names most often, which is never
// that of the signature.
func (out *Reading) year(lines []line, title *titleLine, name string, sign *signature) (int, bool) {
	if title != nil {
		if y, ok := yearIn(title.text); ok {
			return y, true
		}
	}
	if y, ok := yearIn(name); ok {
		return y, true
	}
	if p := out.Report.Period; p != nil {
		return p.Start.Year, true
	}
	count := map[int]int{}
	for i := range lines {
		if sign.lines[i] || !strings.Contains(lines[i].tight, "年") {
			continue
		}
		for _, m := range yearMention.FindAllStringSubmatch(nfkc(lines[i].tight), 200) {
			count[atoi(m[1])]++
		}
	}
	best := 0
	for y, n := range count {
		if n > count[best] || n == count[best] && y > best {
			best = y
		}
	}
	if best == 0 && sign.on != nil {
		return sign.on.Year - 1, true
	}
	return best, best > 0
}
