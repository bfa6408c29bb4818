package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"nianbao/api"
	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/picture"
	"nianbao/extract"
)

// fakePictures draws white pages; those from 7 on are wrong, each in a way of its own.
type fakePictures struct {
	mu    sync.Mutex
	asked []string
}

func (f *fakePictures) Page(_ context.Context, id string, n, width int) (*picture.Picture, error) {
	f.mu.Lock()
	f.asked = append(f.asked, fmt.Sprintf("%s/%d/%d", id, n, width))
	f.mu.Unlock()
	if width == 0 {
		width = picture.DefaultWidth
	}
	switch {
	case width != 640 && width != 1024 && width != 1600:
		return nil, picture.ErrWidth
	case n == 7:
		return nil, extract.Damaged("第 %d 页无法读取：<页面>对象已损坏。", n)
	case n == 8:
		return nil, picture.ErrBusy
	case n == 9:
		return nil, fmt.Errorf("reading: %w", intake.ErrCorrupt)
	}
	g := image.NewGray(image.Rect(0, 0, width, width*842/595))
	for i := range g.Pix {
		g.Pix[i] = 0xFF
	}
	var b bytes.Buffer
	err := png.Encode(&b, g)
	return &picture.Picture{PNG: b.Bytes(), Tag: fmt.Sprintf("tag%d", n)}, err
}

func TestPagePicture(t *testing.T) {
	pictures := &fakePictures{}
	g := newGuarded(t, func(c *api.Config) { c.Pictures = pictures })
	at := "/v1/reports/" + resultID(t, g.upload(t, g.uploader, "a.pdf", "%PDF one")) + "/pages/"
	a := g.as(t, g.reader, http.MethodGet, at+"1", nil)
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "image/png" || a.Header.Get("ETag") != `"tag1"` || a.Header.Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("%d %v", a.StatusCode, a.Header)
	}
	if c, err := png.DecodeConfig(bytes.NewReader(a.body)); err != nil || c.Width != picture.DefaultWidth {
		t.Errorf("%+v, %v", c, err)
	}
	if a := g.as(t, g.reader, http.MethodGet, at+"1", nil, "If-None-Match", `"tag1"`); a.StatusCode != 304 || len(a.body) != 0 {
		t.Errorf("known already: %d, %d bytes", a.StatusCode, len(a.body))
	}
	if c, err := png.DecodeConfig(bytes.NewReader(g.as(t, g.reader, http.MethodGet, at+"2?width=640", nil).body)); err != nil || c.Width != 640 {
		t.Errorf("%+v, %v", c, err)
	}
	for path, want := range map[string]struct {
		status int
		code   string
		detail string
	}{
		"1?width=641": {400, "bad_request", "640"},
		"0":           {400, "bad_request", "path.n"},
		"x":           {400, "bad_request", "path.n"},
		"7":           {422, "damaged", "第 7 页"},
		"8":           {503, "unavailable", "稍后"},
		"9":           {500, "internal", "损坏"},
	} {
		a := g.as(t, g.reader, http.MethodGet, at+path, nil)
		var p api.Problem
		if err := json.Unmarshal(a.body, &p); err != nil || a.StatusCode != want.status || p.Code != want.code || !strings.Contains(p.Detail, want.detail) {
			t.Errorf("%s: %d %+v, %v", path, a.StatusCode, p, err)
		}
		if a.StatusCode == 503 && a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
}

// A picture element gets what is wrong as a picture: never a broken one.
func TestPagePlaceholder(t *testing.T) {
	g := newGuarded(t, func(c *api.Config) { c.Pictures = &fakePictures{} })
	at := "/v1/reports/" + resultID(t, g.upload(t, g.uploader, "a.pdf", "%PDF one")) + "/pages/"
	for page, status := range map[string]int{"7": 422, "8": 503, "9": 500} {
		a := g.as(t, g.reader, http.MethodGet, at+page, nil, "Accept", "image/avif,image/webp,image/*,*/*;q=0.8")
		if a.StatusCode != status || a.Header.Get("Content-Type") != "image/svg+xml" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("page %s: %d %v", page, a.StatusCode, a.Header)
		}
		words := ""
		for d := xml.NewDecoder(bytes.NewReader(a.body)); ; {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("page %s: %v: %s", page, err, a.body)
			}
			if c, ok := tok.(xml.CharData); ok {
				words += string(c)
			}
		}
		if page == "7" && !strings.Contains(words, "<页面>对象已损坏") {
			t.Errorf("page 7 says %q", words)
		}
	}
}

// Pictures are for those who may see the original; who may not is told nothing,
// and it is on record.
func TestPagePictureAccess(t *testing.T) {
	pictures := &fakePictures{}
	g := newGuarded(t, func(c *api.Config) { c.Pictures = pictures })
	at := "/v1/reports/" + resultID(t, g.upload(t, g.admin, "a.pdf", "%PDF one")) + "/pages/1"
	for name, c := range map[string]struct {
		token  string
		status int
	}{"nobody": {"", 401}, "the reader": {g.reader, 200}, "another's uploader": {g.uploader, 404}} {
		if a := g.as(t, c.token, http.MethodGet, at, nil); a.StatusCode != c.status {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if len(pictures.asked) != 1 {
		t.Errorf("asked for %v", pictures.asked)
	}
	entries, _, err := g.store.Entries(t.Context(), "", 50)
	if err != nil || !slices.ContainsFunc(entries, func(e auth.Entry) bool { return e.Action == auth.ReadOriginal && e.Outcome == auth.Refused }) {
		t.Errorf("the refusal is not on record: %+v, %v", entries, err)
	}
	none := newGuarded(t, nil)
	if a := none.as(t, none.reader, http.MethodGet, "/v1/reports/x/pages/1", nil); a.StatusCode != 404 {
		t.Errorf("a service that draws nothing: %d", a.StatusCode)
	}
}

func resultID(t *testing.T, a answer) string {
	t.Helper()
	_, id, ok := strings.Cut(a.Header.Get("Location"), "/v1/reports/")
	if !ok {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	return id
}
