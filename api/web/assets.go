package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file that pages ask for.
type asset struct {
	content []byte
	hash    string // short, of the content
}

// loadAssets gives the assets by name. Style sheets and scripts lie in one file a
// subject and go out as one, app.css and app.js, in the order of their names; each
// script is a function of its own, so that they share nothing.
func loadAssets() (map[string]asset, error) {
	out := map[string]asset{}
	for name, pattern := range map[string]string{"app.css": "assets/css/*.css", "app.js": "assets/js/*.js", "icon.svg": "assets/icon.svg"} {
		files, err := fs.Glob(assetFiles, pattern)
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		var b bytes.Buffer
		for _, f := range files {
			content, err := fs.ReadFile(assetFiles, f)
			if err != nil {
				return nil, fmt.Errorf("web: %w", err)
			}
			b.Write(content)
		}
		sum := sha256.Sum256(b.Bytes())
		out[name] = asset{b.Bytes(), hex.EncodeToString(sum[:6])}
	}
	return out, nil
}

// Assets serves style sheet, script and icon. Their addresses carry a hash of
// the content, so they may be kept for good.
func (p *Pages) Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, known := p.assets[r.URL.Path]
		if !known {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if r.URL.Query().Get("v") == a.hash {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Header().Set("ETag", `"`+a.hash+`"`)
		http.ServeContent(w, r, path.Base(r.URL.Path), time.Time{}, bytes.NewReader(a.content))
	})
}
