package web

import (
	"net/http"
	"time"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
)

// TokensView is what the page of tokens shows. Fields of the form keep what was
// written where there was a mistake in it.
type TokensView struct {
	Tokens []auth.Token
	Bodies []bodies.Body // to choose from; empty where there is no list
	Now    time.Time
	Draft  auth.Draft
	Days   int // until the drafted token ends; 0: never
	// Mistake says what is wrong with the form; Secret is the token that was just
	// made, shown this once, Made what it is.
	Mistake string
	Secret  string
	Made    auth.Token
}

// tokensBody is the page's body.
type tokensBody struct {
	TokensView
	CSRF   string
	Rows   []tokenRow
	Ended  []tokenRow // revoked or run out
	Roles  []roleChoice
	Terms  []option
	Chosen []bodyChoice
}

type tokenRow struct {
	auth.Token
	Scope string // names of the bodies it is limited to
	State badge
	Own   bool // the one of whoever asks
}

type roleChoice struct {
	Role          auth.Role
	Text, Explain string
	Checked       bool
}

type bodyChoice struct {
	ID, Name string
	Checked  bool
}

// Tokens shows the tokens, the form for a new one and the token that was made.
func (p *Pages) Tokens(w http.ResponseWriter, r *http.Request, status int, v *TokensView) error {
	who, _ := auth.Of(r.Context())
	b := tokensBody{TokensView: *v, CSRF: who.CSRF, Terms: terms(v.Days)}
	names := map[string]string{}
	limited := map[string]bool{}
	for _, id := range v.Draft.Bodies {
		limited[id] = true
	}
	for i := range v.Bodies {
		names[v.Bodies[i].ID] = v.Bodies[i].Name
		b.Chosen = append(b.Chosen, bodyChoice{v.Bodies[i].ID, v.Bodies[i].Name, limited[v.Bodies[i].ID]})
	}
	for i := range v.Tokens {
		row := p.tokenRow(&v.Tokens[i], names, v.Now)
		row.Own = row.ID == who.TokenID
		if row.Live(v.Now) {
			b.Rows = append(b.Rows, row)
		} else {
			b.Ended = append(b.Ended, row)
		}
	}
	b.Roles = []roleChoice{
		{Role: auth.RoleUploader, Text: "报送", Explain: "上传报告，看自己上传的和所限主体的报告"},
		{Role: auth.RoleReader, Text: "查看", Explain: "看报告、问题和原件，不能上传"},
		{Role: auth.RoleAdmin, Text: "管理员", Explain: "全部：包括删除报告、维护名单、管理口令、查看操作记录"},
	}
	for i := range b.Roles {
		b.Roles[i].Checked = b.Roles[i].Role == v.Draft.Role || v.Draft.Role == "" && i == 0
	}
	w.Header().Set("Cache-Control", "no-store") // a secret may be on it
	return p.render(w, r, "tokens", layout{Status: status, Title: "口令", Nav: "tokens", Body: b})
}

func (p *Pages) tokenRow(t *auth.Token, names map[string]string, now time.Time) tokenRow {
	row := tokenRow{Token: *t, Scope: "全部"}
	for i, id := range t.Bodies {
		name := names[id]
		if name == "" {
			name = id + "（不在名单上）"
		}
		if i == 0 {
			row.Scope = name
		} else {
			row.Scope += "、" + name
		}
	}
	switch {
	case !t.Revoked.IsZero():
		row.State = badge{"busy", "已吊销"}
	case !t.Live(now):
		row.State = badge{"busy", "已过期"}
	case t.Expires.IsZero():
		row.State = badge{"pass", "不过期"}
	default:
		row.State = badge{"pass", "至 " + t.Expires.In(p.cfg.Location).Format("2006-01-02")}
	}
	return row
}

// terms are how long a new token may be good for, in days.
func terms(chosen int) []option {
	out := []option{{Value: "30", Text: "30 天"}, {Value: "90", Text: "90 天"}, {Value: "365", Text: "一年"}, {Value: "0", Text: "不过期"}}
	for i := range out {
		out[i].Selected = out[i].Value == itoa(chosen)
	}
	return out
}

// revokeView is the question before a token is revoked.
type revokeView struct {
	Token auth.Token
	CSRF  string
	Own   bool
}

// Revoke asks before a token is revoked.
func (p *Pages) Revoke(w http.ResponseWriter, r *http.Request, t *auth.Token) error {
	who, _ := auth.Of(r.Context())
	return p.render(w, r, "revoke", layout{Title: "吊销口令", Nav: "tokens", Body: revokeView{*t, who.CSRF, t.ID == who.TokenID}})
}

// auditView is a page of the audit.
type auditView struct {
	Rows  []auditRow
	Next  string // address
	First bool   // of the newest
}

type auditRow struct {
	auth.Entry
	What    string
	Report  bool // Subject is a report's id
	Refused bool
}

// Audit shows a page of the audit, the newest first; next is the cursor of the
// page behind it.
func (p *Pages) Audit(w http.ResponseWriter, r *http.Request, entries []auth.Entry, next string) error {
	v := auditView{Next: next, First: r.URL.Query().Get("cursor") == ""}
	for _, e := range entries {
		v.Rows = append(v.Rows, auditRow{Entry: e, What: actionText(e.Action), Refused: e.Outcome == auth.Refused,
			Report: e.Action != auth.CreateToken && e.Action != auth.RevokeToken && e.Action != auth.DeleteReport && e.Subject != "" && reportAction(e.Action)})
	}
	return p.render(w, r, "audit", layout{Title: "操作记录", Nav: "audit", Body: v})
}

func reportAction(a auth.Action) bool {
	return a == auth.ReadReport || a == auth.ReadOriginal || a == auth.Upload
}

// actionText is what the audit calls an action; one without a word of its own
// goes by its name.
func actionText(a auth.Action) string {
	words := map[auth.Action]string{
		auth.ReadReport: "查看报告", auth.ReadOriginal: "下载原件", auth.Upload: "上传", auth.DeleteReport: "删除报告",
		auth.ReadBodies: "查看名单", auth.WriteBodies: "修改名单或归属", auth.ReadTokens: "查看口令", auth.CreateToken: "建立口令",
		auth.RevokeToken: "吊销口令", auth.ReadAudit: "查看操作记录", auth.ReadSettings: "查看设置", auth.ReadMetrics: "读取指标",
		auth.Login: "登录", auth.Logout: "退出", auth.Authenticate: "出示口令",
	}
	if word := words[a]; word != "" {
		return word
	}
	return string(a)
}
