// Package s3 is an archive in a bucket of an S3-compatible store.
//
// Objects have the keys that package archive documents, below Config.Prefix.
// Each is written by one PUT that carries the SHA-256 of its content as header,
// so that the store refuses other bytes, and If-None-Match, so that nothing is
// overwritten. Neither chunked signatures (aws-chunked) nor multipart uploads
// are used: not every store checks digests with them. One PUT ends at 5 GB.
//
// Uploads are staged in a local directory first, since the digest is the key.
package s3

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

const (
	checksumHeader = "X-Amz-Checksum-Sha256"
	dirMode        = 0o700
	sweepAge       = 24 * time.Hour
	// maxRetries bounds how long a store that is away holds up a request;
	// minio-go waits up to a second before each.
	maxRetries = 5
	// maxRecord bounds what Get holds in memory, far above any record.
	maxRecord = 256 << 20
)

// Config says where the bucket is. Every field without a default is needed.
type Config struct {
	Endpoint  string // host or host:port, without scheme
	Plain     bool   // http instead of https
	Region    string // default "us-east-1"; set it: otherwise stores are asked for it
	Bucket    string // must exist
	Prefix    string // before every key, for instance "nianbao/"; default none
	AccessKey string
	SecretKey string
	Staging   string // local directory for uploads; created with mode 0700
	// RetentionDays is for how long originals and events are locked against
	// deletion (Object Lock, mode GOVERNANCE), from when they are written. The
	// bucket must have Object Lock: otherwise Check and all writing is ErrNoLock. 0
	// locks nothing.
	RetentionDays int
}

// String leaves the secret out, so that a Config can be logged.
func (c Config) String() string {
	return fmt.Sprintf("s3://%s/%s at %s (region %s, access key %s)", c.Bucket, c.Prefix, c.Endpoint, c.Region, c.AccessKey)
}

// GoString is String: %#v must not print the secret either.
func (c Config) GoString() string { return c.String() }

func (c Config) validate() error {
	var missing []string
	for name, value := range map[string]string{"Endpoint": c.Endpoint, "Bucket": c.Bucket,
		"AccessKey": c.AccessKey, "SecretKey": c.SecretKey, "Staging": c.Staging} {
		if value == "" {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return fmt.Errorf("s3: %s not set", strings.Join(missing, ", "))
	}
	if c.Prefix != "" {
		if err := archive.CheckPrefix(c.Prefix); err != nil {
			return err
		}
	}
	return validRetention(c.RetentionDays)
}

// Archive is an archive in a bucket. It is safe for concurrent use.
type Archive struct {
	core      minio.Core
	transport *http.Transport
	bucket    string
	prefix    string
	staging   string

	retentionDays int
	lockable      atomic.Bool // the bucket was asked, and can lock objects
}

var (
	_ intake.Archive  = (*Archive)(nil)
	_ intake.Records  = (*Archive)(nil)
	_ custody.Archive = (*Archive)(nil)
)

// Open prepares an archive. It asks the store nothing: Check does.
func Open(cfg Config) (*Archive, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	if cfg.Region == "" {
		cfg.Region = "us-east-1"
	}
	if err := os.MkdirAll(cfg.Staging, dirMode); err != nil {
		return nil, fmt.Errorf("s3: %w", err)
	}
	if err := archive.Sweep(cfg.Staging, sweepAge); err != nil {
		return nil, err
	}
	transport, err := minio.DefaultTransport(!cfg.Plain)
	if err != nil {
		return nil, fmt.Errorf("s3: %w", err)
	}
	core, err := minio.NewCore(cfg.Endpoint, &minio.Options{
		Creds:      credentials.NewStaticV4(cfg.AccessKey, cfg.SecretKey, ""),
		Secure:     !cfg.Plain,
		Region:     cfg.Region,
		Transport:  transport,
		MaxRetries: maxRetries,
	})
	if err != nil {
		return nil, fmt.Errorf("s3: %w", err)
	}
	return &Archive{core: *core, transport: transport, bucket: cfg.Bucket, prefix: cfg.Prefix, staging: cfg.Staging,
		retentionDays: cfg.RetentionDays}, nil
}

// Close releases idle connections.
func (a *Archive) Close() error {
	a.transport.CloseIdleConnections()
	return nil
}

// Check implements intake.Archive: the bucket is there, can lock objects where
// that is asked for, and an upload can be staged. Errors: ErrNoLock.
func (a *Archive) Check(ctx context.Context) error {
	ok, err := a.core.BucketExists(ctx, a.bucket)
	if err != nil {
		return fmt.Errorf("s3: %w", err)
	}
	if !ok {
		return fmt.Errorf("s3: there is no bucket %q", a.bucket)
	}
	if err := a.checkRetention(ctx); err != nil {
		return err
	}
	s, err := archive.NewSpool(ctx, a.staging)
	if err != nil {
		return err
	}
	return s.Discard()
}

// Stage implements intake.Archive.
func (a *Archive) Stage(ctx context.Context) (intake.Staged, error) {
	s, err := archive.NewSpool(ctx, a.staging)
	if err != nil {
		return nil, err
	}
	return &staged{Spool: s, archive: a}, nil
}

// staged is an upload in the local staging directory.
type staged struct {
	*archive.Spool
	archive *Archive
}

// Commit implements intake.Staged.
func (s *staged) Commit(ctx context.Context) (created bool, err error) {
	digest, size := s.Digest()
	key, err := archive.OriginalKey(digest)
	if err != nil {
		return false, err
	}
	f, err := s.Open()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c := content{key: key, digest: digest, size: size, body: f}
	created, err = s.archive.create(ctx, c)
	if errors.Is(err, intake.ErrCorrupt) {
		// The store has other bytes under this digest; here are the right ones.
		return false, s.archive.put(ctx, c, true)
	}
	return created, err
}

// content is what one PUT sends.
type content struct {
	key    string
	digest string // SHA-256, hex
	size   int64
	body   io.ReadSeeker
}

// create puts what is not there. Where the key has this content already, created
// is false; where it has other content, the error is ErrCorrupt.
func (a *Archive) create(ctx context.Context, c content) (created bool, err error) {
	// Asked first: a store that refuses by If-None-Match may close the
	// connection while the body is on its way.
	err = a.compare(ctx, c)
	if !errors.Is(err, intake.ErrNotFound) {
		return false, err
	}
	if err = a.put(ctx, c, false); err == nil {
		return true, nil
	}
	// Another upload may have been faster, or the answer was lost.
	switch there := a.compare(ctx, c); {
	case there == nil:
		return false, nil
	case errors.Is(there, intake.ErrCorrupt):
		return false, there
	}
	return false, err
}

// put sends the content in one request; the store checks it against the digest.
func (a *Archive) put(ctx context.Context, c content, overwrite bool) error {
	if _, err := c.body.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("s3: %w", err)
	}
	sum, err := hex.DecodeString(c.digest)
	if err != nil {
		return fmt.Errorf("s3: %w", err)
	}
	o := minio.PutObjectOptions{
		// Without this minio-go signs in chunks on plain http and does not send
		// the digest it is given.
		DisableContentSha256: true,
		UserMetadata:         map[string]string{checksumHeader: base64.StdEncoding.EncodeToString(sum)},
	}
	if err := a.lock(ctx, &o, c.key); err != nil {
		return err
	}
	if !overwrite {
		o.SetMatchETagExcept("*") // If-None-Match: *
	}
	_, err = a.core.PutObject(ctx, a.bucket, a.prefix+c.key, c.body, c.size, "", c.digest, o)
	if err != nil {
		return fmt.Errorf("s3: putting %s: %w", c.key, err)
	}
	return nil
}

// compare returns nil where the store has this content under this key,
// ErrNotFound where it has nothing and ErrCorrupt where it has something else.
func (a *Archive) compare(ctx context.Context, c content) error {
	info, err := a.stat(ctx, c.key)
	if err != nil {
		return err
	}
	got := digestOf(info)
	if got == "" && info.Size == c.size {
		// A store that keeps no checksums: read what it has.
		o := a.reader(ctx, c.key, c.digest, info.Size)
		_, err := io.Copy(io.Discard, o)
		return errors.Join(err, o.Close())
	}
	if got != c.digest || info.Size != c.size {
		return fmt.Errorf("s3: %s has %d bytes of %q, %d of %s were expected: %w",
			c.key, info.Size, got, c.size, c.digest, intake.ErrCorrupt)
	}
	return nil
}

// digestOf is the SHA-256 the store keeps of an object, in hex; empty where it
// keeps none.
func digestOf(info minio.ObjectInfo) string {
	sum, err := base64.StdEncoding.DecodeString(info.ChecksumSHA256)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(sum)
}

func (a *Archive) stat(ctx context.Context, key string) (minio.ObjectInfo, error) {
	info, err := a.core.StatObject(ctx, a.bucket, a.prefix+key, minio.StatObjectOptions{Checksum: true})
	if isMissing(err) {
		return info, fmt.Errorf("s3: %s: %w", key, intake.ErrNotFound)
	}
	if err != nil {
		return info, fmt.Errorf("s3: %s: %w", key, err)
	}
	return info, nil
}

// isMissing tells a missing object from a missing bucket and all else.
func isMissing(err error) bool {
	var r minio.ErrorResponse
	return errors.As(err, &r) && r.StatusCode == http.StatusNotFound && r.Code == minio.NoSuchKey
}

// Open implements intake.Archive.
func (a *Archive) Open(ctx context.Context, sha256 string) (intake.Object, error) {
	key, err := archive.OriginalKey(sha256)
	if err != nil {
		return nil, err
	}
	info, err := a.stat(ctx, key)
	if err != nil {
		return nil, err
	}
	return a.reader(ctx, key, sha256, info.Size), nil
}

func (a *Archive) reader(ctx context.Context, key, digest string, size int64) intake.Object {
	return archive.NewVerified(&object{ctx: ctx, archive: a, key: key, size: size}, digest, size)
}

// Put implements intake.Records.
func (a *Archive) Put(ctx context.Context, key string, record []byte) error {
	if err := archive.CheckRecordKey(key); err != nil {
		return err
	}
	created, err := a.create(ctx, recordContent(key, record))
	if created || err != nil && !errors.Is(err, intake.ErrCorrupt) {
		return err
	}
	// There is one: its bytes decide, not what the store says of them.
	there, err := a.Get(ctx, key)
	if errors.Is(err, intake.ErrCorrupt) || err == nil && !bytes.Equal(there, record) {
		return fmt.Errorf("s3: %s: %w", key, intake.ErrExists)
	}
	return err
}

// Replace implements intake.Records.
func (a *Archive) Replace(ctx context.Context, key string, record []byte) error {
	if err := archive.CheckRecordKey(key); err != nil {
		return err
	}
	return a.put(ctx, recordContent(key, record), true)
}

func recordContent(key string, record []byte) content {
	return content{key: key, digest: archive.Digest(record), size: int64(len(record)), body: bytes.NewReader(record)}
}

// Get implements intake.Records. The content is compared with the digest that
// the store keeps of it.
func (a *Archive) Get(ctx context.Context, key string) (record []byte, err error) {
	if err := archive.CheckRecordKey(key); err != nil {
		return nil, err
	}
	var opts minio.GetObjectOptions
	opts.Set("X-Amz-Checksum-Mode", "ENABLED") // Checksum: true compares, too, but its error cannot be told
	body, info, _, err := a.core.GetObject(ctx, a.bucket, a.prefix+key, opts)
	if isMissing(err) {
		return nil, fmt.Errorf("s3: %s: %w", key, intake.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("s3: %s: %w", key, err)
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	record, err = io.ReadAll(io.LimitReader(body, maxRecord+1))
	if err != nil {
		return nil, fmt.Errorf("s3: reading %s: %w", key, err)
	}
	if len(record) > maxRecord {
		return nil, fmt.Errorf("s3: %s is larger than %d bytes", key, maxRecord)
	}
	if want := digestOf(info); want != "" && want != archive.Digest(record) {
		return nil, fmt.Errorf("s3: %s is not what was put: %w", key, intake.ErrCorrupt)
	}
	return record, nil
}
