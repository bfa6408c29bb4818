package s3

import (
	"context"
	"fmt"
	"io"

	"github.com/minio/minio-go/v7"

	"nianbao/convert/intake"
)

// object reads one object by GET requests, one for each place that is jumped
// to. It is not verified: archive.Verified wraps it.
type object struct {
	ctx     context.Context // of the request the object is read for
	archive *Archive
	key     string
	size    int64
	pos     int64
	body    io.ReadCloser // stands at pos; nil before the first Read
}

// Seek implements io.Seeker, from the start only, which is all that
// archive.Verified needs.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart || offset < 0 {
		return o.pos, fmt.Errorf("s3: seek to %d from %d", offset, whence)
	}
	if offset == o.pos {
		return offset, nil
	}
	err := o.Close()
	o.pos = offset
	return offset, err
}

// Read implements io.Reader.
func (o *object) Read(p []byte) (int, error) {
	if o.body == nil {
		if o.pos >= o.size {
			return 0, io.EOF
		}
		if err := o.request(); err != nil {
			return 0, err
		}
	}
	n, err := o.body.Read(p)
	o.pos += int64(n)
	return n, err
}

func (o *object) request() error {
	var opts minio.GetObjectOptions
	if o.pos > 0 {
		if err := opts.SetRange(o.pos, 0); err != nil { // from pos to the end
			return fmt.Errorf("s3: %w", err)
		}
	}
	body, _, _, err := o.archive.core.GetObject(o.ctx, o.archive.bucket, o.archive.prefix+o.key, opts)
	if isMissing(err) {
		return fmt.Errorf("s3: %s went away: %w", o.key, intake.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("s3: %s: %w", o.key, err)
	}
	o.body = body
	return nil
}

// Close ends the request.
func (o *object) Close() error {
	if o.body == nil {
		return nil
	}
	err := o.body.Close()
	o.body = nil
	return err
}
