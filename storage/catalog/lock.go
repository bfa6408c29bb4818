package catalog

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// ErrInUse says that another process has the catalog open.
var ErrInUse = errors.New("正由另一个年报服务使用")

// acquire takes the lock of the file name, which is created where it is missing
// and stays: it is the lock of the system that counts, and it ends with the
// process however that ends.
func acquire(name string) (io.Closer, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	held, err := tryLock(f)
	switch {
	case err != nil:
		return nil, errors.Join(fmt.Errorf("catalog: locking %s: %w", name, err), f.Close())
	case !held:
		err := fmt.Errorf("数据目录 %s %w：请先停止那个服务，或用 --data 另指一个目录", filepath.Dir(name), ErrInUse)
		return nil, errors.Join(err, f.Close())
	}
	return &lock{f: f}, nil
}

// lock is a held lock. Close may be called again.
type lock struct {
	once sync.Once
	f    *os.File
}

// Close gives the lock up.
func (l *lock) Close() (err error) {
	l.once.Do(func() { err = l.f.Close() })
	return err
}
