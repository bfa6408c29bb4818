package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// readyTimeout bounds the question to catalog and archive: a probe that hangs
// tells nothing.
const readyTimeout = 3 * time.Second

type healthOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Status  string `json:"status" enum:"ok"`
		Version string `json:"version"`
	}
}

func (s *Server) registerHealth(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "livez", Method: http.MethodGet, Path: "/livez", Tags: []string{"operations"},
		Summary: "进程在运行", Responses: problems(api),
	}, handle(s.live))
	huma.Register(api, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Tags: []string{"operations"},
		Summary: "目录和档案可用", Responses: problems(api),
	}, handle(s.ready))
}

func (s *Server) live(context.Context, *struct{}) (*healthOutput, error) {
	out := &healthOutput{CacheControl: "no-store"}
	out.Body.Status, out.Body.Version = "ok", s.cfg.Version
	return out, nil
}

func (s *Server) ready(ctx context.Context, in *struct{}) (*healthOutput, error) {
	select {
	case <-s.drained:
		return nil, problem(codeUnavailable, "服务正在停止，不再接收新的请求，请稍后重试。")
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := s.cfg.Reports.Ready(ctx); err != nil {
		p := problem(codeUnavailable, "目录或档案暂时不可用。")
		p.cause = err
		return nil, p
	}
	return s.live(ctx, in)
}
