package api

import (
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/api/web"
	"nianbao/convert/bodies"
	"nianbao/convert/bodies/sheet"
	"nianbao/convert/overview"
	"nianbao/convert/spreadsheet"
)

// maxListForm caps a form with a list of bodies, in bytes: every character of it may
// be three in the form.
const maxListForm = 3*bodies.MaxTableBytes + maxForm

// listForm reads a form that may have a list, with or without a file.
func (s *Server) listForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxListForm)
	err := r.ParseMultipartForm(bodies.MaxTableBytes)
	if errors.Is(err, http.ErrNotMultipart) {
		err = nil // the fields are read all the same
	}
	if err != nil {
		p := caused(codeBadRequest, brokenOff, err)
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			p = problem(codeTooLarge, "名单过大。请检查是不是选错了文件。")
		}
		return p
	}
	return auth.CheckForm(r.Context(), r.PostFormValue(fieldCSRF))
}

// checkBodies shows what a list would change, or its mistakes; nothing changes.
func (s *Server) checkBodies(w http.ResponseWriter, r *http.Request) error {
	if err := s.listForm(w, r); err != nil {
		return err
	}
	d := &web.ListDraft{Text: r.PostFormValue("text")}
	content := []byte(d.Text)
	file, header, err := r.FormFile(fieldFile)
	if err == nil && header.Filename != "" {
		defer func() { _ = file.Close() }()
		d.Filename, d.Text = cleanName(header.Filename), ""
		if content, err = io.ReadAll(io.LimitReader(file, bodies.MaxTableBytes+1)); err != nil {
			return caused(codeBadRequest, brokenOff, err)
		}
	}
	if len(strings.TrimSpace(string(content))) == 0 {
		return problem(codeBadRequest, "没有名单：请选择文件，或者把名单粘贴到文本框里。")
	}
	return s.draft(w, r, d, content)
}

// draft shows a list before it is put in force.
func (s *Server) draft(w http.ResponseWriter, r *http.Request, d *web.ListDraft, content []byte) error {
	before, err := s.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	d.Version = before.Version
	entries, err := sheet.Parse(content)
	var after *bodies.List
	if err == nil {
		after, err = bodies.New(entries, before)
	}
	if err != nil {
		if !errors.As(err, &d.Mistakes) {
			return err
		}
		return s.pages.BodyDraft(w, r, d)
	}
	changes := bodies.Compare(before, after)
	d.Changes, d.Total = &changes, len(after.Bodies())
	if d.Text, err = tableText(after.Table()); err != nil {
		return err
	}
	return s.pages.BodyDraft(w, r, d)
}

func tableText(rows [][]string) (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.String(), err
}

// replaceBodiesForm puts a list in force that was shown before.
func (s *Server) replaceBodiesForm(w http.ResponseWriter, r *http.Request) error {
	if err := s.listForm(w, r); err != nil {
		return err
	}
	text := r.PostFormValue("text")
	entries, err := sheet.Parse([]byte(text))
	if err == nil {
		err = s.putBodies(r, entries, r.PostFormValue("version"))
	}
	if errors.Is(err, bodies.ErrChanged) {
		return s.draft(w, r, &web.ListDraft{Stale: true}, []byte(text))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/bodies?told=replaced", http.StatusSeeOther)
	return nil
}

// putBodies puts entries in force in the place of the version that the form was of.
func (s *Server) putBodies(r *http.Request, entries []bodies.Entry, version string) error {
	n, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return caused(codeBadRequest, "页面不完整。请回到名单重新修改。", err)
	}
	if err := s.cfg.Auth.Record(r.Context(), auth.WriteBodies, "bodies", auth.Allowed); err != nil {
		return err
	}
	who, _ := auth.Of(r.Context())
	_, err = s.cfg.Bodies.Replace(r.Context(), entries, n, who.Name)
	return err
}

// proposeBodies makes a list of the agencies of the reports received, to be mended:
// the bodies in force, and behind them the agencies of reports that are of none.
func (s *Server) proposeBodies(w http.ResponseWriter, r *http.Request) error {
	list, err := s.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	d := &web.ListDraft{Version: list.Version, Proposed: true}
	var names []string
	if s.cfg.Overviews != nil {
		year, _ := strconv.Atoi(r.URL.Query().Get("year")) // 0 is the one that is due
		y, err := s.cfg.Overviews.Overview(r.Context(), overview.Query{Year: min(max(year, 0), 9999), All: true})
		if err != nil {
			return err
		}
		for i := range y.Items {
			if sum := y.Items[i].Report; !y.Listed && sum != nil && sum.Agency != nil {
				names = append(names, *sum.Agency)
			}
		}
		for i := range y.Strays {
			if a := y.Strays[i].Report.Agency; a != nil {
				names = append(names, *a)
			}
		}
	}
	rows := list.Table()
	for _, e := range bodies.FromAgencies(names) {
		if _, known := list.Find(e.Name); !known {
			rows = append(rows, []string{e.Name, "", e.Kind.Word(), "", "", "", "", ""})
		}
	}
	if len(rows) > 1 {
		if d.Text, err = tableText(rows); err != nil {
			return err
		}
	}
	return s.pages.BodyDraft(w, r, d)
}

// bodiesCSV sends the list as a table that can be uploaded again.
func (s *Server) bodiesCSV(w http.ResponseWriter, r *http.Request) error {
	list, err := s.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	rows := list.Table()
	for _, row := range rows {
		for i := range row {
			row[i] = spreadsheet.Guard(row[i])
		}
	}
	text, err := tableText(rows)
	if err != nil {
		return err
	}
	web.AttachCSV(w, "编制主体名单.csv")
	_, _ = io.WriteString(w, "\ufeff"+text) // the client may have gone
	return nil
}

// editBody shows the form of one body, or of a new one.
func (s *Server) editBody(w http.ResponseWriter, r *http.Request) error {
	list, err := s.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	f := &web.BodyForm{Version: list.Version}
	if id := r.URL.Query().Get("id"); id != "" {
		b, ok := list.Get(id)
		if !ok {
			return problem(codeNotFound, "名单中没有这个主体，它可能刚被删除。请回到名单。")
		}
		up, _ := list.Get(b.Parent)
		b.Parent = up.Name
		f.Body = b
	}
	f.Below = below(list, f.Body.ID)
	return s.pages.BodyEdit(w, r, f, list)
}

func below(list *bodies.List, id string) (n int) {
	for _, b := range list.Bodies() {
		if id != "" && b.Parent == id {
			n++
		}
	}
	return n
}

// saveBody changes, adds or removes one body.
func (s *Server) saveBody(w http.ResponseWriter, r *http.Request) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	list, err := s.cfg.Bodies.List(r.Context())
	if err != nil {
		return err
	}
	sent := sentBody(r)
	remove := r.PostForm.Get("act") == "remove"
	var entries []bodies.Entry
	if remove {
		entries, err = list.Without(sent.ID)
	} else {
		entries, err = list.With(bodies.Entry{Body: sent})
	}
	if err == nil {
		err = s.putBodies(r, entries, r.PostForm.Get("version"))
	}
	f := &web.BodyForm{Version: list.Version, Body: sent, Below: below(list, sent.ID)}
	switch {
	case err == nil && remove:
		http.Redirect(w, r, "/bodies?told=removed", http.StatusSeeOther)
		return nil
	case err == nil:
		http.Redirect(w, r, "/bodies?told=saved", http.StatusSeeOther)
		return nil
	case errors.Is(err, bodies.ErrChanged):
		f.Stale = true
	case !errors.As(err, &f.Mistakes):
		return err
	}
	if remove { // its fields were not sent
		b, _ := list.Get(sent.ID)
		up, _ := list.Get(b.Parent)
		f.Body, f.Body.Parent = b, up.Name
	}
	return s.pages.BodyEdit(w, r, f, list)
}

func sentBody(r *http.Request) bodies.Body {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	b := bodies.Body{ID: get("id"), Name: get("name"), Kind: bodies.Kind(get("kind")), Level: bodies.Level(get("level")),
		Parent: get("parent"), Excluded: get("excluded") != "", Note: get("note")}
	b.Aliases = strings.FieldsFunc(get("aliases"), func(c rune) bool { return strings.ContainsRune("\r\n、；;，,", c) })
	return b
}

// attachForm takes what somebody says of a report's body: attach with a name of the
// list, none, release (takes back what was said), or choose (this version counts).
func (s *Server) attachForm(w http.ResponseWriter, r *http.Request, id string) error {
	if err := s.form(w, r); err != nil {
		return err
	}
	if err := auth.CheckForm(r.Context(), r.PostForm.Get(fieldCSRF)); err != nil {
		return err
	}
	say, err := s.bodyStatement(r, id)
	if err != nil {
		return err
	}
	if _, err := s.said(r.Context(), id, say); err != nil {
		return err
	}
	back := "/#strays"
	if year, err := strconv.Atoi(r.PostForm.Get("year")); err == nil {
		back = "/?year=" + strconv.Itoa(year) + "#strays"
	}
	if r.PostForm.Get("back") == "report" {
		back = "/reports/" + url.PathEscape(id) + "#body"
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

// bodyStatement is what the form says of the report's body.
func (s *Server) bodyStatement(r *http.Request, id string) (func() error, error) {
	ctx := r.Context()
	switch r.PostForm.Get("act") {
	case "none":
		return func() error { return s.cfg.Attaching.Attach(ctx, id, "") }, nil
	case "release":
		return func() error { return s.cfg.Attaching.Release(ctx, id) }, nil
	case "choose":
		return func() error { return s.cfg.Attaching.Choose(ctx, id, true) }, nil
	}
	list, err := s.cfg.Bodies.List(ctx)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(r.PostForm.Get("body"))
	b, ok := list.Find(name)
	if !ok {
		return nil, problem(codeBadRequest, "名单中没有“"+printable(name)+"”。请返回上一页，填名单上的名称或别名；确是新的单位时，请先在“名单”页添加。")
	}
	return func() error { return s.cfg.Attaching.Attach(ctx, id, b.ID) }, nil
}
