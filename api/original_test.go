package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"nianbao/convert/intake"
	"nianbao/extract"
	"nianbao/storage/archive"
)

// kept gives originals out as the archives do, after damage has been done.
type kept struct {
	*fakeReports
	damage func([]byte)
	reads  int
}

func (k *kept) Original(ctx context.Context, id string) (*intake.Original, error) {
	o, err := k.fakeReports.Original(ctx, id)
	if err != nil {
		return nil, err
	}
	b := bytes.Clone(k.bodies[id])
	k.damage(b)
	src := &counted{ReadSeeker: bytes.NewReader(b), reads: &k.reads}
	o.Body = archive.NewVerified(src, o.Summary.SHA256, int64(len(b)))
	return o, nil
}

type counted struct {
	io.ReadSeeker
	reads *int
}

func (c *counted) Read(p []byte) (int, error) { *c.reads++; return c.ReadSeeker.Read(p) }
func (c *counted) Close() error               { return nil }

// TestDamagedOriginal: one wrong byte anywhere, in small and in large files; the
// client sees that the body is not whole, and the log says why.
func TestDamagedOriginal(t *testing.T) {
	for _, size := range []int{100, 200_000} {
		for _, at := range []int{0, size / 2, size - 1} {
			f := &kept{fakeReports: newFake(), damage: func(b []byte) { b[at] ^= 1 }}
			srv, logs := newServer(t, f)
			url := srv.URL + post(t, srv.URL, "a.pdf", "%PDF "+strings.Repeat("x", size)).Header.Get("Location") + "/original"
			resp, err := http.DefaultClient.Do(request(t, http.MethodGet, url, nil))
			if err != nil {
				t.Fatal(err)
			}
			if b, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%d bytes, wrong at %d: %d, %d bytes, %v", size, at, resp.StatusCode, len(b), err)
			}
			_ = resp.Body.Close()
			srv.Close()
			if !strings.Contains(logs.String(), "level=ERROR") || !strings.Contains(logs.String(), "corrupt") {
				t.Errorf("the log says %s", logs.String())
			}
		}
	}
}

// TestOriginalHead: what is asked by HEAD is answered unread.
func TestOriginalHead(t *testing.T) {
	f := &kept{fakeReports: newFake(), damage: func([]byte) {}}
	srv, _ := newServer(t, f)
	const content = "%PDF 1234567"
	url := srv.URL + post(t, srv.URL, "a.pdf", content).Header.Get("Location") + "/original"
	for _, span := range []string{"", "bytes=3-5"} {
		a := do(t, request(t, http.MethodHead, url, nil, "Range", span))
		if want := map[string]int{"": 200, "bytes=3-5": 206}[span]; a.StatusCode != want || len(a.body) != 0 || a.Header.Get("Repr-Digest") == "" {
			t.Errorf("HEAD %q: %d, %q, %v", span, a.StatusCode, a.body, a.Header)
		}
	}
	srv.Close()
	if f.reads != 0 {
		t.Errorf("HEAD read the original %d times", f.reads)
	}
}

// webPage gives originals out as web pages.
type webPage struct {
	*fakeReports
	media string
}

func (p *webPage) Original(ctx context.Context, id string) (*intake.Original, error) {
	o, err := p.fakeReports.Original(ctx, id)
	if err == nil {
		o.Summary.MediaType, o.Summary.Filename = p.media, "年报.html"
	}
	return o, err
}

// TestWebPageOriginal: what a stranger's page does must not run as ours. It is
// bytes to be saved, never called a page.
func TestWebPageOriginal(t *testing.T) {
	for _, media := range []string{extract.FormatHTML.MediaType(), extract.FormatMHT.MediaType(), "image/svg+xml", "application/xhtml+xml"} {
		srv, _ := newServer(t, &webPage{newFake(), media})
		a := get(t, srv.URL+post(t, srv.URL, "a.html", "%PDF <script>alert(1)</script>").Header.Get("Location")+"/original", "Accept", "text/html")
		for name, want := range map[string]string{
			"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
			"Content-Disposition": `attachment; filename="__.html"; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.html`,
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", media, name, got, want)
			}
		}
		srv.Close()
	}
}
