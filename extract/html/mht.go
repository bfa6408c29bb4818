package html

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"nianbao/extract"
)

// Bounds of an MHTML file: parts looked at, and multiparts within multiparts.
const (
	maxParts   = 10_000
	maxNesting = 4
)

// errNoPage says that no part holds a web page.
var errNoPage = errors.New("no page")

// ReadMHT reads the web page of an MHTML file (RFC 2557) of size bytes: the part
// that start names, else the first that is a page. Errors are as those of Read.
func ReadMHT(in io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return ReadMHTWith(in, size, extract.Options{Limits: lim})
}

// ReadMHTWith is ReadMHT with more than limits to choose.
func ReadMHTWith(in io.ReaderAt, size int64, opt extract.Options) (*extract.Extraction, error) {
	lim := opt.Limits
	if size > lim.DecompressedBytes {
		return nil, extract.OverLimit("decompressed_bytes", lim.DecompressedBytes, fmt.Sprintf("网页文件共 %d 字节，超过上限", size))
	}
	source := &watched{r: io.NewSectionReader(in, 0, size)}
	m, err := mail.ReadMessage(bufio.NewReader(&leading{r: source}))
	if err != nil {
		return nil, source.or(extract.Damaged("单个文件网页（MHTML）的开头无法读取：%v", err))
	}
	f := &finder{lim: lim}
	page, label, err := f.find(textproto.MIMEHeader(m.Header), m.Body, "", 0)
	switch {
	case extract.AsError(err) != nil:
		return nil, err
	case errors.Is(err, errNoPage):
		return nil, source.or(extract.Damaged("单个文件网页（MHTML）中没有网页部分"))
	case err != nil:
		return nil, source.or(extract.Damaged("单个文件网页（MHTML）已损坏：%v。可能是下载或上传中断，请重新取得文件后再试。", err))
	}
	return read(page, label, extract.FormatMHT, opt)
}

// finder looks for the page among the parts.
type finder struct {
	lim   extract.Limits
	parts int
}

// find returns the page in a part with its charset. start is the Content-ID of
// the part that is the page, "" where nothing says which.
func (f *finder) find(h textproto.MIMEHeader, body io.Reader, start string, depth int) ([]byte, string, error) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		return nil, "", errNoPage
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth == maxNesting || params["boundary"] == "" {
			return nil, "", errNoPage
		}
		return f.among(multipart.NewReader(body, params["boundary"]), params["start"], depth+1)
	}
	if kind != "text/html" && kind != "application/xhtml+xml" || start != "" && h.Get("Content-Id") != start {
		return nil, "", errNoPage
	}
	b, err := f.content(h, body)
	return b, params["charset"], err
}

// among looks through the parts of a multipart. A page that start does not name
// is kept for the case that none is.
func (f *finder) among(parts *multipart.Reader, start string, depth int) (page []byte, label string, err error) {
	found := false
	for {
		part, next := parts.NextRawPart()
		if errors.Is(next, io.EOF) {
			break
		}
		if next != nil {
			return nil, "", next
		}
		if f.parts++; f.parts > maxParts {
			return nil, "", extract.OverLimit("parts", maxParts, "单个文件网页（MHTML）的部分过多")
		}
		named := start != "" && part.Header.Get("Content-Id") == start
		if found && !named {
			continue
		}
		b, charset, e := f.find(part.Header, part, "", depth)
		switch {
		case errors.Is(e, errNoPage):
		case e != nil:
			return nil, "", e
		default:
			page, label, found = b, charset, true
			if named || start == "" {
				return page, label, nil
			}
		}
	}
	if !found {
		return nil, "", errNoPage
	}
	return page, label, nil
}

// content decodes the body of a part.
func (f *finder) content(h textproto.MIMEHeader, body io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, &alphabet{r: body})
	}
	most := min(f.lim.DecompressedBytes, maxBytes)
	b, err := io.ReadAll(io.LimitReader(body, most+1))
	if int64(len(b)) > most {
		return nil, extract.OverLimit("html_bytes", most, "单个文件网页（MHTML）中的网页超过上限")
	}
	return b, err
}

// alphabet passes on the characters of base64 alone: mail programs break lines
// and some leave blanks.
type alphabet struct{ r io.Reader }

// Read implements io.Reader.
func (a *alphabet) Read(p []byte) (int, error) {
	for {
		n, err := a.r.Read(p)
		kept := 0
		for _, b := range p[:n] {
			if b == '+' || b == '/' || b == '=' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' {
				p[kept] = b
				kept++
			}
		}
		if kept > 0 || err != nil || len(p) == 0 {
			return kept, err
		}
	}
}

// leading drops a byte order mark and blank lines in front of the headers.
type leading struct {
	r    io.Reader
	done bool
}

// Read implements io.Reader.
func (l *leading) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.done {
		return n, err
	}
	i := 0
	for i < n && strings.IndexByte("\xef\xbb\xbf \t\r\n", p[i]) >= 0 {
		i++
	}
	l.done = i < n
	return copy(p, p[i:n]), err
}

// watched remembers an error of the file itself, which is no damage.
type watched struct {
	r   io.Reader
	err error
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// or is the file's own error where there was one, else e.
func (w *watched) or(e error) error {
	if w.err != nil {
		return w.err
	}
	return e
}
