package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"sync"
)

// Source is a file to be sent.
type Source struct {
	// Path is what the file is called in the batch: relative, with '/', and unique
	// among the sources.
	Path string
	// Size is about how many bytes it has; requests are made up by it.
	Size int64
	// Open opens the content, each time from its start.
	Open func() (io.ReadCloser, error)
	// ID is the id that the service gives to a report with this content. It is
	// asked for only where the service has a file of this path.
	ID func(context.Context) (string, error)
}

// UploadOptions says how files are sent. The zero value is usable.
type UploadOptions struct {
	Jobs  int   // requests at the same time; 0 means 2
	Files int   // files of one request at most; 0 means 64
	Bytes int64 // bytes of one request, but for a single file; 0 means 64 MiB
	// Settled is called for each source when it has arrived (err is nil) or will
	// not: *LocalError, or a *Problem of this file alone. One call at a time.
	Settled func(s Source, err error)
}

func (o *UploadOptions) defaults() {
	if o.Jobs == 0 {
		o.Jobs = 2
	}
	if o.Files == 0 {
		o.Files = 64
	}
	if o.Bytes == 0 {
		o.Bytes = 64 << 20
	}
	if o.Settled == nil {
		o.Settled = func(Source, error) {}
	}
}

// upload is one call of Upload.
type upload struct {
	c   *Client
	id  string
	opt UploadOptions
	mu  sync.Mutex // around opt.Settled
}

// Upload sends to an open batch what it does not have yet. What is wrong with one
// file is told to opt.Settled only; an error ends the upload, and calling it again
// goes on where it ended.
func (c *Client) Upload(ctx context.Context, id string, sources []Source, opt UploadOptions) error {
	opt.defaults()
	u := &upload{c: c, id: id, opt: opt}
	missing, err := u.missing(ctx, sources)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	requests := make(chan []Source)
	var wg sync.WaitGroup
	for range opt.Jobs {
		wg.Go(func() {
			for r := range requests {
				if err := u.deliver(ctx, r); err != nil {
					cancel(err)
				}
			}
		})
	}
	for len(missing) > 0 && ctx.Err() == nil {
		n := u.fit(missing)
		select {
		case requests <- missing[:n:n]:
			missing = missing[n:]
		case <-ctx.Done():
		}
	}
	close(requests)
	wg.Wait()
	return context.Cause(ctx)
}

// fit is how many of the sources go into one request: at least one.
func (u *upload) fit(sources []Source) int {
	bytes := int64(0)
	for i, s := range sources {
		if bytes += s.Size; i > 0 && (bytes > u.opt.Bytes || i == u.opt.Files) {
			return i
		}
	}
	return len(sources)
}

func (u *upload) settle(s Source, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.opt.Settled(s, err)
}

// missing asks which of the sources the batch does not have, and settles the
// others.
func (u *upload) missing(ctx context.Context, sources []Source) ([]Source, error) {
	have := map[string][]BatchFile{}
	for f, err := range u.c.Files(ctx, u.id) {
		if err != nil {
			return nil, err
		}
		have[f.Path] = append(have[f.Path], f)
	}
	var rest []Source
	for _, s := range sources {
		arrived, err := has(ctx, have[s.Path], s)
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			u.settle(s, &LocalError{Path: s.Path, Err: err})
		case arrived:
			u.settle(s, nil)
		default:
			rest = append(rest, s)
		}
	}
	return rest, nil
}

// has tells whether one of the files is the source: it has the same content, or
// the service took it in and refused it.
func has(ctx context.Context, files []BatchFile, s Source) (bool, error) {
	id := ""
	for _, f := range files {
		if f.ReportID == "" {
			if f.State == StateFailed {
				return true, nil
			}
			continue
		}
		if id == "" {
			var err error
			if id, err = s.ID(ctx); err != nil {
				return false, err
			}
		}
		if f.ReportID == id {
			return true, nil
		}
	}
	return false, nil
}

// openable settles the sources that cannot even be opened: found in the middle of
// a request, they would break it off.
func (u *upload) openable(sources []Source) []Source {
	var rest []Source
	for _, s := range sources {
		content, err := s.Open()
		if err == nil {
			err = content.Close()
		}
		if err != nil {
			u.settle(s, &LocalError{Path: s.Path, Err: err})
			continue
		}
		rest = append(rest, s)
	}
	return rest
}

// deliver sends some sources until each has arrived or was refused. Attempts
// count from the last one that got something through.
func (u *upload) deliver(ctx context.Context, sources []Source) error {
	sources = u.openable(sources)
	for attempt := 1; len(sources) > 0; attempt++ {
		err := u.c.addFiles(ctx, u.id, sources)
		if err == nil {
			for _, s := range sources {
				u.settle(s, nil)
			}
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var local *LocalError
		switch p := AsProblem(err); {
		case errors.As(err, &local):
			sources = u.drop(sources, local)
			attempt = 0
		case p != nil && ofFiles(p.Status) && len(sources) == 1:
			u.settle(sources[0], p)
			return nil
		case p != nil && ofFiles(p.Status):
			return u.halves(ctx, sources)
		default:
			if err := u.c.again(ctx, attempt, err); err != nil {
				return err
			}
		}
		before := len(sources)
		if sources, err = u.missing(ctx, sources); err != nil {
			return err
		}
		if len(sources) < before {
			attempt = 0
		}
	}
	return nil
}

// drop settles the source that cannot be read.
func (u *upload) drop(sources []Source, bad *LocalError) []Source {
	var rest []Source
	for _, s := range sources {
		if s.Path == bad.Path {
			u.settle(s, bad)
			continue
		}
		rest = append(rest, s)
	}
	return rest
}

// halves finds out which file a request was refused for.
func (u *upload) halves(ctx context.Context, sources []Source) error {
	sources, err := u.missing(ctx, sources)
	if err != nil {
		return err
	}
	n := len(sources) / 2
	if err := u.deliver(ctx, sources[:n:n]); err != nil {
		return err
	}
	return u.deliver(ctx, sources[n:])
}

// ofFiles tells which answers are about what was sent, not about who sent it or
// to which batch.
func ofFiles(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

// addFiles sends the sources in one request, once. The body is made while it is
// sent.
func (c *Client) addFiles(ctx context.Context, id string, sources []Source) error {
	pr, pw := io.Pipe()
	form := multipart.NewWriter(pw)
	written := make(chan error, 1)
	go func() {
		err := writeForm(form, sources)
		_ = pw.CloseWithError(err) // always nil
		written <- err
	}()
	err := c.post(ctx, id, form.FormDataContentType(), pr)
	_ = pr.CloseWithError(errAnswered) // ends the writer, whatever happened; always nil
	var local *LocalError
	if writeErr := <-written; errors.As(writeErr, &local) {
		return local
	}
	return err
}

// errAnswered ends the making of a body that nobody reads any more.
var errAnswered = errors.New("client: the request has ended")

func (c *Client) post(ctx context.Context, id, contentType string, body io.Reader) error {
	req, err := c.request(ctx, http.MethodPost, nil, body, id, "files")
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Expect", "100-continue") // a service that is busy says so before all is sent
	resp, err := c.send(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxProblem)) // the connection can be used again
	return err
}

// writeForm writes the parts. A *LocalError names the source that cannot be read.
func writeForm(form *multipart.Writer, sources []Source) error {
	for _, s := range sources {
		if err := writePart(form, s); err != nil {
			return err
		}
	}
	return form.Close()
}

func writePart(form *multipart.Writer, s Source) error {
	content, err := s.Open()
	if err != nil {
		return &LocalError{Path: s.Path, Err: err}
	}
	defer func() { _ = content.Close() }() // only read
	part, err := form.CreatePart(map[string][]string{
		"Content-Disposition": {multipart.FileContentDisposition("file", path.Base(s.Path))},
		"Content-Type":        {"application/octet-stream"},
		"X-Path":              {url.PathEscape(s.Path)},
	})
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	src := &reading{r: content}
	if _, err := io.Copy(part, src); src.err != nil {
		return &LocalError{Path: s.Path, Err: src.err}
	} else if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	return nil
}

// reading keeps the reader's error apart from the writer's.
type reading struct {
	r   io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
