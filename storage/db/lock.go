package db

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// ErrInUse says that another service has the database open.
var ErrInUse = errors.New("正由另一个年报服务使用")

// Lock makes the caller the one service on the SQLite database in file, until it
// closes what it gets or ends. What is converted, and what a killed service left,
// is known within one process only. The lock is a file beside, which stays: it is
// the lock of the system that counts. Errors: ErrInUse.
func Lock(file string) (io.Closer, error) {
	name := file + ".lock"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	held, err := tryLock(f)
	switch {
	case err != nil:
		return nil, errors.Join(fmt.Errorf("db: locking %s: %w", name, err), f.Close())
	case !held:
		err := fmt.Errorf("数据目录 %s %w：请先停止那个服务，或用 --data 另指一个目录", filepath.Dir(name), ErrInUse)
		return nil, errors.Join(err, f.Close())
	}
	return &fileLock{f: f}, nil
}

// fileLock is a held lock. Close may be called again.
type fileLock struct {
	once sync.Once
	f    *os.File
}

// Close gives the lock up.
func (l *fileLock) Close() (err error) {
	l.once.Do(func() { err = l.f.Close() })
	return err
}
