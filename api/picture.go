package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/picture"
	"nianbao/extract"
)

// Pictures gives pictures of pages; *picture.Service is it. It is asked only for
// reports that the asker may see.
type Pictures interface {
	// Page is page n, from 1, of the report's original, width pixels wide (0: of the
	// usual width). Errors: intake.ErrNotFound, *extract.Error, picture.ErrWidth,
	// picture.ErrBusy, picture.ErrClosed.
	Page(ctx context.Context, id string, n, width int) (*picture.Picture, error)
}

var _ Pictures = (*picture.Service)(nil)

type pictureInput struct {
	ID    string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	N     int    `path:"n" minimum:"1" maximum:"100000" doc:"Page, from 1"`
	Width int    `query:"width" doc:"Width in pixels: 640, 1024 (the default) or 1600"`
	// Accept tells a picture element from others: it is answered with a picture of
	// what is wrong.
	Accept string `header:"Accept" hidden:"true"`
}

type pictureOutput struct {
	Body func(huma.Context)
}

func (s *Server) registerPictures(api huma.API) {
	if s.cfg.Pictures == nil {
		return
	}
	responses := problems(api, 400, 404, 415, 422, 504)
	responses["200"] = &huma.Response{Description: "The page as PNG", Content: map[string]*huma.MediaType{
		"image/png": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	responses["304"] = &huma.Response{Description: "Not Modified"}
	huma.Register(api, huma.Operation{
		OperationID: "get-page-picture", Method: http.MethodGet, Path: "/v1/reports/{id}/pages/{n}", Tags: []string{"reports"},
		Summary: "PDF 原件一页的图片", Responses: responses,
	}, handle(s.picture))
}

// picture answers with a page's picture. Pictures are not in the audit one by one,
// as results are not: they are how a report is read. Refusals are.
func (s *Server) picture(ctx context.Context, in *pictureInput) (*pictureOutput, error) {
	err := s.sight.see(ctx, auth.ReadOriginal, in.ID)
	var p *picture.Picture
	if err == nil {
		p, err = s.cfg.Pictures.Page(ctx, in.ID, in.N, in.Width)
	}
	if err != nil {
		wrong := problemOf(err)
		if extract.AsError(err) != nil { // a page that is not there is no damage
			if res, lost := s.cfg.Reports.Result(ctx, in.ID, false); lost == nil && res.Source.Pages != nil && in.N > *res.Source.Pages {
				wrong = problem(codeNotFound, fmt.Sprintf("原件共 %d 页，没有第 %d 页。", *res.Source.Pages, in.N))
				wrong.cause = err
			}
		}
		if !strings.HasPrefix(in.Accept, "image/") {
			return nil, wrong
		}
		infoOf(ctx).err = wrong.cause
		return &pictureOutput{Body: func(ctx huma.Context) { placeholder(humagin.Unwrap(ctx).Writer, wrong) }}, nil
	}
	return &pictureOutput{Body: func(ctx huma.Context) {
		g := humagin.Unwrap(ctx)
		h := g.Writer.Header()
		h.Set("Content-Type", "image/png")
		h.Set("ETag", `"`+p.Tag+`"`)
		// The browser asks each time whether it still may see it, and is spared the bytes.
		h.Set("Cache-Control", "private, no-cache")
		http.ServeContent(g.Writer, g.Request, "", time.Time{}, bytes.NewReader(p.PNG))
	}}, nil
}

// placeholder answers a picture element with what is wrong, as a picture: with the
// status of the problem, which browsers show all the same.
func placeholder(w http.ResponseWriter, p *Problem) {
	const column, lineHeight = 24, 34 // characters and units
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="905" viewBox="0 0 640 905"><rect width="640" height="905" fill="#f4f5f6"/>` +
		`<g font-family="sans-serif" text-anchor="middle" fill="#3d4852"><text x="320" y="360" font-size="28">` + html.EscapeString(p.Title) + `</text><g font-size="22">`)
	line := 0
	for chunk := range slices.Chunk([]rune(p.Detail), column) {
		fmt.Fprintf(&b, `<text x="320" y="%d">%s</text>`, 410+line*lineHeight, html.EscapeString(string(chunk)))
		line++
	}
	b.WriteString(`</g></g></svg>`)
	h := w.Header()
	for k, v := range p.headers {
		h[k] = v
	}
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = io.WriteString(w, b.String()) // the client may have gone
}

// pictureProblem is the part of the table about pictures; nil for other errors.
func pictureProblem(err error) (p *Problem) {
	switch {
	case errors.Is(err, picture.ErrWidth):
		p = problem(codeBadRequest, fmt.Sprintf("页面图片没有这个宽度，请用 width=%v 之一。", picture.Widths()))
	case errors.Is(err, picture.ErrBusy):
		p = problem(codeUnavailable, "等待绘制的页面图片过多，请稍后重试。")
	case errors.Is(err, picture.ErrClosed):
		p = problem(codeUnavailable, "服务正在重启，请稍后重试。")
	case errors.Is(err, intake.ErrCorrupt):
		p = problem(codeInternal, "归档中的原件已损坏，不能绘制。请联系管理员核对归档（nianbao verify）。")
	default:
		return nil
	}
	p.cause = err
	return p
}
