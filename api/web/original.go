package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/intake"
	"nianbao/convert/picture"
	"nianbao/convert/places"
	"nianbao/convert/report"
	"nianbao/extract"
)

// originalView is the original beside the tables: the pages of a PDF as pictures
// with boxes over them, or a Word document as it was read.
type originalView struct {
	Pages  []pageView
	Blocks []blockView
	Notes  []string
	// Download is the address of the file itself.
	Download string
}

// pageView is one page. Width and Height are in points, and the boxes', too.
type pageView struct {
	N             int
	Width, Height float64
	Pixels, Lines int // width and height of the usual picture
	Source, Set   string
	Boxes         []boxView
	Unread        string // what is wrong with its text
}

// boxView is a box on a page that leads to what was read there.
type boxView struct {
	ID, Href, Label, Class string
	X, Y, W, H             float64
}

// blockView is one block of a Word document: a table, or text of the class.
type blockView struct {
	ID, Class, Text, Href string
	Rows                  [][]originalCell
	Columns               int
}

// originalCell is one cell of a table of the original; Href leads to the figure
// that was read there.
type originalCell struct {
	ID, Class, Text, Href string
	RowSpan, ColSpan      int
}

// target is what a spot of the original leads to.
type target struct {
	href, label string
	severity    report.Severity // of the gravest finding; empty for none
	quiet       bool            // one of many places of a finding
	current     bool            // a place of the finding that is shown
}

// class is how a spot is marked.
func (t *target) class() string {
	var c []string
	if t.severity != "" {
		c = append(c, "has-"+string(t.severity))
	}
	if t.quiet {
		c = append(c, "quiet")
	}
	if t.current {
		c = append(c, "on")
	}
	return strings.Join(c, " ")
}

// targets are the spots of a report's original by their ids.
type targets struct {
	index *places.Index
	at    map[string]*target
	spots map[string]places.Spot
}

// add makes spots lead somewhere, where they do not yet.
func (t *targets) add(href, label string, spots ...places.Spot) {
	for _, s := range spots {
		id := s.ID()
		if t.at[id] == nil {
			t.at[id], t.spots[id] = &target{href: href, label: label}, s
		}
	}
}

// mark marks the spots of a finding.
func (t *targets) mark(f *findingView, current bool) {
	for _, s := range f.spots {
		t.add("#finding-"+strconv.Itoa(f.N), f.Message, s)
		at := t.at[s.ID()]
		at.current = at.current || current
		if at.severity == "" { // the gravest findings come first
			at.severity, at.quiet = f.Severity, len(f.spots) > maxLinks
		} else if len(f.spots) <= maxLinks {
			at.quiet = false
		}
	}
}

// newTargets finds the spots of all that the page shows.
func newTargets(v *reportView, x *places.Index, names map[string]string, current int) *targets {
	t := &targets{index: x, at: map[string]*target{}, spots: map[string]places.Spot{}}
	paths := make([]string, 0, len(v.Result.Provenance))
	for p := range v.Result.Provenance {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		if s, ok := x.Cell(v.Result.Provenance[p]); ok && names[p] != "" && tableAt(&v.Result.Report, p) != nil {
			t.add("#"+anchor(p), names[p]+"："+clip(v.Result.Provenance[p].Text, 24), s)
		}
	}
	t.add("#at-title", "标题", x.Of("/report/title")...)
	for i := range v.Result.Report.Sections {
		s := &v.Result.Report.Sections[i]
		at := "#" + anchor(sectionPath(i))
		t.add(at, heading(s), x.Of(sectionPath(i))...)
		for n := range strings.Count(s.Text, "\n") + 1 {
			if spot, ok := x.Paragraph(i, n); ok {
				t.add(at+"-p"+strconv.Itoa(n), heading(s), spot)
			}
		}
	}
	t.add("#at-signed_by", "落款机关", x.Of("/report/signed_by")...)
	t.add("#at-signed_on", "落款日期", x.Of("/report/signed_on")...)
	for _, g := range v.Groups {
		for _, f := range g.Items {
			t.mark(f, f.N == current)
		}
	}
	return t
}

// paragraphs are the places of the chapters' paragraphs, by the ids of these. It
// works on nil.
func (t *targets) paragraphs() map[string]string {
	out := map[string]string{}
	if t == nil {
		return out
	}
	for id, at := range t.at {
		if strings.HasPrefix(at.href, "#at-sections-") && len(pieces(t.index, []places.Spot{t.spots[id]})) > 0 {
			out[at.href[1:]] = id
		}
	}
	return out
}

// tableAt is the statutory table of a figure's path; nil where the report has none.
func tableAt(r *report.Report, path string) *report.Node {
	key, _, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	return r.Table(key)
}

// viewOriginal lays the original out.
func (p *Pages) viewOriginal(s *intake.Summary, doc *extract.Document, t *targets) *originalView {
	v := &originalView{Download: "/v1/reports/" + url.PathEscape(s.ID) + "/original"}
	if len(doc.Pages) > 0 {
		p.viewPages(v, s, doc, t)
		return v
	}
	for i := range doc.Blocks {
		v.Blocks = append(v.Blocks, viewBlock(doc, i, t))
	}
	return v
}

// viewPages are the pages of a PDF.
func (p *Pages) viewPages(v *originalView, s *intake.Summary, doc *extract.Document, t *targets) {
	if !p.cfg.Pictures {
		v.Notes = append(v.Notes, "本服务不能绘制页面图片，请下载原件查看。")
	} else if p.cfg.NoChineseFonts {
		v.Notes = append(v.Notes, "服务所在的机器没有中文字体：没有嵌入字体的 PDF，图片上的中文是空白。请管理员安装 fonts-noto-cjk 或 fonts-wqy-zenhei 后重启服务。")
	}
	boxes := t.boxes()
	for i := range doc.Pages {
		page := &doc.Pages[i]
		width, height := max(page.Width, 1), max(page.Height, 1)
		pv := pageView{N: page.Number, Width: width, Height: height, Boxes: boxes[page.Number],
			Pixels: picture.DefaultWidth, Lines: max(1, int(picture.DefaultWidth*height/width+0.5))}
		if p.cfg.Pictures {
			base := "/v1/reports/" + url.PathEscape(s.ID) + "/pages/" + strconv.Itoa(page.Number) + "?width="
			pv.Source = base + strconv.Itoa(picture.DefaultWidth)
			var set []string
			for _, w := range picture.Widths() {
				set = append(set, fmt.Sprintf("%s%d %dw", base, w, w))
			}
			pv.Set = strings.Join(set, ", ")
		}
		switch page.TextLayer {
		case extract.TextNone:
			pv.Unread = "本页没有可读的文字（空白页或扫描图片），没有读取。"
		case extract.TextGarbled:
			pv.Unread = "本页的文字是乱码，没有读取。"
		case extract.TextGood, extract.TextOCR:
		}
		v.Pages = append(v.Pages, pv)
	}
}

// boxes are the targets' boxes by page, from top to bottom.
func (t *targets) boxes() map[int][]boxView {
	out := map[int][]boxView{}
	for id, at := range t.at {
		for k, b := range t.index.Boxes(t.spots[id]) {
			out[b.Page] = append(out[b.Page], boxView{
				ID: pieceID(id, k), Href: at.href, Label: at.label, Class: strings.TrimSpace("box " + kindOf(t.spots[id]) + " " + at.class()),
				X: tenth(b.BBox[0]), Y: tenth(b.BBox[1]), W: tenth(max(b.BBox[2]-b.BBox[0], 1)), H: tenth(max(b.BBox[3]-b.BBox[1], 1)),
			})
		}
	}
	for _, list := range out { // large ones first: what lies over them can be clicked
		slices.SortFunc(list, func(a, b boxView) int {
			if a.W*a.H != b.W*b.H {
				return int((b.W*b.H - a.W*a.H) * 100)
			}
			return strings.Compare(a.ID, b.ID)
		})
	}
	return out
}

func kindOf(s places.Spot) string {
	if s.Cell != nil {
		return "cell"
	}
	return "text"
}

// pieceID is the id of piece k, from 0, of a spot that a page break cut.
func pieceID(id string, k int) string {
	if k == 0 {
		return id
	}
	return id + "-" + strconv.Itoa(k+1)
}

// pieces are the ids of all pieces of spots that the page shows.
func pieces(x *places.Index, spots []places.Spot) []string {
	var ids []string
	for _, s := range spots {
		n := 1
		if x.Paged() {
			n = len(x.Boxes(s))
		}
		for k := range n {
			ids = append(ids, pieceID(s.ID(), k))
		}
	}
	return ids
}

// tenth rounds to a tenth of a point.
func tenth(v float64) float64 { return float64(int(v*10+0.5)) / 10 }
