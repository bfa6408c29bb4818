package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
)

// Token is a token as the interface shows it: without its secret.
type Token struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Role       auth.Role  `json:"role" enum:"reader,uploader,admin"`
	Bodies     []string   `json:"bodies"`
	CreatedAt  time.Time  `json:"created_at"`
	ExpiresAt  *time.Time `json:"expires_at"`
	RevokedAt  *time.Time `json:"revoked_at"`
	LastUsedAt *time.Time `json:"last_used_at" doc:"To the minute"`
}

// NewToken is a token as it is shown once, when it is made.
type NewToken struct {
	Token
	Secret string `json:"token" doc:"The token itself, for Authorization: Bearer; it is not shown again"`
}

type tokensOutput struct {
	Body struct {
		Items []Token `json:"items"`
	}
}

type createTokenInput struct {
	Body struct {
		Name      string    `json:"name" minLength:"1" maxLength:"64" doc:"Whose token it is; uploads are recorded under it"`
		Role      auth.Role `json:"role" enum:"reader,uploader,admin"`
		Bodies    []string  `json:"bodies,omitempty" maxItems:"1000" doc:"Ids of the bodies a reader or uploader is limited to"`
		ExpiresAt time.Time `json:"expires_at,omitempty" doc:"Absent: never"`
	}
}

type createTokenOutput struct {
	CacheControl string `header:"Cache-Control"`
	Location     string `header:"Location"`
	Body         NewToken
}

type auditInput struct {
	Cursor string `query:"cursor" maxLength:"500" doc:"As next of the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type auditOutput struct {
	Body struct {
		Items []auth.Entry `json:"items"`
		Next  string       `json:"next,omitempty"`
	}
}

// maxTokenBody caps the description of a token: a thousand bodies fit.
const maxTokenBody = 128 << 10

func (s *Server) registerTokens(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-tokens", Method: http.MethodGet, Path: "/v1/tokens", Tags: []string{"access"},
		Summary: "口令列表，新的在前", Responses: problems(api),
	}, handle(s.listTokens))
	huma.Register(api, huma.Operation{
		OperationID: "create-token", Method: http.MethodPost, Path: "/v1/tokens", Tags: []string{"access"},
		Summary: "建立口令；口令只在回答中出现一次", DefaultStatus: http.StatusCreated, MaxBodyBytes: maxTokenBody,
		Responses: problems(api, 400, 409),
	}, handle(s.createToken))
	huma.Register(api, huma.Operation{
		OperationID: "revoke-token", Method: http.MethodDelete, Path: "/v1/tokens/{id}", Tags: []string{"access"},
		Summary: "吊销口令，立即生效", Responses: problems(api, 404),
	}, handle(s.revokeToken))
	huma.Register(api, huma.Operation{
		OperationID: "list-audit", Method: http.MethodGet, Path: "/v1/audit", Tags: []string{"access"},
		Summary: "审计记录，新的在前", Responses: problems(api, 400),
	}, handle(s.listAudit))
}

func viewToken(t *auth.Token) Token {
	when := func(at time.Time) *time.Time {
		if at.IsZero() {
			return nil
		}
		return &at
	}
	return Token{ID: t.ID, Name: t.Name, Role: t.Role, Bodies: append([]string{}, t.Bodies...), CreatedAt: t.Created,
		ExpiresAt: when(t.Expires), RevokedAt: when(t.Revoked), LastUsedAt: when(t.LastUsed)}
}

func (s *Server) listTokens(ctx context.Context, _ *struct{}) (*tokensOutput, error) {
	all, err := s.cfg.Auth.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &tokensOutput{}
	out.Body.Items = make([]Token, len(all))
	for i := range all {
		out.Body.Items[i] = viewToken(&all[i])
	}
	return out, nil
}

func (s *Server) createToken(ctx context.Context, in *createTokenInput) (*createTokenOutput, error) {
	secret, t, err := s.cfg.Auth.Create(ctx, auth.Draft{Name: in.Body.Name, Role: in.Body.Role, Bodies: in.Body.Bodies, Expires: in.Body.ExpiresAt})
	if err != nil {
		return nil, err
	}
	return &createTokenOutput{CacheControl: "no-store", Location: "/v1/tokens/" + t.ID, Body: NewToken{viewToken(&t), secret}}, nil
}

func (s *Server) revokeToken(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"64" doc:"Identifier of the token"`
}) (*struct{}, error) {
	err := s.cfg.Auth.Revoke(ctx, in.ID)
	if errors.Is(err, auth.ErrNotFound) {
		err = problem(codeNotFound, "没有这个口令。请用 GET /v1/tokens 核对编号。")
	}
	return nil, err
}

func (s *Server) listAudit(ctx context.Context, in *auditInput) (*auditOutput, error) {
	page, next, err := s.cfg.Auth.Entries(ctx, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &auditOutput{}
	out.Body.Items, out.Body.Next = append([]auth.Entry{}, page...), next
	return out, nil
}
