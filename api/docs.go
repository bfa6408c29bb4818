package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"
	"golang.org/x/net/html"
)

// registerDocs serves OpenAPI and its page.
func (s *Server) registerDocs(e *gin.Engine) error {
	e.GET("/openapi.json", func(c *gin.Context) {
		c.Header("Cache-Control", "no-cache")
		c.Data(http.StatusOK, "application/openapi+json", s.openapi)
	})
	docs := v5emb.NewHandlerWithConfig(swgui.Config{
		Title: "年报 nianbao 接口说明", SwaggerJSON: "/openapi.json", BasePath: "/docs",
		PrependHTML: `<p style="margin:0;padding:.7rem 1.2rem;font-family:sans-serif"><a style="color:#1d5c84" href="/">‹ 回到年报</a></p>`,
	})
	csp, err := docsCSP(docs)
	if err != nil {
		return err
	}
	serve := func(c *gin.Context) {
		c.Header("Content-Security-Policy", csp)
		docs.ServeHTTP(c.Writer, c.Request)
	}
	e.GET("/docs", serve)
	e.GET("/docs/*asset", serve)
	return nil
}

// docsCSP allows exactly the inline scripts of the documentation page, by their
// hashes. Its interface sets styles inline, so these are allowed.
func docsCSP(docs http.Handler) (string, error) {
	page := &pageBuffer{header: http.Header{}}
	docs.ServeHTTP(page, &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/docs"}, Header: http.Header{}})
	root, err := html.Parse(page)
	if err != nil {
		return "", fmt.Errorf("api: documentation page: %w", err)
	}
	var hashes []string
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil {
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		}
	}
	return "default-src 'none'; script-src 'self' " + strings.Join(hashes, " ") +
		"; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'" +
		"; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", nil
}

// pageBuffer takes a page in.
type pageBuffer struct {
	bytes.Buffer
	header http.Header
}

func (b *pageBuffer) Header() http.Header { return b.header }

func (b *pageBuffer) WriteHeader(int) {}
