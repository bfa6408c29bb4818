package web

import (
	"net/http"
	"strconv"

	"nianbao/api/auth"
	"nianbao/convert/form"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Setting is a setting in force, as anybody who may see settings may read it:
// secrets are not in Value.
type Setting struct {
	Name, Value, Source, Help string
}

type settingsView struct {
	Changed []Setting // not at their default
	Default []Setting
}

// sourceDefault is the Source of settings that nobody set.
const sourceDefault = "默认值"

// Settings shows the settings in force and where each comes from.
func (p *Pages) Settings(w http.ResponseWriter, r *http.Request) error {
	v := settingsView{}
	for _, s := range p.cfg.Settings {
		if s.Source == sourceDefault {
			v.Default = append(v.Default, s)
		} else {
			v.Changed = append(v.Changed, s)
		}
	}
	return p.render(w, r, "settings", layout{Title: "设置", Nav: "settings", Body: v})
}

// Component is something the program is made with: a module and its licence.
type Component struct {
	Name, Version, Licence string
}

type aboutView struct {
	Forms      []aboutForm
	Rules      int
	Components []Component
	MaxUpload  int64
	Settings   bool   // the page of settings may be opened
	Data       string // where data lies; empty for those who may not know
}

type aboutForm struct {
	form.Form
	Figures int
}

// About shows the versions of program, forms and rules, what the program is made
// with, and to those who may see settings where the data lies.
func (p *Pages) About(w http.ResponseWriter, r *http.Request) error {
	v := aboutView{Rules: len(p.cfg.Rules), Components: p.cfg.Components, MaxUpload: p.cfg.MaxUploadBytes, Settings: p.may(r.Context(), "/settings")}
	for i := range p.cfg.Forms {
		v.Forms = append(v.Forms, aboutForm{p.cfg.Forms[i], len(p.cfg.Forms[i].Cells())})
	}
	if auth.Require(r.Context(), auth.ReadSettings) == nil {
		v.Data = p.cfg.Place
	}
	return p.render(w, r, "about", layout{Title: "关于", Nav: "about", Body: v})
}

// Licences sends the licence texts of what the program is made with.
func (p *Pages) Licences(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(p.cfg.Licences)) // the client may have gone
	return nil
}
