package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/convert/intake"
)

// readyTimeout bounds the question to catalog and archive: a probe that hangs
// tells nothing.
const readyTimeout = 3 * time.Second

// notReady names the part that does not answer.
func notReady(err error) string {
	var away *intake.UnavailableError
	if !errors.As(err, &away) {
		return ""
	}
	switch away.Part {
	case "catalog":
		return "目录库（数据库）没有应答。"
	case "archive":
		return "归档存储没有应答，或者不能写入。"
	case "queue":
		return "任务队列没有应答。"
	case "workers":
		return "没有在工作的转换进程：上传的报告已归档，等 worker 启动后转换。"
	}
	return ""
}

type healthOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Status  string `json:"status" enum:"ok"`
		Version string `json:"version"`
		// Notes are what does not hold up the service and still wants to be put right.
		Notes []string `json:"notes,omitempty" doc:"What the administrator should put right, in Chinese"`
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
	out.Body.Status, out.Body.Version = "ok", s.cfg.Versions.Program
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
		return nil, caused(codeUnavailable, notReady(err), err)
	}
	out, err := s.live(ctx, in)
	if err == nil && s.cfg.NoChineseFonts {
		out.Body.Notes = append(out.Body.Notes, "没有中文字体：没有嵌入字体的 PDF，页面图片上的中文是空白。请安装 fonts-noto-cjk 或 fonts-wqy-zenhei 后重启服务。")
	}
	return out, err
}
