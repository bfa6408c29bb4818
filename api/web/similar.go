package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"nianbao/convert/history"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/textdiff"
)

// Sharing tells what a report has in common with others; intake.Comparing is one.
// Errors: intake.ErrNotFound, ErrNotReady.
type Sharing interface {
	Shared(ctx context.Context, id string, scope intake.Scope) ([]history.Shared, error)
}

// similarView is a report beside others that say the same.
type similarView struct {
	Summary *intake.Summary
	Name    string
	Others  []similarOther
}

// similarOther is one report that says some of the same.
type similarOther struct {
	*history.Shared
	ID, Name string
	Href     string
	Pairs    []similarPair
}

// similarPair is a passage in both reports; what both have is marked.
type similarPair struct {
	Own, Other  link // chapters
	Text        []diffPiece
	OtherText   []diffPiece
	Characters  int
	WordForWord bool
}

// Similar shows the passages that a report shares with others.
func (p *Pages) Similar(w http.ResponseWriter, r *http.Request, id string) error {
	shared, err := p.cfg.Sharing.Shared(r.Context(), id, intake.Scope{}) // narrowed to the reader's
	if err != nil {
		return err
	}
	summary, err := p.cfg.Reports.Summary(r.Context(), id)
	if err != nil {
		return err
	}
	own, err := p.cfg.Reports.Result(r.Context(), id, false)
	if err != nil {
		return err
	}
	v := &similarView{Summary: &summary, Name: summaryName(&summary)}
	for i := range shared {
		s := &shared[i]
		o := similarOther{Shared: s, ID: "other-" + strconv.Itoa(i+1), Href: "/reports/" + s.Report, Name: sharedName(s)}
		for k := range s.Passages {
			o.Pairs = append(o.Pairs, viewShared(&s.Passages[k], own, o.Href))
		}
		v.Others = append(v.Others, o)
	}
	return p.render(w, r, "similar", layout{Title: v.Name + "：相同的文字", Nav: "reports", Body: v})
}

func sharedName(s *history.Shared) string {
	name := s.Agency
	if s.Before {
		name = "本机关上一年度"
	}
	if name == "" {
		name = "另一份报告"
	}
	if s.Year != 0 {
		name += "（" + strconv.Itoa(s.Year) + "年度）"
	}
	return name
}

func viewShared(x *history.Passage, own *report.Result, href string) similarPair {
	out := similarPair{
		Own: link{Href: "/reports/" + own.ID + "#" + anchor(sectionPath(x.Section))}, Characters: x.Characters,
		Other: link{Href: href + "#" + anchor(sectionPath(x.OtherSection))}, WordForWord: x.Text == x.OtherText,
	}
	if x.Section < len(own.Report.Sections) {
		out.Own.Text = heading(&own.Report.Sections[x.Section])
	}
	pieces, _ := textdiff.Words(x.Text, x.OtherText)
	out.Text, out.OtherText = sides(pieces)
	for _, side := range [][]diffPiece{out.Text, out.OtherText} {
		for i := range side {
			side[i].Marked = !side[i].Marked // what both have is what matters here
		}
	}
	return out
}

// related are the pages that put a report beside others.
func (p *Pages) related(s *intake.Summary) (out []link) {
	if p.cfg.Comparisons == nil {
		return nil
	}
	out = append(out, link{"/reports/" + s.ID + "/similar", "逐句看相同的文字"})
	switch {
	case s.BodyID != "":
		out = append(out, link{"/bodies/" + url.PathEscape(s.BodyID), "本机关历年情况"})
	case str(s.Agency) != "":
		out = append(out, link{"/agencies?name=" + url.QueryEscape(*s.Agency), "本机关历年情况"})
	}
	return out
}
