package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive/dir"
	"nianbao/storage/archive/s3"
	"nianbao/storage/db"
)

// storeConfig says where archive and catalog are. Every command that opens them
// has these flags, under the same names.
type storeConfig struct {
	Data     string // SQLite database, and the archive unless S3 is configured
	Database string // of PostgreSQL; empty is SQLite. Holds a password
	S3       s3.Config
}

func (c *storeConfig) flags(f *pflag.FlagSet) {
	c.databaseFlags(f)
	f.StringVar(&c.S3.Endpoint, "s3-endpoint", "", "S3 兼容存储的地址（主机:端口）；为空则归档在数据目录")
	f.StringVar(&c.S3.Bucket, "s3-bucket", "nianbao", "S3 存储桶")
	f.StringVar(&c.S3.Region, "s3-region", "us-east-1", "S3 区域")
	f.StringVar(&c.S3.AccessKey, "s3-access-key", "", "S3 访问密钥标识")
	f.StringVar(&c.S3.SecretKey, "s3-secret-key", "", "S3 访问密钥（宜用环境变量）")
	f.BoolVar(&c.S3.Plain, "s3-plain", false, "不用 TLS 连接 S3（只宜在本机或内网）")
	f.StringVar(&c.S3.Prefix, "s3-prefix", "", "存储桶内所有键的前缀，如 nianbao/")
	markSecret(f, "database", "s3-secret-key")
	f.IntVar(&c.S3.RetentionDays, "s3-retention-days", 0, "原件和事件写入后锁定的天数（对象锁，存储桶须已启用）；0 不锁定")
}

// databaseFlags are those of commands that need no archive.
func (c *storeConfig) databaseFlags(f *pflag.FlagSet) {
	f.StringVar(&c.Data, "data", "./data", "数据目录：目录库，以及未配置 S3 时的原件归档")
	f.StringVar(&c.Database, "database", "", "PostgreSQL 的地址（postgres://用户:口令@主机/库名，宜用环境变量）；为空则用数据目录里的 SQLite")
}

// validate names all mistakes at once. It refuses half an S3 configuration:
// without the endpoint originals would go to the local disk without a word.
func (c *storeConfig) validate() error {
	var errs []error
	if c.Data == "" {
		errs = append(errs, errors.New("--data 不得为空"))
	}
	if c.S3.Endpoint == "" {
		if c.S3.AccessKey != "" || c.S3.SecretKey != "" || c.S3.Prefix != "" || c.S3.Plain {
			errs = append(errs, errors.New("给出了 S3 的参数，但没有 --s3-endpoint"))
		}
		if c.S3.RetentionDays != 0 {
			errs = append(errs, errors.New("--s3-retention-days 只对 S3 有意义：目录里的归档不能锁定"))
		}
		return errors.Join(errs...)
	}
	if c.S3.RetentionDays < 0 {
		errs = append(errs, errors.New("--s3-retention-days 不得小于 0"))
	}
	for flag, value := range map[string]string{"--s3-bucket": c.S3.Bucket, "--s3-access-key": c.S3.AccessKey, "--s3-secret-key": c.S3.SecretKey} {
		if value == "" {
			errs = append(errs, fmt.Errorf("使用 S3 时 %s 不得为空", flag))
		}
	}
	return errors.Join(errs...)
}

// validateExisting is validate for commands that work on what is there: with a
// wrong path they would otherwise find a new, empty archive in perfect order.
// database is false for those that need none.
func (c *storeConfig) validateExisting(database bool) error {
	if err := c.validate(); err != nil {
		return err
	}
	var errs []error
	if c.S3.Endpoint == "" {
		if _, err := os.Stat(c.archiveDir()); err != nil {
			errs = append(errs, fmt.Errorf("--data %s 里没有归档：%w", c.Data, err))
		}
	}
	if database {
		errs = append(errs, c.validateDatabase())
	}
	return errors.Join(errs...)
}

// validateDatabase: there is a database.
func (c *storeConfig) validateDatabase() error {
	if c.Database != "" {
		return nil
	}
	if _, err := os.Stat(c.sqliteFile()); err != nil {
		return fmt.Errorf("--data %s 里没有目录库：%w", c.Data, err)
	}
	return nil
}

// keeper keeps originals and records.
type keeper interface {
	intake.Archive
	intake.Records
	custody.Archive
	Close() error
}

// directory is an archive in a directory, which has nothing to close.
type directory struct{ *dir.Archive }

func (directory) Close() error { return nil }

// openArchive opens the archive; a directory is created where it is missing.
func (c *storeConfig) openArchive() (keeper, error) {
	if c.S3.Endpoint == "" {
		a, err := dir.Open(c.archiveDir())
		if err != nil {
			return nil, fmt.Errorf("归档不能打开：%w", err)
		}
		return directory{a}, nil
	}
	cfg := c.S3
	cfg.Staging = filepath.Join(c.Data, "staging")
	a, err := s3.Open(cfg)
	if err != nil {
		return nil, fmt.Errorf("归档不能打开：%w", err)
	}
	return a, nil
}

// lockDatabase makes the caller the one service on the SQLite database. Commands
// beside it do without; PostgreSQL has any number of services.
func (c *storeConfig) lockDatabase() (io.Closer, error) {
	if c.Database != "" {
		return io.NopCloser(nil), nil
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("数据目录 %s 不能使用：%w", c.Data, err)
	}
	lock, err := db.Lock(c.sqliteFile())
	if err != nil {
		return nil, fmt.Errorf("目录库不能打开：%w", err)
	}
	return lock, nil
}

// openDatabase opens the database, which is created where it is missing.
func (c *storeConfig) openDatabase(ctx context.Context) (d *db.DB, err error) {
	if c.Database != "" {
		d, err = db.OpenPostgres(ctx, c.Database)
	} else if err = os.MkdirAll(c.Data, 0o700); err == nil {
		d, err = db.OpenSQLite(ctx, c.sqliteFile())
	}
	if err != nil {
		return nil, fmt.Errorf("目录库不能打开：%w", err)
	}
	return d, nil
}

func (c *storeConfig) archiveDir() string { return filepath.Join(c.Data, "archive") }

func (c *storeConfig) sqliteFile() string { return filepath.Join(c.Data, "catalog.sqlite") }
