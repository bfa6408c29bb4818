package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"
	"unicode"

	"nianbao/api/auth"
)

const (
	// fieldFile is the multipart field of an uploaded file.
	fieldFile = "file"
	// bodyOverhead is what a body may hold beside the file: part headers and
	// boundaries.
	bodyOverhead = 64 << 10
	// stallBytes must arrive within the stall time, else the upload is broken off: a
	// client may be slow, it may not hold a connection for ever.
	stallBytes = 256 << 10
	stallTime  = time.Minute // default of Config.StallTime
	// maxNameRunes caps a file name, as most file systems do.
	maxNameRunes = 200
	// maxField caps a form's field that is no file, in bytes.
	maxField = 1 << 10
)

// uploads reads the files of a multipart body one after the other, straight
// from the connection.
type uploads struct {
	parts   *multipart.Reader
	pace    *pacedReader
	maxFile int64
	tooLong func() *Problem // of the body
	one     bool            // exactly one file is wanted
	ahead   *multipart.Part // a part that was read to see whether there is one
	seen    int
	request *http.Request // nil for the page's form
	err     error         // what was wrong with the body, whatever the consumer made of it
}

// uploadSpec says what a body may hold.
type uploadSpec struct {
	stall   time.Duration // in which stallBytes have to arrive; 0 means stallTime
	maxFile int64         // bytes of one file
	maxBody int64         // bytes of the whole body
	one     bool          // exactly one file
}

// tooLong is the answer to a body over its limit: of one file it is the file's.
func (s uploadSpec) tooLong() *Problem {
	if s.one {
		return tooLarge(s.maxFile)
	}
	p := problem(codeTooLarge, fmt.Sprintf("这次上传总共超过上限 %s，之前收下的文件有效。请分几次上传其余的文件。", byteSize(s.maxBody)))
	p.Limit = fmt.Sprintf("max_batch_bytes=%d", s.maxBody)
	return p
}

// newUploads checks the request's head. It reads nothing of the body.
func newUploads(w http.ResponseWriter, r *http.Request, spec uploadSpec) (*uploads, error) {
	mt, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mt != "multipart/form-data" || params["boundary"] == "" {
		return nil, problem(codeBadRequest, "请求格式不对：请用 multipart/form-data 上传，文件放在字段 file 中。")
	}
	if r.ContentLength > spec.maxBody {
		w.Header().Set("Connection", "close") // the body will not be read
		return nil, spec.tooLong()
	}
	if spec.stall == 0 {
		spec.stall = stallTime
	}
	body := http.MaxBytesReader(w, r.Body, spec.maxBody)
	pace := &pacedReader{r: body, stall: spec.stall, deadline: http.NewResponseController(w).SetReadDeadline}
	return &uploads{maxFile: spec.maxFile, tooLong: spec.tooLong, one: spec.one, pace: pace, parts: multipart.NewReader(pace, params["boundary"])}, nil
}

// next returns name and content of the next file, io.EOF after the last.
func (u *uploads) next() (string, io.Reader, error) {
	if u.seen == 0 {
		if err := u.begin(); err != nil {
			return "", nil, err
		}
	}
	part, err := u.ahead, error(nil)
	u.ahead = nil
	if part == nil {
		part, err = u.part()
	}
	if err != nil {
		return "", nil, u.fail(err)
	}
	u.seen++
	return cleanName(part.FileName()), &fileReader{u: u, part: part}, nil
}

// begin reads up to the first file, so that a body without one is refused before
// anything is made for it.
func (u *uploads) begin() (err error) {
	if u.ahead == nil {
		u.ahead, err = u.part()
	}
	if errors.Is(err, io.EOF) {
		err = problem(codeBadRequest, "请求中没有文件：请把文件放在字段 file 中。")
	}
	if err != nil {
		return u.fail(err)
	}
	return nil
}

// opening reads the hidden field that a page's form begins with, and refuses a
// form that is not of the context's session before any file is taken in.
func (u *uploads) opening(ctx context.Context) error {
	part, err := u.parts.NextPart()
	if err != nil {
		return u.fail(err)
	}
	given := ""
	if part.FormName() == fieldCSRF {
		b, err := io.ReadAll(io.LimitReader(part, maxField))
		if err != nil {
			return u.fail(err)
		}
		given = string(b)
	} else if u.ahead, err = fileOf(part); err != nil {
		return u.fail(err)
	}
	return auth.CheckForm(ctx, given)
}

// part returns the next part, which must be a file.
func (u *uploads) part() (*multipart.Part, error) {
	part, err := u.parts.NextPart()
	if err != nil {
		return nil, err
	}
	return fileOf(part)
}

func fileOf(part *multipart.Part) (*multipart.Part, error) {
	_, params, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	name, named := params["filename"]
	switch {
	case part.FormName() != fieldFile:
		return nil, problem(codeBadRequest, fmt.Sprintf("不认识的字段“%.40s”：只接受字段 file。", printable(part.FormName())))
	case !named:
		return nil, problem(codeBadRequest, "字段 file 不是文件：请以文件方式上传（带文件名）。")
	case name == "":
		return nil, problem(codeBadRequest, "没有选择文件：请先选择要上传的 Word、网页或 PDF 文件。")
	}
	return part, nil
}

// fail keeps and translates an error of the body.
func (u *uploads) fail(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	var p *Problem
	var tooBig *http.MaxBytesError
	if !errors.As(err, &p) {
		p = problem(codeBadRequest, brokenOff)
		if errors.As(err, &tooBig) {
			p = u.tooLong()
		}
		p.cause = err
	}
	u.err = p
	return p
}

// drain takes in the rest of a body that is not wanted: a browser that is
// refused in the middle of sending shows its own error page, not our reason.
func (u *uploads) drain() {
	_, _ = io.Copy(io.Discard, u.pace)
	u.pace.pause()
}

// fileReader is the content of one file. Where only one file is wanted, it
// looks behind the file's end before it reports it, so that a body with more in
// it, or a truncated one, is refused before anything is kept.
type fileReader struct {
	u    *uploads
	part *multipart.Part
	n    int64
	done error
}

func (f *fileReader) Read(b []byte) (int, error) {
	if f.done != nil {
		return 0, f.done
	}
	n, err := f.part.Read(b)
	f.n += int64(n)
	switch {
	case f.n > f.u.maxFile:
		f.done = tooLarge(f.u.maxFile)
		return 0, f.done
	case errors.Is(err, io.EOF):
		f.done = f.end()
		return n, f.done
	case err != nil:
		f.done = f.u.fail(err)
		return n, f.done
	}
	return n, nil
}

func (f *fileReader) end() error {
	next, err := f.u.part()
	switch {
	case err == nil && f.u.one:
		return f.u.fail(problem(codeBadRequest, "一次请求只能上传一个文件：请逐个上传。"))
	case err == nil:
		f.u.ahead = next
	case !errors.Is(err, io.EOF):
		return f.u.fail(err)
	}
	f.u.pace.pause()
	return io.EOF
}

// pacedReader moves the read deadline on as bytes arrive.
type pacedReader struct {
	r        io.Reader
	stall    time.Duration
	deadline func(time.Time) error
	left     int // bytes until the deadline moves
}

func (p *pacedReader) Read(b []byte) (int, error) {
	if p.left <= 0 {
		_ = p.deadline(time.Now().Add(p.stall)) // unsupported only outside of net/http's server
		p.left = stallBytes
	}
	n, err := p.r.Read(b)
	p.left -= n
	return n, err
}

// pause lifts the deadline until the next read: converting a file takes as long
// as it takes, and an expired deadline would end the request meanwhile.
func (p *pacedReader) pause() {
	_ = p.deadline(time.Time{})
	p.left = 0
}

// cleanName makes a client's file name fit to be shown: no directories, no
// control or direction characters, bounded. It never becomes a path.
func cleanName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.TrimSpace(printable(name))
	if r := []rune(name); len(r) > maxNameRunes {
		name = string(r[:maxNameRunes-10]) + "…" + string(r[len(r)-9:]) // keeps the extension
	}
	if name == "" {
		return "未命名"
	}
	return name
}

// printable drops invalid UTF-8, control and formatting characters.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}
