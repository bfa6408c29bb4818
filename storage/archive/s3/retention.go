package s3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/minio/minio-go/v7"

	"nianbao/storage/archive"
)

// maxRetentionDays is the longest that S3 takes: a hundred years.
const maxRetentionDays = 36500

// ErrNoLock says that retention is asked for and the bucket cannot lock objects.
var ErrNoLock = errors.New("the bucket has no Object Lock, which can be switched on when a bucket is made; " +
	"take a bucket with Object Lock, or no retention")

// Protection is what the bucket does against overwriting and deletion.
type Protection struct {
	// Versioning: what is replaced or deleted stays as an older version.
	Versioning bool
	// Lock: objects can be locked until a date.
	Lock bool
	// RetentionDays is for how long this archive locks what it writes; 0: it
	// does not.
	RetentionDays int
}

// Describe asks the bucket how objects are protected. A store that knows nothing
// of versions or locks has neither.
func (a *Archive) Describe(ctx context.Context) (Protection, error) {
	p := Protection{RetentionDays: a.retentionDays}
	versions, err := a.core.GetBucketVersioning(ctx, a.bucket)
	if err != nil && !isUnknown(err) {
		return p, fmt.Errorf("s3: versioning of %s: %w", a.bucket, err)
	}
	p.Versioning = err == nil && versions.Enabled()
	lock, _, _, _, err := a.core.GetObjectLockConfig(ctx, a.bucket)
	if err != nil && !isUnknown(err) {
		return p, fmt.Errorf("s3: object lock of %s: %w", a.bucket, err)
	}
	p.Lock = err == nil && lock == "Enabled"
	return p, nil
}

// isUnknown tells what a store without the feature, or a bucket without its
// configuration, answers.
func isUnknown(err error) bool {
	var r minio.ErrorResponse
	if !errors.As(err, &r) {
		return false
	}
	switch r.Code {
	case "ObjectLockConfigurationNotFoundError", "NotImplemented", "MethodNotAllowed", "InvalidBucketObjectLockConfiguration":
		return true
	}
	return false
}

// checkRetention: what is asked for, the bucket can do.
func (a *Archive) checkRetention(ctx context.Context) error {
	if a.retentionDays == 0 {
		return nil
	}
	p, err := a.Describe(ctx)
	if err != nil {
		return err
	}
	if !p.Lock {
		return fmt.Errorf("s3: RetentionDays is %d, but %w (bucket %q)", a.retentionDays, ErrNoLock, a.bucket)
	}
	a.lockable.Store(true)
	return nil
}

// lock adds mode and date to the PUT of what must not be lost. Mode GOVERNANCE
// lets those with a right of their own delete, as a court may order. The date is
// counted from when the object is written; what is there already keeps its own.
//
// The bucket is asked before the first PUT: there are stores that take the date
// for a bucket without Object Lock, and forget it.
func (a *Archive) lock(ctx context.Context, o *minio.PutObjectOptions, key string) error {
	if a.retentionDays == 0 || archive.Derived(key) {
		return nil
	}
	if !a.lockable.Load() {
		if err := a.checkRetention(ctx); err != nil {
			return err
		}
	}
	o.Mode = minio.Governance
	o.RetainUntilDate = time.Now().UTC().AddDate(0, 0, a.retentionDays).Truncate(time.Second)
	return nil
}

// validRetention accepts what S3 does.
func validRetention(days int) error {
	if days < 0 || days > maxRetentionDays {
		return fmt.Errorf("s3: RetentionDays is %d, not in 0–%d", days, maxRetentionDays)
	}
	return nil
}
