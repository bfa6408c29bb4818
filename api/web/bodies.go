package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
)

// Bodies is the list of bodies; *bodies.Service implements it.
type Bodies interface {
	List(ctx context.Context) (*bodies.List, error)
}

// bodiesPageSize is the number of bodies on a page of the list.
const bodiesPageSize = 300

type bodiesView struct {
	Years       bool // a body's years can be looked at
	Version     int64
	Total       int
	MayWrite    bool
	CSRF        string
	Name        string
	Kinds       []option
	On          bool
	Rows        []treeRow
	Next, First string
	Told        string
}

// treeRow is a body in the tree.
type treeRow struct {
	bodies.Body
	Depth    int
	KindWord string
}

// BodyTree shows the list of bodies.
func (p *Pages) BodyTree(w http.ResponseWriter, r *http.Request) error {
	list, err := p.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	who, _ := auth.Of(r.Context())
	v := &bodiesView{Years: p.cfg.Comparisons != nil, Version: list.Version, Total: len(list.Bodies()), CSRF: who.CSRF, MayWrite: auth.Require(r.Context(), auth.WriteBodies) == nil,
		Name: strings.TrimSpace(q.Get("q")), Told: bodiesTold(q.Get("told"))}
	kinds := []option{{Text: "全部类别"}}
	for _, k := range bodies.Kinds() {
		kinds = append(kinds, option{Value: string(k), Text: k.Word()})
	}
	var kind string
	v.Kinds, kind = chosen(q.Get("kind"), kinds)
	v.On = v.Name != "" || kind != ""
	from, err := strconv.Atoi(q.Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	v.fill(list, bodies.Kind(kind), from)
	return p.render(w, r, "bodies", layout{Title: "编制主体名单", Nav: "bodies", Body: v})
}

func bodiesTold(what string) string {
	switch what {
	case "replaced":
		return "名单已更新。正在重新判断各报告属于哪个主体，几秒钟后概览随之更新。"
	case "saved":
		return "已保存。"
	case "removed":
		return "已从名单中删除。收到的报告仍然保留。"
	}
	return ""
}

// fill puts a page of the tree into the view; what a filter selects stands without
// its parents.
func (v *bodiesView) fill(list *bodies.List, kind bodies.Kind, from int) {
	depths := map[string]int{}
	n := 0
	for _, b := range list.Bodies() {
		depth := 0
		if b.Parent != "" {
			depth = depths[b.Parent] + 1
		}
		depths[b.ID] = depth
		if kind != "" && b.Kind != kind || v.Name != "" && !mentions(&b, v.Name) {
			continue
		}
		if n++; n <= from {
			continue
		}
		if len(v.Rows) == bodiesPageSize {
			v.Next = v.url(kind, from+bodiesPageSize)
			break
		}
		if v.On {
			depth = 0
		}
		v.Rows = append(v.Rows, treeRow{Body: b, Depth: min(depth, 5), KindWord: b.Kind.Word()})
	}
	if from > 0 {
		v.First = v.url(kind, 0)
	}
}

func mentions(b *bodies.Body, part string) bool {
	return strings.Contains(b.Name, part) || strings.Contains(strings.Join(b.Aliases, "\n"), part)
}

func (v *bodiesView) url(kind bodies.Kind, from int) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": v.Name, "kind": string(kind), "from": strconv.Itoa(from)} {
		if value != "" && value != "0" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/bodies"
	}
	return "/bodies?" + q.Encode()
}

// ListDraft is a list that somebody wants to put in force, as the page shows it
// before anything changes.
type ListDraft struct {
	Version  int64  // of the list in force
	Text     string // to be mended, or confirmed; empty where a file was sent that has mistakes
	Filename string
	Mistakes bodies.Mistakes
	// Changes are what the list would change, and Total its bodies; nil where it has
	// mistakes or was not checked yet.
	Changes *bodies.Changes
	Total   int
	// Proposed: it was made of the agencies of reports.
	Proposed bool
	Stale    bool // somebody changed the list meanwhile
}

type draftView struct {
	*ListDraft
	CSRF string
	Rows int // of the field
}

// maxDraftRows is how many lines the field shows at once.
const maxDraftRows = 24

// BodyDraft shows a list before it is put in force.
func (p *Pages) BodyDraft(w http.ResponseWriter, r *http.Request, d *ListDraft) error {
	who, _ := auth.Of(r.Context())
	v := &draftView{ListDraft: d, CSRF: who.CSRF, Rows: min(maxDraftRows, 3+strings.Count(d.Text, "\n"))}
	status := http.StatusOK
	if len(d.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return p.render(w, r, "bodiescheck", layout{Status: status, Title: "检查名单", Nav: "bodies", Body: v})
}

// BodyForm is a body as its form shows it.
type BodyForm struct {
	Version int64
	Body    bodies.Body // Parent is a name here
	Below   int         // bodies right below it
	// Mistakes are of what was sent; Stale: somebody changed the list meanwhile.
	Mistakes bodies.Mistakes
	Stale    bool
}

type bodyFormView struct {
	*BodyForm
	CSRF          string
	Aliases       string
	Kinds, Levels []option
	Names         []string
}

// MistakeOf is what is wrong with a field; empty where nothing is.
func (v *bodyFormView) MistakeOf(field string) string {
	var out []string
	for _, m := range v.Mistakes {
		if m.Field == field {
			out = append(out, m.Message)
		}
	}
	return strings.Join(out, "")
}

// BodyEdit shows the form for one body; a new one where it has no id.
func (p *Pages) BodyEdit(w http.ResponseWriter, r *http.Request, f *BodyForm, list *bodies.List) error {
	who, _ := auth.Of(r.Context())
	v := &bodyFormView{BodyForm: f, CSRF: who.CSRF, Aliases: strings.Join(f.Body.Aliases, "\n")}
	kinds := []option{{Text: "按名称判断"}}
	for _, k := range bodies.Kinds() {
		kinds = append(kinds, option{Value: string(k), Text: k.Word()})
	}
	v.Kinds, _ = chosen(string(f.Body.Kind), kinds)
	levels := []option{{Text: "未写明"}}
	for _, l := range bodies.Levels() {
		levels = append(levels, option{Value: string(l), Text: l.Word()})
	}
	v.Levels, _ = chosen(string(f.Body.Level), levels)
	all := list.Bodies()
	for i := range all[:min(len(all), maxNames)] {
		if all[i].ID != f.Body.ID {
			v.Names = append(v.Names, all[i].Name)
		}
	}
	title, status := "修改主体", http.StatusOK
	if f.Body.ID == "" {
		title = "添加主体"
	}
	if len(f.Mistakes) > 0 || f.Stale {
		status = http.StatusUnprocessableEntity
	}
	return p.render(w, r, "bodyedit", layout{Status: status, Title: title, Nav: "bodies", Body: v})
}
