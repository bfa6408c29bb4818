package api

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/convert/intake"
	"nianbao/extract"
)

type originalOutput struct {
	Body func(huma.Context)
}

func (s *Server) registerOriginal(api huma.API) {
	responses := problems(api, 400, 404)
	binary := map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	headers := map[string]*huma.Param{
		"Repr-Digest": {Schema: &huma.Schema{Type: huma.TypeString}, Description: "RFC 9530, sha-256"},
		"Digest":      {Schema: &huma.Schema{Type: huma.TypeString}, Description: "RFC 3230, sha-256"},
	}
	responses["200"] = &huma.Response{Description: "The archived bytes as uploaded", Content: binary, Headers: headers}
	responses["206"] = &huma.Response{Description: "The range asked for", Content: binary, Headers: headers}
	responses["304"] = &huma.Response{Description: "Not Modified"}
	responses["416"] = &huma.Response{Description: "Range Not Satisfiable"}
	huma.Register(api, huma.Operation{
		OperationID: "get-original", Method: http.MethodGet, Path: "/v1/reports/{id}/original", Tags: []string{"reports"},
		Summary: "上传的原件", Responses: responses,
	}, handle(s.original))
}

func (s *Server) original(ctx context.Context, in *idInput) (*originalOutput, error) {
	o, err := s.cfg.Reports.Original(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &originalOutput{Body: func(ctx huma.Context) {
		defer func() { _ = o.Body.Close() }() // read only: nothing is lost
		g := humagin.Unwrap(ctx)
		originalHeaders(g.Writer.Header(), &o.Summary)
		body, info, r := &watchedBody{ReadSeekCloser: o.Body}, infoOf(ctx.Context()), g.Request
		if info.head { // wrap made it a GET; nothing is to be read for it
			r = r.Clone(r.Context())
			r.Method = http.MethodHead
		}
		http.ServeContent(g.Writer, r, "", o.Summary.ReceivedAt, body)
		info.err = body.err
		if errors.Is(body.err, intake.ErrCorrupt) {
			s.log.ErrorContext(ctx.Context(), "original is damaged", "id", o.Summary.ID, "error", body.err)
		}
	}}, nil
}

// originalHeaders describes an original. It is never shown by the browser: a
// stranger made it. Web pages are not even called such: what runs in one would
// run as ours.
func originalHeaders(h http.Header, s *intake.Summary) {
	h.Set("Content-Type", "application/octet-stream")
	switch s.MediaType {
	case extract.FormatDOCX.MediaType(), extract.FormatDOC.MediaType(), extract.FormatRTF.MediaType(), extract.FormatPDF.MediaType():
		h.Set("Content-Type", s.MediaType)
	}
	h.Set("Content-Disposition", attachment(s.Filename))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+s.SHA256+`"`)
	if sum, err := hex.DecodeString(s.SHA256); err == nil {
		b64 := base64.StdEncoding.EncodeToString(sum)
		h.Set("Repr-Digest", "sha-256=:"+b64+":")
		h.Set("Digest", "sha-256="+b64)
	}
}

// attachment is a Content-Disposition after RFC 6266: an ASCII name for old
// programs and the real one in UTF-8.
func attachment(name string) string {
	name = cleanName(name)
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%;`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// watchedBody keeps a reading error for the log: once the status is sent, the
// broken-off body is all the client can see of it.
type watchedBody struct {
	io.ReadSeekCloser
	err error
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadSeekCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}
