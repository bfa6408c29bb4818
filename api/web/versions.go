package web

import (
	"math/big"
	"net/http"
	"strconv"
	"strings"

	"nianbao/api/web/chart"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/convert/textdiff"
)

// versionsView is two versions of a report beside one another.
type versionsView struct {
	*review.Comparison
	Name      string
	Was, Is   versionHead
	Swap      string
	OtherYear bool // they are not for one year, or not of one agency
	Figures   []valueChange
	Identity  []valueChange
	Gone, New []changedFinding
	Chapters  []chapterDiff
	Same      bool // nothing differs
}

// versionHead is what is said of a version.
type versionHead struct {
	review.Version
	Badge  badge
	Counts *intake.Summary
}

// valueChange is a value that differs.
type valueChange struct {
	Table, Row, Column string
	Href               string // of the value in the later version
	Before, After      string
	Difference         string // of numbers, with its sign
}

type changedFinding struct {
	Severity             report.Severity
	Message, Rule, Title string
}

// chapterDiff is a chapter whose text differs, in rows of the two versions.
type chapterDiff struct {
	ID, Title string
	Before    string // the title before, where it was another one
	Note      string
	Rows      []diffRow
}

// diffRow is a paragraph in both versions; Same is set for those in a row that stayed.
type diffRow struct {
	Op          textdiff.Op
	Was, Is     []diffPiece
	Same        []string
	SameSummary string
}

// diffPiece is a run of words, marked where the other version does not have it.
type diffPiece struct {
	Text   string
	Marked bool
}

// Versions shows what differs between a report and its other version, which came
// before.
func (p *Pages) Versions(w http.ResponseWriter, r *http.Request, id, other string) error {
	c, err := p.cfg.Reviews.Compare(r.Context(), other, id)
	if err != nil {
		return err
	}
	v := &versionsView{Comparison: c, Swap: "/reports/" + other + "/compare/" + id}
	var sides [2]intake.Summary
	for i, one := range []string{other, id} {
		if sides[i], err = p.cfg.Reports.Summary(r.Context(), one); err != nil {
			return err
		}
	}
	v.Was, v.Is = head(&c.Before, &sides[0]), head(&c.After, &sides[1])
	v.OtherYear = !sameYear(&sides[0], &sides[1])
	v.Name = summaryName(&sides[1])
	v.values(p.placeNames(sides[0].Form, sides[1].Form))
	v.Gone, v.New = p.changedFindings(c.Changes.Gone), p.changedFindings(c.Changes.New)
	for i := range c.Chapters {
		v.Chapters = append(v.Chapters, viewChapter(i, &c.Chapters[i]))
	}
	v.Same = c.Changes.Empty() && len(c.Chapters) == 0
	return p.render(w, r, "versions", layout{Title: v.Name + "：两版对照", Nav: "reports", Body: v})
}

func head(v *review.Version, s *intake.Summary) versionHead {
	return versionHead{Version: *v, Badge: statusText(s), Counts: s}
}

func sameYear(a, b *intake.Summary) bool {
	return a.Year != nil && b.Year != nil && *a.Year == *b.Year && a.BodyID == b.BodyID
}

// summaryName is what a report is called.
func summaryName(s *intake.Summary) string {
	switch {
	case str(s.Title) != "":
		return *s.Title
	case str(s.Agency) != "":
		return *s.Agency
	}
	return s.Filename
}

// cellPlace is where a value stands, in the form's words.
type cellPlace struct{ Table, Row, Column string }

// placeNames are the places of the forms' figures by their paths; those of a later
// form in the list hold.
func (p *Pages) placeNames(forms ...string) map[string]cellPlace {
	out := map[string]cellPlace{}
	for _, id := range forms {
		f := p.form(id)
		if f == nil {
			continue
		}
		for i := range f.Tables {
			t := &f.Tables[i]
			folded := t.Printed(func(string) bool { return true }) // groups printed as one row, too
			for _, one := range []*form.Table{&folded, t} {
				for _, c := range one.Cells() {
					out[c.Path] = cellPlace{Table: t.Title, Row: c.RowLabel, Column: c.ColumnLabel}
				}
			}
		}
	}
	return out
}

// values puts the values that differ into words, figures apart from the rest.
func (v *versionsView) values(names map[string]cellPlace) {
	for _, c := range v.Changes.Values {
		x := valueChange{Before: shownValue(c.Before), After: shownValue(c.After), Href: "/reports/" + v.After.ID + "#" + anchor(c.Path)}
		if at, ok := names[c.Path]; ok {
			x.Table, x.Row, x.Column = at.Table, at.Row, at.Column
			x.Difference = difference(c.Before, c.After)
			v.Figures = append(v.Figures, x)
			continue
		}
		x.Row = identityName(c.Path)
		v.Identity = append(v.Identity, x)
	}
}

func shownValue(s *string) string {
	if s == nil {
		return "（没有数字）"
	}
	return chart.Thousands(*s)
}

// difference of two numbers with its sign; empty where one is none.
func difference(before, after *string) string {
	if before == nil || after == nil {
		return ""
	}
	a, okA := new(big.Rat).SetString(*before)
	b, okB := new(big.Rat).SetString(*after)
	if !okA || !okB {
		return ""
	}
	d := b.Sub(b, a)
	text := d.FloatString(6)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if d.Sign() > 0 {
		return "+" + text
	}
	return strings.Replace(text, "-", "−", 1)
}

// identityName is what a value is called that is no figure.
func identityName(path string) string {
	for _, f := range append(factPaths(), [2]string{"/report/title", "标题"}) {
		if path == f[0] {
			return f[1]
		}
	}
	if rest, ok := strings.CutPrefix(path, "/report/sections/"); ok {
		if i, err := strconv.Atoi(strings.TrimSuffix(rest, "/title")); err == nil {
			return "第 " + strconv.Itoa(i+1) + " 章的标题"
		}
	}
	return strings.TrimPrefix(path, "/report/")
}

func (p *Pages) changedFindings(all []report.Finding) []changedFinding {
	var out []changedFinding
	for i := range all {
		f := &all[i]
		out = append(out, changedFinding{f.Severity, f.Message, f.Rule, p.rules[f.Rule].Title})
	}
	return out
}

func viewChapter(i int, c *review.Chapter) chapterDiff {
	d := chapterDiff{ID: "chapter-" + strconv.Itoa(i+1), Title: c.After}
	switch {
	case c.After == "":
		d.Title, d.Note = c.Before, "后一版没有这一章。"
	case c.Before == "":
		d.Note = "这一章是后一版新加的。"
	case c.Before != c.After:
		d.Before = c.Before
	}
	if c.Whole {
		d.Note += "改动较多，有的段落整段列为删去和新增。"
	}
	for _, para := range c.Paragraphs {
		d.add(para)
	}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Op == textdiff.Same {
			r.SameSummary = strconv.Itoa(len(r.Same)) + " 段没有变化"
		}
	}
	return d
}

// add puts a paragraph into a row of its own, or to those before that stayed, too.
func (d *chapterDiff) add(para textdiff.Paragraph) {
	row := diffRow{Op: para.Op}
	whole := []diffPiece{{Text: para.Text, Marked: true}}
	switch para.Op {
	case textdiff.Same:
		if n := len(d.Rows); n > 0 && d.Rows[n-1].Op == textdiff.Same {
			d.Rows[n-1].Same = append(d.Rows[n-1].Same, para.Text)
			return
		}
		row.Same = []string{para.Text}
	case textdiff.Gone:
		row.Was = whole
	case textdiff.New:
		row.Is = whole
	default:
		row.Was, row.Is = sides(para.Pieces)
	}
	d.Rows = append(d.Rows, row)
}

// sides are the two texts of what became of their words.
func sides(pieces []textdiff.Piece) (was, is []diffPiece) {
	for _, x := range pieces {
		if x.Op != textdiff.New {
			was = append(was, diffPiece{x.Text, x.Op == textdiff.Gone})
		}
		if x.Op != textdiff.Gone {
			is = append(is, diffPiece{x.Text, x.Op == textdiff.New})
		}
	}
	return was, is
}
